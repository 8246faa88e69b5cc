"""JSON Lines -> articles: a file of many, one object a line, with ``text`` and what is said of it besides.

    {"id": "a1", "title": "...", "text": "...", "date": "2024-05-01", "publisher": "...", "url": "..."}

``id`` becomes the name of the article; a title that its text does not begin with becomes its first line. A line that
holds no article is told with its number, and the others are read.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from kg.base.errors import SourceError
from kg.base.intake import OddFileError, open_file
from kg.text.decoding import decode
from kg.text.formats.extract import Extract
from kg.text.given import given_by, is_no_day, whole_characters, with_given

__all__ = ["LONGEST", "Record", "record_of", "records"]

LONGEST: Final = 16 << 20
"""Bytes of a line: an article of the largest size, each character written as an escape."""

_FIELDS_SHOWN: Final = 6
_HINT: Final = 'give one object a line, with its article under "text"'


@dataclass(frozen=True, slots=True)
class Record:
    """An article of a collection."""

    line: int
    id: str  # "" where it has none
    found: Extract


def records(path: Path) -> Iterator[Record | SourceError]:
    """Yield the articles of a collection in its order, and for each line that holds none what is wrong with it.

    Raises:
        SourceError: the file cannot be opened.
    """
    with ExitStack() as stack:
        lines = _opened(path, stack)
        number = 0
        while True:
            number += 1
            try:
                line = lines.readline(LONGEST)
                if too_long := len(line) == LONGEST and not line.endswith(b"\n"):
                    _skip_rest(lines)
            except (OSError, EOFError, zlib.error) as error:
                yield SourceError(
                    f"{path}:{number}",
                    f"cannot be read further: {error}",
                    "is the file whole? fetch it again",
                )
                return
            if not line:
                return
            if too_long:
                yield SourceError(f"{path}:{number}", f"too large: at most {LONGEST:,} bytes a line", _HINT)
            elif (found := record_of(line, number, f"{path}:{number}")) is not None:
                yield found


def _opened(path: Path, stack: ExitStack) -> IO[bytes] | gzip.GzipFile:
    try:
        file = stack.enter_context(open_file(path))
        if path.suffix.lower() == ".gz":
            return stack.enter_context(gzip.GzipFile(fileobj=file, mode="rb"))
    except FileNotFoundError as error:
        raise SourceError(path, "no such file", "check the path") from error
    except OddFileError as error:
        raise SourceError(path, f"cannot be read: {error.strerror}", "give a regular file") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(path, f"cannot be read: {reason}", "check the path and its permissions") from error
    return file


def _skip_rest(lines: IO[bytes] | gzip.GzipFile) -> None:
    while (part := lines.readline(LONGEST)) and not part.endswith(b"\n"):
        pass


def record_of(line: bytes, number: int, where: str) -> Record | SourceError | None:
    """Return the article that a line holds, or what is wrong with it; None for an empty one.

    Args:
        line: as it stands in the file, with or without its end.
        number: which one it is.
        where: how messages name it.
    """
    if not line.strip(b"\xef\xbb\xbf \t\r\n"):
        return None
    try:
        value = json.loads(decode(line, where))
    except SourceError as error:
        return error
    except (ValueError, RecursionError) as error:
        return SourceError(where, f"no JSON: {error}", _HINT)
    if not isinstance(value, dict):
        return SourceError(where, "no JSON object", _HINT)
    text = value.get("text")
    if not isinstance(text, str):
        return SourceError(where, f"has no text; its fields: {_fields(value)}", _HINT)
    if "\0" in text:
        return SourceError(where, "a binary file, no text: it holds NUL or control characters", _HINT)
    name = value.get("id")
    known = name if isinstance(name, str) else str(name) if isinstance(name, int) else ""
    return Record(number, known.strip(), _extract(text, value))


def _fields(value: dict[str, Any]) -> str:
    shown = [repr(key) for key in list(value)[:_FIELDS_SHOWN]]
    return ", ".join(shown + ["..."] * (len(value) > _FIELDS_SHOWN))


def _extract(text: str, value: dict[str, Any]) -> Extract:
    given = given_by(value)
    text = whole_characters(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    title = given.title
    if title and _squeezed(title) not in _squeezed(text[: 4 * len(title) + 200]):
        text = f"{title}\n{text}"
    note = f"its date is none: {value['date']!r}" if is_no_day(value) else ""
    return with_given(Extract(text, title=title, note=note), given)


def _squeezed(words: str) -> str:
    return "".join(words.split())
