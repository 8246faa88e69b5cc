"""The commands that ask a graph: questions in Chinese, queries, what it says of one thing, how two things hang together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.base.language import LANGUAGES, language, say
from kg.cli.common import GraphOption, choice, load_graph
from kg.cli.decisions import decisions_beside
from kg.cli.streams import print_text, tell
from kg.graph.formats import ROWS

if TYPE_CHECKING:
    from kg.graph.store import Graph
    from kg.questions.model import Answer, Source

__all__ = ["register"]

_ANSWERS: Final = ("text", "json")
_TIMELINE: Final = "timeline"
_BY_DATE: Final = ("conflicts", "successions", _TIMELINE)
"""Named queries that rest on dates."""
NO_ANSWER: Final = 3
"""Exit status where the graph does not say, or a question is not understood: no error, and no answer."""


def register(app: typer.Typer) -> None:
    """Add the commands ``ask``, ``query``, ``queries``, ``explain`` and ``path``."""
    app.command()(ask)
    app.command()(query)
    app.command()(queries)
    app.command()(explain)
    app.command()(path)


def _begun(incomplete: str) -> list[str]:
    """Return the named queries that a shell may complete a word to."""
    from kg.graph.query import named_queries

    return [name for name in named_queries() if name.startswith(incomplete)]


def ask(
    question: Annotated[str, typer.Argument(help="A question in Chinese: 周渭超担任什么职务？")],
    graph: GraphOption = None,
    sparql: Annotated[
        bool, typer.Option("--sparql", help="Also show the query that answers it, to be run or changed.")
    ] = False,
    form: Annotated[
        str, choice("-f", "--format", known=_ANSWERS, help="How the answer is written.")
    ] = _ANSWERS[0],
) -> None:
    """Answer a question in Chinese: a sentence, the words it rests on, and where they stand; status 3 if there is no answer."""
    import json

    loaded = load_graph(graph)
    found = loaded.ask(question)
    if form == "json":
        print_text(json.dumps(found.plain(), ensure_ascii=False, indent=1) + "\n", data=True)
    else:
        print_text("".join(f"{line}\n" for line in _lines(found, sparql=sparql)))
    if found.outcome != "answered":
        raise SystemExit(NO_ANSWER)


def _lines(found: Answer, *, sparql: bool) -> Iterator[str]:
    """Yield an answer as lines, with what was understood where it is none."""
    yield found.sentence
    yield from map(_quoted, found.sources)
    if found.outcome != "answered":
        if found.understood:
            yield say("understood as: {question}", question=found.understood)
        if found.names:
            names = (f"{name} = {label}" if name != label else name for name, label in found.names.items())
            yield say("known in it: {names}", names="; ".join(names))
        for offered in found.nearest:
            yield say("this can be asked: {question}", question=offered)
    if found.passages:
        yield say("no fact answers this; these sentences speak of it:")
        yield from map(_quoted, found.passages)
    if sparql and found.sparql:
        yield f"\n{found.sparql.rstrip()}"


def _quoted(source: Source) -> str:
    return f"  “{' '.join(source.quote.split())}” —— {source.article} ({source.place})"


def query(
    question: Annotated[
        str,
        typer.Argument(
            help="A named query (see `kg queries`), a file, or SPARQL text.", autocompletion=_begun
        ),
    ],
    graph: GraphOption = None,
    param: Annotated[
        list[str] | None, typer.Option("-p", "--param", help="A parameter of the query, as name=value.")
    ] = None,
    form: Annotated[str, choice("-f", "--format", known=ROWS, help="How the rows are printed.")] = ROWS[0],
    iris: Annotated[
        bool, typer.Option("--iris", help="Show IRIs in the table, where it has names, titles and dates.")
    ] = False,
    sources: Annotated[
        int,
        typer.Option(
            "--sources", min=0, help="Of many articles: only facts with so many independent sources."
        ),
    ] = 0,
    per_article: Annotated[
        bool, typer.Option("--per-article", help="Of many articles: ask each by itself, in its own words.")
    ] = False,
) -> None:
    """Ask the graph a question."""
    from kg.graph.query import run, run_per_article
    from kg.graph.readable import readable

    if sources and per_article:
        raise typer.BadParameter("one article is one source", param_hint="--sources")
    loaded = load_graph(graph)
    values = _parameters(param or [])
    if per_article:
        rows = run_per_article(loaded.graph, question, values)
    else:
        rows = run(loaded.graph, question, values, least_sources=sources)
    if form == "table" and not iris:
        rows = readable(rows, loaded.graph, language())
    print_text(rows.write(form, loaded.graph), data=form != "table")
    if rows.absent and (form != "table" or rows.rows):
        tell(rows.nothing(), err=True)
    if form == "table" and rows.kind == "select":
        tell(say("{rows} rows" if len(rows) != 1 else "1 row", rows=len(rows)), err=True)
    if question in _BY_DATE and not rows.rows and not rows.absent:
        for line in _why_none(loaded.graph, question):
            tell(line, err=True)


def _why_none(graph: Graph, question: str) -> Iterator[str]:
    """Yield why a query that rests on dates may have no answer, where articles have none."""
    from kg.graph.query import run

    dates = ["date" in row for row in run(graph, "articles")]
    undated = dates.count(False)
    if undated:
        yield say(
            "{query} rests on dates, and {undated} of {many} articles have none: build with --meta FILE, which gives them one",
            query=question,
            undated=undated,
            many=len(dates),
        )
    if question == _TIMELINE:
        yield say("facts without a date are told by: kg dossier NAME")


def _parameters(given: list[str]) -> dict[str, str]:
    found = {}
    for item in given:
        name, equals, value = item.partition("=")
        if not equals or not name:
            raise typer.BadParameter(f"{item!r}: give name=value", param_hint="--param")
        found[name] = value
    return found


def queries() -> None:
    """List the named queries and their parameters."""
    from kg.graph.query import named_queries

    lines = list[str]()
    for name, found in named_queries().items():
        titles = [
            found.title.get(each, "") for each in sorted(LANGUAGES, key=lambda each: each != language())
        ]
        lines.append(f"{name:24} {'  '.join(titles)}")
        for parameter in found.parameters:
            optional = " " + say("(optional)") if parameter.optional else ""
            values = "|".join(parameter.choices) or parameter.example
            lines.append(f"{'':24} --param {parameter.name}={values}{optional}")
    print_text("".join(f"{line}\n" for line in lines))


def explain(
    term: Annotated[str, typer.Argument(help="A name, or the IRI of an entity, fact or figure.")],
    graph: GraphOption = None,
    how: Annotated[
        bool,
        typer.Option(
            "--how", help="Also how each was read: trigger and slots on the sentence, deciding features."
        ),
    ] = False,
    anchor: Annotated[
        bool,
        typer.Option(
            "--anchor",
            help="Print it as decisions to paste into decisions.toml, where it stands filled in; also by the label of a fact or figure.",
        ),
    ] = False,
) -> None:
    """Show what the graph says about something: each fact with its quote and the pattern that found it."""
    if anchor and how:
        raise typer.BadParameter(say("not together with --how"), param_hint="--anchor")
    loaded = load_graph(graph)
    if anchor:
        from kg.view.anchors import tables_of

        print_text(tables_of(loaded.graph, term, decisions_beside(graph)), data=True)
        return
    from kg.view.explain import explain as explained

    anatomy: dict[str, Sequence[str]] = {}
    if how:
        from kg.learn.anatomy import LEGEND, anatomy_of
        from kg.pipeline import Pipeline
        from kg.text.source import article_of

        tell(say(LEGEND))
        for name, text in loaded.texts.items():
            anatomy |= anatomy_of(article_of(text, name), Pipeline(), loaded.graph.base)
    print_text(explained(loaded.graph, term, anatomy))


def path(
    start: Annotated[str, typer.Argument(metavar="A", help="A name or IRI of an entity.")],
    end: Annotated[str, typer.Argument(metavar="B", help="A name or IRI of another entity.")],
    graph: GraphOption = None,
) -> None:
    """Show the shortest chain of facts between two entities."""
    from kg.view.explain import chain

    loaded = load_graph(graph)
    print_text(chain(loaded.graph, loaded.to_networkx(), start, end))
