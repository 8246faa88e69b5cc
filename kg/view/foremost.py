"""What of a graph of many articles goes on its page: the things that most independent sources name, and what lies around them.

Every article stands in its list, and every other name can be searched with the articles that hold it, as far as there is
room. What is left out is counted. The order is by sources and IRIs alone, so that equal graphs give equal pages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final

from kg.corpus.groups import Groups
from kg.graph.decided import INFLUENCED
from kg.graph.iri import identity_iri
from kg.graph.store import Graph, node_of, text_of
from kg.graph.vocabulary import KG, OA, PROV, RDF, RDFS, SCHEMA, SKOS, TIME, TYPES
from kg.view.picture import Named, Picture, picture_of_triples

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["MANY", "Foremost", "Room", "are_many", "copies"]

MANY: Final = 500
"""Articles of which a page still shows everything."""

_LABEL, _TYPE = RDFS + "label", RDF + "type"
_NAMES: Final = (_LABEL, SKOS + "prefLabel", SKOS + "altLabel")
_QUOTES: Final = 3  # of one fact, each of another article where there are as many
_LISTED: Final = 20  # articles of a thing that is only named
_OWN: Final = frozenset((*_NAMES, _TYPE, KG + "placeCode"))
_MERGE: Final = frozenset((KG + "mergedInto", KG + "mergedName", KG + "pattern"))
_NODES_OF_EVENT: Final = frozenset((KG + "eventAgent", KG + "eventPatient", SCHEMA + "location"))
_SURFACE: Final = frozenset((KG + "surface",))
_EDTF: Final = frozenset((KG + "edtf",))


@dataclass(frozen=True, slots=True)
class Room:
    """How much goes on a page, at most."""

    things: int = 400  # with most independent sources
    around: int = 1_600  # that facts tie to those
    facts: int = 4_000
    figures: int = 1_500
    articles: int = 5_000  # beside those that are quoted
    names: int = 20_000  # that can be searched beside

    @property
    def halved(self) -> Room:
        """Half as much of everything."""
        return Room(
            self.things // 2,
            self.around // 2,
            self.facts // 2,
            self.figures // 2,
            self.articles // 2,
            self.names // 2,
        )


def are_many(graph: Graph) -> bool:
    """Say whether a graph is of more articles than a page shows whole."""
    return len(list(islice(graph.sources(SCHEMA + "NewsArticle", _TYPE), MANY + 1))) > MANY


class Foremost:
    """Picks out of one graph what its page shows."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._groups = copies(graph)
        self._articles_of: dict[str, list[str]] = defaultdict(list)
        for quad in graph.quads(None, _property(SCHEMA + "mentions")):
            self._articles_of[text_of(quad.object)].append(text_of(quad.subject))

    @cached_property
    def ranked(self) -> list[str]:
        """All things, those that most independent sources name first; of equal ones those of most articles."""
        named = self._articles_of
        return sorted(named, key=lambda thing: (-self._sources[thing], -len(named[thing]), thing))

    def picture(self, room: Room) -> Picture:
        """Return what fits, and how much was left out."""
        core = self.ranked[: room.things]
        kept, facts = self._facts_around(core, room)
        part = _Part(self._graph, kept, frozenset(facts))
        for thing in sorted(kept):
            part.take_thing(thing)
        for fact in facts:
            part.take_fact(fact)
        for figure in self._figures_of(kept, room.figures):
            part.take_figure(figure)
        articles = self._listed(part.quoted, room.articles)
        for article in articles:
            part.take_article(article)
        for decision in self._graph.sources(KG + "Decision", _TYPE):
            part.take_decision(decision)
        picture = picture_of_triples(part.quads)
        every = len(self._articles)
        beyond = self._beyond(kept, picture, room.names)
        left_out = {
            "core": len(core),
            "nodes": len(self.ranked) - len(picture.nodes),
            "names": len(self.ranked) - len(kept) - len(beyond),
            "ties": len(self._ends) - len(picture.facts),
            "figures": self._figures_in_all - len(picture.figures),
            "articles": every - len(picture.articles),
        }
        return replace(picture, title=f"{every} 篇文章", left_out=left_out, beyond=beyond)

    # what there is --------------------------------------------------------------------------------------------------

    @cached_property
    def _sources(self) -> dict[str, int]:
        """By thing the articles that name it; those that are copies of each other count once."""
        return {
            thing: len({self._groups.of(article) for article in articles})
            for thing, articles in self._articles_of.items()
        }

    @cached_property
    def _articles(self) -> list[str]:
        """All articles, the last published first, those without a day last."""
        day = SCHEMA + "datePublished"
        published = {
            text_of(quad.subject): text_of(quad.object) for quad in self._graph.quads(None, _property(day))
        }
        found = self._graph.sources(SCHEMA + "NewsArticle", _TYPE)
        return sorted(found, key=lambda each: published.get(each, ""), reverse=True)

    @cached_property
    def _ends(self) -> dict[str, tuple[str, str]]:
        """By fact its subject and object, where both are things that articles name."""
        subjects = {
            text_of(quad.subject): text_of(quad.object)
            for quad in self._graph.quads(None, _property(RDF + "subject"))
        }
        ends = {}
        for quad in self._graph.quads(None, _property(RDF + "object")):
            fact, value = text_of(quad.subject), text_of(quad.object)
            subject = subjects.get(fact, "")
            if subject in self._articles_of and value in self._articles_of:
                ends[fact] = (subject, value)
        return ends

    @cached_property
    def _stated(self) -> dict[str, int]:
        """By fact its independent sources, where they are counted."""
        counted = self._graph.quads(None, _property(KG + "independentSources"))
        return {text_of(quad.subject): int(text_of(quad.object)) for quad in counted}

    @cached_property
    def _dated(self) -> frozenset[str]:
        """What has a date: it goes into the timeline."""
        return frozenset(
            text_of(quad.subject) for quad in self._graph.quads(None, _property(TIME + "hasTime"))
        )

    @cached_property
    def _figures_in_all(self) -> int:
        return sum(1 for _ in self._graph.quads(None, _property(KG + "surfaceStart")))

    # what is taken --------------------------------------------------------------------------------------------------

    def _facts_around(self, core: Sequence[str], room: Room) -> tuple[frozenset[str], list[str]]:
        """Return the things that are shown and the facts between them: the best supported of those about the core first."""
        first, kept, taken = frozenset(core), set(core), list[str]()
        about = [fact for fact, ends in self._ends.items() if not first.isdisjoint(ends)]
        for fact in sorted(about, key=self._weight):
            fresh = set(self._ends[fact]) - kept
            if len(taken) < room.facts and len(kept) + len(fresh) <= len(first) + room.around:
                kept |= fresh
                taken.append(fact)
        between = (
            fact for fact, ends in self._ends.items() if first.isdisjoint(ends) and kept.issuperset(ends)
        )
        taken += sorted(between, key=self._weight)[: room.facts - len(taken)]
        return frozenset(kept), sorted(taken)

    def _weight(self, fact: str) -> tuple[int, bool, int, int, str]:
        """Return what facts are sorted by: their own sources, whether they have a date, the sources of their lesser known end."""
        least, most = sorted(self._sources[end] for end in self._ends[fact])
        return -self._stated.get(fact, 1), fact not in self._dated, -least, -most, fact

    def _figures_of(self, kept: frozenset[str], most: int) -> list[str]:
        """Return figures of the things that are shown: one of each, then a second one, the best known thing first."""
        owned: dict[str, list[str]] = defaultdict(list)
        for quad in self._graph.quads(None, _property(KG + "figureOf")):
            if text_of(quad.object) in kept:
                owned[text_of(quad.object)].append(text_of(quad.subject))
        ranks = {
            figure: (place, -self._sources[thing], figure)
            for thing, figures in owned.items()
            for place, figure in enumerate(sorted(figures))
        }
        return sorted(ranks, key=ranks.__getitem__)[:most]

    def _listed(self, quoted: Iterable[str], more: int) -> list[str]:
        first = set(quoted)
        others = (article for article in self._articles if article not in first)
        return sorted(first | set(islice(others, more)))

    def _beyond(self, kept: frozenset[str], picture: Picture, most: int) -> tuple[Named, ...]:
        """Return the things that are not shown but can be searched, those of most sources first."""
        number = {article.iri: place for place, article in enumerate(picture.articles)}
        others = islice((thing for thing in self.ranked if thing not in kept), most)
        return tuple(
            Named(
                *self._called(thing),
                articles=len(self._articles_of[thing]),
                among=tuple(
                    sorted(number[each] for each in self._articles_of[thing] if each in number)[:_LISTED]
                ),
            )
            for thing in others
        )

    def _called(self, thing: str) -> tuple[tuple[str, ...], str]:
        """Return the names and the type of a thing."""
        said: dict[str, list[str]] = defaultdict(list)
        for quad in self._graph.quads(node_of(thing)):
            if quad.predicate.value in _OWN:
                said[quad.predicate.value].append(text_of(quad.object))
        names = (name for key in _NAMES for name in sorted(said[key]))
        kinds = {kind.removeprefix(KG) for kind in said[_TYPE]}
        return tuple(dict.fromkeys(names)), next((each for each in TYPES if each in kinds), "Thing")


