"""A job: the stages from articles to the quads of a corpus, each a table that is written once and found again.

    articles/            lines as articles, by bucket                       distributed
    readings/bucket=n/   what was read in each, with its triples            distributed; nearly all of the work
    (identity)           who is one with whom, from the entities alone      the driver
    work/told            what articles tell of what ties them               distributed
    quads/n.nq.gz        each article by itself and in the merged view      distributed
    quads/merged-n.nq.gz what only all together say, by bucket of things    distributed
    quads/identity, merged   who is one, and what that rests on             the driver

A job that ends early goes on where it stopped: articles and readings that have their ``_SUCCESS`` are not made again. What a job is asked, and of which
files, stands in ``job.json``; another job in the same folder is refused.

Each file of quads begins with one of the graph that says who is one with whom, for by that kg knows a corpus, whose default
graph is its merged view (``kg.graph.store.layered``).
"""

from __future__ import annotations

import gzip
import json
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, cast

from kg.base.errors import OutputError, SourceError
from kg.corpus.graph import in_graph
from kg.corpus.identity import resolve
from kg.corpus.listing import Aside
from kg.corpus.merged import Merger, buckets_for
from kg.corpus.model import Identity, MergeLevel
from kg.corpus.things_file import pack_things
from kg.corpus.ties import EndsTold, Ties, TiesWriter, evidence_in
from kg.graph.iri import identity_iri
from kg.spark.files import Files, inputs_of
from kg.spark.intake import ASIDE
from kg.spark.merging import piece_rows
from kg.spark.names import COLUMNS, Names, aside_of, names_of
from kg.spark.rows import Asked, features_of_row
from kg.spark.session import told_in_one_line
from kg.spark.tables import Tables
from kg.version import __version__

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["ARTICLES", "FORMAT", "JOB", "QUADS", "READINGS", "Outcome", "run"]

