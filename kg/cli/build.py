"""The command ``kg build``: articles into a graph."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.base.errors import KgError, SourceError
from kg.base.language import language, say
from kg.cli.common import GRAPH, complain
from kg.cli.personal import MaskOption, chosen, shielded, without
from kg.cli.sources import SKIPPED, MetaOption, find_sources, tell_of_sources
from kg.cli.streams import tell
from kg.text.formats.table import described

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph
    from kg.base.model import Article
    from kg.pipeline import Pipeline

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command ``build``."""
    app.command()(build)


def build(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            help=f"Articles: files, folders of them, or - for standard input: {described()}. Default: the article that comes with kg.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[Path, typer.Option("-o", "--out", help="The folder to write to.")] = GRAPH.parent,
    base: Annotated[str, typer.Option(help="What the IRIs of entities and facts begin with.")] = "",
    least_confidence: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=1,
            help="Keep only facts at least this sure: fewer, and more of them right.",
            show_default=False,
        ),
    ] = None,
    mask: MaskOption = "",
    meta: MetaOption = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put the graph in the place of another that the folder holds.")
    ] = False,
    validate: Annotated[
        bool,
        typer.Option("--validate/--no-validate", help="Check the graph against the shapes of its model."),
    ] = True,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Stop at the first source that cannot be read, and write nothing."),
    ] = False,
) -> None:
    """Read articles and write their graph, a page to look at, and the texts that its quotes are cut from."""
    started = time.perf_counter()
    kinds = chosen(mask)
    with ExitStack() as stack:
        stack.enter_context(shielded(kinds))
        # What takes long to load loads side by side: the tagger's model and the checker leave the interpreter free.
        threading.Thread(target=_load_tagger, daemon=True).start()
        from kg.graph.validation import Validation

        checking = stack.enter_context(Validation()) if validate else None
        from kg.api import build_articles
        from kg.graph.iri import check_base
        from kg.graph.vocabulary import DEFAULT_BASE
        from kg.text.gather import named_apart

        check_base(base or DEFAULT_BASE)
        stdin = _stdin() if sources and any(str(source) == "-" for source in sources) else None
        skipped: list[SourceError] = []
        found = find_sources(sources or [], stdin, kinds, meta, _stopping if strict else skipped.append)
        articles = named_apart([each.article for each in found])
        _refuse_loss(out, sources or [], articles, replace=replace)
        threading.Thread(target=_load_page, daemon=True).start()
        step = stack.enter_context(_progress(len(articles)))
        graph = build_articles(articles, base or DEFAULT_BASE, _pipeline(least_confidence), step)
        if checking:
            checking.start(graph.graph)
        step("page", len(articles), len(articles))
        graph.save(out, replace=replace)
        step("validation", len(articles), len(articles))
        problems = checking.result(graph.graph) if checking else ()
    _summarize(graph, without(str(out), kinds), time.perf_counter() - started)
    tell_of_sources(found, articles, skipped, kinds)
    complain(problems)
    if skipped:
        raise SystemExit(SKIPPED)


def _stdin() -> bytes:
    """Return the article on standard input.

    Raises:
        SourceError: it is too large for one.
    """
    from kg.base.intake import LargeError, read_stream
    from kg.text.formats.table import FORMATS
    from kg.text.source import too_large

    largest = max(each.largest for each in FORMATS)
    try:
        return read_stream(sys.stdin.buffer, largest)
    except LargeError as error:
        raise too_large("standard input", largest) from error


def _stopping(error: SourceError) -> None:
    raise error


def _refuse_loss(out: Path, sources: Sequence[Path], articles: Sequence[Article], *, replace: bool) -> None:
    """Refuse, before anything is read for minutes, what could not be written in the end."""
    from kg.base.home import Home
    from kg.base.swap import settle
    from kg.text.source import expand

    settle(out)
    home = Home.at(out)
    home.refuse({article.name: article.text for article in articles}, replace=replace)
    home.refuse_sources(expand(path for path in sources if str(path) != "-"))


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


def _pipeline(least_confidence: float | None) -> Pipeline:
    from kg.facts.judge.learned import LearnedJudge
    from kg.pipeline import Pipeline

    return Pipeline(judge=LearnedJudge(threshold=least_confidence))


@contextmanager
def _progress(total: int) -> Iterator[Any]:
    """Show on a terminal how far a run is, and what it is at; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield lambda _step, _done, _all: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(say("reading"), total=total)
        yield lambda step, done, _all: bar.update(task, description=say(step), completed=done, refresh=True)


def _summarize(graph: KnowledgeGraph, out: str, seconds: float) -> None:
    """Tell what was read and where it lies; a path that holds masked data is named without them, in the commands too."""
    from kg.graph.counts import count

    found = count(graph.graph)
    tell(
        say("{articles} articles read in {seconds} s", articles=found.articles, seconds=f"{seconds:.1f}")
        if found.articles != 1
        else say("1 article read in {seconds} s", seconds=f"{seconds:.1f}")
    )
    rows = (
        ("entities", _listed(found.entities)),
        ("relations", _listed(found.relations)),
        ("figures", str(found.figures)),
    )
    for name, counted in rows:
        tell(f"  {say(name):10} {counted}")
    tell(
        say(
            "written to {out}: graph.ttl (the graph), graph.html (open it in a browser), articles/ (the texts)",
            out=out,
        )
    )
    option = "" if out == str(GRAPH.parent) else f" -g {out}"
    tell(
        say(
            "next: {commands}",
            commands=f"kg query people{option}   kg query doubtful{option}   kg queries   kg explain {say('NAME')}{option}",
        )
    )


def _listed(counts: Mapping[str, int]) -> str:
    from kg.graph.readable import label_of

    parts = ", ".join(
        f"{label_of(name, language())} {count}" if language() == "zh" else f"{name} {count}"
        for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
    return f"{sum(counts.values())}" + (f": {parts}" if parts else "")
