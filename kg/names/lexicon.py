"""``data/language/*.toml`` -> lists true of the language: names, titles, organisation heads, regions; checked once, then cached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.base.errors import ResourceError
from kg.base.resources import load_toml

TITLE_CLASSES = ("leading", "state", "membership", "professional", "military", "sport", "staff", "courtesy")


@dataclass(frozen=True)
class NameLists:
    """How names of people are built."""

    surnames: frozenset[str]
    compound_surnames: frozenset[str]
    weak_surnames: frozenset[str]  # everyday words too: a name on them needs a title beside it
    foreign: frozenset[str]  # characters that write foreign names by sound
    saying: frozenset[str]  # verbs of saying
    acting: frozenset[str]  # other verbs and prepositions that follow a subject


@dataclass(frozen=True)
class Titles:
    """Titles of people by class, and how a longer title is taken apart."""

    classes: Mapping[str, str]  # title -> class (see TITLE_CLASSES)
    prefixes: tuple[str, ...]  # 副 常务副 ..., longest first
    former: tuple[str, ...]  # 原 前 时任 ..., longest first; no part of the post
    endings: tuple[str, ...]  # 长 书记 主任 ..., longest first
    no_titles: frozenset[str]
    longest: int

    def class_of(self, words: str) -> str:
        """Return the class of the longest listed title that ``words`` end in, or "" where they end in none."""
        if words in self.no_titles:
            return ""
        for size in range(min(self.longest, len(words)), 0, -1):
            found = self.classes.get(words[-size:])
            if found is not None and (size > 1 or size == len(words)):
                return found
        if len(words) >= 2 and words.endswith(self.endings) and not words.endswith(tuple(self.no_titles)):
            return "leading"
        return ""

    def is_title(self, words: str) -> bool:
        """Say whether ``words`` are a title as a whole: a listed one, with or without 副, 原 and the like before it."""
        while words:
            if words in self.classes:
                return True
            prefix = next((p for p in (*self.prefixes, *self.former) if words.startswith(p)), "")
            if not prefix:
                return False
            words = words[len(prefix) :]
        return False


@dataclass(frozen=True)
class OrganizationLists:
    """How names of organisations are built."""

    strong: tuple[str, ...]  # heads that make a name with any proper words before them
    weak: frozenset[str]  # one-character heads
    no_heads: frozenset[str]  # words that end in a weak head and are no organisations
    parts: frozenset[str]  # after an institution's name they make a body of its own
    industry: frozenset[str]  # a brand before one of them is a company
    never_inside: frozenset[str]
    verbs_inside: frozenset[str]
    no_names: frozenset[str]
    areas: tuple[str, ...]  # a name ending so is a place
    specific: tuple[str, ...]  # heads that make a name even with plain nouns before them
    conjoined: tuple[str, ...]  # heads whose names may hold 和
    part_ends: tuple[str, ...]
    no_part_ends: tuple[str, ...]
    goes_on: tuple[str, ...]  # go on with the name of a body that stands before
    premises: tuple[str, ...]  # buildings: a place or a body
    no_ends: tuple[str, ...]  # words ending so have no head
    teams: tuple[str, ...]  # whose names stand in quotes
    adjectives_inside: frozenset[str]  # adjectives that may stand inside a name
    professions: frozenset[str]  # people a body may be named for (教师协会)
    glued: tuple[str, ...]  # words the tagger glues to the front of a name
    common: frozenset[str]  # after a country these are no name (法国高校)
    sums: tuple[str, ...]  # common nouns that sum up a list of organisations
    company_forms: tuple[str, ...]
    kinds: Mapping[str, str]  # ending -> kind


@dataclass(frozen=True)
class Regions:
    """Countries and large regions."""

    countries: frozenset[str]
    regions: frozenset[str]
    cities: frozenset[str]  # of the world, outside the official list
    one_character: frozenset[str]
    same: Mapping[str, str]  # another name of a country or region -> the usual one


@cache
def bodies() -> Mapping[str, str]:
    """Return the well-known bodies of state and international organisations: each form -> the full name.

    Raises:
        ResourceError: bodies.toml is missing or does not hold what it should.
    """
    where = "language/bodies.toml"
    groups = _table(where, load_toml(where), "same")
    forms: dict[str, str] = {}
    for full in groups:
        forms[full] = full
        forms.update(dict.fromkeys(_words(where, groups, full), full))
    return forms


@dataclass(frozen=True)
class References:
    """Words that point back."""

    person: frozenset[str]
    pointers: frozenset[str]
    company: frozenset[str]
    company_words: frozenset[str]
    own_company: frozenset[str]
    no_own_before: frozenset[str]
    one_word: frozenset[str]
    meeting_after: frozenset[str]
    events: Mapping[str, tuple[str, ...]]  # a word for an event -> endings of the names it may mean


@cache
def references() -> References:
    """Return the words that point back.

    Raises:
        ResourceError: references.toml is missing or does not hold what it should.
    """
    where = "language/references.toml"
    data = load_toml(where)
    groups = _table(where, data, "events")
    after = data.get("meeting_after")
    if not isinstance(after, list):
        raise ResourceError(f"data/{where}", "'meeting_after' is not a list of words")
    sets = {
        key: frozenset(_words(where, data, key))
        for key in (
            "person",
            "pointers",
            "company",
            "company_words",
            "own_company",
            "no_own_before",
            "one_word",
        )
    }
    events = {word: tuple(_words(where, groups, word)) for word in groups}
    return References(meeting_after=frozenset(map(str, after)), events=events, **sets)


@dataclass(frozen=True)
class League:
    """Teams that are called by everyday words, and what shows that an article is about their game."""

    signs: frozenset[str]
    sure: frozenset[str]  # names that mean nothing else; two of them are a sign too
    names: frozenset[str]


@cache
def leagues() -> tuple[League, ...]:
    """Return the leagues whose teams are called by everyday words.

    Raises:
        ResourceError: teams.toml is missing or does not hold what it should.
    """
    where = "language/teams.toml"
    groups = load_toml(where).get("leagues")
    if not isinstance(groups, list) or not all(isinstance(group, dict) for group in groups):
        raise ResourceError(f"data/{where}", "no [[leagues]]")
    return tuple(
        League(*(frozenset(_words(where, group, key)) for key in ("signs", "sure", "names")))
        for group in groups
    )


@cache
def names() -> NameLists:
    """Return how names of people are built.

    Raises:
        ResourceError: names.toml is missing or does not hold what it should.
    """
    where = "language/names.toml"
    data = load_toml(where)
    characters = {
        key: frozenset(_text(where, data, key)) - frozenset("\n ")
        for key in ("surnames", "weak_surnames", "foreign")
    }
    lists = {key: frozenset(_words(where, data, key)) for key in ("compound_surnames", "saying", "acting")}
    return NameLists(**characters, **lists)


@cache
def titles() -> Titles:
    """Return the titles of people.

    Raises:
        ResourceError: titles.toml is missing or does not hold what it should.
    """
    where = "language/titles.toml"
    data = load_toml(where)
    groups = _table(where, data, "classes")
    classes: dict[str, str] = {}
    for group in groups:
        if group not in TITLE_CLASSES:
            raise ResourceError(
                f"data/{where}", f"unknown class of titles {group!r}", f"one of {', '.join(TITLE_CLASSES)}"
            )
        for word in _words(where, groups, group):
            classes.setdefault(word, group)
    longest_first = {
        key: tuple(sorted(dict.fromkeys(_words(where, data, key)), key=len, reverse=True))
        for key in ("prefixes", "former", "endings")
    }
    return Titles(
        classes=classes,
        no_titles=frozenset(_words(where, data, "no_titles")),
        longest=max(map(len, classes)),
        **longest_first,
    )


@cache
def organizations() -> OrganizationLists:
    """Return how names of organisations are built.

    Raises:
        ResourceError: organization.toml is missing or does not hold what it should.
    """
    where = "language/organization.toml"
    data = load_toml(where)

    def some(key: str) -> frozenset[str]:
        return frozenset(_words(where, data, key))

    def ends(key: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_words(where, data, key)))

    groups = _table(where, data, "kinds")
    kinds: dict[str, str] = {}
    for kind in groups:
        for ending in _words(where, groups, kind):
            kinds.setdefault(ending, kind)
    return OrganizationLists(
        strong=ends("strong"),
        weak=some("weak"),
        no_heads=some("no_heads"),
        parts=some("parts"),
        industry=some("industry"),
        never_inside=some("never_inside"),
        verbs_inside=some("verbs_inside"),
        no_names=some("no_names"),
        areas=ends("areas"),
        specific=ends("specific"),
        conjoined=ends("conjoined"),
        part_ends=ends("part_ends"),
        no_part_ends=ends("no_part_ends"),
        goes_on=ends("goes_on"),
        premises=ends("premises"),
        no_ends=ends("no_ends"),
        teams=ends("teams"),
        adjectives_inside=some("adjectives_inside"),
        professions=some("professions"),
        glued=ends("glued"),
        common=some("common"),
        sums=ends("sums"),
        company_forms=tuple(sorted(_words(where, data, "company_forms"), key=len, reverse=True)),
        kinds=kinds,
    )


@cache
def regions() -> Regions:
    """Return countries and large regions.

    Raises:
        ResourceError: regions.toml is missing or does not hold what it should.
    """
    where = "language/regions.toml"
    data = load_toml(where)
    return Regions(
        countries=frozenset(_words(where, data, "countries")),
        regions=frozenset(_words(where, data, "regions")),
        cities=frozenset(_words(where, data, "cities")),
        one_character=frozenset(_text(where, data, "one_character")),
        same={str(k): str(v) for k, v in _table(where, data, "same").items()},
    )


def _words(where: str, data: Mapping[str, Any], key: str) -> list[str]:
    value = data.get(key)
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        raise ResourceError(
            f"data/{where}", f"{key!r} is not a list of words", 'write it as key = ["...", "..."]'
        )
    return value


def _text(where: str, data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ResourceError(
            f"data/{where}", f"{key!r} is not a text of characters", 'write it as key = "..."'
        )
    return value


def _table(where: str, data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = data.get(key)
    if not isinstance(value, dict) or not value:
        raise ResourceError(f"data/{where}", f"[{key}] is missing or empty", f"write a table [{key}]")
    return value
