"""The graph as Cypher statements for Neo4j: constraints, then nodes, then relationships; run again, they change nothing.

A thing is a node ``Thing`` with its type as a second label, an article and a figure a node of theirs. A fact is a relationship
named after its predicate, known by its IRI, with its quotes as properties: texts, and where each begins and ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from kg.export.records import Article, Fact, Figure, Quote, Records, Thing, records_of
from kg.export.rows import number
from kg.graph.store import Graph

__all__ = ["quoted", "write"]

_AT_ONCE: Final = 200  # rows of one statement
_NODES: Final = ("Thing", "Article", "Figure")
_UNSEEN: Final = (*range(8), 11, *range(14, 32), *range(127, 160), 0x2028, 0x2029, 0xFEFF)
_ESCAPES: Final = {
    "\\": "\\\\",
    "'": "\\'",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
    **{chr(code): f"\\u{code:04X}" for code in _UNSEEN},
}
_ESCAPED: Final = str.maketrans(_ESCAPES)
_UNICODE: Final = re.compile(r"(\\\\)(?=[uU])")
"""A backslash of the text before a u: some readers take the two for an escape before they look for the end of a string."""


def write(graph: Graph, name: str) -> dict[str, bytes]:  # noqa: ARG001 - every writer is told its format
    """Return the statements, one a line, as one file."""
    lines = [f"{each};\n" for each in _statements(records_of(graph))]
    return {"graph": "".join(lines).encode("utf-8", "replace")}


def quoted(value: Any) -> str:  # noqa: ANN401 - plain values
    r"""Return a plain value as Cypher writes it; no text ends its string, or begins an escape of its own.

    >>> print(quoted({"a": ["it's", 1, True, "\\u0027"]}))
    {`a`: ['it\'s', 1, true, '\\' + 'u0027']}
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        return f"'{_UNICODE.sub(_parted, value.translate(_ESCAPED))}'"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_name(key)}: {quoted(each)}" for key, each in value.items()) + "}"
    return "[" + ", ".join(map(quoted, value)) + "]"


def _parted(found: re.Match[str]) -> str:
    return f"{found[1]}' + '"


def _name(word: str) -> str:
    return "`" + word.replace("`", "``") + "`"


def _statements(records: Records) -> Iterator[str]:
    for label in _NODES:
        yield (
            f"CREATE CONSTRAINT kg_{label.lower()} IF NOT EXISTS FOR (n:{_name(label)}) REQUIRE n.iri IS UNIQUE"
        )
    yield from _things(records.things)
    articles = ((each.iri, _article(each)) for each in records.articles)
    yield from _nodes("Article", "", articles)
    yield from _nodes("Figure", "", ((each.iri, _figure(each)) for each in records.figures))
    yield from _facts(records.facts)
    known = {each.iri for each in records.things}
    mentions = ((each.iri, thing) for each in records.articles for thing in each.mentions if thing in known)
    yield from _ties("MENTIONS", ("Article", "Thing"), mentions)
    owned = ((each.iri, each.subject) for each in records.figures if each.subject in known)
    yield from _ties("FIGURE_OF", ("Figure", "Thing"), owned)
    stands = sorted({(each.iri, quote.article) for each in records.figures for quote in each.quotes})
    yield from _ties("STANDS_IN", ("Figure", "Article"), stands)


def _things(things: Sequence[Thing]) -> Iterator[str]:
    for kind, some in groupby(sorted(things, key=lambda each: (each.type, each.iri)), lambda each: each.type):
        yield from _nodes("Thing", kind, ((each.iri, _thing(each)) for each in some))


def _nodes(label: str, kind: str, rows: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[str]:
    second = f"n:{_name(kind)}, " if kind else ""
    for part in _parts([{"iri": iri, "p": own} for iri, own in rows]):
        yield f"UNWIND {quoted(part)} AS row MERGE (n:{_name(label)} {{iri: row.iri}}) SET {second}n += row.p"


def _facts(facts: Sequence[Fact]) -> Iterator[str]:
    ordered = sorted(facts, key=lambda each: (each.predicate, each.iri))
    for predicate, some in groupby(ordered, lambda each: each.predicate):
        rows = [{"s": each.subject, "o": each.object, "iri": each.iri, "p": _fact(each)} for each in some]
        for part in _parts(rows):
            yield (
                f"UNWIND {quoted(part)} AS row MATCH (s:`Thing` {{iri: row.s}}), (o:`Thing` {{iri: row.o}}) "
                f"MERGE (s)-[r:{_name(predicate)} {{iri: row.iri}}]->(o) SET r += row.p"
            )


def _ties(name: str, ends: tuple[str, str], pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    source, target = map(_name, ends)
    for part in _parts([{"s": start, "o": end} for start, end in pairs]):
        yield (
            f"UNWIND {quoted(part)} AS row MATCH (s:{source} {{iri: row.s}}), (o:{target} {{iri: row.o}}) "
            f"MERGE (s)-[:{_name(name)}]->(o)"
        )


def _parts(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    return (rows[at : at + _AT_ONCE] for at in range(0, len(rows), _AT_ONCE))


# properties -----------------------------------------------------------------------------------------------------------


def _known(**values: Any) -> dict[str, Any]:  # noqa: ANN401 - plain values
    """Return properties without those that are not known: a property of Neo4j that is null is none."""
    return {name: value for name, value in values.items() if value not in ("", None, [])}


def _thing(thing: Thing) -> dict[str, Any]:
    return _known(
        label=thing.label,
        type=thing.type,
        kind=thing.kind,
        names=list(thing.names),
        place_code=thing.place_code,
    )


def _article(article: Article) -> dict[str, Any]:
    names = ("name", "title", "published", "publisher", "author", "url", "sha256")
    return _known(**{name: getattr(article, name) for name in names})


def _figure(figure: Figure) -> dict[str, Any]:
    return _known(
        surface=figure.surface,
        value=number(figure.value),
        unit=figure.unit,
        currency=figure.currency,
        modifier=figure.modifier,
        minimum=number(figure.minimum),
        maximum=number(figure.maximum),
        of=figure.of,
        date=figure.date,
        confidence=figure.confidence,
        **_quotes(figure.quotes),
    )


def _fact(fact: Fact) -> dict[str, Any]:
    return _known(
        label=fact.label,
        role=fact.role,
        date=fact.date,
        amount=fact.amount,
        status=fact.status,
        ended=fact.ended,
        confidence=fact.confidence,
        derived=fact.derived,
        reported_by=fact.reported_by,
        patterns=list(fact.patterns),
        sources=fact.sources or None,
        independent_sources=fact.independent_sources or None,
        **_quotes(fact.quotes),
    )


def _quotes(quotes: Sequence[Quote]) -> dict[str, Any]:
    """Return quotes as lists that go along with each other: Neo4j has no maps in properties."""
    return {
        "quotes": [each.text for each in quotes],
        "articles": [each.article for each in quotes],
        "starts": [each.start for each in quotes],
        "ends": [each.end for each in quotes],
        "found_at": [each.found_at for each in quotes] if any(each.found_at for each in quotes) else [],
    }
