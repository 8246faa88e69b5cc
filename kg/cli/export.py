"""The command ``kg export``: the graph in the formats of others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from kg.base.language import say
from kg.cli.common import GraphOption, choice, load_graph
from kg.cli.streams import print_bytes, tell
from kg.export.table import EXPORTERS, exporter, names
from kg.export.table import export as exported

__all__ = ["register"]

_FOLDERS: Final = ", ".join(f"{each.name}: the folder ./{each.name}" for each in EXPORTERS if each.folder)


def register(app: typer.Typer) -> None:
    """Add the command ``export``."""
    app.command()(export)


def export(
    to: Annotated[str, choice("--to", known=names(), help="The format.")],
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
    """Hand the graph on in another format."""
    from kg.base.output import write_files

    files = exported(load_graph(graph).graph, to)
    if exporter(to).folder:
        folder = out or Path(to)
        write_files(folder, files)
        tell(say("written to {place}: {files}", place=folder, files=", ".join(files)))
        return
    (data,) = files.values()
    if out is None:
        print_bytes(data)
    else:
        write_files(out.parent, {out.name: data})
        tell(say("written to {place}", place=out))
