"""What the documents tell people and programs to run does run; and the container is not root's."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.export.hostile import needs
from tests.forked import program
from tests.graph.paged import TEXT

ROOT = Path(__file__).parents[2]
SKILL = (ROOT / "docs" / "SKILL.md").read_text(encoding="utf-8")
WORKFLOW = (ROOT / "docs" / "workflow.yml").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")

Run = Callable[[str], None]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run lines of a shell beside a folder of articles, with our own `kg` on the path."""
    bash = shutil.which("bash")
    if bash is None or not hasattr(os, "fork"):
        pytest.skip("no bash, or no fork")
    (tmp_path / "bin").mkdir()
    (tmp_path / "work" / "articles").mkdir(parents=True)
    (tmp_path / "work" / "articles" / "a.txt").write_text(TEXT, encoding="utf-8")
    environment = {
        **os.environ,
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(each for each in sys.path if each),
    }

    def ran(lines: str) -> None:
        done = subprocess.run(
            [bash, "-euo", "pipefail", "-c", lines],
            cwd=tmp_path / "work",
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, f"{lines}\n{done.stdout}{done.stderr}"

    program(tmp_path / "bin")
    return ran


@pytest.mark.slow
def test_every_command_of_the_skill_runs(run: Run, tmp_path: Path) -> None:
    blocks = re.findall(r"```sh\n(.*?)```", SKILL, re.DOTALL)

    assert len(blocks) >= 4
    for block in blocks:
        run(block)
    assert (tmp_path / "work" / "notes" / "things" / "王芳.md").is_file()


def test_the_skill_says_what_it_is_for() -> None:
    head = dict(re.findall(r"^(\w+): (.+)$", SKILL.split("---\n")[1], re.MULTILINE))

    assert head["name"] == "kg"
    assert 50 < len(head["description"]) < 1024


@pytest.mark.slow
@pytest.mark.others
def test_the_workflow_makes_the_pages(run: Run, tmp_path: Path) -> None:
    flow: dict[str, Any] = needs("yaml").safe_load(WORKFLOW)
    steps = [step for job in flow["jobs"].values() for step in job["steps"]]
    lines = [step["run"] for step in steps if "run" in step]

    assert [line for line in lines if line.startswith("pip install")]
    for line in lines:
        if not line.startswith("pip install"):
            run(line)
    (path,) = [step["with"]["path"] for step in steps if "upload" in step.get("uses", "")]
    made = tmp_path / "work" / path
    assert (made / "index.html").stat().st_size > 100_000
    assert {each.name for each in made.iterdir()} == {"index.html", "graph.ttl", "tables", "notes"}


def test_the_container_is_not_roots_and_has_what_it_copies() -> None:
    stages = re.split(r"^FROM ", DOCKERFILE, flags=re.MULTILINE)
    user = re.findall(r"^USER (\S+)$", stages[-1], re.MULTILINE)
    extras = re.findall(r"\[([a-z,]+)\]'", DOCKERFILE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()

    assert user
    assert user[-1].partition(":")[0] not in ("0", "root")
    assert len(set(extras)) == 1
    assert set(extras[0].split(",")) <= project["optional-dependencies"].keys()
    for line in re.findall(r"^COPY (?!--)(.+) \S+$", DOCKERFILE, re.MULTILINE):
        for name in line.split():
            assert (ROOT / name).exists()
            assert f"!{name}" in ignored
    assert project["readme"] in DOCKERFILE
