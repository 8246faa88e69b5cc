"""What was read in one article, as a file: ``readings/ab/<sha256>.json.gz``, the same bytes for the same reading.

It holds all of a reading but the text and the name of the article, which stand elsewhere and may change without it, and
what the article tells about who its entities are. It says which reader made it: what another one made is read again.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from dataclasses import replace
from typing import Any, Final

from kg.base.home import READINGS
from kg.base.model import Article, Reading
from kg.corpus.codec import codec_of
from kg.corpus.model import ArticleFeatures, Feature

__all__ = [
    "FORMAT",
    "StaleError",
    "features_in",
    "is_whole",
    "pack",
    "reading_from_json",
    "reading_to_json",
    "shard_path",
    "unpack",
]

FORMAT: Final = 2
_LEVEL: Final = 6
_JSON: Final = json.JSONDecoder()
_SEVERAL: Final = b'"features":['
_ALONE: Final = b'"features":null'
_TOLD: Final = codec_of(
    tuple[tuple[Feature, ...], bytes]
)  # of an article's features, what its listing does not say
_NO_VALUE: Final = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError)


class StaleError(ValueError):
    """A file that is damaged, or holds what another reader read or something else was said of: the text is read again."""


def shard_path(sha256: str) -> str:
    """Return where the reading of a text stands, below the folder of its corpus."""
    return f"{READINGS}/{sha256[:2]}/{sha256}.json.gz"


def reading_to_json(reading: Reading) -> list[Any]:
    """Return a reading as lists for JSON, without the text and the name of its article."""
    article = replace(reading.article, name="", text="")
    own: list[Any] = codec_of(Reading).encode(replace(reading, article=article), reading.article.text)
    return own


def reading_from_json(value: list[Any], article: Article) -> Reading:
    """Return the reading that `reading_to_json` made ``value`` of, with the name and the text of ``article``.

    Raises:
        StaleError: it is none, or is of another text, or of one of which something else was said.
    """
    try:
        read: Reading = codec_of(Reading).decode(value, article.text)
    except _NO_VALUE as error:
        raise StaleError(f"no reading: {error}") from error
    if replace(article, name="", text="") != read.article:
        raise StaleError("of another article")
    return replace(read, article=article)


def pack(reading: Reading, reader: str, *, several: bool = True) -> bytes:
    """Return the file of what was read in an article; what it tells of its entities matters only in one of ``several``."""
    value = {
        **_head(reading.article, reader),
        "features": _features_of(reading) if several else None,
        "reading": reading_to_json(reading),
    }
    return gzip.compress(_written(value), _LEVEL, mtime=0)


def unpack(data: bytes, article: Article, reader: str) -> Reading:
    """Return what was read in an article, from its file.

    Raises:
        StaleError: the file is damaged, another reader made it, or it is of another article.
    """
    return reading_from_json(_value(data, article, reader)["reading"], article)


def features_in(data: bytes, article: Article, reader: str) -> ArticleFeatures:
    """Return what an article tells about who its entities are, from the file of its reading; the rest is not taken apart.

    Raises:
        StaleError: as for `unpack`, or the file is that of an article alone.
    """
    head, content = _content(data, article, reader)
    own = (article.sha256, article.name, article.published, article.publisher)
    if not content.startswith(_SEVERAL, head):
        raise StaleError("no features: read as an article alone")
    try:
        told, _ = _JSON.raw_decode(content[head + len(_SEVERAL) - 1 :].decode("utf-8", "surrogatepass"))
        entities, sketch = _TOLD.decode(told, "")
    except (*_NO_VALUE, RecursionError) as error:
        raise StaleError(f"no features: {error}") from error
    return ArticleFeatures(*own, entities, sketch)


def is_whole(data: bytes, article: Article, reader: str, *, several: bool = True) -> bool:
    """Say whether a file holds what this reader reads in an article: looked at without taking it apart."""
    try:
        head, content = _content(data, article, reader)
    except StaleError:
        return False
    return content.startswith(_SEVERAL if several else _ALONE, head)


def _features_of(reading: Reading) -> list[Any]:
    from kg.corpus.feature import features_of  # who reads one article does without

    found = features_of(reading)
    told: list[Any] = _TOLD.encode((found.entities, found.sketch), "")
    return told


def _value(data: bytes, article: Article, reader: str) -> Any:  # noqa: ANN401 - what stands in the file
    _, content = _content(data, article, reader)
    try:
        value = json.loads(content.decode("utf-8", "surrogatepass"))
        return {"features": value["features"], "reading": value["reading"]}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise StaleError(f"damaged: {error}") from error


def _content(data: bytes, article: Article, reader: str) -> tuple[int, bytes]:
    """Return what a file holds, and where its head ends."""
    try:
        content = gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise StaleError(f"damaged: {error}") from error
    head = _written(_head(article, reader))[:-1] + b","
    if not content.startswith(head):
        raise StaleError("made by another reader, or of another article")
    return len(head), content


def _head(article: Article, reader: str) -> dict[str, Any]:
    """Return what a file begins with: which reader read what."""
    said = codec_of(Article).encode(replace(article, name="", text=""), "")
    return {"format": FORMAT, "reader": reader, "of": hashlib.sha256(_written(said)).hexdigest()}


def _written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
