"""Deciding over HTTP: a real server in a process of its own, real clients, editors at once, kills."""

from __future__ import annotations

import asyncio
import re
import shutil
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from kg.base.home import digest
from kg.decide.plain import from_plain
from kg.decide.read import read_decisions
from kg.serve.desk import Desk, pause
from tests.forked import run
from tests.serve.edited import SHA, Server, alias, applied, build, no_entity, spot, until


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "out"))


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    running = Server(folder)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.stop()


@pytest.fixture(scope="module")
def untouched(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of which nobody asks what it does: nothing may be decided at it."""
    running = Server(Path(shutil.copytree(built, tmp_path_factory.mktemp("untouched") / "out")))
    try:
        yield running
        assert not (running.folder / "decisions.toml").exists()
    finally:
        running.stop()


def people(client: httpx.Client) -> set[str]:
    query = "SELECT ?name { ?s a kg:Person ; rdfs:label ?name }"
    return set(
        client.get("/sparql", params={"query": query}, headers={"accept": "text/csv"}).text.split()[1:]
    )


def test_what_is_posted_is_written_applied_served_and_taken_back(server: Server, built: Path) -> None:
    with server.program() as client:
        assert people(client) == {"李明", "王芳"}
        answer = client.post("/api/decisions", json=no_entity(by="lin", note="误读"))

        assert answer.status_code == 200, answer.text
        assert answer.json()["ids"] == ["d1"]
        (kept,) = read_decisions(server.folder / "decisions.toml")
        assert (kept.verdict, kept.by, kept.note, kept.on is not None) == ("no-entity", "lin", "误读", True)
        until(lambda: applied(client))
        assert people(client) == {"李明"}
        assert [each["id"] for each in client.get("/api/decisions").json()["decisions"]] == ["d1"]

        undone = client.post("/api/decisions", json=[{"verdict": "withdraw", "of": "d1"}])
        assert undone.json()["ids"] == ["d2"]
        until(lambda: applied(client))
        assert people(client) == {"李明", "王芳"}
        assert client.get("/api/decisions").json()["decisions"] == []
    assert (server.folder / "graph.ttl").read_bytes() == (built / "graph.ttl").read_bytes()


def test_the_description_of_the_api_tells_how_to_decide(server: Server) -> None:
    with server.program() as client:
        told = client.get("/openapi.json").json()
        path = told["paths"]["/api/decisions"]
        asked = client.get("/api/decisions").json()
        answer = client.post("/api/decisions", json=alias(1))
        again = client.post("/api/decisions", json={**alias(1), "means": "蓝石科技有限公司", "by": "wang"})

    schemas = told["components"]["schemas"]
    assert set(asked) == set(schemas["Decisions"]["properties"])
    assert set(answer.json()) == set(schemas["Decided"]["properties"])
    assert str(again.status_code) in path["post"]["responses"]
    assert set(again.json()) <= set(schemas["Problem"]["properties"])
    assert path["post"]["security"] == [{"token": []}]


def test_what_contradicts_is_refused_with_both_ids_and_nothing_of_it_is_written(server: Server) -> None:
    name = {"verdict": "name", "a": spot("李明", "Person"), "label": "李明亮"}
    with server.program() as client:
        client.post("/api/decisions", json={**name, "id": "p1"})
        answer = client.post(
            "/api/decisions",
            json={"decisions": [alias(1), {**name, "id": "p2", "label": "李小明", "by": "wang"}]},
        )

    assert answer.status_code == 409
    assert answer.json()["ids"] == ["p1", "p2"]
    assert "'p2' contradicts 'p1'" in answer.json()["title"]
    assert server.decided() == ["p1"]


def test_what_would_do_nothing_is_refused_when_it_is_decided(tmp_path: Path) -> None:
    other = "年会\n\n2024年3月2日，王芳在年会上说，公司员工300名。\n"
    (tmp_path / "other.txt").write_text(other, encoding="utf-8")
    folder = build(tmp_path)
    done = run("add", folder, tmp_path / "other.txt")
    assert done.returncode == 0, done.stderr
    running = Server(folder)
    at = other.index("王芳")
    person = {"article": digest(other), "at": [at, at + 2], "words": "王芳", "type": "Person"}
    same = {"verdict": "same", "a": spot("青禾集团", "Organization"), "b": person}
    try:
        with running.program() as client:
            answer = client.post("/api/decisions", json=same)
            assert answer.status_code == 409
            assert "are of two types, Organization and Person" in answer.json()["title"]
            assert running.decided() == []
            kind = {"verdict": "type", "a": person, "type": "Organization"}
            assert client.post("/api/decisions", json=[kind, same]).is_success
    finally:
        running.stop()


def test_what_is_no_decision_is_refused_in_one_line(untouched: Server) -> None:
    strange = b'{"verdict": "no-entity", "a": {"article": "' + b"0" * 64 + b'", "at": [0, 1], "words": "x"}}'
    bodies = {
        b"{": 400,
        b"[" * 50_000: 400,
        b"[]": 422,
        b'"x"': 422,
        b'{"verdict": "nonsense"}': 422,
        b'{"verdict": "alias", "words": "\\ud840", "means": "x", "type": "Person"}': 422,
        b'{"verdict": "\\ud840", "\\ud840": 1}': 422,
        strange: 422,
        b'{"verdict": "confirm", "figure": {"article": "x", "at": [1, 0], "words": ""}}': 422,
    }
    with untouched.program() as client:
        for body, status in bodies.items():
            answer = client.post("/api/decisions", content=body, headers={"content-type": "application/json"})
            assert answer.status_code == status, body[:60]
            assert answer.json()["title"].count("\n") == 0
    assert not (untouched.folder / "decisions.toml").exists()


def test_without_the_token_or_from_another_place_nothing_is_taken(untouched: Server) -> None:
    body = no_entity()
    url = f"{untouched.url}/api/decisions"
    right = {"authorization": f"Bearer {untouched.token}"}
    with untouched.browser() as browser:
        jar = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    refused = [
        {},
        {"authorization": "Bearer wrong"},
        {"authorization": "Bearer"},
        {"cookie": "kg-edit-80=" + untouched.token},
        {**right, "origin": "http://evil.example"},
        {**right, "origin": "null"},
        {"cookie": jar, "origin": "http://evil.example"},
        {"cookie": jar},  # a browser says where a request comes from
    ]
    for headers in refused:
        assert httpx.post(url, json=body, headers=headers).status_code == 403, headers
        form = httpx.post(f"{untouched.url}/decide", data={"of": "d1"}, headers=headers)
        assert form.status_code == 403, headers
    elsewhere = httpx.post(url, json=body, headers={**right, "host": "evil.example"})
    assert elsewhere.status_code == 421
    plain = httpx.post(url, content="{}", headers={**right, "content-type": "text/plain"})
    assert plain.status_code == 415
    for path in ("/edit", "/edit?token=wrong", "/graph", "/decisions", "/api/decisions"):
        assert httpx.get(untouched.url + path).status_code == 403, path
    assert not (untouched.folder / "decisions.toml").exists()


def test_editors_at_once_lose_nothing(server: Server) -> None:
    def edit(first: int) -> list[str]:
        with server.program() as client:
            return [
                client.post("/api/decisions", json=alias(number)).json()["ids"][0]
                for number in range(first, first + 12)
            ]

    with ThreadPoolExecutor(3) as threads:
        ids = [name for own in threads.map(edit, (0, 100, 200)) for name in own]

    assert len(set(ids)) == 36
    assert sorted(server.decided()) == sorted(ids)


def test_killed_in_the_middle_it_loses_nothing_that_was_acknowledged(server: Server) -> None:
    acknowledged: list[str] = []

    def edit() -> None:
        with server.program() as client:
            for number in range(1000):
                try:
                    acknowledged.extend(client.post("/api/decisions", json=alias(number)).json()["ids"])
                except httpx.HTTPError:
                    return

    with ThreadPoolExecutor(1) as threads:
        busy = threads.submit(edit)
        until(lambda: len(acknowledged) > 5)
        server.stop(signal.SIGKILL)
        busy.result()

    assert set(acknowledged) <= set(server.decided())
    again = Server(server.folder)  # which does what the first one did not come to
    try:
        with again.program() as client:
            until(lambda: applied(client))
    finally:
        again.stop()
    turtle = (server.folder / "graph.ttl").read_text(encoding="utf-8")
    assert all(f'dcterms:identifier "{name}"' in turtle for name in acknowledged)


def test_a_file_that_is_written_by_hand_is_applied_and_what_is_wrong_with_it_told(server: Server) -> None:
    path = server.folder / "decisions.toml"
    with server.program() as client:
        path.write_text("[[decision]]\nid = 'x'\n", encoding="utf-8")
        until(lambda: client.get("/health").is_success and _state(client) == "failed")
        assert "decisions.toml:1" in client.post("/api/decisions", json=alias(1)).json()["title"]
        path.unlink()
        until(lambda: _state(client) == "applied")
        assert client.post("/api/decisions", json=no_entity()).is_success
        until(lambda: applied(client))
        assert people(client) == {"李明"}


def test_what_fails_for_another_reason_is_told_and_tried_again_ever_later(folder: Path) -> None:
    looks: list[int] = []

    async def look() -> None:
        looks.append(len(looks))
        if len(looks) == 1:
            raise OSError("no room left")

    async def act() -> list[tuple[str, str]]:
        desk = Desk(folder, folder / "decisions.toml", frozenset({SHA}))
        await desk.take([from_plain(no_entity(), "decision")])
        desk.start(look)
        seen: list[tuple[str, str]] = []
        while not seen or seen[-1][0] != "applied":
            now = await desk.standing()
            if (now.state, now.problem) not in seen:
                seen.append((now.state, now.problem))
            await asyncio.sleep(0.05)
        await desk.close()
        return seen

    seen = asyncio.run(act())

    assert seen[-2:] == [("failed", "OSError: no room left"), ("applied", "")]
    assert len(looks) == 2
    waits = [pause(tries) for tries in range(20)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (0.5, 60.0)


def _state(client: httpx.Client) -> str:
    answer = client.get("/api/decisions")
    return "failed" if answer.status_code == 500 else str(answer.json()["state"])


def test_forms_on_pages_work_without_scripts(server: Server) -> None:
    with server.browser() as client:
        found = client.get("/api/suggest", params={"q": "王芳"})
        graph = (server.folder / "graph.ttl").read_text(encoding="utf-8")
        name = re.search(r"id:(e[0-9a-f]{20}) rdfs:label \"王芳\"@zh", graph)
        assert name is not None, found.text
        page = client.get(f"/page/{name[1]}").text
        assert 'value="no-entity"' in page
        assert page.count('value="reject"') >= 1
        fact = re.search(r'name="node" value="(f[0-9a-f]{20})"', page)
        assert fact is not None

        wrong = client.post(
            "/decide", data={"node": fact[1], "verdict": "reject", "back": f"/page/{name[1]}"}
        )
        assert (wrong.status_code, wrong.headers["location"]) == (303, f"/page/{name[1]}")
        assert "正在让裁定生效" in client.get(f"/page/{name[1]}").text or applied(client)
        until(lambda: applied(client))
        assert fact[1] not in client.get(f"/page/{name[1]}").text
        listed = client.get("/decisions").text
        assert "裁定已全部生效" in listed
        assert 'name="of" value="d1"' in listed

        other = client.post("/decide", data={"of": "d1", "back": "//evil.example"})
        assert other.headers["location"] == "/decisions"
        until(lambda: applied(client))
        assert fact[1] in client.get(f"/page/{name[1]}").text
        assert client.post("/decide", data={"node": fact[1], "verdict": "x"}).status_code == 400
    with httpx.Client(base_url=server.url) as stranger:
        assert "no-entity" not in stranger.get(f"/page/{name[1]}").text


@pytest.mark.parametrize(
    "options",
    [("--host", "0.0.0.0"), ("--cors", "https://example.org"), ("other",)],  # noqa: S104 - refused
)
def test_only_one_folder_and_only_this_machine(folder: Path, options: tuple[str, ...]) -> None:
    done = run("serve", folder, "--edit", "--port", "0", *options)

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1


def test_without_edit_there_is_no_way_to_decide(built: Path) -> None:
    from kg.serve.background import serving
    from kg.serve.bulk_load import find_sources, load_store

    store = built.parent / "store"
    load_store(find_sources([built]), store)
    with serving(store) as plain:
        assert httpx.post(f"{plain.url}/api/decisions", json=no_entity()).status_code == 404
        assert httpx.get(f"{plain.url}/graph").status_code == 404
        assert "/api/decisions" not in httpx.get(f"{plain.url}/openapi.json").json()["paths"]


def test_two_people_who_give_their_names_are_two_and_one_of_no_name_stays_one(server: Server) -> None:
    def decide(name: str, means: str, **more: str) -> httpx.Response:
        with server.browser() as client:
            assert client.get(server.way).headers["location"] == "/edit/name"
            given = client.post("/edit/name", data={"name": name})
            assert (given.status_code, given.headers["location"]) == (303, "/graph")
            assert client.get(server.way).headers["location"] == ("/graph" if name.strip() else "/edit/name")
            assert (name.strip() or "未署名") in client.get("/decisions").text
            return client.post("/api/decisions", json={**alias(1), "means": means, **more})

    assert decide(" 林  ", "青禾集团").json()["written"][0]["by"] == "林"
    refused = decide("王", "蓝石科技有限公司")
    assert refused.status_code == 409
    assert len(refused.json()["ids"]) == 2
    assert decide("林", "蓝石科技有限公司").json()["replaced"]
    assert decide("", "青禾集团", by="林").json()["written"][-1]["by"] == "林"
    assert "by" not in decide("", "青禾集团", words="乙1").json()["written"][0]


def test_a_name_is_taken_from_no_other_page_and_without_the_token_from_nobody(untouched: Server) -> None:
    url = f"{untouched.url}/edit/name"
    jar = f"kg-edit-{untouched.url.rpartition(':')[2]}={untouched.token}"

    assert httpx.get(url).status_code == 403
    assert httpx.post(url, data={"name": "x"}, headers={"origin": untouched.url}).status_code == 403
    elsewhere = {"cookie": jar, "origin": "http://evil.example"}
    assert httpx.post(url, data={"name": "x"}, headers=elsewhere).status_code == 403
    hostile = {"cookie": f"{jar}; kg-editor=%3Cscript%3E{'a' * 200}"}
    page = httpx.get(url, headers=hostile).text
    assert "<script>a" not in page
    assert "a" * 61 not in page
