"""The graph as a network of entities, and who is tied to whom through whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

from kg.view.picture import Fact, Node

__all__ = ["Network", "Step", "network_of", "shortest_path"]

Network: TypeAlias = Any
"""A networkx graph; networkx ships no types."""


@dataclass(frozen=True, slots=True)
class Step:
    """One fact of a path; ``forward`` says whether it is walked from its subject to its object."""

    fact: str
    source: str
    target: str
    forward: bool


def network_of(nodes: Iterable[Node], facts: Iterable[Fact]) -> Network:
    """Return a ``networkx.MultiDiGraph``: nodes by IRI, edges keyed by the IRI of their fact."""
    import networkx as nx

    network = nx.MultiDiGraph()
    for node in nodes:
        network.add_node(node.iri, label=node.label, type=node.type, kind=node.kind)
    for fact in facts:
        network.add_edge(
            fact.subject,
            fact.object,
            key=fact.iri,
            predicate=fact.predicate,
            role=fact.role,
            date=fact.date,
            amount=fact.amount,
            status=fact.status,
            confidence=fact.confidence,
        )
    return network


def shortest_path(network: Network, source: str, target: str) -> tuple[Step, ...] | None:
    """Return the shortest chain of facts between two nodes, walked either way, or None where there is none."""
    import networkx as nx

    try:
        stations = nx.shortest_path(network.to_undirected(as_view=True), source, target)
    except nx.NetworkXNoPath:
        return None
    return tuple(_step(network, a, b) for a, b in pairwise(stations))


def _step(network: Network, source: str, target: str) -> Step:
    if network.has_edge(source, target):
        return Step(min(network[source][target]), source, target, forward=True)
    return Step(min(network[target][source]), source, target, forward=False)
