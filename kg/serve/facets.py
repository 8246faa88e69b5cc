"""What a request narrows its search to, and how the description of the API says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kg.serve.search import Narrowed

__all__ = ["FACETS", "PARAMETERS", "SCHEMA", "narrowed_by"]

FACETS: Final = ("article", "sources", "conflicts")
"""The parameters that narrow a search."""

_YES: Final = "1"
_LONGEST: Final = 500
_TEXT: Final = {"type": "string"}
_COUNT: Final = {"type": "integer", "description": "quotes that are left then"}

PARAMETERS: Final[tuple[Mapping[str, Any], ...]] = (
    {
        "name": "article",
        "in": "query",
        "required": False,
        "description": "only what this article says: its IRI, or the last part of it",
        "schema": {**_TEXT, "maxLength": _LONGEST},
    },
    {
        "name": "sources",
        "in": "query",
        "required": False,
        "description": "only facts that so many independent sources state",
        "schema": {"type": "integer", "minimum": 0, "maximum": 1000, "default": 0},
    },
    {
        "name": "conflicts",
        "in": "query",
        "required": False,
        "description": "1: only what articles contradict each other about",
        "schema": {"type": "string", "enum": ["0", _YES], "default": "0"},
    },
)

SCHEMA: Final[Mapping[str, Any]] = {
    "type": "object",
    "required": ["articles", "sources", "conflicts"],
    "description": "what the search can be narrowed to",
    "properties": {
        "articles": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["iri", "title", "count"],
                "properties": {"iri": _TEXT, "title": _TEXT, "count": _COUNT},
            },
        },
        "sources": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["least", "count"],
                "properties": {"least": {"type": "integer"}, "count": _COUNT},
            },
        },
        "conflicts": _COUNT,
    },
}


def narrowed_by(given: Mapping[str, str]) -> Narrowed:
    """Return what parameters narrow a search to; what is no number narrows nothing."""
    sources = given.get("sources", "")
    return Narrowed(
        given.get("article", "")[:_LONGEST],
        int(sources) if sources.isascii() and sources.isdigit() and len(sources) < 5 else 0,
        given.get("conflicts") == _YES,
    )
