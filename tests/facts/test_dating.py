"""When a fact happened: only the date that the sentence ties to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kg.facts.candidate import find_candidates
from kg.facts.dating import with_dated_figures
from kg.facts.marked import annotate
from kg.figures.figure import find_figures
from kg.figures.moment import find_moments


def dates(source: str, predicate: str) -> list[str | None]:
    article, entities, annotated = annotate(source)
    article = replace(article, published=date(2024, 6, 5))
    rows = find_moments(article, [one.tagged for one in annotated], [one.links for one in annotated])
    dated = tuple(replace(one, moments=row) for one, row in zip(annotated, rows, strict=True))
    return [
        one.date.edtf if one.date else None
        for one in find_candidates(article, entities, dated)
        if one.predicate == predicate
    ]


@pytest.mark.parametrize(
    ("text", "predicate", "edtf"),
    [
        ("5月20日，{长河机械|O}走访{江北福利院|O}。", "visited", "2024-05-20"),
        ("{长河机械|O}5月20日走访{江北福利院|O}。", "visited", "2024-05-20"),
        ("5月20日，大桥开工，{长河机械|O}走访{江北福利院|O}。", "visited", "2024-05-20"),
        ("6月1日，成立于1998年的{长河机械|O}走访{江北福利院|O}。", "visited", "2024-06-01"),
        ("2012年建成的{江北福利院|O}5月8日获评{省级文明单位|A}。", "receivedAward", "2024-05-08"),
        ("昨天（6月4日），{长河机械|O}走访{江北福利院|O}。", "visited", "2024-06-04"),
        ("{李明山|P}2005年毕业于{江北大学|O}。", "educatedAt", "2005"),
        ("{春江论坛|E}将于6月18日至19日在{南江市|L}举行。", "locatedIn", "2024-06-18/2024-06-19"),
        ("自2009年{长河机械|O}走访{江北福利院|O}以来，往来不断。", "visited", "2009"),
        ("{长河机械|O}自2009年走访{江北福利院|O}以来，往来不断。", "visited", "2009"),
        ("2023年度，{长河机械|O}获评{省级文明单位|A}。", "receivedAward", "2023"),
        ("5月8日，由{长河机械|O}主办的{春江论坛|E}开幕。", "organized", "2024-05-08"),
        ("2021年3月，{长河机械|O}成立{长河研究院|O}。", "established", "2021-03"),
    ],
)
def test_date_of_the_deed(text: str, predicate: str, edtf: str) -> None:
    assert dates(text, predicate) == [edtf]


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("{江北福利院|O}，1952年创办，{长河机械|O}走访{江北福利院|O}。", "visited"),
        ("成立于1998年的{长河机械|O}走访{江北福利院|O}。", "visited"),
        ("始建于1998年的{长河机械|O}走访{江北福利院|O}。", "visited"),
        ("2012年建成的{长河机械|O}走访{江北福利院|O}。", "visited"),
        ("2008年{春江运动会|E}志愿者{李明山|P}走访{江北福利院|O}。", "visited"),
        ("{李明山|P}，1975年8月生，走访{江北福利院|O}。", "visited"),
        ("{李明山|P}，1997年7月参加工作，走访{江北福利院|O}。", "visited"),
        ("{李明山|P}（1975年8月生）走访{江北福利院|O}。", "visited"),
        ("{李明山|P}2005年毕业于{江北大学|O}，后走访{江北福利院|O}。", "visited"),
        ("截至2023年底，{长河机械|O}走访{江北福利院|O}。", "visited"),
        ("自2009年以来，{长河机械|O}走访{江北福利院|O}。", "visited"),
        ("{李明山|P}2003年赴海外讲学，曾获{省级文明单位|A}。", "receivedAward"),
        ("到2027年，{长河机械|O}走访{江北福利院|O}。", "visited"),
        ("2030年目标公布，{长河机械|O}走访{江北福利院|O}。", "visited"),
        ("2023年5月，大桥开工，此后{长河机械|O}走访{江北福利院|O}。", "visited"),
        ("2023年5月，大桥开工，目前{长河机械|O}走访{江北福利院|O}。", "visited"),
        ("2023年5月，{李明山|P}透露，{长河机械|O}走访{江北福利院|O}。", "visited"),
        ("2023年5月，大桥开工，三天后{长河机械|O}走访{江北福利院|O}。", "visited"),
        ("2023年5月，大桥开工；{长河机械|O}走访{江北福利院|O}。", "visited"),
        ("农历八月十五，{长河机械|O}走访{江北福利院|O}。", "visited"),
        ("围绕“十四五”时期发展，{长河机械|O}走访{江北福利院|O}。", "visited"),
        ("“十五五”规划编制期间，{长河机械|O}走访{江北福利院|O}。", "visited"),
        ("{长河机械|O}获评2019年度{省级文明单位|A}。", "receivedAward"),
        ("大会通报2023年工作，{长河机械|O}走访{江北福利院|O}。", "visited"),
        ("新华社南江6月4日电 {长河机械|O}走访{江北福利院|O}。", "visited"),
        ("5月8日，由{长河机械|O}研发的{春江一号|R}亮相。", "developed"),
    ],
)
def test_date_of_something_else_is_none_of_it(text: str, predicate: str) -> None:
    assert dates(text, predicate) == [None]


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("5月8日，{{长河机械|O}党支部|O}开会。", "subOrganizationOf"),
        ("5月8日，{{南江市|L}东山区|L}下雨。", "locatedIn"),
        ("5月8日，位于{南江市|L}的{长河机械|O}开业。", "locatedIn"),
    ],
)
def test_what_lasts_has_no_date(text: str, predicate: str) -> None:
    assert dates(text, predicate) == [None]


def test_post_is_not_held_since_the_date_in_a_name() -> None:
    assert dates("2008年{春江运动会|E}冠军{李明山|P}任{长河机械|O}总经理。", "holdsPosition") == [None]
    assert dates("2012年建成的{长河机械|O}由{李明山|P}任总经理。", "holdsPosition") in ([None], [])


def test_post_is_held_since_its_own_date() -> None:
    found = dates("{李明山|P}1995年任{长河机械|O}主持工作的副主任。", "holdsPosition")
    assert found == ["1995/.."]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2022年，{长河机械|O}实现营业收入15亿元。", ["2022"]),
        ("2022年，{长河机械|O}实现营业收入15亿元，2023年为18亿元。", ["2022", "2023"]),
        ("截至2023年6月30日，{南江市|L}共有企业1200家。", ["2023-06-30"]),
        ("2023年，{南江市|L}财政收入由30亿元增至50亿元。", [None, "2023"]),
        ("2023年，{南江市|L}贫困发生率从12%下降到3%。", [None, "2023"]),
        ("2023年，{南江市|L}从50家增加了3家。", ["2023", "2023"]),
        ("{长河机械|O}成立于1998年，现有员工126名。", [None]),
        ("到2027年，{长河机械|O}拟招收学徒300名。", [None]),
        ("{长河机械|O}自2015年以来捐款300万元。", [None]),
        ("{长河机械|O}有员工126名。", [None]),
    ],
)
def test_a_figure_has_the_date_on_which_it_was_so(text: str, edtf: list[str | None]) -> None:
    article, _, annotated = annotate(text)
    rows = find_moments(article, [one.tagged for one in annotated], [one.links for one in annotated])
    dated = [replace(one, moments=row) for one, row in zip(annotated, rows, strict=True)]
    figures = find_figures(article, dated)
    found = [
        figure
        for one, own in zip(dated, figures, strict=True)
        for figure in with_dated_figures(replace(one, figures=own)).figures
    ]
    assert [figure.date.edtf if figure.date else None for figure in found] == edtf
