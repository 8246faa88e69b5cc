"""`kg review` in real processes: on a terminal, in a pipe, killed."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from kg.decide.read import read_decisions
from kg.decide.standing import standing
from kg.decide.write import append
from tests.corpus.conftest import TEXTS
from tests.forked import run

KG = (sys.executable, "-m", "kg")


def kg(*arguments: object, lang: str = "en", input: str = "") -> subprocess.CompletedProcess[str]:  # noqa: A002
    return run(*arguments, "--lang", lang, input=input)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("review")
    rows = ["file,date"]
    for name, (day, text) in TEXTS.items():
        (where / f"{name}.txt").write_text(text, encoding="utf-8")
        rows.append(f"{name}.txt,{day}")
    (where / "meta.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    sources = [where / f"{name}.txt" for name in TEXTS]
    done = kg("build", *sources, "--meta", where / "meta.csv", "-o", where / "out", "--no-validate")
    assert done.returncode == 0, done.stderr
    return where / "out"


@pytest.fixture
def folder(made: Path) -> Path:
    (made / "decisions.toml").unlink(missing_ok=True)
    return made


def listed(folder: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(kg("review", folder, "--list", "-f", "json").stdout)
    return found


def test_the_list_is_for_scripts_and_for_people(folder: Path) -> None:
    rows = listed(folder)

    assert {row["kind"] for row in rows} == {"conflict", "namesakes"}
    assert all(row["answers"] and row["quotes"] for row in rows)
    table = kg("review", folder, "--list", lang="zh").stdout
    assert table.count("\n") == len(rows)
    assert "矛盾" in table
    assert not (folder / "decisions.toml").exists()


def test_answers_are_written_one_by_one_and_not_asked_again(folder: Path) -> None:
    before = listed(folder)

    done = kg("review", folder, "--by", "lin", input="a\nx\nc\nn\nu\n", lang="zh")

    assert done.returncode == 0, done.stderr
    assert "3 条回答已写入" in done.stdout
    assert "请按其中之一" in done.stdout
    decided = read_decisions(folder / "decisions.toml")
    assert [(each.verdict, each.by) for each in decided] == [
        ("apart", "lin"),
        ("confirm", "lin"),
        ("unsure", "lin"),
    ]
    after = listed(folder)
    assert [row["key"] for row in after] == [before[2]["key"]]
    assert "没有要问的了" not in kg("review", folder, input="q\n", lang="zh").stdout


def test_going_back_puts_another_answer_in_the_place_of_the_first(folder: Path) -> None:
    kg("review", folder, input="a\nb\ns\nq\n")

    every = read_decisions(folder / "decisions.toml")
    assert [each.verdict for each in every] == ["apart", "withdraw", "same"]
    assert [each.verdict for each in standing(every)] == ["same"]


def test_rebuilt_at_the_end_the_graph_has_it_and_asks_no_more(folder: Path) -> None:
    kg("review", folder, "--rebuild", input="a\nq\n")

    (row,) = json.loads(kg("query", "decided", "-g", folder, "-f", "json").stdout)["results"]["bindings"][:1]
    assert row["verdict"]["value"] == "apart"
    assert "conflict" not in {row["kind"] for row in listed(folder)}
    (folder / "decisions.toml").unlink()
    assert kg("decide", "-g", folder).returncode == 0


def test_a_contradiction_is_told_and_the_question_stays(folder: Path) -> None:
    path = folder / "decisions.toml"
    kg("review", folder, input="a\nq\n")
    (other,) = read_decisions(path)
    path.unlink()

    with Terminal(folder) as terminal:
        terminal.until("q quit")
        append(path, [replace(other, by="wang")])  # another person answers what stands on the screen
        terminal.press("s")
        terminal.until("not written: ")
        terminal.until("withdraw one of them")
        terminal.press("n")
        terminal.until("[2/4]")

    assert [each.verdict for each in read_decisions(path)] == ["apart"]


class Terminal:
    """A review on a terminal of its own."""

    def __init__(self, folder: Path) -> None:
        self.screen, self.seen = "", 0
        ours, theirs = pty.openpty()
        self.ours = ours
        self.process = subprocess.Popen(
            [*KG, "review", str(folder), "--lang", "en"], stdin=theirs, stdout=theirs, stderr=theirs
        )
        os.close(theirs)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.ours)

    def press(self, key: str) -> None:
        os.write(self.ours, key.encode())

    def until(self, words: str, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while words not in self.screen[self.seen :]:
            assert time.monotonic() < end, self.screen
            if select.select([self.ours], [], [], 0.2)[0]:
                self.screen += os.read(self.ours, 65536).decode("utf-8", "replace")
        self.seen = self.screen.index(words, self.seen) + len(words)


def test_on_a_terminal_a_key_is_enough_and_a_kill_loses_nothing(folder: Path) -> None:
    with Terminal(folder) as terminal:
        terminal.until("q quit")
        terminal.press("s")
        terminal.until("[2/4]")
        terminal.process.send_signal(signal.SIGKILL)
        terminal.process.wait()
    (kept,) = read_decisions(folder / "decisions.toml")
    assert kept.verdict == "same"


def test_without_a_graph_it_says_so(tmp_path: Path) -> None:
    done = kg("review", tmp_path / "none")

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
