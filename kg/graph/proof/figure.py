"""What a figure must say: what its surface says, read again."""

from __future__ import annotations

from collections.abc import Iterator, Set
from decimal import Decimal
from typing import Final

from kg.base.late import late
from kg.base.model import BY_HAND, Span
from kg.figures.quantity import find_quantities
from kg.figures.unit import Quantity
from kg.graph.iri import made_iri
from kg.graph.iri import plain as written
from kg.graph.literal import position
from kg.graph.proof.fault import INFLUENCED, Fault, Node
from kg.graph.proof.view import LABEL, TYPE, Place, Source, Text, decimal, integer, node, number, string, zh
from kg.graph.rdf import units
from kg.graph.store import Term
from kg.graph.vocabulary import KG, PROV, QUDT, SCHEMA, TIME, UNIT
from kg.text.folding import Draft, fold_characters

__all__ = [
    "article_of_figure",
    "dated_by",
    "prove_figure",
    "readings",
    "runs_of",
    "share",
    "surface_span",
]

_DERIVED_FROM, _GENERATED_BY = PROV + "wasDerivedFrom", PROV + "wasGeneratedBy"
_SURFACE, _START = KG + "surface", KG + "surfaceStart"
_VALUE, _UNIT, _OF = SCHEMA + "value", SCHEMA + "unitText", KG + "figureOf"
_MEASURED, _PATTERN = KG + "measured", KG + "pattern"
_CONFIDENCE, _TIME = KG + "confidence", TIME + "hasTime"
_CELL: Final = "table-cell"
_NOBODY: Final = "none"  # the end of a rule that found nobody whose the figure is
_AGE: Final = "年龄"
_BREAK: Final = late(r"[ \t\u3000]*\n[ \t\u3000]*")
_SCALES: Final = {1: "", 10**3: "千", 10**4: "万", 10**6: "百万", 10**7: "千万", 10**8: "亿", 10**12: "万亿"}


def surface_span(at: Node) -> Span | None:
    """Return where the surface of a figure stands."""
    start, surface = position(at.view.word(at.iri, _START)), at.view.word(at.iri, _SURFACE)
    return Span(start, start + len(surface)) if surface and start is not None else None


def article_of_figure(at: Node) -> Place | None:
    """Return the quote that a figure was read from."""
    places = [at.view.place(each) for each in at.view.nodes(at.iri, _DERIVED_FROM)]
    return places[0] if len(places) == 1 else None


def prove_figure(at: Node) -> Iterator[Fault]:
    """Yield what is wrong with a figure: its value, unit and bounds are not what its surface says, whose it is."""
    view, span, quote = at.view, surface_span(at), article_of_figure(at)
    value = number(view.word(at.iri, _VALUE))
    if span is None or quote is None or value is None:
        yield at.fault("", "no value with a surface in a quote")
        return
    source = view.source(quote.article)
    key = (source.sha256, str(span.start), str(span.end), written(value))
    yield from at.named(at.iri, made_iri(at.base, "n", *key))
    confidence = share(view.word(at.iri, _CONFIDENCE))
    if confidence is None:
        yield at.fault(_CONFIDENCE, "is no number from 0 to 1 with three decimals")
        return
    yield from at.compare(_figure(at, span, value) | {_CONFIDENCE: {decimal(confidence)}})
    decided = _is_corrected(at)
    yield from _whose(at, source, decided=decided)
    yield from dated_by(at, {source.iri})
    if source.text is None:
        return
    if span.of(source.text.text) != view.word(at.iri, _SURFACE) or not quote.span.holds(span):
        yield at.fault(_SURFACE, f"the text has {span.of(source.text.text)!r} at {span.start}")
        return
    yield from _beside(at, source.text.line(span))
    if not decided:
        yield from _read_again(at, source.text, span, quote.span, value)
        return
    from kg.graph.proof.decision import prove_figure_as_decided

    yield from prove_figure_as_decided(at)


def _beside(at: Node, line: Span) -> Iterator[Fault]:
    """Yield a date that does not stand in the line of its figure."""
    for time in at.view.nodes(at.iri, _TIME):
        places = [at.view.place(each) for each in at.view.nodes(time, _DERIVED_FROM)]
        if not any(place and line.holds(place.span) for place in places):
            yield at.fault(_TIME, "its date does not stand in its line")


def _is_corrected(at: Node) -> bool:
    """Say whether people decided what a figure says, or whose it is: its surface is proven, the rest they have said."""
    if INFLUENCED not in at.view.of(at.iri) or at.view.word(at.iri, _PATTERN) != BY_HAND:
        return False
    from kg.graph.proof.decision import decisions_on

    return any(each.verdict == "figure" for each in decisions_on(at.view, at.iri))


def _figure(at: Node, span: Span, value: Decimal) -> dict[str, Set[Term]]:
    """Return what a figure must say, with the words that ``_read_again`` and ``_whose`` look at."""
    view = at.view
    unit, modifier = view.word(at.iri, _UNIT), view.word(at.iri, KG + "modifier")
    measured, surface = view.word(at.iri, _MEASURED), view.word(at.iri, _SURFACE)
    currencies, known = units()
    currency = currencies.get(unit)
    wanted: dict[str, Set[Term]] = {
        LABEL: {zh(f"{measured} {surface}".strip())},
        TYPE: {node(SCHEMA + ("MonetaryAmount" if currency else "QuantitativeValue")), node(PROV + "Entity")},
        _VALUE: {decimal(value)},
        _SURFACE: {string(surface)},
        _START: {integer(span.start)},
        _GENERATED_BY: runs_of(at),
        _DERIVED_FROM: {node(each) for each in view.nodes(at.iri, _DERIVED_FROM)},
    }
    wanted |= {_UNIT: {string(unit)}} if unit else {KG + "noUnit": {string("not in the text")}}
    if currency:
        wanted |= {SCHEMA + "currency": {string(currency)}, QUDT + "hasUnit": {node(f"{UNIT}CCY_{currency}")}}
    elif unit in known:
        wanted[QUDT + "hasUnit"] = {node(UNIT + known[unit])}
    if modifier:
        wanted[KG + "modifier"] = {string(modifier)}
    if modifier in ("over", "under"):
        wanted[SCHEMA + ("minValue" if modifier == "over" else "maxValue")] = {decimal(value)}
    if measured:
        wanted[_MEASURED] = {string(measured)}
    if rule := view.word(at.iri, _PATTERN):
        wanted[_PATTERN] = {string(rule)}
    for name in (_OF, _TIME):
        if value_node := view.node(at.iri, name):
            wanted[name] = {node(value_node)}
    return wanted


