"""A disk without room, and files that may not grow: every command that writes says so in one line and leaves what was there."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

import kg
from kg.serve.bulk_load import find_sources, load_store
from tests import forked

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no such limits there")

LESS = 10_000
"""Bytes by which a limit goes down: less than what parts the largest files of the engine and the index."""

GOOD = "海川公司与明德大学签约\n海川公司4月4日与明德大学签署协议，总投资3亿元。\n"
GOLD = Path(__file__).parent / "gold"

# Runs kg where no file may have more than so many bytes: writing says the disk is full, as its system says it.
LIMITED = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))"
COMMANDS = (
    ("build", "TEXT", "-o", "OUT", "--replace", "--no-validate"),
    ("load", "BUILT", "--store", "STORE"),
    ("export", "--to", "nt", "-g", "BUILT", "-o", "OUT/graph.nt"),
    ("export", "--to", "csv", "-g", "BUILT", "-o", "OUT"),
    ("score", "GOLD", "--html", "OUT/graph.html"),
    ("serve", "BUILT", "--port", "0"),
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    kg.build_text(GOOD).save(tmp_path / "built")
    kg.build_text(GOOD).save(tmp_path / "out")
    load_store(find_sources([tmp_path / "built"]), tmp_path / "store")
    (tmp_path / "a.txt").write_text(GOOD.replace("海川", "山河"), encoding="utf-8")
    (tmp_path / "gold").mkdir()
    for suffix in (".txt", ".json"):
        shutil.copy(GOLD / f"zone{suffix}", tmp_path / "gold")
    (tmp_path / "tmp").mkdir()
    return tmp_path


def run(place: Path, command: tuple[str, ...], limit: int) -> subprocess.CompletedProcess[str]:
    names = {
        "TEXT": "a.txt", "OUT": "out", "OUT/graph.nt": "out/graph.nt", "OUT/graph.html": "out/graph.html",
        "BUILT": "built", "STORE": "store", "GOLD": "gold",
    }  # fmt: skip
    words = [str(place / names[word]) if word in names else word for word in command]
    return forked.run(
        *words, first=LIMITED.format(limit=limit), env={**os.environ, "TMPDIR": str(place / "tmp")}
    )


def tree(place: Path) -> dict[str, bytes]:
    """Return every file but the locks, which have no content."""
    return {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in place.rglob("*")
        if path.is_file() and path.name != "LOCK"
    }


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: "-".join(command[:3:2]))
def test_a_file_that_may_not_grow_is_one_line_and_nothing_is_lost(
    command: tuple[str, ...], place: Path
) -> None:
    before = tree(place)

    done = run(place, command, 64)

    assert done.returncode == 1
    assert done.stderr.startswith("kg: ")
    assert done.stderr.count("\n") == 1
    assert "cannot be written" in done.stderr
    assert tree(place) == before


def test_a_load_that_stops_in_its_engine_or_in_its_index_leaves_the_store(place: Path) -> None:
    """The index writes the largest file, so on the way down it is the first to meet the limit, and the engine the next."""
    article = "".join(
        f"海川{number}公司4月4日与明德大学签署协议，总投资{number}亿元。\n" for number in range(9)
    )
    kg.build_text(article).save(place / "built", replace=True)
    load_store(find_sources([place / "built"]), place / "store")
    before = tree(place / "store")
    largest = max(map(len, before.values()))
    stopped = {"index": "", "engine": ""}

    for limit in range(largest // LESS * LESS, LESS, -LESS):
        done = run(place, ("load", "BUILT", "--store", "STORE"), limit)
        if done.returncode == 0:  # nothing that counts has so many bytes
            before = tree(place / "store")
            continue
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert "cannot be written" in done.stderr
        assert tree(place / "store") == before
        assert not list((place / "store").glob(".*"))
        stopped["index" if "disk I/O error" in done.stderr else "engine"] = done.stderr
        if all(stopped.values()):
            break

    assert all(stopped.values()), stopped
