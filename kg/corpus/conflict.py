"""Where articles contradict each other: two at once in a post of one, two values of one measure, two founding dates, a denial.

A conflict lists its members and prefers none. What days, editions or rounding explain is none: other holders on other days are a
succession, 1.2亿 and 1.23亿 are one value. A conflict is also the best sign that two things were wrongly taken for one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import combinations
from typing import Final

from kg.base.late import late
from kg.base.model import Span
from kg.base.schema import schema
from kg.base.wordlist import read_words
from kg.corpus.fold import DENIED, STATUS, Folded
from kg.corpus.layer import EVIDENCE, LABEL, TYPE, Layer, Said, first_value, sentence_around, term, value_of
from kg.corpus.succession import Holding, holdings
from kg.figures.growth import is_growth
from kg.graph import literal
from kg.graph.edtf import days
from kg.graph.iri import made_iri
from kg.graph.vocabulary import KG, PREDICATE_LABELS, SCHEMA, SKOS, TIME

__all__ = ["Figures", "Measure", "Measured", "conflicts_of", "figures_in"]

_CONFLICT, _KIND, _ABOUT = f"<{KG}Conflict>", f"<{KG}conflictKind>", f"<{KG}conflictAbout>"
_MEMBER: Final = f"<{KG}conflictMember>"
_OWNER, _MEASURED, _MODIFIER = f"<{KG}figureOf>", f"<{KG}measured>", f"<{KG}modifier>"
_VALUE, _UNIT, _CURRENCY = f"<{SCHEMA}value>", f"<{SCHEMA}unitText>", f"<{SCHEMA}currency>"
_SURFACE: Final = f"<{KG}surface>"
_BOUNDS: Final = (_MODIFIER, f"<{SCHEMA}minValue>", f"<{SCHEMA}maxValue>")
_EDTF, _INTERVAL, _TIMED = f"<{KG}edtf>", f"<{TIME}ProperInterval>", f"<{TIME}hasTime>"
_NAMES: Final = frozenset((LABEL, f"<{SKOS}prefLabel>", f"<{SKOS}altLabel>"))
_VERSUS: Final = " / "
_DIGITS: Final = late(r"\d[\d,]*(?:\.\d+)?")
SHORTEST: Final = 4
"""Characters of what is measured that tell it from others: not 收入, but 营业收入."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A number that one article gives for a measure of something on a day."""

    node: str
    article: str
    value: Decimal
    label: str
    step: Decimal  # what its last written digit counts, 10 million for 1.2亿
    is_behind_point: bool  # that digit

    @classmethod
    def of(cls, node: str, article: str, value: Decimal, label: str, surface: str) -> Measured:
        """Return a number with its precision, which ``surface`` shows: how it is written."""
        digits = _DIGITS.search(surface)
        number = Decimal(digits.group().replace(",", "")) if digits else Decimal(0)
        scale = (abs(value) / number).normalize() if number else Decimal(1)
        if not digits or scale.as_tuple().digits != (1,):  # 三成, 1个半
            number, scale = value, Decimal(1)
        own = number if "." in number.to_eng_string() or not number else number.normalize()
        exponent = int(own.as_tuple().exponent)
        return cls(node, article, value, label, scale.scaleb(exponent), number != 0 and exponent < 0)

    def agrees(self, other: Measured) -> bool:
        """Say whether two numbers are one as far as the less exact goes, rounded or, behind its point, cut off."""
        rough, fine = (self, other) if self.step >= other.step else (other, self)
        apart = abs(rough.value - fine.value)
        return 2 * apart <= rough.step or (
            rough.is_behind_point and apart < rough.step and abs(fine.value) > abs(rough.value)
        )


Measure = tuple[str, str, str, str]
"""What makes figures comparable: owner, measure, unit and date."""

Figures = Mapping[Measure, Sequence[Measured]]
"""The figures that can be compared."""


def figures_in(layer: Layer, same: Mapping[str, str]) -> Iterator[tuple[Measure, Measured]]:
    """Yield the figures of an article that can be compared: exact, of a known owner, with a measure and a date."""
    moments = _moments(layer)
    for node, said in layer.nodes.items():
        owner, measured = first_value(said, _OWNER), first_value(said, _MEASURED)
        if not owner or any(first_value(said, each) for each in _BOUNDS):
            continue
        date, what = (
            _date_of(layer, said, moments),
            _measure(value_of(measured), layer.nodes.get(owner, ())),
        )
        if date and len(what) >= SHORTEST and not _is_vague(what):
            unit = first_value(said, _CURRENCY) or first_value(said, _UNIT)
            value, label, surface = (value_of(first_value(said, each)) for each in (_VALUE, LABEL, _SURFACE))
            own = Measured.of(node, layer.article, Decimal(value), label, surface)
            yield (same.get(owner, owner), what, unit, date), own


def _measure(measured: str, owner: Iterable[tuple[str, str]]) -> str:
    """Return what is measured without the name of whose it is: of 甲公司营业收入 the 营业收入."""
    names = {value_of(value) for name, value in owner if name in _NAMES}
    name = max((each for each in names if measured.startswith(each)), key=len, default="")
    return measured[len(name) :].removeprefix("的")


def _is_vague(what: str) -> bool:
    """Say whether what is measured is a growth of anything: 同比增长."""
    word = next((each for each in _compared() if what.startswith(each)), "")
    return is_growth(what[len(word) :])


@cache
def _compared() -> tuple[str, ...]:
    return read_words("language/figures.toml").words("compared")


