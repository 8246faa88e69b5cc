"""The command ``kg spark``: many articles by Apache Spark, on this machine or on many."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.base.errors import KgError
from kg.base.language import say
from kg.base.overlay import VARIABLE
from kg.cli.build import MERGE_LEVELS, BaseOption, LeastOption, MergeOption
from kg.cli.personal import MaskOption, chosen, shielded
from kg.cli.sources import SKIPPED, skipped_lines
from kg.cli.streams import tell
from kg.cli.writing import progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.spark.job import Outcome

__all__ = ["register"]

_OUT: Final = "job"
_BUCKETS: Final = 16
_MOST: Final = 9999


def register(app: typer.Typer) -> None:
    """Add the command ``spark``."""
    app.command()(spark)


def spark(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCES...",
            help="JSON Lines (.jsonl .jsonl.gz) and Parquet (.parquet): files, folders, patterns, addresses that Spark reads (hdfs:// s3a://).",
        ),
    ],
    out: Annotated[
        str,
        typer.Option(
            "-o",
            "--out",
            help="The folder to write to, or its address; a job in it that ended early goes on.",
        ),
    ] = _OUT,
    master: Annotated[
        str,
        typer.Option(
            help="Where Spark runs: local[*], local-cluster[2,1,2048], spark://HOST:7077, yarn, k8s://...; default: what spark-submit says, else local[*].",
            show_default=False,
        ),
    ] = "",
    conf: Annotated[
        list[str] | None,
        typer.Option(
            "--conf",
            metavar="KEY=VALUE",
            help="A setting of Spark; can be given more than once.",
            show_default=False,
        ),
    ] = None,
    buckets: Annotated[
        int,
        typer.Option(
            min=1,
            max=_MOST,
            help="Parts of the result: after each that was read a job can go on, and each is a file of the graph.",
        ),
    ] = _BUCKETS,
    base: BaseOption = "",
    least_confidence: LeastOption = None,
    mask: MaskOption = "",
    merge: MergeOption = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put the job in the place of another that the folder holds.")
    ] = False,
) -> None:
    """Read very many articles by Apache Spark: readings as Parquet, the graph as N-Quads. `kg build JOB` makes a corpus of it.

    Reading, the triples of each article and most of the merged view are made on the worker nodes; who is one with whom,
    and the facts of several articles, on the driver. Needs the extra (pip install 'kg-zh[spark]') and Java 17 or 21.
    """
    started = time.perf_counter()
    kinds = chosen(mask)
    settings = _settings(conf or [])
    _refuse_knowledge()
    with shielded(kinds):
        from kg.corpus.reader import reader_digest
        from kg.graph.iri import check_base
        from kg.graph.vocabulary import DEFAULT_BASE
        from kg.spark.job import run
        from kg.spark.rows import Asked
        from kg.spark.session import session

        check_base(base or DEFAULT_BASE)
        reader = reader_digest(least_confidence)
        asked = Asked(
            base or DEFAULT_BASE, reader, least_confidence, kinds, merge or MERGE_LEVELS[0], buckets
        )
        with session(master, settings) as running, progress(0) as step:
            outcome = run(running, sources, out, asked, step, replace=replace)
    _conclude(outcome, out, kinds, time.perf_counter() - started)


def _settings(given: Sequence[str]) -> dict[str, str]:
    """Return settings of Spark by their names."""
    pairs = [each.partition("=") for each in given]
    for name, equals, _ in pairs:
        if not equals or not name:
            raise typer.BadParameter(say("give KEY=VALUE, as spark.executor.memory=4g"), param_hint="--conf")
    return {name.strip(): value.strip() for name, _, value in pairs}


def _refuse_knowledge() -> None:
    """Refuse knowledge of the user, which worker nodes do not have."""
    if named := os.environ.get(VARIABLE):
        raise KgError(
            named,
            "is knowledge of your own, and a job reads without",
            "unset KG_KNOWLEDGE, and use it when you build a corpus of the job",
        )


def _conclude(outcome: Outcome, out: str, mask: Sequence[str], seconds: float) -> None:
    """Tell what was written and what was set aside, and end with the status that says so."""
    from kg.base.errors import SourceError
    from kg.cli.personal import without

    tell(
        say(
            "{articles} articles ({read} of them read now) in {seconds} s: {things} things of several articles, {quads} quads",
            articles=outcome.articles,
            read=outcome.read,
            seconds=f"{seconds:.1f}",
            things=outcome.things,
            quads=outcome.quads,
        )
    )
    shown = without(out, mask)
    tell(
        say("written to {out}: readings/ (Parquet), quads/ (the graph as N-Quads), manifest.json", out=shown)
    )
    tell(say("next: kg build {out} -o corpus", out=shown))
    skipped = [SourceError(f"{each.origin}:{each.line}", each.what, each.hint) for each in outcome.aside]
    skipped += [SourceError(name, f"could not be read: {why}") for name, why in outcome.failed]
    for line in skipped_lines(skipped, mask):
        tell(line, err=True)
    if skipped:
        raise SystemExit(SKIPPED)
