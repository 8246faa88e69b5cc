"""The page of a network: around a node, of a query's answer, or of the whole graph."""

from __future__ import annotations

from itertools import islice
from typing import Final

import pyoxigraph as ox

from kg.base.errors import QueryError
from kg.graph.engine import mistake
from kg.graph.store import Graph, text_of
from kg.graph.vocabulary import RDF, SCHEMA
from kg.serve.answers.opened import WHOLE, NotFoundError, Opened, refusal
from kg.serve.answers.part import part_of
from kg.serve.answers.sparql import solve
from kg.serve.reply import Reply

__all__ = ["network"]

FEW: Final = 300
"""Facts in the network around an entity or of a query's answer."""

_STATEMENT: Final = ox.NamedNode(RDF + "Statement")


def network(opened: Opened, name: str = "", query: str = "") -> Reply:
    """Return the page that shows a network: around a node, of a query's answer, or of the whole graph."""
    from kg.view.page import page_of  # once a network is opened

    if not name and not query:
        if opened.triples > WHOLE:
            return refusal(
                403, f"a graph of {opened.triples} triples is too large for one picture; open an entity"
            )
        texts = [_text(opened, each["iri"]) for each in opened.index.articles(2000)]
        return Reply(200, "text/html", page_of(opened.graph, texts).encode())
    try:
        facts, entities = _around(opened, name) if name else _answered(opened, query)
    except NotFoundError as error:
        return refusal(404, str(error))
    except QueryError as error:
        return refusal(400, error.what)
    except (ValueError, RuntimeError, OSError) as error:  # once the engine is at work
        return refusal(400, mistake(str(error)))
    part = part_of(opened, facts, entities)
    texts = [_text(opened, iri) for iri in _articles_of(part)]
    return Reply(200, "text/html", page_of(part, texts).encode())


def _text(opened: Opened, article: str) -> str:
    return str((opened.index.article(article) or {}).get("text", ""))


def _articles_of(part: Graph) -> list[str]:
    kind = ox.NamedNode(SCHEMA + "NewsArticle")
    return sorted(text_of(quad.subject) for quad in part.quads(None, ox.NamedNode(RDF + "type"), kind))


def _around(opened: Opened, name: str) -> tuple[list[str], list[str]]:
    iri = opened.find(name)
    if iri is None:
        raise NotFoundError(name, "the graph has nothing of this name")
    return list(islice(opened.facts_of(iri), FEW)), [iri]


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
