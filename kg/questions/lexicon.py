"""The knowledge of how articles answer in their own words, ``data/questions/passages.toml``; checked when loaded."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import tomli

from kg.base.errors import ResourceError
from kg.base.intake import read_text
from kg.base.overlay import per_overlay
from kg.base.resources import data_path
from kg.base.wordlist import checked_words, did_you_mean
from kg.text.script import is_traditional, simplified_text

__all__ = ["FEATURES", "FILE", "Aspect", "Lexicon", "Sort", "Wanted", "lexicon", "read_lexicon"]

FILE: Final = "passages.toml"

Reads = Literal["none", "figure", "date", "holder", "agent", "where"]

Sort = Literal[
    "who", "person", "body", "place", "award", "law", "number", "list", "figure", "date", "truth", "state"
]

_SORTS: Final = (
    *("who", "person", "body", "place", "award", "law"),
    *("number", "list", "figure", "date", "truth", "state"),
)
_WANTED: Final = ("sort", "words", "which", "ends", "units")
_READS: Final = ("none", "figure", "date", "holder", "agent", "where")
_FIELDS: Final = ("reads", "words", "units", "says", "cost", "bare", "last")
_LISTS: Final = (
    *("costs", "anaphora", "rumour", "hopes", "denials", "adverbs", "bridges", "compared", "holds", "firsts"),
    *(
        "turns",
        "places",
        "before_roles",
        "towards",
        "never_before",
        "not_compared",
        "narrows",
        "telling",
        "times",
        "place_ends",
        "several",
        "no_units",
        "shares",
        "most",
        "theirs",
        "former",
        "leaving",
    ),
    *("which", "passing", "rumoured", "refuted", "pending", "listing", "won"),
    *("asking", "asking_things", "yes_at_end", "yes_inside", "reasons_asked", "reasons", "people_asked"),
    *("companies", "no_companies", "posts", "lives", "replied", "sums", "sums_asked"),
)
FEATURES: Final = (
    *("near", "lacking", "here", "key", "no_key", "named_here", "named_before", "unnamed", "counted", "time"),
    *("title", "behind", "lead", "of_others", "sort", "runs", "elsewhere", "size", "denied", "hoped"),
    *("length", "rare", "single"),
)
"""What of a question a sentence has, each about 0 to 1; ``lead`` and ``behind`` are against the other sentences."""

_WEIGHTS: Final = (*FEATURES, "always", "least")
_TEXTS: Final = ("light", "spending", "things", "roads")
_FIRST: Final = 0xE000
"""Where the signs of words that say the same begin: in the area of Unicode that no text uses."""

_NEAR_BY: Final = 0x800
_DROPPED: Final = re.compile(r"[\s“”‘’\"'《》〈〉「」『』]")


@dataclass(frozen=True, slots=True)
class Aspect:
    """What a question may ask for, by the words that ask for it."""

    reads: Reads
    word: str
    units: tuple[str, ...] = ()  # of a figure; "*" any that counts things, "=" any
    says: tuple[str, ...] = ()  # what stands before it, where the question has only the measure: 多重
    bare: bool = False  # its unit alone tells it: 岁
    cost: bool = False  # a figure behind a word for costs is meant, where the question has no word for it
    last: bool = False  # asks only where nothing stands behind it: 甲公司 中标 金额


@dataclass(frozen=True, slots=True)
class Wanted:
    """What may be taken out of a sentence that holds what a question says, by the words that ask for it."""

    sort: Sort
    word: str
    ends: tuple[str, ...] = ()  # what its name must have: 大学, 学院
    units: tuple[str, ...] = ()  # of a figure


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words by which passages are read."""

    aspects: tuple[Aspect, ...]  # the longest word first
    wanted: tuple[Wanted, ...]  # the longest word first
    alike: Mapping[str, str]  # a word -> the sign of all that say the same
    search: re.Pattern[str]
    near: Mapping[str, str]  # a word -> the sign of all that say nearly the same
    wide: re.Pattern[str]
    light: frozenset[str]
    spending: frozenset[str]
    things: frozenset[str]  # units of what is counted
    roads: frozenset[str]  # ends of names of places, where the question asks for one of them: 哪条路
    lists: Mapping[str, tuple[str, ...]]  # the longest word first
    short: Mapping[str, str]  # what is said for short, in full
    weights: Mapping[str, float]  # of what makes a sentence an answer

    @property
    def times(self) -> re.Pattern[str]:
        """Return what finds the words for a time that stand for no date: 去年; and years."""
        return re.compile("|".join(("[12][0-9]{3}年", *map(re.escape, self.lists["times"]))))

    def folded(self, text: str) -> str:
        """Return a text without blanks and quotation marks, with one sign for words that say the same."""
        return self.search.sub(lambda match: self.alike[match[0]], _DROPPED.sub("", text))

    def loosely(self, text: str) -> str:
        """Return a text folded, with one sign also for words that say nearly the same, in simplified characters."""
        plain = simplified_text(text) if is_traditional(text) else text
        return self.wide.sub(lambda match: self.near[match[0]], _DROPPED.sub("", plain))

    def is_sign(self, character: str) -> bool:
        """Say whether a character stands for words that say the same."""
        return _FIRST <= ord(character) < _FIRST + 0x1000

    def any_in(self, name: str, text: str) -> bool:
        """Say whether a word of a list stands in a text."""
        return any(word in text for word in self.lists[name])


