"""What stands in the columns of the tables of a job: values of kg as text or bytes, and what was asked of the job.

Whoever runs on a worker node gets all that it needs in such rows, and nothing else: no folder, no state of the driver.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from kg.base.model import Article
from kg.corpus.codec import codec_of
from kg.corpus.model import ArticleFeatures

__all__ = [
    "ARTICLES",
    "READINGS",
    "Asked",
    "article_in",
    "article_values",
    "bucket_of",
    "entry_in",
    "features_of_row",
    "features_value",
]

ARTICLES: Final = (
    "bucket int, sha256 string, name string, text string, origin string, id string, block long, number long, "
    "entry string, what string, hint string"
)
"""Articles as they came; in bucket -1 how many lines a block of a file has, and what was set aside."""

READINGS: Final = (
    "sha256 string, name string, text string, entry string, shard binary, said binary, features string, "
    "why string"
)
"""What was read in each article: its reading, its triples, what it tells of its entities; or why it could not be read."""

_DIGITS: Final = 8  # of a checksum, that say in which bucket an article lies
_ALL: Final = 16**_DIGITS


@dataclass(frozen=True, slots=True)
class Asked:
    """What a job was asked: all that its result depends on, beside the articles."""

    base: str
    reader: str  # its digest
    least_confidence: float | None = None
    mask: tuple[str, ...] = ()
    level: str = "likely"
    buckets: int = 16

    def to_json(self) -> dict[str, Any]:
        """Return it as values of JSON."""
        return {
            "base": self.base,
            "reader": self.reader,
            "least_confidence": self.least_confidence,
            "mask": list(self.mask),
            "level": self.level,
            "buckets": self.buckets,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Asked:
        """Return what `to_json` made a value of.

        Raises:
            KeyError, TypeError, ValueError: it is no such value.
        """
        return cls(
            value["base"],
            value["reader"],
            value["least_confidence"],
            tuple(value["mask"]),
            value["level"],
            int(value["buckets"]),
        )


def bucket_of(sha256: str, buckets: int) -> int:
    """Return the bucket of an article: buckets in their order hold the checksums in theirs.

    >>> bucket_of("00" * 32, 4), bucket_of("7f" * 32, 4), bucket_of("ff" * 32, 4)
    (0, 1, 3)
    """
    return int(sha256[:_DIGITS], 16) * buckets // _ALL


def article_values(article: Article, id: str) -> dict[str, str]:  # noqa: A002 - what a record calls it
    """Return the columns of an article and of the id that it has in its collection."""
    own = codec_of(Article).encode(replace(article, name="", text=""), "")
    return {
        "sha256": article.sha256,
        "name": article.name,
        "text": article.text,
        "entry": json.dumps([id, own], separators=(",", ":")),
    }


def article_in(row: Mapping[str, Any], names: Mapping[str, str]) -> Article:
    """Return the article of a row, with the name by which it is told from others called the same."""
    return entry_in(row, names)[1]


def entry_in(row: Mapping[str, Any], names: Mapping[str, str]) -> tuple[str, Article]:
    """Return the id and the article of a row."""
    known, own = json.loads(row["entry"])
    article: Article = codec_of(Article).decode(own, "")
    return known, replace(article, name=names.get(row["sha256"], row["name"]), text=row["text"])


def features_value(features: ArticleFeatures) -> str:
    """Return what an article tells of its entities, as a column."""
    return json.dumps(codec_of(ArticleFeatures).encode(features, ""), separators=(",", ":"))


def features_of_row(value: str) -> ArticleFeatures:
    """Return what `features_value` made a column of."""
    found: ArticleFeatures = codec_of(ArticleFeatures).decode(json.loads(value), "")
    return found
