"""What the endpoint says of itself (SPARQL 1.1 Service Description); of its graph VoID says more."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from kg.graph.store import FORMATS
from kg.graph.vocabulary import RDF, RDFS

__all__ = ["GRAPH", "description"]

GRAPH: Final = "#graph"
"""Behind the address of the endpoint: the graph that it answers from."""

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_VOID = "http://rdfs.org/ns/void#"


def description(endpoint: str, form: str, void: str) -> bytes:
    """Return the description of the endpoint at an address, in a format of ``kg.graph.store.FORMATS``.

    ``void`` is the address of the document that describes the graph.
    """
    service, dataset, graph = (ox.NamedNode(endpoint + part) for part in ("#service", "#dataset", GRAPH))
    results = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
    graphs = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")
    rows = [
        (service, RDF + "type", ox.NamedNode(_SD + "Service")),
        (service, _SD + "endpoint", ox.NamedNode(endpoint)),
        (service, _SD + "supportedLanguage", ox.NamedNode(_SD + "SPARQL11Query")),
        (service, _SD + "defaultDataset", dataset),
        (dataset, RDF + "type", ox.NamedNode(_SD + "Dataset")),
        (dataset, _SD + "defaultGraph", graph),
        (graph, RDF + "type", ox.NamedNode(_SD + "Graph")),
        (graph, RDF + "type", ox.NamedNode(_VOID + "Dataset")),
        (graph, RDFS + "seeAlso", ox.NamedNode(void)),
        *((service, _SD + "resultFormat", ox.NamedNode(_FORMATS + name)) for name in (*results, *graphs)),
    ]
    triples = [ox.Triple(subject, ox.NamedNode(predicate), value) for subject, predicate, value in rows]
    return (
        ox.serialize(triples, format=FORMATS[form], prefixes={"sd": _SD, "formats": _FORMATS, "void": _VOID})
        or b""
    )
