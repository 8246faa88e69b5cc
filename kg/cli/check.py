"""The commands that check a graph: all it says against the texts, its shape against the model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from kg.base.language import say, translated
from kg.cli.common import GRAPH, GraphOption, complain, load_graph
from kg.cli.decisions import tell_unwritten
from kg.cli.streams import tell
from kg.cli.writing import progress

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands ``verify`` and ``validate``."""
    app.command()(verify)
    app.command()(validate)


def verify(
    articles: Annotated[
        list[Path] | None,
        typer.Argument(
            help="The texts, or the documents they were read from; default: the texts beside the graph.",
            show_default=False,
        ),
    ] = None,
    graph: GraphOption = None,
) -> None:
    """Prove the graph by the texts: every quote, fact, figure and date, and that nothing else is in it."""
    from kg.api import read_sources
    from kg.corpus.proof import verify_corpus
    from kg.graph.masked import masked_again
    from kg.graph.proof.leaf import prove_documents

    loaded = load_graph(graph, once=True)
    own = read_sources(articles) if articles else []
    texts = [article.text for article in own] or list(loaded.texts.values())
    texts, remarks = masked_again(loaded.graph, texts)
    for name, kinds, given in remarks:
        tell(_remark(name, kinds, given=given), err=True)
    report = verify_corpus(loaded.graph, texts)
    report = replace(report, problems=(*report.problems, *prove_documents(loaded.graph, own)))
    for problem in report.problems:
        tell(f"{problem.about}{translated(problem.what)}; {translated(problem.mend)}", err=True)
    told = tell_unwritten(loaded.graph, graph or [GRAPH.parent])
    tell(translated(str(report)))
    if not report.ok or told:
        raise SystemExit(1)


def _remark(name: str, kinds: str, *, given: bool) -> str:
    """Return what to know of an article whose personal data were masked."""
    if given:
        return say(
            "kg: {name}: the text given is the one before {kinds} were masked; its masked form is compared",
            name=name,
            kinds=kinds,
        )
    return say(
        "kg: {name}: {kinds} were masked before it was read; give the masked text, or the one it was read from",
        name=name,
        kinds=kinds,
    )


def validate(graph: GraphOption = None) -> None:
    """Check the graph against the SHACL shapes of its model."""
    from kg.graph.validate import validate as violations

    loaded = load_graph(graph, once=True)
    with progress(0) as step:
        broken = violations(loaded.graph, step=lambda done, every: step("validation", done, every))
    complain(broken)
    tell(say("valid: the graph keeps every rule of its model"))
