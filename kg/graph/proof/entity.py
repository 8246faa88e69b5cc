"""What an entity, a merge of names, a title and a source of hearsay must say."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Final

from kg.base.overlay import following
from kg.base.schema import WITHIN
from kg.graph.iri import made_iri, place_iri
from kg.graph.own import KNOWLEDGE, files_of_names
from kg.graph.proof.fault import INFLUENCED, REBUILD, Fault, Node
from kg.graph.proof.term import AT_HAND, files
from kg.graph.proof.view import LABEL, TYPE, Source, View, bare, node, string, zh
from kg.graph.store import Term, text_of
from kg.graph.vocabulary import KG, ORG, PREDICATES, PROV, RDF, SCHEMA, SKOS, STANDARD_TYPES, TYPES
from kg.names.gazetteer import gazetteer
from kg.names.own import known_of
from kg.text.script import simplified_text
from kg.things.union import kind_of

__all__ = ["names_of", "place_code", "prove_agent", "prove_entity", "prove_merge", "prove_role", "sources_of"]

_PREF, _ALT = SKOS + "prefLabel", SKOS + "altLabel"
_CODE, _AT = KG + "placeCode", KG + "mentionedAt"
_MENTIONS: Final = SCHEMA + "mentions"
_INTO, _MERGED, _PATTERN = KG + "mergedInto", KG + "mergedName", KG + "pattern"
_DERIVED_FROM: Final = PROV + "wasDerivedFrom"
_IS: Final = " = "
_PLACE: Final = "Place"

PLAIN: Final = following(lambda: {*(KG + name for name in PREDICATES), SCHEMA + WITHIN})
"""The properties by which one entity is tied to another in a plain triple."""


def names_of(view: View, entity: str) -> tuple[str, ...]:
    """Return the names that articles give an entity."""
    return tuple(dict.fromkeys((*view.words(entity, _PREF), *view.words(entity, _ALT))))


def place_code(view: View, entity: str) -> str:
    """Return the official code of a place, "" where it has none."""
    return view.word(entity, _CODE)


def sources_of(view: View, entity: str) -> tuple[Source, ...]:
    """Return the articles that name an entity."""
    return tuple(map(view.source, view.into(entity, _MENTIONS)))


def prove_entity(at: Node) -> Iterator[Fault]:
    """Yield what is wrong with an entity: its type, its names, where it is named, what it is said to be tied to."""
    view, types = at.view, {text_of(each) for each in at.view.of(at.iri).get(TYPE, ())}
    kinds = [name for name in TYPES if KG + name in types]
    if len(kinds) != 1:
        yield at.fault(TYPE, "is not of one type", AT_HAND if view.words(at.iri, KNOWLEDGE) else REBUILD)
        return
    kind, code = kinds[0], place_code(view, at.iri)
    yield from _placed(at, kind, code) if code else _own(at, kind)
    yield from _names_in_texts(at)
    yield from _plain_triples(at)
    wanted = _names(at, code) | _types(at, kind) | _where(at)
    wanted |= files(files_of_names(names_of(view, at.iri), kind))
    if code:
        wanted[_CODE] = {string(code)}
    if KG + "proposedBy" in view.of(at.iri):
        from kg.graph.proof.model import models_of

        wanted |= models_of(at)
    for predicate in PLAIN.intersection(view.of(at.iri)):
        wanted[predicate] = {node(each) for each in view.nodes(at.iri, predicate) if view.is_there(each)}
    yield from at.compare({predicate: values for predicate, values in wanted.items() if values})


def _names(at: Node, code: str) -> dict[str, Set[Term]]:
    label = gazetteer().official.get(code, code) if code else at.label
    names = names_of(at.view, at.iri)
    own = {_PREF: {zh(label)} if label in names or not code else set()}
    return {LABEL: {zh(label)}, **own, _ALT: {zh(name) for name in names if name != label}}


def _types(at: Node, kind: str) -> dict[str, Set[Term]]:
    types = {node(KG + kind)}
    if kind in STANDARD_TYPES:
        types.add(node(STANDARD_TYPES[kind]))
    if kind == "Organization" and (finer := kind_of(_simple(at.label, sources_of(at.view, at.iri)))):
        types.add(node(KG + finer))
    return {TYPE: types}


def _simple(name: str, sources: tuple[Source, ...]) -> str:
    """Return a name in simplified characters, where its article is in others."""
    text = sources[0].text if sources else None
    return text.simple(name) if text else name


def _own(at: Node, kind: str) -> Iterator[Fault]:
    """Yield that an entity of one article is not that one's: its IRI is made of its article, type and name."""
    sources = sources_of(at.view, at.iri)
    if not sources:
        yield at.fault("", "no article names it")
        return
    made = {made_iri(at.base, "e", source.sha256, kind, at.label) for source in sources}
    if at.iri not in made and not _has_namesake(at):
        yield from at.named(at.iri, min(made))
    if len(sources) > 1:
        yield at.fault("", "two articles name it, though only places with a code are shared")


