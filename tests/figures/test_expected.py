"""A label says that its figure is still to be; where an event is held is no owner."""

from __future__ import annotations

from functools import cache

import pytest

from kg.pipeline import Pipeline
from kg.text.source import article_of


@cache
def _pipeline() -> Pipeline:
    return Pipeline()


def told(text: str) -> list[tuple[str, str]]:
    """Return the label of each figure with the name of its owner."""
    (reading,) = _pipeline().read([article_of(text)])
    assert all(not figure.of or figure.of in text for figure in reading.figures)
    return [(figure.of, (figure.subject or "").partition(":")[2]) for figure in reading.figures]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("项目建成后预计年产值超过20亿元。", "预计年产值"),
        ("投产后预计实现年产值逾30亿元。", "预计实现年产值"),
        ("该项目计划投资5亿元。", "计划投资"),
        ("青松软件有限公司拟出资3亿元。", "拟出资"),
        ("青松软件有限公司将投资8亿元。", "将投资"),
        ("临江市力争年接待游客500万人次。", "力争年接待游客"),
        ("项目建成后将新增就业300人。", "将新增就业"),
        ("营业收入预计达3亿元。", "营业收入预计"),
        ("项目年产值将达到20亿元。", "项目年产值将达到"),
    ],
)
def test_a_label_carries_the_word_of_expecting(text: str, label: str) -> None:
    assert [of for of, _ in told(text)] == [label]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("企业产值超过20亿元。", "企业产值"),
        ("预计到2030年，产业规模达到300亿元。", "产业规模"),
    ],
)
def test_a_label_takes_no_word_over_a_name_or_a_mark(text: str, label: str) -> None:
    assert [of for of, _ in told(text)][-1:] == [label]


@pytest.mark.parametrize(
    "text",
    [
        "项目签约仪式5日在临江市举行，总投资30亿元，预计年产值超过60亿元。",
        "博览会在云岭省召开，签约项目20个，预期投资40亿元。",
        "推介会在临江市举办，签约金额12亿元。",
    ],
)
def test_where_an_event_is_held_has_not_its_figures(text: str) -> None:
    assert {owner for _, owner in told(text)} == {""}
