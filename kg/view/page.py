"""A picture as one HTML file that asks no one for anything.

pyvis holds the network (nodes, edges, options); our own template shows it. Everything that comes from a text travels
as JSON and reaches the screen as text; a content security policy lets nothing run but the scripts of this package.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from math import ceil, sqrt
from os.path import commonprefix
from pathlib import Path
from typing import Any

from kg.base.language import cells
from kg.base.late import late
from kg.base.output import script_json
from kg.graph.store import Graph
from kg.view.beyond import data_of_beyond
from kg.view.decided import data_of_rulings
from kg.view.drawing import lay_out
from kg.view.foremost import Foremost, Room, are_many
from kg.view.labels import labels
from kg.view.measure import communities, pagerank
from kg.view.network import network_of
from kg.view.own_types import style_of_types
from kg.view.packing import Box
from kg.view.picture import Event, Fact, Picture, picture_of
from kg.view.rules import rules_of

VIS_LIMIT = 300  # nodes up to which vis-network draws; above, sigma
LARGEST = 5_000_000  # bytes of the page of many articles
NODE_LIMIT = 20_000  # nodes above which the most important part is shown
_ASSETS = Path(__file__).parent / "assets"
_LINE = 8  # characters of a label in one line
_LATIN = late(r"[A-Za-z0-9.-]{2}")
_CLOSING = "”’》）」』、，。：；！？)"  # never begin a line
_FONT = 14.0  # pixels at zoom 1


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A node as it is drawn."""

    x: int
    y: int
    radius: int
    lines: tuple[str, ...]
    community: int
    rank: float


def page_of(graph: Graph, texts: Iterable[str] = ()) -> str:
    """Return the page of a graph with its articles' ``texts`` beside it; without them it shows the quotes.

    That of many articles shows the part of it that fits. The same graph and texts give the same bytes.
    """
    return fitting(Foremost(graph)) if are_many(graph) else render(picture_of(graph, texts))


def fitting(foremost: Foremost, most: int = LARGEST) -> str:
    """Return the page of a graph of many articles, of no more bytes than ``most``, however much there is."""
    room = Room()
    while True:
        page = render(foremost.picture(room))
        if len(page.encode()) <= most or not room.names:
            return page
        room = room.halved


def render(picture: Picture) -> str:
    """Return the page that shows ``picture``."""
    shown = important_part(picture, NODE_LIMIT)
    large = len(shown.nodes) > VIS_LIMIT
    data = script_json(_data(shown, large=large))
    style = _asset("page.css") + style_of_types()
    engine, app = _asset("sigma.js" if large else "vis.js"), _asset("app.js")
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src {_hash(engine)} {_hash(app)}",
            f"style-src {_hash(style)}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    fields = {
        "policy": escape(policy),
        "title": escape(shown.title or "kg"),
        "style": style,
        "data": data,
        "engine": engine,
        "app": app,
    }
    # in one pass, so that a text that looks like a placeholder stays what it is
    return re.sub(r"\{\{(\w+)\}\}", lambda found: fields[found[1]], _asset("page.html"))


def important_part(picture: Picture, limit: int) -> Picture:
    """Return ``picture`` with its ``limit`` most important nodes, and how much was left out."""
    if len(picture.nodes) <= limit:
        return picture
    rank = pagerank(network_of(picture.nodes, picture.facts))
    kept = set(sorted(rank, key=lambda iri: (-rank[iri], iri))[:limit])
    nodes = tuple(node for node in picture.nodes if node.iri in kept)
    facts = tuple(fact for fact in picture.facts if fact.subject in kept and fact.object in kept)
    left_out = {"nodes": len(picture.nodes) - len(nodes), "ties": len(picture.facts) - len(facts)}
    return replace(picture, nodes=nodes, facts=facts, left_out=left_out)


