"""Words that few names begin with: the parts of Tibetan and Mongolian names, and the eras of emperors, which are none."""

from __future__ import annotations

from functools import cache, lru_cache

from kg.base.late import late
from kg.base.wordlist import read_words
from kg.names.lexicon import names

_CLEAR = 3  # code points of a part that is a name by itself
_OF_ERA = late("(?:[元一二三四五六七八九十0-9]{1,3})?年|年间|末年|初年")


@lru_cache(maxsize=65536)
def may_be_first(text: str) -> bool:
    """Say whether a word is an era's name or begins as parts of Tibetan and Mongolian names do, which few words do."""
    return text in _eras() or text[:1] in _beginnings()


def is_era(text: str, after: str) -> bool:
    """Say whether a word is an era's name, by the word behind it (康熙|三十年, 乾隆|年间)."""
    return text in _eras() and _OF_ERA.match(after) is not None


def is_of_elements(text: str) -> bool:
    """Say whether a text is made of parts of names: one of three characters, or two."""
    parts = names().elements
    if len(text) >= _CLEAR and text in parts:
        return True
    return any(text[:cut] in parts and text[cut:] in parts for cut in (2, 3, 4) if cut < len(text))


@cache
def _eras() -> frozenset[str]:
    return frozenset(read_words("language/dates.toml").table("year").words("eras"))


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(part[0] for part in names().elements)
