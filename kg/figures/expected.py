"""A measure that is still to be keeps in its label the word that says so: 预计年产值, 计划投资, 年产值有望."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import AnnotatedSentence
from kg.base.wordlist import read_words
from kg.figures.unit import Quantity

__all__ = ["with_expected"]

_INSIDE: Final = r"[^，。；：、！？,;:的0-9（）()“”]"
_REACH: Final = 12  # characters left of a label or a figure where the word may stand


@dataclass(frozen=True, slots=True)
class _Words:
    before: re.Pattern[str]  # 预计实现|年产值
    behind: re.Pattern[str]  # 年产值|预计
    head: re.Pattern[str]  # the label may begin with a word that stands behind 将
    sum: re.Pattern[str]  # 计划投资|5亿元


@cache
def _words() -> _Words:
    table = read_words("language/figures.toml")
    hangs = table.table("hangs")
    word = rf"(?<![模虚比草])(?:{hangs.either('expected')})"
    will = rf"即?将(?:会|再)?(?:{hangs.either('will')})"
    return _Words(
        late(rf"(?:{word}{_INSIDE}{{0,4}}|{will})$"),
        late(rf"{_INSIDE}{{0,2}}(?:{word}|{will})"),
        late(hangs.either("will")),
        late(
            rf"(?:{word}{_INSIDE}{{0,3}}(?:{table.either('sum_words')}|[出注增]资)|即?将再?(?:{hangs.either('giving')}))$"
        ),
    )


def with_expected(annotated: AnnotatedSentence, q: Quantity, of: str) -> str:
    """Return the label ``of`` with the word beside it that says it is expected, as the text has it; else ``of``."""
    text = annotated.tagged.sentence.text
    if (total := _words().sum.search(text, max(0, q.start - _REACH), q.start)) and not of.endswith(total[0]):
        return total[0] if not _holds_name(annotated, *total.span()) else of
    at = text.rfind(of, 0, q.start) if of else -1
    end = at + len(of)
    if at < 0 or text.startswith((of, "的" + of), q.end):
        return of
    if re.search("[，。；：！？,;]", text[end : q.start]):
        return of
    head = _words().head.match(of)  # 将|新增就业
    found = _words().before.search(text, max(0, at - _REACH), at + (head.end() if head else 0))
    begin = found.start() if found else at
    behind = _words().behind.match(text, end, q.start)
    if found is None and behind:
        end = behind.end()
    return of if _holds_name(annotated, begin, at) else text[begin:end]


def _holds_name(annotated: AnnotatedSentence, begin: int, end: int) -> bool:
    """Say whether a name begins between two places of the sentence."""
    offset = annotated.tagged.sentence.span.start
    return any(begin <= link.span.start - offset < end for link in annotated.links if link.is_name)
