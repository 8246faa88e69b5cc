"""The whole way: pure, the same in any batch, and open to another tagger or judge."""

from __future__ import annotations

import pickle
from collections.abc import Sequence

from kg.base.model import Sentence, Span, TaggedSentence, Token
from kg.graph.rdf import triples_of
from kg.pipeline import Pipeline
from kg.text.source import article_of

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


class OneWord:
    """A tagger that takes every sentence for one person."""

    def tag(self, sentences: Sequence[Sentence]) -> tuple[TaggedSentence, ...]:
        return tuple(
            TaggedSentence(each, (Token(each.span.start, each.span.end, each.text, "PER"),))
            for each in sentences
        )


def test_another_tagger_can_be_put_in() -> None:
    (reading,) = Pipeline(tagger=OneWord()).read([article_of("王小明", "d")])

    assert [sentence.span for sentence in reading.sentences] == [Span(0, 3)]
