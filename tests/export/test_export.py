"""The graph for other tools."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from kg.base.errors import GraphError
from kg.base.model import Entity, EntityId, Reading
from kg.export.table import export, exporter, names
from kg.graph.store import FORMATS as RDF_FORMATS
from kg.graph.store import Graph
from kg.text.source import article_of
from tests.export.hostile import needs


def only(files: dict[str, bytes]) -> bytes:
    (data,) = files.values()
    return data


FORMS = [pytest.param(form, marks=pytest.mark.others) if form == "parquet" else form for form in names()]


def ready(form: str) -> None:
    if form == "parquet":
        needs("pyarrow")


@pytest.mark.parametrize("form", FORMS)
def test_the_same_graph_gives_the_same_bytes(both_graph: Graph, form: str) -> None:
    ready(form)

    assert export(both_graph, form) == export(Graph.parse(both_graph.to_turtle()), form)


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_rdf_is_that_of_the_store(both_graph: Graph, form: str) -> None:
    assert only(export(both_graph, form)) == both_graph.serialize(form)


@pytest.mark.parametrize(("form", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_a_network_is_read_back_with_names_and_facts(
    both_graph: Graph, form: str, read: Callable[..., Any]
) -> None:
    network = read(io.BytesIO(only(export(both_graph, form))))

    labels = {data["label"]: node for node, data in network.nodes(data=True)}
    assert {"周渭超", "青禾集团", "云溪区"} <= set(labels)
    roles = {
        data["role"]
        for source, target, data in network.edges(data=True)
        if source == labels["周渭超"] and target == labels["铂盛热力公司"]
    }
    assert roles == {"董事长"}
    statuses = {data["status"] for *_, data in network.edges(data=True)}
    assert statuses == {"asserted", "planned", "denied", "reported"}


def test_a_network_says_nothing_of_the_day_it_was_written(both_graph: Graph) -> None:
    meta = ET.fromstring(only(export(both_graph, "gexf"))).find("{*}meta")  # noqa: S314 - our own

    assert meta is not None
    assert meta.attrib == {}


def test_csv_is_three_tables_with_names_beside_nodes(both_graph: Graph) -> None:
    files = export(both_graph, "csv")

    assert list(files) == ["entities.csv", "relations.csv", "figures.csv"]
    assert all(data.startswith(b"\xef\xbb\xbf") for data in files.values())
    rows = list(csv.DictReader(io.StringIO(files["relations.csv"].decode("utf-8-sig"))))
    assert ("周渭超", "holdsPosition", "铂盛热力公司", "董事长") in {
        (row["subject_name"], row["predicate"], row["object_name"], row["role"]) for row in rows
    }
    assert len(rows) == 52 + 3  # the denied one is left out
    figures = list(csv.DictReader(io.StringIO(files["figures.csv"].decode("utf-8-sig"))))
    assert ("周渭超", "200000", "元") in {(row["subject_name"], row["value"], row["unit"]) for row in figures}
    entities = list(csv.DictReader(io.StringIO(files["entities.csv"].decode("utf-8-sig"))))
    assert ("Organization", "高新区") in {(row["type"], row["label"]) for row in entities}


@pytest.mark.parametrize("form", ["graphml", "gexf", "csv"])
def test_hostile_names_stay_text(form: str) -> None:
    name = '=HYPERLINK("x")</data><script>&\x0b]]>'
    thing = Entity(EntityId("Product:x"), "Product", name, (name,))
    files = export(Graph.from_readings([Reading(article_of(f"{name}\n"), (thing,), (), (), ())]), form)

    if form == "csv":
        row = next(csv.DictReader(io.StringIO(files["entities.csv"].decode("utf-8-sig"))))
        assert row["label"] == f"'{name}"
    else:
        ET.fromstring(only(files))  # noqa: S314 - our own
        assert b"<script>" not in only(files)


def test_an_unknown_format_is_refused(both_graph: Graph) -> None:
    with pytest.raises(
        GraphError,
        match="known: turtle nt nq trig jsonld rdfxml graphml gexf csv jsonl parquet cypher markdown",
    ):
        export(both_graph, "xlsx")


ADDED = """
from kg.export import table
table.EXPORTERS += (table.Exporter("names", "txt", "text/plain", "names_writer:write"),)
from kg.cli.app import main
main()
"""


def test_an_exporter_is_one_entry_and_one_function(both_graph: Graph, tmp_path: Path) -> None:
    both_graph.write(tmp_path / "graph.ttl")
    (tmp_path / "names_writer.py").write_text(
        "def write(graph, name):\n    return {name: '\\n'.join(graph.names()).encode()}\n"
    )

    def kg(*words: str) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join([str(tmp_path), *(each for each in sys.path if each)])
        return subprocess.run(
            [sys.executable, "-c", ADDED, *words],
            capture_output=True,
            env={**os.environ, "PYTHONPATH": path},
            encoding="utf-8",
            check=False,
        )

    done = kg("export", "--to", "names", "-g", str(tmp_path))

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == both_graph.names()
    assert "|names|" in kg("export", "--help").stdout
    assert "'names'" in kg("export", "--to", "xlsx").stderr


@pytest.mark.parametrize("form", FORMS)
def test_every_format_says_what_its_files_are(both_graph: Graph, form: str) -> None:
    ready(form)
    entry, files = exporter(form), export(both_graph, form)

    assert all(name.endswith(f".{entry.suffix}") for name in files)
    assert (len(files) > 1) == entry.folder
    assert re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", entry.media)


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_graph_can_be_exported(form: str) -> None:
    ready(form)

    assert export(Graph(), form)
