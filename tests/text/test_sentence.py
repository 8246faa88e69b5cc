"""Sentences lie in the body, cover it, and do not cut names in two."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.base.model import Article, Span
from kg.text.sentence import LONGEST, split
from kg.text.source import article_of


def sentences(text: str) -> list[str]:
    article = Article("a", text, "", (Span(0, len(text)),))
    return [sentence.text for sentence in split(article)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲公司成立。乙公司签约！丙呢？丁；戊", ["甲公司成立。", "乙公司签约！", "丙呢？", "丁；", "戊"]),
        ("他说：“很好。”会议结束。", ["他说：“很好。”", "会议结束。"]),
        ("（一期已投产。）二期在建。", ["（一期已投产。）", "二期在建。"]),
        ("真的吗？！真的。", ["真的吗？！", "真的。"]),
        ("甲公司签约;乙公司退出!丙公司呢?不知道", ["甲公司签约;", "乙公司退出!", "丙公司呢?", "不知道"]),
        ("增长3.5%。版本2.0发布。", ["增长3.5%。", "版本2.0发布。"]),
        ("甲公司  。　乙公司。 ", ["甲公司  。", "乙公司。"]),
    ],
)
def test_sentences_end_at_their_marks_with_the_closing_quotes(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "导演带着《你好！江城？》亮相。",
        "学校启动“加油！少年”主题活动。",
        "各地开展“你幸福吗？”活动。",
        "公司收购Yahoo!中国业务。",
        "甲公司&amp;乙公司签约。",
        "区委书记阿里木?买买提讲话。",
        "访问http://a.cn/b?c=1;d=2的人很多。",
    ],
)
def test_marks_inside_a_name_do_not_end_a_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_a_sentence_never_crosses_a_line() -> None:
    article = article_of("海川公司的新消息\n第一行没有句号\n第二行也没有")

    assert [sentence.text for sentence in split(article)] == [
        "海川公司的新消息",
        "第一行没有句号",
        "第二行也没有",
    ]
    assert [sentence.paragraph for sentence in split(article)] == [0, 1, 2]


def test_what_is_too_long_is_cut_behind_a_comma() -> None:
    text = "甲" * 300 + "，" + "乙" * 400 + "。"

    assert [len(piece) for piece in sentences(text)] == [301, 401]


def test_what_is_too_long_and_has_no_comma_is_cut_at_the_limit() -> None:
    assert [len(piece) for piece in sentences("甲" * 1300)] == [LONGEST, LONGEST, 1300 - 2 * LONGEST]


ALPHABET = "甲乙丙公司吗1a .,，、。！？；!?;：:“”‘’「」《》（）()…—\n\u3000\t&"


@settings(max_examples=300, deadline=None)
@given(st.text(ALPHABET, max_size=120))
def test_sentences_are_ordered_exact_and_lose_nothing_but_blanks(text: str) -> None:
    article = article_of(text)
    found = split(article)

    assert [sentence.index for sentence in found] == list(range(len(found)))
    for sentence in found:
        assert sentence.text == sentence.span.of(text)
        assert sentence.text == sentence.text.strip() != ""
        assert len(sentence.text) <= LONGEST
        assert article.body[sentence.paragraph].holds(sentence.span)
    for before, after in pairwise(found):
        assert before.span.end <= after.span.start
    for number, span in enumerate(article.body):
        kept = "".join(sentence.text for sentence in found if sentence.paragraph == number)
        assert "".join(kept.split()) == "".join(span.of(text).split())
