"""Any list of words, checked by what all have in common: distinct words, and only keys that kg reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.base.errors import ResourceError
from kg.base.resources import data_path
from kg.base.wordlist import WordTable, read_words

__all__ = ["WITH_END", "check_list", "list_names"]

WITH_END: Final = "meeting_after"
"""The list that holds "" too, for the end of a sentence."""


def list_names() -> tuple[str, ...]:
    """Return the names of the files of words that kg reads."""
    return tuple(sorted(path.name for path in data_path("language").glob("*.toml")))


def check_list(table: WordTable, name: str) -> int:
    """Check a list that stands in the place of kg's own of the same name; return how many words it has.

    Raises:
        ResourceError: a list holds something else than distinct words, or the file has a key that kg does not read or
            lacks one that it does.
    """
    own = read_words(f"language/{name}").data
    table.only(*own)
    for key in own:
        if key not in table.data:
            raise ResourceError(table.where, f"{key!r} is missing", f"copy it from kg's own {name}")
    return _check(table)


def _check(table: WordTable) -> int:
    count = 0
    for key, value in table.data.items():
        if isinstance(value, Mapping):
            count += _check(table.table(key))
        elif isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
            count += sum(_check(one) for one in table.tables(key))
        elif isinstance(value, list) and key not in {"passes", "fails"}:
            count += len(table.words(key, empty_word=key == WITH_END))
        elif isinstance(value, str):
            table.text(key)
    return count
