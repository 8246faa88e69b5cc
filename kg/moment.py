"""Dates and periods in the text -> ``Moment*``, resolved against the article's date."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Article, Moment, TaggedSentence


def find_moments(article: Article, tagged: Sequence[TaggedSentence]) -> tuple[tuple[Moment, ...], ...]:
    """Return the dates and periods of each sentence, in order."""
    return tuple(() for _ in tagged)
