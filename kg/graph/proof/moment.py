"""What a date must say: what its surface says, read again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from datetime import date
from typing import Final

from kg.base.late import late
from kg.base.model import Span
from kg.figures.date_forms import FORMS, Context, Day
from kg.figures.numeral import plain
from kg.figures.tied import dates_words
from kg.graph.edtf import days, precision, spoken
from kg.graph.iri import made_iri
from kg.graph.proof.fault import INFLUENCED, Fault, Node
from kg.graph.proof.figure import readings
from kg.graph.proof.view import LABEL, TYPE, Text, node, string, typed, zh
from kg.graph.store import Term
from kg.graph.vocabulary import EDTF, KG, PROV, TIME, XSD

__all__ = ["prove_moment"]

_SURFACE, _EDTF, _DERIVED_FROM = KG + "surface", KG + "edtf", PROV + "wasDerivedFrom"
_AROUND: Final = 12  # characters beside a date that its form may depend on
_NEAR: Final = 3  # years from the article's date that its words may mean: 大前年, 大后年
_OPEN: Final = late(r"/(?:\.\.)?$")
_FIRST: Final = late(r"(\d{4})(?:-(\d\d))?")


def prove_moment(at: Node) -> Iterator[Fault]:
    """Yield what is wrong with a date: its days, its precision, that its surfaces do not say it."""
    view, edtf = at.view, at.view.word(at.iri, _EDTF)
    places = {each: view.place(each) for each in view.nodes(at.iri, _DERIVED_FROM)}
    sources = {place.article: view.source(place.article) for place in places.values() if place}
    if len(sources) != 1 or not edtf:
        yield at.fault("", "no date with a surface in one article")
        return
    (source,) = sources.values()
    yield from at.named(at.iri, made_iri(at.base, "t", source.sha256, edtf))
    first, last = days(edtf)
    surfaces = set(view.words(at.iri, _SURFACE))
    if source.text is not None:
        surfaces = {place.span.of(source.text.text) for place in places.values() if place}
    wanted: dict[str, Set[Term]] = {
        LABEL: {zh(spoken(edtf))},
        TYPE: {node(TIME + "ProperInterval")},
        _EDTF: {typed(edtf, EDTF)},
        KG + "precision": {string(precision(edtf))},
        _SURFACE: set(map(string, surfaces)),
        _DERIVED_FROM: set(map(node, places)),
    }
    for name, day in (("firstDay", first), ("lastDay", last)):
        if day:
            wanted[KG + name] = {typed(day, XSD + "date")}
    yield from at.compare(wanted)
    if source.text is None or INFLUENCED in view.of(at.iri):
        return
    for place in places.values():
        if place and not _says(source.text, source.published, place.span, edtf):
            yield at.fault(_EDTF, f"says {edtf}, which {place.span.of(source.text.text)!r} does not say")


def _says(text: Text, published: date | None, span: Span, edtf: str) -> bool:
    """Say whether a surface can be read as a date: by itself, or with the year that the article or its text gives.

    A period that is open at one end (2008/..) is the date at its other end, from which or up to which something lasts.
    """
    edtf = edtf.removeprefix("../") if edtf.startswith("../") else _OPEN.sub("", edtf)
    around = Span(max(0, span.start - _AROUND), min(len(text.text), span.end + _AROUND))
    contexts = list(_contexts(text, published, edtf))
    for words, inner in (*readings(text, span, around), *readings(text, span, span)):
        for pattern, reader, _ in FORMS:
            for match in pattern.finditer(plain(words)):
                if match.span() == (inner.start, inner.end) and any(
                    reader(match, make()) == edtf for make in contexts
                ):
                    return True
    return False


def _contexts(text: Text, published: date | None, edtf: str) -> Iterator[Callable[[], Context]]:
    """Yield what a shortened date may be completed from: the article's date, or the year of the date itself where it is told."""
    for future in (False, True):
        yield lambda future=future: Context(published, future=future)  # type: ignore[misc]
    found = _FIRST.match(edtf)
    if not found:
        return
    year, month = int(found[1]), int(found[2] or 0)
    if not _is_told(text, published, year):
        return
    for told in (Day(year, month), Day(year), Day(year - 1, month)):
        yield lambda told=told: Context(  # type: ignore[misc]
            published, last=Day(year, month), anchor=Day(year), told=told
        )


def _is_told(text: Text, published: date | None, year: int) -> bool:
    """Say whether a year stands in the text, in one of the ways to write it, or is near the article's."""
    if published and abs(published.year - year) <= _NEAR:
        return True
    words = plain(text.simple(text.bare))
    for other in (year, year - 1, year + 1):
        digits = str(other)
        chinese = "".join("〇一二三四五六七八九"[int(digit)] for digit in digits)
        if digits in words or chinese in words.replace("零", "〇") or f"{digits[2:]}年" in words:
            return True
    return any(era in words for era in dates_words("counted").data)
