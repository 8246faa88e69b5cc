"""A graph is the sum of its articles: however they are shared out, read and put together again, it says the same."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.base.model import Article, Reading
from kg.graph.store import Graph
from kg.graph.vocabulary import KG
from kg.pipeline import Pipeline
from kg.text.source import article_of, read_article

GOLD = sorted((Path(__file__).parents[1] / "gold").glob("*.txt"))[:6]
MADE = [
    article_of("甲市召开大会\n甲市市长王小明主持会议，长河集团投资3亿元建设新厂。", "a"),
    article_of("长河集团新闻\n长河集团董事长王小明说，集团去年产值增长12%。", "b"),
    article_of("甲市\n王小明任甲市市长。长河集团与乙县中学签约。", "c"),
]


@cache
def articles() -> tuple[Article, ...]:
    return (*MADE, *map(read_article, GOLD))


@cache
def alone() -> tuple[Reading, ...]:
    return tuple(reading for article in articles() for reading in Pipeline().read([article]))


def lines(graph: Graph) -> frozenset[str]:
    """The statements of a graph but for how sure they are: of several articles the surest counts."""
    written = graph.serialize("nt").decode().splitlines()
    return frozenset(line for line in written if f"<{KG}confidence>" not in line)


@cache
def whole() -> tuple[bytes, frozenset[str]]:
    graph = Graph.from_readings(Pipeline().read(articles()))
    return graph.to_turtle(), lines(graph)


@settings(max_examples=8, deadline=None)
@given(st.data())
def test_articles_read_in_any_parts_and_order_give_the_same_bytes(data: st.DataObject) -> None:
    numbers = data.draw(st.permutations(range(len(articles()))))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(numbers) - 1), max_size=4)))
    bounds = [0, *cuts, len(numbers)]
    parts = [numbers[start:end] for start, end in pairwise(bounds)]

    readings = [each for part in parts for each in Pipeline().read([articles()[n] for n in part])]

    assert Graph.from_readings(readings).to_turtle() == whole()[0]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 2), min_size=9, max_size=9))
def test_graphs_of_parts_together_are_the_graph_of_the_whole(homes: list[int]) -> None:
    parts = [[reading for reading, home in zip(alone(), homes, strict=True) if home == n] for n in range(3)]

    together = frozenset[str]().union(*(lines(Graph.from_readings(part)) for part in parts))

    assert together == whole()[1]
