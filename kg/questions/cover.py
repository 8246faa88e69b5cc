"""How much of what a question says stands in some text: without words being parted, by the longest pieces that are the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from kg.questions.asked import BREAK
from kg.questions.lexicon import Lexicon

__all__ = ["Cover", "cover", "pieces"]

_NUMBER: Final = re.compile(r"[0-9]+(?:[.·-][0-9]+)*[年月日号时点分岁%个名人元亩吨万亿级]?")
"""A number with what is counted: 10月 is not in 10.9."""

_SHORTEST: Final = 2
_CLOSE: Final = 2
_OF_SIGN: Final = 2
"""What a sign for words that say the same counts, in characters."""


class Cover:
    """Which characters of a question's words stand where."""

    def __init__(self, rest: str, lexicon: Lexicon) -> None:
        self._rest, self._lexicon = rest, lexicon
        self.at: list[int] = [-1 if self._says_nothing(each) else 0 for each in rest]

    def _says_nothing(self, character: str) -> bool:
        return character == BREAK or character in self._lexicon.light

    def lay(self, text: str, mark: int, *, single: bool = False) -> None:
        """Mark what stands in a text, where nothing was marked before; ``single`` takes lone characters too."""
        rest, at = self._rest, 0
        while at < len(rest):
            if number := _NUMBER.match(rest, at):
                at = number.end()
                if re.search(rf"(?<![0-9.]){re.escape(number[0])}(?![0-9.])", text):
                    self._mark(number.start(), at, mark)
                continue
            length = self._length(text, at)
            sign = length == 1 and self._lexicon.is_sign(rest[at])
            if length >= _SHORTEST or sign or (single and length == 1):
                self._mark(at, at + length, mark)
                at += length
            else:
                at += 1

    def fill(self, other: Cover, mark: int) -> None:
        """Mark what another cover of the same words has marked, where nothing was marked before."""
        self.at = [mark if own == 0 and its > 0 else own for own, its in zip(self.at, other.at, strict=True)]

    def _mark(self, start: int, end: int, mark: int) -> None:
        for each in range(start, end):
            if self.at[each] == 0:
                self.at[each] = mark

    def _length(self, text: str, at: int) -> int:
        length = 0
        while at + length < len(self._rest) and self._rest[at + length] != BREAK:
            piece = self._rest[at : at + length + 1]
            if piece not in text or piece[-1].isdecimal():
                break
            length += 1
        return length

    def count(self, mark: int) -> int:
        """Return how much is marked so."""
        return sum(
            _OF_SIGN if self._lexicon.is_sign(self._rest[at]) else 1
            for at, each in enumerate(self.at)
            if each == mark
        )

    @property
    def all(self) -> bool:
        """Say whether nothing is left that says something."""
        return 0 not in self.at

    def marked(self, at: int, mark: int) -> bool:
        """Say whether a character is marked so, or says nothing."""
        return self.at[at] in (mark, -1)


def cover(rest: str, lexicon: Lexicon, texts: Iterable[str], close: int = _CLOSE) -> Cover:
    """Return what of a question stands in some texts, each looked into for what the ones before it lack.

    In the first ``close`` of them lone characters count too.
    """
    found = Cover(rest, lexicon)
    for mark, text in enumerate(texts, 1):
        found.lay(text, mark, single=mark <= close)
    return found


def pieces(rest: str, lexicon: Lexicon) -> list[str]:
    """Return what a question says besides names, cut at names."""
    return [piece for piece in rest.split(BREAK) if any(each not in lexicon.light for each in piece)]
