"""``data/language/*.toml`` -> lists true of the language: names, titles, organisation heads, regions; checked once, then cached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Final

from kg.base.wordlist import WordTable, longest_first, read_words

TITLE_CLASSES = ("leading", "state", "membership", "professional", "military", "sport", "staff", "courtesy")
_ORGANIZATIONS: Final = "language/organization.toml"
_DEALING: Final = (
    "adverbs", "joiners", "about", "portions", "shares", "majority", "no_shares", "given", "ways", "taken", "both",
    "together", "founded_together", "no_deeds", "watchdogs", "suffered", "owned",
)  # fmt: skip


@dataclass(frozen=True)
class NameLists:
    """How names of people are built."""

    surnames: frozenset[str]
    compound_surnames: frozenset[str]
    weak_surnames: frozenset[str]  # everyday words too: a name on them needs a title beside it
    foreign: frozenset[str]  # characters that write foreign names by sound
    saying: frozenset[str]  # verbs of saying
    acting: frozenset[str]  # other verbs and prepositions that follow a subject
    glued: frozenset[str]  # characters the tagger glues to the front of a foreign name
    tail: frozenset[str]  # ... and to the end of a name
    tail_of_four: frozenset[str]  # ... and to the end of a Chinese name of three
    no_given: frozenset[str]  # before 任, 于, 称 no end of a given name
    no_third: frozenset[str]  # words of one character behind a name of two that are no third
    behind: tuple[str, ...]  # titles the tagger glues to the end of a name
    elements: frozenset[str]  # what Tibetan and Mongolian names are made of
    no_people: frozenset[str]  # words the tagger takes for a person
    labels_in_lines: tuple[str, ...]  # before the name in a line about a person
    courtesies_in_lines: tuple[str, ...]  # ... and behind it
    unnamed_in_lines: tuple[str, ...]  # a line about a person that begins so does not say his name
    also_called: tuple[str, ...]  # in brackets behind a name, before the same person's other name


@dataclass(frozen=True)
class Titles:
    """Titles of people by class, and how a longer title is taken apart."""

    classes: Mapping[str, str]  # title -> class (see TITLE_CLASSES)
    prefixes: tuple[str, ...]  # 副 常务副 ..., longest first
    former: tuple[str, ...]  # 原 前 时任 ..., longest first; no part of the post
    endings: tuple[str, ...]  # 长 书记 主任 ..., longest first
    no_titles: frozenset[str]
    last: frozenset[str]  # the characters that titles end in: most words are none by that alone
    longest: int

    def class_of(self, words: str) -> str:
        """Return the class of the longest listed title that ``words`` end in, or "" where they end in none."""
        if words[-1:] not in self.last or words in self.no_titles:
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
    before_level: tuple[str, ...]  # verbs glued to a body that is called by its level (规定|市水务局)
    before_office: tuple[str, ...]  # behind these 任 is a verb
    common: frozenset[str]  # after a country these are no name (法国高校)
    sums: tuple[str, ...]  # common nouns that sum up a list of organisations
    called: tuple[str, ...]  # nouns that say that the name behind is a company
    no_sites: tuple[str, ...]  # nets that are no site
    branches: tuple[str, ...]  # begin the branch of a body in another place
    party: tuple[str, ...]
    never_front: frozenset[str]
    no_front: frozenset[str]
    founding: frozenset[str]  # a new body is named behind them
    place_industry: tuple[str, ...]  # industry words that make no company of a place
    county_industry: tuple[str, ...]  # ... and none of a county
    offices: tuple[str, ...]  # premises that are a body
    highest: tuple[str, ...]  # bodies of state and party
    wholes: tuple[str, ...]  # end the body that the rest of a name is a part of
    whole_ends: tuple[str, ...]  # what the tagger glued behind them is cut
    no_proper: frozenset[str]  # with countries alone before them no names
    many: tuple[str, ...]  # begin words for many bodies
    many_ends: tuple[str, ...]
    newspapers: tuple[str, ...]
    grown: tuple[str, ...]  # behind a brand: it is a plant there
    plants: frozenset[str]  # brands that are plants too
    own_words: frozenset[str]  # by which a contract calls its parties
    branded: tuple[str, ...]  # the place before them is a part of the brand
    public: tuple[str, ...]  # the place before them is their seat
    of_villages: tuple[str, ...]  # begin the body of a town or village
    tail: frozenset[str]  # characters the tagger glues to the end of a name
    deals: frozenset[str]
    between: tuple[str, ...]  # words of the sentence that no name holds
    hearsay: frozenset[str]  # behind one of these 传 is no part of a name
    classes: tuple[str, ...]  # kinds of bodies: 公办, 普通, 国有
    classes_in_names: tuple[str, ...]  # ... that stand in the names of single ones too
    class_words: tuple[str, ...]  # beside these
    class_heads: tuple[str, ...]  # the bodies that are of such a kind
    called_in_brackets: tuple[str, ...]  # the same, behind which its name stands in brackets
    behind_country: frozenset[str]  # in the name of a body: 荷兰|皇家|壳牌
    kinds_of_goods: frozenset[str]  # plain nouns that name no company before an industry word
    deeds_of_companies: tuple[str, ...]  # what a company does, behind its name
    techniques: frozenset[str]  # abbreviations that are no brand
    parties: frozenset[str]
    members: frozenset[str]  # behind a party: somebody's membership, not the party
    deeds: tuple[str, ...]  # what a body does, glued to its name
    not_behind_deeds: tuple[str, ...]  # ... but these go on with the name
    deeds_of_places: tuple[str, ...]  # what a town does: 甲县|新建两所学校
    from_within: tuple[str, ...]  # bodies called from within, and what is theirs, begin so
    owning: tuple[str, ...]  # how a body has another: 控股|甲酒店
    state_ends: frozenset[str]
    lone_areas: frozenset[str]
    after_numbers: frozenset[str]  # one-character heads that may stand behind a number
    counted: tuple[str, ...]  # bodies told apart by a number
    area_committees: tuple[str, ...]
    company_forms: tuple[str, ...]
    names_to_post: frozenset[str]
    kinds: Mapping[str, str]  # ending -> kind


@dataclass(frozen=True)
class Regions:
    """Countries and large regions."""

    countries: frozenset[str]
    regions: frozenset[str]
    cities: frozenset[str]  # of the world, outside the official list
    stretches: frozenset[str]  # of a country: 江淮
    into: frozenset[str]  # words before a place
    one_character: frozenset[str]
    place_ends: frozenset[str]  # one-character ends of places
    level_ends: frozenset[str]  # ... that say their level
    armies: frozenset[str]  # countries whose army is named by one character
    communists: frozenset[str]  # ... and whose communist party is
    no_brands: tuple[str, ...]  # behind a place no brand
    areas_in_general: tuple[str, ...]
    peoples: tuple[str, ...]  # in the official name of an autonomous place
    between_places: frozenset[str]  # verbs of one character between two places: 甲省访乙县
    everyday_places: frozenset[str]  # short names of the official list that are everyday words too
    parts_of_towns: frozenset[str]  # official names that may be a part of any town
    of_a_place: frozenset[str]  # behind a place
    dishes: tuple[str, ...]  # behind a place the front of a shop's name
    same: Mapping[str, str]  # another name of a country or region -> the usual one


@cache
def bodies() -> Mapping[str, str]:
    """Return the well-known bodies of state and international organisations: each form -> the full name.

    Raises:
        ResourceError: bodies.toml is missing or does not hold what it should.
    """
    forms: dict[str, str] = {}
    for full, others in read_words("language/bodies.toml").only("same").table("same").groups().items():
        forms[full] = full
        forms.update(dict.fromkeys(others, full))
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
    acting: tuple[str, ...]  # meetings that are bodies
    events: Mapping[str, tuple[str, ...]]  # a word for an event -> endings of the names it may mean


@cache
def references() -> References:
    """Return the words that point back.

    Raises:
        ResourceError: references.toml is missing or does not hold what it should.
    """
    sets = ("person", "pointers", "company", "company_words", "own_company", "no_own_before", "one_word")
    data = read_words("language/references.toml").only(*sets, "meeting_after", "acting", "events")
    return References(
        meeting_after=frozenset(data.words("meeting_after", empty_word=True)),
        acting=data.words("acting"),
        events=data.table("events").groups(),
        **{key: frozenset(data.words(key)) for key in sets},
    )


@dataclass(frozen=True)
class League:
    """Teams that are called by everyday words, and what shows that an article is about their game."""

    signs: frozenset[str]
    sure: frozenset[str]  # names that mean nothing else; two of them are a sign too
    names: frozenset[str]
    homes: frozenset[str]  # cities and states that stand before the name of a team


@cache
def leagues() -> tuple[League, ...]:
    """Return the leagues whose teams are called by everyday words.

    Raises:
        ResourceError: teams.toml is missing or does not hold what it should.
    """
    keys = ("signs", "sure", "names", "homes")
    groups = read_words("language/teams.toml").only("leagues").tables("leagues")
    return tuple(League(*(frozenset(group.only(*keys).words(key)) for key in keys)) for group in groups)


@cache
def names() -> NameLists:
    """Return how names of people are built.

    Raises:
        ResourceError: names.toml is missing or does not hold what it should.
    """
    texts = ("surnames", "weak_surnames", "foreign", "glued", "tail", "tail_of_four", "no_given", "no_third")
    lines = ("labels_in_lines", "courtesies_in_lines", "unnamed_in_lines")
    sets = ("compound_surnames", "saying", "acting", "no_people", "elements")
    data = read_words("language/names.toml").only(*texts, *sets, "behind", "also_called", *lines)
    return NameLists(
        **{key: data.characters(key) for key in texts},
        **{key: frozenset(data.words(key)) for key in sets},
        behind=longest_first(data.words("behind")),
        also_called=longest_first(data.words("also_called")),
        labels_in_lines=longest_first(data.words("labels_in_lines")),
        courtesies_in_lines=data.words("courtesies_in_lines"),
        unnamed_in_lines=data.words("unnamed_in_lines"),
    )


@cache
def titles() -> Titles:
    """Return the titles of people (see `read_titles`)."""
    return read_titles(read_words("language/titles.toml"))


def read_titles(data: WordTable) -> Titles:
    """Return the titles of a file.

    Raises:
        ResourceError: it does not hold what it should.
    """
    ordered = ("prefixes", "former", "endings")
    data.only(*ordered, "no_titles", "classes", "passes", "fails")
    groups = data.table("classes").only(*TITLE_CLASSES)
    classes: dict[str, str] = {}
    for group, words in groups.groups().items():
        for word in words:
            classes.setdefault(word, group)
    lists = {key: longest_first(data.words(key)) for key in ordered}
    return Titles(
        classes=classes,
        no_titles=frozenset(data.words("no_titles")),
        last=frozenset(word[-1] for word in (*classes, *lists["endings"])),
        longest=max(map(len, classes)),
        **lists,
    )


@cache
def organizations() -> OrganizationLists:
    """Return how names of organisations are built.

    Raises:
        ResourceError: organization.toml is missing or does not hold what it should.
    """
    types = {field.name: field.type for field in fields(OrganizationLists)}
    data = read_words(_ORGANIZATIONS).only(*types, "stock", "dealing")
    kinds: dict[str, str] = {}
    for kind, endings in data.table("kinds").groups().items():
        for ending in endings:
            kinds.setdefault(ending, kind)
    lists: dict[str, Any] = {
        key: frozenset(data.words(key)) if "frozenset" in str(kind) else data.words(key)
        for key, kind in types.items()
        if key != "kinds"
    }
    lists["company_forms"] = longest_first(lists["company_forms"])
    return OrganizationLists(kinds=kinds, **lists)


@cache
def stock_words() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """Return the words behind which a company's name begins before a stock code, verbs of dealing in shares, and what names none.

    Raises:
        ResourceError: organization.toml is missing or does not hold what it should.
    """
    table = read_words(_ORGANIZATIONS).table("stock").only("stops", "deals", "nobody")
    return frozenset(table.words("stops")), table.words("deals"), table.words("nobody")


@cache
def dealing_words() -> WordTable:
    """Return the words that show that a brand of plain words and an industry word are a company.

    Raises:
        ResourceError: organization.toml is missing or has no such table.
    """
    return read_words(_ORGANIZATIONS).table("dealing").only(*_DEALING)


@cache
def regions() -> Regions:
    """Return countries and large regions.

    Raises:
        ResourceError: regions.toml is missing or does not hold what it should.
    """
    sets = (
        "countries",
        "regions",
        "cities",
        "stretches",
        "into",
        "everyday_places",
        "parts_of_towns",
        "between_places",
        "of_a_place",
    )
    texts = ("one_character", "place_ends", "level_ends", "armies", "communists")
    lists = ("no_brands", "areas_in_general", "peoples", "dishes")
    data = read_words("language/regions.toml").only(*sets, *texts, *lists, "same")
    found: dict[str, Any] = {key: frozenset(data.words(key)) for key in sets}
    found |= {key: data.characters(key) for key in texts}
    found |= {key: data.words(key) for key in lists}
    return Regions(same=data.table("same").pairs(), **found)
