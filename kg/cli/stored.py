"""Graphs as the store that a server answers from, and the bar that shows how far it is."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.base.errors import GraphError
from kg.base.language import say
from kg.cli.streams import tell

if TYPE_CHECKING:
    from kg.serve.bulk_load import Source

__all__ = ["bar", "demand", "made_ready", "stored"]


def demand(graphs: list[Path]) -> None:
    """Demand that there are such files or folders.

    Raises:
        GraphError: one is missing.
    """
    for path in graphs:
        if not path.exists():
            raise GraphError(path, "no such file or folder", "`kg build` makes one")


@contextlib.contextmanager
def stored(graphs: list[Path]) -> Iterator[tuple[Path, Callable[[], bool]]]:
    """Yield the store to serve, and what looks whether the files it was made from have changed."""
    from kg.serve.bulk_load import find_sources, is_store
    from kg.serve.loading import load_apart
    from kg.serve.temporary import own_folder

    stores = [path for path in graphs if is_store(path)]
    if stores and len(graphs) > 1:
        raise GraphError(stores[0], "a store is served alone", "load all into one store: kg load GRAPH...")
    if stores:
        yield stores[0], lambda: False
        return
    demand(graphs)
    if len(graphs) == 1 and (kept := made_ready(graphs[0])) is not None:
        yield kept, _renewed(graphs[0])
        return
    sources = find_sources(graphs)
    with own_folder() as folder:
        store = folder / "store"
        seen = _signature(sources)
        with bar() as progress:
            load_apart(sources, store, progress)

        def refresh() -> bool:
            nonlocal seen
            now = _signature(sources)
            if now == seen or None in now:
                return False
            seen = now
            load_apart(sources, store)
            return True

        yield store, refresh


def made_ready(folder: Path) -> Path | None:
    """Return the store in the folder of a corpus of many articles, made where it is missing or the corpus has changed.

    None: it has none, and the file of its graph is read.
    """
    from kg.serve.corpus_store import ready_store

    with contextlib.ExitStack() as stack:

        def begin() -> Callable[[str, int, int], None]:
            tell(say("kg: {folder} is put into a store, once after each change", folder=folder), err=True)
            return stack.enter_context(bar())

        return ready_store(folder, begin)


def _renewed(folder: Path) -> Callable[[], bool]:
    """Return what makes the store in the folder of a corpus anew where the corpus has changed, and says whether it did."""
    from kg.graph.disk import state_of
    from kg.serve.corpus_store import ready_store

    seen = state_of(folder)

    def refresh() -> bool:
        nonlocal seen
        now = state_of(folder)
        if now in ("", seen) or ready_store(folder, lambda: lambda _step, _done, _all: None) is None:
            return False
        seen = now
        return True

    return refresh


def _signature(sources: list[Source]) -> list[tuple[int, int] | None]:
    found: list[tuple[int, int] | None] = []
    for source in sources:
        try:
            about = source.path.stat()
        except OSError:  # being replaced
            found.append(None)
        else:
            found.append((about.st_mtime_ns, about.st_size))
    return found


@contextlib.contextmanager
def bar() -> Iterator[Callable[[str, int, int], None]]:
    """Yield what shows on standard error how far a load is."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        tasks: dict[str, int] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = progress.add_task(say(step), total=max(total, 1))
            progress.update(tasks[step], completed=done)  # type: ignore[arg-type]

        yield show