@cache
def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def _data(picture: Picture, *, large: bool) -> dict[str, Any]:
    drawn = _draw(picture, large=large)
    base = _base(picture)
    cut = len(base)
    number = {node.iri: i for i, node in enumerate(picture.nodes)}
    place = {fact.iri: i for i, fact in enumerate(picture.facts)}
    edges = [
        {"from": number[a], "to": number[b], "facts": [place[fact.iri] for fact in facts]}
        for (a, b), facts in _bundles(picture.facts).items()
    ]
    held = _plain_network if large else _pyvis_network
    marked = _first_marks(picture)
    return {
        "title": picture.title,
        "base": base,
        "large": large,
        "leftOut": dict(picture.left_out),
        "labels": labels(),
        "rules": rules_of(picture),
        "nodes": [
            _lean(
                {
                    "id": node.iri[cut:],
                    "type": node.type,
                    "kind": node.kind,
                    "label": node.label,
                    "names": [] if node.names == (node.label,) else list(node.names),
                    "en": node.label_en,
                    "code": node.place_code,
                    "merges": [list(each) for each in node.merges],
                    "at": [
                        [each.article, each.start, each.end]
                        for each in node.mentions
                        if marked.get((each.article, node.iri)) != (each.start, each.end)
                    ],
                    "rank": round(drawn[node.iri].rank, 9),
                },
                keep=("id", "type", "label", "rank"),
            )
            for node in picture.nodes
        ],
        "ties": [_fact(fact, cut, number) for fact in picture.facts],
        "figures": [
            _lean(
                {
                    "id": figure.iri[cut:],
                    "text": figure.text,
                    "value": figure.value,
                    "unit": figure.unit,
                    "currency": figure.currency,
                    "modifier": figure.modifier,
                    "of": figure.of,
                    "subject": figure.subject[cut:] if figure.subject in number else "",
                    "quote": [figure.quote.article, figure.quote.start, figure.quote.end],
                    "span": [figure.span.article, figure.span.start, figure.span.end],
                    "date": figure.date,
                    "conf": round(figure.confidence, 3) if figure.subject in number else None,
                },
                keep=("id", "text", "value", "unit", "quote", "span"),
            )
            for figure in picture.figures
        ],
        "articles": [
            _lean(
                {
                    "id": article.iri,
                    "name": article.name,
                    "title": article.title,
                    "published": article.published,
                    "publisher": article.publisher,
                    "url": article.url,
                    "sha": article.sha256 if article.text else "",
                    "text": article.text,
                    "pieces": [list(piece) for piece in article.pieces],
                    "leaves": [list(leaf) for leaf in article.leaves],
                    "marks": [[m.start, m.end, m.node[cut:]] for m in article.marks if m.node in number],
                    "event": _event(article.event, cut) if article.event else None,
                    "topic": article.topic[cut:],
                },
                keep=("id", "name", "text", "marks"),
            )
            for article in picture.articles
        ],
        "drawn": held(picture, drawn, edges),
        **({"beyond": data_of_beyond(picture.beyond)} if picture.beyond else {}),
        **({"rulings": _rulings(picture, cut)} if picture.rulings else {}),
    }


def _rulings(picture: Picture, cut: int) -> list[dict[str, object]]:
    shown = (each.iri for group in (picture.nodes, picture.facts, picture.figures) for each in group)
    return data_of_rulings(picture.rulings, cut, frozenset(shown))


def _first_marks(picture: Picture) -> dict[tuple[int, str], tuple[int, int]]:
    """Return where each article marks a node first; what the graph says of a mention is only told where it is not that."""
    first: dict[tuple[int, str], tuple[int, int]] = {}
    for number, article in enumerate(picture.articles):
        for mark in article.marks:
            first.setdefault((number, mark.node), (mark.start, mark.end))
    return first


def _fact(fact: Fact, cut: int, number: Mapping[str, int]) -> dict[str, Any]:
    return _lean(
        {
            "id": fact.iri[cut:],
            "s": number[fact.subject],
            "p": fact.predicate,
            "o": number[fact.object],
            "role": fact.role,
            "date": fact.date,
            "amount": fact.amount,
            "status": "" if fact.status == "asserted" else fact.status,
            "conf": round(fact.confidence, 3),
            "pattern": fact.pattern,
            "derived": fact.derived,
            "by": fact.source,
            "model": fact.model,
            "ended": fact.ended,
            "sources": [fact.sources, fact.independent] if fact.sources > 1 else None,
            "quotes": [[quote.article, quote.start, quote.end] for quote in fact.quotes],
        },
        keep=("id", "s", "p", "o", "conf", "quotes"),
    )


def _event(event: Event, cut: int) -> dict[str, Any]:
    """Return a main event; what it names beside what is shown is for the page to leave out."""
    return _lean(
        {
            "kind": [cells().get(event.kind, event.kind), event.kind],
            "status": "" if event.status == "asserted" else event.status,
            "date": event.date,
            "conf": round(event.confidence, 3),
            "quotes": [[quote.article, quote.start, quote.end] for quote in event.quotes],
            **{
                name: [iri[cut:] for iri in iris]
                for name, iris in (
                    ("agents", event.agents),
                    ("patients", event.patients),
                    ("places", event.places),
                    ("ties", event.facts),
                    ("figures", event.figures),
                )
            },
        },
        keep=("kind", "conf", "quotes"),
    )


def _lean(record: dict[str, Any], keep: Sequence[str]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value or key in keep}


def _base(picture: Picture) -> str:
    """Return what all IRIs of the picture start with, up to its last slash or hash."""
    iris = [node.iri for node in picture.nodes] + [fact.iri for fact in picture.facts]
    iris += [figure.iri for figure in picture.figures]
    shared = commonprefix(iris)  # noqa: RUF071 - of IRIs, character by character, cut at a slash below
    return shared[: max(shared.rfind("/"), shared.rfind("#")) + 1]


def _bundles(facts: Sequence[Fact]) -> dict[tuple[str, str], list[Fact]]:
    """Return the facts between two nodes as one bundle per direction, in the order they are met."""
    bundles: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        bundles.setdefault((fact.subject, fact.object), []).append(fact)
    return bundles


