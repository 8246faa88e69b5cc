"""The program that compares two commits: what it counts as gained and lost."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def compare() -> ModuleType:
    spec = importlib.util.spec_from_file_location("compare", ROOT / "benchmarks" / "compare.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_this_checkout_compared_with_itself_is_the_same(compare: ModuleType) -> None:
    articles = compare.articles_of(ROOT / "tests" / "gold", 2)
    read = compare.read(ROOT, articles)

    lines = list(compare.report([name for name, _ in articles], read, read, 5))

    assert lines[0] == "graphs with the same bytes: 2 of 2"
    assert len(lines) == 5
    assert all(line.endswith("0 gained, 0 lost") for line in lines[1:4])


def test_what_is_gained_and_lost_is_listed_up_to_a_limit(compare: ModuleType) -> None:
    before = {"bytes": "x", "seconds": 2.0, "facts": ["a", "b", "b"], "entities": [], "figures": []}
    after = {"bytes": "y", "seconds": 1.0, "facts": ["b", "c"], "entities": [], "figures": []}

    lines = list(compare.report(["n"], [before], [after], 2))

    assert lines[0] == "graphs with the same bytes: 0 of 1"
    assert lines[1:5] == [
        "facts: 3 before, 1 gained, 2 lost",
        "  + c   (n)",
        "  - a   (n)",
        "  ... and 1 more (--most)",
    ]
    assert lines[-1].startswith("processor time: 0.500 of before")
