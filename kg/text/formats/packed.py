"""Zip files that others packed: no more unpacked than may be, nothing written anywhere, no entities in their XML."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element, ParseError, fromstring

from kg.base.errors import SourceError
from kg.base.late import late

__all__ = ["Packed"]

MOST_PARTS: Final = 10_000
MOST_BYTES: Final = 256 << 20
"""Bytes of all that is unpacked of one file."""
MOST_WORDS: Final = 4 << 20
"""Code points between two tags: more than an article has, and readers take time by their square."""

_UTF8: Final = 0x800  # the flag of a name in UTF-8
_LOCKED: Final = 0x1
_ENTITY: Final = late(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HAN: Final = late(r"[\u4e00-\u9fff]")
_SAVE: Final = "open it and save its text as .txt or .html"


class Packed:
    """What a zip file holds, by name."""

    def __init__(self, data: bytes, where: object) -> None:
        """Look into a zip file.

        Raises:
            SourceError: it is none, locked, or holds too many parts.
        """
        self.where, self._left = where, MOST_BYTES
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
        except Exception as error:  # zipfile, its codecs and struct each have their own
            raise SourceError(where, "broken: its parts cannot be unpacked", _SAVE) from error
        parts = [each for each in self._file.infolist() if not each.is_dir()]
        if len(parts) > MOST_PARTS:
            raise SourceError(where, f"more than {MOST_PARTS:,} parts", "split it")
        self._parts = {name_of(each): each for each in parts}

    @property
    def names(self) -> Sequence[str]:
        """The names of its parts, in its order."""
        return tuple(self._parts)

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def read(self, name: str, most: int = MOST_BYTES) -> bytes:
        """Return a part.

        Raises:
            SourceError: there is none of that name, it is locked or broken, or too large.
        """
        part = self._parts.get(name)
        if part is None:
            raise SourceError(self.where, f"broken: it has no part {name}", _SAVE)
        if part.flag_bits & _LOCKED:
            raise SourceError(self.where, "locked by a password", "save a copy without one")
        most = min(most, self._left)
        try:
            with self._file.open(part) as stream:
                data = stream.read(most + 1)
        except Exception as error:  # as above
            raise SourceError(self.where, "broken: its parts cannot be unpacked", _SAVE) from error
        if len(data) > most:
            raise SourceError(self.where, f"unpacked too large: {name}", _SAVE)
        self._left -= len(data)
        return data

    def xml(self, name: str) -> Element:
        """Return the root of a part that is XML.

        Raises:
            SourceError: as for ``read``; it declares entities, which could grow without end, or is no XML.
        """
        data = self.read(name)
        if _ENTITY.search(data.replace(b"\0", b"")):  # in UTF-16 and UTF-32 too
            raise SourceError(self.where, f"its part {name} declares entities, which are not read", _SAVE)
        try:
            root = fromstring(data)  # noqa: S314 - without entities nothing grows
        except (ParseError, ValueError, LookupError) as error:  # an encoding that is none
            raise SourceError(self.where, f"broken: its part {name} is no XML", _SAVE) from error
        if any(len(words or "") > MOST_WORDS for each in root.iter() for words in (each.text, each.tail)):
            raise SourceError(self.where, f"unpacked too large: {name}", _SAVE)
        return root


def name_of(part: zipfile.ZipInfo) -> str:
    """Return the name of a part; Chinese programs write names in GB18030 without saying so."""
    if part.flag_bits & _UTF8:
        return part.filename
    try:
        raw = part.filename.encode("cp437")
    except UnicodeEncodeError:
        return part.filename
    for encoding, sign in (("utf-8", _HAN), ("gb18030", _HAN), ("utf-8", None)):
        try:
            name = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if sign is None or sign.search(name):  # some names are words in both, but Chinese in one
            return name
    return part.filename
