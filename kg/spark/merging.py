"""Readings -> what the identity graph rests on, and the merged view, on a worker node; article by article.

What belongs to one article is written there. What several may say (things, facts, figures) goes to the bucket in which it is
put together, on some node too.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping
from itertools import count, groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from kg.base.model import Article
from kg.corpus.groups import Groups
from kg.corpus.layer import Layer
from kg.corpus.merged import Merger, folded_pieces
from kg.corpus.said import Said, key_of, said_by, said_in
from kg.corpus.shard import StaleError, unpack
from kg.corpus.ties import Ties, ends_told
from kg.graph.iri import article_iri
from kg.graph.store import graph_iri
from kg.spark.arrow import batch_of, rows_in
from kg.spark.rows import Asked, article_in, bucket_of

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["FOLDED", "MERGED", "TOLD", "folded_in", "merged_in", "told_in"]

TOLD: Final = "sha256 string, told binary"
MERGED: Final = "bucket int, sha256 string, lines string, many int, fold int, piece binary, common binary"
"""The quads of an article; or what some articles leave in a bucket; or what is called by its own name in them."""

FOLDED: Final = "bucket int, sha256 string, lines string, many int"
"""What all articles together say in a bucket, in parts that are numbered in the place of a checksum."""

_LINES: Final = 20_000  # of such a part


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
    batches: Iterable[pa.RecordBatch],
    asked: Asked,
    names: Mapping[str, str],
    coded: Mapping[str, str],
    folds: int,
) -> Iterator[pa.RecordBatch]:
    """Yield the quads of articles, each by itself and in the merged view; and, in rows, what is left to be said of a batch.

    Args:
        batches: readings, with a column ``ties``: who is one with whom in an article, and on what that rests.
        asked: how they were read.
        names: what those are called that are not called what their row says, by checksum.
        coded: what stands for places with a code, in whichever article.
        folds: how many buckets there are for what is left to be said.
    """
    for rows in rows_in(batches):
        rows.sort(key=lambda row: str(row["sha256"]))
        same, called, evidence = dict(coded), dict[str, str](), set[str]()
        for row in rows:
            if row["ties"] is not None:
                own, labels, words = pickle.loads(row["ties"])  # noqa: S301 - of our driver
                same |= own
                called |= labels
                evidence |= words
        merger = Merger(Ties(same, called, Groups[str](), evidence), asked.base, folds)
        found = [_lines(row, article_in(row, names), merger, asked) for row in rows]
        first = found[0]["sha256"] if found else ""
        found += piece_rows(first, merger)
        if merger.common:
            found.append({"sha256": first, "common": pickle.dumps(merger.common)})
        yield batch_of(found, MERGED)


def piece_rows(first: str, merger: Merger) -> list[dict[str, Any]]:
    """Return what articles from ``first`` on leave in each bucket."""
    pieces = merger.pieces().items()
    return [{"fold": fold, "sha256": first, "piece": pickle.dumps(piece)} for fold, piece in pieces]


def folded_in(
    batches: Iterable[pa.RecordBatch], asked: Asked, common: Mapping[str, str], copies: Groups[str]
) -> Iterator[pa.RecordBatch]:
    """Yield what all articles together say in each bucket.

    Args:
        batches: what articles leave in buckets (``fold``, ``piece``), sorted by bucket and checksum, each bucket whole.
        asked: how they were read.
        common: what is called by its own name, over all articles.
        copies: which articles are copies of each other.
    """
    rows = ((row["fold"], row["piece"]) for rows in rows_in(batches) for row in rows)
    for fold, own in groupby(rows, key=itemgetter(0)):
        pieces = (pickle.loads(piece) for _, piece in own)  # noqa: S301 - of our own functions
        lines = folded_pieces(pieces, common, copies, asked.base)
        for number in count():
            part = list(islice(lines, _LINES))
            if not part:
                break
            row = {"bucket": fold, "sha256": f"{number:09}", "lines": "\n".join(part), "many": len(part)}
            yield batch_of([row], FOLDED)


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
