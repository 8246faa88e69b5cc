"""Questions that lie near one that has no answer: of the names in it, the nearest first."""

from __future__ import annotations

from collections.abc import Iterator

from kg.questions.grammar import Grammar, Pattern
from kg.questions.model import Bound, Name, Reading
from kg.questions.said import described
from kg.questions.words import Words

__all__ = ["nearest"]


def nearest(grammar: Grammar, words: Words) -> Iterator[tuple[Reading, str]]:
    """Yield questions about what a question names, the one first that has most of its pairs of characters."""
    names = words.names()
    pairs = _pairs(words.text)
    found: list[tuple[int, int, Reading, str]] = []
    for pattern in grammar.patterns:
        reading = _about(pattern, grammar, names)
        if reading is not None:
            text = described(reading)
            near = len(pairs & _pairs(text + "".join(pattern.kind.wordings)))
            found.append((-near, pattern.kind.order, reading, text))
    for _, _, reading, text in sorted(found, key=lambda each: each[:2]):
        yield reading, text


def _about(pattern: Pattern, grammar: Grammar, names: list[Name]) -> Reading | None:
    """Return a question of a kind that has one slot, filled with a name of its type; None where that cannot be."""
    if len(pattern.slots) != 1:
        return None
    (slot,) = pattern.slots
    types = frozenset(grammar.slots.get(slot, ()))
    name = next((name for name in names if name.types & types), None)
    return Reading(pattern.kind, (Bound(slot, name),), 0) if name else None


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
