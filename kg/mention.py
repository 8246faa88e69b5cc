"""``TaggedSentence*`` -> ``Mention*``: the names in the text, with their types."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Article, EntityType, Mention, Span, TaggedSentence

_TAGS: dict[str, EntityType] = {"PER": "Person", "ORG": "Organization", "LOC": "Place", "nw": "Document"}


def find_mentions(article: Article, tagged: Sequence[TaggedSentence]) -> tuple[tuple[Mention, ...], ...]:
    """Return the names of each sentence, sorted by start, longer first; they may nest but never cross."""
    return tuple(
        tuple(
            Mention(Span(token.start, token.end), token.text, _TAGS[token.tag], f"tagger-{token.tag}")
            for token in sentence.tokens
            if token.tag in _TAGS
        )
        for sentence in tagged
    )
