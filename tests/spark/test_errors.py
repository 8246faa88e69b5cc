"""What `kg spark` needs and what it refuses, each in one line that says how to mend it."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner

import kg
from kg.cli.app import app
from kg.spark.session import _cause


def failed(*words: str) -> str:
    done = CliRunner().invoke(app, ["spark", *words])
    return f"{done.exception}" if isinstance(done.exception, kg.KgError) else done.output


def test_without_pyspark_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)

    assert failed("a.jsonl") == (
        "kg spark: needs packages that are not installed (pip install 'kg-zh[spark]')"
    )


def test_without_java_its_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pyspark", "pyspark.errors", "pyspark.sql"):
        module = ModuleType(name)
        module.__dict__.update(PySparkException=RuntimeError, SparkSession=None)
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))

    assert failed("a.jsonl").startswith("kg spark: needs Java, and there is none (install Java 17 or 21")


def test_knowledge_of_the_user_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_KNOWLEDGE", "mine")

    assert failed("a.jsonl").startswith("mine: is knowledge of your own, and a job reads without (unset")


def test_a_setting_has_a_name_and_a_value() -> None:
    assert "give KEY=VALUE" in failed("a.jsonl", "--conf", "spark.driver.memory")


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("\n[PATH_NOT_FOUND] Path does not exist\nmore", "[PATH_NOT_FOUND] Path does not exist"),
        (
            "x\nCaused by: java.io.IOException: a\n\tat y\nCaused by: java.io.EOFException: b",
            "java.io.EOFException: b",
        ),
        (
            (
                "[FAILED_READ_FILE.NO_HINT] Encountered error while reading file file:///a/b.gz. SQLSTATE: KD001\n"
                "Caused by: java.io.IOException: not a gzip file"
            ),
            "file:///a/b.gz: java.io.IOException: not a gzip file",
        ),
        ("", "for no reason that it gives"),
    ],
)
def test_of_a_report_of_spark_its_cause_is_told(words: str, cause: str) -> None:
    assert _cause(words) == cause
