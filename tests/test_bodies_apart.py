"""What stands beside a name and is no part of it: joint bodies, regions of posts, headlines, bare units, feasts, namings."""

from __future__ import annotations

from functools import cache

import pytest

from kg.base.model import Reading
from kg.pipeline import Pipeline
from kg.text.source import article_of

HEAD = "要闻\n发布时间：2024-06-03 来源：河阳日报\n"


@cache
def pipeline() -> Pipeline:
    return Pipeline()


def read(text: str) -> Reading:
    (reading,) = pipeline().read([article_of(HEAD + text)])
    return reading


def names(text: str) -> set[str]:
    return {name for entity in read(text).entities for name in entity.names}


def facts(text: str, *predicates: str) -> set[str]:
    reading = read(text)
    name = {entity.id: entity.name for entity in reading.entities}
    return {
        f"{name[fact.subject]} {name[fact.object]} {fact.role}".strip()
        for fact in reading.facts
        if fact.predicate in predicates
    }


@pytest.mark.parametrize("dash", ["-", "—"])
def test_two_bodies_of_a_joint_centre_are_no_body(dash: str) -> None:
    text = f"临江科学院{dash}云岭大学国情中心主任李文清表示，农村改革进展顺利。"
    assert f"临江科学院{dash}云岭大学" not in names(text)
    assert facts(text, "holdsPosition") == {f"李文清 临江科学院{dash}云岭大学国情中心 主任"}
    assert not facts(text, "partneredWith")


@pytest.mark.parametrize(
    ("text", "post"),
    [
        ("丰田中国总代表山本一郎表示，将继续扩大投资。", {"山本一郎 丰田 中国总代表"}),
        ("松田中国总代表山本一郎表示，将继续扩大投资。", set()),
        ("宝通中国区总经理王树仁出席。", {"王树仁 宝通 中国区总经理"}),
        ("松日公司大中华区总经理田中浩二表示，市场潜力巨大。", {"田中浩二 松日公司 大中华区总经理"}),
    ],
)
def test_a_region_before_a_title_is_part_of_the_post(text: str, post: set[str]) -> None:
    assert facts(text, "holdsPosition") == post
    assert not any(name.endswith(("中国", "中国区")) and len(name) > 3 for name in names(text))


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("民政部教育部建立留守儿童关爱机制\n6月1日，民政部、教育部联合印发通知。", {"民政部", "教育部"}),
        ("财政部商务部支持县域商业\n财政部、商务部近日印发通知。", {"财政部", "商务部"}),
        ("江淮西北等地降雨\n6月1日，江淮、西北等地出现降雨。", {"江淮", "西北"}),
        ("华北东北等地降温\n华北、东北等地气温下降。", {"华北", "东北"}),
    ],
)
def test_what_a_headline_runs_together_is_two(text: str, apart: set[str]) -> None:
    assert names(text) - {"河阳日报"} == apart
    assert not facts(text, "subOrganizationOf", "locatedIn")


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        (
            "东湖医院骨科完成首例手术。骨科赵建平主任和孙立主任主刀。",
            {"赵建平 东湖医院骨科 主任", "孙立 东湖医院骨科 主任"},
        ),
        ("东湖医院完成首例手术。骨科赵建平主任和孙立主任主刀。", set()),
    ],
)
def test_a_title_behind_a_name_takes_the_bare_unit_before_it(text: str, posts: set[str]) -> None:
    assert facts(text, "holdsPosition") == posts


def test_a_feast_is_no_congress_named_elsewhere() -> None:
    text = "第九届国际脊柱外科大会将于2026年在临江召开。晚宴上，何文博应邀出席。"
    assert not facts(text, "participatedIn")


@pytest.mark.parametrize(
    "text",
    [
        "该手术被命名为“文博手术”。何文博教授为手术发明人。",
        "何文博发明的手术被命名为“文博氏手术”，并在大会上演示。",
        "何文博宣布，建议命名为“WENBO HE”。",
    ],
)
def test_what_a_thing_is_called_is_no_award(text: str) -> None:
    assert not facts(text, "receivedAward")


def test_an_honour_that_is_named_stays() -> None:
    assert facts("临江村被命名为“全国文明村”。", "receivedAward")
