"""Graphs that questions are asked of."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

import kg

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def asking() -> ModuleType:
    """Return the program that asks a file of questions."""
    spec = importlib.util.spec_from_file_location("questions", ROOT / "benchmarks" / "questions.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["questions"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def corpus(asking: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> kg.KnowledgeGraph:
    """Return the graph of all invented articles, as `kg build` makes it."""
    folder = tmp_path_factory.mktemp("corpus")
    asking.built(ROOT / "tests" / "questions" / "articles", folder)
    return kg.load(folder)


@pytest.fixture(scope="session")
def gold(asking: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> kg.KnowledgeGraph:
    """Return the graph of the invented articles that readings are compared with."""
    folder = tmp_path_factory.mktemp("gold")
    asking.built(ROOT / "tests" / "gold", folder)
    return kg.load(folder)


@pytest.fixture(scope="session")
def party() -> kg.KnowledgeGraph:
    """Return the graph of one article."""
    return kg.build(ROOT / "tests" / "questions" / "articles" / "party.txt")


@pytest.fixture(scope="session")
def said(asking: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> kg.KnowledgeGraph:
    """Return the graph of the invented articles of the questions that people typed."""
    folder = tmp_path_factory.mktemp("said")
    asking.built(ROOT / "tests" / "questions" / "said", folder)
    return kg.load(folder)
