"""Whether a graph is proven by its texts: every triple of it, and none that should be there is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.graph.proof.entity import prove_agent, prove_entity, prove_merge, prove_role
from kg.graph.proof.event import prove_event
from kg.graph.proof.fact import prove_fact
from kg.graph.proof.fault import Fault, Node
from kg.graph.proof.figure import prove_figure
from kg.graph.proof.moment import prove_moment
from kg.graph.proof.source import prove_article, prove_evidence, prove_run, prove_selector, prove_tool
from kg.graph.proof.term import prove_term
from kg.graph.proof.view import View
from kg.graph.store import Graph
from kg.graph.vocabulary import KG

__all__ = ["Fault", "Verification", "faults_of", "verify"]

_Rule = Callable[[Node], Iterator[Fault]]


def _prove_decision(at: Node) -> Iterator[Fault]:
    from kg.graph.proof.decision import prove_decision  # hardly any graph has one

    yield from prove_decision(at)


def _prove_decider(at: Node) -> Iterator[Fault]:
    from kg.graph.proof.decision import prove_decider

    yield from prove_decider(at)


def _prove_model(at: Node) -> Iterator[Fault]:
    from kg.graph.proof.model import prove_model  # nor was a model asked for many

    yield from prove_model(at)


def _prove_refused(at: Node) -> Iterator[Fault]:
    from kg.graph.proof.model import prove_refused

    yield from prove_refused(at)


_RULES: Final[Mapping[str, _Rule]] = {
    "a": prove_article,
    "b": prove_run,
    "c": prove_tool,
    "d": _prove_decision,
    "e": prove_entity,
    "f": prove_fact,
    "h": prove_event,
    "i": _prove_model,
    "j": _prove_decider,
    "m": prove_merge,
    "n": prove_figure,
    "o": _prove_refused,
    "p": prove_selector,
    "r": prove_role,
    "s": prove_agent,
    "t": prove_moment,
    "v": prove_evidence,
    "x": prove_selector,
    "y": prove_selector,
}
"""What proves each kind of node, by the letter of its IRI (``kg.graph.iri``): no type that is dropped hides one."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What checking found, and how many there were of each kind of what was checked."""

    quotes: int
    facts: int
    figures: int
    articles: int
    problems: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """Say whether there is a graph, and its texts prove it."""
        return not self.problems

    def __str__(self) -> str:
        """Return the outcome in one line."""
        counted = (
            f"articles {self.articles}, quotes {self.quotes}, facts {self.facts}, figures {self.figures}"
        )
        return f"{counted}: " + (f"{len(self.problems)} not proven" if self.problems else "every one proven")


def verify(graph: Graph, texts: Iterable[str]) -> Verification:
    """Return what in ``graph`` its texts do not prove, in a fixed order.

    A text belongs to the article whose SHA-256 in the graph is its own; an article without its text is a fault. A graph
    that holds nothing is none that could be proven.
    """
    view = View(graph, texts)
    counts = dict.fromkeys(_RULES, 0)
    faults: list[Fault] = []
    for iri in view.subjects():
        at = Node.at(view, iri)
        counts[at.kind] = counts.get(at.kind, 0) + 1
        faults.extend(faults_of(at))
    if not counts["a"]:
        faults.append(Fault("", "", "", "the graph holds no article", "build one: kg build"))
    return Verification(counts["v"], counts["f"], counts["n"], counts["a"], tuple(sorted(set(faults))))


def faults_of(at: Node) -> Iterator[Fault]:
    """Yield what is wrong with a node; one that is no node of kg is wrong by itself, for no text says it."""
    if at.iri.startswith(KG):
        yield from prove_term(at)
        return
    rule = _RULES.get(at.kind)
    if rule is None:
        yield at.fault(
            "", "is no node that kg makes, and no text proves it", "take it out, or build it again: kg build"
        )
        return
    yield from rule(at)
