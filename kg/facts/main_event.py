"""What an article is about, where its title and first sentences make that clear.

The title says the kind (会见, 中标, 地震). Its wording and that of the first sentences say who does it and to whom; facts
of that kind there, with an end that the title names, tell it too. A disaster or accident needs neither: place, time,
magnitude and casualties stand around its word. Nothing is said where the title speaks of two kinds, of something that only
has to do with the event, or of what did not happen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from kg.base.model import EntityId, Fact, Predicate, Reading, Sentence
from kg.facts.deed import deed
from kg.facts.disaster import disaster, says_disaster
from kg.facts.event import DEEDS, DISASTER, KINDS, MainEvent, sureness
from kg.facts.event_facts import cue_of, facts_of, is_giving, won_later
from kg.facts.event_names import blanked, masked_title, names_in
from kg.facts.event_parts import date_of, figures_of, place_of
from kg.facts.event_shapes import Told, told, told_by_fields
from kg.facts.event_words import KindWords, event_words
from kg.text.script import as_read, is_traditional

__all__ = ["MainEvent", "is_told_by", "lead", "main_event", "tells"]

_LEAD: Final = 3  # sentences of the body that tell what it is about
_NOTICE: Final = 60  # sentences of a notice that may be lines of fields
_HALF: Final = ("；", ";")  # ends the first half of a title


def tells(kind: str, title: str) -> bool:
    """Say whether a title may tell an event of a kind, whatever of it is in names: a title alone does not say which they are."""
    if kind == DISASTER:
        return says_disaster(title)
    return kind in (*KINDS, *DEEDS) and cue_of(kind, title) is not None


def is_told_by(kind: str, predicate: Predicate) -> bool:
    """Say whether facts of a predicate tell events of a kind; a disaster is told by none."""
    return kind in KINDS and predicate in event_words().kinds[kind].predicates


def main_event(reading: Reading) -> MainEvent | None:
    """Return what the article is about; None where that is not clear."""
    if not is_traditional(reading.article.text):
        return _told_event(reading)
    plain = as_read(reading)
    event = _told_event(plain)
    if event is None:
        return None
    written = dict(zip(plain.facts, reading.facts, strict=True))
    return replace(event, facts=tuple(written[fact] for fact in event.facts))


def _told_event(reading: Reading) -> MainEvent | None:
    if len(reading.sentences) < 2:
        return None
    title, *rest = lead(reading.sentences)
    event = _great(reading, title, rest)
    return _weighed(event) if event else deed(reading, title, rest)


def _great(reading: Reading, title: Sentence, rest: Sequence[Sentence]) -> MainEvent | None:
    """Return the event of one of `KINDS`, or the disaster, that the article tells; None where it tells none or several."""
    words = event_words()
    names = names_in(reading, title)
    masked = masked_title(reading, title)
    undone = [
        match.group()
        for match in words.undone.finditer(blanked(title.text, names_in(reading, title, honours=True)))
    ]
    refused = bool(undone) and all(map(words.refused.fullmatch, undone))
    if words.not_about.search(masked_title(reading, title, honours=False)) or (undone and not refused):
        return None
    if says_disaster(title.text):
        about_more = words.disaster.not_about.search(title.text)
        return None if about_more else disaster(reading, title, rest)
    cues = {
        kind: cue
        for kind in (("purchase",) if refused else KINDS)
        if (cue := cue_of(kind, title.text, names)) is not None and not _is_about_more(kind, masked)
    }
    found = [
        event for kind, cue in cues.items() if (event := _event(reading, kind, title, rest, cue)) is not None
    ]
    if len(found) != 1 or (refused and found[0].status != "denied"):
        return None
    return found[0]


def _weighed(event: MainEvent) -> MainEvent:
    return replace(event, confidence=sureness(event.kind, event.facts))


def lead(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return the title and the first sentences of the body, without those that only repeat the title or tell nothing."""
    title = _opening(sentences)
    name = title.text.strip()
    own = (
        sentence
        for sentence in islice(sentences, sentences.index(title) + 1, None)
        if sentence.text.strip() != name and not event_words().furniture.search(sentence.text)
    )
    return [title, *islice(own, _LEAD)]


