"""The sentences of an article by their place, found without going through all of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kg.base.model import AnnotatedSentence, Span

__all__ = ["Sentences"]


class Sentences:
    """The sentences of an article, in order; they do not overlap."""

    def __init__(self, annotated: Sequence[AnnotatedSentence]) -> None:
        self.all = annotated
        self._starts = [each.tagged.sentence.span.start for each in annotated]

    def over(self, span: Span) -> Iterator[tuple[int, AnnotatedSentence]]:
        """Yield the sentences that share a code point with a span, with their places."""
        at = max(0, bisect_right(self._starts, span.start) - 1)
        while at < len(self.all) and self._starts[at] < span.end:
            if self.all[at].tagged.sentence.span.overlaps(span):
                yield at, self.all[at]
            at += 1
