"""What the graph says about a term, and why."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.base.errors import QueryError
from kg.graph.store import Graph
from kg.graph.vocabulary import KG
from kg.view.explain import chain, explain, explanation
from kg.view.network import network_of
from kg.view.picture import picture_of


def network(graph: Graph) -> object:
    picture = picture_of(graph)
    return network_of(picture.nodes, picture.facts)


def test_each_fact_about_an_entity_has_its_quote_and_pattern(status_graph: Graph) -> None:
    (subject,) = explanation(status_graph, "蓝石科技").subjects

    assert (subject.type, subject.kind, subject.articles) == ("Organization", "Company", ("statuses",))
    assert [
        (each.says, each.status, each.pattern, each.confidence, [passage.quote for passage in each.passages])
        for each in subject.reasons
    ] == [
        ("蓝石科技 合作 青禾集团", "reported", "p3", "0.7", ["青禾集团与蓝石科技签约"]),
        ("青禾集团 投资 蓝石科技", "denied", "p2", "0.8", ["青禾集团否认收购蓝石科技"]),
    ]


def test_dates_amounts_figures_and_names_are_told(both_graph: Graph) -> None:
    (group,) = explanation(both_graph, "青禾集团").subjects
    plan = next(each for each in group.reasons if each.status == "planned")
    (zone,) = explanation(both_graph, "高新区").subjects

    assert (plan.date, plan.amount) == ("2027", "3000万美元")
    assert [each.says for each in group.reasons if each.kind == "figure"] == ["投资 3000万美元"]
    assert [(each.says, each.pattern) for each in zone.reasons if each.kind == "name"] == [
        ("高新区", "declared-short-form")
    ]
    assert zone.names[0] == zone.label


def test_what_the_place_codes_say_is_marked(both_graph: Graph) -> None:
    (county,) = explanation(both_graph, "云溪区").subjects

    (derived,) = [each for each in county.reasons if each.derived]
    assert (derived.says, derived.pattern, derived.passages) == ("云溪区 属于 岳阳市", "place-code", ())
    assert "derived" in explain(both_graph, "云溪区")


def test_it_reads_well(status_graph: Graph) -> None:
    text = explain(status_graph, "蓝石科技")

    assert text.splitlines()[0].startswith(
        "蓝石科技  组织机构 Organization Company  https://example.org/kg/e"
    )
    assert text.splitlines()[1:] == [
        "  蓝石科技 合作 青禾集团  [reported, confidence 0.7, pattern p3]",
        "    「青禾集团与蓝石科技签约」 statuses 50-61",
        "  青禾集团 投资 蓝石科技  [denied, confidence 0.8, pattern p2]",
        "    「青禾集团否认收购蓝石科技」 statuses 34-46",
    ]


def test_words_that_are_no_name_are_found_in_quotes(status_graph: Graph) -> None:
    found = explanation(status_graph, "否认收购")

    assert found.subjects == ()
    assert [each.says for each in found.mentions] == ["青禾集团 投资 蓝石科技"]


def test_a_fact_is_explained_by_its_iri(status_graph: Graph) -> None:
    iri = explanation(status_graph, "否认收购").mentions[0].node

    assert [each.node for each in explanation(status_graph, iri).mentions] == [iri]
    assert [each.node for each in explanation(status_graph, "id:" + iri.rsplit("/", 1)[1]).mentions] == [iri]


def test_what_the_graph_does_not_know_gets_a_hint(status_graph: Graph) -> None:
    with pytest.raises(QueryError, match="did you mean 青禾集团"):
        explain(status_graph, "青和集团")
    with pytest.raises(QueryError, match="says nothing"):
        explain(status_graph, "")


def test_a_chain_names_each_fact_with_its_quote(both_graph: Graph) -> None:
    text = chain(both_graph, network(both_graph), "周渭超", "青禾集团")

    lines = text.splitlines()
    assert lines[0] == "周渭超"
    assert [line.split()[0] + line.split()[1] for line in lines if line.startswith(("  ->", "  <-"))] == [
        "->云溪区小学",
        "->云溪区",
        "<-青禾集团",
    ]
    assert "     「青禾集团位于云溪区」 statuses 62-71" in lines


def test_a_chain_from_a_thing_to_itself_is_the_thing(both_graph: Graph) -> None:
    assert chain(both_graph, network(both_graph), "周渭超", "周渭超") == "周渭超\n"


def test_without_a_chain_there_is_one_clear_line(both_graph: Graph) -> None:
    with pytest.raises(QueryError, match="no chain of facts"):
        chain(both_graph, network(both_graph), "习近平", "青禾集团")
    with pytest.raises(QueryError, match="no entity"):
        chain(both_graph, network(both_graph), "谁也不是", "青禾集团")


@pytest.mark.parametrize("confidence", ["high", "NaN", "-1", "0.59"])
def test_a_confidence_that_is_no_number_is_a_doubt(status_graph: Graph, confidence: str) -> None:
    graph = Graph.parse(status_graph.to_turtle())
    for quad in list(graph.quads(None, ox.NamedNode(KG + "confidence"))):
        graph.store.remove(quad)
        graph.store.add(ox.Quad(quad.subject, quad.predicate, ox.Literal(confidence)))

    lines = [line for line in explain(graph, "蓝石科技").splitlines() if "confidence" in line]

    assert lines
    assert all(f"confidence {confidence}, doubtful" in line for line in lines)
    assert {fact.confidence for fact in picture_of(graph).facts} <= {0.0, 0.59}
