"""Partners: those who act together, 甲与乙签约, 甲携手乙."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.base.late import late
from kg.base.model import Link
from kg.facts.carried import Subjects, carried
from kg.facts.cue import Occurrence
from kg.facts.object import objects_behind
from kg.facts.passage import SYMBOLS
from kg.facts.pattern import symbols
from kg.facts.subject import before_cue
from kg.facts.way import Base
from kg.facts.words import facts_words

Partners = tuple[Link, Link, Base]
_WORDS: Final = facts_words("clause")
_PLACE: Final = SYMBOLS["Place"]
_REACH: Final = 10  # mask characters between 与 and the partner ...
_REACH_DESCRIBED: Final = 20  # ... whom a clause describes: 与来甲国访问的乙
_ASIDE: Final = late("[以对从为]$|关于$|对于$")
_WITH: Final = late(_WORDS.either("with"))
_COMPANY: Final = frozenset(_WORDS.words("company"))


def partners_of(here: Occurrence) -> Iterator[Partners]:
    """Yield the pairs of those who do what the cue says together, and how the first was found."""
    kinds = symbols(here.pattern.subject)
    names = here.passage.names(here.clause.start, here.cue.start, kinds)
    left = [position for position in names if position not in here.anchors]
    mark = _mark(here, left)
    found = _around_verb(here, kinds) if mark is None else _around_mark(here, kinds, left, mark)
    for first, second, by in found:
        persons = (first.type == "Person") + (second.type == "Person")
        if first.entity != second.entity and persons != 1:
            yield first, second, by


def _mark(here: Occurrence, left: list[int]) -> int | None:
    """Return where the word stands that sets one partner from the other, right before the second."""
    marks = list(_WITH.finditer(here.mask, here.clause.start, here.cue.start))
    for match in sorted(marks, key=lambda mark: mark.group() == "和"):  # 甲和乙与丙签约: 与 parts them
        after = next((position for position in left if position >= match.end()), None)
        if after is None or after - match.end() > _reach(here, match.end(), after):
            continue
        if not _has_verb(here, match.end(), after):
            return match.start()
    return None


def _reach(here: Occurrence, start: int, end: int) -> int:
    return _REACH_DESCRIBED if "的" in here.mask[start:end] else _REACH


def _has_verb(here: Occurrence, start: int, end: int) -> bool:
    return "v" in here.passage.tags(start, end) and "的" not in here.mask[start:end]


def _around_mark(here: Occurrence, kinds: str, left: list[int], mark: int) -> Iterator[Partners]:
    """Yield the pairs of who stands before and behind 与; the first may be dropped."""
    passage = here.passage
    second = [i for i in passage.group(_partner(here, left, mark)) if i > mark]
    before = [i for i in left if i < mark]
    if not before:
        yield from _pairs(here, carried(here, kinds, set(second)), second)
        return
    group = passage.group(before[-1])
    if not _ASIDE.search(here.mask, here.clause.start, group[0]):  # 以甲和乙为核心的体系
        yield from _pairs(here, Subjects([passage.links[i] for i in group if i < mark], Base.LEFT), second)


def _partner(here: Occurrence, left: list[int], mark: int) -> int:
    """Return the first name behind the mark, or the body right behind that place: 与甲国乙公司签约."""
    first, *more = (i for i in left if i > mark)
    place = here.mask[first] == _PLACE and more[:1] == [first + 1]
    return first + 1 if place else first


def _around_verb(here: Occurrence, kinds: str) -> Iterator[Partners]:
    """Yield the pairs of who stands before and behind a verb of company: 甲携手乙."""
    if here.mask[here.cue.start : here.cue.end] not in _COMPANY:
        return
    behind = objects_behind(here, kinds)
    if not behind or _has_verb(here, here.cue.end, behind[0]):
        return
    left = before_cue(here, kinds, set(behind))
    if left is None:
        yield from _pairs(here, carried(here, kinds, set(behind)), behind)
    else:
        yield from _pairs(here, Subjects([here.passage.links[i] for i in left[0]], left[1]), behind)


def _pairs(here: Occurrence, first: Subjects | None, second: list[int]) -> Iterator[Partners]:
    if first is None:
        return
    for link in first.links:
        for position in second:
            yield link, here.passage.links[position], first.by
