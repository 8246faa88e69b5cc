"""What questions are made of: things with where they are named and what is told of them, quotes in their sentences."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from kg.corpus.layer import sentence_around
from kg.decide.model import EntityAnchor, FactAnchor, FigureAnchor
from kg.graph.anchor import all_said, articles_by_checksum, fact_anchor, figure_anchor, mentions_of
from kg.graph.iri import identity_iri, kind_of_node
from kg.graph.store import Graph, node_of
from kg.graph.vocabulary import KG, RDF, RDFS, SKOS
from kg.review.model import Quote, Side

__all__ = ["Matter"]

_AROUND: Final = 60  # characters of its sentence that a quote shows before and behind it
_SHOWN: Final = 3
_SAME: Final = KG + "sameThingAs"


class Matter:
    """Looks things up in a graph, with the texts of its articles by their names beside it."""

    def __init__(self, graph: Graph, texts: Mapping[str, str]) -> None:
        self.graph, self._texts = graph, texts
        self.identity = graph.part(identity_iri(graph.base)) if graph.is_corpus else graph
        self._names = articles_by_checksum(graph)
        self.said = cache(lambda iri: all_said(graph, iri))
        self.side = cache(self._side)

    def label(self, iri: str) -> str:
        """Return how the graph labels a node."""
        return next(iter(self.said(iri).get(RDFS + "label", ())), iri)

    def names(self, iri: str) -> tuple[str, ...]:
        """Return the names of an entity, and of all that it was made one of."""
        found = [
            name
            for own in (iri, *self.members(iri))
            for predicate in (SKOS + "prefLabel", SKOS + "altLabel", RDFS + "label")
            for name in self.said(own).get(predicate, ())
        ]
        return tuple(dict.fromkeys(found))

    def members(self, iri: str) -> list[str]:
        """Return the entities of articles that are one thing."""
        return self.identity.sources(iri, _SAME) if self.graph.is_corpus else []

    def thing(self, iri: str) -> str:
        """Return what stands for an entity of an article in the whole graph."""
        return next(iter(self.identity.values(iri, _SAME)), iri) if self.graph.is_corpus else iri

    def member_in(self, iri: str, article: str) -> str:
        """Return which entity of an article (a checksum) a thing is, "" where it names it not."""
        for own in self.members(iri) or (iri,):
            if any(mention.article == article for mention in mentions_of(self.graph, own)):
                return own
        return ""

    def _side(self, iri: str, article: str = "") -> Side | None:
        """Return a thing as one side of a question, by its mention in ``article`` first; None where none names it."""
        mentions = {each for own in (iri, *self.members(iri)) for each in mentions_of(self.graph, own)}
        ordered = tuple(sorted(mentions, key=lambda each: (each.article != article, each)))
        if not ordered:
            return None
        facts = self._facts_of(iri)
        return Side(
            self.label(iri),
            ordered[0].type,
            ordered,
            self.names(iri),
            tuple(dict.fromkeys(self._names.get(each.article, "") for each in ordered)),
            len(facts),
            tuple(sorted({self.label(each) for each in facts})[:_SHOWN]),
            tuple(self.quote(each) for each in ordered[:_SHOWN]),
        )

    def _facts_of(self, iri: str) -> set[str]:
        """Return the facts and figures that tell of an entity."""
        found = set()
        for predicate in (RDF + "subject", RDF + "object", KG + "figureOf"):
            for quad in self.graph.store.quads_for_pattern(None, node_of(predicate), node_of(iri), None):  # type: ignore[arg-type]
                found.add(str(quad.subject.value))  # type: ignore[union-attr]
        return {each for each in found if kind_of_node(each)[1] in ("f", "w", "n")}

    def anchors(self, iri: str) -> tuple[FactAnchor | FigureAnchor, ...]:
        """Return the anchors of a fact, one for each article that states it, or of a figure."""
        if kind_of_node(iri)[1] == "n":
            figure = figure_anchor(self.graph, iri)
            return (figure,) if figure is not None else ()
        own = self.said(iri).get(KG + "statedBy", ()) or [iri]
        return tuple(found for each in own if (found := fact_anchor(self.graph, each)) is not None)

    def quote(self, anchor: EntityAnchor | FactAnchor | FigureAnchor, says: str = "") -> Quote:
        """Return the words of an anchor with the sentence around them."""
        name = self._names.get(anchor.article, "")
        text = self._texts.get(name, "")
        if anchor.span.of(text) != anchor.words:
            return Quote(name, anchor.words, says=says)
        around = sentence_around(text, anchor.span)
        before = text[max(around.start, anchor.span.start - _AROUND) : anchor.span.start]
        after = text[anchor.span.end : min(around.end, anchor.span.end + _AROUND)]
        return Quote(name, anchor.words, before, after, says)
