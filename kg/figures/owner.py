"""Whose figure it is: the named thing a figure belongs to, or none; silence beats guessing.

Candidates are the things named in the figure's sentence, in the sentence before it, and the article's main things. A small
logistic model (``data/weights/figure.json``, trained by ``kg.learn.figures``) scores them against "none" by what
``kg.figures.around`` says of them. How likely the choice is becomes a confidence by a table of how often choices as likely were
right on articles that the weights did not know. (Of those whom the weights find least
likely, two of three are still right: such a choice stands.)
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from kg.base.errors import ResourceError
from kg.base.intake import read_text
from kg.base.model import AnnotatedSentence, EntityId, Link
from kg.base.nesting import outermost
from kg.base.resources import weights_path
from kg.figures.around import NONE, Around, Setting, at_most
from kg.figures.at_large import excluded, no_authors
from kg.figures.beside import no_bodies_of_posts, not_in_a_row, sets_out
from kg.figures.described import described
from kg.figures.nobody import (
    counts_a_class,
    is_asked,
    is_ratio,
    is_set_name,
    of_others,
    of_then,
    only_described,
)
from kg.figures.of_part import counts_issuers, no_ages, no_boards, no_visited, no_wider_places, of_part
from kg.figures.parties import no_parties
from kg.figures.unit import Quantity

__all__ = [
    "SCALE",
    "TIED",
    "Choice",
    "Option",
    "OwnerModel",
    "choose",
    "confidence_of",
    "options",
    "owner_model",
]

TIED: Final = frozenset(
    ("whole", "aligned", "item", "copula", "beneficiary", "described", "document")
)  # ways that leave no choice
SCALE: Final = 1000  # weights are whole thousandths, so sums are the same on every processor


@dataclass(frozen=True, slots=True)
class Option:
    """A thing whose figure it may be, with the features that speak for or against it."""

    entity: EntityId  # NONE: nobody's
    features: tuple[str, ...]
    how: str


_Found = dict[EntityId, Option]


@dataclass(frozen=True, slots=True)
class OwnerModel:
    """The learned part. ``weights`` are thousandths of log-odds.

    ``named`` are pairs, rising: from this likelihood of somebody on, this part of the choices was right. ``tied`` is the part of
    those that left no choice, ``nobody`` the part of the figures of nobody that are figures: of whose they are, they say nothing.
    """

    weights: Mapping[str, int] = field(repr=False)
    named: tuple[tuple[float, float], ...] = ()
    tied: float = 1.0
    nobody: float = 1.0


@dataclass(frozen=True, slots=True)
class Choice:
    """Whose figure it is, how likely the weights find that, and how often such choices are right."""

    option: Option
    likelihood: float
    confidence: float = 1.0


def options(annotated: AnnotatedSentence, q: Quantity, of: str, setting: Setting) -> list[Option]:
    """Return the candidates for whose figure ``q`` is, "none" first, with their features; each thing once."""
    view = Around(annotated, q, of, setting.mentions)
    found = {NONE: Option(NONE, tuple(view.none(setting)), "none")}
    if counts_a_class(annotated, q) or counts_issuers(annotated, q):
        return [Option(NONE, found[NONE].features, "class")]
    if is_ratio(annotated, q) or is_set_name(annotated, q) or of_part(annotated, q):
        return [found[NONE]]
    _add_named(found, annotated, q, view, setting)
    no_owners = (
        of_then(annotated, view.at)
        | excluded(annotated, q, setting)
        | no_authors(annotated, q, of, setting)
        | no_boards(annotated, q)
        | no_ages(annotated, q, found)
        | no_wider_places(annotated, q)
        | no_visited(annotated, q)
        | no_parties(annotated, q, setting)
        | no_bodies_of_posts(annotated, q, setting)
        | not_in_a_row(annotated, q)
    )
    return [option for option in found.values() if option.entity not in no_owners]


def _add_named(
    found: _Found, annotated: AnnotatedSentence, q: Quantity, view: Around, setting: Setting
) -> None:
    """Add what the sentence and the article name."""
    if (whole := view.whole(setting)) is not None:
        features = tuple(_common(whole.entity, whole.type, view, setting, -1))
        found[whole.entity] = Option(whole.entity, features, "whole")
    aside, asked = only_described(annotated, view.at), is_asked(annotated, q)
    outer = [link for link in outermost(annotated.links)[0] if link.span not in aside]
    outer = [link for link in outer if not asked or (link.is_name and link.type != "Person")]
    _add_side(found, "L", [link for link in reversed(outer) if link.span.end <= view.at], view, setting)
    _add_side(found, "R", [link for link in outer if link.span.start >= view.end], view, setting)
    if asked or of_others(annotated, view.at):
        return
    if setting.before is not None:
        _add_before(found, outermost(setting.before.links)[0], view, setting)
    _add_outside(found, view, setting)


def _add_side(found: _Found, side: str, links: Sequence[Link], view: Around, setting: Setting) -> None:
    """Add what is named left or right of the figure in its sentence, the nearest first."""
    for link in links:
        if link.entity in found or view.tells(link, setting):
            continue
        features = (
            *view.near(side, len(found) - 1, link),
            *view.again(side, link, links),
            *_common(link.entity, link.type, view, setting, link.span.end),
        )
        found[link.entity] = Option(link.entity, features, _way(side, link, links, features, view, setting))


def _way(
    side: str, link: Link, links: Sequence[Link], features: Sequence[str], view: Around, setting: Setting
) -> str:
    """Return how a name of the sentence is tied to the figure."""
    if side == "R" and link is described(view, links):
        return "described"
    if side == "L" and view.item(link, setting):
        return "item"
    if side == "L" and sets_out(view, link):
        return "document"
    if side == "L" and view.copular(link):
        return "copula"
    if side == "L" and view.benefits(link):
        return "beneficiary"
    if "aligned" in features:
        return "aligned"
    return "left" if side == "L" else "right"


def _add_before(found: _Found, links: Sequence[Link], view: Around, setting: Setting) -> None:
    """Add what the sentence before names."""
    for rank, link in enumerate(links):
        if link.entity not in found and not _only_told(link.entity, view, setting):
            features = (
                *view.far("S", rank, link.type),
                *_common(link.entity, link.type, view, setting, -1),
                f"S.last{at_most(len(links) - 1 - rank, 2)}",
            )
            found[link.entity] = Option(link.entity, features, "sentence-before")


def _add_outside(found: _Found, view: Around, setting: Setting) -> None:
    """Add whose the last figure was, the first name of the paragraph, and what the article is about."""
    outside = [("C", 0, *setting.chain)] if setting.chain else []
    if setting.topic:
        outside.append(("P", 0, setting.topic.entity, setting.topic.type))
    outside += [("M", rank, entity, kind) for rank, (entity, kind) in enumerate(setting.main)]
    for place, rank, entity, kind in outside:
        if entity not in found and not _only_told(entity, view, setting):
            features = (*view.far(place, rank, kind), *_common(entity, kind, view, setting, -1))
            found[entity] = Option(entity, features, "article")


def _only_told(entity: EntityId, view: Around, setting: Setting) -> bool:
    """Say whether what another sentence names only tells: a person or body that no pronoun takes up, an office beside 全市."""
    if view.of_whole(entity):
        return True
    taken_up = ("他",) if entity.startswith("Person:") else ("他", "公司", "其")
    return entity in setting.tellers and view.pronoun not in taken_up


def _place(view: Around, end: int) -> str:
    """Return where a candidate stands: out of the sentence, left or right."""
    return "out" if end < 0 else "left" if end <= view.at else "right"


def _common(entity: EntityId, kind: str, view: Around, setting: Setting, end: int) -> Iterator[str]:
    """Yield what does not depend on where the candidate stands."""
    yield f"t={kind}"
    yield f"t={kind}.u={view.unit}"
    yield f"t={kind}.o={view.head}"
    yield f"t={kind}.w={view.word_before}"
    count = setting.mentions[entity]
    yield f"count{at_most(count.bit_length(), 4)}.{_place(view, end)}"
    if setting.topic and setting.topic.entity == entity:
        yield f"topic.{kind}"
        yield f"topic.{view.pronoun}"
    if setting.chain and setting.chain[0] == entity:
        yield f"chain.{kind}.{bool(setting.chosen)}"
        yield f"chain.{view.pronoun}.{bool(setting.chosen)}"
    yield from _titled(entity, kind, view, setting, end)
    if setting.sole.get(kind) == entity:
        yield f"sole.{kind}.{_place(view, end)}"
        yield f"sole.{kind}.p={view.pronoun}"
    yield f"t={kind}.p={view.pronoun}.{_place(view, end)}"
    if setting.chosen:
        where, whose = setting.chosen[-1]
        same = whose == entity
        if same:
            yield f"prev.c{at_most(view.borders(where, view.at), 3)}"
            yield f"prev.{kind}.u={view.unit}"
            if end > where:
                yield "prev.again"
        elif any(entity == other for _, other in setting.chosen):
            yield "used"
        elif whose == NONE:
            yield "afternone"
        if end > where:
            yield f"fresh.{kind}"


def _titled(entity: EntityId, kind: str, view: Around, setting: Setting, end: int) -> Iterator[str]:
    """Yield where what the first line of the article names stands."""
    if entity in setting.title:
        yield f"title.{_place(view, end)}"
        yield f"title.{kind}.{_place(view, end)}"
        yield f"title.r{at_most(setting.title.index(entity), 2)}"


def owner_model() -> OwnerModel:
    """Return the weights that are shipped, or the user's own."""
    return _loaded(weights_path("figure.json"))


