"""Annotated articles -> weights of the learned judge, with what cross-validation says about them.

One logistic regression per predicate over typed pairs. A pair that is a relation of the article is a right example at its
best place only (the other places are left out: a sentence that holds both names need not state it), chosen again after
each round; pairs with an optional end are left out unless annotated. Needs scikit-learn (the extra ``train``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.base.model import Predicate
from kg.base.schema import ordered
from kg.facts.judge.learned import SCALE, RelationModel, logistic
from kg.facts.judge.rules import RuleJudge
from kg.facts.pattern import DOMAIN
from kg.learn.gold import GoldArticle
from kg.learn.material import Example, Key, Material, Named, examples_of, material_of, vocabulary_of
from kg.learn.verdicts import Evidence, Verdicts, evidence_of, stated, verdicts_of
from kg.pipeline import Pipeline

LEAST_PLACES = 3  # a feature fires at least this often
LEAST_RIGHT = 8  # a predicate with fewer examples is left to the patterns
LEAST_WEIGHT = 20  # thousandths; smaller weights are dropped
STRENGTH = 0.5  # inverse regularisation, by cross-validation
ROUNDS = 2
FOLDS = 5
TRUSTED = 0.75  # patterns of a predicate that are right as often are refused only below TRUSTED_VETO
TRUSTED_VETO = 0.2
SAME = 0.002  # of F
# Of the F that limits are chosen by: recall weighs BETA² (.49) of what precision does, for a wrong fact costs more than a
# missing one.
BETA = 0.7
VETOES = range(
    0, 42, 2
)  # hundredths of probability, from which vetoes are chosen: what a pattern states is not refused as likely
LEAST_PRECISION = 0.6  # of what is added to the patterns; a false edge costs more trust than a missing one
_ORDER: tuple[Predicate, ...] = tuple(DOMAIN)


def _matrix(examples: Sequence[Example], rows: Mapping[str, int]) -> Any:  # noqa: ANN401 - scipy has no types
    from scipy.sparse import csr_matrix

    starts, columns = [0], []
    for example in examples:
        columns.extend(sorted({rows[name] for name in example.pair.features if name in rows}))
        starts.append(len(columns))
    return csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(examples), len(rows)))


def features_of(examples: Sequence[Example]) -> dict[str, int]:
    """Return the features that fire often enough, numbered in sorted order."""
    counts = Counter(name for example in examples for name in set(example.pair.features))
    return {
        name: row
        for row, name in enumerate(sorted(n for n, count in counts.items() if count >= LEAST_PLACES))
    }


def fit(
    examples: Sequence[Example],
) -> tuple[dict[str, int], dict[Predicate, tuple[npt.NDArray[np.float64], float]]]:
    """Return the features' rows, and weights and bias per predicate."""
    rows = features_of(examples)
    matrix = _matrix(examples, rows)
    found = {}
    for predicate in _ORDER:
        use = [row for row, example in enumerate(examples) if example.labels.get(predicate) is not None]
        right = np.array([bool(examples[row].labels[predicate]) for row in use])
        if right.sum() >= LEAST_RIGHT:
            keys = [(examples[row].article, examples[row].ends) for row in use]
            found[predicate] = _fit_one(matrix[use], right, keys)
    return rows, found


def _fit_one(
    matrix: Any,  # noqa: ANN401
    right: npt.NDArray[np.bool_],
    keys: Sequence[tuple[int, tuple[str, str]]],
) -> tuple[npt.NDArray[np.float64], float]:
    from sklearn.linear_model import LogisticRegression

    keep = np.ones(len(right), dtype=bool)
    for _ in range(ROUNDS + 1):
        model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0, max_iter=300)
        model.fit(matrix[keep], right[keep])
        sums = model.decision_function(matrix)
        best: dict[tuple[int, tuple[str, str]], int] = {}
        for row in (int(number) for number in np.flatnonzero(right)):
            if keys[row] not in best or sums[row] > sums[best[keys[row]]]:
                best[keys[row]] = row
        keep = ~right
        keep[sorted(best.values())] = True
    return model.coef_[0], float(model.intercept_[0])


