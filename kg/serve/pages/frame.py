"""The frame of every page: head, links, search box, language."""

from __future__ import annotations

from kg.serve.html import Markup, el
from kg.serve.words import Language, word

__all__ = ["frame"]


def frame(
    title: str, language: Language, *content: object, words: str = "", wide: bool = False, head: object = None
) -> str:
    """Return a whole page: ``content`` under the links and the search box, with ``words`` in the box."""
    other: Language = "en" if language == "zh" else "zh"

    def say(key: str) -> str:
        return word(key, language)

    links = [
        ("/", "home"),
        ("/tables/facts", "tables"),
        ("/query", "query"),
        ("/network", "network"),
        ("/api", "api"),
    ]
    page = el(
        "html",
        el(
            "head",
            el("meta", charset="utf-8"),
            el("meta", name="viewport", content="width=device-width, initial-scale=1"),
            el("title", title if title == say("graph") else f"{title} · {say('graph')}"),
            el("link", rel="stylesheet", href="/static/pages.css"),
            el("link", rel="icon", href="/static/icon.svg", type="image/svg+xml"),
            el("script", src="/static/suggest.js", defer=True),
            head,
        ),
        el(
            "body",
            el("a", say("skip"), href="#main", cls="skip"),
            el(
                "header",
                el("nav", [el("a", say(key), href=href) for href, key in links], aria_label=say("graph")),
                _search_form(words, language),
                el(
                    "a",
                    say("other_language"),
                    href=f"/language/{other}",
                    cls="language",
                    lang={"zh": "zh-CN", "en": "en"}[other],
                    hreflang=other,
                    rel="nofollow",
                ),
                id="top",
            ),
            el("main", *content, id="main", cls="wide" if wide else None),
            cls=None,
        ),
        lang={"zh": "zh-CN", "en": "en"}[language],
    )
    return f"<!doctype html>\n{page}\n"


def _search_form(words: str, language: Language) -> Markup:
    return el(
        "form",
        el("label", word("search", language), for_="q", cls="unseen"),
        el(
            "input",
            id="q",
            name="q",
            type="search",
            value=words or None,
            placeholder=word("search_hint", language),
            maxlength=200,
            required=True,
            autocomplete="off",
            role="combobox",
            aria_expanded="false",
            aria_controls="hits",
            aria_autocomplete="list",
        ),
        el("button", word("search", language)),
        el("ul", id="hits", role="listbox", aria_label=word("entities", language), hidden=True),
        action="/search",
        role="search",
        id="find",
    )
