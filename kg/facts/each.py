"""Lists of which each member has its own of another list: 甲、乙分别获评丙、丁."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from kg.base.late import late
from kg.facts.passage import ANY
from kg.facts.words import facts_words

EACH: Final = late(facts_words("post").either("each"))
_AND: Final = "[、和与及]"
# A member that was read as no name: 甲、某某分别, 某某、甲分别.
_UNREAD: Final = late(
    f"[{ANY}]{_AND}[^，。；{ANY}]{{1,6}}$|(?:^|[，：])[^，。；：、和与及{ANY}]{{2,4}}{_AND}[{ANY}]$"
)
_One = TypeVar("_One")
_Other = TypeVar("_Other")


def each_in(mask: str, start: int, end: int) -> re.Match[str] | None:
    """Return the word between two mask positions that gives each of a list its own: 分别, 各自."""
    return EACH.search(mask, start, end)


def paired(
    mask: str, start: int, each: re.Match[str] | None, ones: Sequence[_One], others: Sequence[_Other]
) -> Iterator[tuple[_One, Sequence[_Other]]]:
    """Yield each of one list with its own of the other: all with all where no word parts them, none where it is not told.

    Args:
        mask: of the passage.
        start: where the clause starts.
        each: the word that parts them, in the mask.
        ones: whose each is.
        others: what each has.
    """
    if each is None or len(others) == 1:
        yield from ((one, others) for one in ones)
    elif len(ones) == len(others):
        yield from ((one, [other]) for one, other in zip(ones, others, strict=True))
    elif len(ones) == 1 and not _UNREAD.search(mask[start : each.start()]):
        yield ones[0], others
