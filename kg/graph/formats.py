"""The formats of graphs and of rows, named once: what the store reads and writes, and what commands and server offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["RDF", "ROWS", "RdfFormat", "rdf_format"]


@dataclass(frozen=True, slots=True)
class RdfFormat:
    """A serialization of RDF."""

    name: str  # as commands and the server know it
    media: str
    suffixes: tuple[str, ...]  # of files, without a dot; the first is the one written
    quads: bool = False  # whether it tells which article each triple is from

    @property
    def suffix(self) -> str:
        """Return what a file of this format ends in, without a dot."""
        return self.suffixes[0]


RDF: Final = (
    RdfFormat("turtle", "text/turtle", ("ttl",)),
    RdfFormat("nt", "application/n-triples", ("nt",)),
    RdfFormat("nq", "application/n-quads", ("nq",), quads=True),
    RdfFormat("trig", "application/trig", ("trig",), quads=True),
    RdfFormat("jsonld", "application/ld+json", ("jsonld", "json")),
    RdfFormat("rdfxml", "application/rdf+xml", ("rdf", "xml", "owl")),
)
"""The formats of graphs."""

ROWS: Final = ("table", "csv", "tsv", "json", "ttl")
"""What rows can be written as (see ``kg.graph.rows.Rows.write``)."""


def rdf_format(name: str) -> RdfFormat:
    """Return the format of a name in ``RDF``."""
    return next(each for each in RDF if each.name == name)
