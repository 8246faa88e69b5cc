"""Graphs into a store on disk: loaded in bulk beside the store that is served, then swapped in at once.

STORE/
    CURRENT     the name of the version to read, replaced atomically
    LOCK        held by the one that loads
    v000001/    a version: finished, never written again
        triples/        the engine's files
        search.sqlite   names, quotes and texts (kg.serve.search)
        about.json      how many triples, entities, facts, of which classes ..., and which bases their IRIs have
        USED            held, shared, by those that read the version
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import pyoxigraph as ox

from kg.base.errors import GraphError, OutputError
from kg.base.home import MERGED, TEXTS, graph_file
from kg.base.intake import open_file
from kg.graph.census import census
from kg.graph.counts import count
from kg.graph.disk import ABOUT, CURRENT, MADE_OF, TRIPLES, current_version, is_store, lock, text_in, use
from kg.graph.screen import refuse_hostile
from kg.graph.store import FORMATS, SUFFIXES, Graph, form_of, is_packed, layered
from kg.graph.vocabulary import DEFAULT_BASE, PREFIXES, RDF
from kg.serve import search

__all__ = [
    "CURRENT",
    "Loaded",
    "Source",
    "current_version",
    "find_sources",
    "is_store",
    "load_store",
    "remove_stale",
    "use",
]

Progress = Callable[[str, int, int], None]
"""Told the step (loading, indexing) and how many of how many bytes or steps are done."""


@dataclass(frozen=True, slots=True)
class Source:
    """A graph file, and the texts that stand beside it."""

    path: Path
    articles: Path | None = None  # the folder of texts


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded, and how fast."""

    folder: Path
    triples: int
    seconds: float  # reading the files into the store
    indexing: float  # seconds, the search index

    @property
    def rate(self) -> float:
        """Return triples per second."""
        return self.triples / max(self.seconds, 1e-9)


def find_sources(paths: Sequence[Path]) -> list[Source]:
    """Return the graph files that files and folders stand for, each with the texts beside it.

    Raises:
        GraphError: a path has no graph.
    """
    found: list[Source] = []
    for path in paths:
        if path.is_dir() and graph_file(path).exists():
            found.append(_source(graph_file(path)))
        elif path.is_dir():
            inside = sorted(each for each in path.iterdir() if form_of(each) and not each.is_dir())
            found += [_source(each) for each in inside]
            if not inside:
                raise GraphError(path, "no graph in this folder", f"known endings: {' '.join(SUFFIXES)}")
        elif form_of(path) is None:
            raise GraphError(path, "unknown graph format", f"known endings: {' '.join(SUFFIXES)}")
        elif not path.is_file():
            raise GraphError(path, "no such file", "`kg build` makes one")
        else:
            found.append(_source(path))
    return found


def _source(path: Path) -> Source:
    articles = (path.parent.parent if path.parent.name == MERGED else path.parent) / TEXTS
    return Source(path, articles if articles.is_dir() else None)


def load_store(
    sources: Sequence[Source],
    store: Path,
    progress: Progress = lambda _step, _done, _all: None,
    made_of: str = "",
) -> Loaded:
    """Load graphs into a new version of ``store`` and make it the current one, whole or not at all.

    Named graphs stay askable by ``GRAPH``; the default graph is the union of all (of a corpus: its merged view).
    ``made_of`` is the state of the corpus in whose folder the store stands.

    Raises:
        GraphError: a graph cannot be read.
        OutputError: the store cannot be written, or another load is under way.
    """
    try:
        store.mkdir(parents=True, exist_ok=True)
        with _alone(store):
            name = f"v{_last(store) + 1:06d}"
            beside = store / f".{name}.part"
            shutil.rmtree(beside, ignore_errors=True)
            try:
                loaded = _fill(beside, sources, progress, made_of)
                beside.rename(store / name)
            finally:
                shutil.rmtree(beside, ignore_errors=True)
            _point(store, name)
            remove_stale(store)
    except OSError as error:
        raise OutputError(error.filename or store, f"cannot be written: {error.strerror or error}") from error
    except sqlite3.Error as error:  # the index of names, on a disk that is full
        raise OutputError(store, f"cannot be written: {error}") from error
    return Loaded(store / name, loaded.triples, loaded.seconds, loaded.indexing)


def _fill(folder: Path, sources: Sequence[Source], progress: Progress, made_of: str) -> Loaded:
    folder.mkdir()
    (folder / "USED").touch()
    graph = Graph()
    graph.store = ox.Store(str(folder / TRIPLES))
    total = sum(source.path.stat().st_size for source in sources)
    done = 0
    started = time.perf_counter()
    for source in sources:
        before = done

        def tell(read: int, before: int = before) -> None:
            progress("loading", before + read, total)

        _load_file(graph.store, source.path, tell, folder)
        done += source.path.stat().st_size
    graph.store.flush()
    seconds = time.perf_counter() - started
    progress("loading", total, total)
    started = time.perf_counter()
    progress("indexing", 0, 1)
    bases = _bases(graph)
    search.build(graph, search.by_hash(_texts(sources)), folder / search.FILE)
    triples = _count(graph.store)
    about = {
        "triples": triples,
        "bases": bases,
        "counts": asdict(count(graph)),
        "census": asdict(census(graph)),
        MADE_OF: made_of,
    }
    (folder / ABOUT).write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    progress("indexing", 1, 1)
    return Loaded(folder, triples, seconds, time.perf_counter() - started)


