"""The rows that answer a question -> values, with how the articles say each, and the quotes that prove it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.base.late import late
from kg.graph.edtf import spoken
from kg.graph.literal import position
from kg.graph.query import ask
from kg.graph.rows import Rows
from kg.graph.store import Graph, Term, text_of
from kg.graph.vocabulary import local_name, sureness
from kg.questions.model import Source, Value

__all__ = ["sources_of", "values_of"]

_STATES: Final = """
SELECT ?fact ?state ?former ?confidence ?date WHERE {
  VALUES ?fact { %s }
  OPTIONAL { ?fact kg:status ?state }
  OPTIONAL { ?fact kg:confidence ?confidence }
  OPTIONAL { ?fact time:hasTime/kg:edtf ?date }
  BIND(EXISTS { ?fact kg:ended true } AS ?former)
}
"""
_QUOTES: Final = """
SELECT ?fact ?quote ?article ?start ?before ?after ?name WHERE {
  VALUES ?fact { %s }
  ?fact prov:wasDerivedFrom|kg:mentionedAt ?evidence .
  ?evidence oa:hasSource ?page ; oa:hasSelector ?words, ?place .
  ?page rdfs:label ?article .
  OPTIONAL { ?page dcterms:identifier ?name }
  ?words oa:exact ?quote ; oa:prefix ?before ; oa:suffix ?after .
  ?place oa:start ?start .
}
ORDER BY ?fact ?article ?start ?quote
"""
_ASIDE: Final = "{thing}（"
"""How a value begins that tells of its thing only besides."""

_TELLING: Final = 10
_BREAK: Final = late("[。！？\n]")
_EACH: Final = 2
"""Quotes of one fact that an answer shows."""


@dataclass(frozen=True, slots=True)
class _State:
    status: str = "asserted"
    former: bool = False
    confidence: float = 1.0
    date: str = ""


def values_of(graph: Graph, rows: Rows, template: str) -> list[Value]:
    """Return what rows answer, each value once, with the surest of the facts that say so; the order is that of the rows."""
    columns = {name: at for at, name in enumerate(rows.columns)}
    grouped: dict[str, list[Mapping[str, Term]]] = {}
    for row in rows.rows:
        cells = {name: term for name, at in columns.items() if (term := row[at]) is not None}
        text = _said(graph, template, cells)
        if text:
            grouped.setdefault(text, []).append(cells)
    states = _states(
        graph, {text_of(cells["fact"]) for row in grouped.values() for cells in row if "fact" in cells}
    )
    return [_value(graph, text, cells, template, states) for text, cells in grouped.items()]


def _value(
    graph: Graph, text: str, cells: Sequence[Mapping[str, Term]], template: str, states: Mapping[str, _State]
) -> Value:
    nodes = tuple(dict.fromkeys(text_of(each["fact"]) for each in cells if "fact" in each))
    best = max((states[node] for node in nodes if node in states), key=_rank, default=_State())
    thing = next((text_of(each["thing"]) for each in cells if "thing" in each), "")
    return Value(
        text,
        _forms(graph, template, cells),
        thing,
        best.status,
        best.former,
        best.confidence,
        best.date,
        nodes,
    )


def _rank(state: _State) -> tuple[bool, bool, float]:
    return state.status == "asserted", not state.former, state.confidence


def _said(graph: Graph, template: str, cells: Mapping[str, Term]) -> str:
    """Return a value in words: names for things, days as one says them."""
    shown = {name: _shown(graph, name, term) for name, term in cells.items()}
    text = template
    for name in _holes(template):
        text = text.replace(f"{{{name}}}", shown.get(name, ""))
    return text


def _holes(template: str) -> list[str]:
    return [part.split("}")[0] for part in template.split("{")[1:]]


def _shown(graph: Graph, name: str, term: Term) -> str:
    text = text_of(term)
    if name == "date":
        return spoken(text)
    return graph.label(text) if text.startswith(graph.base) or "://" in text else text


def _forms(graph: Graph, template: str, rows: Sequence[Mapping[str, Term]]) -> tuple[str, ...]:
    """Return the other ways to write a value: by each name of its thing, and each part of it by itself."""
    found: dict[str, None] = {}
    for cells in rows:
        names = graph.all_names(text_of(cells["thing"])) if "thing" in cells else []
        for name in names:
            text = template.replace("{thing}", name)
            found[_said(graph, text, cells)] = None
            if template.startswith(_ASIDE):
                found[name] = None
        for hole in _holes(template):
            if hole in cells and hole != "thing":
                found[_shown(graph, hole, cells[hole])] = None
        for extra in ("form", "edtf"):
            if extra in cells:
                found[text_of(cells[extra])] = None
    return tuple(found)


def _states(graph: Graph, nodes: Iterable[str]) -> dict[str, _State]:
    listed = " ".join(f"<{node}>" for node in sorted(nodes))
    if not listed:
        return {}
    found: dict[str, _State] = {}
    for fact, state, former, confidence, date in ask(graph, _STATES % listed).rows:
        if fact is None:
            continue
        status = local_name(text_of(state)) if state is not None else "asserted"
        sure = sureness(text_of(confidence)) if confidence is not None else 1.0
        found[text_of(fact)] = _State(
            status,
            former is not None and text_of(former) == "true",
            sure,
            text_of(date) if date is not None else "",
        )
    return found


def sources_of(graph: Graph, values: Iterable[Value], most: int) -> tuple[Source, ...]:
    """Return the quotes that prove some values, few for each fact."""
    nodes = list(dict.fromkeys(node for value in values for node in value.nodes))[:most]
    if not nodes:
        return ()
    by_node: dict[str, list[Source]] = {}
    for row in ask(graph, _QUOTES % " ".join(f"<{node}>" for node in sorted(nodes))).rows:
        cells = ("" if cell is None else text_of(cell) for cell in row)
        node, quote, article, start, before, after, name = cells
        quote, moved = _whole(quote, before, after)
        begin = (position(start) or 0) - moved
        by_node.setdefault(node, []).append(Source(quote, article, node, begin, name))
    shown: dict[tuple[str, str], Source] = {}
    for node in nodes:
        for source in by_node.get(node, [])[:_EACH]:
            shown.setdefault((source.article, source.quote), source)
    return tuple(shown.values())[:most]


def _whole(quote: str, before: str, after: str) -> tuple[str, int]:
    """Return a quote that is too short to say anything with the words around it, and by how much it begins earlier."""
    if len(quote) >= _TELLING:
        return quote, 0
    before, after = _BREAK.split(before)[-1], _BREAK.split(after)[0]
    return before + quote + after, len(before)
