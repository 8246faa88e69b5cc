"""Names that only say who somebody is, stand in a row with what is counted, or issued what sets out the parts that are told.

甲局局长张三先后收受礼金5万元           of the man, not of the office
16个区及甲管委会签约                 甲 stands beside the sixteen, and has none of them
甲省印发《乙方案》，提出20项措施         the twenty are those of the plan
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import AnnotatedSentence, EntityId, Link
from kg.base.nesting import outermost
from kg.base.wordlist import read_words
from kg.figures.around import Around, Setting
from kg.figures.unit import Quantity
from kg.names.lexicon import titles
from kg.words import tags

__all__ = ["no_bodies_of_posts", "not_in_a_row", "sets_out"]

_IN: Final = "[^，。；：！？,;:]"  # within a clause
_NO_TITLE: Final = late("[，。；：！？,;:的“”]")
_LONGEST_TITLE: Final = 20
_COUNTED: Final = late("[^，。；：！？,;、和及与的0-9]{1,4}[、和及与]")  # 16个|区及
_NEXT: Final = late("[、和及与]")
_PAUSE: Final = late("[，,；;]")
_OF_HIM: Final = ("的", "之")
_WHILE: Final = ("在", "于", "自", "从", "当")
_GOES_ON: Final = frozenset(
    (tags.VERB, tags.VERB_AS_ADVERB, tags.ADVERB, tags.ADJECTIVE_AS_ADVERB, tags.PREPOSITION)
)
"""What a clause begins with that has the subject of the one before it."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The lists of ``[beside]`` in ``data/language/figures.toml``, compiled."""

    leading: re.Pattern[str]
    circumstances: tuple[str, ...]
    issuing: re.Pattern[str]
    set_out: re.Pattern[str]
    parts: frozenset[str]
    kinds_of_part: tuple[str, ...]


@cache
def _words() -> _Words:
    table = read_words("language/figures.toml").table("beside")
    return _Words(
        late(table.either("leading")),
        table.words("circumstances"),
        late(f"(?:{table.either('issuing')})了?{_IN}{{0,6}}$"),
        late(f"[》”]?[，,]{_IN}{{0,8}}?(?:{table.either('set_out')}){_IN}{{0,30}}$"),
        frozenset(table.words("parts")),
        table.words("kinds_of_part"),
    )


def sets_out(view: Around, link: Link) -> bool:
    """Say whether a figure counts the parts of a document that the clause before says was issued: 印发《乙方案》，提出|20项措施."""
    is_part = view.unit_text in _words().parts or view.text.startswith(
        _words().kinds_of_part, view.end - view.offset
    )
    if link.type != "Document" or not is_part:
        return False
    between = view.text[link.span.end - view.offset : view.at - view.offset]
    return (
        _words().set_out.match(between) is not None
        and _words().issuing.search(view.text, 0, link.span.start - view.offset) is not None
    )


def no_bodies_of_posts(annotated: AnnotatedSentence, q: Quantity, setting: Setting) -> frozenset[EntityId]:
    """Return the bodies that only say what somebody is of whom the sentence goes on: 甲局|局长张三.

    Not so where he tells the figure, leads or stands for his body (董事长张三带领员工…), or the clause of the figure has another
    subject than he (董事长张三上任后，年产值达3亿元).
    """
    text, offset = annotated.tagged.sentence.text, annotated.tagged.sentence.span.start
    links = outermost(annotated.links)[0]
    found: set[EntityId] = set()
    others: set[EntityId] = set()
    for i, link in enumerate(links):
        man = next(iter(links[i + 1 :]), None)
        is_post = (
            link.type == "Organization"
            and man is not None
            and man.type == "Person"
            and man.span.end <= offset + q.start
            and man.span not in setting.telling
            and _words().leading.search(text, man.span.end - offset, q.start) is None
            and _goes_on(annotated, man.span.end - offset, q.start)
            and _is_title(text[link.span.end - offset : man.span.start - offset])
        )
        (found if is_post else others).add(link.entity)
    return frozenset(found - others)


def _goes_on(annotated: AnnotatedSentence, start: int, end: int) -> bool:
    """Say whether what is said of a person up to ``start`` goes on to ``end``: no noun begins the last clause, no circumstance ends his."""
    text = annotated.tagged.sentence.text
    if text.startswith(_OF_HIM, start):
        return False
    pause = _PAUSE.search(text, start, end)
    if pause is None:
        return True
    own = text[start : pause.start()]
    if own.endswith(_words().circumstances) and not own.startswith(_WHILE):
        return False
    last = max(text.rfind(mark, start, end) for mark in "，,；;") + 1
    at = 0
    for token in annotated.tagged.tokens:
        if at >= last:
            return token.tag in _GOES_ON
        at += len(token.text)
    return False


def _is_title(words: str) -> bool:
    """Say whether what stands between a body and a person is a title: 局长, 队长、二级主办."""
    fits = 0 < len(words) <= _LONGEST_TITLE and _NO_TITLE.search(words) is None
    return fits and titles().class_of(words.split("、", maxsplit=1)[0]) != ""


def not_in_a_row(annotated: AnnotatedSentence, q: Quantity) -> frozenset[EntityId]:
    """Return the names that stand in a row with what a figure counts: 16个区及|甲管委会、乙管委会."""
    text, offset = annotated.tagged.sentence.text, annotated.tagged.sentence.span.start
    links = outermost(annotated.links)[0]
    row = _row(text, offset, q.end, [link for link in links if link.span.start >= offset + q.end])
    before = {link.entity for link in links if link.span.end <= offset + q.start}
    return frozenset(row - before)


def _row(text: str, offset: int, at: int, right: Sequence[Link]) -> set[EntityId]:
    """Return what is named in the row that the thing counted right behind ``at`` begins."""
    row: set[EntityId] = set()
    between = _COUNTED
    for link in right:
        if between.fullmatch(text, at, link.span.start - offset) is None:
            break
        row.add(link.entity)
        at, between = link.span.end - offset, _NEXT
    return row
