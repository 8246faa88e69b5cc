"""Words sought in a text all at once: the work grows with the text, not with how many words are sought."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

__all__ = ["Finder"]


class Finder:
    """Seeks words, none of them empty; what it needs for that is made when it is first asked."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(dict.fromkeys(words))

    @cached_property
    def _all(self) -> AhoCorasick:
        from ahocorasick_rs import AhoCorasick

        return AhoCorasick(self.words)

    @cached_property
    def _longest(self) -> AhoCorasick:
        from ahocorasick_rs import AhoCorasick, MatchKind

        return AhoCorasick(self.words, matchkind=MatchKind.LeftmostLongest)

    def longest(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Yield the words of a text with their places, in order: the longest where several begin, none that overlaps one before."""
        words = self.words
        for index, start, end in self._longest.find_matches_as_indexes(text):
            yield words[index], start, end

    def within(self, text: str) -> set[str]:
        """Return the words that stand in a text, also inside others."""
        words = self.words
        return {words[index] for index, _, _ in self._all.find_matches_as_indexes(text, overlapping=True)}

    def finds(self, text: str) -> bool:
        """Say whether any of the words stands in a text."""
        return bool(self._all.find_matches_as_indexes(text))
