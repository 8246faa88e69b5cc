"""Regions in titles: 甲公司中国区总裁 is 中国区总裁 at 甲公司, and no place employs him; without 甲公司 it is nobody's post.

A place before the title of a company (总裁, 首席执行官) only says for where; other titles (代表, 主席) need a word for an area
of business behind it (亚太区主席), for a state has a 主席, too, and 负责人 needs that or a company before it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.wordlist import either, read_words
from kg.facts.passage import Passage
from kg.facts.words import facts_words
from kg.names.gazetteer import gazetteer

__all__ = ["is_area", "is_for_region", "is_of_region", "region_start"]

_WORDS: Final = facts_words("region")
_AREAS: Final = _WORDS.either("areas")
_ANY: Final = f"(?:{_AREAS})[^，,。、的]{{2,10}}"
_COMPANY: Final = rf"[^，,。、的]{{0,6}}?(?:{_WORDS.either('titles')})"
_HEADS: Final = rf"[^，,。、的]{{0,6}}?(?:{_WORDS.either('heads')})"
_BEHIND_PLACE: Final = late(f"(?:{_AREAS})?{_COMPANY}|(?:{_WORDS.either('sure_areas')}){_HEADS}")
_BEHIND_REGION: Final = late(f"{_ANY}|{_COMPANY}|{_HEADS}")
_BEHIND_BODY: Final = late(f"(?:{_AREAS})?{_HEADS}")
_AREA_END: Final = late("[战大片]区$")
_LONGEST: Final = 8  # characters of a region with its area: 拉丁美洲大区


@cache
def _region() -> re.Pattern[str]:
    """Return the pattern for the parts of the world that companies divide it into, with the word for an area."""
    names = either((*read_words("language/regions.toml").words("countries"), *_WORDS.words("regions")))
    return late(f"(?:{names})(?:{_AREAS})?")


def is_for_region(place: str, role: str, *, of_body: bool = False) -> bool:
    """Say whether a place before a role only says for where it is: 中国|区总裁, 北京|总经理; not 中国|国家主席.

    Args:
        place: its name.
        role: the title behind it.
        of_body: a body stands right before it: 甲公司|北京|负责人.
    """
    if of_body and _BEHIND_BODY.fullmatch(role):
        return True
    known = _region().fullmatch(place) is not None
    return (_BEHIND_REGION if known else _BEHIND_PLACE).fullmatch(role) is not None or (
        known and place.endswith(_WORDS.words("areas"))
    )


def is_area(body: str, role: str) -> bool:
    """Say whether what looks like a body is a place with an area of business, and has no posts: 江苏战区|总经理."""
    area = _AREA_END.search(body)
    if area is None or _BEHIND_PLACE.fullmatch(role) is None:
        return False
    return bool(gazetteer().codes(body[: area.start()]))


def is_of_region(role: str) -> bool:
    """Say whether a role begins with the region that it is for: 中国区总裁."""
    match = _region().match(role)
    return match is not None and match.end() < len(role) and is_for_region(match.group(), role[match.end() :])


def region_start(passage: Passage, floor: int, start: int, end: int) -> int:
    """Return where the region begins that stands right before a title, after ``floor``; ``start`` where none does."""
    role = passage.mask[start:end]
    for at in range(max(floor, start - _LONGEST), start):
        words = passage.mask[at:start]
        if passage.starts_word(at) and _region().fullmatch(words) and is_for_region(words, role):
            return at
    return start
