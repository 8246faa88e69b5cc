"""What a graph says of the user's knowledge: which file a name or a fact came from, and the terms that are the user's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from kg.base.overlay import active
from kg.base.schema import FILE, PredicateTerm, TypeTerm, Words, schema
from kg.graph.literal import string, zh
from kg.graph.vocabulary import KG, RDF, RDFS, SCHEMA, expanded
from kg.names.own import known_of

__all__ = ["KNOWLEDGE", "files_of_names", "files_of_patterns", "is_own_term", "term_said"]

KNOWLEDGE: Final = KG + "knowledge"
"""From which file of the user's knowledge something is."""

_LABEL, _TYPE, _COMMENT = f"<{RDFS}label>", f"<{RDF}type>", f"<{RDFS}comment>"


def files_of_names(names: Iterable[str], kind: str) -> tuple[str, ...]:
    """Return the files in which the user names a thing of a type."""
    if not active().names:
        return ()
    return tuple(sorted({known.file for name in names if (known := known_of(name, kind))}))


def files_of_patterns(patterns: Iterable[str]) -> tuple[str, ...]:
    """Return the files of those patterns that are the user's."""
    if not active().patterns:
        return ()
    return tuple(sorted(filter(None, {active().file_of_pattern(pattern) for pattern in patterns})))


def is_own_term(name: str) -> bool:
    """Say whether a type or predicate is the user's."""
    places = active().places
    return ("type", name) in places or ("predicate", name) in places


def term_said(name: str) -> Iterator[tuple[str, str]]:
    """Yield what a graph says of a type or predicate of the user: properties and values, as N-Triples writes them."""
    found = schema()
    if ("type", name) in active().places:
        yield from _type(next(term for term in found.types.values() if term.name == name))
    elif ("predicate", name) in active().places:
        yield from _predicate(found.predicates[name])


def _type(term: TypeTerm) -> Iterator[tuple[str, str]]:
    yield from _words(term.label, term.comment)
    yield _TYPE, f"<{RDFS}Class>"
    for each in term.broader:
        yield f"<{RDFS}subClassOf>", f"<{expanded(each)}>"


def _predicate(term: PredicateTerm) -> Iterator[tuple[str, str]]:
    yield from _words(term.label, term.comment)
    yield _TYPE, f"<{RDF}Property>"
    for each in term.domain:
        yield f"<{SCHEMA}domainIncludes>", f"<{KG}{each}>"
    for each in term.range:
        yield f"<{SCHEMA}rangeIncludes>", f"<{KG}{each}>"
    for each in term.broader:
        yield f"<{RDFS}subPropertyOf>", f"<{expanded(each)}>"


def _words(label: Words, comment: Words) -> Iterator[tuple[str, str]]:
    for name, words in ((_LABEL, label), (_COMMENT, comment)):
        yield name, zh(words.zh)
        yield name, f"{string(words.en)}@en"
    yield f"<{KNOWLEDGE}>", string(FILE)
