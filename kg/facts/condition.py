"""Conditions and questions, which say nothing: 如果……, 是否……, ……吗？, and what follows from a condition, which is planned.

Planned is an event, too, whose day somebody only decides on: 会议决定，下次会议4月27日举行.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.base.late import late
from kg.base.model import Span
from kg.facts.ground import CLAUSE_ENDS, NAME, Ground, Scope, pattern, words

_HELD_ALREADY: Final = late("[了过]|已|曾|昨|日前")
ASKED: Final = late(r"[？?]+[”’」』）)]*\s*$")


def conditions(ground: Ground) -> Iterator[Scope]:
    """Yield conditions, which are not said, and what follows from them, which is not yet so."""
    for match in ground.find(pattern("condition", "opens")):
        cue = ground.at(match)
        if ground.is_word(cue):
            yield from _condition(ground, cue)
    for match in ground.find(pattern("condition", "single")):
        cue = ground.at(match)
        if ground.is_word(cue) and ground.clause_start(cue.start) == cue.start and _has_outcome(ground, cue):
            yield from _condition(ground, cue)
    for match in ground.find(pattern("condition", "behind")):
        end = ground.at(match).end
        yield Scope(Span(ground.clause_start(end), end), None)


def fixed(ground: Ground) -> Iterator[Scope]:
    """Yield what is only decided to be held: 决定，下次会议4月27日举行; 决定召开会员大会."""
    for match in ground.find(pattern("condition", "fixes")):
        cue = ground.at(match)
        start = cue.end + (ground.text[cue.end - ground.span.start :][:1] in ("，", ",", "：", ":"))
        end = ground.clause_end(start)
        clause = ground.text[start - ground.span.start : end - ground.span.start]
        held = pattern("condition", "held").search(clause)
        if ground.is_word(cue) and held is not None and not _HELD_ALREADY.search(clause):
            yield Scope(Span(cue.start, end), "planned")


def _has_outcome(ground: Ground, cue: Span) -> bool:
    behind = ground.text[ground.clause_end(cue.end) - ground.span.start :]
    return bool(re.match(f"[，,]{NAME}*(?:将|则|可|就|便|须|应|会|才|即|再)", behind))


def _condition(ground: Ground, cue: Span) -> Iterator[Scope]:
    last = _closing_quote(ground, cue)
    end = min(ground.clause_end(cue.end), last)
    rest = ground.text[cue.end - ground.span.start : last - ground.span.start]
    unreal = pattern("condition", "unreal").search(rest) is not None
    start = ground.clause_start(cue.start)
    yield Scope(Span(start, end), None)
    if end < last:
        yield Scope(Span(end, last), None if unreal else "planned")


def _closing_quote(ground: Ground, cue: Span) -> int:
    """Return where the words end that are quoted with the cue, the sentence's end where it is not quoted."""
    before = ground.text[: cue.start - ground.span.start]
    close = ground.text.find("”", len(before))
    return (
        ground.span.start + close if close >= 0 and before.count("“") > before.count("”") else ground.span.end
    )


def questions(ground: Ground) -> Iterator[Scope]:
    """Yield what is asked: 是否……, ……吗？, ……？, not what a question takes for granted."""
    for match in ground.find(pattern("condition", "whether")):
        cue = ground.at(match)
        if ground.is_word(cue) or len(match.group()) > 1:
            yield Scope(Span(cue.start, ground.clause_end(cue.end)), None)
    asked = ASKED.search(ground.text)
    if asked is None:
        return
    end = ground.span.start + asked.start()
    start = end
    while start > ground.span.start and ground.text[start - ground.span.start - 1] not in CLAUSE_ENDS:
        start -= 1
    clause = ground.text[start - ground.span.start : asked.start()].rstrip("”’")
    if clause.endswith(words("condition").words("asks")) or not pattern("condition", "granted").search(
        clause
    ):
        yield Scope(Span(start, end), None)
