"""The tables of facts, figures and entities: sorted, filtered by each column, by what rows have in common, by words of quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, Final

from kg.base.language import Language, columns, speaking
from kg.graph.query import run
from kg.graph.readable import label_of, readable
from kg.graph.rows import Rows
from kg.graph.store import Literal, Node, Term, text_of
from kg.graph.vocabulary import DOUBTFUL, local_name
from kg.serve.answers.opened import Opened
from kg.serve.reply import Reply
from kg.serve.search import key_of

__all__ = ["LISTS", "listing"]

MOST: Final = 20_000
"""Rows of a graph that are looked through; a larger one is asked by queries."""

_OPTIONS: Final = 200  # values of a facet
_SURE: Final = 0.9
_BANDS: Final = ("high", "middle", "low")


@dataclass(frozen=True, slots=True)
class List:
    """A table: the named query that gives its rows, its columns, what its rows have in common."""

    query: str
    columns: tuple[str, ...]
    node: str  # the column of what a row is about
    facets: tuple[str, ...]
    numbers: tuple[str, ...] = ()


LISTS: Final[Mapping[str, List]] = {
    "facts": List(
        "relations",
        (
            "subject", "predicate", "object", "role", "status", "date", "amount", "confidence", "source", "quote",
            "article", "found_at",
        ),
        "fact",
        ("type", "predicate", "status", "source", "article", "confidence"),
        ("confidence",),
    ),
    "figures": List(
        "figures",
        ("value", "unit", "modifier", "of", "subject", "date", "confidence", "quote", "article", "found_at"),
        "figure",
        ("type", "unit", "article", "confidence"),
        ("value", "confidence"),
    ),
    "entities": List("entities", ("label", "type", "code"), "entity", ("type",)),
}  # fmt: skip
"""What can be listed, by its name in addresses."""


@dataclass(frozen=True, slots=True)
class _Row:
    cells: Mapping[str, str]  # as people read them
    terms: Mapping[str, Term | None]
    common: Mapping[str, tuple[str, ...]]  # values of facets


def listing(
    opened: Opened, name: str, given: Mapping[str, str], language: Language, offset: int, size: int, form: str
) -> Reply:
    """Return a part of a table, or all that it shows as CSV.

    Args:
        opened: the store.
        name: one of ``LISTS``.
        given: what is wanted of it: words by column, ``is-FACET`` values, and ``sort`` by a column, downwards behind a -.
        language: that of names and heads.
        offset: rows that are left out before.
        size: rows at most.
        form: ``csv``, or "" for what a page shows.
    """
    own = LISTS[name]
    rows, cut = _rows(opened, name, language)
    wanted = {column: words for column in own.columns if (words := key_of(given.get(column, "")).split())}
    chosen = {facet: given[f"is-{facet}"] for facet in own.facets if given.get(f"is-{facet}")}
    found = [row for row in rows if _holds(row, wanted)]
    passing = [row for row in found if all(value in row.common[facet] for facet, value in chosen.items())]
    _sort(passing, given.get("sort", ""), own)
    shown = _shown(own, rows)
    if form == "csv":
        heads = tuple(_head(each, language) for each in shown)
        lines = tuple(tuple(_literal(row.cells[each]) for each in shown) for row in passing)
        return Reply(200, "text/csv", Rows(heads, lines).csv().encode("utf-8", "replace"))
    value = {
        "columns": [{"key": each, "head": _head(each, language)} for each in shown],
        "rows": [
            [_cell(opened, own, row, each) for each in shown] for row in passing[offset : offset + size]
        ],
        "facets": [_facet(each, found, chosen, language) for each in own.facets],
        "many": len(passing),
        "all": len(rows),
        "cut": cut,
    }
    return Reply(200, "", value)


def _rows(opened: Opened, name: str, language: Language) -> tuple[list[_Row], bool]:
    """Return the rows of a table, and whether the graph has more; a worker keeps those it was asked for last."""
    kept: dict[tuple[str, str], tuple[list[_Row], bool]] = opened.kept
    if (name, language) not in kept:
        own = LISTS[name]
        every = run(opened.graph, own.query, {})
        cut = Rows(every.columns, every.rows[:MOST])
        spoken = readable(cut, opened.graph, language)
        texts = spoken.cells(opened.graph.base)
        types: dict[str, str] = {}
        kept.clear()
        kept[name, language] = (
            [
                _row(
                    opened,
                    own,
                    dict(zip(cut.columns, terms, strict=True)),
                    dict(zip(spoken.columns, cells, strict=True)),
                    types,
                )
                for terms, cells in zip(cut.rows, texts, strict=True)
            ],
            len(every.rows) > MOST,
        )
    return kept[name, language]


def _row(
    opened: Opened,
    own: List,
    by_name: Mapping[str, Term | None],
    cells: Mapping[str, str],
    types: dict[str, str],
) -> _Row:
    def type_of(column: str) -> str:
        term = by_name.get(column)
        if not isinstance(term, Node):
            return ""
        iri = text_of(term)
        if iri not in types:
            types[iri] = opened.brief(iri)["type"]
        return types[iri]

    common: dict[str, tuple[str, ...]] = {
        each: (_plain(by_name.get(each)) if each in by_name else "",) for each in own.facets
    }
    if "type" not in by_name:
        common["type"] = tuple(dict.fromkeys(type_of(end) for end in ("subject", "object") if end in by_name))
    if "article" in common:
        common["article"] = (cells.get("article", ""),)
    if "confidence" in common:
        common["confidence"] = (_band(cells.get("confidence", "")),)
    return _Row({each: cells.get(each, "") for each in own.columns}, by_name, common)


def _plain(term: Term | None) -> str:
    if term is None:
        return ""
    return local_name(text_of(term)) if isinstance(term, Node) else text_of(term)


def _band(confidence: str) -> str:
    number = _number(confidence)
    if number == -inf:
        return ""
    return "high" if number >= _SURE else "middle" if number >= DOUBTFUL else "low"


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return -inf


def _holds(row: _Row, wanted: Mapping[str, Sequence[str]]) -> bool:
    return all(
        word in own
        for column, words in wanted.items()
        for own in (key_of(row.cells[column]),)
        for word in words
    )


def _sort(rows: list[_Row], sort: str, own: List) -> None:
    """Sort rows by a column; those that have nothing in it stand last either way."""
    column, down = sort.removeprefix("-"), sort.startswith("-")
    if column not in own.columns:
        return
    rows.sort(
        key=lambda row: (
            _number(row.cells[column]) if column in own.numbers else 0.0,
            row.cells[column],
        ),
        reverse=down,
    )
    rows.sort(key=lambda row: not row.cells[column])


def _shown(own: List, rows: Sequence[_Row]) -> tuple[str, ...]:
    """Return the columns of a table, without those of which no row has anything."""
    return tuple(each for each in own.columns if any(row.cells[each] for row in rows)) or own.columns


def _head(column: str, language: Language) -> str:
    return columns().get(column, column) if language == "zh" else column


def _literal(text: str) -> Term | None:
    return Literal(text) if text else None


def _cell(opened: Opened, own: List, row: _Row, column: str) -> dict[str, Any]:
    """Return what a cell shows, with the node behind it: of the first column and the quote what the row is about."""
    term = row.terms.get(own.node if column in ("predicate", "value", "label") else column)
    found: dict[str, Any] = {"text": row.cells[column]}
    if isinstance(term, Node):
        iri = text_of(term)
        found |= {"iri": iri, "name": opened.local(iri)}
    return found


def _facet(facet: str, rows: Sequence[_Row], chosen: Mapping[str, str], language: Language) -> dict[str, Any]:
    """Return the values of a facet, and how many rows each would leave: those that pass all else."""
    others = {each: value for each, value in chosen.items() if each != facet}
    counts = Counter(
        value
        for row in rows
        if all(own in row.common[each] for each, own in others.items())
        for value in row.common[facet]
        if value
    )
    if (own := chosen.get(facet)) and own not in counts:
        counts[own] = 0
    rank = {band: at for at, band in enumerate(_BANDS)}
    ordered = sorted(
        counts.items(), key=lambda item: (item[0] != own, rank.get(item[0], 9), -item[1], item[0])
    )[:_OPTIONS]
    with speaking(language):
        options = [
            {"value": value, "label": label_of(value, language) or value, "count": many}
            for value, many in ordered
        ]
    return {"key": facet, "head": _head(facet, language), "options": options, "chosen": chosen.get(facet, "")}
