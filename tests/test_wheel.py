"""The wheel, installed away from the checkout, does the main job."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.packaging


NEWER = ("3.14", "3.13", "3.12")


def newest_python() -> str | None:
    """Return the newest Python that starts here, other than this one: on the path, or where pyenv keeps its own."""
    kept = sorted((Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions").glob("3.*/bin"))
    for version in NEWER:
        if sys.version_info[:2] == tuple(map(int, version.split("."))):
            continue
        own = [str(folder / "python") for folder in kept if folder.parent.name.startswith(f"{version}.")]
        for each in filter(None, (shutil.which(f"python{version}"), *own)):
            asked = subprocess.run([each, "--version"], capture_output=True, text=True, check=False)
            if re.fullmatch(
                rf"Python {re.escape(version)}\.\d+\n", asked.stdout
            ):  # pyenv's stand-ins say nothing
                return each
    return None


def install(wheel: Path, *pip: str | Path) -> None:
    """Install the wheel and what it needs as users do, but compile nothing: of all there is, a build imports little."""
    options = ("--quiet", "--no-compile", "--disable-pip-version-check")
    subprocess.run([*pip, "install", *options, wheel], check=True, capture_output=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("build", reason="needs the extra dev")
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", out, ROOT], check=True, capture_output=True
    )
    (found,) = out.glob("*.whl")
    return found


def test_what_is_handed_out_is_as_an_index_wants_it(wheel: Path, tmp_path: Path) -> None:
    pytest.importorskip("twine", reason="needs the extra dev")
    subprocess.run(
        [sys.executable, "-m", "build", "--sdist", "--outdir", tmp_path, ROOT],
        check=True,
        capture_output=True,
    )
    (source,) = tmp_path.glob("*.tar.gz")

    checked = subprocess.run(
        [sys.executable, "-m", "twine", "check", "--strict", wheel, source],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert checked.returncode == 0, checked.stdout
    assert checked.stdout.count("PASSED") == 2
    with tarfile.open(source) as names:
        there = {name.split("/", 1)[-1] for name in names.getnames()}
    assert {"README.md", "LICENSE", "kg/api.py", "data/schema.toml", "docs/SKILL.md", "Dockerfile"} <= there


def test_the_wheel_holds_data_queries_and_page_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    for name in (
        "kg/data/yueyang.txt",
        "kg/data/ontology.ttl",
        "kg/queries/people.rq",
        "kg/view/assets/app.js",
        "kg/py.typed",
    ):
        assert name in names
    assert not [name for name in names if "node_modules" in name or name.startswith("tests/")]


def test_the_wheel_runs_the_main_job_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "env"
    venv.create(place)
    folder = place / ("Scripts" if sys.platform == "win32" else "bin")
    install(wheel, sys.executable, "-m", "pip", "--python", folder / "python")
    work = tmp_path / "work"
    work.mkdir()

    built = subprocess.run([folder / "kg", "build"], cwd=work, capture_output=True, text=True, check=False)
    asked = subprocess.run(
        [folder / "kg", "query", "people"], cwd=work, capture_output=True, text=True, check=False
    )

    assert built.returncode == 0, built.stderr
    assert "周渭超" in asked.stdout
    assert (work / "out" / "graph.html").stat().st_size < 1_500_000


def test_another_python_writes_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    other = newest_python()
    if other is None:
        pytest.skip(f"no other Python here: {', '.join(NEWER)}")
    subprocess.run([other, "-m", "venv", tmp_path / "env"], check=True, capture_output=True)
    install(wheel, tmp_path / "env" / "bin" / "python", "-m", "pip")

    for place, python in (("here", sys.executable), ("there", tmp_path / "env" / "bin" / "python")):
        subprocess.run([python, "-m", "kg", "build", "-o", tmp_path / place], check=True, capture_output=True)

    for name in ("graph.ttl", "graph.html"):
        assert (tmp_path / "here" / name).read_bytes() == (tmp_path / "there" / name).read_bytes()
