"""The graph of a corpus, and the files it is kept in."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import Final, cast

from kg.base.home import GRAPH, QUADS
from kg.corpus.listing import Options
from kg.corpus.model import Identity, MergeLevel
from kg.corpus.readings import Readings
from kg.graph.iri import article_iri
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
        graph, own = Graph(self._options.base), self._article_graphs()
        with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=self._quads, mtime=0) as out:
            for part in self._parts():
                out.write(("\n".join(part) + "\n").encode())
                graph.add_quads([line for line in part if line.rsplit(" ", 2)[1] not in own] if own else part)
        return graph

    def files(self, graph: Graph) -> dict[str, bytes]:
        """Return the files of the graph by their paths."""
        found = {}
        if self.with_turtle:
            found[GRAPH] = graph.to_turtle()
        if self._several:
            found[QUADS] = self._quads.getvalue()
        return found

    def _parts(self) -> Iterator[list[str]]:
        """Yield the lines of all layers, many at once: one by one they would cost twice as much."""
        from kg.corpus.graph import corpus_lines

        lines = corpus_lines(self._readings, self.identity, self._options.base)
        while part := list(islice(lines, _PART)):
            yield part

    def _article_graphs(self) -> frozenset[str]:
        """Return the names of the graphs that are not kept in memory, as they stand in a line."""
        if self._all_in_memory:
            return frozenset()
        base = self._options.base
        names = (graph_iri(article_iri(each, base), base) for each in self._readings.articles)
        return frozenset(f"<{name}>" for name in names)
