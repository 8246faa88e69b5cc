"""A system run on articles: its program as a process of its own, in the Python it is installed in."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import tomli

from benchmarks.quality.mapping import plain
from benchmarks.quality.output import canonical
from benchmarks.quality.relay import Usage, relay
from kg.base.errors import KgError
from kg.base.schema import schema
from kg.learn.gold import GoldArticle
from kg.propose.address import KEY

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
_PYTHON: Final = "--python PATH of the environment it is installed in"
_OUR_FOLDERS: Final = ("kg", "data", "queries")  # what an editable install does not count


@dataclass(frozen=True, slots=True)
class System:
    """A system that the benchmark can run, as ``systems.toml`` has it."""

    name: str
    program: str
    form: str
    distribution: str
    licence: str
    model: bool
    install: str
    checked: str


@dataclass(frozen=True, slots=True)
class Model:
    """Where a system's model answers, what it is called, and the key for it."""

    url: str
    name: str
    key: str = ""
    key_variable: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """What a system answered, by article, and what it took."""

    native: Mapping[str, Any]
    failed: Mapping[str, str]  # why, of articles without an answer
    seconds: float  # of all articles
    start: float  # until the first article, and after the last
    usage: Usage

    def bytes_of(self) -> dict[str, str]:
        """Return the answers as they are compared with another run's."""
        return {name: canonical(each) for name, each in (*self.native.items(), *self.failed.items())}


def read_systems(path: Path = HERE / "systems.toml") -> dict[str, System]:
    """Return the systems by name."""
    return {
        entry["name"]: System(**entry) for entry in tomli.loads(path.read_text(encoding="utf-8"))["system"]
    }


def task_of(system: System, model: Model | None, url: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a program is told before the articles: where to ask, and what, as far as it can be told."""
    asked = {"url": url, "model": model.name} if model else {}
    own: dict[str, Any] = {}
    if system.form == "langextract":
        own = tomli.loads((HERE / "task.toml").read_text(encoding="utf-8"))
    elif system.form == "langchain":
        predicates = [plain(name).replace(" ", "_").upper() for name in schema().predicates]
        own = {"types": list(schema().types), "predicates": predicates}
    return {**own, **asked, **options}


def run(
    system: System,
    python: str,
    articles: Sequence[GoldArticle],
    model: Model | None = None,
    options: Mapping[str, Any] | None = None,
    number: int = 1,
) -> Run:
    """Run a system on articles; ``number`` seeds the order of Python's sets, so that no two runs agree by it.

    Raises:
        KgError: it is not installed there, or ended before its last article.
    """
    if system.model and model is None:
        raise KgError(system.name, "it asks a model", "--url and --model say where, and which")
    with relay(model.url, model.key) if model else nullcontext(("", Usage())) as (url, usage):
        task = task_of(system, model, url, options or {})
        lines = [task, *({"id": each.article.name, "text": each.article.text} for each in articles)]
        told = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        begin = time.perf_counter()
        ended = _child(system, python, told, model, number)
        whole = time.perf_counter() - begin
    try:
        answers = [json.loads(line) for line in ended.stdout.splitlines()]
    except ValueError as error:
        raise KgError(system.name, f"its program wrote something else than answers: {error}") from error
    if len(answers) != len(articles):
        last = (ended.stderr.strip().splitlines() or [f"exit status {ended.returncode}"])[-1]
        raise KgError(
            system.name, f"it ended early: {last}", f"is it installed for {python}? {system.install}"
        )
    seconds = sum(each["seconds"] for each in answers)
    native = {each["id"]: each["native"] for each in answers if "native" in each}
    failed = {each["id"]: each["error"] for each in answers if "error" in each}
    return Run(native, failed, seconds, whole - seconds, usage)


def _child(
    system: System, python: str, told: str, model: Model | None, number: int
) -> subprocess.CompletedProcess[str]:
    hidden = (KEY, model.key_variable if model else "")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment |= {"PYTHONHASHSEED": str(number), "PYTHONIOENCODING": "utf-8"}
    program = str(HERE / "programs" / system.program)
    try:
        return subprocess.run(
            [python, program], input=told, capture_output=True, encoding="utf-8", env=environment, check=False
        )
    except OSError as error:
        raise KgError(python, f"no Python: {error}", _PYTHON) from error


def weigh(system: System, python: str) -> dict[str, Any]:
    """Return version, bytes and number of distributions of a system as it is installed.

    Raises:
        KgError: there is no such Python.
    """
    ours = system.form == "ours"
    wanted = [system.distribution] if ours else shlex.split(system.install)[2:]
    folders = [str(ROOT / each) for each in _OUR_FOLDERS] if ours and python == sys.executable else []
    program = str(HERE / "programs" / "weigh.py")
    try:
        ended = subprocess.run(
            [python, program, *wanted, "--", *folders], capture_output=True, text=True, check=True
        )
        weight: dict[str, Any] = json.loads(ended.stdout)
    except (OSError, subprocess.CalledProcessError, ValueError) as error:
        raise KgError(python, f"no Python: {error}", _PYTHON) from error
    return weight
