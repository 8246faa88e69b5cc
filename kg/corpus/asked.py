"""What a language model answered about the articles of a corpus, kept in its folder: what is done to the graph later needs no model.

``answers.json.gz``: a row for each article that one was asked about, the same bytes for the same answers.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from kg.base.errors import GraphError
from kg.base.home import ANSWERS
from kg.base.intake import LARGEST_GRAPH, read_file
from kg.base.model import Article, Asked
from kg.corpus.codec import codec_of
from kg.corpus.listing import Listing

__all__ = ["answers_file", "answers_in", "with_answers"]

_LEVEL: Final = 6
_CODEC: Final = codec_of(Asked)
_DAMAGED: Final = (OSError, EOFError, zlib.error, ValueError, LookupError, TypeError, AttributeError)


def answers_file(articles: Iterable[Article]) -> dict[str, bytes]:
    """Return the file of what was answered about articles; none where nobody was asked."""
    rows = sorted([each.sha256, _CODEC.encode(each.asked, "")] for each in articles if each.asked is not None)
    if not rows:
        return {}
    data = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return {ANSWERS: gzip.compress(data, _LEVEL, mtime=0)}


def answers_in(folder: Path) -> Mapping[str, Asked]:
    """Return what was answered about the articles of a folder, by the checksums of their texts.

    Raises:
        GraphError: the file is damaged.
    """
    path = folder / ANSWERS
    try:
        data = read_file(path, LARGEST_GRAPH)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise GraphError(path, f"cannot be read: {error.strerror or error}") from error
    try:
        rows = json.loads(gzip.decompress(data).decode("utf-8", "surrogatepass"))
        return {str(sha256): _CODEC.decode(row, "") for sha256, row in rows}
    except (*_DAMAGED, RecursionError) as error:
        raise GraphError(
            path,
            "does not hold what a model answered",
            f"build it again: kg build SOURCES -o {folder} --replace",
        ) from error


def with_answers(listing: Listing, asked: Mapping[str, Asked]) -> Listing:
    """Return a listing whose articles have what was answered about them."""
    if not asked:
        return listing
    entries = tuple(
        replace(entry, article=replace(entry.article, asked=asked[entry.article.sha256]))
        if entry.article.sha256 in asked
        else entry
        for entry in listing.entries
    )
    return replace(listing, entries=entries)
