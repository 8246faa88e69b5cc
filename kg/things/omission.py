"""Names that are one thing because one has words in its middle that the other leaves out."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from kg.base.late import late
from kg.base.model import EntityType
from kg.names.forms import without_form
from kg.names.heads import place_prefix
from kg.names.lexicon import references
from kg.things.union import MARKS, MOST_COMPARED, Names

_SHARED: Final[tuple[tuple[EntityType, int, int], ...]] = (
    ("Organization", 2, 5),
    ("Activity", 4, 2),
    ("Document", 4, 4),
)
"""Characters that both names share at least, at the front and at the end."""

EDITION: Final = late(
    r"(?:第[一二三四五六七八九十百零\d]+[届次批期]|首届|(?:19|20)\d\d年?度?|全国|全省|全市|中国|[“”《》])+"
)
_BRACKETS: Final = late(r"[（(][^（）()]*[）)]")
_COUNTED: Final = frozenset("第一二三四五六七八九十两0123456789")


def merge_words_left_out(names: Names, rule: str) -> None:
    """省青年干部专题班 / 省青年干部学习节水法规专题班: words in the middle left out, where one longer name has them."""
    for kind, front, end in _SHARED:
        by_ends: dict[str, list[str]] = defaultdict(list)
        for name in names.of(kind):
            bare = _bare(name)
            if len(bare) >= front + end:
                by_ends[bare[:front] + bare[-end:]].append(name)
        for group in by_ends.values():
            for name in group if 1 < len(group) <= MOST_COMPARED else ():
                whole = [other for other in group if other != name and _has_gap(name, other, front, end)]
                names.merge_sole(name, whole, rule)


def _has_gap(short: str, full: str, front: int, end: int) -> bool:
    """Say whether ``full`` has in its middle what ``short`` leaves out, and that is no number and no place.

    A 主任会议 is another meeting than the 第三次会议 of the same body.
    """
    if full.endswith(references().acting):
        return False
    less, more = _bare(short), _bare(full)
    if len(less) + 2 > len(more) or more.startswith(less) or without_form(full) != full:
        return False
    same = next((i for i, (a, b) in enumerate(zip(less, more, strict=False)) if a != b), len(less))
    rest = len(less) - same
    while rest < end and same > front:
        same, rest = same - 1, rest + 1
    gap = more[same : len(more) - rest]
    if rest < end or same < front or less[same:] != more[len(more) - rest :]:
        return False
    return gap[0] not in _COUNTED and not any(place_prefix(gap[at:]) for at in range(len(gap) - 1))


def _bare(name: str) -> str:
    """Return a name without its edition, brackets and marks."""
    return _BRACKETS.sub("", EDITION.sub("", name)).translate(MARKS)
