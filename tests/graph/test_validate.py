"""The rules of the model: each broken one is named, in both languages, with the sentence."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pyshacl.shape
import pytest
import rdflib
from rdflib.compare import isomorphic
from typer.testing import CliRunner

from kg.base.errors import GraphError
from kg.base.model import Entity, EntityId, Evidence, Fact, Figure, Link, Merge, Moment, Reading, Span
from kg.cli.app import app
from kg.graph.store import Graph
from kg.graph.terms import shapes
from kg.graph.validate import _shapes, passages, validate
from kg.graph.vocabulary import KG, OA, ORG, PREDICATES, PROV, RDF, RDFS, SCHEMA, TIME, XSD
from kg.text.source import article_of

Change = Callable[[Graph], None]


def node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


def first(graph: Graph, sort: str, label: str = "") -> ox.NamedNode:
    found = sorted(
        (quad.subject.value, graph.label(quad.subject.value))
        for quad in graph.quads(None, node(RDF + "type"), node(sort))
        if isinstance(quad.subject, ox.NamedNode)
    )
    return node(next(iri for iri, name in found if label in name))


def without(sort: str, predicate: str, label: str = "") -> Change:
    """Take one property away from a node of a class."""

    def change(graph: Graph) -> None:
        for quad in list(graph.quads(first(graph, sort, label), node(predicate))):
            graph.store.remove(quad)

    return change


def with_(sort: str, predicate: str, value: ox.NamedNode | ox.Literal, label: str = "") -> Change:
    """Give one property to a node of a class."""

    def change(graph: Graph) -> None:
        graph.store.add(ox.Quad(first(graph, sort, label), node(predicate), value))

    return change


def instead(sort: str, predicate: str, value: ox.NamedNode | ox.Literal, label: str = "") -> Change:
    """Replace one property of a node of a class."""

    def change(graph: Graph) -> None:
        without(sort, predicate, label)(graph)
        with_(sort, predicate, value, label)(graph)

    return change


def plain_triple_of_a_denied_fact(graph: Graph) -> None:
    fact = next(iter(graph.quads(None, node(KG + "status"), node(KG + "denied")))).subject
    assert isinstance(fact, ox.NamedNode)
    subject, predicate, value = (
        next(iter(graph.quads(fact, node(RDF + part)))).object for part in ("subject", "predicate", "object")
    )
    graph.store.add(ox.Quad(subject, predicate, value))  # type: ignore[arg-type]


def empty(kind: str) -> Change:
    """Add a node of a class that says nothing."""

    def change(graph: Graph) -> None:
        graph.store.add(ox.Quad(node(KG + "empty"), node(RDF + "type"), node(KG + kind)))

    return change


def more_independent_sources_than_sources(graph: Graph) -> None:
    for name, number in (("sources", "1"), ("independentSources", "2")):
        with_(FACT, KG + name, ox.Literal(number, datatype=node(XSD + "integer")))(graph)


def decimal(text: str) -> ox.Literal:
    return ox.Literal(text, datatype=node(XSD + "decimal"))


def bare_page(graph: Graph) -> None:
    graph.store.add(ox.Quad(node(KG + "page"), node(RDF + "type"), node(OA + "FragmentSelector")))


def empty_event(graph: Graph) -> None:
    graph.store.add(ox.Quad(node(KG + "e"), node(RDF + "type"), node(KG + "MainEvent")))


FACT, FIGURE, MONEY = RDF + "Statement", SCHEMA + "QuantitativeValue", SCHEMA + "MonetaryAmount"
EVIDENCE, QUOTE, POSITION = OA + "SpecificResource", OA + "TextQuoteSelector", OA + "TextPositionSelector"


def both(*changes: Callable[[Graph], None]) -> Callable[[Graph], None]:
    """Make several changes."""

    def change(graph: Graph) -> None:
        for each in changes:
            each(graph)

    return change


BROKEN = {
    "fact without evidence": (
        without(FACT, PROV + "wasDerivedFrom", "青禾集团 位于"),
        "a fact needs evidence",
    ),
    "fact without subject": (without(FACT, RDF + "subject", "青禾集团 位于"), "exactly one subject"),
    "fact with two objects": (with_(FACT, RDF + "object", node(KG + "x")), "exactly one object"),
    "unknown predicate": (instead(FACT, RDF + "predicate", node(KG + "likes")), "of the vocabulary"),
    "no status": (without(FACT, KG + "status", "青禾集团 位于"), "exactly one status"),
    "status any": (
        instead(FACT, KG + "status", node(KG + "any"), "青禾集团 投资 北湾"),
        "exactly one status",
    ),
    "confidence above one": (instead(FACT, KG + "confidence", decimal("1.5")), "confidence from 0 to 1"),
    "no pattern": (without(FACT, KG + "pattern"), "pattern that found it"),
    "main event without a kind": (empty_event, "exactly one kind"),
    "main event without a status": (empty_event, "a main event has exactly one status"),
    "main event without confidence": (empty_event, "a main event has one confidence"),
    "main event without evidence": (empty_event, "a main event needs evidence"),
    "main event that nothing tells": (empty_event, "told by a fact, or has who"),
    "no run": (without(FACT, PROV + "wasGeneratedBy"), "run that read it"),
    "no label": (without(FACT, RDFS + "label"), "it has a label"),
    "evidence that is none": (
        instead(FACT, PROV + "wasDerivedFrom", node(KG + "x"), "青禾集团 位于"),
        "a quote and a position",
    ),
    "page without a number": (bare_page, "a page or paragraph is written page=3"),
    "page of no quote": (bare_page, "is refined by the quote"),
    "more independent sources than sources": (more_independent_sources_than_sources, "independent source"),
    "succession nowhere": (empty("Succession"), "a succession is at exactly one organization"),
    "succession in no post": (empty("Succession"), "a succession is in exactly one post"),
    "succession of nobody": (empty("Succession"), "at least two holdings"),
    "conflict of no kind": (empty("Conflict"), "a conflict is of exactly one kind"),
    "conflict about nothing": (empty("Conflict"), "a conflict is about exactly one thing"),
    "conflict without members": (empty("Conflict"), "at least two members"),
    "proposed by nobody": (
        instead(FACT, KG + "status", node(KG + "proposed"), "青禾集团 投资 北湾"),
        "says by which model",
    ),
    "found by a model that is none": (with_(FACT, KG + "agreedBy", node(KG + "x")), "is a language model"),
    "refused for no reason": (empty("RefusedProposal"), "exactly one reason"),
    "refused, and nobody proposed it": (empty("RefusedProposal"), "that of one language model"),
    "refused for no article": (empty("RefusedProposal"), "of one article"),
    "denied fact as a plain triple": (plain_triple_of_a_denied_fact, "does not stand as a plain triple"),
    "position without a person": (without(ORG + "Membership", ORG + "member"), "exactly one person"),
    "position at no organization": (
        instead(ORG + "Membership", ORG + "organization", node(KG + "x")),
        "exactly one organization (or country, or area)",
    ),
    "award that is none": (
        with_(KG + "AwardGrant", RDF + "object", node(KG + "x")),
        "what is granted is an award",
    ),
    "place that issues": (
        with_(KG + "Place", KG + "issued", node(KG + "x")),
        "the object of issued is of type Document",
    ),
    "organization that studies": (
        with_(KG + "Company", KG + "educatedAt", node(KG + "x")),
        "the subject of holdsPosition, worksFor, educatedAt is of type Person",
    ),
    "two core types": (with_(KG + "Person", RDF + "type", node(KG + "Place")), "one of the core types"),
    "place code of five digits": (instead(KG + "Place", KG + "placeCode", ox.Literal("43060")), "six digits"),
    "company that is no organization": (
        with_(KG + "Person", RDF + "type", node(KG + "Company")),
        "is an organization",
    ),
    "entity without a name": (
        without(KG + "Person", "http://www.w3.org/2004/02/skos/core#prefLabel", "林木兰"),
        "names has a name",
    ),
    "merge into nothing": (without(KG + "Merge", KG + "mergedInto"), "belongs to one entity"),
    "merge of no name": (without(KG + "Merge", KG + "mergedName"), "says which name"),
    "derived that is not": (
        with_(FACT, KG + "derived", ox.Literal("false", datatype=node(XSD + "boolean"))),
        "true or absent",
    ),
    "reported by a thing that says nothing": (
        with_(FACT, KG + "reportedBy", node("https://example.org/kg/nobody")),
        "who reports a fact",
    ),
    "run that is none": (without(PROV + "Activity", RDF + "type"), "is a run"),
    "evidence without an article": (without(EVIDENCE, OA + "hasSource"), "comes from one article"),
    "evidence without a quote": (without(EVIDENCE, OA + "hasSelector"), "a quote and a position"),
    "no quote": (without(QUOTE, OA + "exact"), "exactly one quote"),
    "end before start": (
        instead(POSITION, OA + "start", ox.Literal("99999", datatype=node(XSD + "integer"))),
        "before the end",
    ),
    "position without end": (without(POSITION, OA + "end"), "a position has an end"),
    "figure without value": (without(FIGURE, SCHEMA + "value"), "exactly one value"),
    "figure with two values": (with_(FIGURE, SCHEMA + "value", decimal("7")), "exactly one value"),
    "figure without unit or reason": (without(FIGURE, SCHEMA + "unitText"), "a unit, or a stated reason"),
    "figure without evidence": (without(FIGURE, PROV + "wasDerivedFrom"), "a figure needs evidence"),
    "unknown modifier": (instead(FIGURE, KG + "modifier", ox.Literal("roughly")), "about, over or under"),
    "figure of two": (with_(FIGURE, KG + "figureOf", node(KG + "x"), "员工"), "of one entity at most"),
    "lower bound above upper": (
        lambda graph: (
            instead(FIGURE, SCHEMA + "minValue", decimal("9"))(graph),
            instead(FIGURE, SCHEMA + "maxValue", decimal("1"))(graph),
        ),
        "not above the upper",
    ),
    "figure without its surface": (without(FIGURE, KG + "surface"), "surface form is given"),
    "money without currency": (without(MONEY, SCHEMA + "currency"), "ISO 4217"),
    "date without edtf": (without(TIME + "ProperInterval", KG + "edtf"), "given in EDTF"),
    "date of unknown precision": (
        instead(TIME + "ProperInterval", KG + "precision", ox.Literal("week")),
        "has a precision",
    ),
    "date that ends before it begins": (
        instead(
            TIME + "ProperInterval", KG + "firstDay", ox.Literal("2030-01-01", datatype=node(XSD + "date"))
        ),
        "not after the last",
    ),
    "two document numbers": (
        both(*(with_(SCHEMA + "NewsArticle", KG + "documentNumber", ox.Literal(each)) for each in "甲乙")),
        "at most one number",
    ),
    "two lines of addressees": (
        both(*(with_(SCHEMA + "NewsArticle", KG + "addressee", ox.Literal(each)) for each in "甲乙")),
        "at most one line of addressees",
    ),
    "two printers": (
        both(*(with_(SCHEMA + "NewsArticle", KG + "printedBy", ox.Literal(each)) for each in "甲乙")),
        "printed by one office",
    ),
    "no day of printing": (
        with_(SCHEMA + "NewsArticle", KG + "printedOn", ox.Literal("昨日")),
        "printed on one day",
    ),
    "attachment without a name": (
        with_(SCHEMA + "NewsArticle", KG + "attachment", node(KG + "Person")),
        "attachments are told by name",
    ),
    "two index numbers": (
        both(*(with_(SCHEMA + "NewsArticle", KG + "indexNumber", ox.Literal(each)) for each in "甲乙")),
        "at most one index number",
    ),
    "topics said twice": (
        both(*(with_(SCHEMA + "NewsArticle", KG + "topic", ox.Literal(each)) for each in "甲乙")),
        "said once",
    ),
    "leaf without a number": (
        with_(OA + "TextQuoteSelector", RDF + "type", node(OA + "FragmentSelector")),
        "written page=3, page=3&viewrect=72,90,310,14 or paragraph=3",
    ),
    "leaf without a quote": (
        with_(OA + "TextQuoteSelector", RDF + "type", node(OA + "FragmentSelector")),
        "refined by the quote",
    ),
    "masked any": (
        with_(SCHEMA + "NewsArticle", KG + "masked", ox.Literal("any")),
        "what is masked is of the kinds",
    ),
    "decision that says nothing": (empty("Decision"), "a decision has exactly one verdict"),
    "decision without wording": (empty("Decision"), "a decision has its wording"),
    "decision that is marked as anchored": (
        both(
            empty("Decision"),
            lambda graph: graph.store.add(
                ox.Quad(
                    node(KG + "empty"),
                    node(KG + "anchored"),
                    ox.Literal("true", datatype=node(XSD + "boolean")),
                )
            ),
        ),
        "is about nothing here is false or absent",
    ),
    "decided by what is no decision": (
        with_(FACT, PROV + "wasInfluencedBy", node("urn:d")),
        "by a decision points to one",
    ),
    "article without checksum": (without(SCHEMA + "NewsArticle", KG + "sha256"), "has its SHA-256"),
    "figure without confidence": (
        without(SCHEMA + "QuantitativeValue", KG + "confidence"),
        "a figure has one confidence",
    ),
    "figure of two dates": (
        both(*(with_(SCHEMA + "QuantitativeValue", TIME + "hasTime", node(f"urn:{each}")) for each in "ab")),
        "a figure has one date at most",
    ),
    "article masked of an unknown kind": (
        with_(SCHEMA + "NewsArticle", KG + "masked", ox.Literal("name")),
        "what is masked is of the kinds",
    ),
}


@pytest.fixture(scope="module")
def small_turtle(status_reading: Reading) -> bytes:
    """The invented article and another that has what it lacks, in a graph that is validated in no time."""
    article = article_of(
        "蓝石科技（简称蓝石）董事长林木兰2024年获得优秀工匠称号，蓝石有员工约30名。\n", "small"
    )
    text, quote = article.text, article.text.strip()
    evidence = (Evidence(Span(0, len(quote)), quote),)

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    merge = Merge("蓝石", "蓝石科技", "declared-short-form", span("（简称蓝石）"))
    firm = Entity(
        EntityId("o"), "Organization", "蓝石科技", ("蓝石科技", "蓝石"), kind="Company", merges=(merge,)
    )
    person = Entity(EntityId("p"), "Person", "林木兰", ("林木兰",))
    award = Entity(EntityId("a"), "Award", "优秀工匠", ("优秀工匠",))
    staff = Figure(span("约30名"), "约30名", Decimal(30), "名", "about", of="员工", subject=firm.id, rule="r")
    year = Moment(span("2024年"), "2024年", "2024")
    facts = (
        Fact(person.id, "holdsPosition", firm.id, evidence, "r", 0.9, role="董事长"),
        Fact(person.id, "receivedAward", award.id, evidence, "r", 0.9, date=year),
    )
    links = tuple(Link(span(each.name), each.name, each.id, each.type, "r") for each in (firm, person, award))
    reading = Reading(article, (firm, person, award), links, facts, (staff,), (year,))
    return Graph.from_readings([status_reading, reading]).to_turtle()


def test_a_graph_that_kg_made_keeps_every_rule(both_graph: Graph) -> None:
    assert validate(both_graph) == ()


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_named_in_both_languages(small_turtle: bytes, name: str) -> None:
    change, says = BROKEN[name]
    graph = Graph.parse(small_turtle)
    change(graph)

    violations = validate(graph)

    found = [each for each in violations if says in dict(each.messages)["en"]]
    assert found, [str(each) for each in violations]
    assert all(dict(each.messages)["zh"] for each in found)
    assert all(dict(each.messages)["zh"] in str(each) for each in found)
    assert all("\n" not in str(each) for each in found)


def test_every_message_of_the_shapes_is_tried() -> None:
    from kg.graph.validate import _shapes

    said = {str(o) for o in _shapes().objects(None, ox_message()) if getattr(o, "language", "") == "en"}

    untried = {message for message in said if not any(says in message for _, says in BROKEN.values())}
    assert all(message.startswith(("the subject of ", "the object of ")) for message in untried)


def test_every_predicate_joins_only_what_the_schema_says() -> None:
    """Things of no type at both ends of every predicate."""
    graph = Graph()
    for name in PREDICATES:
        graph.store.add(ox.Quad(node(f"urn:s:{name}"), node(KG + name), node(f"urn:o:{name}")))

    broken = {(each.node, dict(each.messages)["en"].split(" is of type ")[0]) for each in validate(graph)}

    for name in PREDICATES:
        for end in ("subject", "object"):
            said = [words for where, words in broken if where == f"urn:{end[0]}:{name}"]
            assert [name in words.split(" of ", 1)[1].split(", ") for words in said] == [True], name
            assert said[0].startswith(f"the {end} of ")


def ox_message() -> rdflib.URIRef:
    return rdflib.SH.message


def test_a_broken_fact_is_shown_with_its_sentence(status_graph: Graph) -> None:
    graph = Graph.parse(status_graph.to_turtle())
    instead(FACT, KG + "confidence", decimal("2"), "青禾集团 投资 蓝石科技")(graph)

    (violation,) = validate(graph)

    assert str(violation) == (
        "青禾集团 投资 蓝石科技 [confidence]: 事实必须有一个从 0 到 1 的可信度 / a fact has one confidence from 0 to 1"
        " | statuses 34-46: 青禾集团否认收购蓝石科技"
    )


def test_a_denied_fact_that_stands_plainly_is_shown_with_its_sentence(status_graph: Graph) -> None:
    graph = Graph.parse(status_graph.to_turtle())
    plain_triple_of_a_denied_fact(graph)

    (violation,) = validate(graph)

    assert violation.label == "青禾集团 投资 蓝石科技"
    assert [each.quote for each in violation.passages] == ["青禾集团否认收购蓝石科技"]


def test_violations_come_in_a_fixed_order(both_graph: Graph) -> None:
    graph = Graph.parse(both_graph.to_turtle())
    for quad in list(graph.quads(None, node(KG + "confidence"))):
        graph.store.remove(quad)

    found = validate(graph)

    assert len(found) == 52 + 4 + 2 + 32  # facts of two articles, what was merged, figures
    assert found == validate(Graph.parse(graph.to_turtle()))
    assert [each.node for each in found] == sorted(each.node for each in found)


def test_a_large_graph_is_judged_in_parts_as_it_is_judged_whole(
    both_graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = Graph.parse(both_graph.to_turtle())
    instead(FACT, KG + "confidence", decimal("2"), "青禾集团 投资 蓝石科技")(graph)
    without(FACT, KG + "pattern", "周渭超 支持")(graph)
    plain_triple_of_a_denied_fact(graph)
    whole = validate(graph)

    monkeypatch.setattr("kg.graph.validate.WHOLE", 0)
    monkeypatch.setattr("kg.graph.validate.PART", 1)

    assert validate(both_graph, 1) == ()
    assert validate(graph, 1) == whole
    assert validate(graph, 2) == whole
    assert len(whole) == 3


def test_what_a_large_check_is_at_is_told(both_graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.graph.validate.WHOLE", 0)
    monkeypatch.setattr("kg.graph.validate.PART", 100)
    told: list[tuple[int, int]] = []

    assert validate(both_graph, 1, lambda done, every: told.append((done, every))) == ()

    many = len({quad.subject for quad in both_graph.quads()})
    assert told[0] == (0, many)
    assert told[-1] == (many, many)
    assert len(told) > 2


@pytest.mark.parametrize("ends", ["what it holds is no part", "a process that has ended"])
def test_a_part_whose_process_fails_is_judged_all_the_same(
    both_graph: Graph, monkeypatch: pytest.MonkeyPatch, ends: str
) -> None:
    graph = Graph.parse(both_graph.to_turtle())
    without(FACT, KG + "pattern", "周渭超 支持")(graph)
    whole = validate(graph)
    code = "import sys; sys.stdout.write('no answer')" if ends.startswith("what") else "pass"
    monkeypatch.setattr("kg.graph.validate.WORK", code)
    monkeypatch.setattr("kg.graph.validate.WHOLE", 0)

    assert validate(graph, 2) == whole


def test_what_shacl_cannot_look_at_is_one_error_in_parts_too(
    both_graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = Graph.parse(both_graph.to_turtle())
    instead(FACT, KG + "confidence", decimal("NaN"), "青禾集团 投资 蓝石科技")(graph)
    monkeypatch.setattr("kg.graph.validate.WHOLE", 0)

    for processes in (1, 2):
        with pytest.raises(GraphError, match="cannot be validated"):
            validate(graph, processes)


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_each_broken_rule_is_found_in_parts_too(
    small_turtle: bytes, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    change, _ = BROKEN[name]
    graph = Graph.parse(small_turtle)
    change(graph)
    whole = validate(graph)

    monkeypatch.setattr("kg.graph.validate.WHOLE", 0)
    monkeypatch.setattr("kg.graph.validate.PART", 1)

    assert validate(graph, 1) == whole


def test_a_node_without_passages_of_its_own_has_those_of_its_facts(status_graph: Graph) -> None:
    graph = Graph.parse(status_graph.to_turtle())
    without(KG + "Product", KG + "mentionedAt")(graph)

    (plant,) = graph.named("北湾工厂")
    assert [each.quote for each in passages(graph, plant)] == ["青禾集团计划2027年投资3000万美元建设北湾工厂"]


def test_a_position_that_is_no_number_has_no_passage(status_graph: Graph) -> None:
    graph = Graph.parse(status_graph.to_turtle())
    for quad in list(graph.quads(None, node(OA + "start"))):
        graph.store.remove(quad)
        graph.store.add(ox.Quad(quad.subject, quad.predicate, ox.Literal("x")))

    assert passages(graph, graph.named("北湾工厂")[0]) == ()


def test_validating_is_work_in_proportion_to_the_graph(
    gold_graph: Graph, status_graph: Graph, calls: Callable[[Callable[[], object]], int]
) -> None:
    """What shapes cost by themselves aside, a triple costs in a large graph what it costs in a small one."""
    empty, small, large = (calls(lambda: validate(graph)) for graph in (Graph(), status_graph, gold_graph))  # noqa: B023

    assert (large - empty) / len(gold_graph) < 2 * (small - empty) / len(status_graph)


def test_validation_is_imported_on_use_only() -> None:
    code = "import sys, kg.graph.validate, kg.graph.store, kg.graph.query, kg.graph.rdf; print({'rdflib', 'pyshacl', 'networkx'} & set(sys.modules))"

    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "set()\n"
    )


def test_the_shapes_are_those_that_rdflib_reads() -> None:
    read = _shapes.__wrapped__()

    assert isomorphic(read, rdflib.Graph().parse(data=shapes(), format="turtle"))


def test_parameters_of_constraints_are_looked_up_and_not_searched(
    both_graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    validate(both_graph)
    known, _ = vars(pyshacl.shape)["CONSTRAINT_PARAMS"]
    last, other = rdflib.URIRef(str(known[-1])), rdflib.SH.path
    compared: list[object] = []
    equal = rdflib.URIRef.__eq__

    def counted(one: rdflib.URIRef, two: object) -> bool:
        compared.append(two)
        return bool(equal(one, two))

    monkeypatch.setattr(rdflib.URIRef, "__eq__", counted)

    assert last in known
    assert other not in known
    assert len(compared) <= 2
    assert type(known.copy()) is list  # pyshacl adds to a copy for the rules of other people's shapes


def test_the_command_tells_how_far_a_long_check_is(
    both_graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_graph.write(tmp_path / "graph.ttl")
    monkeypatch.setattr("kg.graph.validate.WHOLE", 0)
    monkeypatch.setattr("kg.graph.validate.PART", 100)
    monkeypatch.setattr("kg.graph.validate.processors", lambda: 1)

    done = CliRunner().invoke(app, ["validate", "-g", str(tmp_path / "graph.ttl")])

    assert done.exit_code == 0
    assert "nodes checked" in done.output
