"""What a graph is as a dataset: its description in VoID and DCAT, so that other tools find out what to ask it.

Source: Describing Linked Datasets with the VoID Vocabulary (W3C, 2011). A licence is not told: kg knows none of the texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.graph.census import Census, census, vocabularies
from kg.graph.store import FORMATS, Graph, Term
from kg.graph.vocabulary import DCTERMS, FOAF, PREFIXES, RDF, XSD

__all__ = ["Access", "describe", "spelled", "write"]

_VOID: Final = "http://rdfs.org/ns/void#"
_DCAT: Final = "http://www.w3.org/ns/dcat#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_CHINESE: Final = "http://id.loc.gov/vocabulary/iso639-1/zh"
_TITLES: Final = {"zh": "由中文文章构建的知识图谱", "en": "Knowledge graph of Chinese articles"}
_ABOUT: Final = {
    "zh": "人物、组织、地点、奖项、文件与活动，其间的事实和数字；每条都附有文章原文的引语。",
    "en": "People, bodies, places, awards, documents and activities, the facts between them and figures, each with its quotes.",
}

Row = tuple[str, str, Term]


@dataclass(frozen=True, slots=True)
class Access:
    """Where a dataset can be asked, if anywhere."""

    endpoint: str = ""  # of SPARQL
    dump: str = ""  # an address that gives all of it
    queries: str = ""  # where the named queries are told as RDF


def write(graph: Graph, name: str) -> dict[str, bytes]:
    """Return the description of a graph, one file of Turtle that says nothing of where it can be asked."""
    return {name: describe(f"{graph.base}void", f"{graph.base}void#dataset", [graph.base], census(graph))}


def describe(
    document: str,
    dataset: str,
    bases: Sequence[str],
    counted: Census,
    access: Access | None = None,
    form: str = "turtle",
) -> bytes:
    """Return the description of a dataset (an IRI), in a document (an IRI), in a format of ``FORMATS``."""
    rows = [
        (document, RDF + "type", ox.NamedNode(_VOID + "DatasetDescription")),
        *_texts(document, "title", {"zh": "数据集说明（VoID）", "en": "Description of a dataset (VoID)"}),
        (document, FOAF + "primaryTopic", ox.NamedNode(dataset)),
        *_told(dataset, bases, access or Access()),
        *_counted(dataset, counted),
        *_parts(document, dataset, counted),
        *_served(dataset, access or Access()),
    ]
    return spelled(rows, form, {"void": _VOID, "dcat": _DCAT, "formats": _FORMATS})


def spelled(rows: Sequence[Row], form: str, prefixes: dict[str, str]) -> bytes:
    """Return triples in a format of ``FORMATS``, in their order."""
    triples = [ox.Triple(ox.NamedNode(subject), ox.NamedNode(key), value) for subject, key, value in rows]
    data = ox.serialize(triples, format=FORMATS[form], prefixes={**PREFIXES, **prefixes}) or b""
    return re.sub(rb"\n(?=[^\t\n@])", b"\n\n", data) if form == "turtle" else data


def _told(dataset: str, bases: Sequence[str], access: Access) -> Iterator[Row]:
    for kind in (_VOID, _DCAT):
        yield dataset, RDF + "type", ox.NamedNode(kind + "Dataset")
    yield from _texts(dataset, "title", _TITLES)
    yield from _texts(dataset, "description", _ABOUT)
    yield dataset, DCTERMS + "language", ox.NamedNode(_CHINESE)
    for base in bases:
        yield dataset, _VOID + "uriSpace", ox.Literal(base)
    for key, address in (("sparqlEndpoint", access.endpoint), ("dataDump", access.dump)):
        if address:
            yield dataset, _VOID + key, ox.NamedNode(address)
    if access.queries:
        yield dataset, DCTERMS + "relation", ox.NamedNode(access.queries)
    if access.endpoint:
        for name in ("Turtle", "N-Triples", "RDF_XML", "JSON-LD"):
            yield dataset, _VOID + "feature", ox.NamedNode(_FORMATS + name)
    if access.dump:
        yield dataset, _DCAT + "distribution", ox.NamedNode(f"{dataset}-dump")


def _served(dataset: str, access: Access) -> Iterator[Row]:
    """Yield what DCAT says of the endpoint and of the dump."""
    if access.endpoint:
        service = f"{access.endpoint}#service"  # as it describes itself
        yield service, RDF + "type", ox.NamedNode(_DCAT + "DataService")
        yield service, _DCAT + "endpointURL", ox.NamedNode(access.endpoint)
        yield service, _DCAT + "endpointDescription", ox.NamedNode(access.endpoint)
        yield service, _DCAT + "servesDataset", ox.NamedNode(dataset)
    if access.dump:
        dump = f"{dataset}-dump"
        yield dump, RDF + "type", ox.NamedNode(_DCAT + "Distribution")
        yield dump, _DCAT + "downloadURL", ox.NamedNode(access.dump)


def _texts(node: str, key: str, texts: dict[str, str]) -> Iterator[Row]:
    for language, text in texts.items():
        yield node, DCTERMS + key, ox.Literal(text, language=language)


def _counted(dataset: str, counted: Census) -> Iterator[Row]:
    numbers = {
        "triples": counted.triples,
        "entities": counted.entities,
        "classes": len(counted.classes),
        "properties": len(counted.properties),
        "distinctSubjects": counted.subjects,
        "distinctObjects": counted.objects,
    }
    for key, number in numbers.items():
        yield dataset, _VOID + key, _number(number)
    for space in vocabularies(counted):
        yield dataset, _VOID + "vocabulary", ox.NamedNode(space)
    for iri in counted.examples:
        yield dataset, _VOID + "exampleResource", ox.NamedNode(iri)


def _parts(document: str, dataset: str, counted: Census) -> Iterator[Row]:
    """Yield the part of each class and property; they have IRIs, so that the same graph gives the same bytes."""
    kinds = (("class", counted.classes, "entities"), ("property", counted.properties, "triples"))
    parts = [
        (f"{document}#{kind}-{at}", kind, iri, size, number)
        for kind, sizes, size in kinds
        for at, (iri, number) in enumerate(sizes.items(), 1)
    ]
    for part, kind, *_ in parts:
        yield dataset, f"{_VOID}{kind}Partition", ox.NamedNode(part)
    for part, kind, iri, size, number in parts:
        yield part, _VOID + kind, ox.NamedNode(iri)
        yield part, _VOID + size, _number(number)


def _number(number: int) -> ox.Literal:
    return ox.Literal(str(number), datatype=ox.NamedNode(XSD + "integer"))
