"""Many clients that do everything wrong, workers killed at random, new builds swapped in: is every answer still right?

    python benchmarks/soak_serve.py --seconds 600 --clients 32

Starts a server on the loopback, asks it for a bounded time, and ends it. Exit status 0 when no answer was wrong, no
status was unexpected, the server is alive, and neither its memory nor its file handles grew.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import bench_serve
import news_graph

from kg.serve.bulk_load import find_sources, load_store

RIGHT = (
    "SELECT (COUNT(*) AS ?n) { ?s a kg:Person }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT (COUNT(DISTINCT ?q) AS ?n) { ?s oa:exact ?q }",
    "SELECT ?l { ?s a kg:Organization ; skos:prefLabel ?l } ORDER BY ?l ?s LIMIT 50",
)
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?g) }"
MALFORMED = (
    "SELECT {",
    "INSERT DATA { <urn:a> <urn:b> 1 }",
    "SELECT * { SERVICE <http://127.0.0.1:9/> {} }",
    "\x00",
    "(" * 5000,
)


class Soak:
    """One run."""

    def __init__(self, port: int, server: int, answers: list[set[bytes]], seed: int) -> None:
        self.port, self.server, self.answers, self.seed = port, server, answers, seed
        self.count: Counter[str] = Counter()
        self.problems: list[str] = []
        self.stop = threading.Event()
        self._lock = threading.Lock()

    def note(self, what: str, problem: str = "") -> None:
        """Count what happened, and keep the first problems."""
        with self._lock:
            self.count[what] += 1
            if problem and len(self.problems) < 20:
                self.problems.append(problem)

    def client(self, number: int) -> None:
        """Ask until told to stop, now well, now badly."""
        chance = random.Random(self.seed * 1000 + number)  # noqa: S311 - no secret
        while not self.stop.is_set():
            act = chance.choices(
                (self.right, self.page, self.malformed, self.runaway, self.hang_up), (70, 12, 10, 2, 6)
            )[0]
            try:
                act(chance)
            except (OSError, http.client.HTTPException) as error:
                self.note("broken", f"{act.__name__}: {error!r}")

    def get(self, path: str, accept: str = "text/csv") -> tuple[int, bytes]:
        """Return the status and the body of one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path, headers={"Accept": accept})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def right(self, chance: random.Random) -> None:
        """Ask what is known, and compare."""
        which = chance.randrange(len(RIGHT))
        status, body = self.get(f"/sparql?{urlencode({'query': RIGHT[which]})}")
        if status == 503:
            self.note("busy")
        elif status == 200 and body in self.answers[which]:
            self.note("right")
        elif status == 504:
            self.note("late")  # a loaded machine may be slower than the deadline; that is said, not hidden
        else:
            self.note("wrong", f"{status} {RIGHT[which]}: {body[:80]!r}")

    def page(self, chance: random.Random) -> None:
        """Open a page."""
        path = chance.choice(
            (
                "/",
                "/query",
                f"/search?q={quote('青禾')}",
                "/api/queries/people?limit=5",
                "/metrics",
                "/id/none",
                "/api/suggest?q=%00",
            )
        )
        status, _ = self.get(path, "*/*")
        self.note(f"page {status}", "" if status in (200, 303, 404, 503, 504) else f"{status} {path}")
        if status not in (200, 303, 404, 503, 504):
            self.note("unexpected")

    def malformed(self, chance: random.Random) -> None:
        """Ask what no server should answer."""
        status, body = self.get(f"/sparql?{urlencode({'query': chance.choice(MALFORMED)})}")
        self.note(
            "malformed" if status in (400, 403, 503) else "unexpected",
            "" if status in (400, 403, 503) else f"{status} {body[:80]!r}",
        )

    def runaway(self, chance: random.Random) -> None:  # noqa: ARG002 - as the others
        """Ask what never ends."""
        status, body = self.get(f"/sparql?{urlencode({'query': RUNAWAY})}")
        self.note(
            "runaway" if status in (503, 504) else "unexpected",
            "" if status in (503, 504) else f"{status} {body[:80]!r}",
        )

    def hang_up(self, chance: random.Random) -> None:
        """Ask, and leave before the answer."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            query = urlencode({"query": chance.choice((RUNAWAY, *RIGHT))})
            request = f"GET /sparql?{query} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
            connection.sendall(request[: chance.choice((20, len(request)))])
            time.sleep(chance.random() * 0.2)
        self.note("hung up")

    def killer(self) -> None:
        """Kill a worker of the server now and then."""
        chance = random.Random(self.seed)  # noqa: S311 - no secret
        while not self.stop.wait(chance.uniform(1, 4)):
            workers = bench_serve._children(self.server)
            if workers:
                try:
                    os.kill(chance.choice(workers), signal.SIGKILL)
                    self.note("killed")
                except ProcessLookupError:  # it has just ended
                    continue

    def swapper(self, store: Path, graphs: list[Path], seconds: float) -> None:
        """Load one graph, then the other, into the served store."""
        turn = 1
        while not self.stop.wait(max(2.0, seconds / 12)):
            load_store(find_sources([graphs[turn % 2]]), store)
            self.note("swapped")
            turn += 1


def main() -> None:
    """Soak a server, and say how it came out."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])  # type: ignore[union-attr]
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument(
        "--articles", type=int, default=200, help="of each of the two graphs that are swapped"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--report", type=Path)
    given = parser.parse_args()
    if given.seconds > 3600 or given.clients > 64:
        parser.error("at most an hour and 64 clients")
    with tempfile.TemporaryDirectory(prefix="kg-soak-") as folder:
        report = _soak(Path(folder), given)
    print(json.dumps(report, ensure_ascii=False, indent=1))
    if given.report:
        given.report.write_text(json.dumps(report, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.exit(0 if report["passed"] else 1)


def _soak(folder: Path, given: argparse.Namespace) -> dict[str, Any]:
    graphs = [folder / "a.nt", folder / "b.nt"]
    for number, path in enumerate(graphs):
        news_graph.write(path, given.articles * 600, seed=given.seed + number)
    store = folder / "store"
    answers: list[set[bytes]] = [set() for _ in RIGHT]
    for path in reversed(graphs):  # so that the first is what the server starts with
        load_store(find_sources([path]), store)
        _known(store, answers)
    command = [
        sys.executable,
        "-c",
        bench_serve.COMMAND,
        "serve",
        str(store),
        "--port",
        "0",
        "--deadline",
        "4",
        "--memory",
        "512",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None  # noqa: S101 - a pipe was asked for
            port = int(process.stdout.readline().rstrip("/\n").rsplit(":", 1)[1])
            bench_serve._wait(port)
            report = _run(Soak(port, process.pid, answers, given.seed), store, graphs, given)
            report["alive"] = process.poll() is None
        finally:
            process.terminate()
            status = process.wait(60)
    report["stopped with"] = status
    report["passed"] = _passed(report)
    return report


def _known(store: Path, answers: list[set[bytes]]) -> None:
    """Add what the store answers, asked in this process."""
    from kg.serve.answers.opened import Opened
    from kg.serve.answers.sparql import sparql
    from kg.serve.bulk_load import current_version
    from kg.serve.limits import Limits

    here = Opened(current_version(store), Limits())
    for which, query in enumerate(RIGHT):
        answers[which].add(sparql(here, query, (), (), "text/csv", None).body)


def _run(soak: Soak, store: Path, graphs: list[Path], given: argparse.Namespace) -> dict[str, Any]:
    threads = [threading.Thread(target=soak.client, args=(number,)) for number in range(given.clients)]
    threads += [
        threading.Thread(target=soak.killer),
        threading.Thread(target=soak.swapper, args=(store, graphs, given.seconds)),
    ]
    for thread in threads:
        thread.start()
    time.sleep(given.seconds / 4)  # warm
    before = _size(soak.server)
    time.sleep(given.seconds * 3 / 4)
    soak.stop.set()
    for thread in threads:
        thread.join(120)
    time.sleep(3)  # what was killed is replaced, who has gone is forgotten
    after = _size(soak.server)
    status, _ = soak.get("/health")
    return {
        **{
            name: soak.count[name]
            for name in ("right", "wrong", "unexpected", "broken", "busy", "late", "killed", "swapped")
        },
        "count": dict(sorted(soak.count.items())),
        "problems": soak.problems,
        "health": status,
        "before": before,
        "after": after,
    }


def _size(server: int) -> dict[str, float]:
    handles = len(list(Path(f"/proc/{server}/fd").iterdir()))
    return {"MiB": bench_serve._resident(server), "handles": handles}


def _passed(report: dict[str, Any]) -> bool:
    steady = report["after"]["MiB"] <= report["before"]["MiB"] * 1.25 + 16
    closed = report["after"]["handles"] <= report["before"]["handles"] + 8
    faults = report["wrong"] + report["unexpected"] + report["broken"]
    return bool(
        report["right"]
        and not faults
        and report["alive"]
        and report["health"] == 200
        and steady
        and closed
        and report["stopped with"] == 0
    )


if __name__ == "__main__":
    main()
