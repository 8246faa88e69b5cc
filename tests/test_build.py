"""``kg build`` and the folder it writes to: a second build, another graph, its own outputs among the sources."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg.base.home import articles_in, is_home, is_own_page
from kg.cli.app import app

BRIDGE = "青山村修桥\n青山村村长王大海主持修桥。"
SCHOOL = "白水镇办学\n白水镇镇长李小明主持办学。"


def build(*words: object) -> str:
    done = CliRunner().invoke(app, ["build", *map(str, words), "--no-validate"])
    return str(done.exception) if done.exception else done.output


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    (tmp_path / "school.txt").write_text(SCHOOL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(folder: Path) -> set[str]:
    return {name for name, _ in articles_in((folder / "graph.ttl").read_bytes())}


def test_what_kg_writes_is_known_as_its_own(place: Path) -> None:
    build("bridge.txt")

    assert is_home(place / "out")
    assert names(place / "out") == {"bridge"}
    assert is_own_page(place / "out" / "graph.html")


def test_a_build_does_not_take_the_place_of_another_graph_unasked(place: Path) -> None:
    build("bridge.txt", "school.txt")
    before = (place / "out" / "graph.ttl").read_bytes()

    assert "--replace" in build("school.txt")
    assert (place / "out" / "graph.ttl").read_bytes() == before

    assert "--replace" not in build("school.txt", "--replace")
    assert names(place / "out") == {"school"}
    assert [path.name for path in (place / "out" / "articles").iterdir()] == ["school.txt"]


def test_the_same_articles_and_more_go_through(place: Path) -> None:
    build("bridge.txt")
    build("bridge.txt")
    build("bridge.txt", "school.txt")

    assert names(place / "out") == {"bridge", "school"}


def test_what_a_person_put_there_survives_every_build_and_replacement(place: Path) -> None:
    kept = {
        "decisions.toml": "# nothing yet",
        "knowledge/notes.md": "y",
        "articles/notes.txt": "z",
        "README.md": "w",
    }
    for name, content in kept.items():
        (place / "out" / name).parent.mkdir(parents=True, exist_ok=True)
        (place / "out" / name).write_text(content, encoding="utf-8")

    for more in ((), ("--replace",)):
        build("school.txt" if more else "bridge.txt", *more)
        assert {name: (place / "out" / name).read_text(encoding="utf-8") for name in kept} == kept
    assert names(place / "out") == {"school"}


def test_a_folder_with_the_outputs_inside_is_read_without_them(place: Path) -> None:
    build(".")
    first = (place / "out" / "graph.ttl").read_bytes()
    (place / "out" / "knowledge").mkdir()
    (place / "out" / "knowledge" / "notes.md").write_text(SCHOOL + "另一段话。", encoding="utf-8")
    (place / "copy.html").write_bytes((place / "out" / "graph.html").read_bytes())

    assert build(".").startswith("2 articles")
    assert (place / "out" / "graph.ttl").read_bytes() == first
    assert build("bridge.txt", "school.txt", "out").startswith("2 articles")
    assert "holds only what kg wrote" in build("out")


@pytest.mark.usefixtures("place")
def test_outputs_beside_the_articles_are_left_alone_too() -> None:
    build(".", "-o", ".")

    assert build(".", "-o", ".").startswith("2 articles")


def test_articles_are_not_overwritten_by_their_texts(place: Path) -> None:
    (place / "articles").mkdir()
    source = place / "articles" / "old.txt"
    source.write_bytes(BRIDGE.encode("gb18030"))

    assert "-o" in build("articles", "-o", ".")
    assert source.read_bytes() == BRIDGE.encode("gb18030")


def test_save_from_python_is_as_careful(tmp_path: Path) -> None:
    kg.build_text(BRIDGE).save(tmp_path)

    with pytest.raises(kg.KgError, match="another graph"):
        kg.build_text(SCHOOL).save(tmp_path)
    kg.build_text(SCHOOL).save(tmp_path, replace=True)
    kg.load(tmp_path).save(tmp_path)


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("sources", [["bridge.txt"], ["bridge.txt", "school.txt"]])
def test_progress_names_its_steps_for_one_article_too(sources: list[str]) -> None:
    ours, theirs = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "kg", "build", *sources], stderr=theirs, stdout=subprocess.DEVNULL
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            shown += os.read(ours, 4096)
        except OSError:  # the other end is closed
            break
    os.close(ours)

    assert done.wait() == 0
    at = [shown.find(step) for step in (b"reading", b"page", b"validation")]
    assert -1 < at[0] < at[1] < at[2], shown
