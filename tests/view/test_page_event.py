"""What an article is about stands above it on the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kg.graph.store import Graph
from kg.pipeline import Pipeline
from kg.text.source import article_of
from kg.view.page import page_of, render
from kg.view.picture import Picture, picture_of

TEXT = "东山集团收购北湖公司\n东山集团5月3日宣布，以3亿元收购北湖公司60%股权。\n北湖公司主营纸张。"
PLAIN = "纸张的历史\n纸张由来已久。"
LIFE = "王小明：一生献给大山的教师\n王小明1980年出生于江西省赣州市。王小明热爱教育事业。王小明说，他会一直教下去。"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph.from_readings(Pipeline().read([article_of(TEXT, "a"), article_of(PLAIN, "b")]))


@pytest.fixture(scope="module")
def picture(graph: Graph) -> Picture:
    return picture_of(graph, [TEXT, PLAIN])


def test_picture_has_the_main_event_of_an_article_and_none_where_there_is_none(picture: Picture) -> None:
    told, plain = sorted(picture.articles, key=lambda each: each.name)
    names = {node.iri: node.label for node in picture.nodes}

    assert plain.event is None
    assert told.event is not None
    assert told.event.kind == "purchase"
    assert [names[each] for each in told.event.agents] == ["东山集团"]
    assert [names[each] for each in told.event.patients] == ["北湖公司"]
    assert set(told.event.facts) <= {fact.iri for fact in picture.facts}
    assert set(told.event.figures) <= {figure.iri for figure in picture.figures}
    (quote,) = told.event.quotes
    assert "收购北湖公司" in told.text[quote.start : quote.end]


def test_of_an_excerpt_the_quote_of_the_event_is_moved_with_it(graph: Graph) -> None:
    told = next(each for each in picture_of(graph).articles if each.event)
    assert told.pieces
    assert told.event is not None
    quote = told.event.quotes[0]
    assert "收购北湖公司" in told.text[quote.start : quote.end]


@pytest.fixture(scope="module")
def portrait() -> Picture:
    texts = [TEXT, PLAIN, LIFE]
    return picture_of(
        Graph.from_readings(Pipeline().read([article_of(t, n) for t, n in zip(texts, "abc", strict=True)])),
        texts,
    )


def test_picture_has_whom_an_article_is_about_that_tells_no_event(portrait: Picture) -> None:
    names = {node.iri: node.label for node in portrait.nodes}

    assert {each.name: names.get(each.topic, "") for each in portrait.articles} == {
        "a": "",
        "b": "",
        "c": "王小明",
    }


@pytest.mark.browser
def test_page_tells_whom_an_article_is_about_and_leads_to_him(
    show: Callable[..., Any], portrait: Picture
) -> None:
    number = next(n for n, each in enumerate(portrait.articles) if each.topic)
    opened = show(render(portrait), fragment=f"#article={number}")
    card = opened.page.locator("#panel-article .about")

    assert card.inner_text().split() == ["主题：王小明"]
    card.locator(".link").click()
    assert opened.page.locator("#side h2").inner_text().endswith("王小明")
    opened.page.click("#language")
    assert card.inner_text().split() == ["Topic:", "王小明"]


@pytest.mark.browser
def test_the_list_of_articles_has_kinds_of_events_and_topics_in_the_language_of_the_page(
    show: Callable[..., Any], portrait: Picture
) -> None:
    opened = show(render(portrait), fragment="#tab=articles")
    panel = opened.page.locator("#panel-articles")

    assert {"买卖股权", "主题：王小明"} <= set(panel.locator("td").all_inner_texts())
    options = panel.locator("option").all_inner_texts()
    assert any(each.startswith("买卖股权") for each in options)
    assert any(each.startswith("主题") for each in options)
    assert not any("purchase" in each for each in options)


@pytest.mark.browser
def test_page_tells_what_an_article_is_about_and_leads_to_it(
    show: Callable[..., Any], picture: Picture
) -> None:
    number = next(n for n, each in enumerate(picture.articles) if each.event)
    opened = show(render(picture), fragment=f"#article={number}")
    card = opened.page.locator("#panel-article .about")

    assert "主要事件：买卖股权" in card.inner_text()
    assert [each.split("\n") for each in card.locator("dd").all_inner_texts()][:2] == [
        ["东山集团"],
        ["北湖公司"],
    ]
    card.locator(".link", has_text="3亿元").click()
    assert "3亿元" in opened.lit_words("quoted")
    card.locator(".quote").click()
    assert "收购北湖公司" in opened.lit_words("quoted")
    card.locator(".link", has_text="北湖公司").first.click()
    assert opened.page.locator("#side h2").inner_text().endswith("北湖公司")
    opened.page.click("#language")
    assert "Main event: purchase" in card.inner_text()
    assert re.search(r"purchase\s+\d+%", card.inner_text())
    opened.page.select_option("#panel-article select", str(1 - number))
    assert card.count() == 0


@pytest.mark.browser
def test_a_main_event_that_is_planned_says_so(show: Callable[..., Any], picture: Picture) -> None:
    articles = tuple(
        replace(each, event=replace(each.event, status="planned", date="2027")) if each.event else each
        for each in picture.articles
    )
    number = next(n for n, each in enumerate(articles) if each.event)
    opened = show(render(replace(picture, articles=articles)), fragment=f"#article={number}")

    assert opened.page.locator(".about .tag.s-planned").inner_text() == "计划"
    assert "2027" in opened.page.locator(".about").inner_text()


@pytest.mark.browser
def test_a_card_of_the_main_event_violates_no_rule_of_wcag(show: Callable[..., Any], graph: Graph) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    number = next(n for n, each in enumerate(picture_of(graph).articles) if each.event)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    for scheme in ("light", "dark"):
        opened = show(page_of(graph, [TEXT, PLAIN]), fragment=f"#article={number}&lang=en", scheme=scheme)
        found = axe.run(opened.page, options={"runOnly": {"type": "tag", "values": tags}}).response
        assert [(each["id"], each["nodes"][0]["target"]) for each in found["violations"]] == []