def _has_namesake(at: Node) -> bool:
    """Say whether the article names another thing of the same name; what tells two apart is in no triple."""
    (source, *_) = sources_of(at.view, at.iri)
    others = at.view.nodes(source.iri, _MENTIONS)
    types = at.view.of(at.iri).get(TYPE)
    return any(
        other != at.iri
        and at.label in (*at.view.words(other, LABEL), *names_of(at.view, other))
        and at.view.of(other).get(TYPE) == types
        for other in others
    )


def _placed(at: Node, kind: str, code: str) -> Iterator[Fault]:
    """Yield what is wrong with a place that has an official code: its names do not mean it, it lies elsewhere."""
    view = at.view
    if kind != _PLACE:
        yield at.fault(_CODE, "only a place has a code")
    if code not in gazetteer().official:
        yield at.fault(_CODE, f"no place of the official list has the code {code}")
        return
    yield from at.named(at.iri, place_iri(at.base, code))
    names = names_of(view, at.iri)
    means_it = any(_means(name, code) for name in names)
    if names and not means_it and not _decided(at, "code", code):
        yield at.fault(_CODE, f"none of its names means the place {gazetteer().official[code]}")
    within = SCHEMA + WITHIN
    if not sources_of(view, at.iri) and not view.into(at.iri, within):
        yield at.fault("", "no article names it, and no place lies in it")
    outer = gazetteer().parents(code)[:1]
    for parent in outer:
        other = place_iri(at.base, parent)
        if not view.is_there(made_iri(at.base, "f", f"<{at.iri}>", WITHIN, f"<{other}>", "derived")):
            yield at.fault(within, f"no fact says that it lies in {gazetteer().official[parent]}")


def _decided(at: Node, what: str, value: str) -> bool:
    """Say whether people decided what no text says of an entity: its right name, its right code."""
    if INFLUENCED not in at.view.of(at.iri):
        return False
    from kg.graph.proof.decision import decisions_on

    decisions = decisions_on(at.view, at.iri)
    if what == "code":
        return any(each.code == value for each in decisions)
    return any(value in (each.label, each.means) for each in decisions)


def _means(name: str, code: str) -> bool:
    """Say whether a name means the place with a code: by the official list, or as the user says."""
    known = known_of(name, _PLACE)
    return code in gazetteer().codes(_plain(name)) or (known is not None and known.code == code)


def _plain(name: str) -> str:
    return name if name in gazetteer().forms else simplified_text(bare(name))


def _where(at: Node) -> dict[str, Set[Term]]:
    """Return where the entity is named: in evidence of the articles that name it, and by one of its names."""
    view, names = at.view, set(map(bare, names_of(at.view, at.iri)))
    articles = set(view.into(at.iri, _MENTIONS))
    good = set()
    for evidence in view.nodes(at.iri, _AT):
        place = view.place(evidence)
        text = view.source(place.article).text if place else None
        if place and place.article in articles and (text is None or bare(place.span.of(text.text)) in names):
            good.add(node(evidence))
    return {_AT: good}


def _names_in_texts(at: Node) -> Iterator[Fault]:
    sources = sources_of(at.view, at.iri)
    places = [place.article for each in at.view.nodes(at.iri, _AT) if (place := at.view.place(each))]
    for source in sources:
        if source.iri not in places:
            yield at.fault(
                _AT, f"no evidence of where {source.names[0] if source.names else 'its article'} names it"
            )
    if any(source.text is None for source in sources):
        return
    for name in names_of(at.view, at.iri):
        said = any(source.text and source.text.has(name) for source in sources)
        if not said and not _decided(at, "name", name):
            yield at.fault(_PREF if name == at.label else _ALT, f"no text has the name {name!r}")
    yield from _unaccounted(at)


def _unaccounted(at: Node) -> Iterator[Fault]:
    """Yield each further name that nothing says to be one: no merge, no other spelling of a name that has one.

    What a place with a code is called, the official names say, or where it is named: 岳阳 there, 岳阳地区 elsewhere.
    """
    merged = {at.label}
    for merge in at.view.into(at.iri, _INTO):
        merged.add(at.view.word(merge, _MERGED))
        merged.add(at.view.word(merge, LABEL).rpartition(_IS)[2])
    known = set(map(bare, merged))
    code = place_code(at.view, at.iri)
    quoted = _quoted(at) if code else frozenset()
    for name in names_of(at.view, at.iri):
        if code and (_means(name, code) or any(bare(name).startswith(each) for each in quoted)):
            continue
        if name not in merged and bare(name) not in known and not _decided(at, "name", name):
            yield at.fault(_ALT, f"nothing says why {name!r} is a name of it")


