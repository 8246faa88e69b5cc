"""The names the graph is written in: namespaces and IRIs as plain strings.

``data/ontology.ttl`` declares every term under ``KG`` with its labels, domain and range; a test holds the two together.
"""

from __future__ import annotations

from typing import Final, get_args

from kg.base.model import EntityKind, EntityType, Predicate, Status

__all__ = [
    "DEFAULT_BASE",
    "KG",
    "PREDICATE_LABELS",
    "PREFIXES",
    "STATUS_LABELS",
    "TYPE_LABELS",
    "kg",
    "local_name",
]

DEFAULT_BASE: Final = "https://example.org/kg/"
"""Where the nodes of a graph live unless a build says otherwise; example.org is reserved for this."""

KG: Final = "https://example.org/kg/ontology#"
"""The namespace of the product's own terms; it does not move with the base."""

DCTERMS: Final = "http://purl.org/dc/terms/"
EDTF: Final = "http://id.loc.gov/datatypes/edtf/EDTF"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
OA: Final = "http://www.w3.org/ns/oa#"
ORG: Final = "http://www.w3.org/ns/org#"
PROV: Final = "http://www.w3.org/ns/prov#"
QUDT: Final = "http://qudt.org/schema/qudt/"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA: Final = "https://schema.org/"
SH: Final = "http://www.w3.org/ns/shacl#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
TIME: Final = "http://www.w3.org/2006/time#"
UNIT: Final = "http://qudt.org/vocab/unit/"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

PREFIXES: Final = {
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "kg": KG,
    "oa": OA,
    "org": ORG,
    "prov": PROV,
    "qudt": QUDT,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "time": TIME,
    "unit": UNIT,
    "xsd": XSD,
}
"""The prefixes of every file the product writes; the base has the prefix ``id``."""

TYPES: Final[tuple[EntityType, ...]] = get_args(EntityType)
KINDS: Final[tuple[EntityKind, ...]] = tuple(kind for kind in get_args(EntityKind) if kind)
PREDICATES: Final[tuple[Predicate, ...]] = get_args(Predicate)
STATUSES: Final[tuple[Status, ...]] = get_args(Status)

STANDARD_TYPES: Final[dict[EntityType, str]] = {
    "Person": FOAF + "Person",
    "Organization": ORG + "Organization",
    "Place": SCHEMA + "Place",
    "Document": FOAF + "Document",
    "Activity": SCHEMA + "Event",
    "Product": SCHEMA + "Product",
}
"""The standard class each core type is a subclass of; an award has none (schema.org keeps awards as text)."""

TYPE_LABELS: Final[dict[EntityType, tuple[str, str]]] = {
    "Person": ("人物", "Person"),
    "Organization": ("组织机构", "Organization"),
    "Place": ("地点", "Place"),
    "Award": ("荣誉", "Award"),
    "Document": ("文件", "Document"),
    "Activity": ("活动", "Activity"),
    "Product": ("产品或项目", "Product"),
}
"""Each core type's label in Chinese and English."""

PREDICATE_LABELS: Final[dict[Predicate, tuple[str, str]]] = {
    "holdsPosition": ("任职于", "holds a position at"),
    "worksFor": ("供职于", "works for"),
    "subOrganizationOf": ("隶属于", "is part of"),
    "locatedIn": ("位于", "is located in"),
    "receivedAward": ("荣获", "received"),
    "established": ("成立", "established"),
    "issued": ("发布", "issued"),
    "organized": ("组织", "organised"),
    "participatedIn": ("参加", "took part in"),
    "supported": ("支持", "supported"),
    "partneredWith": ("合作", "partnered with"),
    "investedIn": ("投资", "invested in"),
    "visited": ("走访", "visited"),
    "developed": ("研发", "developed"),
    "educatedAt": ("毕业于", "was educated at"),
}
"""Each predicate's label in Chinese and English."""

STATUS_LABELS: Final[dict[Status, tuple[str, str]]] = {
    "asserted": ("陈述", "asserted"),
    "planned": ("计划", "planned"),
    "denied": ("否认", "denied"),
    "reported": ("转述", "reported"),
}
"""Each status's label in Chinese and English."""


def kg(name: str) -> str:
    """Return the IRI of one of the product's own terms."""
    return KG + name


def local_name(iri: str) -> str:
    """Return the part of ``iri`` after its last ``#``, ``/`` or ``:``."""
    return iri[max(iri.rfind(mark) for mark in "#/:") + 1 :]
