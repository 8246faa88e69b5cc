"""All that many articles say about one thing: what it is called, why it is one, what happened when, and who else is called so.

Plain values, without words of any language but those of articles; ``kg.view.dossier_text`` and the server show them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain, islice
from typing import Final, TypeVar

import pyoxigraph as ox

from kg.graph.iri import identity_iri
from kg.graph.query import find_entities
from kg.graph.store import Graph
from kg.graph.vocabulary import DCTERMS, KG, OA, ORG, PROV, RDF, RDFS, SCHEMA, SKOS, TIME, TYPES, local_name

__all__ = ["Dossier", "Item", "Quote", "Section", "dossier_of", "dossiers", "facts_in_order", "known_for"]

MOST: Final = 200
"""Items of a section that are shown; how many more there are is told."""

_FEW: Final = 20  # links and companions that are shown
_QUOTES: Final = 3  # quotes of one item that are shown
_LABEL: Final = RDFS + "label"
_Any = TypeVar("_Any")
_NAMES: Final = (_LABEL, SKOS + "prefLabel", SKOS + "altLabel")


@dataclass(frozen=True, slots=True)
class Quote:
    """Some words of an article."""

    text: str
    article: str  # its name
    iri: str  # of the article
    start: str
    published: str
    leaf: str = ""  # page=3, paragraph=3: where it stands in the document that its article was taken from


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a dossier tells, with what there is to note of it (a word for what, and its value)."""

    text: str
    node: str = ""  # IRI of what it is about
    notes: tuple[tuple[str, str], ...] = ()
    quotes: tuple[Quote, ...] = ()
    more: int = 0  # quotes that are left out
    predicate: str = ""  # of a fact


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a dossier."""

    key: str  # names, why_one, timeline, posts, figures, conflicts, namesakes, documents, companions
    items: tuple[Item, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Dossier:
    """All about one thing."""

    iri: str
    label: str
    type: str  # local name of its core type
    kind: str  # local name of its finer class, or ""
    articles: int  # that name it
    sections: tuple[Section, ...]


def dossiers(graph: Graph, term: str) -> tuple[Dossier, ...]:
    """Return the dossiers of the entities that a name (or an IRI) stands for, those named in most articles first.

    Raises:
        QueryError: there is none.
    """
    names = _Names(graph)
    found = [_dossier(graph, iri, (), names) for iri in find_entities(graph, term)]
    return tuple(sorted(found, key=lambda each: (-each.articles, each.iri)))


def dossier_of(graph: Graph, iri: str, keys: Sequence[str] = ()) -> Dossier:
    """Return the dossier of an entity, or only the sections of it that have these keys."""
    return _dossier(graph, iri, keys, _Names(graph))


def _dossier(graph: Graph, iri: str, keys: Sequence[str], names: _Names) -> Dossier:
    teller = _Teller(graph, iri, names)
    types = [each.removeprefix(KG) for each in graph.values(iri, RDF + "type") if each.startswith(KG)]
    sections = (make() for key, make in teller.sections().items() if not keys or key in keys)
    return Dossier(
        iri,
        graph.label(iri),
        next((each for each in types if each in TYPES), ""),
        next((each for each in types if each not in TYPES), ""),
        len(graph.sources(iri, SCHEMA + "mentions")),
        tuple(section for section in sections if section.items),
    )


def facts_in_order(graph: Graph, iri: str) -> list[str]:
    """Return the facts about an entity in order of time, those without a day last."""
    return _Teller(graph, iri, _Names(graph)).facts


class _Names:
    """Who bears a name, and what each of them is known for: looked up once, however many of one name ask."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.bearers = cache(self._bearers)
        self.known = cache(self._known)

    def _bearers(self, name: str, kind: str) -> tuple[str, ...]:
        """Return those of a type who bear a name."""
        return tuple(
            each for each in self._graph.named(name) if kind in self._graph.values(each, RDF + "type")
        )

    def _known(self, iri: str) -> tuple[tuple[str, str], ...]:
        """Return in how many articles someone is named, and what for."""
        articles = len(self._graph.sources(iri, SCHEMA + "mentions"))
        return ("articles", str(articles)), ("known_for", known_for(self._graph, iri))


