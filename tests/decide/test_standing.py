"""Which decisions stand, and each kind of contradiction, named with both ids and lines."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kg.base.errors import DecisionError
from kg.base.language import catalogue
from kg.base.model import Span
from kg.decide.model import Change, Decision, EntityAnchor, FactAnchor, FigureAnchor
from kg.decide.standing import check, standing, unknown_withdrawals


def anchor(at: int, words: str = "李明") -> EntityAnchor:
    return EntityAnchor("a" * 64, Span(at, at + 2), words)


A, B, C, D = (anchor(at) for at in (1, 10, 20, 30))
FACT = FactAnchor("a" * 64, "holdsPosition", A, B, Span(0, 12), "李明任甲厂厂长")
FIGURE = FigureAnchor("a" * 64, Span(20, 24), "126名")


def numbered(*decisions: Decision) -> list[Decision]:
    return [replace(each, id=each.id or f"d{at + 1}", line=10 * at + 1) for at, each in enumerate(decisions)]


def same(a: EntityAnchor, b: EntityAnchor) -> Decision:
    return Decision("", "same", a=a, b=b)


CONTRADICTIONS = {
    "same and apart": (same(A, B), Decision("", "apart", a=B, b=A)),
    "same and unsure": (same(A, B), Decision("", "unsure", a=B, b=A)),
    "apart through third things": (Decision("", "apart", a=A, b=D), same(C, D), same(B, C), same(A, B)),
    "right and wrong": (Decision("", "confirm", fact=FACT), Decision("", "reject", fact=FACT)),
    "right and corrected": (
        Decision("", "confirm", fact=FACT),
        Decision("", "change", fact=FACT, to=Change(role="x")),
    ),
    "two corrections": (
        Decision("", "change", fact=FACT, to=Change(role="厂长")),
        Decision("", "change", fact=FACT, to=Change(role="书记")),
    ),
    "two names": (Decision("", "name", a=A, label="李明明"), Decision("", "name", a=A, label="李明月")),
    "two types": (Decision("", "type", a=A, type="Person"), Decision("", "type", a=A, type="Place")),
    "two codes": (Decision("", "code", a=A, code="430600"), Decision("", "code", a=A, code="")),
    "a name and no thing": (Decision("", "name", a=A, label="李明明"), Decision("", "no-entity", a=A)),
    "one with no thing": (Decision("", "no-entity", a=B), same(A, B)),
    "two meanings": (
        Decision("", "alias", words="中金", means="中金公司", type="Organization"),
        Decision("", "alias", words="中金", means="中国黄金", type="Organization"),
    ),
    "a meaning and no thing": (
        Decision("", "alias", words="中金", means="中金公司", type="Organization"),
        Decision("", "no-entity", words="中金", type="Organization"),
    ),
    "two values": (
        Decision("", "figure", figure=FIGURE, value=Decimal(1)),
        Decision("", "figure", figure=FIGURE, value=Decimal(2)),
    ),
    "two owners": (
        Decision("", "figure", figure=FIGURE, owner=A),
        Decision("", "figure", figure=FIGURE, owner=B),
    ),
    "a figure right and wrong": (
        Decision("", "reject", figure=FIGURE),
        Decision("", "confirm", figure=FIGURE),
    ),
    "withdrawals in a ring": (
        Decision("d1", "withdraw", of="d2"),
        Decision("d2", "withdraw", of="d1"),
    ),
}


@pytest.mark.parametrize("kind", CONTRADICTIONS)
def test_each_kind_of_contradiction_names_both_ids_and_lines(kind: str) -> None:
    decisions = numbered(*CONTRADICTIONS[kind])

    for own in (decisions, decisions[::-1]):
        with pytest.raises(DecisionError) as caught:
            check(own, "decisions.toml")
        first, last = decisions[0], decisions[-1]
        assert caught.value.where == f"decisions.toml:{last.line}"
        assert f"'{last.id}' contradicts '{first.id}' in line {first.line}: " in caught.value.what
        assert caught.value.what.partition(": ")[2] in catalogue()


@pytest.mark.parametrize("kind", [each for each in CONTRADICTIONS if each != "withdrawals in a ring"])
def test_what_is_withdrawn_contradicts_nothing(kind: str) -> None:
    decisions = numbered(*CONTRADICTIONS[kind])
    last = decisions[-1]

    check([*decisions, Decision("w1", "withdraw", of=last.id)], "decisions.toml")


def test_the_same_said_twice_and_parts_of_one_correction_go_together() -> None:
    check(
        numbered(
            same(A, B),
            same(B, A),
            Decision("", "apart", a=A, b=C),
            Decision("", "change", fact=FACT, to=Change(role="厂长")),
            Decision("", "change", fact=FACT, to=Change(status="planned", role="厂长")),
            Decision("", "figure", figure=FIGURE, value=Decimal(1)),
            Decision("", "figure", figure=FIGURE, value=Decimal("1.0"), unit="名"),
        ),
        "x",
    )


def test_a_withdrawal_that_is_withdrawn_takes_nothing_back() -> None:
    decisions = numbered(
        same(A, B),
        Decision("w1", "withdraw", of="d1"),
        Decision("w2", "withdraw", of="w1"),
        Decision("w3", "withdraw", of="d9"),
    )

    assert [each.id for each in standing(decisions)] == ["d1"]
    assert standing(decisions[:2]) == ()
    assert [each.id for each in unknown_withdrawals(decisions)] == ["w3"]
