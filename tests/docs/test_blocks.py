"""Every block of commands that the documentation shows runs as it stands, and prints what the page says it does."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pytest

from tests.docs.blocks import Block, Command, blocks, commands, holds
from tests.forked import program

ROOT: Final = Path(__file__).parents[2]
DOCS: Final = ROOT / "docs"
BASH: Final = shutil.which("bash") or ""
FIRST: Final = "tutorial.md"
FIRST_IN_CHINESE: Final = "tutorial.zh.md"
NEXT: Final = ("query.md", "quotes.md", "export.md", "assistant.md")
"""The pages that go on with the graph of the tutorial."""

ALONE: Final = ("decide.md", "documents.md", "knowledge.md", "model.md")
"""The pages that begin anew."""

pytestmark = pytest.mark.skipif(not BASH or not hasattr(os, "fork"), reason="no bash, or no fork")


@dataclass(frozen=True)
class Shell:
    """The folder of somebody who follows the documentation, with our own ``kg`` on the path."""

    folder: Path
    environment: dict[str, str]

    def speaking(self, locale: str) -> Shell:
        """Return the same folder for somebody who has another locale."""
        return replace(self, environment={**self.environment, "LANG": locale})

    def run(self, command: str) -> tuple[int, str]:
        """Run a command; return its exit status and all that it printed."""
        done = subprocess.run(
            [BASH, "-uo", "pipefail", "-c", command],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, done.stdout

    def run_block(self, language: str, text: str) -> tuple[int, str]:
        """Run a command of a block: of Python as a program, others by the shell, until one fails."""
        if language == "python":
            (self.folder / "block.py").write_text(text, encoding="utf-8")
            return self.run("python block.py")
        return self.run(text if language == "console" else f"set -e\n{text}")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    programs, work = tmp_path / "bin", tmp_path / "work"
    programs.mkdir()
    (programs / "python").symlink_to(sys.executable)
    (work / ".venv").mkdir(parents=True)
    (work / ".venv" / "bin").symlink_to(programs)
    shutil.copytree(DOCS / "articles", work / "docs" / "articles")
    recorded = Path("tests") / "propose" / "recorded"
    shutil.copytree(ROOT / recorded, work / recorded)
    shutil.copy(ROOT / "tests" / "documents" / "libreoffice.pdf", work / "report.pdf")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("LC_")},
        "LANG": "C.UTF-8",
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(each for each in sys.path if each),
        "PYTHONUTF8": "1",
    }
    program(programs)
    return Shell(work, environment)


def page(name: str) -> list[Block]:
    """Return the blocks of a page of the documentation, or a README, that a test runs."""
    text = (ROOT / name if name.startswith("README") else DOCS / name).read_text(encoding="utf-8")
    return [each for each in blocks(text) if not each.skipped]


def every(name: str) -> list[Command]:
    return [command for block in page(name) for command in commands(block)]


def without_remarks(text: str) -> str:
    return re.sub(r"(^|\s)#.*$", "", text, flags=re.MULTILINE).strip()


def follow(shell: Shell, name: str) -> None:
    """Do what a page says, and see what it shows."""
    for block in page(name):
        for command in commands(block):
            status, printed = shell.run_block(block.language, command.text)
            where = f"{name}:{command.line}: {command.text}\n{printed}"
            assert status == 0, where
            assert not command.shown or holds(command.shown, printed), where


@pytest.mark.slow
def test_whoever_follows_the_pages_sees_what_they_show(shell: Shell) -> None:
    for name in (FIRST, *NEXT):
        follow(shell, name)

    assert (shell.folder / "wangfang.html").stat().st_size > 1000
    assert (shell.folder / "notes" / "things" / "王芳.md").is_file()


@pytest.mark.slow
@pytest.mark.parametrize("name", ALONE)
def test_whoever_reads_a_page_alone_sees_what_it_shows(shell: Shell, name: str) -> None:
    follow(shell, name)


@pytest.mark.slow
def test_whoever_follows_the_chinese_tutorial_sees_what_it_shows(shell: Shell) -> None:
    follow(shell.speaking("zh_CN.UTF-8"), FIRST_IN_CHINESE)


@pytest.mark.slow
def test_whoever_follows_the_readmes_sees_what_they_show(shell: Shell) -> None:
    for name, text in articles():
        (shell.folder / name).parent.mkdir(exist_ok=True)
        (shell.folder / name).write_bytes(text)

    shell.run("kg build")
    follow(shell, "README.md")
    follow(shell.speaking("zh_CN.UTF-8"), "README.zh.md")


def articles() -> Iterator[tuple[str, bytes]]:
    """Yield the files that the README names."""
    first, second, third, fourth = (path.read_bytes() for path in sorted((DOCS / "articles").glob("*.txt")))
    yield "article.txt", first
    yield "folder/one.txt", second
    yield "more.html", f"<html><body><article><p>{third.decode()}</p></article></body></html>".encode()
    yield "many.jsonl.gz", gzip.compress(json.dumps({"id": "four", "text": fourth.decode()}).encode())


def test_every_page_with_commands_is_followed_and_what_is_not_run_says_why() -> None:
    elsewhere = {"SKILL.md", "publish.md"}  # test_docs.py
    english = {path.name for path in DOCS.glob("*.md") if not path.name.endswith(".zh.md")}

    assert {name for name in english if page(name)} <= {FIRST, *NEXT, *ALONE} | elsewhere
    for path in (*DOCS.glob("*.md"), *ROOT.glob("README*.md")):
        for block in blocks(path.read_text(encoding="utf-8")):
            assert block.skipped != "for no reason", f"{path.name}:{block.line}"


@pytest.mark.parametrize("name", sorted(path.name for path in DOCS.glob("*.zh.md")))
def test_a_chinese_page_has_the_commands_of_the_english_one(name: str) -> None:
    english = every(name.replace(".zh.md", ".md"))

    assert [without_remarks(each.text) for each in every(name)] == [
        without_remarks(each.text) for each in english
    ]
    for command, other in zip(every(name), english, strict=True):
        assert name == FIRST_IN_CHINESE or command.shown in ((), other.shown), command


@pytest.mark.parametrize(
    ("shown", "printed", "so"),
    [
        (("a  b",), "a     b\n", True),
        (("a  b",), "a c b\n", False),
        (("one ...", "..."), "one 0.97\ntwo\nthree\n", True),
        (("one ...",), "one 0.97\ntwo\n", False),
        (("---  --",), "-----  ---\n", True),
        ((), "", True),
        (("...",), "\ufeffwhatever", True),
    ],
)
def test_what_is_shown_is_compared_line_by_line(shown: tuple[str, ...], printed: str, so: bool) -> None:
    assert holds(shown, printed) is so


def test_a_block_is_taken_apart_into_commands_and_what_they_print() -> None:
    text = "<!-- not run: needs a network -->\n```console\n$ a\n```\n\n```console\n$ cat <<'END'\n$ x\nEND\nshown\n$ b \\\n  c\n```\n```json\n{}\n```\n```sh\na\nb\n```\n"
    first, second, third = blocks(text)

    assert first.skipped == "needs a network"
    assert [(each.text, each.shown) for each in commands(second)] == [
        ("cat <<'END'\n$ x\nEND", ("shown",)),
        ("b \\\n  c", ()),
    ]
    assert [each.text for each in commands(third)] == ["a\nb\n"]
    assert [each.line for each in commands(second)] == [7, 11]
