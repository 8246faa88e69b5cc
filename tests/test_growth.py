"""The work of reading grows with the text: twice as long, at most 2.3 times the calls, for texts that are hard to read.

Calls of Python and C are counted, which no busy machine changes; ``benchmarks/growth.py`` measures time and memory of the
whole command, and much longer texts.
"""

from __future__ import annotations

import cProfile
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from kg.base.model import Mention, Span
from kg.graph.store import Graph
from kg.pipeline import Pipeline
from kg.text.source import article_from_bytes
from kg.things.abbreviation import merge_abbreviated
from kg.things.union import Names
from kg.view.marks import find_marks
from kg.view.picture import picture_of

ROOT: Final = Path(__file__).parent.parent
MOST: Final = 2.3
SIZE: Final = 900
"""Characters: enough for two sentences that are cut for their length."""

LARGER: Final = {
    "documents enumerated": 3000,
    "honours enumerated": 3000,
    "quotes unclosed": 1500,
    "one surname": 3600,
    "one fact": 3600,
}
"""Kinds that grow by steps in short texts: names are held against each other up to a number that those do not reach."""


def _benchmark(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)  # its dataclasses look for it there
    spec.loader.exec_module(module)
    return module


KINDS: Final[dict[str, Callable[[int], str]]] = _benchmark("growth_texts").KINDS
GROWTH: Final = _benchmark("growth")


def calls_of(work: Callable[[], object]) -> int:
    """Return how many calls, of Python and of C, a function makes."""
    profile = cProfile.Profile()
    profile.runcall(work)
    rows: list[Any] = profile.getstats()
    return sum(row.callcount for row in rows)


def growth_of(work: Callable[[int], Callable[[], object]], size: int) -> float:
    """Return the calls for twice the size over those for the size, all that is loaded or kept being there."""
    once, twice = work(size), work(2 * size)
    twice()
    return calls_of(twice) / calls_of(once)


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


@pytest.mark.no_cover
@pytest.mark.parametrize("kind", KINDS)
def test_reading_grows_with_the_text(kind: str, pipeline: Pipeline) -> None:
    def work(size: int) -> Callable[[], object]:
        data = KINDS[kind](size).encode()

        def read() -> object:
            article = article_from_bytes(data, "hard")
            graph = Graph.from_readings(pipeline.read([article]))
            return graph.to_turtle(), picture_of(graph, [article.text])

        return read

    assert growth_of(work, LARGER.get(kind, SIZE)) <= MOST


@pytest.mark.parametrize(
    ("once", "twice", "ratio"),
    [(5.0, 9.0, 2.0), (1.0, 1.0, 0.0), (0.5, 0.9, 0.0), (1.5, 2.5, 0.0), (0.9, 10.0, 9.0)],
    ids=["twice", "nothing", "less than nothing", "too little", "a leap from less than nothing"],
)
def test_a_ratio_is_told_only_of_what_takes_long_enough(once: float, twice: float, ratio: float) -> None:
    line, told = GROWTH.line_of("kind", 9, GROWTH.Cost(once, 1), GROWTH.Cost(twice, 1), start=1.0)

    assert told == ratio
    assert ("too little to say" in line) == (ratio == 0)


def test_without_a_start_there_is_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GROWTH, "cost_of", lambda _text, _limit: GROWTH.Cost(None, 1, "status 1: no model"))

    with pytest.raises(SystemExit, match="one short line cannot be built: status 1: no model"):
        GROWTH.start_of(1)


def test_of_many_names_that_begin_alike_none_is_held_against_all_others() -> None:
    def work(size: int) -> Callable[[], object]:
        texts = [f"东方{number:04}局" for number in range(size)]
        names = Names([[Mention(Span(0, 7), text, "Organization", "x")] for text in texts])
        return lambda: merge_abbreviated(names, "abbreviated")

    assert growth_of(work, 300) <= MOST


def test_marks_are_found_in_one_walk() -> None:
    """One name on every line, and another name on every line: neither is looked for once more for each mark."""

    def one(size: int) -> Callable[[], object]:
        text = "王小明\n" * size
        return lambda: find_marks(text, {"a": ["王小明", "小明"]})

    def many(size: int) -> Callable[[], object]:
        names = {str(number): [f"甲{number:05}乙"] for number in range(size)}
        text = "\n".join(f"甲{number:05}乙" for number in range(size))
        return lambda: find_marks(text, names)

    assert growth_of(one, 200) <= MOST
    assert growth_of(many, 200) <= MOST
