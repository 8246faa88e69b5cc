"""What is asked of a graph, in what order, and what is not asked again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from kg.base.home import digest
from kg.base.model import Reading, Span
from kg.corpus.graph import corpus_graph
from kg.corpus.layer import sentence_around
from kg.corpus.model import Identity, IdentityLink, Member, Refused
from kg.decide.model import Decision
from kg.graph.store import Graph
from kg.review.model import KINDS, Question
from kg.review.worklist import questions
from tests.corpus.conftest import TEXTS
from tests.corpus.many import identity_of, read


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return read(TEXTS)


@pytest.fixture(scope="module")
def texts() -> Mapping[str, str]:
    return {name: text for name, (_, text) in TEXTS.items()}


@pytest.fixture(scope="module")
def graph(readings: Sequence[Reading]) -> Graph:
    """青禾集团 is likely one in the articles; the 林远山 of the last one was refused to be the one of the others."""
    identity = identity_of(readings, apart=["namesake"])
    links = [replace(each, level="likely", rule="brand", confidence=0.9) for each in identity.links]
    ends = sorted(
        Member(each.article.sha256, entity.id)
        for each in readings
        for entity in each.entities
        if entity.name == "林远山" and each.article.name in ("opening", "namesake")
    )
    span = Span(0, 2)
    refused = Refused(
        IdentityLink(ends[0], ends[1], "rare-name", "likely", 0.9, "林远山", span, span),
        "their full names differ",
    )
    return corpus_graph(readings, Identity(identity.things, tuple(links), (refused,)))


def of_kind(asked: Sequence[Question], kind: str) -> list[Question]:
    return [each for each in asked if each.kind == kind]


def test_a_corpus_is_asked_of_its_contradictions_its_links_and_its_namesakes(
    graph: Graph, texts: Mapping[str, str]
) -> None:
    asked = questions(graph, (), texts)

    assert {each.kind for each in asked} >= {"conflict", "likely", "refused"}
    assert {each.kind for each in asked} <= set(KINDS)
    figures = [each.what for each in of_kind(asked, "conflict") if each.about]
    assert figures == ["青禾集团有限公司营业收入 12亿元", "青禾集团营业收入 13.5亿元"]
    (both,) = [each for each in of_kind(asked, "conflict") if each.sides]
    assert [side.articles for side in both.sides] == [("opening",), ("talk",)]
    (refused,) = of_kind(asked, "refused")
    assert {side.label for side in refused.sides} == {"林远山"}
    assert "their full names differ" in refused.reasons
    assert all(side.quotes for each in asked for side in each.sides)


def test_the_most_harmful_and_least_sure_come_first(graph: Graph) -> None:
    harms = [each.harm for each in questions(graph)]

    assert harms == sorted(harms, reverse=True)
    sure, unsure = (Question("doubtful", "f1", "x", own, ()) for own in (0.5, 0.2))
    assert unsure.harm > sure.harm
    assert replace(unsure, touched=9).harm > unsure.harm


def test_one_article_is_asked_of_its_doubtful_facts(gold_reading: Reading) -> None:
    first = replace(gold_reading.facts[0], confidence=0.31, derived=False)
    reading = replace(
        gold_reading, facts=(first, *(replace(each, confidence=0.9) for each in gold_reading.facts[1:]))
    )
    text = reading.article.text

    asked = questions(Graph.from_readings([reading]), (), {reading.article.name: text})

    (one,) = of_kind(asked, "doubtful")
    assert (one.confidence, one.verdicts) == (0.31, ("confirm", "reject"))
    assert one.quotes[0].words == first.evidence[0].quote
    assert one.quotes[0].before + one.quotes[0].words + one.quotes[0].after in text


@pytest.mark.parametrize("kind", ["conflict", "likely", "refused"])
def test_what_is_decided_is_not_asked_again(graph: Graph, texts: Mapping[str, str], kind: str) -> None:
    asked = questions(graph, (), texts)
    for one in of_kind(asked, kind):
        for verdict in one.verdicts:
            made = [replace(each, id=f"d{n}") for n, each in enumerate(one.decisions(verdict), 1)]
            assert one.key not in {each.key for each in questions(graph, made, texts)}
            undone = [*made, *(Decision(f"w{each.id}", "withdraw", of=each.id) for each in made)]
            assert one.key in {each.key for each in questions(graph, undone, texts)}


def test_two_of_one_name_are_told_apart_as_commands_take_them(graph: Graph) -> None:
    asked = [each for each in questions(graph) if each.sides and each.sides[0].label == each.sides[1].label]

    assert any(each.kind == "refused" for each in asked)
    for each in asked:
        assert each.what.count("@") == 2
        for side in each.sides:
            assert f"{side.label}@{side.articles[0]}" in each.what


def test_an_answer_of_another_kind_is_refused(graph: Graph) -> None:
    pair = next(each for each in questions(graph) if each.sides)

    with pytest.raises(ValueError, match="confirm"):
        pair.decisions("confirm")


def test_anchors_stand_where_they_say(graph: Graph, texts: Mapping[str, str]) -> None:
    by_sha = {digest(text): text for text in texts.values()}
    for each in questions(graph, (), texts):
        for verdict in each.verdicts:
            for decision in each.decisions(verdict):
                anchors = [decision.a, decision.b, decision.figure, decision.fact]
                for anchor in (one for one in anchors if one is not None):
                    assert anchor.span.of(by_sha[anchor.article]) == anchor.words


def test_a_quote_stays_in_its_sentence() -> None:
    text = "题目\n甲公司成立。乙公司呢？丙\n"

    assert sentence_around(text, Span(9, 11)).of(text) == "乙公司呢"
    assert sentence_around(text, Span(14, 15)).of(text) == "丙"
    assert sentence_around(text, Span(0, 2)).of(text) == "题目"
