"""The learned judge: a sparse logistic regression over typed pairs, patterns among its features.

Weights are whole numbers (thousandths), so sums, and with them the bytes of the graph, are the same on every processor.
They come from ``kg train`` and see types in place of names (see ``kg.facts.judge.pair``).
"""

from __future__ import annotations

import gzip
import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from io import BytesIO
from itertools import islice, repeat
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from kg.base.errors import ResourceError
from kg.base.intake import LARGEST_TEXT, read_file, read_stream
from kg.base.late import late
from kg.base.model import (
    AnnotatedSentence,
    Article,
    Candidate,
    Entity,
    EntityId,
    Fact,
    Firing,
    Predicate,
    Span,
)
from kg.base.resources import weights_path
from kg.base.schema import MEMBERSHIP, ordered, schema
from kg.facts.assertion import Assertions, Claim
from kg.facts.dating import Dates, is_dated
from kg.facts.judge.pair import PREDICATES, Pair, read_pairs
from kg.facts.judge.rules import RuleJudge, merge
from kg.facts.quote import clause_around
from kg.facts.title import is_title
from kg.facts.way import Base, Way, way_of

if TYPE_CHECKING:
    import numpy.typing as npt

WEIGHTS = "relation.json.gz"
_LARGEST: Final = 256 << 20  # bytes of that file, unpacked
SCALE = 1000  # weights are thousandths
TOGETHER = 2048  # pairs weighed at a time
_MOST: Final = 100 * SCALE  # no sum of weights is larger
_LEAST: Final = -20 * SCALE  # what makes a fact with less may be anything
_END: Final = "\n"  # of the name of a feature
_TITLE_END = late(r"[，,；;：:。！？!?、（(“”\s]")


@dataclass(frozen=True)
class RelationModel:
    """Weights per feature and predicate, and what their sums mean.

    Attributes:
        words: the vocabulary that features may name.
        rows: feature -> row of ``weights``.
        weights: thousandths, shape (features, predicates).
        bias: thousandths per predicate.
        judged: the predicates this model was taught; of the others it knows only what patterns say.
        fusion: thousandths for what ``signals`` returns.
        threshold: the least probability of a fact that no pattern states with confidence enough.
        vetoes: the least probability of one that a pattern does, by predicate; none: patterns alone decide.
        predicates: the predicates of the columns of ``weights`` and ``bias``.
    """

    words: frozenset[str]
    rows: dict[str, int]
    weights: npt.NDArray[np.int32]
    bias: npt.NDArray[np.int32]
    judged: frozenset[Predicate]
    fusion: tuple[int, ...]
    threshold: float
    vetoes: dict[Predicate, float]
    predicates: tuple[Predicate, ...]

    @cached_property
    def columns(self) -> dict[Predicate, int]:
        """The column of each predicate."""
        return {predicate: column for column, predicate in enumerate(self.predicates)}

    def possible(self, pair: Pair) -> Iterator[tuple[int, Predicate]]:
        """Yield the predicates that the pair's types allow and the model was taught, with their columns."""
        for predicate in PREDICATES.get(pair.types, ()):
            if predicate in self.judged:
                yield self.columns[predicate], predicate

    def sums(self, pairs: Sequence[Pair]) -> npt.NDArray[np.int32]:
        """Return each pair's sum of weights per predicate, in thousandths."""
        row_of, none = self.rows.get, repeat(0)  # row 0 is empty
        indices: list[int] = []
        starts: list[int] = []
        for pair in pairs:
            starts.append(len(indices))
            indices.append(0)  # so that no pair is without one
            indices.extend(set(map(row_of, pair.features, none)))
        if not pairs:
            return np.zeros((0, len(self.predicates)), dtype=np.int32)
        return np.add.reduceat(self.weights[indices], starts, axis=0, dtype=np.int32) + self.bias

    def total(self, pair: Pair, predicate: Predicate) -> int:
        """Return one pair's sum of weights for one predicate, in thousandths."""
        return int(self.sums([pair])[0][self.columns[predicate]])

    def probability(self, total: int | None, pattern: float, surest: float) -> float:
        """Return how likely a triple is to be right: a logistic regression over its ``signals``."""
        weighed = sum(
            weight * value for weight, value in zip(self.fusion, signals(total, pattern, surest), strict=True)
        )
        return round(logistic(weighed / SCALE), 3)

    def reasons(self, pair: Pair, predicate: Predicate, most: int = 6) -> tuple[tuple[str, int], ...]:
        """Return the features that weighed most for or against, in thousandths."""
        column = self.columns[predicate]
        found = {
            feature: int(self.weights[self.rows[feature], column])
            for feature in pair.features
            if feature in self.rows
        }
        ranked = sorted(found.items(), key=lambda item: (-abs(item[1]), item[0]))
        return tuple(ranked[:most])


