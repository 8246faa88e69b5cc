"""What a figure's label holds: the whole of 我国, no mere verb."""

from __future__ import annotations

import pytest

from tests.figures.whole import figures


def labels(text: str) -> list[tuple[str, str]]:
    return [(figure.text, figure.of) for figure in figures(text)]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("我国外贸总值增长3%。", "我国外贸总值增长"),
        ("前8个月，我国新能源汽车产量300万辆。", "我国新能源汽车产量"),
        ("上半年我国居民消费价格上涨0.3%。", "我国居民消费价格上涨"),
        ("我市财政收入20亿元。", "我市财政收入"),
        ("去年我国对外投资500亿元。", "投资"),
    ],
)
def test_a_label_keeps_our_country_whole_or_not_at_all(text: str, label: str) -> None:
    assert [of for _, of in labels(text)][-1:] == [label]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("青松软件有限公司增加投资10亿元，扩大生产规模。", "投资"),
        ("北辰集团有限公司增加出资3亿元。", "出资"),
        ("临江市增加30亿元。", ""),
        ("青松软件有限公司减少8000万元。", ""),
        ("产能增加20万吨。", "产能增加"),
    ],
)
def test_a_label_is_no_name_with_a_verb(text: str, label: str) -> None:
    assert [of for _, of in labels(text)] == [label]
