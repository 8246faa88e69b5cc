"""What a graph consists of as RDF: its triples, subjects and objects, classes and properties, as VoID counts them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kg.graph.engine import solve
from kg.graph.store import Graph, Node, Term, text_of
from kg.graph.vocabulary import PREFIXES

__all__ = ["Census", "census", "vocabularies"]

_EXAMPLES: Final = 3


@dataclass(frozen=True, slots=True)
class Census:
    """How many there are: all of the default graph, which of a corpus is what its articles say together."""

    triples: int = 0
    entities: int = 0  # subjects that have an IRI
    subjects: int = 0
    objects: int = 0
    classes: Mapping[str, int] = field(default_factory=dict)  # IRI -> instances, the most first
    properties: Mapping[str, int] = field(default_factory=dict)  # IRI -> triples, the most first
    examples: tuple[str, ...] = ()  # IRIs of what most facts are about


def census(graph: Graph) -> Census:
    """Return what a graph consists of, counted by the engine."""

    def rows(query: str) -> list[list[Term]]:
        found: Any = solve(graph.store, query, {}, graph.base, default_graph=graph.name)
        return [list(row) for row in found]

    def number(query: str) -> int:
        return int(text_of(rows(query)[0][0]))

    def table(query: str) -> dict[str, int]:
        return {text_of(term): int(text_of(count)) for term, count in rows(query) if _is_named(term)}

    return Census(
        number("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
        # each subject once before it is looked at, which is five times faster
        number("SELECT (COUNT(*) AS ?n) { { SELECT DISTINCT ?s { ?s ?p ?o } } FILTER(isIRI(?s)) }"),
        number("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
        number("SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }"),
        table("SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY DESC(?n) ?c"),
        table("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n) ?p"),
        tuple(table(_BEST_KNOWN)),
    )


def _is_named(term: Term) -> bool:
    return isinstance(term, Node) and not str(term).startswith("_:")


_BEST_KNOWN: Final = f"""
SELECT ?thing (COUNT(*) AS ?n) {{ ?fact rdf:subject ?thing }} GROUP BY ?thing ORDER BY DESC(?n) ?thing LIMIT {_EXAMPLES}
"""


def vocabularies(counted: Census) -> list[str]:
    """Return the namespaces of the classes and properties that a graph uses, in order."""
    terms = (*counted.classes, *counted.properties)
    known = {space for space in PREFIXES.values() if any(term.startswith(space) for term in terms)}
    others = (term for term in terms if not any(term.startswith(space) for space in known))
    return sorted(known | {term[: max(term.rfind(mark) for mark in "#/:") + 1] for term in others})
