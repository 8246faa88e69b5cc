"""Which texts are nearly the same, however many of them there are: each tied to the longest that is like it.

Nobody compares each with each. A text gets a few signatures, each made of the least of its runs in two orders; texts that are
nearly the same have one in common, and only those are compared, each with a few leaders of all that have the signature. So
the work grows with the number of texts, and thirty reprints are found as well as two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["NEAR", "reprints_of"]

NEAR: Final = 0.8
"""Of the runs of the longer text, that the other has too."""

_SIGNATURES: Final = 12
"""With two orders each, of a thousand pairs of texts that just are near hardly one is missed."""

_LEADERS: Final = 8  # with one signature, that a text is compared with
_FACTOR: Final = 0x9E3779B1
_STEP: Final = 0x85EBCA6B
_Sketch = NDArray[np.uint32]


def reprints_of(
    sketches: Sequence[_Sketch], is_one: Callable[[int, int, float], bool]
) -> dict[tuple[int, int], float]:
    """Return which text each reprint is one of, and how much of the shorter of the two the other has.

    Args:
        sketches: the runs of each text, sorted, at least one.
        is_one: whether two that share so much of the longer one are one text, by what else is known of them.
    """
    order = sorted(range(len(sketches)), key=lambda number: (-len(sketches[number]), number))
    found: dict[int, tuple[int, float]] = {}

    def top(number: int) -> int:
        while number in found:
            number = found[number][0]
        return number

    def look(number: int, leaders: Sequence[int]) -> None:
        """Tie a text to the first leader that it is a reprint of."""
        for leader in leaders:
            common = len(np.intersect1d(sketches[number], sketches[leader], assume_unique=True))
            share = common / len(sketches[leader])
            if share >= NEAR and is_one(leader, number, share):
                found[number] = leader, common / len(sketches[number])
                return

    for bucket in _buckets([sketches[number] for number in order]):
        leaders = list[int]()
        for number in (order[at] for at in bucket):
            if number not in found:
                look(number, leaders)
            if top(number) not in leaders and len(leaders) < _LEADERS:
                leaders.append(top(number))
    return {(leader, number): share for number, (leader, share) in found.items()}


def _buckets(sketches: Sequence[_Sketch]) -> Iterator[list[int]]:
    """Yield the texts that have a signature in common, the first of them first."""
    if not sketches:
        return
    runs = np.concatenate(sketches)
    starts = np.cumsum([0, *(len(sketch) for sketch in sketches[:-1])])
    for signature in range(_SIGNATURES):
        first, second = (_least(runs, starts, 2 * signature + half) for half in range(2))
        held: dict[int, list[int]] = defaultdict(list)
        for at, value in enumerate((first << np.uint64(32) | second).tolist()):
            held[value].append(at)
        yield from (bucket for bucket in held.values() if len(bucket) > 1)


def _least(runs: _Sketch, starts: NDArray[np.int64], order: int) -> NDArray[np.uint64]:
    """Return the least run of each text in one of many orders of all runs."""
    mixed = (runs ^ np.uint32((order + 1) * _STEP & 0xFFFFFFFF)) * np.uint32(_FACTOR)
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(_STEP)
    mixed ^= mixed >> np.uint32(13)
    return np.minimum.reduceat(mixed, starts).astype(np.uint64)
