"""What a fact must say: its ends, its words, the passage that states it, and the plain triple it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import BY_HAND, BY_MODEL, Span
from kg.base.schema import MEMBERSHIP, WITHIN, ordered, schema
from kg.facts.pattern import Pattern, load_patterns
from kg.graph.iri import made_iri
from kg.graph.own import files_of_patterns
from kg.graph.proof.entity import PLAIN, names_of, place_code
from kg.graph.proof.fault import INFLUENCED, Fault, Node
from kg.graph.proof.figure import article_of_figure, dated_by, runs_of, share, surface_span
from kg.graph.proof.reference import references
from kg.graph.proof.term import files
from kg.graph.proof.view import (
    LABEL,
    TYPE,
    Place,
    Source,
    Text,
    bare,
    decimal,
    node,
    string,
    typed,
    zh,
)
from kg.graph.store import Term
from kg.graph.vocabulary import (
    KG,
    ONCE,
    ORG,
    PREDICATE_LABELS,
    PROV,
    RDF,
    SCHEMA,
    STATUSES,
    TIME,
    XSD,
    expanded,
    local_name,
)
from kg.names.gazetteer import gazetteer

__all__ = ["prove_fact"]

_SUBJECT, _PREDICATE, _OBJECT = RDF + "subject", RDF + "predicate", RDF + "object"
_STATUS, _CONFIDENCE, _PATTERN = KG + "status", KG + "confidence", KG + "pattern"
_ENDED, _DERIVED, _REPORTED_BY = KG + "ended", KG + "derived", KG + "reportedBy"
_DERIVED_FROM, _GENERATED_BY = PROV + "wasDerivedFrom", PROV + "wasGeneratedBy"
_ROLE, _ROLE_NODE, _TIME, _AMOUNT = SCHEMA + "roleName", ORG + "role", TIME + "hasTime", KG + "amount"
_STATEMENT: Final = (RDF + "Statement", PROV + "Entity")
_JUDGE: Final = "judge"  # what weighs pairs that no pattern states
_MODEL_SAYS: Final = frozenset(KG + name for name in ("proposedBy", "agreedBy", "trigger"))
_CODES: Final = "place-code"
_PATTERNS: Final = "set KG_DATA and KG_KNOWLEDGE as for the build, or build it again: kg build"
_SYMBOLS: Final = late("\\[[\ue000-\uf8ff]+\\]")  # a name in the shape of a pattern
_MARKS: Final = late(r"[\W_]+")  # what a title is read without: quotation marks, signs
_BRACKETS: Final = late(r"[（(\[【][^（()）\[\]【】]*[)）\]】]")
_STATED: Final = ("add", "change")
_SHOWN: Final = 40  # characters of a quote in a message
_TRIGGER: Final = "(?P<c>"


def prove_fact(at: Node) -> Iterator[Fault]:
    """Yield what is wrong with a fact: what it says, that its passage does not say it, that its plain triple is missing."""
    view = at.view
    subject, predicate, value = (view.node(at.iri, each) for each in (_SUBJECT, _PREDICATE, _OBJECT))
    ends = (subject, value)
    if predicate not in PLAIN or not all(end and view.is_there(end) for end in ends):
        yield at.fault("", "has no subject, predicate and object that are there")
        return
    if predicate == SCHEMA + WITHIN:
        yield from _within(at, ends)
    else:
        yield from _stated(at, local_name(predicate), ends)
    stands = view.node(at.iri, _STATUS) == KG + "asserted" and not view.words(at.iri, _ENDED)
    if stands and value not in view.nodes(subject, predicate):
        yield at.fault("", "is asserted, and its plain triple is missing")


# what the place codes say ---------------------------------------------------------------------------------------------


def _within(at: Node, ends: tuple[str, str]) -> Iterator[Fault]:
    """Yield what is wrong with where a place lies, by its code."""
    codes = [place_code(at.view, end) for end in ends]
    if not all(codes) or codes[1] not in gazetteer().parents(codes[0])[:1]:
        yield at.fault("", "the official codes do not say that one lies in the other")
        return
    yield from at.named(at.iri, made_iri(at.base, "f", f"<{ends[0]}>", WITHIN, f"<{ends[1]}>", "derived"))
    names = [gazetteer().official.get(code, code) for code in codes]
    label = f"{names[0]} {schema().derived[WITHIN].label.zh} {names[1]}"
    wanted = _statement(at, SCHEMA + WITHIN, ends, label, Decimal(1))
    wanted |= {_PATTERN: {string(_CODES)}, _DERIVED: {_true()}, _STATUS: {node(KG + "asserted")}}
    yield from at.compare(wanted)


def _statement(
    at: Node, predicate: str, ends: tuple[str, str], label: str, confidence: Decimal
) -> dict[str, Set[Term]]:
    return {
        LABEL: {zh(label)},
        TYPE: set(map(node, _STATEMENT)),
        _SUBJECT: {node(ends[0])},
        _PREDICATE: {node(predicate)},
        _OBJECT: {node(ends[1])},
        _CONFIDENCE: {decimal(confidence)},
        _GENERATED_BY: runs_of(at),
    }


def _true() -> Term:
    return typed("true", XSD + "boolean")


# what texts say -------------------------------------------------------------------------------------------------------


def _stated(at: Node, predicate: str, ends: tuple[str, str]) -> Iterator[Fault]:
    """Yield what is wrong with a fact that a text states."""
    view = at.view
    places = [place for each in view.nodes(at.iri, _DERIVED_FROM) if (place := view.place(each))]
    if not places:
        yield at.fault(_DERIVED_FROM, "has no evidence in a text")
        return
    if ordered(predicate, *ends) != ends:
        yield at.fault("", "its two ends stand in the wrong order")
    yield from _content(at, predicate, ends)
    quotes = [(view.source(place.article), place) for place in places]
    yield from _names(at, ends, quotes)
    yield from _qualifiers(at, quotes)
    texts = [(source.text, place.span) for source, place in quotes if source.text]
    if _by_hand(at):
        if BY_HAND not in at.view.words(at.iri, _PATTERN):
            yield at.fault(_PATTERN, "was stated by hand, and does not say so")
        from kg.graph.proof.decision import prove_fact_as_decided

        yield from prove_fact_as_decided(at)
    elif len(texts) == len(quotes):
        yield from _said(at, predicate, ends, texts)
        if _is_of_model(at):
            from kg.graph.proof.proposed import prove_proposed

            yield from prove_proposed(at, ends, texts)


def _is_of_model(at: Node) -> bool:
    """Say whether a fact is one that a language model found, or says so."""
    is_proposed = at.view.node(at.iri, _STATUS) == KG + "proposed"
    return (
        is_proposed or BY_MODEL in at.view.words(at.iri, _PATTERN) or KG + "proposedBy" in at.view.of(at.iri)
    )


def _by_hand(at: Node) -> bool:
    """Say whether people decided what a fact states: its quote is proven, and that it says this they have said."""
    if INFLUENCED not in at.view.of(at.iri):
        return False
    from kg.graph.proof.decision import decisions_on

    return any(each.verdict in _STATED for each in decisions_on(at.view, at.iri))


def _said(
    at: Node, predicate: str, ends: tuple[str, str], texts: Sequence[tuple[Text, Span]]
) -> Iterator[Fault]:
    """Yield what the quotes, and what stands before them, do not say of a fact: its ends, its words, the title.

    Each quote names an end, has a word that stands for one (他, 该公司), or the words that state the fact; the other end may
    be carried there.
    """
    names = [bare(name) for end in ends for name in names_of(at.view, end)]
    role = _MARKS.sub("", at.view.word(at.iri, _ROLE))
    patterns = [load_patterns().by_id.get(name) for name in at.view.words(at.iri, _PATTERN)]
    cues = [cue for pattern in patterns if pattern for cue in pattern.cues]
    has_role = False
    told_apart = any(INFLUENCED in at.view.of(end) for end in ends)  # a name may have gone to another
    for text, span in texts:
        quote = bare(span.of(text.text))
        says_role = bool(role) and any(
            role in _MARKS.sub("", words) for words in (quote, _BRACKETS.sub("", quote))
        )
        has_role = has_role or says_role
        is_named = says_role or told_apart or any(name in quote for name in names)
        plain = text.simple(quote)
        if not (is_named or any(cue in plain for cue in cues) or references().search(plain)):
            yield at.fault(_DERIVED_FROM, f"its quote {quote[:_SHOWN]!r} has neither a name nor a word of it")
    yield from _triggers(at, predicate, texts)
    if role and not has_role:
        yield at.fault(_ROLE, f"its quote does not say {role!r}")


def _content(at: Node, predicate: str, ends: tuple[str, str]) -> Iterator[Fault]:
    """Yield where a fact says something else than its content makes: its IRI, its label, its class."""
    view, role, status = at.view, at.view.word(at.iri, _ROLE), local_name(at.view.node(at.iri, _STATUS))
    time, amount = view.node(at.iri, _TIME), view.node(at.iri, _AMOUNT)
    edtf = view.word(time, KG + "edtf") if time else ""
    key = (ends[0], predicate, ends[1], role, edtf, amount, status)
    yield from at.named(at.iri, made_iri(at.base, "f", *key))
    if status not in STATUSES:
        yield at.fault(_STATUS, "is of no status of the vocabulary")
    confidence = share(view.word(at.iri, _CONFIDENCE))
    if confidence is None:
        yield at.fault(_CONFIDENCE, "is no number from 0 to 1 with three decimals")
        return
    is_ended = bool(view.words(at.iri, _ENDED))
    one, other = (view.word(end, LABEL) for end in ends)
    label = f"{one} {ONCE[0] * is_ended}{PREDICATE_LABELS[predicate][0]} {other}" + (
        f"（{role}）" if role else ""
    )
    wanted = _statement(at, KG + predicate, ends, label, confidence)
    wanted |= {
        _STATUS: {node(f"{KG}{status}")},
        _PATTERN: set(map(string, view.words(at.iri, _PATTERN))),
        _DERIVED_FROM: {node(each) for each in view.nodes(at.iri, _DERIVED_FROM) if view.place(each)},
        _REPORTED_BY: set(map(node, view.nodes(at.iri, _REPORTED_BY))),
    }
    if _MODEL_SAYS.intersection(view.of(at.iri)):
        from kg.graph.proof.model import models_of

        wanted |= models_of(at)
    wanted |= {_ENDED: {_true()}} if is_ended else {}
    wanted |= files(files_of_patterns(view.words(at.iri, _PATTERN)))
    wanted |= {name: {node(each)} for name, each in ((_TIME, time), (_AMOUNT, amount)) if each}
    if role:
        wanted[_ROLE] = {string(role)}
    fact_class = schema().predicates[predicate].fact_class
    if fact_class:
        wanted[TYPE] = {*wanted[TYPE], node(expanded(fact_class))}
    if fact_class == MEMBERSHIP:
        wanted |= {ORG + "member": {node(ends[0])}, ORG + "organization": {node(ends[1])}}
        if role:
            wanted[_ROLE_NODE] = {node(made_iri(at.base, "r", role))}
    yield from at.compare(wanted)


def _names(at: Node, ends: tuple[str, str], quotes: Sequence[tuple[Source, Place]]) -> Iterator[Fault]:
    """Yield each end that the article of the evidence does not name.

    Where it names one may be far from the quote: what is carried there, the country or body that the whole article is of.
    """
    view, sources = at.view, {source.iri for source, _ in quotes}
    for end, predicate in zip(ends, (_SUBJECT, _OBJECT), strict=True):
        if not any(article in view.into(end, SCHEMA + "mentions") for article in sources):
            yield at.fault(predicate, f"the article of its evidence does not name {view.word(end, LABEL)!r}")


def _qualifiers(at: Node, quotes: Sequence[tuple[Source, Place]]) -> Iterator[Fault]:
    """Yield what is wrong with the date, the amount and the sources of a fact: they are of another article, or nowhere."""
    view, articles = at.view, {source.iri for source, _ in quotes}
    yield from dated_by(at, articles)
    for amount in view.nodes(at.iri, _AMOUNT):
        figure = Node.at(view, amount)
        span, quote = surface_span(figure), article_of_figure(figure)
        if not (
            span
            and quote
            and any(quote.article == place.article and place.span.holds(span) for _, place in quotes)
        ):
            yield at.fault(_AMOUNT, "its amount does not stand in its quote")
    for agent in view.nodes(at.iri, _REPORTED_BY):
        is_named = any(article in view.into(agent, SCHEMA + "mentions") for article in articles)
        if (not is_named and Node.at(view, agent).kind != "s") or not view.is_there(agent):
            yield at.fault(_REPORTED_BY, "who reports it is not named in the article of its evidence")


def _triggers(at: Node, predicate: str, texts: Sequence[tuple[Text, Span]]) -> Iterator[Fault]:
    """Yield each pattern that is none of this relation, or whose words stand neither in a quote nor before it in its line.

    A verb may be carried through a list: 历任甲局局长；乙局局长.
    """
    said = [bare(Span(text.line(span).start, span.end).of(text.plain)) for text, span in texts]
    found = at.view.words(at.iri, _PATTERN)
    if not found:
        yield at.fault(_PATTERN, "nothing says how it was found")
    for name in found:
        pattern = load_patterns().by_id.get(name)
        if name in (_JUDGE, BY_MODEL):
            continue
        if pattern is None:
            yield at.fault(_PATTERN, f"no pattern of this kg is called {name!r}", _PATTERNS)
        elif pattern.predicate != predicate:
            yield at.fault(_PATTERN, f"the pattern {name!r} states {pattern.predicate}, not {predicate}")
        elif not any(_has_trigger(pattern, words) for words in said):
            yield at.fault(
                _PATTERN, f"neither its quote nor its line has a word that the pattern {name!r} looks for"
            )


def _has_trigger(pattern: Pattern, quote: str) -> bool:
    if pattern.cues:
        clear = _MARKS.sub("", quote)
        return any(cue in quote or cue in clear for cue in pattern.cues)
    words = _trigger_of(pattern.shape.pattern) if pattern.shape else None
    return words is None or words.search(quote) is not None


@cache
def _trigger_of(shape: str) -> re.Pattern[str] | None:
    """Return what a shape says is the word that states the relation, where it says so; a name is any character."""
    start = shape.find(_TRIGGER)
    if start < 0:
        return None
    depth, at, in_class = 0, start, False
    while at < len(shape):
        character = shape[at]
        if character == "\\":
            at += 1
        elif in_class:
            in_class = character != "]"
        elif character == "[":
            in_class = True
        elif character in "()":
            depth += 1 if character == "(" else -1
            if not depth:
                break
        at += 1
    return late(_SYMBOLS.sub(".", shape[start : at + 1]))
