"""What a type or predicate of the user must say: what the user's knowledge says of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Final

from kg.graph.own import KNOWLEDGE, is_own_term, term_said
from kg.graph.proof.fault import Fault, Node
from kg.graph.proof.view import string, term_of
from kg.graph.store import Term
from kg.graph.vocabulary import local_name

__all__ = ["AT_HAND", "files", "prove_term"]

AT_HAND: Final = "name the knowledge that it was built with: KG_KNOWLEDGE=DIR, or build it again: kg build"


def prove_term(at: Node) -> Iterator[Fault]:
    """Yield what is wrong with a term: it is none of the user's, or says something else than the knowledge."""
    name = local_name(at.iri)
    if not is_own_term(name):
        yield at.fault("", "is no term of the knowledge at hand", AT_HAND)
        return
    wanted: dict[str, set[Term]] = defaultdict(set)
    for predicate, value in term_said(name):
        wanted[predicate[1:-1]].add(term_of(value))
    yield from at.compare(wanted)


def files(found: Iterable[str]) -> Mapping[str, Set[Term]]:
    """Return that something is from files of the user's knowledge, as triples say it; nothing for none."""
    values = set(map(string, found))
    return {KNOWLEDGE: values} if values else {}
