"""Which articles have the same words: copies of one text (通稿), excerpts, shared passages.

News repeat formulas, so what two articles share says little unless nobody else has it. Of the runs of their sketches count
the rare ones, which at most two sources of the corpus have. Two articles whose shorter one has most of its rare runs in common
with the other are one source, unless they speak of other things: a form filled in with other names is no copy. What is nearly
the same is found first and counts as one source in this, or three reprints would hide one another: however many there are,
each is tied to the longest like it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.corpus.groups import Groups
from kg.corpus.model import ArticleFeatures, Copy
from kg.corpus.reprints import reprints_of
from kg.corpus.sketch import ONE_IN

__all__ = ["copies_of"]

SHARE: Final = 0.55  # of the rare runs of the shorter article, from which on the two are one source
PASSAGES: Final = 0.2  # ... and from which on the passages they share are told
FEWEST: Final = 80 // ONE_IN  # kept runs that copies share at least
FEWEST_OF_PASSAGES: Final = 40 // ONE_IN
VERBATIM: Final = 0.9  # share of all runs but formulas, from which on texts are the same to the letter
NAMES: Final = 0.75  # of the names of the shorter article, that the other one has too where the texts differ
FEWEST_NAMES: Final = 3
FORMULA: Final = 12  # a run that more articles have is a formula
RARE: Final = 2  # sources that a rare run has at most

_BYTES: Final = 4  # of a run in a sketch
_Runs = tuple[NDArray[np.int64], NDArray[np.int64]]
_Pairs = dict[tuple[int, int], tuple[float, int]]


def copies_of(features: Iterable[ArticleFeatures]) -> tuple[Copy, ...]:
    """Return the pairs of articles with the same words, sorted. The order of the articles does not matter.

    Of many copies of one text not every pair is named, but all of them are tied together.
    """
    articles = sorted(features, key=lambda article: article.sha256)
    sketches = [np.frombuffer(article.sketch, dtype="<u4") for article in articles]
    near = _equal(articles)
    rest = [number for number, sketch in enumerate(sketches) if number not in near and len(sketch) >= FEWEST]
    for (one, other), share in reprints_of(
        [sketches[number] for number in rest],
        lambda a, b, share: _is_reprint(share, articles[rest[a]], articles[rest[b]]),
    ).items():
        near[rest[other]] = rest[one], share
    first = [number for number in range(len(articles)) if number not in near]
    copies = [
        Copy(
            articles[first[a]].sha256,
            articles[first[b]].sha256,
            round(share, 3),
            same=common >= FEWEST and _is_one_source(share, articles[first[a]], articles[first[b]]),
        )
        for (a, b), (share, common) in _alike_in_what_is_rare([sketches[number] for number in first]).items()
    ]
    for number, (of, share) in near.items():
        a, b = sorted((articles[number].sha256, articles[of].sha256))
        copies.append(Copy(a, b, round(share, 3), same=True))
    return tuple(sorted(copies))


def _alike_in_what_is_rare(sketches: Sequence[NDArray[np.uint32]]) -> _Pairs:
    """Return the pairs of articles that share enough of what hardly anybody else has: how much of it, and how many runs."""
    sizes = np.array([len(sketch) for sketch in sketches], dtype=np.int64)
    runs = _shared_runs(sketches)
    verbatim = dict(_alike(runs, sizes, FORMULA, VERBATIM, FEWEST))
    groups = Groups[int]()
    for pair in verbatim:
        groups.join(*pair)
    rare = _by_group(runs, np.array([groups.of(number) for number in range(len(sketches))], dtype=np.int64))
    return {**dict(_alike(rare, sizes, RARE, PASSAGES, FEWEST_OF_PASSAGES)), **verbatim}


def _is_reprint(share: float, a: ArticleFeatures, b: ArticleFeatures) -> bool:
    """Say whether two articles, one of which shares so much of all its runs, with formulas, are one text: the names decide."""
    shared, names = _shared_names(a, b)
    return shared >= NAMES * names and (share >= VERBATIM or shared >= FEWEST_NAMES)


def _is_one_source(share: float, a: ArticleFeatures, b: ArticleFeatures) -> bool:
    """Say whether two articles that share so much have one source: nearly every word, or most and the same names."""
    if share >= VERBATIM:
        return True
    shared, names = _shared_names(a, b)
    return share >= SHARE and shared >= max(FEWEST_NAMES, NAMES * names)


def _shared_names(a: ArticleFeatures, b: ArticleFeatures) -> tuple[int, int]:
    """Return how many things of the shorter of two articles the other one names too, and how many it has."""
    shorter, longer = sorted((a, b), key=lambda article: (len(article.sketch), article.sha256))
    known = {name for entity in longer.entities for name in entity.names}
    return sum(entity.name in known for entity in shorter.entities), len(shorter.entities)


def _equal(articles: Sequence[ArticleFeatures]) -> dict[int, tuple[int, float]]:
    """Return the articles whose sketch an earlier one has too, and that one, of which they share all."""
    seen: dict[bytes, int] = {}
    equal = {}
    for number, article in enumerate(articles):
        if len(article.sketch) >= FEWEST_OF_PASSAGES * _BYTES:
            before = seen.setdefault(article.sketch, number)
            if before != number:
                equal[number] = before, 1.0
    return equal


def _by_group(runs: _Runs, group: NDArray[np.int64]) -> _Runs:
    """Return the runs with the first article of each group in the place of all, without those that one group alone has."""
    number, owner = runs
    width = max(len(group), 1)
    rows = np.unique(number * width + group[owner])
    number, owner = np.divmod(rows, width)
    _, at, counts = np.unique(number, return_inverse=True, return_counts=True)
    several = counts[at] > 1 if len(rows) else np.zeros(0, dtype=bool)
    return number[several], owner[several]


def _shared_runs(sketches: Sequence[NDArray[np.uint32]]) -> _Runs:
    """Return the runs that two articles or more have: a number for each run, and an article that has it, sorted."""
    if not sketches:
        empty = np.zeros(0, dtype=np.int64)
        return empty, empty
    hashes = np.concatenate(sketches)
    owners = np.repeat(np.arange(len(sketches), dtype=np.int64), [len(sketch) for sketch in sketches])
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    _, number, counts = np.unique(hashes, return_inverse=True, return_counts=True)
    several = counts[number] > 1
    return number[several].astype(np.int64), owners[several]


def _alike(
    runs: _Runs, sizes: NDArray[np.int64], most: int, least: float, fewest: int
) -> Iterator[tuple[tuple[int, int], tuple[float, int]]]:
    """Yield the pairs of articles that share enough of the runs that at most ``most`` of them have: the share, and how many."""
    number, owner = runs
    if not len(number):
        return
    _, first, counts = np.unique(number, return_index=True, return_counts=True)
    everyday = np.repeat(counts > most, counts)
    own = sizes - np.bincount(owner[everyday], minlength=len(sizes))
    pairs = []
    for size in range(2, most + 1):
        starts = first[counts == size]
        for left, right in combinations(range(size), 2):
            pairs.append(owner[starts + left] * len(sizes) + owner[starts + right])
    codes, common = np.unique(np.concatenate(pairs), return_counts=True)
    for code, shared in zip(codes[common >= fewest].tolist(), common[common >= fewest].tolist(), strict=True):
        a, b = divmod(code, len(sizes))
        share = shared / max(min(int(own[a]), int(own[b])), 1)
        if share >= least:
            yield (a, b), (min(share, 1.0), shared)
