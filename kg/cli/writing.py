"""What the commands that write a corpus share: what they load, how far they are, what they have written."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from kg.base.errors import KgError, SourceError
from kg.base.language import language, say
from kg.cli.common import GRAPH, complain
from kg.cli.decisions import tell_decided
from kg.cli.personal import without
from kg.cli.sources import SKIPPED, skipped_lines, tell_of_sources
from kg.cli.streams import tell

if TYPE_CHECKING:
    from kg.corpus.folder import Job, Outcome
    from kg.corpus.listing import Listing, Options
    from kg.graph.store import Graph
    from kg.graph.validate import Violation
    from kg.graph.validation import Validation
    from kg.text.gather import Found

__all__ = [
    "JobsOption",
    "StrictOption",
    "ValidateOption",
    "Written",
    "checker",
    "conclude",
    "load_ahead",
    "progress",
    "summarize",
    "tell_change",
    "tell_nothing",
    "write_validated",
]

ValidateOption = Annotated[
    bool | None,
    typer.Option(
        "--validate/--no-validate",
        help="Check the graph against the shapes of its model; default: up to 500 articles.",
        show_default=False,
    ),
]
StrictOption = Annotated[
    bool,
    typer.Option("--strict", help="Stop at the first source that cannot be read, and write nothing."),
]
JobsOption = Annotated[
    int | None,
    typer.Option(
        "-j",
        "--jobs",
        min=1,
        help="Processes that read; default: one for each processor where there is much to read.",
        show_default=False,
    ),
]

_SHOWN: Final = 10
"""Articles that a message names."""

_PARTS: Final = 10
"""Lines in which a long run tells how far it is where there is no terminal."""

_MINUTES: Final = 100
"""Seconds from which on they are told in minutes."""

_LONG: Final = 200
"""Articles from which on a run is long."""

_LONG_STEPS: Final = ("reading", "validation")


@dataclass(frozen=True)
class Written:
    """What a command wrote, and what is wrong with it."""

    outcome: Outcome
    problems: Sequence[Violation]
    validated: bool


def load_ahead() -> None:
    """Load in threads what takes long to load and leaves the interpreter free: the tagger's model, what makes the page."""
    threading.Thread(target=_load_tagger, daemon=True).start()


def checker(stack: ExitStack) -> Validation:
    """Start a checker of graphs, which loads its libraries beside the work that goes on."""
    from kg.graph.validation import Validation

    return stack.enter_context(Validation())


def write_validated(
    stack: ExitStack,
    job: Callable[..., Job],
    listing: Listing,
    options: Options,
    *,
    validate: bool | None,
    checking: Validation | None = None,
) -> Written:
    """Write a corpus, and check its graph beside the work that goes on.

    Args:
        stack: what ends with the command.
        job: makes the job, given what it tells: ``step`` and ``graph_is_there``.
        listing: the articles.
        options: how they are read.
        validate: whether the graph is checked; None: where it is not too large.
        checking: a checker that has been started, where one has.
    """
    from kg.corpus.folder import WITH_TURTLE, write

    many = len(listing.articles)
    wanted = many <= WITH_TURTLE if validate is None else validate
    checking = (checking or checker(stack)) if wanted else None
    threading.Thread(target=_load_page, daemon=True).start()
    with progress(many) as step:
        outcome = write(
            job(step=step, graph_is_there=checking.start if checking else _ignore), listing, options
        )
        step("validation", many, many)
        problems = checking.result(outcome.graph) if checking else ()
    return Written(outcome, problems, validated=wanted)


def _ignore(_graph: Graph) -> None:
    """Leave a graph unchecked."""


