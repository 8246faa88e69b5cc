"""All that a page shows of a node, and the node as RDF."""

from __future__ import annotations

from dataclasses import asdict
from itertools import islice
from typing import Any, Final

import pyoxigraph as ox

from kg.graph.store import Term, text_of
from kg.graph.vocabulary import KG, OA, PROV, RDF, RDFS, SCHEMA, SKOS, TIME, TYPES, local_name
from kg.serve.answers.opened import Opened, refusal
from kg.serve.answers.part import part_of
from kg.serve.protocol import GRAPHS
from kg.serve.reply import Reply
from kg.view.dossier import dossier_of, facts_in_order
from kg.view.when import marks_of

__all__ = ["PAGE", "data", "node"]

_DOSSIER: Final = ("names", "why_one", "posts", "conflicts", "namesakes", "documents", "companions")
_PAGES: Final = ("posts", "conflicts", "namesakes", "documents", "companions")
"""Sections whose items have pages; the reasons of a merge lie in a graph that has none."""

PAGE: Final = 100
"""Facts on one page of an entity."""


def node(opened: Opened, name: str, offset: int = 0) -> Reply:
    """Return all that a page shows of a node: what it is, its facts with their quotes, and what else is known."""
    iri = opened.find(name)
    if iri is None:
        return refusal(404, "the graph has nothing of this name")
    types = opened.graph.values(iri, RDF + "type")
    core = [each for each in TYPES if KG + each in types]
    value = {
        **opened.brief(iri),
        "types": types,
        "kind": "entity" if core else "article" if SCHEMA + "NewsArticle" in types else "other",
        "names": list(
            dict.fromkeys(
                [*opened.graph.values(iri, SKOS + "prefLabel"), *opened.graph.values(iri, SKOS + "altLabel")]
            )
        ),
        "facts": [],
        "figures": [],
        "sections": [],
        "whens": [],
        "quotes": [],
        "properties": _properties(opened, iri),
        "total": 0,
        "offset": offset,
    }
    if core:
        many = opened.graph.is_corpus
        facts = facts_in_order(opened.graph, iri) if many else list(dict.fromkeys(opened.facts_of(iri)))
        value["sections"] = _sections(opened, iri) if many else []
        value["whens"] = _whens(opened, iri)
        value["total"] = len(facts)
        value["facts"] = [_fact(opened, fact, iri) for fact in facts[offset : offset + PAGE]]
        value["figures"] = [
            _figure(opened, each) for each in opened.graph.sources(iri, KG + "figureOf")[:PAGE]
        ]
    elif RDF + "Statement" in types:
        value["kind"] = "fact"
        value["facts"] = [_fact(opened, iri, "")]
    else:
        value["quotes"] = _quotes(opened, iri)
    return Reply(200, "", value)


def data(opened: Opened, name: str, media: str) -> Reply:
    """Return a node as RDF: its own triples, and for an entity the facts about it with their evidence."""
    iri = opened.find(name)
    if iri is None:
        return refusal(404, "the graph has nothing of this name")
    facts = list(islice(opened.facts_of(iri), 1000))
    part = part_of(opened, facts, [iri])
    part.store.extend(quad for quad in opened.graph.quads(ox.NamedNode(iri)))
    return Reply(200, media, part.serialize(GRAPHS[media]))


def _fact(opened: Opened, fact: str, seen_from: str) -> dict[str, Any]:
    one = opened.one
    subject, value = one(fact, RDF + "subject"), one(fact, RDF + "object")
    moment, amount = one(fact, TIME + "hasTime"), one(fact, KG + "amount")
    return {
        "iri": fact,
        "name": opened.local(fact),
        "label": one(fact, RDFS + "label"),
        "subject": opened.brief(subject) if subject else None,
        "predicate": local_name(one(fact, RDF + "predicate")),
        "object": opened.brief(value) if value else None,
        "forward": subject == seen_from or not seen_from,
        "role": one(fact, SCHEMA + "roleName"),
        "date": one(moment, KG + "edtf") if moment else "",
        "amount": one(amount, KG + "surface") if amount else "",
        "status": local_name(one(fact, KG + "status")) or "asserted",
        "confidence": one(fact, KG + "confidence"),
        "pattern": ", ".join(opened.graph.values(fact, KG + "pattern")),
        "derived": bool(opened.graph.values(fact, KG + "derived")),
        "source": "、".join(
            sorted(opened.graph.label(each) for each in opened.graph.values(fact, KG + "reportedBy"))
        ),
        "sources": one(fact, KG + "sources"),
        "independent": one(fact, KG + "independentSources"),
        "quotes": _quotes(opened, fact),
    }


def _whens(opened: Opened, iri: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return the marks of the timeline of an entity, each with the fact it stands for."""
    marks = marks_of(dossier_of(opened.graph, iri, ("timeline",)))
    return [(asdict(mark), opened.brief(mark.node)) for mark in marks]


def _sections(opened: Opened, iri: str) -> list[dict[str, Any]]:
    """Return what the dossier of an entity tells and the rest of its page does not."""
    return [
        {
            "key": section.key,
            "left_out": section.left_out,
            "items": [
                {
                    "text": item.text,
                    "node": opened.brief(item.node) if item.node and section.key in _PAGES else None,
                    "notes": item.notes,
                    "more": item.more,
                    "quotes": [
                        {
                            "text": each.text,
                            "start": each.start,
                            "article": opened.brief(each.iri),
                            "found_at": each.leaf,
                        }
                        for each in item.quotes
                    ],
                }
                for item in section.items
            ],
        }
        for section in dossier_of(opened.graph, iri, _DOSSIER).sections
    ]


def _figure(opened: Opened, iri: str) -> dict[str, Any]:
    return {**opened.brief(iri), "quotes": _quotes(opened, iri)}


def _quotes(opened: Opened, iri: str) -> list[dict[str, Any]]:
    links = opened.graph.values(iri, PROV + "wasDerivedFrom") + opened.graph.values(iri, KG + "mentionedAt")
    found = []
    for link in links[:20]:
        article = opened.one(link, OA + "hasSource")
        selectors = opened.graph.values(link, OA + "hasSelector")
        exact, start = (
            next((value for each in selectors for value in opened.graph.values(each, OA + name)), "")
            for name in ("exact", "start")
        )
        if exact:
            found.append(
                {
                    "text": exact,
                    "start": start,
                    "article": opened.brief(article) if article else None,
                    "found_at": opened.found_at(link),
                }
            )
    return found


def _properties(opened: Opened, iri: str) -> list[dict[str, Any]]:
    """Return what stands in the graph about a node, and of which nodes it is a value, as far as one page holds."""
    node = ox.NamedNode(iri)
    own = [
        {"predicate": quad.predicate.value, "value": _value(opened, quad.object), "inverse": False}
        for quad in islice(opened.graph.quads(node), 200)
    ]
    of = [
        {"predicate": quad.predicate.value, "value": _value(opened, quad.subject), "inverse": True}
        for quad in islice(opened.graph.quads(None, None, node), 100)
    ]
    return sorted(own + of, key=lambda each: (each["inverse"], each["predicate"], each["value"]["label"]))


def _value(opened: Opened, term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        brief = opened.brief(term.value)
        return {"iri": term.value, "name": brief["name"], "label": brief["label"]}
    return {"iri": "", "name": "", "label": text_of(term)}
