"""The store in the folder of a corpus of many articles: made by who asks first, known to be old, never in the way."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.base.errors import OutputError
from kg.cli.stored import stored
from kg.corpus import folder as module
from kg.corpus import readings
from kg.graph import disk
from kg.graph.disk import store_of
from kg.graph.store import Graph
from kg.serve import loading
from tests.corpus.test_folder import run

TEXTS = {
    "bridge": "青山村修桥\n2024年5月，青山村村长王大海主持修桥，投资300万元。",
    "lake": "江城湖开放\n江城市市长张伟主持开放仪式，江城文旅集团与江城大学签约。",
    "school": "白水镇办学\n白水镇镇长李小明主持办学。",
}
COUNT = "SELECT (COUNT(*) AS ?n) { ?a a schema:NewsArticle }"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus of two articles that is treated as one of many, and a third article beside it."""
    monkeypatch.setattr(readings, "SMALL", 0)
    monkeypatch.setattr(module, "WITH_TURTLE", 1)
    monkeypatch.setattr(disk, "LARGE", 0)
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    run("build", "bridge.txt", "lake.txt", "-o", "out")
    return tmp_path / "out"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The graph files that are read from now on."""
    files: list[Path] = []
    load = Graph.load.__func__  # type: ignore[attr-defined]

    def noted(cls: type[Graph], path: Path) -> Graph:
        files.append(path)
        return load(cls, path)  # type: ignore[no-any-return]

    monkeypatch.setattr(Graph, "load", classmethod(noted))
    return files


def test_who_asks_first_makes_the_store_and_nobody_reads_the_file_again(
    corpus: Path, parsed: list[Path]
) -> None:
    built = Graph.load(corpus / "merged" / "merged.nq.gz")
    parsed.clear()

    first, second = run("query", "people", "-g", "out"), run("query", "people", "-g", "out")

    assert "put into a store" in first
    assert "put into a store" not in second
    assert "王大海" in first
    assert first.endswith(second)
    assert parsed == []
    loaded = kg.load("out")
    assert loaded.graph.serialize("nq") == built.serialize("nq")
    assert sorted(loaded.texts.values()) == sorted((TEXTS["bridge"], TEXTS["lake"]))
    assert run("query", COUNT, "-g", "out", "-f", "csv").split()[1] == "2"  # in a process of its own
    assert "李小明" not in first
    assert parsed == []


def test_who_goes_through_all_of_a_graph_makes_no_store_and_uses_one(
    corpus: Path, parsed: list[Path]
) -> None:
    assert "valid" in run("validate", "-g", "out")
    assert "put into a store" not in run("export", "-g", "out", "--to", "jsonl", "-o", "all")
    assert not (corpus / "store").exists()
    assert len(parsed) == 2

    run("query", "people", "-g", "out")
    assert "valid" in run("validate", "-g", "out")
    assert len(parsed) == 2


def test_a_store_of_what_the_corpus_was_is_never_asked(corpus: Path, parsed: list[Path]) -> None:
    run("query", "people", "-g", "out")

    run("add", "out", "school.txt")
    assert store_of(corpus) is None
    assert kg.load("out").query("people")
    assert len(parsed) == 1  # Python makes no store
    said = run("query", "people", "-g", "out")

    assert "put into a store" in said
    assert "李小明" in said
    assert disk.current_version(corpus / "store").name == "v000002"
    graph = corpus / "merged" / "merged.nq.gz"
    graph.write_bytes(graph.read_bytes())  # somebody wrote it anew, the list of articles is as it was
    assert store_of(corpus) is None


def test_adding_gives_the_same_bytes_beside_a_store(corpus: Path) -> None:
    run("query", "people", "-g", "out")
    run("add", "out", "school.txt")
    run("build", "bridge.txt", "lake.txt", "school.txt", "-o", "whole")

    for name in ("merged/merged.nq.gz", "merged/things.json.gz", "manifest.json", "graph.html"):
        assert (corpus / name).read_bytes() == (corpus.parent / "whole" / name).read_bytes(), name


def test_a_load_that_was_killed_is_made_again(corpus: Path, parsed: list[Path]) -> None:
    part = corpus / "store" / ".v000001.part" / "triples"
    part.mkdir(parents=True)
    (part / "000001.sst").write_bytes(b"half")
    assert store_of(corpus) is None

    assert "王大海" in run("query", "people", "-g", "out")
    assert store_of(corpus) == corpus / "store"
    assert not part.exists()
    assert parsed == []


def test_who_can_have_no_store_reads_the_file(
    corpus: Path, parsed: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise OutputError("store", "another load into this store is under way")

    monkeypatch.setattr(loading, "load_apart", refuse)
    assert "王大海" in run("query", "people", "-g", "out")
    assert len(parsed) == 1
    monkeypatch.undo()
    monkeypatch.setattr(disk, "LARGE", 0)
    (corpus / "store").write_text("a file of somebody's")
    assert "王大海" in run("query", "people", "-g", str(corpus))
    assert (corpus / "store").read_text() == "a file of somebody's"


def test_a_damaged_store_is_not_asked(corpus: Path, parsed: list[Path]) -> None:
    run("query", "people", "-g", "out")
    shutil.rmtree(corpus / "store" / "v000001" / "triples")

    assert "王大海" in run("query", "people", "-g", "out")
    assert len(parsed) == 1


def test_a_corpus_that_is_small_again_has_no_store(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("query", "people", "-g", "out")
    monkeypatch.setattr(disk, "LARGE", 1 << 30)

    run("remove", "out", "lake")

    assert not (corpus / "store").exists()
    assert "王大海" in run("query", "people", "-g", "out")


def test_the_server_serves_the_store_of_a_corpus_and_takes_up_what_changes(corpus: Path) -> None:
    with stored([corpus]) as (store, refresh):
        assert store == corpus / "store"
        assert not refresh()
        run("add", "out", "school.txt")
        assert refresh()
        assert store_of(corpus) == store
        assert not refresh()


def test_what_was_one_is_told_without_resolving_it_again(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.corpus import identity

    resolved = []
    resolve = identity.resolve

    def noted(*given: Any) -> Any:
        resolved.append(given)
        return resolve(*given)

    monkeypatch.setattr(identity, "resolve", noted)
    run("build", "bridge.txt", "lake.txt", "-o", "other")
    (corpus.parent / "other" / "merged" / "things.json.gz").unlink()
    resolved.clear()
    fast, number = run("add", "out", "school.txt"), len(resolved)
    slow = run("add", "other", "school.txt")

    assert (number, len(resolved)) == (1, 3)
    assert "things new: 2, gone: 0" in fast
    told = [[line for line in said.splitlines() if "things" in line] for said in (fast, slow)]
    assert told[0] == told[1]
    assert (corpus / "merged" / "things.json.gz").read_bytes()
