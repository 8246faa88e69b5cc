"""前 and 原 before a body: what somebody was once, or the beginning of a name."""

from __future__ import annotations

import pytest

from kg.base.model import Article, Mention, Span, TaggedSentence
from kg.names.find import find_mentions
from kg.names.once import without_once
from kg.text.sentence import split
from kg.text.source import article_of
from kg.words.tagger import default_tagger


def bodies(text: str) -> set[str]:
    article = article_of(text)
    rows = find_mentions(article, default_tagger().tag(split(article)))
    return {mention.text for row in rows for mention in row if mention.type == "Organization"}


def tagged(text: str) -> tuple[Article, tuple[TaggedSentence, ...]]:
    article = article_of(text)
    return article, tuple(default_tagger().tag(split(article)))


@pytest.mark.parametrize(
    "name",
    [
        "前川科技有限公司",
        "前程科技有限公司",
        "原禾集团有限公司",
        "前瞻城市规划研究院",
        "原力动画有限公司",
        "原平市教育局",
    ],
)
def test_a_name_that_begins_like_once_stays_whole(name: str) -> None:
    found = bodies(f"{name}院长林远山出席会议。")
    assert name in found
    assert name[1:] not in found


def test_a_name_that_begins_like_once_stays_whole_where_the_rest_is_only_in_it() -> None:
    assert bodies("前川科技有限公司发布公告。前川科技有限公司董事长林远山出席会议。") == {"前川科技有限公司"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("青禾科技有限公司发布公告。前青禾科技有限公司副总裁林远山出席会议。", "前青禾科技有限公司"),
        ("青禾科技股份有限公司发布公告。前青禾科技副总裁林远山出席会议。", "前青禾科技"),
        ("原江苏省交通厅厅长林远山被查。", "原江苏省交通厅"),
        ("原海江市教育局局长林远山出席会议。", "原海江市教育局"),
        ("前世界银行行长林远山出席会议。", "前世界银行"),
    ],
)
def test_once_comes_off_before_a_body_that_is_known_without_it(text: str, name: str) -> None:
    found = bodies(text)
    assert name[1:] in found
    assert name not in found


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        ("云川公司开会。", "云川公司"),  # named elsewhere
        ("前云川公司开会。", "前云川公司"),  # only behind 前
        ("", "前云川公司"),
    ],
)
def test_only_a_body_that_the_article_names_elsewhere_is_once(before: str, kept: str) -> None:
    article, sentences = tagged(f"{before}前云川公司副总裁林远山出席会议。")
    rows = [
        [
            Mention(Span(at, at + len(name)), name, "Organization", "tagger-ORG")
            for name in ("前云川公司", "云川公司")
            if (at := article.text.find(name, sentence.sentence.span.start, sentence.sentence.span.end)) >= 0
        ][:1]
        for sentence in sentences
    ]
    assert list(without_once(rows, sentences))[-1][0].text == kept


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("澄海电子宣布聘请前远山集团副总裁林远山为顾问。", "远山集团"),
        ("澄海电子任命前川科技有限公司总经理林远山为首席运营官。", "前川科技有限公司"),
    ],
)
def test_who_is_named_for_a_post_was_once_where_he_was(text: str, body: str) -> None:
    assert body in bodies(text)
