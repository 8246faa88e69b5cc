"""What the annotations say of triples, and what patterns, names and cross-validation say of the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.base.model import Predicate
from kg.base.schema import ordered
from kg.facts.judge.learned import signals
from kg.facts.judge.rules import merge
from kg.learn.material import Key, Material

__all__ = ["Evidence", "Verdicts", "evidence_of", "stated", "verdicts_of"]

HOPELESS: Final = -4500
"""Thousandths; a triple below that no pattern states is never right."""


@dataclass(frozen=True)
class Verdicts:
    """What the annotations say of triples: groups of which one is asked for, those that are right, and loose ends."""

    asked: tuple[tuple[Predicate, frozenset[Key]], ...]
    right: frozenset[Key]
    loose: frozenset[tuple[int, str]]

    def open(self, key: Key) -> bool:
        """Say whether the annotations give no verdict on a triple that they do not name."""
        return (key[0], key[1]) in self.loose or (key[0], key[3]) in self.loose

    def measure(self, found: set[Key]) -> tuple[float, float, float]:
        """Return precision, recall and F1 of ``found``."""
        right = sum(1 for _, keys in self.asked if keys & found)
        wrong = sum(1 for key in found if key not in self.right and not self.open(key))
        precision = right / (right + wrong) if right + wrong else 0.0
        recall = right / len(self.asked) if self.asked else 0.0
        both = precision + recall
        return precision, recall, 2 * precision * recall / both if both else 0.0

    def since(self, first: int) -> Verdicts:
        """Return the verdicts on the articles from a number on."""
        asked = tuple((predicate, keys) for predicate, keys in self.asked if next(iter(keys))[0] >= first)
        right = frozenset(key for key in self.right if key[0] >= first)
        return Verdicts(asked, right, frozenset(each for each in self.loose if each[0] >= first))

    def of(self, predicate: Predicate) -> Verdicts:
        """Return the verdicts on one predicate: a relation is asked for under the first predicate it may have."""
        asked = tuple(item for item in self.asked if item[0] == predicate)
        return Verdicts(asked, self.right, self.loose)


def verdicts_of(materials: Sequence[Material]) -> Verdicts:
    """Return what the annotations of ``materials`` say."""
    asked: dict[frozenset[Key], Predicate] = {}
    right: set[Key] = set()
    loose: set[tuple[int, str]] = set()
    for number, material in enumerate(materials):
        for relation in material.gold.relations:
            keys = frozenset(
                _key(number, relation.subject, predicate, relation.object)
                for predicate in relation.predicates
            )
            right |= keys
            if not relation.optional:
                asked.setdefault(keys, relation.predicates[0])
        loose |= {(number, item.id) for item in material.gold.entities if item.optional}
    return Verdicts(
        tuple((predicate, keys) for keys, predicate in asked.items()), frozenset(right), frozenset(loose)
    )


def _key(article: int, subject: str, predicate: Predicate, obj: str) -> Key:
    subject, obj = ordered(predicate, subject, obj)
    return article, subject, predicate, obj


def stated(materials: Sequence[Material]) -> dict[Key, float]:
    """Return what patterns say, with their confidence."""
    found: dict[Key, float] = {}
    for number, material in enumerate(materials):
        unasked = material.gold.unasked()
        for fact in merge(material.candidates):
            if fact.status != "denied" and fact.predicate not in unasked:
                ends = material.nodes[fact.subject], material.nodes[fact.object]
                key = _key(number, ends[0], fact.predicate, ends[1])
                found[key] = max(found.get(key, 0.0), fact.confidence)
    return found


@dataclass(frozen=True)
class Evidence:
    """Triples with their signals: what cross-validation, the patterns and the names say of each."""

    keys: tuple[Key, ...]
    signals: npt.NDArray[np.float64]
    right: npt.NDArray[np.bool_]
    known: npt.NDArray[np.bool_]  # whether the annotations give a verdict

    def since(self, first: int) -> Evidence:
        """Return the triples of the articles from a number on."""
        use = np.array([key[0] >= first for key in self.keys], dtype=bool)
        keys = tuple(key for key in self.keys if key[0] >= first)
        return Evidence(keys, self.signals[use], self.right[use], self.known[use])


def evidence_of(
    materials: Sequence[Material], sums: Mapping[Key, int], patterns: Mapping[Key, float], verdicts: Verdicts
) -> Evidence:
    """Return the triples that a pattern states or whose sum is not hopeless."""
    keys = sorted(patterns.keys() | {key for key, total in sums.items() if total > HOPELESS})
    asked = {key for _, group in verdicts.asked for key in group}
    rows = []
    for key in keys:
        sure = materials[key[0]].sure
        rows.append(signals(sums.get(key), patterns.get(key, 0.0), min(sure[key[1]], sure[key[3]])))
    right = np.array([key in verdicts.right for key in keys])
    known = np.array([key in asked or (key not in verdicts.right and not verdicts.open(key)) for key in keys])
    return Evidence(tuple(keys), np.array(rows), right, known)
