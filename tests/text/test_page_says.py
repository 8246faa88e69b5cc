"""What the markup of a page says of its article, and which of it is believed."""

from __future__ import annotations

import json

import pytest

from kg.text.formats.page_says import PageSays, page_says
from kg.text.source import article_from_bytes

LINKED = '<script type="application/ld+json">{}</script>'
NEWS = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "datePublished": "2024-05-08T16:20:00+08:00",
    "publisher": {"@type": "Organization", "name": "江城日报"},
    "author": [{"name": "王芳"}, "李明"],
}
SHARED = '<meta property="article:published_time" content="2024-05-09"><meta property="og:site_name" content="江城网">'
META = '<meta name="PubDate" content="2024-05-10 09:00"><meta name="ContentSource" content="新华社"><meta name="author" content="赵强">'
TIME = '<time datetime="2024-05-11" itemprop="datePublished">昨天</time>'


def said(page: str) -> tuple[str, str, str]:
    found = page_says(page)
    return str(found.published or ""), found.publisher, found.author


def test_json_ld_goes_before_opengraph_before_meta_before_time() -> None:
    linked = LINKED.format(json.dumps(NEWS))

    assert said(TIME + META + SHARED + linked) == ("2024-05-08", "江城日报", "王芳、李明")
    assert said(TIME + META + SHARED) == ("2024-05-09", "江城网", "赵强")
    assert said(TIME + META) == ("2024-05-10", "新华社", "赵强")
    assert said(TIME) == ("2024-05-11", "", "")


def test_an_article_in_a_graph_of_json_ld_is_found_and_another_thing_is_not() -> None:
    assert said(
        LINKED.format(json.dumps({"@graph": [{"@type": "Event", "datePublished": "2020-01-01"}, NEWS]}))
    ) == (
        "2024-05-08",
        "江城日报",
        "王芳、李明",
    )


def test_times_of_several_articles_say_nothing() -> None:
    assert page_says('<time datetime="2024-05-11">a</time><time datetime="2024-05-12">b</time>') == PageSays()
    assert said('<time datetime="2024-05-11">a</time>')[0] == "2024-05-11"


@pytest.mark.parametrize(
    "script",
    ["{", "[" * 100_000, json.dumps({"@type": {"a": 1}, "author": 5}), '{"@type": 5}', '{"@type": true}', '{"@type": [1.5]}', json.dumps({"@type": "Article"})[:-1] + ', "author": ' + "[" * 900 + "]" * 900 + "}", json.dumps([[[NEWS["author"]]] * 500]), '{"@type": "Article", "datePublished": "soon"}'],
)  # fmt: skip
def test_broken_json_ld_says_nothing(script: str) -> None:
    assert page_says(LINKED.format(script)) == PageSays()


def test_an_address_or_a_sentence_is_no_author() -> None:
    assert (
        said(
            '<meta name="author" content="https://example.org/a"><meta name="author" content="'
            + "王" * 99
            + '">'
        )[2]
        == ""
    )


PAGE = "<html><head><title>江城建桥</title>{}</head><body><h1>江城建桥</h1><p>江城市政府宣布建桥，投资2亿元，明年开工，后年通车。</p>{}</body></html>"


def test_what_the_page_shows_goes_before_what_its_markup_says() -> None:
    markup = LINKED.format(json.dumps(NEWS))
    shown = "<p>发布时间：2024-05-07　来源：江城晚报</p>"

    hidden = article_from_bytes(PAGE.format(markup, "").encode(), "a", "html")
    seen = article_from_bytes(PAGE.format(markup, shown).encode(), "a", "html")

    assert (str(hidden.published), hidden.publisher, hidden.author) == (
        "2024-05-08",
        "江城日报",
        "王芳、李明",
    )
    assert (str(seen.published), seen.publisher) == ("2024-05-07", "江城晚报")
