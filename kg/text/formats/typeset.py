"""Lines as they are set -> paragraphs: a line that reaches its column's edge goes on in the next, notes stand apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from kg.base.late import late
from kg.base.model import Leaves
from kg.text.formats.boxes import Stretch, stretches
from kg.text.formats.extract import Extract
from kg.text.formats.sheet import Line, Sheet, body_size, lines_of

__all__ = ["set_text"]

_RAGGED: Final = (
    2.3  # sizes of a character that a full line may lack: what may not begin a line goes down with one more
)
_INDENT: Final = 1.1  # sizes, from which a line begins a paragraph
_NEAR: Final = 3.2  # sizes that the lines of one column begin within: a first line is set in by two
_POPULAR: Final = 3  # lines that end at one place: an edge
_LOOSE: Final = 1.45  # usual steps from line to line: more is a new paragraph
_LEADING: Final = 1.3  # sizes of a line from one to the next
_ALIKE: Final = 0.1  # share that two sizes may differ by
_LARGE: Final = 1.12  # sizes of the body, from which a line is a heading
_NOTE_SIZE: Final = 0.93
_NOTE: Final = late(r"[\[〔（(]?\d{1,3}[\]〕）)]?\s*\D|[①-⑳*†]|注[：:]|资料来源")
_ENDED: Final = late(r"[。！？；：!?;:…][”’」』）)】\]]*$")
_OPENING: Final = late(
    r"[（(【\[]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[）)】\]]?[、.．](?!\d)|[（(][一二三四五六七八九十0-9]{1,3}[）)]|第[一二三四五六七八九十百0-9]{1,4}[条章节]|附件"
)
_LATIN: Final = re.compile(r"[A-Za-z0-9,.;:)]$")
_LATIN_START: Final = re.compile(r"[A-Za-z(]")


def set_text(sheets: Sequence[Sheet], points: float = 1.0) -> Extract:
    """Return the text of a document, a paragraph a line, with the page on which each part of it stands, and where on it.

    ``points``: what a unit of the sheets is in points.
    """
    lines = lines_of(sheets)
    body, notes = _notes_apart(lines)
    words: list[str] = []
    starts: list[tuple[int, int]] = []
    boxes: list[Stretch] = []
    at = 0
    for part in (body, notes):
        columns = _Columns(part)
        for before, line in zip([None, *part], part, strict=False):
            glue = "\n" if before is None or not columns.goes_on(before, line) else _glue(before, line)
            if words:
                words.append(glue)
                at += len(glue)
            if not starts or starts[-1][1] != line.sheet:
                starts.append((at, line.sheet))
            own = line.words.strip() if glue == "\n" else line.words.lstrip()
            words.append(own)
            boxes += _boxes(line, at, len(own), points)
            at += len(own)
    leaves = Leaves("page", tuple(starts), boxes=tuple(boxes)) if starts else None
    return Extract("".join(words), leaves=leaves)


def _boxes(line: Line, start: int, count: int, points: float) -> Iterator[Stretch]:
    """Yield where the words of a line stand, of which ``count`` characters are in the text from ``start`` on."""
    begin = start - (len(line.words) - len(line.words.lstrip()))  # of what of the line is no blank
    for cell in line.cells:
        first, last = max(0, start - begin), min(len(cell.words), start + count - begin)
        if cell.edges and first < last:
            edges = [points * each for each in (*cell.edges, cell.right)[first : last + 1]]
            yield from stretches(begin + first, edges, points * cell.top, points * cell.bottom)
        begin += len(cell.words) + 1


def _glue(before: Line, line: Line) -> str:
    is_latin = _LATIN.search(before.words) and _LATIN_START.match(line.words)
    return " " if is_latin else ""


def _notes_apart(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines of the text and those of the notes at the foot of its pages, which are set smaller."""
    size = body_size(lines)
    body: list[Line] = []
    notes: list[Line] = []
    for sheet in dict.fromkeys(line.sheet for line in lines):
        own = [line for line in lines if line.sheet == sheet]
        at = len(own)
        while at and own[at - 1].size <= _NOTE_SIZE * size:
            at -= 1
        while at < len(own) and not _NOTE.match(own[at].words):
            at += 1
        at = at if at else len(own)  # a sheet of small print alone is no notes
        body += own[:at]
        notes += own[at:]
    return body, notes


class _Columns:
    """Where the columns of a document begin and end, and so which line goes on in the next."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._size = body_size(lines)
        self._rights: dict[int, Counter[int]] = {}
        self._lefts: Counter[int] = Counter()
        for line in lines:
            begin = round(line.left / self._size)
            self._lefts[begin] += 1
            self._rights.setdefault(begin, Counter())[round(line.right / self._size)] += 1
        steps = [
            line.top - before.top
            for before, line in pairwise(lines)
            if line.sheet == before.sheet and 0 < line.top - before.top < 4 * self._size
        ]
        self._step = median(steps) if steps else 2 * self._size
        self._sets_in = sum(1 for line in lines if self._is_set_in(line)) >= _POPULAR

    def _near(self, left: float) -> Iterator[int]:
        begin = left / self._size
        return (each for each in self._lefts if abs(each - begin) <= _NEAR)

    def _is_set_in(self, line: Line) -> bool:
        """Say whether a line begins a paragraph: to the right of where others of its column begin."""
        begins = list(self._near(line.left))
        least = 0.2 * max((self._lefts[each] for each in begins), default=0)
        edge = min((each for each in begins if self._lefts[each] >= least), default=0)
        return line.left / self._size - edge > _INDENT - 0.5

    def _is_full(self, line: Line) -> bool:
        """Say whether a line reaches the edge of its column."""
        rights: Counter[int] = Counter()
        for begin in self._near(line.left):
            rights.update(self._rights[begin])
        own = line.right / self._size
        if own >= max(rights, default=0) - _RAGGED:
            return True
        return any(
            sum(rights[each + by] for by in (-1, 0, 1)) >= _POPULAR and abs(own - each) <= 1.1
            for each in rights
        )

    def goes_on(self, before: Line, line: Line) -> bool:
        """Say whether a line is the rest of the one before it."""
        if len(before.cells) > 1 or len(line.cells) > 1:
            return False
        if abs(before.size - line.size) > _ALIKE * max(before.size, line.size):
            return False
        step = line.top - before.top
        follows = before.sheet == line.sheet and step > 0
        if follows and step > _LOOSE * max(self._step, _LEADING * line.size):
            return False
        if self._is_heading(before, line):
            return follows
        return self._flows(before, line, follows=follows)

    def _flows(self, before: Line, line: Line, *, follows: bool) -> bool:
        """Say whether prose goes on: the line before is full, the next one not set in, and nothing ends there."""
        if not self._is_full(before) or self._is_set_in(line):
            return False
        ended = _ENDED.search(before.words.strip()) is not None
        if ended and _OPENING.match(line.words.strip()):
            return False
        return follows or not ended or self._sets_in

    def _is_heading(self, before: Line, line: Line) -> bool:
        """Say whether two lines are of one heading: set larger, in the middle, and no sentence."""
        large = min(before.size, line.size) > _LARGE * self._size
        centre = (before.left + before.right) / 2 - (line.left + line.right) / 2
        return large and abs(centre) < 2 * self._size and not _ENDED.search(before.words.strip())
