"""The learned judge: a sparse logistic regression over typed pairs, patterns among its features.

Weights are whole numbers (thousandths), so sums, and with them the bytes of the graph, are the same on every processor.
They come from ``kg train`` and see types in place of names (see ``kg.pair``).
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import exp
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.errors import ResourceError
from kg.model import Predicate
from kg.pair import DOMAINS, PREDICATES, Pair
from kg.resources import data_path

WEIGHTS = "weights/relation.json.gz"
SCALE = 1000  # weights are thousandths
_ORDER: tuple[Predicate, ...] = tuple(DOMAINS)


@dataclass(frozen=True)
class RelationModel:
    """Weights per feature and predicate, and what their sums mean.

    Attributes:
        words: the vocabulary that features may name.
        rows: feature -> row of ``weights``.
        weights: thousandths, shape (features, predicates).
        bias: thousandths per predicate.
        judged: the predicates this model decides; the others are left to the patterns.
        knots: sums (thousandths) and the probabilities they were right at in cross-validation, both ascending.
        threshold: the least probability of an accepted fact.
    """

    words: frozenset[str]
    rows: dict[str, int]
    weights: npt.NDArray[np.int32]
    bias: npt.NDArray[np.int32]
    judged: frozenset[Predicate]
    knots: tuple[tuple[int, float], ...]
    threshold: float

    def sums(self, pairs: Sequence[Pair]) -> npt.NDArray[np.int32]:
        """Return each pair's sum of weights per predicate, in thousandths."""
        rows = self.rows
        indices: list[int] = []
        starts: list[int] = []
        for pair in pairs:
            starts.append(len(indices))
            indices.append(0)  # row 0 is empty, so that no pair is without one
            indices.extend({rows[feature] for feature in pair.features if feature in rows})
        if not pairs:
            return np.zeros((0, len(_ORDER)), dtype=np.int32)
        return np.add.reduceat(self.weights[indices], starts, axis=0, dtype=np.int32) + self.bias

    def probability(self, total: int) -> float:
        """Return how often a sum like this one was right, by linear interpolation between the knots."""
        knots = self.knots
        if total <= knots[0][0]:
            return knots[0][1]
        for (low, before), (high, after) in pairwise(knots):
            if total < high:
                return round(before + (after - before) * (total - low) / (high - low), 3)
        return knots[-1][1]

    def reasons(self, pair: Pair, predicate: Predicate, most: int = 6) -> tuple[tuple[str, int], ...]:
        """Return the features that weighed most for or against, in thousandths."""
        column = _ORDER.index(predicate)
        found = {
            feature: int(self.weights[self.rows[feature], column])
            for feature in pair.features
            if feature in self.rows
        }
        ranked = sorted(found.items(), key=lambda item: (-abs(item[1]), item[0]))
        return tuple(ranked[:most])


def possible(pair: Pair) -> Iterable[tuple[int, Predicate]]:
    """Return the predicates that the pair's types allow, with their columns."""
    return ((_ORDER.index(predicate), predicate) for predicate in PREDICATES.get(pair.types, ()))


def logistic(total: float) -> float:
    """Return the logistic function of a sum in units of one."""
    return 1 / (1 + exp(-total))


def dump(model: RelationModel, report: dict[str, Any]) -> bytes:
    """Return the model as a file's bytes; the same model gives the same bytes."""
    names = sorted(model.rows, key=model.rows.__getitem__)
    table = {
        name: {
            str(column): int(weight)
            for column, weight in enumerate(model.weights[model.rows[name]])
            if weight
        }
        for name in names
    }
    content = {
        "words": sorted(model.words),
        "predicates": list(_ORDER),
        "judged": sorted(model.judged),
        "bias": [int(value) for value in model.bias],
        "knots": [list(knot) for knot in model.knots],
        "threshold": model.threshold,
        "weights": table,
        "report": report,
    }
    return gzip.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 9, mtime=0)


def parse(data: bytes, where: str = WEIGHTS) -> RelationModel:
    """Return the model in a file's bytes.

    Raises:
        ResourceError: they hold no model of these predicates.
    """
    try:
        content = json.loads(gzip.decompress(data))
        if content["predicates"] != list(_ORDER):
            raise ResourceError(where, "weights for other predicates", "run `kg train` again")
        rows = {name: row for row, name in enumerate(content["weights"], start=1)}
        weights = np.zeros((len(rows) + 1, len(_ORDER)), dtype=np.int32)
        for name, row in rows.items():
            for column, weight in content["weights"][name].items():
                weights[row, int(column)] = weight
        return RelationModel(
            frozenset(content["words"]),
            rows,
            weights,
            np.array(content["bias"], dtype=np.int32),
            frozenset(content["judged"]),
            tuple((int(total), float(share)) for total, share in content["knots"]),
            float(content["threshold"]),
        )
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise ResourceError(
            where, f"no weights: {error!r}", "run `kg train` again, or install kg again"
        ) from error


@cache
def default_model() -> RelationModel:
    """Return the weights that come with kg."""
    return parse(data_path(WEIGHTS).read_bytes())
