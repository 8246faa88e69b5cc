"""Dates in all the ways they are told: which year a short one means, and what is no date at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kg.figures.moment import find_moments
from kg.figures.no_date import no_counts
from kg.text.sentence import split
from kg.text.source import article_of
from kg.words.tagger import default_tagger

PUBLISHED = date(2024, 6, 5)  # a Wednesday


def moments(text: str, published: date | None = PUBLISHED) -> list[str]:
    article = replace(article_of(text), published=published)
    tagged = default_tagger().tag(split(article))
    return [moment.edtf for row in find_moments(article, tagged) for moment in row]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("大前年，长河机械获奖。", ["2021"]),
        ("大后年，新馆建成。", ["2027"]),
        ("前年5月，双方签约。", ["2022-05"]),
        ("上年度完成改制。", ["2023"]),
        ("大前天，代表团抵达。", ["2024-06-02"]),
        ("后天举行决赛。", ["2024-06-07"]),
        ("上月25日，双方签约。", ["2024-05-25"]),
        ("本月3日至4日，大会举行。", ["2024-06-03/2024-06-04"]),
        ("上周五，代表团抵达。", ["2024-05-31"]),
        ("本周一，代表团抵达。", ["2024-06-03"]),
        ("下周日，代表团抵达。", ["2024-06-16"]),
        ("上个星期天，代表团抵达。", ["2024-06-02"]),
        ("昨天（6月4日），代表团抵达。", ["2024-06-04", "2024-06-04"]),
        ("19年，长河机械获奖。", ["2019"]),
        ("09年5月，长河机械捐款。", ["2009-05"]),
        ("08年，长河机械捐款。", ["2008"]),
        ("98年，长江发大水。", ["1998"]),
        ("’97年，双方签约。", ["1997"]),
        ("23年11月7日，双方签约。", ["2023-11-07"]),
        ("元月3日，双方签约。", ["2024-01-03"]),
        ("民国十五年，学堂创办。", ["1926"]),
        ("令和5年4月开学。", ["2023-04"]),
        ("1990年代初，工厂成立。", ["199X"]),
        ("6月1日到长河机械调研。", ["2024-06-01"]),
        ("2023年12月31日至1月2日，灯会举行。", ["2023-12-31/2024-01-02"]),
    ],
)
def test_date_is_read(text: str, edtf: list[str]) -> None:
    assert moments(text) == edtf


@pytest.mark.parametrize(
    "text",
    [
        "如今年轻人爱看展。",
        "此前年均产值3亿元。",
        "目前年产10万吨。",
        "投产后年产值可达8亿元。",
        "建成后年均接待万人。",
        "过去年均增长一成。",
        "透明年报制度。",
        "以往来年年底举行。",
        "工期21年。",
        "30年，他始终坚守讲台。",
        "18年，他扎根山村从未离开。",
        "走过80年，工厂依旧。",
        "21年来，他从不缺课。",
        "农历八月十五，镇里办灯会。",
        "八月十五中秋节，镇里办灯会。",
        "九月初九，镇里慰问老人。",
        "腊月二十三，镇里赶集。",
        "正月，镇里赶集。",
        "闰四月初一，镇里赶集。",
        "壬寅年三月初三，镇里赶集。",
        "农历七月初七至初九，镇里赶集。",
        "乾隆三十年，书院重建。",
        "光绪二十四年五月，学堂创办。",
        "公元前221年，秦统一六国。",
        "三天后，双方签约。",
        "五年前，双方签约。",
        "10年后，双方签约。",
        "两周后，双方签约。",
    ],
)
def test_what_is_no_date_of_the_calendar_gives_none(text: str) -> None:
    assert moments(text) == []


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2012年建成的大桥5月8日通车。", ["2012", "2024-05-08"]),
        ("自2015年以来，双方合作，3月2日又签约。", ["2015", "2024-03-02"]),
        ("到2027年，公园达百个，5月12日开工。", ["2027", "2024-05-12"]),
        ("成立于1998年的公司5月20日签约。", ["1998", "2024-05-20"]),
        ("书院1952年创办，5月1日开放。", ["1952", "2024-05-01"]),
        ("他2005年毕业于某校，5月1日到任。", ["2005", "2024-05-01"]),
        ("据《2018年条例》，5月1日处罚。", ["2018", "2024-05-01"]),
    ],
)
def test_year_of_something_else_is_not_passed_on(text: str, edtf: list[str]) -> None:
    assert moments(text) == edtf
    assert moments(text, None) == edtf[:1]


def test_year_of_the_story_is_passed_on() -> None:
    assert moments("2019年，公司获奖，5月又获奖。") == ["2019", "2019-05"]
    assert moments("2019年3月，公司成立。5月，公司获奖。") == ["2019-03", "2019-05"]


def test_year_without_a_month_says_nothing_of_the_next_sentence() -> None:
    assert moments("2019年，公司成立。5月20日，双方签约。") == ["2019"]
    assert moments("今年，公司成立。5月20日，双方签约。") == ["2024", "2024-05-20"]


@pytest.mark.parametrize(
    ("published", "text", "edtf"),
    [
        (date(2025, 1, 6), "12月30日，双方签约。1月2日，工程开工。", ["2024-12-30", "2025-01-02"]),
        (date(2025, 1, 6), "12月31日至1月3日，灯会举行。", ["2024-12-31/2025-01-03"]),
        (date(2025, 1, 6), "2024年12月30日，双方签约，1月2日开工。", ["2024-12-30", "2025-01-02"]),
        (date(2025, 1, 6), "去年12月30日，双方签约，1月2日开工。", ["2024-12-30", "2025-01-02"]),
        (date(2024, 12, 20), "大会将于1月8日举行。", ["2025-01-08"]),
        (date(2024, 12, 20), "1月8日，大会举行。", ["2024-01-08"]),
        (date(2024, 1, 20), "大会将于12月8日举行。", ["2024-12-08"]),
        (date(2024, 6, 5), "11月8日，大会举行。", []),
        (date(2024, 6, 5), "大会将于11月8日举行。", ["2024-11-08"]),
    ],
)
def test_month_means_the_year_nearest_to_the_article(published: date, text: str, edtf: list[str]) -> None:
    assert moments(text, published) == edtf


def test_next_year_counts_from_a_date_that_is_told() -> None:
    assert moments("2019年，公司成立。次年，公司获奖。") == ["2019", "2020"]
    assert moments("2019年，公司成立。十年前，双方签约。次年，公司获奖。") == ["2019"]
    assert moments("2019年，公司成立。\n次年，公司获奖。") == ["2019"]


def test_without_an_articles_date_a_year_goes_on_only_alone() -> None:
    assert moments("2019年3月1日，公司成立。\n5月8日，双方签约。", None) == ["2019-03-01", "2019-05-08"]
    assert moments("2018年1月1日开工，2019年3月1日建成。\n5月8日，双方签约。", None) == [
        "2018-01-01",
        "2019-03-01",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "三天后签约",
        "五年前签约",
        "康熙三十年重建",
        "农历八月十五",
        "十多年前",
        "前8个月盈利",
        "下午五点零四分到达",
        "以9秒98夺冠",
        "用时1分52秒30",
        "这两天，天气转凉",
    ],
)
def test_such_numbers_measure_nothing(text: str) -> None:
    assert no_counts(text)


@pytest.mark.parametrize(
    "text",
    [
        "工期三年",
        "十分钟后入轨",
        "2020年前",
        "3年后续费",
        "7月1日前",
        "持续3分20秒",
        "得九点五分",
        "在这两年里",
    ],
)
def test_other_numbers_may_measure(text: str) -> None:
    assert no_counts(text) == []
