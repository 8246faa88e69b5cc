"""The command ``kg export``: the graph in the formats of others."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import GRAPH, GraphOption, load_graph

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command ``export``."""
    app.command()(export)


class ExportFormat(StrEnum):
    """What a graph is exported to."""

    turtle = "turtle"
    nt = "nt"
    nq = "nq"
    trig = "trig"
    jsonld = "jsonld"
    rdfxml = "rdfxml"
    graphml = "graphml"
    gexf = "gexf"
    csv = "csv"


def export(
    to: Annotated[ExportFormat, typer.Option("--to", help="The format.")],
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            help="The file to write; default: standard output (csv: the folder ./csv).",
            show_default=False,
        ),
    ] = None,
    graph: GraphOption = GRAPH,
) -> None:
    """Hand the graph on in another format."""
    from kg.base.output import write_files
    from kg.export.export import export as exported

    files = exported(load_graph(graph).graph, to.value)
    if to is ExportFormat.csv:
        folder = out or Path("csv")
        write_files(folder, files)
        typer.echo(f"written to {folder}: {', '.join(files)}")
    elif out is None:
        (data,) = files.values()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        (data,) = files.values()
        write_files(out.parent, {out.name: data})
        typer.echo(f"written to {out}")
