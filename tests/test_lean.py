"""The main job loads only what it uses, and the first command does not compile the rest."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
UNUSED = (
    "IPython",
    "jedi",
    "babel",
    "dateparser",
    "trafilatura",
    "lxml",
    "pandas",
    "sklearn",
    "torch",
    "starlette",
    "opencc",
)


def test_a_build_loads_nothing_it_does_not_use(tmp_path: Path) -> None:
    code = f"""
import sys, kg
kg.build_text("青山村修桥\\n青山村村长王大海主持修桥。").save({str(tmp_path)!r})
print([name for name in {UNUSED!r} if name in sys.modules])
"""

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_where_nobody_decided_anything_nothing_is_loaded_for_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("青山村修桥\n青山村村长王大海主持修桥。", encoding="utf-8")
    (tmp_path / "b.txt").write_text("白水镇办学\n白水镇镇长李小明主持办学。", encoding="utf-8")
    code = f"""
import sys
from typer.testing import CliRunner
from kg.cli.app import app
done = CliRunner().invoke(app, ["build", {str(tmp_path)!r}, "-o", {str(tmp_path / "out")!r}, "--no-validate"])
assert done.exit_code == 0, done.output
print(sorted(name for name in sys.modules if name.startswith(("kg.decide.", "kg.corpus.decided", "kg.corpus.kept"))))
"""

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("module", ["kg.graph.validation", "kg.graph.validate", "kg.graph.query"])
def test_who_only_looks_at_a_graph_loads_nothing_that_reads_articles(module: str) -> None:
    code = f"""
import sys, {module}
print([name for name in sys.modules if name.startswith(("kg.facts", "kg.names", "kg.words", "kg.figures", "kg.things"))])
"""

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_first_command_compiles_only_what_it_loads(name: str) -> None:
    (first,) = [
        line for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if line.endswith("/kg build")
    ]

    assert "--no-compile" in first
