"""A disaster or accident that title and first sentences tell: place, time, magnitude and casualties around its word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.base.model import Figure, Link, Reading, Sentence, Span
from kg.base.wordlist import either
from kg.facts.event import DISASTER, MainEvent
from kg.facts.event_words import event_words

__all__ = ["clear_of", "disaster", "says_disaster"]

_PEOPLE: Final = frozenset(("人", "名", "位", ""))
_LEVEL: Final = "级"
_DAY: Final = len("2022-06-22")
_END: Final = "，。；！？\n"


def says_disaster(title: str) -> bool:
    """Say whether a title has a word for a disaster that means one."""
    return event_words().disaster.title.search(clear_of(title)) is not None


def clear_of(text: str) -> str:
    """Return a text as long, without the words that hold one for a disaster and mean something else: 爆炸式."""
    return event_words().disaster.other.sub(lambda match: "\0" * len(match.group()), text)


def disaster(reading: Reading, title: Sentence, rest: Sequence[Sentence]) -> MainEvent | None:
    """Return a disaster or accident with its place, time, magnitude and casualties."""
    where = _where(reading, title, rest)
    if where is None:
        return None
    sentence, place = where
    lead = [title, *rest]
    figures = tuple(figure for figure in reading.figures if _is_toll(reading.article.text, figure, lead))
    date = next((moment for moment in reading.moments if sentence.span.holds(moment.span)), None)
    if date is None:
        spans = [one.span for one in lead]
        held = (
            m for m in reading.moments if len(m.edtf) == _DAY and any(span.holds(m.span) for span in spans)
        )
        date = next(held, None)
    return MainEvent(
        DISASTER,
        _clause(sentence, place.span, reading.article.text),
        (),
        place.entity,
        date,
        figures,
        status="reported" if event_words().disaster.says.match(title.text) else "asserted",
    )


def _where(reading: Reading, title: Sentence, rest: Sequence[Sentence]) -> tuple[Sentence, Link] | None:
    """Return the sentence that tells what happened, and the last place it names before that."""
    known, words = {entity.id for entity in reading.entities}, event_words().disaster
    for sentence in (*rest, title):
        for at in _happenings(sentence, title):
            places = [
                link
                for link in reading.links
                if link.type == "Place"
                and link.entity in known
                and sentence.span.holds(link.span)
                and link.span.end <= at
                and not words.route.search(reading.article.text, sentence.span.start, link.span.start)
                and not words.towards.match(reading.article.text, link.span.end)
                and not words.directions.fullmatch(link.text)
            ]
            if places:
                return sentence, places[-1]
    return None


def _happenings(sentence: Sentence, title: Sentence) -> Iterator[int]:
    """Yield where a sentence says that the disaster of the title happened."""
    words = event_words().disaster
    kinds = {match.group() for match in words.title.finditer(clear_of(title.text))}
    kinds |= {word for alike in words.alike if alike & kinds for word in alike}
    for match in re.finditer(either(kinds), clear_of(sentence.text)):
        start = max(sentence.text.rfind(mark, 0, match.start()) for mark in _END) + 1
        if words.not_yet.search(sentence.text, start, match.start()):
            continue
        happens = words.happens.search(sentence.text, start, match.start())
        if sentence is title or happens or match.group() in words.verbs:
            yield sentence.span.start + (happens.start() if happens else match.start())


def _is_toll(text: str, figure: Figure, lead: Sequence[Sentence]) -> bool:
    """Say whether a figure of the first sentences is a magnitude or counts casualties."""
    if not any(sentence.span.holds(figure.span) for sentence in lead):
        return False
    words = event_words().disaster
    if figure.unit == _LEVEL:
        return text.startswith(words.quakes, figure.span.end)
    return figure.unit in _PEOPLE and words.casualties.match(text, figure.span.end) is not None


def _clause(sentence: Sentence, place: Span, text: str) -> Span:
    """Return the clause from the place to what happened."""
    start = max(text.rfind(mark, sentence.span.start, place.start) for mark in _END) + 1
    start = max(start, sentence.span.start)
    return Span(start, min(sentence.span.end, max(place.end, _end_of(text, place.end, sentence.span.end))))


def _end_of(text: str, start: int, stop: int) -> int:
    happens = event_words().disaster.happens.search(text, start, stop)
    start = happens.end() if happens else start
    ends = [at for mark in _END if (at := text.find(mark, start, stop)) >= 0]
    return min(ends, default=stop)
