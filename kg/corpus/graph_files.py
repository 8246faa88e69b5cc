"""The graph of a corpus, and the files it is kept in."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from kg.base.home import GRAPH, QUADS
from kg.corpus.listing import Options
from kg.corpus.readings import Readings
from kg.graph.iri import article_iri
from kg.graph.rdf import triples_of
from kg.graph.store import Graph, graph_iri

__all__ = ["FilesOfGraph"]

_PART: Final = 200_000  # lines that go into a store at once
_LEVEL: Final = 4


class FilesOfGraph:
    """Makes the graph of a corpus: in memory for what is made of it, and as files."""

    def __init__(self, readings: Readings, options: Options, *, with_turtle: bool) -> None:
        self._readings, self._base = readings, options.base
        self._with_turtle = with_turtle
        self._quads = BytesIO()
        self.place = GRAPH if with_turtle else QUADS
        self.nothing: tuple[str, ...] = ()
        """Names of the articles that gave no fact and no figure."""

    def graph(self) -> Graph:
        """Return the graph of what all articles say together."""
        graph, part = Graph(self._base), list[str]()
        for line in self._lines():
            part.append(line)
            if len(part) >= _PART:
                graph.add_lines(part)
                part.clear()
        graph.add_lines(part)
        graph.best_confidence_only()
        return graph

    def files(self, graph: Graph) -> dict[str, bytes]:
        """Return the files of the graph by their paths."""
        found = {}
        if self._with_turtle:
            found[GRAPH] = graph.to_turtle()
        if self.place == QUADS:
            found[QUADS] = self._quads.getvalue()
        return found

    def _lines(self) -> Iterator[str]:
        nothing = list[str]()
        with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=self._quads, mtime=0) as out:
            for reading in self._readings:
                if not reading.facts and not reading.figures:
                    nothing.append(reading.article.name)
                lines = triples_of(reading, self._base)
                if self.place == QUADS:
                    end = f"<{graph_iri(article_iri(reading.article, self._base), self._base)}> .\n"
                    out.write("".join(f"{line[:-1]}{end}" for line in lines).encode())
                yield from lines
        self.nothing = tuple(sorted(nothing))
