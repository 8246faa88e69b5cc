"""Reading order is import order: a folder imports only folders that stand before it, and inside one nothing runs in a ring."""

from __future__ import annotations

import ast
import re
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
KG = ROOT / "kg"
ORDER = (
    "version",
    "base",
    "text",
    "words",
    "names",
    "things",
    "figures",
    "facts",
    "propose",
    "pipeline",
    "decide",
    "graph",
    "corpus",
    "spark",
    "questions",
    "review",
    "view",
    "export",
    "learn",
    "api",
    "serve",
    "cli",
    "__main__",
)
"""Folders and files of ``kg/``, in the way of the data. ``kg/__init__.py`` offers ``api`` on use and is left out."""

HOMES = {
    "onnxruntime": {"kg.words.lac"},
    "pypdfium2": {"kg.text.formats.pdf"},
    "mammoth": {"kg.text.formats.docx"},
    "ofdkit": {"kg.text.formats.ofd"},
    "opencc": {"kg.text.script", "kg.serve.search"},
    "ahocorasick_rs": {"kg.base.finder"},
    "trafilatura": {"kg.text.formats.webpage"},
    "charset_normalizer": {"kg.text.decoding"},
    "rdflib": {"kg.graph.store", "kg.graph.validate"},
    "pyoxigraph": {
        *(
            f"kg.graph.{name}"
            for name in (
                "absent",
                "apart",
                "counts",
                "disk",
                "engine",
                "order",
                "parts",
                "query",
                "readable",
                "verbatim",
            )
        ),
        "kg.corpus.graph",
        "kg.corpus.proof",
        "kg.export.dataset",
        "kg.export.executables",
        "kg.graph.proof.view",
        "kg.graph.rows",
        "kg.questions.known",
        *(
            f"kg.serve.answers.{name}"
            for name in ("named", "network", "node", "opened", "overview", "part", "sparql", "tools")
        ),
        "kg.serve.bulk_load",
        "kg.serve.search",
        "kg.serve.service",
        "kg.graph.store",
        "kg.graph.validate",
        "kg.view.dossier",
    },
    "pyshacl": {"kg.graph.validate"},
    "networkx": {"kg.export.networks", "kg.view.drawing", "kg.view.measure", "kg.view.network"},
    "pyvis": {"kg.view.page"},
    "sklearn": {"kg.learn.figures", "kg.learn.names", "kg.learn.relations", "kg.learn.train"},
    "torch": {"kg.learn.net", "kg.learn.train"},
    "typer": {
        f"kg.cli.{name}"
        for name in (
            "annotate",
            "app",
            "ask",
            "assistant",
            "build",
            "check",
            "common",
            "completion",
            "corpus",
            "decide",
            "decisions",
            "dossier",
            "export",
            "knowledge",
            "learn",
            "model",
            "own",
            "personal",
            "review",
            "serve",
            "sources",
            "spark",
            "streams",
            "spoken",
            "verbatim",
            "writing",
        )
    },
    "pyspark": {"kg.spark.session", "kg.spark.tables", "kg.spark.job"},
    "py4j": {"kg.spark.session"},
    "mcp": {"kg.cli.assistant", "kg.serve.assistant"},
    "starlette": {
        "kg.cli.assistant",
        "kg.cli.serve",
        *(
            f"kg.serve.{name}"
            for name in ("api", "app", "asking", "completing", "discovery", "editing", "received")
        ),
    },
    "uvicorn": {"kg.serve.background", "kg.serve.door", "kg.cli.serve"},
    "h11": {"kg.serve.door"},
}

LONGEST = 450
"""Lines of a file of ``kg/``."""


@cache
def modules() -> dict[str, Path]:
    """Every module of ``kg/`` by its dotted name; a package stands for its ``__init__``."""
    paths = sorted(KG.rglob("*.py"))
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in paths}
    return {name.removesuffix(".__init__"): path for name, path in names.items()}


@cache
def imported(name: str) -> frozenset[str]:
    """Every kg module and foreign package a module imports, at its top or on use, type checking left out."""
    tree = ast.parse(modules()[name].read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
    }
    found = set()
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name} imports by its place; name the module"
            module = node.module or ""
            inner = {f"{module}.{alias.name}" for alias in node.names} & set(modules())
            found |= inner or {module}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return frozenset(found)


def own(name: str) -> set[str]:
    return {module for module in imported(name) if module in modules()} - {"kg", name}


def step(name: str) -> str:
    return name.split(".")[1]


def test_every_folder_has_its_place_in_the_order() -> None:
    assert {step(name) for name in modules() if name != "kg"} == set(ORDER)


@pytest.mark.parametrize("name", sorted(set(modules()) - {"kg"}))
def test_a_module_imports_only_steps_before_its_own(name: str) -> None:
    steps = {step(module) for module in own(name)}

    assert steps <= set(ORDER[: ORDER.index(step(name)) + 1])


@pytest.mark.parametrize("folder", ORDER)
def test_nothing_runs_in_a_ring_inside_a_folder(folder: str) -> None:
    inside = {name for name in modules() if name != "kg" and step(name) == folder}
    try:
        tuple(TopologicalSorter({name: own(name) & inside for name in inside}).static_order())
    except CycleError as error:
        pytest.fail(f"a ring of imports: {' -> '.join(error.args[1])}")


@pytest.mark.parametrize("package", sorted(HOMES))
def test_a_package_is_imported_only_where_it_is_at_home(package: str) -> None:
    users = {name for name in modules() if any(module.split(".")[0] == package for module in imported(name))}

    assert users == HOMES[package]


def test_no_file_is_longer_than_a_reader_holds_in_mind() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in modules().values()
    }

    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_no_test_measures_time() -> None:
    """A busy machine fails such tests: count calls (the fixture ``calls``), or measure in ``benchmarks/``."""
    clocks = ("perf_" + "counter", "process_" + "time", "time" + "it")
    found = [
        (path.name, clock)
        for path in sorted(Path(__file__).parent.rglob("*.py"))
        for clock in clocks
        if clock in path.read_text(encoding="utf-8")
    ]

    assert found == []


def test_the_guide_names_only_modules_that_are_there() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = guide[guide.index("| step | modules |") :].split("\n\n")[0]
    named = {
        part
        for row in table.splitlines()[2:]
        for name in re.findall(r"`([a-z_/]+)`", row.split("|")[2])
        for part in name.strip("/").split("/")
    }
    there = {path.stem for path in KG.rglob("*")} | {"kg"}

    assert len(named) > 60
    assert not named - there
