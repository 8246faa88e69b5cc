"""Tables in a text: lines whose cells stand between tabs, bars or blanks, below a line that says what the columns hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from kg.base.late import late
from kg.base.model import Article, Span
from kg.base.overlay import active, per_overlay
from kg.base.wordlist import read_words

__all__ = ["Column", "Row", "Table", "tables_of"]

_LINE: Final = late(r"[^\n]+")
_HINT: Final = late(r"\t|\||[│｜]|  |\u3000| ")
_RULE: Final = late(r"[\s|:+\-—─=│┃┼]+")
_CELLS: Final = (  # what parts the cells of a line, the surest first
    late(r"[^\t]*"),
    late(r"[^|│｜]*"),
    late(r"\S+(?:[ \u00a0]\S+)*"),
    late(r"[^\s\u3000]+"),
)
_MARKS: Final = ("\t", "|", "", "")
_BARS: Final = late(r"[|│｜]")
_UNIT: Final = late(
    r"(?P<words>[^（(\[【/：:]+)\s*(?:[（(\[【/]\s*(?:单位[:：]\s*)?(?P<unit>[^（）()\[\]【】]{1,8})[）)\]】]?)?\s*$"
)
_CAPTION: Final = late(r"(?:金额|数量)?单位\s*[:：]\s*(?P<unit>[^\s）)，。；]{1,6})")
_WITH_WORDS: Final = frozenset({"figure", "date", "giver", "receiver", "bidder", "buyer"})
_LEAST: Final = 2  # columns whose heads are known
_LEAST_SPACED: Final = 3  # where nothing but single blanks parts them
_MOST: Final = 12  # code points of a head


@dataclass(frozen=True, slots=True)
class Column:
    """What stands over a column.

    ``role``: what the cells are, a key of ``heads`` in ``layout.toml``; "" is unknown. ``unit``: of its numbers.
    """

    span: Span
    words: str
    role: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its line and its cells, one for each column, empty ones too."""

    span: Span
    cells: tuple[Span, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: where its head stands, its columns and rows."""

    head: Span
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def tables_of(article: Article) -> tuple[Table, ...]:
    """Return the tables in the body of an article."""
    return _tables_under(article, active().digest)


@lru_cache(maxsize=256)
def _tables_under(article: Article, _: str) -> tuple[Table, ...]:
    """Return the tables, as the units of the user make them."""
    return tuple(_tables(article)) if _HINT.search(article.text) else ()


@cache
def _roles() -> Mapping[str, str]:
    heads = read_words("language/layout.toml").table("heads").groups()
    return {word: role for role, words in heads.items() for word in words}


def _tables(article: Article) -> Iterator[Table]:
    text = article.text
    lines = [Span(*match.span()) for match in _LINE.finditer(text)]
    lines = [line for line in lines if not _RULE.fullmatch(line.of(text))]
    body = _Body(article.body)
    number = 0
    caption = ""
    while number < len(lines):
        head = _head(text, lines[number])
        if head is None:
            found = _CAPTION.search(line := lines[number].of(text))
            caption = found["unit"] if found and len(line) < 4 * _MOST else caption
            number += 1
            continue
        kind, columns = head
        rows, end = _rows(text, lines, number + 1, kind, len(columns))
        rows = [row for row in rows if body.holds(row.span)]
        if rows:
            units = tuple(_with_unit(column, caption) for column in columns)
            yield Table(lines[number], units, tuple(rows))
        number = max(end, number + 1)
        caption = ""


class _Body:
    """Which lines are read."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = spans
        self.at = 0

    def holds(self, line: Span) -> bool:
        """Say whether some of a line is in the body; asked in order."""
        while self.at < len(self.spans) and self.spans[self.at].end <= line.start:
            self.at += 1
        return self.at < len(self.spans) and self.spans[self.at].start < line.end


def _head(text: str, line: Span) -> tuple[int, list[Column]] | None:
    """Return how a line parts its cells, and the columns, if it is the head of a table."""
    words = line.of(text)
    for kind, mark in enumerate(_MARKS):
        if mark and mark not in words and not (kind == 1 and _BARS.search(words)):
            continue
        cells = _split(text, line, kind)
        if len(cells) < _LEAST or any(cell.end - cell.start > 2 * _MOST for cell in cells):
            continue
        columns = [_column(text, cell) for cell in cells]
        known = sum(column.role != "" for column in columns)
        if known >= (_LEAST_SPACED if kind == len(_MARKS) - 1 else _LEAST) and 2 * known >= len(columns):
            return kind, columns
    return None


def _split(text: str, line: Span, kind: int) -> list[Span]:
    """Return the cells of a line."""
    start, end = line.start, line.end
    if kind == 1:  # bars stand at the ends of a line too
        while start < end and text[start] in " \t|│｜":
            start += 1
        while end > start and text[end - 1] in " \t|│｜":
            end -= 1
    spans: list[Span] = []
    at = start
    while at <= end:
        match = _CELLS[kind].match(text, at, end)
        if match is None:
            at += 1
            continue
        spans.append(_trimmed(text, match.start(), match.end()))
        at = match.end() + 1
    return spans


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and (text[start].isspace() or text[start] in "*_"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "*_"):
        end -= 1
    return Span(start, end)


def _column(text: str, cell: Span) -> Column:
    words = "".join(cell.of(text).split())
    if role := _roles().get(words, ""):
        return Column(cell, words, role)
    found = _UNIT.match(words)
    if found is None or len(found["words"]) > _MOST:
        return Column(cell, words, "")
    name = found["words"]
    role = _roles().get(name, "") or _role_of_end(name)
    if found["unit"] and role in {"", "row", "figure"} and _is_unit(found["unit"]):
        return Column(cell, name, "figure", found["unit"])
    return Column(cell, name, role)


def _role_of_end(name: str) -> str:
    """Return what a head with a word of its own before a known one says: 年度产值; 推荐单位 is not where somebody works."""
    roles = (_roles().get(name[at:], "") for at in range(1, len(name) - 1))
    return next((role for role in roles if role in _WITH_WORDS), "")


@per_overlay
def _unit_words() -> re.Pattern[str]:
    units = read_words("language/units.toml")
    words = [*units.table("money").pairs()]
    for part in ("measure", "classifier"):
        words += [word for group in units.table(part).groups().values() for word in group]
    return late(
        rf"[十百千万亿]*(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})|[%‰％]|[十百千万亿]+"
    )


def _is_unit(words: str) -> bool:
    return _unit_words().fullmatch(words) is not None


def _with_unit(column: Column, caption: str) -> Column:
    """Return a column of figures with the unit that stands over the whole table, where it has none."""
    if column.role != "figure" or column.unit or not _is_unit(caption):
        return column
    return Column(column.span, column.words, column.role, caption)


def _rows(text: str, lines: Sequence[Span], number: int, kind: int, wide: int) -> tuple[list[Row], int]:
    """Return the rows from a line on, and the line behind them."""
    rows: list[Row] = []
    totals = read_words("language/layout.toml").table("rows").words("total")
    while number < len(lines):
        line = lines[number]
        cells = _split(text, line, kind)
        if kind == 2 and len(cells) != wide and len(apart := _split(text, line, 3)) == wide:
            cells = apart  # a long cell that a single blank parts from the next
        filled = [cell for cell in cells if cell.start < cell.end]
        if len(filled) < _LEAST or len(cells) > wide:
            if len(filled) != 1 or kind > 1 or not rows:
                break
            number += 1  # a heading inside the table
            continue
        total = filled[0].of(text).replace(" ", "").startswith(totals)
        if len(cells) == wide or kind < 2:
            cells += [Span(line.end, line.end)] * (wide - len(cells))
            rows.append(Row(line, tuple(cells), total))
        elif not total:
            break
        number += 1
    return rows, number
