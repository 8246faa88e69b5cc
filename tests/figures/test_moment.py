from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.base.model import TaggedSentence
from kg.figures.date_forms import FORMS
from kg.figures.moment import find_moments
from kg.text.sentence import split
from kg.text.source import article_of

GOLD = Path(__file__).parents[1] / "gold"
PUBLISHED = date(2024, 3, 5)


def moments(text: str, published: date | None = PUBLISHED) -> list[str]:
    article = replace(article_of(text), published=published)
    tagged = [TaggedSentence(sentence, ()) for sentence in split(article)]
    found = [moment for row in find_moments(article, tagged) for moment in row]
    assert all(moment.span.of(text) == moment.text for moment in found)
    return [moment.edtf for moment in found]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("会议于2022年6月22日召开", ["2022-06-22"]),
        ("２０２２年６月动工", ["2022-06"]),
        ("二〇二二年三月竣工", ["2022-03"]),
        ("从1998年起供职", ["1998"]),
        ("截至2022-06-22已完工", ["2022-06-22"]),
        ("今年上半年投产", ["2024-01/2024-06"]),
        ("去年同期持平", ["2023"]),
        ("2019年第一季度亏损", ["2019-01/2019-03"]),
        ("前三季度盈利", ["2024-01/2024-09"]),
        ("今年前8个月出口", ["2024-01/2024-08"]),
        ("2021年至2023年建成", ["2021/2023"]),
        ("1995－99年在校就读", ["1995/1999"]),
        ("1—3月新增用户", ["2024-01/2024-03"]),
        ("2月18至19日举行", ["2024-02-18/2024-02-19"]),
        ("2021年11月至2022年2月施工", ["2021-11/2022-02"]),
        ("昨日开馆，今天闭馆", ["2024-03-04", "2024-03-05"]),
        ("本月开工，上月奠基", ["2024-03", "2024-02"]),
        ("近三年来连续获奖", ["2021/2024"]),
        ("未来五年投入使用", ["2024/2029"]),
        ("“十四五”期间建成", ["2021/2025"]),
        ("20世纪90年代建厂", ["199X"]),
        ("上世纪八十年代出生", ["198X"]),
    ],
)
def test_dates_and_periods_keep_their_own_precision(text: str, edtf: list[str]) -> None:
    assert moments(text) == edtf


def test_a_date_without_a_year_takes_the_one_before_it() -> None:
    assert moments("2019年5月3日动工，6月1日竣工。") == ["2019-05-03", "2019-06-01"]


def test_a_day_without_a_month_takes_the_one_before_it() -> None:
    assert moments("1月3日抵达，5日返回。") == ["2024-01-03", "2024-01-05"]


def test_a_new_paragraph_speaks_from_the_articles_date_again() -> None:
    assert moments("公司2019年5月成立。\n2月1日开业。") == ["2019-05", "2024-02-01"]


def test_a_late_month_in_an_early_article_is_last_years() -> None:
    assert moments("11月18日举行发布会") == ["2023-11-18"]


@pytest.mark.parametrize("text", ["今年3月5日开业", "昨日开馆", "近三年获奖", "3月5日召开", "本月启动"])
def test_without_an_articles_date_what_leans_on_it_stays_unresolved(text: str) -> None:
    assert moments(text, None) == []


def test_a_full_date_needs_no_articles_date() -> None:
    assert moments("2020年2月29日开业", None) == ["2020-02-29"]


@pytest.mark.parametrize(
    "text",
    [
        "工期5个月",
        "30日内答复",
        "3号楼竣工",
        "第30日",
        "2月30日",
        "共90天",
        "2023.5亿元",
        "日均300人",
        "天问二号升空",
        "未来三五年见效",
    ],
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert moments(text) == []


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_any_full_date_reads_back(day: date) -> None:
    assert moments(f"仪式于{day.year}年{day.month}月{day.day}日举行。") == [day.isoformat()]


@given(st.text(alphabet="12０年月日号至-、今去昨近三十上半季度“五”", max_size=20))
def test_no_text_breaks_the_reader(text: str) -> None:
    if text.strip():
        moments(text)


def test_every_form_of_a_date_has_one_of_the_characters_that_are_looked_for_first() -> None:
    """Also in texts of all characters that dates are made of, at random."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(GOLD.glob("*.txt"))]
    rng = random.Random(7)  # noqa: S311 - no secret
    signs = "0123456789二三十一年月日号周星期礼拜季度五前后今昨明天晚上下本个世纪代近去过至到-/.、，国家规划"
    texts += [
        "上世纪80年代，民国三十年五月，“十四五”期间",
        *("".join(rng.choices(signs, k=400)) for _ in range(60)),
    ]
    seen = set()
    for text in texts:
        for form, (pattern, _, needs) in enumerate(FORMS):
            for match in pattern.finditer(text):
                seen.add(form)
                assert not set(needs).isdisjoint(match.group() + text[match.end() : match.end() + 8])
    assert seen == set(range(len(FORMS)))
