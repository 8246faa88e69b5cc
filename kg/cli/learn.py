"""The commands around annotated articles: measuring, learning, and why a fact was lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.base.language import say
from kg.cli.model import (
    CacheOption,
    CallsOption,
    ConfigOption,
    Given,
    ModelOption,
    NameOption,
    OfflineOption,
    asked_articles,
)
from kg.cli.own import KnowledgeOption, adopt, at_hand
from kg.cli.streams import tell

if TYPE_CHECKING:
    from kg.learn.gold import GoldArticle
    from kg.learn.score import Score

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands ``score``, ``train`` and ``why-not``."""
    app.command()(score)
    app.command()(train)
    app.command(name="why-not")(why_not)


def score(
    folder: Annotated[
        Path,
        typer.Argument(
            help="Annotated articles: ID.txt beside ID.json. With --decisions: the folder of a graph."
        ),
    ],
    errors: Annotated[bool, typer.Option("--errors", help="List every difference.")] = False,
    by_pattern: Annotated[
        bool, typer.Option("--by-pattern", help="Right and wrong relations by pattern.")
    ] = False,
    gold_entities: Annotated[
        bool,
        typer.Option("--gold-entities", help="Take the names from the annotations: how good is the rest?"),
    ] = False,
    per_article: Annotated[bool, typer.Option("--per-article", help="A row for each article.")] = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", help="Write a report with the articles marked up.", show_default=False),
    ] = None,
    decisions: Annotated[
        bool,
        typer.Option(
            "--decisions",
            help="Measure by what people decided of a graph: read its articles anew, and compare.",
        ),
    ] = False,
    knowledge: KnowledgeOption = None,
    model: ModelOption = None,
    model_name: NameOption = "",
    model_calls: CallsOption = None,
    model_cache: CacheOption = None,
    offline: OfflineOption = False,
    config: ConfigOption = None,
) -> None:
    """Compare what kg reads with annotated articles: precision, recall, and every error."""
    proposer = Given(model, model_name, model_calls, model_cache, offline, accept=False, config=config)
    is_asked = bool(proposer)
    adopt(knowledge or (at_hand(folder) if decisions else None))
    if decisions:
        _refuse_beside_decisions(
            {
                "--model": is_asked,
                "--by-pattern": by_pattern,
                "--gold-entities": gold_entities,
                "--per-article": per_article,
                "--html": html is not None,
            }
        )
        tell(_by_decisions(folder, errors=errors))
        return
    from kg.base.output import write_files
    from kg.learn.gold import load_gold
    from kg.learn.score import Score, read_gold, score_reading, table
    from kg.learn.score import by_pattern as patterns
    from kg.pipeline import Pipeline

    gold = load_gold(folder)
    if is_asked:
        gold = _asked(gold, proposer, folder)
    readings = read_gold(gold, Pipeline(), gold_entities=gold_entities)
    scores = {
        item.article.name: score_reading(reading, item) for item, reading in zip(gold, readings, strict=True)
    }
    total = Score()
    for own in scores.values():
        total.add(own)
    if errors:
        for name, own in scores.items():
            for error in own.errors:
                tell(f"{name}: {error.measure:9} {error.text}")
    rows = (scores if per_article else {}) | {"ALL": total}
    tell(table(_without_model(gold, gold_entities=gold_entities) | rows if is_asked else rows))
    if is_asked:
        _tell_of_model(total)
    if by_pattern:
        tell(patterns(total))
    if html is not None:
        from kg.learn.score_page import page_of_scores

        page = page_of_scores(gold, readings, scores)
        write_files(html.parent, {html.name: page.encode()})
        tell(say("written to {place}", place=html))


def _refuse_beside_decisions(given: dict[str, bool]) -> None:
    """Refuse what asks more than decisions can tell: they say of single facts that they are right, not all that is there.

    Raises:
        typer.BadParameter: one of them is given.
    """
    for option, is_given in given.items():
        if is_given:
            raise typer.BadParameter(
                say("does not go with --decisions, which measure the rules on single facts"),
                param_hint=option,
            )


def _asked(gold: Sequence[GoldArticle], proposer: Given, folder: Path) -> tuple[GoldArticle, ...]:
    """Return annotated articles with what a model answered about them."""
    articles = asked_articles([item.article for item in gold], proposer, [folder], folder)
    return tuple(replace(item, article=article) for item, article in zip(gold, articles, strict=True))


