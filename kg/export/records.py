"""What a graph holds as plain records: things, facts, figures and articles, each fact and figure with its quotes and their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.graph.literal import position
from kg.graph.store import Graph, text_of
from kg.graph.vocabulary import (
    DCTERMS,
    KG,
    KINDS,
    OA,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    TIME,
    TYPES,
    local_name,
    sureness,
)

__all__ = ["Article", "Fact", "Figure", "Quote", "Records", "Thing", "records_of"]

_TYPE: Final = RDF + "type"
_Own = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """Some words of an article: code points ``start`` to ``end``, end exclusive."""

    article: str  # IRI
    start: int
    end: int
    text: str
    found_at: str = ""  # page=3, paragraph=3


@dataclass(frozen=True, slots=True)
class Article:
    """One source."""

    iri: str
    name: str
    title: str
    published: str
    publisher: str
    author: str
    url: str
    sha256: str
    mentions: tuple[str, ...]  # IRIs of things


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity."""

    iri: str
    type: str
    kind: str  # finer class, or ""
    label: str
    names: tuple[str, ...]  # every name, the label among them
    place_code: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact, between two things."""

    iri: str
    label: str
    subject: str
    predicate: str
    object: str
    role: str
    date: str  # EDTF
    amount: str  # as the text writes it
    status: str
    ended: bool
    confidence: float
    derived: bool
    reported_by: str
    patterns: tuple[str, ...]
    sources: int  # articles that state it
    independent_sources: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a text."""

    iri: str
    surface: str
    value: str  # plain decimal
    unit: str
    currency: str
    modifier: str
    minimum: str
    maximum: str
    of: str
    subject: str  # IRI of a thing, or ""
    date: str
    confidence: float
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """All of a graph, each kind in the order of its IRIs; figures in that of the texts."""

    articles: tuple[Article, ...]
    things: tuple[Thing, ...]
    facts: tuple[Fact, ...]
    figures: tuple[Figure, ...]

    def labels(self) -> dict[str, str]:
        """Return the label of every thing by its IRI."""
        return {each.iri: each.label for each in self.things}


def records_of(graph: Graph) -> Records:
    """Return what a graph holds; of several articles what they say together."""
    return _Reader(graph).records()


class _Reader:
    def __init__(self, graph: Graph) -> None:
        self._about: dict[str, dict[str, list[str]]] = {}
        for quad in graph.quads():
            key = text_of(quad.predicate)
            if key == RDFS + "label" and getattr(quad.object, "language", "") == "en":
                continue
            own = self._about.setdefault(text_of(quad.subject), {})
            own.setdefault(key, []).append(text_of(quad.object))
        for own in self._about.values():
            for values in own.values():
                values.sort()

    def records(self) -> Records:
        every = sorted(self._about.items())
        types = {KG + name: name for name in TYPES}
        things = tuple(
            self._thing(iri, own, types)
            for iri, own in every
            if not types.keys().isdisjoint(own.get(_TYPE, ()))
        )
        known = {each.iri for each in things}
        facts = (self._fact(iri, own) for iri, own in every if RDF + "Statement" in own.get(_TYPE, ()))
        figures = (self._figure(iri, own) for iri, own in every if KG + "surfaceStart" in own)
        return Records(
            tuple(
                self._article(iri, own) for iri, own in every if SCHEMA + "NewsArticle" in own.get(_TYPE, ())
            ),
            things,
            tuple(each for each in facts if each.subject in known and each.object in known),
            tuple(sorted(figures, key=lambda each: (each.quotes[:1], each.iri))),
        )

    def _own(self, iri: str) -> _Own:
        return self._about.get(iri, {})

    def _thing(self, iri: str, own: _Own, types: Mapping[str, str]) -> Thing:
        classes = own.get(_TYPE, ())
        label = _one(own, RDFS + "label") or local_name(iri)
        names = {*own.get(SKOS + "prefLabel", ()), *own.get(SKOS + "altLabel", ())}
        return Thing(
            iri,
            next(name for full, name in types.items() if full in classes),
            next((each for each in KINDS if KG + each in classes), ""),
            label,
            tuple(sorted(names | {label}, key=lambda name: (name != label, name))),
            _one(own, KG + "placeCode"),
        )

    def _article(self, iri: str, own: _Own) -> Article:
        name = _one(own, DCTERMS + "identifier") or local_name(iri)
        return Article(
            iri,
            name,
            title=_one(own, SCHEMA + "headline") or name,
            published=_one(own, SCHEMA + "datePublished"),
            publisher=_one(own, SCHEMA + "publisher"),
            author=_one(own, SCHEMA + "author"),
            url=_one(own, SCHEMA + "url"),
            sha256=_one(own, KG + "sha256"),
            mentions=tuple(own.get(SCHEMA + "mentions", ())),
        )

    def _fact(self, iri: str, own: _Own) -> Fact:
        said = (_one(self._own(each), RDFS + "label") for each in own.get(KG + "reportedBy", ()))
        return Fact(
            iri,
            _one(own, RDFS + "label"),
            _one(own, RDF + "subject"),
            local_name(_one(own, RDF + "predicate")),
            _one(own, RDF + "object"),
            _one(own, SCHEMA + "roleName"),
            _one(self._own(_one(own, TIME + "hasTime")), KG + "edtf"),
            _one(self._own(_one(own, KG + "amount")), KG + "surface"),
            local_name(_one(own, KG + "status")) or "asserted",
            KG + "ended" in own,
            sureness(_one(own, KG + "confidence")),
            KG + "derived" in own,
            "、".join(sorted(said)),
            tuple(own.get(KG + "pattern", ())),
            position(_one(own, KG + "sources")) or 0,
            position(_one(own, KG + "independentSources")) or 0,
            self._quotes(own),
        )

    def _figure(self, iri: str, own: _Own) -> Figure:
        return Figure(
            iri,
            surface=_one(own, KG + "surface"),
            value=_one(own, SCHEMA + "value"),
            unit=_one(own, SCHEMA + "unitText"),
            currency=_one(own, SCHEMA + "currency"),
            modifier=_one(own, KG + "modifier"),
            minimum=_one(own, SCHEMA + "minValue"),
            maximum=_one(own, SCHEMA + "maxValue"),
            of=_one(own, KG + "measured"),
            subject=_one(own, KG + "figureOf"),
            date=_one(self._own(_one(own, TIME + "hasTime")), KG + "edtf"),
            confidence=sureness(_one(own, KG + "confidence")),
            quotes=self._quotes(own),
        )

    def _quotes(self, own: _Own) -> tuple[Quote, ...]:
        return tuple(
            sorted({quote for each in own.get(PROV + "wasDerivedFrom", ()) for quote in self._quote(each)})
        )

    def _quote(self, evidence: str) -> Iterator[Quote]:
        own = self._own(evidence)
        said: dict[str, str] = {}
        for selector in own.get(OA + "hasSelector", ()):
            at = self._own(selector)
            said |= {
                name: _one(at, name)
                for name in (OA + "exact", OA + "start", OA + "end", RDF + "value")
                if name in at
            }
        start, end = (position(said.get(OA + name, "")) for name in ("start", "end"))
        if start is not None and end is not None:
            words, leaf = said.get(OA + "exact", ""), said.get(RDF + "value", "")
            yield Quote(_one(own, OA + "hasSource"), start, end, words, leaf)


def _one(own: _Own, key: str) -> str:
    values = own.get(key)
    return values[0] if values else ""
