"""The command ``kg annotate``: drafts of annotations, by rules and by a language model, for a person to correct."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.base.errors import OutputError, SourceError
from kg.base.intake import read_file
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
from kg.cli.own import KnowledgeOption, adopt
from kg.cli.streams import tell
from kg.text.formats.table import described

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command ``annotate``."""
    app.command()(annotate)


def annotate(
    sources: Annotated[
        list[Path],
        typer.Argument(help=f"Articles: files, folders of them, or - for standard input: {described()}."),
    ],
    out: Annotated[
        Path, typer.Option("-o", "--out", help="The folder to write the drafts to: ID.txt beside ID.json.")
    ] = Path("drafts"),
    model: ModelOption = None,
    model_name: NameOption = "",
    model_calls: CallsOption = None,
    model_cache: CacheOption = None,
    offline: OfflineOption = False,
    config: ConfigOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Write drafts of annotations for you to correct, by rules and, with --model, by a model; then kg score and kg train."""
    proposer = Given(model, model_name, model_calls, model_cache, offline, accept=False, config=config)
    is_asked = bool(proposer)
    adopt(knowledge)
    from kg.base.output import write_files
    from kg.cli.sources import find_sources, stopping, without_bad
    from kg.learn.draft import draft_files
    from kg.pipeline import Pipeline

    found = without_bad(find_sources(sources, (), None), stopping)
    articles = list({each.article.sha256: each.article for each in found}.values())
    if not articles:
        raise SourceError(sources[0], "holds no article")
    if is_asked:
        articles = list(asked_articles(articles, proposer, sources, out))
    files = draft_files(Pipeline().read(articles))
    _refuse_loss(out, files)
    write_files(out, files)
    tell(say("written to {place}: drafts of {many} articles", place=out, many=len(articles)))
    tell(
        say(
            "correct the .json files (take wrong lines out, put missing ones in), then: kg score {place}",
            place=out,
        )
    )


def _refuse_loss(folder: Path, files: dict[str, bytes]) -> None:
    """Refuse to write over what a person may have corrected.

    Raises:
        OutputError: a file is there, and says something else.
    """
    for name, data in files.items():
        path = folder / name
        if path.exists() and not _holds(path, data):
            raise OutputError(
                path, "is there already, and may hold your corrections", "choose another folder with -o"
            )


def _holds(path: Path, data: bytes) -> bool:
    """Say whether a file is there with just these bytes; what is no file, or larger, has others."""
    try:
        return read_file(path, len(data)) == data
    except OSError:
        return False