def _without_model(gold: Sequence[GoldArticle], *, gold_entities: bool) -> dict[str, Score]:
    """Return the score of the rules alone."""
    from kg.learn.score import Score, read_gold, score_reading
    from kg.pipeline import Pipeline

    plain = [replace(item, article=replace(item.article, asked=None)) for item in gold]
    total = Score()
    readings = read_gold(plain, Pipeline(), gold_entities=gold_entities)
    for item, reading in zip(plain, readings, strict=True):
        total.add(score_reading(reading, item))
    return {"without model": total}


def _tell_of_model(total: Score) -> None:
    """Say how often what only the model found was right, and how kg.toml says it."""
    from kg.learn.proposals import measured, settings

    found = measured(total)
    for name, (right, wrong) in found.items():
        tell(say("{predicate}: {right} right, {wrong} wrong", predicate=name, right=right, wrong=wrong))
    tell(say("how sure proposals are, for kg.toml:"))
    tell(settings(found))


def _by_decisions(folder: Path, *, errors: bool) -> str:
    from kg.cli.kept import readings_of
    from kg.decide.read import read_decisions
    from kg.learn.decided import judged_facts, table_of_judged
    from kg.pipeline import Pipeline

    readings, path = readings_of(folder)
    every = read_decisions(path)
    about = {sha256 for each in every for sha256 in each.articles}
    articles = [readings.article(each.sha256) for each in readings.articles if each.sha256 in about]
    judged = judged_facts(Pipeline().read(articles), every)
    listed = [
        f"{each.id}: {each.outcome} {each.predicate} {each.pattern}".rstrip()
        for each in judged
        if errors and each.outcome in ("wrong", "missed")
    ]
    return "\n".join([*listed, table_of_judged(judged)])


def train(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(help="Folders of annotated articles: ID.txt beside ID.json.", show_default=False),
    ] = None,
    out: Annotated[Path, typer.Option("-o", "--out", help="The folder to write the weights to.")] = Path(
        "weights"
    ),
    calibrate: Annotated[
        list[Path] | None,
        typer.Option(
            help="A folder of articles that no rule was made from (may be given several times): they alone decide what is "
            "sure enough, and what a confidence means.",
            show_default=False,
        ),
    ] = None,
    decisions: Annotated[
        list[Path] | None,
        typer.Option(
            help="The folder of a graph that people decided about (may be given several times): its decided articles are "
            "annotated ones too.",
            show_default=False,
        ),
    ] = None,
    learning_curve: Annotated[
        bool, typer.Option("--learning-curve", help="Also say what fewer articles would have taught.")
    ] = False,
) -> None:
    """Learn from annotated articles (needs the extra `train`); KG_WEIGHTS=FOLDER makes kg use what was learned."""
    from tempfile import TemporaryDirectory

    from kg.learn.train import train as trained

    if not folders and not decisions:
        raise typer.BadParameter(say("give folders, or --decisions"), param_hint="FOLDERS")
    with TemporaryDirectory() as made:
        reports = trained(
            [*(folders or []), *_decided_in(decisions or [], Path(made))],
            out,
            lambda step: tell(f"kg: {step}", err=True),
            calibrate=calibrate or (),
            learning_curve=learning_curve,
        )
    tell(say("relations: {summary}", summary=reports["relations"]["summary"]))
    tell(
        say(
            "written to {place}: weights, and report.json with what cross-validation says of each part",
            place=out,
        )
    )


def _decided_in(graphs: Sequence[Path], where: Path) -> list[Path]:
    """Write the decided articles of the folders of graphs as annotated ones, and return the folders that hold them."""
    from kg.base.output import write_files
    from kg.cli.export import annotated

    found = [where / str(number) for number in range(len(graphs))]
    for folder, graph in zip(found, graphs, strict=True):
        write_files(folder, annotated([graph]))
    return found


def why_not(
    subject: Annotated[str, typer.Argument(help="A name of the subject, as in the text.")],
    predicate: Annotated[str, typer.Argument(help="A relation of the schema, as holdsPosition.")],
    obj: Annotated[str, typer.Argument(metavar="OBJECT", help="A name of the object.")],
    article: Annotated[
        Path | None,
        typer.Argument(help="The article; default: the one that comes with kg.", show_default=False),
    ] = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Say why a relation is not in the graph: which step of the reading lost it."""
    adopt(knowledge)
    from kg.api import read_sources
    from kg.learn.why_not import why_not as lost
    from kg.pipeline import Pipeline

    for text in read_sources([article] if article else []):
        for line in lost(text, subject, predicate, obj, Pipeline()):
            tell(line)
