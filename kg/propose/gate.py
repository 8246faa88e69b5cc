"""What a language model answered about an article -> facts, and what is refused, each with its reason.

A proposal is let through where its quote stands in the passage to the letter, names both ends, has a word that says the relation,
and the text asserts it; predicate and types are those of the schema. Amounts and dates are read by kg's own grammar, never taken
from the model. Words of the article are stored as the article has them.

What the rules found too keeps their evidence and says which model agrees; what the model alone found has the status ``proposed``
until somebody accepts it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import (
    BY_MODEL,
    AnnotatedSentence,
    Article,
    Asked,
    Entity,
    Evidence,
    Fact,
    Figure,
    Firing,
    Link,
    Moment,
    Refused,
    Span,
)
from kg.base.schema import MEMBERSHIP, PredicateTerm, ordered, schema
from kg.facts.assertion import Assertions, Claim
from kg.facts.dating import Dates, is_dated
from kg.facts.title import is_title
from kg.facts.words import facts_words
from kg.propose.ends import End, Things
from kg.propose.find import Folded, fold_words
from kg.propose.prompt import default_confidence
from kg.propose.proposal import Proposal, proposals_in
from kg.propose.sentences import Sentences

__all__ = ["Proposed", "with_proposals"]

LONGEST: Final = 300
"""Code points of a quote."""

_BEFORE: Final = 8  # code points before the first name that may say that a post is former or planned
_EMPTY: Final = frozenset({"w", "u", "c", "p", "xc", "m", "q", "r"})  # tags of words that say no relation
_GAP: Final = late(r"[\s“”\"'‘’]*")


@dataclass(frozen=True, slots=True)
class Proposed:
    """An article's things and facts with what a model brought in."""

    entities: tuple[Entity, ...]
    links: tuple[tuple[Link, ...], ...]
    facts: tuple[Fact, ...]
    refused: tuple[Refused, ...]


class _RefusedError(Exception):
    """A proposal is none that the text bears out; holds the reason."""


def with_proposals(
    article: Article,
    entities: tuple[Entity, ...],
    annotated: Sequence[AnnotatedSentence],
    facts: tuple[Fact, ...],
) -> Proposed:
    """Return what was read in an article with what its model proposes. A pure function of both."""
    if article.asked is None:
        raise ValueError("nobody was asked about this article")
    return _Gate(article, article.asked, entities, annotated, facts).through()


