"""Zip files of articles: each part of a kind that kg reads, by its place in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final

from kg.base.errors import SourceError
from kg.base.intake import LargeError, OddFileError, read_file
from kg.text.formats.extract import Extract
from kg.text.formats.packed import Packed
from kg.text.formats.table import UNREAD, by_suffix, suffixes
from kg.text.given import day_in
from kg.text.source import of_unread_kind

__all__ = ["Part", "parts"]

LARGEST: Final = 256 << 20
"""Bytes of a zip file."""

_ASIDE: Final = "__MACOSX"  # what one system packs beside each file


@dataclass(frozen=True, slots=True)
class Part:
    """What a part of a zip file holds."""

    number: int  # from 1, among those that kg reads
    name: str  # with its folders
    found: Extract | SourceError


def parts(path: Path) -> Iterator[Part]:
    """Yield what the parts of a zip file hold, by their names; those of kinds that kg does not read are left out.

    Raises:
        SourceError: it is broken or too large, or holds none.
    """
    packed = Packed(_bytes_of(path), path)
    names = sorted(name for name in packed.names if _may_be_article(PurePosixPath(name)))
    if not names:
        raise SourceError(path, f"no article in it ({' '.join(suffixes())})", "give the articles themselves")
    for number, name in enumerate(names, 1):
        try:
            yield Part(number, name, _read(packed, name, f"{path}/{name}"))
        except SourceError as error:
            yield Part(number, name, error)


def _may_be_article(name: PurePosixPath) -> bool:
    if _ASIDE in name.parts or name.name.startswith((".", "~$")):
        return False
    return by_suffix(name.suffix) is not None or name.suffix.lower() in UNREAD


def _read(packed: Packed, name: str, where: str) -> Extract:
    suffix = PurePosixPath(name).suffix
    known = by_suffix(suffix)
    if known is None:
        raise of_unread_kind(where, suffix)
    data = packed.read(name, known.largest)
    if not data.strip():
        raise SourceError(where, "empty", "give a file that holds an article")
    found = known.read(data, where)
    day = day_in(PurePosixPath(name).stem)
    return found if found.published or not day else replace(found, published=day)


def _bytes_of(path: Path) -> bytes:
    try:
        return read_file(path, LARGEST)
    except LargeError as error:
        raise SourceError(path, f"too large: at most {LARGEST:,} bytes are read", "split it") from error
    except OddFileError as error:
        raise SourceError(path, f"cannot be read: {error.strerror}", "give its articles") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(path, f"cannot be read: {reason}", "check the path and its permissions") from error