@per_overlay
def lexicon() -> Lexicon:
    """Return the words by which kg reads passages."""
    return read_lexicon(data_path("questions"))


def read_lexicon(folder: Path) -> Lexicon:
    """Return the words by which passages are read, of a folder of questions.

    Raises:
        ResourceError: something in it is wrong: which entry, what, and how to mend it.
    """
    where = f"questions/{FILE}"
    try:
        table = tomli.loads(read_text(folder / FILE))
    except OSError as error:
        raise ResourceError(where, f"cannot be read: {error.strerror or error}") from error
    except tomli.TOMLDecodeError as error:
        raise ResourceError(where, f"no TOML: {error}") from error
    words = table.get("words", {})
    for name in words:
        if name not in (*_LISTS, *_TEXTS):
            raise ResourceError(where, f"unknown list {name!r}", did_you_mean(name, (*_LISTS, *_TEXTS)))
    lists = {
        name: tuple(sorted(checked_words(where, name, words.get(name)), key=lambda word: (-len(word), word)))
        for name in _LISTS
    }
    alike = _alike(table.get("alike", ()), where)
    near = _near(table.get("near", ()), alike, where)
    light, spending, things, roads = (frozenset(str(words.get(name, ""))) for name in _TEXTS)
    return Lexicon(
        _aspects(table.get("aspect", ()), where),
        _wanted(table.get("wanted", ()), lists["which"], where),
        alike,
        _any_of(alike),
        near,
        _any_of(near),
        light,
        spending,
        things,
        roads,
        lists,
        {str(short): str(whole) for short, whole in table.get("short", {}).items()},
        _weights(table.get("weights", {}), where),
    )


def _weights(table: Any, where: str) -> dict[str, float]:  # noqa: ANN401 - of a TOML file
    """Return the weights by which a sentence is given whole, each of which must be there."""
    for name in table:
        if name not in _WEIGHTS:
            raise ResourceError(where, f"unknown weight {name!r}", did_you_mean(name, _WEIGHTS))
    for name in _WEIGHTS:
        if not isinstance(table.get(name), int | float):
            raise ResourceError(where, f"the weight {name!r} is no number", "give [weights] one for each")
    return {name: float(table[name]) for name in _WEIGHTS}


def _any_of(words: Mapping[str, str]) -> re.Pattern[str]:
    longest = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest)) or r"(?!)")


def _near(items: Any, alike: Mapping[str, str], where: str) -> dict[str, str]:  # noqa: ANN401 - of a TOML file
    """Return the signs of words that say nearly the same: that of the first of them which is alike to others, or a new one."""
    found = dict(alike)
    for at, item in enumerate(items):
        for name in item:
            if name != "words":
                raise ResourceError(where, f"unknown field {name!r}", "a near entry has words only")
        words = checked_words(where, "near", item.get("words"))
        sign = next((alike[word] for word in words if word in alike), chr(_FIRST + _NEAR_BY + at))
        joined = {alike[word] for word in words if word in alike}
        found.update((word, sign) for word, old in alike.items() if old in joined)
        found.update((word, sign) for word in words)
    return found


def _aspects(items: Any, where: str) -> tuple[Aspect, ...]:  # noqa: ANN401 - of a TOML file
    found: list[Aspect] = []
    for item in items:
        _check(item, where, _FIELDS, "reads", _READS)
        found += [
            Aspect(
                item["reads"],
                word,
                tuple(item.get("units", ())),
                tuple(item.get("says", ())),
                bool(item.get("bare", False)),
                bool(item.get("cost", False)),
                bool(item.get("last", False)),
            )
            for word in checked_words(where, "words", item.get("words"))
        ]
    return tuple(sorted(found, key=lambda each: (-len(each.word), each.word)))


def _wanted(items: Any, which: tuple[str, ...], where: str) -> tuple[Wanted, ...]:  # noqa: ANN401 - of a TOML file
    found: list[Wanted] = []
    for item in items:
        _check(item, where, _WANTED, "sort", _SORTS)
        words = checked_words(where, "words", item.get("words"))
        asking = [f"{each}{word}" for each in which for word in words] if item.get("which") else words
        ends, units = tuple(item.get("ends", ())), tuple(item.get("units", ()))
        found += [Wanted(item["sort"], word, ends, units) for word in asking]
    return tuple(sorted(found, key=lambda each: (-len(each.word), each.word)))


def _check(
    item: Mapping[str, Any], where: str, known: Sequence[str], key: str, allowed: Sequence[str]
) -> None:
    """Refuse an entry with a field that nobody reads, or whose kind is none."""
    for name in item:
        if name not in known:
            raise ResourceError(where, f"unknown field {name!r}", did_you_mean(name, known))
    if item.get(key) not in allowed:
        raise ResourceError(where, f"unknown {key} {item.get(key)!r}", f"one of {' '.join(allowed)}")


def _alike(items: Any, where: str) -> dict[str, str]:  # noqa: ANN401 - of a TOML file
    found: dict[str, str] = {}
    for at, item in enumerate(items):
        for word in checked_words(where, "alike", item.get("words")):
            if word in found:
                raise ResourceError(where, f"{word!r} is alike twice", "put its words into one entry")
            found[word] = chr(_FIRST + at)
    return found
