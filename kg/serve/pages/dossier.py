"""What the page of an entity tells of many articles: why it is one, where each name is used, who else is called so."""

from __future__ import annotations

from collections.abc import Iterable

from kg.base.language import catalogue, cells
from kg.serve.html import Markup, el
from kg.serve.pages.parts import Value, address, quoted
from kg.serve.words import Language, status, word
from kg.view.dossier_text import HEADS, MORE, NOTES

__all__ = ["sections"]


def sections(found: Iterable[Value], language: Language) -> list[Markup]:
    """Return the sections of a dossier; long ones are folded."""
    return [_section(each, language) for each in found]


def _section(section: Value, language: Language) -> Markup:
    lines = [_item(each, language) for each in section["items"]]
    if section["left_out"]:
        lines.append(el("li", _say(MORE, language, number=section["left_out"]), cls="muted"))
    return el(
        "details",
        el("summary", el("strong", _say(HEADS[section["key"]], language))),
        el("ul", lines, cls="rows"),
        open="" if section["key"] in ("names", "conflicts", "namesakes") else None,
    )


def _item(item: Value, language: Language) -> Markup:
    notes = " · ".join(_note(key, value, language) for key, value in item["notes"])
    text = el("a", item["text"], href=address(item["node"])) if item["node"] else el("span", item["text"])
    return el(
        "li",
        text,
        el("span", f" {notes}", cls="muted") if notes else None,
        [quoted(each) for each in item["quotes"]],
        el("p", _say(MORE, language, number=item["more"]), cls="muted") if item["more"] else None,
    )


def _note(key: str, value: str, language: Language) -> str:
    if key == "status":
        return status(value, language)
    if key == "reported_by":
        return f"{word(key, language)} {value}"
    if key in NOTES:
        return _say(NOTES[key], language, value=value, source=value, confidence=value)
    return cells().get(value, value) if key in ("rule", "level", "kind") and language == "zh" else value


def _say(message: str, language: Language, **values: object) -> str:
    text = catalogue().get(message, message) if language == "zh" else message
    return text.format(**values)
