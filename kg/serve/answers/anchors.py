"""What a decision on a node is about: its anchors in the articles."""

from __future__ import annotations

from typing import Any, Final

from kg.base.errors import ContradictionError
from kg.decide.model import Decision, Verdict
from kg.decide.plain import to_plain
from kg.graph.anchor import mentions_of
from kg.graph.anew import verdict_on
from kg.serve.answers.opened import Opened, refusal
from kg.serve.reply import Reply

__all__ = ["anchors"]

_STATEMENTS: Final = ("confirm", "reject")


def anchors(opened: Opened, name: str, verdict: str) -> Reply:
    """Return the decisions that a verdict on a node is: one for each article that states or names it; new ones without id."""
    iri = opened.find(name)
    if iri is None:
        return refusal(404, "the graph has nothing of this name")
    try:
        found = _decisions(opened, iri, verdict)
    except ContradictionError as error:
        return refusal(409, str(error))
    if not found:
        return refusal(422, "no article states it: it cannot be decided")
    return Reply(200, "", [_plain(each) for each in found])


def _decisions(opened: Opened, iri: str, verdict: str) -> list[Decision]:
    if verdict == "no-entity":
        first = {each.article: each for each in reversed(mentions_of(opened.graph, iri))}
        return [Decision("", "no-entity", a=first[article]) for article in sorted(first)]
    if verdict not in _STATEMENTS:
        return []
    own: Verdict = verdict  # type: ignore[assignment] # one of the two
    return list(verdict_on(opened.graph, iri, own, ""))


def _plain(decision: Decision) -> dict[str, Any]:
    value = to_plain(decision)
    if not decision.id:
        del value["id"]
    return value
