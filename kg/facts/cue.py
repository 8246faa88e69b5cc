"""The cues of frames: words that may say a fact, where their borders and their parts of speech are right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.facts.passage import Clause, Passage
from kg.facts.pattern import Pattern, Patterns
from kg.facts.topic import Anchors, Topics

_REACH: Final = 24  # mask characters before a cue that its conditions look at


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue word of frames, at mask positions."""

    start: int
    end: int
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One frame on one of its cues, with what is known around it.

    ``number``: the place of the cue's clause in the passage. ``cues``: all cues of the passage.
    """

    passage: Passage
    cues: Sequence[Cue]
    topics: Topics
    anchors: Anchors
    pattern: Pattern
    cue: Cue
    number: int

    @property
    def mask(self) -> str:
        """The mask of the passage."""
        return self.passage.mask

    @property
    def clause(self) -> Clause:
        """The clause the cue stands in."""
        return self.passage.clauses[self.number]


def cues_of(passage: Passage, patterns: Patterns) -> list[Cue]:
    """Return the cues of the passage whose word borders and parts of speech are right."""
    found: list[Cue] = []
    for word, start, end in patterns.cues.longest(passage.mask):
        fit = tuple(p for p in patterns.by_cue[word] if _fits(passage, p, start, end))
        if fit:
            found.append(Cue(start, end, fit))
        seen = set(fit)
        for offset, cue in patterns.inside[word]:
            first, last = start + offset, start + offset + len(cue)
            fit = tuple(p for p in patterns.by_cue[cue] if p not in seen and _fits(passage, p, first, last))
            if fit:
                seen.update(fit)
                found.append(Cue(first, last, fit))
    return sorted(found, key=lambda cue: cue.start)


def _fits(passage: Passage, pattern: Pattern, start: int, end: int) -> bool:
    """Say whether the words at two mask positions are a cue of the pattern there."""
    if pattern.boundary != "none" and not passage.starts_word(start):
        return False
    if pattern.boundary == "both" and not passage.ends_word(end):
        return False
    if pattern.pos and passage.tag(start) not in pattern.pos:
        return False
    mask, low = passage.mask, max(0, start - _REACH)
    return not (
        (pattern.before and not pattern.before.search(mask, low, start))
        or (pattern.not_before and pattern.not_before.search(mask, low, start))
        or (pattern.after and not pattern.after.match(mask, end))
        or (pattern.not_after and pattern.not_after.match(mask, end))
    )
