"""Dates and periods in the text -> ``Moment*``: EDTF (ISO 8601-2), resolved against the article's date.

A date without its year takes it from the last date before it that tells on (2019年5月3日动工，6月1日竣工), not from one
that belongs to something else (2012年建成的桥5月8日通车); else it is the one nearest to the article's date. Where neither
says which year, there is no Moment, as for what counts from the article's date (今年, 昨日, 近三年) where there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.base.late import late
from kg.base.model import Article, Link, Moment, Span, TaggedSentence
from kg.figures.date_forms import FORMS, Context, Day, Match, Reader
from kg.figures.no_date import no_dates, offsets
from kg.figures.numeral import plain
from kg.figures.tied import BORDERS, dates_words, reach_of

__all__ = ["find_moments"]

_FUTURE: Final = late(dates_words("year").either("future"))
_YEAR_WORD: Final = late(dates_words("year").either("begins"))
_BORDER: Final = late(f"[{BORDERS}]")
_UNTOLD: Final = Day(0)
_HINT: Final = late("[年月日号季昨今明后前周期五]|[0-9０-９]{4}[-/.]")


def find_moments(
    article: Article, tagged: Sequence[TaggedSentence], links: Sequence[Sequence[Link]] = ()
) -> tuple[tuple[Moment, ...], ...]:
    """Return the dates and periods of each sentence, in order; ``links`` are the names of each."""
    context = Context(article.published)
    paragraph = -1
    rows: list[tuple[Moment, ...]] = []
    for number, sentence in enumerate(tagged):
        if sentence.sentence.paragraph != paragraph:
            _end_paragraph(context)
        paragraph = sentence.sentence.paragraph
        if not _HINT.search(sentence.sentence.text):
            rows.append(())
            continue
        rows.append(_read(sentence, links[number] if links else (), context))
    return tuple(rows)


def _read(tagged: TaggedSentence, links: Sequence[Link], context: Context) -> tuple[Moment, ...]:
    """Return the dates and periods of one sentence; of two that overlap, the earlier form in the list."""
    sentence = tagged.sentence
    text = plain(sentence.text)
    moments: list[Moment] = []
    for start, end, match, reader in _forms(text):
        context.read, context.own_year = None, False
        if match is None or reader is None:
            context.told = None
            continue
        context.future = _FUTURE.search(_clause(text, start)) is not None
        since = text[context.anchored_at : start] if context.anchored_at >= 0 else "，"
        context.same_clause = _BORDER.search(since) is None
        edtf = reader(match, context)
        if not edtf:
            continue
        span = Span(sentence.span.start + start, sentence.span.start + end)
        moments.append(Moment(span, sentence.text[start:end], edtf))
        if context.read is None:
            continue
        context.told = context.read
        if context.own_year:
            context.years.add(context.read.year)
        reach = reach_of(tagged, span, links)
        if reach is None or not reach.carries:
            continue
        context.last = context.read
        if context.own_year:
            context.anchor, context.anchored_at = context.read, end
    _end_sentence(context)
    return tuple(moments)


def _end_paragraph(context: Context) -> None:
    """Forget the dates: a new paragraph speaks from the article's date again.

    Where the article has none, the year goes on if it is the only one told so far.
    """
    context.told = None
    if context.published is not None or len(context.years) > 1:
        context.last = context.anchor = None
    elif context.anchor is not None:
        context.anchor = Day(context.anchor.year)


def _end_sentence(context: Context) -> None:
    """Forget a year without a month: the next sentence may tell of that year still, or of the article's again."""
    context.anchored_at = -1
    anchor = context.anchor
    if anchor is not None and anchor is context.last and not anchor.month:
        same = context.published is not None and context.published.year == anchor.year
        context.last = context.anchor = None if same else _UNTOLD


def _clause(text: str, at: int) -> str:
    """Return the clause around a place, and the one behind it."""
    start = max((match.end() for match in _BORDER.finditer(text, 0, at)), default=0)
    ends = [match.start() for match in _BORDER.finditer(text, at)]
    return text[start : ends[1] if len(ends) > 1 else len(text)]


def _forms(text: str) -> list[tuple[int, int, Match | None, Reader | None]]:
    """Return what is written like a date, in order, with its reader; none for what is no date of the calendar."""
    found: list[tuple[int, int, Match | None, Reader | None]] = [
        (*span, None, None) for span in (*no_dates(text), *offsets(text))
    ]
    characters = frozenset(text)
    for pattern, reader, signs in FORMS:
        if characters.isdisjoint(signs):
            continue
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < other[1] and other[0] < end for other in found) or _in_word(match, text):
                continue
            found.append((start, end, match, reader))
    return sorted(found, key=lambda form: form[:2])


def _in_word(match: Match, text: str) -> bool:
    """Say whether the 年 of 今年 or 后年 begins another word: 投产后|年产值."""
    year = match.groupdict().get("year")
    if not year or not year.endswith("年"):
        return False
    return _YEAR_WORD.match(text, match.end("year") - 1) is not None
