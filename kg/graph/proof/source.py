"""What an article, its evidence and the run that read it must say."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Final

from kg.base.model import Span
from kg.graph.evidence import CONTEXT
from kg.graph.iri import made_iri
from kg.graph.proof.entity import names_of
from kg.graph.proof.fault import Fault, Node
from kg.graph.proof.leaf import prove_boxes, prove_leaf
from kg.graph.proof.view import LABEL, TYPE, Source, Text, bare, en, integer, node, string, typed, written, zh
from kg.graph.seal import DIGEST, seal
from kg.graph.store import Term
from kg.graph.vocabulary import DCTERMS, KG, OA, PROV, SCHEMA, XSD
from kg.text.personal.mask import MARK
from kg.text.personal.shapes import KINDS
from kg.text.source import article_of

__all__ = ["prove_article", "prove_evidence", "prove_run", "prove_selector", "prove_tool"]

_SHA: Final = KG + "sha256"
_NAME: Final = DCTERMS + "identifier"
_MENTIONS, _ABOUT = SCHEMA + "mentions", SCHEMA + "about"
_MASKED, _URL, _DAY = KG + "masked", SCHEMA + "url", SCHEMA + "datePublished"
_USED, _BY = PROV + "used", PROV + "wasAssociatedWith"
_SAID: Final = {"headline": "title", "publisher": "publisher", "author": "author", "url": "url"}
_OFFICIAL: Final = {"documentNumber": "number", "addressee": "addressee"}
_FORMAL: Final = ("printedBy", "attachment", "indexNumber", "topic")
_PRINTED: Final = KG + "printedOn"
_GIVE: Final = "give its text: kg verify TEXT -g GRAPH"


# articles -------------------------------------------------------------------------------------------------------------


def prove_article(at: Node) -> Iterator[Fault]:
    """Yield what is wrong with an article: its checksum, what its text says of itself, which entities it names."""
    view, source = at.view, at.view.source(at.iri)
    yield from at.named(at.iri, made_iri(at.base, "a", source.sha256))
    if source.text is None:
        yield at.fault(_SHA, f"no text has the checksum {source.sha256[:12]!r}", _GIVE)
    else:
        yield from _metadata(at, source.text)
        yield from _official(at, source.text)
    yield from _sealed(at)
    yield from prove_boxes(at)
    if not view.into(at.iri, _USED):
        yield at.fault("", "no run says that it read this article")
    if not source.names:
        yield at.fault(_NAME, "has no name")
    for kind in view.words(at.iri, _MASKED):
        if kind not in KINDS or (source.text and MARK not in source.text.text):
            yield at.fault(_MASKED, f"no marks stand for {kind!r} in its text")
    yield from at.compare({predicate: values for predicate, values in _article(at, source).items() if values})


def _article(at: Node, source: Source) -> dict[str, Set[Term]]:
    """Return what an article must say, with the words that ``_metadata`` looks at."""
    view = at.view
    names = {zh(source.title)} if source.title else set(map(zh, source.names))
    mentioned = {each for each in view.nodes(at.iri, _MENTIONS) if Node.at(view, each).kind == "e"}
    event = made_iri(at.base, "h", source.sha256, "main-event")
    said = {SCHEMA + each: view.word(at.iri, SCHEMA + each) for each in _SAID}
    return {
        LABEL: (view.of(at.iri).get(LABEL, frozenset()) & names) or names,
        TYPE: {node(SCHEMA + "NewsArticle"), node(PROV + "Entity")},
        _SHA: {string(source.sha256)},
        _NAME: set(map(string, source.names)),
        **{KG + each: set(map(zh, view.words(at.iri, KG + each))) for each in (*_OFFICIAL, *_FORMAL)},
        _PRINTED: {typed(day, XSD + "date") for day in view.words(at.iri, _PRINTED)},
        DIGEST: set(map(string, view.words(at.iri, DIGEST))),
        _MASKED: set(map(string, view.words(at.iri, _MASKED))),
        _MENTIONS: set(map(node, mentioned)),
        _ABOUT: {node(event)} if view.is_there(event) else _topic(at, source, mentioned),
        _URL: {typed(said[_URL], XSD + "anyURI")} if said[_URL] else set(),
        **{each: {zh(words)} for each, words in said.items() if words and each != _URL},
        _DAY: {typed(source.published.isoformat(), XSD + "date")} if source.published else set(),
    }


def _topic(at: Node, source: Source, mentioned: Set[str]) -> Set[Term]:
    """Return what an article without a main event may be about: one of those that it names, by a name in its title."""
    for each in at.view.nodes(at.iri, _ABOUT):
        names = [bare(name) for name in names_of(at.view, each)]
        titles = [bare(source.text.simple(source.title)), bare(source.text.first)] if source.text else names
        if each in mentioned and any(name in title for name in names for title in titles):
            return {node(each)}
    return set()


def _sealed(at: Node) -> Iterator[Fault]:
    """Yield that what was read in the article was changed since: the checksum over all of it is another."""
    view, made = at.view, at.view.word(at.iri, DIGEST)
    lines = (
        f"<{iri}> <{predicate}> {written(value)}"
        for iri in _nodes_of(at)
        for predicate, values in view.of(iri).items()
        for value in values
    )
    if not made:
        yield at.fault(DIGEST, "has no checksum of what was read, or that of two builds which differ")
    elif made != seal(lines):
        yield at.fault(DIGEST, "what was read in this article was changed since: its checksum is another")


def _nodes_of(at: Node) -> set[str]:
    """Return the nodes that say what was read in an article."""
    view, quotes = at.view, at.view.into(at.iri, OA + "hasSource")
    entities = view.nodes(at.iri, _MENTIONS)
    read = {node for quote in quotes for node in view.into(quote, PROV + "wasDerivedFrom")}
    agents = {each for node in read for each in view.nodes(node, KG + "reportedBy")}
    merges = {merge for entity in entities for merge in view.into(entity, KG + "mergedInto")}
    selectors = {each for quote in quotes for each in view.nodes(quote, OA + "hasSelector")}
    refused = view.into(at.iri, KG + "proposedFor")
    return {at.iri, *quotes, *selectors, *entities, *read, *agents, *merges, *refused}


def _official(at: Node, text: Text) -> Iterator[Fault]:
    """Yield where the graph says something else of an official document than its text."""
    alone = text.said
    if not alone.number:  # that may stand on the page around it alone
        alone = article_of(text.text, number=at.view.word(at.iri, KG + "documentNumber"))
    for name, own in _OFFICIAL.items():
        has, value = at.view.words(at.iri, KG + name), getattr(alone, own)
        if list(has) != [value] * bool(value):
            yield at.fault(KG + name, f"says {', '.join(has)!r}, and its text {value!r}")
    for predicate in (*(KG + name for name in _FORMAL), _PRINTED):
        wanted = sorted(value for name, value in alone.formal if KG + name == predicate)
        said = sorted(at.view.words(at.iri, predicate))
        if wanted and said != wanted:
            yield at.fault(predicate, f"says {', '.join(said)!r}, and its text {', '.join(wanted)!r}")


def _metadata(at: Node, text: Text) -> Iterator[Fault]:
    """Yield where the graph says of an article what its text does not: a page may say more than its text."""
    said = text.said
    values = {predicate: getattr(said, name) for predicate, name in _SAID.items()}
    values["datePublished"] = said.published.isoformat() if said.published else ""
    for predicate, value in values.items():
        has = at.view.word(at.iri, SCHEMA + predicate)
        if has == value or (has and (not value or text.has(has))):
            continue
        what = f"says {has!r}, and its text {value!r}" if has else f"lacks {value!r}, which its text says"
        yield at.fault(SCHEMA + predicate, what)


# evidence -------------------------------------------------------------------------------------------------------------


def prove_evidence(at: Node) -> Iterator[Fault]:
    """Yield what is wrong with a piece of evidence: its quote is not the text at its place, nothing rests on it."""
    view, place = at.view, at.view.place(at.iri)
    if place is None or not view.is_there(place.article):
        yield at.fault("", "no quote with a position in an article")
        return
    if not (view.into(at.iri, PROV + "wasDerivedFrom") or view.into(at.iri, KG + "mentionedAt")):
        yield at.fault("", "nothing rests on this evidence")
    source, span = view.source(place.article), place.span
    yield from at.named(at.iri, made_iri(at.base, "v", source.sha256, str(span.start), str(span.end)))
    if source.text is None:
        return
    if not 0 <= span.start < span.end <= len(source.text.text):
        yield at.fault("", f"no quote with a position in the text: {span.start} to {span.end}")
        return
    yield from _quoted(at, source, source.text.text, span)


def _quoted(at: Node, source: Source, text: str, span: Span) -> Iterator[Fault]:
    key = at.iri[len(at.base) + 1 :]
    quote, position = f"{at.base}x{key}", f"{at.base}y{key}"
    labels = {string(f"{name} {span.start}-{span.end}") for name in source.names}

    def bearing(iri: str) -> Set[Term]:
        return (at.view.of(iri).get(LABEL, frozenset()) & labels) or labels

    resource = {
        TYPE: {node(OA + "SpecificResource")},
        OA + "hasSource": {node(source.iri)},
        OA + "hasSelector": {node(quote), node(position)},
    }
    words = {
        TYPE: {node(OA + "TextQuoteSelector")},
        OA + "exact": {string(text[span.start : span.end])},
        OA + "prefix": {string(text[max(0, span.start - CONTEXT) : span.start])},
        OA + "suffix": {string(text[span.end : span.end + CONTEXT])},
    }
    ends = {
        TYPE: {node(OA + "TextPositionSelector")},
        OA + "start": {integer(span.start)},
        OA + "end": {integer(span.end)},
    }
    leaf = f"{at.base}p{key}"
    if leaf in at.view.nodes(at.iri, OA + "hasSelector"):
        resource[OA + "hasSelector"] = {node(quote), node(position), node(leaf)}
        yield from prove_leaf(at, leaf, quote, text.count("\n", 0, span.start) + 1, bearing(leaf))
    for iri, wanted in ((at.iri, resource), (quote, words), (position, ends)):
        yield from Node(at.view, iri, at.base).compare({LABEL: bearing(iri), **wanted})
    if not at.view.is_there(quote):
        yield at.fault(OA + "hasSelector", "its quote is not there")


def prove_selector(at: Node) -> Iterator[Fault]:
    """Yield that no evidence has this quote or position; what it says is looked at with its evidence."""
    evidence = f"{at.base}v{at.iri[len(at.base) + 1 :]}"
    if at.iri not in at.view.nodes(evidence, OA + "hasSelector"):
        yield at.fault("", "no evidence has this quote or position")


# runs -----------------------------------------------------------------------------------------------------------------


def prove_run(at: Node) -> Iterator[Fault]:
    """Yield what is wrong with the run that read articles: its tool, its version."""
    view, version = at.view, at.label.removeprefix("kg ")
    yield from at.named(at.iri, made_iri(at.base, "b", "kg", version))
    tool = made_iri(at.base, "c", "kg", version)
    used = {
        each for each in view.nodes(at.iri, _USED) if view.is_there(each) and Node.at(view, each).kind == "a"
    }
    wanted = {
        LABEL: {en(f"kg {version}")},
        TYPE: {node(PROV + "Activity")},
        _BY: {node(tool)},
        _USED: set(map(node, used)),
    }
    yield from at.compare(wanted)
    if not used:
        yield at.fault(_USED, "read no article")


def prove_tool(at: Node) -> Iterator[Fault]:
    """Yield what is wrong with the tool: its name, its version, that no run is its."""
    version = at.view.word(at.iri, SCHEMA + "softwareVersion")
    yield from at.named(at.iri, made_iri(at.base, "c", "kg", version))
    wanted = {
        LABEL: {en("kg")},
        TYPE: {node(PROV + "SoftwareAgent")},
        SCHEMA + "softwareVersion": {string(version)},
    }
    yield from at.compare(wanted)
    if not at.view.into(at.iri, _BY):
        yield at.fault("", "no run is of this tool")
