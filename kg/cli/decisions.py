"""What the commands that write a graph share about decisions: where they stand, and what became of them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.base.errors import DecisionError
from kg.base.home import DECIDED, MERGED
from kg.base.language import language, say
from kg.cli.common import GRAPH
from kg.cli.streams import tell

if TYPE_CHECKING:
    from kg.corpus.folder import Decisions, Outcome
    from kg.decide.model import Decision
    from kg.decide.write import Appended
    from kg.graph.store import Graph

__all__ = [
    "DecisionsOption",
    "decisions_beside",
    "decisions_file",
    "decisions_of",
    "decisions_path",
    "recorded_path",
    "tell_decided",
    "tell_next",
    "tell_replaced",
    "tell_unwritten",
]

FILE: Final = DECIDED[0]

DecisionsOption = Annotated[
    Path | None,
    typer.Option(
        "--decisions",
        metavar="FILE",
        help="What people decided of what is read; default: decisions.toml in the folder, where there is one.",
        show_default=False,
    ),
]

_SHOWN: Final = 10
"""Decisions that a message names."""


def decisions_path(folder: Path, given: Path | None = None, recorded: str = "") -> Path:
    """Return where the decisions about a graph stand: where the command says, or where its build found them, else beside it."""
    if given is not None:
        return given
    return folder / recorded if recorded else folder / FILE


def decisions_file(folder: Path) -> Path:
    """Return where the decisions about a graph stand.

    Raises:
        GraphError: the folder holds no graph that `kg build` wrote.
    """
    from kg.corpus.manifest import Manifest

    return decisions_path(folder, None, Manifest.demand(folder).options.decisions)


def recorded_path(folder: Path, given: Path | None) -> str:
    """Return where a file of decisions lies, from the folder of a graph; "" for the one in it."""
    if given is None or given.resolve() == (folder / FILE).resolve():
        return ""
    try:
        return Path(os.path.relpath(given.resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive
        return given.resolve().as_posix()


def decisions_of(folder: Path, given: Path | None = None, recorded: str = "") -> Decisions | None:
    """Return the decisions for the graph of a folder; None where there are none, and nothing is loaded for them.

    Raises:
        DecisionError: the file is missing, does not hold what it should, or contradicts itself.
    """
    path = decisions_path(folder, given, recorded)
    if not path.exists():
        if given is not None or recorded:
            raise DecisionError(path, "no such file of decisions", "name another with --decisions")
        return None
    from kg.corpus.folder import Decisions
    from kg.decide.read import read_decisions
    from kg.decide.standing import check, unknown_withdrawals

    every = read_decisions(path)
    check(every, path)
    for each in unknown_withdrawals(every):
        message = say("kg: {path}:{line}: {id} withdraws {of}, which is not there", path=path, line=each.line, id=each.id, of=each.of)  # fmt: skip
        tell(message, err=True)
    return Decisions(every, path) if every else None


def tell_decided(outcome: Outcome) -> None:
    """Say how many decisions do something, and name those that were found to be about nothing."""
    deciding = outcome.deciding
    if deciding is None or not deciding:
        return
    tell(say("decisions applied: {done}", done=deciding.done))
    whys: dict[str, list[Decision]] = {}
    for each in deciding.missing():
        whys.setdefault(deciding.why(each), []).append(each)
    for why, these in whys.items():
        tell(
            say(
                "kg: decisions that do nothing here, kept all the same ({why}): {many}: {listed}",
                why=say(why),
                many=len(these),
                listed=_listed(these),
            ),
            err=True,
        )


def tell_next(folder: Path) -> None:
    """Say which command does to a graph what was decided."""
    option = "" if folder == GRAPH.parent else f" -g {folder}"
    tell(say("next: {commands}", commands=f"kg decide{option}"))


def tell_replaced(done: Appended) -> None:
    """Say which decisions were withdrawn for another answer to their question."""
    for before, now in done.replaced:
        tell(say("  {now} takes the place of {before}, which is withdrawn", now=now, before=before))


def tell_unwritten(graph: Graph, paths: Sequence[Path]) -> int:
    """Name the decisions that a graph is made by and that no file has any more; return how many.

    A graph that was taken away from its file of decisions is held to their own wording only.
    """
    from kg.graph.vocabulary import KG, RDF

    nodes = graph.sources(KG + "Decision", RDF + "type")
    if not nodes:
        return 0
    from kg.decide.read import read_decisions
    from kg.decide.standing import standing
    from kg.decide.write import toml_of

    files = [path for each in paths if (path := _beside(each)).exists()]
    if not files:
        tell(say("kg: the graph was decided about, and the file of the decisions is not beside it"), err=True)
        return 0
    written = {toml_of(each) for path in files for each in standing(read_decisions(path))}
    lost = [node for node in nodes if not written.issuperset(graph.values(node, KG + "wording"))]
    for node in lost:
        tell(
            say(
                "{what}: was decided, and {path} does not say so; kg decide takes it back",
                what=graph.label(node),
                path=files[0],
            ),
            err=True,
        )
    return len(lost)


def decisions_beside(paths: Sequence[Path] | None) -> tuple[Decision, ...]:
    """Return the decisions that stand beside graphs, the one of this folder by default."""
    from kg.decide.read import read_decisions

    return tuple(
        each for path in paths or [GRAPH.parent] if path.exists() for each in read_decisions(_beside(path))
    )


def _beside(path: Path) -> Path:
    """Return where the decisions about a graph stand, by where it stands itself."""
    from kg.corpus.manifest import Manifest

    folder = path if path.is_dir() else path.parent.parent if path.parent.name == MERGED else path.parent
    manifest = Manifest.of(folder)
    return decisions_path(folder, None, manifest.options.decisions if manifest is not None else "")


def _listed(decisions: Sequence[Decision]) -> str:
    comma = "、" if language() == "zh" else ", "
    shown = [say("{id} (line {line})", id=each.id, line=each.line) for each in decisions[:_SHOWN]]
    return comma.join(shown) + (" ..." if len(decisions) > _SHOWN else "")
