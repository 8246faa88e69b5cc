"""In which order triples are written, and of which article each is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from kg.base.overlay import following
from kg.graph.vocabulary import KG, OA, ORG, PROV, RDF, RDFS, SCHEMA, SKOS, TIME, TYPES

__all__ = ["Order", "home_of", "homes"]

_LABEL, _TYPE = RDFS + "label", RDF + "type"

_FIGURE_OF, _MERGED = KG + "figureOf", KG + "mergedInto"

_FORWARD = (PROV + "wasDerivedFrom", KG + "mentionedAt", OA + "hasSelector", TIME + "hasTime", KG + "amount")

_BACKWARD = (RDF + "subject", _FIGURE_OF, _MERGED)

_FIRST_PREDICATES = (
    _LABEL,
    _TYPE,
    SKOS + "prefLabel",
    SKOS + "altLabel",
    RDF + "subject",
    RDF + "predicate",
    RDF + "object",
    SCHEMA + "roleName",
    SCHEMA + "value",
    SCHEMA + "unitText",
)

_PREDICATE_RANK = {predicate: rank for rank, predicate in enumerate(_FIRST_PREDICATES)}

_TYPE_RANK = following(
    lambda: {
        iri: rank
        for rank, iri in enumerate(
            [
                SCHEMA + "NewsArticle",
                *(KG + name for name in TYPES),
                RDF + "Statement",
                SCHEMA + "MonetaryAmount",
                SCHEMA + "QuantitativeValue",
                TIME + "ProperInterval",
                ORG + "Role",
                KG + "Merge",
                OA + "SpecificResource",
                OA + "TextQuoteSelector",
                OA + "TextPositionSelector",
                OA + "FragmentSelector",
                PROV + "Activity",
                PROV + "SoftwareAgent",
            ]
        )
    }
)
_LINKS = {
    OA + "hasSource": ("home", False),
    SCHEMA + "mentions": ("home", True),
    PROV + "wasDerivedFrom": ("evidence", False),  # what is read from a passage is of its article
    OA + "hasSelector": ("evidence", True),
    **dict.fromkeys(
        _BACKWARD, ("about", False)
    ),  # what has no passage is of the articles of what it is about
}
"""Properties that say of which article a node is, each with the kind of link and whether it leads back."""


class Order:
    """Puts triples in reading order: articles, then each entity with its facts, figures and their evidence."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.blocks: dict[str, list[ox.Triple]] = {}
        self.children: dict[str, list[str]] = {}
        for quad in quads:
            self.blocks.setdefault(str(quad.subject), []).append(quad.triple)
        self.keys = {}
        for node, block in self.blocks.items():
            block.sort(key=_in_block)
            self.keys[node] = _block_key(node, block)
        for node, block in self.blocks.items():
            for triple in block:
                if triple.predicate.value in _FORWARD:
                    self.children.setdefault(node, []).append(str(triple.object))
                elif triple.predicate.value in _BACKWARD:
                    self.children.setdefault(str(triple.object), []).append(node)

    def triples(self) -> list[ox.Triple]:
        """Return the triples, each node's block once and what belongs to it below."""
        ordered: list[ox.Triple] = []
        seen: set[str] = set()
        waiting = sorted(self.blocks, key=self.keys.__getitem__, reverse=True)
        while waiting:
            node = waiting.pop()
            if node in seen or node not in self.blocks:
                continue
            seen.add(node)
            ordered.extend(self.blocks[node])
            children = [
                child for child in self.children.get(node, ()) if child in self.blocks and child not in seen
            ]
            waiting.extend(sorted(children, key=self.keys.__getitem__, reverse=True))
        return ordered


def _in_block(triple: ox.Triple) -> tuple[int, str, str]:
    predicate = triple.predicate.value
    return _PREDICATE_RANK.get(predicate, 99), predicate, str(triple.object)


def _block_key(node: str, block: Sequence[ox.Triple]) -> tuple[int, str, str]:
    rank, label = 99, ""
    for triple in block:
        predicate = triple.predicate.value
        if predicate == _TYPE:
            rank = min(rank, _TYPE_RANK.get(str(triple.object)[1:-1], 99))
        elif predicate == _LABEL and not label:
            label = str(triple.object)
    return rank, label, node


def homes(quads: Iterable[ox.Quad]) -> dict[str, set[str]]:
    """Return, for each node that an article's reading made, the articles it was read from (by their IRIs)."""
    links: dict[str, dict[str, set[str]]] = {"home": {}, "evidence": {}, "about": {}}
    for quad in quads:
        subject, predicate, value = str(quad.subject)[1:-1], quad.predicate.value, str(quad.object)[1:-1]
        if predicate in _LINKS:
            kind, back = _LINKS[predicate]
            node, end = (value, subject) if back else (subject, value)
            links[kind].setdefault(node, set()).add(end)
        elif predicate == _TYPE and value == SCHEMA + "NewsArticle":
            links["home"].setdefault(subject, set()).add(subject)
    found = links["home"]
    for kind in ("evidence", "about"):
        for node, ends in links[kind].items():
            if node not in found and (own := set().union(*(found.get(end, set()) for end in ends))):
                found[node] = own
    return found


def home_of(triple: ox.Triple, homes: dict[str, set[str]]) -> set[str]:
    """Return the articles that a triple was read from; empty for what belongs to no article."""
    own = homes.get(str(triple.subject)[1:-1], set())
    other = homes.get(str(triple.object)[1:-1], set()) if triple.predicate.value.startswith(KG) else set()
    return own & other or own
