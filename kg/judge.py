"""``Candidate*`` -> ``Fact*``: accept or reject, with a confidence; the same fact read twice is one with two quotes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kg.model import AnnotatedSentence, Article, Candidate, Entity, Fact


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


class RuleJudge:
    """Accepts what a pattern says, with the pattern's own confidence."""

    def judge(
        self,
        article: Article,
        entities: Sequence[Entity],
        annotated: Sequence[AnnotatedSentence],
        candidates: Sequence[Candidate],
    ) -> tuple[Fact, ...]:
        """Return the facts among ``candidates``, in reading order."""
        return ()
