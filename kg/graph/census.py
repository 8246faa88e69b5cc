"""What a graph consists of as RDF: its triples, subjects and objects, classes and properties, as VoID counts them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kg.graph.engine import solve
from kg.graph.store import Graph, text_of
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

    def rows(query: str) -> list[list[str]]:
        found: Any = solve(graph.store, query, {}, graph.base, default_graph=graph.name)
        return [[text_of(term) for term in row] for row in found]

    def number(query: str) -> int:
        return int(rows(query)[0][0])

    def table(query: str) -> dict[str, int]:
        return {iri: int(count) for iri, count in rows(query)}

    return Census(
        number("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
        number("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o FILTER(isIRI(?s)) }"),
        number("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
        number("SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }"),
        table("SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c FILTER(isIRI(?c)) } GROUP BY ?c ORDER BY DESC(?n) ?c"),
        table("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n) ?p"),
        tuple(iri for iri, _ in rows(_BEST_KNOWN)),
    )


_BEST_KNOWN: Final = f"""
SELECT ?thing (COUNT(?fact) AS ?n) {{ ?fact rdf:subject ?thing FILTER(isIRI(?thing)) }}
GROUP BY ?thing ORDER BY DESC(?n) ?thing LIMIT {_EXAMPLES}
"""


def vocabularies(counted: Census) -> list[str]:
    """Return the namespaces of the classes and properties that a graph uses, in order."""
    terms = (*counted.classes, *counted.properties)
    known = {space for space in PREFIXES.values() if any(term.startswith(space) for term in terms)}
    others = (term for term in terms if not any(term.startswith(space) for space in known))
    return sorted(known | {term[: max(term.rfind(mark) for mark in "#/:") + 1] for term in others})