def _quoted(at: Node) -> Set[str]:
    """Return the words of the texts where the entity is named."""
    places = [place for each in at.view.nodes(at.iri, _AT) if (place := at.view.place(each))]
    texts = [(at.view.source(place.article).text, place.span) for place in places]
    return {words for text, span in texts if text and (words := bare(span.of(text.text)))}


def _plain_triples(at: Node) -> Iterator[Fault]:
    """Yield each plain triple of the entity that no fact states."""
    view = at.view
    facts = view.into(at.iri, RDF + "subject")
    for predicate in sorted(PLAIN.intersection(view.of(at.iri))):
        for value in view.nodes(at.iri, predicate):
            if not any(_states(view, fact, predicate, value) for fact in facts):
                yield at.fault(predicate, f"no fact states {view.word(value, LABEL)!r} ({value})")


def _states(view: View, fact: str, predicate: str, value: str) -> bool:
    return (
        view.node(fact, RDF + "predicate") == predicate
        and view.node(fact, RDF + "object") == value
        and view.node(fact, KG + "status") == KG + "asserted"
        and not view.words(fact, KG + "ended")
    )


# merges, roles, agents ------------------------------------------------------------------------------------------------


def prove_merge(at: Node) -> Iterator[Fault]:
    """Yield what is wrong with a merge: its names are none of the entity's, its evidence does not name it."""
    view = at.view
    entity, name, rule = view.node(at.iri, _INTO), view.word(at.iri, _MERGED), view.word(at.iri, _PATTERN)
    other = at.label.removeprefix(name + _IS)
    if not view.is_there(entity):
        yield at.fault(_INTO, "it is a merge into no entity that is there")
        return
    yield from at.named(at.iri, made_iri(at.base, "m", f"<{entity}>", name, other, rule))
    names = names_of(view, entity)
    if name not in names:
        yield at.fault(_MERGED, f"{name!r} is no name of {view.word(entity, LABEL)!r}")
    if other not in names or other == name:
        yield at.fault(LABEL, f"{other!r} is no other name of {view.word(entity, LABEL)!r}")
    wanted = {
        LABEL: {zh(f"{name}{_IS}{other}")},
        TYPE: {node(KG + "Merge")},
        _INTO: {node(entity)},
        _MERGED: {zh(name)},
        _PATTERN: {string(rule)},
    }
    for evidence in view.nodes(at.iri, _DERIVED_FROM):
        place = view.place(evidence)
        text = view.source(place.article).text if place else None
        said = bare(place.span.of(text.text)) if place and text else None
        for each in (name, other):
            if said is not None and bare(each) not in said:
                yield at.fault(_DERIVED_FROM, f"its evidence does not say {each!r}")
        wanted[_DERIVED_FROM] = {*wanted.get(_DERIVED_FROM, set()), node(evidence)}
    yield from at.compare(wanted)


def prove_role(at: Node) -> Iterator[Fault]:
    """Yield what is wrong with a title: its name, that nobody bears it."""
    yield from at.named(at.iri, made_iri(at.base, "r", at.label))
    yield from at.compare({LABEL: {zh(at.label)}, TYPE: {node(ORG + "Role")}})
    if not at.view.into(at.iri, ORG + "role"):
        yield at.fault("", "nobody bears this title")


def prove_agent(at: Node) -> Iterator[Fault]:
    """Yield what is wrong with a source of hearsay: its words are not the article's, it says nothing."""
    view, facts = at.view, at.view.into(at.iri, KG + "reportedBy")
    places = [view.place(each) for fact in facts for each in view.nodes(fact, _DERIVED_FROM)]
    sources = {place.article: view.source(place.article) for place in places if place}
    if not sources:
        yield at.fault("", "it reports no fact")
        return
    made = {made_iri(at.base, "s", source.sha256, at.label) for source in sources.values()}
    if at.iri not in made:
        yield from at.named(at.iri, min(made))
    texts = [source.text for source in sources.values() if source.text is not None]
    if texts and not any(text.has(at.label) for text in texts):
        yield at.fault(LABEL, f"no text has the words {at.label!r}")
    yield from at.compare({LABEL: {zh(at.label)}, TYPE: {node(PROV + "Agent")}})
