"""When a fact happened: the date the sentence ties to the words that state it, and no other.

    5月20日，甲公司与乙公司签约，并走访丙厂        both on that day
    6月1日，成立于1998年的甲公司走访乙厂            the visit on the first, not in 1998
    甲，2005年毕业于乙学院，现任丙局局长             now is another time than 2005
    8月4日，甲透露，乙与丙签约                       what is told is of another time

What lasts (a place in a province, a part of a body) has no date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import AnnotatedSentence, Moment, Span
from kg.base.schema import PredicateTerm
from kg.facts.words import facts_words
from kg.figures.no_date import no_dates, offsets
from kg.figures.tied import BORDERS, Reach, dates_words, is_in_name, reach_of

__all__ = ["Dates", "is_dated", "is_of_other", "with_dated_figures"]

_BORDER: Final = late(f"[{BORDERS}]")
_STOP: Final = late("[；;：:。！？!?]")
_FROM: Final = ("由", "从", "由原来的", "从原来的", "由最初的", "从最初的")
_DESCRIBES: Final = late("[了过]?的")


@dataclass(frozen=True)
class _Words:
    other_time: re.Pattern[str]
    said: re.Pattern[str]
    takes_office: re.Pattern[str]
    grows: re.Pattern[str]
    as_of: re.Pattern[str]


@cache
def _words() -> _Words:
    carry = dates_words("carry")
    said = "|".join((carry.either("said"), facts_words("clause").either("said")))
    return _Words(
        late(rf"^[\s　“「]*(?:并且?|而|且|但|他|她|该?公司|其)?(?:{carry.either('other_time')})(?!任何)"),
        late(f"(?:{said})[道到了]?[，,：:“「\\s]*$"),
        late(f"起?(?:{facts_words('tenure').either('begins')})"),
        late(f"[^，。；：！？,;:0-9]{{0,8}}?(?:{carry.either('grows')})(?:了)?[至到为成]"),
        late(f"(?:{dates_words('tied').either('as_of')})$"),
    )


def is_dated(term: PredicateTerm, subject_type: str) -> bool:
    """Say whether facts of a relation happen at a time: events take place some day, cities lie where they lie."""
    if "lasting" in term.traits:
        return False
    return "location" not in term.traits or subject_type == "Activity"


def is_of_other(sentence: AnnotatedSentence, moment: Moment, trigger: Span) -> bool:
    """Say whether a date is part of a name, or that of words that end before the trigger: 2012年建成的甲馆由乙任馆长."""
    if is_in_name(sentence.tagged, moment.span, sentence.links):
        return True
    if _words().takes_office.match(
        sentence.tagged.sentence.text, moment.span.end - sentence.tagged.sentence.span.start
    ):
        return False
    reach = reach_of(sentence.tagged, moment.span, sentence.links)
    return reach is not None and not reach.carries and reach.span.end <= trigger.start


def with_dated_figures(sentence: AnnotatedSentence) -> AnnotatedSentence:
    """Return a sentence whose figures have the date on which they were so; a span of time has none of its own."""
    if not sentence.figures or not sentence.moments:
        return sentence
    dates = Dates(sentence)
    figures = tuple(
        figure
        if any(_meet(figure.span, moment.span) for moment in sentence.moments)
        or _is_start(sentence, figure.span)
        else replace(figure, date=dates.of(figure.span) or _as_of(sentence, figure.span))
        for figure in sentence.figures
    )
    return replace(sentence, figures=figures)


def _is_start(sentence: AnnotatedSentence, span: Span) -> bool:
    """Say whether something grew, or fell, from a figure: it was so before the time that is told (2023年由3亿元增至5亿元)."""
    text, origin = sentence.tagged.sentence.text, sentence.tagged.sentence.span.start
    return text.endswith(_FROM, 0, span.start - origin) and bool(
        _words().grows.match(text, span.end - origin)
    )


def _as_of(sentence: AnnotatedSentence, span: Span) -> Moment | None:
    """Return the last date before a figure where it says as of when something is counted: 截至2023年底，共有企业1200家."""
    before = [moment for moment in sentence.moments if moment.span.end <= span.start]
    if not before:
        return None
    text, origin = sentence.tagged.sentence.text, sentence.tagged.sentence.span.start
    is_told = _words().as_of.search(text, 0, before[-1].span.start - origin)
    return before[-1] if is_told else None


@dataclass(frozen=True, slots=True)
class _Tied:
    moment: Moment
    reach: Reach


class Dates:
    """The dates of a sentence with what happens on each."""

    def __init__(self, sentence: AnnotatedSentence) -> None:
        self.text = sentence.tagged.sentence.text
        self.origin = sentence.tagged.sentence.span.start
        self.offsets = _other_times(self.text)
        found = (
            (moment, reach_of(sentence.tagged, moment.span, sentence.links)) for moment in sentence.moments
        )
        self.tied = [_Tied(moment, reach) for moment, reach in found if reach is not None]

    def of(self, trigger: Span, *, event: bool = False) -> Moment | None:
        """Return the date of the words that state a fact; None where the sentence tells none.

        ``event``: the fact is of an event, which is on the date even where its clause only describes it:
        5月8日，由甲局主办的乙论坛开幕.
        """
        bound = [tied for tied in self.tied if not tied.reach.carries and _meet(tied.reach.span, trigger)]
        if bound:
            before = [tied for tied in bound if tied.moment.span.start <= trigger.start]
            return (before[-1] if before else bound[0]).moment
        if not event and _DESCRIBES.match(self.text, trigger.end - self.origin):
            return None
        free = [tied for tied in self.tied if tied.reach.carries and tied.moment.span.end <= trigger.start]
        if not free:
            return None
        last = free[-1]
        return (
            last.moment
            if self._reaches(last.moment.span.end - self.origin, trigger.end - self.origin)
            else None
        )

    def _reaches(self, start: int, end: int) -> bool:
        """Say whether no words between a date and a trigger are of another time."""
        if any(start <= offset < end for offset in self.offsets):
            return False
        clauses = _BORDER.split(self.text[start:end])
        if _STOP.search(self.text, start, end):
            return False
        if any(_words().said.search(clause) for clause in clauses[:-1]):
            return False
        return not any(_words().other_time.match(clause) for clause in clauses[1:])


def _meet(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _other_times(text: str) -> Sequence[int]:
    """Return where the sentence tells of a time that is no date of the calendar."""
    return [start for start, _ in (*no_dates(text), *offsets(text))]
