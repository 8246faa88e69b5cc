"""Files, folders, collections and standard input -> the articles in them, each with where it stands."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kg.base.errors import SourceError
from kg.base.model import Article
from kg.text.formats.table import is_collection
from kg.text.given import Given, Table
from kg.text.packs import parts
from kg.text.personal.mask import masked
from kg.text.records import Record, records
from kg.text.source import (
    article_from_bytes,
    article_from_extract,
    expand,
    of_address,
    read_article,
    refuse_stray,
    safe_name,
    told_apart,
)

__all__ = ["STDIN", "Bad", "Found", "from_record", "gather", "named_apart", "same_ids", "without_bad"]

STDIN: Final = "-"

_NAMED_BY: Final = 8
"""Digits of its checksum that name an article of a collection without an id."""


@dataclass(frozen=True, slots=True)
class Found:
    """An article, and where it stands: its file (None: standard input), and its line and id in a collection."""

    article: Article
    path: Path | None
    line: int = 0  # 0: the file is the article
    id: str = ""

    @property
    def place(self) -> str:
        """The line as a message names it."""
        return f"{self.path}:{self.line}" if self.line else str(self.path or "standard input")


@dataclass(frozen=True, slots=True)
class Bad:
    """A source, or a line of one, that holds no article that kg can read."""

    error: SourceError
    path: Path | None
    line: int = 0


def gather(
    sources: Sequence[Path],
    stdin: bytes | None = None,
    mask: Sequence[str] = (),
    table: Table | None = None,
    *,
    unread: bool = False,
) -> Iterator[Found | Bad]:
    """Yield the articles in ``sources`` in their order, and what is wrong with each source that holds none.

    Args:
        sources: files, folders, collections, and ``-`` for standard input.
        stdin: what stands for ``-``.
        mask: the kinds of personal data that marks are put for.
        table: what is said of the articles besides; its own file is no source.
        unread: also what is wrong with documents in a folder that are of no kind kg reads.

    Raises:
        SourceError: a source is missing, a folder holds no article, or a row of the table fits several files.
    """
    rows = _Rows(table or Table())
    for path in expand(sources, unread=unread):
        if table and table.path and os.path.realpath(path) == os.path.realpath(table.path):
            continue
        if str(path) == STDIN:
            yield _from_stdin(stdin or b"", mask)
        elif (error := of_address(path)) and not os.path.lexists(path):
            yield Bad(error, path)
        elif path.suffix.lower() == ".zip":
            yield from _from_pack(path, sources, mask, rows)
        elif is_collection(path.name):
            yield from _from_collection(path, sources, mask, rows)
        else:
            yield _from_file(path, sources, mask, rows)


class _Rows:
    """A table of what is said of articles, and which file each of its rows has been taken for."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.taken: dict[str, Path | None] = {}

    def of(self, path: Path | None, name: str) -> Given | None:
        row = self.table.of(path, name)
        if row is None:
            return None
        key, given = row
        if self.taken.setdefault(key, path) != path:
            raise SourceError(
                self.table.path or "",
                f"{key!r} fits two files: {self.taken[key]} and {path}",
                "give more of their paths",
            )
        return given


def _from_stdin(data: bytes, mask: Sequence[str]) -> Found | Bad:
    try:
        return Found(article_from_bytes(data, "stdin", where="standard input", mask=mask), None)
    except SourceError as error:
        return Bad(error, None)


def _from_file(path: Path, sources: Sequence[Path], mask: Sequence[str], rows: _Rows) -> Found | Bad:
    given = rows.of(path, path.stem)
    try:
        refuse_stray(path, sources)
        return Found(read_article(path, mask=mask, given=given), path)
    except SourceError as error:
        return Bad(error, path)


def _from_collection(
    path: Path, sources: Sequence[Path], mask: Sequence[str], rows: _Rows
) -> Iterator[Found | Bad]:
    try:
        refuse_stray(path, sources)
        for each in records(path):
            if isinstance(each, SourceError):
                yield Bad(each, path, int(each.where.rpartition(":")[2]))
            else:
                yield from_record(each, path, mask, rows.of(None, each.id) if each.id else None)
    except SourceError as error:
        yield Bad(error, path)


def _from_pack(
    path: Path, sources: Sequence[Path], mask: Sequence[str], rows: _Rows
) -> Iterator[Found | Bad]:
    try:
        refuse_stray(path, sources)
        for part in parts(path):
            if isinstance(part.found, SourceError):
                yield Bad(part.found, path, part.number)
                continue
            inside = path / part.name
            where, given = f"{path}/{part.name}", rows.of(inside, inside.stem)
            try:
                article = article_from_extract(part.found, safe_name(inside.stem), where, mask, given)
            except SourceError as error:
                yield Bad(error, path, part.number)
            else:
                yield Found(article, path, part.number)
    except SourceError as error:
        yield Bad(error, path)


def from_record(
    record: Record, path: Path, mask: Sequence[str] = (), given: Given | None = None
) -> Found | Bad:
    """Return the article of a line of a collection, or what is wrong with it.

    Args:
        record: what the line holds.
        path: the file of the collection.
        mask: the kinds of personal data that marks are put for.
        given: what is said of the article besides.
    """
    try:
        article = article_from_extract(
            record.found, safe_name(record.id) if record.id else "", f"{path}:{record.line}", mask, given
        )
    except SourceError as error:
        return Bad(error, path, record.line)
    if not record.id:  # its line may change, and with it the names of all behind it
        article = replace(article, name=masked(f"{_stem(path)}-{article.sha256[:_NAMED_BY]}", mask))
    return Found(article, path, record.line, masked(record.id, mask))


def _stem(path: Path) -> str:
    at = path.name.lower().rfind(".jsonl")
    return safe_name(path.name[:at] if at >= 0 else path.stem)


def without_bad(
    found: Iterable[Found | Bad], skip: Callable[[SourceError], None] | None = None
) -> list[Found]:
    """Return the articles among what sources hold; ``skip`` is told what is wrong with the others, else the first one is raised.

    Raises:
        SourceError: a source cannot be read; with ``skip``, none of them can.
    """
    good, faults = list[Found](), list[SourceError]()
    for each in found:
        if isinstance(each, Found):
            good.append(each)
        elif skip is None:
            raise each.error
        else:
            faults.append(each.error)
    if not good and faults:
        first, more = faults[0], f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise SourceError(first.where, f"{first.what}{more}", first.hint)
    if skip is not None:
        for fault in faults:
            skip(fault)
    return good


def named_apart(articles: Sequence[Article]) -> list[Article]:
    """Return articles in their order with names that differ: news, news-2, news-3."""
    names = told_apart(article.name for article in articles)
    return [
        article if article.name == name else replace(article, name=name)
        for article, name in zip(articles, names, strict=True)
    ]


def same_ids(found: Sequence[Found]) -> dict[str, int]:
    """Return the ids that stand in several lines, and in how many."""
    counted = Counter(each.id for each in found if each.id)
    return {name: number for name, number in sorted(counted.items()) if number > 1}
