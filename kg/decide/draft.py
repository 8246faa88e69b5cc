"""A reading on its way to what people decided of it: its parts, each with the decisions that changed or settled it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from kg.base.model import (
    BY_HAND,
    Entity,
    EntityId,
    EntityKind,
    EntityType,
    Fact,
    Figure,
    Link,
    Merge,
    Reading,
)
from kg.decide.find import is_in_text, thing_at
from kg.decide.model import Decision, EntityAnchor
from kg.decide.standing import contradiction
from kg.text.script import is_traditional, simplified_text
from kg.things.sense import MARK
from kg.things.union import kind_of

__all__ = ["Claims", "Draft", "Slot", "accounted", "kind_for"]

_Part = TypeVar("_Part", Fact, Figure)


@dataclass
class Slot(Generic[_Part]):
    """A fact or a figure, and the ids of the decisions it is as it is by; None: it is gone."""

    value: _Part | None
    marks: set[str] = field(default_factory=set)


class Claims:
    """What decisions settle of what they were found to be about; two answers are a contradiction."""

    def __init__(self, where: object) -> None:
        self._where = where
        self._held: dict[Any, tuple[Any, Decision]] = {}

    def settle(self, about: object, value: object, decision: Decision, why: str) -> None:
        """Note an answer.

        Raises:
            DecisionError: another decision gave another one.
        """
        said, other = self._held.setdefault(about, (value, decision))
        if said != value:
            raise contradiction(self._where, other, decision, why)


class Draft:
    """The parts of a reading; whatever is decided is done to them, in the order of ``kg.decide.apply``."""

    def __init__(self, reading: Reading, where: object) -> None:
        self.reading, self.article, self.text = reading, reading.article, reading.article.text
        self.claims, self.where = Claims(where), where
        self.entities: dict[EntityId, Entity] = {entity.id: entity for entity in reading.entities}
        self.links: list[Link] = list(reading.links)
        self.facts: list[Slot[Fact]] = [Slot(fact) for fact in reading.facts]
        self.figures: list[Slot[Figure]] = [Slot(figure) for figure in reading.figures]
        self.marks: dict[EntityId, set[str]] = defaultdict(set)
        self.found: dict[EntityAnchor, EntityId] = {}

    def look(self, anchor: EntityAnchor) -> EntityId | None:
        """Return the entity of an anchor, as it is called now; None where there is none."""
        return self.found.get(anchor)

    def find(self, anchors: Iterable[EntityAnchor], made: Iterable[EntityAnchor]) -> None:
        """Find entities, once for all; of ``made`` those that nobody has read are made, where the text has their words."""
        for anchor in sorted(set(anchors)):
            entity = thing_at(self.text, self.entities, self.links, anchor)
            if entity is not None:
                self.found[anchor] = entity
        for anchor in sorted(set(made)):
            if anchor not in self.found and anchor.type and is_in_text(self.text, anchor):
                self.found[anchor] = self._made(anchor)

    def _made(self, anchor: EntityAnchor) -> EntityId:
        kind: EntityType = anchor.type  # type: ignore[assignment] # checked where it is read
        known = [
            e.id for e in self.entities.values() if e.type == kind and anchor.words in (e.name, *e.names)
        ]
        entity = known[0] if len(known) == 1 else self.free_id(kind, anchor.words, anchor.span.start)
        if not known:
            finer = kind_for(self.text, kind, anchor.words)
            self.entities[entity] = Entity(entity, kind, anchor.words, (anchor.words,), finer)
        self.links.append(Link(anchor.span, anchor.words, entity, kind, BY_HAND))
        return entity

    def free_id(self, kind: str, name: str, start: int) -> EntityId:
        """Return an id for an entity of a type and name that no other has."""
        own = EntityId(f"{kind}:{name}")
        return own if own not in self.entities else EntityId(f"{own}{MARK}{start}")

    def rename(self, became: dict[EntityId, EntityId], gone: set[EntityId]) -> None:
        """Let everything speak of entities by the ids they have now, and of those that are gone no more."""
        self.links = [
            replace(link, entity=entity, type=self.entities[entity].type)
            for link in self.links
            if (entity := became.get(link.entity, link.entity)) in self.entities
        ]
        self.found = {
            anchor: now
            for anchor, entity in self.found.items()
            if (now := became.get(entity, entity)) in self.entities and entity not in gone
        }
        for slot in self.facts:
            if slot.value is not None:
                slot.value = self._fact_with(slot.value, became)
        for figure in self.figures:
            if figure.value is not None:
                figure.value = self.owned(figure.value, became)

    def _fact_with(self, fact: Fact, became: dict[EntityId, EntityId]) -> Fact | None:
        subject, other = (became.get(end, end) for end in (fact.subject, fact.object))
        if subject not in self.entities or other not in self.entities or subject == other:
            return None
        sources = tuple(
            replace(
                each, entity=now if (now := became.get(each.entity, each.entity)) in self.entities else None
            )
            if each.entity
            else each
            for each in fact.sources
        )
        amount = self.owned(fact.amount, became) if fact.amount else None
        return replace(fact, subject=subject, object=other, sources=sources, amount=amount)

    def owned(self, figure: Figure, became: dict[EntityId, EntityId]) -> Figure:
        """Return a figure of whose it is now; of what is gone it was nobody's."""
        if figure.subject is None:
            return figure
        owner = became.get(figure.subject, figure.subject)
        if owner in self.entities:
            return replace(figure, subject=owner)
        return replace(figure, subject=None, rule=f"{figure.rule.partition('/')[0]}/none")

    def sorted_links(self) -> tuple[Link, ...]:
        """Return the links in reading order, each once."""
        own = dict.fromkeys(self.links)
        return tuple(sorted(own, key=lambda link: (link.span.start, -link.span.end)))


def kind_for(text: str, kind: str, name: str) -> EntityKind:
    """Return the finer class of a thing by its name."""
    if kind != "Organization":
        return ""
    return kind_of(simplified_text(name) if is_traditional(text) else name)


def accounted(entity: Entity, names: Sequence[str]) -> Entity:
    """Return an entity with merges that say of each of its names why it is one; those of names it has not go."""
    every = {entity.name, *names}
    merges = [each for each in entity.merges if {each.name, each.into} <= every and each.name != each.into]
    told = {name for each in merges for name in (each.name, each.into)} | {entity.name}
    merges += [Merge(name, entity.name, BY_HAND) for name in names if name not in told]
    return replace(entity, names=tuple(names), merges=tuple(dict.fromkeys(merges)))
