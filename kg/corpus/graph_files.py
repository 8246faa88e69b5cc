"""The graph of a corpus, and the files it is kept in."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from io import BytesIO
from typing import Final, cast

from kg.base.home import GRAPH, QUADS
from kg.corpus.listing import Options
from kg.corpus.model import Identity, MergeLevel
from kg.corpus.readings import Readings
from kg.graph.iri import article_iri
from kg.graph.store import Graph, graph_iri

__all__ = ["FilesOfGraph"]

_PART: Final = 100_000  # lines that go into a store at once
_LEVEL: Final = 4


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

        self.identity = resolve(self._readings.features(), cast("MergeLevel", self._options.level))
        graph, part = Graph(self._options.base), list[str]()
        for line in self._kept_lines():
            part.append(line)
            if len(part) >= _PART:
                graph.add_quads(part)
                part.clear()
        graph.add_quads(part)
        return graph

    def files(self, graph: Graph) -> dict[str, bytes]:
        """Return the files of the graph by their paths."""
        found = {}
        if self.with_turtle:
            found[GRAPH] = graph.to_turtle()
        if self._several:
            found[QUADS] = self._quads.getvalue()
        return found

    def _kept_lines(self) -> Iterator[str]:
        """Yield the lines that are kept in memory, while all go into the file."""
        from kg.corpus.graph import corpus_lines

        base = self._options.base
        own = {f"<{graph_iri(article_iri(each, base), base)}>" for each in self._readings.articles}
        with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=self._quads, mtime=0) as out:
            for line in corpus_lines(self._readings, self.identity, base):
                out.write(f"{line}\n".encode())
                if self._all_in_memory or line.rsplit(" ", 2)[1] not in own:
                    yield line
