"""Numbers that measure or count -> ``Figure*``: value, modifier, unit, bounds, what is counted, whose figure it is."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import AnnotatedSentence, Article, Figure


def find_figures(article: Article, annotated: Sequence[AnnotatedSentence]) -> tuple[tuple[Figure, ...], ...]:
    """Return the figures of each sentence, in order. ``annotated`` has links and moments, not yet figures."""
    return tuple(() for _ in annotated)
