"""Literals as N-Triples writes them, and places in a text as they are read."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from kg.graph.iri import plain
from kg.graph.vocabulary import XSD

_DIGITS: Final = 10
_ESCAPE = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


def string(text: str) -> str:
    """Return a plain text as a literal."""
    return f'"{text.translate(_ESCAPE)}"'


def zh(text: str) -> str:
    """Return a Chinese text as a literal."""
    return f'"{text.translate(_ESCAPE)}"@zh'


def typed(text: str, datatype: str) -> str:
    """Return a text of a datatype as a literal."""
    return f'"{text.translate(_ESCAPE)}"^^<{datatype}>'


def integer(number: int) -> str:
    """Return a whole number as a literal."""
    return f'"{number}"^^<{XSD}integer>'


def decimal(value: Decimal) -> str:
    """Return a decimal number as a literal."""
    return f'"{plain(value)}"^^<{XSD}decimal>'


def position(text: str) -> int | None:
    """Return a place in a text, or None for what is none: no text that is read has one of more than ten digits.

    >>> position("12"), position("-1"), position("1" * 5000)
    (12, None, None)
    """
    return int(text) if len(text) <= _DIGITS and text.isascii() and text.isdigit() else None
