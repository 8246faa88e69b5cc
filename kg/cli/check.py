"""The commands that check a graph: its quotes against the texts, its shape against the model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.base.language import say, translated
from kg.cli.common import GraphOption, complain, load_graph

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands ``verify`` and ``validate``."""
    app.command()(verify)
    app.command()(validate)


def verify(
    articles: Annotated[
        list[Path] | None,
        typer.Argument(help="The texts; default: those beside the graph.", show_default=False),
    ] = None,
    graph: GraphOption = None,
) -> None:
    """Check every quote of the graph against the texts, word by word."""
    from kg.api import read_sources
    from kg.graph.verify import verify as verified

    loaded = load_graph(graph)
    texts = [article.text for article in read_sources(articles)] if articles else list(loaded.texts.values())
    report = verified(loaded.graph, texts)
    for problem in report.problems:
        typer.echo(str(problem), err=True)
    typer.echo(translated(str(report)))
    if not report.ok:
        raise SystemExit(1)


def validate(graph: GraphOption = None) -> None:
    """Check the graph against the SHACL shapes of its model."""
    from kg.graph.validate import validate as violations

    loaded = load_graph(graph)
    complain(violations(loaded.graph))
    typer.echo(say("valid: the graph keeps every rule of its model"))
