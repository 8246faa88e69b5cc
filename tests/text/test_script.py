"""Traditional characters are read like simplified ones and quoted as they stand."""

from __future__ import annotations

import pytest

from kg.pipeline import Pipeline
from kg.text.script import is_traditional, simplified
from kg.text.source import article_from_bytes, article_of

TRADITIONAL = "長河集團新聞\n長河集團董事長李大海來到遠山縣，與遠山縣縣長趙明會談。會後，雙方簽署協議，集團將投資3億元發展當地產業。"
SIMPLIFIED = "长河集团新闻\n长河集团董事长李大海来到远山县，与远山县县长赵明会谈。会后，双方签署协议，集团将投资3亿元发展当地产业。"


def test_traditional_text_is_known_from_simplified() -> None:
    assert is_traditional(TRADITIONAL)
    assert not is_traditional(SIMPLIFIED)
    assert not is_traditional("")


def test_characters_change_one_for_one() -> None:
    article = article_of(TRADITIONAL)

    assert simplified(article).text == SIMPLIFIED
    assert simplified(article).body == article.body


def test_the_same_is_read_and_every_word_is_the_articles_own() -> None:
    pipeline = Pipeline()
    (reading,) = pipeline.read([article_of(TRADITIONAL)])
    (plain,) = pipeline.read([article_of(SIMPLIFIED)])

    assert [entity.type for entity in reading.entities] == [entity.type for entity in plain.entities]
    assert len(reading.facts) == len(plain.facts) > 0
    for entity in reading.entities:
        assert all(name in TRADITIONAL for name in entity.names)
    for fact in reading.facts:
        assert all(each.span.of(TRADITIONAL) == each.quote for each in fact.evidence)
    assert "董事長" in {fact.role for fact in reading.facts}
    assert {figure.text for figure in reading.figures} == {"3億元"}


@pytest.mark.parametrize("encoding", ["big5", "utf-8", "gb18030"])
def test_traditional_files_are_read_in_any_encoding(encoding: str) -> None:
    (reading,) = Pipeline().read([article_from_bytes(TRADITIONAL.encode(encoding), "a")])

    assert "李大海" in {entity.name for entity in reading.entities}
