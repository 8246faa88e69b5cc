"""A graph and what people decided -> the questions that are worth asking, the most harmful and least sure first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg.corpus.kept import KEPT_APART, NAME_ALONE
from kg.corpus.rules import RULES
from kg.decide.model import Decision
from kg.decide.standing import standing
from kg.graph.iri import kind_of_node
from kg.graph.store import Graph, node_of, text_of
from kg.graph.vocabulary import KG, PROV, RDF, SKOS, TYPES, is_doubtful, sureness
from kg.review.matter import Matter
from kg.review.model import Question, Quote, Side

__all__ = ["questions"]

IN_CONFLICT: Final = 0.45
"""How sure a side of a contradiction is at most, and that what it is about is one thing."""

REFUSED: Final = 0.7
NAMESAKES: Final = 0.5
"""How sure it is that two things of one name are two: as likely as not."""

_MOST: Final = 5  # pairs of one name
_STATED: Final = ("f", "w", "n")  # letters of nodes that are facts and figures


def questions(
    graph: Graph, decisions: Iterable[Decision] = (), texts: Mapping[str, str] | None = None
) -> tuple[Question, ...]:
    """Return what is worth asking of a graph and is not decided yet.

    Args:
        graph: as a build wrote it.
        decisions: those of its file; what they answer is not asked again, whether or not the graph has them already.
        texts: those of the articles, by name.
    """
    decided = standing(tuple(decisions))
    first: dict[str, Question] = {}
    for each in _Worklist(Matter(graph, texts or {})).all():
        first.setdefault(each.key, each)
    open_ones = (
        each for each in first.values() if not any(each.is_answered_by(decision) for decision in decided)
    )
    return tuple(sorted(open_ones, key=lambda each: (-each.harm, each.what, each.key)))


class _Worklist:
    def __init__(self, matter: Matter) -> None:
        self.matter, self.graph = matter, matter.graph

    def all(self) -> Iterator[Question]:
        """Yield all questions; of those with one key the first counts."""
        yield from self.conflicts()
        yield from self.doubtful()
        if self.graph.is_corpus:
            yield from self.links()
        yield from self.namesakes()

    # facts and figures ----------------------------------------------------------------------------------------------

    def conflicts(self) -> Iterator[Question]:
        """Yield, of each contradiction, each statement, and whether what it is about is one thing in these articles."""
        for iri in self.graph.sources(KG + "Conflict", RDF + "type"):
            members = self.graph.values(iri, KG + "conflictMember")
            what = self.matter.label(iri)
            quotes = {each: self._quotes(each, self.matter.label(each)) for each in members}
            for each in members:
                beside = tuple(quote for other in members if other != each for quote in quotes[other])
                reasons = ("articles contradict each other", what)
                if (made := self._statement(each, "conflict", reasons, len(members), beside)) is not None:
                    yield made
            for about in self.graph.values(iri, KG + "conflictAbout"):
                yield from self._parts(about, members, what)

    def _quotes(self, iri: str, says: str) -> tuple[Quote, ...]:
        return tuple(self.matter.quote(each, says) for each in self.matter.anchors(iri))

    def _parts(self, about: str, members: list[str], what: str) -> Iterator[Question]:
        """Yield whether a thing is one in the first of the articles that contradict each other and in each other one."""
        articles = list(
            dict.fromkeys(anchor.article for each in members for anchor in self.matter.anchors(each)[:1])
        )
        own = [(member, each) for each in articles if (member := self.matter.member_in(about, each))]
        for member, article in own[1:]:
            if member != own[0][0]:
                reasons = ("articles contradict each other of it", what)
                yield from self._pair(
                    "conflict", (own[0], (member, article)), IN_CONFLICT, reasons, are_one=True
                )

    def doubtful(self) -> Iterator[Question]:
        """Yield the facts and figures that are in doubt, and those that only a language model proposes."""
        proposed = {
            text_of(quad.subject)
            for quad in self.graph.quads(None, node_of(KG + "status"), node_of(KG + "proposed"))  # type: ignore[arg-type]
        }
        for quad in self.graph.quads(predicate=node_of(KG + "confidence")):  # type: ignore[arg-type]
            iri = text_of(quad.subject)
            in_doubt = is_doubtful(text_of(quad.object)) or iri in proposed
            if kind_of_node(iri)[1] in _STATED and in_doubt:
                made = self._statement(iri, "doubtful", (), 1)
                if made is not None:
                    yield made

    def _statement(
        self, iri: str, kind: str, reasons: tuple[str, ...], touched: int, beside: tuple[Quote, ...] = ()
    ) -> Question | None:
        """Return whether a fact or figure is right; None where no article states it, or a person said so already."""
        anchors, said = self.matter.anchors(iri), self.matter.said(iri)
        if not anchors or said.get(PROV + "wasInfluencedBy"):
            return None
        own = min((sureness(each) for each in said.get(KG + "confidence", ())), default=1.0)
        ends = tuple(
            self.matter.names(end) for name in ("subject", "object") for end in said.get(RDF + name, ())
        )
        return Question(
            kind,  # type: ignore[arg-type] # one of the kinds
            iri,
            self.matter.label(iri),
            min(own, IN_CONFLICT) if kind == "conflict" else own,
            (*reasons, *(f"pattern {each}" for each in said.get(KG + "pattern", ()))),
            touched,
            about=anchors,
            ends=ends,
            quotes=(*self._quotes(iri, ""), *beside),
        )

    # who is one with whom -------------------------------------------------------------------------------------------

    def links(self) -> Iterator[Question]:
        """Yield the links that are only likely, and those that were refused, not by a person."""
        identity = self.matter.identity
        for iri in identity.sources(KG + "IdentityLink", RDF + "type"):
            if identity.values(iri, KG + "level") == ["likely"]:
                yield from self._link(iri, "likely")
        for iri in identity.sources(KG + "RefusedLink", RDF + "type"):
            if not {KEPT_APART, NAME_ALONE} & set(identity.values(iri, KG + "refusedBecause")):
                yield from self._link(iri, "refused")

    def _link(self, iri: str, kind: str) -> Iterator[Question]:
        identity = self.matter.identity
        ends = [(each, "") for each in identity.values(iri, KG + "links")]
        reasons = [
            *(RULES.get(each, each) for each in identity.values(iri, KG + "pattern")),
            *identity.values(iri, KG + "because"),
            *identity.values(iri, KG + "refusedBecause"),
        ]
        sure = min((sureness(each) for each in identity.values(iri, KG + "confidence")), default=1.0)
        if len(ends) == 2:
            yield from self._pair(
                kind,
                (ends[0], ends[1]),
                sure if kind == "likely" else REFUSED,
                tuple(reasons),
                are_one=kind == "likely",
            )

    def namesakes(self) -> Iterator[Question]:
        """Yield, of the things of one type and name, the one that most is told of with each other one."""
        types = {
            text_of(quad.subject): name
            for name in TYPES
            for quad in self.graph.quads(None, node_of(RDF + "type"), node_of(KG + name))  # type: ignore[arg-type]
        }
        named: dict[tuple[str, str], set[str]] = defaultdict(set)
        for predicate in (SKOS + "prefLabel", SKOS + "altLabel"):
            for quad in self.graph.quads(None, node_of(predicate)):  # type: ignore[arg-type]
                if (kind := types.get(text_of(quad.subject))) is not None:
                    named[kind, text_of(quad.object)].add(text_of(quad.subject))
        for (_, name), iris in sorted(named.items()):
            if len(iris) > 1:
                yield from self._of_name(name, sorted(iris))

    def _of_name(self, name: str, iris: list[str]) -> Iterator[Question]:
        sides = [(self.matter.side(each), each) for each in iris]
        sides.sort(key=lambda each: (-(each[0].facts if each[0] else 0), each[1]))
        first, *others = (each for _, each in sides)
        for other in others[:_MOST]:
            codes = [self.matter.said(each).get(KG + "placeCode", []) for each in (first, other)]
            if not (codes[0] and codes[1]):  # two places of the official list are two
                yield from self._pair(
                    "namesakes",
                    ((first, ""), (other, "")),
                    NAMESAKES,
                    ("both are called so", name),
                    are_one=False,
                )

    def _pair(
        self,
        kind: str,
        ends: tuple[tuple[str, str], tuple[str, str]],
        confidence: float,
        reasons: tuple[str, ...],
        *,
        are_one: bool,
    ) -> Iterator[Question]:
        sides = [self.matter.side(*each) for each in ends]
        one, other = sides
        if one is None or other is None or one.mentions[0] == other.mentions[0]:
            return
        things = sorted(iri if are_one else self.matter.thing(iri) for iri, _ in ends)
        mark = " = " if are_one else " ≠ "
        yield Question(
            kind,  # type: ignore[arg-type] # one of the kinds
            " ".join(things),
            mark.join(_told_apart(one, other)),
            confidence,
            reasons,
            min(one.facts, other.facts),
            sides=(one, other),
            are_one=are_one,
        )


def _told_apart(one: Side, other: Side) -> tuple[str, str]:
    """Return what two sides are called: of one name, with an article that says it, as `kg same` and `kg apart` take it."""
    if (
        one.label != other.label
        or not (one.articles and other.articles)
        or one.articles[0] == other.articles[0]
    ):
        return one.label, other.label
    return f"{one.label}@{one.articles[0]}", f"{other.label}@{other.articles[0]}"
