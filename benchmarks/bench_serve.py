"""How fast a store loads, beside the bare engine, and how much the server adds to a query.

    python benchmarks/bench_serve.py [--triples 1000000] [--seconds 5] [--out report.json]

Needs the extra `serve`. Traffic goes to a server on the loopback that this program starts, for a bounded time.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import news_graph
import pyoxigraph as ox

from kg.graph.vocabulary import DEFAULT_BASE, PREFIXES
from kg.serve.bulk_load import current_version, find_sources, load_store

COMMAND = "import typer; from kg.cli.serve import register; app = typer.Typer(); register(app); app()"

QUERIES = {
    "name": 'SELECT ?s { ?s skos:prefLabel "青禾机械公司"@zh } LIMIT 20',
    "facts of one": 'SELECT ?f ?p ?o { ?s skos:prefLabel "青禾机械公司"@zh . ?f rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o } LIMIT 200',
    "quotes of one": 'SELECT ?f ?q { ?s skos:prefLabel "青禾机械公司"@zh . ?f rdf:subject ?s ; prov:wasDerivedFrom/oa:hasSelector/oa:exact ?q } LIMIT 100',
    "posts": "SELECT ?p ?o ?r { ?f rdf:predicate kg:holdsPosition ; rdf:subject ?p ; rdf:object ?o ; schema:roleName ?r } LIMIT 100",
    "planned": "SELECT ?s ?o { ?f kg:status kg:planned ; rdf:subject ?s ; rdf:object ?o } LIMIT 100",
    "place": 'ASK { ?p kg:placeCode "430603" . ?s kg:locatedIn ?p }',
    "articles of a day": 'SELECT ?a ?l { ?a schema:datePublished "2021-03-04"^^xsd:date ; rdfs:label ?l } LIMIT 50',
    "block": 'CONSTRUCT { ?s ?p ?o } WHERE { { SELECT ?s { ?s skos:prefLabel "青禾机械公司"@zh } LIMIT 5 } ?s ?p ?o }',
}
"""Eight questions that people ask; each answers in milliseconds, so that what the server adds shows."""


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])  # type: ignore[union-attr]
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=5.0, help="of each measure of throughput")
    parser.add_argument("--repeat", type=int, default=30, help="times that each query is asked")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        report = _measure(Path(folder), given.triples, given.seconds, given.repeat)
    if given.out:
        given.out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _measure(folder: Path, triples: int, seconds: float, repeat: int) -> dict[str, Any]:
    data = folder / "news.nt"
    count = news_graph.write(data, triples)
    print(f"graph: {count:,} lines, {data.stat().st_size >> 20} MiB")
    report: dict[str, Any] = {"lines": count, "load": _loads(folder, data)}
    with _server(folder / "store") as (port, process):
        report["latency ms"] = _latencies(folder / "store", port, repeat)
        report["throughput"] = {str(clients): _throughput(port, clients, seconds) for clients in (1, 8, 64)}
        report["memory MiB"] = _memory(process.pid)
    print(f"throughput, queries a second with so many clients: {report['throughput']}")
    print(f"memory, MiB: {report['memory MiB']}")
    return report


def _loads(folder: Path, data: Path) -> dict[str, float]:
    bare, ours, indexing = [], [], []
    for turn in range(2):  # one after the other, twice, the better of each: the disk's cache is warm for both
        store = ox.Store(str(folder / f"bare{turn}"))
        started = time.perf_counter()
        with data.open("rb") as file:
            store.bulk_load(file, ox.RdfFormat.N_TRIPLES)
        store.flush()
        bare.append(time.perf_counter() - started)
        triples = len(store)
        del store
        loaded = load_store(find_sources([data]), folder / "store")
        ours.append(loaded.seconds)
        indexing.append(loaded.indexing)
    found = {
        "triples": triples,
        "bare a second": round(triples / min(bare)),
        "ours a second": round(triples / min(ours)),
        "ratio": round(min(bare) / min(ours), 3),
        "index seconds": round(min(indexing), 1),
        "ours with index a second": round(triples / (min(ours) + min(indexing))),
    }
    print(f"load: {found}")
    return found


@contextmanager
def _server(store: Path) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    command = [sys.executable, "-c", COMMAND, "serve", str(store), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None  # noqa: S101 - a pipe was asked for
            port = int(re.search(r":(\d+)/", process.stdout.readline())[1])  # type: ignore[index]
            _wait(port)
            yield port, process
        finally:
            process.terminate()


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            if _get(http.client.HTTPConnection("127.0.0.1", port), "ASK {}")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def _get(connection: http.client.HTTPConnection, query: str) -> tuple[int, bytes]:
    connection.request("GET", f"/sparql?{urlencode({'query': query})}")
    answer = connection.getresponse()
    return answer.status, answer.read()


def _latencies(store: Path, port: int, repeat: int) -> dict[str, dict[str, float]]:
    engine = ox.Store.read_only(str(current_version(store) / "triples"))
    prefixes = {"id": DEFAULT_BASE, **PREFIXES}
    connection = http.client.HTTPConnection("127.0.0.1", port)
    found = {}
    for name, query in QUERIES.items():
        inside, outside = [], []
        for _ in range(repeat + 1):
            started = time.perf_counter()
            answer = engine.query(query, prefixes=prefixes)
            data = answer.serialize(format=_format(answer))
            inside.append(time.perf_counter() - started)
            started = time.perf_counter()
            status, body = _get(connection, query)
            outside.append(time.perf_counter() - started)
            assert status == 200, body  # noqa: S101
            assert len(body) > 10 or data  # noqa: S101
        ours, bare = (statistics.median(each[1:]) * 1000 for each in (outside, inside))
        found[name] = {
            "in process": round(bare, 2),
            "http": round(ours, 2),
            "overhead": round(ours - bare, 2),
        }
        print(f"{name:20} {found[name]}")
    return found


def _format(answer: object) -> Any:
    return ox.RdfFormat.TURTLE if isinstance(answer, ox.QueryTriples) else ox.QueryResultsFormat.JSON


def _throughput(port: int, clients: int, seconds: float) -> float:
    done: list[int] = []
    end = time.monotonic() + seconds

    def work(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        queries = list(QUERIES.values())
        count = 0
        while time.monotonic() < end:
            status, _ = _get(connection, queries[(number + count) % len(queries)])
            count += status == 200
        done.append(count)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return round(sum(done) / (time.monotonic() - started), 1)


def _memory(server: int) -> dict[str, float]:
    own, workers = _resident(server), [_resident(child) for child in _children(server)]
    return {"server": own, "workers": sum(workers), "processes": 1 + len(workers)}


def _children(process: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{process}/task").iterdir():
        found += [int(each) for each in (task / "children").read_text().split()]
    return found


def _resident(process: int) -> float:
    return round(
        int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    )


if __name__ == "__main__":
    main()
