"""Annotated articles -> weights of the choice whose figure it is, with what cross-validation says about them.

For each figure the model chooses among the things it may belong to and "nobody's" (a conditional logit); the annotation
names all acceptable answers, and the likelihood of any of them is raised. Each article is used twice: with the names as
annotated and as read, so that the weights know both. Held-out folds, with names as read, say how often a choice of each
likelihood is right: that is its confidence. The same articles give the same weights.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from kg.base.model import AnnotatedSentence, Entity, EntityId, Figure, Reading, Span
from kg.figures.around import NONE
from kg.figures.figure import keep_once, read_figures
from kg.figures.moment import find_moments
from kg.figures.owner import SCALE, TIED, Choice, Option, OwnerModel, choose, confidence_of
from kg.learn.gold import GoldArticle, GoldFigure, gold_links
from kg.learn.score import Count, Score, normalize, score_entities, score_reading
from kg.pipeline import Pipeline

__all__ = ["Training", "dump_figures", "train_figures"]

FOLDS: Final = 5
LEAST_ARTICLES: Final = 5  # a feature, and so any word in it, stands in at least this many articles
STRENGTH: Final = 12.0  # of the quadratic prior: cross-validation likes 6 to 12 alike, articles of other kinds (`dev`, `fresh4`) the larger
ROUNDS: Final = 150
STEP: Final = 0.3
LEAST_WEIGHT: Final = 20  # thousandths; smaller weights are dropped
BINS: Final = 10  # of likelihoods, of equal size
_OPTIONAL, _UNKNOWN = 0.5, 0.2  # weights of figures that may be left out, and whose holder is no candidate


@dataclass(frozen=True)
class Material:
    """An annotated article with its names read (or given), and which annotated thing each entity is."""

    gold: GoldArticle
    entities: tuple[Entity, ...]
    annotated: tuple[AnnotatedSentence, ...]
    nodes: Mapping[EntityId, str]


@dataclass(frozen=True)
class Example:
    """One figure: the features of each option, which options are right, and how much it counts."""

    options: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    weight: float


@dataclass(frozen=True)
class Verdict:
    """Whether a choice on an article that the weights did not know was right."""

    choice: Choice
    right: bool


@dataclass(frozen=True)
class Training:
    """Weights in thousandths with their confidence, and what cross-validation says (names read, names given)."""

    model: OwnerModel
    report: dict[str, Any]


def train_figures(gold: Sequence[GoldArticle], pipeline: Pipeline | None = None) -> Training:
    """Return the weights that annotated articles teach, and what cross-validation says of them."""
    pipeline = pipeline or Pipeline()
    read, given = (_materials(gold, pipeline, given=given) for given in (False, True))
    examples = [_examples(a) + _examples(b) for a, b in zip(read, given, strict=True)]
    names = {name for item in gold for entity in item.entities for name in entity.names}
    report: dict[str, Any] = {"articles": len(gold), "figures": sum(map(len, examples)) // 2, "folds": FOLDS}
    folds = [
        OwnerModel(_fit([own for i, own in enumerate(examples) if i % FOLDS != fold], names))
        for fold in range(FOLDS)
    ]
    verdicts = [
        verdict
        for fold, model in enumerate(folds)
        for material in read[fold::FOLDS]
        for verdict in _verdicts(material, model)
    ]
    sure = _calibrated(verdicts)
    report["reliability"] = _reliability(verdicts, sure)
    for key, materials in (("names read", read), ("names given", given)):
        score = Score()
        for fold, model in enumerate(folds):
            for material in materials[fold::FOLDS]:
                score.add(_score(material, model))
        report[key] = {m: _shown(score.counts[m]) for m in ("figures", "figures+", "whose")}
    return Training(replace(sure, weights=_fit(examples, names)), report)


def dump_figures(training: Training) -> bytes:
    """Return the weights as a file's bytes; the same training gives the same bytes."""
    model = training.model
    data = {
        "weights": dict(model.weights),
        "named": model.named,
        "tied": model.tied,
        "nobody": model.nobody,
    }
    return (json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True) + "\n").encode()


def _verdicts(material: Material, model: OwnerModel) -> list[Verdict]:
    """Return the choices of an article with whether the annotation has the figure, and whose it is, so."""
    choices: dict[Span, Choice] = {}

    def record(span: Span, found: list[Option]) -> Choice:
        return choices.setdefault(span, choose(found, model))

    rows = keep_once(material.gold.article, read_figures(material.annotated, record))
    wanted = _pair((figure for row in rows for figure in row), material.gold.figures)
    kept = [figure.span for row in rows for figure in row if figure.span in choices]
    return [
        Verdict(choices[span], span in wanted and _claims(choices[span].option, wanted[span], material.nodes))
        for span in kept
        if span not in wanted or not wanted[span].optional
    ]


