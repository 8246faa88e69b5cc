"""Figures of a part, a relative, a firm, an opponent that no name tells, or of several together: not of the one who is named beside it.

张三所在的部门有45人          of his department, which has no name
甲集团旗下的子公司营收3亿元    of a company under it; but 甲集团旗下子公司12家 counts what 甲集团 has
张三的母亲今年80岁            of his mother
该饭店所售的3箱甲酒           of a hotel; but 该公司 may be the one that was named
原告要求赔偿30万元            of who sues, not of who answers
甲、乙共处理订单21亿笔         of both together
五部门联合印发《甲》           counts who issues it
在甲省乙市，产量达9万吨        of 乙市, not of 甲省
甲公司董事会同意以3亿元回购     a board decides on sums, and has none
乙到甲医院交了8000元           of who pays, not of the body that he goes to
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import AnnotatedSentence, EntityId, Link
from kg.base.wordlist import read_words
from kg.figures.money import is_money
from kg.figures.unit import Quantity

__all__ = ["counts_issuers", "no_ages", "no_boards", "no_visited", "no_wider_places", "of_part"]

_OLD: Final = 100  # years
_INSIDE: Final = "[^，。；：！？,;:0-9]"
_AGES: Final = frozenset(("岁", "周岁"))
_LISTED: Final = late("(?:公司|集团)?(?:、|和|与|及|以及)[^，。；：！？,;0-9]{0,2}")


@dataclass(frozen=True, slots=True)
class _Words:
    """The lists of ``[of_part]`` in ``data/language/figures.toml``, compiled."""

    parts: re.Pattern[str]
    counted: re.Pattern[str]
    goes_on: re.Pattern[str]
    boards: tuple[str, ...]
    going: re.Pattern[str]
    paying: re.Pattern[str]
    claims: re.Pattern[str]
    together: re.Pattern[str]
    issuers: re.Pattern[str]
    of_relative: re.Pattern[str]
    this: re.Pattern[str]
    turns: re.Pattern[str]


@cache
def _words() -> _Words:
    table = read_words("language/figures.toml").table("of_part")
    body = f"[^，。；：！？,;:0-9{''.join(sorted(table.characters('having')))}]{{0,6}}?(?:{table.either('bodies')})"
    return _Words(
        late(
            f"所(?:在|属|处|就读|供职|任职)的?{_INSIDE}{{1,8}}?(?=[有是为共今现平去总]|[，0-9])"
            f"|(?P<under>(?:{table.either('under')})的?{body})"
            f"|(?<=的)(?:这|那|某)[一两]?[个家所座名位处支条项]{_INSIDE}{{1,8}}?(?=[有是为共今现已接就]|[，0-9])"
            f"|(?<=[的他她其])(?:{table.either('relatives')})(?![河校节])"
        ),
        late(f"(?:{table.either('reaching')})*$"),
        late(f"{_INSIDE}*[，,](?:{table.either('goes_on')})"),
        table.words("boards"),
        late(f"(?:{table.either('going')})了?$"),
        late(f"(?:里|处)?(?:{table.either('paying')})(?!求)[了过得回走]?[^，。；：！？,;]*$"),
        late(
            f"(?<![应按照据])(?:{table.either('opponents')})(?:方|人)?[^，。；：！？,;]{{0,8}}?(?:{table.either('claims')})[^，。；：！？,;]*$"
        ),
        late(
            f"(?P<other>[、和与及](?!其|谐|平|全体|团队)[^、，。；：！？,;0-9]{{1,10}}?)?(?:{table.either('together')})(?![同产青和享建商谋赢识创])[^。；：！？;]*$"
        ),
        late(f"[个家]?(?:{table.either('issuers')})[^，。；：！？,;《]{{0,4}}?(?:{table.either('issues')})"),
        late(f"的?[老大小]?(?:{table.either('relatives')})"),
        late(
            f"(?:经[^，。；：！？,;]{{2,16}}，)?(?:{table.either('found')})?该(?!{table.either('any')})(?P<noun>(?:{table.either('kinds')}))"
        ),
        late(f"(?:[，,]|{table.either('turns')})*"),
    )


def of_part(annotated: AnnotatedSentence, q: Quantity) -> bool:
    """Say whether the clause of a figure tells of somebody who has no name, with no name behind it, or of several together."""
    text = annotated.tagged.sentence.text
    start = _clause(text, q.start)
    return (
        _is_of_part(annotated, q, start)
        or _words().claims.search(text, start, q.start) is not None
        or (q.unit in _AGES and _words().of_relative.match(text, q.end) is not None)
        or _is_joint(annotated, q)
        or _is_of_this(annotated, text, start)
    )


def counts_issuers(annotated: AnnotatedSentence, q: Quantity) -> bool:
    """Say whether a figure counts the bodies that issue something: 甲局等三部门联合印发《乙》."""
    return _words().issuers.match(annotated.tagged.sentence.text, q.number_end) is not None


def _is_joint(annotated: AnnotatedSentence, q: Quantity) -> bool:
    """Say whether a figure is that of two and more of one list: 甲、乙共售出300辆."""
    text, offset = annotated.tagged.sentence.text, annotated.tagged.sentence.span.start
    names = [link for link in annotated.links if link.span.end <= offset + q.start]
    if not names:
        return False
    last = max(names, key=lambda link: link.span.end)
    both = _words().together.fullmatch(text, last.span.end - offset, q.start)
    if both is None:
        return False
    return both["other"] is not None or any(
        other.type == last.type and _LISTED.fullmatch(text, other.span.end - offset, last.span.start - offset)
        for other in names
    )


def _is_of_this(annotated: AnnotatedSentence, text: str, start: int) -> bool:
    """Say whether a clause begins with a thing that no name of the sentence ends like: 该饭店; but 该公司 has a name."""
    this = _words().this.match(text, start)
    if this is None or text.startswith(("由", "是由"), this.end()):
        return False
    at = annotated.tagged.sentence.span.start + this.end()
    return not any(link.text.endswith(this["noun"]) or link.span.start == at for link in annotated.links)


def _is_of_part(annotated: AnnotatedSentence, q: Quantity, start: int) -> bool:
    text, offset = annotated.tagged.sentence.text, annotated.tagged.sentence.span.start
    if start and _words().goes_on.match(text[start - 1 :]):
        start = _clause(text, start - 1)
    found = next(reversed(list(_words().parts.finditer(text, start, q.start))), None)
    if found is None or (found["under"] and not _is_subject(annotated, text, found, q)):
        return False
    return not any(offset + found.start() <= link.span.start < offset + q.start for link in annotated.links)


def _is_subject(annotated: AnnotatedSentence, text: str, under: re.Match[str], q: Quantity) -> bool:
    """Say whether a body under another is of whom the clause tells: not 为4家控股子公司担保80亿元, not 旗下公司12家."""
    at = annotated.tagged.sentence.span.start + under.start()
    first = not text[: under.start()].strip()
    behind_name = first or any(link.span.end in (at, at - 1) for link in annotated.links)
    return behind_name and not _words().counted.match(text[under.end() : q.start])


def _clause(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in "，,。；;：:！？") + 1


def no_ages(annotated: AnnotatedSentence, q: Quantity, things: Iterable[EntityId]) -> frozenset[EntityId]:
    """Return the things that have no age: bodies, but for what their people are on average."""
    text = annotated.tagged.sentence.text
    if q.unit not in _AGES or "平均" in text[_clause(text, q.start) : q.start]:
        return frozenset()
    old = {link.entity for link in annotated.links if _is_so_old(annotated, q, link)}
    return frozenset(thing for thing in things if thing.startswith("Organization:") and thing not in old)


def _is_so_old(annotated: AnnotatedSentence, q: Quantity, link: Link) -> bool:
    """Say whether a body is told to be older than any man: 甲大学|110岁了."""
    text, offset = annotated.tagged.sentence.text, annotated.tagged.sentence.span.start
    if q.value < _OLD or link.type != "Organization" or offset + q.start < link.span.end:
        return False
    return _words().turns.fullmatch(text, link.span.end - offset, q.start) is not None


def no_boards(annotated: AnnotatedSentence, q: Quantity) -> frozenset[EntityId]:
    """Return the boards named in a sentence: no sum and no share is theirs."""
    if not is_money(q.unit) and q.form != "percent":
        return frozenset()
    return frozenset(link.entity for link in annotated.links if link.entity.endswith(_words().boards))


def no_visited(annotated: AnnotatedSentence, q: Quantity) -> frozenset[EntityId]:
    """Return the bodies that somebody only goes to, to pay or to get a sum: 到县医院|交了8000元."""
    if not is_money(q.unit):
        return frozenset()
    text, offset = annotated.tagged.sentence.text, annotated.tagged.sentence.span.start
    return frozenset(
        link.entity
        for link in annotated.links
        if link.type == "Organization"
        and _words().going.search(text, 0, link.span.start - offset)
        and _words().paying.match(text, link.span.end - offset, q.start)
    )


def no_wider_places(annotated: AnnotatedSentence, q: Quantity) -> frozenset[EntityId]:
    """Return the places of a sentence that only say where another is, right behind them: 甲省|乙市."""
    left = [
        link for link in annotated.links if link.span.end <= annotated.tagged.sentence.span.start + q.start
    ]
    starts = {link.span.start for link in left if link.type == "Place"}
    wider = {link.entity for link in left if link.type == "Place" and link.span.end in starts}
    alone = {link.entity for link in annotated.links if link.span.end not in starts}
    return frozenset(wider - alone)
