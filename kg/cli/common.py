"""What the commands share: the graph they ask, and how they print."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from kg.base.errors import KgError
from kg.base.home import graph_file
from kg.cli.own import adopt_beside
from kg.cli.streams import tell

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph
    from kg.graph.validate import Violation

__all__ = ["GRAPH", "GraphOption", "choice", "complain", "load_graph"]

GRAPH: Final = Path("out/graph.ttl")
"""Where ``kg build`` leaves its graph, and where the other commands look for it."""

GraphOption = Annotated[
    list[Path] | None,
    typer.Option(
        "-g",
        "--graph",
        help="The graph to ask: a file, a folder that `kg build` made, or a store that `kg load` made; several are one graph. Default: out.",
        show_default=False,
    ),
]


def choice(*declarations: str, known: Sequence[str], help: str) -> Any:  # noqa: A002, ANN401 - as typer has them
    """Return an option that takes one of the words of a table; its help lists them."""

    def checked(value: str | None) -> str | None:
        if value is not None and value not in known:
            listed = ", ".join(f"'{word}'" for word in known)
            raise typer.BadParameter(f"'{value}' is not one of {listed}.")
        return value

    def begun(incomplete: str) -> list[str]:
        return [word for word in known if word.startswith(incomplete)]

    metavar = f"[{'|'.join(known)}]"
    return typer.Option(*declarations, metavar=metavar, callback=checked, autocompletion=begun, help=help)


def load_graph(paths: Sequence[Path] | None, *, once: bool = False) -> KnowledgeGraph:
    """Return the graph of files, folders and stores, by default the one that ``kg build`` left here.

    Args:
        paths: where they are.
        once: whether all of it is gone through, or changed next: then no store is made of a large one for later questions.

    Raises:
        KgError: there is none, or it cannot be read.
    """
    from kg.api import load
    from kg.cli.stored import made_ready

    default = GRAPH.parent if graph_file(GRAPH.parent).exists() else GRAPH
    for path in paths or [default]:
        if not path.exists():
            hint = "name a graph with -g" if paths else "run `kg build` first"
            raise KgError(path, "no such graph", hint)
    adopt_beside(paths or [default])
    if not once and len(paths or [default]) == 1:
        made_ready((paths or [default])[0])
    return load(*(paths or [default]))


def complain(problems: Sequence[Violation]) -> None:
    """Tell what breaks a rule of the model, and end with status 1 if anything does."""
    for problem in problems:
        tell(str(problem), err=True)
    if problems:
        raise SystemExit(1)
