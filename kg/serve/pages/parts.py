"""What several pages are made of: chips, quotes, links to articles, to other pages and to RDF."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias
from urllib.parse import quote

from kg.base.language import speaking
from kg.graph.formats import rdf_format
from kg.graph.readable import said_leaf
from kg.serve.html import Markup, el, join
from kg.serve.words import Language, type_name, word

__all__ = [
    "Value",
    "address",
    "alternates",
    "as_rdf",
    "chip",
    "chips",
    "found_at",
    "in_article",
    "quoted",
    "turn_pages",
]


Value: TypeAlias = Mapping[str, Any]
"""A part of what a worker answered."""

_LINKED: Final = tuple(rdf_format(name) for name in ("turtle", "jsonld", "nt", "rdfxml"))
"""The formats of RDF that a page links to."""


def address(brief: Value, kind: str = "page") -> str:
    """Return where a node has its page (or an article, with ``kind`` article)."""
    name = brief.get("local", brief.get("name", ""))
    return f"/{kind}/{quote(name)}" if name else f"/page?iri={quote(brief['iri'], safe='')}"


def chip(brief: Value, language: Language, count: bool = False) -> Markup:
    """Return a node as a link with the mark of its type; ``count`` adds how many facts it has."""
    name = brief.get("type") or "other"
    return el(
        "a",
        el(
            "span",
            (type_name(name, language) or "·")[:1],
            cls=f"dot t-{name}",
            title=type_name(name, language) or None,
            aria_hidden="true",
        ),
        el("span", brief["label"]),
        el("span", brief["degree"], cls="count") if count else None,
        href=address(brief),
        cls="chip",
    )


def chips(links: Iterable[Markup]) -> Markup:
    """Return links as one list."""
    return el("ul", [el("li", each) for each in links], cls="chips")


def quoted(row: Value, language: Language) -> Markup:
    """Return a quote with a link to its place in the article, and its page or paragraph where the article has any."""
    source = row["article"]
    return join(
        [
            el("blockquote", row["text"]),
            el(
                "p",
                el("a", source["label"], href=in_article(source, row["text"])),
                found_at(row, language),
                cls="muted",
            )
            if source
            else None,
        ]
    )


def found_at(row: Value, language: Language) -> str:
    """Return the page or paragraph that a quote stands on, to go behind the name of its article."""
    with speaking(language):
        said = said_leaf(row["found_at"])
    return f" · {said}" if said else ""


def in_article(source: Value, text: str) -> str:
    """Return the address of an article, opened at some of its words (a text fragment)."""
    return f"{address(source, 'article')}#:~:text={quote(text[:60], safe='')}"


def turn_pages(path: str, offset: int, size: int, more: bool, language: Language) -> Markup | None:
    """Return the links to the pages before and after, or None where there is one page."""
    links = []
    if offset:
        links.append(
            el("a", word("previous", language), href=f"{path}offset={max(0, offset - size)}", rel="prev")
        )
    if more:
        links.append(el("a", word("next", language), href=f"{path}offset={offset + size}", rel="next"))
    return el("nav", links, cls="pages", aria_label=word("next", language)) if links else None


def alternates(value: Value) -> list[Markup]:
    """Return what tells programs where the same node is as RDF; nothing for a node without a name."""
    if not value["name"]:
        return []
    path = f"/data/{quote(value['name'])}"
    return [el("link", rel="alternate", type=each.media, href=f"{path}.{each.suffix}") for each in _LINKED]


def as_rdf(value: Value, language: Language) -> Markup:
    """Return the foot of a page: the IRI, and links to the node as RDF."""
    links: list[object] = [el("code", value["iri"], cls="iri")]
    if value["name"]:
        path = f"/data/{quote(value['name'])}"
        links.append(
            el(
                "p",
                word("as_rdf", language),
                ": ",
                [[el("a", f".{each.suffix}", href=f"{path}.{each.suffix}"), " "] for each in _LINKED],
            )
        )
    return el("footer", links)