def signals(total: int | None, pattern: float, surest: float) -> tuple[float, ...]:
    """Return what speaks for and against a triple, for the last decision.

    Args:
        total: the sum of its best pair, in thousandths; None: its names never stand near each other.
        pattern: the confidence of the patterns that state it; 0: none does.
        surest: the confidence of the less sure of its two names.
    """
    own = (total or 0) / SCALE
    doubt = _logit(surest)
    if not pattern:
        return (1.0, own, 0.0, 0.0, 0.0, doubt, 0.0, 0.0)
    return (1.0, 0.0, 1.0, own, _logit(pattern), doubt, doubt, float(total is None))


def _logit(share: float) -> float:
    share = min(max(share, 0.02), 0.98)
    return log(share / (1 - share))


def logistic(total: float) -> float:
    """Return the logistic function of a sum in units of one."""
    return 1 / (1 + exp(-total))


def dump(model: RelationModel) -> bytes:
    """Return the model as a file's bytes; the same model gives the same bytes."""
    names = sorted(model.rows, key=model.rows.__getitem__)
    table = model.weights[[model.rows[name] for name in names]]
    at, columns = np.nonzero(table)
    content = {
        "words": sorted(model.words),
        "predicates": list(model.predicates),
        "judged": sorted(model.judged),
        "bias": [int(value) for value in model.bias],
        "fusion": list(model.fusion),
        "threshold": model.threshold,
        "vetoes": dict(sorted(model.vetoes.items())),
        # in one text each, for JSON takes five times as long over a list of them
        "features": names if any(_END in name for name in names) else _END.join(names),
        # of each feature how many weights it has, then those of all in one row: read in a fifth of the time of a table
        "counts": _text_of(np.bincount(at, minlength=len(names))),
        "columns": _text_of(columns),
        "weights": _text_of(table[at, columns]),
    }
    return gzip.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 9, mtime=0)


def parse(data: bytes, where: str = WEIGHTS) -> RelationModel:
    """Return the model in a file's bytes.

    Raises:
        ResourceError: they hold no model.
    """
    try:
        content = json.loads(_unpacked(data, where))
        predicates = tuple(str(name) for name in content["predicates"])
        if not len(set(predicates)) == len(predicates) == len(content["bias"]):
            raise ValueError("a bias for every predicate is wanted")
        if unknown := set(content["judged"]) - set(predicates):
            raise ValueError(f"no weights of {', '.join(sorted(unknown))}")
        names = content["features"]
        names = names.split(_END) if isinstance(names, str) and names else list(names)
        rows = dict(zip(names, range(1, len(names) + 1), strict=True))
        if len(rows) != len(names):
            raise ValueError("a feature is there twice")
        weights = np.zeros((len(names) + 1, len(predicates)), dtype=np.int32)
        at = np.repeat(np.arange(1, len(names) + 1), _numbers(content["counts"]))
        weights[at, _numbers(content["columns"])] = _numbers(content["weights"])
        return RelationModel(
            frozenset(content["words"]),
            rows,
            weights,
            np.array(content["bias"], dtype=np.int32),
            frozenset(content["judged"]),
            tuple(int(weight) for weight in content["fusion"]),
            float(content["threshold"]),
            {str(name): float(share) for name, share in content["vetoes"].items()},
            predicates,
        )
    except (LookupError, TypeError, ValueError, OSError) as error:
        raise ResourceError(
            where, f"no weights: {error!r}", "run `kg train` again, or install kg again"
        ) from error


def _text_of(numbers: npt.NDArray[np.int64] | npt.NDArray[np.int32]) -> str:
    return ",".join(map(str, numbers.tolist()))


