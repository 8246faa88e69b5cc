"""When what is told of a thing happened, as a drawing (SVG): a lane for each kind, by date and its precision.

A date is drawn from its first day to its last, with a point where nobody says its end; of a fact without a date the day
on which an article told it is a stroke. The page of a graph draws the same in ``web/src/when.js``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from itertools import groupby, islice
from typing import Final

from kg.base.language import say
from kg.base.schema import schema
from kg.graph.vocabulary import is_doubtful
from kg.view.dossier import Dossier, Item

__all__ = ["LANES", "When", "drawing", "marks_of"]

LANES: Final[dict[str, str]] = {
    "post": "Posts",
    "honour": "Honours",
    "document": "Documents",
    "deed": "Others",
}
"""The lanes in their order, and what each is called."""

_OF_RANGE: Final = {"Award": "honour", "Document": "document"}
_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_WIDTH, _LEFT, _RIGHT, _TOP, _ROW, _LETTER = 940, 74, 14, 8, 20, 11.5
_LONGEST: Final = 24  # characters of a label
_MOST: Final = 80  # marks
_STEPS: Final = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200)  # months between two lines of the axis
_TICKS: Final = 12
_SHORTEST: Final = 92  # days of an axis
_LONGER: Final = 1.5
_YEAR: Final = 48  # what a year and a month need
_INK, _MUTED, _GROUND = "#1b1f24", "#57606a", "#ffffff"


@dataclass(frozen=True, slots=True)
class When:
    """What is drawn: of what kind, from which day to before which, as it is labelled."""

    lane: str
    label: str
    says: str  # all of it, for whoever points at it
    first: date
    end: date  # the first day behind it
    node: str = ""
    open_first: bool = False
    open_end: bool = False
    stated: bool = False  # no date: the day on which an article told it
    unsure: bool = False  # doubtful, planned, denied

    @property
    def days(self) -> tuple[int, int]:
        """Return its first day and the first behind it, as numbers."""
        return self.first.toordinal(), self.end.toordinal()


def marks_of(dossier: Dossier) -> tuple[When, ...]:
    """Return what a dossier's timeline draws: its facts that have a date, or whose article has."""
    items = (item for section in dossier.sections if section.key == "timeline" for item in section.items)
    marks = (_mark(item, dossier.label) for item in items)
    return tuple(islice((mark for mark in marks if mark is not None), _MOST))


def _mark(item: Item, about: str) -> When | None:
    notes = dict(item.notes)
    days = _days(notes.get("date") or notes.get("stated", ""))
    if days is None:
        return None
    first, end, open_first, open_end = days
    told = notes.get("date") or say("stated {value}", value=notes.get("stated", ""))
    sources = {quote.article for quote in item.quotes}
    says = " · ".join([told, item.text, *sorted(sources)])
    unsure = "status" in notes or is_doubtful(notes.get("confidence", ""))
    label = item.text.removeprefix(f"{about} ")
    return When(
        _lane(item.predicate), label, says, first, end, item.node, open_first, open_end,
        stated="date" not in notes, unsure=unsure,
    )  # fmt: skip


def _lane(predicate: str) -> str:
    """Return the kind of what a fact tells: a post has a role that says more than its relation; else by what its object is."""
    term = schema().predicates.get(predicate)
    if term is None:
        return "deed"
    return "post" if term.takes_role else _OF_RANGE.get(term.range[0], "deed")


def _days(edtf: str) -> tuple[date, date, bool, bool] | None:
    start, slash, end = edtf.partition("/")
    one, other = _ends(start), _ends(end if slash else start)
    first, last = one or other, other or one
    if first is None or last is None or last[1] <= first[0]:
        return None
    return first[0], last[1], one is None, other is None


def _ends(text: str) -> tuple[date, date] | None:
    """Return the first day of a day, month or year, and the first behind it."""
    found = _DATE.match(text)
    if found is None:
        return None
    year, month, day = (int(each) if each else 0 for each in found.groups())
    try:
        first = date(year, month or 1, day or 1)
        if day:
            return first, first + timedelta(days=1)
        if month:
            return first, date(year + month // 12, month % 12 + 1, 1)
        return first, date(year + 1, 1, 1)
    except (ValueError, OverflowError):
        return None


# the drawing ------------------------------------------------------------------------------------------------------


def drawing(marks: Sequence[When], links: dict[str, str] | None = None, *, alone: bool = False) -> str:
    """Return the drawing of marks in the language spoken; "" for none.

    Args:
        marks: what is drawn.
        links: where the page of each node is.
        alone: whether it is a file of its own: with colours and ground, without links.
    """
    if not marks:
        return ""
    axis = _axis(marks)
    parts, y = list[str](), float(_TOP)
    for lane, name in LANES.items():
        own = [mark for mark in marks if mark.lane == lane]
        if own:
            parts.append(f'<line x1="0" x2="{_WIDTH}" y1="{y:g}" y2="{y:g}" stroke="{_MUTED}" opacity=".3"/>')
            parts.append(f'<text x="4" y="{y + 14:g}" opacity=".75">{escape(say(name))}</text>')
            rows, many = _rows(own, axis)
            parts += [_drawn(mark, axis, y + row * _ROW, {} if alone else links or {}) for mark, row in rows]
            y += many * _ROW + 6
    return _framed([*axis.lines(y), *parts], y + 22, alone=alone)


def _axis(marks: Sequence[When]) -> _Axis:
    """Return the axis of marks: from the first day to the last, longer where a label would have no room on either side."""
    low = min(mark.days[0] for mark in marks)
    axis = _Axis(low, max(low + _SHORTEST, *(mark.days[1] for mark in marks)))
    if any(_box(mark, axis)[3] for mark in marks):
        return _Axis(low, low + round((axis.high - low) * _LONGER))
    return axis


def _framed(parts: Iterable[str], height: float, *, alone: bool) -> str:
    title = escape(say("Timeline"))
    ground = f'<rect width="{_WIDTH}" height="{height:g}" fill="{_GROUND}"/>' if alone else ""
    colour = f' fill="{_INK}" color="{_INK}"' if alone else ' fill="currentColor"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="when" viewBox="0 0 {_WIDTH} {height:g}" width="{_WIDTH}" '
        f'height="{height:g}" font-family="system-ui, sans-serif" font-size="{_LETTER}" role="group" '
        f'aria-label="{title}"{colour}><title>{title}</title>{ground}{"".join(parts)}</svg>'
    )


