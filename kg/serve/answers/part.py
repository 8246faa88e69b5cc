"""A part of the graph that stands by itself: some facts and entities with all that belongs to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.graph.store import Graph
from kg.graph.vocabulary import KG, OA, ORG, PROV, RDF, SCHEMA, TIME
from kg.serve.answers.opened import Opened

__all__ = ["part_of"]


def part_of(
    opened: Opened, facts: Iterable[str], entities: Iterable[str], quotes: int | None = None
) -> Graph:
    """Return the part of the graph that holds some facts and entities, with evidence, roles, dates and articles.

    ``quotes`` is how many of a fact are enough, where not all are wanted: a fact of many articles has hundreds.
    """
    part = Graph(opened.graph.base)
    nodes, articles = dict.fromkeys(entities), dict[str, None]()
    for fact in facts:
        nodes.update(
            dict.fromkeys(
                opened.graph.values(fact, RDF + "subject") + opened.graph.values(fact, RDF + "object")
            )
        )
        for block in _blocks(opened, fact, quotes):
            part.store.extend(opened.graph.quads(ox.NamedNode(block)))
            articles.update(dict.fromkeys(opened.graph.values(block, OA + "hasSource")))
    mentions = ox.NamedNode(SCHEMA + "mentions")
    for node in nodes:
        part.store.extend(opened.graph.quads(ox.NamedNode(node)))
        named = _mentioning(opened, node)
        for article in [each for each in articles if each in named][:1] or sorted(named)[:1]:
            articles.setdefault(article)
            part.store.add(ox.Quad(ox.NamedNode(article), mentions, ox.NamedNode(node)))
    for article in articles:
        own = opened.graph.quads(ox.NamedNode(article))
        part.store.extend(quad for quad in own if quad.predicate != mentions)
    return part


def _mentioning(opened: Opened, node: str) -> frozenset[str]:
    return frozenset(opened.graph.sources(node, SCHEMA + "mentions"))


def _blocks(opened: Opened, fact: str, quotes: int | None) -> Iterator[str]:
    """Yield a fact and the nodes that are its own: evidence with selectors, role, date, amount."""
    yield fact
    own = [TIME + "hasTime", KG + "amount", ORG + "role"]
    evidence = opened.graph.values(fact, PROV + "wasDerivedFrom")[:quotes]
    for node in (*evidence, *(node for predicate in own for node in opened.graph.values(fact, predicate))):
        yield node
        yield from opened.graph.values(node, OA + "hasSelector")
