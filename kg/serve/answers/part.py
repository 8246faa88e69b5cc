"""A part of the graph that stands by itself: some facts and entities with all that belongs to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import pyoxigraph as ox

from kg.graph.store import Graph, text_of
from kg.graph.vocabulary import KG, OA, ORG, PROV, RDF, SCHEMA, TIME
from kg.serve.answers.opened import Opened

__all__ = ["part_of"]


def part_of(opened: Opened, facts: Iterable[str], entities: Iterable[str]) -> Graph:
    """Return the part of the graph that holds some facts and entities, with evidence, roles, dates and articles."""
    part = Graph(opened.graph.base)
    nodes, articles = dict.fromkeys(entities), dict[str, None]()
    for fact in facts:
        nodes.update(
            dict.fromkeys(
                opened.graph.values(fact, RDF + "subject") + opened.graph.values(fact, RDF + "object")
            )
        )
        for block in _blocks(opened, fact):
            part.store.extend(opened.graph.quads(ox.NamedNode(block)))
            articles.update(dict.fromkeys(opened.graph.values(block, OA + "hasSource")))
    mentions = ox.NamedNode(SCHEMA + "mentions")
    for node in nodes:
        part.store.extend(opened.graph.quads(ox.NamedNode(node)))
        named = next((each for each in articles if _mentions(opened, each, node)), None)
        for article in [named] if named else _mentioning(opened, node):
            articles.setdefault(article)
            part.store.add(ox.Quad(ox.NamedNode(article), mentions, ox.NamedNode(node)))
    for article in articles:
        own = opened.graph.quads(ox.NamedNode(article))
        part.store.extend(quad for quad in own if quad.predicate != mentions)
    return part


def _mentions(opened: Opened, article: str, node: str) -> bool:
    return (
        ox.Quad(ox.NamedNode(article), ox.NamedNode(SCHEMA + "mentions"), ox.NamedNode(node))
        in opened.graph.store
    )


def _mentioning(opened: Opened, node: str) -> list[str]:
    found = opened.graph.quads(None, ox.NamedNode(SCHEMA + "mentions"), ox.NamedNode(node))
    return [text_of(quad.subject) for quad in islice(found, 1)]


def _blocks(opened: Opened, fact: str) -> Iterator[str]:
    """Yield a fact and the nodes that are its own: evidence with selectors, role, date, amount."""
    yield fact
    own = [PROV + "wasDerivedFrom", TIME + "hasTime", KG + "amount", ORG + "role"]
    for node in (node for predicate in own for node in opened.graph.values(fact, predicate)):
        yield node
        yield from opened.graph.values(node, OA + "hasSelector")
