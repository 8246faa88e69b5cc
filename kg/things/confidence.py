"""``Mention*``, ``Entity*`` -> ``Entity*``: which of the names that the rules found are names, by weights learned from articles.

The rules and a net (``kg.names.net``) propose; a logistic regression over what is seen of a name in the whole article (the rules
that found it, its type, length and last characters, the words around it, what the tagger's inner states say, and the net's
scores) gives the confidence that it is one, of its type. Before facts are read, ``kg.things.arbiter`` decides by it, and takes
from the rules' names only what is hardly one: to take all doubtful ones away costs facts, for even a badly cut name keeps its
place in the sentence. In the end, a doubtful thing that no fact and no figure is about stays out. Weights are whole thousandths,
so the same text gives the same confidence on every processor. ``kg.learn.names`` makes them.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import TypeVar

from kg.base.errors import ResourceError
from kg.base.intake import read_text
from kg.base.model import Entity, EntityType, Fact, Figure, Link, Mention, TaggedSentence, Token
from kg.base.resources import weights_path
from kg.names.overlap import is_customer
from kg.words.tags import NAMES

Value = TypeVar("Value")

WEIGHTS = "entity.json"
SCALE = 1000  # weights are whole thousandths of log-odds
_BY_BUILD = {"title-row": 0.8, "dealing": 0.6}
"""How sure people in a row of people and companies that deal are at least, whatever word they are called by: chosen by hand, both
above what is doubtful; a row leaves nothing else for a word, a deal may still be another's."""

_EDGE = "#"  # stands for the word before a sentence's first


@dataclass(frozen=True, slots=True)
class NameModel:
    """The learned part: log-odds, in thousandths, that a name is one."""

    bias: int
    weights: Mapping[str, int]
    threshold: float  # things with less confidence are doubtful
    states: tuple[tuple[int, ...], ...] = field(repr=False, default=())  # the tagger's questions
    typical: int = 0  # what the states say on average; stands for a tagger that gives no evidence
    unscored: int = 0  # what the net's scores say on average of names that the rules found, likewise


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where an article has a name."""

    sentence: TaggedSentence
    mention: Mention
    nested: bool  # in a longer name
    first: int  # place of the first word that it touches in the sentence
    last: int


def load_model(path: Path) -> NameModel:
    """Return the weights in a file that ``kg.learn.names`` wrote.

    Raises:
        ResourceError: it does not hold what it should.
    """
    try:
        data = json.loads(read_text(path))
        return NameModel(
            int(data["bias"]),
            {str(feature): int(weight) for feature, weight in data["weights"].items()},
            float(data["threshold"]),
            tuple(tuple(map(int, row)) for row in data["states"]),
            int(data["typical"]),
            int(data["unscored"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ResourceError(path.name, f"no weights of names: {error!r}", "train them again") from error


def default_model() -> NameModel:
    """Return the weights that are shipped, or the user's own."""
    return _loaded(weights_path(WEIGHTS))


_loaded = cache(load_model)


def with_confidence(entities: Sequence[Entity], sure: Mapping[str, float]) -> tuple[Entity, ...]:
    """Return the things, each with the confidence of its surest name; one of whose names nothing is known is certain."""
    return tuple(
        replace(entity, confidence=max((sure[name] for name in entity.names if name in sure), default=1.0))
        for entity in entities
    )


def _by_build(occurrences: Sequence[Occurrence]) -> float:
    """Return how sure a name is by the build of a sentence that leaves nothing else for it, 0 where none does."""
    return max((_BY_BUILD.get(occurrence.mention.rule, 0.0) for occurrence in occurrences), default=0.0)


def without_doubtful(
    entities: Sequence[Entity],
    links: Iterable[Link],
    facts: Iterable[Fact],
    figures: Iterable[Figure],
    threshold: float | None = None,
) -> tuple[tuple[Entity, ...], tuple[Link, ...]]:
    """Return the things and links without the doubtful ones that no fact, no figure and no official code is about.

    Args:
        entities: the things, weighed.
        links: where they are named.
        facts: what is said of them.
        figures: what is counted of them.
        threshold: confidence below which a thing is doubtful; None: as trained.
    """
    least = default_model().threshold if threshold is None else threshold
    used = {figure.subject for figure in figures}
    for fact in facts:
        used |= {fact.subject, fact.object, fact.amount.subject if fact.amount else None}
    kept = tuple(
        entity
        for entity in entities
        if entity.confidence >= least
        or entity.place_code
        or entity.id in used  # a code has support of its own
    )
    known = {entity.id for entity in kept}
    return kept, tuple(link for link in links if link.entity in known)


