"""What a page shows, as plain values: nodes, facts, figures and the texts they were read from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.base.home import digest
from kg.graph.literal import position
from kg.graph.store import Graph, text_of
from kg.graph.vocabulary import (
    DCTERMS,
    KG,
    KINDS,
    OA,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    TIME,
    TYPES,
    local_name,
    sureness,
)
from kg.view.decided import Ruling, rulings_of
from kg.view.leaves import leaves_of
from kg.view.marks import Mark, find_marks

if TYPE_CHECKING:
    import pyoxigraph as ox


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """Some words of an article: code points ``start`` to ``end``, end exclusive."""

    article: int  # index into Picture.articles
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Node:
    """An entity."""

    iri: str
    type: str  # local name of its core class: Person, Organization ...
    label: str
    names: tuple[str, ...] = ()  # every name, the label among them
    kind: str = ""  # finer class of an organization: Company, PartyOrganization ...
    label_en: str = ""
    place_code: str = ""  # GB/T 2260
    merges: tuple[tuple[str, str], ...] = ()  # why another name is the same thing: (name, rule)
    mentions: tuple[Quote, ...] = ()  # where the graph says that it is named: its first place in an article


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact, between two nodes."""

    iri: str
    subject: str  # IRI of a node
    predicate: str  # local name
    object: str  # IRI of a node
    role: str = ""
    date: str = ""  # EDTF
    amount: str = ""  # in the words of the text
    status: str = "asserted"
    confidence: float = 1.0
    pattern: str = ""
    quotes: tuple[Quote, ...] = ()
    derived: bool = False
    source: str = ""  # who says it, where the article only passes it on
    ended: bool = False  # a post that is held no more
    sources: int = 0  # articles that state it; 0: not counted
    independent: int = 0  # those of them that are no copies of each other
    model: str = ""  # the language model that found it too, or alone where it is proposed


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the text, in base units."""

    iri: str
    text: str
    value: str  # a plain decimal, as written in the graph
    unit: str
    quote: Quote  # the clause that says it
    span: Quote  # the number itself
    currency: str = ""
    modifier: str = ""
    of: str = ""
    subject: str = ""  # IRI of a node, if known
    date: str = ""  # EDTF
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Event:
    """What an article is about: its main event."""

    kind: str  # meeting, purchase, bid ...
    status: str = "asserted"
    agents: tuple[str, ...] = ()  # IRIs of nodes: who does it
    patients: tuple[str, ...] = ()  # ... to whom
    places: tuple[str, ...] = ()
    date: str = ""  # EDTF
    facts: tuple[str, ...] = ()  # IRIs of those that tell it
    figures: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Source:
    """An article with its marks; ``text`` is what all offsets count in."""

    iri: str
    name: str
    text: str
    title: str = ""
    published: str = ""
    publisher: str = ""
    url: str = ""
    marks: tuple[Mark, ...] = ()
    pieces: tuple[tuple[int, int], ...] = ()  # of an excerpt: (offset in text, offset in the article)
    event: Event | None = None
    topic: str = ""  # IRI of the node it is about, where it has no main event
    sha256: str = ""  # of the whole text
    leaves: tuple[
        tuple[int, str], ...
    ] = ()  # where quotes begin on another page (page=3) or in another paragraph


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that is not drawn: how it is called, and which articles name it."""

    names: tuple[str, ...]  # its label first
    type: str  # local name of its core class
    articles: int
    among: tuple[int, ...]  # indexes into Picture.articles, of those that stand there


@dataclass(frozen=True, slots=True)
class Picture:
    """All that a page shows; ``nodes`` and ``facts`` are sorted, so that equal graphs give equal pictures."""

    nodes: tuple[Node, ...]
    facts: tuple[Fact, ...]
    figures: tuple[Figure, ...] = ()
    articles: tuple[Source, ...] = ()
    title: str = ""
    left_out: dict[str, int] = field(default_factory=dict)  # what did not fit: nodes, ties ...
    beyond: tuple[Named, ...] = ()  # of the nodes that did not fit, those that can be searched
    rulings: tuple[Ruling, ...] = ()  # what people decided


