"""Where a text holds personal data: identity numbers, telephones, homes, plates of cars, bank accounts.

Looked for in a view of the text with plain digits, letters, blanks and hyphens, without what nobody sees; what is found
has its place in the text as it stands. A number that was told once by the words before it is found again without them.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import Span
from kg.text.folding import without_unseen
from kg.text.personal.again import NO_SIGN, known_by, places_again
from kg.text.personal.shapes import KINDS, Shape, shapes

__all__ = ["Found", "count", "find", "found_by", "numbers_of"]

_PLAIN: Final = {
    "-": "‐‑‒–—―−－﹣～",
    " ": "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    "(": "（",
    ")": "）",
    ":": "：",
    ";": "；",
    ".": "．",
    "/": "／",
    "+": "＋",
    "#": "＃",
    "%": "％",
    "!": "！",
    "?": "？",
    "@": "＠",
    "_": "＿",
}  # fmt: skip
_DIGITS: Final = (0x0660, 0x06F0, 0x0966, 0xFF10, *range(0x1D7CE, 0x1D800, 10))
"""Where Unicode has ten digits in a row that somebody might write a number in."""

_BEFORE: Final = 48  # code points before a number in which its cue stands
_CLAUSE: Final = r"(?: ?;?[^。;!?\n]{0,20}|[ :]*\n[ \t]*)\Z"
_CLOSE: Final = r"[ :为是号码()第#账帐卡户]{0,6}\Z"
_ADDRESS: Final = late(r"(?:[a-zA-Z]+://|www\.)[\x21-\x3e\x40-\x7e]*\Z")  # up to a question mark
_PATH: Final = "/_-."
_LONGEST_ADDRESS: Final = 200
_CELL: Final = late(r"\t|\|")
_HEAD: Final = 40  # code points of the head of a column
_LEAST_LINE: Final = 8  # code points before a number that the end of a column cut
_NUMBERS: Final = late(r"[、，,/;或和及]")
_ABROAD: Final = late(r"(?:00)?86(?=1[3-9]|0?[1-9]\d{8,})")


@dataclass(frozen=True, slots=True)
class Found:
    """A personal datum in a text. ``values``: the numbers it holds, written as one writes them without what parts them."""

    span: Span
    kind: str
    values: tuple[str, ...]


def find(
    text: str, kinds: Collection[str] = KINDS, known: Mapping[str, str] | None = None
) -> tuple[Found, ...]:
    """Return the personal data of some kinds in a text, in order, none over another.

    ``known``: numbers and their kinds that stand elsewhere in the article (see `numbers_of`).
    """
    draft = without_unseen(text)
    view = draft.text.translate(_table())
    seen, taken = _Text(view), _Taken()
    told = dict(known or {})
    for shape in shapes():
        for span in _matches(shape, seen):
            if taken.take(span, shape.kind):
                told |= known_by(_values(view, Span(*span), shape.kind), shape.kind)
    for place, kind in places_again(view, told):
        taken.take(place, kind)
    return tuple(
        Found(draft.back(Span(*span)), kind, _values(view, Span(*span), kind))
        for span, kind in taken.all()
        if kind in kinds
    )


def numbers_of(found: Iterable[Found]) -> dict[str, str]:
    """Return the numbers that are found, by which they are known again without words that tell what they are."""
    return {value: kind for each in found for value, kind in known_by(each.values, each.kind).items()}


def count(*texts: str) -> dict[str, int]:
    """Return how many different data of each kind some texts hold, in the order of ``KINDS``."""
    values = {(found.kind, value) for text in texts for found in find(text) for value in found.values}
    numbers = {kind: sum(each == kind for each, _ in values) for kind in KINDS}
    return {kind: number for kind, number in numbers.items() if number}


def found_by(shape: Shape, text: str) -> list[str]:
    """Return what one shape finds in a text, in the characters of the text."""
    draft = without_unseen(text)
    view = _Text(draft.text.translate(_table()))
    return [draft.back(Span(*span)).of(text) for span in _matches(shape, view)]


class _Taken:
    """The spans that are found, none over another."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.spans: list[tuple[tuple[int, int], str]] = []

    def take(self, span: tuple[int, int], kind: str) -> bool:
        """Keep a span unless it lies over another; say whether it was kept."""
        at = bisect_left(self.starts, span[0])
        if at and self.spans[at - 1][0][1] > span[0]:
            return False
        if at < len(self.spans) and self.spans[at][0][0] < span[1]:
            return False
        self.starts.insert(at, span[0])
        self.spans.insert(at, (span, kind))
        return True

    def all(self) -> Iterable[tuple[tuple[int, int], str]]:
        return self.spans


