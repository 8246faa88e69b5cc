"""The timeline on the page of an entity, as a picture: each mark a link to its fact; and the same as a file."""

from __future__ import annotations

from urllib.parse import quote

from kg.base.language import say, speaking
from kg.serve.html import Markup, el
from kg.serve.pages.parts import Value, address
from kg.serve.words import Language, word
from kg.view.when import When, drawing

__all__ = ["picture_of", "timeline"]


def timeline(value: Value, language: Language) -> Markup | None:
    """Return the timeline of an entity; None where nothing about it has a day."""
    marks = [When(**mark) for mark, _ in value["whens"]]
    if not marks:
        return None
    links = {brief["iri"]: address(brief) for _, brief in value["whens"]}
    with speaking(language):
        drawn, save = Markup(drawing(marks, links)), say("Save the picture")
    title = word("timeline", language)
    return el(
        "section",
        el("h2", title),
        el("div", drawn, cls="scroll", tabindex=0, role="region", aria_label=title),
        el("p", el("a", save, href=f"/timeline/{quote(value['name'])}.svg")) if value["name"] else None,
    )


def picture_of(value: Value, language: Language) -> str:
    """Return the timeline of an entity as a file of its own, "" for none."""
    with speaking(language):
        return drawing([When(**mark) for mark, _ in value["whens"]], alone=True)