def known_for(graph: Graph, iri: str) -> str:
    """Return what tells an entity from others of its name: a fact about it, "" where there is none."""
    facts = chain(*(graph.sources(iri, RDF + end) for end in ("subject", "object")))
    told = (each for each in facts if not graph.values(each, KG + "derived"))
    return min((graph.label(fact) for fact in islice(told, MOST)), default="")


class _Teller:
    """Tells about one entity, section by section."""

    def __init__(self, graph: Graph, iri: str, names: _Names) -> None:
        self.graph, self.iri, self.names = graph, iri, names
        self.ties = graph.part(identity_iri(graph.base))
        self.members = (iri, *self.ties.sources(iri, KG + "sameThingAs"))
        ends = (graph.sources(iri, RDF + end) for end in ("subject", "object"))
        self.facts = sorted(dict.fromkeys(chain(*ends)), key=self._order)
        links = (self.ties.sources(member, KG + "links") for member in self.members)
        self.links = frozenset(chain(*links))
        self.refused = {
            link: why for link in sorted(self.links) if (why := self._tie(link, "refusedBecause"))
        }
        self.told = [fact for fact in self.facts if not graph.values(fact, KG + "derived")]
        self._articles: dict[str, tuple[str, str]] = {}

    def sections(self) -> dict[str, Callable[[], Section]]:
        """Return what makes each section, by its key, in order."""
        return {
            "names": lambda: _section("names", list(self._names()), _as_it_is),
            "why_one": lambda: _section("why_one", self._reasons(), self._reason, _FEW),
            "posts": lambda: _section("posts", self._posts(), self._fact),
            "timeline": lambda: _section("timeline", self.told, self._fact),
            "figures": lambda: _section("figures", self._figures(), self._figure),
            "conflicts": lambda: _section("conflicts", self._conflicts(), self._conflict),
            "namesakes": lambda: _section("namesakes", self._namesakes(), self._namesake, _FEW),
            "documents": lambda: _section("documents", self.others[0], _as_it_is, _FEW),
            "companions": lambda: _section("companions", self.others[1], _as_it_is, _FEW),
        }

    def _posts(self) -> list[str]:
        return [fact for fact in self.told if ORG + "Membership" in self.graph.values(fact, RDF + "type")]

    # names and reasons ----------------------------------------------------------------------------------------------

    def _names(self) -> Iterator[Item]:
        """Yield each name with the articles that use it, the commonest first."""
        used: dict[str, dict[str, None]] = {}
        for member in self.members:
            for graph in self._graphs_of(member):
                for article in graph.sources(member, SCHEMA + "mentions"):
                    for name in dict.fromkeys(chain(*(graph.values(member, each) for each in _NAMES[1:]))):
                        used.setdefault(name, {})[self._article(article)[0]] = None
        for name, articles in sorted(used.items(), key=lambda each: (-len(each[1]), each[0])):
            few = sorted(articles)[:_QUOTES]
            listed = "、".join(few) + ("…" if len(articles) > len(few) else "")
            yield Item(name, "", (("articles", str(len(articles))), ("in", listed)))

    def _graphs_of(self, entity: str) -> list[Graph]:
        """Return the graphs of the articles that name an entity of an article; the graph itself where there is but one."""
        mentions = (None, ox.NamedNode(SCHEMA + "mentions"), ox.NamedNode(entity), None)
        names = sorted(
            quad.graph_name.value
            for quad in self.graph.store.quads_for_pattern(*mentions)
            if isinstance(quad.graph_name, ox.NamedNode)
        )
        return [self.graph.part(name) for name in names] if self.graph.is_corpus else [self.graph]

    def _reasons(self) -> list[str]:
        """Return why the entities of several articles are one thing, the weakest reason first."""
        good = [link for link in self.links if link not in self.refused]
        return sorted(good, key=lambda link: (float(self._tie(link, "confidence") or 1), link))

    def _reason(self, link: str) -> Item:
        kinds = (
            ("rule", "pattern"),
            ("level", "level"),
            ("confidence", "confidence"),
            ("because", "because"),
        )
        notes = [(key, self._tie(link, name)) for key, name in (*kinds, ("refused", "refusedBecause"))]
        return Item(
            self.ties.label(link),
            link,
            tuple((key, value) for key, value in notes if value),
            *self._quotes(self.ties.values(link, PROV + "wasDerivedFrom"), around=True),
        )

    def _tie(self, link: str, name: str) -> str:
        return next(iter(self.ties.values(link, KG + name)), "")

    def _namesakes(self) -> list[str]:
        """Return the other things of its type that bear one of its names."""
        graph, types = self.graph, set(self.graph.values(self.iri, RDF + "type"))
        core = next((KG + each for each in TYPES if KG + each in types), "")
        names = dict.fromkeys(chain(*(graph.values(self.iri, each) for each in _NAMES)))
        others = dict.fromkeys(chain(*(self.names.bearers(name, core) for name in names)))
        return [other for other in others if other != self.iri]

    def _namesake(self, other: str) -> Item:
        """Return another thing of its name, what it is known for, and why it is apart."""
        notes = [*self.names.known(other), *self._apart(other)]
        return Item(self.graph.label(other), other, tuple(note for note in notes if note[1]))

    def _apart(self, other: str) -> Iterator[tuple[str, str]]:
        """Yield why another thing is another one: each link between the two that was refused, or that nothing links them."""
        theirs = {other, *self.ties.sources(other, KG + "sameThingAs")}
        whys = {
            why
            for link, why in self.refused.items()
            if not theirs.isdisjoint(self.ties.values(link, KG + "links"))
        }
        yield from (("refused", why) for why in sorted(whys)[:_QUOTES])
        if not whys:
            yield "apart", "nothing_ties_them"

    # facts and figures ----------------------------------------------------------------------------------------------

    def _order(self, fact: str) -> tuple[bool, str, str, str]:
        day = self._day(fact)[0]
        return not day, day, self.graph.label(fact), fact

    def _day(self, fact: str) -> tuple[str, str]:
        """Return the day by which a fact stands in the timeline, and its date as one writes it, "" where it has none."""
        moment = self._one(fact, TIME + "hasTime")
        if moment:
            return self._one(moment, KG + "firstDay"), self._one(moment, KG + "edtf")
        return self._one(fact, KG + "firstStated") or self._published(fact), ""

    def _published(self, node: str) -> str:
        """Return the day of the earliest article that a node was read from."""
        sources = (
            source
            for each in self.graph.values(node, PROV + "wasDerivedFrom")
            for source in self.graph.values(each, OA + "hasSource")
        )
        return min(filter(None, (self._one(each, SCHEMA + "datePublished") for each in sources)), default="")

    def _fact(self, fact: str) -> Item:
        day, date = self._day(fact)
        status = local_name(self._one(fact, KG + "status"))
        notes = [
            ("date", date),
            ("stated", "" if date else day),
            ("status", "" if status == "asserted" else status),
            ("amount", self._one(self._one(fact, KG + "amount"), KG + "surface")),
            ("reported_by", "、".join(map(self.graph.label, self.graph.values(fact, KG + "reportedBy")))),
            ("sources", self._one(fact, KG + "sources")),
            ("independent", self._one(fact, KG + "independentSources")),
            ("confidence", self._one(fact, KG + "confidence")),
        ]
        return Item(
            self.graph.label(fact),
            fact,
            tuple(note for note in notes if note[1]),
            *self._quotes(self.graph.values(fact, PROV + "wasDerivedFrom")),
            local_name(self._one(fact, RDF + "predicate")),
        )

    def _figures(self) -> list[str]:
        """Return the figures, those of one measure together."""
        figures = self.graph.sources(self.iri, KG + "figureOf")
        return sorted(
            figures, key=lambda each: (self._one(each, KG + "measured"), self._published(each), each)
        )

    def _figure(self, figure: str) -> Item:
        moment = self._one(figure, TIME + "hasTime")
        notes = (
            ("date", self._one(moment, KG + "edtf") if moment else ""),
            ("stated", self._published(figure)),
            ("confidence", self._one(figure, KG + "confidence")),
        )
        quotes = self._quotes(self.graph.values(figure, PROV + "wasDerivedFrom"))
        return Item(self.graph.label(figure), figure, tuple(note for note in notes if note[1]), *quotes)

    def _conflicts(self) -> list[str]:
        """Return the conflicts about it, and those that a fact about it is in."""
        of_facts = (self.graph.sources(node, KG + "conflictMember") for node in self.facts)
        return sorted({*chain(*of_facts), *self.graph.sources(self.iri, KG + "conflictAbout")})

    def _conflict(self, conflict: str) -> Item:
        members = self.graph.values(conflict, KG + "conflictMember")
        evidence = chain(*(self.graph.values(member, PROV + "wasDerivedFrom") for member in members))
        notes = (("kind", self._one(conflict, KG + "conflictKind")),)
        return Item(self.graph.label(conflict), conflict, notes, *self._quotes(evidence))

    @cached_property
    def others(self) -> tuple[list[Item], list[Item]]:
        """The documents that facts tie it to, and the other things, what most facts do first."""
        count: Counter[str] = Counter()
        for fact in self.facts:
            for end in ("subject", "object"):
                count.update(each for each in self.graph.values(fact, RDF + end) if each != self.iri)
        documents, others = list[Item](), list[Item]()
        for other, number in sorted(count.items(), key=lambda each: (-each[1], each[0])):
            is_document = KG + "Document" in self.graph.values(other, RDF + "type")
            item = Item(self.graph.label(other), other, (("facts", str(number)),))
            (documents if is_document else others).append(item)
        return documents, others

    # quotes ---------------------------------------------------------------------------------------------------------

    def _one(self, node: str, predicate: str) -> str:
        return next(iter(self.graph.values(node, predicate)), "") if node else ""

    def _article(self, iri: str) -> tuple[str, str]:
        if iri not in self._articles:
            name = self._one(iri, DCTERMS + "identifier") or self.graph.label(iri)
            self._articles[iri] = name, self._one(iri, SCHEMA + "datePublished")
        return self._articles[iri]

    def _quotes(self, evidence: Iterable[str], *, around: bool = False) -> tuple[tuple[Quote, ...], int]:
        found = sorted(
            {quote for each in evidence if (quote := self._quote(each, around=around))},
            key=lambda quote: (
                not quote.published,
                quote.published,
                quote.article,
                len(quote.start),
                quote.start,
            ),
        )
        shown = _first_of_each(found)
        return tuple(shown[:_QUOTES]), max(0, len(found) - _QUOTES)

    def _quote(self, evidence: str, *, around: bool) -> Quote | None:
        """Return the words of some evidence, with those before and after them where they are only a name."""
        selectors = self.graph.values(evidence, OA + "hasSelector")
        words = {
            name: next((text for each in selectors for text in self.graph.values(each, OA + name)), "")
            for name in ("prefix", "exact", "suffix", "start")
        }
        exact, start = words["exact"], words["start"]
        article = self._one(evidence, OA + "hasSource")
        if not exact or not article:
            return None
        name, published = self._article(article)
        before = words["prefix"].rpartition("\n")[2] if around else ""
        after = words["suffix"].partition("\n")[0] if around else ""
        leaf = next((text for each in selectors for text in self.graph.values(each, RDF + "value")), "")
        return Quote(f"{before}{exact}{after}", name, article, start, published, leaf)


def _first_of_each(quotes: Sequence[Quote]) -> list[Quote]:
    """Return quotes so that those of different articles stand first."""
    first = {quote.iri: at for at, quote in reversed(tuple(enumerate(quotes)))}
    of_article = set(first.values())
    return [quotes[at] for at in sorted(range(len(quotes)), key=lambda at: at not in of_article)]


def _as_it_is(item: Item) -> Item:
    return item


def _section(key: str, found: Sequence[_Any], item: Callable[[_Any], Item], most: int = MOST) -> Section:
    return Section(key, tuple(map(item, found[:most])), max(0, len(found) - most))
