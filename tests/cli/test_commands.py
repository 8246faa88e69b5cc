"""The table of commands: which module each is in, so that one command loads no other."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest
import typer
from typer.main import get_command

from kg.cli.app import COMMANDS, app, app_of


def names_of(made: typer.Typer) -> list[str]:
    """Return the commands of a command line, in its order."""
    command = get_command(made)
    return list(command.commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("module", COMMANDS)
def test_a_module_adds_the_commands_that_the_table_says(module: str) -> None:
    made = typer.Typer()
    made.callback()(lambda: None)
    import_module(f"kg.cli.{module}").register(made)
    assert names_of(made) == list(COMMANDS[module])


def test_the_whole_command_line_has_all_in_the_order_of_the_table() -> None:
    every = [name for commands in COMMANDS.values() for name in commands]
    assert names_of(app) == names_of(app_of(["no-such-command"])) == names_of(app_of([])) == every
    assert names_of(app_of(["--lang", "zh", "build"])) == every


def test_one_command_comes_with_those_of_its_module_alone() -> None:
    assert names_of(app_of(["verify", "-g", "out"])) == ["verify", "validate"]


def test_the_modules_of_other_commands_are_not_loaded() -> None:
    code = (
        "import sys; sys.argv = ['kg', 'build', '--help']\nfrom kg.cli.app import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print([m for m in ('review', 'serve', 'ask', 'learn') if f'kg.cli.{m}' in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Usage: kg build" in done.stdout.replace("用法：", "Usage: ")
    assert done.stdout.strip().endswith("[]")
