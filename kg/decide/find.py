"""Where an anchor leads in a reading: to what stands there, whatever the reader that reads now makes of the text.

An entity by the place of its words, else by its words and type; a fact by its quote and its two ends, else by its ends; a figure
by its place, else by its words. What several things could be meant by leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.base.model import Entity, EntityId, Fact, Figure, Link
from kg.base.schema import schema
from kg.decide.model import EntityAnchor, FactAnchor, FigureAnchor

__all__ = ["facts_at", "figures_at", "is_in_text", "thing_at"]


def is_in_text(text: str, anchor: EntityAnchor | FactAnchor | FigureAnchor) -> bool:
    """Say whether the words of an anchor stand where it says."""
    return anchor.span.of(text) == anchor.words


def thing_at(
    text: str, entities: Mapping[EntityId, Entity], links: Iterable[Link], anchor: EntityAnchor
) -> EntityId | None:
    """Return the entity that an anchor is about, None where there is none, or several could be."""
    here = [
        link for link in links if link.span == anchor.span and anchor.words in (link.text, link.span.of(text))
    ]
    if here:
        here.sort(key=lambda link: (link.type != anchor.type, not link.is_name, link.entity))
        return here[0].entity
    named = [
        entity.id
        for entity in entities.values()
        if anchor.words in (entity.name, *entity.names) and anchor.type in ("", entity.type)
    ]
    return named[0] if len(named) == 1 else None


def facts_at(
    facts: Sequence[Fact],
    entities: Mapping[EntityId, Entity],
    links: Sequence[Link],
    anchor: FactAnchor,
) -> list[int]:
    """Return the places of the facts that an anchor is about: several only where they differ in what it leaves open."""
    symmetric = anchor.predicate in schema().symmetric()
    near = [
        number
        for number, fact in enumerate(facts)
        if fact.predicate == anchor.predicate
        and not fact.derived
        and anchor.role in (None, fact.role)
        and _has_ends(fact, entities, links, anchor, symmetric=symmetric)
    ]
    quoted = [number for number in near if _is_quoted(facts[number], anchor)]
    return quoted or near


def _has_ends(
    fact: Fact,
    entities: Mapping[EntityId, Entity],
    links: Sequence[Link],
    anchor: FactAnchor,
    *,
    symmetric: bool,
) -> bool:
    def are(subject: EntityId, other: EntityId) -> bool:
        return _is(entities, links, subject, anchor.subject) and _is(entities, links, other, anchor.object)

    return are(fact.subject, fact.object) or (symmetric and are(fact.object, fact.subject))


def _is(
    entities: Mapping[EntityId, Entity], links: Sequence[Link], entity: EntityId, anchor: EntityAnchor
) -> bool:
    """Say whether an end of a fact is what an anchor says: by its place, or by its name."""
    own = entities.get(entity)
    if own is not None and anchor.words in (own.name, *own.names):
        return True
    return any(link.entity == entity and link.span.overlaps(anchor.span) for link in links)


def _is_quoted(fact: Fact, anchor: FactAnchor) -> bool:
    return any(each.span == anchor.span or each.quote == anchor.words for each in fact.evidence)


def figures_at(figures: Sequence[Figure], anchor: FigureAnchor) -> list[int]:
    """Return the places of the figures that an anchor is about: two where they are the ends of a range."""
    here = [number for number, figure in enumerate(figures) if figure.span == anchor.span]
    if here:
        return here
    over = [number for number, figure in enumerate(figures) if figure.span.overlaps(anchor.span)]
    same = [number for number, figure in enumerate(figures) if figure.text == anchor.words]
    for found in (over, same):
        if len({figures[number].span for number in found}) == 1:
            return found
    return []
