"""A plain text."""

from __future__ import annotations

from kg.text.decoding import decode
from kg.text.formats.extract import Extract


def read(data: bytes, where: object) -> Extract:
    """Return the text in the bytes of a file.

    Raises:
        SourceError: they are no text.
    """
    return Extract(text_of(data, where))


def text_of(data: bytes, where: object, *, markup: bool = False) -> str:
    """Return the text in ``data``, without a byte-order mark, its lines ended by a line feed (see `decode`)."""
    text = decode(data, where, markup=markup)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
