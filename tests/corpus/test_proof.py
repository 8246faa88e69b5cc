"""A corpus is proven by its texts; what was changed in any of its layers is seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg.base.model import Leaves, Reading, Span
from kg.corpus.graph import corpus_graph
from kg.corpus.proof import verify_corpus
from kg.graph.iri import identity_iri
from kg.graph.store import Graph
from kg.graph.verify import verify
from tests.corpus.many import identity_of, read
from tests.corpus.test_graph import TEXTS


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return read(TEXTS)


@pytest.fixture
def graph(readings: list[Reading]) -> Graph:
    return corpus_graph(readings, identity_of(readings))


def texts(readings: list[Reading]) -> list[str]:
    return [reading.article.text for reading in readings]


def test_every_layer_is_proven(readings: list[Reading], graph: Graph) -> None:
    report = verify_corpus(graph, texts(readings))

    assert report.problems == ()
    assert report.articles == 3
    assert report.facts == sum(verify(Graph.from_readings([each]), texts([each])).facts for each in readings)


def test_one_article_is_proven_as_ever(readings: list[Reading]) -> None:
    one = Graph.from_readings(readings[:1])

    assert verify_corpus(one, texts(readings)) == verify(one, texts(readings))


def test_a_missing_text_is_named(readings: list[Reading], graph: Graph) -> None:
    problems = verify_corpus(graph, texts(readings)[:2]).problems

    assert any("no text has the checksum" in each.what for each in problems)


def layer(graph: Graph, name: str) -> Graph:
    """Return a layer of a corpus: the graph of an article, that of identity, the merged view."""
    if name == "merged":
        return graph
    return graph.part(identity_iri(graph.base) if name == "identity" else graph.article_graphs()[0])


def forged(quads: list[ox.Quad]) -> Iterator[tuple[ox.Quad, ox.Quad | None]]:
    """Yield each triple taken away, and with the value of another of its property."""
    for at, quad in enumerate(quads):
        yield quad, None
        like = [
            each.object for each in quads if each.predicate == quad.predicate and each.object != quad.object
        ]
        if like:
            yield quad, ox.Quad(quad.subject, quad.predicate, like[at % len(like)], quad.graph_name)


@pytest.mark.parametrize(("name", "step"), [("article", 29), ("identity", 9), ("merged", 53)])
def test_what_was_changed_in_any_layer_is_seen(
    readings: list[Reading], graph: Graph, name: str, step: int
) -> None:
    quads = sorted(layer(graph, name).quads(), key=str)
    tried = 0
    for was, now in list(forged(quads))[::step]:
        if now is not None and now in graph.store:
            continue
        graph.store.remove(was)
        if now is not None:
            graph.store.add(now)
        assert not verify_corpus(graph, texts(readings)).ok, f"{was} -> {now}"
        graph.store.add(was)
        if now is not None:
            graph.store.remove(now)
        tried += 1

    assert tried > 8
    assert verify_corpus(graph, texts(readings)).ok


def test_what_was_added_to_the_merged_view_is_seen(readings: list[Reading], graph: Graph) -> None:
    (person,), (other,) = graph.named("苏明德"), graph.named("湖州市")
    graph.add_lines([f"<{person}> <https://example.org/kg/ontology#visited> <{other}> ."])

    (problem,) = verify_corpus(graph, texts(readings)).problems

    assert "which no article gives" in problem.what


def test_a_graph_of_no_article_is_seen(readings: list[Reading], graph: Graph) -> None:
    graph.add_quads(["<x:a> <x:b> <x:c> <x:d> ."])

    assert "is a graph of no article" in {
        each.what for each in verify_corpus(graph, texts(readings)).problems
    }


def test_a_link_that_rests_on_a_page_of_a_document_is_proven_with_it() -> None:
    leaves = Leaves("page", ((0, 1), (8, 2)), "http://tools.ietf.org/rfc/rfc3778")
    found = [replace(each, article=replace(each.article, leaves=leaves)) for each in read(TEXTS)]
    identity = identity_of(found)
    spans = {each.article.sha256: Span(5, 9) for each in found}  # no words that the articles quote themselves
    links = tuple(
        replace(link, a_span=spans[link.a.article], b_span=spans[link.b.article]) for link in identity.links
    )
    graph = corpus_graph(found, replace(identity, links=links))

    assert verify_corpus(graph, texts(found)).problems == ()
