"""What a language model's proposals were worth on annotated articles, and how sure that makes its next ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.base.model import BY_MODEL
from kg.learn.score import Score

__all__ = ["confidence_of", "measured", "settings"]

_FEW: Final = 5  # proposals of a predicate from which on it is measured by itself
_OTHER: Final = "other"


def measured(score: Score) -> dict[str, tuple[int, int]]:
    """Return how many relations that only the model found were right and wrong, by predicate."""
    found: dict[str, tuple[int, int]] = {}
    wrong = [error.fact for error in score.errors if error.measure == "relations" and error.fact is not None]
    for facts, at in ((score.right_facts, 0), (wrong, 1)):
        for fact in facts:
            if fact.pattern == BY_MODEL:
                own = found.get(fact.predicate, (0, 0))
                found[fact.predicate] = (own[0] + (at == 0), own[1] + (at == 1))
    return dict(sorted(found.items()))


def confidence_of(right: int, wrong: int) -> float:
    """Return how sure the next one is: one more of each, so that little is never certain.

    >>> confidence_of(0, 0), confidence_of(8, 0)
    (0.5, 0.9)
    """
    return round((right + 1) / (right + wrong + 2), 2)


def settings(found: Mapping[str, tuple[int, int]]) -> str:
    """Return what was measured as a table of ``kg.toml``: predicates with enough proposals by themselves, the others together."""
    lines = ["[model.confidence]"]
    few = [0, 0]
    for name, (right, wrong) in found.items():
        if right + wrong >= _FEW:
            lines.append(f"{name} = {confidence_of(right, wrong)}")
        else:
            few = [few[0] + right, few[1] + wrong]
    return "\n".join([*lines, f"{_OTHER} = {confidence_of(*few)}"])
