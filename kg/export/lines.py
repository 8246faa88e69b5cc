"""The graph as JSON Lines: articles, things, facts and figures, a file each, every line with the same names."""

from __future__ import annotations

import json

from kg.export.records import records_of
from kg.export.rows import rows_of
from kg.graph.store import Graph

__all__ = ["write"]


def write(graph: Graph, name: str) -> dict[str, bytes]:  # noqa: ARG001 - every writer is told its format
    """Return a file of rows for each table."""
    return {
        table: "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode("utf-8", "replace")
        for table, rows in rows_of(records_of(graph)).items()
    }
