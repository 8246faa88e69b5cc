"""What is where: the search, names being typed, and the front page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.serve.answers.opened import WHOLE, Opened
from kg.serve.reply import Reply

__all__ = ["overview", "search", "suggest"]


def search(opened: Opened, words: str, limit: int, offset: int = 0) -> Reply:
    """Return the entities and the quotes that hold some words."""
    entities = [] if offset else _linked(opened, opened.index.entities(words, limit))
    quotes = opened.index.quotes(words, limit, offset)
    for quote in quotes:
        quote["article_name"] = opened.local(quote["article"])
        quote["facts"] = _linked(opened, quote["facts"])
    return Reply(200, "", {"entities": entities, "quotes": quotes})


def suggest(opened: Opened, words: str, limit: int) -> Reply:
    """Return the entities that a name being typed may mean."""
    return Reply(200, "", _linked(opened, opened.index.entities(words, limit)))


def overview(opened: Opened) -> Reply:
    """Return what the front page shows: how much there is, what is best known, which articles are the newest."""
    value = {
        "triples": opened.triples,
        "bases": opened.bases,
        "counts": {**opened.counts, "quotes": opened.index.quote_count()},
        "known": _linked(opened, opened.index.known(24)),
        "articles": _linked(opened, opened.index.articles(50)),
        "whole": opened.triples <= WHOLE,
    }
    return Reply(200, "", value)


def _linked(opened: Opened, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "local": opened.local(row["iri"])} for row in rows]
