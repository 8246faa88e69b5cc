"""What people decided of the facts and figures of an article: right, wrong, otherwise, or one that nobody read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Final

from kg.base.model import BY_HAND, EntityId, Evidence, Fact, Figure, Moment, Status
from kg.base.schema import ordered, schema
from kg.decide.draft import Draft, Slot
from kg.decide.find import facts_at, figures_at, is_in_text
from kg.decide.model import FIELDS, Change, Decision

__all__ = ["Found", "find_statements", "settle_statements"]

Found = Mapping[str, list[int]]
"""The places of the facts or figures that each decision is about, by its id."""

_VERDICTS: Final = "two verdicts on one fact"
_CORRECTIONS: Final = "two corrections of one fact"
_FIGURES: Final = "two corrections of one figure"
_TELLERS: Final = ("Person", "Organization", "Place", "Document")
"""Types of things that may report a fact; what is of another is only words."""
_PARTS: Final = FIELDS["figure"].optional


def find_statements(draft: Draft, decisions: Sequence[Decision]) -> tuple[Found, Found]:
    """Return which facts and which figures decisions are about, looked for among what was read."""
    facts = [slot.value for slot in draft.facts if slot.value is not None]
    figures = [slot.value for slot in draft.figures if slot.value is not None]
    of_facts = {
        each.id: facts_at(draft.text, facts, draft.entities, draft.links, each.fact)
        for each in decisions
        if each.fact is not None and each.verdict != "add"
    }
    of_figures = {each.id: figures_at(figures, each.figure) for each in decisions if each.figure is not None}
    return of_facts, of_figures


def settle_statements(draft: Draft, decisions: Sequence[Decision], facts: Found, figures: Found) -> set[str]:
    """Do what decisions say of facts and figures; return the ids of those that were about something here.

    Raises:
        DecisionError: two of them contradict each other of one fact or figure.
    """
    done: set[str] = set()
    for each in decisions:
        if each.verdict == "add":
            done |= _add(draft, each)
        elif each.fact is not None:
            done |= _of_facts(draft, each, facts[each.id])
        elif each.figure is not None:
            done |= _of_figures(draft, each, figures[each.id])
    _drop_unfit(draft)
    return done


# facts ----------------------------------------------------------------------------------------------------------------


def _of_facts(draft: Draft, each: Decision, places: Sequence[int]) -> set[str]:
    done: set[str] = set()
    for place in places:
        slot = draft.facts[place]
        draft.claims.settle(("fact", place), each.verdict, each, _VERDICTS)
        for part in fields(Change) if each.to is not None else ():
            if (value := getattr(each.to, part.name)) is not None:
                draft.claims.settle(("fact", place, part.name), value, each, _CORRECTIONS)
        if each.verdict == "reject":
            slot.value = None
        elif slot.value is None:
            continue
        elif each.verdict == "confirm":
            slot.value = replace(slot.value, confidence=1.0, status=_unless_proposed(slot.value.status))
        else:
            changed = _changed(draft, slot.value, each.to) if each.to is not None else None
            if changed is None:
                continue
            slot.value = changed
        slot.marks.add(each.id)
        done.add(each.id)
    return done


def _changed(draft: Draft, fact: Fact, to: Change) -> Fact | None:
    """Return a fact as it is rather; None where one of its new ends is nowhere, or they do not fit its relation."""
    subject = fact.subject if to.subject is None else draft.look(to.subject)
    other = fact.object if to.object is None else draft.look(to.object)
    if subject is None or other is None or subject == other:
        return None
    if not _fits(draft, to.predicate or fact.predicate, subject, other):
        return None
    quote = fact.evidence[0]
    start, end = _edges(fact.date)
    start = start if to.start is None else to.start
    end = end if to.end is None else to.end
    if start and end and start[: len(end)] > end:  # one was given, and the other cannot be
        start, end = (start, "") if to.end is None else ("", end)
    moment = fact.date if to.start is None and to.end is None else _moment(draft, start, end, quote)
    ended = fact.ended if to.end is None else _is_over(to.end, draft.article.published)
    return _by_hand(
        replace(
            fact,
            subject=subject,
            predicate=to.predicate or fact.predicate,
            object=other,
            role=fact.role if to.role is None else to.role,
            status=_status(to.status, _unless_proposed(fact.status)),
            date=moment,
            ended=ended,
        )
    )


def _by_hand(fact: Fact) -> Fact:
    """Return a fact as a person states it: sure, found by no pattern, its ends in their order."""
    subject, other = ordered(fact.predicate, fact.subject, fact.object)
    return replace(
        fact,
        subject=subject,
        object=other,
        pattern=BY_HAND,
        firings=(),
        confidence=1.0,
        derived=False,
        model="",
    )


def _add(draft: Draft, each: Decision) -> set[str]:
    """Add a fact that a person states by a quote; where its words or an end are nowhere, or do not fit the relation, none."""
    anchor = each.fact
    if anchor is None or not is_in_text(draft.text, anchor):
        return set()
    subject, other = draft.look(anchor.subject), draft.look(anchor.object)
    if subject is None or other is None or subject == other:
        return set()
    if not _fits(draft, anchor.predicate, subject, other):
        return set()
    quote = Evidence(anchor.span, anchor.words)
    made = Fact(
        subject,
        anchor.predicate,
        other,
        (quote,),
        BY_HAND,
        1.0,
        anchor.role or "",
        _moment(draft, anchor.start or "", anchor.end or "", quote),
        None,
        _status(anchor.status, "asserted"),
        ended=_is_over(anchor.end or "", draft.article.published),
    )
    draft.facts.append(Slot(_by_hand(made), {each.id}))
    return {each.id}


def _unless_proposed(status: Status) -> Status:
    """Return how a text says what a person confirms: what a language model alone proposed is asserted from then on."""
    return "asserted" if status == "proposed" else status


def _status(said: str | None, otherwise: Status) -> Status:
    return otherwise if said is None else said  # type: ignore[return-value] # one of them, checked where it is read


def _edges(moment: Moment | None) -> tuple[str, str]:
    """Return the two ends of a date, "" for one that is open or not there."""
    if moment is None:
        return "", ""
    start, slash, end = moment.edtf.partition("/")
    return start.replace("..", ""), end.replace("..", "") if slash else ""


def _moment(draft: Draft, start: str, end: str, quote: Evidence) -> Moment | None:
    """Return a date by its two ends: where the quote says the same it is that one, else one that rests on the quote."""
    edtf = f"{start or '..'}/{end}" if end else start
    if not edtf:
        return None
    told = [each for each in draft.reading.moments if each.edtf == edtf and quote.span.holds(each.span)]
    return told[0] if told else Moment(quote.span, quote.quote, edtf)


def _is_over(end: str, published: date | None) -> bool:
    """Say whether something has ended by the day of its article; where nobody knows that day, what has an end has ended."""
    return bool(end) and (published is None or end <= published.isoformat())


def _fits(draft: Draft, predicate: str, subject: EntityId, other: EntityId) -> bool:
    """Say whether two things are of types that a relation joins, in either order where the order says nothing."""
    term = schema().predicates[predicate]
    ends = [draft.entities[each].type for each in ordered(predicate, subject, other)]
    return ends[0] in term.domain and ends[1] in term.range


def _drop_unfit(draft: Draft) -> None:
    """Drop facts whose ends are, by a decision, of a type that their relation does not have; likewise who reports them."""
    predicates = schema().predicates
    for slot in draft.facts:
        fact = slot.value
        if fact is None or fact.derived:
            continue
        term = predicates[fact.predicate]
        ends = (draft.entities[fact.subject].type, draft.entities[fact.object].type)
        decided = slot.marks or draft.marks.get(fact.subject) or draft.marks.get(fact.object)
        if decided and (ends[0] not in term.domain or ends[1] not in term.range):
            slot.value = None
            continue
        sources = tuple(
            each
            if each.entity is None or draft.entities[each.entity].type in _TELLERS
            else replace(each, entity=None)
            for each in fact.sources
        )
        slot.value = replace(fact, sources=sources) if sources != fact.sources else fact


# figures --------------------------------------------------------------------------------------------------------------


def _of_figures(draft: Draft, each: Decision, places: Sequence[int]) -> set[str]:
    if each.value is not None and len(places) > 1:
        return set()  # the ends of a range: which one is meant, nobody said
    done: set[str] = set()
    for place in places:
        slot = draft.figures[place]
        draft.claims.settle(("figure", place), each.verdict, each, "two verdicts on one figure")
        for part in _PARTS:
            if (value := getattr(each, part)) is not None:
                draft.claims.settle(("figure", place, part), value, each, _FIGURES)
        if slot.value is None:
            if each.verdict == "reject":
                done.add(each.id)
            continue
        new = None if each.verdict == "reject" else _figure(draft, slot.value, each)
        if new is None and each.verdict != "reject":
            continue
        for fact in draft.facts:
            if fact.value is not None and fact.value.amount == slot.value:
                fact.value = replace(fact.value, amount=new)
        slot.value = new
        slot.marks.add(each.id)
        done.add(each.id)
    return done


def _figure(draft: Draft, figure: Figure, each: Decision) -> Figure | None:
    """Return a figure as it is rather; None where nobody is called as its new owner."""
    if each.verdict == "confirm":
        return replace(figure, confidence=1.0)
    owner = figure.subject if each.owner is None else draft.look(each.owner)
    if each.owner is not None and owner is None:
        return None
    value = figure.value if each.value is None else each.value
    return replace(
        figure,
        value=value,
        unit=figure.unit if each.unit is None else each.unit,
        of=figure.of if each.label is None else each.label,
        subject=owner,
        minimum=value if figure.modifier == "over" else None,
        maximum=value if figure.modifier == "under" else None,
        rule=BY_HAND,
        confidence=1.0,
    )
