"""Numbers in the columns of a table -> ``Figure*``: with the unit that stands over the column, and whose row it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from kg.base.model import AnnotatedSentence, Article, EntityId, Figure, Span
from kg.figures.quantity import find_quantities
from kg.text.table import Column, Row, tables_of

__all__ = ["with_cells"]

_OWNERS: Final = ("giver", "winner", "bidder", "investor", "person", "body", "row", "")
_EMPTY: Final = frozenset("-—–/\\ ")


def with_cells(
    article: Article,
    annotated: Sequence[AnnotatedSentence],
    found: Sequence[tuple[Figure, ...]],
) -> tuple[tuple[Figure, ...], ...]:
    """Return the figures of each sentence, those of cells below the name of what is measured read by that."""
    tables = tables_of(article)
    if not tables:
        return tuple(found)
    numbers = {sentence.tagged.sentence.span: at for at, sentence in enumerate(annotated)}
    rows = list(found)
    for table in tables:
        for row in table.rows:
            owner = None if row.is_total else _owner(row, table.columns, annotated)
            for column, cell in zip(table.columns, row.cells, strict=True):
                at = numbers.get(cell)
                if at is not None and column.role in {"figure", "order"}:
                    rows[at] = tuple(_figures(article.text, row, column, cell, owner))
    return tuple(rows)


def _figures(text: str, row: Row, column: Column, cell: Span, owner: EntityId | None) -> Iterator[Figure]:
    words = cell.of(text)
    found = find_quantities(words) if column.role == "figure" and not set(words) <= _EMPTY else []
    if len(found) != 1 or words[: found[0].start].strip() or words[found[0].end :].strip():
        return
    q = found[0]
    value, unit = q.value, q.unit
    if unit is None and column.unit:
        scale = find_quantities(f"1{column.unit}")
        if len(scale) != 1:
            return
        value, unit = _exact(value * scale[0].value), scale[0].unit
    start = cell.start
    yield Figure(
        Span(start + q.start, start + q.end),
        words[q.start : q.end],
        value,
        unit or "",
        q.modifier,
        of=column.words,
        subject=owner,
        quote=row.span,
        rule="table-cell",
    )


def _exact(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _owner(row: Row, columns: Sequence[Column], annotated: Sequence[AnnotatedSentence]) -> EntityId | None:
    """Return whose row it is: the one that gives, wins or is listed, by the names that fill their cells."""
    for role in _OWNERS:
        cells = [
            cell
            for column, cell in zip(columns, row.cells, strict=True)
            if column.role == role and cell.start < cell.end
        ]
        for cell in cells:
            names = [
                link.entity
                for sentence in annotated
                if cell.holds(sentence.tagged.sentence.span)
                for link in sentence.links
                if link.span == cell
            ]
            if names:
                return names[0]
    return None
