"""The values of a review: questions to a person, and the decisions that the answers are.

Graph -> Question* -> (with a verdict) Decision*
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import Final, Literal

from kg.decide.model import Decision, EntityAnchor, FactAnchor, FigureAnchor, Verdict

__all__ = ["KINDS", "Kind", "Question", "Quote", "Side"]

Kind = Literal["conflict", "doubtful", "likely", "refused", "namesakes"]
KINDS: Final[dict[Kind, str]] = {
    "conflict": "a contradiction",
    "doubtful": "in doubt",
    "likely": "a likely merge",
    "refused": "a refused merge",
    "namesakes": "one name, two things",
}
"""Kinds of questions, and what each is called."""

_PAIRS: Final[tuple[Verdict, ...]] = ("same", "apart", "unsure")
_STATEMENTS: Final[tuple[Verdict, ...]] = ("confirm", "reject")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article, and what stands around them in their sentence."""

    article: str  # its name
    words: str
    before: str = ""
    after: str = ""
    says: str = ""  # what is read in them, "" where that is what is asked


@dataclass(frozen=True, slots=True)
class Side:
    """One of two things that may be one."""

    label: str
    type: str
    mentions: tuple[EntityAnchor, ...]  # at least one, where the articles name it first
    names: tuple[str, ...]
    articles: tuple[str, ...]  # names of those that name it
    facts: int  # facts and figures that tell of it
    tells: tuple[str, ...]  # some of them
    quotes: tuple[Quote, ...]

    def is_at(self, anchor: EntityAnchor) -> bool:
        """Say whether a decision about this anchor is about this thing."""
        return any(
            mention.article == anchor.article
            and (mention.span == anchor.span or anchor.words in (mention.words, *self.names))
            for mention in self.mentions
        )


@dataclass(frozen=True, slots=True)
class Question:
    """A question: whether two things are one (``sides``), or whether a fact or figure is right (``about``)."""

    kind: Kind
    key: str  # what makes it this question, whatever else changes: IRIs
    what: str  # what the graph says, as it labels it
    confidence: float  # how sure the graph is of what it does now
    reasons: tuple[str, ...]  # messages, and words that the graph gives for reasons
    touched: int = 1  # facts and figures that the other answer changes
    sides: tuple[Side, ...] = ()
    are_one: bool = False  # what the graph does now with the two
    about: tuple[FactAnchor | FigureAnchor, ...] = ()
    ends: tuple[tuple[str, ...], ...] = ()  # names of what the fact ties
    quotes: tuple[Quote, ...] = ()

    @property
    def harm(self) -> float:
        """What not asking costs: how unsure it is, times how much hangs on it."""
        return round((1 - self.confidence) * (1 + log2(1 + self.touched)), 6)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Return the answers that it may have."""
        return _PAIRS if self.sides else _STATEMENTS

    def decisions(self, verdict: Verdict) -> tuple[Decision, ...]:
        """Return an answer as decisions, without ids.

        Raises:
            ValueError: it is no answer to this question.
        """
        if verdict not in self.verdicts:
            raise ValueError(f"{verdict} answers no question of the kind {self.kind}")
        if self.sides:
            one, other = self.sides
            return (Decision("", verdict, a=one.mentions[0], b=other.mentions[0]),)
        return tuple(
            Decision("", verdict, fact=each)
            if isinstance(each, FactAnchor)
            else Decision("", verdict, figure=each)
            for each in self.about
        )

    def is_answered_by(self, decision: Decision) -> bool:
        """Say whether a person has answered it already."""
        if self.sides:
            return decision.verdict in _PAIRS and self._is_of(decision.a, decision.b)
        return any(self._is_about(each, decision) for each in self.about)

    def _is_of(self, a: EntityAnchor | None, b: EntityAnchor | None) -> bool:
        if a is None or b is None:
            return False
        one, other = self.sides
        return (one.is_at(a) and other.is_at(b)) or (one.is_at(b) and other.is_at(a))

    def _is_about(self, anchor: FactAnchor | FigureAnchor, decision: Decision) -> bool:
        if isinstance(anchor, FigureAnchor):
            own = decision.figure
            return own is not None and own.article == anchor.article and own.span == anchor.span
        fact = decision.fact
        return (
            fact is not None
            and (fact.article, fact.predicate) == (anchor.article, anchor.predicate)
            and (fact.span == anchor.span or fact.words == anchor.words)
            and fact.role in (None, anchor.role)
            and all(
                end.words in names for end, names in zip((fact.subject, fact.object), self.ends, strict=True)
            )
        )