def _moments(layer: Layer) -> list[tuple[Span, str]]:
    found = []
    for said in layer.nodes.values():
        if (TYPE, _INTERVAL) in said:
            spans = [layer.span(value) for name, value in said if name == EVIDENCE]
            edtf = value_of(first_value(said, _EDTF))
            found += [(span, edtf) for span in spans if span]
    return found


def _date_of(layer: Layer, said: Said, moments: Sequence[tuple[Span, str]]) -> str:
    """Return the one date in the clause of a figure, else the one before it in its sentence, "" where it is none or several."""
    for clause in (span for name, value in said if name == EVIDENCE and (span := layer.span(value))):
        before = Span(sentence_around(layer.text, clause).start, clause.end)
        for around in (clause, before):
            dates = {edtf for span, edtf in moments if around.holds(span)}
            if dates:
                return dates.pop() if len(dates) == 1 else ""
    return ""


def conflicts_of(
    folded: Sequence[Folded], figures: Figures, called: Mapping[str, str], base: str
) -> Iterator[str]:
    """Yield where articles contradict each other, as lines of N-Triples."""
    yield from _posts(folded, called, base)
    yield from _values(figures, called, base)
    yield from _dates(folded, called, base)
    yield from _denials(folded, called, base)


def _posts(folded: Iterable[Folded], called: Mapping[str, str], base: str) -> Iterator[str]:
    for (body, role), own in sorted(holdings(folded, called).items()):
        pairs = [pair for pair in combinations(own, 2) if _are_at_odds(*pair)]
        members = sorted({node for pair in pairs for holding in pair for node in holding.facts})
        people = sorted({called.get(holding.person, "") for pair in pairs for holding in pair})
        if members:
            label = f"{called.get(body, '')} {role}：{_VERSUS.join(people)}"
            yield from _lines("post", body, role, label, members, base)


def _are_at_odds(one: Holding, other: Holding) -> bool:
    return one.overlaps(other) and len(one.articles | other.articles) > 1


def _values(figures: Figures, called: Mapping[str, str], base: str) -> Iterator[str]:
    for owner, what, unit, date in sorted(figures):
        own = sorted(figures[owner, what, unit, date], key=lambda each: (each.article, each.node))
        if any(one.article != other.article and not one.agrees(other) for one, other in combinations(own, 2)):
            label = (
                f"{called.get(owner, '')} {date}：{_VERSUS.join(dict.fromkeys(each.label for each in own))}"
            )
            key = "|".join((what, unit, date))
            yield from _lines("value", owner, key, label.strip(), [each.node for each in own], base)


def _dates(folded: Iterable[Folded], called: Mapping[str, str], base: str) -> Iterator[str]:
    """Yield what happens once, with several dates that exclude each other."""
    for each in folded:
        fact = each.fact
        if fact.predicate not in schema().having("once") or not each.stands:
            continue
        dated = sorted({(one.date, one.first(_TIMED), one.article) for one in each.stated if one.date})
        if any(one[2] != other[2] and _exclude(one[0], other[0]) for one, other in combinations(dated, 2)):
            what = PREDICATE_LABELS[fact.predicate][0]
            dates = _VERSUS.join(dict.fromkeys(date for date, _, _ in dated))
            label = f"{called.get(fact.subject, '')} {what} {called.get(fact.object, '')}：{dates}"
            members = [each.node, *(moment for _, moment, _ in dated)]
            yield from _lines("date", fact.object, each.node, label, members, base)


def _denials(folded: Iterable[Folded], called: Mapping[str, str], base: str) -> Iterator[str]:
    """Yield what one article asserts and another denies, unless they give other dates."""
    groups: dict[tuple[str, str, str, str], list[Folded]] = defaultdict(list)
    for each in folded:
        fact = each.fact
        if each.stands or fact.first(STATUS) == DENIED:
            groups[fact.subject, fact.predicate, fact.object, fact.role].append(each)
    for (subject, predicate, value, role), own in sorted(groups.items()):
        asserted = [each for each in own if each.stands]
        denied = [each for each in own if not each.stands]
        pairs = [(one, other) for one in asserted for other in denied if _deny(one, other)]
        if pairs:
            members = sorted({each.node for pair in pairs for each in pair})
            what = f"{PREDICATE_LABELS[predicate][0]} {called.get(value, '')}" + (
                f"（{role}）" if role else ""
            )
            label = f"{called.get(subject, '')} {what}：陈述 / 否认"
            yield from _lines("denial", subject, "|".join((predicate, value, role)), label, members, base)


def _deny(asserted: Folded, denied: Folded) -> bool:
    return any(
        one.article != other.article and not _exclude(one.date, other.date)
        for one in asserted.stated
        for other in denied.stated
    )


def _exclude(one: str, other: str) -> bool:
    """Say whether two dates have no day in common; where one is open or unknown, nobody can say so."""
    first, second = days(one) if one else ("", ""), days(other) if other else ("", "")
    return all((*first, *second)) and (first[1] < second[0] or second[1] < first[0])


def _lines(kind: str, about: str, key: str, label: str, members: Sequence[str], base: str) -> Iterator[str]:
    this = term(made_iri(base, "z", kind, about, key))
    yield f"{this} {LABEL} {literal.zh(label)} ."
    yield f"{this} {TYPE} {_CONFLICT} ."
    yield f"{this} {_KIND} {literal.string(kind)} ."
    yield f"{this} {_ABOUT} {about} ."
    for member in dict.fromkeys(members):
        yield f"{this} {_MEMBER} {member} ."
