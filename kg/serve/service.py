"""What the endpoint says of itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

import pyoxigraph as ox

from kg.graph.store import FORMATS
from kg.graph.vocabulary import RDF

__all__ = ["description"]

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"


def description(endpoint: str, form: str) -> bytes:
    """Return the description of the endpoint at an address, in a format of ``kg.graph.store.FORMATS``."""
    service, dataset, graph = (ox.NamedNode(endpoint + part) for part in ("#service", "#dataset", "#graph"))
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
        *((service, _SD + "resultFormat", ox.NamedNode(_FORMATS + name)) for name in (*results, *graphs)),
    ]
    triples = [ox.Triple(subject, ox.NamedNode(predicate), value) for subject, predicate, value in rows]
    return ox.serialize(triples, format=FORMATS[form], prefixes={"sd": _SD, "formats": _FORMATS}) or b""
