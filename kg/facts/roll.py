"""Rolls: who attends an event, post by post over several clauses: 书记张三，市长李四；局长王五出席大会."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.base.late import late
from kg.base.model import Link
from kg.base.wordlist import any_of
from kg.facts.hit import Hit
from kg.facts.passage import SYMBOLS, Clause, Passage
from kg.facts.pattern import Pattern, Patterns
from kg.facts.scene import event_of, noun_behind
from kg.facts.topic import Anchors, Topics
from kg.facts.way import Base, Way
from kg.facts.words import facts_words

_WORDS: Final = facts_words("scene")
_PERSON: Final = SYMBOLS["Person"]
_EVENT: Final = SYMBOLS["Activity"]
_TAIL: Final = late(f"(?:{_WORDS.either('roll_tail')})*")
_PEOPLE: Final = late(f"(?:{_PERSON}|{_WORDS.either('roll_people')})$")
_ALONE: Final = late("(?:并|和|、|[，。；]|$)")
_NO_ROLL: Final = frozenset({"v", "vd", "p", "d", "ad", "r"})
"""Labels of words by which a clause says more than who somebody is."""


def read_rolls(passage: Passage, topics: Topics, anchors: Anchors, patterns: Patterns) -> Iterator[Hit]:
    """Yield those whom the clauses before that of the verb list, each with titles; who stands in its own has a frame."""
    pattern = patterns.by_reader["scene-roll"]
    for match in any_of(pattern.cues).finditer(passage.mask):
        number = passage.clause_of(match.start())
        if number == 0 or not passage.starts_word(match.start()):
            continue
        clause = passage.clauses[number]
        if not _PEOPLE.search(passage.mask, clause.start, match.start()):
            continue
        event = _event(passage, clause, match, topics)
        if event is not None:
            yield from _listed(passage, number, anchors, pattern, match, event)


def _event(passage: Passage, clause: Clause, match: re.Match[str], topics: Topics) -> Link | None:
    """Return what is attended: named behind the verb, or meant by a noun or by nothing there."""
    named = passage.names(match.end(), clause.end)
    if named:
        return passage.links[named[0]] if passage.mask[named[0]] == _EVENT else None
    noun = noun_behind(passage, match.end())
    if noun is None and not _ALONE.match(passage.mask, match.end()):
        return None
    return event_of(noun or "", topics)


def _listed(
    passage: Passage, number: int, anchors: Anchors, pattern: Pattern, match: re.Match[str], event: Link
) -> Iterator[Hit]:
    where = passage.span(*match.span())
    for clause in reversed(passage.clauses[:number]):
        if passage.mask[clause.end : clause.end + 1] not in {"，", "；"} or not _is_roll(passage, clause):
            return
        for position in passage.names(clause.start, clause.end, _PERSON):
            if position not in anchors:
                yield Hit(pattern, passage.links[position], event, where, passage, Way(Base.LIST))


def _is_roll(passage: Passage, clause: Clause) -> bool:
    """Say whether a clause only says who somebody is, and ends in a name: 市委常委、副市长李四."""
    persons = passage.names(clause.start, clause.end, _PERSON)
    if not persons or not _TAIL.fullmatch(passage.mask, persons[-1] + 1, clause.end):
        return False
    return _NO_ROLL.isdisjoint(passage.tags(clause.start, clause.end))
