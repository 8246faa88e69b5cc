"""A store that ``kg load`` made, as those see it that read it: its current version, its graph, the texts in its search index.

``kg.serve.bulk_load`` says what stands where in it, and makes it.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import IO, Final

import pyoxigraph as ox

from kg.base.errors import GraphError
from kg.base.home import MANIFEST, MERGED, QUADS, STORE, TEXTS
from kg.base.intake import LARGEST_GRAPH, LARGEST_TEXT, open_file, read_file, read_text
from kg.graph.store import Graph

__all__ = [
    "ABOUT",
    "CURRENT",
    "MADE_OF",
    "SEARCH",
    "TRIPLES",
    "current_version",
    "forget_store",
    "is_large",
    "is_store",
    "lock",
    "named_apart",
    "open_store",
    "state_of",
    "store_of",
    "text_in",
    "texts_beside",
    "use",
]

CURRENT: Final = "CURRENT"
TRIPLES: Final = "triples"
ABOUT: Final = "about.json"
SEARCH: Final = "search.sqlite"
MADE_OF: Final = "made_of"
"""What a store that stands in the folder of a corpus says of it: the state of which it was made."""

LARGE: Final = 6 << 20
"""Bytes of a packed graph from which on a corpus is kept in a store too: those of about 500 news articles."""

_held: Final = ExitStack()
"""Keeps the versions that this process reads from being removed until it ends."""

atexit.register(_held.close)


def is_store(path: Path) -> bool:
    """Say whether a folder is a store that ``load_store`` made."""
    return (path / CURRENT).is_file()


def is_large(folder: Path) -> bool:
    """Say whether a folder has a graph of many articles, which takes long to read."""
    try:
        return (folder / QUADS).stat().st_size >= LARGE
    except OSError:
        return False


def forget_store(folder: Path) -> None:
    """Remove the store of what the corpus in a folder was, where it needs none any more; whoever reads it, reads on."""
    store = folder / STORE
    if not is_large(folder) and is_store(store) and _made_of(store):
        shutil.rmtree(store, ignore_errors=True)


def _made_of(store: Path) -> str:
    try:
        about = json.loads(read_text(current_version(store) / ABOUT))
        return str(about.get(MADE_OF, ""))
    except (OSError, ValueError, AttributeError, GraphError):
        return ""


def state_of(folder: Path) -> str:
    """Return what tells the graph of a corpus from all others that its folder had or will have, "" where it has none."""
    try:
        listing = hashlib.sha256(read_file(folder / MANIFEST, LARGEST_GRAPH)).hexdigest()
        about = (folder / QUADS).stat()
    except OSError:
        return ""
    return f"{listing} {about.st_size} {about.st_mtime_ns} {about.st_ctime_ns}"


def store_of(folder: Path) -> Path | None:
    """Return the store in the folder of a corpus, None where there is none, or one of what the corpus was before."""
    store = folder / STORE
    made_of = _made_of(store) if is_store(store) else ""
    return store if made_of and made_of == state_of(folder) else None


def current_version(store: Path) -> Path:
    """Return the folder of the version to read.

    Raises:
        GraphError: there is none.
    """
    try:
        name = read_text(store / CURRENT, 1 << 10, "ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise GraphError(store, "no store", "make one: kg load GRAPH... --store STORE") from error
    folder = store / Path(name).name
    if not (folder / ABOUT).is_file():
        raise GraphError(store, f"its version {name} is missing", "load it again")
    return folder


def open_store(store: Path) -> tuple[Graph, dict[str, str]]:
    """Return the graph of a store, opened for reading, and the texts of its articles by name, as far as it has them.

    Raises:
        GraphError: there is none, or it cannot be opened.
    """
    folder = current_version(store)
    try:
        _held.enter_context(use(folder))
        about = json.loads(read_text(folder / ABOUT))
        graph = Graph(about["bases"][0])
        graph.place = folder / TRIPLES
        graph.store = ox.Store.read_only(str(graph.place))
        with closing(sqlite3.connect(f"{(folder / SEARCH).resolve().as_uri()}?mode=ro", uri=True)) as index:
            texts = index.execute(
                "SELECT name, text FROM article WHERE text <> '' ORDER BY name, iri"
            ).fetchall()
    except (OSError, ValueError, KeyError, IndexError, sqlite3.Error) as error:
        raise GraphError(store, f"cannot be opened: {error}", "load it again") from error
    return graph, named_apart(texts)


def named_apart(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return texts by the names of their articles; of two with one name, the second gets a number."""
    found: dict[str, str] = {}
    for name, text in texts:
        own, number = name, 1
        while found.get(own, text) != text:
            number += 1
            own = f"{name}-{number}"
        found[own] = text
    return found


def text_in(path: Path) -> str:
    """Return the text of an article in a file that stands beside its graph.

    Raises:
        GraphError: it is no file, or too large for a text.
    """
    try:
        return read_file(path, LARGEST_TEXT).decode("utf-8", "replace")
    except OSError as error:
        raise GraphError(path, f"cannot be read: {error.strerror or error}") from error


def use(version: Path) -> IO[bytes]:
    """Keep a version from being removed until the file that this returns is closed, or its process ends."""
    file = open_file(version / "USED")
    lock(file, shared=True)
    return file


def lock(file: IO[bytes], *, shared: bool) -> bool:
    """Lock a file until it is closed, without waiting; where the system has no such locks, say it is taken if shared."""
    try:
        import fcntl
    except ImportError:  # Windows: versions stay until they are removed by hand
        return not file.name.endswith("USED")
    try:
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def texts_beside(path: Path) -> dict[str, str]:
    """Return the texts that ``kg build`` wrote beside a graph, by name.

    Raises:
        GraphError: one of them is no file, or too large for a text.
    """
    folder = path.parent.parent if path.parent.name == MERGED else path.parent
    texts = sorted((folder / TEXTS).glob("*.txt"))
    return {text.stem: text_in(text) for text in texts}