class _Gate:
    def __init__(
        self,
        article: Article,
        asked: Asked,
        entities: tuple[Entity, ...],
        annotated: Sequence[AnnotatedSentence],
        facts: tuple[Fact, ...],
    ) -> None:
        self.text, self.asked, self.annotated = article.text, asked, annotated
        self.entities = {entity.id: entity for entity in entities}
        self.sentences = Sentences(annotated)
        self.things = Things(entities, self.sentences)
        self.assertions = Assertions(annotated, entities, article.publisher)
        self.rows = [list(sentence.links) for sentence in annotated]
        self.facts = list(facts)
        self.stated: dict[tuple[str, str, str], list[int]] = {}
        for at, fact in enumerate(facts):
            self.stated.setdefault((fact.subject, fact.predicate, fact.object), []).append(at)
        self.found: dict[tuple[str, str, str, str], list[Fact]] = {}
        self.refused: list[Refused] = []
        self.sure = {**default_confidence(), **dict(asked.sure)}

    def through(self) -> Proposed:
        for answer in self.asked.answers:
            passage = Span(answer.start, answer.end)
            proposals = proposals_in(answer.words)
            if proposals is None:
                self._refuse(None, passage, "unreadable")
            for each in proposals or ():
                try:
                    self._take(each, passage)
                except _RefusedError as refused:
                    self._refuse(each, passage, str(refused))
        rows = (sorted(row, key=lambda link: (link.span.start, -link.span.end)) for row in self.rows)
        found = sorted(
            map(_together, self.found.values()),
            key=lambda fact: (fact.evidence[0].span.start, fact.predicate),
        )
        return Proposed(
            tuple(self.entities.values()),
            tuple(map(tuple, rows)),
            (*self.facts, *found),
            tuple(dict.fromkeys(self.refused)),
        )

    def _refuse(self, each: Proposal | None, passage: Span, reason: str) -> None:
        own = (each.subject, each.predicate, each.object, each.quote) if each else ("",) * 4
        self.refused.append(Refused(self.asked.model, reason, *own, passage.start, passage.end))

    # one proposal -------------------------------------------------------------------------------------------------

    def _take(self, each: Proposal, passage: Span) -> None:
        """Take a proposal in.

        Raises:
            _RefusedError: it does not get through.
        """
        term = schema().predicates.get(each.predicate)
        if term is None:
            raise _RefusedError("predicate")
        if len(fold_words(each.quote)) > LONGEST:
            raise _RefusedError("long-quote")
        reason = "quote"
        for quote in Folded(self.text, passage).all(each.quote):
            try:
                self._in_quote(each, term, quote)
            except _RefusedError as refused:
                reason = str(refused)
            else:
                return
        raise _RefusedError(reason)

    def _in_quote(self, each: Proposal, term: PredicateTerm, quote: Span) -> None:
        subjects = list(self.things.find(self.text, quote, each.subject, each.subject_type))
        if not subjects:
            raise _RefusedError("subject")
        objects = list(self.things.find(self.text, quote, each.object, each.object_type))
        if not objects:
            raise _RefusedError("object")
        (subject, own), (obj, other) = _apart(subjects, objects)
        _check_types(term, subject, obj)
        trigger = self._trigger(each.trigger, quote, (subject.span, obj.span))
        number = next(at for at, _ in self.sentences.over(trigger))
        role = self._role(each, term, quote, trigger)
        amount = self._amount(each, term, quote)
        role_words = role.of(self.text) if role else ""
        self._check_standing(term, number, trigger, (subject, obj), role)
        ends = ordered(term.name, subject.entity, obj.entity)
        if self._agrees(ends, term, role_words):
            return
        confidence = self.sure.get(term.name, self.sure[""])
        if confidence < self.asked.least:
            return
        for entity, end in ((own, subject), (other, obj)):
            if entity is not None:
                self._bring_in(entity, end.span, confidence)
        made = Fact(
            ends[0],
            term.name,
            ends[1],
            (Evidence(quote, quote.of(self.text)),),
            BY_MODEL,
            confidence,
            role_words,
            self._date(term, number, trigger, subject, obj),
            amount,
            "asserted" if self.asked.accepted else "proposed",
            (Firing(BY_MODEL, trigger, subject.span, obj.span),),
            model=self.asked.model,
        )
        self._keep(made)

    def _keep(self, made: Fact) -> None:
        """Keep a fact; one that was proposed before gets another quote."""
        self.found.setdefault((made.subject, made.predicate, made.object, made.role), []).append(made)

    def _agrees(self, ends: tuple[str, str], term: PredicateTerm, role: str) -> bool:
        """Mark the facts of rules that say the same, and say whether there are any."""
        agreed = False
        for at in self.stated.get((ends[0], term.name, ends[1]), ()):
            fact = self.facts[at]
            if fact.derived or not _same_role(fact.role, role):
                continue
            agreed = True
            if fact.status != "denied":
                self.facts[at] = replace(fact, model=self.asked.model)
        return agreed

    def _bring_in(self, entity: Entity, span: Span, confidence: float) -> None:
        """Add a thing that a model alone found, and where it is named."""
        if entity.id not in self.entities:
            own = replace(entity, confidence=confidence, proposed_by=self.asked.model)
            self.entities[entity.id] = own
            self.things.add(own)
        row = next(at for at, _ in self.sentences.over(span))
        link = Link(span, span.of(self.text), entity.id, entity.type, BY_MODEL)
        if link not in self.rows[row]:
            self.rows[row].append(link)

    # what the words say -------------------------------------------------------------------------------------------

    def _trigger(self, words: str, quote: Span, names: tuple[Span, Span]) -> Span:
        """Return where the word stands that says it: outside of both names, and a word that can say something."""
        found = [
            span
            for span in Folded(self.text, quote).all(words)
            if not any(name.holds(span) for name in names) and self._says(span)
        ]
        if not found:
            raise _RefusedError("trigger")
        return min(found, key=lambda span: (_distance(span, names), span.start))

    def _says(self, span: Span) -> bool:
        tags = {
            token.tag
            for _, one in self.sentences.over(span)
            for token in one.tagged.tokens
            if token.start < span.end and span.start < token.end
        }
        return bool(tags - _EMPTY)

    def _role(self, each: Proposal, term: PredicateTerm, quote: Span, trigger: Span) -> Span | None:
        if not term.takes_role:
            return None
        words = each.role or (each.trigger if is_title(trigger.of(self.text)) else "")
        found = Folded(self.text, quote).first(words) if words else None
        if found is None:
            raise _RefusedError("role")
        return found

    def _amount(self, each: Proposal, term: PredicateTerm, quote: Span) -> Figure | None:
        """Return the sum of money that kg's own grammar reads where the model says one stands."""
        if not each.amount:
            return None
        found = Folded(self.text, quote).first(each.amount)
        if found is None:
            raise _RefusedError("number")
        if not term.takes_amount:
            return None
        figures = (figure for _, one in self.sentences.over(found) for figure in one.figures)
        return next((each for each in figures if each.span.overlaps(found) and quote.holds(each.span)), None)

    def _date(self, term: PredicateTerm, number: int, trigger: Span, subject: End, obj: End) -> Moment | None:
        sentence = self.annotated[number]
        if term.fact_class == MEMBERSHIP or not sentence.moments or not is_dated(term, subject.type):
            return None
        return Dates(sentence).of(trigger, event=obj.type == "Activity")

    def _check_standing(
        self, term: PredicateTerm, number: int, trigger: Span, ends: tuple[End, End], role: Span | None
    ) -> None:
        """Refuse what the text plans, denies, passes on or does not say, and posts that are not held today.

        Raises:
            _RefusedError: it does.
        """
        sentence = self.annotated[number].tagged.sentence
        spans = [each.span for each in ends if sentence.span.holds(each.span)]
        start = min(trigger.start, *(span.start for span in spans)) if spans else trigger.start
        title = role.of(self.text) if role else ""
        granted = role is not None and self._is_before_name(role, ends[0].span)
        claim = Claim(
            number,
            trigger,
            start,
            (ends[0].entity, ends[1].entity),
            granted=granted,
            lasting=not term.takes_status,
            title=title,
        )
        status = self.assertions.of(claim).status
        if status != "asserted":
            raise _RefusedError(status or "unsaid")
        if term.fact_class == MEMBERSHIP and self._is_of_other_time(number, start, [trigger, *spans]):
            raise _RefusedError("ended")

    def _is_before_name(self, role: Span, name: Span) -> bool:
        return role.end <= name.start and _GAP.fullmatch(self.text, role.end, name.start) is not None

    def _is_of_other_time(self, number: int, start: int, spans: Sequence[Span]) -> bool:
        """Say whether words around a post say that it was held, or is to be held."""
        sentence = self.annotated[number]
        names = [link.span for link in sentence.links]
        window = Span(start - _BEFORE, max(span.end for span in spans) + _BEFORE)
        every, written_with = _other_times()
        return any(
            token.text in every or token.text.startswith(written_with)
            for token in sentence.tagged.tokens
            if window.holds(span := Span(token.start, token.end))
            and not any(name.holds(span) for name in names)
        )


