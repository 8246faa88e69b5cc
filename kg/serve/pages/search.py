"""The page of a search: entities, and quotes with the words marked."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from kg.serve.html import Markup, el, join
from kg.serve.pages.frame import frame
from kg.serve.pages.parts import Value, address, chip, found_at, in_article, turn_pages
from kg.serve.words import Language, word

__all__ = ["search_page"]


def search_page(found: Value, words: str, offset: int, size: int, language: Language) -> str:
    """Return the page of a search."""

    def say(key: str) -> str:
        return word(key, language)

    sections = []
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
    if not sections:
        sections.append(el("p", say("nothing")))
    pages = turn_pages(f"/search?q={quote(words)}&", offset, size, len(found["quotes"]) == size, language)
    return frame(f"{say('results_for')}: {words}", language, el("h1", words), sections, pages, words=words)


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
