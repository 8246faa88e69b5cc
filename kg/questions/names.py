"""The names of a graph by how they begin, by how they end, and without their quotation marks: sorted once, then looked up."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final
from weakref import WeakKeyDictionary

from kg.graph.query import ask
from kg.graph.store import Graph, text_of
from kg.graph.vocabulary import KG, TYPES

__all__ = ["NameIndex", "names_of"]

_NAMES: Final = """
SELECT DISTINCT ?name WHERE {
  VALUES ?type { %s }
  ?thing a ?type ; rdfs:label|skos:altLabel ?name .
}
"""
_MARKS: Final = re.compile("[“”《》‘’「」『』]")
_QUOTED: Final = re.compile("[“《]([^“”《》]{2,})[”》]")
_MOST: Final = 40
"""Names that one piece of a question is looked up for: who means one of more says more of it."""

_KEPT: WeakKeyDictionary[Graph, NameIndex] = WeakKeyDictionary()


class NameIndex:
    """The names of a graph."""

    def __init__(self, names: Sequence[str]) -> None:
        self._forward = sorted(names)
        self._backward = sorted(name[::-1] for name in names)
        self._bare: dict[str, list[str]] = {}
        for name in self._forward:
            if (bare := _MARKS.sub("", name)) != name:
                for form in {bare, *_QUOTED.findall(name)}:
                    self._bare.setdefault(form, []).append(name)

    def ending(self, piece: str) -> Iterator[str]:
        """Yield the names that end in some characters."""
        return (name[::-1] for name in _with(self._backward, piece[::-1]))

    def beginning(self, piece: str) -> Iterator[str]:
        """Yield the names that begin with some characters."""
        return _with(self._forward, piece)

    def without_marks(self, piece: str) -> list[str]:
        """Return the names that are this but for quotation marks, or have it in such marks."""
        return self._bare.get(piece, [])


def names_of(graph: Graph) -> NameIndex:
    """Return the names of a graph, sorted at the first call."""
    if graph not in _KEPT:
        types = " ".join(f"<{KG}{name}>" for name in TYPES)
        found = {text_of(row[0]) for row in ask(graph, _NAMES % types).rows if row[0] is not None}
        _KEPT[graph] = NameIndex(sorted(found))
    return _KEPT[graph]


def _with(names: Sequence[str], piece: str) -> Iterator[str]:
    first = bisect_left(names, piece)
    for name in islice(names, first, first + _MOST):
        if not name.startswith(piece):
            return
        yield name
