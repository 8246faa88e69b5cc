"""The command line: reads arguments, calls one function, prints. Heavy imports happen on use."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from kg.base.errors import KgError
from kg.cli.serve import register
from kg.version import __version__

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph
    from kg.graph.validate import Violation
    from kg.pipeline import Pipeline

GRAPH = Path("out/graph.ttl")
"""Where ``kg build`` leaves its graph, and where the other commands look for it."""

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""

app = typer.Typer(
    name="kg",
    help="Chinese news and government articles into a knowledge graph whose every edge quotes its words.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

GraphOption = Annotated[
    Path, typer.Option("-g", "--graph", help="The graph to ask: a file, or a folder that `kg build` made.")
]


class RowFormat(StrEnum):
    """What rows are printed as."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    ttl = "ttl"


class ExportFormat(StrEnum):
    """What a graph is exported to."""

    turtle = "turtle"
    nt = "nt"
    nq = "nq"
    trig = "trig"
    jsonld = "jsonld"
    rdfxml = "rdfxml"
    graphml = "graphml"
    gexf = "gexf"
    csv = "csv"


def run() -> NoReturn:
    """Run the command line and end at once: taking the tagger's model apart would cost a tenth of a second."""
    try:
        main()
    except SystemExit as stop:
        status = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):  # a full disk, or a reader that has gone
        status = status or 1
    os._exit(status)


def main() -> NoReturn:
    """Run the command line; an error a user can mend is one line on standard error and exit status 1."""
    for stream in (sys.stdout, sys.stderr):
        # A console that cannot show a character shows its number, where Python would end with a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        app(standalone_mode=True)
    except KgError as error:
        _fail(str(error))
    except SystemExit as stop:
        if stop.code == INTERRUPTED:  # click has caught Ctrl-C, and ends without a word
            _fail("stopped; what was there before is unchanged", INTERRUPTED)
        raise
    except BrokenPipeError:
        # The reader of our output has gone (`kg query ... | head`); nothing more to say, and nowhere to say it.
        sys.stderr.close()
        raise SystemExit(0) from None
    except OSError as error:
        _fail(f"{error.filename or 'output'}: {error.strerror or error}")
    except MemoryError:
        _fail("out of memory: give fewer or smaller articles at once")
    raise SystemExit(0)


def _fail(message: str, status: int = 1) -> NoReturn:
    line = " ".join(message.split())
    typer.echo(f"kg: {line}", err=True)
    raise SystemExit(status)


@app.callback(invoke_without_command=True)
def _root(
    show_version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if show_version:
        typer.echo(f"kg {__version__}")
        raise typer.Exit


# building ---------------------------------------------------------------------------------------------------------


@app.command()
def build(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Articles: files (.txt .md .html), folders of them, or - for standard input. Default: the article that comes with kg.",
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
    validate: Annotated[
        bool,
        typer.Option("--validate/--no-validate", help="Check the graph against the shapes of its model."),
    ] = True,
) -> None:
    """Read articles and write their graph, a page to look at, and the texts that its quotes are cut from."""
    started = time.perf_counter()
    with ExitStack() as stack:
        # What takes long to load loads side by side: the tagger's model and the checker leave the interpreter free.
        threading.Thread(target=_load_tagger, daemon=True).start()
        from kg.graph.validation import Validation

        checking = stack.enter_context(Validation()) if validate else None
        from kg.api import build_articles, read_sources
        from kg.graph.iri import check_base
        from kg.graph.vocabulary import DEFAULT_BASE

        check_base(base or DEFAULT_BASE)
        stdin = sys.stdin.buffer.read() if sources and any(str(source) == "-" for source in sources) else None
        articles = read_sources(sources or [], stdin)
        threading.Thread(target=_load_page, daemon=True).start()
        tell = stack.enter_context(_progress(len(articles)))
        graph = build_articles(articles, base or DEFAULT_BASE, _pipeline(least_confidence), tell)
        if checking:
            checking.start(graph.graph)
        graph.save(out)
        problems = checking.result(graph.graph) if checking else ()
    _summarize(graph, out, time.perf_counter() - started)
    _complain(problems)


def _load_tagger() -> None:
    from kg.words.tagger import default_tagger

    with suppress(KgError, OSError):  # the reader meets it again, where it can be told
        default_tagger()


def _load_page() -> None:
    """Load what makes the page while the tagger opens its model, which leaves the interpreter free."""
    import kg.view.page  # noqa: F401
    from kg.view.network import network_of

    network_of((), ())


def _validate(graph: KnowledgeGraph) -> None:
    from kg.graph.validate import validate

    _complain(validate(graph.graph))


def _complain(problems: Sequence[Violation]) -> None:
    for problem in problems:
        typer.echo(str(problem), err=True)
    if problems:
        raise SystemExit(1)


def _pipeline(least_confidence: float | None) -> Pipeline:
    from kg.facts.judge.learned import LearnedJudge
    from kg.pipeline import Pipeline

    return Pipeline(judge=LearnedJudge(threshold=least_confidence))


@contextmanager
def _progress(total: int) -> Iterator[Any]:
    """Show how far a long run is, on a terminal; elsewhere nothing."""
    if total < 2 or not sys.stderr.isatty():
        yield lambda _step, _done, _all: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=total)
        yield lambda step, done, _all: bar.update(task, description=step, completed=done)


