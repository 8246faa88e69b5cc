"""The folder of a finished job as the source of a corpus: its articles, and what was read in them.

The readings go where a build that was cut off would have left them, so whoever builds the corpus takes each that fits, by
its own checks, and reads the others again: the bytes of the corpus are those of ``kg build`` of the files of the job.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.base.errors import ResourceError, SourceError
from kg.base.intake import LARGEST_TEXT, read_file
from kg.base.output import write_files
from kg.corpus.folder import origin_of
from kg.corpus.listing import Aside, Entry, Listing
from kg.corpus.readings import SMALL
from kg.corpus.said import said_path
from kg.corpus.shard import shard_path
from kg.spark.intake import ASIDE
from kg.spark.job import ARTICLES, JOB, READINGS
from kg.spark.names import aside_of
from kg.spark.rows import Asked, entry_in
from kg.spark.session import EXTRA
from kg.text.gather import Found
from kg.text.personal.mask import masked

if TYPE_CHECKING:
    import pyarrow.dataset as pd

__all__ = ["Taken"]

_DONE: Final = "_SUCCESS"
_AT_ONCE: Final = 256  # readings
_AGAIN: Final = "give the command of the job again: it goes on where it stopped"


@dataclass(frozen=True)
class Taken:
    """A finished job in a folder of this machine."""

    folder: Path
    asked: Asked

    @classmethod
    def of(cls, folder: Path) -> Taken:
        """Return the job in a folder.

        Raises:
            SourceError: it is not finished, or of another version.
        """
        try:
            asked = Asked.from_json(json.loads(read_file(folder / JOB, LARGEST_TEXT)))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SourceError(
                folder / JOB, "says of no job what it was asked", "run the job again"
            ) from error
        if not (folder / _DONE).exists():
            raise SourceError(folder, "holds a job that is not finished", _AGAIN)
        return cls(folder, asked)

    @cached_property
    def found(self) -> list[Found]:
        """The articles, in the order of their files; the path of one that is elsewhere is its address.

        Raises:
            ResourceError: pyarrow is not there.
        """
        return [Found(entry.article, Path(entry.origin), id=entry.id) for entry in self._entries]

    @cached_property
    def _entries(self) -> list[Entry]:
        """The articles in the order of their files, each with the path or the address of its file."""
        rows = self._table(ARTICLES).to_table(filter=_not_aside()).to_pylist()
        rows.sort(key=lambda row: (row["origin"], row["block"], row["number"]))
        return [Entry(row["origin"], *entry_in(row, {})) for row in rows]

    @cached_property
    def _aside(self) -> list[Aside]:
        rows = self._table(ARTICLES).to_table(filter=~_not_aside())
        return aside_of(rows.select(["origin", "block", "number", "what", "hint"]).to_pylist())

    @property
    def skipped(self) -> list[SourceError]:
        """What is wrong with the lines that hold no article."""
        return [SourceError(f"{each.origin}:{each.line}", each.what, each.hint) for each in self._aside]

    def listing(self, corpus: Path) -> Listing:
        """Return the listing of a corpus that is written to a folder."""
        mask = self.asked.mask

        def origin(of: str) -> str:
            return masked(of if "://" in of else origin_of(Path(of), corpus), mask)

        entries = (replace(each, origin=origin(each.origin)) for each in self._entries)
        aside = (Aside(origin(each.origin), each.line, each.what, each.hint) for each in self._aside)
        return Listing.of(entries, aside)

    def put(self, corpus: Path, wanted: Collection[str]) -> int:
        """Put the readings of some articles (checksums) into the folder of a corpus; return how many there were."""
        several = len(wanted) > SMALL
        many = 0
        columns = ["sha256", "shard", "said"]
        for batch in self._table(READINGS).to_batches(columns=columns, batch_size=_AT_ONCE):
            files: dict[str, bytes] = {}
            for row in batch.to_pylist():
                if row["shard"] is not None and row["sha256"] in wanted:
                    files[shard_path(row["sha256"])] = row["shard"]
                    if several:
                        files[said_path(row["sha256"])] = row["said"]
                    many += 1
            write_files(corpus, files)
        return many

    def _table(self, name: str) -> pd.Dataset:
        dataset = _pyarrow()
        try:
            found: pd.Dataset = dataset.dataset(
                self.folder / name, format="parquet", partitioning=_buckets(), exclude_invalid_files=False
            )
        except (OSError, ValueError) as error:
            raise SourceError(self.folder / name, "is no table of a job", "run the job again") from error
        return found


def _pyarrow() -> Any:  # noqa: ANN401 - a module
    try:
        import pyarrow.dataset as dataset
    except ImportError as error:
        raise ResourceError("a job as a source", "needs packages that are not installed", EXTRA) from error
    return dataset


def _buckets() -> Any:  # noqa: ANN401
    import pyarrow as pa

    return _pyarrow().partitioning(pa.schema([("bucket", pa.int32())]), flavor="hive")


def _not_aside() -> Any:  # noqa: ANN401
    return _pyarrow().field("bucket") != ASIDE
