"""One sentence that tells what is asked is given whole, where nothing can be taken out of it; and what must not be given."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.base.errors import ResourceError
from kg.base.resources import data_path
from kg.graph.verbatim import Text
from kg.questions.article import sentences_of
from kg.questions.asked import asked
from kg.questions.grammar import grammar
from kg.questions.lexicon import FEATURES, FILE, lexicon, read_lexicon
from kg.questions.of_graph import of_graph


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("尤绍祺为什么辞去副市长", "年龄原因"),  # why
        ("荆汀的市级调度中心建在哪里", "青螺区"),  # where
        ("谁拍下了柯添寿做的钟馗木偶头？", "苏远鹏"),  # in other words: 拍得
        ("临沽市城市更新条例什么时候提请人大审议", "年内"),
        ("木偶义演的演员是不是拿了高额出场费", "零报酬"),  # what is said against it
        ("松原岭农大跟哈方大学签的是什么协议？", "联合培养研究生协议"),
    ],
)
def test_a_sentence_that_tells_it_is_given_whole(said: kg.KnowledgeGraph, question: str, word: str) -> None:
    answer = said.ask(question)

    assert answer.outcome == "answered"
    assert answer.kind == "passage-whole"
    assert word in answer.values[0].text
    assert answer.sentence.startswith("原文是这样说的")
    assert [source.quote for source in answer.sources] == [answer.values[0].text]
    source = answer.sources[0]
    assert any(text[source.start : source.end] == source.quote for text in said.texts.values())


@pytest.mark.parametrize(
    "question",
    [
        "涌川银行给澜芯精工的并购贷款利率是多少？",  # 利率 is not said
        "岱川假阿胶案消费民事公益诉讼判赔了多少",  # still open
        "参加潇岭救灾的潇湘蓝盾有多少人",  # others have the figure
        "廖定邦卸任淮麓市教育局局长后去了哪里？",
        "贾仲元被免去淮麓市检察院职务的原因是什么",  # no reason
        "临沽市去年改造了多少个老旧小区",  # of this year
        "荆汀智慧水务二期项目预算是多少",  # of the first
    ],
)
def test_a_sentence_that_only_speaks_of_it_is_no_answer(said: kg.KnowledgeGraph, question: str) -> None:
    assert said.ask(question).outcome != "answered"


@pytest.mark.parametrize(
    ("question", "reads", "left"),
    [
        ("甲公司 中标 金额", "figure", "中标"),
        ("乙桥 通车时间", "date", "通车"),
        ("丙会的举办地", "where", ""),
        ("丁厂负责人 姓名", "holder", "负责人"),
        ("丁厂的金额怎么算", "none", ""),  # only at the end
        ("会开了多长时间", "figure", ""),  # the longer word asks
    ],
)
def test_words_at_the_end_ask_where_nothing_else_does(
    said: kg.KnowledgeGraph, question: str, reads: str, left: str
) -> None:
    _, words = of_graph(said.graph, question)
    assert words is not None
    taken_apart = asked(words, grammar(), lexicon())

    assert taken_apart.aspect is not None
    assert taken_apart.aspect.reads == reads
    assert left in taken_apart.plain_left


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (("least = 0.4", 'least = "much"'), "the weight 'least' is no number"),
        (("rare = ", "rarely = "), "unknown weight 'rarely'"),
        (("\n[weights]\n", "\n[[near]]\nwords = ['甲']\nword = '乙'\n[weights]\n"), "unknown field 'word'"),
    ],
)
def test_wrong_data_of_it_is_refused_in_a_line(tmp_path: Path, wrong: tuple[str, str], told: str) -> None:
    text = (data_path("questions") / FILE).read_text(encoding="utf-8")
    assert wrong[0] in text
    (tmp_path / FILE).write_text(text.replace(*wrong), encoding="utf-8")

    with pytest.raises(ResourceError, match=told):
        read_lexicon(tmp_path)


def test_what_a_sentence_remembers_does_not_grow_with_its_paragraph() -> None:
    text = Text(
        "a", "a", "甲市召开会议", "甲市召开会议\n" + "甲市第一中学校长在会上介绍了学校的情况。" * 1000
    )

    assert max(len(each.before) for each in sentences_of(text)) < 2100


def test_every_feature_has_its_weight() -> None:
    assert set(lexicon().weights) == {*FEATURES, "always", "least"}
