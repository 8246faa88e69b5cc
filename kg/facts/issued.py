"""Who issued an official document: the body at the head of its title, on the day below its signature.

Its layout says so: a title that begins with the body which the red head or the signature names states who issued it, though
no verb does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.base.model import AnnotatedSentence, Article, Candidate, Evidence, Firing, Link, Moment, Span
from kg.facts.pattern import Patterns
from kg.facts.way import Base, Way
from kg.text.metadata import read_date
from kg.text.official import official_of

__all__ = ["read_issued"]

_READER: Final = "official-issuer"
_WAY: Final = str(Way(Base.TABLE))


def read_issued(
    article: Article, annotated: Sequence[AnnotatedSentence], patterns: Patterns
) -> Iterator[Candidate]:
    """Yield who issued an official document and when; the quote is its title."""
    official = official_of(article.text, article.number) if article.number else None
    issuer_name = (official.issuer if official else "") or article.publisher
    if official is None or not issuer_name:
        return
    title = official.title
    row = next((each for each in annotated if each.tagged.sentence.span.overlaps(title)), None)
    ends = _ends(row, title, issuer_name) if row else None
    if row is None or ends is None:
        return
    issuer, document = ends
    pattern = patterns.by_reader[_READER]
    span = Span(min(title.start, document.span.start), max(title.end, document.span.end))
    yield Candidate(
        issuer.entity,
        pattern.predicate,
        document.entity,
        Evidence(span, span.of(article.text)),
        (Firing(pattern.id, issuer.span, issuer.span, document.span, _WAY),),
        date=_day(article.text, official.signed),
        sentence=row.tagged.sentence.index,
    )


def _ends(row: AnnotatedSentence, title: Span, issuer: str) -> tuple[Link, Link] | None:
    """Return the links of the body that a title begins with and of the document that the whole title names."""
    body = [
        link
        for link in row.links
        if link.type == "Organization" and link.text == issuer and link.span.start == title.start
    ]
    whole = [link for link in row.links if link.type == "Document" and link.span.end == title.end]
    return (body[0], whole[0]) if body and whole and whole[0].span.start <= body[0].span.end else None


def _day(text: str, signed: Span | None) -> Moment | None:
    """Return the day below the signature, as a date that its words say in full."""
    words = signed.of(text) if signed else ""
    day = read_date(words)
    return Moment(signed, words, day.isoformat()) if signed and day else None
