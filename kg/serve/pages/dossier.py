"""What the page of an entity tells of many articles: why it is one, where each name is used, who else is called so."""

from __future__ import annotations

from collections.abc import Iterable

from kg.base.language import speaking
from kg.serve.html import Markup, el
from kg.serve.pages.parts import Value, address, quoted
from kg.serve.words import Language
from kg.view.dossier_text import heading, more, told

__all__ = ["sections"]


def sections(found: Iterable[Value], language: Language) -> list[Markup]:
    """Return the sections of a dossier, in the words of `kg dossier`; long ones are folded."""
    with speaking(language):
        return [_section(each, language) for each in found]


def _section(section: Value, language: Language) -> Markup:
    lines = [_item(each, language) for each in section["items"]]
    if section["left_out"]:
        lines.append(el("li", more(section["left_out"]), cls="muted"))
    return el(
        "details",
        el("summary", el("strong", heading(section["key"]))),
        el("ul", lines, cls="rows"),
        open="" if section["key"] in ("names", "conflicts", "namesakes") else None,
    )


def _item(item: Value, language: Language) -> Markup:
    notes = " · ".join(told(item["notes"]))
    text = el("a", item["text"], href=address(item["node"])) if item["node"] else el("span", item["text"])
    return el(
        "li",
        text,
        el("span", f" {notes}", cls="muted") if notes else None,
        [quoted(each, language) for each in item["quotes"]],
        el("p", more(item["more"]), cls="muted") if item["more"] else None,
    )
