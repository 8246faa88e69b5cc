"""Literals as N-Triples writes them."""

from __future__ import annotations

from decimal import Decimal

from kg.graph.iri import plain
from kg.graph.vocabulary import XSD

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
