"""Shapes: regular expressions over a sentence whose names are symbols, with a subject and an object slot."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.facts.each import each_in
from kg.facts.hit import Hit
from kg.facts.passage import SYMBOLS, TYPES, Passage
from kg.facts.pattern import Pattern, Patterns
from kg.facts.way import Base, Way


def read_shapes(passage: Passage, patterns: Patterns) -> Iterator[Hit]:
    """Yield what the shapes find in the passage."""
    if len(passage.links) < 2:
        return
    said = patterns.shape_cues.within(passage.mask)
    for pattern in patterns.shapes:
        if not pattern.cues or not said.isdisjoint(pattern.cues):
            yield from _matches(passage, pattern)


def _matches(passage: Passage, pattern: Pattern) -> Iterator[Hit]:
    if pattern.shape is None:
        return
    for match in pattern.shape.finditer(passage.mask):
        if _is_shared_out(passage, match):
            continue  # frames pair the lists
        groups = match.groupdict()
        if "c" in groups and match["c"]:
            if not passage.starts_word(match.start("c")):
                continue
            trigger = passage.span(*match.span("c"))
        else:
            first, last = sorted((match.span("s"), match.span("o")))
            trigger = (
                passage.span(first[1], last[0]) if first[1] < last[0] else passage.span(first[0], last[1])
            )
        for s in _slot(passage, *match.span("s")):
            for o in _slot(passage, *match.span("o")):
                if passage.links[s].entity != passage.links[o].entity:
                    role = groups.get("r") or ""
                    yield Hit(
                        pattern, passage.links[s], passage.links[o], trigger, passage, Way(Base.SHAPE), role
                    )


def _is_shared_out(passage: Passage, match: re.Match[str]) -> bool:
    """Say whether a shape runs across 分别, with several subjects or objects of which each has its own."""
    each = each_in(passage.mask, *match.span())
    if each is None:
        return False
    clause = passage.clauses[passage.clause_of(each.start())]
    kind = passage.mask[match.start("o")]
    several = len(_slot(passage, *match.span("s"))) > 1
    return several or len(passage.names(each.end(), clause.end, kind)) > 1


def _slot(passage: Passage, start: int, end: int) -> list[int]:
    """Return the names of a slot; of places in a chain (甲省乙市) only the last."""
    place = SYMBOLS["Place"]
    return [
        i
        for i in range(start, end)
        if passage.mask[i] in TYPES
        and not (passage.mask[i] == place == passage.mask[i + 1 : i + 2] and i + 1 < end)
    ]
