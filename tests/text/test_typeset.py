"""Placed words become lines and paragraphs; furniture of sheets goes."""

from __future__ import annotations

from collections.abc import Sequence

from kg.text.formats.sheet import Piece, Sheet
from kg.text.formats.typeset import set_text

SIZE = 10.0


def piece(words: str, x: float, y: float, size: float = SIZE) -> Piece:
    """Return words whose characters are as wide as high, on the line at ``y``."""
    return Piece(words, x, y, x + size * len(words), y + size, size)


def text(*sheets: Sequence[Piece], height: float = 800) -> str:
    return set_text([Sheet(number, height, pieces) for number, pieces in enumerate(sheets, 1)]).text


def prose(x: float = 100, y: float = 200) -> list[Piece]:
    """Return a paragraph of three lines, its first one set in."""
    return [
        piece("海川公司与明德大学在江城签署协议", x + 20, y),
        piece("双方将共建实验室，总投资三亿元，项", x, y + 16),
        piece("目明年开工。", x, y + 32),
    ]


def test_lines_are_joined_where_they_are_full_and_the_next_is_not_set_in() -> None:
    assert (
        text([*prose(), *prose(y=248)]).splitlines()
        == ["海川公司与明德大学在江城签署协议双方将共建实验室，总投资三亿元，项目明年开工。"] * 2
    )


def test_a_paragraph_goes_on_over_the_end_of_a_page_and_keeps_both_pages() -> None:
    first, second = prose()[:2], [prose()[2], *prose(y=248)]

    found = set_text([Sheet(1, 800, first), Sheet(2, 800, second)])

    assert found.leaves is not None
    line = found.text.splitlines()[0]
    assert line.endswith("项目明年开工。")
    assert found.leaves.at(line.index("项")) == 1
    assert found.leaves.at(line.index("目明")) == 2


def test_repeated_heads_feet_and_numbers_of_pages_are_left_out() -> None:
    sheets = [
        [piece("江城日报", 100, 20), *prose(), piece("第二版", 300, 20), piece(f"— {number} —", 300, 780)]
        for number in (1, 2, 3)
    ]

    assert set(text(*sheets).splitlines()) == {text(prose())}


def test_numbers_of_pages_may_be_roman() -> None:
    sheets = [
        [piece(f"江城年鉴 {number}", 100, 20), *prose(), piece(number.upper(), 300, 780)]
        for number in ("iii", "iv", "v")
    ]

    assert set(text(*sheets).splitlines()) == {text(prose())}


def test_a_head_of_a_single_page_is_left_out_where_it_is_set_smaller() -> None:
    assert text([piece("江城日报　要闻", 100, 20, 8), *prose()]) == text(prose())
    assert text([piece("江城签约", 100, 20), *prose()]).startswith("江城签约\n")


def test_numbers_of_lines_are_left_out() -> None:
    numbered = [
        each
        for number in range(3)
        for at, line in enumerate(prose(y=200 + 48 * number))
        for each in (piece(str(3 * number + at + 1), 60, line.top), line)
    ]

    assert text(numbered) == text([line for number in range(3) for line in prose(y=200 + 48 * number)])


def test_columns_that_the_file_has_line_by_line_are_read_one_after_another() -> None:
    left, right = [*prose(), *prose(y=248)], [*prose(x=320), *prose(x=320, y=248)]
    mixed = [each for pair in zip(left, right, strict=True) for each in pair]

    assert text(mixed) == text([*left, *right])


def test_rows_of_a_table_stay_rows() -> None:
    rows = [
        [piece(words, 100 + 120 * column, 200 + 16 * row) for column, words in enumerate(cells)]
        for row, cells in enumerate(
            [("公司", "金额"), ("甲公司", "3亿元"), ("乙公司", "2亿元"), ("丙公司", "1亿元")]
        )
    ]

    assert (
        text([each for row in rows for each in row])
        == "公司\t金额\n甲公司\t3亿元\n乙公司\t2亿元\n丙公司\t1亿元"
    )


def test_notes_at_the_foot_of_a_page_stand_at_the_end_with_their_page() -> None:
    note = piece("①明德大学在江城。", 100, 700, 8)

    found = set_text([Sheet(1, 800, [*prose(), note]), Sheet(2, 800, prose())])

    assert found.leaves is not None
    assert found.text.splitlines()[-1] == "①明德大学在江城。"
    assert found.leaves.at(found.text.index("①")) == 1


def test_a_raised_number_is_a_power_behind_a_number_and_else_the_mark_of_a_note() -> None:
    power = [piece("面积10", 100, 200), Piece("8", 130, 198, 134, 204, 6.0), piece("米", 134, 200)]
    mark = [piece("海川公司", 100, 200), Piece("1", 140, 198, 144, 204, 6.0), piece("成立。", 144, 200)]

    assert text(power) == "面积10⁸米"
    assert text(mark) == "海川公司成立。"


def test_a_stamp_that_runs_down_the_sheet_is_left_out() -> None:
    stamp = [piece(character, 500, 300 + 12 * at) for at, character in enumerate("江城档案馆")]

    assert text([*prose(), *stamp]) == text(prose())


def test_two_lines_of_one_heading_are_one() -> None:
    heading = [piece("海川公司与明德大学", 130, 100, 16), piece("签署协议", 170, 124, 16)]

    assert text([*heading, *prose()]).splitlines()[0] == "海川公司与明德大学签署协议"


def test_a_printed_page_loses_what_the_browser_adds() -> None:
    printed = [
        piece("2024/5/8 16:20", 20, 8, 6),
        piece("江城签约", 300, 8, 6),
        *prose(),
        piece("https://example.org/a", 20, 786, 6),
        piece("1/1", 500, 786, 6),
    ]

    assert text(printed) == text(prose())
