"""``Reading`` -> ``MainEvent | None``: what an article is about, where its title and first sentences make that clear.

The title says the kind (会见, 中标, 地震); facts of that kind in the title or the first sentences, with an end that the
title names, tell the event. A disaster or accident needs no fact: place, time, magnitude and casualties stand around
its word. Nothing is said where the title speaks of two kinds, or of something that only has to do with the event.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias

from kg.base.late import late
from kg.base.model import EntityId, Fact, Figure, Link, Moment, Predicate, Reading, Sentence, Span
from kg.base.schema import schema
from kg.base.wordlist import either, read_words

_FILE: Final = "language/events.toml"
_DISASTER: Final = "disaster"
_KINDS: Final = ("meeting", "purchase", "bid", "penalty", "appointment", "prize")
_LEAD: Final = 3  # sentences of the body that tell what it is about
_SURE: Final = 0.6  # a less sure fact tells no main event
_HAPPENS: Final = late("发生|突发|遭遇|遭受|袭击|登陆|出现|引发")
_PEOPLE: Final = frozenset(("人", "名", "位", ""))
_TOWARDS: Final = late("方向|至|沿岸|以[东西南北]|[东西南北]{1,2}[约近]?\\d|附近海域")
_GIVES: Final = late("授予|颁|表彰|追授|给予")
_PASSIVE: Final = late("[被获受]")
_TO: Final = late("[为给向][^，。；]*$")
_REACH: Final = 12  # characters before a name in which 为 or 向 may stand
_DAY: Final = len("2022-06-22")
_END: Final = "，。；！？\n"


@dataclass(frozen=True, slots=True)
class MainEvent:
    """What an article is about.

    Attributes:
        kind: meeting, purchase, bid, penalty, appointment, prize or disaster.
        quote: where the article tells it first.
        facts: the facts that tell it; none for a disaster.
        place: where a disaster happened.
        date: when, where the same sentence or fact says.
        figures: magnitude and casualties.
    """

    kind: str
    quote: Span
    facts: tuple[Fact, ...] = ()
    place: EntityId | None = None
    date: Moment | None = None
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class _Words:
    not_about: re.Pattern[str]
    titles: dict[str, re.Pattern[str]]
    predicates: dict[str, frozenset[Predicate]]
    other: dict[str, re.Pattern[str]]  # words that hold a word of the title and mean something else
    casualties: re.Pattern[str]


@cache
def _words() -> _Words:
    words = read_words(_FILE).only("not_about", *_KINDS, _DISASTER)
    hurt = read_words("language/figures.toml").either("casualties")
    return _Words(
        late(words.either("not_about")),
        {kind: late(words.table(kind).either("title")) for kind in (*_KINDS, _DISASTER)},
        {kind: frozenset(words.table(kind).words("predicates")) for kind in _KINDS},
        {kind: late(words.table(kind).either("not")) for kind in _KINDS if "not" in words.table(kind).data},
        late(f"[^，。；\\d]{{0,6}}?(?:{hurt})"),
    )


def main_event(reading: Reading) -> MainEvent | None:
    """Return what the article is about; None where that is not clear."""
    if len(reading.sentences) < 2:
        return None
    title, *rest = _lead(reading.sentences)
    if _words().not_about.search(title.text):
        return None
    if _words().titles[_DISASTER].search(title.text):
        return _disaster(reading, title, rest)
    found = [event for kind in _KINDS if (event := _told(reading, kind, title, rest)) is not None]
    return found[0] if len(found) == 1 else None


def _lead(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return the title and the first sentences of the body, those that only repeat the title left out."""
    title = sentences[0]
    own = [sentence for sentence in sentences[1:] if sentence.text.strip() != title.text.strip()]
    return [title, *own[:_LEAD]]


# Told by facts --------------------------------------------------------------------------------------------------------


def _told(reading: Reading, kind: str, title: Sentence, rest: Sequence[Sentence]) -> MainEvent | None:
    """Return the event of a kind that facts of the title or the first sentences tell."""
    cue = _cue(kind, title.text)
    if cue is None:
        return None
    named = {link.entity for link in reading.links if title.span.holds(link.span)}
    spans = [title.span, *(sentence.span for sentence in rest)]
    ranked: list[tuple[int, Fact]] = []
    for fact in reading.facts:
        if fact.predicate not in _words().predicates[kind] or fact.status == "denied" or fact.derived:
            continue
        ends = (fact.subject in named) + (fact.object in named)
        told = any(span.holds(piece.span) for piece in fact.evidence for span in spans)
        if ends and told and fact.confidence >= _SURE and _FITS.get(kind, _fits)(reading, fact, title, cue):
            ranked.append((ends, fact))
    best = max((ends for ends, _ in ranked), default=0)
    facts = _without_shorter(_said_best([fact for ends, fact in ranked if ends == best]))
    if not facts or (kind == "appointment" and _is_torn(facts)):
        return None
    quote = min((piece.span for piece in facts[0].evidence), key=lambda span: (span.start, span.end))
    date = facts[0].date
    in_lead = date is not None and any(span.holds(date.span) for span in spans)
    return MainEvent(kind, quote, facts, None, date if in_lead else None)


