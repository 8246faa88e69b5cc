"""The table of exporters. A format is one entry here and one function; commands read the table and list nothing again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.base.errors import GraphError, OutputError
from kg.base.intake import LARGEST_TEXT, read_file
from kg.graph.formats import RDF

if TYPE_CHECKING:
    from kg.graph.store import Graph

__all__ = ["EXPORTERS", "Exporter", "export", "exporter", "left_over", "names", "refuse_strangers"]


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format that a graph is handed on in."""

    name: str  # as `kg export --to` takes it
    suffix: str  # of its files, without a dot
    media: str  # the media type of its files
    writer: str  # "module:function", imported on use
    folder: bool = False  # whether it is several files
    own: str = ""  # "module:function" that tells a file of ours from one of the user's, where both may lie in a folder
    """The writer takes the graph and the format's name, and returns the contents of its files by their stems (folder/stem)."""


EXPORTERS: Final = (
    *(Exporter(each.name, each.suffix, each.media, "kg.export.rdf:write") for each in RDF),
    Exporter("graphml", "graphml", "application/graphml+xml", "kg.export.networks:write_graphml"),
    Exporter("gexf", "gexf", "application/gexf+xml", "kg.export.networks:write_gexf"),
    Exporter("csv", "csv", "text/csv", "kg.export.tables:write", folder=True),
    Exporter("jsonl", "jsonl", "application/jsonl", "kg.export.lines:write", folder=True),
    Exporter("parquet", "parquet", "application/vnd.apache.parquet", "kg.export.parquet:write", folder=True),
    Exporter("cypher", "cypher", "text/x-cypher", "kg.export.cypher:write"),
    Exporter("markdown", "md", "text/markdown", "kg.export.notes:write", True, "kg.export.notes:is_own"),
    Exporter("void", "ttl", "text/turtle", "kg.export.dataset:write"),
    Exporter("queries", "ttl", "text/turtle", "kg.export.executables:write"),
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


def refuse_strangers(name: str, folder: Path, files: Iterable[str]) -> None:
    """Refuse to write where a file stands that an export did not write, for the formats that people write too.

    Raises:
        OutputError: there is one, or it cannot be read.
    """
    own = exporter(name).own
    if not own:
        return
    is_own = _function(own)
    for path in (folder / each for each in files):
        try:
            stranger = path.exists() and not is_own(read_file(path, LARGEST_TEXT))
        except OSError as error:
            raise OutputError(path, f"cannot be read: {error.strerror or error}") from error
        if stranger:
            raise OutputError(
                path, "is there already, and kg did not write it", "choose another folder with -o"
            )


def left_over(name: str, folder: Path, files: Collection[str]) -> list[str]:
    """Return the files of an earlier export that this one does not have: they stay, for the user may have written on in them."""
    own = exporter(name).own
    if not own:
        return []
    is_own = _function(own)
    places = {(folder / each).parent for each in files}
    there = sorted(path for place in places for path in place.glob(f"*.{exporter(name).suffix}"))
    names = (path.relative_to(folder).as_posix() for path in there)
    return [each for each in names if each not in files and _is_ours(folder / each, is_own)]


def _function(path: str) -> Callable[..., Any]:
    """Return the function that ``module:function`` names, imported now."""
    module, _, name = path.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found


def _is_ours(path: Path, is_own: Callable[[bytes], bool]) -> bool:
    """Say whether a file is one that kg wrote; a folder, or what nobody may read, is none."""
    try:
        return is_own(read_file(path, LARGEST_TEXT))
    except OSError:
        return False


def export(graph: Graph, name: str) -> dict[str, bytes]:
    """Return the files that ``graph`` becomes in one of the formats: their contents by their names.

    Raises:
        GraphError: the format is unknown or cannot hold a character of the graph.
    """
    found = exporter(name)
    written: Mapping[str, bytes] = _function(found.writer)(graph, name)
    return {f"{stem}.{found.suffix}": data for stem, data in written.items()}
