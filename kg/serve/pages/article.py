"""The page of an article: its text with the names marked."""

from __future__ import annotations

from collections.abc import Sequence

from kg.serve.html import el
from kg.serve.pages.frame import frame
from kg.serve.pages.parts import Value, address, alternates, as_rdf, chip, chips
from kg.serve.words import Language, word

__all__ = ["article_page"]


def article_page(value: Value, language: Language) -> str:
    """Return the page of an article: its text with the names marked, or the quotes where there is no text."""

    def say(key: str) -> str:
        return word(key, language)

    text = value["text"]
    body = (
        [el("p", _with_marks(text, start, end, value["marks"])) for start, end in _lines(text)]
        if text
        else [el("p", say("no_text"), cls="muted"), *(el("blockquote", each) for each in value["quotes"])]
    )
    about = [(say("published"), value["published"]), (say("publisher"), value["publisher"])]
    link = value["url"] if str(value["url"]).startswith(("https://", "http://")) else ""
    return frame(
        value["title"],
        language,
        el("h1", value["title"]),
        el("p", " · ".join(f"{name}: {what}" for name, what in about if what), cls="muted"),
        el("p", el("a", say("original"), href=link, rel="noopener noreferrer")) if link else None,
        el("div", body, cls="text", lang="zh-CN"),
        el("section", el("h2", say("named_here")), chips(chip(each, language) for each in value["entities"])),
        as_rdf({"iri": value["iri"], "name": value["local"]}, language),
        head=alternates({"name": value["local"]}),
    )


def _lines(text: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def _with_marks(text: str, start: int, end: int, marks: Sequence[tuple[int, int, Value]]) -> list[object]:
    parts: list[object] = []
    for left, right, brief in marks:  # sorted; of nested marks the outermost is the link
        if left >= start and right <= end:
            parts += [
                text[start:left],
                el("a", text[left:right], href=address(brief), cls=f"mark t-{brief['type']}"),
            ]
            start = right
    return [*parts, text[start:end]]
