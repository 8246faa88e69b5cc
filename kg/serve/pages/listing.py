"""The pages of the tables of facts, figures and entities: a form and a table, without a script. The address keeps all choices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from kg.serve.html import Markup, el, join
from kg.serve.pages.frame import frame
from kg.serve.pages.parts import Value, address, turn_pages
from kg.serve.words import Language, word

__all__ = ["listing_page"]

_KINDS: Final = ("facts", "figures", "entities")
_QUOTE: Final = "quote"
_LINKED: Final = ("subject", "predicate", "object", "value", "label", "article")


def listing_page(
    found: Value, kind: str, given: Mapping[str, str], offset: int, size: int, language: Language
) -> str:
    """Return the page of a table; ``given`` is what was wanted of it."""

    def say(key: str) -> str:
        return word(key, language)

    title = say(kind)
    tabs = [
        el("a", say(each), href=f"/tables/{each}", aria_current="page" if each == kind else None)
        for each in _KINDS
    ]
    counted = say("rows_of").format(found["many"], found["all"])
    told = el("p", counted, f" {say('cut')}" if found["cut"] else "", role="status", cls="muted")
    path = f"/tables/{kind}?{_query(given)}"
    pages = turn_pages(f"{path}&" if given else path, offset, size, offset + size < found["many"], language)
    return frame(
        title,
        language,
        el("h1", title),
        el("nav", tabs, cls="chips", aria_label=say("tables")),
        _form(found, kind, given, language),
        told,
        _table(found, kind, given, language) if found["rows"] else el("p", say("nothing")),
        pages,
    )


def _query(given: Mapping[str, str], **more: str) -> str:
    return urlencode({key: value for key, value in {**given, **more}.items() if value})


def _form(found: Value, kind: str, given: Mapping[str, str], language: Language) -> Markup:
    keys = [each["key"] for each in found["columns"]]
    heads = {each["key"]: each["head"] for each in found["columns"]}

    def box(key: str, head: str) -> Markup:
        name = f"f-{key}"
        return el(
            "p",
            el("label", head, for_=name),
            el("input", id=name, name=key, type="search", value=given.get(key) or None, maxlength=200),
        )

    columns = [box(key, heads[key]) for key in keys if key != _QUOTE]
    return el(
        "form",
        box(_QUOTE, word("in_quotes", language)) if _QUOTE in keys else None,
        [_facet(each, language) for each in found["facets"] if each["options"]],
        el(
            "details",
            el("summary", word("column_filters", language)),
            el("div", columns, cls="fields"),
            open=any(given.get(key) for key in keys if key != _QUOTE),
        ),
        el("input", type="hidden", name="sort", value=given["sort"]) if given.get("sort") else None,
        el(
            "p",
            el("button", word("apply", language)),
            " ",
            el("a", word("clear", language), href=f"/tables/{kind}") if given else None,
            " ",
            el("a", "CSV", href=f"/tables/{kind}.csv?{_query(given)}", rel="nofollow"),
        ),
        action=f"/tables/{kind}",
        cls="table-tools",
        aria_label=word("tables", language),
    )


def _facet(facet: Value, language: Language) -> Markup:
    name = f"f-is-{facet['key']}"

    def label(option: Value) -> str:
        told = word(f"sure_{option['value']}", language) if facet["key"] == "confidence" else option["label"]
        return f"{told} ({option['count']})"

    options = [
        el("option", label(each), value=each["value"], selected=each["value"] == facet["chosen"])
        for each in facet["options"]
    ]
    return el(
        "p",
        el("label", facet["head"], for_=name),
        el(
            "select",
            el("option", word("any", language), value=""),
            options,
            id=name,
            name=f"is-{facet['key']}",
        ),
    )


def _table(found: Value, kind: str, given: Mapping[str, str], language: Language) -> Markup:
    keys = [each["key"] for each in found["columns"]]
    heads = [_head(each, kind, given) for each in found["columns"]]
    rows = [
        el("tr", [el("td", _cell(key, cell)) for key, cell in zip(keys, row, strict=True)])
        for row in found["rows"]
    ]
    return el(
        "div",
        el(
            "table",
            el("caption", word(kind, language), cls="unseen"),
            el("thead", el("tr", heads)),
            el("tbody", rows),
            cls="listing",
        ),
        cls="scroll",
        tabindex=0,
        role="region",
        aria_label=word(kind, language),
    )


def _head(column: Value, kind: str, given: Mapping[str, str]) -> Markup:
    """Return the head of a column: a link that sorts by it, the other way where it does already."""
    key, sort = column["key"], given.get("sort", "")
    is_on, is_down = sort.removeprefix("-") == key, sort.startswith("-")
    turned = key if is_on and is_down else f"-{key}" if is_on else key
    mark = el("span", " ▾" if is_down else " ▴", aria_hidden="true") if is_on else None
    return el(
        "th",
        el("a", column["head"], mark, href=f"/tables/{kind}?{_query(given, sort=turned)}", rel="nofollow"),
        scope="col",
        aria_sort=("descending" if is_down else "ascending") if is_on else None,
    )


def _cell(key: str, cell: Mapping[str, Any]) -> Markup:
    if key in _LINKED and cell.get("iri"):
        own = {"iri": cell["iri"], "name": cell["name"]}
        return el("a", cell["text"], href=address(own, "article" if key == "article" else "page"))
    return join([cell["text"]])
