"""What is answered by the words of an article where no fact says it, and what is shown where nothing answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg.base import language
from kg.base.errors import ResourceError
from kg.base.resources import data_path
from kg.cli.app import app
from kg.graph.verbatim import Text
from kg.questions.answer import answer
from kg.questions.article import Article, Mention
from kg.questions.lexicon import FILE, lexicon, read_lexicon
from kg.questions.model import READ, Answer
from kg.questions.names import NameIndex

GOLD = Path(__file__).parents[1] / "gold"


def values(given: Answer) -> list[str]:
    return [value.text for value in given.values]


class _Sorted(tuple[Mention, ...]):
    """What stands in an article in order, and is too much to go through."""

    def __iter__(self) -> Iterator[Mention]:
        raise AssertionError


def test_what_stands_between_two_places_is_looked_up_and_not_searched() -> None:
    marks = [Mention(at, at + 4, f"urn:{at}", frozenset()) for at in range(0, 60, 5)]
    article = Article(Text("urn:a", "a", "", ""), (), _Sorted(marks), (), ())

    for start, end in ((0, 60), (5, 14), (6, 14), (5, 13), (14, 5), (58, 70), (-1, 4)):
        found = [each for each in marks if start <= each.start and each.end <= end]
        assert article.mentions_in(start, end) == found


@pytest.fixture(scope="session")
def articles() -> dict[str, kg.KnowledgeGraph]:
    """Return the graphs of some invented articles, each by itself."""
    names = ("judgment", "quake", "bid", "hospital", "railway", "agriculture", "charity", "biography")
    return {name: kg.build(GOLD / f"{name}.txt") for name in (*names, "museum", "award", "shares")}


@pytest.mark.parametrize(
    ("article", "question", "expected"),
    [
        ("judgment", "釜岩电镀被罚了多少钱？", ["120万元"]),
        ("judgment", "卜振海被判了几年？", ["四年"]),
        ("quake", "最大的余震是几级？", ["3.7级"]),
        ("quake", "倒了多少间房", ["73间"]),
        ("museum", "建嵩岫市博物馆新馆花了多少钱？", ["4.7亿元"]),
        ("bid", "二标段的项目经理是谁？", ["孔令芹"]),
        ("museum", "嵩岫市博物馆的馆长是谁？", ["连思源"]),
        ("biography", "洪砚秋是哪年入党的？", ["1989年12月"]),
        ("biography", "洪砚秋什么时候参加工作？", ["1990年7月"]),
        ("museum", "青釉莲花尊是谁捐的？", ["宋慕白"]),
        ("charity", "骆青原捐了多少钱？", ["50万元"]),
        ("hospital", "石川市人民医院的副院长是谁", ["沙玉珍"]),
    ],
)
def test_what_no_fact_says_is_read_in_the_words_of_the_article(
    articles: dict[str, kg.KnowledgeGraph], article: str, question: str, expected: list[str]
) -> None:
    given = articles[article].ask(question)

    assert values(given) == expected
    assert given.kind.startswith(READ)
    assert "按原文的话回答" in given.sentence
    text = next(iter(articles[article].texts.values()))
    assert given.sources
    assert all(text[each.start : each.start + len(each.quote)] == each.quote for each in given.sources)


@pytest.mark.parametrize(
    ("article", "question"),
    [
        ("judgment", "宁小伟判了多久"),  # the probation is another figure
        ("agriculture", "抚岭县去年大豆播种面积是多少？"),  # told of this year
        ("agriculture", "黑隅28在向阳镇推广了多少亩？"),  # told of the whole county
        ("charity", "澜谷集团成立于哪一年？"),  # it founded something then
        ("hospital", "马克俭多少岁？"),  # his patient's age
        ("railway", "瓯岭城际铁路什么时候开工？"),  # its tunnel's date
        ("railway", "瓯岭城际铁路票价多少？"),  # a rumour
        ("museum", "老馆的建筑面积是多少？"),  # the new house's
        ("shares", "恒岳新材2023年净利润多少？"),  # another company's
        ("agriculture", "北隅农业科学院的院长是谁？"),
        ("judgment", "丰阜县人民法院院长是谁？"),
        ("quake", "措温地震的震级是多少？"),  # the aftershocks have one too
        ("bid", "鲁屿路桥报价多少？"),  # its rival's is told
        ("award", "金桐奖为什么要收费参评？"),
    ],
)
def test_what_is_told_of_somebody_else_or_another_time_answers_nothing(
    articles: dict[str, kg.KnowledgeGraph], article: str, question: str
) -> None:
    assert articles[article].ask(question).outcome != "answered"


def test_sentences_that_speak_of_it_are_shown_where_nothing_answers(
    articles: dict[str, kg.KnowledgeGraph],
) -> None:
    graph = articles["judgment"]
    given = graph.ask("卜振海为什么被判刑？")
    text = next(iter(graph.texts.values()))

    assert given.outcome == "unread"
    assert 1 <= len(given.passages) <= 3
    assert "卜振海" in given.passages[0].quote
    assert all(text[each.start : each.start + len(each.quote)] == each.quote for each in given.passages)
    assert given.plain()["passages"]


def test_nothing_is_shown_for_what_no_article_speaks_of(articles: dict[str, kg.KnowledgeGraph]) -> None:
    assert articles["judgment"].ask("火星上有多少只企鹅？").passages == ()


def test_without_texts_only_facts_answer(articles: dict[str, kg.KnowledgeGraph]) -> None:
    given = answer(articles["judgment"].graph, "釜岩电镀被罚了多少钱？")

    assert given.outcome != "answered"
    assert given.passages == ()


def test_what_is_said_for_short_is_looked_for_in_full(articles: dict[str, kg.KnowledgeGraph]) -> None:
    given = articles["shares"].ask("恒岳新材的董秘是谁")

    assert given.question == "恒岳新材的董秘是谁"
    assert values(given) == ["唐亦宁"]


def test_the_command_shows_the_sentences_and_gives_status_3(
    articles: dict[str, kg.KnowledgeGraph], tmp_path: Path
) -> None:
    articles["judgment"].save(tmp_path)
    done = CliRunner().invoke(app, ["--lang", "zh", "ask", "卜振海为什么被判刑？", "-g", str(tmp_path)])
    plain = CliRunner().invoke(app, ["ask", "卜振海为什么被判刑？", "-g", str(tmp_path), "-f", "json"])
    language.choose(None)

    assert done.exit_code == plain.exit_code == 3
    assert "原文里有关的句子" in done.stdout
    assert "卜振海" in json.loads(plain.stdout)["passages"][0]["quote"]


def test_words_that_say_the_same_fold_into_one_sign() -> None:
    known = lexicon()

    assert known.folded("罚金") == known.folded("“罚款”")
    assert known.folded("罚金") != known.folded("捐款")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('reads = "date"', 'reads = "dates"', "unknown reads 'dates'"),
        ("rumour = [", "rumours = [", "unknown list 'rumours'"),
        ('words = ["失踪", "失联"]', 'words = ["失踪", "罚金"]', "alike twice"),
        ("bare = true", "bear = true", "unknown field 'bear'"),
        ("\n[words]", "\n[words", "no TOML"),
    ],
)
def test_a_mistake_in_the_words_is_told_in_one_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (data_path("questions") / FILE).read_text(encoding="utf-8")
    assert old in text, "the entry that is spoiled here is gone"
    (tmp_path / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(ResourceError) as caught:
        read_lexicon(tmp_path)

    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_names_are_found_by_their_ends_their_beginnings_and_without_marks() -> None:
    index = NameIndex(["长河机械有限公司", "洛川乡“7·12”暴雨灾害", "长河机械学院", "“星一号”合金"])

    assert list(index.ending("暴雨灾害")) == ["洛川乡“7·12”暴雨灾害"]
    assert list(index.beginning("长河机械")) == ["长河机械学院", "长河机械有限公司"]
    assert index.without_marks("星一号合金") == index.without_marks("星一号") == ["“星一号”合金"]
    assert list(index.ending("大学")) == []


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("云帆三号卖多少钱？", ["2.6万元"]),
        ("云帆二号卖多少钱？", []),  # only what the new one is held against
        ("云帆二号的售价是多少？", []),
        ("云帆二号售价多少？", []),
    ],
)
def test_what_something_is_only_held_against_has_none_of_its_figures(
    question: str, expected: list[str]
) -> None:
    graph = kg.build_text(
        "青禾公司推出“云帆三号”播种机\n10月8日，青禾农机有限公司推出“云帆三号”播种机。"
        "该机整机重约300公斤，效率较上一代产品“云帆二号”提升三成，售价2.6万元。\n"
    )

    assert values(graph.ask(question)) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("云泽医学院首届学生有多少？", ["43人"]),
        ("云泽医学院现在有多少学生？", []),
        ("云泽医学院有多少学生？", []),
        ("云泽医学院有多少名教师？", []),
        ("云泽医学院有多少名女教师？", ["5名"]),
    ],
)
def test_a_part_of_what_is_counted_does_not_answer_for_all_of_it(question: str, expected: list[str]) -> None:
    graph = kg.build_text(
        "云泽医学院迎来建校十周年\n5月6日，云泽医学院举行建校十周年大会。"
        "云泽医学院2015年9月成立，首届学生仅43人。学校有女教师5名。\n"
    )

    assert values(graph.ask(question)) == expected
