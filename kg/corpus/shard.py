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

__all__ = [
    "FORMAT",
    "StaleError",
    "is_whole",
    "pack",
    "reading_from_json",
    "reading_to_json",
    "shard_path",
    "unpack",
]

FORMAT: Final = 1
_LEVEL: Final = 6


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
    except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as error:
        raise StaleError(f"no reading: {error}") from error
    if replace(article, name="", text="") != read.article:
        raise StaleError("of another article")
    return replace(read, article=article)


def pack(reading: Reading, reader: str) -> bytes:
    """Return the file of what was read in an article."""
    value = {**_head(reading.article, reader), "reading": reading_to_json(reading)}
    return gzip.compress(_written(value), _LEVEL, mtime=0)


def unpack(data: bytes, article: Article, reader: str) -> Reading:
    """Return what was read in an article, from its file.

    Raises:
        StaleError: the file is damaged, another reader made it, or it is of another article.
    """
    try:
        value = json.loads(_content(data, article, reader).decode("utf-8", "surrogatepass"))
        return reading_from_json(value["reading"], article)
    except (KeyError, TypeError, RecursionError) as error:
        raise StaleError(f"damaged: {error}") from error


def is_whole(data: bytes, article: Article, reader: str) -> bool:
    """Say whether a file holds what this reader reads in an article: looked at without taking it apart."""
    try:
        _content(data, article, reader)
    except StaleError:
        return False
    return True


def _content(data: bytes, article: Article, reader: str) -> bytes:
    try:
        content = gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise StaleError(f"damaged: {error}") from error
    if not content.startswith(_written(_head(article, reader))[:-1] + b","):
        raise StaleError("made by another reader, or of another article")
    return content


def _head(article: Article, reader: str) -> dict[str, Any]:
    """Return what a file begins with: which reader read what."""
    said = codec_of(Article).encode(replace(article, name="", text=""), "")
    return {"format": FORMAT, "reader": reader, "of": hashlib.sha256(_written(said)).hexdigest()}


def _written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
