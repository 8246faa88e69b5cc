"""Bulk loading: whole or not at all, beside what is served, with its texts and its search index."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.base.errors import GraphError, OutputError
from kg.graph.store import Graph
from kg.graph.vocabulary import KG
from kg.serve.bulk_load import current_version, find_sources, is_store, load_store, remove_stale, use
from kg.serve.search import FILE, Index, key_of


def _written(graph: Graph, folder: Path, form: str = "turtle", name: str = "graph.ttl") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    graph.write(folder / name, form)
    return folder / name


def _open(version: Path) -> ox.Store:
    return ox.Store.read_only(str(version / "triples"))


def _count(store: ox.Store, pattern: str = "?s ?p ?o") -> int:
    found = store.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    assert isinstance(found, ox.QuerySolutions)
    (row,) = found
    return int(row["n"].value)


def test_loaded_store_holds_every_triple_and_says_how_many(status_graph: Graph, tmp_path: Path) -> None:
    loaded = load_store(find_sources([_written(status_graph, tmp_path)]), tmp_path / "store")

    assert is_store(tmp_path / "store")
    assert loaded.triples == len(status_graph) == _count(_open(current_version(tmp_path / "store")))
    assert loaded.rate > 0


def test_named_graphs_stay_askable_and_the_default_graph_is_their_union(
    both_graph: Graph, tmp_path: Path
) -> None:
    path = _written(both_graph, tmp_path, "trig", "graph.trig")

    load_store(find_sources([path]), tmp_path / "store")

    store = _open(current_version(tmp_path / "store"))
    found = store.query("SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
    assert isinstance(found, ox.QuerySolutions)
    (row,) = found
    assert row["n"].value == "2"
    assert _count(store) == len(both_graph)


@pytest.mark.parametrize(
    ("form", "name"), [("nt", "g.nt"), ("jsonld", "g.jsonld"), ("rdfxml", "g.rdf"), ("nq", "g.nq")]
)
def test_every_format_that_kg_writes_can_be_loaded(
    status_graph: Graph, tmp_path: Path, form: str, name: str
) -> None:
    loaded = load_store(find_sources([_written(status_graph, tmp_path, form, name)]), tmp_path / "store")

    assert loaded.triples == len(status_graph)


def test_several_files_give_one_store(gold_graph: Graph, status_graph: Graph, tmp_path: Path) -> None:
    _written(gold_graph, tmp_path / "in", name="a.ttl")
    _written(status_graph, tmp_path / "in", name="b.ttl")

    loaded = load_store(find_sources([tmp_path / "in"]), tmp_path / "store")

    assert _count(_open(loaded.folder), f"?s a <{KG}Person>") > 0
    assert _count(_open(loaded.folder), f"?s a <{KG}Product>") > 0


def test_a_second_load_is_swapped_in_beside_the_first(
    gold_graph: Graph, status_graph: Graph, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    first = load_store(find_sources([_written(gold_graph, tmp_path / "a")]), store)
    reader = _open(first.folder)

    second = load_store(find_sources([_written(status_graph, tmp_path / "b")]), store)

    assert current_version(store) == second.folder != first.folder
    assert _count(reader) == len(gold_graph)  # who reads the old one still does


def test_a_version_in_use_is_not_removed(gold_graph: Graph, tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    store, sources = tmp_path / "store", find_sources([_written(gold_graph, tmp_path / "a")])
    first = load_store(sources, store)
    with use(first.folder):
        load_store(sources, store)
        assert first.folder.is_dir()
        assert remove_stale(store) == 1

    assert remove_stale(store) == 0
    assert not first.folder.exists()


def test_a_broken_file_leaves_the_store_as_it_was(gold_graph: Graph, tmp_path: Path) -> None:
    store = tmp_path / "store"
    first = load_store(find_sources([_written(gold_graph, tmp_path / "a")]), store)
    broken = tmp_path / "broken.ttl"
    broken.write_text("<http://e/a> <http://e/b> <http://e/c> .\n<http://e/a> oops .\n")

    with pytest.raises(GraphError, match=r"broken\.ttl: no turtle at line 2"):
        load_store(find_sources([broken]), store)

    assert current_version(store) == first.folder
    assert [each.name for each in store.iterdir() if each.is_dir()] == [first.folder.name]


def test_two_loads_at_once_are_refused(gold_graph: Graph, tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    (tmp_path / "store").mkdir()
    with (tmp_path / "store" / "LOCK").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(OutputError, match="another load"):
            load_store(find_sources([_written(gold_graph, tmp_path / "a")]), tmp_path / "store")


def test_progress_counts_bytes_up_to_the_whole(gold_graph: Graph, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    path = _written(gold_graph, tmp_path)

    load_store(find_sources([path]), tmp_path / "store", lambda *each: told.append(each))

    assert told[-3:] == [
        ("loading", path.stat().st_size, path.stat().st_size),
        ("indexing", 0, 1),
        ("indexing", 1, 1),
    ]


@pytest.mark.parametrize(
    ("name", "problem"), [("missing.ttl", "no such file"), ("graph.pdf", "unknown graph format")]
)
def test_what_is_no_graph_is_said_in_one_line(tmp_path: Path, name: str, problem: str) -> None:
    with pytest.raises(GraphError, match=problem):
        find_sources([tmp_path / name])


def test_bases_of_the_nodes_are_known_whatever_they_are(gold_reading: object, tmp_path: Path) -> None:
    graph = Graph.from_readings([gold_reading], "https://data.example.org/news#")  # type: ignore[list-item]

    loaded = load_store(find_sources([_written(graph, tmp_path)]), tmp_path / "store")

    assert json.loads((loaded.folder / "about.json").read_text())["bases"] == [
        "https://data.example.org/news#"
    ]


# the index ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def index(gold_graph: Graph, gold_reading: object, tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("index")
    _written(gold_graph, folder)
    (folder / "articles").mkdir()
    (folder / "articles" / "yueyang.txt").write_bytes(gold_reading.article.text.encode())  # type: ignore[attr-defined]
    loaded = load_store(find_sources([folder]), folder / "store")
    return Index(loaded.folder / FILE)


@pytest.mark.parametrize("words", ["周渭超", "渭超", "超", "周渭"])
def test_names_are_found_by_any_part_however_short(index: Index, words: str) -> None:
    assert "周渭超" in [each["label"] for each in index.entities(words, 10)]


def test_names_are_found_by_alias_traditional_and_full_width(index: Index) -> None:
    label = "岳阳绿色化工高新技术产业开发区"
    assert index.entities("高新区", 1)[0]["label"] == label
    assert index.entities("高新區", 1)[0]["label"] == label
    assert index.entities("　高新区 ", 1)[0]["label"] == label


def test_a_part_of_a_text_has_the_key_of_the_part() -> None:
    text = "乾隆皇帝與後宮的頭髮、發展、乾燥，ＡＢＣ"
    assert all(key_of(text[at : at + 2]) in key_of(text) for at in range(len(text) - 1))


def test_whole_names_come_before_parts(index: Index) -> None:
    assert index.entities("岳阳", 5)[0]["matched"] == "岳阳"


def test_quotes_are_found_by_all_words(index: Index) -> None:
    (found, *_) = index.quotes("周渭超 资助", 5)
    assert "资助" in found["text"]
    assert any("周渭超" in fact["label"] for fact in found["facts"])
    assert index.quotes("周渭超 火星", 5) == []


@pytest.mark.parametrize("words", ['"', "'", 'a" OR "b', "*", "NEAR(", "%_", "\x00", "", "   ", "-" * 5000])
def test_no_words_break_the_index(index: Index, words: str) -> None:
    assert isinstance(index.entities(words, 5), list)
    assert isinstance(index.quotes(words, 5), list)


def test_article_text_is_kept_beside_the_graph(index: Index) -> None:
    (row,) = index.articles(10)
    article = index.article(row["iri"])
    assert article is not None
    assert "周渭超" in article["text"]


def test_store_lies_where_nobody_else_writes(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root writes everywhere")
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="cannot be written"):
        load_store([], tmp_path / "store")
