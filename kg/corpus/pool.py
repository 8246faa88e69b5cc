"""Many articles read at once, by a process for each processor. What one process cannot read, and dies of, is set aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from kg.base.children import processors
from kg.base.model import Article
from kg.base.process_pool import DiedError, ProcessPool
from kg.corpus.worker import Failed, Read, Reader, pipeline_of, read_each
from kg.pipeline import Pipeline

__all__ = ["POOLED", "batches_of", "code_of", "read_articles", "read_by"]

POOLED: Final = 100_000
"""Characters from which on several processes read: each needs a second or two before its first article."""

_BATCH: Final = 32
_CHARACTERS: Final = 40_000
"""Articles and characters of a batch: enough for full batches of sentences, few enough to share them out evenly."""

_DIED: Final = "the process that read it ended"


def read_articles(
    articles: Sequence[Article],
    reader: Reader,
    processes: int | None = None,
    pipeline: Pipeline | None = None,
) -> Iterator[list[Read | Failed]]:
    """Yield what was read in articles, batch by batch, in no fixed order; what is read does not depend on the batches.

    Args:
        articles: each text once.
        reader: how they are read.
        processes: how many read; by default one for each processor, and only this one where there is little to read.
        pipeline: how this process reads where it reads itself.
    """
    batches = list(batches_of(articles))
    many = sum(len(article.text) for article in articles) >= POOLED
    number = min(len(batches), (processors() if many else 1) if processes is None else processes)
    if number > 1:
        with ProcessPool(number, code_of(reader)) as pool:
            yield from pool.each(partial(read_by, pool), batches)
        return
    own = pipeline or (pipeline_of(reader.least_confidence) if batches else None)
    for batch in batches:
        if own:
            yield list(read_each(own, batch, reader))


def batches_of(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Yield articles as batches that are read at once."""
    batch, characters = list[Article](), 0
    for article in articles:
        if batch and (len(batch) == _BATCH or characters + len(article.text) > _CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(article)
        characters += len(article.text)
    if batch:
        yield batch


def code_of(reader: Reader) -> str:
    """Return what a process runs that reads."""
    asked = ", ".join(map(repr, (reader.digest, reader.least_confidence, reader.base)))
    return f"import sys, kg.corpus.worker as w; w.work(int(sys.argv[1]), {asked})"


def read_by(pool: ProcessPool, batch: list[Article]) -> list[Read | Failed]:
    """Return what a process reads in a batch; where it dies of it, what others read in each article by itself."""
    try:
        read: list[Read | Failed] = pool.ask(batch)
    except DiedError:
        if len(batch) == 1:
            return [Failed(batch[0].sha256, _DIED)]
        return [own for article in batch for own in read_by(pool, [article])]
    return read
