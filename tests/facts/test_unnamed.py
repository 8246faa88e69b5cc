"""A class of bodies in a place: what is said of one of them is not said of the place."""

from __future__ import annotations

from functools import cache

import pytest

from kg.names.heads import begins_with_class
from kg.pipeline import Pipeline
from kg.text.source import article_of


@cache
def _pipeline() -> Pipeline:
    return Pipeline()


def facts(text: str) -> set[tuple[str, str, str, str]]:
    (reading,) = _pipeline().read([article_of(text)])
    return {
        (fact.subject.partition(":")[2], fact.predicate, fact.object.partition(":")[2], fact.role)
        for fact in reading.facts
    }


@pytest.mark.parametrize(
    "text",
    [
        "南江市三甲医院与蓝天科技有限公司签约。",
        "深圳市国有控股公司与蓝天科技有限公司签约。",
        "南江市普通中学与蓝天科技有限公司签约。",
        "南江市公立医院院长万玮出席会议。",
        "上海市民办中学校长万玮出席会议。",
        "南江市私立友好医院院长万玮出席会议。",
        "南江市民办薄弱学校校长万玮出席会议。",
        "蓝天科技有限公司发布公告。公立医院院长万玮出席会议。",
        "南江市重点中学位于临江区。",
        "北辰集团有限公司收购南江市民营医院。",
    ],
)
def test_what_one_of_a_class_does_or_is_is_not_said_of_its_place(text: str) -> None:
    assert facts(text) == set()


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("南江市市长万玮出席会议。", ("万玮", "holdsPosition", "南江市", "市长")),
        ("南江市与蓝天科技有限公司签约。", ("南江市", "partneredWith", "蓝天科技有限公司", "")),
        (
            "蓝天科技有限公司位于南江市民办学校旁边。",
            ("蓝天科技有限公司", "locatedIn", "南江市", ""),
        ),
        ("南江市中小企业局局长万玮出席会议。", ("万玮", "holdsPosition", "南江市中小企业局", "局长")),
        (
            "上海市民办平和学校与蓝天科技有限公司签约。",
            ("上海市民办平和学校", "partneredWith", "蓝天科技有限公司", ""),
        ),
        ("上海市民办平和学校校长万玮出席会议。", ("万玮", "holdsPosition", "上海市民办平和学校", "校长")),
        (
            "南江市中小企业服务中心主任万玮出席会议。",
            ("万玮", "holdsPosition", "南江市中小企业服务中心", "主任"),
        ),
    ],
)
def test_what_a_place_or_a_named_body_does_stays(text: str, fact: tuple[str, str, str, str]) -> None:
    assert fact in facts(text)


def test_a_class_begins_with_its_kind_and_names_bodies() -> None:
    assert begins_with_class("公立医院院长")
    assert begins_with_class("民办中学校长")
    assert not begins_with_class("中小企业局局长")
    assert not begins_with_class("民办平和学校")
    assert not begins_with_class("光明中学")


def test_a_paper_and_its_office_are_no_whole_and_part() -> None:
    told = facts("由江城时报社主办的论坛开幕，江城时报记者参加。")
    assert not {fact for fact in told if fact[1] == "subOrganizationOf"}
