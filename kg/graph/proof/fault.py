"""What is wrong with a node: which triple, what the text gives instead, how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Final

from kg.graph.iri import kind_of_node
from kg.graph.proof.view import LABEL, View, node, short
from kg.graph.store import Term
from kg.graph.vocabulary import PROV

__all__ = ["INFLUENCED", "REBUILD", "Fault", "Node"]

INFLUENCED: Final = PROV + "wasInfluencedBy"
"""What ties a node to the decisions of people that it is as it is by."""

REBUILD: Final = "build it again: kg build"
_FEW: Final = 3  # values named in one message


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A triple that the texts do not prove, or one that is missing."""

    node: str  # IRI, or the name of a blank node
    label: str  # of the node, "" where it has none
    predicate: str  # IRI of the property at fault, "" where it is the node itself
    what: str
    mend: str = REBUILD

    @property
    def about(self) -> str:
        """Which node and property it is, "" for the graph as a whole."""
        if not self.node:
            return ""
        label = f" {self.label!r}" if self.label else ""
        return short(self.node) + label + (f" [{short(self.predicate)}]" if self.predicate else "") + ": "

    def __str__(self) -> str:
        """Return what is wrong in one line."""
        return f"{self.about}{self.what}; {self.mend}"


@dataclass(frozen=True)
class Node:
    """A node under proof."""

    view: View
    iri: str
    base: str
    kind: str = ""  # the letter of its IRI

    @classmethod
    def at(cls, view: View, iri: str) -> Node:
        """Return the node with an IRI."""
        return cls(view, iri, *kind_of_node(iri))

    @property
    def label(self) -> str:
        """What the node is called."""
        return next(iter(self.view.words(self.iri, LABEL)), "")

    def fault(self, predicate: str, what: str, mend: str = REBUILD) -> Fault:
        """Return what is wrong with a property of the node, or with the node where ``predicate`` is empty."""
        return Fault(self.iri, self.label, predicate, what, mend)

    def compare(self, wanted: Mapping[str, Set[Term]]) -> Iterator[Fault]:
        """Yield where the node says less or more than ``wanted``, which is all it may say."""
        there = self.view.of(self.iri)
        if INFLUENCED in there:
            wanted = {**wanted, INFLUENCED: self._decisions()}
        for predicate in sorted({*wanted, *there}):
            has, should = there.get(predicate, frozenset()), wanted.get(predicate, frozenset())
            if has != should:
                yield self.fault(predicate, _difference(has - should, should - has))

    def _decisions(self) -> Set[Term]:
        """Return the decisions that the node is as it is by: those that are there, and are some."""
        found = (Node.at(self.view, each) for each in self.view.nodes(self.iri, INFLUENCED))
        return {node(each.iri) for each in found if each.kind == "d" and self.view.is_there(each.iri)}

    def named(self, iri: str, made: str) -> Iterator[Fault]:
        """Yield that the node has another IRI than its content makes."""
        if iri != made:
            yield self.fault("", f"is not what its name was made from, which makes {short(made)}")


def _difference(more: Iterable[Term], less: Iterable[Term]) -> str:
    extra, lost = _listed(more), _listed(less)
    if extra and lost:
        return f"says {extra}, and its text gives {lost}"
    return f"lacks {lost}" if lost else f"says {extra}, which nothing in the text gives"


def _listed(terms: Iterable[Term]) -> str:
    names = sorted(map(short, terms))
    return ", ".join(names[:_FEW]) + (f" and {len(names) - _FEW} more" if len(names) > _FEW else "")
