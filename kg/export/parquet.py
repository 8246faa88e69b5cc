"""Facts and figures as Parquet, for pandas, DuckDB and their like; by Arrow, an extra of ours."""

from __future__ import annotations

import io
from typing import Any, Final

from kg.base.errors import GraphError
from kg.base.extras import missing
from kg.export.records import records_of
from kg.export.rows import Row, rows_of
from kg.graph.store import Graph

__all__ = ["write"]

TABLES: Final = ("facts", "figures")


def write(graph: Graph, name: str) -> dict[str, bytes]:
    """Return a Parquet file for each table.

    Raises:
        GraphError: the extra is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise missing(f"--to {name}", "parquet", GraphError) from error
    rows = rows_of(records_of(graph))
    files = {}
    for table in TABLES:
        out = io.BytesIO()
        pq.write_table(
            pa.Table.from_pylist(_plain(rows[table]), _schemas(pa)[table]), out, compression="zstd"
        )
        files[table] = out.getvalue()
    return files


def _plain(rows: list[Row]) -> list[Row]:
    """Return rows whose numbers are of one kind in every row."""
    decimals = ("value", "minimum", "maximum")
    return [
        {name: float(cell) if name in decimals and cell is not None else cell for name, cell in row.items()}
        for row in rows
    ]


def _schemas(pa: Any) -> dict[str, Any]:  # noqa: ANN401 - a module of an extra
    text, number, whole, yes = pa.string(), pa.float64(), pa.int64(), pa.bool_()
    places = {
        "text": text,
        "article": text,
        "article_name": text,
        "start": whole,
        "end": whole,
        "found_at": text,
    }
    quotes = pa.list_(pa.struct(list(places.items())))
    facts = {
        **dict.fromkeys(
            ("id", "label", "subject", "subject_name", "predicate", "object", "object_name"), text
        ),
        **dict.fromkeys(("role", "date", "amount", "status"), text),
        "ended": yes,
        "confidence": number,
        "derived": yes,
        "reported_by": text,
        "patterns": pa.list_(text),
        "sources": whole,
        "independent_sources": whole,
        "quotes": quotes,
    }
    figures = {
        "id": text,
        "surface": text,
        "value": number,
        **dict.fromkeys(("unit", "currency", "modifier"), text),
        **dict.fromkeys(("minimum", "maximum"), number),
        **dict.fromkeys(("of", "subject", "subject_name", "date"), text),
        "confidence": number,
        "quotes": quotes,
    }
    return {"facts": pa.schema(list(facts.items())), "figures": pa.schema(list(figures.items()))}