def _numbers(written: str | Sequence[int]) -> npt.NDArray[np.int64]:
    """Return the numbers of a text, or of a list, as weights of earlier versions have them."""
    if isinstance(written, str):
        return np.fromstring(written, dtype=np.int64, sep=",") if written else np.zeros(0, dtype=np.int64)
    return np.array(written, dtype=np.int64)


def _unpacked(data: bytes, where: str) -> bytes:
    with gzip.open(BytesIO(data)) as packed:
        return read_stream(packed, _LARGEST, where)


def default_model() -> RelationModel:
    """Return the weights that come with kg, or the user's own."""
    return _loaded(weights_path(WEIGHTS))


@cache
def _loaded(path: Path) -> RelationModel:
    return parse(read_file(path, LARGEST_TEXT), path.name)


PATTERN = "judge"
"""What found a fact that no pattern fired on."""


@dataclass(frozen=True)
class LearnedJudge:
    """Accepts what patterns state unless the model finds it unlikely, and adds what it finds likely.

    Every fact carries its probability: by what patterns say, what the model finds, and how sure the names are.

    Attributes:
        model: the weights, by default those that come with kg.
        threshold: the least probability of any fact; None: the model's own, one for what patterns state, one for what they do not.
        rules: which patterns' words stand by themselves.
    """

    model: RelationModel = field(default_factory=default_model)
    threshold: float | None = None
    rules: RuleJudge = field(default_factory=RuleJudge)

    def judge(
        self,
        article: Article,
        entities: Sequence[Entity],
        annotated: Sequence[AnnotatedSentence],
        candidates: Sequence[Candidate],
    ) -> tuple[Fact, ...]:
        """Return the facts among the pairs that stand near each other and those the patterns propose."""
        model = self.model
        sure = {entity.id: entity.confidence for entity in entities}
        stated: dict[_Triple, list[Fact]] = {}
        for fact in merge(candidates):
            stated.setdefault((fact.subject, fact.predicate, fact.object), []).append(fact)
        wanted = Wanted(self._least_total, frozenset(frozenset((one, other)) for one, _, other in stated))
        likely = likeliest(model, read_pairs(annotated, candidates, model.words), wanted)
        facts: list[Fact] = []
        assertions: Assertions | None = None  # of pairs that no pattern fired on, which are few
        for key in likely.keys() | stated.keys():
            total, pair = likely.get(key, (None, None))
            said = stated.get(key, ())
            pattern = max((fact.confidence for fact in said), default=0.0)
            surest = min(sure[key[0]], sure[key[2]])
            structural = _by_structure(said)
            if structural:
                probability = round(pattern * surest, 3)
            elif key[1] in model.judged:
                probability = model.probability(total, pattern, surest)
            else:
                probability = pattern
            stands = structural and self.threshold is None and pattern >= self.rules.threshold
            if not (stands or self.accepts(probability, pattern, key[1])):
                continue
            if said:
                facts += [replace(fact, confidence=probability) for fact in said]
            elif pair is not None:
                assertions = assertions or Assertions(annotated, entities, article.publisher)
                standing = assertions.of(_claim(pair, key[1]))
                if standing.status is not None:
                    fact = _read_off(article.text, annotated, pair, key[1], probability)
                    facts.append(standing.of(fact))
        return tuple(sorted(facts, key=_place))

    @cached_property
    def _least_total(self) -> int:
        """The least sum that may make a fact of what no pattern states, however sure its names are.

        A low bound, to look at few of the many sums; what passes it is weighed by itself.
        """

        def may_be(total: int) -> bool:
            model = self.model
            return any(
                self.least(0.0, predicate) <= model.probability(total, 0.0, surest)
                for predicate in model.judged
                for surest in (0.0, 1.0)
            )

        rises = self.model.fusion[1] >= 0  # else a lower sum may be better
        if not rises or may_be(_LEAST):
            return -_MOST
        return _LEAST + bisect_left(range(_LEAST, _MOST), 1, key=may_be)

    def accepts(self, probability: float, pattern: float, predicate: Predicate) -> bool:
        """Say whether a triple is a fact, by its probability and the confidence of the patterns that state it."""
        return probability >= self.least(pattern, predicate)

    def least(self, pattern: float, predicate: Predicate) -> float:
        """Return the least probability of a fact that patterns state with some confidence."""
        if self.threshold is not None:
            return self.threshold
        if pattern < self.rules.threshold:
            return self.model.threshold
        return self.model.vetoes.get(predicate, 0.0) if predicate in self.model.judged else 0.0