def _summarize(graph: KnowledgeGraph, out: Path, seconds: float) -> None:
    entities = Counter(entity.type for reading in graph.readings for entity in reading.entities)
    facts = Counter(
        fact.predicate for reading in graph.readings for fact in reading.facts if not fact.derived
    )
    figures = sum(len(reading.figures) for reading in graph.readings)
    articles = len(graph.readings)
    typer.echo(f"{articles} article{'s' * (articles != 1)} read in {seconds:.1f} s")
    typer.echo(f"  entities   {_listed(entities)}")
    typer.echo(f"  relations  {_listed(facts)}")
    typer.echo(f"  figures    {figures}")
    typer.echo(
        f"written to {out}: graph.ttl (the graph), graph.html (open it in a browser), articles/ (the texts)"
    )
    option = "" if out == GRAPH.parent else f" -g {out}"
    typer.echo(
        f"next: kg query people{option}   kg query money{option}   kg queries   kg explain NAME{option}"
    )


def _listed(counts: Mapping[Any, int]) -> str:
    parts = ", ".join(
        f"{name} {count}" for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
    return f"{sum(counts.values())}" + (f": {parts}" if parts else "")


# asking -----------------------------------------------------------------------------------------------------------


@app.command()
def query(
    question: Annotated[
        str, typer.Argument(help="A named query (see `kg queries`), a file, or SPARQL text.")
    ],
    graph: GraphOption = GRAPH,
    param: Annotated[
        list[str] | None, typer.Option("-p", "--param", help="A parameter of the query, as name=value.")
    ] = None,
    form: Annotated[
        RowFormat, typer.Option("-f", "--format", help="How the rows are printed.")
    ] = RowFormat.table,
) -> None:
    """Ask the graph a question."""
    from kg.graph.query import run

    loaded = _load(graph)
    rows = run(loaded.graph, question, _parameters(param or []))
    _print(rows.write(form.value, loaded.graph))
    if form is RowFormat.table and rows.kind == "select":
        typer.echo(f"{len(rows)} row{'s' * (len(rows) != 1)}", err=True)


def _parameters(given: list[str]) -> dict[str, str]:
    found = {}
    for item in given:
        name, equals, value = item.partition("=")
        if not equals or not name:
            raise typer.BadParameter(f"{item!r}: give name=value", param_hint="--param")
        found[name] = value
    return found


def _load(path: Path) -> KnowledgeGraph:
    from kg.api import load

    if not path.exists():
        hint = "run `kg build` first" if path == GRAPH else "name a graph with -g"
        raise KgError(path, "no such graph", hint)
    return load(path)


def _print(text: str) -> None:
    """Print text as UTF-8 where it is redirected, so that a file or a pipe gets the right bytes on every system."""
    if not sys.stdout.isatty() and hasattr(sys.stdout, "buffer"):
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
    else:
        typer.echo(text, nl=False)


@app.command()
def queries() -> None:
    """List the named queries and their parameters."""
    from kg.graph.query import named_queries

    for name, found in named_queries().items():
        typer.echo(f"{name:24} {found.title.get('en', '')}  {found.title.get('zh', '')}")
        for parameter in found.parameters:
            optional = " (optional)" if parameter.optional else ""
            typer.echo(f"{'':24} --param {parameter.name}={parameter.example}{optional}")


@app.command()
def explain(
    term: Annotated[str, typer.Argument(help="A name, or the IRI of an entity, fact or figure.")],
    graph: GraphOption = GRAPH,
    how: Annotated[
        bool,
        typer.Option(
            "--how", help="Also how each was read: trigger and slots on the sentence, deciding features."
        ),
    ] = False,
) -> None:
    """Show what the graph says about something: each fact with its quote and the pattern that found it."""
    from kg.view.explain import explain as explained

    loaded = _load(graph)
    anatomy: dict[str, Sequence[str]] = {}
    if how:
        from kg.learn.anatomy import LEGEND, anatomy_of
        from kg.pipeline import Pipeline
        from kg.text.source import article_of

        typer.echo(LEGEND)
        for name, text in loaded.texts.items():
            anatomy |= anatomy_of(article_of(text, name), Pipeline(), loaded.graph.base)
    _print(explained(loaded.graph, term, anatomy))


@app.command()
def path(
    start: Annotated[str, typer.Argument(metavar="A", help="A name or IRI of an entity.")],
    end: Annotated[str, typer.Argument(metavar="B", help="A name or IRI of another entity.")],
    graph: GraphOption = GRAPH,
) -> None:
    """Show the shortest chain of facts between two entities."""
    from kg.view.explain import chain

    loaded = _load(graph)
    _print(chain(loaded.graph, loaded.to_networkx(), start, end))


# checking and handing on ------------------------------------------------------------------------------------------


@app.command()
def verify(
    articles: Annotated[
        list[Path] | None,
        typer.Argument(help="The texts; default: those beside the graph.", show_default=False),
    ] = None,
    graph: GraphOption = GRAPH,
) -> None:
    """Check every quote of the graph against the texts, word by word."""
    from kg.api import read_sources
    from kg.graph.verify import verify as verified

    loaded = _load(graph)
    texts = [article.text for article in read_sources(articles)] if articles else list(loaded.texts.values())
    report = verified(loaded.graph, texts)
    for problem in report.problems:
        typer.echo(str(problem), err=True)
    typer.echo(str(report))
    if not report.ok:
        raise SystemExit(1)


@app.command()
def validate(graph: GraphOption = GRAPH) -> None:
    """Check the graph against the SHACL shapes of its model."""
    loaded = _load(graph)
    _validate(loaded)
    typer.echo("valid: the graph keeps every rule of its model")


@app.command()
def export(
    to: Annotated[ExportFormat, typer.Option("--to", help="The format.")],
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            help="The file to write; default: standard output (csv: the folder ./csv).",
            show_default=False,
        ),
    ] = None,
    graph: GraphOption = GRAPH,
) -> None:
    """Hand the graph on in another format."""
    from kg.base.output import write_files
    from kg.export.export import export as exported

    files = exported(_load(graph).graph, to.value)
    if to is ExportFormat.csv:
        folder = out or Path("csv")
        write_files(folder, files)
        typer.echo(f"written to {folder}: {', '.join(files)}")
    elif out is None:
        (data,) = files.values()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        (data,) = files.values()
        write_files(out.parent, {out.name: data})
        typer.echo(f"written to {out}")


