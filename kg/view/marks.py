"""Where the names of nodes stand in a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Mark", "find_marks"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in an article where a node is named."""

    start: int
    end: int
    node: str


def find_marks(text: str, names: Mapping[str, Sequence[str]]) -> tuple[Mark, ...]:
    """Return where the nodes are named; names may nest but not cross, and of two that would, the longer stays."""
    owner: dict[str, str] = {}
    for node, own in sorted(names.items()):
        for name in own:
            if len(name) > 1:
                owner.setdefault(name, node)
    borders = bytearray(len(text) + 1)  # 1 where a name that stays begins or ends
    kept: list[tuple[int, int]] = []
    for start, end in sorted(_occurrences(text, owner), key=lambda span: (span[0] - span[1], span)):
        # No longer than those that stay, it lies inside each of them, or beside, or a border of one lies inside it.
        if borders.find(1, start + 1, end) < 0:
            borders[start] = borders[end] = 1
            kept.append((start, end))
    return tuple(
        Mark(start, end, owner[text[start:end]])
        for start, end in sorted(kept, key=lambda span: (span[0], -span[1]))
    )


def _occurrences(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield where names of two characters and more stand, in one walk over the text, however many names there are."""
    lengths: dict[str, set[int]] = {}
    for name in names:
        lengths.setdefault(name[:2], set()).add(len(name))
    known = frozenset(names)
    for start in range(len(text) - 1):
        for length in lengths.get(text[start : start + 2], ()):
            if start + length <= len(text) and text[start : start + length] in known:
                yield start, start + length
