"""Places: what speaks for one but the tagger."""

from __future__ import annotations

from collections.abc import Sequence

from kg.base.model import Token
from kg.names.gazetteer import gazetteer
from kg.names.heads import NAME_TAGS, PLACE_ENDS, head_class, is_wide, place_prefix
from kg.names.lexicon import organizations, regions
from kg.names.person import is_foreign

_GAMES = ("奥运", "冬奥", "残奥", "亚运", "大运", "全运", "世博", "进博", "方面", "当地", "本地", "全境")
_INTO = frozenset(
    {
        "在",
        "到",
        "赴",
        "抵",
        "抵达",
        "位于",
        "地处",
        "至",
        "从",
        "自",
        "落户",
        "来到",
        "前往",
        "于",
        "坐落于",
        "进入",
        "往",
        "走进",
        "途经",
    }
)


def is_place(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Say whether anything speaks for a place but the tagger: a list, its ending, its sound, the words around it."""
    lists = regions()
    if text in gazetteer().forms and not _is_everyday(tokens, at, text):
        return True
    if text in lists.countries or text in lists.same or text in lists.regions:
        return True
    if text in gazetteer().forms or (text[0] in "华京港沪" and at and tokens[at - 1].text == "在"):
        return False
    if (
        text in lists.cities
        or text[-1] in PLACE_ENDS
        or text.endswith(organizations().areas)
        or is_foreign(text)
    ):
        return True
    if text.endswith(organizations().premises) or place_prefix(text) or head_class(text):
        return True
    beside = [tokens[near].tag for near in (at - 1, at + 1) if 0 <= near < len(tokens)]
    return "LOC" in beside or (at > 0 and tokens[at - 1].text in _INTO)


def _is_everyday(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Say whether the short name of a county stands where an everyday word would: before a noun, behind no place (安康|工程)."""
    if len(text) != 2 or is_wide(text) or at + 1 >= len(tokens) or tokens[at + 1].tag not in {"n", "vn"}:
        return False
    return at == 0 or (tokens[at - 1].tag not in NAME_TAGS and tokens[at - 1].text not in _INTO)


def is_placed_brand(text: str) -> bool:
    """Say whether what the tagger took for a place is a company with its city before its brand (岳阳海川)."""
    prefix = place_prefix(text)
    rest = text[len(prefix) :]
    return (
        2 <= len(rest) <= 3
        and bool(prefix)
        and is_wide(prefix)
        and prefix[-1] not in "省州"
        and rest not in gazetteer().forms
        and rest not in regions().regions
        and rest[-1] not in PLACE_ENDS
        and not rest.endswith(_GAMES)
        and not head_class(text)
        and not is_foreign(rest)
    )
