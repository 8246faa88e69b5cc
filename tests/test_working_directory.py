"""Files that lie in the working directory are articles or nothing: none of them runs, whatever its name."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent / "gold" / "yueyang.txt"
MODULES = (
    "_socket.py", "json/__init__.py", "kg/__init__.py", "logging/__init__.py", "multiprocessing/__init__.py", "numpy/__init__.py",
    "pickle.py", "pyoxigraph.py", "random.py", "rdflib.py", "re.py", "selectors.py", "sitecustomize.py", "socket.py", "sqlite3.py",
    "subprocess.py", "tempfile.py", "typing.py", "usercustomize.py",
)  # fmt: skip


@pytest.fixture(scope="module")
def trapped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an article, and with modules that leave a trace and fail when they run."""
    folder = tmp_path_factory.mktemp("trapped")
    shutil.copy(SOURCE, folder)
    for name in MODULES:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"open({str(folder / 'ran')!r}, 'a').write({name!r}); raise SystemExit(9)\n")
    return folder


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The command ``kg`` as pip installs it: a script in another folder, started without options of Python."""
    script = tmp_path_factory.mktemp("bin") / "kg"
    script.write_text(
        "import sys\nfrom kg.cli.app import run\nif __name__ == '__main__':\n    sys.exit(run())\n"
    )
    return [sys.executable, str(script)]


def _plain() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONSAFEPATH", "PYTHONPATH")}


def test_no_command_runs_a_module_of_the_working_directory(trapped: Path, command: list[str]) -> None:
    for words in (
        ["build", "yueyang.txt", "-o", "out"],
        ["query", "people", "-g", "out"],
        ["query", "ASK { ?s ?p ?o }", "-g", "out"],
        ["validate", "-g", "out"],
        ["verify", "-g", "out"],
        ["export", "--to", "graphml", "-o", "out.graphml", "-g", "out"],
        ["load", "out", "-s", "store"],
    ):
        done = subprocess.run(
            [*command, *words],
            cwd=trapped,
            env=_plain(),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        ran = trapped / "ran"
        assert not ran.exists(), f"{words}: {ran.read_text()}"
        assert done.returncode == 0, f"{words}: {done.stderr}"


def test_no_worker_of_the_server_does(trapped: Path, command: list[str], tmp_path: Path) -> None:
    subprocess.run([*command, "build", str(SOURCE), "-o", str(tmp_path)], check=True, capture_output=True)
    serve = [*command, "serve", str(tmp_path / "graph.ttl"), "--port", "0", "--workers", "1"]
    with subprocess.Popen(
        serve, cwd=trapped, env=_plain(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            url = next((line.split()[1] for line in server.stdout if line.startswith("SPARQL")), "")
            assert url.startswith("http://127.0.0.1:")
            with urllib.request.urlopen(f"{url}?query=ASK%20%7B%7D", timeout=60) as answer:  # noqa: S310 - our own server
                assert answer.status == 200
        finally:
            server.terminate()
            _, log = server.communicate(timeout=60)
    assert not (trapped / "ran").exists(), (trapped / "ran").read_text()
    assert "Traceback" not in log
