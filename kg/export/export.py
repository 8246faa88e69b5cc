"""The graph in other formats: RDF, networks for graph tools, tables for spreadsheets; the same bytes every time."""

from __future__ import annotations

import io
import re
from typing import Any, Final
from xml.etree import ElementTree as ET

from kg.base.errors import GraphError
from kg.graph.query import run
from kg.graph.rows import Rows
from kg.graph.store import FORMATS as RDF_FORMATS
from kg.graph.store import Graph, Literal, Term, text_of
from kg.graph.vocabulary import local_name
from kg.view.network import network_of
from kg.view.picture import picture_of

__all__ = ["FORMATS", "export"]

FORMATS: Final = (*RDF_FORMATS, "graphml", "gexf", "csv")
"""What a graph can be exported to."""

TABLES: Final = ("entities", "relations", "figures")
"""The named queries that make up an export to CSV."""

_ENDS = ("entity", "subject", "object")
_ENDINGS = {"turtle": "ttl", "jsonld": "jsonld", "rdfxml": "rdf"}
_XML_FORBIDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def export(graph: Graph, form: str) -> dict[str, bytes]:
    """Return the files that ``graph`` becomes in one of ``FORMATS``: their contents by their names.

    One file, except for ``csv``: entities.csv, relations.csv and figures.csv.

    Raises:
        GraphError: the format is unknown or cannot hold a character of the graph.
    """
    if form in RDF_FORMATS:
        return {f"graph.{_ENDINGS.get(form, form)}": graph.serialize(form)}
    if form == "csv":
        return {f"{name}.csv": _table(graph, name).csv().encode("utf-8") for name in TABLES}
    if form == "graphml":
        return {"graph.graphml": _graphml(graph)}
    if form == "gexf":
        return {"graph.gexf": _gexf(graph)}
    raise GraphError(form, "unknown format", f"known: {' '.join(FORMATS)}")


def _table(graph: Graph, name: str) -> Rows:
    """Return the rows of a named query with a name beside each node, and the product's own terms by their names."""
    rows = run(graph, name)
    columns: list[str] = []
    cells: list[list[Term | None]] = [[] for _ in rows.rows]
    for at, column in enumerate(rows.columns):
        terms = [row[at] for row in rows.rows]
        columns.append(column)
        if column in _ENDS:
            columns.append(f"{column}_name")
        for row, term in zip(cells, terms, strict=True):
            row.append(_named(term) if column in ("type", "predicate") else term)
            if column in _ENDS:
                row.append(None if term is None else Literal(graph.label(text_of(term))))
    return Rows(tuple(columns), tuple(tuple(row) for row in cells))


def _named(term: Term | None) -> Term | None:
    return None if term is None else Literal(local_name(text_of(term)))


def _network(graph: Graph) -> Any:  # noqa: ANN401 - networkx ships no types
    """Return the network with plain values that every XML reader takes: no control characters, no empty attributes."""
    picture = picture_of(graph)
    network = network_of(picture.nodes, picture.ties)
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
