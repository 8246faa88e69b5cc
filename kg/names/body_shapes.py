"""Names of bodies and places of fixed shapes that the tagger read as plain words: 俄军, 我国, 甲乙网, 县委|书记, “甲乙|服务队”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from kg.base.late import late
from kg.base.model import EntityType, Mention, Span, Token
from kg.base.wordlist import either
from kg.names.heads import NAME_TAGS, is_cut_off, is_name, mention_of
from kg.names.lexicon import organizations, regions, titles
from kg.names.person import is_foreign

_SITE = late(r"[一-龥]{2,8}网")
_COMMITTEE = "工委"
_REACHES = frozenset({"上游", "中游", "下游", "流域"})


def find_shaped(tokens: Sequence[Token], at: int) -> Iterator[Mention]:
    """Yield names of fixed shapes that the tagger read as plain words: 俄|军, 我|国, 甲乙网, 长江|中游, 县|委书记."""
    token, before = tokens[at], tokens[at - 1] if at else None
    if not may_end_shape(token.text) and (before is None or before.tag not in NAME_TAGS):
        return
    if token.text[-1] == "军" and _is_army(token.text):
        yield mention_of(tokens, at, at, "Organization", "army")
    elif token.text == "军" and before is not None and _is_army(before.text + "军"):
        yield mention_of(tokens, at - 1, at, "Organization", "army")
    elif before is not None and before.tag in NAME_TAGS and _goes_on(before, token):
        kind: EntityType = "Place" if token.text in _REACHES else "Organization"
        yield mention_of(tokens, at - 1, at, kind, "joined")
    elif token.text in regions().same:
        yield mention_of(tokens, at, at, "Place", "side")
    elif token.text == "国" and before is not None and before.text == "我":
        yield mention_of(tokens, at - 1, at, "Place", "side")
    elif before is not None and before.tag in NAME_TAGS:
        yield from _committee(before, token)
    elif _is_owner(tokens, at) or _is_dealt_in(tokens, at):
        yield mention_of(tokens, at - 1, at, "Organization", "head-industry")
    yield from _site_or_committee(tokens, at)


def _site_or_committee(tokens: Sequence[Token], at: int) -> Iterator[Mention]:
    """Yield a site (甲乙网), and a congress's own committee for its deputies, 甲市人大常委会|代表|工委 (nobody speaks for it there)."""
    if tokens[at].tag == "nz" and _is_site(tokens[at].text):
        whole = at > 0 and tokens[at - 1].text == "中国"
        yield mention_of(tokens, at - whole, at, "Organization", "site")
    elif tokens[at].text == _COMMITTEE and at > 1 and tokens[at - 1].text == "代表":
        congress = tokens[at - 2]
        if congress.tag == "ORG" and congress.text.endswith(("人大", "常委会")):
            yield mention_of(tokens, at - 2, at, "Organization", "joined")


@lru_cache(maxsize=65536)
def may_end_shape(text: str) -> bool:
    """Say whether a word may be the end of a name of some shape, whatever stands before it; most are none."""
    return (
        text[-1] in "军国网"
        or text == _COMMITTEE
        or text in regions().same
        or text in organizations().industry
    )


def _is_army(word: str) -> bool:
    return len(word) == 2 and word[0] in regions().armies and word[1] == "军"


def _is_owner(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a short word before an industry word is a brand, since something is owned by it (海川|基金|旗下)."""
    return (
        0 < at < len(tokens) - 1
        and tokens[at + 1].text == "旗下"
        and tokens[at].text in organizations().industry
        and 2 <= len(tokens[at - 1].text) <= 4
        and tokens[at - 1].tag in {"n", "nz", "v", "vn", "a", "an"}
        and (at == 1 or tokens[at - 2].tag not in {"n", "vn", "nz"})
    )


def _is_dealt_in(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a short word before an industry word is a brand, since somebody buys or owns it (收购|海川|数据)."""
    brand = tokens[at - 1] if at >= 2 else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return (
        brand is not None
        and tokens[at].text in organizations().industry
        and tokens[at - 2].text in organizations().deals
        and 2 <= len(brand.text) <= 3
        and brand.tag in {"nz", "nw", "v", "vn", "an", "n"}
        and brand.text not in organizations().industry
        and brand.text not in organizations().verbs_inside
        and brand.text not in organizations().never_inside
        and tokens[at].text not in {"股份", "资产", "房地产", "地产", "基金"}
        and (
            after is None or after.tag not in {"n", "nz", "vn"} or after.text in {"股权", "股份", "部分股权"}
        )
    )


def _is_site(text: str) -> bool:
    """Say whether a proper noun is the name of a site (甲乙网), and no kind of net."""
    return (
        text[-1] == "网" and _SITE.fullmatch(text) is not None and not text.endswith(organizations().no_sites)
    )


def _goes_on(before: Token, token: Token) -> bool:
    """Say whether the tagger cut a name before ``token``: 长江|中游, 甲国教育|与科学部."""
    if token.text in _REACHES:
        return before.tag == "LOC" and before.text[-1] in "江河"
    return (
        token.text[0] in "与和"
        and len(token.text) >= 3
        and token.text[-1] in "部局厅署委"
        and is_cut_off(before.text)
    )


@cache
def _committee_and_post() -> re.Pattern[str]:
    return late(rf"({either(organizations().area_committees)})(?:副?书记|常委|秘书长)")


def _committee(place: Token, token: Token) -> Iterator[Mention]:
    """青山|县委书记: the committee stands in the word of the post."""
    match = _committee_and_post().match(token.text)
    if match is not None and place.text[-1] != match.group(1)[0]:
        text = place.text.lstrip() + match.group(1)
        yield Mention(
            Span(token.start + match.end(1) - len(text), token.start + match.end(1)),
            text,
            "Organization",
            "committee",
        )


def find_quoted(tokens: Sequence[Token], close: int) -> Mention | None:
    """Return the team or body whose name stands in quotes before ``close`` (“党员先锋|服务队”), None for none."""
    first = next((at + 1 for at in range(close - 1, max(-1, close - 8), -1) if tokens[at].text == "“"), close)
    inner = tokens[first:close]
    text = "".join(token.text for token in inner)
    head = next((word for word in organizations().teams if text.endswith(word)), "")
    if (
        not head
        or len(text) < len(head) + 2
        or len(text) > 14
        or any(t.tag in {"w", "u", "p"} for t in inner)
    ):
        return None
    return mention_of(tokens, first, close - 1, "Organization", "quoted-body") if is_name(text) else None


def is_kind_of_company(text: str, tag: str) -> bool:
    """Say whether a noun says what kind of company the name after it is (零售业巨头, 乳品商)."""
    return text.endswith(organizations().called) or (tag == "n" and len(text) >= 3 and text[-1] == "商")


def find_called(tokens: Sequence[Token], at: int) -> Iterator[Mention]:
    """零售业巨头|斯特兰德, 女装零售商|Green| |Hill: what the common noun before it says is a company."""
    token = tokens[at]
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if titles().class_of(token.text) or len(token.text) < 2 or after in organizations().industry:
        return
    if token.text.isascii() and token.text[0].isupper():
        last = at
        while (
            last + 2 < len(tokens) and tokens[last + 1].text in {" ", "&"} and tokens[last + 2].text.isascii()
        ):
            last += 2
        yield mention_of(tokens, at, last, "Organization", "called")
    elif token.tag in {"PER", "nz"} and is_foreign(token.text) and len(token.text) >= 3:
        yield mention_of(tokens, at, at, "Organization", "called")
