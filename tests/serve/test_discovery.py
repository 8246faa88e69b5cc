"""What other tools find by themselves: the description of the dataset, and the named queries as triples."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import rdflib

from kg.graph.disk import ABOUT
from kg.graph.query import named_queries
from kg.graph.store import Graph
from kg.serve.answers.jobs import Opened
from kg.serve.background import Running, serving
from kg.serve.bulk_load import current_version, find_sources, load_store
from kg.serve.limits import Limits

VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
FORMS = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
}


@pytest.fixture(scope="module")
def store(both_graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("told")
    both_graph.write(folder / "graph.ttl")
    load_store(find_sources([folder / "graph.ttl"]), folder / "store")
    return folder / "store"


@pytest.fixture(scope="module")
def running(store: Path) -> Iterator[Running]:
    with serving(store, Limits(workers=1)) as server:
        yield server


@pytest.fixture(scope="module")
def client(running: Running) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=running.url, timeout=30) as one:
        yield one


def read(client: httpx.Client, path: str, media: str = "text/turtle") -> rdflib.Graph:
    answer = client.get(path, headers={"accept": media})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(media)
    assert "accept" in answer.headers["vary"].lower()
    return rdflib.Graph().parse(data=answer.content, format=FORMS[media])


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own
@pytest.mark.parametrize("path", ["/.well-known/void", "/api/queries"])
def test_each_format_says_the_same(client: httpx.Client, path: str) -> None:
    first, *others = [set(read(client, path, media)) for media in FORMS]

    assert len(first) > 50
    assert all(other == first for other in others)


def test_a_dataset_is_found_from_its_well_known_place_and_asked_where_it_says(client: httpx.Client) -> None:
    told = read(client, "/.well-known/void")

    (dataset,) = told.subjects(rdflib.RDF.type, VOID.Dataset)
    endpoint = str(told.value(dataset, VOID.sparqlEndpoint))
    count = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}
    counted = client.get(endpoint, params=count, headers={"accept": "text/csv"}).text.split()[1]
    assert counted == str(told.value(dataset, VOID.triples))
    whole = client.get(str(told.value(dataset, VOID.dataDump)), headers={"accept": "application/n-triples"})
    assert len(whole.text.splitlines()) == int(counted)
    example = str(next(told.objects(dataset, VOID.exampleResource)))
    page = client.get(f"/id/{example.rpartition('/')[2]}", headers={"accept": "text/turtle"})
    assert page.status_code == 303
    (downloaded,) = told.objects(told.value(dataset, DCAT.distribution), DCAT.downloadURL)
    assert downloaded == told.value(dataset, VOID.dataDump)
    (serving_,) = told.subjects(DCAT.servesDataset, dataset)
    assert str(told.value(serving_, DCAT.endpointURL)) == endpoint
    service = read(client, "/sparql")
    assert (serving_, None, None) in service
    assert (dataset, rdflib.RDF.type, VOID.Dataset) in service
    assert client.get(str(service.value(dataset, rdflib.RDFS.seeAlso))).status_code == 200


def test_the_named_queries_are_json_unless_triples_are_asked_for(client: httpx.Client) -> None:
    asked = ["*/*", "application/json", "text/html,*/*;q=0.1"]
    assert all(client.get("/api/queries", headers={"accept": each}).json()["queries"] for each in asked)

    told = read(client, "/api/queries")
    assert len(set(told.subjects(rdflib.RDF.type, SH.SPARQLSelectExecutable))) == len(named_queries())
    targets = set(told.objects(None, rdflib.URIRef("https://schema.org/target")))
    assert {str(each) for each in targets} == {str(client.base_url).rstrip("/") + "/sparql"}


def test_a_browser_is_shown_the_page_for_programs_and_others_are_refused(client: httpx.Client) -> None:
    answer = client.get("/.well-known/void", headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/api#data")
    assert 'id="data"' in client.get("/api").text
    assert client.get("/.well-known/void", headers={"accept": "image/png"}).status_code == 406


def test_what_is_too_large_for_one_answer_is_offered_as_no_dump(store: Path) -> None:
    with (
        serving(store, Limits(workers=1, rows=10)) as server,
        httpx.Client(base_url=server.url, timeout=30) as client,
    ):
        told = read(client, "/.well-known/void")

    assert not list(told.objects(None, VOID.dataDump))
    assert not list(told.subjects(None, DCAT.Distribution))
    assert list(told.objects(None, VOID.sparqlEndpoint))


def test_what_is_counted_is_kept_with_the_store_and_counted_anew_where_an_older_kg_did_not(
    both_graph: Graph, tmp_path: Path
) -> None:
    both_graph.write(tmp_path / "graph.ttl")
    load_store(find_sources([tmp_path / "graph.ttl"]), tmp_path / "store")
    about = current_version(tmp_path / "store") / ABOUT

    def counted(change: dict[str, Any] | None) -> Any:
        value = json.loads(about.read_text())
        value.pop("census")
        about.write_text(json.dumps({**value, **({"census": change} if change else {})}))
        opened = Opened(current_version(tmp_path / "store"), Limits())
        try:
            return opened.census
        finally:
            opened.index.close()
            opened._used.close()

    kept = json.loads(about.read_text())["census"]
    assert counted({**kept, "triples": 7}).triples == 7
    value = json.loads(about.read_text())
    about.write_text(json.dumps({**value, "census": kept}))
    assert counted(None).triples == kept["triples"] > 7
