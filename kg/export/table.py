"""The table of exporters. A format is one entry here and one function; commands read the table and list nothing again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final

from kg.base.errors import GraphError
from kg.graph.formats import RDF

if TYPE_CHECKING:
    from kg.graph.store import Graph

__all__ = ["EXPORTERS", "Exporter", "export", "exporter", "names"]


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format that a graph is handed on in."""

    name: str  # as `kg export --to` takes it
    suffix: str  # of its files, without a dot
    media: str  # the media type of its files
    writer: str  # "module:function", imported on use
    folder: bool = False  # whether it is several files
    """The writer takes the graph and the format's name, and returns the contents of its files by their stems."""


EXPORTERS: Final = (
    *(Exporter(each.name, each.suffix, each.media, "kg.export.rdf:write") for each in RDF),
    Exporter("graphml", "graphml", "application/graphml+xml", "kg.export.networks:write_graphml"),
    Exporter("gexf", "gexf", "application/gexf+xml", "kg.export.networks:write_gexf"),
    Exporter("csv", "csv", "text/csv", "kg.export.tables:write", folder=True),
)
"""What a graph can be exported to, in the order in which help lists it."""


def names() -> tuple[str, ...]:
    """Return the names of all formats."""
    return tuple(each.name for each in EXPORTERS)


def exporter(name: str) -> Exporter:
    """Return the exporter of a format.

    Raises:
        GraphError: there is none of this name.
    """
    for each in EXPORTERS:
        if each.name == name:
            return each
    raise GraphError(name, "unknown format", f"known: {' '.join(names())}")


def export(graph: Graph, name: str) -> dict[str, bytes]:
    """Return the files that ``graph`` becomes in one of the formats: their contents by their names.

    Raises:
        GraphError: the format is unknown or cannot hold a character of the graph.
    """
    found = exporter(name)
    module, _, function = found.writer.partition(":")
    written: Mapping[str, bytes] = getattr(import_module(module), function)(graph, name)
    return {f"{stem}.{found.suffix}": data for stem, data in written.items()}
