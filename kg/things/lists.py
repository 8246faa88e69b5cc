"""``data/language/things.toml`` -> the words that tell whether two names are one thing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.base.wordlist import read_words

_FILE: Final = "language/things.toml"


@dataclass(frozen=True, slots=True)
class ThingLists:
    """What names of one thing may differ in."""

    levels: tuple[str, ...]
    sites: tuple[str, ...]
    courtesy: tuple[str, ...]
    heads_kept: tuple[str, ...]
    heads_cut: frozenset[str]
    no_contractions: tuple[str, ...]
    shorter_endings: tuple[tuple[str, str], ...]
    official_endings: tuple[str, ...]
    holding: tuple[str, ...]
    group: str
    levels_before_brands: frozenset[str]


@cache
def thing_lists() -> ThingLists:
    """Return the lists.

    Raises:
        ResourceError: the file is missing or does not hold what it should.
    """
    data = read_words(_FILE)
    words = ("levels", "sites", "courtesy", "heads_kept", "no_contractions", "official_endings", "holding")
    data.only(*words, "heads_cut", "shorter_endings", "group", "levels_before_brands")
    return ThingLists(
        levels=data.words("levels"),
        sites=data.words("sites"),
        courtesy=data.words("courtesy"),
        heads_kept=data.words("heads_kept"),
        heads_cut=data.characters("heads_cut"),
        no_contractions=data.words("no_contractions"),
        shorter_endings=tuple(data.table("shorter_endings").pairs().items()),
        official_endings=data.words("official_endings"),
        holding=data.words("holding"),
        group=data.text("group"),
        levels_before_brands=data.characters("levels_before_brands"),
    )
