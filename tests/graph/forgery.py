"""Every triple of a graph changed, and others added, one at a time, in every way that leaves a graph."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

import pyoxigraph as ox

from kg.graph.iri import kind_of_node
from kg.graph.proof.fault import Fault, Node
from kg.graph.proof.view import View, short
from kg.graph.seal import DIGEST
from kg.graph.store import Graph, Term, text_of
from kg.graph.verify import faults_of
from kg.graph.vocabulary import KG

_Any = TypeVar("_Any")


@dataclass(frozen=True)
class Forgery:
    """A triple, and what stands in its place: nothing where it is taken away; beside it where it stays."""

    how: str
    was: ox.Quad
    now: ox.Quad | None = None
    stays: bool = False

    @property
    def kind(self) -> str:
        """The letter of the node, and the property."""
        return f"{kind_of_node(text_of(self.was.subject))[1]} {short(self.was.predicate)}"

    def __str__(self) -> str:
        now = f"{short(self.now.subject)} {short(self.now.object)}" if self.now else "nothing"
        was = self.was
        return f"{self.how}: {short(was.subject)} {short(was.predicate)} {short(was.object)} -> {now}"


class Forger:
    """Forges a graph, triple by triple, and looks whether its proof sees it."""

    def __init__(self, graph: Graph, texts: Sequence[str]) -> None:
        self.graph, self.view = graph, View(graph, texts)
        self.quads = sorted(graph.quads(), key=str)
        self._values: dict[str, dict[Term, None]] = {}
        self._nodes: dict[str, dict[str, None]] = {}
        for quad in self.quads:
            self._values.setdefault(quad.predicate.value, {})[quad.object] = None
            name = text_of(quad.subject)
            self._nodes.setdefault(kind_of_node(name)[1], {})[name] = None

    def forgeries(self) -> Iterator[Forgery]:
        """Yield each triple taken away, with another value, with a second value, at another node; then new ones."""
        for quad in self.quads:
            yield Forgery("taken away", quad)
            others = self._literals(quad) if isinstance(quad.object, ox.Literal) else self._others(quad)
            for how, value in others:
                now = ox.Quad(quad.subject, quad.predicate, value)
                yield Forgery(how, quad, now)
                if how in ("changed", "swapped", "another node") and now not in self.graph.store:
                    yield Forgery("added", quad, now, stays=True)
            for node in self._like(text_of(quad.subject), quad):
                yield Forgery("moved", quad, ox.Quad(ox.NamedNode(node), quad.predicate, quad.object))
        yield from self._new()

    def _new(self) -> Iterator[Forgery]:
        """Yield for each node each property that it lacks and another of its kind has."""
        first = {(kind_of_node(text_of(quad.subject))[1], quad.predicate): quad for quad in self.quads}
        for kind, nodes in self._nodes.items():
            for name in nodes:
                said = {quad.predicate for quad in self.graph.quads(ox.NamedNode(name))}
                for (of, predicate), quad in first.items():
                    if of == kind and predicate not in said:
                        now = ox.Quad(ox.NamedNode(name), predicate, quad.object)
                        yield Forgery("new", quad, now, stays=True)

    def _literals(self, quad: ox.Quad) -> Iterator[tuple[str, Term]]:
        literal = quad.object
        assert isinstance(literal, ox.Literal)
        value = _changed(quad.predicate.value, literal)
        language, datatype = literal.language, literal.datatype
        yield (
            "changed",
            ox.Literal(value, language=language) if language else ox.Literal(value, datatype=datatype),
        )
        is_plain = not language and datatype.value.endswith("#string")
        yield (
            "of another type",
            ox.Literal(literal.value, language="zh") if is_plain else ox.Literal(literal.value),
        )
        yield from self._swapped(quad)

    def _others(self, quad: ox.Quad) -> Iterator[tuple[str, Term]]:
        yield from self._swapped(quad)
        for node in self._like(text_of(quad.object), quad):
            yield "another node", ox.NamedNode(node)
        yield "nowhere", ox.NamedNode(text_of(quad.object) + "0")

    def _swapped(self, quad: ox.Quad) -> Iterator[tuple[str, Term]]:
        others = [each for each in self._values[quad.predicate.value] if each != quad.object]
        yield from (("swapped", each) for each in _one(others, quad))

    def _like(self, name: str, quad: ox.Quad) -> list[str]:
        kind = kind_of_node(name)[1]
        return _one([each for each in self._nodes.get(kind, ()) if each != name], quad)

    def sees(self, forgery: Forgery) -> bool:
        """Say whether the proof sees a forgery, but for the seal."""
        with self._forged(forgery):
            return any(fault.predicate != DIGEST for fault in self._faults(forgery))

    def breaks_seal(self, forgery: Forgery) -> bool:
        """Say whether the checksum of its article is another after a forgery that ``sees`` does not see."""
        with self._forged(forgery):
            return any(True for each in self._nodes["a"] for _ in faults_of(Node.at(self.view, each)))

    @contextmanager
    def _forged(self, forgery: Forgery) -> Iterator[None]:
        """Have the graph forged for a while."""
        with_it = [quad for quad in (forgery.now,) if quad is not None and quad not in self.graph.store]
        if not forgery.stays:
            self.graph.store.remove(forgery.was)
        self.graph.store.extend(with_it)
        self.view.forget()
        try:
            yield
        finally:
            self.graph.store.extend([forgery.was])
            for quad in with_it:
                self.graph.store.remove(quad)

    def _faults(self, forgery: Forgery) -> Iterator[Fault]:
        """Yield the faults of the nodes of a forgery, then of those around them, then of all others."""
        quads = [forgery.was, *filter(None, [forgery.now])]
        seen: dict[str, None] = {}
        ring = [
            text_of(term)
            for quad in quads
            for term in (quad.subject, quad.object)
            if isinstance(term, ox.NamedNode)
        ]
        for _ in range(2):
            ring = [each for each in dict.fromkeys(ring) if each not in seen and kind_of_node(each)[1]]
            for each in ring:
                seen[each] = None
                if kind_of_node(each)[1] not in "ab":  # they stand beside everything
                    yield from faults_of(Node.at(self.view, each))
            ring = [near for each in ring if kind_of_node(each)[1] not in "ab" for near in self._around(each)]
        for each in self.view.subjects():
            if each not in seen or kind_of_node(each)[1] in "ab":
                yield from faults_of(Node.at(self.view, each))

    def _around(self, name: str) -> list[str]:
        node = ox.NamedNode(name)
        behind = [
            text_of(quad.object) for quad in self.graph.quads(node) if isinstance(quad.object, ox.NamedNode)
        ]
        return [*behind, *(text_of(quad.subject) for quad in self.graph.quads(None, None, node))]


def _changed(predicate: str, literal: ox.Literal) -> str:
    kind, value = literal.datatype.value.rpartition("#")[2], literal.value
    if kind == "integer":
        return str(int(value) + 1)
    if kind == "decimal":
        return str(
            Decimal(value) - Decimal("0.001") if predicate == KG + "confidence" else Decimal(value) + 1
        )
    if kind == "date":
        return (date.fromisoformat(value) + timedelta(1)).isoformat()
    return "false" if kind == "boolean" else value + "甲"


def _one(others: Sequence[_Any], quad: ox.Quad) -> list[_Any]:
    """Return one of some values, the same one on every run; none of none."""
    return [others[zlib.crc32(str(quad).encode()) % len(others)]] if others else []
