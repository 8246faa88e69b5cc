"""The query page: the named queries beside the editor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.base.output import script_json
from kg.graph.query import NamedQuery, Parameter
from kg.graph.vocabulary import PREFIXES
from kg.questions.words import LONGEST
from kg.serve.html import Markup, el, join
from kg.serve.pages.frame import frame
from kg.serve.words import Language, choice, word

__all__ = ["query_page"]


def query_page(queries: Sequence[NamedQuery], base: str, language: Language) -> str:
    """Return the query page: the named queries beside the editor."""
    listed = [_named(each, language) for each in queries]
    data = {
        "language": language,
        "prefixes": {**PREFIXES, "id": base},
        "queries": {
            each.name: {"text": each.text, "parameters": [_parameter(p) for p in each.parameters]}
            for each in queries
        },
        "words": {
            key: word(key, language)
            for key in (
                "can_be_asked",
                "chart",
                "completions",
                "editor",
                "names",
                "network",
                "new_tab",
                "no_completion",
                "nothing",
                "refused",
                "response",
                "shown",
                "passages",
                "shown_below",
                "table",
                "unchecked",
                "understood",
            )
        },
    }
    return frame(
        word("query", language),
        language,
        el("h1", word("editor", language), cls="unseen"),
        el(
            "form",
            el("label", word("ask", language), for_="question"),
            el(
                "input",
                id="question",
                name="q",
                placeholder=word("ask_hint", language),
                maxlength=str(LONGEST),
                autocomplete="off",
                required=True,
            ),
            el("button", word("ask", language)),
            id="ask",
        ),
        el("section", id="answer", aria_live="polite"),
        el("aside", el("h2", word("named_queries", language)), listed, id="named"),
        el(
            "div",
            el(
                "p",
                word("editor_keys", language),
                " ",
                el("span", id="completed", role="status"),
                id="editor-help",
                cls="muted",
            ),
            el(
                "div",
                el(
                    "noscript",
                    el("p", word("needs_script", language)),
                    el("pre", "curl --data-urlencode 'query=SELECT * { ?s ?p ?o } LIMIT 10' .../sparql"),
                ),
                id="editor",
            ),
            id="writing",
        ),
        el("script", Markup(script_json(data)), type="application/json", id="kg-data"),
        wide=True,
        head=[
            el("link", rel="stylesheet", href="/static/query.css"),
            el("script", src="/static/query.js", defer=True),
        ],
    )


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {"name": parameter.name, "kind": parameter.kind, "optional": parameter.optional}


def _named(each: NamedQuery, language: Language) -> Markup:
    title = each.title.get(language) or each.name
    fields = [_field(each.name, parameter, language) for parameter in each.parameters]
    return el(
        "details",
        el("summary", title),
        el("p", each.description.get(language, ""), cls="muted"),
        el("form", fields, el("button", word("run", language)), data_query=each.name),
        el(
            "p",
            el("a", f"/api/queries/{each.name}", href=f"/api/queries/{each.name}", cls="api"),
            cls="muted",
        )
        if not any(not p.optional for p in each.parameters)
        else None,
    )


def _field(name: str, parameter: Parameter, language: Language) -> Markup:
    label = f"{parameter.name} ({word('optional', language)})" if parameter.optional else parameter.name
    identity = f"{name}-{parameter.name}"
    choices = (
        ("planned", "denied", "reported", "proposed", "any")
        if parameter.kind == "status"
        else parameter.choices
    )
    if choices:
        options = [
            el("option", "", value=""),
            *(el("option", choice(each, language), value=each) for each in choices),
        ]
        control = el("select", options, id=identity, name=parameter.name)
    else:
        control = el(
            "input",
            id=identity,
            name=parameter.name,
            placeholder=parameter.example,
            required=not parameter.optional,
            autocomplete="off",
            list=f"{identity}-list" if parameter.kind == "entity" else None,
        )
        if parameter.kind == "entity":
            control = join([control, el("datalist", id=f"{identity}-list")])
    return el("div", el("label", label, for_=identity), control, cls="field")
