"""The store: the same bytes every time, in every format, and one clear line for a graph that is none."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from kg.base.errors import GraphError, OutputError
from kg.base.model import Entity, EntityId, Reading
from kg.graph.store import FORMATS, SUFFIXES, Graph, graph_iri
from kg.graph.vocabulary import KG, RDF, RDFS, SCHEMA
from kg.text.source import article_of

TESTS = Path(__file__).parents[1]
BUILD = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("conftest", sys.argv[1])
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
graph = module.Graph.from_readings([module.read_gold(), module.read_statuses()])
sys.stdout.buffer.write(graph.serialize(sys.argv[2]))
"""


def blocks(turtle: bytes) -> list[str]:
    return [part for part in turtle.decode().split("\n\n") if not part.startswith("@prefix")]


@pytest.mark.parametrize("form", ["turtle", "trig"])
def test_bytes_are_the_same_in_another_process_folder_and_hash_seed(
    both_graph: Graph, tmp_path: Path, form: str
) -> None:
    def built(seed: str, folder: Path) -> bytes:
        command = [sys.executable, "-c", BUILD, str(TESTS / "conftest.py"), form]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True).stdout

    assert built("1", tmp_path) == built("77", TESTS) == both_graph.serialize(form)


def test_the_order_of_articles_changes_no_byte(gold_reading: Reading, status_reading: Reading) -> None:
    one = Graph.from_readings([gold_reading, status_reading]).to_turtle()

    assert Graph.from_readings([status_reading, gold_reading]).to_turtle() == one


def test_reading_an_article_twice_changes_nothing(gold_reading: Reading, gold_graph: Graph) -> None:
    assert Graph.from_readings([gold_reading, gold_reading]).to_turtle() == gold_graph.to_turtle()


def test_turtle_is_read_back_equal_by_rdflib_and_by_pyoxigraph(gold_graph: Graph) -> None:
    turtle = gold_graph.to_turtle()

    by_rdflib = rdflib.Graph().parse(data=turtle, format="turtle")
    by_oxigraph = Graph.parse(turtle)

    assert by_oxigraph.to_turtle() == turtle
    assert isomorphic(by_rdflib, gold_graph.to_rdflib())
    assert len(by_rdflib) == len(gold_graph) == len(by_oxigraph)


def test_every_block_begins_with_its_label(gold_graph: Graph) -> None:
    first_lines = [block.split("\n")[0] for block in blocks(gold_graph.to_turtle())]

    assert len(first_lines) > 200
    assert all(" rdfs:label " in line for line in first_lines)


def test_facts_stand_under_their_subject_and_quotes_under_their_fact(gold_graph: Graph) -> None:
    order = [block.split("\n")[0] for block in blocks(gold_graph.to_turtle())]

    def at(label: str) -> int:
        return next(number for number, line in enumerate(order) if f'rdfs:label "{label}' in line)

    people = [at(name) for name in ("严容", "刘勇")]
    posts = [number for number, line in enumerate(order) if "刘勇 任职于" in line]
    assert all(people[1] < post for post in posts)
    assert sum(people[1] < number < posts[-1] for number in map(at, ("严容", "张文卫", "周渭超"))) == 0
    assert 'rdfs:label "yueyang ' in order[posts[0] + 1]


def test_the_article_comes_first(gold_graph: Graph) -> None:
    assert "schema:NewsArticle" in blocks(gold_graph.to_turtle())[0]


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_read_back_equal(both_graph: Graph, form: str) -> None:
    again = Graph.parse(both_graph.serialize(form), form)

    assert again.to_turtle() == both_graph.to_turtle()
    assert again.serialize(form) == both_graph.serialize(form)


@pytest.mark.parametrize(("suffix", "form"), [(s, f) for s, f in SUFFIXES.items() if f not in ("nq", "trig")])
def test_a_file_is_read_by_its_ending(gold_graph: Graph, tmp_path: Path, suffix: str, form: str) -> None:
    path = tmp_path / f"图{suffix}"
    gold_graph.write(path, form)

    assert len(Graph.load(path)) == len(gold_graph)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("form", ["trig", "nq"])
def test_each_article_has_a_named_graph_of_its_own(both_graph: Graph, form: str) -> None:
    dataset = rdflib.Dataset().parse(data=both_graph.serialize(form), format=form.replace("nq", "nquads"))

    facts = {
        str(graph.identifier): len(set(graph.subjects(rdflib.RDF.type, rdflib.RDF.Statement)))
        for graph in dataset.graphs()
        if str(graph.identifier) != "urn:x-rdflib:default"
    }
    assert len(facts) == 2
    assert sorted(facts.values()) == [4 + 1, 52 + 2]  # with what the place codes give for places it names


def test_a_graph_from_turtle_knows_its_articles_again(both_graph: Graph) -> None:
    assert Graph.parse(both_graph.to_turtle()).serialize("trig") == both_graph.serialize("trig")


def test_named_graphs_can_be_asked_after_reading(both_graph: Graph) -> None:
    graph = Graph.parse(both_graph.serialize("trig"), "trig")

    found = graph.store.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")

    assert isinstance(found, ox.QuerySolutions)
    assert len(list(found)) == 2


