"""Readings -> what the identity graph rests on, and the merged view, on a worker node; article by article.

What belongs to one article is written there. What several may say (things, facts, counts) is handed on to the driver.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from kg.base.model import Article
from kg.corpus.groups import Groups
from kg.corpus.layer import Layer
from kg.corpus.merged import Merger
from kg.corpus.said import Said, key_of, said_by, said_in
from kg.corpus.shard import StaleError, unpack
from kg.corpus.ties import Ties, ends_told
from kg.graph.iri import article_iri
from kg.graph.store import graph_iri
from kg.spark.arrow import batch_of, rows_in
from kg.spark.rows import Asked, article_in, bucket_of

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["MERGED", "TOLD", "merged_in", "told_in"]

TOLD: Final = "sha256 string, told binary"
MERGED: Final = "bucket int, sha256 string, lines string, many int, part binary"


def told_in(
    batches: Iterable[pa.RecordBatch], asked: Asked, names: Mapping[str, str]
) -> Iterator[pa.RecordBatch]:
    """Yield what articles tell of what the identity graph names (their readings, with a column ``ends``)."""
    for rows in rows_in(batches):
        told = []
        for row in rows:
            reading = unpack(row["shard"], article_in(row, names), asked.reader)
            own = ends_told(reading, pickle.loads(row["ends"]), asked.base)  # noqa: S301 - of our driver
            told.append({"sha256": row["sha256"], "told": pickle.dumps(own)})
        yield batch_of(told, TOLD)


def merged_in(
    batches: Iterable[pa.RecordBatch], asked: Asked, names: Mapping[str, str], coded: Mapping[str, str]
) -> Iterator[pa.RecordBatch]:
    """Yield the quads of articles, each by itself and in the merged view; and, in a row, what is left to be said of a batch.

    Args:
        batches: readings, with a column ``ties``: who is one with whom in an article, and on what that rests.
        asked: how they were read.
        names: what those are called that are not called what their row says, by checksum.
        coded: what stands for places with a code, in whichever article.
    """
    for rows in rows_in(batches):
        rows.sort(key=lambda row: str(row["sha256"]))
        same, evidence = dict(coded), set[str]()
        for row in rows:
            if row["ties"] is not None:
                own, words = pickle.loads(row["ties"])  # noqa: S301 - of our driver
                same |= own
                evidence |= words
        ties = Ties(same, {}, Groups[str](), {node: [] for node in evidence})
        merger = Merger(ties, asked.base, apart=True)
        found = [_lines(row, article_in(row, names), merger, asked) for row in rows]
        if found:
            last = {"bucket": found[0]["bucket"], "sha256": found[0]["sha256"]}
            found.append({**last, "many": 0, "part": pickle.dumps(merger.part())})
        yield batch_of(found, MERGED)


def _lines(row: Mapping[str, Any], article: Article, merger: Merger, asked: Asked) -> dict[str, Any]:
    said = _said(row, article, asked)
    end = f" <{graph_iri(article_iri(article, asked.base), asked.base)}> ."
    lines = [f"{line[:-2]}{end}" for line in said.lines]
    lines += merger.take(Layer.of(said.lines, article.text))
    return {
        "bucket": bucket_of(article.sha256, asked.buckets),
        "sha256": article.sha256,
        "lines": "\n".join(lines),
        "many": len(lines),
    }


def _said(row: Mapping[str, Any], article: Article, asked: Asked) -> Said:
    """Return the triples of an article; made again where they are those of another name."""
    try:
        key = key_of(article, asked.base, row["shard"], asked.reader)
        return said_in(row["said"], key, article, asked.base)
    except StaleError:
        return said_by(unpack(row["shard"], article, asked.reader), asked.base)
