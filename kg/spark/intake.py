"""Lines -> articles, on a worker node: as ``kg.text.gather`` finds them in a file, but in any part of one.

A line that holds no article is a row of its own, with its reason. How many lines each part of a file has is told too, for
only all parts together say which number a line has in its file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from kg.base.errors import SourceError
from kg.spark.arrow import batch_of
from kg.spark.rows import ARTICLES, article_values, bucket_of
from kg.text.gather import Bad, from_record
from kg.text.given import whole_characters
from kg.text.personal.mask import masked
from kg.text.records import LONGEST, record_of

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["ASIDE", "articles_in", "origin_of"]

ASIDE: Final = -1
"""The bucket of what is no article."""

_FILE: Final = "file:"
_ROWS: Final = 256
_TOO_LARGE: Final = f"too large: at most {LONGEST:,} bytes a line"
_HINT: Final = 'give one object a line, with its article under "text"'


def articles_in(
    batches: Iterable[pa.RecordBatch], mask: Sequence[str], buckets: int
) -> Iterator[pa.RecordBatch]:
    """Yield the articles of lines (columns ``line``, ``file``, ``block``), as `kg.spark.rows.ARTICLES` has them."""
    lines, rows = Counter[tuple[str, int]](), list[dict[str, Any]]()
    for batch in batches:
        columns = (batch.column(name).to_pylist() for name in ("line", "file", "block"))
        for line, file, block in zip(*columns, strict=True):
            origin = origin_of(file)
            lines[origin, block] += 1
            own = {"origin": origin, "block": block, "number": lines[origin, block]}
            rows += ({**own, **found} for found in _row(line or b"", origin, mask, buckets))
            if len(rows) >= _ROWS:
                yield batch_of(rows, ARTICLES)
                rows.clear()
    for (origin, block), number in lines.items():
        rows.append({"bucket": ASIDE, "origin": origin, "block": block, "number": number})
    yield batch_of(rows, ARTICLES)


def origin_of(file: str) -> str:
    """Return the path of a file on this machine, or the address of one elsewhere.

    >>> origin_of("file:///a/b%20c.jsonl"), origin_of("hdfs://host/a.jsonl")
    ('/a/b c.jsonl', 'hdfs://host/a.jsonl')
    """
    if not file.startswith(_FILE):
        return file
    return "/" + unquote(file.removeprefix(_FILE)).lstrip("/")


def _row(line: bytes, origin: str, mask: Sequence[str], buckets: int) -> Iterator[dict[str, Any]]:
    """Yield what a line holds: an article, or why it is none; nothing for an empty line."""
    if len(line) >= LONGEST:
        yield _aside(SourceError(origin, _TOO_LARGE, _HINT), mask)
        return
    try:
        record = record_of(line, 0, origin)
        if record is None:
            return
        found = (
            Bad(record, None) if isinstance(record, SourceError) else from_record(record, Path(origin), mask)
        )
    except Exception as error:  # noqa: BLE001 - whatever a line brings about is set aside with it
        words = f"{type(error).__name__}: {error}"
        found = Bad(SourceError(origin, f"could not be read: {words}"), None)
    if isinstance(found, Bad):
        yield _aside(found.error, mask)
    else:
        bucket = bucket_of(found.article.sha256, buckets)
        yield {"bucket": bucket, "id": whole_characters(found.id), **article_values(found.article, found.id)}


def _aside(error: SourceError, mask: Sequence[str]) -> dict[str, Any]:
    what, hint = (whole_characters(masked(words, mask)) for words in (error.what, error.hint))
    return {"bucket": ASIDE, "what": what, "hint": hint}
