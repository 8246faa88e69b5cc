"""Which knowledge of the user a command goes by: the folder it names, that of the environment, or the one beside its graph."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from kg.base.overlay import NONE, VARIABLE, active, use

__all__ = ["KnowledgeOption", "adopt", "adopt_beside", "adopted_path", "at_hand", "is_of_user"]

_FOLDER: Final = "knowledge"
"""The folder beside a graph."""

KnowledgeOption = Annotated[
    Path | None,
    typer.Option(
        "--knowledge",
        metavar="DIR",
        help="Your own names, words, patterns, types and units; default: knowledge/ beside the graph.",
        show_default=False,
    ),
]


def adopt(given: Path | None, beside: Path | None = None, recorded: str = "") -> None:
    """Use the user's knowledge in this command and in all processes that it starts.

    Args:
        given: the folder that the command names.
        beside: the folder of the graph.
        recorded: what the list of a corpus says of where it lies, from the folder of the graph.

    Raises:
        ResourceError: something in it is wrong.
    """
    folder = given or _named() or _beside(beside, recorded)
    if folder is None:
        use(NONE)
        return
    from kg.base.own_files import load_overlay

    use(load_overlay(folder))
    from kg.facts.pattern import load_patterns

    load_patterns()  # what is wrong in one is told before anything is read


def adopt_beside(paths: Sequence[Path]) -> None:
    """Use the knowledge that lies beside the graph that a command asks, or where the list of its articles says.

    Raises:
        ResourceError: something in it is wrong.
    """
    for path in paths:
        folder = path if path.is_dir() else path.parent
        recorded = _recorded(folder)
        if _named() or _beside(folder, recorded):
            adopt(None, folder, recorded)
            return
    use(NONE)


def at_hand(folder: Path) -> Path | None:
    """Return the knowledge that the environment names, or that lies beside a graph, None for none."""
    return _named() or _beside(folder, "")


def is_of_user(folder: Path) -> bool:
    """Say whether a folder is one of a user's knowledge, and no copy of kg's data, nor only patterns."""
    if (folder / "language").is_dir():
        return False
    return any(
        (folder / name).exists()
        for name in ("names.csv", "not_names.txt", "lists", "schema.toml", "units.toml")
    )


def adopted_path(out: Path) -> str:
    """Return where the knowledge in use lies, from a folder of a graph; "" for the one beside it, or none."""
    folder = active().folder
    if folder is None or folder.resolve() == (out / _FOLDER).resolve():
        return ""
    try:
        return Path(os.path.relpath(folder.resolve(), out.resolve())).as_posix()
    except ValueError:  # another drive
        return folder.resolve().as_posix()


def _named() -> Path | None:
    named = os.environ.get(VARIABLE)
    return Path(named) if named else None


def _beside(folder: Path | None, recorded: str) -> Path | None:
    if folder is None:
        return None
    for name in (_FOLDER, *filter(None, [recorded])):
        if (folder / name).is_dir():
            return folder / name
    return None


def _recorded(folder: Path) -> str:
    """Return where the list of a corpus says that its knowledge lies, "" where it says nothing."""
    from kg.base.errors import GraphError
    from kg.base.home import MANIFEST

    if not (folder / MANIFEST).is_file():
        return ""
    from kg.corpus.manifest import Manifest

    try:
        found = Manifest.of(folder)
    except GraphError:  # whoever needs it will say it
        return ""
    return found.options.knowledge if found else ""
