"""The pages: from what a worker answered to HTML. They work without scripts, in Chinese first and in English."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import cos, pi, sin
from typing import Any, Final
from urllib.parse import quote

from kg.graph.formats import rdf_format
from kg.graph.query import NamedQuery
from kg.graph.vocabulary import KG, PREDICATES, PREFIXES, TYPES, local_name
from kg.serve.html import Markup, el, join
from kg.serve.words import Language, predicate, status, type_name, word

__all__ = ["article", "failure", "home", "node", "programs", "query", "search"]

Value = Mapping[str, Any]

_NEIGHBOURS: Final = 14
_WIDTH, _HEIGHT = 720, 400
_LINKED: Final = tuple(rdf_format(name) for name in ("turtle", "jsonld", "nt", "rdfxml"))
"""The formats of RDF that a page links to."""


def _frame(
    title: str, language: Language, *content: object, words: str = "", wide: bool = False, head: object = None
) -> str:
    other: Language = "en" if language == "zh" else "zh"

    def say(key: str) -> str:
        return word(key, language)

    links = [("/", "home"), ("/query", "query"), ("/network", "network"), ("/api", "api")]
    page = el(
        "html",
        el(
            "head",
            el("meta", charset="utf-8"),
            el("meta", name="viewport", content="width=device-width, initial-scale=1"),
            el("title", title if title == say("graph") else f"{title} · {say('graph')}"),
            el("link", rel="stylesheet", href="/static/pages.css"),
            el("link", rel="icon", href="/static/icon.svg", type="image/svg+xml"),
            el("script", src="/static/suggest.js", defer=True),
            head,
        ),
        el(
            "body",
            el("a", say("skip"), href="#main", cls="skip"),
            el(
                "header",
                el("nav", [el("a", say(key), href=href) for href, key in links], aria_label=say("graph")),
                _search_form(words, language),
                el(
                    "a",
                    say("other_language"),
                    href=f"/language/{other}",
                    cls="language",
                    lang={"zh": "zh-CN", "en": "en"}[other],
                    hreflang=other,
                    rel="nofollow",
                ),
                id="top",
            ),
            el("main", *content, id="main", cls="wide" if wide else None),
            cls=None,
        ),
        lang={"zh": "zh-CN", "en": "en"}[language],
    )
    return f"<!doctype html>\n{page}\n"


def _search_form(words: str, language: Language) -> Markup:
    return el(
        "form",
        el("label", word("search", language), for_="q", cls="unseen"),
        el(
            "input",
            id="q",
            name="q",
            type="search",
            value=words or None,
            placeholder=word("search_hint", language),
            maxlength=200,
            required=True,
            autocomplete="off",
            role="combobox",
            aria_expanded="false",
            aria_controls="hits",
            aria_autocomplete="list",
        ),
        el("button", word("search", language)),
        el("ul", id="hits", role="listbox", aria_label=word("entities", language), hidden=True),
        action="/search",
        role="search",
        id="find",
    )


def _path(brief: Value, kind: str = "page") -> str:
    name = brief.get("local", brief.get("name", ""))
    return f"/{kind}/{quote(name)}" if name else f"/page?iri={quote(brief['iri'], safe='')}"


def _chip(brief: Value, language: Language, count: bool = False) -> Markup:
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
        href=_path(brief),
        cls="chip",
    )


# pages --------------------------------------------------------------------------------------------------------------


def home(overview: Value, language: Language) -> str:
    """Return the front page."""
    counts = overview["counts"]

    def say(key: str) -> str:
        return word(key, language)

    tally = [(type_name(name, language), counts[name]) for name in TYPES if counts.get(name)]
    tally += [(say("articles"), counts["article"]), (say("quotes"), counts["quote"])]
    return _frame(
        say("graph"),
        language,
        el("h1", say("graph")),
        el("dl", [el("div", el("dt", name), el("dd", f"{count:,}")) for name, count in tally], cls="tally"),
        el(
            "section",
            el("h2", say("best_known")),
            _list(_chip(each, language, True) for each in overview["known"]),
        ),
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


def _list(chips: Any) -> Markup:  # noqa: ANN401 - any iterable of markup
    return el("ul", [el("li", chip) for chip in chips], cls="chips")


def _article_link(row: Value) -> Markup:
    notes = " · ".join(each for each in (row.get("published"), row.get("publisher")) if each)
    return join(
        [el("a", row["title"], href=_path(row, "article")), el("span", notes, cls="muted") if notes else None]
    )


def search(found: Value, words: str, offset: int, size: int, language: Language) -> str:
    """Return the page of a search."""

    def say(key: str) -> str:
        return word(key, language)

    sections = []
    if found["entities"]:
        sections.append(
            el(
                "section",
                el("h2", say("entities")),
                _list(_chip(each, language, True) for each in found["entities"]),
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
    pages = _pages(f"/search?q={quote(words)}&", offset, size, len(found["quotes"]) == size, language)
    return _frame(f"{say('results_for')}: {words}", language, el("h1", words), sections, pages, words=words)


def _found_quote(row: Value, words: str, language: Language) -> Markup:
    facts = [el("li", el("a", fact["label"], href=_path(fact))) for fact in row["facts"]]
    source = {"iri": row["article"], "name": row["article_name"]}
    return el(
        "article",
        el("blockquote", _marked(row["text"], words.split())),
        el(
            "p",
            el("a", row["title"] or word("article", language), href=_in_article(source, row["text"])),
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


def _pages(path: str, offset: int, size: int, more: bool, language: Language) -> Markup | None:
    links = []
    if offset:
        links.append(
            el("a", word("previous", language), href=f"{path}offset={max(0, offset - size)}", rel="prev")
        )
    if more:
        links.append(el("a", word("next", language), href=f"{path}offset={offset + size}", rel="next"))
    return el("nav", links, cls="pages", aria_label=word("next", language)) if links else None


def node(value: Value, size: int, language: Language) -> str:
    """Return the page of an entity, a fact, or any other node."""

    def say(key: str) -> str:
        return word(key, language)

    kind = type_name(value["type"], language) or say(
        {"fact": "statement", "article": "article"}.get(value["kind"], "thing")
    )
    others = [name for name in value["names"] if name != value["label"]]
    facts = [_fact(each, language) for each in value["facts"]]
    path = _path(value)
    more = value["offset"] + len(facts) < value["total"]
    count = (
        f" ({value['offset'] + 1}-{value['offset'] + len(facts)} {say('of')} {value['total']})"
        if value["total"] > size
        else ""
    )
    return _frame(
        value["label"],
        language,
        el(
            "div",
            el("span", kind[:1], cls=f"dot big t-{value['type'] or 'other'}", aria_hidden="true"),
            el("div", el("h1", value["label"]), el("p", kind, cls="muted")),
            cls="who",
        ),
        el("p", f"{say('also')}: ", "、".join(others)) if others else None,
        _around(value, language) if value["kind"] == "entity" and value["facts"] else None,
        el("section", el("h2", say("facts"), count), facts) if facts else None,
        _pages(path + "?", value["offset"], size, more, language),
        _figures(value["figures"], language),
        el("section", el("h2", say("quotes")), [_quote(each) for each in value["quotes"]])
        if value["quotes"]
        else None,
        _properties(value["properties"], language),
        _as_rdf(value, language),
        head=_alternates(value),
    )


def _alternates(value: Value) -> list[Markup]:
    if not value["name"]:
        return []
    path = f"/data/{quote(value['name'])}"
    return [el("link", rel="alternate", type=each.media, href=f"{path}.{each.suffix}") for each in _LINKED]


def _as_rdf(value: Value, language: Language) -> Markup:
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


def _fact(fact: Value, language: Language) -> Markup:
    subject, value = fact["subject"], fact["object"]
    name = predicate(fact["predicate"], language)
    notes = [
        (word("role", language), fact["role"]),
        (word("date", language), fact["date"]),
        (word("amount", language), fact["amount"]),
        (word("confidence", language), fact["confidence"]),
        (word("pattern", language), fact["pattern"]),
    ]
    return el(
        "article",
        el(
            "h3",
            _chip(subject, language) if subject else None,
            el("a", name, href=_path(fact), cls="predicate"),
            _chip(value, language) if value else None,
            el("span", status(fact["status"], language), cls=f"tag s-{fact['status']}")
            if fact["status"] != "asserted"
            else None,
            el("span", word("derived", language), cls="tag") if fact["derived"] else None,
        ),
        [_quote(each) for each in fact["quotes"]],
        el("p", " · ".join(f"{label} {text}" for label, text in notes if text), cls="muted"),
        cls="fact",
    )


def _quote(row: Value) -> Markup:
    source = row["article"]
    return join(
        [
            el("blockquote", row["text"]),
            el("p", el("a", source["label"], href=_in_article(source, row["text"])), cls="muted")
            if source
            else None,
        ]
    )


def _in_article(source: Value, text: str) -> str:
    """Return the address of an article, opened at some of its words (a text fragment)."""
    return f"{_path(source, 'article')}#:~:text={quote(text[:60], safe='')}"


def _figures(figures: Sequence[Value], language: Language) -> Markup | None:
    if not figures:
        return None
    rows = [
        el(
            "article",
            el("h3", el("a", each["label"], href=_path(each))),
            [_quote(q) for q in each["quotes"]],
            cls="fact",
        )
        for each in figures
    ]
    return el("section", el("h2", word("figures", language)), rows)


def _properties(rows: Sequence[Value], language: Language) -> Markup:
    def cell(row: Value) -> object:
        value = row["value"]
        return el("a", value["label"], href=_path(value)) if value["iri"] else value["label"]

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


def _around(value: Value, language: Language) -> Markup:
    """Return the small network around an entity: its neighbours on an ellipse, each a link; the facts below say the same."""
    neighbours: dict[str, tuple[Value, set[str]]] = {}
    for fact in value["facts"]:
        other = fact["object"] if fact["forward"] else fact["subject"]
        if other and other["iri"] != value["iri"]:
            neighbours.setdefault(other["iri"], (other, set()))[1].add(predicate(fact["predicate"], language))
    shown = list(neighbours.values())[:_NEIGHBOURS]
    lines, spots = [], []
    for number, (other, names) in enumerate(shown):
        angle = 2 * pi * number / len(shown) - pi / 2 + (0.35 if len(shown) == 2 else 0)
        x, y = round(_WIDTH / 2 + 270 * cos(angle)), round(_HEIGHT / 2 + 140 * sin(angle))
        lines.append(el("line", x1=_WIDTH // 2, y1=_HEIGHT // 2, x2=x, y2=y))
        middle_x, middle_y = round(_WIDTH / 2 + 150 * cos(angle)), round(_HEIGHT / 2 + 78 * sin(angle))
        lines.append(
            el(
                "text",
                _cut("、".join(sorted(names)), 9 if language == "zh" else 18),
                x=middle_x,
                y=middle_y,
                cls="via",
            )
        )
        spots.append(_spot(other, x, y, language))
    centre = join(
        [
            el("circle", cx=_WIDTH // 2, cy=_HEIGHT // 2, r=15, cls=f"t-{value['type']}"),
            el("text", _cut(value["label"], 14), x=_WIDTH // 2, y=_HEIGHT // 2 + 34, cls="self"),
        ]
    )
    links = (
        [el("a", word("open_network", language), href=f"/network?node={quote(value['name'])}")]
        if value["name"]
        else []
    )
    return el(
        "section",
        el("h2", word("network_of", language)),
        el(
            "svg",
            lines,
            spots,
            centre,
            viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
            cls="around",
            role="group",
            aria_label=word("network_of", language),
        ),
        el("p", links),
    )


def _spot(other: Value, x: int, y: int, language: Language) -> Markup:
    name = f"{other['label']} ({type_name(other['type'], language)})" if other["type"] else other["label"]
    return el(
        "a",
        el("title", name),
        el("circle", cx=x, cy=y, r=11, cls=f"t-{other['type'] or 'other'}"),
        el("text", _cut(other["label"], 11), x=x, y=y + 28),
        href=_path(other),
        aria_label=name,
    )


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def article(value: Value, language: Language) -> str:
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
    return _frame(
        value["title"],
        language,
        el("h1", value["title"]),
        el("p", " · ".join(f"{name}: {what}" for name, what in about if what), cls="muted"),
        el("p", el("a", say("original"), href=link, rel="noopener noreferrer")) if link else None,
        el("div", body, cls="text", lang="zh-CN"),
        el(
            "section", el("h2", say("named_here")), _list(_chip(each, language) for each in value["entities"])
        ),
        _as_rdf({"iri": value["iri"], "name": value["local"]}, language),
        head=_alternates({"name": value["local"]}),
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
                el("a", text[left:right], href=_path(brief), cls=f"mark t-{brief['type']}"),
            ]
            start = right
    return [*parts, text[start:end]]


def query(queries: Sequence[NamedQuery], base: str, language: Language) -> str:
    """Return the query page: the named queries beside the editor."""
    listed = [_named(each, language) for each in queries]
    terms = [KG + name for name in (*TYPES, *PREDICATES)]
    data = {
        "language": language,
        "prefixes": {**PREFIXES, "id": base},
        "classes": [KG + name for name in TYPES],
        "properties": [KG + name for name in PREDICATES] + _more_properties(),
        "labels": {
            iri: type_name(local_name(iri), language) or predicate(local_name(iri), language) for iri in terms
        },
        "queries": {
            each.name: {"text": each.text, "parameters": [_parameter(p) for p in each.parameters]}
            for each in queries
        },
        "words": {key: word(key, language) for key in ("chart", "network", "nothing", "refused")},
    }
    return _frame(
        word("query", language),
        language,
        el("h1", word("editor", language), cls="unseen"),
        el("aside", el("h2", word("named_queries", language)), listed, id="named"),
        el(
            "div",
            el(
                "noscript",
                el("p", word("needs_script", language)),
                el("pre", "curl --data-urlencode 'query=SELECT * { ?s ?p ?o } LIMIT 10' .../sparql"),
            ),
            id="editor",
        ),
        el("script", Markup(_json(data)), type="application/json", id="kg-data"),
        wide=True,
        head=[
            el("link", rel="stylesheet", href="/static/query.css"),
            el("script", src="/static/query.js", defer=True),
        ],
    )


def _parameter(parameter: Any) -> dict[str, Any]:  # noqa: ANN401 - kg.graph.query.Parameter
    return {"name": parameter.name, "kind": parameter.kind, "optional": parameter.optional}


def _more_properties() -> list[str]:
    names = ("rdf:type", "rdf:subject", "rdf:predicate", "rdf:object", "rdfs:label", "skos:prefLabel", "skos:altLabel", "kg:status", "kg:confidence", "kg:pattern", "kg:figureOf", "schema:value", "schema:unitText", "schema:roleName", "schema:mentions", "schema:headline", "schema:datePublished", "prov:wasDerivedFrom", "oa:hasSelector", "oa:hasSource", "oa:exact", "oa:start", "oa:end", "time:hasTime", "org:member", "org:organization")  # fmt: skip
    return [PREFIXES[prefix] + name for prefix, _, name in (each.partition(":") for each in names)]


def _json(value: object) -> str:
    """Return JSON that cannot leave its script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


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


