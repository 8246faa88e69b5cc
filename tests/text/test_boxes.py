"""Where words stand on a page: stretches of even characters, the box around some of them, how it is written."""

from __future__ import annotations

import pytest

from kg.base.model import Leaves, Span
from kg.text.formats.boxes import box_of, fragment_of, inside, leaf_of, read_box, stretches
from kg.text.formats.sheet import Piece, Sheet
from kg.text.formats.typeset import set_text


def test_characters_that_stand_evenly_are_one_stretch() -> None:
    edges = [72.0 + 10.5 * at for at in range(31)]

    assert list(stretches(7, edges, 90.0, 104.5)) == [(7, 30, 720, 900, 3870, 1045)]


def test_a_stretch_ends_where_characters_take_another_width_and_says_each_within_half_a_point() -> None:
    edges = [0.0, 10.0, 20.0, 30.0, 35.0, 40.0, 45.0, 55.0, 65.0]

    found = list(stretches(0, edges, 0.0, 10.0))

    assert [each[:2] for each in found] == [(0, 3), (3, 3), (6, 2)]
    for start, count, left, _, right, _ in found:
        for at in range(count + 1):
            assert abs(left + (right - left) * at / count - 10 * edges[start + at]) <= 5


def test_no_characters_are_no_stretch() -> None:
    assert list(stretches(0, [], 0.0, 1.0)) == list(stretches(0, [3.0], 0.0, 1.0)) == []


LEAVES = Leaves(
    "page",
    ((0, 1), (20, 2)),
    boxes=((0, 10, 700, 900, 1700, 1000), (10, 10, 500, 1100, 1500, 1201), (20, 10, 500, 600, 1500, 700)),
)


@pytest.mark.parametrize(
    ("span", "box"),
    [
        (Span(0, 10), (70, 90, 100, 10)),
        (Span(2, 4), (90, 90, 20, 10)),
        (Span(8, 12), (50, 90, 120, 31)),  # over a line: around both
        (Span(15, 25), (100, 110, 50, 11)),  # over a page: what is on the first one
        (Span(20, 30), (50, 60, 100, 10)),
        (Span(40, 45), None),
    ],
)
def test_the_box_is_around_the_words_of_one_page(span: Span, box: tuple[int, ...] | None) -> None:
    assert box_of(LEAVES, span) == box


def test_a_fragment_has_page_and_box_in_whole_points_or_the_page_alone() -> None:
    assert fragment_of(LEAVES, Span(21, 24)) == "page=2&viewrect=60,60,30,10"
    assert fragment_of(LEAVES, Span(40, 45)) == "page=2"
    assert fragment_of(Leaves("paragraph", ((0, 1),)), Span(3, 4)) == "paragraph=1"


def test_what_is_written_is_read() -> None:
    fragment = fragment_of(LEAVES, Span(8, 12))

    assert (leaf_of(fragment), read_box(fragment)) == ("page=1", box_of(LEAVES, Span(8, 12)))
    for other in ("page=1", "paragraph=3", "page=1&viewrect=1,2,3", "page=1&viewrect=1,2,3,x", ""):
        assert read_box(other) is None


def test_a_box_of_some_words_lies_in_that_of_more() -> None:
    for start in range(30):
        for end in range(start + 1, 31):
            outer = box_of(LEAVES, Span(start, end))
            inner = box_of(LEAVES, Span(start, start + 1))
            assert outer
            assert inner
            assert inside(inner, outer)
    assert not inside((0, 0, 9, 9), (1, 0, 9, 9))


def placed(words: str, left: float, top: float, *, even: bool = True) -> Piece:
    edges = tuple(left + 10 * at for at in range(len(words)))
    return Piece(words, left, top, left + 10 * len(words), top + 10, 10.0, edges if even else ())


def box_in(pieces: list[Piece], words: str) -> tuple[int, ...] | None:
    found = set_text([Sheet(1, 800, pieces)])
    at = found.text.index(words)
    assert found.leaves is not None
    return box_of(found.leaves, Span(at, at + len(words)))


def test_words_keep_their_place_when_lines_are_made_of_pieces() -> None:
    pieces = [placed("海川公司与", 100, 200), placed("明德", 154, 200), placed("大学签约。", 300, 200)]

    assert box_in(pieces, "川公") == (110, 200, 20, 10)
    assert box_in(pieces, "明德") == (154, 200, 20, 10)
    assert box_in(pieces, "签约") == (320, 200, 20, 10)  # behind a wide gap: another cell


def test_words_keep_their_place_when_lines_are_joined_and_blanks_go() -> None:
    pieces = [
        placed("　　海川公司与明德大学在江城签署", 100, 200),
        placed("协议，项目今年开工。", 100, 216),
    ]

    assert box_in(pieces, "海川") == (120, 200, 20, 10)
    assert box_in(pieces, "签署协议") == (100, 200, 160, 26)
    assert box_in(pieces, "项目") == (130, 216, 20, 10)


def test_a_mark_of_a_note_goes_and_a_power_stays_without_moving_what_follows() -> None:
    size = 5.0
    mark = Piece("[1]", 150, 198, 157, 203, size, (150, 152, 155))
    pieces = [placed("海川公司与", 100, 200), mark, placed("明德大学签约", 158, 200)]

    assert box_in(pieces, "明德") == (158, 200, 20, 10)


def test_words_whose_place_is_not_known_have_a_page_alone() -> None:
    assert box_in([placed("海川公司与明德大学签约", 100, 200, even=False)], "海川") is None