class _Part:
    """The triples of a page, gathered node by node, each once."""

    def __init__(self, graph: Graph, kept: frozenset[str], facts: frozenset[str]) -> None:
        self._graph, self._kept, self._facts = graph, kept, facts
        self._said: dict[str, dict[ox.Quad, None]] = defaultdict(dict)
        self._evidence: dict[str, tuple[str, ...]] = {}  # the article, and where it says it
        self.quoted: set[str] = set()

    @property
    def quads(self) -> Iterator[ox.Quad]:
        for said in self._said.values():
            yield from said

    def take_thing(self, thing: str) -> None:
        self._take(thing, _OWN)
        for merge in self._graph.sources(thing, KG + "mergedInto"):
            self._take(merge, _MERGE)

    def take_fact(self, fact: str) -> None:
        said = self._take_quoted(fact)
        for moment in said[TIME + "hasTime"]:
            self._take(moment, _EDTF)
        for amount in said[KG + "amount"]:
            self._take(amount, _SURFACE)
        for agent in said[KG + "reportedBy"]:
            self._take(agent, frozenset((_LABEL,)))

    def take_figure(self, figure: str) -> None:
        self._take_quoted(figure)

    def take_decision(self, decision: str) -> None:
        """Take what a person decided, and which of the things that are shown are as they are by it."""
        self._take(decision)
        for who in self._graph.values(decision, PROV + "wasAssociatedWith"):
            self._take(who, frozenset((_LABEL,)))
        for node in self._graph.sources(decision, INFLUENCED):
            if node in self._kept:
                self._take(node, frozenset((INFLUENCED,)))

    def take_article(self, article: str) -> None:
        """Take an article of the list, with its main event and those of the things it names that are shown."""
        own = list(self._graph.quads(node_of(article)))
        named = {text_of(quad.object) for quad in own if quad.predicate.value == SCHEMA + "mentions"}
        for quad in own:
            thing = text_of(quad.object)
            if thing not in named or thing in self._kept:
                self._said[article][quad] = None
            if quad.predicate.value == SCHEMA + "about" and thing not in named:
                self._take_event(thing)

    def _take_event(self, event: str) -> None:
        said: dict[str, list[str]] = defaultdict(list)
        for quad in self._graph.quads(node_of(event)):
            name, value = quad.predicate.value, text_of(quad.object)
            named = name in _NODES_OF_EVENT and value not in self._kept
            told = name == KG + "toldBy" and value not in self._facts
            if named or told or name in (KG + "eventFigure", PROV + "wasDerivedFrom"):
                continue
            self._said[event][quad] = None
            said[name].append(value)
        for moment in said[TIME + "hasTime"]:
            self._take(moment, _EDTF)

    def _take_quoted(self, node: str) -> Mapping[str, list[str]]:
        """Take what is said of a node, with some of the words that it rests on."""
        said: dict[str, list[str]] = defaultdict(list)
        evidence: dict[str, ox.Quad] = {}
        for quad in self._graph.quads(node_of(node)):
            said[quad.predicate.value].append(text_of(quad.object))
            if quad.predicate.value == PROV + "wasDerivedFrom":
                evidence[text_of(quad.object)] = quad
            else:
                self._said[node][quad] = None
        for each in self._spread(evidence):
            self._said[node][evidence[each]] = None
            self._take_evidence(each)
        return said

    def _spread(self, evidence: Iterable[str]) -> list[str]:
        """Return some pieces of evidence: one of each article, then a second one."""
        seen: Counter[str] = Counter()
        order = {}
        for each in sorted(evidence):
            source = next(iter(self._graph.values(each, OA + "hasSource")), "")
            order[each] = (seen[source], source, each)
            seen[source] += 1
        return sorted(order, key=order.__getitem__)[:_QUOTES]

    def _take_evidence(self, evidence: str) -> None:
        for quad in self._graph.quads(node_of(evidence)):
            self._said[evidence][quad] = None
            if quad.predicate.value == OA + "hasSource":
                self.quoted.add(text_of(quad.object))
            elif quad.predicate.value == OA + "hasSelector":
                self._take(text_of(quad.object))

    def _take(self, node: str, predicates: frozenset[str] = frozenset()) -> None:
        for quad in self._graph.quads(node_of(node)):
            if not predicates or quad.predicate.value in predicates:
                self._said[node][quad] = None


def _property(iri: str) -> ox.NamedNode:
    node: ox.NamedNode = node_of(iri)  # type: ignore[assignment]
    return node


def copies(graph: Graph) -> Groups[str]:
    """Return which articles are copies of each other, as the identity graph of a corpus says."""
    ties, groups = graph.part(identity_iri(graph.base)), Groups[str]()
    for copy in ties.sources(KG + "Copy", _TYPE):
        groups.join(*ties.values(copy, KG + "between"))
    return groups
