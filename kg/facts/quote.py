"""The clause around some words: what a fact quotes."""

from __future__ import annotations

from kg.base.model import Evidence, Span

BORDERS = "，,；;：:。！？!?\n"
_BLANKS = " \u3000\t"


def clause_around(text: str, span: Span, bounds: Span) -> Evidence:
    """Return the clause, or clauses, that hold ``span``, without blanks at their ends.

    Args:
        text: the article's text.
        span: what the quote has to hold.
        bounds: the sentence; the quote does not leave it.
    """
    start, end = span.start, span.end
    while start > bounds.start and text[start - 1] not in BORDERS:
        start -= 1
    while end < bounds.end and text[end] not in BORDERS:
        end += 1
    while start < end and text[start] in _BLANKS:
        start += 1
    while end > start and text[end - 1] in _BLANKS:
        end -= 1
    return Evidence(Span(start, end), text[start:end])
