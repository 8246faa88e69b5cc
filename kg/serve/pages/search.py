"""The page of a search: entities, and quotes with the words marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from kg.serve.html import Markup, el, join
from kg.serve.pages.frame import frame
from kg.serve.pages.parts import Value, address, chip, chips, found_at, in_article, turn_pages
from kg.serve.search import ALL, Narrowed
from kg.serve.words import Language, word

__all__ = ["Asked", "search_page"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a search asks for."""

    words: str
    narrowed: Narrowed = ALL
    offset: int = 0
    size: int = 20  # quotes on a page

    def address(self, narrowed: Narrowed) -> str:
        """Return the address of the same search, narrowed in another way."""
        given = {
            "q": self.words,
            "article": narrowed.article,
            "sources": narrowed.sources or "",
            "conflicts": "1" if narrowed.conflicts else "",
        }
        return f"/search?{urlencode({name: value for name, value in given.items() if value})}"


def search_page(found: Value, asked: Asked, language: Language) -> str:
    """Return the page of a search."""
    words, offset, size = asked.words, asked.offset, asked.size

    def say(key: str) -> str:
        return word(key, language)

    sections = [_facets(found["facets"], asked, language)]
    if found["entities"]:
        sections.append(
            el(
                "section",
                el("h2", say("entities")),
                el("ul", [el("li", _found_thing(each, language)) for each in found["entities"]], cls="rows"),
            )
        )
    if found["quotes"]:
        sections.append(
            el(
                "section",
                el("h2", say("quotes")),
                [_found_quote(each, words, language) for each in found["quotes"]],
            )
        )
    if not (found["entities"] or found["quotes"]):
        sections.append(el("p", say("nothing")))
    pages = turn_pages(
        f"{asked.address(asked.narrowed)}&", offset, size, len(found["quotes"]) == size, language
    )
    return frame(f"{say('results_for')}: {words}", language, el("h1", words), sections, pages, words=words)


def _facets(facets: Value, asked: Asked, language: Language) -> Markup | None:
    """Return by what the search can be narrowed, and by what it is: a link each, with how many quotes are left."""
    now = asked.narrowed
    articles = [
        _facet(
            each["title"] or each["local"] or each["iri"], each["count"], asked, replace(now, article=name)
        )
        for each in facets["articles"]
        if len(facets["articles"]) > 1 or now.article
        for name in (each["local"] or each["iri"],)
    ]
    sources = [
        _facet(f"≥ {each['least']}", each["count"], asked, replace(now, sources=each["least"]))
        for each in facets["sources"]
    ]
    count = facets["conflicts"]
    conflicts = (
        [_facet(word("contradicted", language), count, asked, replace(now, conflicts=True))] if count else []
    )
    parts = [
        part
        for key, links in (("articles", articles), ("independent_sources", sources), ("conflicts", conflicts))
        if links
        for part in (el("dt", word(key, language)), el("dd", chips(links)))
    ]
    if now != ALL:
        parts.append(el("dd", el("a", word("all_found", language), href=asked.address(ALL))))
    return el("nav", el("dl", parts), cls="facets", aria_label=word("narrow", language)) if parts else None


def _facet(label: str, count: int, asked: Asked, narrowed: Narrowed) -> Markup:
    """Return a link that narrows a search; where it is narrowed so already, it is marked."""
    is_on = narrowed == asked.narrowed
    return el(
        "a",
        el("span", label),
        el("span", count, cls="count"),
        href=asked.address(narrowed),
        cls="chip",
        aria_current="true" if is_on else None,
    )


def _found_thing(row: Value, language: Language) -> Markup:
    """Return a thing that was found, in how many articles it is named, and what tells it from others of its name."""
    notes = [
        f"{row['articles']} {word('in_one_article' if row['articles'] == 1 else 'in_articles', language)}",
        row["known_for"],
    ]
    return join([chip(row, language, True), el("span", " · ".join(filter(None, notes)), cls="muted")])


def _found_quote(row: Value, words: str, language: Language) -> Markup:
    facts = [el("li", el("a", fact["label"], href=address(fact))) for fact in row["facts"]]
    source = {"iri": row["article"], "name": row["article_name"]}
    return el(
        "article",
        el("blockquote", _marked(row["text"], words.split())),
        el(
            "p",
            el("a", row["title"] or word("article", language), href=in_article(source, row["text"])),
            found_at(row, language),
            cls="muted",
        ),
        el("ul", facts, cls="rows") if facts else None,
        cls="found",
    )


def _marked(text: str, words: Sequence[str]) -> list[object]:
    """Return a text with the first place of each word marked."""
    spans = sorted(
        (at, at + len(each)) for each in words if (at := text.casefold().find(each.casefold())) >= 0
    )
    parts: list[object] = []
    last = 0
    for start, end in spans:
        if start >= last and end <= len(text):
            parts += [text[last:start], el("mark", text[start:end])]
            last = end
    return [*parts, text[last:]]