def _claims(option: Option, gold: GoldFigure, nodes: Mapping[EntityId, str]) -> bool:
    """Say whether what a choice says is right: nobody says nothing."""
    return option.entity == NONE or _holds(option, gold, nodes)


def _calibrated(verdicts: Sequence[Verdict]) -> OwnerModel:
    """Return a model without weights: how often choices are right."""
    nobody = [each for each in verdicts if each.choice.option.entity == NONE]
    tied = [each for each in verdicts if each.choice.option.how in TIED]
    free = [each for each in verdicts if each not in nobody and each not in tied]
    return OwnerModel(
        {}, _steps(free), _share([each.right for each in tied]), _share([each.right for each in nobody])
    )


def _steps(verdicts: Sequence[Verdict]) -> tuple[tuple[float, float], ...]:
    """Return from which likelihood on which part of the choices was right: bins of equal size, made to rise."""
    from sklearn.isotonic import IsotonicRegression

    in_order = sorted(verdicts, key=lambda each: (each.choice.likelihood, each.right))
    bins = [part for part in np.array_split(np.arange(len(in_order)), BINS) if len(part)]
    shares = [_share([in_order[i].right for i in part]) for part in bins]
    places = np.arange(len(bins))
    risen = IsotonicRegression().fit(places, shares, [len(part) for part in bins]).predict(places)
    steps: dict[float, float] = {}
    for part, right in zip(bins, risen, strict=True):
        at = round(in_order[part[0]].choice.likelihood, 3) if steps else 0.0
        if not steps or round(float(right), 3) > max(steps.values()):
            steps[at] = round(float(right), 3)
    return tuple(sorted(steps.items()))


def _share(right: Sequence[bool]) -> float:
    """Return which part is right, with one of each added: a few say little."""
    return round((sum(right) + 1) / (len(right) + 2), 3)


def _reliability(verdicts: Sequence[Verdict], model: OwnerModel) -> list[dict[str, float]]:
    """Return for each confidence how many choices have it, and which part of them is right."""
    groups: defaultdict[float, list[bool]] = defaultdict(list)
    for verdict in verdicts:
        groups[confidence_of(verdict.choice.option, verdict.choice.likelihood, model)].append(verdict.right)
    return [
        {"confidence": sure, "figures": len(own), "right": round(sum(own) / len(own), 3)}
        for sure, own in sorted(groups.items())
    ]


def _shown(count: Count) -> dict[str, float]:
    return {
        "precision": round(count.precision, 3),
        "recall": round(count.recall, 3),
        "f1": round(count.f1, 3),
    }


def _materials(gold: Sequence[GoldArticle], pipeline: Pipeline, *, given: bool) -> list[Material]:
    """Read the annotated articles up to their figures."""
    found = []
    for item, (article, tagged) in zip(gold, pipeline.tag([item.article for item in gold]), strict=True):
        entities, links = gold_links(item, tagged) if given else pipeline.name(article, tagged)
        annotated = tuple(
            AnnotatedSentence(sentence, own, moments=moments)
            for sentence, own, moments in zip(
                tagged, links, find_moments(article, tagged, links), strict=True
            )
        )
        found.append(Material(item, entities, annotated, score_entities(entities, item, Score())))
    return found


def _score(material: Material, model: OwnerModel) -> Score:
    """Return how the figures of one article score under a model."""
    rows = read_figures(material.annotated, lambda _span, options: choose(options, model))
    article = material.gold.article
    figures = tuple(figure for row in keep_once(article, rows) for figure in row)
    return score_reading(Reading(article, material.entities, (), (), figures), material.gold)


def _examples(material: Material) -> list[Example]:
    """Return the article's figures as examples, the choices before each as annotated."""
    first = [
        figure
        for row in read_figures(material.annotated, lambda _span, options: Choice(options[0], 1.0))
        for figure in row
    ]
    wanted = _pair(first, material.gold.figures)
    examples = []

    def teach(span: Span, options: list[Option]) -> Choice:
        gold = wanted.get(span)
        if gold is None:
            return Choice(options[0], 1.0)
        right = tuple(_holds(option, gold, material.nodes) for option in options)
        weight = _OPTIONAL if gold.optional else 1.0
        if not any(right):
            right, weight = (True, *right[1:]), _UNKNOWN
        examples.append(Example(tuple(option.features for option in options), right, weight))
        named = (option for option, ok in zip(options, right, strict=True) if ok and option.entity != NONE)
        return Choice(next(named, options[0]), 1.0)

    read_figures(material.annotated, teach)
    return examples


