"""What a decision on a node is about: its anchors in the articles."""

from __future__ import annotations

from typing import Any, Final

from kg.decide.model import Decision, Verdict
from kg.decide.plain import to_plain
from kg.graph.anchor import fact_anchor, figure_anchor, mentions_of
from kg.graph.iri import kind_of_node
from kg.graph.vocabulary import KG
from kg.serve.answers.opened import Opened, refusal
from kg.serve.reply import Reply

__all__ = ["anchors"]

_STATEMENTS: Final = ("confirm", "reject")


def anchors(opened: Opened, name: str, verdict: str) -> Reply:
    """Return the decisions, without ids, that a verdict on a node is: one for each article that states or names it."""
    iri = opened.find(name)
    if iri is None:
        return refusal(404, "the graph has nothing of this name")
    found = _decisions(opened, iri, verdict)
    if not found:
        return refusal(422, "no article states it: it cannot be decided")
    return Reply(200, "", [_without_id(each) for each in found])


def _decisions(opened: Opened, iri: str, verdict: str) -> list[Decision]:
    if verdict == "no-entity":
        first = {each.article: each for each in reversed(mentions_of(opened.graph, iri))}
        return [Decision("", "no-entity", a=first[article]) for article in sorted(first)]
    if verdict not in _STATEMENTS:
        return []
    own: Verdict = verdict  # type: ignore[assignment] # one of the two
    if kind_of_node(iri)[1] == "n":
        figure = figure_anchor(opened.graph, iri)
        return [Decision("", own, figure=figure)] if figure is not None else []
    nodes = opened.graph.values(iri, KG + "statedBy") or [iri]
    facts = (fact_anchor(opened.graph, each) for each in nodes)
    return [Decision("", own, fact=each) for each in facts if each is not None]


def _without_id(decision: Decision) -> dict[str, Any]:
    value = to_plain(decision)
    value.pop("id", None)
    return value
