"""Bodies side by side are two; a company's branch, or the company of a group, is one."""

from __future__ import annotations

import pytest

from kg.base.model import Mention, Sentence, Span, TaggedSentence, Token
from kg.names.glued import find_glued, parted
from kg.pipeline import Pipeline
from kg.text.source import article_of


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("海川科技有限公司白山电子有限公司", ["海川科技有限公司", "白山电子有限公司"]),
        ("海川科技股份有限公司明德大学", ["海川科技股份有限公司", "明德大学"]),
        ("海川集团明德大学", ["海川集团", "明德大学"]),
        ("海川科技有限公司白山分公司", ["海川科技有限公司白山分公司"]),
        ("海川集团白山电子有限公司", ["海川集团白山电子有限公司"]),
        ("海川科技有限公司工会", ["海川科技有限公司工会"]),
        ("海川（江城）科技有限公司", ["海川（江城）科技有限公司"]),
    ],
)
def test_where_a_name_ends(name: str, parts: list[str]) -> None:
    mention = Mention(Span(5, 5 + len(name)), name, "Organization", "x")

    assert [each.text for each in parted([mention])] == parts
    assert [each.span.end - each.span.start for each in parted([mention])] == [len(part) for part in parts]


def test_companies_of_a_list_without_marks_are_each_found() -> None:
    (reading,) = Pipeline().read(
        [article_of("招聘会新闻\n招聘会今日举行海川科技有限公司白山电子有限公司等56家企业参加提供岗位1200个")]
    )
    names = {entity.name for entity in reading.entities}

    assert {"海川科技有限公司", "白山电子有限公司"} <= names
    assert "海川科技有限公司白山电子有限公司" not in names


def test_a_company_behind_one_that_the_tagger_takes_for_one_word_with_it_is_found() -> None:
    text = "招聘会海川科技有限公司白山电子有限公司明达物流有限公司"
    sentence = Sentence(0, 0, Span(7, 7 + len(text)), text)
    tagged = TaggedSentence(sentence, (Token(7, 7 + len(text), text, "n"),))

    (found,) = find_glued(article_of(text), [tagged])

    assert [(each.text, each.span.start) for each in found] == [
        ("白山电子有限公司", 18),
        ("明达物流有限公司", 26),
    ]


def test_the_second_company_stands_where_it_stands_also_in_a_later_sentence() -> None:
    """A word's place counts in the article, not in its sentence."""
    text = "甲市召开会议。海川科技有限公司白山电子有限公司参加"
    start, end = text.index("海川"), text.index("参加")
    token = Token(start, end, text[start:end], "n")
    sentence = TaggedSentence(Sentence(1, 0, Span(start, len(text)), text[start:]), (token,))

    ((found,),) = find_glued(article_of(text), [sentence])

    assert found.span.of(text) == found.text == "白山电子有限公司"
