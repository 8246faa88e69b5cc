"""Rolls behind a colon that go on behind a semicolon, where the next sentence begins: 以下单位获得乙奖：甲、丙；丁."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.base.late import late
from kg.base.model import Link
from kg.facts.hit import Hit, Slot
from kg.facts.passage import ANY, Passage

_ROLL: Final = late(rf"：[{ANY}](?:[、和与及]*[{ANY}])*；$")
_MORE: Final = late(rf"[{ANY}](?:[、和与及]*[{ANY}])*(?:等[^，。；：]{{0,8}})?[；。]?")


def open_roll(passage: Passage, hits: Sequence[Hit]) -> list[Hit]:
    """Return what is said of the first name of a roll that ends a sentence with a semicolon."""
    roll = _ROLL.search(passage.mask)
    if roll is None:
        return []
    first = passage.links[roll.start() + 1]
    return [hit for hit in hits if hit.passage is passage and first in (hit.subject, hit.object)]


def go_on(passage: Passage, said: Sequence[Hit]) -> Iterator[Hit]:
    """Yield the same of the names of the next sentence, where it has nothing but names; ``said`` of the first of the roll."""
    for hit in said if _MORE.fullmatch(passage.mask) else ():
        rolled = _rolled(hit)
        for position in passage.names(0, len(passage.mask)):
            link = passage.links[position]
            if rolled is not None and link.type == rolled.type:
                yield replace(hit, subject=link) if hit.subject is rolled else replace(hit, object=link)


def _rolled(hit: Hit) -> Link | None:
    """Return which end of a hit stands in the roll: the one behind."""
    ends = [end for end in (hit.subject, hit.object) if not isinstance(end, Slot)]
    return max(ends, key=lambda link: link.span.start) if len(ends) == 2 else None


def goes_on(passage: Passage) -> bool:
    """Say whether a sentence that has nothing but names goes on with a roll."""
    return _MORE.fullmatch(passage.mask) is not None and passage.mask.endswith("；")
