"""Companies called by plain words, a brand and an industry word, where the sentence treats them as a company: 青松|软件|与甲签约.

A plain noun before an industry word mostly says which goods are meant (办公软件), so the words around must show that somebody is
meant: who signs, bids, buys or gives notice, who is bought, or whose shares are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from kg.base.late import late
from kg.base.model import Mention, Token
from kg.base.wordlist import either
from kg.names.gazetteer import gazetteer
from kg.names.heads import ends_in_industry, head_class, mention_of
from kg.names.lexicon import dealing_words, organizations, regions, titles

_BRANDS = frozenset({"n", "nz", "nw", "an", "a", "PER", "ORG", "LOC", "s"})
_WHOLE = frozenset({"n", "nz", "nw", "v", "vn", "a", "an", "ORG"})
_BORDERS = frozenset({"w", "c", "TIME", "d", "u"})
_AHEAD = 14  # words behind a name that are looked at


def find_branded(tokens: Sequence[Token], at: int) -> Iterator[Mention]:
    """Yield the company whose name ends with the word at ``at``, where plain words call it and the sentence shows it."""
    token = tokens[at]
    first = _first_word(tokens, at) if may_end_brand(token.text, token.tag) else -1
    if first >= 0 and is_somebody(tokens, first, at):
        yield mention_of(tokens, first, at, "Organization", "dealing")


@lru_cache(maxsize=65536)
def may_end_brand(text: str, tag: str) -> bool:
    """Say whether a word may be the end of such a name: an industry word, no trade (高铁|旅游), or a brand and one in one word."""
    lists = organizations()
    if text in lists.place_industry:
        return False
    return text in lists.industry or (tag in _WHOLE and len(text) in {4, 5} and ends_in_industry(text))


def _first_word(tokens: Sequence[Token], at: int) -> int:
    """Return the index of the brand before the industry word at ``at`` (or of the word that is both), -1 for none."""
    token = tokens[at]
    if token.text in {"控股", "投资"} and at + 1 < len(tokens) and tokens[at + 1].text[0] in "股方人者权":
        return -1  # 甲公司|控股|股东
    if token.text in organizations().industry:
        brand = tokens[at - 1] if at else None
        return at - 1 if brand is not None and brand.tag in _BRANDS and _may_be_brand(brand.text) else -1
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


def is_somebody(tokens: Sequence[Token], first: int, at: int) -> bool:
    """Say whether the words around a name show that a company is meant."""
    before = tokens[first - 1] if first else None
    behind = _behind(tokens, at)
    if _stake().match(behind) or (
        before is not None and before.text in {"向", "对"} and _given().match(behind)
    ):
        return True
    if before is not None and before.text in dealing_words().words("joiners"):
        return _joined().match(behind) is not None
    if before is not None and before.tag not in _BORDERS:
        return False
    return _deed().match(behind) is not None


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


def _adverbs() -> str:
    """Return what may stand between a company and what it does: times (see `_behind`), commas, adverbs."""
    return f"(?:T|，|{dealing_words().either('adverbs')})*"


@cache
def _stake() -> re.Pattern[str]:
    """Match shares behind the company that they are shares of: 51%股权, 全部股份."""
    words = dealing_words()
    return late(
        rf"的?(?:{words.either('about')})?"
        rf"(?:{words.either('portions')}|[\d.]+%|百分之[一二三四五六七八九十百点]{{1,6}}|[\d.]+[万亿]?股)的?"
        rf"(?:{words.either('shares')})"
        rf"|(?:{words.either('majority')})?(?:控股权|股权(?!{words.either('no_shares')}))"
    )


@cache
def _given() -> re.Pattern[str]:
    """Match what is done to the company behind 向 and 对."""
    words = dealing_words()
    return late(
        rf"{_adverbs()}(?:{words.either('given')}|的(?:{words.either('ways')})?(?:{words.either('taken')}))"
    )


@cache
def _joined() -> re.Pattern[str]:
    """Match what two bodies do together."""
    words = dealing_words()
    return late(
        rf"{_adverbs()}(?:N、)*(?:{words.either('both')})?(?:在N)?"
        rf"(?:{words.either('together')}|{words.either('founded_together')})"
    )


@cache
def _deed() -> re.Pattern[str]:
    """Match what a company does, or what is done to it."""
    words, deeds = dealing_words(), either(organizations().deeds_of_companies)
    return late(
        rf"{_adverbs()}(?:(?:{deeds})(?!{words.either('no_deeds')})"
        rf"|被(?:N|{words.either('watchdogs')})[^，。；]{{0,12}}(?:{words.either('suffered')})"
        rf"|(?:{words.either('joiners')})N[^，。；]{{0,8}}(?:{words.either('together')})"
        rf"|公告[，：]|（\d{{6}}|{words.either('owned')})"
    )
