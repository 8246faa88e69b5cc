"""From which probability what patterns state stands: few wrong facts count for more than many right ones."""

from __future__ import annotations

import pytest

from kg.base.model import Predicate
from kg.learn.material import Key
from kg.learn.relations import _vetoes, f_measure
from kg.learn.verdicts import Verdicts

PREDICATE: Predicate = "visited"


def _key(number: int) -> Key:
    return (number, f"s{number}", PREDICATE, f"o{number}")


def test_precision_weighs_more_than_recall() -> None:
    assert f_measure(0.8, 0.4) > f_measure(0.4, 0.8)
    assert f_measure(0.5, 0.5) == pytest.approx(0.5)
    assert f_measure(0.0, 0.0) == 0.0


def test_a_limit_refuses_what_is_mostly_wrong_though_a_few_right_ones_go_with_it() -> None:
    sure_and_right, unsure_right, unsure_wrong = range(20), range(20, 28), range(28, 38)
    asked = [*sure_and_right, *unsure_right]
    verdicts = Verdicts(
        tuple((PREDICATE, frozenset({_key(number)})) for number in asked),
        frozenset(map(_key, asked)),
        frozenset(),
    )
    likely = {_key(n): 0.9 for n in sure_and_right} | {_key(n): 0.3 for n in [*unsure_right, *unsure_wrong]}
    assert _vetoes(verdicts, likely, set(likely), 0.58)[PREDICATE] > 0.3


def test_a_limit_costs_nothing_where_what_is_unlikely_is_right() -> None:
    asked = range(30)
    verdicts = Verdicts(
        tuple((PREDICATE, frozenset({_key(number)})) for number in asked),
        frozenset(map(_key, asked)),
        frozenset(),
    )
    likely = {_key(n): 0.9 if n % 2 else 0.1 for n in asked}
    assert _vetoes(verdicts, likely, set(likely), 0.58)[PREDICATE] <= 0.1
