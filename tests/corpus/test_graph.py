"""The graph of many articles: its layers, its things, its folded facts."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pyoxigraph as ox
import pytest

from kg.base.errors import GraphError
from kg.base.model import EntityId, Reading
from kg.corpus.graph import corpus_graph, corpus_lines, lines_of, merged_lines, without_identity
from kg.corpus.model import Copy, Identity, Member, Thing
from kg.graph.iri import identity_iri
from kg.graph.query import run
from kg.graph.store import Graph, text_of
from kg.graph.validate import validate
from kg.graph.vocabulary import KG, RDF, RDFS, SKOS
from tests.corpus.many import identity_of, member, read

TEXTS = {
    "opening": (
        "2021-03-01",
        "青禾集团办新公司\n青禾集团有限公司董事长林远山3月1日表示，青禾集团有限公司在湖州市成立青禾农业有限公司。林远山调研了湖州市。\n",
    ),
    "talk": (
        "2021-05-02",
        "林远山谈发展\n青禾集团董事长林远山说，青禾集团成立青禾农业有限公司。林远山调研了湖州市。\n",
    ),
    "change": (
        "2022-07-09",
        "青禾集团换帅\n青禾集团董事长苏明德出席会议。青禾集团前董事长林远山没有参加。\n",
    ),
}


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return read(TEXTS)


@pytest.fixture(scope="module")
def identity(readings: list[Reading]) -> Identity:
    return identity_of(readings)


@pytest.fixture(scope="module")
def graph(readings: list[Reading], identity: Identity) -> Graph:
    return corpus_graph(readings, identity)


def facts(graph: Graph, label: str) -> list[str]:
    found = graph.quads(None, ox.NamedNode(RDFS + "label"), ox.Literal(label, language="zh"))
    return sorted(text_of(quad.subject) for quad in found)


def test_a_thing_of_several_articles_is_one_node_with_all_its_names(graph: Graph) -> None:
    (group,) = graph.named("青禾集团")

    assert graph.named("青禾集团有限公司") == [group]
    assert group.removeprefix(graph.base).startswith("k")
    assert graph.values(group, RDFS + "label") == ["青禾集团有限公司"]
    assert graph.values(group, SKOS + "prefLabel") == ["青禾集团有限公司"]
    assert graph.values(group, SKOS + "altLabel") == ["青禾集团"]
    assert len(graph.values(group, KG + "mentionedAt")) == 3


def test_a_thing_of_one_article_keeps_the_iri_that_it_has_there(
    readings: list[Reading], graph: Graph
) -> None:
    (alone,) = graph.named("苏明德")

    assert Graph.from_readings(readings).named("苏明德") == [alone]


def test_a_fact_of_several_articles_is_one_with_all_its_quotes_and_its_sources_counted(graph: Graph) -> None:
    (fact,) = facts(graph, "林远山 任职于 青禾集团有限公司（董事长）")
    rows = [row for row in run(graph, "relations") if row["fact"] == fact]

    assert {graph.label(row["article"]) for row in rows} == {"青禾集团办新公司", "林远山谈发展"}
    assert graph.values(fact, KG + "sources") == graph.values(fact, KG + "independentSources") == ["2"]
    assert graph.values(fact, KG + "firstStated") == ["2021-03-01"]
    assert graph.values(fact, KG + "lastStated") == ["2021-05-02"]
    articles = [graph.part(name) for name in graph.article_graphs()]
    for stated in graph.values(fact, KG + "statedBy"):
        assert any(part.values(stated, RDF + "subject") for part in articles)


def test_what_has_ended_is_another_fact_than_what_holds(graph: Graph) -> None:
    held, ended = (
        facts(graph, f"林远山 {once}任职于 青禾集团有限公司（{role}）")
        for once, role in (("", "董事长"), ("曾", "前董事长"))
    )

    assert len(held) == len(ended) == 1
    assert graph.values(held[0], KG + "ended") == []
    assert graph.values(ended[0], KG + "ended") == ["true"]


def test_a_visit_without_a_date_is_another_one_in_each_article(graph: Graph) -> None:
    visits = facts(graph, "林远山 走访 湖州市")

    assert len(visits) == 2
    assert {tuple(graph.values(visit, KG + "sources")) for visit in visits} == {("1",)}


def test_a_visit_that_two_articles_give_one_date_is_one() -> None:
    text = "{}\n2021年3月1日，林远山调研湖州市。\n"
    readings = read({"a": ("", text.format("甲报")), "b": ("", text.format("乙报的消息"))})
    graph = corpus_graph(readings, identity_of(readings))

    (visit,) = facts(graph, "林远山 走访 湖州市")
    (moment,) = graph.values(visit, "http://www.w3.org/2006/time#hasTime")
    assert graph.values(moment, KG + "edtf") == ["2021-03-01"]
    assert graph.values(visit, KG + "sources") == ["2"]


def test_dates_that_do_not_agree_stay_in_the_articles() -> None:
    readings = read(
        {
            "a": ("", "甲报\n2019年，青禾集团成立青禾农业有限公司。\n"),
            "b": ("", "乙报的消息\n2020年，青禾集团成立青禾农业有限公司。\n"),
        }
    )
    graph = corpus_graph(readings, identity_of(readings))

    (fact,) = facts(graph, "青禾集团 成立 青禾农业有限公司")
    assert graph.values(fact, "http://www.w3.org/2006/time#hasTime") == []
    dated = [graph.part(name) for name in graph.article_graphs()]
    assert all(
        part.values(stated, "http://www.w3.org/2006/time#hasTime")
        for part, stated in zip(dated, graph.values(fact, KG + "statedBy"), strict=True)
        if part.values(stated, RDF + "subject")
    )


def test_copies_are_one_source_and_so_are_articles_that_say_it_in_the_same_words() -> None:
    long = "青禾集团有限公司董事长林远山在湖州市举行的发展大会上对与会的三百多位来宾作出说明"
    texts = {
        "a": ("", f"甲报\n{long}。\n"),
        "b": ("", f"乙报的消息\n记者获悉，{long}。\n"),
        "c": ("", "丙报的消息很长\n青禾集团有限公司董事长林远山出席。\n"),
    }
    readings = read(texts)
    shas = {each.article.name: each.article.sha256 for each in readings}
    copy = Copy(min(shas["a"], shas["c"]), max(shas["a"], shas["c"]), 0.9, same=True)
    passages = replace(copy, same=False)

    def independent(*copies: Copy) -> list[str]:
        graph = corpus_graph(readings, identity_of(readings, copies=copies))
        (fact,) = facts(graph, "林远山 任职于 青禾集团有限公司（董事长）")
        assert graph.values(fact, KG + "sources") == ["3"]
        return graph.values(fact, KG + "independentSources")

    assert independent() == ["2"]
    assert independent(passages) == ["2"]
    assert independent(copy) == ["1"]


def test_without_identity_the_articles_are_as_they_were(readings: list[Reading], graph: Graph) -> None:
    assert without_identity(graph).to_turtle() == Graph.from_readings(readings).to_turtle()


def test_each_article_stays_in_its_own_words(readings: list[Reading], graph: Graph) -> None:
    alone = [Graph.from_readings([reading]) for reading in readings]

    assert sorted(lines_of(each)[0] for each in alone) == sorted(
        lines_of(graph.part(name))[0] for name in graph.article_graphs()
    )
    assert {tuple(lines_of(each)) for each in alone} == {
        tuple(lines_of(graph.part(name))) for name in graph.article_graphs()
    }


def test_a_corpus_of_one_article_is_its_graph(readings: list[Reading]) -> None:
    one = corpus_graph(readings[:1], identity_of(readings[:1]))

    assert not one.is_corpus
    for form in ("turtle", "nq"):
        assert one.serialize(form) == Graph.from_readings(readings[:1]).serialize(form)


def test_the_order_of_articles_changes_nothing(readings: list[Reading], identity: Identity) -> None:
    whole = corpus_graph(readings, identity).serialize("nq")

    for order in permutations(readings):
        assert corpus_graph(order, identity).serialize("nq") == whole


def test_the_merged_view_follows_from_the_other_layers(readings: list[Reading], graph: Graph) -> None:
    texts = {reading.article.sha256: reading.article.text for reading in readings}

    assert set(merged_lines(graph, texts)) == set(lines_of(graph))


@pytest.mark.parametrize("form", ["nq", "trig"])
def test_a_corpus_is_read_again_as_it_was_written(graph: Graph, form: str) -> None:
    again = Graph.parse(graph.serialize(form), form)

    assert again.is_corpus
    assert again.serialize(form) == graph.serialize(form)
    assert again.to_turtle() == graph.to_turtle()


def test_the_lines_of_a_corpus_are_its_graph(
    readings: list[Reading], identity: Identity, graph: Graph
) -> None:
    store = Graph()
    store.add_quads(list(corpus_lines(readings, identity)))

    assert store.serialize("nq") == graph.serialize("nq")


def test_it_keeps_the_rules_of_the_model(graph: Graph) -> None:
    assert validate(graph) == ()


def test_each_link_says_why_and_rests_on_two_mentions(graph: Graph) -> None:
    ties = graph.part(identity_iri(graph.base))
    links = ties.sources(KG + "IdentityLink", RDF + "type")

    assert links
    for link in links:
        assert len(ties.values(link, KG + "links")) == 2
        assert ties.values(link, KG + "level") == ["sure"]
        for evidence in ties.values(link, "http://www.w3.org/ns/prov#wasDerivedFrom"):
            assert graph.values(evidence, RDF + "type")


def test_a_place_with_its_code_stands_for_those_without(readings: list[Reading]) -> None:
    """An official place is the same node in a graph of one article and of many."""
    texts = {
        "a": ("", "甲报\n林远山调研浙江省湖州市。\n"),
        "b": ("", "乙报的消息\n林远山调研湖州市。\n"),
        "c": ("", "丙报\n林远山调研湖州大街。\n"),
    }
    readings = read(texts)
    coded = member(readings, "a", "湖州市")
    other = member(readings, "c", "湖州大街")
    identity = Identity((Thing("湖州", "Place", tuple(sorted((coded, other))), "湖州"),))
    graph = corpus_graph(readings, identity)

    (place,) = graph.named("湖州大街")
    assert graph.named("湖州市") == [place]
    assert graph.values(place, RDFS + "label") == ["湖州市"]
    assert graph.values(place, KG + "placeCode") == ["330500"]


def test_what_ties_a_thing_to_itself_is_no_fact(readings: list[Reading]) -> None:
    texts = {
        "a": ("", "甲报\n青禾集团有限公司成立青禾农业有限公司。\n"),
        "b": ("", "乙报的消息\n青禾农业有限公司开工。\n"),
    }
    readings = read(texts)
    members = [
        member(readings, "a", "青禾集团有限公司"),
        member(readings, "a", "青禾农业有限公司"),
        member(readings, "b", "青禾农业有限公司"),
    ]
    identity = Identity((Thing("青禾", "Organization", tuple(sorted(members)), "青禾"),))
    graph = corpus_graph(readings, identity)

    assert graph.sources(RDF + "Statement", RDF + "type") == []
    assert validate(graph) == ()


def test_one_thing_named_twice_in_an_article_has_one_fact_for_both_names() -> None:
    texts = {
        "a": (
            "",
            "甲报\n林远山担任青禾集团有限公司董事长。会后，海棠集团有限公司董事长林远山说，今年增产。\n",
        ),
        "b": ("", "乙报的消息\n青禾集团有限公司开工。\n"),
    }
    readings = read(texts)
    members = [
        member(readings, "a", "青禾集团有限公司"),
        member(readings, "a", "海棠集团有限公司"),
        member(readings, "b", "青禾集团有限公司"),
    ]
    identity = Identity((Thing("青禾", "Organization", tuple(sorted(members)), "青禾集团有限公司"),))
    graph = corpus_graph(readings, identity)

    (fact,) = facts(graph, "林远山 任职于 青禾集团有限公司（董事长）")
    assert len(graph.values(fact, KG + "statedBy")) == 2
    assert len(graph.values(fact, KG + "confidence")) == 1
    assert graph.values(fact, KG + "sources") == ["1"]
    assert validate(graph) == ()


def test_an_entity_that_no_article_has_is_an_error(readings: list[Reading]) -> None:
    nobody = Member(readings[0].article.sha256, EntityId("Person:无人"))
    identity = Identity((Thing("无人", "Person", (nobody, member(readings, "talk", "林远山")), "无人"),))

    with pytest.raises(GraphError, match="has no entity 'Person:无人'"):
        corpus_graph(readings, identity)
