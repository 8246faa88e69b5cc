"""The named queries as triples: executables of SHACL, with titles in both languages, that other tools list and run.

Sources: SHACL Advanced Features (W3C, 2017), for what is executable; the SPARQL examples of the SIB, for how they are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from kg.export.dataset import Row, spelled
from kg.graph.query import NamedQuery, Parameter, named_queries
from kg.graph.store import Graph
from kg.graph.tokens import tokenize
from kg.graph.vocabulary import PREFIXES, RDF, RDFS, SCHEMA, SH, SKOS, XSD

__all__ = ["executables", "write"]

_OWL: Final = "http://www.w3.org/2002/07/owl#"
_ANY_URI: Final = ox.NamedNode(XSD + "anyURI")
_FORMS: Final = ("select", "ask", "construct")
_TRUE: Final = ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean"))


def write(graph: Graph, name: str) -> dict[str, bytes]:
    """Return the named queries, one file of Turtle; of the graph only its base counts."""
    return {name: executables(f"{graph.base}queries", named_queries().values())}


def executables(
    document: str, queries: Iterable[NamedQuery], endpoint: str = "", form: str = "turtle"
) -> bytes:
    """Return queries as triples of a document (an IRI), in a format of ``FORMATS``; ``endpoint`` is where they are asked."""
    rows = [*_prefixes(document)]
    for query in queries:
        rows += _query(document, query, endpoint)
    return spelled(rows, form, {"sh": SH, "owl": _OWL})


def _prefixes(document: str) -> Iterator[Row]:
    yield document, RDF + "type", ox.NamedNode(_OWL + "Ontology")
    declared = [(prefix, space, f"{document}#prefix-{prefix}") for prefix, space in PREFIXES.items()]
    for _, _, node in declared:
        yield document, SH + "declare", ox.NamedNode(node)
    for prefix, space, node in declared:
        yield node, SH + "prefix", ox.Literal(prefix)
        yield node, SH + "namespace", ox.Literal(space, datatype=_ANY_URI)


def _query(document: str, query: NamedQuery, endpoint: str) -> Iterator[Row]:
    node, text = f"{document}#{query.name}", _without_head(query.text)
    form = _form(text)
    for kind in ("SPARQLExecutable", f"SPARQL{form.title()}Executable"):
        yield node, RDF + "type", ox.NamedNode(SH + kind)
    for key, texts in (("label", query.title), ("comment", query.description)):
        for language, words in texts.items():
            yield node, RDFS + key, ox.Literal(words, language=language)
    yield node, SH + "prefixes", ox.NamedNode(document)
    yield node, SH + form, ox.Literal(text)
    yield node, SCHEMA + "keywords", ox.Literal(query.name)
    if endpoint:
        yield node, SCHEMA + "target", ox.NamedNode(endpoint)
    places = [f"{node}-{each.name}" for each in query.parameters]
    for place in places:
        yield node, SH + "parameter", ox.NamedNode(place)
    for place, parameter in zip(places, query.parameters, strict=True):
        yield from _parameter(document, place, parameter)


def _parameter(document: str, place: str, parameter: Parameter) -> Iterator[Row]:
    """Yield what a variable is that may be bound before the query runs: the last part of its path is its name."""
    yield place, RDF + "type", ox.NamedNode(SH + "Parameter")
    yield place, SH + "path", ox.NamedNode(f"{document}#{parameter.name}")
    yield place, SH + "name", ox.Literal(parameter.name)
    yield place, SH + "description", ox.Literal(parameter.kind, language="en")
    yield place, SKOS + "example", ox.Literal(parameter.example)
    if parameter.optional:
        yield place, SH + "optional", _TRUE


def _form(text: str) -> str:
    """Return the form of a query: select, ask or construct."""
    words = (token.text.lower() for token in tokenize(text) if token.kind == "word")
    return next((word for word in words if word in _FORMS), _FORMS[0])


def _without_head(text: str) -> str:
    """Return a query without the comments above it, which are told as triples."""
    lines = text.splitlines(keepends=True)
    while lines and lines[0].startswith("#"):
        lines.pop(0)
    return "".join(lines).strip() + "\n"
