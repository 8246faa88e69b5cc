"""Every rule that joins two entities, and what it rests on; ``data/messages.toml`` has each in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["RULES"]

RULES: Final[Mapping[str, str]] = {
    "by-hand": "a person says so",
    "state": "a country, by whatever name",
    "place-code": "a place of the official list",
    "city-name": "a city by its short name, to which the article gives no code",
    "well-known-place": "a place that everybody knows by this name",
    "place-in-place": "a town or road, and the place it lies in",
    "well-known-body": "a body that everybody knows by this name",
    "body-of-state": "a body that every state has, and the state",
    "body-of-china": "a body of China's by its name alone",
    "body-of-leading-state": "a body of the one state that the article speaks of",
    "body-of-first-state": "a body that many states have, of the one that is meant as a rule",
    "body-of-place": "a place, and the body of it",
    "only-place": "a body by its level, in an article with one place of that level",
    "company": "a company without its legal form",
    "brand": "a short name of a company",
    "own-names": "one line of the user's names",
    "team": "a team with and without its city",
    "same-name": "a name that says enough by itself",
    "same-text": "one name in a text and its copy",
    "title": "the title of a document",
    "title-of-issuer": "a plain title, its year and who issued it",
    "law": "a law of China's",
    "edition": "an event with its edition or year",
    "period": "a period of planning",
    "games": "games by their host and year",
    "named-once": "a programme, war or other event that happens once under its name",
    "quoted-name": "a name in quotes, or a designation",
    "award": "the full name of an award",
    "well-known-person": "a person whom everybody knows by this name",
    "person-same-body": "one name, and posts at one body",
    "person-same-state": "one name, and posts of one state",
    "person-same-post": "one name, and one post",
    "person-like-body": "one name, and posts at bodies of like names",
    "person-same-place": "one name, and posts in one place",
    "person-companion": "one name, and what hardly anybody else is named with",
    "rare-name": "a name that hardly anybody bears",
}
"""Rule -> what it rests on."""
