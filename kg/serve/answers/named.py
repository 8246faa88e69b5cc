"""The named queries, as JSON or CSV."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pyoxigraph as ox

from kg.base.errors import QueryError
from kg.graph.query import named_queries, run
from kg.graph.rows import Rows
from kg.graph.store import Term, text_of
from kg.graph.vocabulary import XSD
from kg.serve.answers.opened import NotFoundError, Opened
from kg.serve.reply import Reply

__all__ = ["named", "plain_value"]

_NUMBERS = {XSD + name: kind for name, kind in (("integer", int), ("decimal", float), ("double", float))}


def named(opened: Opened, name: str, values: dict[str, str], limit: int, offset: int, media: str) -> Reply:
    """Answer a named query, as JSON or CSV."""
    query = named_queries()[name]
    try:
        for parameter in query.parameters:
            if parameter.kind == "entity" and parameter.name in values:
                _known(opened, parameter.name, values[parameter.name])
        rows = run(opened.graph, name, values)
    except QueryError as error:
        missing = isinstance(error, NotFoundError) or error.what.startswith("no ")
        return _problem(404 if missing else 400, error)
    except ValueError:  # what looks like an IRI and is none
        return _problem(404, NotFoundError(name, "no entity or fact has this name"))
    page = Rows(rows.columns, rows.rows[offset : offset + limit], rows.kind)
    if media == "text/csv":
        return Reply(200, media, page.csv().encode("utf-8", "replace"))
    value = {
        "query": name,
        "columns": list(page.columns),
        "rows": [
            {
                column: plain_value(term)
                for column, term in zip(page.columns, row, strict=True)
                if term is not None
            }
            for row in page.rows
        ],
        "total": len(rows),
    }
    return Reply(200, "application/json", json.dumps(value, ensure_ascii=False).encode())


def _known(opened: Opened, parameter: str, name: str) -> None:
    if opened.graph.named(name) or any(opened.graph.is_entity(iri) for iri in opened.iris(name)):
        return
    near = [each["label"] for each in opened.index.entities(name, 3)]
    hint = f"did you mean {' or '.join(near)}?" if near else "search with /api/search?q="
    raise NotFoundError(parameter, f"no entity has the name {name}", hint)


def plain_value(term: Term) -> str | int | float | bool:
    """Return a term as JSON has it: numbers and booleans as such, everything else as text."""
    text = text_of(term)
    if not isinstance(term, ox.Literal):
        return text
    if term.datatype.value == XSD + "boolean":
        return text in ("true", "1")
    kind = _NUMBERS.get(term.datatype.value)
    try:
        value = kind(text) if kind else text
    except ValueError:
        return text
    return text if value in (float("inf"), float("-inf")) or value != value else value


def _problem(status: int, error: QueryError) -> Reply:
    value: Mapping[str, object] = {
        "status": status,
        "title": error.what,
        "detail": str(error),
        "hint": error.hint,
    }
    return Reply(
        status, "application/problem+json", json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    )