def model_of(
    words: frozenset[str],
    rows: Mapping[str, int],
    fitted: Mapping[Predicate, tuple[npt.NDArray[np.float64], float]],
) -> RelationModel:
    """Return the rounded model, without the features that weigh nothing; knots and threshold still are the plain ones."""
    weights = np.zeros((len(rows), len(_ORDER)), dtype=np.int32)
    bias = np.full(len(_ORDER), -20 * SCALE, dtype=np.int32)
    for column, predicate in enumerate(_ORDER):
        if predicate in fitted:
            rounded = np.rint(fitted[predicate][0] * SCALE).astype(np.int32)
            rounded[np.abs(rounded) < LEAST_WEIGHT] = 0
            weights[:, column] = rounded
            bias[column] = round(fitted[predicate][1] * SCALE)
    names = [name for name, row in sorted(rows.items(), key=lambda item: item[1]) if weights[row].any()]
    kept = weights[[rows[name] for name in names]]
    return RelationModel(
        words,
        {name: row for row, name in enumerate(names, start=1)},
        np.vstack([np.zeros((1, len(_ORDER)), dtype=np.int32), kept]),
        bias,
        frozenset(fitted),
        _PLAIN,
        0.5,
        {},
        _ORDER,
    )


_PLAIN = (0, SCALE, 0, SCALE, 0, 0, 0, 0)  # the sum alone, before the last decision is learned


def best_sums(model: RelationModel, examples: Sequence[Example]) -> dict[Key, int]:
    """Return the highest sum of each article's (subject, predicate, object), ends as annotated things."""
    sums = model.sums([example.pair for example in examples])
    found: dict[Key, int] = {}
    for example, own in zip(examples, sums, strict=True):
        for predicate in example.labels:
            if predicate in model.judged:
                ends = ordered(predicate, *example.ends)
                key = (example.article, ends[0], predicate, ends[1])
                found[key] = max(found.get(key, -1 << 30), int(own[_ORDER.index(predicate)]))
    return found


def cross_validate(
    materials: Sequence[Material],
    more: Sequence[Material],
    words: frozenset[str],
    progress: Callable[[str], None] = lambda _: None,
    quarters: int = 4,
) -> dict[Key, int]:
    """Return the sums that models give to articles they were not trained on.

    Args:
        materials: the articles as read; the sums are theirs.
        more: the same articles with the annotated names, for training only.
        words: the vocabulary.
        progress: told what happens.
        quarters: how many quarters of the other articles to learn from, for the learning curve.
    """
    examples, extra = examples_of(materials, words), examples_of(more, words)
    found: dict[Key, int] = {}
    for fold in range(FOLDS):
        progress(f"fold {fold + 1} of {FOLDS}")
        train = [
            example
            for example in [*examples, *_shifted(extra, len(materials))]
            if example.article % FOLDS != fold and example.article // FOLDS % 4 < quarters
        ]
        rows, fitted = fit(train)
        held = [example for example in examples if example.article % FOLDS == fold]
        found |= best_sums(model_of(words, rows, fitted), held)
    return found


