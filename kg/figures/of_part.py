"""Figures of a part, a relative, a firm under another, that no name tells: not of the one who is named beside it.

张三所在的部门有45人          of his department, which has no name
甲集团旗下的子公司营收3亿元    of a company under it; but 甲集团旗下子公司12家 counts what 甲集团 has
张三的母亲今年80岁            of his mother
甲公司董事会同意以3亿元回购     a board decides on sums, and has none
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import AnnotatedSentence, EntityId
from kg.base.wordlist import read_words
from kg.figures.money import is_money
from kg.figures.unit import Quantity

__all__ = ["no_boards", "of_part"]

_INSIDE: Final = "[^，。；：！？,;:0-9]"
_AVERAGE: Final = late("[，,]")  # 他所在的部门有45人，|平均年龄28岁


@dataclass(frozen=True, slots=True)
class _Words:
    """The lists of ``[of_part]`` in ``data/language/figures.toml``, compiled."""

    parts: re.Pattern[str]
    counted: re.Pattern[str]
    goes_on: re.Pattern[str]
    boards: tuple[str, ...]


@cache
def _words() -> _Words:
    table = read_words("language/figures.toml").table("of_part")
    body = f"[^，。；：！？,;:0-9{''.join(sorted(table.characters('having')))}]{{0,6}}?(?:{table.either('bodies')})"
    return _Words(
        late(
            f"所(?:在|属|处|就读|供职|任职)的?{_INSIDE}{{1,8}}?(?=[有是为共今现平去总]|[，0-9])"
            f"|(?P<under>(?:{table.either('under')})的?{body})"
            f"|(?<=[的他她其])(?:{table.either('relatives')})"
        ),
        late(f"(?:{table.either('reaching')})*$"),
        late(f"{_INSIDE}*[，,](?:{table.either('goes_on')})"),
        table.words("boards"),
    )


def of_part(annotated: AnnotatedSentence, q: Quantity) -> bool:
    """Say whether the clause of a figure tells of a part that has no name, with no name behind it."""
    text, offset = annotated.tagged.sentence.text, annotated.tagged.sentence.span.start
    start = _clause(text, q.start)
    if start and _words().goes_on.match(text[start - 1 :]):
        start = _clause(text, start - 1)
    found = next(reversed(list(_words().parts.finditer(text, start, q.start))), None)
    if found is None or (found["under"] and not _is_subject(annotated, text, found, q)):
        return False
    return not any(offset + found.start() <= link.span.start < offset + q.start for link in annotated.links)


def _is_subject(annotated: AnnotatedSentence, text: str, under: re.Match[str], q: Quantity) -> bool:
    """Say whether a body under another is of whom the clause tells: not 为4家控股子公司担保80亿元, not 旗下公司12家."""
    at = annotated.tagged.sentence.span.start + under.start()
    behind_name = any(link.span.end in (at, at - 1) for link in annotated.links)
    return behind_name and not _words().counted.match(text[under.end() : q.start])


def _clause(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in "，,。；;：:！？") + 1


def no_boards(annotated: AnnotatedSentence, q: Quantity) -> frozenset[EntityId]:
    """Return the boards named in a sentence: no sum and no share is theirs."""
    if not is_money(q.unit) and q.form != "percent":
        return frozenset()
    return frozenset(link.entity for link in annotated.links if link.entity.endswith(_words().boards))