def _opening(sentences: Sequence[Sentence]) -> Sentence:
    """Return the title: the sentence behind a cry that a first line opens with (喜报！甲荣获乙奖), else the first.

    Of a title of two halves (油价上涨；甲收购乙) it is the second where the first tells of no kind.
    """
    first, second, *more = sentences
    is_cry = more and not event_words().hails.sub("", first.text.strip(), count=1)
    is_half = more and first.paragraph == second.paragraph and first.text.strip().endswith(_HALF)
    tells_none = is_half and not any(tells(kind, first.text) for kind in (*KINDS, DISASTER))
    return second if is_cry or tells_none else first


def _event(
    reading: Reading, kind: str, title: Sentence, rest: Sequence[Sentence], cue: int
) -> MainEvent | None:
    """Return the event of a kind that wording and facts of the title and the first sentences tell, or the lines of a notice.

    Where such lines tell it, what facts say, dates and figures are looked for in all of them, not in the first only.
    """
    words = event_words().kinds[kind]
    if words.names_it and not _is_named(reading, words, title):
        return None
    said, rest = _said(reading, words, title, rest)
    if said is not None and kind != "meeting" and set(said.agents) & set(said.patients):
        return None  # nobody does it to himself: one of the two is not who it is
    if said is not None and not (said.agents or (said.patients and not words.needs_agent)):
        said = None
    if (
        said is not None
        and words.not_yet
        and any(words.not_yet.search(s.text) for s in (title, *rest[:_LEAD]))
    ):
        said = replace(said, status="planned")
    facts = facts_of(reading, kind, title, rest, cue)
    if said is not None:
        facts = tuple(fact for fact in facts if _agrees(kind, fact, said, reading))
    if said is None and words.by_wording:
        return None
    if said is None:
        facts = facts or (won_later(reading, kind, title, cue) if words.of_honours else ())
        return _of_facts(reading, kind, facts, title, rest) if facts else None
    return _of_wording(reading, kind, facts, said, title, rest)


def _is_named(reading: Reading, words: KindWords, title: Sentence) -> bool:
    """Say whether a title names somebody or something, or is that of a notice."""
    if words.notice is not None and words.notice.search(title.text):
        return True
    return any(title.span.holds(link.span) for link in reading.links)


def _said(
    reading: Reading, words: KindWords, title: Sentence, rest: Sequence[Sentence]
) -> tuple[Told | None, Sequence[Sentence]]:
    """Return what the wording tells, and the sentences that count for the rest: all lines where those of a notice tell it."""
    said = told(reading, words, title, rest)
    if words.notice is None or not words.notice.search(title.text):
        return said, rest
    if said is not None and said.patients and (said.sentence is title if words.several else said.agents):
        return said, rest
    lines = told_by_fields(reading, words, reading.sentences[1:_NOTICE])
    if lines is None:
        return said, rest
    if said is not None and not words.several:
        lines = replace(said, agents=said.agents or lines.agents, patients=said.patients or lines.patients)
    return lines, reading.sentences[1:_NOTICE]


def _agrees(kind: str, fact: Fact, said: Told, reading: Reading) -> bool:
    """Say whether a fact has the sides that the wording gives the event, and is as sure."""
    if kind == "purchase" and event_words().sells.search(said.trigger.of(reading.article.text)):
        return False
    if kind in ("purchase", "bid", "meeting") and said.status != fact.status:
        return False
    if kind in ("bid", "meeting"):
        sides = {*said.agents, *said.patients}
        one_sided = not (said.agents and said.patients)
        return {fact.subject, fact.object} <= sides or (
            one_sided and bool({fact.subject, fact.object} & sides)
        )
    if kind in ("purchase", "penalty"):
        return _is_in(fact.subject, said.agents) and _is_in(fact.object, said.patients)
    return is_giving(kind, fact) or _is_in(fact.subject, said.patients)


