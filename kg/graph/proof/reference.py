"""Words by which a quote may name a thing that its text has named before."""

from __future__ import annotations

import re
from functools import cache

from kg.base.late import late
from kg.base.wordlist import read_words

__all__ = ["references"]


@cache
def references() -> re.Pattern[str]:
    """Return the words that stand for a thing named before, and for nothing else."""
    words = read_words("language/references.toml")
    return late("|".join(map(words.either, ("person", "pointers", "one_word", "company_words"))))