EXCERPT_OVER = 1_500_000  # code points of article text that a page carries whole
_Values = dict[str, dict[str, list[str]]]  # node -> property -> values, all as strings in sorted order


def picture_of(graph: Graph, texts: Iterable[str] = ()) -> Picture:
    """Return what ``graph`` says, with its articles' ``texts`` beside it.

    A text belongs to the article whose SHA-256 in the graph is its own; an article without its text shows the quotes
    that the graph holds, and so do all articles when there are too many to carry.
    """
    return picture_of_triples(graph.quads(), texts)


def picture_of_triples(quads: Iterable[ox.Quad], texts: Iterable[str] = ()) -> Picture:
    """Return what triples say, each of them given once, as `picture_of` does."""
    about = _about(quads)
    sources = sorted(
        node for node, own in about.items() if SCHEMA + "NewsArticle" in own.get(RDF + "type", ())
    )
    places = _places(about, {iri: number for number, iri in enumerate(sources)})
    nodes = _nodes(about, sources, places)
    known = {node.iri for node in nodes}
    facts = tuple(
        _fact(iri, own, about, places)
        for iri, own in sorted(about.items())
        if known.issuperset(own.get(RDF + "subject", ("",)))
        and known.issuperset(own.get(RDF + "object", ("",)))
    )
    figures = tuple(
        sorted(
            (_figure(iri, about, own, places) for iri, own in about.items() if KG + "surfaceStart" in own),
            key=lambda each: (each.span, each.iri),
        )
    )
    by_hash = {digest(text): text for text in texts}
    whole = {iri: by_hash.get(_one(about[iri], KG + "sha256"), "") for iri in sources}
    if sum(map(len, whole.values())) > EXCERPT_OVER:
        whole = dict.fromkeys(sources, "")
    names = {node.iri: node.names for node in nodes}
    quoted = _words_by_article(about, places)
    leaves = leaves_of(about, {iri: (each.article, each.start) for iri, each in places.items()})
    articles, shifts = [], []
    for number, iri in enumerate(sources):
        text, shift = whole[iri], Shift(())
        if not text:
            text, shift = _excerpt(quoted.get(number, {}))
        mentioned = [each for each in about[iri].get(SCHEMA + "mentions", ()) if each in names]
        articles.append(
            replace(
                _source(
                    iri, about[iri], text, find_marks(text, {each: names[each] for each in mentioned}), shift
                ),
                event=_event(about, about[iri], places),
                topic=next((each for each in about[iri].get(SCHEMA + "about", ()) if each in names), ""),
                leaves=tuple((shift(at), leaf) for at, leaf in leaves.get(number, ())),
            )
        )
        shifts.append(shift)
    title = articles[0].title or articles[0].name if len(articles) == 1 else f"{len(articles)} 篇文章"
    shown = Picture(nodes, facts, figures, tuple(articles), title, rulings=rulings_of(about))
    return _moved(shown, shifts)


def _about(quads: Iterable[ox.Quad]) -> _Values:
    about: _Values = {}
    for quad in quads:
        value = text_of(quad.object)
        key = text_of(quad.predicate)
        if key == RDFS + "label" and getattr(quad.object, "language", "") == "en":
            key += "@en"
        about.setdefault(text_of(quad.subject), {}).setdefault(key, []).append(value)
    for own in about.values():
        for values in own.values():
            values.sort()
    return about


def _one(own: Mapping[str, Sequence[str]], key: str) -> str:
    values = own.get(key)
    return values[0] if values else ""


