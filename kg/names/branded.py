"""Companies called by plain words, a brand and an industry word, where the sentence treats them as a company: 青松|软件|与甲签约.

A plain noun before an industry word mostly says which goods are meant (办公软件), so the words around must show that somebody is
meant: who signs, bids, buys or gives notice, who is bought, or whose shares are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.base.model import Mention, Token
from kg.base.wordlist import either
from kg.names.gazetteer import gazetteer
from kg.names.heads import ends_in_industry, head_class, mention_of
from kg.names.lexicon import organizations, regions, titles

_BRANDS = frozenset({"n", "nz", "nw", "an", "a", "PER", "ORG", "LOC", "s"})
_WHOLE = frozenset({"n", "nz", "nw", "v", "vn", "a", "an", "ORG"})
_BORDERS = frozenset({"w", "c", "TIME", "d", "u"})
_AHEAD = 14  # words behind a name that are looked at
_TIMES = "(?:T|，|近日|日前|今日|当日|此前|随后|正式|成功|顺利|再次|再度|独家|联合|拟|将|已|还|也|又|曾|计划|决定)*"


def find_branded(tokens: Sequence[Token], at: int) -> Iterator[Mention]:
    """Yield the company whose name ends with the word at ``at``, where plain words call it and the sentence shows it."""
    first = _first_word(tokens, at)
    if first >= 0 and _is_somebody(tokens, first, at):
        yield mention_of(tokens, first, at, "Organization", "dealing")


def _first_word(tokens: Sequence[Token], at: int) -> int:
    """Return the index of the brand before the industry word at ``at`` (or of the word that is both), -1 for none."""
    token = tokens[at]
    if token.text in organizations().place_industry:
        return -1  # 高铁|旅游: a trade
    if token.text in {"控股", "投资"} and at + 1 < len(tokens) and tokens[at + 1].text[0] in "股方人者权":
        return -1  # 甲公司|控股|股东
    if token.text in organizations().industry:
        brand = tokens[at - 1] if at else None
        return at - 1 if brand is not None and brand.tag in _BRANDS and _may_be_brand(brand.text) else -1
    if token.tag not in _WHOLE or len(token.text) not in {4, 5} or not ends_in_industry(token.text):
        return -1
    return at if _may_be_brand(token.text[:2]) else -1


def _may_be_brand(word: str) -> bool:
    lists = organizations()
    if not 2 <= len(word) <= 3 or word in lists.kinds_of_goods or word in lists.industry:
        return False
    if (
        word in lists.never_inside
        or word in lists.verbs_inside
        or word in lists.no_names
        or word in lists.deals
    ):
        return False
    if (
        word in regions().countries
        or word in regions().regions
        or word in regions().same
        or titles().class_of(word)
    ):
        return False
    if word in lists.sums or word in lists.common or word[-1] in "性制型化式类级用":
        return False
    return word in gazetteer().forms or head_class(word) == ""


def _is_somebody(tokens: Sequence[Token], first: int, at: int) -> bool:
    """Say whether the words around a name show that a company is meant."""
    before = tokens[first - 1] if first else None
    behind = _behind(tokens, at)
    if _stake().match(behind) or (
        before is not None and before.text in {"向", "对"} and _given().match(behind)
    ):
        return True
    if before is not None and before.text in _JOINERS:
        return _joined().match(behind) is not None
    if before is not None and before.tag not in _BORDERS:
        return False
    return _deed().match(behind) is not None


_JOINERS = frozenset({"与", "同", "和", "跟", "携手", "联合", "联手"})


def _behind(tokens: Sequence[Token], at: int) -> str:
    """Return the words behind a name as one text: times as T, names of bodies, people and places as N."""
    return "".join(
        "T"
        if token.tag == "TIME"
        else "N"
        if token.tag in {"ORG", "PER", "LOC"} and len(token.text) > 1
        else token.text
        for token in tokens[at + 1 : at + 1 + _AHEAD]
    )


@cache
def _stake() -> re.Pattern[str]:
    """Match shares behind the company that they are shares of: 51%股权, 全部股份."""
    return re.compile(
        r"的?(?:约|近|剩余|其余)?(?:全部|部分|[\d.]+%|百分之[一二三四五六七八九十百点]{1,6}|[\d.]+[万亿]?股)的?"
        r"(?:股权|股份|股票|控股权|控制权)|(?:多数|少数|控制性)?(?:控股权|股权(?!投资|激励|质押率))"
    )


@cache
def _given() -> re.Pattern[str]:
    """Match what is done to the company behind 向 and 对."""
    return re.compile(
        rf"{_TIMES}(?:增资|注资|追加投资|战略投资|提起诉讼|的(?:全资|要约)?(?:收购|并购|入股|增资|控股))"
    )


@cache
def _joined() -> re.Pattern[str]:
    """Match what two bodies do together."""
    return re.compile(
        rf"{_TIMES}(?:N、)*(?:双方|三方)?(?:(?:在N)?(?:签约|签署|签订|签下|达成|合资|举行签约|结盟|成立合资))"
    )


@cache
def _deed() -> re.Pattern[str]:
    """Match what a company does, or what is done to it."""
    deeds = either(organizations().deeds_of_companies)
    return re.compile(
        rf"{_TIMES}(?:(?:{deeds})(?!的|者|人|率|额|商|价|方|量|书|公司|企业)"
        r"|被(?:N|证监会|监管|法院)[^，。；]{0,12}(?:收购|并购|控股|处罚|罚款|起诉|立案|约谈|吊销|接管)"
        r"|(?:[与同和跟]|携手|联合|联手)N[^，。；]{0,8}(?:签约|签署|签订|签下|达成|合资|结盟)"
        r"|公告[，：]|（\d{6}|(?:董事会|股东大会|股价|市值|财报|年报|半年报|净利润)"
        r"|(?:市场份额|营业收入|股东|总部))"
    )
