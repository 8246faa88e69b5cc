"""What a question may consist of: the characters, and at which of them something that is known begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from kg.base.late import late
from kg.figures.date_forms import FORMS, Context
from kg.figures.no_date import no_dates
from kg.figures.quantity import find_quantities
from kg.questions.model import Name

__all__ = ["LONGEST", "Span", "Words", "dates_in", "tidy", "words_of"]

LONGEST: Final = 80
"""Characters of a question."""

Sort = Literal["name", "role", "measure", "date", "amount"]

_BLANKS: Final = late("[\\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_END: Final = late("[？?。.！!，,；;、…~～]+$")
_QUOTES: Final = str.maketrans(
    {"「": "“", "」": "”", "『": "“", "』": "”", "＂": '"', "〈": "《", "〉": "》"}
)
_DIGITS: Final = {0xFF10 + digit: str(digit) for digit in range(10)}
"""Digits of full width; 伍 and 陆 stay, for names have them."""

_PAIR: Final = late('"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Span:
    """Something known in a question: a name, a post, what figures count, a date or an amount."""

    start: int
    end: int
    sort: Sort
    name: Name
    value: str = ""  # of a date, in EDTF; of an amount, the number


@dataclass(slots=True)
class Words:
    """A question, and what is known in it."""

    text: str
    at: dict[int, list[Span]] = field(default_factory=dict)

    def begin(self, start: int, sort: str) -> Iterable[Span]:
        """Yield what of a sort begins at a character, the longest first."""
        return (span for span in self.at.get(start, ()) if span.sort == sort)

    def names(self) -> list[Name]:
        """Return the names in it, those left out that lie inside a longer one."""
        spans = [span for row in self.at.values() for span in row if span.sort == "name"]
        spans.sort(key=lambda span: (span.start - span.end, span.start))
        kept: list[Span] = []
        for span in spans:
            if not any(other.start <= span.start and span.end <= other.end for other in kept):
                kept.append(span)
        return [span.name for span in sorted(kept, key=lambda span: span.start)]


def tidy(question: str) -> str:
    """Return a question without blanks and what is no character, and without the mark at its end.

    >>> tidy(" 周渭超 担任什么职务？ ")
    '周渭超担任什么职务'
    """
    text = _BLANKS.sub("", question.translate(_DIGITS).translate(_QUOTES))
    return _END.sub("", _PAIR.sub("“\\1”", text))


def words_of(text: str, known: Sequence[Span]) -> Words:
    """Return a question with what is known in it, and with its dates and amounts."""
    words = Words(text)
    for span in sorted((*known, *dates_in(text), *_amounts(text)), key=lambda span: (span.start, -span.end)):
        words.at.setdefault(span.start, []).append(span)
    return words


def dates_in(text: str) -> list[Span]:
    """Return the dates that a text tells in full; what counts from today (去年) is none, for answers would change."""
    found: list[Span] = []
    taken = no_dates(text)
    for pattern, reader, signs in FORMS:
        if frozenset(text).isdisjoint(signs):
            continue
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < span.end and span.start < end for span in found) or any(
                start < last and first < end for first, last in taken
            ):
                continue
            edtf = reader(match, Context(None))
            if edtf:
                found.append(Span(start, end, "date", Name(match[0]), edtf))
    return found


def _amounts(text: str) -> list[Span]:
    return [
        Span(
            each.number_start,
            each.end,
            "amount",
            Name(text[each.number_start : each.end]),
            f"{each.value} {each.unit or ''} {text[each.number_start : each.end]}",
        )
        for each in find_quantities(text)
    ]
