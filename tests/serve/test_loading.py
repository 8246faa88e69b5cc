"""Loading apart from the server: what ends or fails there is one line here, and what was served stays."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import httpx
import pytest

from kg.base import children
from kg.base.errors import GraphError, OutputError
from kg.graph.store import Graph
from kg.serve import bulk_load, search
from kg.serve.background import serving
from kg.serve.bulk_load import find_sources, load_store
from kg.serve.loading import load_apart


def test_loading_apart_gives_what_loading_here_gives(gold_graph: Graph, tmp_path: Path) -> None:
    gold_graph.write(tmp_path / "graph.ttl")
    sources, told = find_sources([tmp_path / "graph.ttl"]), []

    apart = load_apart(sources, tmp_path / "apart", lambda *step: told.append(step))
    here = load_store(sources, tmp_path / "here")

    assert (apart.triples, apart.folder.name) == (here.triples, here.folder.name)
    assert {step for step, _, _ in told} == {"loading", "indexing"}


def test_what_is_wrong_with_a_file_is_said_as_here(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text("<x:a> <x:b> ", encoding="utf-8")

    with pytest.raises(GraphError, match=r"graph\.ttl: no turtle"):
        load_apart(find_sources([tmp_path / "graph.ttl"]), tmp_path / "store")
    assert not (tmp_path / "store" / bulk_load.CURRENT).exists()


def test_a_store_that_cannot_be_written_is_one_line(gold_graph: Graph, tmp_path: Path) -> None:
    gold_graph.write(tmp_path / "graph.ttl")
    (tmp_path / "store").write_text("a file", encoding="utf-8")

    with pytest.raises(OutputError):
        load_apart(find_sources([tmp_path / "graph.ttl"]), tmp_path / "store")


def test_a_load_that_ends_its_process_leaves_the_served_store_as_it_was(
    gold_graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gold_graph.write(tmp_path / "graph.ttl")
    sources = find_sources([tmp_path / "graph.ttl"])
    load_store(sources, tmp_path / "store")
    command = children.command
    crash = "import os, sys; sys.stdin.read(); os.abort()"
    monkeypatch.setattr(children, "command", lambda *_: command("-c", crash))

    with serving(tmp_path / "store") as server:
        before = httpx.get(server.url + "/api/queries/people").text
        with pytest.raises(GraphError, match="ended the process that read it"):
            load_apart(sources, tmp_path / "store")

        assert httpx.get(server.url + "/api/queries/people").text == before
        assert httpx.get(server.url + "/health").status_code == 200


def test_an_engine_without_memory_is_one_line(
    gold_graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = gold_graph.serialize("nt") + b"".join(
        f'<x:{n}> <x:p> "{"x" * 1000}" .\n'.encode() for n in range(40_000)
    )
    (tmp_path / "graph.nt").write_bytes(lines)
    command = children.command
    tight = "import kg.serve.loading as each; each.ROOM = 1 << 20; each.TIMES = 0; each.work()"
    monkeypatch.setattr(children, "command", lambda *_: command("-c", tight))

    with pytest.raises((GraphError, OutputError)):
        load_apart(find_sources([tmp_path / "graph.nt"]), tmp_path / "store")


def test_an_index_without_room_on_the_disk_is_one_line(
    gold_graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    gold_graph.write(tmp_path / "graph.ttl")
    monkeypatch.setattr(search, "build", full)

    with pytest.raises(OutputError, match="cannot be written: database or disk is full"):
        load_store(find_sources([tmp_path / "graph.ttl"]), tmp_path / "store")
    assert [path.name for path in (tmp_path / "store").iterdir()] == ["LOCK"]
