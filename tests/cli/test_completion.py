"""``kg completion``: what a shell is told, and what it gets back when it asks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.forked import run

ASK = [sys.executable, "-c", "import sys; sys.argv = ['kg']; from kg.cli.app import run; run()"]


def answered(words: str, number: int) -> list[str]:
    """What a shell gets that asks how the last of some words may go on."""
    environment = {
        **os.environ,
        "COMP_WORDS": words,
        "COMP_CWORD": str(number),
        "_KG_COMPLETE": "complete_bash",
    }
    done = subprocess.run(ASK, env=environment, capture_output=True, encoding="utf-8", check=True)
    return done.stdout.split()


def script(shell: str) -> str:
    return run("completion", shell).stdout


@pytest.mark.parametrize(
    ("words", "number", "wanted"),
    [
        ("kg verify", 1, ["verify", "verify-quote"]),
        ("kg export --to m", 3, ["markdown"]),
        ("kg verify-quote x -f ", 4, ["text", "json"]),
        ("kg query peo", 2, ["people"]),
        ("kg completion f", 2, ["fish"]),
        ("kg serve --mc", 2, ["--mcp"]),
    ],
)
def test_commands_options_and_their_words_are_completed(words: str, number: int, wanted: list[str]) -> None:
    assert answered(words, number) == wanted


def test_bash_completes_with_the_script(tmp_path: Path) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("no bash")
    kg = tmp_path / "kg"
    kg.write_text(f"#!{sys.executable}\nfrom kg.cli.app import run\nrun()\n", encoding="utf-8")
    kg.chmod(0o755)
    lines = [
        script("bash"),
        "COMP_WORDS=(kg verify-q); COMP_CWORD=1",
        '_kg_completion kg; echo "${COMPREPLY[@]}"; complete -p kg',
    ]
    environment = {
        **os.environ,
        "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    done = subprocess.run(
        [bash, "--norc", "-c", "\n".join(lines)],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert done.stdout.splitlines()[0] == "verify-quote"
    assert "_kg_completion kg" in done.stdout


@pytest.mark.parametrize(("shell", "check"), [("bash", "-n"), ("zsh", "-n"), ("fish", "-n")])
def test_each_shell_can_read_its_script(shell: str, check: str, tmp_path: Path) -> None:
    written = tmp_path / "script"
    written.write_text(script(shell), encoding="utf-8")

    assert "_KG_COMPLETE" in written.read_text(encoding="utf-8")
    if program := shutil.which(shell):
        subprocess.run([program, check, str(written)], check=True, timeout=30)


def test_an_unknown_shell_is_wrong_usage() -> None:
    done = run("completion", "tcsh")

    assert done.returncode == 2
    assert "give one of bash zsh fish powershell" in done.stderr
