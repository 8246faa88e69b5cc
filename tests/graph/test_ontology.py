"""The vocabulary file: every own term is declared, in both languages, and nothing is declared that is not used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SH, URIRef

from kg.base.errors import ResourceError
from kg.base.resources import data_path, queries_path
from kg.facts.passage import LETTERS
from kg.facts.pattern import DOMAIN
from kg.graph.store import Graph
from kg.graph.terms import FILES, renewed
from kg.graph.vocabulary import (
    KG,
    KINDS,
    PREDICATE_LABELS,
    PREDICATES,
    STANDARD_TYPES,
    STATUS_LABELS,
    STATUSES,
    TYPE_LABELS,
    TYPES,
)

SOURCES = Path(__file__).parents[2] / "kg"


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(data_path("ontology.ttl"))


def own(terms: object) -> set[str]:
    return {str(term) for term in terms if str(term).startswith(KG)}  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def declared(ontology: rdflib.Graph) -> set[str]:
    return own(ontology.subjects(RDF.type))


def test_every_term_of_a_graph_is_declared(declared: set[str], both_graph: Graph) -> None:
    used = own(part for triple in both_graph.to_rdflib() for part in triple)

    assert used <= declared
    assert len(used) > 30


def test_every_term_of_the_queries_and_the_shapes_is_declared(declared: set[str]) -> None:
    shapes = rdflib.Graph().parse(data_path("shapes.ttl"))
    named = own(part for triple in shapes for part in triple if str(part) != KG)
    for path in queries_path().glob("*.rq"):
        named |= {KG + name for name in re.findall(r"\bkg:(\w+)", path.read_text(encoding="utf-8"))}

    assert named <= declared


def test_every_term_that_the_code_writes_is_declared(declared: set[str]) -> None:
    code = "".join(
        (SOURCES / name).read_text(encoding="utf-8")
        for name in (
            "graph/decided.py",
            "graph/rdf.py",
            "view/explain.py",
            "graph/verify.py",
            "corpus/ties.py",
            "corpus/fold.py",
            "corpus/succession.py",
            "corpus/conflict.py",
        )
    )
    written = {KG + name for name in re.findall(r"\{KG\}(\w+)|\bkg:(\w+)", code) for name in name if name}

    assert written <= declared
    assert len(written) > 15


def test_the_core_is_declared(declared: set[str]) -> None:
    assert {KG + name for name in (*TYPES, *KINDS, *PREDICATES, *STATUSES)} <= declared


def literals(graph: rdflib.Graph, subject: rdflib.term.Node, predicate: URIRef) -> list[rdflib.Literal]:
    return [each for each in graph.objects(subject, predicate) if isinstance(each, rdflib.Literal)]


def test_every_term_has_label_and_comment_in_both_languages(
    ontology: rdflib.Graph, declared: set[str]
) -> None:
    for term in declared:
        for predicate in (RDFS.label, RDFS.comment):
            languages = sorted(
                text.language for text in literals(ontology, URIRef(term), predicate) if text.language
            )
            assert languages == ["en", "zh"], term


def test_labels_are_those_of_the_code(ontology: rdflib.Graph) -> None:
    for name, labels in (*TYPE_LABELS.items(), *PREDICATE_LABELS.items(), *STATUS_LABELS.items()):
        found = {text.language: str(text) for text in literals(ontology, URIRef(KG + name), RDFS.label)}
        assert (found["zh"], found["en"]) == labels


@pytest.mark.parametrize("name", PREDICATES)
def test_every_predicate_has_the_domain_and_range_that_the_reader_allows(
    ontology: rdflib.Graph, name: str
) -> None:
    for predicate in (RDFS.domain, RDFS.range):
        (end,) = ontology.objects(URIRef(KG + name), predicate)
        union = ontology.value(end, OWL.unionOf)
        ends = set(ontology.items(union)) if union else {end}
        letters = DOMAIN[name][predicate == RDFS.range]
        assert {str(each).removeprefix(KG) for each in ends} == {LETTERS[letter] for letter in letters}


def test_every_property_is_an_object_or_a_datatype_property(
    ontology: rdflib.Graph, declared: set[str]
) -> None:
    kinds = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, URIRef(KG + "Status")}

    assert all(set(ontology.objects(URIRef(term), RDF.type)) & kinds for term in declared)


def test_types_are_related_to_the_standard_classes_that_the_graph_writes(ontology: rdflib.Graph) -> None:
    for name, standard in STANDARD_TYPES.items():
        assert (URIRef(KG + name), RDFS.subClassOf, URIRef(standard)) in ontology


def test_an_activity_is_an_event_and_no_prov_activity(ontology: rdflib.Graph) -> None:
    assert list(ontology.objects(URIRef(KG + "Activity"), RDFS.subClassOf)) == [
        URIRef("https://schema.org/Event")
    ]


def test_receiving_an_award_is_no_subproperty(ontology: rdflib.Graph) -> None:
    assert not list(ontology.objects(URIRef(KG + "receivedAward"), RDFS.subPropertyOf))


def test_the_table_of_the_ontology_has_all_predicates() -> None:
    text = data_path("ontology.ttl").read_text(encoding="utf-8")

    assert re.findall(r"^#   kg:(\w+)", text, re.MULTILINE) == list(PREDICATES)


@pytest.mark.parametrize("name", FILES)
def test_what_the_files_have_from_the_schema_is_what_it_says_now(name: str) -> None:
    """If this fails: run ``python -m kg.graph.terms``."""
    assert data_path(name).read_text(encoding="utf-8") == renewed(name)


@pytest.mark.parametrize("name", FILES)
def test_a_file_without_its_marks_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).write_text("# nothing\n", encoding="utf-8")
    monkeypatch.setenv("KG_DATA", str(tmp_path))

    with pytest.raises(ResourceError, match="the marks around what is from the schema are missing"):
        renewed(name)


def test_every_shape_has_messages_in_both_languages() -> None:
    shapes = rdflib.Graph().parse(data_path("shapes.ttl"))
    said = {
        node: sorted(str(text.language) for text in literals(shapes, node, SH.message))
        for node in shapes.subjects(SH.message)
    }

    assert len(said) > 30
    assert all(languages == ["en", "zh"] for languages in said.values())