def test_the_graph_of_an_article_is_named_after_it() -> None:
    assert graph_iri("https://example.org/kg/a0123") == "https://example.org/kg/g0123"
    assert graph_iri("http://elsewhere/x") == "http://elsewhere/x#graph"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_run_is_no_articles_business(both_graph: Graph) -> None:
    dataset = rdflib.Dataset().parse(data=both_graph.serialize("trig"), format="trig")

    homes = {str(graph) for *_, graph in dataset.quads((None, None, rdflib.PROV.SoftwareAgent, None))}
    assert all("/g" not in home for home in homes)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("graph.ttl", b"@prefix a: <http://a/> .\na:x a:y .\n", r"line 2"),
        ("graph.ttl", "标题\n正文，不是 Turtle。\n".encode(), r"line 1"),
        ("graph.ttl", b"\x00\x01\x02\x03", "binary"),
        ("graph.ttl", '<http://a/> <http://b/> "国" .'.encode("gb18030"), "no turtle"),
        ("graph.jsonld", b"{", "no jsonld"),
        ("graph.rdf", b"<html><p></html>", "no rdfxml"),
        ("graph.html", b"<html>", "unknown graph format"),
        ("graph", b"", "unknown graph format"),
    ],
)
def test_a_file_that_is_no_graph_gets_one_clear_line(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(GraphError, match=says) as caught:
        Graph.load(path)

    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_graph_and_a_folder_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "folder.ttl"
    folder.mkdir()

    for path in (tmp_path / "no.ttl", folder):
        with pytest.raises(GraphError, match="cannot be read"):
            Graph.load(path)


def test_an_unknown_format_is_refused(gold_graph: Graph) -> None:
    with pytest.raises(GraphError, match="known: turtle"):
        gold_graph.serialize("yaml")


def test_text_that_xml_cannot_hold_is_refused_not_broken() -> None:
    thing = Entity(EntityId("Product:x"), "Product", "坏\x0b字", ("坏\x0b字",))
    graph = Graph.from_readings([Reading(article_of("坏\x0b字\n"), (thing,), (), (), ())])

    with pytest.raises(GraphError, match="U\\+000B"):
        graph.serialize("rdfxml")
    assert Graph.parse(graph.serialize("jsonld"), "jsonld").to_turtle() == graph.to_turtle()


def test_hostile_text_stays_text_in_every_format() -> None:
    name = "</script><b>\"'\\ > . \n @prefix =1+1 ]]> &amp;"
    thing = Entity(EntityId("Product:x"), "Product", name, (name,))
    graph = Graph.from_readings([Reading(article_of(f"{name}\n"), (thing,), (), (), ())])

    for form in FORMATS:
        again = Graph.parse(graph.serialize(form), form)
        assert again.named(name), form


def test_writing_replaces_the_file_whole_or_not_at_all(
    gold_graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("earlier")

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", broken)
    with pytest.raises(OutputError, match="No space left"):
        gold_graph.write(path)

    assert path.read_text() == "earlier"
    assert [each.name for each in tmp_path.iterdir()] == ["graph.ttl"]


def test_a_fact_that_two_articles_state_has_one_confidence(status_reading: Reading) -> None:
    place = next(each for each in status_reading.entities if each.type == "Place")
    city = Entity(EntityId("Place:岳阳市"), "Place", "岳阳市", ("岳阳市",), place_code="430600")
    inside = replace(status_reading.facts[-1], subject=place.id, object=city.id)

    def article(confidence: float, name: str) -> Reading:
        text = f"{status_reading.article.text}{name}"
        return replace(
            status_reading,
            article=article_of(text),
            entities=(*status_reading.entities, city),
            facts=(replace(inside, confidence=confidence),),
        )

    graph = Graph.from_readings([article(0.3, "甲"), article(0.9, "乙"), article(0.6, "丙")])

    (fact,) = (
        q.subject.value
        for q in graph.quads(None, ox.NamedNode(RDF + "predicate"), ox.NamedNode(KG + "locatedIn"))
        if isinstance(q.subject, ox.NamedNode)
    )
    assert graph.values(fact, KG + "confidence") == ["0.9"]
    assert len(graph.values(fact, "http://www.w3.org/ns/prov#wasDerivedFrom")) == 3


def test_the_base_is_found_again(gold_reading: Reading) -> None:
    graph = Graph.from_readings([gold_reading], "http://graph.example/x#")

    again = Graph.parse(graph.to_turtle())

    assert again.base == "http://graph.example/x#"
    assert again.to_turtle() == graph.to_turtle()
    assert b"@prefix id: <http://graph.example/x#>" in graph.to_turtle()


def test_entities_are_found_by_any_of_their_names(gold_graph: Graph) -> None:
    (zone,) = gold_graph.named("高新区")

    assert gold_graph.named("岳阳高新区") == [zone]
    assert gold_graph.label(zone) == "岳阳绿色化工高新技术产业开发区"
    assert gold_graph.is_entity(zone)
    assert not gold_graph.named("董事长")
    assert "高新区" in gold_graph.names()


def test_an_rdflib_graph_holds_the_same_terms(gold_graph: Graph, written: Callable[[Graph], Path]) -> None:
    assert isomorphic(gold_graph.to_rdflib(), rdflib.Graph().parse(written(gold_graph)))


def test_a_label_falls_back_to_the_iri(gold_graph: Graph) -> None:
    assert gold_graph.label("http://nowhere/") == "http://nowhere/"
    assert gold_graph.values("http://nowhere/", RDFS + "label") == []
    assert gold_graph.sources("http://nowhere/", SCHEMA + "mentions") == []
