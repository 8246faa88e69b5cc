"""``ArticleFeatures`` -> keys: what an entity is called where the same words mean the same thing in every article.

Equal keys are one thing. A name that only means something somewhere carries its scope in the key (国防部|以色列, 430600|教育局);
one whose scope is not known has no key, and stays apart: a wrong merge is worse than a split. People have keys only where a
name alone means one person; the rest of them is weighed in `kg.corpus.people`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, get_args

from kg.base.model import EntityId, EntityType
from kg.corpus.body import body_keys, brand_of
from kg.corpus.feature import bare
from kg.corpus.lists import identity_lists
from kg.corpus.model import ArticleFeatures, Feature, Level
from kg.corpus.scope import Key, Scope
from kg.corpus.work import place_keys, work_keys
from kg.names.heads import head_class
from kg.names.own import known_of

__all__ = ["brands_of", "keys_of"]

FLOOR: Final = (
    0.25  # confidence that an entity is one of its type, below which its name crosses to no other article
)
_OWN: Final = "own-names"
_SHORT: Final = 0.9  # confidence that a short form of an official list alone means the company
_CLOSED: Final = frozenset(
    {
        "own-names",
        "state",
        "place-code",
        "well-known-place",
        "well-known-body",
        "body-of-state",
        "body-of-china",
        "team",
    }
)
"""Rules of closed lists, which need no such confidence."""


def brands_of(features: Iterable[ArticleFeatures]) -> frozenset[str]:
    """Return the brands that appear with a legal form somewhere in the corpus."""
    return frozenset(
        brand
        for article in features
        for feature in article.entities
        if feature.type == "Organization"
        for name in feature.names
        if (brand := brand_of(name))
    )


def keys_of(article: ArticleFeatures, brands: frozenset[str]) -> dict[EntityId, tuple[Key, ...]]:
    """Return the keys of each entity of an article that has any, the strongest first."""
    scope = Scope(article)
    found = {
        feature.id: tuple(
            sorted(
                (
                    key
                    for key in _keys(feature, scope, brands)
                    if feature.confidence >= FLOOR or key.rule in _CLOSED
                ),
                key=_strength,
            )
        )
        for feature in article.entities
    }
    return {entity: keys for entity, keys in found.items() if keys}


def _strength(key: Key) -> tuple[bool, float, int, str]:
    return key.level != "sure", -key.confidence, -len(key.text), key.text


def _keys(feature: Feature, scope: Scope, brands: frozenset[str]) -> Iterator[Key]:
    yield from _own_keys(feature)
    if feature.type == "Person":
        people = identity_lists().people
        for name in feature.crossing:
            if (bare(name) in people or name in people) and not _is_of_today(name, feature):
                yield Key(
                    f"Person|{people.get(name) or people[bare(name)]}",
                    "well-known-person",
                    "likely",
                    0.95,
                    name,
                )
    elif feature.type == "Organization":
        yield from body_keys(feature, scope, brands)
    elif feature.type == "Place":
        yield from place_keys(feature, scope)
    elif feature.type in get_args(EntityType):  # what else the user has types of is known by his names alone
        yield from work_keys(feature, scope)


def _is_of_today(name: str, feature: Feature) -> bool:
    """Say whether somebody bears the name of one of old, and holds a post at a hospital, school or company of today."""
    return name in identity_lists().of_old and any(
        head_class(post.body.rpartition(":")[2]) == "strong" for post in feature.posts
    )


def _own_keys(feature: Feature) -> Iterator[Key]:
    """Yield what the user says that the names are: the same line of a table is the same thing in every article."""
    for name in feature.names:
        known = known_of(name, feature.type)
        if known is None:
            continue
        sure = not known.listed or known.name in feature.names
        level: Level = "sure" if sure else "likely"
        yield Key(f"{feature.type}|{_OWN}|{known.name}", _OWN, level, 1.0 if sure else _SHORT, name)
