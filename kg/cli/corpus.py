"""The commands ``kg add`` and ``kg remove``: a corpus with more articles, or with fewer."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.base.errors import GraphError, SourceError
from kg.cli.decisions import DecisionsOption, decisions_of, recorded_path
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
from kg.cli.own import adopt
from kg.cli.personal import shielded
from kg.cli.sources import MetaOption, find_sources, stopping, without_bad
from kg.cli.writing import (
    JobsOption,
    StrictOption,
    ValidateOption,
    conclude,
    conclude_rewritten,
    load_ahead,
    tell_change,
    write_validated,
)
from kg.text.formats.table import described

if TYPE_CHECKING:
    from kg.cli.writing import Written
    from kg.corpus.folder import Outcome
    from kg.corpus.listing import Listing
    from kg.corpus.manifest import Manifest

__all__ = ["rebuild", "register"]

CorpusArgument = Annotated[Path, typer.Argument(help="The folder of a corpus, as `kg build` wrote it.")]


def register(app: typer.Typer) -> None:
    """Add the commands ``add`` and ``remove``."""
    app.command()(add)
    app.command()(remove)


def add(
    corpus: CorpusArgument,
    sources: Annotated[
        list[Path],
        typer.Argument(help=f"Articles: files, folders of them, or - for standard input: {described()}."),
    ],
    meta: MetaOption = None,
    decisions: DecisionsOption = None,
    model: ModelOption = None,
    model_name: NameOption = "",
    model_calls: CallsOption = None,
    model_cache: CacheOption = None,
    offline: OfflineOption = False,
    accept_model: AcceptOption = False,
    config: ConfigOption = None,
    jobs: JobsOption = None,
    validate: ValidateOption = None,
    strict: StrictOption = False,
) -> None:
    """Read more articles into a corpus; one that has changed goes in the place of what it was. Only what is new is read."""
    started = time.perf_counter()
    proposer = Given(model, model_name, model_calls, model_cache, offline, accept_model, config)
    is_asked = bool(proposer)
    with ExitStack() as stack:
        before = _held(stack, corpus)
        mask = before.options.mask
        stack.enter_context(shielded(mask))
        _adopt_again(before, corpus)
        load_ahead()
        from kg.corpus.asked import with_answers
        from kg.corpus.folder import listing_of

        skipped: list[SourceError] = []
        every = find_sources(sources, mask, meta)
        found = without_bad(every, stopping if strict else skipped.append)
        more = listing_of(every, corpus, mask)
        known = {each.sha256: each.asked for each in before.listing.articles if each.asked is not None}
        more = with_answers(more, known)
        if is_asked:
            more = ask(more, proposer, sources, corpus, before.options.least_confidence)
        listing = before.listing.with_more(more, masked=bool(mask))
        written = _write(stack, corpus, listing, before, jobs, validate, decisions)
    conclude(written, found, skipped, str(corpus), mask, started)


def remove(
    corpus: CorpusArgument,
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME...",
            help="Names of articles (`kg query articles`), or the paths of files that were set aside.",
        ),
    ],
    decisions: DecisionsOption = None,
    jobs: JobsOption = None,
    validate: ValidateOption = None,
) -> None:
    """Take articles out of a corpus."""
    started = time.perf_counter()
    with ExitStack() as stack:
        before = _held(stack, corpus)
        mask = before.options.mask
        stack.enter_context(shielded(mask))
        _adopt_again(before, corpus)
        load_ahead()
        known = {article.name for article in before.listing.articles}
        known |= {each.origin for each in before.listing.aside}
        if strange := [name for name in names if name not in known]:
            raise GraphError(
                corpus, f"has no article {strange[0]!r}", f"its articles: kg query articles -g {corpus}"
            )
        listing = before.listing.without(names)
        if not listing.entries:
            raise GraphError(corpus, "would have no article left", "remove the folder itself")
        written = _write(stack, corpus, listing, before, jobs, validate, decisions)
    conclude_rewritten(written, str(corpus), mask, started)


def _held(stack: ExitStack, corpus: Path) -> Manifest:
    """Hold a corpus as its only writer until the command ends, and return what it says of itself.

    Raises:
        GraphError: it is none.
    """
    from kg.base.swap import settle
    from kg.corpus.folder import alone
    from kg.corpus.manifest import Manifest

    Manifest.demand(corpus)
    stack.enter_context(alone(corpus))
    settle(corpus)
    return Manifest.demand(corpus)


def _adopt_again(before: Manifest, corpus: Path) -> None:
    """Use the user's knowledge by which a corpus was read, or that lies in it now.

    Raises:
        ResourceError: it is there no more, or something in it is wrong.
    """
    from kg.corpus.beside import KNOWLEDGE, knowledge_of

    recorded = before.options.knowledge
    adopt(corpus / recorded if recorded and knowledge_of(corpus) != corpus / KNOWLEDGE else None, corpus)


def _write(
    stack: ExitStack,
    corpus: Path,
    listing: Listing,
    before: Manifest,
    jobs: int | None,
    validate: bool | None,
    decisions: Path | None = None,
    told: Callable[[Outcome], None] = tell_change,
) -> Written:
    from kg.corpus.folder import Job
    from kg.view.page import page_of

    decided = decisions_of(corpus, decisions, before.options.decisions)
    options = before.options
    if decisions is not None:
        options = replace(options, decisions=recorded_path(corpus, decisions))
    job: Any = partial(Job, corpus, page_of, processes=jobs, before_swap=told, decisions=decided)
    return write_validated(stack, job, listing, options, validate=validate)


def rebuild(corpus: Path, jobs: int | None = None, validate: bool | None = None) -> None:
    """Write a corpus again from what was read in its articles, as people decided it now.

    Raises:
        GraphError: it is none.
        DecisionError: decisions contradict each other.
    """
    started = time.perf_counter()
    with ExitStack() as stack:
        before = _held(stack, corpus)
        mask = before.options.mask
        stack.enter_context(shielded(mask))
        _adopt_again(before, corpus)
        written = _write(stack, corpus, before.listing, before, jobs, validate, told=_nothing)
    conclude_rewritten(written, str(corpus), mask, started)


def _nothing(_: Outcome) -> None:
    """Say nothing of articles that came and went: none did."""
