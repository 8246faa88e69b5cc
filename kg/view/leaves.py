"""On which page or in which paragraph of its document each quote of an article begins, as the graph says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.graph.vocabulary import OA, RDF
from kg.text.formats.boxes import leaf_of

__all__ = ["leaves_of"]


def leaves_of(
    about: Mapping[str, Mapping[str, Sequence[str]]], places: Mapping[str, tuple[int, int]]
) -> dict[int, list[tuple[int, str]]]:
    """Return by article where its quotes begin on another page (page=3) or in another paragraph than those before.

    It is exact for the places of quotes, and says nothing of words between two of them.

    Args:
        about: what the graph says, by node and property.
        places: where each piece of evidence begins: the article's number, and the place in it.
    """
    found: dict[int, dict[int, str]] = {}
    for evidence, (article, start) in places.items():
        for selector in about[evidence].get(OA + "hasSelector", ()):
            for leaf in about.get(selector, {}).get(RDF + "value", ()):
                found.setdefault(article, {})[start] = leaf_of(leaf)
    return {article: _turns(leaves) for article, leaves in found.items()}


def _turns(leaves: Mapping[int, str]) -> list[tuple[int, str]]:
    turns: list[tuple[int, str]] = []
    for start, leaf in sorted(leaves.items()):
        if not turns or turns[-1][1] != leaf:
            turns.append((start, leaf))
    return turns
