"""The store in the folder of a corpus of many articles, so that nobody who asks it has to read its graph file.

Made by the first who asks after each change, beside the one before, and swapped in whole; whoever cannot have one, as the
folder may not be written to or another process makes it just now, reads the file. It may be deleted at any time.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.base.errors import KgError
from kg.base.home import STORE
from kg.base.swap import settle
from kg.graph.disk import is_large, state_of, store_of

__all__ = ["ready_store"]

Progress = Callable[[str, int, int], None]


def ready_store(folder: Path, progress: Callable[[], Progress]) -> Path | None:
    """Return the store of the graph that a folder has now, made where there is none; None where that cannot be.

    Args:
        folder: that of a corpus.
        progress: called where one is to be made; returns what is told how far that is.
    """
    if not is_large(folder):
        return None
    settle(folder)
    if (store := store_of(folder)) is not None:
        return store
    from kg.serve.bulk_load import find_sources
    from kg.serve.loading import load_apart

    try:
        load_apart(find_sources([folder]), folder / STORE, progress(), state_of(folder))
    except KgError:  # whoever reads the file instead is told what is wrong with it
        return None
    return store_of(folder)
