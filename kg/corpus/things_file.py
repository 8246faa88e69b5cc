"""``merged/things.json.gz``: which entities were one thing when a corpus was last written.

Made anew with each writing, so that the next one can tell what it changes without resolving again what was there before.
Whoever has it not, or one of other articles, resolves.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from kg.base.home import THINGS
from kg.base.intake import LARGEST_GRAPH, read_file
from kg.corpus.model import Identity, Member, Thing

__all__ = ["pack_things", "things_in"]

_LEVEL: Final = 6


def pack_things(identity: Identity, checksums: Iterable[str]) -> bytes:
    """Return the file of who is one with whom in a corpus of articles with these checksums: equal for equal identities."""
    order = sorted(checksums)
    number = {sha256: at for at, sha256 in enumerate(order)}
    things = [
        [thing.key, thing.type, thing.label, [[number[one.article], one.entity] for one in thing.members]]
        for thing in identity.things
    ]
    value = {"of": _digest(order), "things": things}
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode("utf-8", "surrogatepass"), _LEVEL, mtime=0)


def things_in(folder: Path, checksums: Iterable[str]) -> Identity | None:
    """Return what was one in a corpus of these articles, None where no file says it, or one of other articles."""
    order = sorted(checksums)
    try:
        data = gzip.decompress(read_file(folder / THINGS, LARGEST_GRAPH))
        value = json.loads(data.decode("utf-8", "surrogatepass"))
        if value["of"] != _digest(order):
            return None
        return Identity(
            tuple(
                Thing(key, kind, tuple(Member(order[at], entity) for at, entity in members), label)
                for key, kind, label, members in value["things"]
            )
        )
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, IndexError, RecursionError):
        return None


def _digest(checksums: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(checksums).encode()).hexdigest()
