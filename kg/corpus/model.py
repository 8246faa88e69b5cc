"""The values of a corpus; nothing here computes.

    Reading -> ArticleFeatures* -> Identity (Thing*, IdentityLink*, Refused*, Copy*)

Features are all that a reading tells about who its entities are; they are kept beside the reading, so that a corpus that
grows resolves everything again without reading an old article again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from kg.base.model import Decided, EntityId, EntityKind, EntityType, Span

__all__ = [
    "ArticleFeatures",
    "Copy",
    "Feature",
    "Identity",
    "IdentityLink",
    "Level",
    "Member",
    "MergeLevel",
    "Post",
    "Refused",
    "Thing",
]

Level = Literal["sure", "likely", "decided"]
MergeLevel = Literal["sure", "likely"]
"""Down to which level links join: ``likely`` takes the sure ones too; what a person decided always joins."""


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """An entity of one article."""

    article: str  # SHA-256 of its text
    entity: EntityId


@dataclass(frozen=True, slots=True, order=True)
class Post:
    """What ties a person to a body in one article: a role ("" where none is said) and the entity of the body."""

    role: str
    body: EntityId


@dataclass(frozen=True, slots=True)
class Feature:
    """What one article tells about who one of its entities is."""

    id: EntityId
    type: EntityType
    name: str  # the fullest form
    names: tuple[str, ...]  # every form in the article, the fullest first
    spans: tuple[Span, ...]  # where each name stands first
    kind: EntityKind = ""
    place_code: str = ""
    crossing: tuple[str, ...] = ()  # names that may stand for it in other articles too
    within: tuple[str, ...] = ()  # places that the text puts it in
    before: tuple[str, ...] = ()  # states named by the words right before it (俄|外交部)
    near: tuple[
        str, ...
    ] = ()  # the states that its paragraphs name last before it, where every state has such a body
    beside: tuple[str, ...] = ()  # bodies that an enumeration names beside it
    posts: tuple[Post, ...] = ()  # of a person
    count: int = 0  # how often the article names it
    facts: int = 0  # how many facts and figures the article gives it
    signs: int = 0  # how many words around it stand only beside a thing of its type (说, 先生)
    confidence: float = 1.0  # that one of its names is a name


@dataclass(frozen=True, slots=True)
class ArticleFeatures:
    """What one article tells about who its entities are. ``entities`` are sorted by id."""

    sha256: str
    name: str
    published: date | None
    publisher: str
    entities: tuple[Feature, ...]
    sketch: bytes = b""  # hashes of its runs of characters, four bytes each, sorted


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing of the world, with every entity that stands for it."""

    key: str  # what its IRI is made of; no two things of a corpus have the same
    type: EntityType
    members: tuple[Member, ...]  # sorted, at least one
    label: str


@dataclass(frozen=True, slots=True)
class IdentityLink:
    """Why two entities, as a rule of different articles, are one thing; ``a`` is before ``b``."""

    a: Member
    b: Member
    rule: str
    level: Level
    confidence: float
    because: str  # the key they share, or the sum of the evidence: names and numbers, in no language
    a_span: Span  # the mention of ``a`` that says it
    b_span: Span
    decided: str = ""  # the decision of a person that it is by, as its file has it


@dataclass(frozen=True, slots=True)
class Refused:
    """A link that was not made, and why."""

    link: IdentityLink
    why: str


@dataclass(frozen=True, slots=True, order=True)
class Copy:
    """Two articles with the same words: one is a copy or an excerpt of the other, or they only share passages."""

    a: str  # SHA-256; before b
    b: str
    share: float  # of the rare runs of characters of the shorter one
    same: bool  # one source; False: only shared passages


@dataclass(frozen=True, slots=True)
class Identity:
    """What a corpus says is one: every entity is in exactly one thing. All are sorted."""

    things: tuple[Thing, ...]
    links: tuple[IdentityLink, ...] = ()
    refused: tuple[Refused, ...] = ()
    copies: tuple[Copy, ...] = ()
    decided: tuple[Decided, ...] = ()  # decisions about links, and those that no article tells
