"""The process that answers a query of the user's own: what it cannot do, and when it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.graph.store import Graph

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?a) = STR(?i)) }"

linux = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells")


def _until(true: Callable[[], object]) -> None:
    for _ in range(1000):
        if true():
            return
        time.sleep(0.02)
    pytest.fail("did not come about")


def _children(process: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _status(process: int) -> dict[str, str]:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return {"State": "Z"}
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


@linux
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_it_has_no_sockets_and_ends_with_the_process_that_asks(
    gold_graph: Graph, tmp_path: Path, end: signal.Signals
) -> None:
    gold_graph.write(tmp_path / "graph.ttl")
    command = [sys.executable, "-m", "kg", "query", ENDLESS, "-g", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as asking:
        try:
            _until(lambda: _children(asking.pid))
            (child,) = _children(asking.pid)
            _until(lambda: _status(child).get("Seccomp") == "2")  # it has shut itself in, and asks
            assert _status(child)["State"][0] != "Z"
        finally:
            asking.send_signal(end)
        asking.wait()
    _until(lambda: _status(child)["State"].startswith(("Z", "X")))


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="no such signal here")
def test_it_has_a_deadline_of_its_own() -> None:
    data = "".join(f'<x:{number}> <x:p> "{number}" .\n' for number in range(1000))
    head = {
        "query": ENDLESS,
        "bound": {},
        "base": "http://e/",
        "deadline": 0.0,
        "parent": os.getpid(),
        "place": "",
    }
    code = "import kg.graph.apart; kg.graph.apart.answer()"

    done = subprocess.run(
        [sys.executable, "-c", code],
        input=f"{json.dumps(head)}\n{data}".encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == -signal.SIGALRM


@linux
def test_it_does_not_begin_for_a_process_that_has_ended() -> None:
    head = {"query": "ASK {}", "bound": {}, "base": "http://e/", "deadline": 9.0, "parent": 1}
    code = "import kg.graph.apart; kg.graph.apart.answer()"

    done = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(head).encode() + b"\n",
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, b"")
