"""Whose post it is and who gives it: regions in titles, bodies that announce, boards; from words to facts."""

from __future__ import annotations

from functools import cache

import pytest

from kg.pipeline import Pipeline
from kg.text.source import article_of

HEAD = "要闻\n发布时间：2024-06-03 来源：河阳日报\n"


@cache
def pipeline() -> Pipeline:
    return Pipeline()


def posts(text: str) -> set[str]:
    """Return the posts an article tells: 人 @ 机构: 职务, with the status where it is not asserted, and 曾 where it is over."""
    (reading,) = pipeline().read([article_of(HEAD + text)])
    names = {entity.id: entity.name for entity in reading.entities}
    return {
        f"{names[fact.subject]} @ {names[fact.object]}: {fact.role}"
        + (f" ({fact.status})" if fact.status != "asserted" else "")
        + (" (曾)" if fact.ended else "")
        for fact in reading.facts
        if fact.predicate == "holdsPosition"
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("博兰克汽车中国区总裁李清和表示，公司将加大投入。", {"李清和 @ 博兰克汽车: 中国区总裁"}),
        ("李清和出任博兰克汽车亚太区总裁。", {"李清和 @ 博兰克汽车: 亚太区总裁"}),
        ("博兰克中国总裁李清和在论坛上致辞。", {"李清和 @ 博兰克: 中国总裁"}),
        ("青松软件华东区总经理赵一鸣介绍，公司今年业绩增长。", {"赵一鸣 @ 青松软件: 华东区总经理"}),
        ("青松软件任命周知远为西南大区总经理。", {"周知远 @ 青松软件: 西南大区总经理"}),
        ("博兰克集团任命王若水为大中华区首席执行官。", {"王若水 @ 博兰克集团: 大中华区首席执行官"}),
        ("云岭集团亚太区主席孙远帆表示，公司盈利。", {"孙远帆 @ 云岭集团: 亚太区主席"}),
        ("云岭集团北京总经理孙远帆表示，公司盈利。", {"孙远帆 @ 云岭集团: 北京总经理"}),
        ("云岭集团华东区负责人孙远帆表示，公司盈利。", {"孙远帆 @ 云岭集团: 华东区负责人"}),
        ("云岭集团北京负责人孙远帆表示，公司盈利。", {"孙远帆 @ 云岭集团: 北京负责人"}),
        ("云岭集团山东市场总负责人孙远帆表示，公司盈利。", {"孙远帆 @ 云岭集团: 山东市场总负责人"}),
        ("云岭集团中国掌门人孙远帆表示，公司盈利。", {"孙远帆 @ 云岭集团: 中国掌门人"}),
        ("孙远帆曾任百川科技江苏战区总经理。", {"孙远帆 @ 百川科技: 江苏战区总经理 (曾)"}),
        ("云岭集团华北战区总裁孙远帆表示，公司盈利。", {"孙远帆 @ 云岭集团: 华北战区总裁"}),
        (
            "博兰克汽车大中华区CEO孙远帆、北美区总裁陈思源出席仪式。",
            {"孙远帆 @ 博兰克汽车: 大中华区CEO", "陈思源 @ 博兰克汽车: 北美区总裁"},
        ),
        (
            "博兰克汽车全球副总裁、中国区总裁李清和表示，公司将加大投入。",
            {"李清和 @ 博兰克汽车: 全球副总裁", "李清和 @ 博兰克汽车: 中国区总裁"},
        ),
        (
            "孙远帆曾任云岭集团华南区销售总监、中国区副总裁。",
            {"孙远帆 @ 云岭集团: 华南区销售总监 (曾)", "孙远帆 @ 云岭集团: 中国区副总裁 (曾)"},
        ),
    ],
)
def test_a_region_is_part_of_the_title_of_a_company(text: str, expected: set[str]) -> None:
    assert posts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "中国区总裁李清和出席了发布会。",
        "中国总裁李清和在论坛上致辞。",
        "华东区总经理赵一鸣介绍，公司今年业绩增长。",
        "孙远帆现任亚太区总裁。",
        "中国负责人李清和在论坛上致辞。",
        "江苏区域负责人李清和在论坛上致辞。",
        "江苏战区总经理李清和在论坛上致辞。",
    ],
)
def test_a_region_employs_nobody(text: str) -> None:
    assert posts(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("法国总统孙远帆表示支持。", {"孙远帆 @ 法国: 总统"}),
        ("日本首相山田一郎访问德国。", {"山田一郎 @ 日本: 首相"}),
        ("鹿原市市长孙远帆出席仪式。", {"孙远帆 @ 鹿原市: 市长"}),
        ("清河县主要负责人张伟明出席会议。", {"张伟明 @ 清河县: 主要负责人"}),
        ("贵州省负责人李强出席会议。", {"李强 @ 贵州省: 负责人"}),
        ("澜海科技华东区负责人张伟明出席会议。", {"张伟明 @ 澜海科技: 华东区负责人"}),
        ("云岭集团华东分公司总经理孙远帆表示，公司盈利。", {"孙远帆 @ 云岭集团华东分公司: 总经理"}),
    ],
)
def test_states_cities_and_branches_have_heads(text: str, expected: set[str]) -> None:
    assert posts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青松股份宣布任命王若水为首席财务官。", {"王若水 @ 青松股份: 首席财务官"}),
        ("青松股份宣布，委任王若水为执行董事，自6月1日起生效。", {"王若水 @ 青松股份: 执行董事"}),
        ("青松股份：聘任王若水为总经理", {"王若水 @ 青松股份: 总经理"}),
        ("青松股份公告，董事会同意聘任王若水为总经理。", {"王若水 @ 青松股份: 总经理"}),
        ("青松股份公告称，经董事会审议通过，聘任王若水为总经理。", {"王若水 @ 青松股份: 总经理"}),
        ("云岭集团董事会聘请李清和先生担任总经理。", {"李清和 @ 云岭集团: 总经理"}),
        ("云岭集团聘王若水为顾问。", {"王若水 @ 云岭集团: 顾问"}),
        ("云岭集团宣布将聘任王若水为首席执行官。", {"王若水 @ 云岭集团: 首席执行官 (planned)"}),
        ("鹿原市人民政府任命陈思源为鹿原市教育局局长。", {"陈思源 @ 鹿原市教育局: 局长"}),
        ("博兰克汽车宣布任命来自德国的李清和为中国区总裁。", {"李清和 @ 博兰克汽车: 中国区总裁"}),
        ("青松股份聘任德国籍专家王若水任技术顾问。", {"王若水 @ 青松股份: 技术顾问"}),
        (
            "青松股份聘请苍梧大学教授李清和为独立董事。",
            {"李清和 @ 苍梧大学: 教授", "李清和 @ 青松股份: 独立董事"},
        ),
        (
            "青松股份任命原云岭集团副总裁王若水为首席运营官。",
            {"王若水 @ 云岭集团: 副总裁 (曾)", "王若水 @ 青松股份: 首席运营官"},
        ),
        (
            "澜海电子宣布任命前云岭集团副总裁赵一鸣为首席运营官。",
            {"赵一鸣 @ 云岭集团: 副总裁 (曾)", "赵一鸣 @ 澜海电子: 首席运营官"},
        ),
    ],
)
def test_who_appoints_has_the_post(text: str, expected: set[str]) -> None:
    assert posts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("远山机械有限公司董事会秘书王若水表示，公司盈利。", {"王若水 @ 远山机械有限公司: 董事会秘书"}),
        ("前海远山集团副总裁赵一鸣出席仪式。", {"赵一鸣 @ 前海远山集团: 副总裁"}),
        ("原子能研究院副院长赵一鸣出席仪式。", {"赵一鸣 @ 原子能研究院: 副院长"}),
        ("鹿原市委组织部公示：陈思源任临港区副区长。", {"陈思源 @ 临港区: 副区长"}),
        ("青松股份通知，请李清和为大家讲课，王若水为主持。", set()),
    ],
)
def test_boards_and_bodies_are_read_whole(text: str, expected: set[str]) -> None:
    assert posts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "任命以下同志为鹿原市教育局副局长：李明山、赵一鸣。",
            {"李明山 @ 鹿原市教育局: 副局长", "赵一鸣 @ 鹿原市教育局: 副局长"},
        ),
        (
            "聘以下人员为苍梧大学客座教授：李明山、赵一鸣；王若水。",
            {
                "李明山 @ 苍梧大学: 客座教授",
                "赵一鸣 @ 苍梧大学: 客座教授",
                "王若水 @ 苍梧大学: 客座教授",
            },
        ),
    ],
)
def test_a_post_is_given_to_a_list(text: str, expected: set[str]) -> None:
    assert posts(text) == expected
