"""What 分别 says of each figure: the first of the first; where their numbers differ, nothing."""

from __future__ import annotations

from functools import cache

import pytest

from kg.pipeline import Pipeline
from kg.text.source import article_of


@cache
def _pipeline() -> Pipeline:
    return Pipeline()


def told(text: str) -> list[tuple[str, str, str]]:
    """Return each figure with its label and the name of its owner."""
    (reading,) = _pipeline().read([article_of(text)])
    return [(figure.text, figure.of, (figure.subject or "").partition(":")[2]) for figure in reading.figures]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("其中出口、进口分别为3.4万亿元、2.1万亿元。", ["出口", "进口"]),
        ("水稻和玉米分别占45%、30%。", ["水稻", "玉米"]),
        ("青松软件有限公司营业收入、净利润分别为3亿元、2000万元。", ["营业收入", "净利润"]),
        ("男生、女生分别为300人、280人。", ["男生", "女生"]),
        ("2018年、2019年营业收入分别为3亿元、4亿元。", ["营业收入", "营业收入"]),
        ("出口和进口同比分别增长5%、6%。", ["增长", "增长"]),
        ("青松公司和白石公司分别招收学徒80名和90名。", ["学徒", ""]),
        ("呼和浩特市出口、进口分别为3亿元、2亿元。", ["出口", "进口"]),
        ("参与人数、观众人数分别为300人、280人。", ["参与人数", "观众人数"]),
        ("与会代表、列席代表分别为300人、280人。", ["与会代表", "列席代表"]),
        ("普及率、升学率分别为95%、80%。", ["普及率", "升学率"]),
        ("出口、以及进口分别为3亿元、2亿元。", ["出口", "进口"]),
        ("水稻以及玉米分别占45%、30%。", ["水稻", "玉米"]),
        ("出口和进口分别扩大5%、6%。", ["扩大", "扩大"]),
    ],
)
def test_labels_go_to_the_figures_in_order(text: str, labels: list[str]) -> None:
    assert [of for _, of, _ in told(text)] == labels


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("男、女人口分别为300人、280人。", ["男人口", "女人口"]),
        ("男、女职工分别为300人、280人。", ["男职工", "女职工"]),
        ("全市男性和女性人口分别为30万人、28万人。", ["全市男性人口", "女性人口"]),
        (
            "城镇、农村居民人均可支配收入分别为5万元、2万元。",
            ["城镇居民人均可支配收入", "农村居民人均可支配收入"],
        ),
        ("国内、国际旅客分别为300人次、280人次。", ["国内旅客", "国际旅客"]),
        ("大、中型企业分别为30家、20家。", ["大企业", "中型企业"]),
        ("小学、初中在校生分别为300人、280人。", ["小学在校生", "初中在校生"]),
        (
            "第一、第二、第三产业增加值分别为3亿元、2亿元、1亿元。",
            ["第一产业增加值", "第二产业增加值", "第三产业增加值"],
        ),
        ("男性、女性分别为300人、280人。", ["男性", "女性"]),
        ("城镇居民、农村居民分别为300户、280户。", ["城镇居民", "农村居民"]),
        ("营业收入、国内销售额分别为3亿元、2亿元。", ["营业收入", "国内销售额"]),
    ],
)
def test_words_before_one_head_all_have_it(text: str, labels: list[str]) -> None:
    assert [of for _, of, _ in told(text)] == labels


@pytest.mark.parametrize(
    "text",
    [
        "甲厂、乙厂和丙厂分别占30%、20%。",
        "男生和女生分别为300人、280人、15人。",
        "水稻、玉米、大豆分别占45%、30%。",
        "青松软件有限公司、北辰集团有限公司和南湖酒店有限公司分别出资3亿元、2亿元。",
    ],
)
def test_where_the_numbers_differ_nobody_can_say(text: str) -> None:
    assert {(of, whose) for _, of, whose in told(text)} == {("", "")}


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        (
            "青松软件有限公司和北辰集团有限公司分别出资3亿元、2亿元。",
            ["青松软件有限公司", "北辰集团有限公司"],
        ),
        ("临江市出口、进口分别为20亿元、15亿元。", ["临江市", "临江市"]),
    ],
)
def test_owners_stay_in_order(text: str, owners: list[str]) -> None:
    assert [whose for _, _, whose in told(text)] == owners
