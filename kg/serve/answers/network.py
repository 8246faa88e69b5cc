"""The page of a network: around a node, of a query's answer, or of the whole graph."""

from __future__ import annotations

from heapq import nsmallest
from itertools import islice
from typing import Final

import pyoxigraph as ox

from kg.base.errors import QueryError
from kg.graph.engine import mistake
from kg.graph.store import Graph, text_of
from kg.graph.vocabulary import KG, RDF, SCHEMA
from kg.serve.answers.opened import WHOLE, NotFoundError, Opened, refusal
from kg.serve.answers.part import part_of
from kg.serve.answers.sparql import solve
from kg.serve.reply import Reply

__all__ = ["network"]

FEW: Final = 300
"""Facts in the network around an entity or of a query's answer."""


MOST: Final = 200
"""Facts of a whole corpus in one picture."""

QUOTES: Final = 3
"""Quotes of one fact in a network."""


class TooLargeError(QueryError):
    """The graph is too large for one picture, and nothing says what matters most in it."""


_STATEMENT: Final = ox.NamedNode(RDF + "Statement")


def network(opened: Opened, name: str = "", query: str = "") -> Reply:
    """Return the page that shows a network: around a node, of a query's answer, or of the whole graph."""
    from kg.view.page import page_of  # once a network is opened

    if not name and not query and opened.triples <= WHOLE:
        texts = [_text(opened, each["iri"]) for each in opened.index.articles(2000)]
        return Reply(200, "text/html", page_of(opened.graph, texts).encode())
    try:
        facts, entities = _chosen(opened, name, query)
    except TooLargeError as error:
        return refusal(403, error.what)
    except NotFoundError as error:
        return refusal(404, str(error))
    except QueryError as error:
        return refusal(400, error.what)
    except (ValueError, RuntimeError, OSError) as error:  # once the engine is at work
        return refusal(400, mistake(str(error)))
    part = part_of(opened, facts, entities, QUOTES)
    texts = [_text(opened, iri) for iri in _articles_of(part)]
    return Reply(200, "text/html", page_of(part, texts).encode())


def _text(opened: Opened, article: str) -> str:
    return str((opened.index.article(article) or {}).get("text", ""))


def _articles_of(part: Graph) -> list[str]:
    kind = ox.NamedNode(SCHEMA + "NewsArticle")
    return sorted(text_of(quad.subject) for quad in part.quads(None, ox.NamedNode(RDF + "type"), kind))


def _chosen(opened: Opened, name: str, query: str) -> tuple[list[str], list[str]]:
    """Return the facts and entities to show: around a node, in an answer, or those of a whole that is too large for one."""
    if name:
        return _around(opened, name)
    return _answered(opened, query) if query else (_supported(_sources(opened))[:MOST], [])


def _around(opened: Opened, name: str) -> tuple[list[str], list[str]]:
    iri = opened.find(name)
    if iri is None:
        raise NotFoundError(name, "the graph has nothing of this name")
    facts = dict.fromkeys(opened.facts_of(iri))
    if not opened.graph.is_corpus:
        return list(islice(facts, FEW)), [iri]
    return _supported({fact: _support(opened, fact) for fact in facts}), [iri]


def _sources(opened: Opened) -> dict[str, int]:
    """Return how many independent sources the facts of a corpus have."""
    quads = opened.graph.quads(None, ox.NamedNode(KG + "independentSources"))
    found = {text_of(quad.subject): int(text_of(quad.object)) for quad in quads}
    if not found:
        what = f"a graph of {opened.triples} triples is too large for one picture; open an entity"
        raise TooLargeError("network", what)
    return found


def _support(opened: Opened, fact: str) -> int:
    return int(opened.one(fact, KG + "independentSources") or 0)


def _supported(sources: dict[str, int]) -> list[str]:
    """Return the facts with most independent sources, as many as one picture shows; of equal ones the first by their IRIs."""
    return nsmallest(FEW, sources, key=lambda fact: (-sources[fact], fact))


def _answered(opened: Opened, query: str) -> tuple[list[str], list[str]]:
    """Return the facts and entities in the answer to a query, and the facts that tie those entities."""
    found = solve(opened, query, (), ())
    if isinstance(found, ox.QueryBoolean):
        raise NotFoundError("query", "the answer has no entities and no facts")
    names = () if isinstance(found, ox.QueryTriples) else found.variables
    terms: dict[str, None] = {}
    for row in islice(found, 5000):
        values = (row.subject, row.object) if isinstance(row, ox.Triple) else (row[name] for name in names)
        terms.update((term.value, None) for term in values if isinstance(term, ox.NamedNode))
    kind = ox.NamedNode(RDF + "type")
    facts = [iri for iri in terms if ox.Quad(ox.NamedNode(iri), kind, _STATEMENT) in opened.graph.store]
    entities = [iri for iri in terms if opened.graph.is_entity(iri)]
    if not facts and not entities:
        raise NotFoundError(
            "query", "the answer has no entities and no facts", "select nodes, as ?entity or ?fact"
        )
    known = set(entities)
    for entity in entities:
        if len(facts) >= FEW:
            break
        about = opened.graph.sources(entity, RDF + "subject")
        facts += [fact for fact in about[:FEW] if opened.one(fact, RDF + "object") in known]
    return list(dict.fromkeys(facts))[:FEW], entities[:FEW]
