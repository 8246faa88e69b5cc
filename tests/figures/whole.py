"""What the whole reading of a text makes of its figures, for tests."""

from __future__ import annotations

from functools import cache

from kg.base.model import Figure
from kg.pipeline import Pipeline
from kg.text.source import article_of


@cache
def _pipeline() -> Pipeline:
    return Pipeline()


def figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of ``text``."""
    (reading,) = _pipeline().read([article_of(text)])
    return tuple(reading.figures)
