"""Adding a predicate is one entry in the schema and one pattern; then all of kg knows it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "data"
ENTRY = """
[[predicate]]
name = "sued"
label = { zh = "起诉", en = "sued" }
domain = ["Organization", "Person"]
range = ["Organization", "Person"]
comment.zh = "向法院起诉。"
comment.en = "Brought an action against it."
"""
PATTERN = """
[[pattern]]
id = "sued"
kind = "frame"
predicate = "sued"
description = "One takes another to court: 甲起诉乙."
confidence = 0.9
cues = ["起诉"]
passes = [["{长河机械|O}起诉{江北电子|O}。", "长河机械 > 江北电子"]]
fails = ["{长河机械|O}走访{江北电子|O}。"]
"""
TEXT = "长河集团走访江北大学\n2024年6月3日，长河集团有限公司起诉江北电子有限公司。\n"


def run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        env={**os.environ, "KG_DATA": str(data), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the data, with the two entries."""
    folder = tmp_path_factory.mktemp("own") / "data"
    shutil.copytree(DATA, folder)
    with (folder / "schema.toml").open("a", encoding="utf-8") as file:
        file.write(ENTRY)
    with (folder / "patterns" / "deed.toml").open("a", encoding="utf-8") as file:
        file.write(PATTERN)
    return folder


@pytest.fixture(scope="module")
def built(data: Path) -> Path:
    article = data.parent / "article.txt"
    article.write_text(TEXT, encoding="utf-8")
    done = run(data, "build", str(article), "-o", str(data.parent / "out"))
    assert done.returncode == 0, done.stderr  # the check of the graph is part of it
    return data.parent / "out"


def test_the_fact_is_in_the_graph_and_keeps_the_shapes(data: Path, built: Path) -> None:
    turtle = (built / "graph.ttl").read_text(encoding="utf-8")

    assert "rdf:predicate kg:sued" in turtle
    assert "长河集团有限公司 起诉 江北电子有限公司" in turtle
    assert run(data, "validate", "-g", str(built)).returncode == 0


def test_it_is_judged_by_its_pattern_alone(built: Path) -> None:
    fact = re.search(
        r"rdf:predicate kg:sued(.*?)\.\n\n", (built / "graph.ttl").read_text(encoding="utf-8"), re.DOTALL
    )

    assert fact
    assert re.search(r"kg:confidence 0\.9\d*\b", fact[0])


def test_without_the_entry_the_graph_breaks_the_shapes(built: Path) -> None:
    done = run(DATA, "validate", "-g", str(built))

    assert done.returncode == 1
    assert "of the vocabulary" in done.stderr


def test_the_page_has_its_label(built: Path) -> None:
    assert '"sued":["起诉","sued",""' in (built / "graph.html").read_text(encoding="utf-8")


def test_the_relations_show_it(data: Path, built: Path) -> None:
    shown = run(data, "query", "relations", "-g", str(built), "-f", "csv").stdout

    assert any("长河集团有限公司" in line and "sued" in line for line in shown.splitlines())


@pytest.mark.usefixtures("built")
def test_why_not_knows_it(data: Path) -> None:
    article = str(data.parent / "article.txt")

    told = run(data, "why-not", "长河集团有限公司", "sued", "江北电子有限公司", article).stdout

    assert "pattern sued fired" in told
    assert "taught nothing of this predicate" in told
    assert "in the graph" in told


def test_ontology_and_shapes_are_renewed_by_a_command(data: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "kg.graph.terms"], env={**os.environ, "KG_DATA": str(data)}, check=True
    )

    ontology = (data / "ontology.ttl").read_text(encoding="utf-8")
    assert (
        "kg:sued a owl:ObjectProperty ;\n  rdfs:domain [ a owl:Class ; owl:unionOf ( kg:Organization"
        in ontology
    )
    assert "kg:penalized kg:sued" in (data / "shapes.ttl").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [(ENTRY.replace("Person", "Persn"), "did you mean 'Person'"), (ENTRY.replace("[[", "["), "TOML")],
)
def test_a_wrong_entry_is_one_line(tmp_path: Path, wrong: str, said: str) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    with (tmp_path / "data" / "schema.toml").open("a", encoding="utf-8") as file:
        file.write(wrong)

    done = run(tmp_path / "data", "build", "-o", str(tmp_path / "out"))

    assert done.returncode == 1
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_data_that_is_no_folder_is_one_line(tmp_path: Path) -> None:
    done = run(tmp_path / "none", "build", "-o", str(tmp_path / "out"))

    assert done.returncode == 1
    assert "no folder of data" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
