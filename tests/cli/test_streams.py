"""Closed and full standard streams, readers that have gone, and what a terminal must not be told to do."""

from __future__ import annotations

import ast
import os
import pty
import subprocess
from pathlib import Path

import pytest

import kg
from kg.base import children
from kg.cli.streams import visible

KG = Path(kg.__file__).parent
GOOD = "海川公司与明德大学签约\n海川公司4月4日与明德大学签署协议，总投资3亿元。\n"
HOSTILE = "b\x1b]0;owned\x07\x1b[2J\u202e.txt"
"""A name that sets a terminal's title, rings, clears the screen and turns what follows."""

COMMANDS = (
    ("query", "entities", "-g", "BUILT"),
    ("explain", "海川公司", "-g", "BUILT"),
    ("export", "--to", "nt", "-g", "BUILT"),
    ("verify", "-g", "BUILT"),
    ("load", "BUILT", "--store", "NEW"),
    ("build", "TEXT", "-o", "NEW", "--no-validate"),
)
ANSWERS = frozenset(("query", "explain", "export"))
"""The commands whose only use is what they print."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("streams")
    kg.build_text(GOOD).save(folder / "built")
    (folder / "a.txt").write_text(GOOD, encoding="utf-8")
    return folder


def run(place: Path, command: tuple[str, ...], streams: str, new: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a shell does, its streams redirected."""
    places = {"BUILT": place / "built", "TEXT": place / "a.txt", "NEW": new}
    words = [str(places.get(word, word)) for word in command]
    return subprocess.run(
        ["sh", "-c", f'"$@" {streams}', "sh", *children.command("-m", "kg", *words)],
        env=dict(children.environment()),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
@pytest.mark.parametrize("streams", [">&-", ">&- 2>&- <&-"])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_closed_streams_lose_no_answer_unseen_and_spoil_no_file(
    command: tuple[str, ...], streams: str, place: Path, tmp_path: Path
) -> None:
    done = run(place, command, streams, tmp_path / "new")

    assert "Traceback" not in done.stderr
    lost = command[0] in ANSWERS and ">&-" in streams.split()
    assert done.returncode == int(lost), done.stderr
    assert not lost or "2>&-" in streams or "standard output" in done.stderr
    if command[0] == "build":
        assert kg.load(tmp_path / "new").texts == {"a": GOOD}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize("streams", [">/dev/full", "2>/dev/full", "| true"])
@pytest.mark.parametrize("command", [COMMANDS[0], COMMANDS[-1]], ids=lambda command: command[0])
def test_full_streams_and_readers_that_have_gone_end_in_no_traceback(
    command: tuple[str, ...], streams: str, place: Path, tmp_path: Path
) -> None:
    done = run(place, command, streams, tmp_path / "new")

    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") <= 1
    assert streams != ">/dev/full" or done.returncode == 1


@pytest.mark.parametrize("text", ["\x1b[31m", "\x9b2J", "\x07", "\r", "\u202e", "\u2066", "\u2028", "\x7f"])
def test_what_a_terminal_obeys_is_written_out(text: str) -> None:
    assert visible(f"甲{text}乙\n\t").isascii() is False
    assert all(sign.isprintable() or sign in "\n\t" for sign in visible(f"甲{text}乙\n\t"))


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_names_of_files_give_a_terminal_no_orders(tmp_path: Path) -> None:
    """Neither the messages about them, nor the files and the page that are called after them."""
    source = tmp_path / "in"
    source.mkdir()
    (source / HOSTILE).write_text(GOOD, encoding="utf-8")
    (source / f"no{HOSTILE}").write_text("English only.", encoding="utf-8")
    (source / f"{HOSTILE}.pdf").write_bytes(b"%PDF")

    command = children.command("-m", "kg", "build", str(source), "-o", str(tmp_path / "out"), "--no-validate")
    done = subprocess.run(command, env=dict(children.environment()), capture_output=True, check=False)
    said = (done.stdout + done.stderr).decode()
    alone = subprocess.run(
        children.command("-m", "kg", "build", str(source / f"no{HOSTILE}"), "-o", str(tmp_path / "x")),
        env=dict(children.environment()),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 3
    assert alone.returncode == 1
    for text in (said, alone.stderr):
        assert "\\x1b" in text
        assert not set(text) & set("\x1b\x07\u202e")
    for path in (tmp_path / "out").rglob("*"):
        assert not set(path.name) & set("\x1b\x07\u202e")
        if path.suffix != ".gz":  # readings, which only programs open
            assert path.is_dir() or not set(path.read_text(encoding="utf-8")) & set("\x1b\x07\u202e")


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals here")
def test_an_article_gives_a_terminal_no_orders(tmp_path: Path) -> None:
    """What is quoted is written out on a terminal, and exact where it is data that goes into a file."""
    kg.build_text(GOOD.replace("签署协议", "签署\x1b[31m协议")).save(tmp_path / "g")
    shown = {}
    for words in (("explain", "海川公司"), ("query", 'SELECT ("\\u001b[31m" AS ?q) {}', "-f", "csv")):
        ours, theirs = pty.openpty()
        command = children.command("-m", "kg", *words, "-g", str(tmp_path / "g"))
        with subprocess.Popen(command, env=dict(children.environment()), stdout=theirs, stderr=theirs) as run:
            os.close(theirs)
            said = b""
            while part := _read(ours):
                said += part
            run.wait(60)
        os.close(ours)
        shown[words[0]] = said

    assert b"\\x1b[31m" in shown["query"]
    assert all(b"\x1b[31m" not in said for said in shown.values())


def _read(handle: int) -> bytes:
    try:
        return os.read(handle, 65536)
    except OSError:  # the other side is closed
        return b""


def test_every_command_speaks_through_one_function() -> None:
    """So that no message is added that passes a name on as it is."""
    found = [
        f"{path.name}:{node.lineno}"
        for path in sorted((KG / "cli").glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr == "echo"
        and path.name not in ("streams.py", "spoken.py")
    ]
    assert found == []


def test_bytes_that_are_no_text_in_the_words_of_a_command_are_one_line(place: Path) -> None:
    command = [os.fsencode(word) for word in children.command("-m", "kg", "explain")]
    done = subprocess.run(
        [*command, b"\xff", b"-g", os.fsencode(place / "built")],
        env=dict(children.environment()),
        capture_output=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.startswith(b"kg: the words of the command are no text")
