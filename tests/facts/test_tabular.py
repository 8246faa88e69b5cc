"""Tables and lists of people give their facts and figures, each from its own row, with the row as quote."""

from __future__ import annotations

import pytest

from kg.base.model import Reading
from kg.pipeline import Pipeline
from kg.text.source import article_from_bytes, article_of


def read(text: str) -> Reading:
    (reading,) = Pipeline().read([article_of(text)])
    _assert_exact(reading)
    return reading


def _assert_exact(reading: Reading) -> None:
    text = reading.article.text
    for fact in reading.facts:
        assert all(each.span.of(text) == each.quote for each in fact.evidence)
    for figure in reading.figures:
        assert figure.span.of(text) == figure.text
        assert figure.quote.holds(figure.span)


def facts(reading: Reading) -> set[tuple[str, str, str, str, str]]:
    bare = {entity.id: entity.name for entity in reading.entities}
    return {
        (bare[fact.subject], fact.predicate, bare[fact.object], fact.role, fact.status)
        for fact in reading.facts
        if not fact.derived
    }


TEACHERS = [
    "江城市优秀教师名单\n姓名\t工作单位\t职务\t奖金（万元）\n钱大勇\t青川县第二中学\t高级教师\t1.2\n孙国强\t白山小学\t校长\t0.8",
    "江城市优秀教师名单\n| 姓名 | 工作单位 | 职务 | 奖金（万元） |\n|---|:--|---|--:|\n| 钱大勇 | 青川县第二中学 | 高级教师 | 1.2 |\n| 孙国强 | 白山小学 | 校长 | 0.8 |",
    "江城市优秀教师名单\n姓名     工作单位         职务      奖金（万元）\n钱大勇   青川县第二中学   高级教师   1.2\n孙国强   白山小学        校长      0.8",
    "江城市优秀教师名单\n序号 姓名 工作单位 职务 奖金/万元\n1 钱大勇 青川县第二中学 高级教师 1.2\n2 孙国强 白山小学 校长 0.8\n以上名单。",
]


@pytest.mark.parametrize("text", TEACHERS)
def test_a_row_gives_who_holds_which_post_where(text: str) -> None:
    reading = read(text)

    assert facts(reading) == {
        ("钱大勇", "holdsPosition", "青川县第二中学", "高级教师", "asserted"),
        ("孙国强", "holdsPosition", "白山小学", "校长", "asserted"),
    }
    assert {(int(figure.value), figure.unit, figure.of) for figure in reading.figures} == {
        (12000, "元", "奖金"),
        (8000, "元", "奖金"),
    }


def test_rows_of_a_page_and_of_markdown_are_read_alike() -> None:
    page = (
        "<html><body><h1>江城市优秀教师名单</h1><p>江城市教育局决定，对下列教师予以表彰，现将名单公布。</p><table><tr><th>姓名<th>单位<th>职务"
        "<tr><td>钱大勇<td>青川县第二中学<td>教师</table></body></html>"
    )
    markdown = (
        "# 江城市优秀教师名单\n\n| 姓名 | 单位 | 职务 |\n|--|--|--|\n| **钱大勇** | 青川县第二中学 | 教师 |\n"
    )
    for data, kind in ((page, "html"), (markdown, "markdown")):
        (reading,) = Pipeline().read([article_from_bytes(data.encode(), "a", kind)])
        _assert_exact(reading)
        assert ("钱大勇", "holdsPosition", "青川县第二中学", "教师", "asserted") in facts(reading)


def test_gifts_bids_stakes_and_prizes_go_by_the_heads_of_their_columns() -> None:
    assert facts(
        read("公示\n捐赠方\t受赠方\t金额（元）\n海川科技有限公司\t明德大学\t5000\n李大海\t青川县福利院\t300")
    ) == {
        ("海川科技有限公司", "supported", "明德大学", "", "asserted"),
        ("李大海", "supported", "青川县福利院", "", "asserted"),
    }
    assert facts(read("公示\n采购单位\t中标供应商\n江城市教育局\t海川科技有限公司")) == {
        ("江城市教育局", "partneredWith", "海川科技有限公司", "", "asserted")
    }
    assert facts(read("公示\n投资方\t被投资企业\n海川科技有限公司\t白山电子有限公司")) == {
        ("海川科技有限公司", "investedIn", "白山电子有限公司", "", "asserted")
    }