def _shifted(examples: Sequence[Example], articles: int) -> list[Example]:
    """Number the same articles again, in the same fold, so that each reading of a pair has its own best place."""
    step = -(-articles // FOLDS) * FOLDS
    return [replace(example, article=example.article + step) for example in examples]


def fuse(evidence: Evidence, use: npt.NDArray[np.bool_]) -> tuple[int, ...]:
    """Return the weights of the last decision, in thousandths, learned from the triples to ``use``."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0, solver="liblinear", random_state=0, fit_intercept=False, max_iter=500)
    chosen = use & evidence.known
    model.fit(evidence.signals[chosen], evidence.right[chosen])
    return tuple(round(float(weight) * SCALE) for weight in model.coef_[0])


def likelihoods(evidence: Evidence) -> dict[Key, float]:
    """Return each triple's probability by a last decision that did not see its article."""
    articles = np.array([key[0] for key in evidence.keys])
    found: dict[Key, float] = {}
    for fold in range(FOLDS):
        fusion = np.array(fuse(evidence, articles % FOLDS != fold)) / SCALE
        for row in np.flatnonzero(articles % FOLDS == fold).tolist():
            found[evidence.keys[row]] = logistic(float(evidence.signals[row] @ fusion))
    return found


def reliability(evidence: Evidence, likely: Mapping[Key, float]) -> list[tuple[float, int, float, float]]:
    """Return, for each tenth of probability: its upper end, how many triples, their mean probability, share that is right."""
    counts: dict[int, list[float]] = defaultdict(lambda: [0, 0.0, 0])
    for row in np.flatnonzero(evidence.known).tolist():
        share = likely[evidence.keys[row]]
        own = counts[min(int(share * 10), 9)]
        own[0] += 1
        own[1] += share
        own[2] += bool(evidence.right[row])
    return [
        ((tenth + 1) / 10, int(own[0]), round(own[1] / own[0], 3), round(own[2] / own[0], 3))
        for tenth, own in sorted(counts.items())
    ]


def train_relations(
    gold: Sequence[GoldArticle],
    pipeline: Pipeline,
    progress: Callable[[str], None] = lambda _: None,
    *,
    unread: int = 0,
    learning_curve: bool = False,
    named: Sequence[Named] | None = None,
) -> tuple[RelationModel, dict[str, Any]]:
    """Return the weights that ``gold`` teaches, and a report: curve, reliability, and what each predicate gains.

    Args:
        gold: the annotated articles.
        pipeline: what reads them.
        progress: told what happens.
        unread: how many of the last articles no rule was made from; all teach the weights, these alone the last
            decision, the thresholds and the report. 0: all do.
        learning_curve: also learn from a quarter, half and three quarters of the articles.
        named: what each article names, by weights of names that did not see it; None: as the pipeline reads it.
    """
    progress("reading the articles")
    words = vocabulary_of(gold, [tagged for _, tagged in pipeline.tag([item.article for item in gold])])
    materials = material_of(gold, pipeline, named=named)
    more = material_of(gold, pipeline, gold_entities=True)
    verdicts = verdicts_of(materials)
    sums = cross_validate(materials, more, words, progress)
    patterns = stated(materials)
    evidence = evidence_of(materials, sums, patterns, verdicts)
    first = len(gold) - unread if unread else 0
    evidence, verdicts = evidence.since(first), verdicts.since(first)
    patterns = {key: share for key, share in patterns.items() if key[0] >= first}
    likely = likelihoods(evidence)
    progress("all articles")
    examples = [*examples_of(materials, words), *_shifted(examples_of(more, words), len(materials))]
    curve = [
        (least / 100, *verdicts.measure({key for key, share in likely.items() if share >= least / 100}))
        for least in range(10, 96, 5)
    ]
    sure = {key for key, share in patterns.items() if share >= RuleJudge().threshold}
    least = _threshold(evidence, likely, sure)
    model = replace(
        model_of(words, *fit(examples)),
        fusion=fuse(evidence, np.ones(len(evidence.keys), dtype=bool)),
        threshold=least,
        vetoes=_vetoes(verdicts, likely, sure, least),
    )
    judges = {
        "patterns": sure,
        "with what is added": sure | {key for key, share in likely.items() if share >= least},
        "both": decided(likely, sure, least, model.vetoes),
    }
    report = _report(gold[first:], verdicts, model, curve, reliability(evidence, likely), judges)
    report["learned from"] = len(gold)
    report["vetoes, the same for all: least probability, precision, recall, F1"] = [
        [least_stated, *(round(value, 3) for value in verdicts.measure(decided(likely, sure, least, same)))]
        for least_stated in (step / 100 for step in VETOES)
        for same in [dict.fromkeys(_ORDER, least_stated)]
    ]
    if learning_curve:
        report["learning curve: share of the articles, precision, recall, F1"] = [
            _learned_from(quarters, first, materials, more, words, patterns, verdicts, sure, progress)
            for quarters in (1, 2, 3)
        ] + [[1.0, *(round(value, 3) for value in verdicts.measure(judges["both"]))]]
    return model, report


def _learned_from(
    quarters: int,
    first: int,
    materials: Sequence[Material],
    more: Sequence[Material],
    words: frozenset[str],
    patterns: Mapping[Key, float],
    verdicts: Verdicts,
    sure: set[Key],
    progress: Callable[[str], None],
) -> list[float]:
    """Return what some quarters of the articles teach, measured as all of them are."""
    progress(f"learning curve, {quarters} of 4 quarters")
    sums = cross_validate(materials, more, words, quarters=quarters)
    evidence = evidence_of(materials, sums, patterns, verdicts).since(first)
    likely = likelihoods(evidence)
    least = _threshold(evidence, likely, sure)
    found = decided(likely, sure, least, _vetoes(verdicts, likely, sure, least))
    return [quarters / 4, *(round(value, 3) for value in verdicts.measure(found))]


def _report(
    gold: Sequence[GoldArticle],
    verdicts: Verdicts,
    model: RelationModel,
    curve: Sequence[tuple[float, float, float, float]],
    table: Sequence[tuple[float, int, float, float]],
    judges: Mapping[str, set[Key]],
) -> dict[str, Any]:
    def rounded(found: set[Key], own: Verdicts = verdicts) -> list[float]:
        return [round(value, 3) for value in own.measure(found)]

    best = rounded(judges["both"])
    return {
        "summary": f"precision {best[0]}, recall {best[1]}, F1 {best[2]} in {FOLDS}-fold cross-validation "
        f"over {len(gold)} articles, {len(verdicts.asked)} relations (patterns alone: {rounded(judges['patterns'])})",
        "articles": len(gold),
        "relations": len(verdicts.asked),
        "folds": FOLDS,
        "features": len(model.rows),
        "threshold": model.threshold,
        "vetoes": model.vetoes,
        "curve: least probability, precision, recall, F1": [
            [round(value, 3) for value in row] for row in curve
        ],
        "reliability: probability up to, triples, mean probability, share right": [
            list(row) for row in table
        ],
        "predicates: precision, recall, F1": {
            predicate: {"asked": len(verdicts.of(predicate).asked)}
            | {
                name: rounded({key for key in found if key[2] == predicate}, verdicts.of(predicate))
                for name, found in judges.items()
            }
            for predicate in _ORDER
        },
    }


def decided(
    likely: Mapping[Key, float], sure: set[Key], least: float, vetoes: Mapping[Predicate, float]
) -> set[Key]:
    """Return the triples that the judge accepts: what patterns state unless it is unlikely, and what is likely anyway."""
    stated = {key for key in sure if likely.get(key, 1.0) >= vetoes.get(key[2], 0.0)}
    return stated | {key for key, share in likely.items() if share >= least}


def _vetoes(
    verdicts: Verdicts, likely: Mapping[Key, float], sure: set[Key], least: float
) -> dict[Predicate, float]:
    """Return the least probability of what patterns state, by predicate: the highest that costs no F worth speaking of.

    Measured on articles that the last decision did not see, by van Rijsbergen's F with ``BETA``: fewer and surer facts are
    better, for a false edge costs more trust than a missing one. What patterns say that are mostly right stands unless it
    is unlikely.
    """
    found: dict[Predicate, float] = {}
    for predicate in _ORDER:
        own = verdicts.of(predicate)
        if len(own.asked) < LEAST_RIGHT:
            continue
        near = {key: share for key, share in likely.items() if key[2] == predicate}
        stated = {key for key in sure if key[2] == predicate}
        measured = {
            step / 100: f_measure(*own.measure(decided(near, stated, least, {predicate: step / 100}))[:2])
            for step in VETOES
        }
        best = max(measured.values())
        veto = max(veto for veto, both in measured.items() if both >= best - SAME)
        trusted = own.measure(stated)[0] >= TRUSTED
        found[predicate] = min(veto, TRUSTED_VETO) if trusted else veto
    return found


def f_measure(precision: float, recall: float, beta: float = BETA) -> float:
    """Return van Rijsbergen's F: recall weighs ``beta`` squared of what precision does; 0 where both are."""
    below = beta**2 * precision + recall
    return (1 + beta**2) * precision * recall / below if below else 0.0


def _threshold(evidence: Evidence, likely: Mapping[Key, float], sure: set[Key]) -> float:
    """Return the least probability from which what the patterns do not state is right often enough to be added."""
    rows = [row for row in np.flatnonzero(evidence.known).tolist() if evidence.keys[row] not in sure]
    for least in range(40, 95, 2):
        added = [bool(evidence.right[row]) for row in rows if likely[evidence.keys[row]] >= least / 100]
        if not added or sum(added) >= LEAST_PRECISION * len(added):
            return least / 100
    return 0.95
