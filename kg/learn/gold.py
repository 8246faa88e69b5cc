"""Annotated articles: ``ID.txt`` beside ``ID.json``, as the guide for annotators describes them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.base.errors import SourceError
from kg.base.intake import read_text
from kg.base.model import Article, Entity, EntityId, Link, Predicate, Span, TaggedSentence
from kg.base.schema import schema
from kg.text.script import is_traditional, simplified, simplified_text
from kg.text.source import read_article


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """A thing the article names; ``types`` are all acceptable, ``optional`` ones are neither asked for nor wrong."""

    id: str
    types: tuple[str, ...]
    names: tuple[str, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """A relation the article states; ``predicates`` are all acceptable."""

    subject: str
    predicates: tuple[str, ...]
    object: str
    role: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """A figure the article gives; ``subjects`` may hold None: no subject is right too."""

    value: float
    units: tuple[str, ...]
    modifiers: tuple[str, ...]
    of: str
    subjects: tuple[str | None, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article and what a careful reader found in it."""

    article: Article
    entities: tuple[GoldEntity, ...]
    relations: tuple[GoldRelation, ...]
    figures: tuple[GoldFigure, ...]

    def unasked(self) -> frozenset[Predicate]:
        """Return the predicates this annotation says nothing about: younger than most annotations, and not used in it."""
        used = {name for relation in self.relations for name in relation.predicates}
        return schema().where_used() - used


def load_gold(folder: Path) -> tuple[GoldArticle, ...]:
    """Return the annotated articles of ``folder`` in the order of their names.

    Raises:
        SourceError: there is none, or an annotation does not hold what it should.
    """
    paths = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not paths:
        raise SourceError(folder, "no annotated articles here", "a folder with ID.txt and ID.json files")
    return tuple(_load(path) for path in paths)


def _load(path: Path) -> GoldArticle:
    try:
        raw = json.loads(read_text(path))
        return GoldArticle(
            read_article(path.with_suffix(".txt")),
            tuple(_entity(item) for item in raw["entities"]),
            tuple(_relation(item) for item in raw["relations"]),
            tuple(_figure(item) for item in raw["figures"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise SourceError(path, f"no annotation as expected: {error!r}", "see docs of `kg score`") from error


def _entity(item: dict[str, Any]) -> GoldEntity:
    return GoldEntity(item["id"], tuple(item["type"]), tuple(item["names"]), bool(item.get("optional")))


def _relation(item: dict[str, Any]) -> GoldRelation:
    return GoldRelation(
        item["s"], tuple(item["p"]), item["o"], item.get("role", ""), bool(item.get("optional"))
    )


def _figure(item: dict[str, Any]) -> GoldFigure:
    return GoldFigure(
        float(item["value"]),
        tuple(item["unit"]),
        tuple(modifier or "" for modifier in item["modifier"]),
        item["of"],
        tuple(item["subject"]),
        bool(item.get("optional")),
    )


def in_simplified(item: GoldArticle) -> GoldArticle:
    """Return an annotated article as the reader of its words sees it: in simplified characters, also its annotations."""
    if not is_traditional(item.article.text):
        return item
    return GoldArticle(
        simplified(item.article),
        tuple(replace(entity, names=tuple(map(simplified_text, entity.names))) for entity in item.entities),
        tuple(replace(relation, role=simplified_text(relation.role)) for relation in item.relations),
        tuple(
            replace(figure, units=tuple(map(simplified_text, figure.units)), of=simplified_text(figure.of))
            for figure in item.figures
        ),
    )


def gold_links(
    gold: GoldArticle, tagged: Sequence[TaggedSentence]
) -> tuple[tuple[Entity, ...], tuple[tuple[Link, ...], ...]]:
    """Return the annotated things as if they had been read: every occurrence of a name links, nested ones too.

    What a perfect reader of names would hand on: for developing the reading of facts by itself.
    """
    entities = {item.id: _as_entity(item) for item in gold.entities}
    names = sorted(
        ((name, entities[item.id]) for item in gold.entities for name in item.names if name),
        key=lambda pair: -len(pair[0]),
    )
    return tuple(entities.values()), tuple(_links(sentence, names) for sentence in tagged)


def _as_entity(item: GoldEntity) -> Entity:
    kind = item.types[0]
    return Entity(EntityId(f"{kind}:{item.names[0]}"), kind, item.names[0], item.names)  # type: ignore[arg-type]


def _links(tagged: TaggedSentence, names: Sequence[tuple[str, Entity]]) -> tuple[Link, ...]:
    text, origin = tagged.sentence.text, tagged.sentence.span.start
    found: list[Link] = []
    for name, entity in names:
        at = text.find(name)
        while at >= 0:
            span = Span(origin + at, origin + at + len(name))
            if not any(
                span == link.span or (span.overlaps(link.span) and not link.span.holds(span))
                for link in found
            ):
                found.append(Link(span, name, entity.id, entity.type, "gold"))
            at = text.find(name, at + len(name))
    return tuple(sorted(found, key=lambda link: (link.span.start, -link.span.end)))
