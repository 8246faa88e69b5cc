"""Words as they are compared: half-width, each character in its everyday form, without white space and marks that nobody sees.

Finer than a search: characters in the other script, capital letters and other punctuation stay different words.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

__all__ = ["fixed_characters", "same", "same_with_places"]

_WIDTHS: Final = ("<wide>", "<narrow>")
_TWICE: Final = ((0x2E80, 0x2FE0), (0xF900, 0xFB00), (0xFF00, 0xFFF0))
"""Where characters stand that stand elsewhere too: radicals, compatible ideographs, full and half width."""

_BLANK: Final = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
_SELECTORS: Final = range(0xFE00, 0xFE10)


class _Same(dict[int, str]):
    """What each character is compared as, looked up once; "" for what is white space or not seen."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _plain(chr(code))
        return found


def _plain(character: str) -> str:
    if unicodedata.category(character) in _BLANK or ord(character) in _SELECTORS:
        return ""
    if _stands_twice(character):
        plain = unicodedata.normalize("NFKC", character)
        return plain if len(plain) == 1 else character
    return character


def _stands_twice(character: str) -> bool:
    if unicodedata.decomposition(character).startswith(_WIDTHS):
        return True
    return any(start <= ord(character) < end for start, end in _TWICE[:2])


_SAME: Final = _Same()


def same(text: str) -> str:
    """Return a text as it is compared.

    >>> same("营收 ３．５ 亿元")
    '营收3.5亿元'
    """
    return text.translate(_SAME)


def same_with_places(text: str) -> tuple[str, list[int]]:
    """Return a text as it is compared, and the place of each of its characters in the text.

    >>> same_with_places("Ａ B")
    ('AB', [0, 2])
    """
    kept = [(plain, at) for at, character in enumerate(text) if (plain := _SAME[ord(character)])]
    return "".join(plain for plain, _ in kept), [at for _, at in kept]


@cache
def _doubles() -> frozenset[str]:
    codes = (code for start, end in _TWICE for code in range(start, end))
    return frozenset(plain for code in codes if (plain := _SAME[code]) != chr(code))


def fixed_characters(words: str) -> frozenset[str]:
    """Return the characters of words, as they are compared, that every text with these words holds just so."""
    return frozenset(same(words)) - _doubles()
