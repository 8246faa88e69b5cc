"""Articles of tests as files of lines, what the process pool of one machine makes of them, and who needs Spark."""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kg.cli.app import app

GOLD = Path(__file__).parents[1] / "gold"
BAD = ("{no", '{"id": "x"}', '{"id": "y", "text": "no Chinese"}')
ARTICLES = 20


def needs_spark() -> None:
    """Skip a test where PySpark or Java is missing; CI has both."""
    missing = [name for name in ("pyspark", "pyarrow", "pandas") if importlib.util.find_spec(name) is None]
    missing += [] if shutil.which("java") or os.environ.get("JAVA_HOME") else ["Java"]
    if missing and os.environ.get("CI") != "true":
        pytest.skip(
            f"no {', '.join(missing)}: pip install 'kg-zh[spark]', apt-get install default-jre-headless"
        )
    assert not missing


def records() -> list[dict[str, Any]]:
    """Articles, one of them twice, and two that are called the same."""
    rows = [
        {"id": path.stem, "text": path.read_text(encoding="utf-8")}
        | ({"date": f"2024-05-{number + 1:02}"} if number < 6 else {})
        for number, path in enumerate(sorted(GOLD.glob("*.txt"))[:ARTICLES])
    ]
    assert len(rows) == ARTICLES
    return [*rows, {**rows[2], "id": "again"}, {"id": rows[3]["id"], "text": f"{rows[4]['text']}\n又讯。"}]


def write_lines(folder: Path) -> list[Path]:
    """Write the articles into two files of lines, some of which hold none."""
    lines = [json.dumps(row, ensure_ascii=False) for row in records()]
    for at, bad in zip((4, 9, 15), BAD, strict=True):
        lines.insert(at, bad)
    lines.insert(6, "")
    half = len(lines) // 2
    paths = [folder / "a b.jsonl", folder / "c.jsonl.gz"]
    paths[0].write_text("\n".join(lines[:half]) + "\n", encoding="utf-8")
    paths[1].write_bytes(gzip.compress("\n".join(lines[half:]).encode(), mtime=0))
    return paths


def run(*words: object, status: int = 0) -> str:
    """Run a command of kg in this process."""
    done = CliRunner().invoke(app, [*map(str, words)])
    assert done.exit_code == status, f"{done.output}{done.exception}"
    return done.output


def quads(*paths: Path) -> list[str]:
    """Return the lines of packed files, sorted."""
    return sorted(line for path in paths for line in gzip.decompress(path.read_bytes()).decode().splitlines())


def quads_of(job: Path) -> list[str]:
    """Return the lines of all files of quads of a job, sorted, without the one that all but the first begin with."""
    found = quads(*(job / "quads").glob("*.nq.gz"))
    heads = {gzip.decompress(path.read_bytes()).split(b"\n")[0] for path in (job / "quads").glob("*.nq.gz")}
    (head,) = (each.decode() for each in heads)
    for _ in range(found.count(head) - 1):
        found.remove(head)
    return found


def tree(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
