"""The front page: how much there is, what is best known, the newest articles."""

from __future__ import annotations

from collections.abc import Sequence

from kg.graph.vocabulary import TYPES
from kg.serve.html import Markup, el, join
from kg.serve.pages.frame import frame
from kg.serve.pages.parts import Value, address, chip, chips
from kg.serve.words import Language, type_name, word

__all__ = ["home_page"]


def home_page(overview: Value, language: Language) -> str:
    """Return the front page."""
    counts = overview["counts"]

    def say(key: str) -> str:
        return word(key, language)

    of_type = counts["entities"]
    tally = [
        (say("articles"), counts["articles"]),
        (say("entities"), sum(of_type.values())),
        *((type_name(name, language), of_type[name]) for name in TYPES if of_type.get(name)),
        (say("facts"), sum(counts["relations"].values())),
        (say("figures"), counts["figures"]),
        (say("quotes"), counts["quotes"]),
    ]
    return frame(
        say("graph"),
        language,
        el("h1", say("graph")),
        el("dl", [el("div", el("dt", name), el("dd", f"{count:,}")) for name, count in tally], cls="tally"),
        el(
            "section",
            el("h2", say("best_known")),
            chips(chip(each, language, True) for each in overview["known"]),
        ),
        [_together(key, overview[key], language) for key in ("corroborated", "conflicts", "successions")],
        el(
            "section",
            el("h2", say("articles")),
            el("ul", [el("li", _article_link(each)) for each in overview["articles"]], cls="rows"),
        ),
        el(
            "section",
            el("h2", say("for_programs")),
            el("p", say("for_programs_text")),
            el(
                "ul",
                [
                    el("li", el("a", el("code", path), href=path))
                    for path in ("/sparql", "/api/queries", "/openapi.json", "/metrics")
                ],
            ),
            el("p", f"{overview['triples']:,} {say('triples')}", cls="muted"),
        ),
    )


def _together(key: str, found: Sequence[Value], language: Language) -> Markup | None:
    """Return what many articles together tell, None where they tell nothing of the kind."""
    if not found:
        return None
    lines = [
        el(
            "li",
            el("a", each["label"], href=address(each)),
            el("span", f" {each['degree']} {word('sources', language)}", cls="muted")
            if "degree" in each
            else None,
        )
        for each in found
    ]
    return el("section", el("h2", word(key, language)), el("ul", lines, cls="rows"))


def _article_link(row: Value) -> Markup:
    notes = " · ".join(each for each in (row.get("published"), row.get("publisher")) if each)
    return join(
        [
            el("a", row["title"], href=address(row, "article")),
            el("span", notes, cls="muted") if notes else None,
        ]
    )
