"""What a person pastes into ``decisions.toml`` to decide of a thing, fact or figure: tables whose anchors are filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kg.base.errors import QueryError
from kg.base.language import say
from kg.decide.model import Decision, EntityAnchor, FactAnchor
from kg.decide.standing import next_id
from kg.decide.write import toml_of
from kg.graph.anchor import articles_by_checksum, mentions_of, named_as, statement_anchors
from kg.graph.query import find_entities
from kg.graph.store import Graph

__all__ = ["tables_of"]

_OF_THING: Final = (
    "write its right name; or verdict = type code no-entity, same apart unsure with the other one as b"
)
_OF_FACT: Final = "right; or verdict = reject, change with to = { role = ... }"
_OF_FIGURE: Final = "right; or verdict = reject, figure with value unit owner label"


def tables_of(graph: Graph, term: str, known: Sequence[Decision]) -> str:
    """Return a decision for each article that names a thing, or states a fact or figure, under ids that are free.

    Each is whole: pasted as it is, it is a decision that changes nothing but that a person took it.

    Args:
        graph: as a build wrote it.
        term: a name, ``NAME@ARTICLE``, a label or an IRI.
        known: the decisions of the file that it is pasted into.

    Raises:
        QueryError: there is no such thing, fact or figure.
    """
    articles = articles_by_checksum(graph)
    parts, held = list[str](), list(known)
    for decision, hint in _decisions(graph, term):
        made = Decision(next_id(held), decision.verdict, decision.a, None, decision.fact, decision.figure, label=decision.label)  # fmt: skip
        held.append(made)
        where = articles.get(made.articles[0], made.articles[0])
        parts.append(f"# {where}: {say(hint)}\n{toml_of(made)}")
    return "\n".join(parts)


def _decisions(graph: Graph, term: str) -> Iterator[tuple[Decision, str]]:
    things = list(_things(graph, term))
    for anchor in things:
        yield Decision("", "name", a=anchor, label=anchor.words), _OF_THING
    for each in () if things else statement_anchors(graph, term):
        if isinstance(each, FactAnchor):
            yield Decision("", "confirm", fact=each), _OF_FACT
        else:
            yield Decision("", "confirm", figure=each), _OF_FIGURE


def _things(graph: Graph, term: str) -> Iterable[EntityAnchor]:
    """Return where each thing of a name is first mentioned in each article; none where nothing is called so."""
    name, article = named_as(graph, term)
    try:
        found = find_entities(graph, name)
    except QueryError:
        return ()
    first: dict[tuple[str, str], EntityAnchor] = {}
    for iri in found:
        for mention in mentions_of(graph, iri):
            if article in ("", mention.article):
                first.setdefault((mention.article, iri), mention)
    return sorted(set(first.values()))
