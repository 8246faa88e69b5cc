"""The clients that people have: rdflib, SPARQLWrapper, curl, pandas; schemathesis on the API; the soak in short."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from kg.graph.store import Graph
from kg.serve.background import serving
from kg.serve.bulk_load import find_sources, load_store
from kg.serve.limits import Limits

PEOPLE = """
PREFIX kg: <https://example.org/kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?name { ?person a kg:Person ; rdfs:label ?name } ORDER BY ?name
"""
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def url(gold_graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("clients")
    gold_graph.write(folder / "graph.ttl")
    load_store(find_sources([folder / "graph.ttl"]), folder / "store")
    with serving(folder / "store", Limits(workers=2, deadline=4.0)) as running:
        yield running.url


def _needs(package: str) -> Any:
    if os.environ.get("CI") == "true":
        __import__(package)
    return pytest.importorskip(package)


def test_rdflib_asks_as_if_it_were_a_graph_of_its_own(url: str) -> None:
    import rdflib
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    graph = rdflib.Graph(SPARQLStore(f"{url}/sparql"))
    names = [str(row.name) for row in graph.query(PEOPLE)]  # type: ignore[union-attr]
    label = rdflib.URIRef("http://www.w3.org/2000/01/rdf-schema#label")
    found = list(graph.subjects(label, rdflib.Literal("周渭超", lang="zh")))

    assert "周渭超" in names
    assert len(found) == 1
    assert len(graph.query("CONSTRUCT WHERE { ?s a <https://example.org/kg/ontology#Person> }")) == len(names)


def test_curl_gets_csv(url: str) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("no curl")
    command = [
        curl,
        "-s",
        "--fail",
        f"{url}/sparql",
        "-H",
        "Accept: text/csv",
        "--data-urlencode",
        f"query={PEOPLE}",
    ]
    done = subprocess.run(command, capture_output=True, timeout=30, check=True)
    assert done.stdout.decode().splitlines()[0] == "name"
    assert "周渭超" in done.stdout.decode()


@pytest.mark.serving
def test_sparqlwrapper_reads_json_and_turtle(url: str) -> None:
    wrapper = _needs("SPARQLWrapper").SPARQLWrapper(f"{url}/sparql")
    wrapper.setQuery(PEOPLE)
    wrapper.setReturnFormat("json")
    rows = wrapper.query().convert()["results"]["bindings"]
    wrapper.setMethod("POST")
    wrapper.setQuery("CONSTRUCT WHERE { ?s a <https://example.org/kg/ontology#Person> }")
    wrapper.setReturnFormat("turtle")
    turtle = wrapper.query().convert()

    assert "周渭超" in [row["name"]["value"] for row in rows]
    assert b"kg:Person" in turtle


@pytest.mark.serving
def test_pandas_reads_csv_from_the_endpoint_and_from_the_api(url: str) -> None:
    pandas = _needs("pandas")

    table = pandas.read_csv(f"{url}/sparql?{urlencode({'query': PEOPLE, 'format': 'csv'})}")
    money = pandas.read_csv(f"{url}/api/queries/figures?format=csv")

    assert "周渭超" in list(table["name"])
    assert len(money) > 10


@pytest.mark.serving
def test_schemathesis_finds_no_fault_in_the_api(url: str, tmp_path: Path) -> None:
    _needs("schemathesis")
    command = [
        *(sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()", "run"),
        f"{url}/openapi.json",
        *("--max-examples", "8", "--seed", "1", "--workers", "1", "--request-timeout", "20"),
        *("--phases", "examples,coverage,fuzzing", "--generation-database", "none", "--no-color"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


@pytest.mark.serving
def test_protocol_checks_of_the_w3c_pass(url: str) -> None:
    script = ROOT.parent / "shared" / "checks" / "sparql-protocol" / "run.py"
    if not script.is_file():
        pytest.skip("the checks are not beside this checkout")
    done = subprocess.run(
        [sys.executable, str(script), f"{url}/sparql"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.serving
@pytest.mark.skipif(os.environ.get("CI") != "true", reason="takes half a minute of all processors")
def test_a_short_soak_finds_no_wrong_answer_and_no_growth(tmp_path: Path) -> None:
    command = [
        sys.executable,
        str(ROOT / "benchmarks" / "soak_serve.py"),
        "--seconds",
        "12",
        "--clients",
        "8",
    ]
    done = subprocess.run(
        [*command, "--articles", "20", "--report", str(tmp_path / "soak.json")],
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads((tmp_path / "soak.json").read_text())
    assert report["wrong"] == 0
    assert report["right"] > 20
