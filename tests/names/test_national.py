"""Classes of bodies, which are no names, and companies with a country or a place in brackets in their name."""

from __future__ import annotations

from functools import cache

import pytest

from kg.pipeline import Pipeline
from kg.text.source import article_of

HEAD = "要闻\n发布时间：2024-06-03 来源：河阳日报\n"


@cache
def pipeline() -> Pipeline:
    return Pipeline()


@cache
def things(text: str) -> dict[str, str]:
    """Return the names in an article with their types."""
    (reading,) = pipeline().read([article_of(HEAD + text)])
    return {name: entity.type for entity in reading.entities for name in entity.names}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("苍梧市民办学校共有120所，学生3万人。", {"苍梧市": "Place"}),
        ("苍梧市公办本科高校录取率为45%，民办本科高校录取率为30%。", {"苍梧市": "Place"}),
        ("河阳省普通高等学校毕业生就业率为90%。", {"河阳省": "Place"}),
        ("河阳市全日制职业学校招生800人。", {"河阳市": "Place"}),
        ("苍梧市私立学校收费标准公布。", {"苍梧市": "Place"}),
        ("苍梧市三甲医院共有8家。", {"苍梧市": "Place"}),
        ("苍梧市重点中学招生。", {"苍梧市": "Place"}),
        ("鹿原县公立医院改革取得进展。", {"鹿原县": "Place"}),
        ("河阳民办高校招生计划公布。", {}),
        ("苍梧公办幼儿园学位增加5000个。", {}),
    ],
)
def test_a_class_of_bodies_is_no_body(text: str, expected: dict[str, str]) -> None:
    assert things(text) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("苍梧市民办教育协会成立。", "苍梧市民办教育协会"),
        ("河阳省民营企业协会会长李明山致辞。", "河阳省民营企业协会"),
        ("苍梧民办培正学院成立于1998年。", "苍梧民办培正学院"),
        ("苍梧市国有资产监督管理委员会发布报告。", "苍梧市国有资产监督管理委员会"),
        ("鹿原县第一公立医院收入增长8%。", "鹿原县第一公立医院"),
    ],
)
def test_a_body_may_have_the_word_for_its_class_in_its_name(text: str, name: str) -> None:
    assert things(text)[name] == "Organization"


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("青松股份与全球最大油企（沙特阿美）签署合作协议。", "沙特阿美", "沙特"),
        ("沙特阿美与青松股份签署合作协议。", "沙特阿美", "沙特"),
        ("印度信实与青松股份签署合作协议。", "印度信实", "印度"),
        ("荷兰皇家壳牌收购了远山机械有限公司。", "荷兰皇家壳牌", "荷兰"),
        ("挪威国家石油与青松股份签署合作协议。", "挪威国家石油", "挪威"),
        ("博兰克（中国）投资有限公司与苍梧大学签约。", "博兰克（中国）投资有限公司", "中国"),
        ("远山机械（河阳）有限公司与苍梧大学签约。", "远山机械（河阳）有限公司", "河阳"),
        ("博兰克汽车（中国）有限公司与苍梧大学签约。", "博兰克汽车（中国）有限公司", "中国"),
    ],
)
def test_a_country_in_the_name_of_a_company_is_not_meant(text: str, name: str, country: str) -> None:
    found = things(text)

    assert found[name] == "Organization"
    assert country not in found


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("会议在印度孟买举行，随后移师巴西圣保罗。", {"印度", "孟买", "巴西", "圣保罗"}),
        ("美国加州州长访问德国慕尼黑。", {"美国", "加州", "德国", "慕尼黑"}),
        ("远山机械有限公司（德国）与苍梧大学签署合作协议。", {"德国"}),
        ("远山机械有限公司（德国）收购了澜海电子有限公司。", {"德国"}),
    ],
)
def test_cities_behind_their_country_and_places_in_brackets_stay_places(text: str, places: set[str]) -> None:
    assert {name for name, kind in things(text).items() if kind == "Place"} == places