def test_a_gift_has_the_amount_and_the_date_of_its_row() -> None:
    reading = read(
        "公示\n捐赠单位\t捐赠金额（万元）\t捐赠时间\t受赠单位\n海川科技有限公司\t12.5\t2023-03-01\t明德大学\n合计\t12.5\t\t"
    )
    (fact,) = reading.facts

    assert fact.amount is not None
    assert fact.date is not None
    assert (str(fact.amount.value), fact.amount.unit, fact.date.edtf) == ("125000", "元", "2023-03-01")
    assert fact.evidence[0].quote == "海川科技有限公司\t12.5\t2023-03-01\t明德大学"


def test_what_is_proposed_is_planned_and_who_recommends_is_no_employer() -> None:
    assert facts(read("公示\n姓名\t现任职务\t拟任职务\n钱大勇\t青川县财政局副局长\t青川县审计局局长")) == {
        ("钱大勇", "holdsPosition", "青川县财政局", "副局长", "asserted"),
        ("钱大勇", "holdsPosition", "青川县审计局", "局长", "planned"),
    }
    assert facts(read("公示\n姓名\t推荐单位\t职务\n钱大勇\t青川县财政局\t局长")) == set()


def test_a_unit_over_the_whole_table_counts_and_a_total_has_no_owner() -> None:
    reading = read(
        "各县指标\n单位：亿元\n地区\t生产总值\t增速（%）\n青川县\t12.5\t6.2\n白山县\t8\t-1.5\n合计\t20.5\t"
    )
    owner = {entity.id: entity.name for entity in reading.entities}

    assert {
        (str(figure.value), figure.unit, owner.get(figure.subject) if figure.subject else None)
        for figure in reading.figures
    } == {
        ("1250000000", "元", "青川县"),
        ("800000000", "元", "白山县"),
        ("6.2", "%", "青川县"),
        ("-1.5", "%", "白山县"),
        ("2050000000", "元", None),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("领导名单\n青川县第一中学校长：方平", {("方平", "青川县第一中学", "校长")}),
        (
            "领导名单\n县财政局：周明（局长）、吴芳（副局长）",
            {("周明", "县财政局", "局长"), ("吴芳", "县财政局", "副局长")},
        ),
        (
            "专家名单\n组长：钱大勇　明德大学教授\n成员：孙国强　青川县水利局副局长\n　　　李大海　白山医院主任医师",
            {
                ("钱大勇", "明德大学", "教授"),
                ("孙国强", "青川县水利局", "副局长"),
                ("李大海", "白山医院", "主任医师"),
            },
        ),
        (
            "青川县政府领导班子\n县　长：赵　安\n副县长：孙　强、钱大勇",
            {
                ("赵安", "青川县政府", "县长"),
                ("孙强", "青川县政府", "副县长"),
                ("钱大勇", "青川县政府", "副县长"),
            },
        ),
        ("产品介绍\n主要产品：白酒、黄酒、金酒", set()),
        ("领导分工\n校长：赵安", set()),
    ],
)
def test_lists_behind_a_post_or_a_body(text: str, expected: set[tuple[str, str, str]]) -> None:
    found = facts(read(text))

    assert {(one, other, role) for one, _, other, role, _ in found} == expected


def test_prose_with_blanks_is_no_table() -> None:
    text = "江城新闻\n姓名 很重要，单位 也很重要。\n海川集团董事长李大海来到明德大学。"

    assert len(read(text).sentences) == 3


def test_a_row_is_as_sure_as_its_table_and_its_names_not_as_two_names_far_apart_in_a_text() -> None:
    reading = read("公示\n捐赠方\t受赠方\n海川科技有限公司\t明德大学")

    assert [fact.confidence >= 0.8 for fact in reading.facts] == [True]
