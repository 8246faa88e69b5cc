"""Where words that a language model gives stand in a text: full and half width, case and white space do not count.

What is found is the text's own characters. Nothing else is forgiven: no other word, no missing one, no change of order.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from kg.base.model import Span

__all__ = ["Folded", "fold_words"]

_QUOTES = str.maketrans(
    {"「": "“", "」": "”", "『": "‘", "』": "’", '"': "“", "'": "‘", "＂": "“", "＇": "‘"}
)
_SAME = str.maketrans({"”": "“", "’": "‘"})  # which way round, models do not keep


@lru_cache(maxsize=1 << 16)
def _plain(character: str) -> str:
    """Return what a character counts as: nothing for what nobody sees."""
    plain = unicodedata.normalize("NFKC", character).translate(_QUOTES).translate(_SAME).casefold()
    return "".join(each for each in plain if not each.isspace() and unicodedata.category(each) != "Cf")


def fold_words(words: str) -> str:
    """Return words as they are compared.

    >>> fold_words("Ａ公司 （甲）")
    'a公司(甲)'
    """
    return "".join(map(_plain, words))


class Folded:
    """A stretch of a text in which words are looked for.

    >>> [span.of("甲 公司，乙") for span in Folded("甲 公司，乙", Span(0, 6)).all("甲公司,")]
    ['甲 公司，']
    """

    def __init__(self, text: str, within: Span) -> None:
        self.within = within
        places: list[int] = []
        parts: list[str] = []
        for at in range(within.start, within.end):
            plain = _plain(text[at])
            parts.append(plain)
            places.extend([at] * len(plain))
        self._text, self._places = "".join(parts), places

    def all(self, words: str) -> Iterator[Span]:
        """Yield where words stand, in order."""
        wanted = fold_words(words)
        at = self._text.find(wanted) if wanted else -1
        while at >= 0:
            span = Span(self._places[at], self._places[at + len(wanted) - 1] + 1)
            if self._is_whole(at, len(wanted)):
                yield span
            at = self._text.find(wanted, at + 1)

    def first(self, words: str) -> Span | None:
        """Return where words stand first, None where they do not."""
        return next(self.all(words), None)

    def _is_whole(self, at: int, length: int) -> bool:
        """Say whether a match begins and ends with a character of the text: ㎏ is no k."""
        cut_before = at > 0 and self._places[at - 1] == self._places[at]
        end = at + length
        return not cut_before and (end == len(self._places) or self._places[end] != self._places[end - 1])