@cache
def _loaded(path: Path) -> OwnerModel:
    try:
        data = json.loads(read_text(path))
        return OwnerModel(
            {str(feature): int(weight) for feature, weight in data["weights"].items()},
            tuple((float(at), float(right)) for at, right in data["named"]),
            float(data["tied"]),
            float(data["nobody"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ResourceError(path.name, f"no weights of figures: {error!r}", "run `kg train` again") from error


def choose(found: Sequence[Option], model: OwnerModel | None = None) -> Choice:
    """Return the best of ``found``: what 全市, 分别, a list, a copula, 为 or 印发…，提出 ties to the figure, else the highest sum of weights.

    Of equals the first, which is "none".
    """
    model = owner_model() if model is None else model
    for option in found:
        if option.how in TIED:
            return Choice(option, 1.0, confidence_of(option, 1.0, model))
    sums = [sum(model.weights.get(name, 0) for name in option.features) / SCALE for option in found]
    highest = max(sums)
    shares = [math.exp(each - highest) for each in sums]
    likelihoods = [round(each / sum(shares), 3) for each in shares]
    at = sums.index(highest)
    return Choice(found[at], likelihoods[at], confidence_of(found[at], likelihoods[at], model))


def confidence_of(option: Option, likelihood: float, model: OwnerModel) -> float:
    """Return how often choices of this kind, as likely, were right."""
    if option.entity == NONE:
        return model.nobody
    if option.how in TIED:
        return model.tied
    at = bisect_right(model.named, likelihood, key=lambda pair: pair[0])
    return model.named[max(0, at - 1)][1] if model.named else 1.0
