"""What we tell people to install is ours: a stranger's package of a like name must not come by our word."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from kg.version import DISTRIBUTION

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

TELLING = sorted(
    path
    for pattern in (
        "*.md",
        "docs/**/*.md",
        "docs/**/*.py",
        "docs/*.yml",
        "Dockerfile",
        ".ci/*",
        "kg/**/*.py",
        "kg/**/*.md",
        "kg/**/*.toml",
        "data/**/*.md",
        "data/**/*.toml",
    )
    for path in ROOT.glob(pattern)
    if path.is_file() and "node_modules" not in path.parts
)
"""The files that may tell somebody to install something."""

_INSTALL = re.compile(r"(?:pip|pipx|uv|poetry)(?: pip)? (?:install|add)\b([^`\n|&;）)]*)")
_WORD = re.compile(r"'([^']*)'|\"([^\"]*)\"|(\S+)")


def told(text: str) -> list[str]:
    """The requirements named after ``pip install`` in a text, options left out."""
    found = []
    for match in _INSTALL.finditer(text):
        for groups in _WORD.findall(match[1]):
            word = "".join(groups).strip("'\",")
            if word and not word.startswith("-"):
                found.append(word)
    return found


def ours(requirement: str) -> bool:
    name, _, extras = requirement.removesuffix("]").partition("[")
    known = not extras or set(extras.split(",")) <= {*PROJECT["optional-dependencies"], "{extra}"}
    return known and name in (".", DISTRIBUTION, "{DISTRIBUTION}")


def test_the_distribution_has_the_name_that_messages_say() -> None:
    assert PROJECT["name"] == DISTRIBUTION
    assert list(PROJECT["scripts"]) == ["kg"]


def test_extras_that_build_on_extras_are_our_own() -> None:
    known = {re.split(r"[<>=!~\[; ]", each)[0] for each in PROJECT["dependencies"]}
    for extra in PROJECT["optional-dependencies"].values():
        known |= {re.split(r"[<>=!~; ]", each)[0] for each in extra}

    assert "kg" not in {name.partition("[")[0] for name in known}
    assert all(ours(name) for name in known if "[" in name)


def test_extras_that_are_missing_by_name_are_there() -> None:
    asked = {
        found
        for path in sorted(ROOT.glob("kg/**/*.py"))
        for found in re.findall(r"\bmissing\([^()]*, \"(\w+)\", \w+\)", path.read_text(encoding="utf-8"))
    }

    assert {"serve", "mcp", "parquet"} <= asked <= set(PROJECT["optional-dependencies"])


@pytest.mark.parametrize("path", TELLING, ids=lambda path: str(path.relative_to(ROOT)))
def test_nobody_is_told_to_install_what_is_not_ours(path: Path) -> None:
    assert [each for each in told(path.read_text(encoding="utf-8")) if not ours(each)] == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("pip install 'kg[serve]'", ["kg[serve]"]),
        ("`pip install kg`", ["kg"]),
        ("pip install --quiet -e '.[nothing]' && x", [".[nothing]"]),
        ("pip install -e '.[serve]'", []),
    ],
)
def test_a_strangers_name_is_found(text: str, wrong: list[str]) -> None:
    assert [each for each in told(text) if not ours(each)] == wrong
