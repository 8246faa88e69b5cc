"""What shows or hands on a graph of one article does so with many."""

from __future__ import annotations

import pytest

from kg.api import KnowledgeGraph
from kg.base.model import Reading
from kg.export.table import export, names
from kg.graph.counts import count
from kg.graph.store import Graph
from kg.view.picture import picture_of


def test_each_thing_counts_once(many_graph: Graph, many_readings: list[Reading]) -> None:
    apart = count(Graph.from_readings(many_readings))
    together = count(many_graph)

    assert together.articles == apart.articles == 4
    assert together.entities["Organization"] < apart.entities["Organization"]
    assert together.relations["holdsPosition"] == apart.relations["holdsPosition"] - 1


def test_a_picture_has_a_fact_once_with_the_quotes_of_all_articles(
    many_graph: Graph, many_readings: list[Reading]
) -> None:
    picture = picture_of(many_graph, [reading.article.text for reading in many_readings])

    (post,) = (fact for fact in picture.facts if fact.role == "董事长" and len(fact.quotes) > 1)
    assert len({quote.article for quote in post.quotes}) == 2
    for quote in post.quotes:
        assert "林远山" in picture.articles[quote.article].text[quote.start : quote.end]


def test_the_page_shows_a_corpus(many_graph: Graph, many_readings: list[Reading]) -> None:
    texts = {reading.article.name: reading.article.text for reading in many_readings}
    page = KnowledgeGraph(many_graph, texts).to_html()

    assert "青禾集团有限公司" in page
    assert page == KnowledgeGraph(many_graph, texts).to_html()


@pytest.mark.more
@pytest.mark.parametrize("name", names())
def test_every_export_takes_a_corpus(many_graph: Graph, name: str) -> None:
    if name == "parquet":
        pytest.importorskip("pyarrow", reason="needs the extra parquet")

    files = export(many_graph, name)

    assert all(files.values())
    assert files == export(many_graph, name)
