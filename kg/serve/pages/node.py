"""The page of an entity, a fact, or any other node."""

from __future__ import annotations

from collections.abc import Sequence

from kg.graph.vocabulary import KG, PREFIXES
from kg.serve.html import Markup, el
from kg.serve.pages.around import around
from kg.serve.pages.deciding import Deciding, banner, buttons
from kg.serve.pages.dossier import sections
from kg.serve.pages.frame import frame
from kg.serve.pages.parts import Value, address, alternates, as_rdf, chip, quoted, turn_pages
from kg.serve.pages.when import timeline
from kg.serve.words import Language, predicate, status, type_name, word

__all__ = ["node_page"]


def node_page(value: Value, size: int, language: Language, deciding: Deciding | None = None) -> str:
    """Return the page of an entity, a fact, or any other node."""

    def say(key: str) -> str:
        return word(key, language)

    kind = type_name(value["type"], language) or say(
        {"fact": "statement", "article": "article"}.get(value["kind"], "thing")
    )
    others = [name for name in value["names"] if name != value["label"]]
    facts = [_fact(each, language, deciding) for each in value["facts"]]
    path = address(value)
    more = value["offset"] + len(facts) < value["total"]
    count = (
        f" ({value['offset'] + 1}-{value['offset'] + len(facts)} {say('of')} {value['total']})"
        if value["total"] > size
        else ""
    )
    return frame(
        value["label"],
        language,
        el(
            "div",
            el("span", kind[:1], cls=f"dot big t-{value['type'] or 'other'}", aria_hidden="true"),
            el("div", el("h1", value["label"]), el("p", kind, cls="muted")),
            cls="who",
        ),
        banner(deciding, language),
        _own_buttons(value, language, deciding),
        el("p", f"{say('also')}: ", "、".join(others)) if others else None,
        around(value, language) if value["kind"] == "entity" and value["facts"] else None,
        timeline(value, language),
        sections(value["sections"], language),
        el("section", el("h2", say("facts"), count), facts) if facts else None,
        turn_pages(path + "?", value["offset"], size, more, language),
        _figures(value["figures"], language, deciding),
        el("section", el("h2", say("quotes")), [quoted(each, language) for each in value["quotes"]])
        if value["quotes"]
        else None,
        _properties(value["properties"], language),
        as_rdf(value, language),
        head=alternates(value),
    )


def _fact(fact: Value, language: Language, deciding: Deciding | None = None) -> Markup:
    subject, value = fact["subject"], fact["object"]
    name = predicate(fact["predicate"], language)
    notes = [
        (word("role", language), fact["role"]),
        (word("reported_by", language), fact["source"]),
        (word("date", language), fact["date"]),
        (word("amount", language), fact["amount"]),
        (word("sources", language), fact["sources"]),
        (word("independent", language), fact["independent"]),
        (word("confidence", language), fact["confidence"]),
        (word("pattern", language), fact["pattern"]),
    ]
    return el(
        "article",
        el(
            "h3",
            chip(subject, language) if subject else None,
            el("a", name, href=address(fact), cls="predicate"),
            chip(value, language) if value else None,
            el("span", status(fact["status"], language), cls=f"tag s-{fact['status']}")
            if fact["status"] != "asserted"
            else None,
            el("span", word("derived", language), cls="tag") if fact["derived"] else None,
        ),
        [quoted(each, language) for each in fact["quotes"]],
        el("p", " · ".join(f"{label} {text}" for label, text in notes if text), cls="muted"),
        None if fact["derived"] else buttons(deciding, fact, ("confirm", "reject"), language),
        cls="fact",
    )


def _own_buttons(value: Value, language: Language, deciding: Deciding | None) -> Markup | None:
    """Return what can be decided of the node itself; facts have their buttons below."""
    if value["kind"] == "entity":
        return buttons(deciding, value, ("no-entity",), language)
    if KG + "surface" in (row["predicate"] for row in value["properties"]) and value["kind"] != "fact":
        return buttons(deciding, value, ("confirm", "reject"), language)
    return None


def _figures(figures: Sequence[Value], language: Language, deciding: Deciding | None = None) -> Markup | None:
    if not figures:
        return None
    rows = [
        el(
            "article",
            el("h3", el("a", each["label"], href=address(each))),
            [quoted(q, language) for q in each["quotes"]],
            buttons(deciding, each, ("confirm", "reject"), language),
            cls="fact",
        )
        for each in figures
    ]
    return el("section", el("h2", word("figures", language)), rows)


def _properties(rows: Sequence[Value], language: Language) -> Markup:
    def cell(row: Value) -> object:
        value = row["value"]
        return el("a", value["label"], href=address(value)) if value["iri"] else value["label"]

    lines = [
        el(
            "tr",
            el(
                "th",
                f"{word('value_of', language)} " if row["inverse"] else None,
                el("code", _short(row["predicate"])),
                scope="row",
            ),
            el("td", cell(row)),
        )
        for row in rows
    ]
    head = el(
        "thead",
        el(
            "tr",
            el("th", word("property", language), scope="col"),
            el("th", word("value", language), scope="col"),
        ),
    )
    return el(
        "details",
        el("summary", word("all_properties", language)),
        el("div", el("table", head, el("tbody", lines)), cls="scroll"),
    )


def _short(iri: str) -> str:
    return next(
        (
            f"{prefix}:{iri.removeprefix(space)}"
            for prefix, space in PREFIXES.items()
            if iri.startswith(space)
        ),
        iri,
    )
