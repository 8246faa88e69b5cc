"""Annotated articles -> weights that say which names are names (``kg.things.confidence``), with what cross-validation says about them.

An example is a name that the rules found in an article: right where an annotator gave it, left out where it is optional,
else wrong. The rules were made with these articles at hand and are wrong more often elsewhere, so there are more examples:
names of the tagger's that the rules did not take, and the rules' names a word longer or shorter. Features stand in at least five articles and hold no annotated person or organisation. Needs scikit-learn (the
extra ``train``); the same articles give the same weights.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.base.model import EntityType, Mention, Reading, Span, TaggedSentence
from kg.learn.gold import GoldArticle, GoldEntity
from kg.learn.score import Score, normalize, score_reading
from kg.names.find import find_mentions
from kg.pipeline import Pipeline
from kg.things.confidence import (
    SCALE,
    NameModel,
    Occurrence,
    confidence,
    confidence_of_names,
    features_of_name,
    features_of_place,
    main_type,
    occurrences_of,
    without_doubtful,
    words_of,
)
from kg.things.resolve import resolve
from kg.words.lac import EXACT, STATE_STEPS, LacTagger

LEAST_ARTICLES = 5
STRENGTH = 0.15  # inverse regularisation
STATE_STRENGTH = 0.25  # of a state beside a feature
THRESHOLD = 0.5
FOLDS = 5
_STATE_SIZE = 256
_TAGGER_TYPES: dict[str, EntityType] = {
    "PER": "Person", "LOC": "Place", "ORG": "Organization", "nw": "Document", "nz": "Product",
}  # fmt: skip
_NOT_TAKEN = "not-taken"  # begins the rules of the names that no rule found
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class NamedArticle:
    """An annotated article, its words, the tagger's states (a row per word), and the names that the rules found."""

    gold: GoldArticle
    tagged: tuple[TaggedSentence, ...]
    states: tuple[Floats, ...]
    mentions: tuple[tuple[Mention, ...], ...]
    reading: Reading  # with every thing that the rules found


@dataclass(frozen=True)
class NameExample:
    """A name in an article; ``right`` is None where an annotator could go either way."""

    article: int
    name: str
    occurrences: tuple[Occurrence, ...]
    features: Mapping[str, float]
    states: Floats  # four times 256: of its first and last character, of the last before and the first behind
    right: bool | None


def read_names(gold: Sequence[GoldArticle]) -> list[NamedArticle]:
    """Read the annotated articles."""
    tagger = LacTagger(show_states=True)
    pipeline = Pipeline(tagger=tagger)
    found = []
    for item, (article, tagged) in zip(gold, pipeline.tag([item.article for item in gold]), strict=True):
        states = tuple(tagger.states(sentence) / STATE_STEPS for sentence in tagged)
        mentions = tuple(find_mentions(article, tagged))
        reading = pipeline.state(article, tagged, *resolve(article, tagged, mentions))
        found.append(NamedArticle(item, tuple(tagged), states, mentions, reading))
    return found


def examples_of(articles: Sequence[NamedArticle]) -> list[NameExample]:
    """Return the names of the articles as examples."""
    return [example for number, article in enumerate(articles) for example in _examples(number, article)]


def more_examples_of(articles: Sequence[NamedArticle]) -> list[NameExample]:
    """Return examples of names that the rules did not take: the tagger's, and the rules' a word longer or shorter."""
    return [
        example
        for number, article in enumerate(articles)
        for example in _examples(
            number, replace(article, mentions=tuple(map(_with_others, article.tagged, article.mentions)))
        )
        if example.occurrences[0].mention.rule.startswith(_NOT_TAKEN)
    ]