FORMAT: Final = 1
JOB: Final = "job.json"
MANIFEST: Final = "manifest.json"
ARTICLES, READINGS, QUADS = "articles", "readings", "quads"
THINGS: Final = "things.json.gz"
_WORK: Final = "work"
_TOLD, _MERGED, _PACKED = f"{_WORK}/told", f"{_WORK}/merged", f"{_WORK}/quads"
_FOLDED: Final = f"{_WORK}/folded"
_FOLD: Final = 500  # articles that leave enough for a bucket
_LINES: Final = 20_000  # of a part of a packed file
_LEVEL: Final = 6
_ENDS, _TIES = "sha256 string, ends binary", "sha256 string, ties binary"
_AGAIN: Final = "give the sources and options it was begun with, another folder with -o, or --replace"
Step = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job has written."""

    articles: int  # each text once
    read: int  # by this run
    lines: int  # articles, with those that have the text of another
    aside: tuple[Aside, ...]
    failed: tuple[tuple[str, str], ...]  # names of articles that could not be read, and why
    things: int  # that stand for several entities
    quads: int


def run(
    spark: SparkSession,
    sources: Sequence[str],
    folder: str,
    asked: Asked,
    step: Step = lambda _step, _done, _all: None,
    *,
    replace: bool = False,
) -> Outcome:
    """Do what is left of a job.

    Args:
        spark: what does it.
        sources: files, folders and patterns of JSON Lines and Parquet.
        folder: where it is written.
        asked: what is asked of it.
        step: told what the job is at, how much of it is done, and how much there is.
        replace: whether another job may go that the folder holds.

    Raises:
        SourceError: a source is missing, or there are not two articles.
        OutputError: the folder holds something else.
        ResourceError: a stage failed.
    """
    with told_in_one_line("files"):
        files = Files(spark, folder)
        inputs = inputs_of(spark, sources)
        _begin(files, asked, inputs, replace=replace)
    return _Job(spark, files, asked, step).run([path for path, _ in inputs])


def _begin(files: Files, asked: Asked, inputs: Iterable[tuple[str, int]], *, replace: bool) -> None:
    """Write what the job is, or see that what is there is this one."""
    value = {
        "kg_job": FORMAT,
        "kg": __version__,
        **asked.to_json(),
        "inputs": [list(each) for each in inputs],
    }
    own = (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")
    if files.exists(JOB):
        if files.read(JOB) == own:
            return
        if not replace:
            raise OutputError(files.at(""), "holds another job, or one of another version of kg", _AGAIN)
        for name in (ARTICLES, READINGS, _WORK, QUADS, THINGS, MANIFEST, "_SUCCESS", JOB):
            files.remove(name)
    elif files.names(""):
        raise OutputError(files.at(""), "holds files that no job wrote", "choose another folder with -o")
    files.write(JOB, [own])


class _Job:
    def __init__(self, spark: SparkSession, files: Files, asked: Asked, step: Step) -> None:
        self._files, self._asked, self._step = files, asked, step
        self._tables = Tables(spark, asked)

    def run(self, inputs: Sequence[str]) -> Outcome:
        with told_in_one_line("articles"):
            rows = self._articles(inputs)
        aside = aside_of(row for row in rows["aside"])
        names = names_of(rows["articles"])
        if names.texts < 2:
            what = f"hold {names.texts} articles" + (f" ({aside[0].what})" if aside else "")
            raise SourceError(", ".join(inputs[:3]), what, "a job needs two at least; kg build reads one")
        with told_in_one_line("reading"):
            read, failed = self._readings(names)
        if failed:
            names = names_of(rows["articles"], failed)
            if names.texts < 2:
                raise SourceError(
                    ", ".join(inputs[:3]), f"could not be read: {next(iter(failed.values()))[1]}"
                )
        if not self._files.is_done(""):
            with told_in_one_line("merging"):
                self._corpus(names)
            self._finish(names, aside, failed)
        told = json.loads(self._files.read(MANIFEST))
        reasons = tuple(sorted(failed.values()))
        return Outcome(names.texts, read, names.lines, tuple(aside), reasons, told["things"], told["quads"])

    def _articles(self, inputs: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
        from pyspark.sql.functions import col

        path = self._files.at(ARTICLES)
        if not self._files.is_done(ARTICLES):
            self._step("articles", 0, 0)
            self._tables.write(self._tables.articles(inputs), path, "bucket")
        table = self._tables.table(path)
        own = table.where(col("bucket") != ASIDE).select(*COLUMNS)
        rest = table.where(col("bucket") == ASIDE).select("origin", "block", "number", "what", "hint")
        return {"articles": own.toArrow().to_pylist(), "aside": rest.toArrow().to_pylist()}

    def _readings(self, names: Names) -> tuple[int, dict[str, tuple[str, str]]]:
        """Read what is missing, bucket by bucket; return how many were read now, and the names of what could not be, and why."""
        from pyspark.sql.functions import col

        done = read = 0
        for bucket, many in names.many.items():
            name = f"{READINGS}/bucket={bucket}"
            if not self._files.is_done(name):
                self._step("reading", done, names.texts)
                articles = self._tables.table(self._files.at(ARTICLES))
                missing = self._tables.missing(articles, bucket, many, names.other)
                self._tables.write(missing, self._files.at(name))
                read += many
            done += many
        self._step("reading", done, names.texts)
        bad = self._tables.table(self._files.at(READINGS)).where(col("why").isNotNull())
        rows = bad.select("sha256", "name", "why").toArrow().to_pylist()
        return read - len(rows) * bool(read), {row["sha256"]: (row["name"], row["why"]) for row in rows}

    def _corpus(self, names: Names) -> None:
        """Write the quads."""
        from pyspark.sql.functions import col

        readings = self._tables.table(self._files.at(READINGS)).where(col("why").isNull())
        self._files.remove(_WORK)  # pickles: only those of this run are taken apart
        self._step("identity", 0, names.texts)
        identity = self._identity(readings)
        writer = TiesWriter(identity, self._asked.base)
        told = self._told(readings, writer, names)
        lines = writer.lines()
        ties = Ties.of(lines)
        self._files.write(f"{QUADS}/identity.nq.gz", _packed(in_graph(lines, identity_iri(self._asked.base))))
        self._step("quads", 0, names.texts)
        coded = {
            iri: target
            for own in told.values()
            for _, iri, _, is_coded in own.entities
            if is_coded and (target := ties.same.get(f"<{iri}>"))
        }
        coded = {f"<{iri}>": target for iri, target in sorted(coded.items())}
        table = self._tables.made_of(_ties_rows(told, ties), _TIES)
        folds = _folds(names.texts, self._asked.buckets)
        merged = self._tables.merged(readings, table, names.texts, names.other, coded, folds)
        self._tables.write(merged, self._files.at(_MERGED))
        merged = self._tables.table(self._files.at(_MERGED))
        (first,) = in_graph(lines[:1], identity_iri(self._asked.base))
        own = self._write_quads(merged.where(col("lines").isNotNull()), first, "")
        self._step("merged", 0, names.texts)
        merger = Merger(ties, self._asked.base, folds)
        rest = list(merger.evidence(evidence_in(lines)))
        common = merged.where(col("common").isNotNull()).select("common").orderBy("sha256")
        called = dict[str, str]()
        for row in common.toArrow().to_pylist():
            called |= pickle.loads(row["common"])  # noqa: S301 - of our own functions
        folded = self._tables.folded(merged, piece_rows("", merger), folds, called, ties.copies)
        self._tables.write(folded, self._files.at(_FOLDED))
        own |= self._write_quads(self._tables.table(self._files.at(_FOLDED)), first, "merged-")
        self._files.write(f"{QUADS}/merged.nq.gz", _packed([first, *rest]))
        self._files.write(THINGS, [pack_things(identity, self._checksums)])
        own |= {"identity.nq.gz": len(lines), "merged.nq.gz": 1 + len(rest)}
        self._counted = dict(sorted(own.items()))
        self._things = sum(len(thing.members) > 1 for thing in identity.things)

    def _identity(self, readings: Any) -> Identity:  # noqa: ANN401 - a table of Spark
        rows = readings.select("sha256", "features").toArrow().to_pylist()
        self._checksums = sorted(row["sha256"] for row in rows)
        features = (features_of_row(row["features"]) for row in rows)
        return resolve(features, cast("MergeLevel", self._asked.level))

    def _told(self, readings: Any, writer: TiesWriter, names: Names) -> dict[str, EndsTold]:  # noqa: ANN401
        """Have articles tell of what ties them, in the order of their checksums."""
        ends = ((sha256, writer.ends(sha256)) for sha256 in self._checksums)
        rows = [
            {"sha256": sha256, "ends": pickle.dumps(own)} for sha256, own in ends if own.entities or own.spans
        ]
        table = self._tables.made_of(rows, _ENDS)
        told = self._tables.told(readings, table, len(rows), names.other)
        self._tables.write(told, self._files.at(_TOLD))
        rows = self._tables.table(self._files.at(_TOLD)).toArrow().to_pylist()
        found = {row["sha256"]: pickle.loads(row["told"]) for row in rows}  # noqa: S301 - of our own functions
        own = {sha256: found[sha256] for sha256 in sorted(found)}
        for sha256, each in own.items():
            writer.add(sha256, each)
        return own

    def _write_quads(self, table: Any, first: str, kind: str) -> dict[str, int]:  # noqa: ANN401 - of Spark
        """Write the quads of each bucket of a table, under names that loaders know; return how many quads each file has."""
        self._tables.write_quads(table, first, self._files.at(_PACKED))
        for folder in self._files.names(_PACKED):
            if folder.startswith("bucket="):
                (packed,) = (
                    name for name in self._files.names(f"{_PACKED}/{folder}") if name.startswith("part-")
                )
                to = f"{QUADS}/{kind}{_file_of(int(folder.removeprefix('bucket=')))}"
                self._files.move(f"{_PACKED}/{folder}/{packed}", to)
        counts = table.groupBy("bucket").sum("many").toArrow().to_pylist()
        return {f"{kind}{_file_of(row['bucket'])}": 1 + row["sum(many)"] for row in counts}

    def _finish(self, names: Names, aside: Sequence[Aside], failed: dict[str, tuple[str, str]]) -> None:
        files = [
            {"file": f"{QUADS}/{name}", "quads": many, "bytes": self._files.size(f"{QUADS}/{name}")}
            for name, many in self._counted.items()
        ]
        value = {
            "kg_job": FORMAT,
            "articles": names.texts,
            "lines": names.lines,
            "things": self._things,
            "quads": sum(self._counted.values()) - len(self._counted) + 1,
            "files": files,
            "set_aside": [[each.origin, each.line, each.what, each.hint] for each in aside],
            "failed": [list(each) for each in sorted(failed.values())],
        }
        written = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
        self._files.write(MANIFEST, [written.encode("utf-8", "surrogatepass")])
        self._files.remove(_WORK)
        self._files.finish()


def _ties_rows(told: dict[str, EndsTold], ties: Ties) -> Iterator[dict[str, Any]]:
    """Yield who is one with whom in each article, and which nodes are said with the identity graph."""
    for sha256, own in told.items():
        nodes = (f"<{iri}>" for _, iri, _, _ in own.entities)
        same = {node: target for node in nodes if (target := ties.same.get(node))}
        evidence = {node for line in own.evidence if (node := line.split(" ", 1)[0]) in ties.evidence}
        if same or evidence:
            called = {target: ties.called[target] for target in same.values() if target in ties.called}
            yield {"sha256": sha256, "ties": pickle.dumps((same, called, evidence))}


def _folds(articles: int, buckets: int) -> int:
    """Return into how many buckets falls what several articles may say: the same on any cluster."""
    return max(buckets_for(articles), min(buckets, 1 + articles // _FOLD))


def _file_of(bucket: int) -> str:
    return f"{bucket:04}.nq.gz"


def _packed(lines: Iterable[str]) -> Iterator[bytes]:
    """Yield lines as the parts of a packed file."""
    rest = iter(lines)
    while part := list(islice(rest, _LINES)):
        yield gzip.compress(("\n".join(part) + "\n").encode(), _LEVEL, mtime=0)
