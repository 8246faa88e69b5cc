"""Figures told by who publishes them: never the publisher's, unless his own words give them back."""

from __future__ import annotations

import pytest

from tests.figures.whole import figures


def owners(text: str) -> set[str]:
    return {(figure.subject or "").partition(":")[2] for figure in figures(text)}


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("海关总署7日公布，今年前8个月，我国货物贸易进出口总值25万亿元。", "海关总署"),
        ("海关总署今天（8月7日）对外公布，我国汽车出口30万辆，其中电动车9万辆。", "海关总署"),
        ("国家统计局昨天发布，我国粮食总产量6亿吨，其他作物产量2亿吨。", "国家统计局"),
        ("据海关统计，我国外贸总值20万亿元。民营企业进出口8万亿元，增长7%。", "海关总署"),
        (
            "云岭省统计局发布，上半年物流业务收入80亿元，其中快递收入30亿元。\n网上零售额90亿元，增长4%。",
            "云岭省统计局",
        ),
        ("上半年网上零售额90亿元，同比增长4%。\n数据来源：云岭省统计局", "云岭省统计局"),
    ],
)
def test_who_publishes_a_figure_of_the_country_has_it_not(text: str, publisher: str) -> None:
    assert figures(text)
    assert publisher not in owners(text)


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("临江市统计局有职工80人。", "临江市统计局"),
        ("临江市商务局数据显示，该局共受理申请300件。", "临江市商务局"),
    ],
)
def test_own_words_give_a_figure_back(text: str, owner: str) -> None:
    assert owner in owners(text)
