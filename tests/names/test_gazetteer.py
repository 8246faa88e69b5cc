"""The official places: codes, short forms, hierarchy."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.names.gazetteer import gazetteer, short_name, short_names


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("岳阳市", "430600"),
        ("岳阳", "430600"),
        ("湖南", "430000"),
        ("西藏", "540000"),
        ("内蒙古", "150000"),
        ("新疆", "650000"),
    ],
)
def test_a_name_and_its_short_form_have_one_code(name: str, code: str) -> None:
    assert gazetteer().resolve(name, ()) == code


def test_an_ambiguous_name_has_no_code_until_an_ancestor_is_named() -> None:
    places = gazetteer()
    assert len(places.codes("朝阳区")) > 1
    assert places.resolve("朝阳区", ()) == ""
    assert places.resolve("朝阳区", ["110000"]) == "110105"


def test_a_province_wins_over_its_namesakes() -> None:
    assert gazetteer().resolve("吉林", ()) == "220000"


def test_parents_come_from_the_code_without_the_shell_of_a_municipality() -> None:
    places = gazetteer()
    assert places.parents("430602") == ("430600", "430000")
    assert places.parents("110105") == ("110000",)
    assert places.parents("430000") == ()


def test_peoples_and_levels_are_left_out_of_short_forms() -> None:
    assert short_names("黔东南苗族侗族自治州") == ("黔东南州", "黔东南")
    assert short_name("内蒙古自治区") == "内蒙古"
    assert short_name("泸县") == "泸县"


def test_an_unknown_name_has_no_code() -> None:
    assert gazetteer().resolve("无此地市", ()) == ""


def test_loading_the_list_takes_a_few_calls_a_place(calls: Callable[[Callable[[], object]], int]) -> None:
    assert calls(gazetteer.__wrapped__) < 30 * len(gazetteer().official)
