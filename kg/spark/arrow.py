"""Batches of Arrow <-> rows, on a worker node: a table of columns by their names and types, as Spark writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["batch_of", "rows_in"]

_TYPES: Final = {"int": "int32", "long": "int64", "string": "string", "binary": "binary"}


def batch_of(rows: Iterable[Mapping[str, Any]], ddl: str) -> pa.RecordBatch:
    """Return rows as a batch; a column that a row has not is null."""
    import pyarrow as pa

    columns = [column.split() for column in ddl.split(",")]
    schema = pa.schema([(name, getattr(pa, _TYPES[kind])()) for name, kind in columns])
    return pa.RecordBatch.from_pylist(list(rows), schema=schema)


def rows_in(batches: Iterable[pa.RecordBatch]) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows of each batch."""
    for batch in batches:
        yield batch.to_pylist()
