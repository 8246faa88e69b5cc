"""``kg verify-quote``: its exit status is the answer, and what it prints says where."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from kg.graph.store import Graph
from tests.forked import run_raw
from tests.graph.paged import TEXT, graph_of


def ask(*words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return run_raw("verify-quote", *words, input=stdin)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("quotes")
    graph_of("paged").write(out / "graph.ttl")
    (out / "articles").mkdir()
    (out / "articles" / "a.txt").write_bytes(TEXT.encode())
    return out


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ("明德大学校长王芳", 0, "yes: word for word; places: 1"),
        ("明德大学 校长王芳", 0, "yes, but for full and half width and white space"),
        ("明德大学校长王方出席", 1, "no: nowhere in the texts; articles looked through: 1"),
    ],
)
def test_the_answer_is_the_exit_status_and_the_first_line(
    folder: Path, words: str, status: int, said: str
) -> None:
    done = ask(words, "-g", str(folder))

    assert done.returncode == status
    assert done.stdout.decode().startswith(said)
    assert "「明德大学校长王芳" in done.stdout.decode()
    assert "page 2" in done.stdout.decode()
    assert not done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("明德大学校长王方", "differs: given 「方」, the article has 「芳」"),
        ("明德大学王芳", "differs: the article has 「校长」 besides"),
        ("明德大学的校长王芳", "differs: 「的」 is not in the article"),
    ],
)
def test_of_what_is_nearest_it_says_in_what_it_differs(folder: Path, words: str, said: str) -> None:
    done = ask(words, "-g", str(folder))

    assert done.returncode == 1
    assert [line.strip() for line in done.stdout.decode().splitlines() if "differs" in line] == [said]


def test_of_another_sentence_it_does_not_say_in_what_it_differs(folder: Path) -> None:
    done = ask("校长在大学里见到了芳名王大明的德国学者", "-g", str(folder))

    assert done.returncode == 1
    assert "differs" not in done.stdout.decode()


def test_json_and_standard_input(folder: Path) -> None:
    done = ask("-", "-g", str(folder), "-f", "json", stdin="明德大学校长王芳\n".encode())

    value = json.loads(done.stdout)
    assert (done.returncode, value["answer"], value["words"]) == (0, "yes", "明德大学校长王芳")


def test_a_graph_whose_text_is_missing_cannot_say(folder: Path, tmp_path: Path) -> None:
    graph = Graph.load(folder / "graph.ttl")
    graph.write(tmp_path / "graph.ttl")

    done = ask("学校获赠400万元", "-g", str(tmp_path))

    assert done.returncode == 3
    assert done.stdout.decode().startswith("cannot say: not in the texts at hand; of 1 of 1 articles")


def test_no_graph_is_no_answer_and_no_words_are_wrong_usage(tmp_path: Path) -> None:
    missing = ask("甲", "-g", str(tmp_path / "none"))

    assert missing.returncode == 3
    assert missing.stderr.decode().count("\n") == 1
    assert "no such graph" in missing.stderr.decode()
    assert ask(" ", "-g", str(tmp_path)).returncode == 2
