"""The graph as RDF, in any of the formats of the store."""

from __future__ import annotations

from kg.graph.store import Graph

__all__ = ["write"]


def write(graph: Graph, name: str) -> dict[str, bytes]:
    """Return the graph in an RDF format, one file.

    Raises:
        GraphError: the format cannot hold a character of the graph.
    """
    return {"graph": graph.serialize(name)}
