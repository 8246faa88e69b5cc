"""The picture: what the graph says, as plain values."""

from __future__ import annotations

import pytest

from kg.base.model import Reading
from kg.graph.store import Graph
from kg.view.marks import Mark, find_marks
from kg.view.picture import picture_of


def test_picture_holds_every_entity_fact_and_figure_of_the_reading(
    gold_graph: Graph, gold_reading: Reading
) -> None:
    picture = picture_of(gold_graph, [gold_reading.article.text])

    assert len(picture.nodes) == len(gold_reading.entities)
    assert len(picture.facts) >= len({(f.subject, f.predicate, f.object, f.role) for f in gold_reading.facts})
    assert [each.text for each in picture.figures] == [figure.text for figure in gold_reading.figures]
    assert picture.title == gold_reading.article.title


def test_quotes_and_figures_are_the_very_words_of_the_article(
    gold_graph: Graph, gold_reading: Reading
) -> None:
    picture = picture_of(gold_graph, [gold_reading.article.text])
    text = picture.articles[0].text

    assert text == gold_reading.article.text
    quotes = {text[quote.start : quote.end] for tie in picture.facts for quote in tie.quotes}
    assert quotes == {evidence.quote for fact in gold_reading.facts for evidence in fact.evidence}
    for each in picture.figures:
        assert text[each.span.start : each.span.end] == each.text
        assert each.quote.start <= each.span.start < each.span.end <= each.quote.end


def test_fact_carries_role_date_amount_status_pattern_and_confidence(
    gold_graph: Graph, status_graph: Graph
) -> None:
    ties = picture_of(gold_graph).facts
    planned = next(tie for tie in picture_of(status_graph).facts if tie.status == "planned")

    assert "董事长" in {tie.role for tie in ties}
    assert "20万元" in {tie.amount for tie in ties}
    assert "2018" in {tie.date for tie in ties}
    assert (planned.date, planned.amount, planned.pattern, planned.confidence) == (
        "2027",
        "3000万美元",
        "p1",
        0.8,
    )


def test_node_carries_its_names_kind_and_place_code(gold_graph: Graph) -> None:
    nodes = {node.label: node for node in picture_of(gold_graph).nodes}

    assert {"东方雨虹公司", "东方雨虹"} == set(nodes["东方雨虹公司"].names)
    assert nodes["东方雨虹公司党支部"].kind == "PartyOrganization"
    assert nodes["云溪区"].place_code == "430603"


def test_node_carries_why_two_names_are_one(gold_graph: Graph) -> None:
    nodes = {node.label: node for node in picture_of(gold_graph).nodes}

    assert nodes["岳阳绿色化工高新技术产业开发区"].merges == (("高新区", "declared-short-form"),)


def test_what_follows_from_place_codes_is_marked_as_derived(gold_graph: Graph) -> None:
    derived = [tie for tie in picture_of(gold_graph).facts if tie.derived]

    assert derived
    assert all(tie.quotes == () for tie in derived)


def test_without_its_text_an_article_shows_the_quotes_the_graph_holds(
    gold_graph: Graph, gold_reading: Reading
) -> None:
    whole = picture_of(gold_graph, [gold_reading.article.text])
    excerpt = picture_of(gold_graph, ["another text"])

    assert 0 < len(excerpt.articles[0].text) < len(whole.articles[0].text)
    for one, other in zip(whole.facts, excerpt.facts, strict=True):
        for a, b in zip(one.quotes, other.quotes, strict=True):
            assert whole.articles[0].text[a.start : a.end] == excerpt.articles[0].text[b.start : b.end]
    for figure, moved in zip(whole.figures, excerpt.figures, strict=True):
        assert excerpt.articles[0].text[moved.span.start : moved.span.end] == figure.text


def test_too_many_articles_are_shown_by_their_quotes(
    gold_graph: Graph, gold_reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.view.picture.EXCERPT_OVER", 100)

    assert picture_of(gold_graph, [gold_reading.article.text]).articles[0].pieces


def test_each_article_keeps_its_own_marks_and_quotes(both_graph: Graph) -> None:
    picture = picture_of(both_graph)

    assert len(picture.articles) == 2
    assert picture.title == "2 篇文章"
    for tie in picture.facts:
        for quote in tie.quotes:
            assert 0 <= quote.start < quote.end <= len(picture.articles[quote.article].text)


def test_names_may_nest_but_not_cross() -> None:
    marks = find_marks(
        "东方公司党支部和东方公司", {"c": ["东方公司"], "p": ["东方公司党支部"], "x": ["司党支部和东"]}
    )

    assert marks == (Mark(0, 7, "p"), Mark(0, 4, "c"), Mark(8, 12, "c"))
    assert find_marks("甲", {"a": ["甲", ""]}) == ()