@contextmanager
def progress(total: int) -> Iterator[Any]:
    """Show on a terminal how far a run is, and what it is at; elsewhere a long one tells it in lines."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(say("reading"), total=total)
        yield lambda step, done, every: bar.update(
            task, description=say(step), completed=done, total=every or total, refresh=True
        )


class _Lines:
    """Tells how far a long run is, and about how long the rest takes, a line for each tenth."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._told = 0

    def __call__(self, step: str, done: int, every: int) -> None:
        if step not in _LONG_STEPS or every < _LONG or (step == "validation" and done == every):
            return
        if done == 0:
            self._started = time.monotonic()
        elif (part := done * _PARTS // every) > self._told:
            self._told = part
            left = (time.monotonic() - self._started) * (every - done) / done
            tell(_far(done, every, left) if step == "reading" else _checked(done, every), err=True)


def _checked(done: int, every: int) -> str:
    return say("kg: {done} of {many} nodes checked", done=done, many=every)


def _far(done: int, every: int, left: float) -> str:
    if left > _MINUTES:
        return say(
            "kg: {done} of {many} articles read, about {left} min left",
            done=done,
            many=every,
            left=round(left / 60),
        )
    return say(
        "kg: {done} of {many} articles read, about {left} s left", done=done, many=every, left=round(left)
    )


def conclude(
    written: Written,
    found: Sequence[Found],
    skipped: Sequence[SourceError],
    out: str,
    mask: Sequence[str],
    started: float,
) -> None:
    """Tell what was read, what was left out and what is odd, and end with the status that says so.

    Args:
        written: what the command wrote.
        found: the sources of this run.
        skipped: those that could not be read.
        out: the folder, as the user named it.
        mask: kinds of personal data that are not shown.
        started: when the command began, by ``time.perf_counter``.
    """
    summarize(written, without(out, mask), time.perf_counter() - started)
    skipped = [*skipped, *written.outcome.failed]
    tell_of_sources(found, written.outcome.manifest.listing, skipped, mask)
    tell_nothing(written.outcome)
    complain(written.problems)
    if skipped:
        raise SystemExit(SKIPPED)


def conclude_rewritten(written: Written, out: str, mask: Sequence[str], started: float) -> None:
    """Tell what a corpus has now, and which of it could not be read again, and end with the status that says so."""
    summarize(written, without(out, mask), time.perf_counter() - started)
    failed = written.outcome.failed
    for line in skipped_lines(failed, mask):
        tell(line, err=True)
    complain(written.problems)
    if failed:
        raise SystemExit(SKIPPED)


def summarize(written: Written, out: str, seconds: float) -> None:
    """Tell what was read and where it lies; a path that holds masked data is named without them, in the commands too."""
    from kg.graph.counts import count

    outcome = written.outcome
    found = count(outcome.graph)
    tell(_read(found.articles, outcome.read, f"{seconds:.1f}"))
    rows = (
        ("entities", _listed(found.entities)),
        ("relations", _listed(found.relations)),
        ("figures", str(found.figures)),
    )
    for name, counted in rows:
        tell(f"  {say(name):10} {counted}")
    if any(article.asked is not None for article in outcome.manifest.listing.articles):
        from kg.cli.proposals import tell_proposals

        tell_proposals(outcome.graph)
    tell(
        say(
            "written to {out}: graph.ttl (the graph), graph.html (open it in a browser), articles/ (the texts)",
            out=out,
        )
        if outcome.with_turtle
        else say(
            "written to {out}: graph.html (open it in a browser), articles/ (the texts), {graph} (the graph; --turtle writes graph.ttl too)",
            out=out,
            graph=outcome.manifest.graph,
        )
    )
    tell_decided(outcome)
    if not written.validated and not outcome.with_turtle:
        tell(say("the graph was not checked against its shapes: kg validate -g {out} does", out=out))
    option = "" if out == str(GRAPH.parent) else f" -g {out}"
    tell(
        say(
            "next: {commands}",
            commands=f"kg query people{option}   kg query doubtful{option}   kg queries   kg explain {say('NAME')}{option}",
        )
    )


def _read(articles: int, read: int, seconds: str) -> str:
    if articles == 1 and not read:
        return say("1 article, read before; done in {seconds} s", seconds=seconds)
    if read < articles:
        return say(
            "{articles} articles, {read} of them read in {seconds} s, the others before",
            articles=articles,
            read=read,
            seconds=seconds,
        )
    if articles != 1:
        return say("{articles} articles read in {seconds} s", articles=articles, seconds=seconds)
    return say("1 article read in {seconds} s", seconds=seconds)


def _listed(counts: Mapping[str, int]) -> str:
    from kg.graph.readable import label_of

    parts = ", ".join(
        f"{label_of(name, language())} {count}" if language() == "zh" else f"{name} {count}"
        for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
    return f"{sum(counts.values())}" + (f": {parts}" if parts else "")


def _load_tagger() -> None:
    from kg.words.tagger import default_tagger

    with suppress(KgError, OSError):  # the reader meets it again, where it can be told
        default_tagger()


def _load_page() -> None:
    """Load what makes the page and counts personal data while the tagger opens its model, which leaves the interpreter free."""
    import kg.view.page  # noqa: F401
    from kg.text.personal.find import count
    from kg.view.network import network_of

    network_of((), ())
    count("")


def tell_change(outcome: Outcome) -> None:
    """Say which articles came, changed and went, before they do."""
    change = outcome.change
    if change.added:
        tell(say("added {many}: {listed}", many=len(change.added), listed=_some(change.added)))
    if change.changed:
        tell(say("changed {many}: {listed}", many=len(change.changed), listed=_some(change.changed)))
    if change.removed:
        tell(say("removed {many}: {listed}", many=len(change.removed), listed=_some(change.removed)))
    if not change:
        tell(say("no article is new, changed or gone"))
    _tell_things(outcome)


def _tell_things(outcome: Outcome) -> None:
    """Say which things became one, and which fell apart, before they do."""
    things = outcome.things
    if things is None:
        return
    if things.joined:
        tell(say("things joined, {many}: {listed}", many=len(things.joined), listed=_some(things.joined)))
    if things.split:
        tell(say("things split, {many}: {listed}", many=len(things.split), listed=_some(things.split)))
    if things.new or things.gone:
        tell(say("things new: {new}, gone: {gone}", new=things.new, gone=things.gone))


def tell_nothing(outcome: Outcome) -> None:
    """Name the articles of several that gave no fact and no figure."""
    names, many = outcome.manifest.listing.nothing, len(outcome.manifest.listing.articles)
    if names and many > 1:
        tell(
            say(
                "kg: {nothing} of {many} articles gave no fact and no figure: {listed}",
                nothing=len(names),
                many=many,
                listed=_some(names),
            ),
            err=True,
        )


def _some(names: Sequence[str]) -> str:
    comma = "、" if language() == "zh" else ", "
    return comma.join(names[:_SHOWN]) + (" ..." if len(names) > _SHOWN else "")
