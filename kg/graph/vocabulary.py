"""The names the graph is written in: namespaces and IRIs as plain strings.

``data/ontology.ttl`` declares every term under ``KG`` with its labels, domain and range; a test holds the two together.
"""

from __future__ import annotations

from typing import Final

from kg.base.errors import ResourceError
from kg.base.model import EntityType, Predicate
from kg.base.overlay import following
from kg.base.schema import FILE, schema

__all__ = [
    "DEFAULT_BASE",
    "DOUBTFUL",
    "KG",
    "ONCE",
    "PREDICATE_LABELS",
    "PREFIXES",
    "STATUS_LABELS",
    "TYPE_LABELS",
    "is_doubtful",
    "kg",
    "local_name",
    "sureness",
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

TYPES: Final[list[EntityType]] = following(lambda: list(schema().types))
KINDS: Final = tuple(schema().kinds)
PREDICATES: Final[list[Predicate]] = following(lambda: list(schema().predicates))
STATUSES: Final = tuple(schema().statuses)


def expanded(name: str) -> str:
    """Return the IRI of a term under one of our prefixes: ``org:Membership``.

    Raises:
        ResourceError: the prefix is none of ours.
    """
    prefix, _, rest = name.partition(":")
    if prefix not in PREFIXES:
        raise ResourceError(f"data/{FILE}", f"unknown prefix in {name!r}", f"one of {', '.join(PREFIXES)}")
    return PREFIXES[prefix] + rest


STANDARD_TYPES: Final[dict[EntityType, str]] = following(
    lambda: {name: expanded(term.broader[0]) for name, term in schema().types.items() if term.broader}
)
"""The standard class each core type is a subclass of; an award has none (schema.org keeps awards as text)."""

TYPE_LABELS: Final = following(
    lambda: {name: (term.label.zh, term.label.en) for name, term in schema().types.items()}
)
"""Each core type's label in Chinese and English."""

ONCE: Final = ("曾", "formerly ")
"""Before the label of the relation of a fact that has ended."""
PREDICATE_LABELS: Final = following(
    lambda: {name: (term.label.zh, term.label.en) for name, term in schema().predicates.items()}
)
"""Each predicate's label in Chinese and English."""

DOUBTFUL: Final = 0.6
"""Below this confidence a fact is in doubt: drawn dashed, and to be checked first."""


def sureness(confidence: str) -> float:
    """Return a confidence as a graph writes it, as a number from 0 to 1; what is none is no confidence at all: 0.

    A graph that others wrote may say anything; one that says nothing of it is sure.
    """
    try:
        value = float(confidence or 1)
    except ValueError:
        return 0.0
    return value if 0 <= value <= 1 else 0.0


def is_doubtful(confidence: str) -> bool:
    """Say whether a fact of a confidence, as a graph writes it, is in doubt.

    >>> is_doubtful("0.59"), is_doubtful("0.6"), is_doubtful("high"), is_doubtful("NaN")
    (True, False, True, True)
    """
    return sureness(confidence) < DOUBTFUL


STATUS_LABELS: Final = {name: (term.label.zh, term.label.en) for name, term in schema().statuses.items()}
"""Each status's label in Chinese and English."""


def kg(name: str) -> str:
    """Return the IRI of one of the product's own terms."""
    return KG + name


def local_name(iri: str) -> str:
    """Return the part of ``iri`` after its last ``#``, ``/`` or ``:``."""
    return iri[max(iri.rfind(mark) for mark in "#/:") + 1 :]
