"""A graph as its proof looks at it: all that a node says at once, what points to it, and the texts it was read from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property, lru_cache
from typing import Final

import pyoxigraph as ox

from kg.base.home import digest
from kg.base.late import late
from kg.base.model import Article, Span
from kg.graph import literal
from kg.graph.iri import kind_of_node, plain
from kg.graph.store import Graph, Literal, Term, node_of, text_of
from kg.graph.vocabulary import DCTERMS, KG, OA, PREFIXES, RDF, RDFS, SCHEMA, XSD
from kg.text.folding import fold_characters
from kg.text.script import is_traditional, simplified_text
from kg.text.source import article_of

__all__ = [
    "LABEL",
    "TYPE",
    "Place",
    "Source",
    "View",
    "bare",
    "decimal",
    "node",
    "number",
    "short",
    "string",
    "typed",
    "written",
    "zh",
]

LABEL: Final = RDFS + "label"
TYPE: Final = RDF + "type"
_NODES: Final = 50_000  # nodes kept in mind: those of some dozens of articles
_DIGITS: Final = 40  # of a number, before or after its point
_SHOWN: Final = 60  # characters of a text in a message
_BLANKS: Final = late(r"\s+")


def node(iri: str) -> Term:
    """Return the node with an IRI, as a term."""
    return ox.NamedNode(iri)


def string(text: str) -> Term:
    """Return a plain text as a term."""
    return ox.Literal(text)


def zh(text: str) -> Term:
    """Return a Chinese text as a term."""
    return ox.Literal(text, language="zh")


def en(text: str) -> Term:
    """Return an English text as a term."""
    return ox.Literal(text, language="en")


def typed(text: str, datatype: str) -> Term:
    """Return a text of a datatype as a term."""
    return ox.Literal(text, datatype=ox.NamedNode(datatype))


def decimal(value: Decimal) -> Term:
    """Return a decimal number as a term."""
    return typed(plain(value), XSD + "decimal")


def number(text: str) -> Decimal | None:
    """Return a decimal number that a graph says, or None for what is none, or so large or small that nobody writes it out.

    >>> number("1.5"), number("NaN"), number("1e900000000")
    (Decimal('1.5'), None, None)
    """
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) < _DIGITS else None


def integer(value: int) -> Term:
    """Return a whole number as a term."""
    return typed(str(value), XSD + "integer")


def written(term: Term) -> str:
    """Return a term as N-Triples writes it."""
    if isinstance(term, ox.NamedNode):
        return f"<{term.value}>"
    if not isinstance(term, Literal):
        return str(term)
    if term.language:
        return f"{literal.string(term.value)}@{term.language}"
    is_plain = term.datatype.value == XSD + "string"
    return literal.string(term.value) if is_plain else literal.typed(term.value, term.datatype.value)


def term_of(said: str) -> Term:
    """Return a term that is written as N-Triples writes it."""
    (quad,) = ox.parse(f"<x:s> <x:p> {said} .".encode(), ox.RdfFormat.N_TRIPLES)
    found: Term = quad.object
    return found


def bare(text: str) -> str:
    """Return a text as names are looked for in it: without blanks, line ends and marks that nobody sees.

    >>> bare("王　伟")
    '王伟'
    """
    return _BLANKS.sub("", fold_characters(text).text)


def short(term: str | Term) -> str:
    """Return a term for a message: an IRI under its prefix, a text in quotes, cut where it is long.

    >>> short("https://schema.org/value")
    'schema:value'
    """
    if isinstance(term, ox.Literal):
        words = term.value if len(term.value) <= _SHOWN else term.value[:_SHOWN] + "…"
        return repr(words)
    iri = term if isinstance(term, str) else text_of(term)
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    base = kind_of_node(iri)[0]
    return f"id:{iri.removeprefix(base)}" if base else f"<{iri}>"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece of evidence stands: in which article, at which characters."""

    article: str  # IRI
    span: Span


