"""The sketch of a text: every run of eight characters whose hash falls into a quarter of all."""

from __future__ import annotations

from typing import Final

import numpy as np

from kg.base.model import Article

__all__ = ["ONE_IN", "RUN", "sketch_of"]

RUN: Final = 8  # characters of a run
ONE_IN: Final = 4  # runs, that a sketch keeps

_FACTOR: Final = 0x9E3779B97F4A7C15


def sketch_of(article: Article) -> bytes:
    """Return hashes of the runs of eight letters or digits in what an article states, four bytes each, sorted."""
    text = "".join(span.of(article.text) for span in article.body)
    letters = "".join(filter(str.isalnum, text))
    codes = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    if len(codes) < RUN:
        return b""
    found = np.zeros(len(codes) - RUN + 1, dtype=np.uint64)
    for at in range(RUN):
        found = (found ^ codes[at : len(codes) - RUN + 1 + at]) * np.uint64(_FACTOR)
        found ^= found >> np.uint64(29)
    kept = found[found % np.uint64(ONE_IN) == 0] >> np.uint64(32)
    return np.unique(kept.astype("<u4")).tobytes()
