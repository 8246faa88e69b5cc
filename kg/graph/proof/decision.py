"""What a decision must say: what its own wording says, read again; and what it may make of what texts do not say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from functools import lru_cache
from typing import Final

from kg.base.errors import DecisionError
from kg.decide.model import Decision
from kg.decide.read import decisions_in
from kg.decide.told import says
from kg.decide.write import toml_of
from kg.graph.decided import ANCHORED, WORDING, decision_iri
from kg.graph.iri import made_iri, plain
from kg.graph.proof.fault import INFLUENCED, Fault, Node
from kg.graph.proof.view import LABEL, TYPE, View, node, string, typed, zh
from kg.graph.store import Term
from kg.graph.vocabulary import DCTERMS, KG, PROV, RDF, RDFS, SCHEMA, XSD

__all__ = [
    "decisions_on",
    "prove_decider",
    "prove_decision",
    "prove_fact_as_decided",
    "prove_figure_as_decided",
]

_USED, _BY = PROV + "used", PROV + "wasAssociatedWith"
_UNDO: Final = "take it back: kg undo, or build it again: kg build"


@lru_cache(10_000)
def _read(wording: str) -> Decision | None:
    """Return the decision that a wording is, None for what is none."""
    try:
        (found,) = decisions_in(wording.encode("utf-8", "surrogatepass"), "graph")
    except (DecisionError, ValueError):
        return None
    return found if toml_of(found) == wording else None


def decisions_on(view: View, iri: str) -> tuple[Decision, ...]:
    """Return the decisions that a node is as it is by."""
    found = (_read(view.word(each, WORDING)) for each in view.nodes(iri, INFLUENCED))
    return tuple(each for each in found if each is not None)


def prove_figure_as_decided(at: Node) -> Iterator[Fault]:
    """Yield where a figure that people corrected is not what they said."""
    for each in decisions_on(at.view, at.iri):
        if each.verdict == "figure":
            value = None if each.value is None else plain(each.value)
            wanted = {SCHEMA + "value": value, SCHEMA + "unitText": each.unit, KG + "measured": each.label}
            yield from _as_decided(at, wanted, each)


def prove_fact_as_decided(at: Node) -> Iterator[Fault]:
    """Yield where a fact that people stated or corrected is not what they said."""
    for each in decisions_on(at.view, at.iri):
        said = each.to if each.verdict == "change" else each.fact if each.verdict == "add" else None
        if said is None:
            continue
        role = (said.role or "") if each.verdict == "add" else said.role
        status = (said.status or "asserted") if each.verdict == "add" else said.status
        wanted = {
            RDF + "predicate": KG + said.predicate if said.predicate else None,
            KG + "status": KG + status if status else None,
            SCHEMA + "roleName": role,
        }
        yield from _as_decided(at, wanted, each)


def _as_decided(at: Node, wanted: Mapping[str, str | None], decision: Decision) -> Iterator[Fault]:
    for predicate, value in wanted.items():
        has = at.view.word(at.iri, predicate) or at.view.node(at.iri, predicate)
        if value is not None and has != value:
            yield at.fault(predicate, f"says {has!r}, and the decision {decision.id!r} says {value!r}", _UNDO)


def prove_decision(at: Node) -> Iterator[Fault]:
    """Yield what is wrong with a decision: it is not what its wording says, or is about what it is not."""
    view, wording = at.view, at.view.word(at.iri, WORDING)
    decision = _read(wording)
    if decision is None:
        yield at.fault(WORDING, "is no decision that kg can read", _UNDO)
        return
    yield from at.named(at.iri, decision_iri(wording, at.base))
    found = ANCHORED not in view.of(at.iri)
    articles = {made_iri(at.base, "a", sha256) for sha256 in decision.articles}
    wanted: dict[str, Set[Term]] = {
        LABEL: {zh(says(decision))},
        TYPE: {node(KG + "Decision"), node(PROV + "Activity")},
        DCTERMS + "identifier": {string(decision.id)},
        KG + "verdict": {string(decision.verdict)},
        WORDING: {string(wording)},
        _USED: {node(each) for each in view.nodes(at.iri, _USED) if each in articles and view.is_there(each)},
        DCTERMS + "date": {typed(decision.on.isoformat(), XSD + "date")} if decision.on else set(),
        RDFS + "comment": {string(decision.note)} if decision.note else set(),
        _BY: {node(made_iri(at.base, "j", decision.by))} if decision.by else set(),
        ANCHORED: set() if found else {typed("false", XSD + "boolean")},
    }
    yield from at.compare({predicate: values for predicate, values in wanted.items() if values})
    if not found and view.into(at.iri, INFLUENCED):
        yield at.fault(ANCHORED, "was about nothing here, and something is as it is by it", _UNDO)


def prove_decider(at: Node) -> Iterator[Fault]:
    """Yield what is wrong with who decided: the name, that no decision is theirs."""
    yield from at.named(at.iri, made_iri(at.base, "j", at.label))
    yield from at.compare({LABEL: {string(at.label)}, TYPE: {node(PROV + "Agent")}})
    if not at.view.into(at.iri, _BY):
        yield at.fault("", "no decision is of this one")
