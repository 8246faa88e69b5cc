"""What one article says, as triples that need not be made again: ``readings/ab/<sha256>.nq``, beside its reading.

They are N-Quads, packed as they go into the file of the graph, behind a checksum of them and of all that they depend on.
Where that is another, they are made again of the reading.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kg.base.home import READINGS
from kg.base.intake import LARGEST_TEXT, read_file
from kg.base.model import Article, Reading
from kg.base.resources import data_path
from kg.corpus.shard import StaleError
from kg.graph.iri import article_iri
from kg.graph.rdf import triples_of
from kg.graph.store import graph_iri

__all__ = ["Said", "kept_form", "key_of", "packed", "said_by", "said_in", "said_path"]

_LEVEL: Final = 6
_KG: Final = Path(__file__).parent.parent
_SEAL: Final = 32  # bytes


@dataclass(frozen=True, slots=True)
class Said:
    """The triples of one article: as N-Triples, and packed as N-Quads of its own graph."""

    lines: list[str]
    quads: bytes


def said_path(sha256: str) -> str:
    """Return where the triples of a text stand, below the folder of its corpus."""
    return f"{READINGS}/{sha256[:2]}/{sha256}.nq"


def key_of(article: Article, base: str, shard: bytes, reader: str) -> bytes:
    """Return the checksum of all that the triples of an article depend on: its reading, what it is called, who writes them."""
    parts = (article.sha256, article.name, base, reader, _writer(), hashlib.sha256(shard).hexdigest())
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).digest()


def said_by(reading: Reading, base: str) -> Said:
    """Return the triples of a reading.

    Raises:
        GraphError: it says what stands nowhere.
    """
    lines, end = triples_of(reading, base), _end(reading.article, base)
    text = "".join(f"{line[:-2]}{end}" for line in lines)
    return Said(lines, packed(text))


def packed(text: str) -> bytes:
    """Return lines as a part of a file that is packed by gzip; parts one behind the other are such a file."""
    return gzip.compress(text.encode(), _LEVEL, mtime=0)


def kept_form(said: Said, key: bytes) -> bytes:
    """Return the file that keeps the triples of an article."""
    return _sealed(key, said.quads) + said.quads


def said_in(data: bytes, key: bytes, article: Article, base: str) -> Said:
    """Return the triples that a file keeps.

    Raises:
        StaleError: it is damaged, or was made of something else.
    """
    quads = data[_SEAL:]
    if data[:_SEAL] != _sealed(key, quads):
        raise StaleError("damaged, or made of something else")
    text = gzip.decompress(quads).decode()
    return Said(text.replace(_end(article, base), " .\n").split("\n")[:-1], quads)


def _sealed(key: bytes, quads: bytes) -> bytes:
    return hashlib.sha256(key + quads).digest()


def _end(article: Article, base: str) -> str:
    """Return what ends each line; no literal has a line end in it, so nothing else looks like it."""
    return f" <{graph_iri(article_iri(article, base), base)}> .\n"


@cache
def _writer() -> str:
    """Return the digest of what makes triples of readings, beside the reader itself."""
    made = hashlib.sha256()
    for path in (*sorted((_KG / "graph").glob("*.py")), data_path("units_qudt.toml")):
        data = read_file(path, LARGEST_TEXT)
        made.update(f"\n{path.name} {len(data)}\n".encode() + data)
    return made.hexdigest()
