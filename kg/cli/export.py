"""The command ``kg export``: the graph in the formats of others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from kg.base.language import say
from kg.cli.common import GRAPH, GraphOption, choice, load_graph
from kg.cli.own import adopt_beside
from kg.cli.streams import print_bytes, tell
from kg.export.table import EXPORTERS, exporter, left_over, names, refuse_strangers
from kg.export.table import export as exported

__all__ = ["annotated", "register"]

_FOLDERS: Final = ", ".join(f"{each.name}: the folder ./{each.name}" for each in EXPORTERS if each.folder)
_SHOWN: Final = 5  # files that are named
_GOLD: Final = "gold"  # made of readings, not of a graph


def register(app: typer.Typer) -> None:
    """Add the command ``export``."""
    app.command()(export)


def export(
    to: Annotated[str, choice("--to", known=(*names(), _GOLD), help="The format.")],
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            help=f"The file to write; default: standard output ({_FOLDERS}).",
            show_default=False,
        ),
    ] = None,
    graph: GraphOption = None,
) -> None:
    """Hand the graph on in another format; gold: what people decided, as annotated articles (`kg score`, `kg train`)."""
    from kg.base.output import write_files

    if to == _GOLD:
        folder = out or Path(to)
        files = annotated(graph or [GRAPH.parent])
        write_files(folder, files)
        tell(say("written to {place}: {files}", place=folder, files=", ".join(files)))
        return
    files = exported(load_graph(graph, once=True).graph, to)
    if exporter(to).folder:
        folder = out or Path(to)
        refuse_strangers(to, folder, files)
        write_files(folder, files)
        tell(say("written to {place}: {files}", place=folder, files=_listed(list(files))))
        if stay := left_over(to, folder, files):
            tell(say("of an earlier export, not in this one: {files}", files=_listed(stay)), err=True)
        return
    (data,) = files.values()
    if out is None:
        print_bytes(data)
    else:
        write_files(out.parent, {out.name: data})
        tell(say("written to {place}", place=out))


def _listed(files: list[str]) -> str:
    """Return the names of files, of many the first ones and how many there are."""
    shown = ", ".join(files[:_SHOWN])
    return shown if len(files) <= _SHOWN else f"{shown} … ({len(files)})"


def annotated(graphs: list[Path]) -> dict[str, bytes]:
    """Return the annotations of the articles of a folder in which something was decided.

    Raises:
        GraphError: there are several folders, it is none that `kg build` wrote, or nothing was decided in it.
        DecisionError: the decisions cannot be read.
    """
    from kg.base.errors import GraphError
    from kg.cli.kept import readings_of
    from kg.decide.read import read_decisions
    from kg.learn.annotate import gold_files

    if len(graphs) != 1:
        raise GraphError("--to gold", "is made of one graph", "name one folder that `kg build` wrote")
    adopt_beside(graphs)
    readings, path = readings_of(graphs[0], decided=True)
    files = gold_files(readings, read_decisions(path))
    if not files:
        raise GraphError(graphs[0], "nothing was decided in its articles", "`kg review` asks")
    return files
