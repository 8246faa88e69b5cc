"""Whether two articles say something in the same words: then they are one source, however often it was printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import Final

from kg.corpus.groups import Groups

__all__ = ["are_same_words", "independent"]

SHORTEST: Final = 30
"""Characters of a sentence whose likeness says something; shorter ones are formulas that anybody writes."""

LIKE: Final = 0.8
_PAIRS: Final = 0.5  # of the pairs of characters, where a fifth of the characters differ, more are left
_MOST: Final = 150  # sources that are compared pairwise; of more, only equal sentences are looked for


def are_same_words(one: str, other: str) -> bool:
    """Say whether two sentences are one, but for a fifth of their characters.

    >>> are_same_words("甲公司成立", "甲公司成立")
    False
    """
    longer = max(len(one), len(other))
    if min(len(one), len(other)) < SHORTEST or min(len(one), len(other)) / longer < LIKE:
        return False
    if one == other:
        return True
    pairs, others = _pairs(one), _pairs(other)
    if len(pairs & others) < _PAIRS * max(len(pairs), len(others)):
        return False
    first, second = sorted((one, other))  # the measure is not symmetric
    match = SequenceMatcher(None, first, second, autojunk=False)
    return bool(match.quick_ratio() >= LIKE and match.ratio() >= LIKE)


def independent(sentences: Mapping[str, Sequence[str]], copies: Groups[str]) -> Groups[str]:
    """Return the articles that state something, grouped: copies of one text, and those that say it in the same words.

    Args:
        sentences: by article, those that state it.
        copies: which articles are copies of each other.
    """
    groups = Groups[str]()
    first: dict[str, str] = {}
    articles = sorted(sentences)
    for article in articles:
        for same in (copies.of(article), *(each for each in sentences[article] if len(each) >= SHORTEST)):
            groups.join(article, first.setdefault(same, article))
    if len(articles) <= _MOST:
        for at, one in enumerate(articles):
            for other in articles[at + 1 :]:
                if groups.of(one) != groups.of(other) and _are_alike(sentences[one], sentences[other]):
                    groups.join(one, other)
    return groups


@lru_cache(1 << 12)
def _pairs(sentence: str) -> frozenset[str]:
    """Return the pairs of characters of a sentence: a look at them spares the measure for nearly all that differ."""
    return frozenset(map("".join, pairwise(sentence)))


def _are_alike(some: Iterable[str], others: Sequence[str]) -> bool:
    return any(are_same_words(one, other) for one in some for other in others)
