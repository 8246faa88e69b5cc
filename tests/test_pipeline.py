"""The whole way: pure, the same in any batch, and open to another tagger or judge."""

from __future__ import annotations

import pickle
import re
import sys
from collections.abc import Iterator, Sequence
from types import ModuleType

import pytest

from kg.base.model import Sentence, TaggedSentence, Token
from kg.graph.rdf import triples_of
from kg.pipeline import Pipeline
from kg.text.source import article_of
from kg.words.tagger import TAGGERS, Tagger, tagger_named

ARTICLES = [
    article_of("甲市召开大会\n甲市市长王小明主持会议，长河集团投资3亿元建设新厂。", "a"),
    article_of("乙县新闻\n2023年，乙县县长李大海到丙镇调研。乙县中学荣获“全省文明校园”称号。", "b"),
    article_of("丙镇\n丙镇党委书记赵明说，去年全镇产值增长12%。", "c"),
]


def test_articles_read_together_say_what_they_say_alone() -> None:
    pipeline = Pipeline()

    together = pipeline.read(ARTICLES)
    alone = tuple(reading for article in ARTICLES for reading in pipeline.read([article]))

    assert together == alone


def test_a_reading_survives_the_way_to_another_process() -> None:
    (reading,) = Pipeline().read(ARTICLES[:1])

    assert pickle.loads(pickle.dumps(reading)) == reading  # noqa: S301
    assert triples_of(pickle.loads(pickle.dumps(reading))) == triples_of(reading)  # noqa: S301


def test_every_quote_of_every_reading_is_the_text_under_it() -> None:
    for reading in Pipeline().read(ARTICLES):
        text = reading.article.text
        for fact in reading.facts:
            assert all(evidence.span.of(text) == evidence.quote for evidence in fact.evidence)
        assert all(figure.quote.holds(figure.span) for figure in reading.figures)
        assert all(link.span.of(text) == link.text for link in reading.links)


class Cut:
    """A tagger that cuts where it is told, and calls the words what it is told."""

    def __init__(self, **tags: str) -> None:
        self.tags = tags

    def tag(self, sentences: Sequence[Sentence]) -> tuple[TaggedSentence, ...]:
        return tuple(TaggedSentence(each, tuple(self._tokens(each))) for each in sentences)

    def _tokens(self, sentence: Sentence) -> Iterator[Token]:
        at = sentence.span.start
        for word in re.findall("|".join([*self.tags, "."]), sentence.text):
            yield Token(at, at + len(word), word, self.tags.get(word, "n"))
            at += len(word)


def named_by(tagger: Tagger) -> set[tuple[str, str]]:
    pipeline = Pipeline(tagger=tagger)
    ((article, tagged),) = pipeline.tag([article_of("青禾里昨天去了柳木县。", "d")])
    return {(entity.type, entity.name) for entity in pipeline.name(article, tagged)[0]}


def no_lac() -> Tagger:
    raise AssertionError("the tagger that comes with kg was asked")


def test_another_tagger_can_be_put_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its words, and no other's, are what is read: the same text says what it takes the words for."""
    Pipeline().read(ARTICLES[:1])  # the patterns are loaded by the tagger that comes with kg
    monkeypatch.setattr("kg.words.lac.default_lac", no_lac)

    assert named_by(Cut(青禾里="PER", 柳木县="LOC")) == {("Person", "青禾里"), ("Place", "柳木县")}
    assert named_by(Cut(青禾里="ORG")) == {("Organization", "青禾里")}
    assert named_by(Cut()) == set()


def test_a_tagger_in_the_table_is_had_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "another_tagger", ModuleType("another_tagger"))
    monkeypatch.setattr("another_tagger.one", lambda: Cut(青禾里="ORG"), raising=False)
    monkeypatch.setitem(TAGGERS, "another", "another_tagger:one")

    assert named_by(tagger_named("another")) == {("Organization", "青禾里")}
    with pytest.raises(ValueError, match="no tagger 'jieba'; one of lac, another"):
        tagger_named("jieba")
