"""Figures that are not whose name stands near: those of unnamed bodies, of a class, of what a name only describes.

相关部门投放猪肉2000吨                 of bodies that the sentence before did not name
目标公司（持有甲学院全部权益）90%股权    not of the name in the brackets
甲市是10个试点城市之一                 counts the class, not what belongs to it
每持有50股甲可获发1股乙                 a ratio of two things, of neither of them
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import AnnotatedSentence, EntityId, Link, Span
from kg.base.wordlist import WordTable, read_words
from kg.figures.unit import Quantity

__all__ = ["counts_a_class", "is_asked", "is_ratio", "is_set_name", "of_others", "of_then", "only_described"]

_BRACKETS: Final = late("[（(][^（）()]*[）)]")
_LEFT: Final = 8  # characters left of a name or a number where the word that tells stands
_NUMBER: Final = "0-9一二两三四五六七八九十百千万"
_PERCENT: Final = late("[^0-9，。；]{0,3}[0-9.]+[%‰]")
_STOPS: Final = "，,；;。！？"


@dataclass(frozen=True, slots=True)
class _Words:
    """The lists of ``[nobody]`` in ``data/language/figures.toml``, compiled."""

    others: re.Pattern[str]
    holding: re.Pattern[str]
    held_by: re.Pattern[str]
    among: re.Pattern[str]
    one_of: re.Pattern[str]
    ratio: re.Pattern[str]
    part_of: re.Pattern[str]
    share_of: re.Pattern[str]
    scene: re.Pattern[str]
    having: re.Pattern[str]
    asked: re.Pattern[str]
    series: re.Pattern[str]
    then: re.Pattern[str]
    now: re.Pattern[str]


@cache
def _words() -> _Words:
    table = read_words("language/figures.toml").table("nobody")
    body = f"[^，。；：,;的0-9]{{0,10}}?(?:{table.either('bodies')})"
    return _Words(
        late(rf"[\s“]*(?:{table.either('heads')}|{table.either('places')}){body}"),
        late(f"(?:{table.either('holding')})了?$"),
        late(f"[^，。；：,;]{{0,8}}?的(?:[^，。；：,;的]{{0,4}})?(?:{table.either('held_by')})"),
        late(f"(?:{table.either('among')})[^，。；：,;的]{{0,4}}$"),
        _one_of(table),
        _ratio(table),
        late(
            f"(?:{table.either('equal')})[^。；！？;]*(?:{table.either('wholes')})(?:的|约|近|[0-9.]+%|[及和与、])*$"
        ),
        late(f"占(?![{_any(table, 'no_share_behind')}])[^，。；：！？,;]*$"),
        late(f"[^，。；：！？,;、的]{{0,8}}?(?:{table.either('held_in')})"),
        late(table.either("having")),
        late(
            f"(?:{table.either('asking')})[^，。；：！？,;]{{0,12}}?(?:{table.either('once_more')})[^，。；：！？,;]{{0,8}}$"
        ),
        late(f"[^，。；：！？,;、的]{{0,12}}?》?(?:{table.either('series')})[^，。；：！？,;、0-9]{{0,6}}$"),
        late(
            f"(?<![相承跟前后])(?P<then>继[^，。；]{{4,}}?后)[，,]?[^。；]*?(?:{table.either('this_time')})"
        ),
        late(table.either("this_time")),
    )


def _one_of(table: WordTable) -> re.Pattern[str]:
    one = f"(?:{table.either('one_among')})[{_any(table, 'one')}]"
    return late(f"的?[^，。；、：！？,;0-9]{{0,14}}?(?:{one}|{table.either('one_of')})")


def _ratio(table: WordTable) -> re.Pattern[str]:
    return late(
        rf"每(?:持有)?(?:[{_NUMBER}]+)(?P<unit>[{_any(table, 'shares')}])[^。；：！？;]{{0,20}}?"
        rf"(?:{table.either('exchanged')})(?:[^，。；：！？,;]{{0,4}}?)[{_NUMBER}.]+(?P=unit)"
    )


def _any(table: WordTable, key: str) -> str:
    return "".join(sorted(table.characters(key)))


def is_ratio(annotated: AnnotatedSentence, q: Quantity) -> bool:
    """Say whether a figure is a side of a ratio of shares, or the part that something unnamed is of what a name has.

    相当于发售股份数目约8%; 售出的股份占甲公司股本的8%; but 甲市产量占全国的8% is of 甲市.
    """
    text, offset = annotated.tagged.sentence.text, annotated.tagged.sentence.span.start
    if any(match.start() <= q.start < match.end() for match in _words().ratio.finditer(text)):
        return True
    if q.form != "percent":
        return False
    share = _words().share_of.search(text, 0, q.start)
    if share is None:
        return _words().part_of.search(text, 0, q.start) is not None
    clause = max(text.rfind(mark, 0, share.start()) for mark in _STOPS) + 1
    starts = [link.span.start - offset for link in annotated.links if link.is_name]
    named = any(clause <= start < share.start() for start in starts)
    return (
        bool(text[clause : share.start()].strip())
        and not named
        and any(share.start() <= start < q.start for start in starts)
    )


def of_others(annotated: AnnotatedSentence, at: int) -> bool:
    """Say whether bodies that no name tells begin the sentence, and no name stands between them and the figure at ``at``."""
    text, offset = annotated.tagged.sentence.text, annotated.tagged.sentence.span.start
    head = _words().others.match(text)
    return head is not None and not any(offset <= link.span.start < at for link in annotated.links)


def is_set_name(annotated: AnnotatedSentence, q: Quantity) -> bool:
    """Say whether a number is part of what a set is called, which nobody here has: 与三大运营商合作; but 拥有七大产品线."""
    if q.unit != "大":
        return False
    text, offset = annotated.tagged.sentence.text, annotated.tagged.sentence.span.start
    for link in annotated.links:
        blank = "\ue000" * (link.span.end - link.span.start)
        text = text[: link.span.start - offset] + blank + text[link.span.end - offset :]
    clause = max(text.rfind(mark, 0, q.start) for mark in _STOPS) + 1
    return not _words().having.search(text, clause, q.start)


def is_asked(annotated: AnnotatedSentence, q: Quantity) -> bool:
    """Say whether somebody asks for the figure: 专家要求再准备1例; so it is of none whom a sentence before names."""
    return _words().asked.search(annotated.tagged.sentence.text, 0, q.start) is not None


def of_then(annotated: AnnotatedSentence, at: int) -> frozenset[EntityId]:
    """Return what is named of a time that is over only: 继2008年甲出席第三届会议后，本次会议完成2台手术."""
    text, offset = annotated.tagged.sentence.text, annotated.tagged.sentence.span.start
    past = _words().then.search(text, 0, at - offset)
    if past is None:
        return frozenset()
    then = range(past.start(), past.end("then"))
    named = {link.entity for link in annotated.links if link.span.start - offset in then}
    again = {
        link.entity
        for link in annotated.links
        if link.span.start - offset not in then and (link.is_name or not _words().now.match(link.text))
    }
    return frozenset(named - again)


def only_described(annotated: AnnotatedSentence, at: int) -> frozenset[Span]:
    """Return the names left of ``at`` that only describe: in brackets that close before it, held by an unnamed body, the whole of a share, the scene of an event.

    A thing that is named outside such words too is kept.
    """
    text, offset = annotated.tagged.sentence.text, annotated.tagged.sentence.span.start
    asides = [match.span() for match in _BRACKETS.finditer(text) if offset + match.end() <= at]
    share = _words().share_of.search(text, 0, at - offset) if _PERCENT.match(text, at - offset) else None
    found = {
        link.span: link
        for link in annotated.links
        if any(offset + a <= link.span.start and link.span.end <= offset + b for a, b in asides)
        or (link.span.end <= at and _is_held(text, link, offset))
        or _is_scene(text, link, offset)
        or _is_in_title(text, link, offset, at)
        or (share and link.is_name and offset + share.start() <= link.span.start < at)
    }
    outside = {link.entity for link in annotated.links if link.span not in found}
    return frozenset(span for span, link in found.items() if link.entity not in outside)


def _is_scene(text: str, link: Link, offset: int) -> bool:
    """Say whether a name is only where something is held: 签约仪式在甲市举行."""
    start, end = link.span.start - offset, link.span.end - offset
    return (
        link.type == "Place"
        and text[:start].endswith(("在", "于"))
        and _words().scene.match(text, end) is not None
    )


def _is_in_title(text: str, link: Link, offset: int, at: int) -> bool:
    """Say whether a name is part of what works are called: 《甲国研究》, 甲国农村研究系列专著8部."""
    start, end = link.span.start - offset, link.span.end - offset
    if link.type in ("Place", "Organization") and text.rfind("《", 0, start) > text.rfind("》", 0, start):
        return True
    return end <= at - offset and _words().series.match(text, end, at - offset) is not None


def _is_held(text: str, link: Link, offset: int) -> bool:
    """Say whether a name is what an unnamed body has: 持有甲学院的公司."""
    start, end = link.span.start - offset, link.span.end - offset
    words = _words()
    return (
        words.holding.search(text, max(0, start - _LEFT), start) is not None
        and words.held_by.match(text, end) is not None
    )


def counts_a_class(annotated: AnnotatedSentence, q: Quantity) -> bool:
    """Say whether a figure counts what one of the named things belongs to: 是10个试点城市之一; but 甲公司5家门店之一 has an owner."""
    text, offset = annotated.tagged.sentence.text, annotated.tagged.sentence.span.start
    if _words().one_of.match(text, q.end) is None:
        return False
    clause = max(text.rfind(mark, 0, q.start) for mark in _STOPS) + 1
    among = _words().among.search(text, max(clause, q.start - _LEFT), q.start)
    if among is None:
        return not text[clause : q.start].strip()
    return not any(among.start() <= link.span.start - offset < q.start for link in annotated.links)
