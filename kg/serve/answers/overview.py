"""What is where: the search, names being typed, and the front page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from heapq import nsmallest
from typing import Any, Final

import pyoxigraph as ox

from kg.graph.store import text_of
from kg.graph.vocabulary import KG, RDF, SCHEMA
from kg.serve.answers.opened import WHOLE, Opened
from kg.serve.reply import Reply
from kg.serve.search import ALL, Narrowed
from kg.view.dossier import known_for

_SHOWN: Final = 24  # facts, conflicts, successions on the front page
_FACETS: Final = 8  # articles that a search can be narrowed to

__all__ = ["overview", "search", "suggest"]


def search(opened: Opened, words: str, limit: int, offset: int = 0, narrowed: Narrowed = ALL) -> Reply:
    """Return the entities and the quotes that hold some words, as far as they are asked for, and how to ask for fewer."""
    if narrowed.article:
        narrowed = replace(narrowed, article=opened.find(narrowed.article) or narrowed.article)
    found = [] if offset else opened.index.entities(words, limit, narrowed)
    entities = _told_apart(opened, _linked(opened, found))
    quotes = opened.index.quotes(words, limit, offset, narrowed)
    facets = opened.index.facets(words, _FACETS, narrowed)
    facets["articles"] = _linked(opened, facets["articles"])
    for quote in quotes:
        quote["found_at"] = opened.found_at(quote.pop("iri"))
        quote["article_name"] = opened.local(quote["article"])
        quote["facts"] = _linked(opened, quote["facts"])
    return Reply(200, "", {"entities": entities, "quotes": quotes, "facets": facets})


def suggest(opened: Opened, words: str, limit: int) -> Reply:
    """Return the entities that a name being typed may mean."""
    return Reply(200, "", _linked(opened, opened.index.entities(words, limit)))


def overview(opened: Opened) -> Reply:
    """Return what the front page shows: how much there is, what is best known, which articles are the newest."""
    value = {
        "triples": opened.triples,
        "bases": opened.bases,
        "counts": {**opened.counts, "quotes": opened.index.quote_count()},
        "corroborated": _corroborated(opened),
        "conflicts": _of_class(opened, "Conflict"),
        "successions": _of_class(opened, "Succession"),
        "known": _linked(opened, opened.index.known(24)),
        "articles": _linked(opened, opened.index.articles(50)),
        "whole": opened.triples <= WHOLE or opened.graph.is_corpus,
    }
    return Reply(200, "", value)


def _corroborated(opened: Opened) -> list[dict[str, Any]]:
    """Return the facts of many articles that most independent sources state, two at least."""
    quads = opened.graph.quads(None, ox.NamedNode(KG + "independentSources"))
    sources = {text_of(quad.subject): int(text_of(quad.object)) for quad in quads}
    several = [fact for fact, number in sources.items() if number > 1]
    best = nsmallest(_SHOWN, several, key=lambda fact: (-sources[fact], fact))
    return [{**opened.brief(fact), "degree": sources[fact]} for fact in best]


def _of_class(opened: Opened, name: str) -> list[dict[str, Any]]:
    """Return what the articles together tell of a kind: conflicts, successions."""
    found = [opened.brief(iri) for iri in opened.graph.sources(KG + name, RDF + "type")]
    return sorted(found, key=lambda each: (each["label"], each["iri"]))[:_SHOWN]


def _told_apart(opened: Opened, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return things with how many articles name each; of those of one name, what each is known for too."""
    names = Counter(name for row in rows for name in {row["label"], row["matched"]})
    for row in rows:
        row["articles"] = len(opened.graph.sources(row["iri"], SCHEMA + "mentions"))
        shared = names[row["label"]] > 1 or names[row["matched"]] > 1
        row["known_for"] = known_for(opened.graph, row["iri"]) if shared else ""
    return rows


def _linked(opened: Opened, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "local": opened.local(row["iri"])} for row in rows]
