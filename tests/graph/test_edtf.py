"""Dates in EDTF."""

from __future__ import annotations

import pytest

from kg.graph.edtf import days, precision, spoken


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2018", "2018-01-01", "2018-12-31"),
        ("2022-06", "2022-06-01", "2022-06-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2022-06-22", "2022-06-22", "2022-06-22"),
        ("2021/2023", "2021-01-01", "2023-12-31"),
        ("2021-03/2021-05-04", "2021-03-01", "2021-05-04"),
        ("2021/..", "2021-01-01", ""),
        ("../2021", "", "2021-12-31"),
        ("2021/", "2021-01-01", ""),
        ("2022-02-30", "", ""),
        ("202X", "", ""),
        ("2022?", "2022-01-01", "2022-12-31"),
    ],
)
def test_a_date_has_a_first_and_a_last_day(edtf: str, first: str, last: str) -> None:
    assert days(edtf) == (first, last)


@pytest.mark.parametrize(
    ("edtf", "exact"),
    [
        ("2018", "year"),
        ("2018-05", "month"),
        ("2018-05-01", "day"),
        ("2018/2019", "period"),
        ("201X", "period"),
    ],
)
def test_a_date_is_as_exact_as_it_is_written(edtf: str, exact: str) -> None:
    assert precision(edtf) == exact


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2018", "2018年"),
        ("2018-05", "2018年5月"),
        ("2018-05-01", "2018年5月1日"),
        ("2018/2019-02", "2018年至2019年2月"),
        ("201X", "201X"),
    ],
)
def test_a_date_is_said_in_chinese(edtf: str, words: str) -> None:
    assert spoken(edtf) == words
