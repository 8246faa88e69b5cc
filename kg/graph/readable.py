"""An answer as people read it: names, titles and dates where its rows have IRIs, in the language of the reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pyoxigraph as ox

from kg.base.language import Language, cells, say, speaking
from kg.base.overlay import per_overlay
from kg.base.schema import Words, schema
from kg.graph.rows import Rows
from kg.graph.store import Graph, Literal, Node, Term, text_of
from kg.graph.vocabulary import DCTERMS, KG, OA, RDF, RDFS, SCHEMA, SKOS, XSD, local_name
from kg.text.formats.boxes import leaf_of, read_box

__all__ = ["label_of", "name_of", "readable", "said_leaf", "said_place"]

_NAMES: Final = (
    RDFS + "label",
    SKOS + "prefLabel",
    SCHEMA + "headline",
    SCHEMA + "name",
    KG + "edtf",
    DCTERMS + "identifier",
    OA + "exact",
)
"""What a node is called by, the best first."""

_TERMS: Final = ("type", "predicate", "status", "state", "relation", "kind", "part", "what")
"""Columns whose plain text may be a term of the schema."""

_WORDED: Final = ("kind", "direction", "modifier", "precision", "reason")
"""Columns whose plain text is a word of the graph, as out, about or month."""

_MILLIMETRES: Final = 25.4 / 72  # of a point

_LEAVES: Final = "found_at"
"""The column of pages and paragraphs (page=3); where no article has any, it says nothing."""


def readable(rows: Rows, graph: Graph, language: Language) -> Rows:
    """Return an answer with names in place of IRIs; what then says nothing new is left out.

    That are the columns of facts and figures, which repeat what the other columns say, and those that say in every
    row what another column says. A node without a name keeps its IRI.
    """
    if rows.kind != "select" or not rows.rows:
        return rows
    called: dict[Term, str] = {}

    def told(column: str, term: Term | None) -> Term | None:
        if term is None:
            return None
        if isinstance(term, Node):
            name = called.setdefault(term, name_of(graph, term, language))
            return Literal(name) if name else term
        return _worded(column, term, language)

    named = [
        tuple(told(column, term) for column, term in zip(rows.columns, row, strict=True)) for row in rows.rows
    ]
    kept = _telling(rows, named, graph)
    return Rows(
        tuple(rows.columns[at] for at in kept),
        tuple(tuple(row[at] for at in kept) for row in named),
        rows.kind,
    )


def _worded(column: str, term: Term, language: Language) -> Term:
    """Return a plain value as the reader says it."""
    text = text_of(term)
    if column == _LEAVES:
        with speaking(language):
            return Literal(said_leaf(text) or text)
    if column in _TERMS and (label := label_of(text, language)):
        return Literal(label)
    plain = column in _WORDED or (isinstance(term, Literal) and term.datatype.value == XSD + "boolean")
    return Literal(cells().get(text, text)) if plain and language == "zh" else term


def name_of(graph: Graph, node: Node, language: Language) -> str:
    """Return what a node or a term of the schema is called, "" where it has no name."""
    iri = text_of(node)
    if iri.startswith((KG, SCHEMA)) and (label := label_of(local_name(iri), language)):
        return label
    for predicate in _NAMES:
        names = [
            quad.object for quad in graph.quads(node, _iri(predicate)) if isinstance(quad.object, Literal)
        ]
        if names:
            return min(names, key=lambda name: (name.language != language, text_of(name))).value
    return ""


def _iri(text: str) -> ox.NamedNode:
    return ox.NamedNode(text)


def label_of(name: str, language: Language) -> str:
    """Return what a term of the schema is called, "" where it has none of this name."""
    label = _labels().get(name)
    return "" if label is None else label.zh if language == "zh" else label.en


def said_place(leaf: str) -> str:
    """Return a page with where on it some words begin, for people, who measure from its edges: page 3 (25 mm from the left ...)."""
    page, box = said_leaf(leaf), read_box(leaf)
    if not page or box is None:
        return page
    left, top = (round(each * _MILLIMETRES) for each in box[:2])
    return say("{page} ({left} mm from the left, {top} mm from the top)", page=page, left=left, top=top)


def said_leaf(leaf: str) -> str:
    """Return a page or paragraph as people say it: page 3 for ``page=3``, with or without a box; "" for what is neither."""
    unit, _, number = leaf_of(leaf).partition("=")
    if unit == "page":
        return say("page {number}", number=number)
    return say("paragraph {number}", number=number) if unit == "paragraph" else ""


@per_overlay
def _labels() -> Mapping[str, Words]:
    found = schema()
    tables = (found.types, found.kinds, found.predicates, found.derived, found.statuses)
    return {name: term.label for table in tables for name, term in table.items()}


def _telling(rows: Rows, named: list[tuple[Term | None, ...]], graph: Graph) -> list[int]:
    """Return the columns that say something of their own."""
    kept = [at for at in range(len(rows.columns)) if not _only_records(rows, at, graph)]
    texts = {at: [None if row[at] is None else text_of(row[at]) for row in named] for at in kept}  # type: ignore[arg-type]
    telling: list[int] = []
    for at in kept:
        nodes = all(isinstance(row[at], Node) for row in rows.rows)
        if rows.columns[at] == _LEAVES and not any(texts[at]):
            continue
        if not (nodes and any(texts[at] == texts[other] for other in kept if other != at)):
            telling.append(at)
    return telling or list(range(len(rows.columns)))


def _only_records(rows: Rows, at: int, graph: Graph) -> bool:
    """Say whether a column has nothing but facts and figures."""
    marks = ((_iri(RDF + "type"), _iri(RDF + "Statement")), (_iri(KG + "surfaceStart"), None))
    terms = {row[at] for row in rows.rows}
    return len(rows.columns) > 1 and all(
        isinstance(term, Node) and any(any(graph.quads(term, *mark)) for mark in marks) for term in terms
    )
