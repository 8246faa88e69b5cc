"""The command ``kg build``: articles into a graph."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.base.errors import SourceError
from kg.cli.common import GRAPH, choice
from kg.cli.decisions import DecisionsOption, decisions_of, recorded_path
from kg.cli.jobs import job_in, settings_of, taken_from
from kg.cli.model import (
    AcceptOption,
    CacheOption,
    CallsOption,
    ConfigOption,
    Given,
    ModelOption,
    NameOption,
    OfflineOption,
    ask,
)
from kg.cli.own import KnowledgeOption, adopt, adopted_path
from kg.cli.personal import MaskOption, chosen, shielded
from kg.cli.sources import MetaOption, find_sources, stopping, without_bad
from kg.cli.writing import (
    JobsOption,
    StrictOption,
    ValidateOption,
    checker,
    conclude,
    load_ahead,
    write_validated,
)
from kg.text.formats.table import described, is_collection

if TYPE_CHECKING:
    from kg.base.model import Article

__all__ = ["MERGE_LEVELS", "BaseOption", "LeastOption", "MergeOption", "register"]

MERGE_LEVELS: Final = ("likely", "sure")

BaseOption = Annotated[str, typer.Option(help="What the IRIs of entities and facts begin with.")]
LeastOption = Annotated[
    float | None,
    typer.Option(
        min=0,
        max=1,
        help="Keep only facts at least this sure: fewer, and more of them right.",
        show_default=False,
    ),
]
MergeOption = Annotated[
    str | None,
    choice(
        "--merge",
        known=MERGE_LEVELS,
        help="How sure two entities of different articles must be one to be joined. Default: likely; of a job, as it was joined.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command ``build``."""
    app.command()(build)


def build(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            help=f"Articles: files, folders of them, or - for standard input: {described()}; or the folder of a job of `kg spark`. Default: the article that comes with kg.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[Path, typer.Option("-o", "--out", help="The folder to write to.")] = GRAPH.parent,
    base: BaseOption = "",
    least_confidence: LeastOption = None,
    mask: MaskOption = "",
    meta: MetaOption = None,
    knowledge: KnowledgeOption = None,
    decisions: DecisionsOption = None,
    model: ModelOption = None,
    model_name: NameOption = "",
    model_calls: CallsOption = None,
    model_cache: CacheOption = None,
    offline: OfflineOption = False,
    accept_model: AcceptOption = False,
    config: ConfigOption = None,
    turtle: Annotated[
        bool, typer.Option("--turtle", help="Write graph.ttl for more than 500 articles too.")
    ] = False,
    merge: MergeOption = None,
    jobs: JobsOption = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put the graph in the place of another that the folder holds.")
    ] = False,
    validate: ValidateOption = None,
    strict: StrictOption = False,
) -> None:
    """Read articles and write their graph, a page to look at, and the texts that its quotes are cut from."""
    started = time.perf_counter()
    kinds = chosen(mask)
    given = sources or []
    job = job_in(given)
    if job is not None:
        base, kinds, least_confidence, merge = settings_of(job, base, kinds, least_confidence, merge)
        given = []
    proposer = Given(model, model_name, model_calls, model_cache, offline, accept_model, config)
    is_asked = bool(proposer)
    with ExitStack() as stack:
        stack.enter_context(shielded(kinds))
        adopt(knowledge, out)
        decided = decisions_of(out, decisions)
        # What takes long to load loads side by side: the tagger's model and the checker leave the interpreter free.
        load_ahead()
        early = validate is not False and job is None and not any(map(_may_be_many, given))
        checking = checker(stack) if early else None
        from kg.corpus.folder import Job, alone, listing_of
        from kg.corpus.listing import Options
        from kg.graph.iri import check_base
        from kg.graph.vocabulary import DEFAULT_BASE
        from kg.view.page import page_of

        check_base(base or DEFAULT_BASE)
        skipped: list[SourceError] = []
        skip = stopping if strict else skipped.append
        if job is not None:
            found, listing = taken_from(job, out, skip)
        else:
            every = find_sources(given, kinds, meta)
            found = without_bad(every, skip)
            listing = listing_of(every, out, kinds)
        _refuse_loss(out, given, listing.articles, replace=replace)
        stack.enter_context(alone(out))
        if job is not None:
            job.put(out, listing.by_sha256.keys())
        if is_asked:
            listing = ask(listing, proposer, given, out, least_confidence)
        written = write_validated(
            stack,
            partial(Job, out, page_of, processes=jobs, replace=replace, decisions=decided),
            listing,
            Options(
                base or DEFAULT_BASE,
                kinds,
                least_confidence,
                merge or MERGE_LEVELS[0],
                turtle=turtle,
                knowledge=adopted_path(out),
                decisions=recorded_path(out, decisions),
            ),
            validate=validate,
            checking=checking,
        )
    conclude(written, found, skipped, str(out), kinds, started)


def _may_be_many(source: Path) -> bool:
    """Say whether a source may hold so many articles that their graph is not checked."""
    return source.is_dir() or is_collection(source.name)


def _refuse_loss(out: Path, sources: Sequence[Path], articles: Sequence[Article], *, replace: bool) -> None:
    """Refuse, before anything is read for minutes, what could not be written in the end."""
    from kg.base.home import Home
    from kg.base.swap import settle
    from kg.text.source import expand

    settle(out)
    home = Home.at(out)
    home.refuse({article.name: article.text for article in articles}, replace=replace)
    home.refuse_sources(expand(path for path in sources if str(path) != "-"))
