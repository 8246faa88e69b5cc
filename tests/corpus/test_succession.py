"""Who held a post after whom, and what contradicts what."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.corpus.conflict import Measured
from kg.corpus.graph import corpus_graph
from kg.corpus.sole_posts import is_sole_post
from kg.graph.store import Graph
from kg.graph.validate import validate
from kg.graph.vocabulary import KG, RDF
from tests.corpus.many import Texts, identity_of, read


def graph_of(texts: Texts) -> Graph:
    readings = read(texts)
    graph = corpus_graph(readings, identity_of(readings))
    assert validate(graph) == ()
    return graph


def labels(graph: Graph, kind: str) -> list[str]:
    return sorted(graph.label(node) for node in graph.sources(KG + kind, RDF + "type"))


def head(name: str, title: str) -> str:
    return f"{title}\n青禾集团董事长{name}出席会议。\n"


def test_who_held_a_post_on_a_later_day_came_after() -> None:
    graph = graph_of(
        {
            "a": ("2019-01-05", head("林远山", "甲")),
            "b": ("2021-03-01", head("苏明德", "乙")),
            "c": ("2020-06-30", head("林远山", "丙")),
            "d": ("2023-08-08", head("周安平", "丁")),
        }
    )

    (succession,) = graph.sources(KG + "Succession", RDF + "type")
    assert graph.label(succession) == "青禾集团 董事长：林远山 → 苏明德 → 周安平"
    assert len(graph.values(succession, KG + "holding")) == 3
    assert graph.values(succession, KG + "firstStated") == ["2019-01-05"]
    assert graph.values(succession, KG + "lastStated") == ["2023-08-08"]
    assert labels(graph, "Conflict") == []


def test_two_in_a_post_of_one_at_the_same_time_are_a_conflict() -> None:
    graph = graph_of(
        {
            "a": ("2019-01-05", head("林远山", "甲")),
            "b": ("2020-03-01", head("苏明德", "乙")),
            "c": ("2021-06-30", head("林远山", "丙")),
        }
    )

    (conflict,) = graph.sources(KG + "Conflict", RDF + "type")
    assert graph.label(conflict) == "青禾集团 董事长：林远山 / 苏明德"
    assert graph.values(conflict, KG + "conflictKind") == ["post"]
    assert len(graph.values(conflict, KG + "conflictMember")) == 2
    assert labels(graph, "Succession") == []


def test_without_dates_nobody_can_say_who_came_first() -> None:
    graph = graph_of({"a": ("", head("林远山", "甲")), "b": ("", head("苏明德", "乙"))})

    assert labels(graph, "Succession") == labels(graph, "Conflict") == []


@pytest.mark.parametrize("role", ["副董事长", "监事", "顾问"])
def test_a_post_of_several_says_nothing(role: str) -> None:
    texts = {
        name: ("2020-01-01", f"{name}\n青禾集团{role}{person}出席会议。\n")
        for name, person in (("甲", "林远山"), ("乙", "苏明德"))
    }
    graph = graph_of(texts)

    assert labels(graph, "Succession") == labels(graph, "Conflict") == []


def test_who_holds_it_no_more_is_no_contradiction() -> None:
    graph = graph_of(
        {
            "a": ("2020-01-05", head("苏明德", "甲")),
            "b": ("2020-01-05", "乙\n青禾集团前董事长林远山出席会议。\n"),
        }
    )

    assert labels(graph, "Conflict") == []


@pytest.mark.parametrize(
    ("role", "body", "is_sole"),
    [
        ("董事长", "青禾集团", True),
        ("市长", "湖州市", True),
        ("市长", "湖州市人民政府", True),
        ("市长", "青禾集团", False),
        ("校长", "湖州大学", True),
        ("院长", "湖州大学", False),
        ("教授", "湖州大学", False),
        ("", "湖州大学", False),
    ],
)
def test_which_posts_one_person_holds_at_a_time(role: str, body: str, *, is_sole: bool) -> None:
    assert is_sole_post(role, body) == is_sole


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("2020年青禾集团营业收入为12亿元", "2020年青禾集团营业收入为13.5亿元", True),
        ("2020年青禾集团营业收入为1.2亿元", "2020年青禾集团营业收入为1.23亿元", False),
        ("2020年青禾集团营业收入为1.2亿元", "2020年青禾集团营业收入为1.20亿元", False),
        ("2020年青禾集团营业收入为12.3亿元", "2020年青禾集团营业收入为12.38亿元", False),
        ("2020年青禾集团营业收入为12.3亿元", "2020年青禾集团营业收入为122,981.4万元", False),
        ("2020年青禾集团营业收入为12.3亿元", "2020年青禾集团营业收入为12.21亿元", True),
        ("2020年青禾集团营业收入为1200万元", "2020年青禾集团营业收入为1234.5万元", False),
        ("2020年青禾集团营业收入为1200万元", "2020年青禾集团营业收入为1290万元", True),
        ("2020年青禾集团营业收入为12.0亿元", "2020年青禾集团营业收入为12.4亿元", True),
        ("2020年青禾集团同比增长12.5%", "2020年青禾集团同比增长8.1%", False),
        ("2020年青禾集团营业收入为12亿元", "2021年青禾集团营业收入为13.5亿元", False),
        ("2020年青禾集团营业收入为12亿元", "2020年青禾集团营业收入超过11亿元", False),
        ("2020年青禾集团营业收入为12亿元", "2020年青禾集团营业收入为12亿美元", False),
    ],
)
def test_two_values_of_one_measure_of_one_date_are_a_conflict(one: str, other: str, *, differ: bool) -> None:
    graph = graph_of({"a": ("", f"甲报\n{one}。\n"), "b": ("", f"乙报的消息\n{other}。\n")})

    kinds = [graph.values(each, KG + "conflictKind") for each in graph.sources(KG + "Conflict", RDF + "type")]
    assert kinds == ([["value"]] if differ else [])


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("0%", "0.3%", True),
        ("0%", "0.9%", False),
        ("0.0%", "0.3%", False),
        ("10.0亿", "10亿", True),
        ("10亿", "9.7亿", True),
        ("10.0亿", "9.7亿", False),
        ("9.96亿", "10.0亿", True),
        ("20万", "19.6万", True),
        ("20万", "29万", False),
        ("-0.3%", "-0.34%", True),
        ("-0.3%", "0.3%", False),
        ("1,004.5吨", "1,000吨", True),
        ("三成", "三成", True),
        ("1.4142", "1.42", False),
    ],
)
def test_numbers_agree_as_far_as_they_are_written(one: str, other: str, *, agree: bool) -> None:
    scales = {"亿": Decimal(100_000_000), "万": Decimal(10_000)}

    def measured(written: str) -> Measured:
        digits = written.rstrip("亿万吨%").replace(",", "").replace("三成", "30")
        value = Decimal(digits) * scales.get(written[-1], Decimal(1))
        return Measured.of("<x:n>", "<x:a>", value, written, written)

    assert measured(one).agrees(measured(other)) is agree
    assert measured(other).agrees(measured(one)) is agree


def test_two_dates_of_what_happens_once_are_a_conflict() -> None:
    graph = graph_of(
        {
            "a": ("", "甲报\n2019年，青禾集团成立青禾农业有限公司。\n"),
            "b": ("", "乙报的消息\n2020年，青禾集团成立青禾农业有限公司。\n"),
        }
    )

    assert labels(graph, "Conflict") == ["青禾集团 成立 青禾农业有限公司：2019 / 2020"]


def test_a_year_and_a_day_in_it_do_not_contradict_each_other() -> None:
    graph = graph_of(
        {
            "a": ("", "甲报\n2019年，青禾集团成立青禾农业有限公司。\n"),
            "b": ("", "乙报的消息\n2019年5月3日，青禾集团成立青禾农业有限公司。\n"),
        }
    )

    assert labels(graph, "Conflict") == []


def test_what_one_asserts_and_another_denies_is_a_conflict() -> None:
    graph = graph_of(
        {
            "a": ("", "甲报\n青禾集团收购蓝石科技有限公司。\n"),
            "b": ("", "乙报的消息\n青禾集团否认收购蓝石科技有限公司。\n"),
        }
    )

    assert labels(graph, "Conflict") == ["青禾集团 投资 蓝石科技有限公司：陈述 / 否认"]
