"""A reading becomes triples."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, RDFS, SKOS, Literal, URIRef
from rdflib.namespace import ORG, PROV

from kg.base.errors import GraphError
from kg.base.model import Entity, EntityId, Evidence, Fact, Figure, Link, Moment, Reading, Span, Status
from kg.graph.evidence import CONTEXT
from kg.graph.iri import article_iri, entity_iri, figure_iri
from kg.graph.rdf import triples_of
from kg.graph.vocabulary import KG, OA, QUDT, SCHEMA, TIME, UNIT
from kg.text.source import article_of

TEXT = "青禾集团公告\n青禾集团与蓝石科技签约。青禾集团董事长林木兰获得优秀工匠称号。青禾集团有员工3至5人。\n"
ARTICLE = article_of(TEXT, "invented")


def entity(sort: str, name: str, *others: str, **more: object) -> Entity:
    return Entity(EntityId(f"{sort}:{name}"), sort, name, (name, *others), **more)  # type: ignore[arg-type]


def says(words: str) -> tuple[Evidence, ...]:
    at = TEXT.index(words)
    return (Evidence(Span(at, at + len(words)), words),)


GROUP, STONE = entity("Organization", "青禾集团"), entity("Organization", "蓝石科技")
PERSON, AWARD = entity("Person", "林木兰"), entity("Award", "优秀工匠")
SIGNED = Fact(GROUP.id, "partneredWith", STONE.id, says("青禾集团与蓝石科技签约"), "signed-with", 0.8)


def reading(
    facts: Iterable[Fact] = (), figures: Iterable[Figure] = (), moments: Iterable[Moment] = ()
) -> Reading:
    entities = (GROUP, STONE, PERSON, AWARD)
    links = tuple(
        Link(
            Span(TEXT.index(each.name), TEXT.index(each.name) + len(each.name)),
            each.name,
            each.id,
            each.type,
            "r",
        )
        for each in entities
    )
    return Reading(ARTICLE, entities, links, tuple(facts), tuple(figures), tuple(moments))


def graph_of(*readings: Reading) -> rdflib.Graph:
    lines = [line for each in readings for line in triples_of(each)]
    return rdflib.Graph().parse(data="\n".join(lines), format="nt")


def kg(name: str) -> URIRef:
    return URIRef(KG + name)


def only_fact(graph: rdflib.Graph, predicate: str) -> URIRef:
    (fact,) = graph.subjects(RDF.predicate, kg(predicate))
    return fact  # type: ignore[return-value]


def iri(each: Entity) -> URIRef:
    return URIRef(entity_iri(ARTICLE, each))


def test_both_parsers_read_the_same_triples(gold_reading: Reading) -> None:
    data = "\n".join(triples_of(gold_reading))

    by_rdflib = {str(s) + str(p) + str(o) for s, p, o in rdflib.Graph().parse(data=data, format="nt")}
    by_oxigraph = {
        q.subject.value + q.predicate.value + q.object.value for q in ox.parse(data, ox.RdfFormat.N_TRIPLES)
    }

    assert by_rdflib == by_oxigraph
    assert len(by_rdflib) > 2000


def test_every_node_is_an_ascii_iri_under_the_base(gold_reading: Reading) -> None:
    base = "http://graph.example/kg#"

    for quad in ox.parse("\n".join(triples_of(gold_reading, base)), ox.RdfFormat.N_TRIPLES):
        assert isinstance(quad.subject, ox.NamedNode)
        assert not isinstance(quad.object, ox.BlankNode)
        assert quad.subject.value.startswith(base)
        assert quad.subject.value.isascii()


@pytest.mark.parametrize(
    "base", ["", "kg/", "https://example.org/kg", "https://example.org/图/", "https://a b/"]
)
def test_a_base_that_is_no_ascii_iri_is_refused(base: str) -> None:
    with pytest.raises(GraphError, match="no base"):
        triples_of(reading(), base)


def test_every_node_has_a_label(gold_reading: Reading) -> None:
    graph = graph_of(gold_reading)

    assert all((node, RDFS.label, None) in graph for node in set(graph.subjects()))


def test_an_asserted_fact_stands_as_a_plain_triple_too() -> None:
    fact = Fact(PERSON.id, "receivedAward", AWARD.id, says("林木兰获得优秀工匠"), "won", 0.8)

    assert (iri(PERSON), kg("receivedAward"), iri(AWARD)) in graph_of(reading([fact]))


@pytest.mark.parametrize("status", ["planned", "denied", "reported"])
def test_a_fact_that_is_not_asserted_gives_no_plain_triple(status: Status) -> None:
    graph = graph_of(reading([replace(SIGNED, status=status)]))

    assert not list(graph.triples((None, kg("partneredWith"), None)))
    assert graph.value(only_fact(graph, "partneredWith"), kg("status")) == kg(status)


def test_a_partnership_is_stored_once_whichever_way_it_is_said() -> None:
    back = replace(SIGNED, subject=STONE.id, object=GROUP.id)

    graph = graph_of(reading([SIGNED, back]))

    fact = only_fact(graph, "partneredWith")
    assert str(graph.value(fact, RDF.subject)) < str(graph.value(fact, RDF.object))
    assert len(list(graph.triples((None, kg("partneredWith"), None)))) == 1


def test_a_fact_read_twice_is_one_node_with_two_pieces_of_evidence_and_the_higher_confidence() -> None:
    again = replace(SIGNED, evidence=says("蓝石科技签约"), pattern="signed", confidence=0.95)

    graph = graph_of(reading([SIGNED, again]))

    fact = only_fact(graph, "partneredWith")
    assert len(list(graph.objects(fact, PROV.wasDerivedFrom))) == 2
    assert list(graph.objects(fact, kg("confidence"))) == [Literal(Decimal("0.95"))]
    assert set(graph.objects(fact, kg("pattern"))) == {Literal("signed-with"), Literal("signed")}


@pytest.mark.parametrize(
    "change",
    [
        {"role": "顾问"},
        {"date": Moment(Span(0, 2), "青禾", "2018")},
        {"amount": Figure(Span(0, 2), "青禾", Decimal(1), "元")},
        {"status": "planned"},
    ],
    ids=["role", "date", "amount", "status"],
)
def test_facts_that_differ_in_a_qualifier_are_two_nodes(change: dict[str, Any]) -> None:
    graph = graph_of(reading([SIGNED, replace(SIGNED, **change)]))

    assert len(set(graph.subjects(RDF.predicate, kg("partneredWith")))) == 2


def test_a_position_is_a_membership_with_its_title() -> None:
    fact = Fact(
        PERSON.id, "holdsPosition", GROUP.id, says("青禾集团董事长林木兰"), "post", 0.9, role="董事长"
    )

    graph = graph_of(reading([fact]))

    node = only_fact(graph, "holdsPosition")
    assert (node, RDF.type, ORG.Membership) in graph
    assert graph.value(node, ORG.member) == iri(PERSON)
    assert graph.value(node, ORG.organization) == iri(GROUP)
    assert graph.value(node, URIRef(SCHEMA + "roleName")) == Literal("董事长")
    assert graph.value(graph.value(node, ORG.role), RDFS.label) == Literal("董事长", lang="zh")
    assert graph.value(node, RDFS.label) == Literal("林木兰 任职于 青禾集团（董事长）", lang="zh")


def test_no_fact_is_a_prov_activity(gold_reading: Reading) -> None:
    graph = graph_of(gold_reading)

    facts = set(graph.subjects(RDF.type, RDF.Statement))
    assert facts <= set(graph.subjects(RDF.type, PROV.Entity))
    assert not facts & set(graph.subjects(RDF.type, PROV.Activity))


def test_an_honour_is_an_award_grant() -> None:
    fact = Fact(PERSON.id, "receivedAward", AWARD.id, says("林木兰获得优秀工匠"), "won", 0.8)

    graph = graph_of(reading([fact]))

    assert (only_fact(graph, "receivedAward"), RDF.type, kg("AwardGrant")) in graph


def test_evidence_is_the_exact_words_with_their_place_and_context() -> None:
    graph = graph_of(reading([SIGNED]))

    (evidence,) = graph.objects(only_fact(graph, "partneredWith"), PROV.wasDerivedFrom)
    found = {
        str(p).removeprefix(OA): o.toPython()
        for selector in graph.objects(evidence, URIRef(OA + "hasSelector"))
        for p, o in graph.predicate_objects(selector)
        if isinstance(o, Literal) and str(p).startswith(OA)
    }
    assert TEXT[found["start"] : found["end"]] == found["exact"] == "青禾集团与蓝石科技签约"
    assert found["prefix"] == "青禾集团公告\n"
    assert len(found["suffix"]) == CONTEXT
    assert TEXT[found["end"] :].startswith(found["suffix"])
    source = graph.value(evidence, URIRef(OA + "hasSource"))
    assert graph.value(source, kg("sha256")) == Literal(ARTICLE.sha256)


def test_a_quote_that_is_not_the_text_is_refused() -> None:
    wrong = replace(SIGNED, evidence=(Evidence(Span(0, 4), "蓝石科技"),))

    with pytest.raises(GraphError, match="not the text"):
        triples_of(reading([wrong]))


def test_evidence_outside_the_text_is_refused() -> None:
    figure = Figure(Span(0, 2), "青禾", Decimal(1), "元", quote=Span(0, 5000))

    with pytest.raises(GraphError, match="outside the text"):
        triples_of(reading(figures=[figure]))


def test_a_fact_about_an_unknown_entity_is_refused() -> None:
    with pytest.raises(GraphError, match="unknown entity"):
        triples_of(reading([replace(SIGNED, object=EntityId("Organization:无"))]))


def test_money_has_a_currency_and_a_qudt_unit() -> None:
    figure = Figure(
        Span(0, 4),
        "1.5亿元",
        Decimal("1.5E+8"),
        "元",
        "over",
        minimum=Decimal("150000000"),
        of="产值",
        subject=GROUP.id,
    )

    graph = graph_of(reading(figures=[figure]))

    node = URIRef(figure_iri(ARTICLE, figure))
    assert (node, RDF.type, URIRef(SCHEMA + "MonetaryAmount")) in graph
    assert str(graph.value(node, URIRef(SCHEMA + "value"))) == "150000000"
    assert graph.value(node, URIRef(SCHEMA + "currency")) == Literal("CNY")
    assert graph.value(node, URIRef(QUDT + "hasUnit")) == URIRef(UNIT + "CCY_CNY")
    assert graph.value(node, kg("modifier")) == Literal("over")
    assert str(graph.value(node, URIRef(SCHEMA + "minValue"))) == "150000000"
    assert graph.value(node, kg("measured")) == Literal("产值")
    assert graph.value(node, kg("figureOf")) == iri(GROUP)
    assert graph.value(node, kg("surface")) == Literal("1.5亿元")


def test_kilometres_stay_kilometres() -> None:
    figure = Figure(Span(0, 4), "60KM", Decimal(60), "KM")

    graph = graph_of(reading(figures=[figure]))

    node = URIRef(figure_iri(ARTICLE, figure))
    assert str(graph.value(node, URIRef(SCHEMA + "value"))) == "60"
    assert graph.value(node, URIRef(QUDT + "hasUnit")) == URIRef(UNIT + "KiloM")
    assert (node, RDF.type, URIRef(SCHEMA + "QuantitativeValue")) in graph


def test_a_figure_without_a_unit_says_why() -> None:
    figure = Figure(Span(0, 2), "10亿", Decimal(10**9), "")

    graph = graph_of(reading(figures=[figure]))

    assert graph.value(URIRef(figure_iri(ARTICLE, figure)), kg("noUnit")) == Literal("not in the text")


def test_the_two_ends_of_a_range_are_two_figures() -> None:
    span = Span(TEXT.index("3至5人"), TEXT.index("3至5人") + 4)
    ends = [Figure(span, "3至5人", Decimal(value), "人") for value in (3, 5)]

    graph = graph_of(reading(figures=ends))

    assert len(set(graph.subjects(URIRef(SCHEMA + "value")))) == 2


def test_the_amount_of_a_fact_is_a_figure_of_the_graph() -> None:
    figure = Figure(Span(0, 4), "20万元", Decimal(200000), "元")

    graph = graph_of(reading([replace(SIGNED, amount=figure)]))

    assert graph.value(only_fact(graph, "partneredWith"), kg("amount")) == URIRef(figure_iri(ARTICLE, figure))
    assert (URIRef(figure_iri(ARTICLE, figure)), URIRef(SCHEMA + "value"), Literal(Decimal(200000))) in graph


def test_the_date_of_a_fact_has_its_days_and_precision() -> None:
    moment = Moment(Span(0, 2), "去年2月", "2024-02")

    graph = graph_of(reading([replace(SIGNED, date=moment)]))

    node = graph.value(only_fact(graph, "partneredWith"), URIRef(TIME + "hasTime"))
    assert str(graph.value(node, kg("edtf"))) == "2024-02"
    assert str(graph.value(node, kg("precision"))) == "month"
    assert str(graph.value(node, kg("firstDay"))) == "2024-02-01"
    assert str(graph.value(node, kg("lastDay"))) == "2024-02-29"
    assert str(graph.value(node, RDFS.label)) == "2024年2月"
    assert str(graph.value(node, kg("surface"))) == "去年2月"


def test_a_place_with_a_code_is_one_node_in_all_articles_and_nothing_else_is() -> None:
    def article(name: str) -> Reading:
        text = f"{name}的林木兰\n"
        place, person = entity("Place", name, place_code="430600"), entity("Person", "林木兰")
        return Reading(article_of(text), (place, person), (), (), ())

    graph = graph_of(article("岳阳"), article("岳阳市"))

    (place,) = graph.subjects(kg("placeCode"), Literal("430600"))
    assert list(graph.objects(place, RDFS.label)) == [Literal("岳阳市", lang="zh")]
    assert list(graph.objects(place, SKOS.prefLabel)) == [Literal("岳阳市", lang="zh")]
    assert list(graph.objects(place, SKOS.altLabel)) == [Literal("岳阳", lang="zh")]
    assert len(set(graph.subjects(RDF.type, kg("Person")))) == 2


def test_an_official_name_the_article_never_uses_is_no_name_it_gives() -> None:
    place = entity("Place", "岳阳", place_code="430600")

    graph = graph_of(Reading(article_of("岳阳\n"), (place,), (), (), ()))

    node = URIRef(entity_iri(article_of("岳阳\n"), place))
    assert graph.value(node, RDFS.label) == Literal("岳阳市", lang="zh")
    assert not list(graph.objects(node, SKOS.prefLabel))
    assert list(graph.objects(node, SKOS.altLabel)) == [Literal("岳阳", lang="zh")]


def test_two_names_with_one_code_are_one_node_and_tie_it_to_nothing() -> None:
    article = article_of("岳阳市岳阳\n")
    one, other = (entity("Place", name, place_code="430600") for name in ("岳阳市", "岳阳"))
    inside = Fact(other.id, "locatedIn", one.id, (Evidence(Span(0, 3), "岳阳市"),), "inside", 0.5)

    graph = graph_of(Reading(article, (one, other), (), (inside,), ()))

    assert len(set(graph.subjects(kg("placeCode"), Literal("430600")))) == 1
    assert not list(graph.subjects(RDF.predicate, kg("locatedIn")))


def test_a_code_makes_only_places_global() -> None:
    zone = entity("Organization", "青禾集团", place_code="430600")

    graph = graph_of(Reading(ARTICLE, (zone,), (), (), ()))

    assert set(graph.objects(iri(zone), RDF.type)) == {kg("Organization"), ORG.Organization}


def test_where_a_place_lies_is_derived_from_its_code_and_marked() -> None:
    county = entity("Place", "云溪区", place_code="430603")

    graph = graph_of(Reading(article_of("云溪区\n"), (county,), (), (), ()))

    inside = URIRef(SCHEMA + "containedInPlace")
    facts = set(graph.subjects(RDF.predicate, inside))
    assert {str(graph.value(fact, RDFS.label)) for fact in facts} == {
        "云溪区 属于 岳阳市",
        "岳阳市 属于 湖南省",
    }
    assert all(graph.value(fact, kg("derived")) == Literal(True) for fact in facts)
    assert not any(list(graph.objects(fact, PROV.wasDerivedFrom)) for fact in facts)
    assert not list(graph.triples((None, kg("locatedIn"), None)))


def test_a_merge_keeps_its_reason_and_evidence(gold_reading: Reading) -> None:
    graph = graph_of(gold_reading)

    (merge,) = graph.subjects(RDF.type, kg("Merge"))
    assert graph.value(merge, kg("mergedName")) == Literal("高新区", lang="zh")
    assert graph.value(merge, kg("pattern")) == Literal("declared-short-form")
    assert len(list(graph.objects(merge, PROV.wasDerivedFrom))) == 1


def test_an_entity_has_one_core_type_its_kind_and_the_standard_class() -> None:
    party = entity("Organization", "青禾集团", kind="PartyOrganization")

    graph = graph_of(Reading(ARTICLE, (party,), (), (), ()))

    assert set(graph.objects(iri(party), RDF.type)) == {
        kg("Organization"),
        kg("PartyOrganization"),
        ORG.Organization,
    }


def test_the_article_has_its_metadata(gold_reading: Reading) -> None:
    graph = graph_of(gold_reading)

    node = URIRef(article_iri(gold_reading.article))
    assert str(graph.value(node, URIRef(SCHEMA + "datePublished"))) == "2022-06-22"
    assert str(graph.value(node, URIRef(SCHEMA + "publisher"))) == "红星网"
    assert str(graph.value(node, kg("sha256"))) == gold_reading.article.sha256


def test_no_line_is_written_twice(gold_reading: Reading) -> None:
    lines = triples_of(gold_reading)

    assert len(lines) == len(set(lines))


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_any_text_stays_text(name: str) -> None:
    hostile = name + '</script>"\\\n> .'
    article = article_of(f"{hostile}\n")
    thing = Entity(EntityId("Product:x"), "Product", hostile, (hostile,))

    lines = triples_of(Reading(article, (thing,), (), (), ()))

    assert len(list(ox.parse("\n".join(lines), ox.RdfFormat.N_TRIPLES))) == len(lines)
    labels = [quad.object.value for quad in ox.parse("\n".join(lines), ox.RdfFormat.N_TRIPLES)]
    assert hostile in labels


def test_writing_takes_a_few_calls_a_triple(
    gold_reading: Reading, calls: Callable[[Callable[[], object]], int]
) -> None:
    lines = triples_of(gold_reading)

    assert calls(lambda: triples_of(gold_reading)) < 20 * len(lines)
