"""A disk without room, and files that may not grow: every command that writes says so in one line and leaves what was there."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

import kg
from kg.base import children
from kg.serve.bulk_load import find_sources, load_store

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no such limits there")

GOOD = "海川公司与明德大学签约\n海川公司4月4日与明德大学签署协议，总投资3亿元。\n"
GOLD = Path(__file__).parent / "gold"

# Runs kg where no file may have more than so many bytes: writing says the disk is full, as its system says it.
LIMITED = """
import resource, sys
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
from kg.cli.app import main
main()
"""
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


def run(place: Path, command: tuple[str, ...], *before: str) -> subprocess.CompletedProcess[str]:
    names = {
        "TEXT": "a.txt", "OUT": "out", "OUT/graph.nt": "out/graph.nt", "OUT/graph.html": "out/graph.html",
        "BUILT": "built", "STORE": "store", "GOLD": "gold",
    }  # fmt: skip
    words = [str(place / names[word]) if word in names else word for word in command]
    return subprocess.run(
        [*children.command("-c", LIMITED), *before, *words],
        env={**children.environment(), "TMPDIR": str(place / "tmp")},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
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

    done = run(place, command, "64")

    assert done.returncode == 1
    assert done.stderr.startswith("kg: ")
    assert done.stderr.count("\n") == 1
    assert "cannot be written" in done.stderr
    assert tree(place) == before


@pytest.mark.parametrize("limit", [60_000, 100_000])
def test_a_load_that_stops_in_its_engine_or_in_its_index_leaves_the_store(place: Path, limit: int) -> None:
    """The engine and the index write files of other sizes, so each of them meets its limit."""
    article = "".join(
        f"海川{number}公司4月4日与明德大学签署协议，总投资{number}亿元。\n" for number in range(9)
    )
    kg.build_text(article).save(place / "built", replace=True)
    before = tree(place / "store")

    done = run(place, ("load", "BUILT", "--store", "STORE"), str(limit))

    assert done.returncode in (0, 1)
    assert done.stderr.count("\n") == done.returncode
    assert done.returncode == 0 or "cannot be written" in done.stderr
    assert done.returncode == 0 or tree(place / "store") == before
    assert not list((place / "store").glob(".*"))
