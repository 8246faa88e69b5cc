"""The command ``kg dossier``: all that many articles say about one thing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from kg.base.language import say
from kg.cli.common import GraphOption, choice, load_graph
from kg.cli.streams import print_text, tell

__all__ = ["register"]

_FORMS: Final = ("text", "markdown", "html")


def register(app: typer.Typer) -> None:
    """Add the command ``dossier``."""
    app.command()(dossier)


def dossier(
    name: Annotated[str, typer.Argument(help="A name or IRI of an entity.")],
    graph: GraphOption = None,
    form: Annotated[str, choice("-f", "--format", known=_FORMS, help="How the dossier is written.")] = _FORMS[
        0
    ],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="The file to write; default: standard output.", show_default=False),
    ] = None,
) -> None:
    """Tell all about one thing: its names, why it is one, its timeline with sources, posts, figures, namesakes."""
    from kg.base.output import write_files
    from kg.view.dossier import dossiers
    from kg.view.dossier_text import written

    text = written(dossiers(load_graph(graph).graph, name), form)
    if out is None:
        print_text(text, data=form != "text")
    else:
        write_files(out.parent, {out.name: text.encode()})
        tell(say("written to {place}", place=out))
