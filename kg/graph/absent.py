"""The terms of a query that a graph does not have: why an answer is empty, more often than not."""

from __future__ import annotations

import re
from typing import Final

import pyoxigraph as ox

from kg.graph.store import Graph
from kg.graph.tokens import Token, tokenize
from kg.graph.vocabulary import PREFIXES, XSD

__all__ = ["absent_terms"]

_ESCAPE: Final = re.compile(r"\\(.)")


def absent_terms(graph: Graph, text: str) -> tuple[str, ...]:
    """Return the names and IRIs of a query that stand nowhere in a graph, as the query writes them, each once.

    Data types and what PREFIX and BASE declare are no terms of the graph.
    """
    spaces, found = {**PREFIXES, "id": graph.base}, dict[str, None]()
    before: tuple[Token, ...] = ()
    for token in tokenize(text):
        words = [each.text.upper() for each in before]
        before = (*before[-1:], token)
        if token.kind == "iri" and words[:1] == ["PREFIX"]:
            spaces[before[0].text[:-1]] = token.text[1:-1]
            continue
        if words[-1:] in (["PREFIX"], ["BASE"]) or token.kind not in ("iri", "name"):
            continue
        iri = _written_out(token, spaces)
        if iri and not iri.startswith(XSD) and not _stands(graph, iri):
            found[token.text] = None
    return tuple(found)


def _written_out(token: Token, spaces: dict[str, str]) -> str:
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, _, local = token.text.partition(":")
    return spaces[prefix] + _ESCAPE.sub(r"\1", local) if prefix in spaces else ""


def _stands(graph: Graph, iri: str) -> bool:
    try:
        node = ox.NamedNode(iri)
    except ValueError:  # relative, or none the engine takes: it has said so itself
        return True
    found = graph.store.quads_for_pattern
    return graph.store.contains_named_graph(node) or any(
        any(quads) for quads in (found(node, None, None), found(None, node, None), found(None, None, node))
    )
