"""What clauses are about: the free names, which may be subjects, and what an article has been about so far.

A name is *free* that stands behind no preposition (在, 对, 与 ...), modifies nothing that follows (甲的, 甲旗下) and says
neither where nor when (会议上).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import EntityId, Link
from kg.base.wordlist import read_words
from kg.facts.passage import ANY, SYMBOLS, Clause, Passage

BESIDE: Final = late(f"[{SYMBOLS['Place']}{SYMBOLS['Organization']}]+$")
"""Places and bodies right before a name, which belong to it: 对甲国乙公司."""
_LASTING: Final = frozenset({"Organization", "Person"})  # nothing comes after them as after an event
_DESCRIBING: Final = late(f"[^，{ANY}]{{1,12}}的[^，{ANY}]{{0,8}}[{ANY}]")


@dataclass(frozen=True)
class ClauseWords:
    """The small words that decide who does something in a clause."""

    prepositions: re.Pattern[str]
    agents: re.Pattern[str]
    joins: re.Pattern[str]
    scene: re.Pattern[str]
    modifier: re.Pattern[str]
    coupled: re.Pattern[str]
    people: re.Pattern[str]
    motion: re.Pattern[str]


@cache
def clause_words() -> ClauseWords:
    """Return the small words of clauses; those that stand before a name match up to their end."""
    words = read_words("language/cues.toml").table("clause")
    before = {key: late(f"(?:{words.either(key)})$") for key in ("prepositions", "agents", "joins", "motion")}
    behind = {key: late(words.either(key)) for key in ("scene", "modifier", "coupled", "people")}
    return ClauseWords(**before, **behind)


@dataclass(frozen=True)
class Anchors:
    """Bodies that belong to a post before a name (never subjects), and where the posts before each name start."""

    bodies: frozenset[int] = frozenset()
    heads: Mapping[int, int] = field(default_factory=dict)

    def __contains__(self, position: object) -> bool:
        """Say whether the body at a mask position belongs to a post before a name."""
        return position in self.bodies


@dataclass
class Topics:
    """What the clauses and sentences read so far were about: lists of names, the newest last."""

    before: list[list[Link]] = field(default_factory=list)
    events: list[Link] = field(default_factory=list)
    closed: bool = False  # whether nothing before is meant: a line about somebody who is not named
    main: EntityId | None = None  # the body the article is about
    story: bool = False  # whether it is the story of that person
    person: Link | None = None  # the one the article is about, where there is one
    term: list[Link] = field(default_factory=list)  # whose list of posts the last sentence ended in


def clause_topic(passage: Passage, clause: Clause, anchors: Anchors) -> list[Link]:
    """Return the names a later clause may take its subject from: the first free name and its list."""
    for position in passage.names(clause.start, clause.end):
        if position in anchors or not is_free(passage, clause, position, anchors):
            continue
        if passage.links[position].type in {"Award", "Document"} or describes(passage, clause, position):
            continue
        head = anchors.heads.get(position, position)
        if "v" in passage.tags(clause.start, head):  # 成立了甲: what was done, not who did it
            continue
        if clause.start and clause.end - position <= 3:  # 甲院院士张三教授: one more of a list
            continue
        return [passage.links[member] for member in passage.group(position)]
    return []


def is_free(passage: Passage, clause: Clause, position: int, anchors: Anchors) -> bool:
    """Say whether the name at a mask position may be the subject of its clause."""
    head = passage.group(position)[0]
    head = anchors.heads.get(head, head)
    before = passage.mask[max(clause.start, head - 12) : head]
    if clause_words().prepositions.search(BESIDE.sub("", before)):
        return False
    behind = passage.mask[position + 1 : position + 6]
    return not (clause_words().modifier.match(behind) or is_scene(passage, position))


def describes(passage: Passage, clause: Clause, position: int) -> bool:
    """Say whether a name stands in a clause that describes a later name: 甲国自主研制的乙飞艇."""
    match = _DESCRIBING.match(passage.mask, position + 1, clause.end)
    return match is not None and "v" in passage.tags(position + 1, match.end())


def is_scene(passage: Passage, position: int) -> bool:
    """Say whether a word of place or time stands behind the name: 会议上, 中 but not 中标."""
    match = clause_words().scene.match(passage.mask, position + 1)
    if match is not None and match.group() == "后" and passage.links[position].type in _LASTING:
        return False  # 甲集团后被并入乙: later, not behind 甲
    return match is not None and passage.starts_word(match.start()) and passage.ends_word(match.end())
