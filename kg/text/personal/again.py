"""Personal data that some words told once, known again where nothing tells them: in other sentences, glued to other signs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg.base.late import late

__all__ = ["NO_SIGN", "known_by", "places_again"]

NO_SIGN: Final = late(r"[^0-9A-Za-z\u4e00-\u9fff]")
"""What parts the signs of a number."""

_LOCAL: Final = late(r"0?(?:10|2\d|[3-9]\d\d)(\d{7,8})")
_RUN: Final = late(r"[A-Za-z]{0,2}[0-9](?:[ -]{0,2}[0-9]){5,}[Xx]?")
_NUMBER: Final = late(r"[A-Z]{0,2}[0-9]{6,}X?")
_LONG: Final = 9
"""Signs from which a number is known inside a longer one; a shorter one stands by itself."""

_WORDS: Final = 200
"""Homes and plates that are looked for again, one by one."""


def known_by(values: Iterable[str], kind: str) -> dict[str, str]:
    """Return by what data are known again: themselves, and telephones without the code of their city."""
    values = tuple(values)
    local = [found[1] for value in values if kind == "phone" and (found := _LOCAL.fullmatch(value))]
    return dict.fromkeys((*values, *local), kind)


def places_again(view: str, known: Mapping[str, str]) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield where known data stand in a view of a text, and their kinds."""
    numbers = {value: kind for value, kind in known.items() if _NUMBER.fullmatch(value)}
    if numbers:
        lengths = sorted({len(value) for value in numbers}, reverse=True)
        for run in _RUN.finditer(view):
            yield from _inside(view, run.span(), numbers, lengths)
    words = [(value, kind) for value, kind in known.items() if value not in numbers and len(value) >= 5]
    for value, kind in words[:_WORDS]:
        at = view.find(value)
        while at >= 0:
            yield (at, at + len(value)), kind
            at = view.find(value, at + len(value))


def _inside(
    view: str, run: tuple[int, int], numbers: Mapping[str, str], lengths: Iterable[int]
) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield where known numbers stand in a run of signs and what parts them, the longest first."""
    places = [at for at in range(*run) if view[at] not in " -"]
    signs = "".join(view[at] for at in places).upper()
    borders = {0, len(signs)}
    borders.update(number for number in range(1, len(places)) if places[number] - places[number - 1] > 1)
    borders.update(number for number in (1, 2) if signs[number - 1 : number].isalpha())
    for length in lengths:
        for start in range(len(signs) - length + 1):
            end = start + length
            kind = numbers.get(signs[start:end])
            if kind and (length >= _LONG or (start in borders and end in borders)):
                yield (places[start], places[end - 1] + 1), kind