def _count(store: ox.Store) -> int:
    """Return how many triples the default graph has: in the engine, four times faster than from here."""
    found: Any = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    return int(next(found)["n"].value)


def _load_file(store: ox.Store, path: Path, tell: Callable[[int], None], beside: Path) -> None:
    form = form_of(path) or ""
    try:
        with ExitStack() as stack:
            file = stack.enter_context(_opened(path))
            packed = _size(file)
            if is_packed(path):
                file = _unpacked(file, stack.enter_context(TemporaryFile(dir=beside)), path)
            size = _size(file)
            _screen(file, form, path)
            counted: Any = _Counted(file, lambda at: tell(at * packed // max(size, 1)))
            if form in ("turtle", "nt", "rdfxml"):
                store.bulk_load(counted, FORMATS[form], base_iri=DEFAULT_BASE)
            else:  # formats with named graphs
                store.bulk_extend(layered(ox.parse(counted, FORMATS[form], base_iri=DEFAULT_BASE)))
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        message = " ".join(str(error.args[0] if error.args else error).split())[:300]
        what = f"no {form} at line {line}: {message}" if line else f"no {form}: {message}"
        raise GraphError(path, what, "is it a graph that kg wrote?") from error


def _opened(path: Path) -> IO[bytes]:
    try:
        return open_file(path)
    except OSError as error:
        raise GraphError(path, f"cannot be read: {error.strerror or error}") from error


def _unpacked(file: IO[bytes], into: IO[bytes], path: Path) -> IO[bytes]:
    try:
        with gzip.GzipFile(fileobj=file, mode="rb") as content:
            shutil.copyfileobj(content, into, 1 << 20)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise GraphError(path, f"cannot be read: {error}") from error
    into.flush()
    into.seek(0)
    return into


def _size(file: IO[bytes]) -> int:
    return os.fstat(file.fileno()).st_size


def _screen(file: IO[bytes], form: str, path: Path) -> None:
    if _size(file):  # an empty file cannot be mapped
        with mmap(file.fileno(), 0, access=ACCESS_READ) as data:
            refuse_hostile(data, form, path)


class _Counted:
    """A file that tells how far it has been read."""

    def __init__(self, file: IO[bytes], tell: Callable[[int], None]) -> None:
        self.file, self.told, self._tell = file, 0, tell

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        at = self.file.tell()
        if at - self.told > 1 << 20:
            self.told = at
            self._tell(at)
        return data


def _texts(sources: Sequence[Source]) -> dict[str, str]:
    folders = dict.fromkeys(source.articles for source in sources if source.articles)
    return {str(path): text_in(path) for folder in folders for path in sorted(folder.glob("*.txt"))}


def _bases(graph: Graph) -> list[str]:
    """Return what the IRIs of the graph's nodes begin with, the most frequent first; the vocabularies' own left out."""
    counts: dict[str, int] = {}
    for quad in graph.quads(None, ox.NamedNode(RDF + "type")):
        if isinstance(quad.subject, ox.NamedNode):
            iri = quad.subject.value
            base = iri[: max(iri.rfind(mark) for mark in "#/:") + 1]
            counts[base] = counts.get(base, 0) + 1
    own = [
        base
        for base in sorted(counts, key=lambda base: (-counts[base], base))
        if base not in PREFIXES.values()
    ]
    return own[:100] or [DEFAULT_BASE]


# versions -----------------------------------------------------------------------------------------------------------


def _last(store: Path) -> int:
    numbers = [int(each.name[1:]) for each in store.glob("v[0-9]*") if each.name[1:].isdecimal()]
    return max(numbers, default=0)


def _point(store: Path, name: str) -> None:
    part = store / f"{CURRENT}.part"
    with part.open("w", encoding="ascii") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(store / CURRENT)


def remove_stale(store: Path) -> int:
    """Remove the versions of a store that are older than the current one and that nobody reads; return how many are left."""
    name = current_version(store).name
    older = [folder for folder in sorted(store.glob("v[0-9]*")) if folder.name < name]
    for folder in older:
        if _unused(folder):
            shutil.rmtree(folder, ignore_errors=True)
    return sum(folder.exists() for folder in older)


def _unused(version: Path) -> bool:
    try:
        with open_file(version / "USED") as file:
            return lock(file, shared=False)
    except OSError:
        return False


@contextmanager
def _alone(store: Path) -> Iterator[None]:
    with (store / "LOCK").open("wb") as file:
        if not lock(file, shared=False):
            raise OutputError(store, "another load into this store is under way", "wait for it to end")
        yield
