"""Title and first sentences -> a disaster or accident: place, time, magnitude and casualties around its word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.base.late import late
from kg.base.model import Figure, Link, Reading, Sentence, Span
from kg.base.wordlist import either
from kg.facts.event import DISASTER, MainEvent, event_words

__all__ = ["disaster"]

_HAPPENS: Final = late("发生|突发|遭遇|遭受|袭击|登陆|出现|引发")
_PEOPLE: Final = frozenset(("人", "名", "位", ""))
_TOWARDS: Final = late("方向|至|沿岸|以[东西南北]|[东西南北]{1,2}[约近]?\\d|附近海域")
_SAYS: Final = late(
    "[^，。 ]{1,8}(?<![简俗又别号名])[称说](?!号)|[^，。 ]{0,4}(?:[外港美英日俄]媒|据报|网传)"
)
_DAY: Final = len("2022-06-22")
_END: Final = "，。；！？\n"


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
        status="reported" if _SAYS.match(title.text) else "asserted",
    )


def _where(reading: Reading, title: Sentence, rest: Sequence[Sentence]) -> tuple[Sentence, Link] | None:
    """Return the sentence that tells what happened, and the last place it names before that."""
    known = {entity.id for entity in reading.entities}
    for sentence in (*rest, title):
        for at in _happenings(sentence, title):
            places = [
                link
                for link in reading.links
                if link.type == "Place"
                and link.entity in known
                and sentence.span.holds(link.span)
                and link.span.end <= at
                and not _TOWARDS.match(reading.article.text, link.span.end)
            ]
            if places:
                return sentence, places[-1]
    return None


def _happenings(sentence: Sentence, title: Sentence) -> Iterator[int]:
    """Yield where a sentence says that the disaster of the title happened."""
    words = event_words().disaster
    kinds = {match.group() for match in words.finditer(title.text)}
    kinds |= {word for alike in event_words().accidents if alike & kinds for word in alike}
    for match in re.finditer(either(kinds), sentence.text):
        start = max(sentence.text.rfind(mark, 0, match.start()) for mark in _END) + 1
        happens = _HAPPENS.search(sentence.text, start, match.start())
        if sentence is title or happens or match.group() in event_words().verbs:
            yield sentence.span.start + (happens.start() if happens else match.start())


def _is_toll(text: str, figure: Figure, lead: Sequence[Sentence]) -> bool:
    """Say whether a figure of the first sentences is a magnitude or counts casualties."""
    if not any(sentence.span.holds(figure.span) for sentence in lead):
        return False
    if figure.unit == "级":
        return text.startswith(("地震", "强震"), figure.span.end)
    return figure.unit in _PEOPLE and event_words().casualties.match(text, figure.span.end) is not None


def _clause(sentence: Sentence, place: Span, text: str) -> Span:
    """Return the clause from the place to what happened."""
    start = max(text.rfind(mark, sentence.span.start, place.start) for mark in _END) + 1
    start = max(start, sentence.span.start)
    return Span(start, min(sentence.span.end, max(place.end, _end_of(text, place.end, sentence.span.end))))


def _end_of(text: str, start: int, stop: int) -> int:
    happens = _HAPPENS.search(text, start, stop)
    start = happens.end() if happens else start
    ends = [at for mark in _END if (at := text.find(mark, start, stop)) >= 0]
    return min(ends, default=stop)
