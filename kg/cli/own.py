"""Which knowledge of the user a command goes by: the folder it names, that of the environment, or the one beside its graph."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from kg.base.overlay import NONE, VARIABLE, active, use

__all__ = ["KnowledgeOption", "adopt", "adopt_beside", "adopted_path", "at_hand", "is_of_user"]

KnowledgeOption = Annotated[
    Path | None,
    typer.Option(
        "--knowledge",
        metavar="DIR",
        help="Your own names, words, patterns, types and units; default: knowledge/ beside the graph.",
        show_default=False,
    ),
]

_BESIDE: Final = "knowledge"
_OF_USER: Final = ("names.csv", "not_names.txt", "lists", "schema.toml", "units.toml")


def adopt(given: Path | None, beside: Path | None = None) -> None:
    """Use the user's knowledge in this command and in all processes that it starts.

    Args:
        given: the folder that the command names.
        beside: the folder of the graph that is built.

    Raises:
        ResourceError: something in it is wrong.
    """
    own = beside / _BESIDE if beside and (beside / _BESIDE).is_dir() else None
    _use(given or _named() or own)


def adopt_beside(paths: Sequence[Path]) -> None:
    """Use the knowledge that goes with the graph that a command asks.

    Raises:
        ResourceError: something in it is wrong.
    """
    _use(_named() or next(filter(None, map(_going_with, paths)), None))


def adopted_path(out: Path) -> str:
    """Return where the knowledge in use lies, from a folder of a graph; "" for the one beside it, or none."""
    folder = active().folder
    if folder is None or folder.resolve() == (out / _BESIDE).resolve():
        return ""
    try:
        return Path(os.path.relpath(folder.resolve(), out.resolve())).as_posix()
    except ValueError:  # another drive
        return folder.resolve().as_posix()


def at_hand(folder: Path) -> Path | None:
    """Return the knowledge that the environment names, or that goes with the graph in a folder, None for none."""
    return _named() or _going_with(folder)


def is_of_user(folder: Path) -> bool:
    """Say whether a folder is one of a user's knowledge, and no copy of kg's data, nor only patterns."""
    return not (folder / "language").is_dir() and any((folder / name).exists() for name in _OF_USER)


def _use(folder: Path | None) -> None:
    if folder is None:
        use(NONE)
        return
    from kg.base.own_files import load_overlay

    use(load_overlay(folder))
    if active().patterns:
        from kg.facts.pattern import load_patterns

        load_patterns()  # what is wrong in one is told before anything is read


def _going_with(path: Path) -> Path | None:
    from kg.corpus.beside import knowledge_of

    return knowledge_of(path if path.is_dir() else path.parent)


def _named() -> Path | None:
    named = os.environ.get(VARIABLE)
    return Path(named) if named else None
