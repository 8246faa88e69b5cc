"""Scenes: who speaks at an event takes part in it, be it in the clause that names the event or in those after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.clause import SYMBOLS, Passage
from kg.hit import Hit
from kg.model import Link
from kg.pattern import Patterns

P, O, E = (SYMBOLS[name] for name in ("Person", "Organization", "Activity"))  # type: ignore[index]  # noqa: E741
_AT = re.compile(f"(?:在[^，]{{0,24}}?)?(?P<e>{E})(?:[^，]{{0,6}}?)(?:上|中|期间|现场|间隙|活动上)")


@cache
def _said(patterns: Patterns) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, patterns.by_id["scene-said"].cues)))


def read_scenes(passage: Passage, anchors: frozenset[int], patterns: Patterns) -> Iterator[Hit]:
    """Yield who speaks or acts at an event named in the passage."""
    scene = _AT.search(passage.mask)
    if scene is None:
        return
    said = re.compile("|".join(map(re.escape, patterns.by_id["scene-said"].cues)))
    event = passage.links[scene.start("e")]
    for clause in passage.clauses:
        if clause.end <= scene.end():
            continue
        match = said.search(passage.mask, clause.start, clause.end)
        if match is None:
            continue
        for position in _speakers(passage, max(clause.start, scene.end()), match.start(), anchors):
            link: Link = passage.links[position]
            where = passage.span(*match.span())
            yield Hit(patterns.by_id["scene-said"], link, event, where, passage, "scene")


def _speakers(passage: Passage, start: int, end: int, anchors: frozenset[int]) -> list[int]:
    found = [i for i in passage.names(start, end, P) if i not in anchors]
    if not found:
        found = [i for i in passage.names(start, end, O) if i not in anchors]
    return found