class _Axis:
    """From days to places."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def at(self, day: int) -> float:
        """Return the place of a day."""
        return round(_LEFT + (day - self.low) / (self.high - self.low) * (_WIDTH - _LEFT - _RIGHT), 1)

    def lines(self, bottom: float) -> list[str]:
        """Return the lines of the axis, with the years or months that begin there."""
        return [
            f'<line x1="{x:g}" x2="{x:g}" y1="{_TOP}" y2="{bottom:g}" stroke="{_MUTED}" opacity=".3"/>'
            f'<text x="{x + 3:g}" y="{bottom + 15:g}" opacity=".75">{text}</text>'
            for x, text in self._ticks()
        ]

    def _ticks(self) -> list[tuple[float, str]]:
        first, last = date.fromordinal(self.low), date.fromordinal(self.high)
        start, stop = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
        step = next((each for each in _STEPS if (stop - start) / each <= _TICKS), 2400)
        months = range(-(-start // step) * step, stop + 1, step)
        days = [(date(max(each // 12, 1), each % 12 + 1, 1), each) for each in months]
        told = [
            (self.at(day.toordinal()), f"{each // 12}-{each % 12 + 1:02}" if step < 12 else str(each // 12))
            for day, each in days
            if day.toordinal() >= self.low and self.at(day.toordinal()) < _WIDTH - _YEAR
        ]
        return told or [(self.at(self.low), first.isoformat())]


def _box(mark: When, axis: _Axis) -> tuple[float, float, bool, bool]:
    """Return where a mark begins and ends, whether its label stands before it, for behind it is no room, and if none is there."""
    left = axis.at(mark.days[0])
    right = left + 3 if mark.stated else max(axis.at(mark.days[1]), left + 7)
    long = _wide(_short(mark.label)) + 12
    is_over, is_under = right + long > _WIDTH, left - long <= _LEFT
    return left, right, is_over and not is_under, is_over and is_under


def _rows(marks: Sequence[When], axis: _Axis) -> tuple[list[tuple[When, int]], int]:
    """Return marks in as few rows as let nothing lie upon another, and how many these are."""
    spans = []
    for mark in marks:
        left, right, before, _ = _box(mark, axis)
        long = _wide(_short(mark.label)) + 12
        spans.append((left - long if before else left, right if before else right + long, mark))
    full: list[float] = []
    found = []
    for start, end, mark in sorted(spans, key=lambda each: (each[0], each[1], each[2].says)):
        row = next((at for at, taken in enumerate(full) if taken <= start), len(full))
        full[row:] = [end, *full[row + 1 :]]
        found.append((mark, row))
    return found, len(full)


def _drawn(mark: When, axis: _Axis, y: float, links: dict[str, str]) -> str:
    left, right, before, _ = _box(mark, axis)
    fill = "none" if mark.unsure else "currentColor"
    parts = [
        f"<title>{escape(mark.says)}</title>",
        f'<rect x="{left:g}" y="{y + 5:g}" width="{right - left:g}" height="8" rx="2" fill="{fill}" stroke="currentColor"/>',
    ]
    for is_open, x, way in ((mark.open_first, left, -1), (mark.open_end, right, 1)):
        if is_open:
            parts.append(f'<path d="M{x:g} {y + 4:g}l{6 * way} 5l{-6 * way} 5z" fill="currentColor"/>')
    place = f'x="{left - 6:g}" text-anchor="end"' if before else f'x="{right + 8:g}"'
    parts.append(f'<text {place} y="{y + 13:g}">{escape(_short(mark.label))}</text>')
    whole = "".join(parts)
    href = links.get(mark.node)
    if href is None:
        return f"<g>{whole}</g>"
    return f'<a href="{escape(href)}" aria-label="{escape(mark.says)}">{whole}</a>'


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _wide(text: str) -> float:
    return sum(
        (_LETTER if is_wide else _LETTER * 0.6) * len(list(run))
        for is_wide, run in groupby(text, key=lambda character: character > "\u2e80")
    )