def _holds(option: Option, gold: GoldFigure, nodes: Mapping[EntityId, str]) -> bool:
    if option.entity == NONE:
        return None in gold.subjects
    return nodes.get(option.entity, "?") in gold.subjects


def _pair(figures: Iterable[Figure], gold: Sequence[GoldFigure]) -> dict[Span, GoldFigure]:
    """Return which annotated figure each one read is: by value and unit, then by order or by what is counted."""
    groups: defaultdict[tuple[float, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[float(figure.value), normalize(figure.unit)].append(figure)
    pairs = {}
    for (value, unit), own in groups.items():
        asked = [g for g in gold if g.value == value and unit in {normalize(u) for u in g.units}]
        for i, figure in enumerate(own if asked else ()):
            in_order = len(asked) == len(own)
            best = max(asked, key=lambda g, f=figure: (len(set(f.of) & set(g.of)), not g.optional))  # type: ignore[misc]
            pairs[figure.span] = asked[i] if in_order else best
    return pairs


def _fit(articles: Sequence[Sequence[Example]], names: set[str]) -> dict[str, int]:
    """Return the weights, in thousandths, that make the right options likely."""
    counts: Counter[str] = Counter()
    for own in articles:
        counts.update({feature for example in own for option in example.options for feature in option})
    kept = sorted(f for f, n in counts.items() if n >= LEAST_ARTICLES and not _names_one(f, names))
    columns = {feature: i for i, feature in enumerate(kept)}
    examples = [example for own in articles for example in own]
    pairs = [
        (row, columns[feature])
        for row, features in enumerate(features for example in examples for features in example.options)
        for feature in features
        if feature in columns
    ]
    rows, cols = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    right = np.array([ok for example in examples for ok in example.right], dtype=bool)
    owner = np.repeat(np.arange(len(examples)), [len(example.right) for example in examples])
    weight = np.array([example.weight for example in examples])
    found = _descend(_gradient(rows, cols, right, owner, weight, len(columns)), len(columns))
    scaled = {feature: round(float(found[i]) * SCALE) for feature, i in columns.items()}
    return {feature: value for feature, value in scaled.items() if abs(value) >= LEAST_WEIGHT}


def _names_one(feature: str, names: set[str]) -> bool:
    """Say whether a word in a feature is a name that somebody annotated."""
    return any(part.partition("=")[2] in names for part in feature.split(".") if "=" in part)


_Vector = npt.NDArray[np.float64]


def _gradient(
    rows: npt.NDArray[np.int64],
    cols: npt.NDArray[np.int64],
    right: npt.NDArray[np.bool_],
    owner: npt.NDArray[np.int64],
    weight: _Vector,
    size: int,
) -> Callable[[_Vector], _Vector]:
    """Return the gradient of the negative log-likelihood of the right options, with the prior."""
    examples = len(weight)

    def at(values: _Vector) -> _Vector:
        sums = np.bincount(rows, values[cols], minlength=len(right))
        highest = np.full(examples, -np.inf)
        np.maximum.at(highest, owner, sums)
        raised = np.exp(sums - highest[owner])
        share = raised / np.bincount(owner, raised, minlength=examples)[owner]
        good = np.where(right, raised, 0.0)
        wanted = good / np.maximum(np.bincount(owner, good, minlength=examples)[owner], 1e-12)
        slope = np.bincount(cols, ((share - wanted) * weight[owner])[rows], minlength=size)
        result: _Vector = slope + STRENGTH * values
        return result

    return at


def _descend(gradient: Callable[[_Vector], _Vector], size: int) -> _Vector:
    """Return a minimum, by Adam with a cosine schedule from zero."""
    values, first, second = np.zeros(size), np.zeros(size), np.zeros(size)
    for t in range(1, ROUNDS + 1):
        slope = gradient(values)
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope * slope
        pace = STEP * 0.5 * (1 + np.cos(np.pi * t / ROUNDS))
        values = values - pace * (first / (1 - 0.9**t)) / (np.sqrt(second / (1 - 0.99**t)) + 1e-8)
    return values
