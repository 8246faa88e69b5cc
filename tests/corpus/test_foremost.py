"""The page of many articles: what has most sources, the list of all articles, every name, and no more bytes than it may have."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kg.base.model import Reading, Span
from kg.decide.apply import apply
from kg.decide.model import Decision, EntityAnchor
from kg.graph.store import Graph
from kg.graph.vocabulary import RDF, SCHEMA
from kg.view import foremost
from kg.view.foremost import Foremost, Room, are_many, copies
from kg.view.page import fitting, page_of
from kg.view.picture import picture_of
from tests.decide.anchors import of_fact

LITTLE = Room(things=1, around=2, facts=3, figures=1, articles=9, names=99)


def data_of(page: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_thing_that_most_sources_name_is_shown_with_what_it_is_tied_to(many_graph: Graph) -> None:
    whole, part = picture_of(many_graph), Foremost(many_graph).picture(LITTLE)

    labels = {node.label for node in part.nodes}
    assert labels == {"青禾集团有限公司", "青禾农业有限公司", "林远山"}
    assert len(part.nodes) == 3
    assert all({fact.subject, fact.object} <= {node.iri for node in part.nodes} for fact in part.facts)
    assert set(part.nodes) < {
        replace(node, mentions=()) for node in whole.nodes
    }  # named where quotes name them
    best = {fact.iri for fact in whole.facts if fact.independent == 2}
    assert len(best) == 2
    assert best <= {fact.iri for fact in part.facts}
    assert [fact.sources for fact in part.facts if fact.iri in best] == [2, 2]


def test_what_people_decided_is_told_of_what_is_shown_and_of_what_is_not(
    many_readings: list[Reading],
) -> None:
    first = many_readings[0]
    shown = of_fact(first, first.facts[0])
    made = (
        Decision("d1", "confirm", fact=shown, by="lin", on=date(2026, 11, 30)),
        Decision("d2", "no-entity", a=EntityAnchor(first.article.sha256, Span(0, 1), "无此名")),
    )
    graph = Graph.from_readings([apply(first, made), *many_readings[1:]])

    right, lost = Foremost(graph).picture(Room()).rulings

    assert (right.verdict, right.by, right.on, right.anchored) == ("confirm", "lin", "2026-11-30", True)
    assert len(right.nodes) == 1
    assert (lost.id, lost.anchored, lost.nodes) == ("d2", False, ())


def test_things_of_most_sources_come_first(many_graph: Graph) -> None:
    ranked = [many_graph.label(thing) for thing in Foremost(many_graph).ranked]

    assert (
        ranked[0] == "青禾集团有限公司"
    )  # named in three articles, of which one is a copy, as two others name it in two
    assert set(ranked[1:4]) == {"湖州市", "青禾农业有限公司", "林远山"}


def test_copies_of_an_article_are_one_source(many_graph: Graph, many_readings: list[Reading]) -> None:
    assert len(copies_in(many_graph)) == 3  # the third article copies the first
    assert len(copies_in(Graph.from_readings(many_readings))) == 4


def copies_in(graph: Graph) -> set[str]:
    groups = copies(graph)
    return {groups.of(article) for article in graph.sources(SCHEMA + "NewsArticle", RDF + "type")}


def test_what_is_left_out_is_counted_and_its_names_can_be_searched(many_graph: Graph) -> None:
    whole, part = picture_of(many_graph), Foremost(many_graph).picture(LITTLE)

    drawn = {node.label for node in part.nodes}
    named = {each.names[0]: each for each in part.beyond}
    assert drawn | set(named) == {node.label for node in whole.nodes}
    assert part.left_out["nodes"] == len(whole.nodes) - 3 == len(part.beyond)
    assert part.left_out["ties"] == len(whole.facts) - len(part.facts)
    assert part.left_out["figures"] == len(whole.figures) - len(part.figures)
    assert part.left_out["names"] == part.left_out["articles"] == 0
    universities = [each for each in part.beyond if each.names[0] == "云溪大学"]
    assert {each.type for each in universities} == {"Organization"}
    assert [each.articles for each in universities] == [1, 1]
    articles = {part.articles[number].name for each in universities for number in each.among}
    assert articles == {"change", "namesake"}


def test_every_article_stands_in_the_list_with_the_words_that_are_quoted(many_graph: Graph) -> None:
    part = Foremost(many_graph).picture(LITTLE)

    assert {article.name for article in part.articles} == {"opening", "talk", "change", "namesake"}
    assert part.title == "4 篇文章"
    for fact in part.facts:
        for quote in fact.quotes:
            assert part.articles[quote.article].text[quote.start : quote.end]


def test_of_more_articles_than_fit_the_quoted_and_then_the_last_stay(many_graph: Graph) -> None:
    part = Foremost(many_graph).picture(Room(0, 0, 0, 0, 2, 1))

    assert {article.name for article in part.articles} == {"change", "namesake"}
    assert part.left_out["articles"] == 2
    assert part.left_out["names"] == len(picture_of(many_graph).nodes) - 1


def test_a_page_of_many_is_that_of_the_part_and_not_larger_than_it_may_be(
    many_graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not are_many(many_graph)
    assert "beyond" not in data_of(page_of(many_graph))
    monkeypatch.setattr(foremost, "MANY", 3)
    assert are_many(many_graph)

    whole = page_of(many_graph, ["the texts of so many are not carried"])
    assert data_of(whole)["leftOut"]["core"] > 0
    smaller = fitting(Foremost(many_graph), len(whole.encode()) - 100)
    assert len(smaller.encode()) <= len(whole.encode()) - 100
    assert len(data_of(smaller)["nodes"]) < len(data_of(whole)["nodes"])


def test_the_order_of_triples_does_not_matter(many_graph: Graph) -> None:
    quads = list(many_graph.store)
    other = Graph(many_graph.base)
    other.store.extend(sorted(quads, key=lambda quad: str(quad)[::-1]))

    assert fitting(Foremost(many_graph)) == fitting(Foremost(other))
