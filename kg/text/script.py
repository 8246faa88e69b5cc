"""Articles in traditional characters: read as if they were simplified, quoted as they are.

The tagger and every list of the language know simplified characters. Characters are exchanged one for one (OpenCC's table),
so offsets stay, and whatever was read is cut from the original text again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.base.model import Article, Entity, Evidence, Fact, Figure, Link, Reading, Span

# Frequent characters that simplified text does not have.
_TRADITIONAL = frozenset(
    "國會個來時這為學對們說無過發經現產業開關東車長門間問見實體點當進還從後應與機動據處將區協議黨員"
)
_LEAST = (
    0.04  # share of the article's characters; simplified text that quotes a traditional name has far less
)


def is_traditional(text: str) -> bool:
    """Say whether a text is written in traditional characters."""
    return sum(map(_TRADITIONAL.__contains__, text)) > _LEAST * len(text)


def simplified(article: Article) -> Article:
    """Return the article in simplified characters, each at its old place; offsets are the original's."""
    return replace(article, text=simplified_text(article.text), title=simplified_text(article.title))


def simplified_text(text: str) -> str:
    """Return a text in simplified characters, one for one."""
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    table = {}
    for character in sorted(set(text)):
        other = convert(character)
        if other != character and len(other) == 1:
            table[ord(character)] = other
    return text.translate(table)


def restored(reading: Reading, article: Article) -> Reading:
    """Return the reading of ``simplified(article)`` with all its words as the article writes them."""
    text = article.text
    links = tuple(replace(link, text=link.span.of(text)) for link in reading.links)
    spellings = _spellings(reading.links, text)
    return replace(
        reading,
        article=article,
        entities=tuple(_entity(entity, spellings) for entity in reading.entities),
        links=links,
        facts=tuple(_fact(fact, text, reading.article.text) for fact in reading.facts),
        figures=tuple(_figure(figure, text, reading.article.text) for figure in reading.figures),
        moments=tuple(replace(moment, text=moment.span.of(text)) for moment in reading.moments),
        sentences=tuple(replace(sentence, text=sentence.span.of(text)) for sentence in reading.sentences),
    )


def as_read(reading: Reading) -> Reading:
    """Return a restored reading with its words in simplified characters again, for what is read of it afterwards.

    Its figures and dates are left as they are, and its facts stay in their order.
    """
    article = simplified(reading.article)
    text = article.text
    return replace(
        reading,
        article=article,
        entities=tuple(
            replace(
                entity,
                name=simplified_text(entity.name),
                names=tuple(map(simplified_text, entity.names)),
            )
            for entity in reading.entities
        ),
        links=tuple(replace(link, text=link.span.of(text)) for link in reading.links),
        facts=tuple(
            replace(
                fact,
                evidence=tuple(Evidence(each.span, each.span.of(text)) for each in fact.evidence),
                role=simplified_text(fact.role),
            )
            for fact in reading.facts
        ),
        sentences=tuple(replace(sentence, text=sentence.span.of(text)) for sentence in reading.sentences),
    )


def _spellings(links: Iterable[Link], text: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for link in links:
        found[link.text][link.span.of(text)] = None
    return {name: tuple(own) for name, own in found.items()}


def _entity(entity: Entity, spellings: Mapping[str, tuple[str, ...]]) -> Entity:
    names = dict.fromkeys(own for name in entity.names for own in spellings.get(name, (name,)))
    merges = tuple(
        replace(
            merge,
            name=spellings.get(merge.name, (merge.name,))[0],
            into=spellings.get(merge.into, (merge.into,))[0],
        )
        for merge in entity.merges
    )
    return replace(entity, name=next(iter(names)), names=tuple(names), merges=merges)


def _fact(fact: Fact, text: str, read: str) -> Fact:
    quotes = [(evidence.quote, evidence.span) for evidence in fact.evidence]
    return replace(
        fact,
        evidence=tuple(Evidence(each.span, each.span.of(text)) for each in fact.evidence),
        role=_as_written(fact.role, quotes, text),
        date=replace(fact.date, text=fact.date.span.of(text)) if fact.date else None,
        amount=_figure(fact.amount, text, read) if fact.amount else None,
        sources=tuple(replace(source, text=source.span.of(text)) for source in fact.sources),
    )


def _figure(figure: Figure, text: str, read: str) -> Figure:
    quotes = [(figure.span.of(read), figure.span), (figure.quote.of(read), figure.quote)]
    return replace(
        figure,
        text=figure.span.of(text),
        unit=_as_written(figure.unit, quotes, text),
        of=_as_written(figure.of, quotes, text),
        date=replace(figure.date, text=figure.date.span.of(text)) if figure.date else None,
    )


def _as_written(words: str, quotes: Iterable[tuple[str, Span]], text: str) -> str:
    """Return words that were read from a quote as the quote's text writes them; as they are where it does not."""
    for quote, span in quotes:
        at = quote.find(words) if words else -1
        if at >= 0:
            return text[span.start + at : span.start + at + len(words)]
    return words
