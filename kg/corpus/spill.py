"""What does not stay in memory where a corpus is large: files without a name, which are gone however the process ends."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Final, cast

from kg.corpus.merged import Piece

__all__ = ["Pieces", "spool"]

_IN_MEMORY: Final = 16 << 20
"""Bytes up to which a file stays in memory."""


def spool(folder: Path) -> IO[bytes]:
    """Return a new file for what is asked for again later: in memory while it is small, then on the disk of ``folder``."""
    return cast("IO[bytes]", _Spool(_IN_MEMORY, dir=str(folder)))


class _Spool(SpooledTemporaryFile[bytes]):
    """Is closed when nobody holds it any more: it is handed on to whoever writes the corpus."""

    def __del__(self) -> None:
        self.close()


class Pieces:
    """What articles leave in each bucket, kept until all were looked at.

    Args:
        folder: on whose disk it may lie.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[int, IO[bytes]] = {}

    def keep(self, pieces: Mapping[int, Piece]) -> None:
        """Keep what some articles left, behind that of those before."""
        for bucket, piece in pieces.items():
            if bucket not in self._files:
                self._files[bucket] = spool(self._folder)
            pickle.dump(piece, self._files[bucket], pickle.HIGHEST_PROTOCOL)

    def buckets(self) -> Iterator[Iterator[Piece]]:
        """Yield what was left in each bucket, and forget it."""
        for bucket in sorted(self._files):
            with self._files.pop(bucket) as file:
                yield _pieces_in(file)


def _pieces_in(file: IO[bytes]) -> Iterator[Piece]:
    end = file.tell()
    file.seek(0)
    while file.tell() < end:
        yield pickle.load(file)  # noqa: S301 - what this process wrote, in a file without a name
