"""The description of a graph as a dataset, and the named queries as executables, read back by the tools of others."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery

from kg.export.executables import executables
from kg.export.table import export
from kg.graph.census import census
from kg.graph.query import named_queries, parse_query, run
from kg.graph.rows import Rows
from kg.graph.store import Graph

VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
SCHEMA = rdflib.Namespace("https://schema.org/")


def parsed(graph: Graph, form: str) -> rdflib.Graph:
    (data,) = export(graph, form).values()
    return rdflib.Graph().parse(data=data, format="turtle")


def number(told: rdflib.Graph, node: Any, key: Any) -> int:
    return int(str(told.value(node, key)))


def languages(told: rdflib.Graph, node: Any, key: Any) -> set[str]:
    return {str(getattr(each, "language", "")) for each in told.objects(node, key)}


def counts(told: rdflib.Graph, kind: str, size: str) -> dict[str, int]:
    parts = told.objects(None, VOID[f"{kind}Partition"])
    return {str(told.value(part, VOID[kind])): number(told, part, VOID[size]) for part in parts}


def test_the_description_counts_what_another_tool_counts(both_graph: Graph) -> None:
    told, counted = parsed(both_graph, "void"), both_graph.to_rdflib()

    (dataset,) = told.subjects(rdflib.RDF.type, VOID.Dataset)
    numbers = {name: number(told, dataset, VOID[name]) for name in ("triples", "entities", "classes")}
    assert numbers == {
        "triples": len(counted),
        "entities": len({each for each in counted.subjects() if isinstance(each, rdflib.URIRef)}),
        "classes": len(set(counted.objects(None, rdflib.RDF.type))),
    }
    assert number(told, dataset, VOID.distinctSubjects) == len(set(counted.subjects()))
    assert number(told, dataset, VOID.distinctObjects) == len(set(counted.objects()))
    assert counts(told, "property", "triples") == Counter(map(str, counted.predicates()))
    classes = Counter(map(str, counted.objects(None, rdflib.RDF.type)))
    assert counts(told, "class", "entities") == classes


def test_the_description_names_what_is_there_and_no_licence(both_graph: Graph) -> None:
    told = parsed(both_graph, "void")

    (dataset,) = told.subjects(rdflib.RDF.type, VOID.Dataset)
    examples = {str(each) for each in told.objects(dataset, VOID.exampleResource)}
    assert examples
    assert all(both_graph.is_entity(each) for each in examples)
    spaces = {str(each) for each in told.objects(dataset, VOID.vocabulary)}
    assert {"https://example.org/kg/ontology#", "https://schema.org/"} <= spaces
    assert "http://qudt.org/vocab/unit/" not in spaces  # units are values, no classes
    assert not list(told.objects(None, rdflib.DCTERMS.license))
    assert languages(told, dataset, rdflib.DCTERMS.title) == {"zh", "en"}


def test_an_empty_graph_is_described_as_empty() -> None:
    told = parsed(Graph(), "void")

    assert [str(each) for each in told.objects(None, VOID.triples)] == ["0"]
    assert not list(told.objects(None, VOID.classPartition))


def test_of_a_corpus_the_merged_view_is_counted(both_graph: Graph) -> None:
    graph = Graph(both_graph.base)
    graph.store.extend(both_graph.store)
    before = census(graph)
    triple = next(iter(both_graph.store)).triple
    graph.store.add(ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode("urn:layer")))

    assert census(graph) == before


@pytest.fixture(scope="module")
def told() -> rdflib.Graph:
    return parsed(Graph(), "queries")


def test_every_named_query_is_an_executable_with_texts_in_both_languages(told: rdflib.Graph) -> None:
    nodes = list(told.subjects(rdflib.RDF.type, SH.SPARQLSelectExecutable))

    assert {str(told.value(each, SCHEMA.keywords)) for each in nodes} == set(named_queries())
    assert len(nodes) == len(named_queries())
    for node in nodes:
        assert (node, rdflib.RDF.type, SH.SPARQLExecutable) in told
        for key in (rdflib.RDFS.label, rdflib.RDFS.comment):
            assert languages(told, node, key) == {"zh", "en"}


def written(told: rdflib.Graph, name: str) -> str:
    """Return the query of a name as SHACL has it run: the prefixes that it is given, then its text."""
    (node,) = told.subjects(SCHEMA.keywords, rdflib.Literal(name))
    declared = told.objects(told.value(node, SH.prefixes), SH.declare)
    head = [
        f"PREFIX {told.value(each, SH.prefix)}: <{told.value(each, SH.namespace)}>\n" for each in declared
    ]
    return "".join(sorted(head)) + str(told.value(node, SH.select))


@pytest.mark.parametrize("name", list(named_queries()))
def test_what_stands_in_the_triples_answers_as_the_named_query_does(
    told: rdflib.Graph, both_graph: Graph, name: str
) -> None:
    query = named_queries()[name]
    text = written(told, name)
    prepareQuery(text)  # another engine reads it too
    (node,) = told.subjects(SCHEMA.keywords, rdflib.Literal(name))
    parameters = {str(told.value(each, SH.name)): each for each in told.objects(node, SH.parameter)}
    assert set(parameters) == {each.name for each in query.parameters}
    optional = {each for each, place in parameters.items() if told.value(place, SH.optional)}
    assert optional == {each.name for each in query.parameters if each.optional}
    if optional != set(parameters):
        return  # what must be given is bound first: tests of the queries hold what it does

    found: Any = both_graph.store.query(text, prefixes={"id": both_graph.base})

    assert Rows.of(found).without(list(parameters)).rows == run(both_graph, name).rows


@pytest.mark.parametrize("form", ["select", "ask", "construct"])
def test_an_executable_says_of_which_form_it_is(form: str) -> None:
    text = {
        "select": "SELECT * { ?s ?p 'ASK' }",
        "ask": "ASK { ?s ?p ?o }",
        "construct": "CONSTRUCT { ?s ?p ?o } {}",
    }
    query = parse_query("one", f"# title zh: 一\n# title en: one\nPREFIX ask: <urn:a>\n{text[form]}\n")
    told = rdflib.Graph().parse(data=executables("urn:d", [query]), format="turtle")

    node = rdflib.URIRef("urn:d#one")
    assert (node, rdflib.RDF.type, SH[f"SPARQL{form.title()}Executable"]) in told
    assert str(told.value(node, SH[form])).endswith(text[form] + "\n")


@pytest.mark.others
def test_shacl_reads_the_executables_as_a_shapes_graph(told: rdflib.Graph, gold_graph: Graph) -> None:
    pyshacl = pytest.importorskip("pyshacl")

    conforms, _, _ = pyshacl.validate(
        gold_graph.to_rdflib(), shacl_graph=told, advanced=True, meta_shacl=True, do_owl_imports=False
    )

    assert conforms
