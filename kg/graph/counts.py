"""How much a graph holds, counted in one way for the summary of a build, the page and the front page of a server."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.base.language import say
from kg.graph.store import Graph, text_of
from kg.graph.vocabulary import KG, RDF, SCHEMA, TYPES, local_name

__all__ = ["Counts", "Proposals", "count", "count_proposals", "count_words"]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are.

    An entity counts once, however many articles name it, and only where one does; a fact once, those that derive from
    place codes among them; a figure each time it is read.
    """

    articles: int = 0
    entities: Mapping[str, int] = field(default_factory=dict)  # by type
    relations: Mapping[str, int] = field(default_factory=dict)  # by predicate
    derived: int = 0  # of the relations
    figures: int = 0


def count(graph: Graph) -> Counts:
    """Return how much a graph holds."""
    kind = ox.NamedNode(RDF + "type")

    def subjects(predicate: ox.NamedNode, value: str | None = None) -> set[str]:
        wanted = None if value is None else ox.NamedNode(value)
        return {text_of(quad.subject) for quad in graph.quads(None, predicate, wanted)}

    mentioned = {text_of(quad.object) for quad in graph.quads(None, ox.NamedNode(SCHEMA + "mentions"))}
    entities: Counter[str] = Counter()
    seen: set[str] = set()
    for name in TYPES:
        own = (subjects(kind, KG + name) & mentioned) - seen
        seen |= own
        entities[name] += len(own)
    facts = {
        text_of(quad.subject): local_name(text_of(quad.object))
        for quad in graph.quads(None, ox.NamedNode(RDF + "predicate"))
    }
    ends = [
        {
            text_of(quad.subject)
            for quad in graph.quads(None, ox.NamedNode(RDF + end))
            if text_of(quad.object) in seen
        }
        for end in ("subject", "object")
    ]
    facts = {iri: name for iri, name in facts.items() if iri in ends[0] and iri in ends[1]}
    return Counts(
        len(subjects(kind, SCHEMA + "NewsArticle")),
        dict(+entities),
        dict(Counter(facts.values())),
        len(subjects(ox.NamedNode(KG + "derived")) & set(facts)),
        len(subjects(ox.NamedNode(KG + "surfaceStart"))),
    )


@dataclass(frozen=True, slots=True)
class Proposals:
    """What became of what language models proposed."""

    alone: int = 0  # facts that no rule found
    agreed: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)  # by reason


def count_proposals(graph: Graph) -> Proposals:
    """Return what a graph holds of what language models proposed."""
    facts = {text_of(quad.subject) for quad in graph.quads(None, ox.NamedNode(RDF + "predicate"))}

    def told(predicate: str) -> int:
        return len(
            {text_of(quad.subject) for quad in graph.quads(None, ox.NamedNode(KG + predicate))} & facts
        )

    reasons = Counter(text_of(quad.object) for quad in graph.quads(None, ox.NamedNode(KG + "reason")))
    return Proposals(told("proposedBy"), told("agreedBy"), dict(sorted(reasons.items())))


def count_words(graph: Graph) -> str:
    """Return in one line how much a graph holds."""
    found = count(graph)
    return say(
        "articles: {articles}, entities: {entities}, relations: {relations}, figures: {figures}",
        articles=found.articles,
        entities=sum(found.entities.values()),
        relations=sum(found.relations.values()),
        figures=found.figures,
    )