def _draw(picture: Picture, *, large: bool) -> dict[str, _Drawn]:
    network = network_of(picture.nodes, picture.facts)
    rank = pagerank(network)
    groups = communities(network)
    top = max(rank.values(), default=1.0)
    radius = {
        node.iri: round((4 if large else 11) + (9 if large else 17) * sqrt(rank[node.iri] / top))
        for node in picture.nodes
    }
    lines = {node.iri: () if large else wrap(node.label) for node in picture.nodes}
    boxes = {} if large else {node.iri: _box(radius[node.iri], lines[node.iri]) for node in picture.nodes}
    spots = lay_out(network, boxes, groups)
    return {
        node.iri: _Drawn(
            *spots[node.iri], radius[node.iri], lines[node.iri], groups[node.iri], rank[node.iri]
        )
        for node in picture.nodes
    }


def wrap(label: str) -> tuple[str, ...]:
    """Return a label in up to three lines of even width; what does not fit ends in an ellipsis.

    >>> wrap("岳阳绿色化工高新技术产业开发区")
    ('岳阳绿色化工高新', '技术产业开发区')
    """
    width = label_width(label)
    if width <= _LINE + 1:
        return (label,)
    count = min(3, ceil(width / (_LINE + 0.5)))
    share = width / count if count < 3 else max(width / count, _LINE)
    lines: list[str] = []
    line = ""
    for char in label:
        width = label_width(line + char)
        whole = _LATIN.fullmatch(line[-1:] + char) and width < 12  # a word stays whole where it can
        full = width > share + 0.6 and char not in _CLOSING and not whole
        if full and len(lines) < count - 1:
            lines.append(line)
            line = ""
        line += char
    if label_width(line) > _LINE + 2:
        while label_width(line) > _LINE + 1:
            line = line[:-1]
        line += "…"
    return tuple(each.strip() for each in (*lines, line))


def label_width(text: str) -> float:
    """Return the width of a text in ems: 1 for a Chinese character, about 0.6 for a Latin one."""
    return sum(1.0 if ord(char) > 0x2E7F or char in "“”‘’…—·" else 0.6 for char in text)


def _box(radius: int, lines: Sequence[str]) -> Box:
    half = max([radius + 4.0] + [label_width(line) * _FONT / 2 + 8 for line in lines])
    return Box(half, half, radius + 6.0, radius + 6.0 + len(lines) * (_FONT + 3) + 6)


def _plain_network(
    picture: Picture, drawn: Mapping[str, _Drawn], edges: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "nodes": [
            {"id": i, "x": d.x, "y": d.y, "size": d.radius, "community": d.community}
            for i, d in enumerate(drawn[node.iri] for node in picture.nodes)
        ],
        "edges": edges,
        "options": {},
    }


def _pyvis_network(
    picture: Picture, drawn: Mapping[str, _Drawn], edges: list[dict[str, Any]]
) -> dict[str, Any]:
    network_type, edge_type = _pyvis()
    network = network_type(directed=True)
    for i, node in enumerate(picture.nodes):
        d = drawn[node.iri]
        network.add_node(
            i,
            label="\n".join(d.lines),
            group=node.type,
            x=d.x,
            y=d.y,
            size=d.radius,
            community=d.community,
            shape="custom",
        )
    network.edges.extend(  # add_edge looks through all edges each time
        edge_type(edge["from"], edge["to"], directed=True, facts=edge["facts"]).options for edge in edges
    )
    network.toggle_physics(status=False)
    for node in network.nodes:
        node.pop("physics", None)
    options = {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {"hover": True, "selectConnectedEdges": False, "zoomSpeed": 0.6, "multiselect": False},
    }
    network.set_options(json.dumps(options))
    return {"nodes": network.nodes, "edges": network.edges, "options": network.options}


@cache
def _pyvis() -> tuple[Any, Any]:
    """Return pyvis's types of a network and of an edge.

    Loaded without what pyvis wants for notebooks, its own template and its own files only, which is more than half of what
    it costs. That copy is ours alone: whoever imports pyvis beside us gets a whole one.
    """
    whole = "pyvis.network" in sys.modules
    with nullcontext() if whole else _standing_in():
        from pyvis.edge import Edge
        from pyvis.network import Network
    return Network, Edge


@contextmanager
def _standing_in() -> Iterator[None]:
    """Let empty modules stand in for those that pyvis imports and kg does not need, and forget pyvis afterwards."""
    added = {name: module for name, module in _stand_ins().items() if name.split(".")[0] not in sys.modules}
    sys.modules.update(added)
    try:
        yield
    finally:
        own = [name for name in sys.modules if name.split(".")[0] == "pyvis"]
        for name in (*added, *own):
            sys.modules.pop(name, None)


def _stand_ins() -> dict[str, types.ModuleType]:
    modules = {
        name: types.ModuleType(name) for name in ("IPython", "IPython.display", "jsonpickle", "jinja2")
    }
    modules["IPython.display"].IFrame = object  # type: ignore[attr-defined]
    modules["jinja2"].Environment = modules["jinja2"].FileSystemLoader = _Unused  # type: ignore[attr-defined]
    return modules


class _Unused:
    """Takes whatever pyvis gives to a template's loader and does nothing with it."""

    def __init__(self, *_: object, **__: object) -> None:
        pass