class _Text:
    """A view of a text, and what is asked of it for more than one number."""

    def __init__(self, view: str) -> None:
        self.view = view
        self.bare = view.replace(" ", "")  # where a cue stands whole, however it is spaced
        self._heads: dict[int, int] | None = None

    def head_over(self, start: int) -> str:
        """Return the head of the column of a table that a place lies in, or ""."""
        line = self.view.rfind("\n", 0, start) + 1
        head = self.heads().get(line, line)
        if head == line:
            return ""
        cells = _CELL.split(self.view[head : self.view.find("\n", head)])
        column = len(_CELL.findall(self.view, line, start))
        return cells[column][:_HEAD] if column < len(cells) else ""

    def heads(self) -> Mapping[int, int]:
        """Return where the first line of its table begins, for each line with cells."""
        if self._heads is None:
            self._heads, at, head = {}, 0, -1
            for line in self.view.split("\n"):
                if not _CELL.search(line):
                    head = -1
                elif head < 0:
                    head = at
                if head >= 0:
                    self._heads[at] = head
                at += len(line) + 1
        return self._heads


def _matches(shape: Shape, text: _Text) -> Iterator[tuple[int, int]]:
    """Yield where a shape fits with all that is asked of it."""
    if shape.cues and not any(word in text.bare for word in shape.cues):
        return
    at = 0
    while match := shape.pattern.search(text.view, at):
        span = match.span("it" if "it" in shape.pattern.groupindex else 0)
        if _is_told(shape, text, *span):
            start, end = span
            while shape.more and (next_one := shape.more.match(text.view, end)):
                end = next_one.end()
            yield start, end
            at = max(match.end(), end)
        else:
            at = match.start() + 1


def _is_told(shape: Shape, text: _Text, start: int, end: int) -> bool:
    view = text.view
    words = view[start:end]
    if "\n" in words and not _is_cut(view, start, words, sure=bool(shape.checks)):
        return False
    if shape.checks and not shape.fits(NO_SIGN.sub("", words)):
        return False
    if shape.kind != "id" and _in_address(view, start):
        return False
    if shape.no_cue and re.search(
        f"(?:{shape.no_cue.pattern}){_CLOSE}", view[max(0, start - _BEFORE) : start]
    ):
        return False
    return shape.cue is None or _has_cue(shape.cue, text, start)


def _has_cue(cue: re.Pattern[str], text: _Text, start: int) -> bool:
    before = text.view[max(0, start - _BEFORE) : start]
    return bool(re.search(f"(?:{cue.pattern}){_CLAUSE}", before) or cue.search(text.head_over(start)))


def _is_cut(view: str, start: int, words: str, *, sure: bool) -> bool:
    """Say whether the end of a line inside a number is that of a column of prose: not that of a cell over another."""
    if words.count("\n") > 1:
        return False
    line = view[view.rfind("\n", 0, start) + 1 : start]
    return sure or (len(line) >= _LEAST_LINE and not _CELL.search(line))


def _in_address(view: str, start: int) -> bool:
    """Say whether a place lies in the path of a web address, where numbers count articles."""
    if view[start - 1 : start] not in _PATH or not start:
        return False
    return bool(_ADDRESS.search(view[max(0, start - _LONGEST_ADDRESS) : start]))


def _values(view: str, span: Span, kind: str) -> tuple[str, ...]:
    words = view[span.start : span.end]
    parts = _NUMBERS.split(words) if kind == "phone" else [words]
    plain = (NO_SIGN.sub("", part).upper() for part in parts)
    return tuple(_ABROAD.sub("", part) if kind == "phone" else part for part in plain if part)


@cache
def _table() -> dict[int, str]:
    """Return the plain form of digits, letters and marks that come in several."""
    table = {ord(odd): plain for plain, all_odd in _PLAIN.items() for odd in all_odd}
    for first in _DIGITS:
        table.update({code: str(unicodedata.digit(chr(code))) for code in range(first, first + 10)})
    table.update({code: chr(code - 0xFEE0) for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))})
    return table
