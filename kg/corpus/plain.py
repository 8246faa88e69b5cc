"""Which names are made of words that tell nothing apart (第一|人民|医院, 实施|意见), and numerals made equal."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

from kg.base.late import late
from kg.corpus.lists import identity_lists
from kg.names.lexicon import organizations

__all__ = ["Kind", "is_plain", "with_digits"]

Kind = Literal["bodies", "documents", "events", "awards", "places"]
_LONGEST: Final = 8
_NUMBER: Final = late(
    r"第?\d+[年月日届次期号个项条]?度?|第[一二三四五六七八九十百零〇两]+[年月日届次期号个项条]?度?"
    r"|[一二三四五六七八九十百零〇两]+[年月日届次期号个项条]度?"
)
_NUMERAL: Final = late(
    r"(?<=第)[一二三四五六七八九十百零〇]+|[一二三四五六七八九十百零〇]+(?=[年届次期号大条项中周])"
)
_VALUE: Final = late(
    r"(?:([一二三四五六七八九])百)?零?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?"
)
_DIGITS: Final = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}


@lru_cache(maxsize=65536)
def is_plain(name: str, kind: Kind) -> bool:
    """Say whether a name is nothing but plain words of its kind, numbers, and at its end a head of one character."""
    words = identity_lists().plain[kind]
    heads = organizations().weak if kind == "bodies" else frozenset[str]()
    reached = [True] + [False] * len(name)
    for at in range(len(name)):
        if not reached[at]:
            continue
        for size in range(1, min(_LONGEST, len(name) - at) + 1):
            word = name[at : at + size]
            last = at + size == len(name)
            if (word in words and (size > 1 or (last and kind != "bodies"))) or (
                last and at and word in heads
            ):
                reached[at + size] = True
        number = _NUMBER.match(name, at)
        if number is not None:
            reached[number.end()] = True
    return reached[len(name)]


def with_digits(name: str) -> str:
    """Return a name with its ordinal numerals in digits (第二十五届 -> 第25届); 十四五 and 一带一路 are words."""
    return _NUMERAL.sub(lambda found: _value(found.group()), name)


def _value(numeral: str) -> str:
    """Return the digits of a numeral below a thousand, or of a row of digits (二〇二五 -> 2025), the numeral itself for another."""
    if "十" not in numeral and "百" not in numeral:
        return "".join(str(_DIGITS[character]) for character in numeral)
    found = _VALUE.fullmatch(numeral)
    if found is None:
        return numeral
    hundreds, tens, ten, ones = (found[group] or "" for group in range(1, 5))
    total = _DIGITS.get(hundreds, 0) * 100 + (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
    return str(total)
