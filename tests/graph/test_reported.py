"""Who says what an article only passes on: in the graph, the queries, the explanation and the page."""

from __future__ import annotations

import pytest

from kg.graph.query import ask, run
from kg.graph.store import Graph
from kg.graph.validate import validate
from kg.pipeline import Pipeline
from kg.text.source import article_of
from kg.view.explain import explain
from kg.view.picture import picture_of

TEXT = "据知情人士透露，长河机械有限公司收购了江北电子有限公司。李明山声称，南江大学成立了东山研究院。"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph.from_readings(Pipeline().read([article_of(TEXT)]))


def test_the_query_names_who_says_it(graph: Graph) -> None:
    found = {row["source"] for row in run(graph, "relations", {}) if row["status"] == "reported"}
    assert found == {"知情人士", "李明山"}


def test_a_source_that_the_article_names_is_the_entity_and_another_an_agent(graph: Graph) -> None:
    rows = ask(
        graph,
        "SELECT DISTINCT ?label (EXISTS { ?who a kg:Person } AS ?person) (EXISTS { ?who a prov:Agent } AS ?agent) "
        "WHERE { ?fact kg:reportedBy ?who . ?who rdfs:label ?label }",
    )
    assert {(row["label"], row["person"], row["agent"]) for row in rows} == {
        ("知情人士", "false", "true"),
        ("李明山", "true", "false"),
    }


def test_such_a_graph_keeps_the_rules(graph: Graph) -> None:
    assert validate(graph) == ()


def test_explanation_and_page_say_by_whom(graph: Graph) -> None:
    assert "according to 知情人士" in explain(graph, "江北电子有限公司")
    assert "知情人士" in {fact.source for fact in picture_of(graph).facts}
