"""What the words of a name say about it."""

from __future__ import annotations

import pytest

from kg.names.heads import (
    ends_in_industry,
    head_class,
    is_cut_off,
    is_name,
    is_relation,
    place_prefix,
    retyped,
)


@pytest.mark.parametrize(
    ("word", "head"),
    [
        ("纪律检查委员会", "strong"),
        ("江城一中", "strong"),
        ("教育局", "weak"),
        ("心内科", "part"),
        ("酒业", "industry"),
        ("高新区", "area"),
        ("子公司", ""),
        ("社会", ""),
        ("苹果", ""),
    ],
)
def test_a_head_is_told_by_the_end_of_a_word(word: str, head: str) -> None:
    assert head_class(word) == head


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("湖南省岳阳市", "湖南省"),
        ("岳阳高新区", "岳阳"),
        ("洛阳镇", ""),
        ("法国国防部", "法国"),
        ("海川集团", ""),
    ],
)
def test_a_name_begins_with_the_longest_place_that_is_no_part_of_another(text: str, place: str) -> None:
    assert place_prefix(text) == place


@pytest.mark.parametrize(
    "text", ["法国高校", "乡镇卫生院", "纺织行业", "世界500强", "中美", "沿海地区", "东部", "局"]
)
def test_common_words_are_no_names(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize("text", ["乡镇企业网", "基层建设有限公司", "法国外交部", "海川"])
def test_a_company_or_site_is_a_name_though_it_begins_as_many_bodies_do(text: str) -> None:
    assert is_name(text)


def test_two_countries_by_one_character_are_a_relation() -> None:
    assert is_relation("中美")
    assert not is_relation("中国")
    assert not is_relation("海川")


def test_the_end_of_a_name_says_its_type() -> None:
    assert retyped("俄罗斯国防部", "Place") == "Organization"
    assert retyped("江城高新区", "Organization") == "Place"
    assert retyped("法国", "Organization") == "Place"
    assert retyped("海川", "Organization") == "Organization"


def test_an_industry_word_makes_a_company_only_of_a_brand() -> None:
    assert ends_in_industry("金林地板")
    assert not ends_in_industry("江城港口")
    assert not ends_in_industry("地板")


def test_a_name_breaks_off_where_plain_words_follow_its_place() -> None:
    assert is_cut_off("湖南省规划")
    assert not is_cut_off("湖南省")
    assert not is_cut_off("湖南省教育局")
