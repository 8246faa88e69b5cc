"""What is answered to a question: the sentence, its quotes, how the articles say it, and what is said where there is no answer."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg.base import language
from kg.cli.app import app
from kg.graph.store import text_of
from kg.questions.grammar import grammar
from kg.questions.known import known_in
from kg.questions.match import Matcher
from kg.questions.model import Answer
from kg.questions.words import words_of


def values(answer: Answer) -> list[str]:
    return [value.text for value in answer.values]


def test_an_answer_is_a_sentence_with_its_quotes_and_where_they_stand(party: kg.KnowledgeGraph) -> None:
    answer = party.ask("韩立群担任什么职务？")

    assert answer.outcome == "answered"
    assert answer.sentence == "韩立群的职务：高新区科技服务中心主任。"
    (source,) = answer.sources
    text = next(iter(party.texts.values()))
    assert text[source.start : source.start + len(source.quote)] == source.quote
    assert source.article == "青岭高新区：把支部建在车间里"


def test_the_query_that_is_shown_gives_the_same_answer(party: kg.KnowledgeGraph) -> None:
    answer = party.ask("谁资助过方静怡，或者方静怡担任什么职务")
    assert answer.outcome != "answered"

    shown = party.ask("方静怡担任什么职务")
    rows = party.query(shown.sparql)

    assert len(rows) == len(shown.values) == 2
    found = {text_of(term) for row in rows.rows if (term := row[rows.columns.index("fact")]) is not None}
    assert found == {node for value in shown.values for node in value.nodes}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("蓝海重工现任董事长是谁？", ["姜永平"]),
        ("蓝海重工原董事长是谁？", ["魏成栋"]),
        ("叶知秋在1985年担任什么职务？", ["青岭农业科学研究所水稻研究室主任"]),
        ("田野从什么时候起担任青岭市市长？", ["2022年1月"]),
        ("毕业于清华大学的人获得了什么荣誉？", ["“全省科学技术杰出贡献奖”"]),
        ("东屿汽车集团和蓝海重工谁的营业收入高？", ["东屿汽车集团（530亿元）"]),
        ("哪家公司的员工最多？", ["东屿汽车集团（2.1万人）"]),
        ("叶知秋最早获得的荣誉是什么？", ["“全国五一劳动奖章”"]),
        ("恒泽电气2023年净利润是多少？", ["5.2亿元"]),
        ("南溪大学的附属医院的院长是谁？", ["欧阳平"]),
        (
            "营业收入超过100亿元的企业有哪些？",
            ["蓝海重工集团股份有限公司（126亿元）", "东屿汽车集团（530亿元）"],
        ),
    ],
)
def test_what_narrows_a_question_is_heard(
    corpus: kg.KnowledgeGraph, question: str, expected: list[str]
) -> None:
    answer = corpus.ask(question)

    assert sorted(values(answer)) == sorted(expected)
    assert answer.sources


def test_what_is_former_is_said_apart(corpus: kg.KnowledgeGraph) -> None:
    answer = corpus.ask("姜永平担任什么职务？")

    assert values(answer) == ["蓝海重工集团股份有限公司董事长"]
    assert "以前还有" in answer.sentence


def test_what_is_planned_is_said_to_be(corpus: kg.KnowledgeGraph) -> None:
    answer = corpus.ask("南溪市支持谁？")

    assert values(answer) == ["东屿汽车集团"]
    assert "计划中" in answer.sentence


def test_what_is_denied_is_no_and_what_is_not_said_is_neither(corpus: kg.KnowledgeGraph) -> None:
    denied = corpus.ask("恒泽电气收购了蓝海重工集团吗？")
    silent = corpus.ask("南溪大学收购了蓝海重工吗？")

    assert values(denied) == ["否"]
    assert "文章否认" in denied.sentence
    assert silent.outcome == "nothing"


def test_what_others_say_is_said_to_be_theirs(corpus: kg.KnowledgeGraph) -> None:
    answer = corpus.ask("蓝海重工和谁合作？")

    assert values(answer) == ["东屿汽车集团"]
    assert "据他人所说" in answer.sentence


@pytest.mark.parametrize(
    "question", ["梁思源获得的奖金是多少？", "恒泽电气的董事长的奖金是多少？", "南溪大学举办的活动在哪里？"]
)
def test_a_question_inside_a_question_is_sparql_in_every_slot(
    corpus: kg.KnowledgeGraph, question: str
) -> None:
    assert corpus.ask(question).sentence


def test_what_is_asked_in_a_narrow_word_is_said_in_it(corpus: kg.KnowledgeGraph) -> None:
    assert values(corpus.ask("谁慰问了洛川乡？")) == ["邹志强"]
    assert values(corpus.ask("叶知秋是哪里毕业的？")) == ["南京农学院"]


def test_where_somebody_comes_from_is_not_where_he_works(corpus: kg.KnowledgeGraph) -> None:
    assert values(corpus.ask("赵振华是哪里人？")) == ["湖南长沙"]


def test_an_object_stands_where_the_words_of_the_deed_have_it(corpus: kg.KnowledgeGraph) -> None:
    assert corpus.ask("谁向洛川乡捐赠？").sentence.startswith("向洛川乡捐赠的：")


def test_an_amount_is_said_as_it_is_asked(corpus: kg.KnowledgeGraph) -> None:
    assert corpus.ask("营业收入超过100亿元的企业有哪些？").sentence.startswith("营业收入超过100亿元的：")


def test_doubt_is_said(corpus: kg.KnowledgeGraph) -> None:
    answer = corpus.ask("蔡敏担任什么职务？")

    assert all(value.confidence < 0.6 for value in answer.values)
    assert "存疑" in answer.sentence


def test_a_name_that_no_article_has_is_told(party: kg.KnowledgeGraph) -> None:
    answer = party.ask("欧阳云飞担任什么职务？")

    assert answer.outcome == "unknown"
    assert answer.sentence == "图谱里没有“欧阳云飞”。"
    assert answer.understood == "欧阳云飞担任什么职务"


def test_a_name_that_is_said_to_be_in_no_graph_ends_before_what_is_asked_of_it(
    party: kg.KnowledgeGraph,
) -> None:
    answer = party.ask("欧阳云飞的表姐担任什么职务？")

    assert answer.sentence == "图谱里没有“欧阳云飞”、“表姐”。"


def test_kinds_whose_words_do_not_stand_in_a_question_are_not_tried(party: kg.KnowledgeGraph) -> None:
    text = "上个月从青岭坐车到城里去看病的老人回来以后说路上看见了几辆停着的红色拖拉机"
    matcher = Matcher(
        grammar(), words_of(text, known_in(party.graph, text, grammar().parts["belongs"])), loose=True
    )
    for pattern in grammar().patterns:
        list(matcher.readings(pattern))

    assert 0 < matcher.steps < 30_000  # of 60,000 that are allowed, which it needed before


def test_what_is_not_understood_says_what_is_known_and_offers_questions_that_have_an_answer(
    party: kg.KnowledgeGraph,
) -> None:
    answer = party.ask("方静怡为什么要这样做？")

    assert answer.outcome == "unread"
    assert answer.names == {"方静怡": "方静怡"}
    assert answer.nearest
    assert all(party.ask(question).outcome == "answered" for question in answer.nearest)


def test_the_end_of_a_name_is_enough_where_it_is_one_only_and_that_is_said(corpus: kg.KnowledgeGraph) -> None:
    answer = corpus.ask("暴雨灾害造成多少人死亡？")
    other = corpus.ask("暴雨灾害在哪里发生？")

    assert values(answer) == ["3人"]
    assert values(other) == ["洛川乡"]
    assert "按“洛川乡“7·12”暴雨灾害”理解" in other.sentence


def test_the_beginning_of_a_name_is_not_enough(corpus: kg.KnowledgeGraph) -> None:
    assert corpus.ask("南溪大学附属的院长是谁？").outcome != "answered"


@pytest.mark.parametrize(
    "question",
    ["", "？", "的" * 500, "谁" * 150, "有有有有有有有有有" * 20, "\x00\ud800", "SELECT * { ?s ?p ?o }"],
)
def test_what_is_no_question_is_not_understood(party: kg.KnowledgeGraph, question: str) -> None:
    assert party.ask(question).outcome in ("unread", "unknown")


def test_a_question_is_answered_the_same_again(corpus: kg.KnowledgeGraph) -> None:
    question = "南溪大学和哪些单位有合作？"

    assert corpus.ask(question).plain() == corpus.ask(question).plain()


@pytest.fixture
def saved(party: kg.KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("saved")
    party.save(folder)
    return str(folder)


def test_the_command_prints_sentence_quote_and_source(saved: str) -> None:
    done = CliRunner().invoke(app, ["ask", "韩立群担任什么职务？", "-g", saved, "--sparql"])

    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "韩立群的职务：高新区科技服务中心主任。"
    quoted, name, start, end = re.findall(
        r"^  “(.+)” —— 青岭高新区：把支部建在车间里 \((\S+) (\d+)-(\d+)\)$", lines[1]
    )[0]
    assert quoted == "高新区科技服务中心主任韩立群介绍"
    assert (Path(saved) / "articles" / f"{name}.txt").read_text(encoding="utf-8")[
        int(start) : int(end)
    ] == quoted
    assert "SELECT DISTINCT ?thing ?role ?fact WHERE {" in lines


def test_the_command_gives_json(saved: str) -> None:
    done = CliRunner().invoke(app, ["ask", "韩立群担任什么职务？", "-g", saved, "-f", "json"])
    given = json.loads(done.stdout)

    assert given["outcome"] == "answered"
    assert given["values"][0]["text"] == "高新区科技服务中心主任"
    assert given["sources"][0]["quote"] == "高新区科技服务中心主任韩立群介绍"
    name, start, end = (given["sources"][0][key] for key in ("name", "start", "end"))
    text = (Path(saved) / "articles" / f"{name}.txt").read_text(encoding="utf-8")
    assert text[start:end] == given["sources"][0]["quote"]
    assert given["sparql"].startswith("PREFIX")


@pytest.mark.parametrize(("lang", "word"), [("en", "this can be asked: "), ("zh", "可以这样问：")])
def test_no_answer_is_status_3_and_offers_others(saved: str, lang: str, word: str) -> None:
    done = CliRunner().invoke(app, ["--lang", lang, "ask", "韩立群为什么来？", "-g", saved])
    language.choose(None)

    assert done.exit_code == 3
    assert word in done.stdout


def test_no_half_of_a_word_is_taken_for_a_name(party: kg.KnowledgeGraph) -> None:
    honoured = party.ask("谁获得了什么奖？")
    unknown = [party.ask(question) for question in ("石峰Mini卖多少钱？", "谁在青云做了什么事？")]

    assert honoured.outcome == "answered"
    assert values(honoured) == values(party.ask("谁获奖了？"))
    for answer in unknown:
        assert answer.outcome != "answered"
        assert not re.search("Min[^i]|什”|“么", answer.sentence)
