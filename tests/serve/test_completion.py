"""Completion of a query: what is offered has an answer in the graph, and is asked as any query is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.graph.query import named_queries
from kg.graph.store import Graph
from kg.serve.background import Running, serving
from kg.serve.bulk_load import find_sources, load_store
from kg.serve.limits import Limits

Offer = Callable[..., dict[str, Any]]
HEAD = "PREFIX kg: <https://example.org/kg/ontology#>\n"


@pytest.fixture(scope="module")
def running(both_graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("completed")
    both_graph.write(folder / "graph.ttl")
    load_store(find_sources([folder / "graph.ttl"]), folder / "store")
    with serving(folder / "store", Limits(workers=1, deadline=2.0, body=20_000)) as server:
        yield server


@pytest.fixture(scope="module")
def client(running: Running) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=running.url, timeout=30) as one:
        yield one


@pytest.fixture(scope="module")
def offer(client: httpx.Client) -> Offer:
    def asked(before: str, after: str = "", language: str = "zh") -> dict[str, Any]:
        answer = client.post(
            "/query/complete",
            json={"before": before, "after": after},
            headers={"cookie": f"language={language}"},
        )
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    return asked


def texts(found: dict[str, Any], *kinds: str) -> list[str]:
    return [each["text"] for each in found["items"] if not kinds or each["kind"] in kinds]


def rows(client: httpx.Client, query: str) -> int:
    answer = client.get("/sparql", params={"query": query}, headers={"accept": "application/json"})
    assert answer.status_code == 200, answer.text
    return len(answer.json()["results"]["bindings"])


PIECES = [
    "SELECT",
    "{",
    "?x",
    "a",
    "kg:Person",
    ";",
    ".",
    "(",
    "[",
    "]",
    ")",
    "}",
    "/",
    "^",
    "<",
    '"',
    "周",
    "FILTER",
]
PLACES = [
    "?x a kg:Person ; ",
    "?x ",
    "?f rdf:predicate kg:holdsPosition ; ",
    "?f rdf:predicate ",
    "?f rdf:predicate kg:holdsPosition ; rdf:object/",
    "?x a ",
    "?p kg:holdsPosition ?o . ?o rdf:type ",
    "?p kg:holdsPosition ?o . ?o ^",
    "?f rdf:predicate kg:holdsPosition . OPTIONAL { ?f ",
    "?f a rdf:Statement ; kg:status ",
    "?f rdf:predicate kg:holdsPosition ; rdf:object ",
    "VALUES ?t { kg:Award } ?x a ?t ; ",
]


@pytest.mark.parametrize("before", PLACES)
def test_each_term_that_is_offered_has_an_answer(client: httpx.Client, offer: Offer, before: str) -> None:
    found = offer(f"SELECT * {{ {before}")

    terms = texts(found, "term", "text")
    assert terms
    assert found["checked"]
    closing = " }" * (1 + before.count("OPTIONAL"))
    rest = " ?kg_any" if found["kind"] == "predicate" else ""
    for term in terms:
        query = f"SELECT * {{ {before.replace('OPTIONAL {', '{')}{term}{rest}{closing} LIMIT 1"
        assert rows(client, query) == 1, term


def test_what_has_no_answer_is_not_offered(offer: Offer) -> None:
    everywhere = texts(offer("SELECT * { ?x "), "term")
    of_people = texts(offer("SELECT * { ?x a kg:Person ; "), "term")

    assert "oa:exact" in everywhere
    assert "kg:holdsPosition" in of_people
    assert "oa:exact" not in of_people
    assert texts(offer("SELECT * { ?x a kg:Person ; oa:exact ?q ; "), "term") == []
    assert "kg:Person" not in texts(offer("SELECT * { ?x kg:placeCode ?c ; a "), "term")


def test_the_commonest_comes_first_and_says_how_often(client: httpx.Client, offer: Offer) -> None:
    items = [each for each in offer("SELECT * { ?x a ")["items"] if each["kind"] == "term"]

    counts = [int(each["detail"].replace(",", "")) for each in items]
    assert counts == sorted(counts, reverse=True)
    assert rows(client, f"SELECT * {{ ?x a {items[0]['text']} }}") == counts[0]


def test_a_name_in_chinese_becomes_the_thing_where_it_has_an_answer(
    client: httpx.Client, offer: Offer
) -> None:
    (who,) = [each for each in offer("SELECT * { 周渭")["items"] if each["label"] == "周渭超"]
    assert who["text"].startswith("id:")
    assert who["prefix"] == ["id", "https://example.org/kg/"]
    assert rows(client, f"SELECT * {{ {who['text']} kg:holdsPosition ?o }}") > 0

    subject = "SELECT * { ?f rdf:predicate kg:holdsPosition ; rdf:subject 周渭"
    assert who["text"] in texts(offer(subject))
    assert who["text"] not in texts(offer("SELECT * { ?f rdf:predicate kg:locatedIn ; rdf:subject 周渭"))
    assert who["text"] in texts(offer("SELECT * { VALUES ?who { 周渭"))
    assert who["text"] in texts(offer("SELECT * { ?f rdf:subject ?who FILTER(?who = 周渭"))


@pytest.mark.parametrize(
    ("before", "term"),
    [
        ("?x 任职", "kg:holdsPosition"),
        ("?x kg:holds", "kg:holdsPosition"),
        ("?x holdsp", "kg:holdsPosition"),
        ("?x <https://example.org/kg/ontology#holds", "kg:holdsPosition"),
        ("?x a 人物", "kg:Person"),
        ("?f a rdf:Statement ; 可信度", "kg:confidence"),
        ("?f a rdf:Statement ; status", "kg:status"),
        ("?x a kg:Pers", "kg:Person"),
        ('?x rdfs:label "周渭超', '"周渭超"@zh'),
        ("?x rdfs:label 周渭超", '"周渭超"@zh'),
    ],
)
def test_a_term_is_found_by_what_it_is_called_and_by_how_it_is_written(
    offer: Offer, before: str, term: str
) -> None:
    assert texts(offer(f"SELECT * {{ {before}"))[0] == term


def test_labels_are_in_the_language_of_the_page(offer: Offer) -> None:
    labels = [
        next(each["label"] for each in offer("SELECT * { ?x kg:holds", language=language)["items"])
        for language in ("zh", "en")
    ]
    assert labels == ["任职于", "holds a position at"]


def test_prefixes_variables_keywords_and_named_queries(offer: Offer) -> None:
    assert texts(offer("PREFIX k")) == ["kg: <https://example.org/kg/ontology#>"]
    assert texts(offer(HEAD + "PREFIX k")) == []
    assert texts(offer("SELECT * { ?person a kg:Person ; kg:holdsPosition ?p", " . ?place a kg:Place }")) == [
        "?person",
        "?place",
    ]
    assert texts(offer("SELECT * { ?x a kg:Person OPT")) == ["OPTIONAL"]
    assert texts(offer("SELECT * { ?x a kg:Person } LIM")) == ["LIMIT"]
    assert texts(offer("SELECT * { ?x a kg:Person FILTER(STRST")) == ["STRSTARTS"]
    empty = offer("")
    assert set(texts(empty, "example")) == {each.text for each in named_queries().values()}
    assert {"SELECT", "PREFIX"} <= set(texts(empty, "keyword"))
    assert [each["detail"] for each in offer("人物与职务")["items"]] == ["people"]
    assert texts(offer("", "SELECT * { ?s ?p ?o }"), "example") == []  # they would stand before another query


def test_a_prefix_that_the_query_has_is_not_asked_for_again_and_one_of_its_own_is_used(offer: Offer) -> None:
    (ours,) = offer("SELECT * { ?x kg:holdsP")["items"]
    (declared,) = offer(HEAD + "SELECT * { ?x kg:holdsP")["items"]
    own = "PREFIX o: <https://example.org/kg/ontology#> PREFIX kg: <urn:other#>\n"

    assert ours["prefix"] == ["kg", "https://example.org/kg/ontology#"]
    assert "prefix" not in declared
    assert texts(offer(own + "SELECT * { ?x o:holdsP")) == ["o:holdsPosition"]


def test_what_takes_too_long_is_offered_unchecked(client: httpx.Client, offer: Offer) -> None:
    slow = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(STR(?a), STR(?d), STR(?g)) = 'x') "
    found = offer(f"SELECT * {{ {slow} ?x kg:holds")

    assert not found["checked"]
    assert texts(found) == ["kg:holdsPosition"]
    assert client.get("/health").status_code == 200


def test_what_is_no_query_is_offered_unchecked(offer: Offer) -> None:
    found = offer("SELECT * { ?x nothing:here ?y . ?x kg:holds")

    assert not found["checked"]
    assert texts(found) == ["kg:holdsPosition"]


def test_no_other_server_is_asked(offer: Offer) -> None:
    assert offer("SELECT * { SERVICE <http://127.0.0.1:9/> { ?x ")["items"] == []
    assert offer("SELECT * { SERVICE <http://127.0.0.1:9/> { ?x ?y ?z } ?x ")["items"] == []


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"before": 1}', '{"before": "", "after": []}', "[" * 9000])
def test_a_request_that_says_nothing_is_refused_in_one_line(client: httpx.Client, body: str) -> None:
    answer = client.post("/query/complete", content=body)

    assert answer.status_code == 400
    assert answer.text.startswith("send JSON")
    assert client.get("/query/complete").status_code == 405
    assert client.post("/query/complete", content="x" * 30_000).status_code == 413


@pytest.mark.parametrize("place", ["before", "after"])
def test_half_a_character_is_refused(client: httpx.Client, place: str) -> None:
    answer = client.post(
        "/query/complete", content=json.dumps({"before": "?", "after": "", place: "?\ud800"})
    )

    assert (answer.status_code, answer.text) == (400, "send whole characters\n")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.text(max_size=200) | st.lists(st.sampled_from(PIECES)).map(" ".join),
    after=st.text(max_size=40),
)
def test_nothing_that_is_typed_gets_an_internal_error(client: httpx.Client, before: str, after: str) -> None:
    sent = {
        "before": before.encode("utf-8", "replace").decode(),
        "after": after.encode("utf-8", "replace").decode(),
    }

    assert client.post("/query/complete", json=sent).status_code == 200
