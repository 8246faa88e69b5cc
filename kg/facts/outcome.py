"""What words behind it say of a claim: that it came to nothing (告吹, 叫停), is still to be done (尚待批准), is not true (系谣言)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.base.late import late
from kg.base.model import Span, Status
from kg.facts.condition import ASKED
from kg.facts.ground import CLAUSE_ENDS, NAME, Ground, Scope, pattern

_OUTCOMES: Final[tuple[tuple[str, Status], ...]] = (
    ("undone", "denied"),
    ("pending", "planned"),
    ("half", "planned"),
)
_NOT_HE: Final = late(f"的(?P<cue>并不是|并非|不是){NAME}+(?=[。；]?$)")
_VERDICTS: Final[tuple[tuple[str, Status], ...]] = (
    ("untrue", "denied"),
    ("untrue_of_hearsay", "denied"),
    ("unconfirmed", "reported"),
)
_ABOUT: Final = late("(?:就|关于|对|围绕)[^，；]{2,}$")
_GRANTED: Final = ("获", "有条件", "附条件")
_OTHER_MATTER: Final = late(r"(?:对|就|关于|针对)(?!此|上述|该|这|前述|以上|网传|有关|相关|传)")


def undone(ground: Ground) -> Iterator[Scope]:
    """Yield what words behind it say was not done, or is still to be done."""
    for key, status in _OUTCOMES:
        for match in ground.find(pattern("behind", key)):
            cue = ground.at(match)
            if not ground.is_word(cue) or (key == "half" and not _is_about(ground, cue)):
                continue
            if key == "undone" and not _closes(ground, cue.end):
                continue
            if key == "pending" and not _awaits(ground, cue):
                continue
            yield Scope(Span(_reach(ground, cue), cue.start), status)


def _is_about(ground: Ground, cue: Span) -> bool:
    """Say whether a deed is what it is about: 就收购甲达成意向, 收购甲获有条件批准; not 甲与乙达成意向."""
    clause = ground.text[ground.sentence_part(cue.start) - ground.span.start : cue.start - ground.span.start]
    return _ABOUT.search(clause) is not None or ground.raw(cue).startswith(_GRANTED)


def _closes(ground: Ground, end: int) -> bool:
    """Say whether the clause ends there, so that the verb has no object of its own: 因雨取消, not 取消限购."""
    rest = ground.text[end - ground.span.start : ground.clause_end(end) - ground.span.start]
    return re.fullmatch(r"[了的告终收场”’）)]*", rest) is not None


def _awaits(ground: Ground, cue: Span) -> bool:
    rest = ground.text[cue.start - ground.span.start : ground.clause_end(cue.end) - ground.span.start]
    whole = re.match("(?:尚未|等待批|等待审|待批|待审|待定|未最终|仍在)", rest)
    return whole is not None or pattern("behind", "consent").search(rest) is not None


def _reach(ground: Ground, cue: Span) -> int:
    """Return how far back a word behind the claim reaches: its clause, and the one before where it names nobody of its own."""
    start = cue.start
    while start > ground.span.start and ground.text[start - ground.span.start - 1] not in CLAUSE_ENDS:
        start -= 1
    before = ground.text[start - ground.span.start : cue.start - ground.span.start]
    if (
        NAME in re.sub(f"(?:因|由于|遭|被|与|和|对|向){NAME}+[^，]*$", "", before)
        or start == ground.span.start
    ):
        return start
    start -= 1
    while start > ground.span.start and ground.text[start - ground.span.start - 1] not in CLAUSE_ENDS:
        start -= 1
    return start


def not_by(ground: Ground) -> Iterator[Scope]:
    """Yield what is said not to be the doing of the one named last: 收购乙的并非甲."""
    for match in ground.find(_NOT_HE):
        cue = ground.at(match, "cue")
        yield Scope(Span(ground.sentence_part(cue.start), cue.start), "denied")


def untrue(ground: Ground, before: Sequence[Ground], hearsay: Sequence[Scope]) -> Iterator[Scope]:
    """Yield what is denied or left open behind it: in the sentence, and in those before that it speaks of."""
    for key, status in _VERDICTS:
        for match in ground.find(pattern("behind", key)):
            cue = ground.at(match)
            if not ground.is_word(cue) and len(match.group()) < 4:
                continue
            yield from _backwards(ground, before, cue, status, key, hearsay)


def _backwards(
    ground: Ground, before: Sequence[Ground], cue: Span, status: Status, key: str, hearsay: Sequence[Scope]
) -> Iterator[Scope]:
    clause = ground.clause_start(cue.start)
    own = ground.text[clause - ground.span.start : cue.start - ground.span.start]
    told = [scope.span.start for scope in hearsay if scope.span.start < cue.start]
    about = re.search("所谓|关于|有关|网传|“", ground.text[: cue.start - ground.span.start])
    if key == "untrue_of_hearsay":
        if told:
            yield Scope(Span(min(told), cue.start), status)
        elif before and _is_doubted(before[-1]):
            yield Scope(before[-1].span, status)
        return
    start = ground.span.start
    if told:
        start = min(told)
    elif about:
        start += about.start()
    if _OTHER_MATTER.search(own) and not told:
        start = clause
    if cue.start > start:
        yield Scope(Span(start, cue.start), status)
    of_own = ground.has_name(clause, cue.start)
    takes_up = pattern("behind", "back" if not of_own else "back_surely").search(
        ground.text, 0, cue.start - ground.span.start
    )
    at_once = cue.start - ground.span.start <= 4
    if before and (takes_up or at_once) and not told:
        yield from _before(before, status)


def _is_doubted(ground: Ground) -> bool:
    """Say whether a sentence is a question, or says that it is hearsay."""
    return ASKED.search(ground.text) is not None or any(
        ground.is_word(ground.at(match)) for match in ground.find(pattern("source", "rumoured"))
    )


def _before(before: Sequence[Ground], status: Status) -> Iterator[Scope]:
    """Yield the sentence before, and those before it as far as the one that says that others say so."""
    last = before[-1]
    yield Scope(last.span, status)
    if (
        _tells(last)
        or last.sentence.tagged.sentence.paragraph != before[0].sentence.tagged.sentence.paragraph
    ):
        return
    told = [number for number, each in enumerate(before) if _tells(each)]
    if told:
        for each in before[told[-1] : -1]:
            yield Scope(each.span, status)


def _tells(ground: Ground) -> bool:
    """Say whether a sentence says that others say something."""
    keys = ("rumoured", "anonymous")
    return any(pattern("source", key).search(ground.text) for key in keys)