def _field(name: str, parameter: Any, language: Language) -> Markup:  # noqa: ANN401 - kg.graph.query.Parameter
    label = f"{parameter.name} ({word('optional', language)})" if parameter.optional else parameter.name
    identity = f"{name}-{parameter.name}"
    if parameter.kind == "status":
        options = [
            el("option", "", value=""),
            *(
                el("option", status(each, language), value=each)
                for each in ("planned", "denied", "reported", "any")
            ),
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


def programs(queries: Sequence[NamedQuery], address: str, language: Language) -> str:
    """Return the page that says how programs ask: SPARQL, the named queries, the search, each with an example."""
    examples = {
        "curl": f"curl -H 'Accept: text/csv' {address}/sparql --data-urlencode 'query={_EXAMPLE}'",
        "pandas": f'import pandas\n\npandas.read_csv("{address}/api/queries/people?format=csv")',
        "SPARQLWrapper": (
            "from SPARQLWrapper import JSON, SPARQLWrapper\n\n"
            f'wrapper = SPARQLWrapper("{address}/sparql")\nwrapper.setReturnFormat(JSON)\n'
            f'wrapper.setQuery("""{_EXAMPLE}""")\nwrapper.query().convert()["results"]["bindings"]'
        ),
        "rdflib": (
            "import rdflib\nfrom rdflib.plugins.stores.sparqlstore import SPARQLStore\n\n"
            f'graph = rdflib.Graph(SPARQLStore("{address}/sparql"))\n'
            f'for row in graph.query("""{_EXAMPLE}"""):\n    print(row.name)'
        ),
    }
    rows = []
    for each in queries:
        given = "&".join(f"{p.name}={quote(p.example)}" for p in each.parameters if not p.optional)
        path = f"/api/queries/{each.name}" + (f"?{given}" if given else "")
        table = path + ("&" if given else "?") + "format=csv"
        rows.append(
            el(
                "li",
                el("span", each.title.get(language) or each.name),
                el("a", "JSON", href=path),
                el("a", "CSV", href=table),
                el("span", each.description.get(language, ""), cls="muted"),
            )
        )
    return _frame(
        word("for_programs", language),
        language,
        el("h1", word("for_programs", language)),
        el("p", word("for_programs_text", language)),
        el(
            "ul",
            [
                el("li", el("a", el("code", path), href=path))
                for path in ("/sparql", "/openapi.json", "/api/queries")
            ],
        ),
        el("h2", word("examples", language)),
        [[el("h3", name), el("pre", text, tabindex=0)] for name, text in examples.items()],
        el("h2", word("named_queries", language)),
        el("ul", rows, cls="rows"),
    )


_EXAMPLE = """
PREFIX kg: <https://example.org/kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?name { ?person a kg:Person ; rdfs:label ?name }
"""


def failure(status_code: int, message: str, language: Language) -> str:
    """Return the page that says why there is none."""
    missing = status_code == 404
    title = word("not_found" if missing else "refused", language)
    return _frame(
        title, language, el("h1", title), el("p", word("not_found_text", language) if missing else message)
    )
