"""The graph of a corpus: what each article says, who is one with whom, and what all say together.

    Reading*, Identity -> quads        each article's triples in a graph of its own (g...), never rewritten;
                                       the graph id:identity; the merged view, which is the default graph

A corpus of one article is its graph and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

import pyoxigraph as ox

from kg.base.model import Reading
from kg.corpus.layer import Layer
from kg.corpus.merged import Merger
from kg.corpus.model import Identity
from kg.corpus.said import packed
from kg.corpus.ties import Ties, TiesWriter, evidence_in
from kg.graph.iri import article_iri, check_base, identity_iri
from kg.graph.proof.view import written
from kg.graph.rdf import triples_of
from kg.graph.store import Graph, graph_iri
from kg.graph.vocabulary import DEFAULT_BASE

__all__ = [
    "corpus_graph",
    "corpus_lines",
    "identity_lines",
    "in_graph",
    "merged_lines",
    "packed_layers",
    "without_identity",
]

_PART: Final = 200_000  # lines that go into a store at once


def corpus_graph(readings: Collection[Reading], identity: Identity, base: str = DEFAULT_BASE) -> Graph:
    """Return the graph of a corpus in memory; see `corpus_lines`."""
    if len(readings) < 2:
        return Graph.from_readings(readings, base)
    graph, part = Graph(base), list[str]()
    for line in corpus_lines(readings, identity, base):
        part.append(line)
        if len(part) == _PART:
            graph.add_quads(part)
            part.clear()
    graph.add_quads(part)
    return graph


def packed_layers(graph: Graph) -> bytes:
    """Return the graph of a corpus with all its layers, as packed N-Quads."""
    lines = ox.serialize(graph.article_quads(), format=ox.RdfFormat.N_QUADS)
    return packed((lines or b"").decode())


def corpus_lines(
    readings: Collection[Reading], identity: Identity, base: str = DEFAULT_BASE
) -> Iterator[str]:
    """Yield the graph of a corpus as lines of N-Quads: identity first, then each article by itself and in the merged view.

    Args:
        readings: those of all articles, each once, in order of their checksums where the order of lines matters; gone
            through twice, so no iterator.
        identity: who is one with whom.
        base: what the IRIs of nodes begin with.

    Raises:
        GraphError: ``base`` is none, or ``identity`` names what no reading has.
    """
    check_base(base)
    if len(readings) < 2:
        for reading in readings:
            yield from triples_of(reading, base)
        return
    ties = identity_lines(readings, identity, base)
    yield from in_graph(ties, identity_iri(base))
    merger = Merger(Ties.of(ties), base)
    for reading in readings:
        lines = triples_of(reading, base)
        yield from in_graph(lines, graph_iri(article_iri(reading.article, base), base))
        yield from merger.take(Layer.of(lines, reading.article.text))
    yield from merger.finish(evidence_in(ties))


def identity_lines(readings: Iterable[Reading], identity: Identity, base: str = DEFAULT_BASE) -> list[str]:
    """Return the identity graph as lines of N-Triples.

    Raises:
        GraphError: ``identity`` names what no reading has.
    """
    writer = TiesWriter(identity, base)
    for reading in readings:
        writer.take(reading)
    return writer.lines()


def merged_lines(graph: Graph, texts: Mapping[str, str]) -> Iterator[str]:
    """Yield the merged view that the other layers of a corpus give, as lines of N-Triples.

    Args:
        graph: the graph of a corpus.
        texts: those of its articles, by checksum.
    """
    ties = lines_of(graph.part(identity_iri(graph.base)))
    merger = Merger(Ties.of(ties), graph.base)
    for name in graph.article_graphs():
        layer = Layer.of(lines_of(graph.part(name)), "")
        yield from merger.take(replace(layer, text=texts.get(layer.sha256, "")))
    yield from merger.finish(evidence_in(ties))


def lines_of(graph: Graph) -> list[str]:
    """Return the triples of a graph as lines of N-Triples, as its writer spells them."""
    return sorted(
        f"{written(quad.subject)} {written(quad.predicate)} {written(quad.object)} ."
        for quad in graph.quads()
    )


def without_identity(graph: Graph) -> Graph:
    """Return what the articles of a corpus say, each thing of each article for itself."""
    plain = Graph(graph.base)
    for name in graph.article_graphs():
        plain.store.extend(
            ox.Quad(each.subject, each.predicate, each.object) for each in graph.part(name).quads()
        )
    plain.best_confidence_only()
    return plain


def in_graph(lines: Iterable[str], name: str) -> Iterator[str]:
    """Yield lines of N-Triples as lines of N-Quads of one graph."""
    for line in lines:
        yield f"{line[:-1]}<{name}> ."
