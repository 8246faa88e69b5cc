"""The graph as a network for graph tools; the same bytes every time."""

from __future__ import annotations

import io
import re
from typing import Any, Final
from xml.etree import ElementTree as ET

from kg.graph.store import Graph
from kg.view.network import network_of
from kg.view.picture import picture_of

__all__ = ["write_gexf", "write_graphml"]

_XML_FORBIDS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_graphml(graph: Graph, name: str) -> dict[str, bytes]:  # noqa: ARG001 - every writer is told its format
    """Return the graph as GraphML, one file."""
    return {"graph": _graphml(graph)}


def write_gexf(graph: Graph, name: str) -> dict[str, bytes]:  # noqa: ARG001
    """Return the graph as GEXF, one file."""
    return {"graph": _gexf(graph)}


def _network(graph: Graph) -> Any:  # noqa: ANN401 - networkx ships no types
    """Return the network with plain values that every XML reader takes: no control characters, no empty attributes."""
    picture = picture_of(graph)
    network = network_of(picture.nodes, picture.facts)
    for attributes in [each for _, each in network.nodes(data=True)] + [
        each for *_, each in network.edges(data=True)
    ]:
        for name, value in list(attributes.items()):
            if value == "":
                del attributes[name]
            elif isinstance(value, str):
                attributes[name] = _XML_FORBIDS.sub("\N{REPLACEMENT CHARACTER}", value)
    return network


def _graphml(graph: Graph) -> bytes:
    import networkx as nx

    out = io.BytesIO()
    nx.write_graphml_xml(_network(graph), out, encoding="utf-8", prettyprint=True)
    return out.getvalue()


def _gexf(graph: Graph) -> bytes:
    import networkx as nx

    out = io.BytesIO()
    nx.write_gexf(_network(graph), out, encoding="utf-8", prettyprint=True)
    # networkx writes the day of the export into the file; the same graph must give the same bytes on every day.
    tree = ET.fromstring(out.getvalue())  # noqa: S314 - written two lines above
    for meta in tree.iter("{http://www.gexf.net/1.2draft}meta"):
        meta.attrib.pop("lastmodifieddate", None)
    ET.register_namespace("", "http://www.gexf.net/1.2draft")
    data: bytes = ET.tostring(tree, encoding="utf-8", xml_declaration=True)
    return data + b"\n"
