"""The commands by which people decide: same, apart, confirm, reject, undo, and ``kg decide``, which does it to the graph."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.base.errors import DecisionError
from kg.base.language import say
from kg.cli.common import GRAPH
from kg.cli.corpus import rebuild
from kg.cli.decisions import decisions_file, tell_next, tell_replaced
from kg.cli.own import adopt_beside
from kg.cli.streams import tell
from kg.cli.writing import JobsOption, ValidateOption

if TYPE_CHECKING:
    from kg.decide.model import Decision, Verdict
    from kg.graph.store import Graph

__all__ = ["register"]

FolderOption = Annotated[
    Path,
    typer.Option(
        "-g", "--graph", help="The folder of the graph that is decided about, as `kg build` wrote it."
    ),
]
ByOption = Annotated[str, typer.Option("--by", help="Who decides.")]
NoteOption = Annotated[str, typer.Option("--note", help="Why.")]
RebuildOption = Annotated[
    bool, typer.Option("--rebuild", help="Do it to the graph at once, as `kg decide` does.")
]
ThingArgument = Annotated[
    str, typer.Argument(metavar="A", help="A name, an IRI, or NAME@ARTICLE: what one article means by it.")
]
OtherArgument = Annotated[str, typer.Argument(metavar="B", help="The other one.")]
FactArgument = Annotated[str, typer.Argument(metavar="FACT", help="The label or IRI of a fact or figure.")]


def register(app: typer.Typer) -> None:
    """Add the commands ``same``, ``apart``, ``confirm``, ``reject``, ``undo`` and ``decide``."""
    for command in (same, apart, confirm, reject, undo, decide):
        app.command()(command)


def same(
    a: ThingArgument,
    b: OtherArgument,
    graph: FolderOption = GRAPH.parent,
    by: ByOption = "",
    note: NoteOption = "",
    rebuild: RebuildOption = False,
) -> None:
    """Decide that two entities are one thing, in one article or in two."""
    _decide(graph, [_pair(graph, "same", a, b)], by, note, at_once=rebuild)


def apart(
    a: ThingArgument,
    b: Annotated[
        str,
        typer.Argument(metavar="[B]", help="The other one; without it, the name by itself joins nothing."),
    ] = "",
    kind: Annotated[
        str, typer.Option("--type", help="The type of what bears the name, as Person.", show_default=False)
    ] = "",
    graph: FolderOption = GRAPH.parent,
    by: ByOption = "",
    note: NoteOption = "",
    rebuild: RebuildOption = False,
) -> None:
    """Decide that two entities are never one thing; or, with a name and --type, that the name alone joins nothing."""
    from kg.decide.model import Decision

    if bool(b) == bool(kind):
        raise typer.BadParameter(say("give another entity, or --type"), param_hint="B")
    adopt_beside([graph])
    decision = _pair(graph, "apart", a, b) if b else Decision("", "apart", words=a, type=_known(kind))
    _decide(graph, [decision], by, note, at_once=rebuild)


def confirm(
    fact: FactArgument,
    graph: FolderOption = GRAPH.parent,
    by: ByOption = "",
    note: NoteOption = "",
    rebuild: RebuildOption = False,
) -> None:
    """Decide that a fact or figure is right."""
    _decide(graph, _statements(graph, "confirm", fact, by), by, note, at_once=rebuild)


def reject(
    fact: FactArgument,
    graph: FolderOption = GRAPH.parent,
    by: ByOption = "",
    note: NoteOption = "",
    rebuild: RebuildOption = False,
) -> None:
    """Decide that a fact or figure is wrong: it is gone."""
    _decide(graph, _statements(graph, "reject", fact, by), by, note, at_once=rebuild)


def undo(
    ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Ids of decisions, as decisions.toml has them.")
    ],
    graph: FolderOption = GRAPH.parent,
    by: ByOption = "",
    note: NoteOption = "",
    rebuild: RebuildOption = False,
) -> None:
    """Take decisions back: the graph is as if they had never been taken."""
    from kg.decide.model import Decision
    from kg.decide.read import read_decisions

    path = decisions_file(graph)
    adopt_beside([graph])
    known = {each.id for each in read_decisions(path)}
    for name in ids:
        if name not in known:
            raise DecisionError(path, f"has no decision {name!r}", "the ids stand in the file")
    _decide(graph, [Decision("", "withdraw", of=name) for name in ids], by, note, at_once=rebuild)


def decide(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE]...",
            help="Files of decisions, as the page gives them, to take over into decisions.toml beside the graph.",
            show_default=False,
        ),
    ] = None,
    graph: FolderOption = GRAPH.parent,
    take_over_only: Annotated[
        bool, typer.Option("--no-rebuild", help="Only take the decisions over; the graph stays as it is.")
    ] = False,
    jobs: JobsOption = None,
    validate: ValidateOption = None,
) -> None:
    """Do to the graph what people decided, after taking over what FILE holds; nothing is read again."""
    path = decisions_file(graph)
    adopt_beside([graph])
    for file in files or []:
        _take_over(file, path)
    if not take_over_only:
        rebuild(graph, jobs, validate)


def _take_over(file: Path, path: Path) -> None:
    from kg.decide.read import read_decisions
    from kg.decide.write import append

    if not file.exists():
        raise DecisionError(file, "no such file of decisions")
    done = append(path, read_decisions(file))
    tell(
        say(
            "{file}: decisions taken over into {path}: {new}, there already: {known}",
            file=file,
            new=len(done.written),
            path=path,
            known=len(done.known),
        )
    )
    for before, now in done.renamed:
        tell(say("  {before} was taken: it is {now} now", before=before, now=now))
    tell_replaced(done)


def _decide(folder: Path, decisions: Sequence[Decision], by: str, note: str, *, at_once: bool) -> None:
    """Write decisions down, say so, and do them to the graph if that is wanted."""
    from dataclasses import replace

    from kg.decide.told import says
    from kg.decide.write import append

    path = decisions_file(folder)
    today = date.today()  # noqa: DTZ011 - the day where the one who decides is
    new = [each if each.id else replace(each, by=by, note=note, on=today) for each in decisions]
    done = append(path, new)
    for each in done.written:
        tell(say("{id} written to {path}: {what}", id=each.id, path=path, what=says(each)))
    tell_replaced(done)
    for each in done.known:
        tell(say("{id} says so already: {what}", id=each.id, what=says(each)))
    if at_once:
        rebuild(folder)
    elif done.written:
        tell_next(folder)


def _graph(folder: Path) -> Graph:
    from kg.cli.common import load_graph

    decisions_file(folder)
    return load_graph([folder], once=True).graph


def _pair(folder: Path, verdict: Verdict, a: str, b: str) -> Decision:
    from kg.decide.model import Decision
    from kg.decide.read import read_decisions
    from kg.decide.standing import standing
    from kg.graph.anchor import thing_anchor
    from kg.graph.effect import demand_effect

    graph = _graph(folder)
    one, other = thing_anchor(graph, a), thing_anchor(graph, b)
    if one == other:
        hint = "what is to fall apart is chosen on the page, by its mentions; or NAME@ARTICLE"
        raise DecisionError(f"{a} - {b}", "are one thing already", "" if verdict == "same" else hint)
    decision = Decision("", verdict, a=one, b=other)
    demand_effect(graph, [decision], standing(read_decisions(decisions_file(folder))))
    if verdict == "same" and one.type != other.type:
        message = (
            "kg: {a} is {kind} and {b} is {other}: as one thing they are of the type that is named most often"
        )
        tell(say(message, a=a, kind=one.type, b=b, other=other.type), err=True)
    return decision


def _statements(folder: Path, verdict: Verdict, term: str, by: str) -> tuple[Decision, ...]:
    from kg.graph.anew import statement_decisions

    return statement_decisions(_graph(folder), term, verdict, by)


def _known(kind: str) -> str:
    from kg.base.schema import schema

    if kind not in schema().types:
        listed = " ".join(schema().types)
        raise typer.BadParameter(say("give one of {known}", known=listed), param_hint="--type")
    return kind
