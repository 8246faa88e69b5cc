"""Posts that are held no more, in the graph: marked, with their time, and asked for by themselves."""

from __future__ import annotations

import pytest

import kg
from kg.view.explain import explain
from kg.view.picture import picture_of

TEXT = """人事变动
发布时间：2024-06-03 来源：南江日报
2024年5月，南江市水利局免去周山河的江北大学校长职务。
李明山曾任江北大学副校长，现任南江市水利局局长。
王秋水自2019年起担任江北医院院长。
"""


@pytest.fixture(scope="module")
def graph() -> kg.KnowledgeGraph:
    return kg.build_text(TEXT)


def people(graph: kg.KnowledgeGraph, **params: str) -> set[tuple[str, str, str, str]]:
    rows = (dict(row) for row in graph.query("people", **params))
    return {(str(r["person"]), str(r["post"]), str(r.get("date") or ""), str(r["former"])) for r in rows}


def test_people_shows_current_posts(graph: kg.KnowledgeGraph) -> None:
    assert people(graph) == {("李明山", "局长", "", "false"), ("王秋水", "院长", "2019/..", "false")}


def test_people_shows_former_posts_on_demand(graph: kg.KnowledgeGraph) -> None:
    former = {("周山河", "校长", "../2024-05", "true"), ("李明山", "副校长", "", "true")}
    assert people(graph, when="former") == former
    assert people(graph, when="any") == former | people(graph)


def test_former_post_is_no_plain_triple(graph: kg.KnowledgeGraph) -> None:
    asked = "SELECT ?who { ?who kg:holdsPosition ?body . ?body rdfs:label '江北大学'@zh }"
    assert not list(graph.query(asked))


def test_former_post_is_called_so(graph: kg.KnowledgeGraph) -> None:
    labels = {
        str(row["label"]) for row in graph.query("SELECT ?label { ?f kg:ended true ; rdfs:label ?label }")
    }
    assert labels == {"周山河 曾任职于 江北大学（校长）", "李明山 曾任职于 江北大学（副校长）"}


def test_times_are_said_in_words(graph: kg.KnowledgeGraph) -> None:
    asked = "SELECT ?label { ?f time:hasTime ?t . ?t rdfs:label ?label }"
    assert {str(row["label"]) for row in graph.query(asked)} == {"2019年起", "至2024年5月"}


def test_picture_and_explanation_tell_a_former_post(graph: kg.KnowledgeGraph) -> None:
    ended = {fact.role: fact.ended for fact in picture_of(graph.graph).facts}
    assert ended == {"校长": True, "副校长": True, "局长": False, "院长": False}
    assert "周山河 曾任职于 江北大学（校长）  [asserted, ../2024-05" in explain(graph.graph, "周山河")
