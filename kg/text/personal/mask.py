"""Personal data -> marks of the same length, so that every place in the text stays what it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Final

from kg.base.errors import KgError
from kg.text.formats.extract import Extract
from kg.text.personal.find import Found, find, numbers_of
from kg.text.personal.shapes import KINDS

__all__ = ["MARK", "mask_of", "masked", "masked_extract"]

MARK: Final = "×"
"""What stands for a character that is masked, as Chinese papers write it; the end of a line stays."""


def mask_of(words: str | Collection[str]) -> tuple[str, ...]:
    """Return the kinds that a choice names: a list, or words with commas between them; ``all`` is every kind.

    Raises:
        KgError: one of them is no kind.
    """
    chosen = [each.strip() for each in words.split(",")] if isinstance(words, str) else list(words)
    for each in chosen:
        if each and each != "all" and each not in KINDS:
            raise KgError(
                "mask", f"no kind of personal data: {each}", f"give some of {', '.join(KINDS)}, or all"
            )
    return KINDS if "all" in chosen else tuple(kind for kind in KINDS if kind in chosen)


def masked(text: str, kinds: Collection[str], known: Mapping[str, str] | None = None) -> str:
    """Return a text of the same length without the personal data of some kinds; ``known`` as in `find`."""
    return _without(text, find(text, kinds, known)) if kinds else text


def _without(text: str, found: Iterable[Found]) -> str:
    words, at = [], 0
    for each in found:
        words += [text[at : each.span.start], *("\n" if one == "\n" else MARK for one in each.span.of(text))]
        at = each.span.end
    return "".join([*words, text[at:]]) if at else text


def masked_extract(
    found: Extract, name: str, kinds: Collection[str]
) -> tuple[Extract, str, tuple[tuple[str, int], ...]]:
    """Return what a source holds and its name without the personal data of some kinds, and how many of each there were.

    What its text told is known in its title, its name and what else the source says of it; all that is masked counts, once.
    """
    if not kinds:
        return found, name, ()
    data = find(found.text, kinds)
    known = numbers_of(data)
    values = {(each.kind, value) for each in data for value in each.values}

    def hidden(words: str) -> str:
        there = find(words, kinds, known)
        values.update((each.kind, value) for each in there for value in each.values)
        return _without(words, there)

    parts = found.parts
    extract = replace(
        found,
        text=_without(found.text, data),
        parts=replace(parts, said=tuple((key, hidden(value)) for key, value in parts.said))
        if parts
        else None,
        title=hidden(found.title),
        publisher=hidden(found.publisher),
        author=hidden(found.author),
        url=hidden(found.url),
        called=hidden(found.called),
        formal=tuple((key, hidden(value)) for key, value in found.formal),
    )
    name = hidden(name)
    numbers = Counter(kind for kind, _ in values)
    return extract, name, tuple((kind, numbers[kind]) for kind in KINDS if kind in kinds)
