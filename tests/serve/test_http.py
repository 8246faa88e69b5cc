"""A server asked over HTTP, as a client would: what it answers, what it refuses, what it survives."""

from __future__ import annotations

import concurrent.futures
import csv
import io
import json
import logging
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.graph.query import named_queries
from kg.graph.store import Graph, graph_iri
from kg.graph.vocabulary import DOUBTFUL, KG
from kg.serve.background import Running, serving
from kg.serve.bulk_load import find_sources, load_store
from kg.serve.limits import Limits

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(?a != ?j) }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . { SELECT ?g { ?g ?h ?i } LIMIT 60 } }"
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a"
HOSTILE = "<script>alert(1)</script>\"'&"
LIMITS = Limits(
    workers=2, deadline=2.0, memory=300 << 20, rows=2000, answer=1 << 20, body=20_000, waiting=3, patience=1.0
)


@pytest.fixture(scope="module")
def store(both_graph: Graph, gold_reading: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    graph = Graph(both_graph.base)
    graph.store.extend(both_graph.store)
    node = ox.NamedNode(graph.base + "e00000000000000000000")
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    graph.store.add(ox.Quad(node, label, ox.Literal(HOSTILE, language="zh")))
    graph.store.add(ox.Quad(node, kind, ox.NamedNode(KG + "Person")))
    graph.write(folder / "graph.trig", "trig")
    (folder / "articles").mkdir()
    (folder / "articles" / "yueyang.txt").write_bytes(gold_reading.article.text.encode())
    load_store(find_sources([folder / "graph.trig"]), folder / "store")
    return folder / "store"


@pytest.fixture(scope="module")
def running(store: Path) -> Iterator[Running]:
    with serving(store, LIMITS) as server:
        yield server


@pytest.fixture(scope="module")
def client(running: Running) -> Iterator[Any]:
    with httpx.Client(base_url=running.url, timeout=30) as one:
        yield one


def ask(client: Any, query: str, accept: str = "text/csv", **more: Any) -> Any:
    return client.get("/sparql", params={"query": query, **more}, headers={"accept": accept})


# tables ---------------------------------------------------------------------------------------------------------------


def rows_of(client: Any, kind: str, **given: str) -> list[dict[str, str]]:
    answer = client.get(f"/tables/{kind}.csv", params=given, headers={"cookie": "language=en"})
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def test_a_table_is_filtered_by_each_column_by_facets_and_by_words_of_quotes(client: Any) -> None:
    every = rows_of(client, "facts")
    posts = rows_of(client, "facts", **{"is-predicate": "holdsPosition"})
    his = rows_of(client, "facts", subject="周渭超")
    quoted = rows_of(client, "facts", quote="云溪区小学 铂盛")
    doubtful = rows_of(client, "facts", **{"is-confidence": "low"})
    people = rows_of(client, "entities", **{"is-type": "Person"})

    assert 0 < len(posts) < len(every)
    assert {row["predicate"] for row in posts} == {"holds a position at"}
    assert his == [row for row in every if "周渭超" in row["subject"]]
    assert his
    assert quoted == [row for row in every if "云溪区小学" in row["quote"] and "铂盛" in row["quote"]]
    assert quoted
    assert doubtful == [row for row in every if float(row["confidence"]) < DOUBTFUL]
    assert {row["type"] for row in people} == {"Person"}
    for column in ("subject", "object", "status", "confidence", "article"):
        word = every[0][column][:4]
        found = rows_of(client, "facts", **{column: word})
        assert found == [row for row in every if word.casefold() in row[column].casefold()], column


def test_a_table_is_sorted_by_each_column_with_empty_cells_last(client: Any) -> None:
    values = [float(row["value"]) for row in rows_of(client, "figures", sort="-value")]
    roles = [row["role"] for row in rows_of(client, "facts", sort="role")]

    assert values == sorted(values, reverse=True)
    assert roles == sorted(roles, key=lambda role: (not role, role))
    assert roles[0]
    assert not roles[-1]


def test_the_page_of_a_table_keeps_what_was_chosen_and_counts_what_each_choice_leaves(client: Any) -> None:
    page = client.get(
        "/tables/facts", params={"subject": "周渭超", "is-predicate": "holdsPosition", "sort": "-confidence"}
    ).text

    chosen = re.search(r'<option value="holdsPosition" selected>[^<]* \((\d+)\)</option>', page)
    assert chosen is not None
    assert int(chosen[1]) == page.count("<tr>") - 1
    assert 'name="subject" type="search" value="周渭超"' in page
    assert 'aria-sort="descending"' in page
    assert "/tables/facts.csv?subject=%E5%91%A8%E6%B8%AD%E8%B6%85&amp;is-predicate=holdsPosition" in page
    hostile = client.get("/tables/entities", params={"label": HOSTILE, "sort": HOSTILE}).text
    assert HOSTILE not in hostile
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in hostile


def test_mistakes_in_the_address_of_a_table_are_one_line(client: Any) -> None:
    for path in (
        "/tables/nothing",
        "/tables/facts.xlsx",
        "/tables/facts?nothing=1",
        "/tables/facts?role=a&role=b",
    ):
        answer = client.get(path, headers={"accept": "application/json"})
        assert answer.status_code in (400, 404), path
    assert client.get("/tables/facts", params={"offset": "x", "sort": "nothing"}).status_code == 200
    assert client.get("/tables/facts", params={"subject": "无此人"}).status_code == 200


# SPARQL ---------------------------------------------------------------------------------------------------------------


def test_rows_of_an_answer_are_given_back_as_the_reader_reads_them(client: Any) -> None:
    rows = ask(
        client,
        "SELECT ?s ?predicate ?o { ?f rdf:subject ?s ; rdf:predicate ?predicate ; rdf:object ?o } ORDER BY ?f LIMIT 3",
        "application/sparql-results+json",
    ).content
    chinese = client.post("/query/table", content=rows).json()
    english = client.post("/query/table", content=rows, headers={"cookie": "language=en"}).json()

    assert chinese["columns"] == english["columns"] == ["s", "predicate", "o"]
    assert chinese["heads"] == ["s", "谓词", "o"]
    assert english["heads"] == ["s", "predicate", "o"]
    for row in chinese["rows"]:
        for at in (0, 2):
            assert "://" not in row[at]["text"]
            assert row[at]["iri"].startswith("https://example.org/kg/")
            assert client.get(
                row[at]["page"], follow_redirects=True, headers={"accept": "text/html"}
            ).is_success
    assert [row[1]["text"] for row in chinese["rows"]] != [row[1]["text"] for row in english["rows"]]


@pytest.mark.parametrize("body", [b"", b"x", b"{}", b"\xff"])
def test_what_is_no_table_is_refused_in_one_line(client: Any, body: bytes) -> None:
    answer = client.post("/query/table", content=body)

    assert answer.status_code == 400
    assert answer.text.startswith("no table")


def test_a_query_answers_the_same_by_get_and_by_both_posts(client: Any) -> None:
    query = "SELECT ?name { ?s a kg:Person ; rdfs:label ?name } ORDER BY ?name"
    headers = {"accept": "text/csv"}

    got = ask(client, query).text
    form = client.post("/sparql", data={"query": query}, headers=headers).text
    direct = client.post(
        "/sparql", content=query.encode(), headers={**headers, "content-type": "application/sparql-query"}
    ).text

    assert "周渭超" in got
    assert got == form == direct


@pytest.mark.parametrize(
    ("query", "accept", "holds"),
    [
        ("SELECT ?l { VALUES ?l { '人物' } }", "application/sparql-results+json", '"value":"人物"'),
        ("SELECT ?l { VALUES ?l { '人物' } }", "application/sparql-results+xml", "<literal>人物</literal>"),
        ("SELECT ?l { VALUES ?l { '人物' } }", "text/tab-separated-values", '"人物"'),
        ("ASK {}", "application/sparql-results+xml", "<boolean>true</boolean>"),
        ("CONSTRUCT { <urn:s> <urn:p> '人' } {}", "text/turtle", '"人"'),
        ("CONSTRUCT { <urn:s> <urn:p> '人' } {}", "application/n-triples", '<urn:s> <urn:p> "人" .'),
        ("CONSTRUCT { <urn:s> <urn:p> '人' } {}", "application/rdf+xml", "<rdf:RDF"),
        ("CONSTRUCT { <urn:s> <urn:p> '人' } {}", "application/ld+json", '"@value":"人"'),
    ],
)
def test_each_format_is_what_its_media_type_says(client: Any, query: str, accept: str, holds: str) -> None:
    answer = ask(client, query, accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(accept)
    assert holds in answer.text


def test_a_format_of_the_other_kind_is_not_acceptable(client: Any) -> None:
    assert ask(client, "ASK {}", "text/turtle").status_code == 406
    assert ask(client, "CONSTRUCT WHERE { ?s ?p ?o }", "text/csv").status_code == 406


def test_the_dataset_of_the_request_goes_before_that_of_the_query(client: Any, gold_reading: Any) -> None:
    from kg.graph.iri import article_iri

    named = graph_iri(article_iri(gold_reading.article))
    count = "SELECT (COUNT(*) AS ?n) %s { ?s a kg:Person }"

    everywhere, one = (
        int(ask(client, count % "", **more).text.split()[1]) for more in ({}, {"default-graph-uri": named})
    )
    unknown = ask(client, count % f"FROM <{named}>", **{"default-graph-uri": "urn:nothing"}).text.split()[1]
    graphs = ask(
        client, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", **{"named-graph-uri": named}
    ).text.split()

    assert 0 < one < everywhere
    assert unknown == "0"
    assert graphs == ["g", named]


def test_from_reads_no_file(client: Any, store: Path) -> None:
    path = (store / "CURRENT").resolve().as_uri()
    answer = ask(client, f"SELECT ?s FROM <{path}> {{ ?s ?p ?o }}")  # noqa: S608
    assert answer.text.split() == ["s"]


@pytest.mark.parametrize(
    ("status", "query"),
    [
        (400, "SELECT {"),
        (400, "SELECT * { ?s kg:x ?o . FILTER(NOPE(?o)) }"),
        (400, "ASK { FILTER(" + "(" * 400 + ")" * 400 + ") }"),
        (403, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"),
        (403, "INSERT DATA { <urn:a> <urn:b> 1 }"),
        (403, "SELECT * { ?a ?b ?c . ?d ?e ?f }"),
        (403, "CONSTRUCT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f }"),
    ],
)
def test_a_wrong_or_forbidden_query_gets_one_line(client: Any, status: int, query: str) -> None:
    answer = ask(client, query, "*/*")
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/plain")
    assert len(answer.text.strip().splitlines()) == 1
    assert "Traceback" not in answer.text


def test_bytes_of_an_answer_are_capped(client: Any) -> None:
    answer = ask(
        client,
        "SELECT (CONCAT(?a, ?a) AS ?b) { VALUES ?x { 1 2 3 4 } ?q oa:prefix ?p . BIND('%s' AS ?a) }"
        % ("长" * 1500),
    )
    assert answer.status_code == 403
    assert "MiB" in answer.text


def test_a_runaway_query_is_stopped_while_others_are_answered(client: Any, running: Running) -> None:
    before = running.site.pool.ended["deadline"]
    with concurrent.futures.ThreadPoolExecutor(1) as threads:
        runaway = threads.submit(ask, client, RUNAWAY)
        _until(lambda: running.site.pool.running == 1)
        assert ask(client, "ASK {}").status_code == 200
        assert running.site.pool.running == 1  # it still runs: nobody waited for its end
    assert runaway.result().status_code == 504
    assert "2 seconds" in runaway.result().text
    assert running.site.pool.ended["deadline"] == before + 1


def test_a_hungry_query_is_stopped(client: Any) -> None:
    answer = ask(client, HUNGRY)
    assert answer.status_code in (503, 504)  # which limit it meets first is a matter of the processor
    assert ask(client, "ASK {}").status_code == 200


def test_more_requests_than_may_wait_are_told_to_come_back(client: Any) -> None:
    with concurrent.futures.ThreadPoolExecutor(10) as threads:
        answers = [each.result() for each in [threads.submit(ask, client, RUNAWAY) for _ in range(10)]]
    busy = [each for each in answers if each.status_code == 503]
    assert busy
    assert all(each.headers["retry-after"] == "2" for each in busy)
    assert {each.status_code for each in answers} <= {503, 504}
    _until(lambda: ask(client, "ASK {}").status_code == 200)


def _until(true: Any, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def _workers(running: Running) -> list[int]:
    return sorted(worker.process.pid or 0 for worker in running.site.pool._idle)


def test_a_worker_killed_from_outside_costs_no_answer(client: Any, running: Running) -> None:
    _until(lambda: len(_workers(running)) == 2)
    killed = running.site.pool.ended["killed"]
    slow = "SELECT (COUNT(*) AS ?n) { { SELECT ?a { ?a ?b ?c } LIMIT 1000 } ?d ?e ?f }"
    wanted, all_workers = ask(client, slow).text, set(_workers(running))
    with concurrent.futures.ThreadPoolExecutor(1) as threads:
        answer = threads.submit(ask, client, slow)
        _until(lambda: running.site.pool.running == 1)
        for worker in all_workers - set(_workers(running)):
            os.kill(worker, signal.SIGKILL)
        assert answer.result().text == wanted
    assert running.site.pool.ended["killed"] == killed + 1
    assert all(ask(client, "ASK {}").status_code == 200 for _ in range(6))
    _until(lambda: len(_workers(running)) == 2)


def test_a_client_that_hangs_up_frees_its_worker(client: Any, running: Running) -> None:
    before = running.site.pool.ended["client gone"]
    with pytest.raises(httpx.ReadTimeout):
        client.get("/sparql", params={"query": RUNAWAY}, timeout=0.3)
    _until(lambda: running.site.pool.ended["client gone"] == before + 1)
    _until(lambda: running.site.pool.running == 0)


def test_service_describes_itself(client: Any, running: Running) -> None:
    answer = client.get("/sparql", headers={"accept": "text/turtle"})
    assert "sparql-service-description#" in answer.text
    assert f"<{running.url}/sparql>" in answer.text
    assert client.get("/sparql", headers={"accept": "text/html"}).headers["location"] == "/query"


# every answer -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/", "/query", "/sparql", "/api/queries", "/nothing", "/static/pages.css", "/health"]
)
def test_every_answer_carries_the_security_headers(client: Any, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-credentials" not in headers


def test_no_page_of_another_origin_may_read_unless_told(client: Any) -> None:
    answer = client.get("/sparql", headers={"origin": "http://other.example"})

    assert not [name for name in answer.headers if name.startswith("access-control-")]
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("origins", "asking", "allowed"),
    [
        (("*",), "http://other.example", "*"),
        (("http://a.example", "http://b.example:81"), "http://b.example:81", "http://b.example:81"),
        (("http://a.example", "http://b.example:81"), "http://b.example", None),
        (("http://a.example",), "http://a.example.evil.example", None),
    ],
)
def test_cors_allows_reading_only_and_the_named_origins_only(
    store: Path, origins: tuple[str, ...], asking: str, allowed: str | None
) -> None:
    with serving(store, LIMITS, origins=origins) as server, httpx.Client(base_url=server.url) as client:
        answer = client.options(
            "/sparql", headers={"origin": asking, "access-control-request-method": "POST"}
        )

    assert answer.status_code == 204
    assert answer.headers.get("access-control-allow-origin") == allowed
    assert answer.headers.get("access-control-allow-methods") == (
        "GET, HEAD, POST, OPTIONS" if allowed else None
    )
    assert "*" in origins or "Origin" in answer.headers["vary"]


def test_connections_that_send_no_request_are_closed_and_counted(store: Path) -> None:
    """Slow loris: silent and dripping connections make room for the others after the deadline for a head."""
    limits = Limits(workers=1, head=0.3)
    with serving(store, limits) as server:
        where = ("127.0.0.1", int(server.url.rsplit(":", 1)[1]))
        silent, dripping = socket.create_connection(where), socket.create_connection(where)
        with silent, dripping:
            ended: list[socket.socket] = []
            for one in (silent, dripping):
                one.settimeout(0.05)
            while len(ended) < 2:
                for one in {silent, dripping}.difference(ended):
                    try:
                        if one is dripping:
                            one.send(b"G")
                        if one.recv(10) == b"":
                            ended.append(one)
                    except TimeoutError:
                        continue
                    except OSError:
                        ended.append(one)
            assert httpx.get(server.url + "/health").status_code == 200
        assert 'kg_connections_closed_total{reason="head"} 2' in httpx.get(server.url + "/metrics").text


def test_one_address_cannot_take_every_connection(store: Path) -> None:
    limits = Limits(workers=1, each=3)
    with serving(store, limits) as server:
        where = ("127.0.0.1", int(server.url.rsplit(":", 1)[1]))
        held = [socket.create_connection(where) for _ in range(3)]
        refused = socket.create_connection(where)
        refused.settimeout(20)
        try:
            gone = refused.recv(10) == b""
        except ConnectionError:
            gone = True
        for one in (*held, refused):
            one.close()
        with httpx.Client(base_url=server.url, transport=httpx.HTTPTransport(retries=20)) as client:
            text = client.get("/metrics").text

    assert gone
    assert 'kg_connections_closed_total{reason="address"} 1' in text


def test_requests_on_one_connection_go_on_after_each_other(store: Path) -> None:
    with (
        serving(store, Limits(workers=1, head=0.5)) as server,
        httpx.Client(base_url=server.url) as client,
    ):
        for pause in (0.0, 0.3, 0.3):
            time.sleep(pause)
            assert client.get("/health").status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_not_allowed(client: Any, method: str) -> None:
    answer = client.request(method, "/sparql")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


def test_connect_is_no_way_through(running: Running, client: Any) -> None:
    where = ("127.0.0.1", int(running.url.rsplit(":", 1)[1]))
    with socket.create_connection(where, timeout=20) as one:
        one.sendall(f"CONNECT other.example:80 HTTP/1.1\r\nHost: 127.0.0.1:{where[1]}\r\n\r\n".encode())
        answer = one.recv(4000)

    assert answer.startswith((b"HTTP/1.1 404", b"HTTP/1.1 405", b"HTTP/1.1 400"))
    assert client.get("/health").status_code == 200


def test_large_requests_are_refused(client: Any) -> None:
    assert client.post("/sparql", data={"query": "x" * 30_000}).status_code == 413


def test_another_name_for_the_loopback_gets_nothing(client: Any) -> None:
    assert client.get("/", headers={"host": "attacker.example"}).status_code == 421
    assert client.get("/", headers={"host": "localhost:1"}).status_code == 200
    assert client.get("/sparql", headers={"host": "<x>"}).status_code == 400


def test_what_breaks_in_the_server_is_not_shown(
    client: Any, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running.site.metrics, "text", lambda *_: 1 / 0)
    answer = client.get("/metrics")
    assert answer.status_code == 500
    assert "ZeroDivisionError" not in answer.text


def test_logs_hold_no_query_unless_asked(
    client: Any, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    from kg.serve.guard import JsonLines

    def lines() -> list[dict[str, Any]]:
        own = [record for record in caplog.records if record.name == "kg.serve"]
        return [json.loads(JsonLines().format(record)) for record in own]

    # Other requests may be noted here too: one that an earlier test hung up on ends, and is noted, when it pleases.
    def answered() -> int:
        return sum(line["route"] == "/sparql" and line["status"] == 200 for line in lines())

    with caplog.at_level(logging.INFO, "kg.serve"):
        ask(client, "ASK { <urn:secret> ?p ?o }")
        _until(lambda: answered() >= 1)
        running.site.log_queries = True
        ask(client, "ASK { <urn:told> ?p ?o }")
        _until(lambda: any("urn:told" in line.get("query", "") for line in lines()))
        running.site.log_queries = False
    assert "secret" not in json.dumps(lines())


def test_health_and_metrics_for_machines_that_watch(client: Any) -> None:
    assert client.get("/health").text == "ok\n"
    text = client.get("/metrics").text
    assert 'kg_http_requests_total{route="/sparql",method="GET",status="200"}' in text
    assert 'kg_http_request_seconds_bucket{route="/sparql",le="+Inf"}' in text
    for line in text.splitlines():
        assert line.startswith("# ") or len(line.rsplit(" ", 1)) == 2


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.text(max_size=300) | st.text("SELECT*{}?so.()<>'\"#\\ FROM:^/|!+-", max_size=80),
    accept=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60).map(str.strip),
    kind=st.sampled_from(["application/x-www-form-urlencoded", "application/sparql-query", "text/plain", ""]),
)
def test_nothing_sent_gets_an_internal_error(client: Any, query: str, accept: str, kind: str) -> None:
    raw = query.encode("utf-8", "replace")
    answers = [
        client.get(
            "/sparql", params={"query": query, "default-graph-uri": query[:20]}, headers={"accept": accept}
        ),
        client.post("/sparql", content=raw, headers={"accept": accept, "content-type": kind}),
        client.get("/search", params={"q": query}),
        client.get("/page", params={"iri": query, "offset": query}),
        client.get("/network", params={"query": query or "ASK {}"}),
        client.get("/api/suggest", params={"q": query, "limit": accept}),
    ]
    assert not [each.status_code for each in answers if each.status_code == 500]


# pages ------------------------------------------------------------------------------------------------------------------


def _local(client: Any, name: str) -> str:
    found = client.get("/api/suggest", params={"q": name}).json()["entities"][0]
    return str(found["page"].rsplit("/", 1)[1])


def test_every_subject_of_the_graph_opens_as_a_page(client: Any) -> None:
    rows = ask(client, "SELECT DISTINCT ?s { ?s a ?t } ORDER BY ?s").text.split()[1:]
    for iri in rows[::25]:
        local = iri.rsplit("/", 1)[1]
        answer = client.get(f"/id/{local}", headers={"accept": "text/html"}, follow_redirects=True)
        assert answer.status_code == 200, iri
        assert iri in answer.text


def test_a_thing_sends_to_the_document_that_is_wanted(client: Any) -> None:
    local = _local(client, "周渭超")
    for accept, place in [
        ("text/html,*/*;q=0.8", f"/page/{local}"),
        ("text/turtle", f"/data/{local}.ttl"),
        ("application/ld+json", f"/data/{local}.jsonld"),
        ("application/rdf+xml", f"/data/{local}.rdf"),
    ]:
        answer = client.get(f"/id/{local}", headers={"accept": accept})
        assert (answer.status_code, answer.headers["location"]) == (303, place)
        assert answer.headers["vary"] == "Accept"
    assert client.get(f"/id/{local}", headers={"accept": "image/png"}).status_code == 406
    assert client.get(f"/id/{local}.ttl").headers["location"] == f"/data/{local}.ttl"


@pytest.mark.parametrize("suffix", ["ttl", "nt", "rdf", "jsonld"])
def test_data_of_an_entity_holds_its_facts_with_their_quotes(client: Any, suffix: str) -> None:
    local = _local(client, "周渭超")
    answer = client.get(f"/data/{local}.{suffix}")
    forms = {
        "ttl": ox.RdfFormat.TURTLE,
        "nt": ox.RdfFormat.N_TRIPLES,
        "rdf": ox.RdfFormat.RDF_XML,
        "jsonld": ox.RdfFormat.JSON_LD,
    }
    text = " ".join(str(quad) for quad in ox.parse(answer.content, forms[suffix]))
    assert "oa#exact" in text
    assert "董事长" in text


def test_entity_page_shows_facts_with_quotes_and_neighbours_as_links(client: Any) -> None:
    page = client.get(f"/page/{_local(client, '周渭超')}").text
    assert "任职于" in page
    assert "<blockquote>" in page
    assert '<svg viewBox="0 0' in page
    assert "/article/a" in page
    assert 'rel="alternate"' in page


def test_hostile_names_stay_text_everywhere(client: Any) -> None:
    local = "e00000000000000000000"
    for path in (
        f"/page/{local}",
        "/search?q=script",
        "/",
        f"/network?node={local}",
        "/query",
        f"/page?iri={HOSTILE}",
    ):
        page = client.get(path, headers={"accept": "text/html"}).text
        assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in client.get(f"/page/{local}").text


def test_article_page_marks_its_names_and_shows_the_whole_text(client: Any, gold_reading: Any) -> None:
    from kg.graph.iri import article_iri

    local = article_iri(gold_reading.article).rsplit("/", 1)[1]
    page = client.get(f"/article/{local}").text
    assert 'class="mark t-Person">周渭超</a>' in page
    assert (
        client.get(f"/id/{local}", headers={"accept": "text/html"}).headers["location"] == f"/article/{local}"
    )


def test_article_without_its_text_shows_its_quotes(client: Any, status_reading: Any) -> None:
    from kg.graph.iri import article_iri

    page = client.get(f"/article/{article_iri(status_reading.article).rsplit('/', 1)[1]}").text
    assert "青禾集团否认收购蓝石科技" in page
    assert "没有这篇文章的原文" in page


def test_search_finds_entities_and_quotes(client: Any) -> None:
    page = client.get("/search", params={"q": "贫困生"}).text
    assert "<mark>贫困生</mark>" in page
    assert "没有找到" in client.get("/search", params={"q": "火星人"}).text


def test_pages_switch_to_english_and_back(client: Any, running: Running) -> None:
    assert '<html lang="zh-CN">' in client.get("/").text
    answer = client.get("/language/en", headers={"referer": f"{running.url}/query"})
    assert answer.headers["location"] == "/query"
    assert '<html lang="en">' in client.get("/", headers={"cookie": "language=en"}).text
    trick = client.get("/language/zh", headers={"referer": f"{running.url}//other.example"})
    assert trick.headers["location"] == "/other.example"
    elsewhere = client.get("/language/zh", headers={"referer": "http://other.example/x"})
    assert elsewhere.headers["location"] == "/"
    client.cookies.clear()


@pytest.mark.parametrize(
    "path",
    [
        "/page/nothing",
        "/article/nothing",
        "/data/nothing.ttl",
        "/data/x.exe",
        "/id/no",
        "/static/..%2Fapp.py",
        "/x",
    ],
)
def test_what_is_not_there_is_not_found(client: Any, path: str) -> None:
    assert client.get(path, headers={"accept": "text/html"}).status_code == 404


def test_the_page_of_an_entity_whose_facts_have_no_number_for_a_confidence(
    both_graph: Graph, tmp_path: Path
) -> None:
    graph = Graph.parse(both_graph.to_turtle())
    for quad in list(graph.quads(None, ox.NamedNode(KG + "confidence"))):
        graph.store.remove(quad)
        graph.store.add(ox.Quad(quad.subject, quad.predicate, ox.Literal("high")))
    graph.write(tmp_path / "graph.ttl")
    load_store(find_sources([tmp_path / "graph.ttl"]), tmp_path / "store")

    with serving(tmp_path / "store") as server, httpx.Client(base_url=server.url, timeout=30) as asking:
        page = asking.get(
            f"/id/{_local(asking, '周渭超')}", headers={"accept": "text/html"}, follow_redirects=True
        )

    assert page.status_code == 200
    assert 'class="doubt"' in page.text


def test_network_of_a_node_of_a_query_and_of_all(client: Any) -> None:
    around = client.get("/network", params={"node": _local(client, "周渭超")})
    asked = client.get("/network", params={"query": "SELECT ?s { ?s a kg:Person }"})
    whole = client.get("/network")
    for page in (around, asked, whole):
        assert page.status_code == 200
        assert "周渭超" in page.text
        assert "default-src &#x27;none&#x27;" in page.text  # the page's own policy
    assert "青禾集团" not in around.text
    assert "青禾集团" in whole.text
    assert client.get("/network", params={"query": "SELECT (1 AS ?x) {}"}).status_code == 404


def test_nodes_of_several_bases_keep_their_own_pages(tmp_path: Path) -> None:
    (tmp_path / "two.ttl").write_text(
        """@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <http://a.example/x> a rdfs:Resource ; rdfs:label "first" . <http://a.example/y> a rdfs:Resource .
        <http://b.example/x> a rdfs:Resource ; rdfs:label "second" ; rdfs:seeAlso <http://a.example/x> .
        <http://b.example/c/z> a rdfs:Resource ; rdfs:seeAlso <http://b.example/x> .
        """
    )
    load_store(find_sources([tmp_path / "two.ttl"]), tmp_path / "store")
    with (
        serving(tmp_path / "store", Limits(workers=1)) as server,
        httpx.Client(base_url=server.url) as client,
    ):
        assert "<h1>first</h1>" in client.get("/page/x").text
        assert "<h1>second</h1>" in client.get("/page", params={"iri": "http://b.example/x"}).text
        assert "/page?iri=http%3A%2F%2Fb.example%2Fx" in client.get("/page/z").text
        assert client.get("/", headers={"accept": "text/html"}).status_code == 200


# the API ----------------------------------------------------------------------------------------------------------------


def test_every_named_query_answers_as_json_and_csv(client: Any) -> None:
    for query in named_queries().values():
        given = {each.name: each.example for each in query.parameters if not each.optional}
        answer = client.get(f"/api/queries/{query.name}", params=given)
        if answer.status_code == 404:  # its example is an entity that the reading by hand has not
            continue
        body = answer.json()
        table = list(
            csv.reader(
                io.StringIO(client.get(f"/api/queries/{query.name}", params={**given, "format": "csv"}).text)
            )
        )
        assert answer.status_code == 200, query.name
        assert [name.removeprefix("\ufeff") for name in table[0]] == body["columns"]
        assert len(table) - 1 == len(body["rows"]) == body["total"] or body["total"] > 1000


def test_named_query_takes_any_name_of_an_entity_and_pages(client: Any) -> None:
    whole = client.get("/api/queries/entity", params={"who": "高新区"}).json()
    part = client.get("/api/queries/entity", params={"who": "高新区", "limit": 2, "offset": 1}).json()
    assert part["rows"] == whole["rows"][1:3]
    assert part["total"] == whole["total"] > 3


@pytest.mark.parametrize(
    ("status", "path", "says"),
    [
        (404, "/api/queries/nothing", "/api/queries lists them"),
        (400, "/api/queries/entity", "the parameter who is missing"),
        (404, "/api/queries/entity?who=周渭", "did you mean 周渭超"),
        (404, "/api/queries/evidence?fact=a:%00", "no entity or fact"),
        (400, "/api/queries/people?show=maybe", "is one of"),
        (400, "/api/queries/people?limit=0", "whole number"),
        (400, "/api/queries/people?nope=1", "unknown parameter"),
        (400, "/api/queries/people?limit=1&limit=2", "given twice"),
        (400, "/api/search", "what to search for"),
    ],
)
def test_errors_of_the_api_are_problems_that_say_how_to_mend_them(
    client: Any, status: int, path: str, says: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert says in answer.text


def test_api_refuses_what_it_cannot_write(client: Any) -> None:
    assert client.get("/api/queries/people", headers={"accept": "image/png"}).status_code == 406


def test_page_for_programs_links_every_named_query_with_what_it_needs(client: Any, running: Running) -> None:
    page = client.get("/api").text
    assert f'SPARQLStore("{running.url}/sparql")' in page.replace("&quot;", '"')
    for name, query in named_queries().items():
        assert f'href="/api/queries/{name}' in page
        if any(not each.optional for each in query.parameters):
            assert f'href="/api/queries/{name}?' in page


def test_description_has_every_named_query(client: Any) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {f"/api/queries/{name}" for name in named_queries()} <= paths.keys()


# new versions -------------------------------------------------------------------------------------------------------------


def test_running_server_takes_up_a_new_load_without_a_wrong_answer(
    gold_graph: Graph, status_graph: Graph, tmp_path: Path
) -> None:
    gold_graph.write(tmp_path / "a.ttl")
    status_graph.write(tmp_path / "b.ttl")
    store = tmp_path / "store"
    load_store(find_sources([tmp_path / "a.ttl"]), store)
    counts = {str(len(gold_graph)), str(len(status_graph))}
    with serving(store, Limits(workers=2)) as server, httpx.Client(base_url=server.url, timeout=30) as client:
        load_store(find_sources([tmp_path / "b.ttl"]), store)
        seen: list[str] = []
        end = time.monotonic() + 30
        while time.monotonic() < end and (not seen or seen[-1] != str(len(status_graph))):
            answer = ask(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
            assert answer.status_code == 200
            seen.append(answer.text.split()[1])
        assert set(seen) <= counts
        assert seen[-1] == str(len(status_graph))
        _until(lambda: "青禾集团" in client.get("/").text)  # the front page follows at once
        _until(lambda: len(list(store.glob("v*"))) == 1)  # the old version is removed when nobody reads it


# the command --------------------------------------------------------------------------------------------------------------

COMMAND = "import typer; from kg.cli.serve import register; app = typer.Typer(); register(app); app()"


def test_command_serves_a_file_takes_up_its_changes_and_stops_on_a_signal(
    gold_graph: Graph, status_graph: Graph, tmp_path: Path
) -> None:
    gold_graph.write(tmp_path / "graph.ttl")
    command = [
        sys.executable,
        "-c",
        COMMAND,
        "serve",
        str(tmp_path / "graph.ttl"),
        "--port",
        "0",
        "--workers",
        "1",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            lines = [process.stdout.readline().split() for _ in range(4)]
            url = lines[2][1]
            _until(lambda: _answers(url))
            status_graph.write(tmp_path / "graph.ttl")
            _until(lambda: "青禾集团" in httpx.get(url.removesuffix("sparql")).text)
            with concurrent.futures.ThreadPoolExecutor(1) as threads:
                begun = threads.submit(httpx.get, url, params={"query": SLOW}, timeout=30)
                time.sleep(0.3)
                process.send_signal(signal.SIGTERM)
                assert begun.result().status_code == 200  # what was begun is finished
        finally:
            process.terminate()
            _, log = process.communicate(timeout=30)
    assert process.returncode == 0
    assert lines[0][0] == "pages"
    assert {json.loads(line)["event"] for line in log.splitlines()} == {"request", "new graph"}


def _answers(url: str) -> bool:
    try:
        return bool(httpx.get(url, params={"query": "ASK {}"}).status_code == 200)
    except httpx.TransportError:
        return False


def test_command_loads_and_says_how_fast(gold_graph: Graph, tmp_path: Path) -> None:
    gold_graph.write(tmp_path / "graph.ttl")
    command = [
        sys.executable,
        "-c",
        COMMAND,
        "load",
        str(tmp_path / "graph.ttl"),
        "--store",
        str(tmp_path / "store"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert "triples in" in done.stdout
    assert "a second" in done.stdout
    assert (tmp_path / "store" / "CURRENT").is_file()


def test_port_that_is_taken_is_said_in_one_line(gold_graph: Graph, tmp_path: Path) -> None:
    gold_graph.write(tmp_path / "graph.ttl")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "kg", "serve", str(tmp_path / "graph.ttl"), "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(f"kg: 127.0.0.1:{port}: cannot listen there")
    assert len(done.stderr.splitlines()) == 1


def test_registering_the_commands_imports_nothing_heavy() -> None:
    script = f"import sys; {COMMAND.removesuffix('; app()')}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert {"starlette", "uvicorn", "pyoxigraph", "multiprocessing", "sqlite3"}.isdisjoint(
        done.stdout.split()
    )


def test_every_named_query_stays_sparql_when_the_query_page_fills_in_its_parameters() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node")
    source = Path(__file__).parents[2] / "kg" / "serve" / "web" / "src" / "bound.js"
    kinds = {"number": '"5"^^<http://www.w3.org/2001/XMLSchema#decimal>', "text": '"x"'}
    given = [
        [query.text, {each.name: kinds.get(each.kind, "<urn:x>") for each in query.parameters}]
        for query in named_queries().values()
    ]
    script = (
        f"import {{ bound }} from {json.dumps(source.as_uri())};"
        "const all = JSON.parse(process.argv[1]); console.log(JSON.stringify(all.map((each) => bound(...each))));"
    )
    done = subprocess.run(
        [node, "--input-type=module", "-e", script, json.dumps(given)],
        capture_output=True,
        timeout=60,
        check=True,
    )
    store = ox.Store()
    for (_, terms), text in zip(given, json.loads(done.stdout), strict=True):
        store.query(text)
        assert not any(f"?{name} " in text for name in terms)


def test_missing_packages_are_named_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.base.errors import KgError
    from kg.cli.serve import serve

    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(KgError, match=r"pip install 'kg-zh\[serve\]'"):
        serve()


# quotes ---------------------------------------------------------------------------------------------------------------


def test_a_quote_is_verified_by_the_texts_of_the_store(client: Any) -> None:
    stands = client.get("/api/verify-quote", params={"q": "铂盛热力公司董事长周渭超同志"}).json()
    differs = client.get("/api/verify-quote", params={"q": "铂盛热力公司董事长周渭起同志"}).json()

    assert (stands["answer"], stands["exact"], stands["total"]) == ("yes", True, 1)
    assert stands["passages"][0]["name"] == "yueyang"
    assert "周渭超 任职于 铂盛热力公司（董事长）" in {
        each["label"] for each in stands["passages"][0]["facts"]
    }
    # the other article's text is not beside the graph
    assert (differs["answer"], differs["without_text_names"]) == ("cannot say", ["statuses"])
    assert "铂盛热力公司董事长周渭超同志" in differs["nearest"][0]["quote"]
    assert differs["nearest"][0]["differs"] == [{"given": "起", "article": "超"}]


@pytest.mark.parametrize(
    "params", [{}, {"q": " "}, {"q": "甲" * 2001}, {"q": "甲", "limit": "0"}, {"q": "甲", "x": "1"}]
)
def test_what_is_no_quote_is_refused(client: Any, params: dict[str, str]) -> None:
    answer = client.get("/api/verify-quote", params=params)

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_description_tells_of_quotes(client: Any) -> None:
    described = client.get("/openapi.json").json()

    assert "/api/verify-quote" in described["paths"]
    assert set(described["components"]["schemas"]["Verdict"]["required"]) <= set(
        client.get("/api/verify-quote", params={"q": "周渭超"}).json()
    )


# questions ------------------------------------------------------------------------------------------------------------


def test_a_question_is_answered_with_quotes_that_have_a_page(client: Any) -> None:
    given = client.get("/api/ask", params={"q": "周渭超担任什么职务？"}).json()

    assert given["outcome"] == "answered"
    assert "铂盛热力公司董事长" in {value["text"] for value in given["values"]}
    source = given["sources"][0]
    assert client.get(source["page"], follow_redirects=True).status_code == 200
    assert (source["name"], source["end"] - source["start"]) == ("yueyang", len(source["quote"]))
    assert client.get("/sparql", params={"query": given["sparql"]}).status_code == 200


def test_what_is_not_understood_offers_questions(client: Any) -> None:
    given = client.get("/api/ask", params={"q": "周渭超为什么高兴？"}).json()

    assert given["outcome"] == "unread"
    assert client.get("/api/ask", params={"q": given["nearest"][0]}).json()["outcome"] == "answered"


@pytest.mark.parametrize("params", [{}, {"q": " "}, {"q": "甲" * 81}, {"q": "甲", "x": "1"}])
def test_what_is_no_question_is_refused(client: Any, params: dict[str, str]) -> None:
    answer = client.get("/api/ask", params=params)

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_description_tells_of_questions(client: Any) -> None:
    described = client.get("/openapi.json").json()
    given = client.get("/api/ask", params={"q": "周渭超担任什么职务？"}).json()

    assert "/api/ask" in described["paths"]
    assert set(described["components"]["schemas"]["Answer"]["required"]) <= set(given)
    assert set(given) <= set(described["components"]["schemas"]["Answer"]["properties"])
