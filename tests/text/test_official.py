"""Official documents: what their layout says, and that it states nothing else."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

import kg
from kg.graph.store import Graph, text_of
from kg.graph.validate import validate
from kg.graph.verify import verify
from kg.graph.vocabulary import KG, SCHEMA
from kg.text.source import article_of

NOTICE = """江城市人民政府文件
江政发〔2024〕5号
江城市人民政府关于加快数字经济发展的通知
各县（市、区）人民政府，市政府各部门：
为加快数字经济发展，市政府决定设立数字经济发展基金，总规模20亿元。
一、总体要求
到2026年，全市数字经济企业达到500家。
附件：1. 任务分工
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
        "附件：1. 任务分工",
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
    assert verify(graph, [NOTICE]).problems == ()
    assert validate(graph) == ()


@pytest.mark.parametrize("name", ["documentNumber", "addressee"])
def test_another_number_or_addressee_is_found(graph: Graph, name: str) -> None:
    forged = Graph.parse(graph.to_turtle())
    (quad,) = forged.quads(None, ox.NamedNode(KG + name))
    forged.store.remove(quad)
    forged.store.add(ox.Quad(quad.subject, quad.predicate, ox.Literal("乙发〔2024〕6号", language="zh")))

    problems = verify(forged, [NOTICE]).problems

    assert any(problem.predicate == KG + name for problem in problems)
