"""A question -> the ways to read it, the best first."""

from __future__ import annotations

from kg.questions.grammar import Grammar
from kg.questions.match import Matcher
from kg.questions.model import Reading
from kg.questions.words import Words

__all__ = ["readings"]


def readings(grammar: Grammar, words: Words, *, loose: bool = False) -> list[Reading]:
    """Return the ways to read a question: those first that leave least of it unsaid, then in the order of the kinds.

    Of one kind the best alone is returned, for the others bind less of what is said. ``loose`` takes any words for a name.
    """
    matcher = Matcher(grammar, words, loose=loose)
    best: list[Reading] = []
    for pattern in grammar.patterns:
        found = min(matcher.readings(pattern), key=lambda reading: reading.cost, default=None)
        if found is not None:
            best.append(found)
    return sorted(best, key=lambda reading: (reading.cost, reading.kind.order))
