"""The main event of an article as triples; without one, whom or what it is about."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final, Protocol

from kg.base.model import BY_MODEL, Article, EntityId, Fact, Reading, Span
from kg.facts.event import MainEvent
from kg.facts.main_event import main_event
from kg.facts.main_topic import main_topic
from kg.graph.iri import fact_iri, figure_iri, made_iri, moment_iri
from kg.graph.literal import decimal, string, zh
from kg.graph.vocabulary import KG, PROV, RDF, RDFS, SCHEMA, TIME

_TYPE: Final = f"<{RDF}type>"


class Writer(Protocol):
    """What writes one reading."""

    reading: Reading
    article: Article
    base: str
    iris: dict[EntityId, str]
    this_article: str
    run: str
    out: list[str]

    def add(self, subject: str, predicate: str, value: str) -> None:
        """Write one triple."""

    def evidence(self, span: Span) -> str:
        """Write the evidence under a span once and return its node."""

    def ends(self, fact: Fact) -> tuple[str, str]:
        """Return the IRIs of a fact's ends."""


def _without_proposed(reading: Reading) -> Reading:
    """Return a reading without what only a language model says: no main event rests on it."""
    facts = tuple(fact for fact in reading.facts if fact.pattern != BY_MODEL)
    return reading if len(facts) == len(reading.facts) else replace(reading, facts=facts)


def write_main_event(to: Writer) -> None:
    """Write what the article is about, where its title and first sentences make that clear: an event, else somebody or something."""
    event = main_event(_without_proposed(to.reading))
    if event is None:
        _write_topic(to)
    else:
        _write_event(to, event)


def _write_topic(to: Writer) -> None:
    topic = main_topic(to.reading)
    if topic in to.iris:
        to.add(to.this_article, f"<{SCHEMA}about>", f"<{to.iris[topic]}>")


def _write_event(to: Writer, event: MainEvent) -> None:
    this = f"<{made_iri(to.base, 'h', to.article.sha256, 'main-event')}>"
    to.add(to.this_article, f"<{SCHEMA}about>", this)
    to.add(this, f"<{RDFS}label>", zh(to.article.title or to.reading.sentences[0].text.strip()))
    for each in (f"{KG}MainEvent", f"{SCHEMA}Event", f"{PROV}Entity"):
        to.add(this, _TYPE, f"<{each}>")
    to.add(this, f"<{KG}eventKind>", string(event.kind))
    for fact in event.facts:
        ends = to.ends(fact)
        if ends[0] != ends[1]:
            to.add(this, f"<{KG}toldBy>", f"<{fact_iri(to.article, fact, ends, to.base)}>")
    to.add(this, f"<{KG}status>", f"<{KG}{event.status}>")
    to.add(this, f"<{KG}confidence>", decimal(Decimal(f"{event.confidence:.3f}")))
    for role, side in (("eventAgent", event.agents), ("eventPatient", event.patients)):
        for entity in side:
            to.add(this, f"<{KG}{role}>", f"<{to.iris[entity]}>")
    if event.place is not None:
        to.add(this, f"<{SCHEMA}location>", f"<{to.iris[event.place]}>")
    if event.date is not None:
        to.add(this, f"<{TIME}hasTime>", f"<{moment_iri(to.article, event.date, to.base)}>")
    for figure in event.figures:
        to.add(this, f"<{KG}eventFigure>", f"<{figure_iri(to.article, figure, to.base)}>")
    to.add(this, f"<{PROV}wasGeneratedBy>", to.run)
    to.add(this, f"<{PROV}wasDerivedFrom>", to.evidence(event.quote))
