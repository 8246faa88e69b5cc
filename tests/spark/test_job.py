"""A job of Spark gives the bytes that the process pool of one machine gives, however it is cut into parts, and goes on."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from kg.base import children
from kg.cli.sources import SKIPPED
from kg.corpus import readings
from tests.spark.sources import BAD, quads, quads_of, records, run, tree

pytestmark = pytest.mark.spark

JOBS = """
import json, shutil, sys
from pathlib import Path
from kg.corpus.reader import reader_digest
from kg.graph.vocabulary import DEFAULT_BASE
from kg.base.errors import KgError
from kg.spark import tables
from kg.spark.job import run
from kg.spark.tables import Tables
from kg.spark.rows import Asked
from kg.spark.session import session
import pyarrow, pyarrow.parquet

reader, told = reader_digest(None), {}
def job(spark, sources, out, buckets, replace=False):
    done = run(spark, sources, out, Asked(DEFAULT_BASE, reader, buckets=buckets), replace=replace)
    told[out] = [done.articles, done.read, done.lines, [[each.line, each.what] for each in done.aside]]
with session("local[2]", {}) as spark:
    job(spark, ["a b.jsonl", "c.jsonl.gz"], "whole", 2)
    shutil.copytree("whole", "cut")
    for gone in ("_SUCCESS", "manifest.json", "quads", "readings/bucket=1"):
        shutil.rmtree(f"cut/{gone}") if Path(f"cut/{gone}").is_dir() else Path(f"cut/{gone}").unlink()
    job(spark, ["a b.jsonl", "c.jsonl.gz"], "cut", 2)
    told["resumed"] = told.pop("cut")
    job(spark, ["a b.jsonl", "c.jsonl.gz"], "cut", 2)
    told["again"] = told.pop("cut")
    try:
        job(spark, ["c.jsonl.gz"], "cut", 2)
    except KgError as error:
        told["other"] = str(error)
    Tables._cores, tables._LEAST = property(lambda _: 5), 1
    rows = [json.loads(line) for line in Path("rows.jsonl").read_text().splitlines()]
    Path("rows").mkdir()
    columns = pyarrow.schema([(name, pyarrow.string()) for name in ("text", "id", "date")])
    for part in range(3):
        own = rows[part * len(rows) // 3 : (part + 1) * len(rows) // 3][::-1]
        table = pyarrow.Table.from_pylist(own, columns)
        pyarrow.parquet.write_table(table.select(["text", "id", "date"][: 2 + (part != 1)]), f"rows/{part}.parquet")
    shutil.copytree("whole", "parquet")
    job(spark, ["rows"], "parquet", 5, replace=True)
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def jobs(place: Path) -> dict[str, Any]:
    """What some jobs tell: one, the same after it was cut off, and one of the same articles in other files and parts."""
    every = records()
    third = slice(len(every) // 3, 2 * len(every) // 3)  # of a file without a column of dates
    for row in every[third]:
        assert "date" not in row
    lines = (json.dumps(row, ensure_ascii=False) for row in every)
    (place / "rows.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run(
        children.command("-c", JOBS),
        cwd=place,
        env=children.environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_the_quads_are_those_of_the_corpus_of_the_pool(place: Path, jobs: dict[str, Any]) -> None:
    assert jobs["whole"][:3] == [21, 21, 22]
    assert quads_of(place / "whole") == quads(place / "corpus/merged/merged.nq.gz")


def test_each_bucket_is_a_file_that_the_manifest_counts(place: Path, jobs: dict[str, Any]) -> None:
    manifest = json.loads((place / "whole" / "manifest.json").read_text(encoding="utf-8"))
    files = {each["file"]: each for each in manifest["files"]}

    assert jobs
    assert set(files) == {
        f"quads/{name}.nq.gz" for name in ("0000", "0001", "identity", "merged", "merged-0000")
    }
    for name, each in files.items():
        path = place / "whole" / name
        assert (each["quads"], each["bytes"]) == (len(quads(path)), path.stat().st_size)
    assert manifest["quads"] == len(quads_of(place / "whole"))
    assert not (place / "whole" / "work").exists()


def test_a_line_without_an_article_is_set_aside_by_its_number(jobs: dict[str, Any]) -> None:
    lines, reasons = zip(*jobs["whole"][3], strict=True)

    assert len(reasons) == len(BAD)
    assert list(lines) == [5, 11, 4]  # the last in the second file
    assert reasons[0].startswith("no JSON")


def test_a_corpus_of_the_job_has_the_bytes_of_the_pool_and_reads_nothing(
    place: Path, jobs: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_reading(articles: Any, *_: Any) -> Any:
        assert not list(articles)
        return iter(())

    assert jobs
    monkeypatch.setattr(readings, "read_articles", no_reading)
    monkeypatch.chdir(place)

    output = run("build", "whole", "-o", "taken", "--no-validate", status=SKIPPED)

    assert "c.jsonl.gz:4" in output
    assert tree(place / "taken") == tree(place / "corpus")


def test_a_corpus_is_joined_as_its_job_was_unless_the_command_says_otherwise(
    place: Path, jobs: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert jobs
    shutil.copytree(place / "whole", tmp_path / "strict")
    asked = json.loads((tmp_path / "strict" / "job.json").read_text(encoding="utf-8"))
    assert asked["level"] == "likely"
    (tmp_path / "strict" / "job.json").write_text(json.dumps({**asked, "level": "sure"}), encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    for options, level in (((), "sure"), (("--merge", "likely"), "likely")):
        run("build", "strict", "-o", level, "--no-validate", *options, status=SKIPPED)
        assert json.loads((tmp_path / level / "manifest.json").read_text(encoding="utf-8"))["level"] == level


def test_a_job_that_was_cut_off_reads_only_what_is_missing(place: Path, jobs: dict[str, Any]) -> None:
    first, again = (
        {name: data for name, data in tree(place / job).items() if name.startswith(("quads/", "things"))}
        for job in ("whole", "cut")
    )

    assert jobs["resumed"][0] == 21
    assert 0 < jobs["resumed"][1] < 21
    assert jobs["again"][:2] == [21, 0]
    assert first == again


def test_other_files_and_parts_of_the_same_articles_are_the_same_graph(
    place: Path, jobs: dict[str, Any]
) -> None:
    assert jobs["parquet"][:3] == [21, 21, 22]
    whole, parquet = (quads_of(place / name) for name in ("whole", "parquet"))
    assert whole == parquet
    things = [(place / name / "things.json.gz").read_bytes() for name in ("whole", "parquet")]
    assert things[0] == things[1]


QUERIES = ("people", "honours", "successions", "same-name", "main-events")


def test_the_quads_load_into_oxigraph_and_answer_as_the_corpus_does(
    place: Path, jobs: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert jobs
    monkeypatch.chdir(place)
    run("load", "whole/quads", "-s", "store")

    rows = {
        name: [run("query", name, "-g", graph, "-f", "csv") for graph in ("store", "corpus")]
        for name in QUERIES
    }

    assert {name: one == other for name, (one, other) in rows.items()} == dict.fromkeys(QUERIES, True)
    assert sum(len(one.splitlines()) > 1 for one, _ in rows.values()) >= 3


def test_another_job_in_its_folder_is_refused(jobs: dict[str, Any]) -> None:
    assert jobs["other"].startswith(
        "cut: holds another job, or one of another version of kg (give the sources"
    )
