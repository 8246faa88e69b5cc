"""Deciding of a fact or figure, whether or not it is as it is by a decision already: what is to be written for a verdict.

What a person made is not among what was read: it is decided by the anchor of that decision, which gives way to the new one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.base.errors import ContradictionError, QueryError
from kg.decide.model import Decision, FactAnchor, FigureAnchor, Verdict
from kg.graph.anchor import decided_by, fact_anchor, figure_anchor, statements
from kg.graph.iri import kind_of_node
from kg.graph.store import Graph
from kg.graph.vocabulary import KG

__all__ = ["statement_decisions", "verdict_on"]

_MADE: Final = ("add", "change", "figure")


def statement_decisions(graph: Graph, term: str, verdict: Verdict, by: str) -> tuple[Decision, ...]:
    """Return what a verdict on the facts or figures of a label or IRI is, as decisions; those that stand already keep their ids.

    Raises:
        QueryError: there is none that an article states.
        ContradictionError: another person added it, which only withdrawing takes away.
    """
    found = [each for iri in statements(graph, term) for each in verdict_on(graph, iri, verdict, by)]
    if not found:
        raise QueryError(term, "no article states it", "what follows from place codes cannot be decided")
    return tuple(dict.fromkeys(found))


def verdict_on(graph: Graph, iri: str, verdict: Verdict, by: str) -> tuple[Decision, ...]:
    """Return the same for one node; none for what no article states.

    Raises:
        ContradictionError: another person added it.
    """
    nodes = graph.values(iri, KG + "statedBy") or [iri]
    return tuple(each for node in nodes for each in _on(graph, node, verdict, by))


def _on(graph: Graph, node: str, verdict: Verdict, by: str) -> Iterator[Decision]:
    made = [each for each in decided_by(graph, node) if each.verdict in _MADE]
    if verdict == "confirm" and made:
        yield from made[:1]  # a person said how it is: that is right already
        return
    if added := [each for each in made if each.verdict == "add"]:
        yield from _without(added, by)
        return
    anchor = figure_anchor(graph, node) if kind_of_node(node)[1] == "n" else fact_anchor(graph, node)
    if isinstance(anchor, FactAnchor):
        yield Decision("", verdict, fact=anchor)
    elif isinstance(anchor, FigureAnchor):
        yield Decision("", verdict, figure=anchor)


def _without(added: Sequence[Decision], by: str) -> Iterator[Decision]:
    """Yield what takes facts away that nobody has read: their decisions are withdrawn."""
    for each in added:
        if each.by != by:
            error = ContradictionError(
                each.id, f"was added by {each.by!r}", f"withdraw it: kg undo {each.id}"
            )
            error.ids = (each.id, each.id)
            raise error
        yield Decision("", "withdraw", of=each.id)
