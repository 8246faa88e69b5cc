from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.figures.numeral import plain, read_number, render


@given(st.integers(min_value=0, max_value=10**16))
def test_a_rendered_number_reads_back(n: int) -> None:
    number = read_number(render(n))
    assert number is not None
    assert number.value == n
    assert not number.vague


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(["", "万", "亿"]))
def test_arabic_digits_with_a_scale_are_exact(value: Decimal, scale: str) -> None:
    number = read_number(f"{value:.2f}{scale}")
    assert number is not None
    assert number.value == value * {"": 1, "万": 10**4, "亿": 10**8}[scale]


@given(st.integers(min_value=0, max_value=10**12))
def test_thousands_separators_and_full_width_digits_change_nothing(n: int) -> None:
    written = f"{n:,}"
    full_width = written.translate(str.maketrans("0123456789,", "０１２３４５６７８９，"))
    for text in (written, full_width):
        number = read_number(text)
        assert number is not None
        assert number.value == n


@given(st.text(max_size=12))
def test_no_text_breaks_the_reader(text: str) -> None:
    read_number(text)
    assert len(plain(text)) == len(text)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("十二", "12"),
        ("一百零五", "105"),
        ("一百二十三万", "1230000"),
        ("二〇二二", "2022"),
        ("十二点零七", "12.07"),
        ("一点五亿", "150000000"),
        ("三百五", "350"),
        ("一万二", "12000"),
        ("三百五十万", "3500000"),
        ("12万亿", "12000000000000"),
        ("1.2亿", "120000000"),
        ("1亿2千万", "120000000"),
        ("3万5千", "35000"),
        ("１２０亿", "12000000000"),
        ("13.85 亿", "1385000000"),
        ("两", "2"),
        ("叁拾", "30"),
        ("一万零三", "10003"),
    ],
)
def test_numerals_of_every_kind_have_their_value(written: str, value: str) -> None:
    number = read_number(written)
    assert number is not None
    assert number.value == Decimal(value)


@pytest.mark.parametrize(
    ("written", "value"),
    [("两千余", 2000), ("十几", 10), ("数百", 100), ("上万", 10000), ("几十", 10), ("5千多", 5000)],
)
def test_a_vague_word_inside_is_remembered(written: str, value: int) -> None:
    number = read_number(written)
    assert number is not None
    assert number.value == value
    assert number.vague


@pytest.mark.parametrize("written", ["", "点", "甲", "十二点", "万点", "1点x"])
def test_what_is_no_numeral_has_no_value(written: str) -> None:
    assert read_number(written) is None