# measuring and learning -------------------------------------------------------------------------------------------


@app.command()
def score(
    folder: Annotated[Path, typer.Argument(help="Annotated articles: ID.txt beside ID.json.")],
    errors: Annotated[bool, typer.Option("--errors", help="List every difference.")] = False,
    by_pattern: Annotated[
        bool, typer.Option("--by-pattern", help="Right and wrong relations by pattern.")
    ] = False,
    per_article: Annotated[bool, typer.Option("--per-article", help="A row for each article.")] = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", help="Write a report with the articles marked up.", show_default=False),
    ] = None,
) -> None:
    """Compare what kg reads with annotated articles: precision, recall, and every error."""
    from kg.base.output import write_files
    from kg.learn.gold import load_gold
    from kg.learn.score import Score, read_gold, score_reading, table
    from kg.learn.score import by_pattern as patterns
    from kg.pipeline import Pipeline

    gold = load_gold(folder)
    readings = read_gold(gold, Pipeline())
    scores = {
        item.article.name: score_reading(reading, item) for item, reading in zip(gold, readings, strict=True)
    }
    total = Score()
    for own in scores.values():
        total.add(own)
    if errors:
        for name, own in scores.items():
            for error in own.errors:
                typer.echo(f"{name}: {error.measure:9} {error.text}")
    typer.echo(table((scores if per_article else {}) | {"ALL": total}))
    if by_pattern:
        typer.echo(patterns(total))
    if html is not None:
        from kg.learn.score_page import page_of_scores

        page = page_of_scores(gold, readings, scores)
        write_files(html.parent, {html.name: page.encode()})
        typer.echo(f"written to {html}")


@app.command()
def train(
    folders: Annotated[
        list[Path], typer.Argument(help="Folders of annotated articles: ID.txt beside ID.json.")
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="The folder to write the weights to.")] = Path(
        "weights"
    ),
    learning_curve: Annotated[
        bool, typer.Option("--learning-curve", help="Also say what fewer articles would have taught.")
    ] = False,
) -> None:
    """Learn from annotated articles (needs the extra `train`); KG_WEIGHTS=FOLDER makes kg use what was learned."""
    from kg.learn.train import train as trained

    reports = trained(
        folders, out, lambda step: typer.echo(f"kg: {step}", err=True), learning_curve=learning_curve
    )
    typer.echo(f"relations: {reports['relations']['summary']}")
    typer.echo(f"written to {out}: weights, and report.json with what cross-validation says of each part")


@app.command(name="why-not")
def why_not(
    subject: Annotated[str, typer.Argument(help="A name of the subject, as in the text.")],
    predicate: Annotated[str, typer.Argument(help="One of the fifteen predicates, as holdsPosition.")],
    obj: Annotated[str, typer.Argument(metavar="OBJECT", help="A name of the object.")],
    article: Annotated[
        Path | None,
        typer.Argument(help="The article; default: the one that comes with kg.", show_default=False),
    ] = None,
) -> None:
    """Say why a relation is not in the graph: which step of the reading lost it."""
    from kg.api import read_sources
    from kg.learn.why_not import why_not as lost
    from kg.pipeline import Pipeline

    for text in read_sources([article] if article else []):
        for line in lost(text, subject, predicate, obj, Pipeline()):
            typer.echo(line)


# serving ----------------------------------------------------------------------------------------------------------

register(app)
