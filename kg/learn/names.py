"""Annotated articles -> the net that finds names, and the weights that say which names are names, with what folds say of both.

An example is a name in an article, of the rules or proposed by the net: right where an annotator gave it with its type, left out
where it is optional, else wrong. The net's scores come from nets that did not see the article. On articles that rules were made
from, the rules look better than they are: that is a feature there, whose weight is thrown away. Features stand in at least five
articles and hold no annotated person or organisation. Needs scikit-learn and PyTorch (the extra ``train``); the same articles
give the same weights.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from kg.base.model import Article, Mention, TaggedSentence
from kg.learn.gold import GoldArticle, GoldEntity
from kg.learn.material import Named
from kg.learn.net import FOLDS, NetArticle, out_of_fold, read_for_net, train_net, vocabulary
from kg.learn.score import Score, normalize, score_entities
from kg.names.find import find_mentions
from kg.names.net import Scores
from kg.pipeline import Pipeline
from kg.things.arbiter import LEARNED, Seen, Verdict, arbitrate, features_of_scores, seen_by
from kg.things.confidence import (
    SCALE,
    NameModel,
    Occurrence,
    features_of_name,
    features_of_place,
    main_type,
    occurrences_of,
    with_confidence,
)
from kg.things.resolve import resolve
from kg.words.lac import EXACT, STATE_STEPS, LacTagger
from kg.words.net_weights import NetWeights

LEAST_ARTICLES: Final = 5
STRENGTH: Final = 0.15  # inverse regularisation
STATE_STRENGTH: Final = 0.25  # of a state beside a feature
THRESHOLD: Final = 0.42  # more of the names above are right than half of what F1 is: they pay
SHARES: Final = (0.25, 0.5, 0.75, 1.0)
_STATE_SIZE: Final = 256
_READ: Final = "read="  # begins the features of articles that rules were made from
Floats: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class NamedArticle:
    """An annotated article, its words, what the rules found, and all as the net sees it."""

    gold: GoldArticle
    article: Article
    tagged: tuple[TaggedSentence, ...]
    found: tuple[tuple[Mention, ...], ...]
    net: NetArticle


@dataclass(frozen=True, eq=False)
class NameExample:
    """A name in an article; ``right`` is None where an annotator could go either way."""

    article: int
    name: str
    places: tuple[Occurrence, ...]
    features: Mapping[str, float]
    scored: tuple[str, ...]  # those of them that the net's scores gave
    states: npt.NDArray[
        np.float32
    ]  # four times 256: of its first and last character, of the last before and the first behind
    right: bool | None


@dataclass(frozen=True, eq=False)
class TrainedNames:
    """What was learned of names, what each article names by weights that did not see it, and the report."""

    model: NameModel
    net: NetWeights
    named: tuple[Named, ...]
    report: Mapping[str, Any]


def read_names(gold: Sequence[GoldArticle]) -> tuple[list[NamedArticle], NetWeights]:
    """Read the annotated articles; also return an empty net that knows their labels."""
    tagger = LacTagger(show_states=True)
    read = Pipeline(tagger=tagger).tag([item.article for item in gold])
    empty = vocabulary([tagged for _, tagged in read])
    articles = []
    for item, (article, tagged) in zip(gold, read, strict=True):
        found = find_mentions(article, tagged)
        states = [
            tagger.states(sentence) if sentence.tokens else np.zeros((0, 2 * _STATE_SIZE))
            for sentence in tagged
        ]
        net = read_for_net(item, tagged, found, states, empty)
        articles.append(NamedArticle(item, article, tuple(tagged), found, net))
    return articles, empty


def examples_of(
    articles: Sequence[NamedArticle], scores: Sequence[Scores], read: int = 0
) -> list[NameExample]:
    """Return the names of the articles as examples; rules were made from the first articles, as many as ``read``."""
    return [
        example
        for number, (article, own) in enumerate(zip(articles, scores, strict=True))
        for example in _examples(number, article, own, read=number < read)
    ]


def _examples(number: int, article: NamedArticle, scores: Scores, *, read: bool) -> Iterator[NameExample]:
    given: dict[str, GoldEntity] = {}
    for entity in article.gold.entities:
        for name in entity.names:
            given.setdefault(normalize(name), entity)
    seen = seen_by(article.article, article.tagged, article.found, scores)
    for name, places in occurrences_of(article.tagged, seen.names).items():
        meant, kind = given.get(normalize(name)), main_type(places)
        right = None if meant is not None and meant.optional else meant is not None and kind in meant.types
        scored = features_of_scores(places, seen)
        features: dict[str, float] = defaultdict(
            float, dict.fromkeys((*features_of_name(places), *scored), 1.0)
        )
        for place in places:
            for feature in features_of_place(place, kind):
                features[feature] += 1 / len(places)
        if read:
            whose = "net" if all(place.mention.rule == LEARNED for place in places) else "rules"
            features |= {f"{_READ}{whose}": 1.0, f"{_READ}{whose},{kind}": 1.0}
        around = np.mean([_around(place, article, seen) for place in places], axis=0)
        yield NameExample(
            number, name, tuple(places), features, scored, (around / STATE_STEPS).astype(np.float32), right
        )


def _around(place: Occurrence, article: NamedArticle, seen: Seen) -> Floats:
    """Return the states, in steps, that the questions are put to."""
    row = article.net.words.places[seen.index[id(place.sentence)]]
    states = article.net.states[row : row + len(place.sentence.tokens)]
    first, last = place.first, place.last
    nothing = np.zeros(_STATE_SIZE)
    return np.concatenate(
        [
            states[first][:_STATE_SIZE],
            states[last][_STATE_SIZE:],
            states[first - 1][_STATE_SIZE:] if first else nothing,
            states[last + 1][:_STATE_SIZE] if last + 1 < len(states) else nothing,
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


def fit(examples: Sequence[NameExample], forbidden: frozenset[str]) -> NameModel:
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
    around = np.array([example.states for example in used], dtype=np.float64)
    matrix = hstack([matrix, csr_matrix(around * STATE_STRENGTH)]).tocsr()
    regression = LogisticRegression(C=STRENGTH, max_iter=1000)
    regression.fit(matrix, [example.right for example in used])
    learned = regression.coef_[0] * SCALE
    questions = _exact(learned[len(vocabulary) :].reshape(4, _STATE_SIZE) * STATE_STRENGTH)
    weights = {
        feature: round(learned[i])
        for feature, i in vocabulary.items()
        if round(learned[i]) and not feature.startswith(_READ)
    }
    seen = [
        sum(weights.get(feature, 0) for feature in example.scored)
        for example in used
        if not _is_proposal(example)
    ]
    return NameModel(
        round(float(regression.intercept_[0]) * SCALE),
        weights,
        THRESHOLD,
        tuple(tuple(int(number) for number in row) for row in questions),
        round(float((around @ questions.reshape(-1)).mean())),
        round(float(np.mean(seen))),
    )


def _is_proposal(example: NameExample) -> bool:
    return all(place.mention.rule == LEARNED for place in example.places)


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
    for sentence, row in zip(article.tagged, article.net.words.places, strict=True):
        states = article.net.states[row : row + len(sentence.tokens)].astype(np.float64)
        first, last = states[:, :_STATE_SIZE], states[:, _STATE_SIZE:]
        columns = [first @ questions[0], last @ questions[1], last @ questions[2], first @ questions[3]]
        rows = (np.stack(columns, axis=1) // STATE_STEPS).astype(int).tolist()
        found.append(replace(sentence, evidence=tuple(tuple(row) for row in rows)))
    return tuple(found)


# what folds say -------------------------------------------------------------------------------------------------------


def judged_in_folds(
    articles: Sequence[NamedArticle],
    scores: Sequence[Scores],
    examples: Sequence[NameExample],
    forbidden: frozenset[str],
    *,
    share: float = 1.0,
) -> list[Verdict]:
    """Return what becomes of each article's names, by weights that did not see it.

    Args:
        articles: the annotated articles, read.
        scores: the net's, by nets that did not see the article.
        examples: their names.
        forbidden: what no feature may hold.
        share: of the other articles, how many teach (for the learning curve).
    """
    found: list[Verdict] = [Verdict((), {})] * len(articles)
    for fold in range(FOLDS):
        others = [i for i in range(len(articles)) if i % FOLDS != fold]
        # Every so-manyth: the articles stand in the order of their sources.
        kept = {i for n, i in enumerate(others) if int((n + 1) * share) > int(n * share)}
        model = fit([example for example in examples if example.article in kept], forbidden)
        for i in range(fold, len(articles), FOLDS):
            own = articles[i]
            found[i] = arbitrate(own.article, with_evidence(own, model), own.found, scores[i], model)
    return found


def named_by(article: NamedArticle, verdict: Verdict) -> Named:
    """Return what an article names, as the reading of names hands it on."""
    entities, links = resolve(article.article, article.tagged, verdict.names)
    return with_confidence(entities, verdict.sure), links


def train_names(
    gold: Sequence[GoldArticle],
    *,
    unread: int = 0,
    learning_curve: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> TrainedNames:
    """Return the net and the weights of names that the articles teach, and what folds say of them.

    Args:
        gold: the annotated articles.
        unread: how many of the last articles no rule was made from; the report is of them. 0: of all.
        learning_curve: also say what fewer articles would have taught the weights.
        progress: told what happens.
    """
    articles, empty = read_names(gold)
    scores = out_of_fold([item.net for item in articles], [item.tagged for item in articles], empty, progress)
    progress("net, all articles")
    net = train_net([item.net for item in articles], empty)
    progress("arbiter")
    forbidden = forbidden_names(gold)
    first = len(gold) - unread if unread else 0
    examples = examples_of(articles, scores, first)
    verdicts = judged_in_folds(articles, scores, examples, forbidden)
    model = fit(examples, forbidden)
    report = _report(articles, verdicts, examples, first)
    if learning_curve:
        report["learning curve, by share of the articles"] = {
            str(share): _scored(
                articles[first:],
                judged_in_folds(articles, scores, examples, forbidden, share=share)[first:],
            )
            for share in SHARES
        }
    named = tuple(named_by(article, verdict) for article, verdict in zip(articles, verdicts, strict=True))
    return TrainedNames(model, net, named, report)


def _report(
    articles: Sequence[NamedArticle], verdicts: Sequence[Verdict], examples: Sequence[NameExample], first: int
) -> dict[str, Any]:
    own = [example for example in examples if example.article >= first and example.right is not None]
    judged = [(verdicts[example.article].sure[example.name], bool(example.right)) for example in own]
    rules = [Verdict(article.found, {}) for article in articles]

    def counted(*, proposed: bool) -> dict[str, int]:
        rights = [example.right for example in own if _is_proposal(example) == proposed]
        return {"names": len(rights), "right": sum(map(bool, rights))}

    return {
        "articles": len(articles),
        "articles of this report": len(articles) - first,
        "folds": FOLDS,
        "found by the rules": counted(proposed=False),
        "proposed by the net alone": counted(proposed=True),
        "rules alone": _scored(articles[first:], rules[first:]),
        "with the net and the arbiter": _scored(articles[first:], verdicts[first:]),
        "calibration: confidence up to, names, mean confidence, share right": _calibration(judged),
    }


def _scored(articles: Sequence[NamedArticle], verdicts: Sequence[Verdict]) -> dict[str, float]:
    """Return how right the typed things are, without those in doubt."""
    score = Score()
    for article, verdict in zip(articles, verdicts, strict=True):
        entities, _ = named_by(article, verdict)
        sure = [entity for entity in entities if entity.confidence >= THRESHOLD or entity.place_code]
        score_entities(sure, article.gold, score)
    count = score.counts["typed"]
    return {
        "typed precision": round(count.precision, 3),
        "typed recall": round(count.recall, 3),
        "typed F1": round(count.f1, 3),
    }


def _calibration(judged: Sequence[tuple[float, bool]]) -> list[list[float]]:
    rows = []
    for tenth in range(10):
        own = [(sure, right) for sure, right in judged if min(int(sure * 10), 9) == tenth]
        if own:
            mean = sum(sure for sure, _ in own) / len(own)
            share = sum(right for _, right in own) / len(own)
            rows.append([(tenth + 1) / 10, len(own), round(mean, 3), round(share, 3)])
    return rows


def dump_entities(model: NameModel) -> bytes:
    """Return the content of ``entity.json``, one weight a line."""
    rows = ",\n".join(json.dumps(row, separators=(",", ":")) for row in model.states)
    parts = {
        "bias": model.bias,
        "threshold": model.threshold,
        "typical": model.typical,
        "unscored": model.unscored,
        "weights": dict(sorted(model.weights.items())),
    }
    text = ",\n".join(
        f'"{key}": {json.dumps(value, ensure_ascii=False, indent=0)}' for key, value in parts.items()
    )
    return f'{{\n{text},\n"states": [\n{rows}\n]\n}}\n'.encode()
