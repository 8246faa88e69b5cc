"""What teaches the net that finds names: annotated spans, and scores by nets that did not see the article."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from kg.learn.gold import GoldArticle, GoldEntity
from kg.learn.names import read_names
from kg.learn.net import FOLDS, NetArticle, annotated_spans, out_of_fold, scores_of, train_net
from kg.names.net import TYPES, find_spans
from kg.text.sentence import split
from kg.text.source import article_of
from kg.words.lac import LacTagger
from kg.words.net_weights import NetWeights

pytest.importorskip("torch", reason="the extra train is not installed")

pytestmark = pytest.mark.more

PEOPLE = ("陈大年", "王小明", "李四海", "赵文斌", "孙丽华", "周建国")


def annotated(text: str, *entities: GoldEntity) -> GoldArticle:
    return GoldArticle(article_of(text), entities, (), ())


@pytest.fixture(scope="module")
def gold() -> tuple[GoldArticle, ...]:
    """Articles in which quoted plans are products, which no rule of their words says."""
    return tuple(
        annotated(
            f"轴承厂开工\n{person}昨天推出青松计划{number}号。{person}说青松计划{number}号很好。",
            GoldEntity("p", ("Person",), (person,)),
            GoldEntity("q", ("Product",), (f"青松计划{number}号",)),
        )
        for number in range(3, 6)
        for person in PEOPLE
    )


def test_annotated_names_nest_never_cross_and_take_their_marks() -> None:
    text = "青川市轴承厂获“先进集体”称号，厂长是王。"
    gold = annotated(
        text,
        GoldEntity("a", ("Organization",), ("青川市轴承厂",)),
        GoldEntity("b", ("Place",), ("青川市",), optional=True),
        GoldEntity("c", ("Organization", "Place"), ("轴承厂获",)),
        GoldEntity("d", ("Award",), ("先进集体",)),
        GoldEntity("e", ("Person",), ("王小明", "王")),
    )
    (sentence,) = LacTagger().tag(split(gold.article))
    found = {
        span.of(text): (tuple(TYPES[i] for i in kinds), loose)
        for span, (kinds, loose) in annotated_spans(gold, sentence).items()
    }

    assert found == {
        "青川市轴承厂": (("Organization",), False),
        "青川市": (("Place",), True),
        "“先进集体”": (("Award",), False),
        "王": (("Person",), True),
    }


def test_the_net_learns_what_it_is_shown_and_the_reading_gives_the_same_scores(
    gold: tuple[GoldArticle, ...],
) -> None:
    articles, empty = read_names(gold)
    net = train_net([article.net for article in articles], empty, epochs=120)
    article = articles[0]
    scores = scores_of(article.net, article.tagged, net)
    name = "青松计划3号"
    found = {
        span.of(article.article.text): TYPES[values.index(max(values))]
        for row in scores
        for span, values in row.items()
        if max(values) > 0
    }
    questions = [[0] * 256] * 4
    tagged = LacTagger(questions, layer=net.states).tag([sentence.sentence for sentence in article.tagged])

    assert found[name] == "Product"
    assert found["陈大年"] == "Person"
    assert scores == find_spans(tagged, article.found, net)
    assert net.states.dtype == np.int16


def test_every_article_is_scored_by_a_net_that_did_not_see_it(
    gold: tuple[GoldArticle, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.learn import net as module

    articles, empty = read_names(gold[: 2 * FOLDS])
    taught: list[list[NetArticle]] = []

    def record(own: Sequence[NetArticle], empty: NetWeights) -> NetWeights:
        taught.append(list(own))
        return empty

    def seen(article: NetArticle, *_: object) -> bool:
        return article in taught[-1]

    monkeypatch.setattr(module, "train_net", record)
    monkeypatch.setattr(module, "scores_of", seen)
    scores = out_of_fold(
        [article.net for article in articles], [article.tagged for article in articles], empty
    )

    assert len(taught) == FOLDS
    assert list(map(bool, scores)) == [False] * len(articles)
