"""``Article`` -> ``Passage*``: the stretches of whole sentences that a language model is asked about, one after the other.

What is shown is the text as it is read: folded and in simplified characters. The body alone is asked about; the title and the
end of the passage before go along to be understood by, not to be quoted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.base.model import Article, Sentence, Span
from kg.text.folding import folded
from kg.text.script import is_traditional, simplified
from kg.text.sentence import split

__all__ = ["Passage", "as_read", "passages"]

LONGEST: Final = 800
"""Code points of a passage, unless one sentence has more."""

_BEFORE: Final = 200
"""Code points of the sentences before a passage that go along with it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of whole sentences of an article, in the text as it is read."""

    span: Span
    text: str
    title: str
    before: str  # the sentences right before it


def as_read(article: Article) -> Article:
    """Return an article as its reader sees it: folded, and in simplified characters."""
    fold = folded(article)
    seen = fold.article if fold else article
    return simplified(seen) if is_traditional(article.text) else seen


def passages(article: Article) -> tuple[Passage, ...]:
    """Return the passages of an article ``as_read``, in order; they cover its body and do not overlap."""
    found: list[Passage] = []
    sentences = split(article)
    for start, end in _groups(sentences):
        span = Span(sentences[start].span.start, sentences[end - 1].span.end)
        found.append(Passage(span, _joined(sentences[start:end]), article.title, _context(sentences[:start])))
    return tuple(found)


def _groups(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Yield the ends of runs of sentences that fit into one passage."""
    start = 0
    for number, sentence in enumerate(sentences):
        if number > start and sentence.span.end - sentences[start].span.start > LONGEST:
            yield start, number
            start = number
    if start < len(sentences):
        yield start, len(sentences)


def _context(before: Sequence[Sentence]) -> str:
    """Return the last sentences before a passage, as many whole ones as fit."""
    start = len(before)
    while start and before[-1].span.end - before[start - 1].span.start <= _BEFORE:
        start -= 1
    return _joined(before[start:])


def _joined(sentences: Sequence[Sentence]) -> str:
    """Return sentences as one text, a line for each paragraph; what lies between paragraphs and is none is left out."""
    lines: dict[int, list[str]] = {}
    for sentence in sentences:
        lines.setdefault(sentence.paragraph, []).append(sentence.text)
    return "\n".join(map("".join, lines.values()))
