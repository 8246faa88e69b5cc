"""The graph of a corpus, and the files it is kept in."""

from __future__ import annotations

import gzip
from io import BytesIO
from typing import Final, cast

from kg.base.home import GRAPH, QUADS, THINGS
from kg.corpus.layer import Layer
from kg.corpus.listing import Options
from kg.corpus.merged import Merger
from kg.corpus.model import Identity, MergeLevel
from kg.corpus.readings import Readings
from kg.corpus.said import packed
from kg.corpus.things_file import pack_things
from kg.corpus.ties import Ties
from kg.graph.iri import identity_iri
from kg.graph.store import Graph, graph_iri

__all__ = ["FilesOfGraph"]

_PART: Final = 50_000  # lines that go into a store at once
_LEVEL: Final = 6


class FilesOfGraph:
    """Makes the graph of a corpus: in memory for what is made of it, and as files.

    Of a corpus too large for Turtle, what each article says by itself stands only in the file.
    """

    def __init__(self, readings: Readings, options: Options, *, layers_in_memory: bool) -> None:
        self._readings, self._options = readings, options
        self._all_in_memory = layers_in_memory
        self._several = len(readings) > 1
        self.with_turtle = options.turtle or layers_in_memory
        self._quads = BytesIO()
        self.identity = Identity(())

    @property
    def place(self) -> str:
        """Where the graph stands with all its layers."""
        return QUADS if self._several else GRAPH

    def graph(self) -> Graph:
        """Return the graph of what all articles say together."""
        if not self._several:
            return Graph.from_readings(self._readings, self._options.base)
        from kg.corpus.identity import resolve

        deciding = self._readings.deciding
        self.identity = resolve(
            self._readings.features(),
            cast("MergeLevel", self._options.level),
            deciding.kept if deciding is not None else None,
        )
        return self._layers()

    def files(self, graph: Graph) -> dict[str, bytes]:
        """Return the files of the graph by their paths."""
        found = {}
        if self.with_turtle:
            found[GRAPH] = graph.to_turtle()
        if self._several:
            found[QUADS] = self._quads.getvalue()
        if self._several and not self._readings.in_memory:
            found[THINGS] = pack_things(self.identity, self._readings.checksums)
        return found

    def _layers(self) -> Graph:
        """Return the graph with its layers, and pack them one behind the other: identity, each article, the merged view."""
        from kg.corpus.graph import identity_lines, in_graph

        base, graph = self._options.base, Graph(self._options.base)
        ties = identity_lines(self._readings, self.identity, base)
        quads = list(in_graph(ties, identity_iri(base)))
        graph.add_quads(quads)
        self._quads.write(packed(_text(quads)))
        merger, merged, part = Merger(Ties.of(ties), base), BytesIO(), list[str]()
        with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=merged, mtime=0) as out:

            def flush(least: int) -> None:
                if len(part) > least:
                    graph.add_lines(part)
                    out.write(_text(part).encode())
                    part.clear()

            for sha256 in self._readings.checksums:
                said, text = self._readings.said(sha256, base)
                self._quads.write(said.quads)
                layer = Layer.of(said.lines, text)
                if self._all_in_memory:
                    graph.add_quads(list(in_graph(said.lines, graph_iri(layer.article[1:-1], base))))
                part += merger.take(layer)
                flush(_PART)
            part += merger.finish()
            flush(0)
        self._quads.write(merged.getvalue())
        return graph


def _text(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"
