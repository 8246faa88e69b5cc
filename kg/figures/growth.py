"""Words of growth and fall: 增长, 下降, 涨幅; a figure behind them says by how much, not how much there is."""

from __future__ import annotations

import re
from functools import cache

from kg.base.late import late
from kg.base.wordlist import read_words

__all__ = ["growth_in", "is_growth", "verb_of_growth"]


@cache
def _growth() -> re.Pattern[str]:
    table = read_words("language/figures.toml").table("growth")
    ends = "".join(sorted(table.characters("ends")))
    return late(f"{table.either('verbs')}|{table.either('names')}|[{ends}]$")


@cache
def _verbs() -> re.Pattern[str]:
    return late(read_words("language/figures.toml").table("growth").either("verbs"))


def growth_in(words: str) -> re.Match[str] | None:
    """Return the first word of growth, a verb or what growth is called, in ``words``; at their end one character is enough."""
    return _growth().search(words)


def verb_of_growth(text: str, begin: int, end: int) -> str:
    """Return the first verb of growth in a stretch of ``text``, "" for none."""
    match = _verbs().search(text, begin, end)
    return match[0] if match else ""


def is_growth(words: str) -> bool:
    """Say whether ``words`` are nothing but a word of growth."""
    return _growth().fullmatch(words) is not None
