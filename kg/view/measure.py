"""Who matters in a network, and who belongs together.

Repeatable on every processor: no random numbers but seeded ones, and no order of sets.
"""

from __future__ import annotations

import numpy as np

from kg.view.network import Network

__all__ = ["communities", "pagerank"]


def pagerank(network: Network, damping: float = 0.85, rounds: int = 60) -> dict[str, float]:
    """Return the weight of each node by power iteration over ties walked both ways; the weights sum to 1.

    Both ways, because who is named the subject is grammar, not importance. (networkx's own needs scipy.)
    """
    order = list(network)
    if not order:
        return {}
    index = {node: i for i, node in enumerate(order)}
    pairs = [(index[a], index[b]) for a, b in network.edges()]
    source = np.array([a for a, _ in pairs] + [b for _, b in pairs], dtype=np.int64)
    target = np.array([b for _, b in pairs] + [a for a, _ in pairs], dtype=np.int64)
    out = np.bincount(source, minlength=len(order)).astype(float)
    weight = np.full(len(order), 1 / len(order))
    for _ in range(rounds):
        share = np.where(out > 0, weight / np.maximum(out, 1), 0)
        lost = float(weight[out == 0].sum())
        gained = np.bincount(target, weights=share[source], minlength=len(order))
        weight = damping * (gained + lost / len(order)) + (1 - damping) / len(order)
    return {node: round(float(weight[i]), 12) for i, node in enumerate(order)}


def communities(network: Network) -> dict[str, int]:
    """Return the number of each node's community, the largest community first."""
    import networkx as nx

    order = list(network)
    index = {node: i for i, node in enumerate(order)}
    plain = nx.Graph()  # of numbers: sets of strings have no order to rely on
    plain.add_nodes_from(range(len(order)))
    plain.add_edges_from((index[a], index[b]) for a, b in network.edges() if a != b)
    groups = (
        nx.community.louvain_communities(plain, seed=7) if plain.number_of_edges() else [{i} for i in plain]
    )
    ranked = sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))
    return {order[i]: number for number, group in enumerate(ranked) for i in group}
