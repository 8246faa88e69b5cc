"""What the main event of an article must say."""

from __future__ import annotations

from collections.abc import Iterator, Set
from decimal import Decimal
from typing import Final

from kg.facts.main_event import is_told_by, tells
from kg.graph.iri import made_iri
from kg.graph.proof.entity import names_of
from kg.graph.proof.fault import Fault, Node
from kg.graph.proof.figure import article_of_figure, runs_of, share
from kg.graph.proof.view import LABEL, TYPE, Source, Text, bare, decimal, node, string, zh
from kg.graph.store import Term
from kg.graph.vocabulary import KG, PROV, RDF, SCHEMA, STATUSES, TIME, local_name

__all__ = ["prove_event"]

_ABOUT, _KIND, _TOLD_BY = SCHEMA + "about", KG + "eventKind", KG + "toldBy"
_WHERE, _WHEN, _FIGURE = SCHEMA + "location", TIME + "hasTime", KG + "eventFigure"
_SIDES, _STATUS = (KG + "eventAgent", KG + "eventPatient"), KG + "status"
_CONFIDENCE: Final = KG + "confidence"
_ENDS: Final = (RDF + "subject", RDF + "object")
_DERIVED_FROM: Final = PROV + "wasDerivedFrom"
_TYPES: Final = (KG + "MainEvent", SCHEMA + "Event", PROV + "Entity")


def prove_event(at: Node) -> Iterator[Fault]:
    """Yield what is wrong with a main event: its kind is not the title's, its facts or its place do not tell it."""
    view, articles = at.view, at.view.into(at.iri, _ABOUT)
    evidence = view.node(at.iri, _DERIVED_FROM)
    place = view.place(evidence) if evidence else None
    if len(articles) != 1 or place is None or place.article != articles[0]:
        yield at.fault("", "is not what one article is about, by evidence of it")
        return
    source = view.source(articles[0])
    yield from at.named(at.iri, made_iri(at.base, "h", source.sha256, "main-event"))
    if share(view.word(at.iri, _CONFIDENCE)) is None:
        yield at.fault(_CONFIDENCE, "is no number from 0 to 1 with three decimals")
        return
    yield from at.compare(
        {predicate: values for predicate, values in _event(at, source, evidence).items() if values}
    )
    yield from _told(at, evidence)
    yield from _around(at, source)
    if source.text is not None:
        yield from _in_text(at, source.title, source.text, bare(place.span.of(source.text.text)))


def _event(at: Node, source: Source, evidence: str) -> dict[str, Set[Term]]:
    """Return what an event must say, with what the other rules look at."""
    view, kind, status = at.view, at.view.word(at.iri, _KIND), at.view.node(at.iri, _STATUS)
    return {
        LABEL: {zh(source.title or at.label)},
        TYPE: set(map(node, _TYPES)),
        _KIND: {string(kind)},
        _CONFIDENCE: {decimal(share(view.word(at.iri, _CONFIDENCE)) or Decimal(0))},
        _STATUS: {node(status if local_name(status) in STATUSES else KG + STATUSES[0])},
        PROV + "wasGeneratedBy": runs_of(at),
        _DERIVED_FROM: {node(evidence)},
        **{
            each: set(map(node, view.nodes(at.iri, each)))
            for each in (_TOLD_BY, *_SIDES, _WHERE, _WHEN, _FIGURE)
        },
    }


def _told(at: Node, evidence: str) -> Iterator[Fault]:
    """Yield what is wrong with the facts that tell the event; what only they tell has its evidence and date from them."""
    view, facts, kind = at.view, at.view.nodes(at.iri, _TOLD_BY), at.view.word(at.iri, _KIND)
    for fact in facts:
        if not is_told_by(kind, local_name(view.node(fact, RDF + "predicate"))):
            yield at.fault(_TOLD_BY, f"{view.word(fact, LABEL)!r} tells no {kind}")
    others = [each for name in (*_SIDES, _WHERE) for each in view.nodes(at.iri, name)]
    if not facts and not others:
        yield at.fault(_TOLD_BY, "no fact tells it, and nobody and no place is named")
    if others:
        return
    if facts and not any(evidence in view.nodes(fact, _DERIVED_FROM) for fact in facts):
        yield at.fault(_DERIVED_FROM, "its evidence is that of none of its facts")
    for time in view.nodes(at.iri, _WHEN):
        if not any(time in view.nodes(fact, _WHEN) for fact in facts):
            yield at.fault(_WHEN, "its date is that of none of its facts")


def _around(at: Node, source: Source) -> Iterator[Fault]:
    """Yield what belongs to another article."""
    view = at.view
    for side in (*_SIDES, _WHERE):
        for entity in view.nodes(at.iri, side):
            if source.iri not in view.into(entity, SCHEMA + "mentions"):
                yield at.fault(side, f"the article does not name {view.word(entity, LABEL)!r}")
    for time in view.nodes(at.iri, _WHEN):
        places = [view.place(each) for each in view.nodes(time, _DERIVED_FROM)]
        if not any(place and place.article == source.iri for place in places):
            yield at.fault(_WHEN, "its date is not of its article")
    for figure in view.nodes(at.iri, _FIGURE):
        quote = article_of_figure(Node.at(view, figure))
        if quote is None or quote.article != source.iri:
            yield at.fault(_FIGURE, "its figure is not of its article")


def _in_text(at: Node, title: str, text: Text, quote: str) -> Iterator[Fault]:
    view, kind = at.view, at.view.word(at.iri, _KIND)
    if not any(tells(kind, each) for each in (text.simple(title), text.first)):
        yield at.fault(_KIND, f"the title tells no {kind}")
    if not title and not text.has(at.label):
        yield at.fault(LABEL, "is not the title of its article")
    entities = [each for role in (*_SIDES, _WHERE) for each in view.nodes(at.iri, role)]
    ends = [
        each for fact in view.nodes(at.iri, _TOLD_BY) for name in _ENDS for each in view.nodes(fact, name)
    ]
    names = (name for each in (*entities, *ends) for name in names_of(view, each))
    if not any(bare(name) in quote for name in names):
        yield at.fault(_DERIVED_FROM, "its quote names nobody and no place of it")
