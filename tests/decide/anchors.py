"""Anchors into a reading, as the page makes them: by the first mention of a thing, by the quote of a fact, by a figure's words."""

from __future__ import annotations

from kg.base.model import Entity, Fact, Figure, Reading, Span
from kg.decide.model import EntityAnchor, FactAnchor, FigureAnchor


def of_thing(reading: Reading, name: str, nth: int = 0) -> EntityAnchor:
    links = [link for link in reading.links if link.text == name]
    return EntityAnchor(reading.article.sha256, links[nth].span, name, links[nth].type)


def of_entity(reading: Reading, entity: Entity) -> EntityAnchor:
    link = next(link for link in reading.links if link.entity == entity.id and link.is_name)
    return EntityAnchor(reading.article.sha256, link.span, link.text, link.type)


def of_words(reading: Reading, words: str, kind: str = "") -> EntityAnchor:
    start = reading.article.text.index(words)
    return EntityAnchor(reading.article.sha256, Span(start, start + len(words)), words, kind)


def of_fact(reading: Reading, fact: Fact) -> FactAnchor:
    by_id = {entity.id: entity for entity in reading.entities}
    subject, other = (of_entity(reading, by_id[end]) for end in (fact.subject, fact.object))
    quote = fact.evidence[0]
    return FactAnchor(reading.article.sha256, fact.predicate, subject, other, quote.span, quote.quote)


def of_figure(reading: Reading, figure: Figure) -> FigureAnchor:
    return FigureAnchor(reading.article.sha256, figure.span, figure.text)
