"""Companies called by their brand and one word of their name, joined with the full name where it alone can be meant."""

from __future__ import annotations

from functools import cache

import pytest

from kg.pipeline import Pipeline
from kg.text.source import article_of

HEAD = "要闻\n发布时间：2024-06-03 来源：河阳日报\n"


@cache
def pipeline() -> Pipeline:
    return Pipeline()


def are_one(text: str, name: str, full: str) -> bool:
    (reading,) = pipeline().read([article_of(HEAD + text)])
    (of_name,) = (entity for entity in reading.entities if name in entity.names)
    return full in of_name.names


@pytest.mark.parametrize(
    ("text", "name", "full"),
    [
        (
            "青松教育科技有限公司与苍梧大学签约。青松教育董事长李明山致辞。",
            "青松教育",
            "青松教育科技有限公司",
        ),
        (
            "青松教育科技有限公司与苍梧大学签约。青松科技收购了远山机械有限公司。",
            "青松科技",
            "青松教育科技有限公司",
        ),
        (
            "青松教育科技集团有限公司成立。青松集团收购了远山机械有限公司。",
            "青松集团",
            "青松教育科技集团有限公司",
        ),
        (
            "云岭控股集团有限公司董事长李明山表示，云岭集团收购了远山机械有限公司。",
            "云岭集团",
            "云岭控股集团有限公司",
        ),
        (
            "澜海投资控股集团有限公司成立。澜海控股董事长李明山致辞。",
            "澜海控股",
            "澜海投资控股集团有限公司",
        ),
        (
            "河阳市鹿原网络科技有限公司成立。鹿原科技总经理赵一鸣致辞。",
            "鹿原科技",
            "河阳市鹿原网络科技有限公司",
        ),
    ],
)
def test_a_word_of_the_full_name_is_enough(text: str, name: str, full: str) -> None:
    assert are_one(text, name, full)


@pytest.mark.parametrize(
    ("text", "name", "full"),
    [
        (
            "碧波教育科技有限公司与碧波环保科技有限公司签约。碧波科技董事长李明山致辞。",
            "碧波科技",
            "碧波教育科技有限公司",
        ),
        (
            "青松教育科技有限公司成立。青松环保有限公司收购了远山机械有限公司。青松科技盈利。",
            "青松科技",
            "青松教育科技有限公司",
        ),
        ("云岭集团发布公告。云岭医药科技有限公司与苍梧大学签约。", "云岭集团", "云岭医药科技有限公司"),
        (
            "云岭医药集团有限公司与云岭集团签约。云岭集团收购了远山机械有限公司。",
            "云岭集团",
            "云岭医药集团有限公司",
        ),
        ("青松教育科技有限公司成立。青松环保收购了远山机械有限公司。", "青松环保", "青松教育科技有限公司"),
    ],
)
def test_of_two_or_of_a_group_none_is_meant(text: str, name: str, full: str) -> None:
    assert not are_one(text, name, full)
