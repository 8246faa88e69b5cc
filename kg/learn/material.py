"""Annotated articles as the judge of relations sees them: typed pairs, each with what the annotations say of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from kg.base.model import (
    AnnotatedSentence,
    Candidate,
    Entity,
    EntityId,
    Link,
    Predicate,
    TaggedSentence,
)
from kg.base.schema import schema
from kg.facts.candidate import find_candidates
from kg.facts.judge.pair import PREDICATES, Pair, find_pairs
from kg.learn.gold import GoldArticle, gold_links
from kg.learn.score import Score, score_entities
from kg.pipeline import Pipeline

__all__ = ["Example", "Key", "Material", "Named", "examples_of", "material_of", "vocabulary_of"]

LEAST_ARTICLES: Final = 5
"""A word or feature word stands in at least this many articles, or is only its part of speech."""

_NAME_TAGS: Final = frozenset({"PER", "LOC", "ORG", "nw", "nz", "TIME", "m"})

Named: TypeAlias = tuple[tuple[Entity, ...], tuple[tuple[Link, ...], ...]]
"""The things an article names, and where."""

Key: TypeAlias = tuple[int, str, Predicate, str]
"""A triple of an article: its number, and the ends as annotated things."""


@dataclass(frozen=True)
class Material:
    """An annotated article as the judge will see it, and which annotated thing each entity is ("?..." for none)."""

    gold: GoldArticle
    annotated: tuple[AnnotatedSentence, ...]
    candidates: tuple[Candidate, ...]
    nodes: Mapping[EntityId, str]
    sure: Mapping[str, float]  # confidence of each annotated thing's node


@dataclass(frozen=True)
class Example:
    """A pair and, for every predicate its types allow, whether it is a relation (None: no verdict)."""

    article: int
    pair: Pair
    ends: tuple[str, str]
    labels: Mapping[Predicate, bool | None]


def material_of(
    gold: Sequence[GoldArticle],
    pipeline: Pipeline,
    *,
    gold_entities: bool = False,
    named: Sequence[Named] | None = None,
) -> list[Material]:
    """Read the annotated articles up to the judge.

    Args:
        gold: the articles.
        pipeline: what reads them.
        gold_entities: the names are those of the annotation.
        named: what each article names, where it is known; else it is read.
    """
    found = []
    read = pipeline.tag([item.article for item in gold])
    for number, (item, (article, tagged)) in enumerate(zip(gold, read, strict=True)):
        if gold_entities:
            entities, links = gold_links(item, tagged)
        else:
            entities, links = named[number] if named else pipeline.name(article, tagged)
        annotated = pipeline.annotate(article, tagged, links)
        candidates = find_candidates(article, entities, annotated)
        nodes = score_entities(entities, item, Score())
        sure = {nodes[entity.id]: entity.confidence for entity in entities}
        found.append(Material(item, annotated, candidates, nodes, sure))
    return found


def vocabulary_of(gold: Sequence[GoldArticle], tagged: Sequence[Sequence[TaggedSentence]]) -> frozenset[str]:
    """Return the words that stand in enough articles and are no names and no part of the annotated ones' forms."""
    names = {name for item in gold for entity in item.entities for name in entity.names}
    articles: Counter[str] = Counter()
    for sentences in tagged:
        articles.update(
            {token.text for sentence in sentences for token in sentence.tokens if token.tag not in _NAME_TAGS}
        )
    return frozenset(
        word for word, count in articles.items() if count >= LEAST_ARTICLES and word not in names
    )


def examples_of(materials: Sequence[Material], words: frozenset[str]) -> list[Example]:
    """Return every pair of every article with its labels."""
    return [
        example for number, material in enumerate(materials) for example in _examples(number, material, words)
    ]


def _examples(number: int, material: Material, words: frozenset[str]) -> list[Example]:
    labels: dict[tuple[str, str], dict[str, bool | None]] = defaultdict(dict)
    for relation in sorted(material.gold.relations, key=lambda relation: not relation.optional):
        for predicate in relation.predicates:
            verdict = None if relation.optional else True
            labels[relation.subject, relation.object][predicate] = verdict
            if predicate in schema().symmetric():
                labels[relation.object, relation.subject][predicate] = verdict
    loose = {item.id for item in material.gold.entities if item.optional}
    silent = dict.fromkeys(material.gold.unasked())
    found = []
    for pair in find_pairs(material.annotated, material.candidates, words):
        ends = material.nodes[pair.subject], material.nodes[pair.object]
        if ends[0] == ends[1]:
            continue
        known = {**silent, **labels.get(ends, {})}
        other = None if loose & set(ends) else False
        allowed = PREDICATES.get(pair.types, ())
        found.append(
            Example(number, pair, ends, {predicate: known.get(predicate, other) for predicate in allowed})
        )
    return found