def _together(facts: Sequence[Fact]) -> Fact:
    """Return a fact that was proposed several times, with all its quotes."""
    return replace(
        facts[0],
        evidence=tuple(dict.fromkeys(each for fact in facts for each in fact.evidence)),
        firings=tuple(dict.fromkeys(each for fact in facts for each in fact.firings)),
        date=next((fact.date for fact in facts if fact.date), None),
        amount=next((fact.amount for fact in facts if fact.amount), None),
    )


@cache
def _other_times() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words that say that a post was held, or is to be held, and those that may be written with a title as one."""
    words = facts_words("tenure")
    keys = ("once", "held_once", "leaves", "to_be_held", "prefix")
    every = {word for key in keys for word in words.words(key)}
    return frozenset(every), tuple(word for word in words.words("former_title") if word in every)


def _apart(
    subjects: Sequence[tuple[End, Entity | None]], objects: Sequence[tuple[End, Entity | None]]
) -> tuple[tuple[End, Entity | None], tuple[End, Entity | None]]:
    """Return the first two ends that are two things."""
    for subject in subjects:
        for obj in objects:
            if subject[0].entity != obj[0].entity:
                return subject, obj
    raise _RefusedError("same")


def _check_types(term: PredicateTerm, subject: End, obj: End) -> None:
    if subject.type not in term.domain or obj.type not in term.range:
        raise _RefusedError("type")


def _same_role(one: str, other: str) -> bool:
    return not one or not other or one in other or other in one


def _distance(span: Span, names: tuple[Span, Span]) -> int:
    return sum(max(name.start - span.end, span.start - name.end, 0) for name in names)