class Text:
    """A text, as it stands and as it is read; what is made of it is made once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.is_traditional = is_traditional(text)

    def simple(self, words: str) -> str:
        """Return words of the text as they were read: in simplified characters, where the text is in others."""
        return words.translate(self._simplified) if self.is_traditional else words

    @cached_property
    def plain(self) -> str:
        """The text in simplified characters, each in its place."""
        return simplified_text(self.text) if self.is_traditional else self.text

    @cached_property
    def _simplified(self) -> dict[int, str]:
        pairs = zip(self.text, self.plain, strict=True)
        return {ord(one): other for one, other in pairs if one != other}

    @cached_property
    def bare(self) -> str:
        """The text as names are looked for in it."""
        return bare(self.text)

    @cached_property
    def characters(self) -> frozenset[str]:
        """The characters of the text, as it writes and as it is read."""
        return frozenset(self.text) | frozenset(self.plain)

    @cached_property
    def said(self) -> Article:
        """What the text alone says of itself: title, date, publisher."""
        return article_of(self.text)

    @cached_property
    def first(self) -> str:
        """The first line of the body, in simplified characters: the title."""
        return self.said.body[0].of(self.plain) if self.said.body else ""

    def line(self, span: Span) -> Span:
        """Return the lines that a span lies in."""
        end = self.text.find("\n", span.end)
        return Span(self.text.rfind("\n", 0, span.start) + 1, end if end >= 0 else len(self.text))

    def has(self, words: str) -> bool:
        """Say whether words stand in the text, if spread out or with marks that nobody sees."""
        return words in self.text or bare(words) in self.bare


@dataclass(frozen=True, slots=True)
class Source:
    """An article of the graph."""

    iri: str
    sha256: str
    names: tuple[str, ...]
    title: str
    published: date | None
    text: Text | None  # None: no text has its checksum


class View:
    """The nodes of a graph; what was looked at stays in mind, as long as nobody changes the graph."""

    def __init__(self, graph: Graph, texts: Iterable[str]) -> None:
        self._graph = graph
        self._texts = {digest(text): Text(text) for text in texts}
        self.forget()

    def forget(self) -> None:
        """Look at the graph anew, for somebody changed it."""
        self.of: Callable[[str], Mapping[str, frozenset[Term]]] = lru_cache(_NODES)(self._read)
        self.into: Callable[[str, str], tuple[str, ...]] = lru_cache(_NODES)(self._look)
        self.source: Callable[[str], Source] = lru_cache(_NODES)(self._source)
        self.place: Callable[[str], Place | None] = lru_cache(_NODES)(self._place)

    def subjects(self) -> Iterator[str]:
        """Yield every node that says something, each once."""
        seen: set[int] = set()
        for quad in self._graph.quads():
            name = (
                str(quad.subject)
                if isinstance(quad.subject, (ox.BlankNode, ox.Triple))
                else quad.subject.value
            )
            key = hash(name)
            if key not in seen:
                seen.add(key)
                yield name

    def _read(self, iri: str) -> Mapping[str, frozenset[Term]]:
        found: dict[str, set[Term]] = {}
        for quad in self._graph.quads(node_of(iri)):
            found.setdefault(quad.predicate.value, set()).add(quad.object)
        return {predicate: frozenset(values) for predicate, values in found.items()}

    def _look(self, iri: str, predicate: str) -> tuple[str, ...]:
        return tuple(self._graph.sources(iri, predicate))

    def nodes(self, iri: str, predicate: str) -> tuple[str, ...]:
        """Return the nodes that a node has as values of a property, in order."""
        found = [value.value for value in self.of(iri).get(predicate, ()) if isinstance(value, ox.NamedNode)]
        return tuple(sorted(found) if len(found) > 1 else found)

    def words(self, iri: str, predicate: str) -> tuple[str, ...]:
        """Return the texts that a node has as values of a property, in order."""
        found = {value.value for value in self.of(iri).get(predicate, ()) if isinstance(value, Literal)}
        return tuple(sorted(found) if len(found) > 1 else found)

    def node(self, iri: str, predicate: str) -> str:
        """Return the one node that is the value of a property, "" where it is none or several."""
        found = self.nodes(iri, predicate)
        return found[0] if len(found) == 1 else ""

    def word(self, iri: str, predicate: str) -> str:
        """Return the one text that is the value of a property, "" where it is none or several."""
        found = self.words(iri, predicate)
        return found[0] if len(found) == 1 else ""

    def is_there(self, iri: str) -> bool:
        """Say whether a node says anything."""
        return bool(self.of(iri))

    def _source(self, iri: str) -> Source:
        sha256, day = self.word(iri, KG + "sha256"), self.word(iri, SCHEMA + "datePublished")
        names, title = self.words(iri, DCTERMS + "identifier"), self.word(iri, SCHEMA + "headline")
        return Source(iri, sha256, names, title, _day(day), self._texts.get(sha256))

    def _place(self, evidence: str) -> Place | None:
        article = self.node(evidence, OA + "hasSource")
        for selector in self.nodes(evidence, OA + "hasSelector"):
            start, end = (literal.position(self.word(selector, OA + name)) for name in ("start", "end"))
            if article and start is not None and end is not None:
                return Place(article, Span(start, end))
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
