"""Invented articles by their features alone: what two of them say of who is meant."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Any

from kg.base.model import EntityId, EntityType, Span
from kg.corpus.identity import resolve
from kg.corpus.model import ArticleFeatures, Feature, Identity, Member, MergeLevel, Post


def made(kind: EntityType, *names: str, posts: dict[str, str] | None = None, **fields: Any) -> Feature:
    """Return an entity by its names, the fullest first; ``posts`` are roles by the id of the body."""
    spans = tuple(Span(10 * number, 10 * number + len(name)) for number, name in enumerate(names))
    own = Feature(EntityId(f"{kind}:{names[0]}"), kind, names[0], names, spans, crossing=names[:1], count=1)
    held = tuple(Post(role, EntityId(body)) for body, role in (posts or {}).items())
    return replace(own, posts=held, **fields)


def person(*names: str, posts: dict[str, str] | None = None, **fields: Any) -> Feature:
    return made("Person", *names, posts=posts, **fields)


def body(*names: str, **fields: Any) -> Feature:
    return made("Organization", *names, **fields)


def place(*names: str, **fields: Any) -> Feature:
    return made("Place", *names, **fields)


def article(name: str, *entities: Feature, sketch: bytes = b"") -> ArticleFeatures:
    """Return an article that names these."""
    ordered = tuple(sorted(entities, key=lambda entity: entity.id))
    return ArticleFeatures(sha256(name.encode()).hexdigest(), name, None, "", ordered, sketch)


def member(of: ArticleFeatures, entity: Feature) -> Member:
    return Member(of.sha256, entity.id)


def in_one(identity: Identity, *members: Member) -> bool:
    """Say whether all these are one thing."""
    return any(set(members) <= set(thing.members) for thing in identity.things)


def are_one(
    a: Feature,
    b: Feature,
    *,
    beside_a: tuple[Feature, ...] = (),
    beside_b: tuple[Feature, ...] = (),
    level: MergeLevel = "likely",
) -> bool:
    """Say whether two articles, with what else they name, mean one thing."""
    first, second = article("first", a, *beside_a), article("second", b, *beside_b)
    return in_one(resolve([first, second], level), member(first, a), member(second, b))