def _by_structure(facts: Iterable[Fact]) -> bool:
    """Say whether a table, a list or a title states a fact by its order: the model knows running text only."""
    return any(way_of(firing.subject_by).is_structural for fact in facts for firing in fact.firings)


_Triple = tuple[EntityId, Predicate, EntityId]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which triples are looked at: those whose sum is ``least`` or more, and all between two things of ``ends``."""

    least: int
    ends: frozenset[frozenset[EntityId]]


def likeliest(
    model: RelationModel, pairs: Iterable[Pair], wanted: Wanted | None = None
) -> dict[_Triple, tuple[int, Pair]]:
    """Return the best place of every triple that the model judges, or of those that are ``wanted``, without its features.

    Some pairs are weighed at a time: the features of a long list of names would fill the memory.
    """
    found: dict[_Triple, tuple[int, Pair]] = {}
    waiting = iter(pairs)
    while some := list(islice(waiting, TOGETHER)):
        sums = model.sums(some)
        for at in range(len(some)) if wanted is None else _wanted(some, sums, wanted):
            pair, own = some[at], sums[at].tolist()
            for column, predicate in model.possible(pair):
                subject, obj = ordered(predicate, pair.subject, pair.object)
                key = (subject, predicate, obj)
                if key not in found or own[column] > found[key][0]:
                    found[key] = (own[column], pair)
        if wanted is not None:
            for pair in some:
                pair.features = []
    return found


def _wanted(pairs: Sequence[Pair], sums: npt.NDArray[np.int32], wanted: Wanted) -> Iterator[int]:
    """Yield the places of the pairs that are looked at."""
    for at, enough in enumerate((sums.max(axis=1, initial=-_MOST) >= wanted.least).tolist()):
        if enough or {pairs[at].subject, pairs[at].object} in wanted.ends:
            yield at


def _place(fact: Fact) -> tuple[int, int, str, str, str, str]:
    span = fact.evidence[0].span
    return span.start, span.end, fact.predicate, fact.subject, fact.object, fact.role


def _claim(pair: Pair, predicate: Predicate) -> Claim:
    """Return what is claimed of a pair: all from one name to the other says it."""
    lasting = not schema().predicates[predicate].takes_status
    return Claim(
        pair.sentence,
        pair.evidence,
        pair.evidence.start,
        (pair.subject, pair.object),
        lasting=lasting,
        pair=True,
    )


def _read_off(
    text: str, annotated: Sequence[AnnotatedSentence], pair: Pair, predicate: Predicate, probability: float
) -> Fact:
    """Return the fact that a pair no pattern fired on states, with what can be read off its clause."""
    sentence = annotated[pair.sentence]
    evidence = clause_around(text, pair.evidence, sentence.tagged.sentence.span)
    term = schema().predicates[predicate]
    subject, obj = ordered(predicate, pair.subject, pair.object)
    happens = is_dated(term, subject.partition(":")[0]) and term.fact_class != MEMBERSHIP
    dated = happens and bool(sentence.moments)
    return Fact(
        subject,
        predicate,
        obj,
        (evidence,),
        PATTERN,
        probability,
        _role(text, sentence, pair) if term.takes_role else "",
        Dates(sentence).of(Span(pair.evidence.end - 1, pair.evidence.end)) if dated else None,
        firings=(Firing(PATTERN, None, None, None, str(Way(Base.PAIR))),),
    )


def _role(text: str, sentence: AnnotatedSentence, pair: Pair) -> str:
    """Return the title that stands between a body and a person, or behind both; "" where there is none."""
    ends = {link.entity: link for link in sentence.links if pair.evidence.holds(link.span)}
    if pair.subject not in ends or pair.object not in ends:
        return ""
    person, body = ends[pair.subject].span, ends[pair.object].span
    between = text[body.end : person.start] if body.end <= person.start else text[body.end : body.end + 12]
    title = _TITLE_END.split(between.strip("的原、 "), maxsplit=1)[0]
    return title if is_title(title) else ""
