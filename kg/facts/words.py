"""The words of the readers of facts, ``data/language/facts.toml``."""

from __future__ import annotations

from kg.base.wordlist import WordTable, read_words


def facts_words(table: str) -> WordTable:
    """Return one table of the words of the readers of facts.

    Raises:
        ResourceError: the file or the table is missing.
    """
    return read_words("language/facts.toml").table(table)
