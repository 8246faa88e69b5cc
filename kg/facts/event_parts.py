"""What else a sentence says of an event that it tells: when, where, and the figures that are the event's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.base.late import late
from kg.base.model import EntityId, Figure, Moment, Reading, Sentence, Span
from kg.facts.event_shapes import Told
from kg.facts.event_words import KindWords, event_words
from kg.figures.money import is_money

__all__ = ["date_of", "figures_of", "place_of"]

_BORDER: Final = late("[，。；：！？]")
_FIGURE_UNITS: Final = frozenset(("%", "股"))
_WITH_YEAR: Final = frozenset(
    ("Award", "Activity", "Document")
)  # 2021年诺贝尔奖: the year is part of what it is
_PLAN: Final = late("十[一二三四五六七八九]五")  # 十四五: five years are no date of an event
_YEAR: Final = late(r"[12]\d{3}年度?")
_INSIDE: Final = late(r"[^，。；：、（(\s“”《》于在自从到至早和与及]$")
"""Before a year, it says that the year is in the middle of a name: 甲镇|2020年造林工程."""
_EARLIER: Final = late(
    "^继|此前|之前|曾|上周|上星期|上月|去年|前年|之?后$"
)  # a clause of what was done before
_BEFORE: Final = 14  # characters before a figure that may say what it is
_AFTER: Final = 8
_CLAUSE: Final = late(r"(?:[^，。；！？,]|(?<=\d),(?=\d))+")
_MOST: Final = 8  # figures of one event


def date_of(reading: Reading, told: Told) -> Moment | None:
    """Return the date that the sentence ties to the event: in its clause, or alone in the one before; none that is the day of a notice."""
    text = reading.article.text
    own = [
        moment
        for moment in reading.moments
        if told.sentence.span.holds(moment.span)
        and moment.span.end <= told.trigger.start
        and not _PLAN.search(moment.span.of(text))
        and not (_YEAR.fullmatch(moment.span.of(text)) and _INSIDE.search(text, 0, moment.span.start))
        and not any(link.type in _WITH_YEAR and link.span.holds(moment.span) for link in reading.links)
    ]
    if not own:
        return None
    if any(link.span.start == own[-1].span.end and link.type in _WITH_YEAR for link in reading.links):
        return None
    between = text[own[-1].span.end : told.trigger.start]
    first, *others = _BORDER.split(between)
    if event_words().announced.search(between) or len(others) > 1 or (others and len(first) > 2):
        return None
    return own[-1]


def place_of(reading: Reading, told: Told) -> EntityId | None:
    """Return where it happens: the last place of those named behind 在 in the clause, before what happens."""
    text = reading.article.text
    behind = [
        link
        for link in reading.links
        if link.type == "Place" and told.clauses[0].holds(link.span) and link.span.end <= told.trigger.start
    ]
    found = next((n for n, link in enumerate(behind) if text.endswith("在", 0, link.span.start)), None)
    if found is None:
        return None
    last = behind[found]
    for link in behind[found + 1 :]:
        if link.span.start == last.span.end:
            last = link
    return last.entity


def figures_of(
    reading: Reading, words: KindWords, told: Told | Sequence[Span], title: Sentence, rest: Sequence[Sentence]
) -> tuple[Figure, ...]:
    """Return sums and shares that the first sentences say of the event by the words around them.

    ``told`` is the wording that tells it, or the evidence of the facts that do.
    """
    if words.figures_before is None and words.figures_after is None:
        return ()
    spans = [sentence.span for sentence in (title, *rest)]
    clauses = told.clauses if isinstance(told, Told) else told
    if words.near:
        again = _again(reading, words, told, rest) if isinstance(told, Told) else []
        spans = [_with_next(reading.article.text, clause) for clause in (*clauses, *again)]
    elif isinstance(told, Told):
        spans.append(told.sentence.span)
    found = [figure for figure in reading.figures if _is_of(reading.article.text, words, figure, spans)]
    return tuple(dict.fromkeys(found))[:_MOST]


def _is_of(text: str, words: KindWords, figure: Figure, spans: Sequence[Span]) -> bool:
    span = next((span for span in spans if span.holds(figure.span)), None)
    if span is None or not (is_money(figure.unit) or figure.unit in _FIGURE_UNITS or figure.unit == "年"):
        return False
    before = text[max(span.start, figure.span.start - _BEFORE) : figure.span.start]
    after = text[figure.span.end : min(span.end, figure.span.end + _AFTER)]
    if words.figures_before is not None and words.figures_before.search(before):
        return True
    return words.figures_after is not None and words.figures_after.match(after) is not None


def _again(reading: Reading, words: KindWords, told: Told, rest: Sequence[Sentence]) -> list[Span]:
    """Return the clauses that say the same verb of somebody of the event, named in their sentence; no further plans."""
    verb = told.trigger.of(reading.article.text)
    sides = {*told.agents, *told.patients}
    found: list[Span] = []
    for sentence in rest:
        if not any(link.entity in sides and sentence.span.holds(link.span) for link in reading.links):
            continue
        for clause in _CLAUSE.finditer(sentence.text):
            plan = words.planned.search(clause.group()) is not None
            if _EARLIER.search(clause.group()):
                continue
            if verb in clause.group() and plan == (told.status == "planned"):
                found.append(Span(sentence.span.start + clause.start(), sentence.span.start + clause.end()))
    return found


def _with_next(text: str, clause: Span) -> Span:
    """Return a clause with the next one, where that only goes on about the sum: 甲收购乙，作价3亿元."""
    behind = event_words().goes_on.match(text, clause.end)
    return Span(clause.start, behind.end()) if behind else clause
