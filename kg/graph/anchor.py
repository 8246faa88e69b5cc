"""From a graph to the anchors of decisions: what a person sees under a name, label or IRI, by article, place and words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from kg.base.errors import QueryError
from kg.base.model import Span
from kg.base.schema import WITHIN
from kg.decide.model import Decision, EntityAnchor, FactAnchor, FigureAnchor
from kg.graph.decided import INFLUENCED, WORDING
from kg.graph.iri import kind_of_node
from kg.graph.literal import position
from kg.graph.query import find_entities, find_facts
from kg.graph.store import Graph, node_of, text_of
from kg.graph.vocabulary import DCTERMS, KG, OA, PROV, RDF, RDFS, SCHEMA, SKOS, TYPES, local_name

__all__ = [
    "Said",
    "all_said",
    "articles_by_checksum",
    "decided_by",
    "fact_anchor",
    "figure_anchor",
    "mentions_of",
    "named_as",
    "statement_anchors",
    "statements",
    "thing_anchor",
]

_AT: Final = "@"
_MENTIONED, _FROM = KG + "mentionedAt", PROV + "wasDerivedFrom"

Said = Mapping[str, list[str]]
"""Values by property."""


def thing_anchor(graph: Graph, term: str) -> EntityAnchor:
    """Return where an entity is mentioned: by any of its names, or its IRI; ``NAME@ARTICLE`` is the one that article means.

    Raises:
        QueryError: there is none, or there are several.
    """
    name, article = named_as(graph, term)
    found = find_entities(graph, name)
    mentions = sorted(
        (mention, iri)
        for iri in found
        for mention in mentions_of(graph, iri)
        if article in ("", mention.article)
    )
    several = sorted({iri for _, iri in mentions})
    if not mentions:
        raise QueryError(term, "no article names it", "`kg query names` lists all names")
    if len(several) > 1:
        raise QueryError(
            term,
            f"{len(several)} things are called so",
            f"give an IRI: {', '.join(several)}, or NAME@ARTICLE",
        )
    return mentions[0][0]


def named_as(graph: Graph, term: str) -> tuple[str, str]:
    """Return the name and the checksum of the article of ``NAME@ARTICLE``; of anything else all of it, and ""."""
    name, at, article = term.rpartition(_AT)
    checksums = [sha256 for sha256, known in articles_by_checksum(graph).items() if at and known == article]
    return (name, checksums[0]) if checksums else (term, "")


def statement_anchors(graph: Graph, term: str) -> tuple[FactAnchor | FigureAnchor, ...]:
    """Return the facts or figures of a label or IRI, each as its articles state it.

    Raises:
        QueryError: there is none.
    """
    anchors = (_anchor(graph, node) for iri in statements(graph, term) for node in _each(graph, iri))
    found = tuple(dict.fromkeys(each for each in anchors if each is not None))
    if not found:
        raise QueryError(term, "no article states it", "what follows from place codes cannot be decided")
    return found


def statements(graph: Graph, term: str) -> tuple[str, ...]:
    """Return the IRIs of the facts, else of the figures, of a label or IRI.

    Raises:
        QueryError: there is none.
    """
    try:
        return tuple(find_facts(graph, term))
    except QueryError:
        found = _figures(graph, term)
        if not found:
            raise
        return found


def _each(graph: Graph, iri: str) -> Iterator[str]:
    yield from dict.fromkeys(graph.values(iri, KG + "statedBy") or [iri])


def _figures(graph: Graph, term: str) -> tuple[str, ...]:
    last = term.removeprefix("id:")
    label: Any = node_of(RDFS + "label")
    labelled = (
        text_of(quad.subject)
        for quad in graph.store.quads_for_pattern(None, label, None, None)
        if text_of(quad.object) == term
    )
    every = sorted({graph.base + last, term, *labelled})
    return tuple(
        iri for iri in every if kind_of_node(iri)[1] == "n" and figure_anchor(graph, iri) is not None
    )


def _anchor(graph: Graph, iri: str) -> FactAnchor | FigureAnchor | None:
    return figure_anchor(graph, iri) if kind_of_node(iri)[1] == "n" else fact_anchor(graph, iri)


def decided_by(graph: Graph, iri: str) -> tuple[Decision, ...]:
    """Return the decisions by which a node is as it is, as they were worded."""
    wordings = [
        wording
        for node in all_said(graph, iri).get(INFLUENCED, ())
        for wording in all_said(graph, node).get(WORDING, ())
    ]
    if not wordings:
        return ()
    from kg.decide.read import decisions_in  # most graphs are as they were read

    return tuple(each for text in sorted(wordings) for each in decisions_in(text.encode(), "graph"))


def figure_anchor(graph: Graph, iri: str) -> FigureAnchor | None:
    """Return the anchor of a figure, None for what no article writes."""
    said = all_said(graph, iri)
    start, surface = position(_one(said, KG + "surfaceStart")), _one(said, KG + "surface")
    places = list(_places(graph, said, _FROM))
    if start is None or not surface or not places:
        return None
    return FigureAnchor(places[0].article, Span(start, start + len(surface)), surface)


def mentions_of(graph: Graph, iri: str) -> tuple[EntityAnchor, ...]:
    """Return where the articles say that they name an entity, in the order of their checksums."""
    said = all_said(graph, iri)
    return tuple(sorted({replace(each, type=_type(said)) for each in _places(graph, said, _MENTIONED)}))


def fact_anchor(graph: Graph, iri: str) -> FactAnchor | None:
    """Return the anchor of a fact of one article, None for what no article states.

    A fact that a person corrected is anchored where that correction is: at what was read.
    """
    said = all_said(graph, iri)
    for each in decided_by(graph, iri) if said.get(INFLUENCED) else ():
        if each.verdict == "change":
            return each.fact
    predicate = local_name(_one(said, RDF + "predicate"))
    quotes = sorted(_places(graph, said, _FROM))
    if not quotes or predicate == WITHIN:
        return None
    quote = quotes[0]
    subject, other = (_end(graph, _one(said, RDF + end), quote) for end in ("subject", "object"))
    if subject is None or other is None:
        return None
    role = _one(said, SCHEMA + "roleName")
    return FactAnchor(quote.article, predicate, subject, other, quote.span, quote.words, role or None)


def _end(graph: Graph, iri: str, quote: EntityAnchor) -> EntityAnchor | None:
    """Return where the quote of a fact names one of its ends, or else where its article first does."""
    said = all_said(graph, iri)
    names = [*said.get(SKOS + "prefLabel", ()), *said.get(SKOS + "altLabel", ())]
    for name in sorted(names, key=lambda each: (-len(each), each)):
        at = quote.words.find(name)
        if at >= 0:
            start = quote.span.start + at
            return EntityAnchor(quote.article, Span(start, start + len(name)), name, _type(said))
    own = sorted(place for place in _places(graph, said, _MENTIONED) if place.article == quote.article)
    return replace(own[0], type=_type(said)) if own else None


def _type(said: Said) -> str:
    return next((name for each in said.get(RDF + "type", ()) if (name := each.removeprefix(KG)) in TYPES), "")


def _places(graph: Graph, said: Said, predicate: str) -> Iterator[EntityAnchor]:
    """Yield where the pieces of evidence that a node has stand."""
    for evidence in said.get(predicate, ()):
        if (found := _place(graph, evidence)) is not None:
            yield found


def _place(graph: Graph, evidence: str) -> EntityAnchor | None:
    """Return where a piece of evidence stands, and its words."""
    said = all_said(graph, evidence)
    article, words, span = _one(all_said(graph, _one(said, OA + "hasSource")), KG + "sha256"), "", None
    for selector in said.get(OA + "hasSelector", ()):
        own = all_said(graph, selector)
        words = _one(own, OA + "exact") or words
        start, end = (position(_one(own, OA + name)) for name in ("start", "end"))
        if start is not None and end is not None:
            span = Span(start, end)
    return EntityAnchor(article, span, words) if article and words and span is not None else None


def all_said(graph: Graph, iri: str) -> Said:
    """Return all that any layer of a graph says of a node."""
    found: dict[str, list[str]] = {}
    if iri:
        for quad in graph.store.quads_for_pattern(node_of(iri), None, None, None):
            values = found.setdefault(quad.predicate.value, [])
            if (value := text_of(quad.object)) not in values:
                values.append(value)
    return found


def _one(said: Said, predicate: str) -> str:
    return next(iter(said.get(predicate, ())), "")


def articles_by_checksum(graph: Graph) -> dict[str, str]:
    """Return the names of the articles, by the checksums of their texts."""
    return {
        sha256: name
        for iri in graph.sources(SCHEMA + "NewsArticle", RDF + "type")
        for sha256 in graph.values(iri, KG + "sha256")
        for name in graph.values(iri, DCTERMS + "identifier")
    }
