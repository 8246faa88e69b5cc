"""Where the words of a text stand on the pages of its document, and the box around some of them.

Characters stand on a line one behind another, mostly evenly: as few stretches of such are kept as say within half a point where
each one stands. A box is written as PDF has it (RFC 8118, ``viewrect``): left, top, width, height in points, 1/72 of an inch, from
the upper left corner of the page as it is shown.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from math import ceil, floor, inf
from typing import Final, TypeAlias

from kg.base.model import Leaves, Span

__all__ = ["Box", "Stretch", "box_of", "fragment_of", "inside", "leaf_of", "read_box", "stretches"]

Box: TypeAlias = tuple[int, int, int, int]
"""Left, top, width and height in whole points."""

Stretch: TypeAlias = tuple[int, int, int, int, int, int]
"""Place in the text, characters, left, top, right, bottom in tenths of a point."""

_TENTHS: Final = 10
_EVEN: Final = 5.0  # tenths of a point that a character may stand from where its stretch has it
_MOST: Final = 10**6  # tenths of a point; pages are smaller
_BOX: Final = "&viewrect="


def stretches(start: int, edges: Sequence[float], top: float, bottom: float) -> Iterator[Stretch]:
    """Yield the stretches of characters on one line.

    Args:
        start: the place of the first one in the text.
        edges: where each one begins, and where the last one ends, in points.
        top: the upper edge of the line.
        bottom: the lower edge of the line.
    """
    at, last = 0, len(edges) - 1
    while at < last:
        end = _even(edges, at)
        left, right = sorted((_tenths(edges[at]), _tenths(edges[end])))
        yield start + at, end - at, left, _tenths(top), right, _tenths(bottom)
        at = end


def _even(edges: Sequence[float], at: int) -> int:
    """Return how far characters stand evenly: to which edge a straight run passes all between within the tolerance."""
    least, most, end = -inf, inf, at + 1
    for to in range(at + 1, len(edges)):
        far = to - at
        step = (edges[to] - edges[at]) * _TENTHS
        if not least <= step / far <= most:
            break
        least, most, end = max(least, (step - _EVEN) / far), min(most, (step + _EVEN) / far), to
    return end


def _tenths(value: float) -> int:
    return max(0, min(_MOST, round(value * _TENTHS)))


def box_of(leaves: Leaves, span: Span) -> Box | None:
    """Return the box around words, or around those of them on the page on which they begin; None: no place of theirs is known."""
    turn = bisect_right(leaves.starts, span.start, key=lambda each: each[0])
    end = min(span.end, leaves.starts[turn][0]) if turn < len(leaves.starts) else span.end
    first = max(0, bisect_right(leaves.boxes, span.start, key=lambda each: each[0]) - 1)
    after = bisect_left(leaves.boxes, end, key=lambda each: each[0])
    found = [part for each in leaves.boxes[first:after] if (part := _part(each, span.start, end))]
    if not found:
        return None
    lefts, tops, rights, bottoms = zip(*found, strict=True)
    left, top = floor(min(lefts) / _TENTHS), floor(min(tops) / _TENTHS)
    right, bottom = ceil(max(rights) / _TENTHS), ceil(max(bottoms) / _TENTHS)
    return left, top, max(1, right - left), max(1, bottom - top)


def _part(stretch: tuple[int, ...], start: int, end: int) -> tuple[float, float, float, float] | None:
    """Return the edges of what of a stretch lies between two places of the text."""
    at, count, left, top, right, bottom = stretch
    first, last = max(0, start - at), min(count, end - at)
    if first >= last:
        return None
    step = (right - left) / count
    return left + first * step, top, left + last * step, bottom


def fragment_of(leaves: Leaves, span: Span) -> str:
    """Return where words stand, as an address has it behind its #: ``page=3&viewrect=72,90,310,14``, ``paragraph=3``.

    >>> fragment_of(Leaves("page", ((0, 3),), boxes=((0, 4, 720, 900, 1120, 1000),)), Span(1, 3))
    'page=3&viewrect=82,90,20,10'
    """
    box = box_of(leaves, span) if leaves.boxes else None
    leaf = f"{leaves.unit}={leaves.at(span.start)}"
    return leaf + _BOX + ",".join(map(str, box)) if box else leaf


def leaf_of(fragment: str) -> str:
    """Return the page or paragraph of a fragment without the box on it.

    >>> leaf_of("page=3&viewrect=72,90,310,14")
    'page=3'
    """
    return fragment.partition("&")[0]


def read_box(fragment: str) -> Box | None:
    """Return the box of a fragment, None where it has none.

    >>> read_box("page=3&viewrect=72,90,310,14"), read_box("page=3"), read_box("page=3&viewrect=1,2")
    ((72, 90, 310, 14), None, None)
    """
    numbers = fragment.partition(_BOX)[2].split(",")
    if len(numbers) != 4 or not all(each.isascii() and each.isdigit() and len(each) < 7 for each in numbers):
        return None
    left, top, width, height = map(int, numbers)
    return left, top, width, height


def inside(inner: Box, outer: Box) -> bool:
    """Say whether a box lies in another."""
    return (
        outer[0] <= inner[0]
        and outer[1] <= inner[1]
        and inner[0] + inner[2] <= outer[0] + outer[2]
        and inner[1] + inner[3] <= outer[1] + outer[3]
    )
