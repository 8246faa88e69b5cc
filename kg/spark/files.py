"""The files of a job, wherever Spark can write: a folder here, HDFS, an object store. By Hadoop, which Spark brings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from kg.base.errors import SourceError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["Files", "inputs_of"]

_SUCCESS: Final = "_SUCCESS"
_READ: Final = (".jsonl", ".jsonl.gz", ".parquet")
_KINDS: Final = "give JSON Lines (.jsonl .jsonl.gz) or Parquet (.parquet)"


class Files:
    """The files below one folder.

    Args:
        spark: what opens them.
        folder: its path or address.
    """

    def __init__(self, spark: SparkSession, folder: str) -> None:
        java: Any = spark._jvm  # noqa: SLF001 - PySpark has no other way to files
        self._java, self._folder = java, folder.rstrip("/")
        self._settings: Any = spark._jsc.hadoopConfiguration()  # noqa: SLF001
        self._system: Any = java.org.apache.hadoop.fs.Path(self._folder).getFileSystem(self._settings)
        self._system.setWriteChecksum(False)

    def at(self, name: str) -> str:
        """Return the path of a file or folder."""
        return f"{self._folder}/{name}" if name else self._folder

    def exists(self, name: str = "") -> bool:
        """Say whether a file or folder is there."""
        return bool(self._system.exists(self._path(name)))

    def is_done(self, name: str) -> bool:
        """Say whether a table was written to its end."""
        return self.exists(f"{name}/{_SUCCESS}" if name else _SUCCESS)

    def finish(self) -> None:
        """Say that all is written."""
        self.write(_SUCCESS, [])

    def read(self, name: str) -> bytes:
        """Return what a small file holds."""
        stream = self._system.open(self._path(name))
        try:
            return bytes(self._java.org.apache.commons.io.IOUtils.toByteArray(stream))
        finally:
            stream.close()

    def write(self, name: str, parts: Iterable[bytes]) -> int:
        """Write a file, under another name until it is whole; return how many bytes it has."""
        part, size = f"{name}.part", 0
        stream = self._system.create(self._path(part), True)
        try:
            for data in parts:
                stream.write(data)
                size += len(data)
        finally:
            stream.close()
        self.move(part, name)
        return size

    def move(self, name: str, to: str) -> None:
        """Give a file another name, in the place of what has it."""
        self.remove(to)
        self._system.mkdirs(self._path(to).getParent())
        if not self._system.rename(self._path(name), self._path(to)):
            raise OSError(f"{self.at(to)} cannot be written")

    def remove(self, name: str) -> None:
        """Remove a file, or a folder with all in it."""
        self._system.delete(self._path(name), True)

    def names(self, name: str) -> list[str]:
        """Return the names of what is in a folder, sorted; none where there is no folder."""
        if not self.exists(name):
            return []
        return sorted(status.getPath().getName() for status in self._system.listStatus(self._path(name)))

    def size(self, name: str) -> int:
        """Return how many bytes a file has."""
        return int(self._system.getFileStatus(self._path(name)).getLen())

    def _path(self, name: str) -> Any:  # noqa: ANN401 - Java's
        return self._java.org.apache.hadoop.fs.Path(self.at(name))


def inputs_of(spark: SparkSession, sources: Iterable[str]) -> list[tuple[str, int]]:
    """Return the files of articles that sources name (files, folders, patterns), sorted, each with its size.

    Raises:
        SourceError: there is none, or one of a kind that is not read.
    """
    java: Any = spark._jvm  # noqa: SLF001
    settings: Any = spark._jsc.hadoopConfiguration()  # noqa: SLF001
    found = dict[str, int]()
    for source in sources:
        path = java.org.apache.hadoop.fs.Path(source)
        system = path.getFileSystem(settings)
        matched = list(system.globStatus(path) or [])
        if not matched:
            raise SourceError(source, "no such file", "check the path")
        own = dict[str, int]()
        for status in matched:
            if not status.isDirectory() and not _is_read(status.getPath().getName()):
                raise SourceError(status.getPath().toString(), "is of no kind that is read here", _KINDS)
            below = system.listFiles(status.getPath(), True)
            while below.hasNext():
                each = below.next()
                if _is_read(each.getPath().getName()):
                    own[each.getPath().toString()] = int(each.getLen())
        if not own:
            raise SourceError(source, "holds no file of articles", _KINDS)
        found |= own
    return sorted(found.items())


def _is_read(name: str) -> bool:
    return name[0] not in "._" and name.lower().endswith(_READ)
