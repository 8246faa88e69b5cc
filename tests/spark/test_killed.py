"""An executor that is killed in the middle of a job changes no byte of it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from kg.base import children
from kg.cli.sources import SKIPPED
from tests.spark.sources import quads, quads_of, run, tree

pytestmark = pytest.mark.spark

_EXECUTOR = "CoarseGrainedExecutorBackend"
_WAITED = 600  # seconds at most, for a machine on which much else runs


def parents() -> dict[int, int]:
    """Every process of this machine, with the one that started it."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            found[int(path.parent.name)] = int(
                path.read_text(errors="replace").rpartition(") ")[2].split()[1]
            )
        except (OSError, ValueError, IndexError):  # it has ended
            continue
    return found


def executors(of: int) -> list[int]:
    """The executors of a job, by the process of its driver: none of another job."""
    started, found = parents(), []
    for pid in started:
        above = pid
        while above > 1 and above != of:
            above = started.get(above, 0)
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        if above == of and any(word.endswith(_EXECUTOR) for word in words) and "java" in words[0]:
            found.append(pid)
    return sorted(found)


@pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="processes are found by /proc, which only Linux has"
)
def test_an_executor_killed_in_the_middle_changes_no_byte(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ("spark", "a b.jsonl", "c.jsonl.gz", "-o", "killed", "--buckets", "3")
    master = ("--master", "local-cluster[2,1,1024]", "--conf", "spark.default.parallelism=2")
    with subprocess.Popen(
        children.command("-m", "kg", *command, *master),
        cwd=place,
        env=children.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as job:
        first = place / "killed/readings/bucket=0/_SUCCESS"
        end = time.monotonic() + _WAITED
        while not first.exists() and job.poll() is None and time.monotonic() < end:
            time.sleep(0.05)
        running = executors(job.pid)
        for pid in running[:1]:
            os.kill(pid, signal.SIGKILL)
        is_finished = (place / "killed/_SUCCESS").exists()
        output, _ = job.communicate(timeout=_WAITED)

    assert job.returncode == SKIPPED, output
    assert len(running) == 2
    assert not is_finished
    assert quads_of(place / "killed") == quads(place / "corpus/merged/merged.nq.gz")
    monkeypatch.chdir(place)
    run("build", "killed", "-o", "revived", "--no-validate", status=SKIPPED)
    assert tree(place / "revived") == tree(place / "corpus")
