"""Official documents: what their layout says, and that it states nothing else."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

import kg
from kg.api import build_articles
from kg.graph.query import run
from kg.graph.store import Graph, text_of
from kg.graph.validate import validate
from kg.graph.verify import verify
from kg.graph.vocabulary import KG, SCHEMA
from kg.text.source import article_from_bytes, article_of

NOTICE = """江城市人民政府文件
江政发〔2024〕5号
江城市人民政府关于加快数字经济发展的通知
各县（市、区）人民政府，市政府各部门：
为加快数字经济发展，市政府决定设立数字经济发展基金，总规模20亿元。
一、总体要求
到2026年，全市数字经济企业达到500家。
附件：1. 任务分工
　　　2. 江城市数字经济发展基金管理办法
江城市人民政府
2024年5月8日
（此件公开发布）
抄送：市委办公室，市人大常委会办公室。
江城市人民政府办公室　　2024年5月9日印发
"""


def body(text: str) -> list[str]:
    return [span.of(text) for span in article_of(text).body]


def test_a_notice_says_its_issuer_number_title_addressees_and_day() -> None:
    article = article_of(NOTICE)

    assert article.title == "江城市人民政府关于加快数字经济发展的通知"
    assert (article.number, article.publisher) == ("江政发〔2024〕5号", "江城市人民政府")
    assert article.addressee == "各县（市、区）人民政府，市政府各部门"
    assert str(article.published) == "2024-05-08"


def test_the_lines_of_its_form_state_nothing() -> None:
    assert body(NOTICE) == [
        "江城市人民政府关于加快数字经济发展的通知",
        "为加快数字经济发展，市政府决定设立数字经济发展基金，总规模20亿元。",
        "一、总体要求",
        "到2026年，全市数字经济企业达到500家。",
    ]


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("国办发［2018］117号", "国办发［2018］117号"),
        ("江 政 函 〔2024〕 12 号", ""),
        ("江政办函〔2024〕 12 号", "江政办函〔2024〕12号"),
        ("江政发〔2024〕5号　　　签发人：王芳", "江政发〔2024〕5号"),
        ("江城市人民政府令（2024）第5号", "江城市人民政府令（2024）第5号"),
    ],
)
def test_numbers_are_known_in_their_ways_of_writing(number: str, written: str) -> None:
    assert article_of(NOTICE.replace("江政发〔2024〕5号", number)).number == written


def test_without_a_red_head_who_signs_is_the_issuer() -> None:
    article = article_of(NOTICE.partition("\n")[2])

    assert (article.publisher, article.number) == ("江城市人民政府", "江政发〔2024〕5号")


def test_a_day_in_chinese_numerals_is_one() -> None:
    assert str(article_of(NOTICE.replace("2024年5月8日", "二〇二四年五月八日")).published) == "2024-05-08"


def formal(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in article_of(text).formal:
        found.setdefault(name, []).append(value)
    return found


def test_its_last_line_says_who_printed_it_and_when_and_what_is_attached_is_named() -> None:
    assert formal(NOTICE) == {
        "attachment": ["任务分工", "江城市数字经济发展基金管理办法"],
        "printedBy": ["江城市人民政府办公室"],
        "printedOn": ["2024-05-09"],
    }


def test_one_attachment_has_no_number() -> None:
    one = NOTICE.replace("1. 任务分工\n　　　2. 江城市数字经济发展基金管理办法", "任务分工表")

    assert formal(one)["attachment"] == ["任务分工表"]


@pytest.mark.parametrize(
    "lines",
    [
        "附件：1. 任务分工\n2. 管理办法",
        "附件：\n1．任务分工\n2．管理办法",
        "附件1：任务分工\n附件2：管理办法",
        "附件一：任务分工\n附件二：管理办法",
        "附 件：1.任务分工　　2.管理办法",
    ],
)
def test_what_is_attached_is_named_in_the_ways_it_is_listed(lines: str) -> None:
    text = NOTICE.replace("附件：1. 任务分工\n　　　2. 江城市数字经济发展基金管理办法", lines)

    assert formal(text)["attachment"] == ["任务分工", "管理办法"]
    assert body(text) == body(NOTICE)


def test_a_list_without_names_and_a_sentence_on_attachments_are_none() -> None:
    for words in ("附件：", "详见附件。", "附件：详见附件1.5倍的说明。"):
        text = NOTICE.replace("附件：1. 任务分工\n　　　2. 江城市数字经济发展基金管理办法", words)

        assert "attachment" not in formal(text)


ANNEX = (
    "附件1\n任务分工\n"
    + "".join(f"第{each}项任务由江城市财政局负责。\n" for each in range(1, 30))
    + "2025年6月30日\n"
)


def test_what_is_attached_in_the_same_text_does_not_hide_who_signs() -> None:
    first, last = NOTICE[: NOTICE.index("抄送")], NOTICE[NOTICE.index("抄送") :]
    article = article_of(first + ANNEX + last)

    assert (article.publisher, str(article.published)) == ("江城市人民政府", "2024-05-08")
    assert formal(first + ANNEX + last) == formal(NOTICE)
    assert "第29项任务由江城市财政局负责。" in body(first + ANNEX + last)
    assert not any(line.startswith("抄送") for line in body(first + ANNEX + last))


def test_a_title_of_several_lines_is_one() -> None:
    article = article_of(NOTICE.replace("江城市人民政府关于加快数字", "江城市人民政府\n关于加快\n数字"))

    assert article.title == "江城市人民政府关于加快数字经济发展的通知"
    assert [span.of(article.text) for span in article.body][:3] == [
        "江城市人民政府",
        "关于加快",
        "数字经济发展的通知",
    ]


TABLE = """索 引 号：000014349/2024-00150　　主题分类：财政、金融、审计\\其他
发文机关：江城市人民政府\t成文日期：2024年5月8日
标　　题：江城市人民政府关于加快数字经济发展的通知
发文字号：江政发〔2024〕5号\t发布日期：2024年5月14日
主 题 词：
"""
ON_A_SITE = "".join(NOTICE.splitlines(keepends=True)[1:]).replace(
    "江政发〔2024〕5号\n江城市人民政府关于加快数字经济发展的通知",
    "江城市人民政府关于加快数字经济发展的通知\n江政发〔2024〕5号",
)


@pytest.mark.parametrize(
    "text",
    [
        TABLE + ON_A_SITE,
        TABLE.replace("：", "\t") + ON_A_SITE,
        TABLE + ON_A_SITE.replace("江政发〔2024〕5号\n", ""),
    ],
    ids=["colons", "cells", "the number in the table alone"],
)
def test_the_table_that_a_site_puts_above_is_metadata(text: str) -> None:
    article = article_of(text)

    assert formal(text)["indexNumber"] == ["000014349/2024-00150"]
    assert formal(text)["topic"] == ["财政、金融、审计\\其他"]
    assert (article.number, article.publisher) == ("江政发〔2024〕5号", "江城市人民政府")
    assert str(article.published) == "2024-05-08"
    assert body(text) == body(NOTICE)


def test_who_signs_nothing_is_told_by_the_table() -> None:
    unsigned = ON_A_SITE.replace("江城市人民政府\n2024年5月8日\n", "").replace("江城市人民政府关于", "关于")

    assert article_of(TABLE + unsigned).publisher == "江城市人民政府"


def test_the_table_of_a_saved_page_is_metadata() -> None:
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td>{cell}</td>" for cell in row.replace("　　主", "\t主").replace("：", "：\t").split("\t")
        )
        + "</tr>"
        for row in TABLE.splitlines()
    )
    prose = "市政府决定设立数字经济发展基金，总规模20亿元，重点支持本市数字经济企业开展技术改造和人才引进。"
    lines = "".join(
        f"<p>{line}</p>"
        for line in ON_A_SITE.replace("总规模20亿元。", f"总规模20亿元。{prose}").splitlines()
    )
    page = f"<html><body><table>{rows}</table><div>{lines}</div></body></html>"
    article = article_from_bytes(page.encode(), "notice", "html")

    assert ("indexNumber", "000014349/2024-00150") in article.formal
    assert ("printedBy", "江城市人民政府办公室") in article.formal
    assert article.number == "江政发〔2024〕5号"
    assert "索" not in article.text
    graph = build_articles([article]).graph
    assert verify(graph, [article.text]).problems == ()
    assert validate(graph) == ()


def page(rows: str, lines: str) -> bytes:
    prose = "市政府决定设立数字经济发展基金，总规模20亿元，重点支持本市数字经济企业开展技术改造和人才引进。"
    body = "".join(
        f"<p>{line}</p>" for line in lines.replace("总规模20亿元。", f"总规模20亿元。{prose}").splitlines()
    )
    cells = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row.replace("：", "：\t").split("\t")) + "</tr>"
        for row in rows.splitlines()
    )
    return f"<html><body><table>{cells}</table><div>{body}</div></body></html>".encode()


def test_a_number_that_stands_in_the_table_of_a_page_alone_is_that_of_the_document() -> None:
    lines = ON_A_SITE.replace("江政发〔2024〕5号\n", "")
    article = article_from_bytes(page(TABLE.replace("　　主", "\t主"), lines), "notice", "html")

    assert "〔2024〕5号" not in article.text
    assert (article.number, article.publisher) == ("江政发〔2024〕5号", "江城市人民政府")
    assert article.addressee == "各县（市、区）人民政府，市政府各部门"
    assert ("attachment", "任务分工") in article.formal
    assert str(article.published) == "2024-05-08"
    graph = build_articles([article]).graph
    assert [row["date"] for row in run(graph, "relations") if row["predicate"] == KG + "issued"] == [
        "2024-05-08"
    ]
    assert verify(graph, [article.text]).problems == ()
    forged = Graph.parse(graph.to_turtle().replace("江政发〔2024〕5号".encode(), "约5号".encode()))
    assert any(each.predicate == KG + "documentNumber" for each in verify(forged, [article.text]).problems)


def test_who_issued_an_unsigned_document_is_told_by_the_table_of_its_page() -> None:
    lines = ON_A_SITE.replace("江政发〔2024〕5号\n", "").replace("江城市人民政府\n2024年5月8日\n", "")
    article = article_from_bytes(page(TABLE.replace("　　主", "\t主"), lines), "notice", "html")

    assert article.publisher == "江城市人民政府"
    facts = build_articles([article]).readings[0].facts
    assert [fact.predicate for fact in facts if fact.pattern == "official-issuer"] == ["issued"]


def test_a_number_of_a_page_that_is_none_is_left_out() -> None:
    article = article_from_bytes(
        page(
            TABLE.replace("　　主", "\t主").replace("江政发〔2024〕5号", "无"),
            ON_A_SITE.replace("江政发〔2024〕5号\n", ""),
        ),
        "notice",
        "html",
    )

    assert article.number == ""


def test_one_field_above_an_article_is_no_table() -> None:
    text = "主题分类：财政\n江城设立基金\n江城市人民政府设立基金。\n"

    assert article_of(text).formal == ()


@pytest.mark.parametrize(
    "text",
    [
        "江城设立基金\n江城市政府印发江政发〔2024〕5号文件，设立基金。\n王芳出席。\n",
        "江政发〔2024〕5号\n江城设立基金。\n",
        "江城日报\n江城市人民政府关于加快数字经济发展的通知\n全市企业达到500家。\n",
    ],
    ids=["a number in a sentence", "no title", "no number"],
)
def test_what_only_speaks_of_one_is_none(text: str) -> None:
    article = article_of(text)

    assert (article.number, article.addressee) == ("", "")
    assert body(text)[0] == text.splitlines()[0]


@pytest.fixture(scope="module")
def graph() -> Graph:
    return kg.build_text(NOTICE).graph


def test_the_graph_says_so_and_is_proven(graph: Graph) -> None:
    article = text_of(next(iter(graph.quads(None, ox.NamedNode(KG + "sha256")))).subject)

    assert graph.values(article, KG + "documentNumber") == ["江政发〔2024〕5号"]
    assert graph.values(article, KG + "addressee") == ["各县（市、区）人民政府，市政府各部门"]
    assert graph.values(article, SCHEMA + "publisher") == ["江城市人民政府"]
    assert graph.values(article, KG + "printedBy") == ["江城市人民政府办公室"]
    assert graph.values(article, KG + "printedOn") == ["2024-05-09"]
    assert graph.values(article, KG + "attachment") == ["任务分工", "江城市数字经济发展基金管理办法"]
    assert verify(graph, [NOTICE]).problems == ()
    assert validate(graph) == ()


def test_who_issued_it_on_which_day_is_a_fact_with_the_title_as_its_quote(graph: Graph) -> None:
    (row,) = [each for each in run(graph, "relations") if each["predicate"] == KG + "issued"]

    assert graph.label(row["subject"]) == "江城市人民政府"
    assert graph.label(row["object"]) == row["quote"] == "江城市人民政府关于加快数字经济发展的通知"
    assert (row["date"], row["status"]) == ("2024-05-08", "asserted")


@pytest.mark.parametrize(
    "title",
    ["江城市人民政府\n关于加快数字经济发展的通知", "江城市人民政府关于加快\n　　数字经济\n发展的通知"],
)
def test_a_title_of_several_lines_says_who_issued_it_too(title: str) -> None:
    text = NOTICE.replace("江城市人民政府关于加快数字经济发展的通知", title)
    built = kg.build_text(text)

    (row,) = [each for each in run(built.graph, "relations") if each["predicate"] == KG + "issued"]
    assert row["quote"] == title
    assert "".join(built.graph.label(row["object"]).split()) == "江城市人民政府关于加快数字经济发展的通知"
    assert verify(built.graph, [text]).problems == ()
    assert validate(built.graph) == ()


@pytest.mark.parametrize(
    "text",
    [
        NOTICE.replace("江城市人民政府关于", "关于"),
        NOTICE.replace("江城市人民政府关于", "江城市财政局关于"),
        NOTICE.replace("江政发〔2024〕5号\n", ""),
    ],
    ids=["a title without a body", "a body that does not sign", "no number"],
)
def test_it_is_none_where_title_and_signature_do_not_say_the_same(text: str) -> None:
    facts = kg.build_text(text).readings[0].facts

    assert not [fact for fact in facts if fact.pattern == "official-issuer"]


@pytest.mark.parametrize("name", ["documentNumber", "addressee", "printedBy", "indexNumber"])
def test_another_value_than_that_of_the_text_is_found(graph: Graph, name: str) -> None:
    forged = (
        build_articles([article_of(TABLE + NOTICE)]).graph
        if name == "indexNumber"
        else Graph.parse(graph.to_turtle())
    )
    (quad,) = forged.quads(None, ox.NamedNode(KG + name))
    forged.store.remove(quad)
    forged.store.add(ox.Quad(quad.subject, quad.predicate, ox.Literal("乙发〔2024〕6号", language="zh")))

    problems = verify(forged, [TABLE + NOTICE if name == "indexNumber" else NOTICE]).problems

    assert any(problem.predicate == KG + name for problem in problems)
