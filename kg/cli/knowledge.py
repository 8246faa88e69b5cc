"""The commands around knowledge: which patterns there are, and whether a folder of them is right."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.own import KnowledgeOption, adopt
from kg.cli.streams import print_text, tell

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands ``patterns`` and ``check``."""
    app.command()(patterns)
    app.command()(check)


def patterns(
    predicate: Annotated[
        str, typer.Option("--predicate", help="Only those of a predicate, as visited.", show_default=False)
    ] = "",
    word: Annotated[
        str,
        typer.Option(
            "--word", help="Only those with this word, and whether it is there already.", show_default=False
        ),
    ] = "",
    folder: Annotated[
        Path | None,
        typer.Option("--in", help="A folder of patterns; default: those of kg.", show_default=False),
    ] = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """List the patterns: id, kind, predicate, file, description, and the words that say it."""
    from kg.facts.catalogue import list_patterns

    adopt(knowledge)
    listed = list_patterns(predicate, word, folder)
    print_text("".join(f"{line}\n" for line in listed.lines))
    for line in listed.remarks:
        tell(line, err=True)


def check(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[DIR]",
            help="A folder of patterns and lists of words; default: the data of kg.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Check a folder of knowledge: every field, every wording that is there twice, every case."""
    from kg.facts.check import check_knowledge

    report = check_knowledge(folder)
    for problem in report.problems:
        tell(" ".join(problem.split()), err=True)
    tell(str(report))
    if report.problems:
        raise SystemExit(1)
