"""A TOML file of words -> checked lists of words, and patterns of them in which the longest word wins.

Every list is checked when it is asked for: words only, none empty, none twice, no key that nobody reads. A mistake is one
line that names file, table and key, and says how to mend it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from kg.base.errors import ResourceError
from kg.base.late import late
from kg.base.overlay import active, per_overlay
from kg.base.resources import load_toml

__all__ = [
    "WordTable",
    "any_of",
    "checked_words",
    "did_you_mean",
    "either",
    "longest_first",
    "read_words",
    "with_more",
]

_LIST = 'write it as key = ["...", "..."]'
_NEVER = "(?!)"


def longest_first(words: Iterable[str]) -> tuple[str, ...]:
    """Return each word once, the longest first, so that the first that matches is the longest that does."""
    return tuple(sorted(set(words), key=lambda word: (-len(word), word)))


def either(words: Iterable[str]) -> str:
    """Return the source of a pattern for any of the words, to stand in a group; it never matches where there are none."""
    return "|".join(map(re.escape, longest_first(words))) or _NEVER


@cache
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for any of the words."""
    return late(either(words))


def did_you_mean(word: str, known: Collection[str]) -> str:
    """Return the hint for a word that is none of those known."""
    close = get_close_matches(word, sorted(known), 1)
    return f"did you mean {close[0]!r}?" if close else f"one of {', '.join(sorted(known))}"


def checked_words(where: str, key: str, value: object, *, empty_word: bool = False) -> tuple[str, ...]:
    """Return the value of a field as a list of words.

    ``empty_word``: "" is a word too (it stands for the end of a sentence).

    Raises:
        ResourceError: it is no list, or holds something that is no word, or a word twice.
    """
    if not isinstance(value, list):
        raise ResourceError(where, f"{key!r} is not a list of words", _LIST)
    if {str}.issuperset(map(type, value)) and len(set(value)) == len(value) and all(map(str.strip, value)):
        return tuple(value)  # nearly always; the rest finds out what is wrong
    for word in value:
        if not isinstance(word, str) or (not word.strip() and not (empty_word and not word)):
            raise ResourceError(where, f"{key!r} is not a list of words: it holds {word!r}", _LIST)
    for word, times in Counter(value).items():
        if times > 1:
            raise ResourceError(where, f"{key!r} has {word!r} twice", "leave one out")
    return tuple(value)


@dataclass(frozen=True)
class WordTable:
    """A table of a TOML file: its lists, its texts and the tables in it, each checked when it is asked for."""

    where: str  # file and table, as a user knows them
    data: Mapping[str, Any]

    def only(self, *keys: str) -> WordTable:
        """Return the table itself.

        Raises:
            ResourceError: it has a key that is none of ``keys``.
        """
        for key in self.data:
            if key not in keys:
                raise ResourceError(self.where, f"unknown key {key!r}", did_you_mean(key, keys))
        return self

    def words(self, key: str, *, empty_word: bool = False) -> tuple[str, ...]:
        """Return a list of words in the order of the file.

        Raises:
            ResourceError: it is missing, or no list of words.
        """
        return checked_words(self.where, key, self.data.get(key), empty_word=empty_word)

    def either(self, key: str) -> str:
        """Return the source of a pattern for any word of a list (see `either`)."""
        return either(self.words(key))

    def characters(self, key: str) -> frozenset[str]:
        """Return the characters of a text, without the space between them.

        Raises:
            ResourceError: it is missing, or no text.
        """
        value = self.data.get(key)
        if not isinstance(value, str) or not value.strip():
            raise ResourceError(self.where, f"{key!r} is not a text of characters", 'write it as key = "..."')
        return frozenset("".join(value.split()))

    def text(self, key: str) -> str:
        """Return a text.

        Raises:
            ResourceError: it is missing, empty, or no text.
        """
        value = self.data.get(key)
        if not isinstance(value, str) or not value.strip():
            raise ResourceError(self.where, f"{key!r} is {value!r}, no text", f'write {key} = "..."')
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return true or false.

        Raises:
            ResourceError: it is neither.
        """
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            raise ResourceError(self.where, f"{key!r} is {value!r}", f"write {key} = true, without quotes")
        return value

    def count(self, key: str, default: int) -> int:
        """Return a whole number from 0 up.

        Raises:
            ResourceError: it is none.
        """
        value = self.data.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise ResourceError(self.where, f"{key!r} is {value!r}", f"write {key} = 2, without quotes")
        return value

    def rows(self, key: str, width: int) -> tuple[tuple[str, ...], ...]:
        """Return a list of lists of so many texts.

        Raises:
            ResourceError: it is missing, or a row has another width.
        """
        value = self.data.get(key)
        if not isinstance(value, list) or not value:
            raise ResourceError(self.where, f"{key!r} is missing or empty", "write lists of texts in a list")
        for row in value:
            if not isinstance(row, list) or len(row) != width or not all(isinstance(one, str) for one in row):
                raise ResourceError(self.where, f"{key!r} holds {row!r}", f"write {width} texts in brackets")
        return tuple(map(tuple, value))

    def groups(self) -> dict[str, tuple[str, ...]]:
        """Return every list of the table by its key."""
        return {key: self.words(key) for key in self.data}

    def pairs(self) -> dict[str, str]:
        """Return a table that holds one word for each key.

        Raises:
            ResourceError: a key has another value.
        """
        for key, value in self.data.items():
            if not isinstance(value, str) or not value.strip():
                raise ResourceError(self.where, f"{key!r} is no word", 'write it as "..." = "..."')
        return dict(self.data)

    def table(self, key: str) -> WordTable:
        """Return the table of that name.

        Raises:
            ResourceError: it is missing or empty.
        """
        value = self.data.get(key)
        if not isinstance(value, dict) or not value:
            raise ResourceError(self.where, f"[{key}] is missing or empty", f"write a table [{key}]")
        return WordTable(f"{self.where}, [{key}]", value)

    def tables(self, key: str) -> tuple[WordTable, ...]:
        """Return the tables of a list of them, ``[[key]]``.

        Raises:
            ResourceError: there is none.
        """
        value = self.data.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(one, dict) for one in value):
            raise ResourceError(self.where, f"no [[{key}]]", f"write each entry under [[{key}]]")
        return tuple(
            WordTable(f"{self.where}, {key} {one.get('id', number)!r}", one)
            for number, one in enumerate(value, 1)
        )


@per_overlay
def read_words(name: str) -> WordTable:
    """Return a file of words under ``data/``, with the words that the user has for it.

    Raises:
        ResourceError: it is missing or no TOML.
    """
    own = active().tables.get(name)
    return WordTable(f"data/{name}", with_more(load_toml(name), own) if own else load_toml(name))


def with_more(data: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Return tables with the entries of others: lists grow by what is new, tables and texts go in place."""
    found = dict(data)
    for key, value in more.items():
        before = found.get(key)
        if isinstance(before, dict) and isinstance(value, dict):
            found[key] = with_more(before, value)
        elif isinstance(before, list) and isinstance(value, list):
            found[key] = [*before, *(each for each in value if each not in before)]
        else:
            found[key] = value
    return found
