"""One query to the engine, and its complaint in one line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from kg.graph.store import Term
from kg.graph.vocabulary import PREFIXES

__all__ = ["mistake", "solve"]


def solve(store: ox.Store, text: str, bound: Mapping[str, Term], base: str) -> Any:  # noqa: ANN401 - three result types
    """Return what the engine answers to a query whose variables may be bound to terms."""
    return store.query(
        text,
        prefixes={**PREFIXES, "id": base},
        substitutions={ox.Variable(name): term for name, term in bound.items()},
    )


def mistake(message: str) -> str:
    """Return the engine's complaint in one short line with line and column."""
    match = re.search(r"error at (\d+):(\d+): (.*)", message, re.DOTALL)
    if not match:
        return " ".join(message.split())[:300]
    line, column, rest = match.groups()
    rest = re.sub(r"\[(?:'[^\]]*'|_)\](?:, )?|expected one of (?=[A-Z][a-z])", "", " ".join(rest.split()))
    return f"line {line}, column {column}: {rest.strip(' ,')[:200]}"
