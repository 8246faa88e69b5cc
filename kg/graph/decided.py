"""What people decided, as triples: each decision a node with its own wording, and what it made what it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.base.model import Decided
from kg.graph.event import Writer
from kg.graph.iri import fact_iri, figure_iri, made_iri, moment_iri
from kg.graph.literal import string, typed, zh
from kg.graph.vocabulary import DCTERMS, KG, PROV, RDF, RDFS, XSD

__all__ = ["ANCHORED", "INFLUENCED", "WORDING", "decision_iri", "decision_lines", "write_decided"]

INFLUENCED: Final = PROV + "wasInfluencedBy"
WORDING: Final = KG + "wording"
ANCHORED: Final = KG + "anchored"
_TYPE, _LABEL = f"<{RDF}type>", f"<{RDFS}label>"
_WITH_DATE: Final = ("add", "change")


def decision_iri(key: str, base: str) -> str:
    """Return the IRI of a decision: all that its file says of it is its key."""
    return made_iri(base, "d", key)


def write_decided(to: Writer) -> None:
    """Write the decisions of a reading, and which of its nodes are as they are by one of them."""
    for decided in to.reading.decided:
        to.out.extend(decision_lines(decided, to.base))
        this = f"<{decision_iri(decided.key, to.base)}>"
        if decided.of_article:
            to.add(this, f"<{PROV}used>", to.this_article)
        for node in dict.fromkeys(_nodes(to, decided)):
            to.add(f"<{node}>", f"<{INFLUENCED}>", this)


def decision_lines(decided: Decided, base: str) -> Iterator[str]:
    """Yield what a decision says of itself, as lines of N-Triples."""
    this = f"<{decision_iri(decided.key, base)}>"
    yield f"{this} {_LABEL} {zh(decided.says)} ."
    yield f"{this} {_TYPE} <{KG}Decision> ."
    yield f"{this} {_TYPE} <{PROV}Activity> ."
    yield f"{this} <{DCTERMS}identifier> {string(decided.id)} ."
    yield f"{this} <{KG}verdict> {string(decided.verdict)} ."
    yield f"{this} <{WORDING}> {string(decided.key)} ."
    if decided.on is not None:
        yield f"{this} <{DCTERMS}date> {typed(decided.on.isoformat(), XSD + 'date')} ."
    if decided.note:
        yield f"{this} <{RDFS}comment> {string(decided.note)} ."
    if not decided.anchored:
        yield f'{this} <{ANCHORED}> "false"^^<{XSD}boolean> .'
    if decided.by:
        who = f"<{made_iri(base, 'j', decided.by)}>"
        yield f"{this} <{PROV}wasAssociatedWith> {who} ."
        yield f"{who} {_LABEL} {string(decided.by)} ."
        yield f"{who} {_TYPE} <{PROV}Agent> ."


def _nodes(to: Writer, decided: Decided) -> Iterator[str]:
    reading = to.reading
    yield from (to.iris[entity] for entity in decided.entities if entity in to.iris)
    for number in decided.facts:
        fact = reading.facts[number]
        ends = to.ends(fact)
        if ends[0] == ends[1]:
            continue
        yield fact_iri(to.article, fact, ends, to.base)
        if decided.verdict in _WITH_DATE and fact.date and fact.date not in reading.moments:
            yield moment_iri(to.article, fact.date, to.base)
    for number in decided.figures:
        yield figure_iri(to.article, reading.figures[number], to.base)