def share(text: str) -> Decimal | None:
    """Return a confidence as a graph writes it; None where it is no number from 0 to 1 with three decimals."""
    value = number(text)
    return value if value is not None and 0 <= value <= 1 and value == round(value, 3) else None


def dated_by(at: Node, articles: Set[str]) -> Iterator[Fault]:
    """Yield a date that is of none of the articles."""
    for time in at.view.nodes(at.iri, _TIME):
        places = [at.view.place(each) for each in at.view.nodes(time, _DERIVED_FROM)]
        if not any(place and place.article in articles for place in places):
            yield at.fault(_TIME, "its date is not of the article of its evidence")


def runs_of(at: Node) -> Set[Term]:
    """Return the runs that made a node, those that are there; one that is missing stands for none."""
    runs = {node(each) for each in at.view.nodes(at.iri, _GENERATED_BY) if at.view.nodes(each, PROV + "used")}
    return runs or {string("a run of kg")}


def _whose(at: Node, source: Source, *, decided: bool) -> Iterator[Fault]:
    """Yield that the article does not name whose figure it is, or what is measured."""
    view, owner = at.view, at.view.node(at.iri, _OF)
    rule = view.word(at.iri, _PATTERN)
    if not rule:
        yield at.fault(_PATTERN, "nothing says how it was found")
    if owner and source.iri not in view.into(owner, SCHEMA + "mentions"):
        yield at.fault(_OF, f"the article does not name {view.word(owner, LABEL)!r}")
    if decided:
        return
    if owner and rule.endswith(f"/{_NOBODY}"):
        yield at.fault(_OF, "was found to be nobody's")
    if rule and not owner and not rule.endswith(f"/{_NOBODY}") and rule != _CELL:
        yield at.fault(_OF, "was found to be somebody's, and does not say whose")
    measured = view.word(at.iri, _MEASURED)
    is_there = source.text is None or source.text.characters.issuperset(measured)
    if measured != _AGE and not is_there:
        yield at.fault(_MEASURED, f"no text has the words {measured!r}")


def _read_again(at: Node, text: Text, span: Span, quote: Span, value: Decimal) -> Iterator[Fault]:
    """Yield where value, unit and modifier are not what the surface says."""
    view, rule = at.view, at.view.word(at.iri, _PATTERN)
    unit, modifier = view.word(at.iri, _UNIT), view.word(at.iri, KG + "modifier")
    if rule == _CELL:
        if not _in_cell(text, span, unit, value):
            yield at.fault(_VALUE, f"its cell {span.of(text.text)!r} does not say {written(value)}")
        return
    plain_unit, found = text.simple(unit), []
    for q in _quantities(text, span, quote):
        if (q.value, q.unit or "", q.modifier, q.form) == (
            value,
            plain_unit,
            modifier,
            rule.partition("/")[0],
        ):
            return
        found.append(q)
    if not found:
        yield at.fault(_SURFACE, f"{span.of(text.text)!r} is no figure")
        return
    same = next((q for q in found if q.value == value), found[0])
    for predicate, has, says in (
        (_VALUE, written(value), written(same.value)),
        (_UNIT, plain_unit, same.unit or ""),
        (KG + "modifier", modifier, same.modifier),
        (_PATTERN, rule.partition("/")[0], same.form),
    ):
        if has != says:
            yield at.fault(predicate, f"says {has!r}, and its surface {span.of(text.text)!r} says {says!r}")


def _quantities(text: Text, span: Span, quote: Span) -> Iterator[Quantity]:
    """Yield what the words under ``span`` are read as in their quote, or in their line: what a quote is cut by may be part of it."""
    for around in (quote, text.line(quote)):
        for words, inner in readings(text, span, around):
            yield from (q for q in find_quantities(words) if (q.start, q.end) == (inner.start, inner.end))


def readings(text: Text, span: Span, around: Span) -> Iterator[tuple[str, Span]]:
    """Yield the words around a surface as they are read, and where it stands in them: as written, and closed up."""
    words = around.of(text.plain)
    inner = Span(span.start - around.start, span.end - around.start)
    yield words, inner
    draft: Draft = fold_characters(words)
    draft.edit(_BREAK, lambda _: "")
    if draft.text != words:
        yield draft.text, draft.forward(inner)


def _in_cell(text: Text, span: Span, unit: str, value: Decimal) -> bool:
    """Say whether a cell says a value, by itself or by the unit in the head of its column."""
    found = find_quantities(span.of(text.plain))
    if len(found) != 1:
        return False
    q, plain_unit = found[0], text.simple(unit)
    if q.unit is not None:
        return (q.value, q.unit) == (value, plain_unit)
    return any(
        q.value * scale == value and word + plain_unit in text.plain for scale, word in _SCALES.items()
    )
