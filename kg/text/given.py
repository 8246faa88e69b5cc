"""What is said of articles outside of their texts: in the name of a file, in a record of a collection, in a table beside them.

    file,date,publisher,url,title
    2023/report.txt,2023-05-01,人民日报,https://...,

What a text says of itself goes before all of it, for that can be proved by the text.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any, Final

from kg.base.errors import SourceError
from kg.base.intake import LARGEST_TEXT, LargeError, read_file
from kg.base.late import late
from kg.text.decoding import decode
from kg.text.formats.extract import Extract
from kg.text.metadata import Said, read_date

__all__ = ["Given", "Table", "day_in", "given_by", "is_no_day", "read_table", "with_given"]

_IN_NAME: Final = late(
    r"(?<!\d)((?:19|20)\d\d)(?:(?P<mark>[-_.])(0?[1-9]|1[0-2])(?P=mark)([0-2]?\d|3[01])|年(0?[1-9]|1[0-2])月([0-2]?\d|3[01])日?|(0[1-9]|1[0-2])([0-2]\d|3[01]))(?!\d)"
)
_DIGITS: Final = late(r"\s*((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?:\d\d){0,3}(?!\d)")
_STAMP: Final = late(r"\s*(\d{9,13})(?:\.\d+)?\s*$")
_HALF: Final = late("[\ud800-\udfff]")
_FILE: Final = "file"
_KEYS: Final = ("title", "date", "publisher", "author", "url")


@dataclass(frozen=True, slots=True)
class Given:
    """What is said of one article outside of its text."""

    title: str = ""
    published: date | None = None
    publisher: str = ""
    author: str = ""
    url: str = ""


def given_by(values: Mapping[str, Any]) -> Given:
    """Return what a record or a row says: ``title``, ``date``, ``publisher``, ``author``, ``url``; other fields say nothing.

    An address with a date in it gives the date where no other does.
    """
    words = {
        key: whole_characters(" ".join(str(values[key]).split()))
        for key in _KEYS
        if _is_said(values.get(key))
    }
    day = _day(words.get("date", "")) or Said({"url": words.get("url", "")}).published
    return Given(
        words.get("title", ""),
        day,
        words.get("publisher", ""),
        words.get("author", ""),
        words.get("url", ""),
    )


def whole_characters(text: str) -> str:
    """Return a text with half a character shown as what is lost, as broken bytes are."""
    return _HALF.sub("\ufffd", text)


def is_no_day(values: Mapping[str, Any]) -> bool:
    """Say whether the ``date`` of a record or a row is there and can be read as none."""
    return _is_said(values.get("date")) and _day(str(values["date"])) is None


def with_given(found: Extract, given: Given) -> Extract:
    """Return what a reader found with what is said of it besides; the text's own words still go first."""
    return replace(
        found,
        called=given.title or found.called,
        published=given.published or found.published,
        publisher=given.publisher or found.publisher,
        author=given.author or found.author,
        url=given.url or found.url,
    )


def day_in(name: str) -> date | None:
    """Return the full date in the name of a file (2024-05-01, 20240501, 2024年5月1日), or None; two different ones are none.

    >>> day_in("2024-05-01 公告"), day_in("20240501_3"), day_in("公告2024")
    (datetime.date(2024, 5, 1), datetime.date(2024, 5, 1), None)
    """
    found = set()
    for match in _IN_NAME.finditer(name):
        year, month, day = (int(part) for part in match.groups() if part and part not in "-_.")
        if made := _calendar(year, month, day):
            found.add(made)
    return found.pop() if len(found) == 1 else None


def _day(words: str) -> date | None:
    if digits := _DIGITS.match(words):
        return _calendar(*(int(part) for part in digits.groups()))
    if stamp := _STAMP.match(words):  # seconds or milliseconds since 1970, in China's time
        seconds = int(stamp[1]) // (1000 if len(stamp[1]) > 10 else 1)
        return date.fromordinal(719_163 + (seconds + 8 * 3600) // 86_400)
    return read_date(words)


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_said(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool) and bool(str(value).strip())


# a table beside the articles ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Table:
    """What a file says of articles: rows by what they name the article with, a path, the name of a file, or an id."""

    path: Path | None = None
    rows: Mapping[str, Given] = field(default_factory=dict)

    def of(self, path: Path | None, name: str) -> tuple[str, Given] | None:
        """Return the row of an article, and what the row calls it: the longest end of its path, else its name or id."""
        if not self.rows:
            return None
        parts = Path(os.path.realpath(path)).parts if path else ()
        ends = ("/".join(parts[at:]) for at in range(len(parts)))
        return next(((key, self.rows[key]) for key in (*ends, name) if key in self.rows), None)


def read_table(path: Path) -> Table:
    """Return a file of ``--meta``: CSV with a head, or JSON Lines; ``file`` is the path, the name or the id of an article.

    Raises:
        SourceError: it cannot be read, lacks the column, has a date that is none, or two rows for one article.
    """
    rows: dict[str, Given] = {}
    for number, values in _rows(path):
        where = f"{path}:{number}"
        name = str(values.get(_FILE) or "").strip()
        if not name:
            raise SourceError(where, "names no article", "give its path, file name or id under 'file'")
        if is_no_day(values):
            raise SourceError(where, f"no date: {values['date']!r}", "write it as 2024-05-01")
        key = PurePosixPath(name.replace("\\", "/")).as_posix().removeprefix("../").removeprefix("/")
        if rows.setdefault(key, given := given_by(values)) != given:
            raise SourceError(where, f"says another thing of {name!r} than a row before", "keep one of them")
    return Table(path, rows)


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    text = _text_of(path)
    if path.suffix.lower() == ".jsonl":
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield number, _row(line, f"{path}:{number}")
        return
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if _FILE not in [each.strip().lower() for each in reader.fieldnames or ()]:
        raise SourceError(path, "has no column 'file'", "its head: file,date,publisher,url,title")
    try:
        for row in reader:
            yield reader.line_num, {str(key).strip().lower(): value for key, value in row.items()}
    except csv.Error as error:
        raise SourceError(path, f"no CSV: {error}", "its head: file,date,publisher,url,title") from error


def _row(line: str, where: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SourceError(where, f"no JSON: {error}", "one object a line") from error
    if not isinstance(row, dict):
        raise SourceError(where, "no JSON object", "one object a line")
    return row


def _text_of(path: Path) -> str:
    try:
        return decode(read_file(path, LARGEST_TEXT), path).removeprefix("\ufeff")
    except FileNotFoundError as error:
        raise SourceError(path, "no such file", "check the path") from error
    except LargeError as error:
        raise SourceError(path, f"too large: at most {LARGEST_TEXT:,} bytes are read", "split it") from error
    except OSError as error:
        raise SourceError(
            path, f"cannot be read: {error.strerror or error}", "check the path and its permissions"
        ) from error
