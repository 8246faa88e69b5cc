"""A large graph in parts that can be judged one by one: each with what the shapes ask of the nodes around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.base.overlay import following
from kg.graph.order import homes
from kg.graph.store import Graph, Term, text_of
from kg.graph.vocabulary import KG, PREDICATES, PROV, RDF, SCHEMA

__all__ = ["Cut", "Part"]

_TYPE: Final = ox.NamedNode(RDF + "type")
_AIMED: Final = following(
    lambda: {
        *(PROV + "wasDerivedFrom", KG + "mentionedAt", SCHEMA + "mentions"),
        *(KG + name for name in PREDICATES),
    }
)
"""Properties whose values the shapes look at."""

_STATING: Final = tuple(
    ox.NamedNode(name)
    for name in (RDF + "subject", RDF + "predicate", RDF + "object", KG + "status", KG + "ended")
)
"""What tells whether a fact states a plain triple."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some nodes of a graph, and the triples by which the shapes judge them."""

    nodes: frozenset[str]
    quads: Sequence[ox.Quad]

    def lines(self) -> bytes:
        """Return the triples as N-Triples."""
        return ox.serialize((quad.triple for quad in self.quads), format=ox.RdfFormat.N_TRIPLES) or b""


class Cut:
    """Cuts a graph into parts of some articles each.

    A node of several articles is in the part of the first one. A part has with it what the shapes ask of nodes outside it:
    types, the runs, what points at its nodes, and the plain triples of what does not stand.

    Args:
        graph: what is cut.
        size: nodes of a part, about.
    """

    def __init__(self, graph: Graph, size: int) -> None:
        self._graph, self._size = graph, size
        articles = homes(graph.quads())
        self._nodes: dict[str, list[str]] = {}
        self._shared: list[ox.Quad] = []
        named: set[str] = set()
        self._aims: set[str] = set()  # at which something outside may point
        for quad in graph.quads():
            if isinstance(quad.subject, ox.BlankNode):
                self._shared.append(quad)
            elif isinstance(quad.subject, ox.NamedNode):
                named.add(quad.subject.value)
            if quad.predicate.value in _AIMED and isinstance(quad.object, ox.NamedNode):
                self._aims.add(quad.object.value)
        for node in sorted(named):
            self._nodes.setdefault(min(articles.get(node, ("",))), []).append(node)
        for run in graph.sources(PROV + "Activity", RDF + "type"):
            self._shared += graph.quads(ox.NamedNode(run))
        self.many = len(named)

    def parts(self) -> Iterator[Part]:
        """Yield the parts."""
        part: list[str] = []
        for article in sorted(self._nodes):
            part += self._nodes[article]
            if len(part) > self._size:
                yield self._closed(part)
                part = []
        yield self._closed(part)

    def _closed(self, nodes: Sequence[str]) -> Part:
        quads, inside, outside = list(self._shared), frozenset(nodes), dict[str, None]()
        for node in nodes:
            said = list(self._graph.quads(ox.NamedNode(node)))
            quads += said
            outside.update(
                (quad.object.value, None) for quad in said if isinstance(quad.object, ox.NamedNode)
            )
            if node in self._aims:
                aimed = self._graph.quads(None, None, ox.NamedNode(node))
                quads += (
                    quad
                    for quad in aimed
                    if quad.predicate.value in _AIMED and text_of(quad.subject) not in inside
                )
            quads += self._plainly({quad.predicate.value: quad.object for quad in said})
        for other in outside:
            if other not in inside:
                quads += self._graph.quads(ox.NamedNode(other), _TYPE)
        return Part(inside, quads)

    def _plainly(self, fact: Mapping[str, Term]) -> Iterator[ox.Quad]:
        """Yield the plain triple of a fact that does not stand, if there is one, and what the facts say that may state it."""
        parts = [fact.get(RDF + name) for name in ("subject", "predicate", "object")]
        stands = fact.get(KG + "status") == ox.NamedNode(KG + "asserted") and KG + "ended" not in fact
        if stands or not all(isinstance(part, ox.NamedNode) for part in parts):
            return
        subject, predicate, value = parts
        for plain in self._graph.quads(subject, predicate, value):  # type: ignore[arg-type]
            yield plain
            yield from self._said_by(self._facts_of(plain))

    def _facts_of(self, plain: ox.Quad) -> Iterator[ox.NamedNode]:
        for other in self._graph.sources(text_of(plain.subject), RDF + "subject"):
            node = ox.NamedNode(other)
            if any(self._graph.quads(node, ox.NamedNode(RDF + "object"), plain.object)):
                yield node

    def _said_by(self, facts: Iterable[ox.NamedNode]) -> Iterator[ox.Quad]:
        for fact in facts:
            for name in _STATING:
                yield from self._graph.quads(fact, name)
