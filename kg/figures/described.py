"""The name that a figure describes: 37岁的|甲市教师张三, 拥有3000名员工的|乙公司; it is whose figure that is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from kg.base.late import late
from kg.base.model import Link
from kg.figures.around import PHRASE, Around

__all__ = ["described"]

_BEHIND: Final = late("(?:左右|以上|以下|上下|多|余)?[^，。；、：！？的]{0,3}的")
_FARTHEST: Final = (
    6  # characters between two names of which the first describes the second: 甲市|退休教师|张三
)


def described(view: Around, links: Sequence[Link]) -> Link | None:
    """Return the last of the names right behind a figure and 的 that go together; None where none does, or a noun follows."""
    behind = _BEHIND.match(view.text, view.end - view.offset)
    right = [link for link in links if link.span.start >= view.end]
    if behind is None or not right or right[0].span.start != view.offset + behind.end():
        return None
    last = right[0]
    for link in right[1:]:
        if not _go_together(view, last, link):
            break
        last = link
    after = view.tokens[bisect_left(view.starts, last.span.end) :][:1]
    return None if after and (after[0].tag in PHRASE or after[0].text == "的") else last


def _go_together(view: Around, one: Link, other: Link) -> bool:
    """Say whether nothing but nouns stands between two names."""
    start, end = one.span.end, other.span.start
    words = view.tokens[bisect_left(view.starts, start) : bisect_left(view.starts, end)]
    return end - start <= _FARTHEST and all(word.tag in PHRASE for word in words)
