"""Small invented articles, read as kg reads them, and who of them is one with whom, said by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from kg.base.model import Entity, Reading, Span
from kg.corpus.model import Copy, Identity, IdentityLink, Member, Refused, Thing
from kg.pipeline import Pipeline
from kg.text.source import article_of

__all__ = ["by_name", "identity_of", "member", "read"]

Texts = Mapping[str, tuple[str, str]]
"""By name of the article, its day ("" where nobody knows it) and its text."""


def read(texts: Texts) -> list[Reading]:
    """Return what each article says."""
    articles = [
        replace(article_of(text, name), published=date.fromisoformat(day) if day else None)
        for name, (day, text) in texts.items()
    ]
    return list(Pipeline().read(articles))


def by_name(entity: Entity) -> str:
    """Return the name of an entity without its legal form: equal ones are one thing."""
    return entity.name.removesuffix("有限公司")


def identity_of(
    readings: Sequence[Reading],
    key: Callable[[Entity], str] = by_name,
    copies: Iterable[Copy] = (),
    refused: Iterable[Refused] = (),
    apart: Iterable[str] = (),
) -> Identity:
    """Return who is one with whom: entities of one type and key, tied in a row; those of articles ``apart`` with nobody."""
    groups: dict[tuple[str, str], list[tuple[Member, Entity]]] = defaultdict(list)
    for reading in readings:
        for entity in reading.entities:
            own = f"|{reading.article.name}" if reading.article.name in apart else ""
            of = (entity.type, entity.place_code or key(entity) + own)
            groups[of].append((Member(reading.article.sha256, entity.id), entity))
    things, links = [], []
    for (kind, name), found in sorted(groups.items()):
        members = tuple(sorted(each for each, _ in found))
        label = max((entity.name for _, entity in found), key=lambda each: (len(each), each))
        things.append(Thing(name, kind, members, label))  # type: ignore[arg-type]
        for one, other in pairwise(members):
            spans = first_named(readings, one), first_named(readings, other)
            links.append(IdentityLink(one, other, "same-key", "sure", 0.99, name, *spans))
    return Identity(tuple(things), tuple(links), tuple(refused), tuple(copies))


def first_named(readings: Sequence[Reading], member: Member) -> Span:
    """Return where an article names an entity first."""
    (reading,) = (each for each in readings if each.article.sha256 == member.article)
    return next(link.span for link in reading.links if link.entity == member.entity and link.is_name)


def member(readings: Sequence[Reading], article: str, name: str) -> Member:
    """Return the entity with a name in the article with a name."""
    (reading,) = (each for each in readings if each.article.name == article)
    (found,) = (entity for entity in reading.entities if name in entity.names)
    return Member(reading.article.sha256, found.id)
