"""One query to the engine, and its complaint in one line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from kg.base.errors import QueryError
from kg.graph.safety import Rebuilt, rebuild
from kg.graph.store import Term
from kg.graph.vocabulary import PREFIXES

__all__ = ["mistake", "solve"]


def solve(
    store: ox.Store,
    text: str,
    bound: Mapping[str, Term],
    base: str,
    **options: Any,  # noqa: ANN401 - those of the engine
) -> Any:  # noqa: ANN401 - three result types
    """Return what the engine answers to a query whose variables may be bound to terms.

    This is the one place where the engine gets a query that may be a user's, and it gets it made anew.

    Raises:
        QueryError: the query asks another server, or has a mistake, with its line and column.
    """
    known = {**PREFIXES, "id": base}
    made = rebuild(text, options.get("base_iri", ""), known)
    values = {ox.Variable(name): term for name, term in bound.items()}
    try:
        return store.query(made.text, prefixes=known, substitutions=values, **options)
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        raise QueryError("query", mistake(str(error), made)) from error


def mistake(message: str, made: Rebuilt | None = None) -> str:
    """Return the engine's complaint about a query in one short line with line and column of what the user wrote."""
    match = re.search(r"error at (\d+):(\d+): (.*)", message, re.DOTALL)
    if not match:
        return " ".join(message.split())[:300]
    line, column, rest = int(match[1]), int(match[2]), match[3]
    rest = re.sub(r"\[(?:'[^\]]*'|_)\](?:, )?|expected one of (?=[A-Z][a-z])", "", " ".join(rest.split()))
    where = made.place(line, column) if made else f"line {line}, column {column}"
    return f"{where}: {rest.strip(' ,')[:200]}"
