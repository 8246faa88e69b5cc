"""What a term of kg's vocabulary is called, in Chinese and English: types and relations of the schema, all else of the ontology."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.base.resources import data_path
from kg.graph.store import Graph, text_of
from kg.graph.vocabulary import KG, PREDICATE_LABELS, RDFS, TYPE_LABELS

__all__ = ["called"]

_LANGUAGES = ("zh", "en")


def called(iri: str) -> tuple[str, ...]:
    """Return the Chinese and the English label of a term, nothing for one of others."""
    if not iri.startswith(KG):
        return ()
    name = iri.removeprefix(KG)
    ours: dict[str, tuple[str, ...]] = {**dict(TYPE_LABELS.items()), **dict(PREDICATE_LABELS.items())}
    return ours.get(name) or _declared().get(iri, ())


@cache
def _declared() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, str]] = {}
    for quad in Graph.load(data_path("ontology.ttl")).quads():
        if text_of(quad.predicate) == RDFS + "label":
            language = getattr(quad.object, "language", "") or ""
            found.setdefault(text_of(quad.subject), {})[language] = text_of(quad.object)
    return {
        iri: tuple(own[each] for each in _LANGUAGES)
        for iri, own in found.items()
        if set(_LANGUAGES) <= own.keys()
    }
