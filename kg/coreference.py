"""``Mention*`` -> ``Entity* + Link*``: which names are one thing, and why."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Article, Entity, EntityId, Link, Mention, TaggedSentence


def resolve(
    article: Article, tagged: Sequence[TaggedSentence], mentions: Sequence[Sequence[Mention]]
) -> tuple[tuple[Entity, ...], tuple[tuple[Link, ...], ...]]:
    """Return the things the mentions name, and the links of each sentence (sorted by start, longer first)."""
    entities: dict[EntityId, Entity] = {}
    links = []
    for found in mentions:
        row = []
        for mention in found:
            key = EntityId(f"{mention.type}:{mention.text}")
            entities.setdefault(key, Entity(key, mention.type, mention.text, (mention.text,)))
            row.append(Link(mention.span, mention.text, key, mention.type, "same-name"))
        links.append(tuple(row))
    return tuple(entities.values()), tuple(links)
