"""The records of a graph as rows: plain values under the same names in JSON Lines and in Parquet."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from kg.export.records import Article, Fact, Figure, Quote, Records, Thing

__all__ = ["Row", "number", "rows_of"]

Row = dict[str, Any]


def _article(article: Article) -> Row:
    """Return an article as a row; what is not known is None, as in all rows."""
    return {
        "id": article.iri,
        "name": article.name,
        "title": article.title,
        "published": article.published or None,
        "publisher": article.publisher or None,
        "author": article.author or None,
        "url": article.url or None,
        "sha256": article.sha256 or None,
        "mentions": list(article.mentions),
    }


def _thing(thing: Thing) -> Row:
    """Return a thing as a row."""
    return {
        "id": thing.iri,
        "type": thing.type,
        "kind": thing.kind or None,
        "label": thing.label,
        "names": list(thing.names),
        "place_code": thing.place_code or None,
    }


def _fact(fact: Fact, labels: Mapping[str, str], articles: Mapping[str, Article]) -> Row:
    """Return a fact as a row, with the names of its ends and its quotes."""
    return {
        "id": fact.iri,
        "label": fact.label,
        "subject": fact.subject,
        "subject_name": labels[fact.subject],
        "predicate": fact.predicate,
        "object": fact.object,
        "object_name": labels[fact.object],
        "role": fact.role or None,
        "date": fact.date or None,
        "amount": fact.amount or None,
        "status": fact.status,
        "ended": fact.ended,
        "confidence": fact.confidence,
        "derived": fact.derived,
        "reported_by": fact.reported_by or None,
        "patterns": list(fact.patterns),
        "sources": fact.sources or None,
        "independent_sources": fact.independent_sources or None,
        "quotes": [_quote(each, articles) for each in fact.quotes],
    }


def _figure(figure: Figure, labels: Mapping[str, str], articles: Mapping[str, Article]) -> Row:
    """Return a figure as a row, with whose it is and its quotes."""
    return {
        "id": figure.iri,
        "surface": figure.surface,
        "value": number(figure.value),
        "unit": figure.unit or None,
        "currency": figure.currency or None,
        "modifier": figure.modifier or None,
        "minimum": number(figure.minimum),
        "maximum": number(figure.maximum),
        "of": figure.of or None,
        "subject": figure.subject or None,
        "subject_name": labels.get(figure.subject),
        "date": figure.date or None,
        "confidence": figure.confidence,
        "quotes": [_quote(each, articles) for each in figure.quotes],
    }


def rows_of(records: Records) -> dict[str, list[Row]]:
    """Return all rows by the name of their table."""
    labels = records.labels()
    articles = {each.iri: each for each in records.articles}
    return {
        "articles": [_article(each) for each in records.articles],
        "things": [_thing(each) for each in records.things],
        "facts": [_fact(each, labels, articles) for each in records.facts],
        "figures": [_figure(each, labels, articles) for each in records.figures],
    }


def number(text: str) -> int | float | None:
    """Return a plain decimal as a number, whole where it is.

    >>> number("200000"), number("12.5"), number("")
    (200000, 12.5, None)
    """
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    if not value.is_finite():
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _quote(quote: Quote, articles: Mapping[str, Article]) -> Row:
    article = articles.get(quote.article)
    return {
        "text": quote.text,
        "article": quote.article,
        "article_name": article.name if article else None,
        "start": quote.start,
        "end": quote.end,
        "found_at": quote.found_at or None,
    }
