"""``AnnotatedSentence*`` -> ``Candidate*``: typed pairs that may be facts, with the patterns that fired on them."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import AnnotatedSentence, Article, Candidate, Entity


def find_candidates(
    article: Article, entities: Sequence[Entity], annotated: Sequence[AnnotatedSentence]
) -> tuple[Candidate, ...]:
    """Return the candidates of the article in reading order."""
    return ()
