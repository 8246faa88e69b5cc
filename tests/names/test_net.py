"""The net that finds names: whole numbers, the same in any company, and what it sees of the rules."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kg.base.model import Article, Mention, Span, TaggedSentence
from kg.names.find import find_mentions
from kg.names.net import (
    LEAST,
    TOP,
    TYPES,
    UNIT,
    WEIGHT_UNIT,
    find_spans,
    span_scores,
    trunk,
    with_marks,
    words_of_net,
)
from kg.text.sentence import split
from kg.text.source import article_of, read_article
from kg.words.net_weights import LAYERS, WIDEST, default_weights
from kg.words.tagger import default_tagger

ARTICLE = Path(__file__).parents[2] / "data" / "yueyang.txt"


def tagged_of(article: Article) -> tuple[TaggedSentence, ...]:
    return default_tagger().tag(split(article))


@pytest.fixture(scope="module")
def source() -> tuple[TaggedSentence, ...]:
    return tagged_of(read_article(ARTICLE))


def test_the_source_articles_names_have_high_scores_of_their_types(
    source: tuple[TaggedSentence, ...],
) -> None:
    found = find_mentions(read_article(ARTICLE), source)
    scores = find_spans(source, found)
    assert scores is not None
    likely = {
        span.of(ARTICLE.read_text(encoding="utf-8")): TYPES[values.index(max(values))]
        for row in scores
        for span, values in row.items()
        if max(values) > UNIT
    }

    assert likely["周渭超"] == "Person"
    assert likely["岳阳高新区"] == "Place"


def test_without_the_taggers_sums_there_are_no_scores(source: tuple[TaggedSentence, ...]) -> None:
    silent = [replace(sentence, layer=b"") for sentence in source]

    assert find_spans(silent, [() for _ in silent]) is None
    assert find_spans((), ()) == []


def test_a_sentence_is_scored_by_itself(source: tuple[TaggedSentence, ...]) -> None:
    """Words of one article only count how often they stand in it."""
    first = source[4]
    alone = find_spans([first, first], [(), ()])
    between = find_spans([first, source[9], first], [(), (), ()])

    assert alone is not None
    assert between is not None
    assert alone[0] == alone[1]
    assert between[0] == between[2]


def test_the_graph_reckons_as_whole_numbers_do(source: tuple[TaggedSentence, ...]) -> None:
    """Plain integer arithmetic gives every number that onnxruntime gives."""
    weights = default_weights()
    words = words_of_net(source[:6], [() for _ in source[:6]], weights)
    real = (words.sentence >= 0).astype(np.int64)[:, None]
    sums = words.sums.astype(np.int64)
    for name, rows in words.rows.items():
        sums = sums + getattr(weights, name)[rows]
    seen = words_in = np.clip(sums // 8, 0, TOP) * real
    for apart, matrix, bias in zip(LAYERS, weights.layers.astype(np.int64), weights.biases, strict=True):
        padded = np.pad(seen, ((apart, apart), (0, 0)))
        around = [padded[at * apart : at * apart + len(seen)] @ matrix[:, :, at].T for at in range(3)]
        seen = np.minimum(seen + np.maximum((sum(around) + bias) // WEIGHT_UNIT, 0), TOP) * real
    both = np.hstack([words_in, seen])
    first, last = trunk(words, weights)

    assert np.array_equal(first, (both @ weights.start.astype(np.int64) + weights.bias) // WEIGHT_UNIT)
    assert np.array_equal(last, both @ weights.end.astype(np.int64) // WEIGHT_UNIT)

    row = words.places[0]
    sums = first[row] + last[row] + weights.spans[0] + weights.rules[0]
    hidden = np.clip(sums[: -len(TYPES)], 0, 2 * TOP) @ weights.types.astype(np.int64)
    expected = (hidden + weights.last) // WEIGHT_UNIT + sums[-len(TYPES) :]
    rows, wides, scores = span_scores(words, replace(weights, gates=np.array([-9999, -9999])))
    (found,) = scores[(rows == row) & (wides == 0)]
    assert np.array_equal(found, expected)


def test_no_span_crosses_a_sentence_or_is_wider_than_the_net_sees(source: tuple[TaggedSentence, ...]) -> None:
    weights = default_weights()
    words = words_of_net(source, [() for _ in source], weights)
    rows, wides, scores = span_scores(words, weights)

    assert scores.shape == (len(rows), len(TYPES))
    assert wides.max() < WIDEST
    assert (words.sentence[rows] == words.sentence[rows + wides]).all()
    assert (words.sentence[rows] >= 0).all()


def test_words_that_begin_or_end_no_name_are_passed_over(source: tuple[TaggedSentence, ...]) -> None:
    weights = default_weights()
    words = words_of_net(source, [() for _ in source], weights)
    all_weights = replace(weights, gates=np.array([-9999, -9999]))
    rows, _, scores = span_scores(words, all_weights)

    assert len(span_scores(words, weights)[0]) < len(rows) / 2
    likely = sum(scores.max(axis=1) > 0)
    assert sum(span_scores(words, weights)[2].max(axis=1) > 0) >= 0.98 * likely


def test_a_name_of_the_rules_speaks_for_its_very_span_and_against_those_that_cross_it() -> None:
    article = article_of("活动在星河湾广场举行。")
    (sentence,) = tagged_of(article)
    inside = [token for token in sentence.tokens if token.tag != "w"][-2]
    span = Span(inside.start, inside.end)
    name = Mention(span, inside.text, "Place", "x")
    without, with_name = (find_spans([sentence], [row]) for row in ((), (name,)))
    assert without is not None
    assert with_name is not None
    place = TYPES.index("Place")

    assert with_name[0][span][place] > without[0].get(span, (LEAST,) * len(TYPES))[place]


def test_a_span_takes_the_marks_around_it() -> None:
    article = article_of("他获得“《先进个人》”称号。")
    (sentence,) = tagged_of(article)
    at = article.text.index("先进")

    assert with_marks(sentence, Span(at, at + 4)) == Span(at - 2, at + 6)
    assert with_marks(sentence, Span(0, 1)) == Span(0, 1)
