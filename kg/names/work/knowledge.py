"""The head nouns, cue verbs, fixed shapes and word lists of ``works.toml``, checked; what each is for stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Final, Literal, TypeVar, cast, get_args

from kg.base.errors import ResourceError
from kg.base.finder import Finder
from kg.base.late import late
from kg.base.model import EntityType
from kg.base.resources import is_own_data
from kg.base.wordlist import WordTable, did_you_mean, either, read_words

__all__ = [
    "FILE",
    "TYPES",
    "Case",
    "Entry",
    "Head",
    "Knowledge",
    "Need",
    "Shape",
    "Words",
    "knowledge",
    "read_knowledge",
]

Need = Literal[
    "modifier", "name", "brand", "brand-or-cue", "cue", "both", "quote", "place", "route", "abbreviation"
]

FILE: Final = "language/works.toml"
TYPES: Final[tuple[EntityType, ...]] = ("Activity", "Award", "Document", "Product")
_CUED: Final[Mapping[EntityType, frozenset[EntityType]]] = {  # the cues that a head of a type may follow
    "Activity": frozenset({"Activity"}),
    "Award": frozenset({"Award", "Document"}),
    "Document": frozenset({"Document", "Activity"}),
    "Product": frozenset({"Product", "Activity", "Award"}),
}
_NEVER: Final = late("(?!)")
_COMMON: Final = ("id", "type", "passes", "fails")
_AnyEntry = TypeVar("_AnyEntry", bound="Entry")


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, and the name an entry finds there ("" for none)."""

    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What all entries have: an id, which the rule of a name ends in, the type of the names, and cases."""

    id: str
    type: EntityType
    passes: tuple[Case, ...] = field(default=(), repr=False)
    fails: tuple[Case, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Head(Entry):
    """A noun that ends a name, and what must stand before it."""

    needs: Need = "modifier"
    bare: bool = False  # it is no part of the name
    after: bool = False  # a noun may follow the name
    least: int = 2  # code points before the head
    quoted_least: int = 2  # code points before the head where a quote ends in both
    far: bool = False  # a cue may show a beginning beyond the words that stand in every name
    joins: bool = False  # its names may hold 和
    at_time: bool = False  # what the tagger takes for a time right before it is a place
    of_units: bool = False  # it stays in the name of a unit: “X连”荣誉称号
    cues: frozenset[EntityType] = frozenset()  # types of the cues it may follow
    no_cues: frozenset[str] = frozenset()  # words that are no cue before it
    no_start: tuple[str, ...] = ()  # no name begins with a word that ends so


@dataclass(frozen=True, slots=True)
class Shape(Entry):
    """A name of a fixed shape."""

    pattern: re.Pattern[str] = _NEVER
    holds: frozenset[str] = frozenset()  # words of which each match has one, or it is not looked for
    of_issuer: bool = False  # the body right before belongs to it: 国务院关于…的决定


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of ``works.toml``; what each is for stands there."""

    scope: tuple[str, ...]
    generic: tuple[str, ...]
    leading: tuple[str, ...]
    after: tuple[str, ...]
    opening: tuple[str, ...]
    during: tuple[str, ...]
    held: tuple[str, ...]
    period: tuple[str, ...]
    honoured: tuple[str, ...]
    units: tuple[str, ...]
    schooling: tuple[str, ...]
    no_heads: tuple[str, ...]
    body_before: tuple[str, ...]
    body_after: tuple[str, ...]
    voted: tuple[str, ...]
    rules: tuple[str, ...]
    quoted_bare: tuple[str, ...]
    events: tuple[str, ...]
    bodies: tuple[str, ...]
    plain: tuple[str, ...]
    inside: tuple[str, ...]
    shows: tuple[str, ...]
    shown: tuple[str, ...]
    merits: tuple[str, ...]
    ware: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What ``works.toml`` says, made ready for looking up."""

    heads: Mapping[str, Head]
    cues: Mapping[str, EntityType]
    shapes: tuple[Shape, ...]
    held: Finder  # the words that any shape holds
    words: Words
    show: re.Pattern[str]  # what stands before the title of a film or a song
    shown: re.Pattern[str]  # what stands after it
    merit: re.Pattern[str]  # what distinguishes the name of an honour
    longest_head: int
    last: frozenset[str]  # characters that end a head
    entries: tuple[tuple[str, Entry], ...]  # every entry with the table it stands in, for its cases


@cache
def knowledge() -> Knowledge:
    """Return what ``works.toml`` says (see `read_knowledge`)."""
    return read_knowledge(read_words(FILE), tested=is_own_data())


def read_knowledge(data: WordTable, *, tested: bool = False) -> Knowledge:
    """Return what a file of works says; expressions of kg's own, which its tests have compiled, are compiled when they are used.

    Raises:
        ResourceError: an entry lacks a field, or has one that holds what it cannot; a word stands in two entries.
    """
    data.only("words", "head", "cue", "shape")
    heads = [(_head(entry), entry.words("words")) for entry in data.tables("head")]
    cues = [(_cue(entry), entry.words("words")) for entry in data.tables("cue")]
    shapes = tuple(_shape(entry, tested=tested) for entry in data.tables("shape"))
    by_word = {word: head for head, word in _once(data.where, heads)}
    names = tuple(one.name for one in fields(Words))
    table = data.table("words").only(*names)
    words = Words(**{name: table.words(name) for name in names})
    return Knowledge(
        by_word,
        {word: cue.type for cue, word in _once(data.where, cues)},
        shapes,
        Finder(word for shape in shapes for word in sorted(shape.holds)),
        words,
        late(f"(?:{either(words.shows)})[为是]?$"),
        late(f"[^，。；、]{{0,3}}?(?:{either(words.shown)})"),
        late(either(words.merits)),
        max(map(len, by_word)),
        frozenset(word[-1] for word in by_word),
        (
            *(("head", head) for head, _ in heads),
            *(("cue", cue) for cue, _ in cues),
            *(("shape", shape) for shape in shapes),
        ),
    )


def _once(
    where: str, entries: Iterable[tuple[_AnyEntry, tuple[str, ...]]]
) -> Iterator[tuple[_AnyEntry, str]]:
    """Yield each word with its entry.

    Raises:
        ResourceError: two entries have the same id or word.
    """
    ids: set[str] = set()
    seen: dict[str, str] = {}
    for entry, words in entries:
        if entry.id in ids:
            raise ResourceError(where, f"two entries are called {entry.id!r}", "rename one")
        ids.add(entry.id)
        for word in words:
            if word in seen:
                raise ResourceError(
                    where, f"{word!r} is a word of {seen[word]!r} and of {entry.id!r}", "leave it in one"
                )
            seen[word] = entry.id
            yield entry, word


def _head(entry: WordTable) -> Head:
    own = [one.name for one in fields(Head) if one.name not in _COMMON]
    common = _common(entry.only(*_COMMON, "words", *own))
    kind = common.type
    return Head(
        common.id,
        kind,
        common.passes,
        common.fails,
        needs=cast(Need, _choice(entry, "needs", get_args(Need))),
        bare=entry.flag("bare"),
        after=entry.flag("after"),
        least=entry.count("least", 2),
        quoted_least=entry.count("quoted_least", 2),
        far=entry.flag("far", default=kind != "Product"),
        joins=entry.flag("joins"),
        at_time=entry.flag("at_time"),
        of_units=entry.flag("of_units"),
        cues=_CUED[kind] | frozenset(_types(entry, "cues")),
        no_cues=frozenset(_some(entry, "no_cues")),
        no_start=_some(entry, "no_start"),
    )


def _cue(entry: WordTable) -> Entry:
    return _common(entry.only(*_COMMON, "words"))


def _shape(entry: WordTable, *, tested: bool) -> Shape:
    common = _common(entry.only(*_COMMON, "shape", "holds", "of_issuer"))
    source, holds = entry.text("shape"), frozenset(entry.words("holds"))
    try:
        pattern = late(source) if tested else re.compile(source)
    except re.error as error:
        raise ResourceError(entry.where, f"'shape': {error}", "write a Python regular expression") from error
    for case in common.passes:
        if not any(word in case.text for word in holds):
            raise ResourceError(
                entry.where, f"'holds': none of its words stands in {case.text}", "name one of every match"
            )
    return Shape(common.id, common.type, common.passes, common.fails, pattern, holds, entry.flag("of_issuer"))


def _common(entry: WordTable) -> Entry:
    kind = cast(EntityType, _choice(entry, "type", TYPES))
    return Entry(entry.text("id"), kind, _cases(entry, "passes"), _cases(entry, "fails"))


def _cases(entry: WordTable, key: str) -> tuple[Case, ...]:
    if not entry.data.get(key):
        raise ResourceError(
            entry.where, f"{key!r} is missing or empty", "every entry shows what it finds and what not"
        )
    if key == "fails":
        return tuple(map(Case, entry.words(key)))
    cases = tuple(Case(*row) for row in entry.rows(key, 2))
    for case in cases:
        if case.name not in case.text:
            raise ResourceError(
                entry.where, f"{key!r}: {case.name} does not stand in {case.text}", "quote it from there"
            )
    return cases


def _choice(entry: WordTable, key: str, allowed: tuple[str, ...]) -> str:
    value = entry.data.get(key)
    if not isinstance(value, str) or value not in allowed:
        raise ResourceError(entry.where, f"{key!r} is {value!r}", did_you_mean(str(value), allowed))
    return value


def _some(entry: WordTable, key: str) -> tuple[str, ...]:
    return entry.words(key) if key in entry.data else ()


def _types(entry: WordTable, key: str) -> tuple[EntityType, ...]:
    for kind in _some(entry, key):
        if kind not in TYPES:
            raise ResourceError(entry.where, f"{key!r} has {kind!r}", did_you_mean(kind, TYPES))
    return cast(tuple[EntityType, ...], _some(entry, key))
