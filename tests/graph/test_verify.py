"""Every quote against its text."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.base.model import Reading
from kg.graph.store import Graph, text_of
from kg.graph.verify import verify
from kg.graph.vocabulary import KG, OA, XSD


def changed(graph: Graph, predicate: str, old: str, new: ox.Literal) -> Graph:
    copy = Graph.parse(graph.to_turtle())
    quad = min(
        (each for each in copy.quads(None, ox.NamedNode(predicate)) if text_of(each.object) == old), key=str
    )
    copy.store.remove(quad)
    copy.store.add(ox.Quad(quad.subject, quad.predicate, new))
    return copy


def number(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=ox.NamedNode(XSD + "integer"))


def test_every_quote_of_a_graph_that_kg_made_is_exact(
    both_graph: Graph, gold_reading: Reading, status_reading: Reading
) -> None:
    report = verify(both_graph, [status_reading.article.text, gold_reading.article.text])

    assert report.ok
    assert report.articles == 2
    assert report.checked > 100
    assert str(report) == f"{report.checked} quotes of 2 articles: every one exact"


def test_a_quote_that_was_changed_is_found(status_graph: Graph, status_reading: Reading) -> None:
    graph = changed(
        status_graph, OA + "exact", "青禾集团否认收购蓝石科技", ox.Literal("青禾集团收购蓝石科技")
    )

    report = verify(graph, [status_reading.article.text])

    (problem,) = report.problems
    assert not report.ok
    assert problem.reason == "quote"
    assert (
        str(problem)
        == "statuses 34-46: the graph quotes '青禾集团收购蓝石科技', the text has '青禾集团否认收购蓝石科技'"
    )
    assert "1 not exact" in str(report)


def test_a_position_that_was_changed_is_found(status_graph: Graph, status_reading: Reading) -> None:
    report = verify(changed(status_graph, OA + "start", "34", number(35)), [status_reading.article.text])

    assert [each.reason for each in report.problems] == ["quote"]


@pytest.mark.parametrize(
    ("predicate", "old"),
    [(OA + "prefix", "投资3000万美元建设北湾工厂。"), (OA + "suffix", "。据悉，青禾集团与蓝石科技签约。")],
)
def test_context_that_was_changed_is_found(
    status_graph: Graph, status_reading: Reading, predicate: str, old: str
) -> None:
    report = verify(changed(status_graph, predicate, old, ox.Literal("别的")), [status_reading.article.text])

    assert [each.reason for each in report.problems] == ["context"]


@pytest.mark.parametrize("end", [-1, 0, 10**9])
def test_a_position_outside_the_text_is_found(status_graph: Graph, status_reading: Reading, end: int) -> None:
    report = verify(changed(status_graph, OA + "end", "46", number(end)), [status_reading.article.text])

    assert [each.reason for each in report.problems] == ["position"]


def test_evidence_without_a_quote_is_found(status_graph: Graph, status_reading: Reading) -> None:
    graph = Graph.parse(status_graph.to_turtle())
    for quad in list(graph.quads(None, ox.NamedNode(OA + "exact"))):
        graph.store.remove(quad)

    assert {each.reason for each in verify(graph, [status_reading.article.text]).problems} == {"position"}


def test_a_figure_whose_number_stands_elsewhere_is_found(
    status_graph: Graph, status_reading: Reading
) -> None:
    start = status_reading.figures[0].span.start

    report = verify(
        changed(status_graph, KG + "surfaceStart", str(start), number(start + 1)),
        [status_reading.article.text],
    )

    assert [each.quote for each in report.problems] == ["3000万美元"]


def test_a_text_that_was_changed_is_not_the_article(status_graph: Graph, status_reading: Reading) -> None:
    for texts in (
        [],
        [status_reading.article.text + " "],
        [status_reading.article.text.replace("否认", "承认")],
    ):
        report = verify(status_graph, texts)

        assert len(report.problems) == report.checked
        assert {each.reason for each in report.problems} == {"article"}


def test_an_empty_graph_has_nothing_to_check() -> None:
    assert verify(Graph(), []).ok
    assert str(verify(Graph(), [])) == "0 quotes of 0 articles: every one exact"
