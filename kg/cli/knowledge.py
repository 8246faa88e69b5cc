"""The commands around knowledge: which patterns there are, and whether a folder of them is right."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import GRAPH
from kg.cli.own import KnowledgeOption, adopt, at_hand, is_of_user
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
    knowledge: KnowledgeOption = None,
) -> None:
    """Check a folder of knowledge: every field, every wording that is there twice, every case, of questions too."""
    from kg.facts.check import check_knowledge, check_of_user

    given = knowledge or (folder if folder and is_of_user(folder) else None)
    reports = [] if given else [check_knowledge(folder)]
    own = given or (None if folder else at_hand(GRAPH.parent))
    if own:
        reports.append(check_of_user(own))
    for report in reports:
        for problem in report.problems:
            tell(" ".join(problem.split()), err=True)
    for report, place in zip(reports, ([own] if given else [None, own]), strict=False):
        tell(f"{place}: {report}" if place else str(report))
    wrong = False if given else _check_questions(folder)
    if wrong or any(report.problems for report in reports):
        raise SystemExit(1)


def _check_questions(folder: Path | None) -> bool:
    """Check the kinds of questions of kg, or of a folder that has some, and say whether any is wrong."""
    from kg.questions.check import check_questions
    from kg.questions.grammar import FOLDER

    if folder is not None and not (folder / FOLDER).is_dir():
        return False
    line, wrong = check_questions(folder / FOLDER if folder else None)
    for problem in wrong:
        tell(" ".join(problem.split()), err=True)
    tell(line)
    return bool(wrong)