def _examples(number: int, article: NamedArticle) -> Iterator[NameExample]:
    given: dict[str, GoldEntity] = {}
    for entity in article.gold.entities:
        for name in entity.names:
            given.setdefault(normalize(name), entity)
    states = {id(sentence): own for sentence, own in zip(article.tagged, article.states, strict=True)}
    for name, occurrences in occurrences_of(article.tagged, article.mentions).items():
        meant = given.get(normalize(name))
        right = None if meant is not None and meant.optional else meant is not None
        features: dict[str, float] = defaultdict(float, dict.fromkeys(features_of_name(occurrences), 1.0))
        for occurrence in occurrences:
            for feature in features_of_place(occurrence, main_type(occurrences)):
                features[feature] += 1 / len(occurrences)
        around = np.mean([_around(occurrence, states) for occurrence in occurrences], axis=0)
        yield NameExample(number, name, tuple(occurrences), features, around, right)


def _with_others(sentence: TaggedSentence, row: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the names of a sentence and others that could have been, sorted as mentions are."""
    tokens, base = sentence.tokens, sentence.sentence.span.start
    names = {mention.span: mention for mention in row}

    def add(start: int, end: int, kind: EntityType, how: str) -> None:
        if start < end:
            text = sentence.sentence.text[start - base : end - base]
            names.setdefault(Span(start, end), Mention(Span(start, end), text, kind, f"{_NOT_TAKEN}-{how}"))

    for token in tokens:
        if token.tag in _TAGGER_TYPES:
            add(token.start, token.end, _TAGGER_TYPES[token.tag], "tag")
    for mention in row:
        span, kind = mention.span, mention.type
        first, last = words_of(sentence, span)
        if last > first:
            add(tokens[first + 1].start, span.end, kind, "late")
            add(span.start, tokens[last - 1].end, kind, "short")
        if first and tokens[first - 1].tag != "w":
            add(tokens[first - 1].start, span.end, kind, "early")
        if last + 1 < len(tokens) and tokens[last + 1].tag != "w":
            add(span.start, tokens[last + 1].end, kind, "long")
    return tuple(sorted(names.values(), key=lambda mention: (mention.span.start, -mention.span.end)))


def _around(occurrence: Occurrence, states: Mapping[int, Floats]) -> Floats:
    rows = states[id(occurrence.sentence)]
    first, last = words_of(occurrence.sentence, occurrence.mention.span)
    nothing = np.zeros(_STATE_SIZE)
    return np.concatenate(
        [
            rows[first][:_STATE_SIZE],
            rows[last][_STATE_SIZE:],
            rows[first - 1][_STATE_SIZE:] if first else nothing,
            rows[last + 1][:_STATE_SIZE] if last + 1 < len(rows) else nothing,
        ]
    )


def forbidden_names(gold: Sequence[GoldArticle]) -> frozenset[str]:
    """Return the annotated people and organisations: no part of a feature may be one."""
    return frozenset(
        name
        for item in gold
        for entity in item.entities
        for name in entity.names
        if len(name) > 1 and {"Person", "Organization"} & set(entity.types)
    )


def fit(examples: Sequence[NameExample], forbidden: frozenset[str], *, states: bool = True) -> NameModel:
    """Return the weights that say best which of the examples are right."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    used = [example for example in examples if example.right is not None]
    vocabulary = {feature: i for i, feature in enumerate(_vocabulary(examples, forbidden))}
    rows, columns, values = [], [], []
    for row, example in enumerate(used):
        for feature, value in example.features.items():
            if feature in vocabulary:
                rows.append(row)
                columns.append(vocabulary[feature])
                values.append(value)
    matrix = csr_matrix((values, (rows, columns)), (len(used), len(vocabulary)))
    around = np.array([example.states for example in used])
    if states:
        matrix = hstack([matrix, csr_matrix(around * STATE_STRENGTH)]).tocsr()
    regression = LogisticRegression(C=STRENGTH, max_iter=1000)
    regression.fit(matrix, [example.right for example in used])
    learned: Floats = regression.coef_[0] * SCALE
    questions = np.zeros((4, _STATE_SIZE))
    if states:
        questions = learned[len(vocabulary) :].reshape(4, _STATE_SIZE) * STATE_STRENGTH
    return NameModel(
        round(float(regression.intercept_[0]) * SCALE),
        {
            feature: round(learned[i])
            for feature, i in vocabulary.items()
            if round(learned[i]) and _NOT_TAKEN not in feature
        },
        THRESHOLD,
        tuple(tuple(int(number) for number in row) for row in _exact(questions)),
        round(float((around @ questions.reshape(-1)).mean())),
    )


def _exact(questions: Floats) -> Floats:
    """Return the questions in whole numbers, small enough for exact sums."""
    size = np.abs(questions).sum(axis=1, keepdims=True)
    most = EXACT / STATE_STEPS - _STATE_SIZE  # a rounded number may be one half larger
    whole: Floats = np.rint(questions * np.minimum(1, most / np.maximum(size, 1)))
    return whole


def _vocabulary(examples: Sequence[NameExample], forbidden: frozenset[str]) -> list[str]:
    articles: Counter[str] = Counter()
    seen: set[tuple[int, str]] = set()
    for example in examples:
        for feature in example.features:
            if (example.article, feature) not in seen:
                seen.add((example.article, feature))
                articles[feature] += 1
    return [
        feature
        for feature in sorted(articles)
        if articles[feature] >= LEAST_ARTICLES and not any(name in feature for name in forbidden)
    ]


def with_evidence(article: NamedArticle, model: NameModel) -> tuple[TaggedSentence, ...]:
    """Return the article's sentences with the answers to the model's questions, as a tagger that knows them gives."""
    questions = np.array(model.states, dtype=np.float64)
    found = []
    for sentence, states in zip(article.tagged, article.states, strict=True):
        first, last = states[:, :_STATE_SIZE], states[:, _STATE_SIZE:]
        columns = [first @ questions[0], last @ questions[1], last @ questions[2], first @ questions[3]]
        rows = np.floor(np.stack(columns, axis=1)).astype(int).tolist()
        found.append(replace(sentence, evidence=tuple(tuple(row) for row in rows)))
    return tuple(found)


def settled(article: NamedArticle, model: NameModel, threshold: float = THRESHOLD) -> Reading:
    """Return the article's reading without the doubtful things."""
    reading = article.reading
    weighed = confidence_of_names(reading.entities, with_evidence(article, model), article.mentions, model)
    entities, links = without_doubtful(weighed, reading.links, reading.facts, reading.figures, threshold)
    return replace(reading, entities=entities, links=links)


# What cross-validation says ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Judged:
    """A name that a model judged which had not seen its article."""

    confidence: float
    right: bool


def cross_validate(
    articles: Sequence[NamedArticle],
    examples: Sequence[NameExample],
    forbidden: frozenset[str],
    *,
    more: Sequence[NameExample] = (),
    states: bool = True,
    share: float = 1.0,
) -> tuple[Score, list[Judged]]:
    """Return the score without doubtful things, each article judged by weights from other articles only.

    Args:
        articles: the annotated articles, read.
        examples: their names.
        more: examples to learn from and not to judge.
        forbidden: what no feature may hold.
        states: whether the tagger's states may speak.
        share: of the other articles, how many to learn from (for the learning curve).
    """
    score, judged = Score(), []
    for fold in range(FOLDS):
        others = [i for i in range(len(articles)) if i % FOLDS != fold]
        # Every so-manyth: the articles stand in the order of their sources.
        kept = {i for n, i in enumerate(others) if int((n + 1) * share) > int(n * share)}
        learned_from = [example for example in (*examples, *more) if example.article in kept]
        model = fit(learned_from, forbidden, states=states)
        for number in range(fold, len(articles), FOLDS):
            article = articles[number]
            score.add(score_reading(settled(article, model), article.gold))
            spoken = {
                id(old): new for old, new in zip(article.tagged, with_evidence(article, model), strict=True)
            }
            for example in (example for example in examples if example.article == number):
                if example.right is not None:
                    places = [
                        replace(place, sentence=spoken[id(place.sentence)]) for place in example.occurrences
                    ]
                    judged.append(Judged(confidence(places, model), example.right))
    return score, judged


def train_entities(gold: Sequence[GoldArticle], *, learning_curve: bool = False) -> dict[str, Any]:
    """Return the weights learned from all articles, and a report: folds, ablation, learning curve, calibration.

    The result is what ``data/weights/entity.json`` holds. Ablation and curve are made only where ``learning_curve`` is
    true, for they take six times as long.
    """
    articles = read_names(gold)
    examples, more, forbidden = examples_of(articles), more_examples_of(articles), forbidden_names(gold)
    before = Score()
    for article in articles:
        before.add(score_reading(article.reading, article.gold))
    full, judged = cross_validate(articles, examples, forbidden, more=more)
    further = _further(articles, examples, forbidden, more) if learning_curve else {}
    model = fit([*examples, *more], forbidden)
    return {
        "report": {
            "articles": len(articles),
            "further examples": len(more),
            "names": sum(example.right is not None for example in examples),
            "names that are none": sum(example.right is False for example in examples),
            "folds": FOLDS,
            "rules alone": _row(before, []),
            "without doubtful things": _row(full, judged),
            **further,
            "calibration": _calibration(judged),
        },
        "bias": model.bias,
        "threshold": model.threshold,
        "typical": model.typical,
        "states": [list(row) for row in model.states],
        "weights": dict(sorted(model.weights.items())),
    }


def _further(
    articles: Sequence[NamedArticle],
    examples: Sequence[NameExample],
    forbidden: frozenset[str],
    more: Sequence[NameExample],
) -> dict[str, Any]:
    """Return what each part of the learning is worth, and what fewer articles would have taught."""
    ablation = {
        "without the tagger's states": cross_validate(articles, examples, forbidden, more=more, states=False),
        "without the names not taken": cross_validate(articles, examples, forbidden),
    }
    curve = {
        f"{share:.2f}": cross_validate(articles, examples, forbidden, more=more, share=share)
        for share in (0.25, 0.5, 0.75)
    }
    return {
        "ablation": {what: _row(*result) for what, result in ablation.items()},
        "learning curve, by share of the articles": {share: _row(*result) for share, result in curve.items()},
    }


def _row(score: Score, judged: Sequence[Judged]) -> dict[str, float]:
    row: dict[str, float] = {}
    for measure in ("entities", "typed"):
        count = score.counts[measure]
        row |= {
            f"{measure} precision": round(count.precision, 3),
            f"{measure} recall": round(count.recall, 3),
            f"{measure} f1": round(count.f1, 3),
        }
    if judged:
        row["area under the curve"] = round(_area(judged), 3)
    return row


def _area(judged: Sequence[Judged]) -> float:
    """Return how often a name is given more confidence than one that is none."""
    right = np.array([item.confidence for item in judged if item.right])
    wrong = np.array([item.confidence for item in judged if not item.right])
    above = (right[:, None] > wrong).mean() + (right[:, None] == wrong).mean() / 2
    return float(above)


def _calibration(judged: Sequence[Judged]) -> list[dict[str, float]]:
    """Return, for each tenth of confidence, how many names have it and what share of them are right."""
    rows = []
    for tenth in range(10):
        own = [item for item in judged if tenth == min(int(item.confidence * 10), 9)]
        if own:
            rows.append(
                {
                    "from": tenth / 10,
                    "names": len(own),
                    "confidence": round(sum(item.confidence for item in own) / len(own), 3),
                    "right": round(sum(item.right for item in own) / len(own), 3),
                }
            )
    return rows


def dump_entities(learned: Mapping[str, Any]) -> bytes:
    """Return the content of ``entity.json`` for what ``train_entities`` returned, one weight a line."""
    rows = ",\n".join(json.dumps(row, separators=(",", ":")) for row in learned["states"])
    parts = {
        key: json.dumps(value, ensure_ascii=False, indent=0)
        for key, value in learned.items()
        if key != "states"
    }
    parts["states"] = f"[\n{rows}\n]"
    text = ",\n".join(f'"{key}": {value}' for key, value in parts.items())
    return f"{{\n{text}\n}}\n".encode()