def _nodes(about: _Values, sources: Sequence[str], places: Mapping[str, Quote]) -> tuple[Node, ...]:
    merges: dict[str, set[tuple[str, str]]] = {}
    for own in about.values():
        if KG + "mergedInto" in own:
            why = (_one(own, KG + "mergedName"), _one(own, KG + "pattern"))
            merges.setdefault(_one(own, KG + "mergedInto"), set()).add(why)
    named = sorted({node for source in sources for node in about[source].get(SCHEMA + "mentions", ())})
    nodes = []
    for iri in named:
        own = about.get(iri, {})
        classes = {value.removeprefix(KG) for value in own.get(RDF + "type", ())}
        label = _one(own, RDFS + "label") or local_name(iri)
        names = sorted(
            {*own.get(SKOS + "prefLabel", ()), *own.get(SKOS + "altLabel", ())},
            key=lambda n: (n != label, -len(n), n),
        )
        nodes.append(
            Node(
                iri,
                next((each for each in TYPES if each in classes), "Thing"),
                label,
                tuple(names),
                next((each for each in KINDS if each in classes), ""),
                _one(own, RDFS + "label@en"),
                _one(own, KG + "placeCode"),
                tuple(sorted(merges.get(iri, ()))),
                _quotes(own, places, KG + "mentionedAt"),
            )
        )
    return tuple(nodes)


def _places(about: _Values, number: Mapping[str, int]) -> dict[str, Quote]:
    """Return where each piece of evidence stands."""
    places = {}
    for iri, own in about.items():
        article = _one(own, OA + "hasSource")
        if article not in number:
            continue
        for selector in own.get(OA + "hasSelector", ()):
            at = about.get(selector, {})
            start, end = (position(_one(at, OA + name)) for name in ("start", "end"))
            if start is not None and end is not None:
                places[iri] = Quote(number[article], start, end)
    return places


def _quotes(
    own: Mapping[str, Sequence[str]], places: Mapping[str, Quote], by: str = PROV + "wasDerivedFrom"
) -> tuple[Quote, ...]:
    return tuple(sorted(places[each] for each in own.get(by, ()) if each in places))


def _fact(iri: str, own: Mapping[str, Sequence[str]], about: _Values, places: Mapping[str, Quote]) -> Fact:
    moment = about.get(_one(own, TIME + "hasTime"), {})
    amount = about.get(_one(own, KG + "amount"), {})
    return Fact(
        iri,
        _one(own, RDF + "subject"),
        local_name(_one(own, RDF + "predicate")),
        _one(own, RDF + "object"),
        _one(own, SCHEMA + "roleName"),
        _one(moment, KG + "edtf"),
        _one(amount, KG + "surface"),
        local_name(_one(own, KG + "status")) or "asserted",
        sureness(_one(own, KG + "confidence")),
        ", ".join(own.get(KG + "pattern", ())),
        _quotes(own, places),
        KG + "derived" in own,
        "、".join(
            sorted(_one(about.get(each, {}), RDFS + "label") for each in own.get(KG + "reportedBy", ()))
        ),
        KG + "ended" in own,
        position(_one(own, KG + "sources")) or 0,
        position(_one(own, KG + "independentSources")) or 0,
        _models(own, about),
    )


def _models(own: Mapping[str, Sequence[str]], about: _Values) -> str:
    named = (each for name in ("proposedBy", "agreedBy") for each in own.get(KG + name, ()))
    return "、".join(sorted({_one(about.get(each, {}), RDFS + "label") for each in named}))


def _figure(
    iri: str, about: _Values, own: Mapping[str, Sequence[str]], places: Mapping[str, Quote]
) -> Figure:
    text, start = _one(own, KG + "surface"), position(_one(own, KG + "surfaceStart"))
    quotes = _quotes(own, places)
    article = quotes[0].article if quotes and start is not None else -1
    start = start or 0
    span = Quote(article, start, start + len(text))
    return Figure(
        iri,
        text,
        _one(own, SCHEMA + "value"),
        _one(own, SCHEMA + "unitText"),
        quotes[0] if quotes else span,
        span,
        _one(own, SCHEMA + "currency"),
        _one(own, KG + "modifier"),
        _one(own, KG + "measured"),
        _one(own, KG + "figureOf"),
        _one(about.get(_one(own, TIME + "hasTime"), {}), KG + "edtf"),
        sureness(_one(own, KG + "confidence")),
    )


