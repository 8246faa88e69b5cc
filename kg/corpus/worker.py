"""A process that reads articles for another one: batches come in, files of readings go out, until nothing more comes.

Its standard streams are pickles, for both ends are kg. It ends with the one that started it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from kg.base.errors import GraphError
from kg.base.model import Article, Reading
from kg.base.process_pool import answer_each
from kg.corpus.shard import pack
from kg.pipeline import Pipeline

__all__ = ["Failed", "Read", "Reader", "pipeline_of", "read_each"]


@dataclass(frozen=True, slots=True)
class Read:
    """An article that was read: the file of its reading, and where it was asked for that of its triples."""

    sha256: str
    shard: bytes
    said: bytes = b""


@dataclass(frozen=True, slots=True)
class Failed:
    """An article that could not be read, and why."""

    sha256: str
    why: str


def pipeline_of(least_confidence: float | None) -> Pipeline:
    """Return the reader that keeps facts from this confidence on."""
    from kg.facts.judge.learned import LearnedJudge

    return Pipeline(judge=LearnedJudge(threshold=least_confidence))


@dataclass(frozen=True, slots=True)
class Reader:
    """How articles are read, and for what."""

    digest: str
    least_confidence: float | None = None  # facts from this confidence on are kept
    several: bool = True  # they are articles of a corpus of several
    base: str = ""  # where their triples live, where these are kept too


def read_each(pipeline: Pipeline, articles: Sequence[Article], reader: Reader) -> Iterator[Read | Failed]:
    """Yield what was read in each article. One that cannot be read does not keep the others of its batch from it."""
    try:
        readings: Sequence[Reading] = pipeline.read(articles)
    except Exception as error:  # noqa: BLE001 - whatever an article brings about is set aside with it
        if len(articles) == 1:
            yield Failed(articles[0].sha256, f"{type(error).__name__}: {error}")
            return
        for article in articles:
            yield from read_each(pipeline, [article], reader)
        return
    for reading in readings:
        shard = pack(reading, reader.digest, several=reader.several)
        yield Read(reading.article.sha256, shard, _said(reading, shard, reader) if reader.base else b"")


def _said(reading: Reading, shard: bytes, reader: Reader) -> bytes:
    """Return the file of the triples of a reading, b"" where there can be none: who asks for them is told why."""
    from kg.corpus.said import kept_form, key_of, said_by

    with suppress(GraphError):
        key = key_of(reading.article, reader.base, shard, reader.digest)
        return kept_form(said_by(reading, reader.base), key)
    return b""


def work(parent: int, digest: str, least_confidence: float | None, base: str = "") -> None:
    """Read what comes on standard input: the whole life of the process."""

    def ready() -> Callable[[Sequence[Article]], list[Read | Failed]]:
        reader, pipeline = Reader(digest, least_confidence, base=base), pipeline_of(least_confidence)
        return lambda articles: list(read_each(pipeline, articles, reader))

    answer_each(parent, ready)
