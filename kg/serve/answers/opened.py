"""A store as a worker holds it: opened for reading, with what every answer needs of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg.base.errors import QueryError
from kg.base.intake import read_text
from kg.graph.census import Census, census
from kg.graph.counts import count
from kg.graph.disk import ABOUT, TRIPLES, use
from kg.graph.store import Graph, text_of
from kg.graph.verbatim import Text
from kg.graph.vocabulary import KG, OA, RDF, RDFS, TYPES, local_name
from kg.serve.limits import Limits
from kg.serve.reply import Reply
from kg.serve.search import FILE, Index

__all__ = ["WHOLE", "NotFoundError", "Opened", "refusal"]

WHOLE: Final = 400_000
"""Triples of the largest graph that is shown as one network."""


class NotFoundError(QueryError):
    """The graph has nothing of this name."""


class Opened:
    """A store opened for reading, until the process ends."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._used = use(folder)  # until the process ends
        about = json.loads(read_text(folder / ABOUT))
        self.limits, self.triples, self.bases = limits, int(about["triples"]), list(about["bases"])
        self._counts: dict[str, Any] | None = about.get("counts")  # none in a store of an older kg
        self._census: dict[str, Any] | None = about.get("census")  # nor this
        self.graph = Graph(self.bases[0])
        self.graph.store = ox.Store.read_only(str(folder / TRIPLES))
        self.index = Index(folder / FILE)
        self.kept: dict[Any, Any] = {}  # what was asked for last and is likely to be asked for again

    @property
    def counts(self) -> dict[str, Any]:
        """Return how much the store holds, as ``kg.graph.counts`` has it."""
        if self._counts is None:
            self._counts = asdict(count(self.graph))
        return self._counts

    @property
    def census(self) -> Census:
        """Return what the store consists of as RDF."""
        if self._census is None:
            self._census = asdict(census(self.graph))
        return Census(**self._census)

    def texts(self) -> Iterator[Text]:
        """Yield the articles with their texts, in one order."""
        return (Text(*each) for each in self.index.texts())

    def texts_of(self, iris: Iterable[str]) -> Iterator[Text]:
        """Yield some articles with their texts; without any IRI all of them."""
        wanted = sorted(iris)
        if not wanted:
            yield from self.texts()
        for iri in wanted:
            if (found := self.index.article(iri)) is not None:
                yield Text(iri, found["name"], found["title"], found["text"])

    def iris(self, name: str) -> Iterator[str]:
        """Yield the IRIs that a local name, a prefixed name or an IRI may stand for."""
        name = name.removeprefix("id:")
        for iri in (*(base + name for base in self.bases), name):
            try:
                ox.NamedNode(iri)
            except ValueError:
                continue
            yield iri

    def find(self, name: str) -> str | None:
        """Return the IRI of what the graph has under a name, or None."""
        for iri in self.iris(name):
            node = ox.NamedNode(iri)
            for pattern in ((node, None, None), (None, None, node), (None, node, None)):
                if next(self.graph.quads(*pattern), None) is not None:
                    return iri
        return None

    def facts_of(self, iri: str) -> Iterator[str]:
        """Yield the facts with a node as subject, then those with it as object."""
        node = ox.NamedNode(iri)
        ends = (self.graph.quads(None, ox.NamedNode(RDF + end), node) for end in ("subject", "object"))
        return (text_of(quad.subject) for quad in chain(*ends))

    def brief(self, iri: str) -> dict[str, Any]:
        """Return what a link to a node shows: its label and type, and its name in the server's paths."""
        types = self.graph.values(iri, RDF + "type")
        return {
            "iri": iri,
            "name": self.local(iri),
            "label": self.graph.label(iri)
            if self.graph.values(iri, RDFS + "label")
            else local_name(iri) or iri,
            "type": next((each for each in TYPES if KG + each in types), ""),
        }

    def local(self, iri: str) -> str:
        """Return what stands for an IRI in the server's paths: its local name, or "" where that would open another node."""
        cut = max(iri.rfind(mark) for mark in "#/:") + 1
        base, name = iri[:cut], iri[cut:]
        if base not in self.bases or not name:
            return ""
        return name if len(self.bases) == 1 or self.find(name) == iri else ""

    def found_at(self, evidence: str) -> str:
        """Return the page or paragraph (page=3) of the document that some evidence stands on, "" where it has none."""
        selectors = self.graph.values(evidence, OA + "hasSelector")
        return next((leaf for each in selectors for leaf in self.graph.values(each, RDF + "value")), "")

    def one(self, iri: str, predicate: str) -> str:
        """Return the first value of a property, or ""."""
        return next(iter(self.graph.values(iri, predicate)), "")


def refusal(status: int, message: str) -> Reply:
    """Return an answer that says in one line why there is none."""
    return Reply(status, "text/plain", message.encode("utf-8", "replace"))
