"""The page of its document that a quote stands on, wherever the server shows the quote."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.graph.store import Graph
from kg.serve.answers.node import PAGE, node
from kg.serve.answers.opened import Opened
from kg.serve.answers.overview import search
from kg.serve.bulk_load import current_version, find_sources, load_store
from kg.serve.limits import Limits
from kg.serve.pages.node import node_page
from kg.serve.pages.search import Asked, search_page
from kg.serve.words import Language
from tests.graph.paged import graph_of


@contextmanager
def opened(graph: Graph, folder: Path) -> Iterator[Opened]:
    """A store as a worker has it, who keeps it until its process ends."""
    graph.write(folder / "graph.ttl")
    load_store(find_sources([folder / "graph.ttl"]), folder / "store")
    one = Opened(current_version(folder / "store"), Limits())
    yield one
    one.index.close()
    one._used.close()


@pytest.fixture(scope="module")
def paged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    with opened(graph_of("paged"), tmp_path_factory.mktemp("paged")) as one:
        yield one


@pytest.mark.parametrize(("language", "words"), [("en", " · page 2<"), ("zh", " · 第 2 页<")])
def test_the_page_of_a_thing_tells_it(paged: Opened, language: Language, words: str) -> None:
    (iri,) = paged.graph.named("王芳")
    value = node(paged, iri).body

    assert {quote["found_at"] for fact in value["facts"] for quote in fact["quotes"]} == {"page=2"}
    assert words in str(node_page(value, PAGE, language))


@pytest.mark.parametrize(("language", "words"), [("en", " · page 2<"), ("zh", " · 第 2 页<")])
def test_the_search_tells_it(paged: Opened, language: Language, words: str) -> None:
    found = search(paged, "王芳", 10).body

    assert {quote["found_at"] for quote in found["quotes"]} == {"page=2"}
    assert words in str(search_page(found, Asked("王芳", size=10), language))


def test_of_an_article_without_pages_nothing_is_told(tmp_path: Path) -> None:
    with opened(graph_of("plain"), tmp_path) as plain:
        value = node(plain, plain.graph.named("王芳")[0]).body

    assert {quote["found_at"] for fact in value["facts"] for quote in fact["quotes"]} == {""}
    assert "</a> · " not in str(node_page(value, PAGE, "en"))