def occurrences_of(
    tagged: Sequence[TaggedSentence], mentions: Sequence[Sequence[Mention]]
) -> dict[str, list[Occurrence]]:
    """Return every place of every name, in the order of the text."""
    found: dict[str, list[Occurrence]] = defaultdict(list)
    for sentence, row in zip(tagged, mentions, strict=True):
        starts = [token.start for token in sentence.tokens] if row else []
        outer: Mention | None = None
        for mention in row:  # sorted by start, longer first
            nested = outer is not None and outer.span.holds(mention.span)
            by_itself = not nested or (outer is not None and is_customer(mention, outer))
            first = bisect_right(starts, mention.span.start) - 1
            last = bisect_left(starts, mention.span.end) - 1
            found[mention.text].append(Occurrence(sentence, mention, not by_itself, first, last))
            if not nested:
                outer = mention
    return found


def confidence(
    occurrences: Sequence[Occurrence], model: NameModel, scored: Iterable[str] | None = None
) -> float:
    """Return how likely the name at all these places is a name, from 0 to 1.

    Args:
        occurrences: its places.
        model: the weights.
        scored: the features of the net's scores; None: there are none.
    """
    weight_of, none = model.weights.get, repeat(0)
    seen = model.unscored if scored is None else sum(map(weight_of, scored, none))
    whole = model.bias + sum(map(weight_of, features_of_name(occurrences), none))
    kind = main_type(occurrences)
    places = 0
    for occurrence in occurrences:
        places += evidence_of(occurrence, model.typical)
        places += sum(map(weight_of, features_of_place(occurrence, kind), none))
    return max(
        _by_build(occurrences), 1 / (1 + math.exp(-(whole + seen + places / len(occurrences)) / SCALE))
    )


def main_type(occurrences: Sequence[Occurrence]) -> EntityType:
    """Return the type that the name has most often; the first of equals."""
    return commonest([occurrence.mention.type for occurrence in occurrences])


def commonest(values: Sequence[Value]) -> Value:
    """Return what is there most often, the first of equals; mostly all are the same."""
    first = values[0]
    if values.count(first) == len(values):
        return first
    counts = Counter(values)
    return max(counts, key=counts.__getitem__)


def features_of_name(occurrences: Sequence[Occurrence]) -> Iterator[str]:
    """Yield what is seen of a name in the article as a whole, as words ``what=value``."""
    text, kind = occurrences[0].mention.text, main_type(occurrences)
    length = min(len(text), 12)
    yield f"type={kind}"
    yield f"times={min(len(occurrences), 4)}"
    yield f"length={length}"
    yield f"type,length={kind},{length}"
    nested = sum(occurrence.nested for occurrence in occurrences)
    if nested == len(occurrences):
        yield "nested=always"
        yield f"nested=always,{kind}"
    elif nested:
        yield "nested=sometimes"
    for rule in sorted({occurrence.mention.rule for occurrence in occurrences}):
        yield f"rule={rule}"
        yield f"rule,type={rule},{kind}"
    yield f"title={int(occurrences[0].sentence.sentence.index == 0)}"
    if kind != "Person":
        for size in (1, 2, 3):
            yield f"end={text[-size:]}"
        yield f"type,end={kind},{text[-1]}"
        yield f"start={text[:1]}"
        yield f"start={text[:2]}"


def features_of_place(occurrence: Occurrence, kind: EntityType) -> Iterator[str]:
    """Yield what is seen of one place of a name of the type ``kind``."""
    tokens = occurrence.sentence.tokens
    first, last, span = occurrence.first, occurrence.last, occurrence.mention.span
    yield f"cut={int(tokens[first].start == span.start)}{int(tokens[last].end == span.end)}"
    tags = ",".join(token.tag for token in tokens[max(first, last - 2) : last + 1])
    yield f"tags={tags}"
    yield f"type,tags={kind},{tags}"
    yield f"words={min(last + 1 - first, 5)}"
    for side, at in (("before", first - 1), ("after", last + 1)):
        token = tokens[at] if 0 <= at < len(tokens) else None
        yield f"{side}={_word(token)}"
        tag = token.tag if token else _EDGE
        yield f"{side} tag={tag}"
        yield f"type,{side} tag={kind},{tag}"
    if last > first and kind != "Person":
        for token in tokens[first : last + 1]:
            yield f"inside={_word(token)}"


def evidence_of(occurrence: Occurrence, typical: int) -> int:
    """Return what the tagger's states say for the name here, in thousandths of log-odds; else what is ``typical``."""
    rows = occurrence.sentence.evidence
    if not rows:
        return typical
    first, last = occurrence.first, occurrence.last
    return (
        rows[first][0]
        + rows[last][1]
        + (rows[first - 1][2] if first else 0)
        + (rows[last + 1][3] if last + 1 < len(rows) else 0)
    )


def _word(token: Token | None) -> str:
    """Return a word as the model may see it: names as their type."""
    if token is None:
        return _EDGE
    return token.tag if token.tag in NAMES else token.text