def _is_in(entity: EntityId, side: Sequence[EntityId]) -> bool:
    return not side or entity in side


def _of_facts(
    reading: Reading, kind: str, facts: tuple[Fact, ...], title: Sentence, rest: Sequence[Sentence]
) -> MainEvent:
    """Return an event that only facts tell: ``facts``, one at least. ``rest`` is the lead, or the lines of a notice."""
    quote = min((piece.span for piece in facts[0].evidence), key=lambda span: (span.start, span.end))
    spans = [title.span, *(sentence.span for sentence in rest)]
    evidence = [piece.span for fact in facts for piece in fact.evidence]
    date = facts[0].date
    in_lead = date is not None and any(span.holds(date.span) for span in spans)
    figures = figures_of(reading, event_words().kinds[kind], evidence, title, rest)
    agents, patients = _sides(kind, facts)
    return MainEvent(
        kind, quote, facts, None, date if in_lead else None, figures, agents, patients, facts[0].status
    )


def _of_wording(
    reading: Reading,
    kind: str,
    facts: tuple[Fact, ...],
    said: Told,
    title: Sentence,
    rest: Sequence[Sentence],
) -> MainEvent:
    """Return an event that the wording tells, with the facts that agree; ``rest`` is the lead, or the lines of a notice."""
    dates = [fact.date for fact in facts if fact.date is not None]
    lead = [title.span, *(sentence.span for sentence in rest)]
    date = next((one for one in dates if any(span.holds(one.span) for span in lead)), None)
    agents, patients = _sides(kind, facts)
    if kind == "meeting":
        patients = tuple(one for one in agents if one not in said.agents)
    return MainEvent(
        kind,
        said.clauses[0],
        facts,
        place_of(reading, said) if kind == "meeting" else None,
        date or date_of(reading, said),
        figures_of(reading, event_words().kinds[kind], said, title, rest),
        _without_parts(reading, said.agents or agents),
        _without_parts(reading, tuple(one for one in said.patients or patients if one not in said.agents)),
        said.status,
    )


def _without_parts(reading: Reading, side: tuple[EntityId, ...]) -> tuple[EntityId, ...]:
    """Leave out people whose name is only the beginning or the end of another person's on the same side."""
    names = {
        entity.id: entity.name for entity in reading.entities if entity.id in side and entity.type == "Person"
    }
    return tuple(
        one
        for one in side
        if not any(
            one in names
            and other != names[one]
            and (other.startswith(names[one]) or other.endswith(names[one]))
            for other in names.values()
        )
    )


def _sides(kind: str, facts: Sequence[Fact]) -> tuple[tuple[EntityId, ...], tuple[EntityId, ...]]:
    """Return who does it and to whom, as facts tell it: both sides of a meeting meet, and neither of a contract is named first."""
    if kind == "meeting":
        return tuple(dict.fromkeys(end for fact in facts for end in (fact.subject, fact.object))), ()
    if kind == "bid":
        return (), ()
    if kind in ("appointment", "prize"):
        givers = dict.fromkeys(fact.subject for fact in facts if is_giving(kind, fact))
        others = dict.fromkeys(fact.subject for fact in facts if not is_giving(kind, fact))
        return tuple(givers), tuple(others)
    return tuple(dict.fromkeys(fact.subject for fact in facts)), tuple(
        dict.fromkeys(fact.object for fact in facts)
    )


def _is_about_more(kind: str, masked: str) -> bool:
    """Say whether a title, its names masked, speaks of the kind but is about something else: 甲夺冠后, 甲收购乙遭问询."""
    not_about = event_words().kinds[kind].not_about
    return not_about is not None and not_about.search(masked) is not None