def _event(about: _Values, article: Mapping[str, Sequence[str]], places: Mapping[str, Quote]) -> Event | None:
    own = about.get(_one(article, SCHEMA + "about"), {})
    kind = _one(own, KG + "eventKind")
    if not kind:
        return None
    return Event(
        kind,
        local_name(_one(own, KG + "status")) or "asserted",
        tuple(own.get(KG + "eventAgent", ())),
        tuple(own.get(KG + "eventPatient", ())),
        tuple(own.get(SCHEMA + "location", ())),
        _one(about.get(_one(own, TIME + "hasTime"), {}), KG + "edtf"),
        tuple(own.get(KG + "toldBy", ())),
        tuple(own.get(KG + "eventFigure", ())),
        _quotes(own, places),
        sureness(_one(own, KG + "confidence")),
    )


def _source(
    iri: str, own: Mapping[str, Sequence[str]], text: str, marks: tuple[Mark, ...], shift: Shift
) -> Source:
    return Source(
        iri,
        _one(own, DCTERMS + "identifier") or local_name(iri),
        text,
        _one(own, SCHEMA + "headline"),
        _one(own, SCHEMA + "datePublished"),
        _one(own, SCHEMA + "publisher"),
        _one(own, SCHEMA + "url"),
        marks,
        shift.pieces,
        sha256=_one(own, KG + "sha256"),
    )


def _words_by_article(about: _Values, places: Mapping[str, Quote]) -> dict[int, dict[tuple[int, int], str]]:
    """Return the quotes that the graph itself holds, by article and place."""
    words: dict[int, dict[tuple[int, int], str]] = {}
    for iri, place in places.items():
        for selector in about[iri].get(OA + "hasSelector", ()):
            exact = _one(about.get(selector, {}), OA + "exact")
            if exact:
                words.setdefault(place.article, {})[place.start, place.end] = exact
    return words


def _excerpt(words: Mapping[tuple[int, int], str]) -> tuple[str, Shift]:
    """Return the quotes of an article in their order as one text, a line each, and where they come from."""
    text, pieces, last = "", [], -1
    for (start, end), exact in sorted(words.items(), key=lambda item: (item[0][0], -item[0][1])):
        if end <= last:
            continue  # inside the quote before
        fresh = exact[max(0, last - start) :]
        if start >= last:
            text += "\n" if text else ""
            pieces.append((len(text), start))
        text += fresh
        last = end
    return text, Shift(tuple(pieces))


@dataclass(frozen=True, slots=True)
class Shift:
    """How far an excerpt's offsets are from its article's: pieces of (offset in the excerpt, offset in the article)."""

    pieces: tuple[tuple[int, int], ...]

    def __call__(self, offset: int) -> int:
        """Return where an offset of the article stands in the excerpt."""
        for here, there in reversed(self.pieces):
            if there <= offset:
                return here + offset - there
        return offset


def _moved(picture: Picture, shifts: Sequence[Shift]) -> Picture:
    if not any(shift.pieces for shift in shifts):
        return picture

    def move(quote: Quote) -> Quote:
        shift = shifts[quote.article] if quote.article >= 0 else Shift(())
        return Quote(quote.article, shift(quote.start), shift(quote.end))

    nodes = tuple(replace(node, mentions=tuple(map(move, node.mentions))) for node in picture.nodes)
    facts = tuple(replace(fact, quotes=tuple(map(move, fact.quotes))) for fact in picture.facts)
    figures = tuple(replace(each, quote=move(each.quote), span=move(each.span)) for each in picture.figures)
    articles = tuple(
        replace(each, event=replace(each.event, quotes=tuple(map(move, each.event.quotes))))
        if each.event
        else each
        for each in picture.articles
    )
    return replace(picture, nodes=nodes, facts=facts, figures=figures, articles=articles)