def _cue(kind: str, text: str) -> int | None:
    """Return where the title says the kind, None where it does not."""
    other = _words().other.get(kind)
    clear = other.sub(lambda match: "\0" * len(match.group()), text) if other else text
    match = _words().titles[kind].search(clear)
    return match.start() if match else None


def _fits(reading: Reading, fact: Fact, title: Sentence, cue: int) -> bool:  # noqa: ARG001 - the others look
    """Say that the title need say no more."""
    return True


def _is_bought(reading: Reading, fact: Fact, title: Sentence, cue: int) -> bool:
    """Say whether the title names the buyer, who is no place, before its verb: no holder or seller."""
    stop = title.span.start + cue
    named = {
        link.entity for link in reading.links if link.span.start >= title.span.start and link.span.end <= stop
    }
    return fact.subject in named and not fact.subject.startswith("Place")


def _is_new_post(reading: Reading, fact: Fact, title: Sentence, cue: int) -> bool:
    """Say whether the role stands behind the verb of the title, or of the quote: no post held before."""
    named = {link.entity for link in reading.links if title.span.holds(link.span)}
    if fact.subject not in named or not fact.role:
        return False
    if fact.role in title.text:
        return fact.role in title.text[cue:]
    quotes = [piece.quote for piece in fact.evidence]
    starts = [(quote, at) for quote in quotes if (at := _cue("appointment", quote)) is not None]
    return any(fact.role in quote[at:] for quote, at in starts)


def _is_received(reading: Reading, fact: Fact, title: Sentence, cue: int) -> bool:  # noqa: ARG001
    """Say whether who got an honour stands before it, or behind the verb of giving."""
    if fact.predicate not in schema().having("received"):
        return True
    span = fact.evidence[0].span
    starts = {link.entity: link.span.start for link in reversed(reading.links) if span.holds(link.span)}
    who, what = starts.get(fact.subject), starts.get(fact.object)
    if who is None or what is None:
        return True
    text = reading.article.text
    gives = _GIVES.search(text, min(who, what), max(who, what))
    if who > what:
        return _GIVES.search(text, span.start, who) is not None
    if gives is None or _PASSIVE.search(text, who, gives.start()):
        return True
    return _TO.search(text[max(span.start, who - _REACH) : who]) is not None


def _said_best(facts: Sequence[Fact]) -> list[Fact]:
    """Leave out what is only planned or passed on where the same is asserted too."""
    sure = {
        (fact.subject, fact.predicate, fact.object, fact.role) for fact in facts if fact.status == "asserted"
    }
    return [
        fact
        for fact in facts
        if fact.status == "asserted" or (fact.subject, fact.predicate, fact.object, fact.role) not in sure
    ]


def _is_torn(facts: Sequence[Fact]) -> bool:
    """Say whether one title of one person is told of two bodies, so that one of them is wrong."""
    bodies: dict[tuple[EntityId, str], set[EntityId]] = {}
    for fact in facts:
        bodies.setdefault((fact.subject, fact.role), set()).add(fact.object)
    return any(len(own) > 1 for own in bodies.values())


def _without_shorter(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Leave out a post whose title is the end of a longer one of the same person there: 市长 beside 代理市长."""
    roles = {(fact.subject, fact.object, fact.role) for fact in facts}
    return tuple(
        fact
        for fact in facts
        if not any(
            (s, o) == (fact.subject, fact.object)
            and role != fact.role
            and fact.role
            and role.endswith(fact.role)
            for s, o, role in roles
        )
    )


_Fits: TypeAlias = Callable[[Reading, Fact, Sentence, int], bool]
_FITS: Final[dict[str, _Fits]] = {"purchase": _is_bought, "appointment": _is_new_post, "prize": _is_received}


# Disasters ------------------------------------------------------------------------------------------------------------


def _disaster(reading: Reading, title: Sentence, rest: Sequence[Sentence]) -> MainEvent | None:
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
        _DISASTER, _clause(sentence, place.span, reading.article.text), (), place.entity, date, figures
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
    words = _words().titles[_DISASTER]
    kinds = {match.group() for match in words.finditer(title.text)}
    for match in re.finditer(either(kinds), sentence.text):
        start = max(sentence.text.rfind(mark, 0, match.start()) for mark in _END) + 1
        happens = _HAPPENS.search(sentence.text, start, match.start())
        if sentence is title or happens:
            yield sentence.span.start + (happens.start() if happens else match.start())


def _is_toll(text: str, figure: Figure, lead: Sequence[Sentence]) -> bool:
    """Say whether a figure of the first sentences is a magnitude or counts casualties."""
    if not any(sentence.span.holds(figure.span) for sentence in lead):
        return False
    if figure.unit == "级":
        return text.startswith(("地震", "强震"), figure.span.end)
    return figure.unit in _PEOPLE and _words().casualties.match(text, figure.span.end) is not None


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
