"""docs/model.md and its Chinese twin: every option, reason, setting and file that they name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main

from kg.cli.app import app
from kg.propose.prompt import default_confidence
from kg.propose.reasons import REASONS
from kg.propose.settings import read_settings

ROOT = Path(__file__).parents[2]
GUIDES = ("docs/model.md", "docs/model.zh.md")


@pytest.fixture(params=GUIDES)
def guide(request: pytest.FixtureRequest) -> str:
    return (ROOT / str(request.param)).read_text(encoding="utf-8")


def test_its_commands_and_options_are_there(guide: str) -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    known = {
        option for command in commands.values() for parameter in command.params for option in parameter.opts
    }

    assert set(re.findall(r"(?<![\w-])--[a-z][\w-]*", guide)) <= known | {"--config"}
    code = "\n".join((*guide.split("```")[1::2], *re.findall(r"`([^`\n]+)`", guide)))
    assert set(re.findall(r"\bkg ([a-z][a-z-]+)", code)) <= set(commands)


def test_it_tells_every_reason(guide: str) -> None:
    table = guide[guide.index("|---|---|") :].split("\n\n", maxsplit=1)[0]

    assert set(re.findall(r"`([a-z-]+)`", table)) == set(REASONS)


def test_its_settings_can_be_read(guide: str, tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text(
        guide.split("```toml\n")[1].split("```", maxsplit=1)[0], encoding="utf-8"
    )

    assert read_settings(tmp_path / "kg.toml").confidence["holdsPosition"] == 0.85


def test_it_names_files_that_are_there_and_the_confidence_that_counts(guide: str) -> None:
    for name in set(re.findall(r"tests/propose/recorded[\w/-]*|data/\w+\.toml", guide)):
        assert (ROOT / name).exists(), name
    assert default_confidence() == {"": 0.5}
    assert "0.5" in guide


def test_both_say_the_same_commands() -> None:
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in GUIDES)

    def blocks(text: str) -> list[str]:
        return [
            line.split("  #")[0].rstrip()
            for block in text.split("```")[1::2]
            for line in block.splitlines()
            if "kg " in line
        ]

    assert [line.replace("文件夹", "FOLDER") for line in blocks(chinese)] == blocks(english)
