"""SPARQL 1.1 Protocol: what a request asks for, and in which format its answer goes back. Nothing here knows a server.

Sources: SPARQL 1.1 Protocol (W3C, 2013), section 2.1; RFC 9110, section 12.5.1, for ``Accept``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl

from kg.base.errors import QueryError
from kg.graph.formats import rdf_format
from kg.graph.safety import is_update, refuse_nesting, refuse_service
from kg.graph.tokens import tokenize
from kg.serve.limits import Limits

__all__ = [
    "GRAPHS",
    "RESULTS",
    "SUFFIXES",
    "Question",
    "RefusedError",
    "accepted",
    "negotiate",
    "read_pairs",
    "read_question",
]

RESULTS: Final = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
"""The media types of tables and booleans, the preferred first, with the format each stands for."""

GRAPHS: Final = {rdf_format(name).media: name for name in ("turtle", "nt", "rdfxml", "jsonld")}
"""The media types of triples, the preferred first, with the format each stands for (a name in ``kg.graph.formats.RDF``)."""

SUFFIXES: Final = {rdf_format(name).suffix: media for media, name in GRAPHS.items()}
"""The same media types by the ending of an address that asks for them."""

_FORMATS = {name: media for media, name in reversed(list((RESULTS | GRAPHS).items()))} | {
    "ttl": rdf_format("turtle").media
}
_FORM, _QUERY, _UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
_READ_ONLY = "this endpoint is read-only: the graph changes by `kg build` and `kg load`, never through HTTP"
_FIELDS = 1000  # of one request


class RefusedError(Exception):
    """A request that gets no answer: a status, and one line that says why; ``more`` is for programs."""

    def __init__(
        self,
        status: int,
        message: str,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, object] | None = None,
    ) -> None:
        self.status, self.message, self.headers = status, message, dict(headers or {})
        self.more = dict(more or {})
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the dataset it is asked of, and the media types its answer may have."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    results: str | None = (
        "application/sparql-results+json"  # media type of a table or boolean; None: not acceptable
    )
    graph: str | None = "text/turtle"  # media type of triples; None: not acceptable
    pairs: tuple[tuple[str, str], ...] = field(default=(), repr=False)


# content negotiation ------------------------------------------------------------------------------------------------


def accepted(header: str) -> list[tuple[str, float]]:
    """Return the media ranges of an ``Accept`` header with their weights; what cannot be read is left out.

    >>> accepted("text/csv;q=0.9, */*;q=0.1")
    [('text/csv', 0.9), ('*/*', 0.1)]
    """
    ranges = []
    for part in header.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name == "*":  # as old Java clients send it
            name = "*/*"
        if name.count("/") != 1:
            continue
        weight = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                weight = _weight(value.strip())
        ranges.append((name, weight))
    return ranges


def _weight(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return min(max(value, 0.0), 1.0) if value == value else 0.0


def negotiate(header: str | None, offers: Sequence[str]) -> str | None:
    """Return the offer that an ``Accept`` header likes best, the earlier of two it likes equally, or None.

    >>> negotiate("text/html;q=0.5, text/*", ["application/json", "text/csv", "text/html"])
    'text/csv'
    """
    if not header or not header.strip():
        return offers[0]
    ranges = accepted(header)
    weights = {offer: _liking(offer, ranges) for offer in offers}
    best = max(offers, key=lambda offer: weights[offer])  # max keeps the first of equals
    return best if weights[best] > 0 else None


def _liking(offer: str, ranges: Sequence[tuple[str, float]]) -> float:
    for wanted in (offer, offer.split("/", maxsplit=1)[0] + "/*", "*/*"):
        found = [weight for name, weight in ranges if name == wanted]
        if found:
            return max(found)
    return 0.0


# requests -----------------------------------------------------------------------------------------------------------


def read_pairs(text: bytes) -> list[tuple[str, str]]:
    """Return the names and values of a URL's query or a form.

    Raises:
        RefusedError: it is not UTF-8, or has too many fields.
    """
    try:
        return parse_qsl(text.decode(), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError:
        raise RefusedError(400, "the parameters are not UTF-8") from None
    except ValueError:
        raise RefusedError(400, f"more than {_FIELDS} parameters") from None


def read_question(
    method: str,
    url: Sequence[tuple[str, str]],
    content_type: str,
    body: bytes,
    accept: str | None,
    limits: Limits,
) -> Question | None:
    """Return what a request asks, or None where it asks for nothing: then the service describes itself.

    Raises:
        RefusedError: it breaks the protocol, is no query, or one that is never answered here.
    """
    pairs = list(url)
    if method == "POST":
        pairs += _posted(content_type, body)
    if any(name == "update" for name, _ in pairs):
        raise RefusedError(403, _READ_ONLY)
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) > 1:
        raise RefusedError(400, "more than one query in one request")
    if not queries:
        if method == "POST":
            raise RefusedError(
                400, "no query: send it as `query=` in a form, or alone as application/sparql-query"
            )
        return None
    _check(queries[0], limits)
    chosen = next((_FORMATS[value] for name, value in pairs if name == "format" and value in _FORMATS), None)
    accept = f"{chosen}, */*;q=0.1" if chosen else accept  # the parameter of clients that set no headers
    return Question(
        queries[0],
        tuple(value for name, value in pairs if name == "default-graph-uri"),
        tuple(value for name, value in pairs if name == "named-graph-uri"),
        negotiate(accept, list(RESULTS)),
        negotiate(accept, list(GRAPHS)),
        tuple(pairs),
    )


def _posted(content_type: str, body: bytes) -> list[tuple[str, str]]:
    name, _, parameters = (part.strip().lower() for part in content_type.partition(";"))
    charset = next(
        (
            value.strip().strip('"')
            for key, _, value in (each.partition("=") for each in parameters.split(";"))
            if key.strip() == "charset"
        ),
        "utf-8",
    )
    if name not in (_FORM, _QUERY, _UPDATE):
        raise RefusedError(415, f"unsupported media type {name or '(none)'}: send {_FORM} or {_QUERY}")
    if charset not in ("utf-8", "utf8", "us-ascii", "ascii"):
        raise RefusedError(415, f"unsupported charset {charset}: send UTF-8")
    if name == _UPDATE:
        raise RefusedError(403, _READ_ONLY)
    if name == _FORM:
        return read_pairs(body)
    try:
        return [("query", body.decode("utf-8-sig"))]
    except UnicodeDecodeError:
        raise RefusedError(400, "the query is not UTF-8") from None


def _check(text: str, limits: Limits) -> None:
    try:
        tokens = tokenize(text, limits.words)
        refuse_nesting(tokens, limits.nesting)
    except QueryError as error:
        raise RefusedError(400, str(error)) from None
    if is_update(tokens):
        raise RefusedError(403, _READ_ONLY)
    try:
        refuse_service(text, tokens)
    except QueryError as error:
        raise RefusedError(403, str(error)) from None
