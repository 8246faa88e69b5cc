"""Verb frames: who does what to whom within a clause, with dropped subjects, agents behind 由 and 被, and lists.

A frame on one of its cues finds its objects (``kg.facts.object``), then its subjects (``kg.facts.subject``); those who
act together are both (``kg.facts.joint``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.base.late import late
from kg.base.model import Link
from kg.facts.cue import Cue, Occurrence
from kg.facts.each import each_in, paired
from kg.facts.hit import Hit
from kg.facts.joint import partners_of
from kg.facts.object import object_at, objects_of
from kg.facts.passage import Passage
from kg.facts.subject import subjects_of
from kg.facts.topic import Anchors, Topics
from kg.facts.way import Modifier, Way

_PARTS: Final = late("[”’」、]|[和及与]")
_AND: Final = late("(?:称号|奖|荣誉|奖项)?[、和及与]")


def read_frames(passage: Passage, cues: Sequence[Cue], topics: Topics, anchors: Anchors) -> Iterator[Hit]:
    """Yield what the frames find. ``anchors``: bodies that belong to a post before a name, never free."""
    for cue in cues:
        number = passage.clause_of(cue.start)
        for pattern in cue.patterns:
            yield from _hits(Occurrence(passage, cues, topics, anchors, pattern, cue, number))


def _hits(here: Occurrence) -> Iterator[Hit]:
    """Yield every pair of a subject and an object."""
    where = here.passage.span(here.cue.start, here.cue.end)
    partners = here.pattern.subject_side == "joint"
    for subject, obj, way in _partners(here) if partners else _subject_and_object(here):
        yield Hit(here.pattern, subject, obj, where, here.passage, way)


def _partners(here: Occurrence) -> Iterator[tuple[Link, Link, Way]]:
    return ((subject, obj, Way(by)) for subject, obj, by in partners_of(here))


def _subject_and_object(here: Occurrence) -> Iterator[tuple[Link, Link, Way]]:
    """Yield subject, object and how the subject was found; of a turned frame what stands before the cue is the object."""
    positions = objects_of(here)
    found = subjects_of(here, set(positions)) if positions else None
    if found is None:
        return
    objects = [object_at(here, position) for position in positions]
    own = {link.entity for link in objects}
    each = each_in(here.mask, here.clause.start, max(here.cue.end, min(positions)))
    if each is not None and len(found.links) > 1 and _is_only_one_read(here, positions):
        return
    parted = each is not None and len(found.links) > 1 and len(objects) > 1
    inner = any(link is not here.passage.links[at] for link, at in zip(objects, positions, strict=True))
    signs = ((parted, Modifier.EACH), (inner, Modifier.CUSTOMER))
    way = Way(found.by, tuple(modifier for seen, modifier in signs if seen))
    for subject, its in paired(here.mask, here.clause.start, each, found.links, objects):
        if subject.entity in own:
            continue
        for obj in its:
            if _is_like_object(here, obj):
                yield (obj, subject, way) if here.pattern.turned else (subject, obj, way)


def _is_only_one_read(here: Occurrence, objects: Sequence[int]) -> bool:
    """Say whether one of several objects was read as no name: 甲、乙分别获评“某某”“丙”."""
    if len(objects) > 1 or objects[0] < here.cue.end:
        return False
    bounds = here.passage.sentence.tagged.sentence
    start = here.passage.span(here.cue.start, here.cue.end).end - bounds.span.start
    words = bounds.text[start : here.passage.links[objects[0]].span.start - bounds.span.start]
    behind = here.mask[objects[0] + 1 : objects[0] + 8]
    return _PARTS.search(words) is not None or _AND.match(behind) is not None


def _is_like_object(here: Occurrence, obj: Link) -> bool:
    """Say whether the name is one the pattern takes for its object."""
    like = here.pattern.object_like
    return like is None or like.search(obj.text) is not None
