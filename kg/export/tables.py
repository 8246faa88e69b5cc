"""The graph as tables for spreadsheets: entities, relations and figures, names beside IRIs."""

from __future__ import annotations

from typing import Final

from kg.graph.query import run
from kg.graph.rows import Rows
from kg.graph.store import Graph, Literal, Term, text_of
from kg.graph.vocabulary import local_name

__all__ = ["write"]

TABLES: Final = ("entities", "relations", "figures")
"""The named queries that make up the export, a file each."""

_ENDS: Final = ("entity", "subject", "object")


def write(graph: Graph, name: str) -> dict[str, bytes]:  # noqa: ARG001 - there is one format of tables
    """Return each table as CSV."""
    return {table: _table(graph, table).csv().encode("utf-8") for table in TABLES}


def _table(graph: Graph, name: str) -> Rows:
    """Return the rows of a named query with a name beside each node, and the product's own terms by their names."""
    rows = run(graph, name)
    columns: list[str] = []
    cells: list[list[Term | None]] = [[] for _ in rows.rows]
    for at, column in enumerate(rows.columns):
        terms = [row[at] for row in rows.rows]
        columns.append(column)
        if column in _ENDS:
            columns.append(f"{column}_name")
        for row, term in zip(cells, terms, strict=True):
            row.append(_named(term) if column in ("type", "predicate") else term)
            if column in _ENDS:
                row.append(None if term is None else Literal(graph.label(text_of(term))))
    return Rows(tuple(columns), tuple(tuple(row) for row in cells))


def _named(term: Term | None) -> Term | None:
    return None if term is None else Literal(local_name(text_of(term)))
