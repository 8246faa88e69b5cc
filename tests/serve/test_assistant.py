"""The Model Context Protocol by the SDK's own client: over standard input and output, and over HTTP."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kg.graph.store import Graph
from kg.serve.background import serving
from kg.serve.bulk_load import find_sources, load_store
from kg.serve.limits import Limits
from kg.serve.tools import TOOLS

pytestmark = [pytest.mark.others, pytest.mark.filterwarnings("ignore")]

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(?a != ?j) }"


def sdk() -> Any:
    if os.environ.get("CI") == "true":
        __import__("mcp")
    return pytest.importorskip("mcp")


@pytest.fixture(scope="module")
def folder(both_graph: Graph, gold_reading: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("assistant")
    both_graph.write(place / "graph.ttl")
    (place / "articles").mkdir()
    (place / "articles" / "yueyang.txt").write_bytes(gold_reading.article.text.encode())
    return place


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    sdk()
    load_store(find_sources([folder]), folder / "store")
    with serving(folder / "store", Limits(workers=2, deadline=2.0), assistant=True) as running:
        yield running.url


def talk(target: Any, work: Callable[[Any], Awaitable[Any]]) -> Any:
    async def talking() -> Any:
        async with sdk().Client(target) as client:
            return await work(client)

    return asyncio.run(talking())


def over_stdio(folder: Path) -> Any:
    command = ["-m", "kg", "mcp", str(folder), "--deadline", "2"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    return sdk().StdioServerParameters(command=sys.executable, args=command, env=environment)


async def conversation(client: Any) -> dict[str, Any]:
    listed = (await client.list_tools()).tools
    answers = {"tools": [each.model_dump(by_alias=True, exclude_none=True, mode="json") for each in listed]}
    for name, given in (
        ("find", {"words": "周渭超"}),
        ("about", {"thing": "周渭超"}),
        ("ask", {"question": "周渭超担任什么职务？"}),
        ("sparql", {"query": "people", "limit": 3}),
        ("source", {"article": "yueyang", "start": 0, "length": 20}),
        ("verify_quote", {"words": "铂盛热力公司董事长周渭超"}),
    ):
        result = await client.call_tool(name, given)
        assert not result.is_error, result.content
        answers[name] = json.loads(result.content[0].text)
    for name, given in (
        ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}),
        ("sparql", {"query": RUNAWAY}),
        ("no", {}),
    ):
        result = await client.call_tool(name, given)
        assert result.is_error
        answers.setdefault("errors", []).append(result.content[0].text)
    return answers


def test_both_doors_answer_alike_and_as_promised(folder: Path, url: str) -> None:
    stdio = talk(over_stdio(folder), conversation)
    http = talk(f"{url}/mcp", conversation)

    assert stdio == http
    assert [each["name"] for each in stdio["tools"]] == [each.name for each in TOOLS]
    assert len(json.dumps(stdio["tools"], ensure_ascii=False, separators=(",", ":")).encode()) < 4000
    assert all(each["annotations"]["readOnlyHint"] for each in stdio["tools"])
    assert stdio["verify_quote"]["answer"] == "yes"
    assert stdio["ask"]["outcome"] == "answered"
    for fact in stdio["about"]["facts"]:
        assert fact["id"]
        assert fact["quotes"][0]["quote"]
    read_only, slow, unknown = stdio["errors"]
    assert "read-only" in read_only
    assert "took longer than 2 seconds" in slow
    assert "no such tool" in unknown


def test_what_is_told_first_says_how_to_quote(folder: Path) -> None:
    async def told(client: Any) -> tuple[str, str]:
        return client.server_info.name, client.instructions

    name, instructions = talk(over_stdio(folder), told)
    assert name == "kg"
    assert "verify_quote" in instructions


def test_a_graph_that_cannot_be_read_is_told_to_who_asks(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text("no graph", encoding="utf-8")

    async def asked(client: Any) -> tuple[int, Any]:
        return len((await client.list_tools()).tools), await client.call_tool("find", {"words": "甲"})

    tools, result = talk(over_stdio(tmp_path), asked)
    assert tools == len(TOOLS)
    assert result.is_error
    assert "graph.ttl: no turtle" in result.content[0].text
    assert "\n" not in result.content[0].text


def test_no_graph_ends_the_command_in_one_line(tmp_path: Path) -> None:
    sdk()
    command = [sys.executable, "-m", "kg", "mcp", str(tmp_path / "none")]
    done = subprocess.run(command, input="", capture_output=True, encoding="utf-8", check=False)

    assert (done.returncode, done.stdout) == (1, "")
    assert "no such file or folder" in done.stderr


def test_pages_of_others_and_other_names_get_nothing(url: str) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    headers = {"accept": "application/json, text/event-stream", "content-type": "application/json"}

    def status(**more: str) -> int:
        return int(httpx.post(f"{url}/mcp", json=body, headers={**headers, **more}, timeout=30).status_code)

    assert status(origin="https://evil.example") == 403
    assert status(host="evil.example") == 421
    assert status(origin=url) != 403
    assert httpx.post(f"{url}/mcp", content=b"x" * (2 << 20), headers=headers, timeout=30).status_code == 413


def test_without_the_option_there_is_no_such_door(folder: Path, url: str) -> None:
    with serving(folder / "store", Limits(workers=1)) as running:
        assert httpx.post(f"{running.url}/mcp", json={}, timeout=30).status_code == 404
    assert url
