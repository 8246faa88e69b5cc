"""Figures of a country, a market, a trade that somebody only speaks of: no firm's, least of all that of the man who tells them.

甲公司总监乙表示，6月份PPI是5.1%          an index of the country, of no company
甲公司经理乙介绍，国内市场规模达2000亿元    of the market; but 公司全年营收5亿元 is of 甲公司
丁，教授。主编《甲国研究》系列专著8部        of the man whose life is told, of no country and no work
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import AnnotatedSentence, EntityId, Span
from kg.base.wordlist import read_words
from kg.figures.around import Setting
from kg.figures.teller import telling
from kg.figures.unit import Quantity

__all__ = ["excluded", "no_authors"]

_CLAUSE: Final = late("[，。；：！？,;:]")
_INSIDE: Final = "[^，。；：！？,;:]"
_SPEAKERS: Final = frozenset(("Organization", "Person"))


@dataclass(frozen=True, slots=True)
class _Words:
    """The lists of ``[at_large]`` in ``data/language/figures.toml``, compiled."""

    index: re.Pattern[str]
    market: re.Pattern[str]
    own: re.Pattern[str]
    growing: re.Pattern[str]
    regions: tuple[str, ...]
    works: tuple[str, ...]
    work_units: frozenset[str]


@cache
def _words() -> _Words:
    table = read_words("language/figures.toml").table("at_large")
    when = f"(?:[0-9年月日季度份前上下本今去半中初底末截至第一二三四]|{table.either('between')})*"
    return _Words(
        late(f"(?<![A-Za-z占])(?:{table.either('indices')})(?![A-Za-z的]){_INSIDE}{{0,12}}$"),
        late(f"{when}(?:{table.either('markets')})"),
        late(table.either("own")),
        late(f"{when}(?:{table.either('growing')})"),
        table.words("regions"),
        table.words("works"),
        table.characters("work_units"),
    )


def excluded(annotated: AnnotatedSentence, q: Quantity, setting: Setting) -> frozenset[EntityId]:
    """Return the things of the article whose a figure of the country or the market cannot be; none for other figures."""
    text, offset = annotated.tagged.sentence.text, annotated.tagged.sentence.span.start
    start = _head(text, q.start)
    clause = text[start : q.start]
    if _words().index.search(clause):
        return frozenset(filter(_owns_no_index, setting.mentions))
    if not _words().market.match(clause) or _words().own.search(clause):
        return frozenset()
    at = offset + q.start
    speakers = _speakers(annotated, {span: said for span, said in setting.telling.items() if said <= at})
    if setting.before is not None:
        speakers |= _speakers(setting.before, telling(setting.before))
    here = {link.entity for link in annotated.links if offset + start <= link.span.start < at}
    return frozenset(speakers - here)


def no_authors(annotated: AnnotatedSentence, q: Quantity, of: str, setting: Setting) -> frozenset[EntityId]:
    """Return whose works are not that are counted where a man's life is told: they are his (主编《甲国研究》系列专著8部)."""
    a_life = setting.topic is not None and setting.topic.type == "Person"
    if not a_life or q.unit not in _words().work_units or not of.endswith(_words().works):
        return frozenset()
    here = {link.entity for link in annotated.links}
    return frozenset(
        entity
        for entity in setting.mentions
        if entity.startswith(("Document:", "Place:")) or not (entity in here or entity.startswith("Person:"))
    )


def _head(text: str, at: int) -> int:
    """Return where the clause of the figure at ``at`` starts; one that only tells how it grew belongs to the one before."""
    starts = [0, *(match.end() for match in _CLAUSE.finditer(text, 0, at))]
    while len(starts) > 1 and _words().growing.match(text, starts[-1]):
        starts.pop()
    return starts[-1]


def _owns_no_index(entity: EntityId) -> bool:
    """Say whether a thing has no prices, jobs, product of a whole people: a firm, a person; but a zone has."""
    kind, _, name = entity.partition(":")
    return kind != "Place" and not name.endswith(_words().regions)


def _speakers(annotated: AnnotatedSentence, told: Mapping[Span, int]) -> set[EntityId]:
    """Return who tells something in a sentence, and of whom they are: 甲公司总监乙表示."""
    text, offset = annotated.tagged.sentence.text, annotated.tagged.sentence.span.start
    found: set[EntityId] = set()
    for teller in (link for link in annotated.links if link.span in told):
        for other in annotated.links:
            between = text[other.span.end - offset : teller.span.start - offset]
            if (
                other.type in _SPEAKERS
                and other.span.start <= teller.span.start
                and not _CLAUSE.search(between)
            ):
                found.add(other.entity)
    return found
