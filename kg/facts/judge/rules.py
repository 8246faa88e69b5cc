"""``Candidate*`` -> ``Fact*``: accept or reject, with a confidence; the same fact read twice is one with two quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from kg.base.model import (
    AnnotatedSentence,
    Article,
    Candidate,
    Entity,
    EntityId,
    Evidence,
    Fact,
    Firing,
    Predicate,
    Status,
)
from kg.facts.pattern import load_patterns
from kg.facts.way import factors, way_of


class Judge(Protocol):
    """Decides which candidates are facts."""

    def judge(
        self,
        article: Article,
        entities: Sequence[Entity],
        annotated: Sequence[AnnotatedSentence],
        candidates: Sequence[Candidate],
    ) -> tuple[Fact, ...]:
        """Return the facts among ``candidates``, in reading order."""


@dataclass(frozen=True)
class RuleJudge:
    """Accepts what patterns say with confidence enough: the pattern's own, times that of how its subject was found."""

    threshold: float = 0.5

    def judge(
        self,
        article: Article,  # noqa: ARG002 - other judges look at the text
        entities: Sequence[Entity],  # noqa: ARG002
        annotated: Sequence[AnnotatedSentence],  # noqa: ARG002
        candidates: Sequence[Candidate],
    ) -> tuple[Fact, ...]:
        """Return the facts among ``candidates``, in reading order."""
        return tuple(fact for fact in merge(candidates) if fact.confidence >= self.threshold)


_Key = tuple[EntityId, Predicate, EntityId, str, Status]


def merge(candidates: Iterable[Candidate]) -> tuple[Fact, ...]:
    """Return every candidate as a fact with its confidence, those that say the same as one."""
    groups: dict[_Key, list[Candidate]] = {}
    for candidate in candidates:
        key = (candidate.subject, candidate.predicate, candidate.object, candidate.role, candidate.status)
        groups.setdefault(key, []).append(candidate)
    return tuple(_fact(group) for group in _without_bare(groups))


def _without_bare(groups: dict[_Key, list[Candidate]]) -> Iterable[list[Candidate]]:
    """Leave out facts without a role beside the same ones with a role."""
    with_role = {key[:3] for key in groups if key[3]}
    return (group for key, group in groups.items() if key[3] or key[:3] not in with_role)


def _fact(group: Sequence[Candidate]) -> Fact:
    best = max(group, key=lambda candidate: (confidence(candidate.firings), -candidate.evidence.span.start))
    evidence: dict[Evidence, None] = dict.fromkeys(candidate.evidence for candidate in (best, *group))
    firings = dict.fromkeys(firing for candidate in group for firing in candidate.firings)
    strongest = max(best.firings, key=lambda firing: confidence([firing]))
    date = best.date or next((candidate.date for candidate in group if candidate.date), None)
    amount = best.amount or next((candidate.amount for candidate in group if candidate.amount), None)
    return Fact(
        best.subject,
        best.predicate,
        best.object,
        tuple(evidence),
        strongest.pattern,
        round(confidence(firings), 3),
        best.role,
        date,
        amount,
        best.status,
        tuple(firings),
        ended=any(candidate.ended for candidate in group),
        sources=tuple(dict.fromkeys(each.source for each in group if each.source is not None)),
    )


def confidence(firings: Iterable[Firing]) -> float:
    """Return how sure the patterns together are.

    Patterns that found the subject the same way err together: only the surest of them counts. Different ways count as
    if they erred independently.
    """
    best: dict[str, float] = {}
    for firing in firings:
        best[firing.subject_by] = max(best.get(firing.subject_by, 0.0), _single(firing))
    doubt = 1.0
    for value in best.values():
        doubt *= 1.0 - value
    return 1.0 - doubt


def _single(firing: Firing) -> float:
    """Return how sure one pattern is: its own confidence, times what the way its subject was found is worth."""
    pattern = load_patterns().by_id.get(firing.pattern)
    value = pattern.confidence if pattern else 0.5
    for factor in factors().of(way_of(firing.subject_by)):
        value *= factor
    return value
