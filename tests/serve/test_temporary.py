"""The folders of servers: gone with them, or at the next start; never those of one that lives."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.base import children
from kg.graph.store import Graph
from kg.serve.background import serving
from kg.serve.bulk_load import find_sources, load_store
from kg.serve.limits import Limits
from kg.serve.temporary import own_folder, remove_left

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no locks of this kind there")

HOLD = "import sys; from kg.serve.temporary import own_folder\nwith own_folder() as f: print(f, flush=True); sys.stdin.read()"
SERVE = "import sys; from kg.cli.app import main; sys.argv[0] = 'kg'; main()"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def _holding(folder: Path) -> tuple[subprocess.Popen[str], Path]:
    held = subprocess.Popen(
        children.command("-c", HOLD),
        env={**children.environment(), "TMPDIR": str(folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert held.stdout
    return held, Path(held.stdout.readline().strip())


def _until(true: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_what_a_killed_server_left_goes_at_the_next_start_and_what_a_living_one_has_stays(
    temporary: Path,
) -> None:
    killed, left = _holding(temporary)
    (left / "store").mkdir()
    living, kept = _holding(temporary)
    with killed, living:
        killed.kill()
        killed.wait()
        assert left.is_dir()

        with own_folder() as own:
            assert not left.exists()
            assert kept.is_dir()
            assert own.is_dir()
        assert not own.exists()

        living.communicate("")
    assert not kept.exists()


def test_nothing_of_others_goes(temporary: Path) -> None:
    """A folder without a lock that is young may just begin; a link may lead anywhere; other names are others'."""
    young, other, target = temporary / "kg-serve-young", temporary / "other", temporary / "target"
    for folder in (young, other, target):
        folder.mkdir()
    (target / "USED").touch()
    (temporary / "kg-serve-link").symlink_to(target)
    old = temporary / "kg-serve-old"
    old.mkdir()
    os.utime(old, (0, 0))

    remove_left()

    assert {path.name for path in temporary.iterdir()} == {
        "kg-serve-young",
        "other",
        "target",
        "kg-serve-link",
    }
    assert (target / "USED").exists()


def test_a_server_that_is_killed_leaves_nothing_after_the_next(temporary: Path, gold_graph: Graph) -> None:
    gold_graph.write(temporary / "graph.ttl")
    command = children.command("-c", SERVE, "serve", str(temporary / "graph.ttl"), "--port", "0")
    for _ in range(2):
        served = subprocess.Popen(
            command,
            env={**children.environment(), "TMPDIR": str(temporary)},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        with served:
            assert served.stdout
            assert served.stdout.readline()
            assert len(list(temporary.glob("kg-serve-*"))) == 1  # of the one before there is nothing
            served.kill()
    remove_left()
    assert not list(temporary.glob("kg-serve-*"))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no such file system here")
def test_a_worker_ends_with_its_server_also_while_it_answers(gold_graph: Graph, tmp_path: Path) -> None:
    gold_graph.write(tmp_path / "graph.ttl")
    load_store(find_sources([tmp_path / "graph.ttl"]), tmp_path / "store")
    command = children.command("-c", RUNAWAY, str(tmp_path / "store"))
    with subprocess.Popen(
        command, env=dict(children.environment()), stdout=subprocess.PIPE, text=True
    ) as served:
        assert served.stdout
        worker = int(served.stdout.readline())
        served.kill()
        served.wait()
        _until(lambda: _state(worker) in ("", "Z"), seconds=15)  # its deadline is 300


RUNAWAY = """
import sys, threading, time
from pathlib import Path
from kg.serve.bulk_load import current_version
from kg.serve.limits import Limits
from kg.serve.workers import Worker
if __name__ == "__main__":
    worker = Worker(current_version(Path(sys.argv[1])), Limits(workers=1))
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?g) }"
    threading.Thread(target=worker.ask, args=(("sparql", query, (), (), "text/csv", None), 300)).start()
    time.sleep(2)
    print(worker.process.pid, flush=True)
"""


def _state(process: int) -> str:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return ""


def test_a_worker_outlives_the_thread_that_started_it(gold_graph: Graph, tmp_path: Path) -> None:
    """What ends it is the end of the server, not that of a thread; the pool keeps its threads as long as its workers."""
    gold_graph.write(tmp_path / "graph.ttl")
    load_store(find_sources([tmp_path / "graph.ttl"]), tmp_path / "store")
    with serving(tmp_path / "store", Limits(workers=1)) as running:
        time.sleep(1)
        pids = [worker.process.pid for worker in running.site.pool._idle]
        assert [_state(pid or 0) not in ("", "Z") for pid in pids] == [True]
