"""Where an anchor leads in a reading: to what stands there, whatever the reader that reads now makes of the text.

An entity by the place of its words, else by its words and type; a fact by its quote and its two ends, else by its ends; a figure
by its place, else by its words. What several things could be meant by leads nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

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
    text: str,
    facts: Sequence[Fact],
    entities: Mapping[EntityId, Entity],
    links: Sequence[Link],
    anchor: FactAnchor,
) -> list[int]:
    """Return the places of the facts that an anchor is about: several only where they differ in what it leaves open.

    The ends of a fact are what stands at their places, or bear their names; where no fact has these, what overlaps them: a
    reader may find a longer name there.
    """
    ends = (anchor.subject, anchor.object)
    here = [thing_at(text, entities, links, end) for end in ends]
    near = [
        number
        for number, fact in enumerate(facts)
        if fact.predicate == anchor.predicate and not fact.derived and anchor.role in (None, fact.role)
    ]

    def is_exact(entity: EntityId, end: int) -> bool:
        own = entities.get(entity)
        named = own is not None and ends[end].words in (own.name, *own.names)
        return entity == here[end] if here[end] is not None else named

    def overlaps(entity: EntityId, end: int) -> bool:
        return any(link.entity == entity and link.span.overlaps(ends[end].span) for link in links)

    for is_end in (is_exact, overlaps):
        found = [number for number in near if _has_ends(facts[number], is_end)]
        if found:
            return [number for number in found if _is_quoted(facts[number], anchor)] or found
    return []


def _has_ends(fact: Fact, is_end: Callable[[EntityId, int], bool]) -> bool:
    """Say whether a fact ties the two ends of an anchor, in whatever order where its relation has none."""
    if is_end(fact.subject, 0) and is_end(fact.object, 1):
        return True
    turned = fact.predicate in schema().symmetric()
    return turned and is_end(fact.object, 0) and is_end(fact.subject, 1)


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
