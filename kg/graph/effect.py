"""What a decision about two things of two articles would do nothing to, told when it is taken and not only by the build.

Things of two types, or of two official codes, are not made one, and things of one code are one whatever is said of them. Inside of
one article all this is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.base.errors import DecisionError
from kg.decide.model import Decision, EntityAnchor
from kg.graph.anchor import mentions_of
from kg.graph.store import Graph
from kg.graph.vocabulary import KG

__all__ = ["demand_effect"]


@dataclass(frozen=True, slots=True)
class _End:
    """What is known of one of the two: by the graph, and by what is decided and the graph may not have yet."""

    type: str
    code: str


def demand_effect(graph: Graph, decisions: Iterable[Decision], standing: Iterable[Decision] = ()) -> None:
    """Refuse decisions about two things that would do nothing.

    Args:
        graph: as a build wrote it.
        decisions: what is to be written.
        standing: what stands in the file; a type or code that was put right counts, in the graph or not.

    Raises:
        DecisionError: one of them would do nothing.
    """
    new = tuple(decisions)
    said = (*standing, *new)
    for each in new:
        if each.a is not None and each.b is not None and each.a.article != each.b.article:
            for what, verdict in _against(each.verdict, _end(graph, each.a, said), _end(graph, each.b, said)):
                hint = f"put one right first, on the page or in decisions.toml (verdict {verdict})"
                raise DecisionError(f"{each.a.words} - {each.b.words}", what, hint)


def _against(verdict: str, a: _End, b: _End) -> Iterator[tuple[str, str]]:
    """Yield what a verdict fails by, and by which verdict that is put right."""
    if verdict == "same" and a.type and b.type and a.type != b.type:
        yield f"are of two types, {a.type} and {b.type}, and these are not made one", "type"
    elif verdict == "same" and a.code and b.code and a.code != b.code:
        yield f"are places of two official codes, {a.code} and {b.code}, and these are not made one", "code"
    elif verdict == "apart" and a.code and a.code == b.code:
        yield f"are places of one official code, {a.code}, and are one by that", "code"


def _end(graph: Graph, anchor: EntityAnchor, said: Iterable[Decision]) -> _End:
    kind, code = anchor.type, _code(graph, anchor)
    for each in said:
        if each.a is not None and _is_of(each.a, anchor):
            if each.verdict == "type" and each.type:
                kind, code = each.type, code if each.type == "Place" else ""
            elif each.verdict == "code":
                code = each.code or ""
    return _End(kind, code)


def _is_of(own: EntityAnchor, anchor: EntityAnchor) -> bool:
    return own.article == anchor.article and (own.span == anchor.span or own.words == anchor.words)


def _code(graph: Graph, anchor: EntityAnchor) -> str:
    """Return the official code of what an anchor is about."""
    for iri in graph.named(anchor.words):
        codes = graph.values(iri, KG + "placeCode")
        if codes and any(_is_of(each, anchor) for each in mentions_of(graph, iri)):
            return codes[0]
    return ""
