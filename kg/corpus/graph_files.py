"""The graph of a corpus, and the files it is kept in."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterable
from io import BytesIO
from itertools import islice
from pathlib import Path
from tempfile import mkdtemp
from typing import IO, Final, cast

from kg.base.home import GRAPH, QUADS, THINGS
from kg.corpus.layer import Layer
from kg.corpus.listing import Options
from kg.corpus.merged import Merger, buckets_for, folded_pieces
from kg.corpus.model import Identity, MergeLevel
from kg.corpus.readings import Readings
from kg.corpus.spill import Pieces, spool
from kg.corpus.things_file import pack_things
from kg.corpus.ties import Ties, evidence_in
from kg.graph.iri import identity_iri
from kg.graph.store import Graph

__all__ = ["FilesOfGraph"]

_PART: Final = 50_000  # lines that are packed at once
_ARTICLES: Final = 2_000  # of which what they leave is put on disk at once
_LEVEL: Final = 6
_IN_MEMORY: Final = 2_000_000
"""Lines of a graph that is held in memory, some 0.35 kB each; of a larger one the page and the counts are asked of a store on disk."""


class FilesOfGraph:
    """Makes the graph of a corpus: in memory for what is made of it, and as files.

    Of a corpus too large for Turtle, what each article says by itself stands only in the file.
    """

    def __init__(self, readings: Readings, options: Options, *, layers_in_memory: bool) -> None:
        self._readings, self._options = readings, options
        self._all_in_memory = layers_in_memory
        self._several = len(readings) > 1
        self.with_turtle = options.turtle or layers_in_memory
        self._folder, self._lines = readings.folder, 0
        self._quads = spool(self._folder)
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

    def files(self, graph: Graph) -> dict[str, bytes | IO[bytes]]:
        """Return the files of the graph by their paths; a large one is not in memory."""
        found: dict[str, bytes | IO[bytes]] = {}
        if self.with_turtle:
            found[GRAPH] = graph.to_turtle()
        if self._several:
            found[QUADS] = self._quads
        if self._several and not self._readings.in_memory:
            found[THINGS] = pack_things(self.identity, self._readings.checksums)
        return found

    def _layers(self) -> Graph:
        """Return the graph with its layers, and pack them one behind the other: identity, each article, the merged view."""
        ties, evidence = self._identity_graph()
        identity = self._quads.tell()
        with spool(self._folder) as merged:
            with _Packing(merged) as out:
                self._merge(ties, evidence, out)
            self._lines += out.lines
            merged.seek(0)
            shutil.copyfileobj(merged, self._quads)
            self._quads.seek(0)
            if self._all_in_memory:
                return self._loaded([self._quads])
            merged.seek(0)
            return self._loaded([BytesIO(self._quads.read(identity)), merged])

    def _identity_graph(self) -> tuple[Ties, IO[bytes]]:
        """Pack the identity graph; return what it says, and its lines that the merged view has too."""
        from kg.corpus.graph import identity_lines, in_graph

        base, evidence = self._options.base, spool(self._folder)
        lines = identity_lines(self._readings, self.identity, base)
        with _Packing(self._quads) as out:
            out.put(in_graph(lines, identity_iri(base)))
        self._lines += out.lines
        evidence.writelines(f"{line}\n".encode() for line in evidence_in(lines))
        evidence.seek(0)
        return Ties.of(lines), evidence

    def _merge(self, ties: Ties, evidence: IO[bytes], out: _Packing) -> None:
        """Write the merged view, and the quads of each article by itself."""
        base, many = self._options.base, len(self._readings)
        merger, left = Merger(ties, base, buckets_for(many)), Pieces(self._folder)
        for number, sha256 in enumerate(self._readings.checksums, 1):
            said, text = self._readings.said(sha256, base)
            self._quads.write(said.quads)
            out.put(merger.take(Layer.of(said.lines, text)))
            if number % _ARTICLES == 0:
                left.keep(merger.pieces())
        with evidence:
            out.put(merger.evidence(line.decode()[:-1] for line in evidence))
        left.keep(merger.pieces())
        for pieces in left.buckets():
            out.put(folded_pieces(pieces, merger.common, ties.copies, base))

    def _loaded(self, packed: Iterable[IO[bytes]]) -> Graph:
        """Return the graph of packed quads: in memory, or of very many on disk, for as long as somebody holds it."""
        is_large, base = self._lines > _IN_MEMORY, self._options.base
        graph = Graph.on_disk(_place_beside(self._folder), base) if is_large else Graph(base)
        for file in packed:
            graph.add_packed(file, at_once=not is_large)
        return graph


class _Packing:
    """Packs lines into a file, and counts them."""

    def __init__(self, file: IO[bytes]) -> None:
        self._packed = gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=file, mtime=0)
        self.lines = 0

    def __enter__(self) -> _Packing:
        return self

    def __exit__(self, *_: object) -> None:
        self._packed.close()

    def put(self, lines: Iterable[str]) -> None:
        """Pack lines behind those before."""
        rest = iter(lines)
        while part := list(islice(rest, _PART)):
            self.lines += len(part)
            self._packed.write(("\n".join(part) + "\n").encode())


def _place_beside(folder: Path) -> Path:
    """Return a new folder beside the one of a corpus, on the same disk; elsewhere where nothing may be written there.

    It has one name for each corpus, so that what a process left that was killed is gone with the next.
    """
    place = folder.resolve()
    place = place.with_name(f".{place.name}.kg-graph")
    shutil.rmtree(place, ignore_errors=True)
    try:
        place.mkdir()
    except OSError:
        return Path(mkdtemp(prefix="kg-graph-"))
    return place
