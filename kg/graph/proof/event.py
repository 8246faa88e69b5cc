"""What the main event of an article must say."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Final

from kg.facts.main_event import is_told_by, tells
from kg.graph.iri import made_iri
from kg.graph.proof.entity import names_of
from kg.graph.proof.fault import Fault, Node
from kg.graph.proof.figure import article_of_figure, runs_of
from kg.graph.proof.view import LABEL, TYPE, Source, Text, bare, node, string, zh
from kg.graph.store import Term
from kg.graph.vocabulary import KG, PROV, RDF, SCHEMA, TIME, local_name

__all__ = ["prove_event"]

_ABOUT, _KIND, _TOLD_BY = SCHEMA + "about", KG + "eventKind", KG + "toldBy"
_WHERE, _WHEN, _FIGURE = SCHEMA + "location", TIME + "hasTime", KG + "eventFigure"
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
    kind = view.word(at.iri, _KIND)
    wanted: dict[str, Set[Term]] = {
        LABEL: {zh(source.title or at.label)},
        TYPE: set(map(node, _TYPES)),
        _KIND: {string(kind)},
        PROV + "wasGeneratedBy": runs_of(at),
        _DERIVED_FROM: {node(evidence)},
        **{each: set(map(node, view.nodes(at.iri, each))) for each in (_TOLD_BY, _WHERE, _WHEN, _FIGURE)},
    }
    yield from at.compare({predicate: values for predicate, values in wanted.items() if values})
    yield from _told(at, kind, evidence)
    yield from _around(at, source)
    if source.text is not None:
        yield from _in_text(at, source.title, source.text, bare(place.span.of(source.text.text)))


def _told(at: Node, kind: str, evidence: str) -> Iterator[Fault]:
    """Yield what is wrong with the facts that tell the event, and with its evidence and date, which are theirs."""
    view, facts = at.view, at.view.nodes(at.iri, _TOLD_BY)
    for fact in facts:
        if not is_told_by(kind, local_name(view.node(fact, RDF + "predicate"))):
            yield at.fault(_TOLD_BY, f"{view.word(fact, LABEL)!r} tells no {kind}")
    if not facts:
        if not view.nodes(at.iri, _WHERE):
            yield at.fault(_TOLD_BY, "neither facts nor a place tell it")
        return
    if not any(evidence in view.nodes(fact, _DERIVED_FROM) for fact in facts):
        yield at.fault(_DERIVED_FROM, "its evidence is that of none of its facts")
    for time in view.nodes(at.iri, _WHEN):
        if not any(time in view.nodes(fact, _WHEN) for fact in facts):
            yield at.fault(_WHEN, "its date is that of none of its facts")


def _around(at: Node, source: Source) -> Iterator[Fault]:
    """Yield what belongs to another article."""
    view = at.view
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
    for place in view.nodes(at.iri, _WHERE):
        if not any(bare(name) in quote for name in names_of(view, place)):
            yield at.fault(_WHERE, f"its quote does not name {view.word(place, LABEL)!r}")
