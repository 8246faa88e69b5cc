"""SPARQL: any query that is allowed, within the limits of rows and bytes."""

from __future__ import annotations

from itertools import islice
from typing import Any, Final

import pyoxigraph as ox

from kg.base.errors import QueryError
from kg.graph import engine
from kg.graph.engine import mistake
from kg.graph.store import FORMATS
from kg.graph.vocabulary import PREFIXES
from kg.serve.answers.opened import Opened, refusal
from kg.serve.limits import Limits
from kg.serve.protocol import GRAPHS, RESULTS
from kg.serve.reply import Reply

__all__ = ["TooLargeError", "solve", "sparql"]

_RESULTS: Final = {
    "json": (ox.QueryResultsFormat.JSON, b',{"'),
    "xml": (ox.QueryResultsFormat.XML, b"<result>"),
    "csv": (ox.QueryResultsFormat.CSV, b"\n"),
    "tsv": (ox.QueryResultsFormat.TSV, b"\n"),
}
"""The formats of tables, each with what stands once for every row and nowhere else in its bytes."""


class TooLargeError(QueryError):
    """An answer with more rows or bytes than one may have."""


def sparql(
    opened: Opened,
    text: str,
    default_graphs: tuple[str, ...],
    named_graphs: tuple[str, ...],
    results: str | None,
    graph: str | None,
) -> Reply:
    """Answer a query in the media type that fits its kind."""
    try:
        found = solve(opened, text, default_graphs, named_graphs)
        triples = isinstance(found, ox.QueryTriples)
        media = graph if triples else results
        if media is None:
            known = ", ".join(GRAPHS if triples else RESULTS)
            return refusal(406, f"this query's answer comes as: {known}")
        if isinstance(found, ox.QueryTriples):
            return Reply(200, media, _triples(opened, found, GRAPHS[media]))
        form, row = _RESULTS[RESULTS[media]]
        out = _Capped(opened.limits, row)
        found.serialize(out, format=form)
        return Reply(200, media, out.bytes())
    except TooLargeError as error:
        return refusal(403, error.what)
    except QueryError as error:
        return refusal(400, error.what)
    except (ValueError, RuntimeError, OSError) as error:  # once the engine is at work
        return refusal(400, mistake(str(error)))


def solve(opened: Opened, text: str, default_graphs: tuple[str, ...], named_graphs: tuple[str, ...]) -> Any:  # noqa: ANN401 - three result types
    """Return what the engine answers to a query over the whole graph, or over the named graphs given."""
    dataset: dict[str, Any] = {}
    if default_graphs or named_graphs:
        dataset["default_graph"] = [ox.NamedNode(iri) for iri in default_graphs]
        dataset["named_graphs"] = [ox.NamedNode(iri) for iri in named_graphs]
    base = opened.graph.base
    return engine.solve(opened.graph.store, text, {}, base, base_iri=base, **dataset)


def _triples(opened: Opened, found: ox.QueryTriples, form: str) -> bytes:
    given = list(islice(found, opened.limits.rows + 1))
    if len(given) > opened.limits.rows:
        raise _too_large(opened.limits)
    triples = sorted(dict.fromkeys(given), key=str)
    prefixes = {"id": opened.graph.base, **PREFIXES}
    data = ox.serialize(triples, format=FORMATS[form], prefixes=prefixes) or b""
    if len(data) > opened.limits.answer:
        raise _too_large(opened.limits)
    return data


class _Capped:
    """A file that refuses more rows or bytes than an answer may have."""

    def __init__(self, limits: Limits, row: bytes) -> None:
        self._limits, self._row = limits, row
        self._parts: list[bytes] = []
        self._size = self._rows = 0
        self._tail = b""  # of the bytes before, too short to hold a whole mark

    def write(self, data: bytes) -> int:
        part = bytes(data)
        self._parts.append(part)
        self._size += len(part)
        window = self._tail + part
        self._rows += window.count(self._row)
        self._tail = window[len(window) - len(self._row) + 1 :] if len(self._row) > 1 else b""
        if self._size > self._limits.answer or self._rows > self._limits.rows + 1:
            raise _too_large(self._limits)
        return len(part)

    def flush(self) -> None:
        """Do nothing: all is in memory."""

    def bytes(self) -> bytes:
        return b"".join(self._parts)


def _too_large(limits: Limits) -> TooLargeError:
    what = f"the answer has more than {limits.rows} rows or {limits.answer >> 20} MiB; add a LIMIT"
    return TooLargeError("query", what)
