"""A kg that is forked for the tests is one that is started: in its words, its status, its end, and what it goes by."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.forked import TEXT, run, run_raw


@pytest.mark.parametrize(
    "words",
    [
        ("queries",),
        ("poeple",),
        ("query", "people", "-g", "none"),
        ("build", "-", "-o", "out", "--lang", "zh"),
    ],
    ids=lambda words: words[0],
)
def test_it_says_and_does_what_a_started_one_does(words: tuple[str, ...], tmp_path: Path) -> None:
    places = [tmp_path / "forked", tmp_path / "started"]
    for place in places:
        place.mkdir()

    forked = run_raw(*words, input="", cwd=places[0])
    started = subprocess.run(
        [sys.executable, "-m", "kg", *words], input=b"", cwd=places[1], capture_output=True, check=False
    )

    assert (forked.returncode, forked.stdout, forked.stderr) == (
        started.returncode,
        started.stdout,
        started.stderr,
    )


def test_what_one_did_is_gone_for_the_next(tmp_path: Path) -> None:
    changed = "import kg.version as v, kg.cli.app as a; a.__version__ = 'other'; import os; os.chdir('/')"

    assert run("--version", first=changed).stdout == "kg other\n"
    assert run("--version").stdout != "kg other\n"
    assert run("build", "-", "-o", "out", "--no-validate", input=TEXT, cwd=tmp_path).returncode == 0
    assert (tmp_path / "out" / "graph.ttl").exists()


def test_a_signal_is_its_status_and_what_it_does_not_end_by_a_trace() -> None:
    assert run("queries", first="import os; os.kill(os.getpid(), 9)").returncode == -signal.SIGKILL
    failed = run("queries", first="raise LookupError('here')")
    assert failed.returncode == 1
    assert "LookupError: here" in failed.stderr


def test_it_is_killed_when_its_time_is_over() -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        run("queries", first="import time; time.sleep(60)", timeout=0.2)

    assert run("queries").returncode == 0


def test_other_data_are_loaded_by_a_python_that_is_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KG_DATA", str(tmp_path))

    assert str(tmp_path) in run("build", "-", "-o", tmp_path / "out", input=TEXT).stderr
    monkeypatch.setenv("PYTHONHASHSEED", "1")
    monkeypatch.delenv("KG_DATA")
    seeded = "import sys; print(hash('kg'), sys.flags.hash_randomization)"
    assert run("--version", first=seeded).stdout == run("--version", first=seeded).stdout
