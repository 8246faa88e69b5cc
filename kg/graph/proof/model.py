"""What a language model, a proposal of one that was refused, and what names a model must say."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Final

from kg.base.model import Refused
from kg.graph import literal
from kg.graph.proof.fault import Fault, Node
from kg.graph.proof.view import LABEL, TYPE, en, integer, node, string, zh
from kg.graph.proposed import (
    AGREED_BY,
    PROPOSED_BY,
    PROPOSED_FOR,
    TRIGGER,
    model_iri,
    refused_iri,
    refused_label,
)
from kg.graph.store import Term
from kg.graph.vocabulary import KG, PROV, RDFS
from kg.propose.reasons import REASONS

__all__ = ["models_of", "prove_model", "prove_refused"]

_REASON, _START, _END = KG + "reason", KG + "passageStart", KG + "passageEnd"
_PARTS: Final = ("proposedSubject", "proposedPredicate", "proposedObject", "proposedQuote")
_COMMENT: Final = RDFS + "comment"
_SHOWN: Final = 40


def models_of(at: Node) -> dict[str, Set[Term]]:
    """Return which models a fact or a thing may name as having found it, and by which words: those that are there."""
    view = at.view
    found: dict[str, Set[Term]] = {
        predicate: {
            node(each)
            for each in view.nodes(at.iri, predicate)
            if Node.at(view, each).kind == "i" and view.is_there(each)
        }
        for predicate in (PROPOSED_BY, AGREED_BY)
    }
    found[TRIGGER] = set(map(string, view.words(at.iri, TRIGGER)))
    return {predicate: values for predicate, values in found.items() if values}


def prove_refused(at: Node) -> Iterator[Fault]:
    """Yield what is wrong with a proposal that was refused: its reason, its article, its passage."""
    view = at.view
    article, model = view.node(at.iri, PROPOSED_FOR), view.node(at.iri, PROPOSED_BY)
    reason = view.word(at.iri, _REASON)
    if not view.is_there(article) or not view.is_there(model):
        yield at.fault(PROPOSED_FOR, "was proposed for no article, or by no model, that is there")
        return
    if reason not in REASONS:
        yield at.fault(_REASON, f"there is no reason {reason[:_SHOWN]!r}")
        return
    source = view.source(article)
    subject, predicate, other, quote = (view.word(at.iri, KG + name) for name in _PARTS)
    ends = [literal.position(view.word(at.iri, each)) for each in (_START, _END)]
    start, end = ends
    if start is None or end is None or (source.text and not 0 <= start < end <= len(source.text.text)):
        yield at.fault(_START, "its passage does not stand in the text")
        return
    name = view.word(model, LABEL)
    own = Refused(name, reason, subject, predicate, other, quote, start, end)
    yield from at.named(at.iri, refused_iri(source.sha256, own, at.base))
    wanted: dict[str, Set[Term]] = {
        LABEL: {zh(refused_label(subject, predicate, other))},
        TYPE: {node(KG + "RefusedProposal")},
        _REASON: {string(reason)},
        _COMMENT: {zh(REASONS[reason][0]), en(REASONS[reason][1])},
        _START: {integer(start)},
        _END: {integer(end)},
        PROPOSED_BY: {node(model)},
        PROPOSED_FOR: {node(article)},
    }
    wanted |= {KG + each: {string(words)} for each in _PARTS if (words := view.word(at.iri, KG + each))}
    yield from at.compare(wanted)


def prove_model(at: Node) -> Iterator[Fault]:
    """Yield what is wrong with a language model: its name, that it proposed nothing."""
    yield from at.named(at.iri, model_iri(at.label, at.base))
    yield from at.compare({LABEL: {string(at.label)}, TYPE: {node(PROV + "SoftwareAgent")}})
    if not any(at.view.into(at.iri, each) for each in (PROPOSED_BY, AGREED_BY)):
        yield at.fault("", "it proposed nothing")
