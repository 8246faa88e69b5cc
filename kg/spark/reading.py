"""Articles -> readings, on a worker node: by a process of kg's own, as the pool of one machine has them.

So what an article brings about is the same there and here: one that cannot be read, or that its process dies of, is a row
with the reason, and the others are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from kg.base.errors import ResourceError
from kg.base.model import Article
from kg.base.process_pool import ProcessPool
from kg.corpus.pool import batches_of, code_of, read_by
from kg.corpus.reader import reader_digest
from kg.corpus.shard import features_in
from kg.corpus.worker import Failed, Reader
from kg.spark.arrow import batch_of, rows_in
from kg.spark.rows import READINGS, Asked, article_in, features_value

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["read_in"]

_UNTOLD: Final = "its triples could not be made"


def read_in(
    batches: Iterable[pa.RecordBatch], asked: Asked, names: Mapping[str, str]
) -> Iterator[pa.RecordBatch]:
    """Yield what was read in articles, as `kg.spark.rows.READINGS` has it.

    Args:
        batches: articles, each text once.
        asked: how they are read.
        names: what those are called that are not called what their row says, by checksum.

    Raises:
        ResourceError: another kg is installed here than on the driver.
    """
    _demand(asked)
    reader = Reader(asked.reader, asked.least_confidence, base=asked.base)
    for rows in rows_in(batches):
        by_sha256 = {row["sha256"]: row for row in rows}
        for part in batches_of([article_in(row, names) for row in rows]):
            yield batch_of(_read(part, by_sha256, reader), READINGS)


def _read(
    articles: Sequence[Article], rows: Mapping[str, Mapping[str, Any]], reader: Reader
) -> Iterator[Mapping[str, Any]]:
    known = {article.sha256: article for article in articles}
    for each in read_by(_pool(code_of(reader)), list(articles)):
        article, own = known[each.sha256], rows[each.sha256]
        same = {name: own[name] for name in ("sha256", "text", "entry")} | {"name": article.name}
        if isinstance(each, Failed) or not each.said:
            yield {**same, "why": each.why if isinstance(each, Failed) else _UNTOLD}
        else:
            told = features_value(features_in(each.shard, article, reader.digest))
            yield {**same, "shard": each.shard, "said": each.said, "features": told}


@cache
def _pool(code: str) -> ProcessPool:
    """Return the process that reads for this one; it ends with it."""
    return ProcessPool(1, code).__enter__()


@cache
def _own_digest(least_confidence: float | None) -> str:
    return reader_digest(least_confidence)


def _demand(asked: Asked) -> None:
    if _own_digest(asked.least_confidence) != asked.reader:
        raise ResourceError(
            "kg on a worker node",
            "reads otherwise than that of the driver",
            "install the same version with the same data on all nodes",
        )
