"""Who only takes part in what a sentence tells of another's figure: who sells, is bought, is compared with, inspects, hosts, helps.

当事人从甲厂购进椅子40把                of who buys, not of who sells
公司以1亿元收购乙公司60%股权             the sum is of who pays, the share of what is bought
比第六次人口普查增加3万人                of what is counted now, of no census and no year
甲局检查乙公司时发现，其车速38公里/小时     of what was found, not of who looked
甲大学承办，为期3天                     of what is held, not of who holds it
我厅会同甲厅印发办法，每户补贴600元         of who acts, not of who joins in
甲的船坏了。40名村民等在岸边             who stand there themselves are no man's
控股子公司甲亏损3000万元。公司投资1亿元     公司 is whose article it is, not the firm under it
另外4箱甲酒，1箱已售出                 甲 is what is counted, and has none of them
甲军空袭乙城，造成8人死亡               not of the army that killed them
甲公司董事长乙出席校庆，校庆收到捐款2亿元     not of the guest
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import AnnotatedSentence, EntityId, Link
from kg.base.wordlist import WordTable, read_words
from kg.figures.around import Setting, kind_of, unit_class
from kg.figures.money import is_money
from kg.figures.unit import Quantity
from kg.words import tags

__all__ = ["firms_under", "no_parties"]

_IN: Final = "[^，。；：！？,;:]"  # within a clause
_LEFT: Final = 12  # characters left of a name where the word stands that makes it one of another kind
_HEAD: Final = late(r"\s*[“‘「]?(?:[^，。；：！？,;:]{1,8}[，,])?")  # what may stand before a subject
_ENDS: Final = "，。；、,;和及与"  # with "": the end of the sentence
_SUBJECTS: Final = frozenset(
    (
        tags.NOUN,
        tags.VERBAL_NOUN,
        tags.PROPER_NOUN,
        tags.ORGANIZATION,
        tags.PLACE,
        tags.MODIFIER,
        tags.ADJECTIVE,
    )
)
_PERSONS: Final = frozenset(("名", "位", "余名", "多名"))
_OFFICES: Final = frozenset(("office", "party"))


@dataclass(frozen=True, slots=True)
class _Words:
    """The lists of ``[parties]`` in ``data/language/figures.toml``, compiled."""

    source: re.Pattern[str]
    got: re.Pattern[str]
    toward: re.Pattern[str]
    given: re.Pattern[str]
    paying: re.Pattern[str]
    bought: re.Pattern[str]
    than: re.Pattern[str]
    compared: re.Pattern[str]
    beside: re.Pattern[str]
    set_beside: re.Pattern[str]
    found_out: re.Pattern[str]
    whom: re.Pattern[str]
    hosted: re.Pattern[str]
    hosts: tuple[str, ...]
    helped: re.Pattern[str]
    wanted: re.Pattern[str]
    under: re.Pattern[str]
    in_name: re.Pattern[str]  # at the start of a name that was read too long
    is_under: re.Pattern[str]
    own: re.Pattern[str]
    wares: re.Pattern[str]
    wares_of_a_kind: re.Pattern[str]
    suffered: re.Pattern[str]
    classes: re.Pattern[str]
    forces: tuple[str, ...]
    their_forces: re.Pattern[str]
    attends: re.Pattern[str]


@cache
def _words() -> _Words:
    table = read_words("language/figures.toml").table("parties")
    hosts = table.either("hosts")
    return _Words(
        late(f"(?:{table.either('from')})(?<!{table.either('no_from')})$"),
        late(f"(?:(?!{table.either('to')}){_IN}){{0,16}}?(?:{table.either('got')})"),
        late(f"(?:{table.either('toward')})$"),
        late(f"{_IN}{{0,16}}?(?:{table.either('given')})"),
        late(f"(?:{table.either('paying')}){_IN}{{0,3}}$"),
        late(f"{_IN}{{0,10}}?(?:{table.either('bought')})"),
        late(
            f"(?:{table.either('than')})(?:[0-9]*年?|[^，。；：！？,;:0-9的]{{0,4}}(?:{table.either('older')})[“‘「]?)$"
        ),
        late(f"{_IN}{{0,4}}?(?:{table.either('differs')})"),
        late(f"(?:{table.either('beside')})[0-9]*年?$"),
        late(f"{_IN}{{0,4}}?(?:{table.either('set_beside')})"),
        _found_out(table),
        late(table.either("whom")),
        late(
            f"(?:[、和及与][^，。；：！？,;:]{{1,30}}?)?(?:{table.either('how')})?(?:{hosts})(?=[，。；、,;])"
        ),
        table.words("hosts"),
        late(f"(?:{table.either('helped')})$"),
        late(table.either("wanted")),
        late(f'(?:{table.either("under")})[“"]?$'),
        late(f"{_IN}{{0,4}}?(?:{table.either('under')})|公司(?!$)"),
        late(f'[”"]?(?:{table.either("is")}){_IN}{{0,24}}?(?:{table.either("under")})(?=[，。；,;])'),
        late(f"(?:{_IN}{{0,8}}[，,])?(?:{table.either('own_firm')})(?!{table.either('no_own_firm')})"),
        late(f"[0-9一二两三四五六七八九十百千万亿余多几](?:{table.either('wares')})$"),
        late(
            f"[0-9一二两三四五六七八九十百千万亿余多几](?:{table.either('wares')})[^，。；：、！？,;的0-9]{{1,5}}的$"
        ),
        late(f"(?:{read_words('language/figures.toml').either('casualties')})"),
        late(f"[0-9一二两三四五六七八九十百千万亿余多几](?:{table.either('classed')})$"),
        table.words("forces"),
        late(table.either("forces")),
        late(f"{_IN}{{0,6}}?(?:{table.either('attends')})"),
    )


def _found_out(table: WordTable) -> re.Pattern[str]:
    return late(f"(?:{table.either('looks')}){_IN}{{0,16}}?[，,]?(?:{table.either('finds')})[，,：:]?")


def no_parties(annotated: AnnotatedSentence, q: Quantity, setting: Setting) -> frozenset[EntityId]:
    """Return whose the figure is not, though they are named beside it; who is named in another place of the sentence too is kept."""
    links, text = annotated.links, annotated.tagged.sentence.text
    offset = annotated.tagged.sentence.span.start
    beside = {*_beside(text, offset, q, links), *_getters(text, offset, q, links)}
    kept = {link.entity for link in links if link not in beside}
    found = {link.entity for link in beside} - kept
    return frozenset(
        found
        | _wares(annotated)
        | _forces(text, offset, q, links)
        | _guests(annotated, q)
        | _lookers(text, offset, q, links)
        | _offices(text, q, links, setting)
        | _under(annotated, q, setting)
        | _nobody_s_people(text, offset, q, links, setting)
    )


def _beside(text: str, offset: int, q: Quantity, links: Sequence[Link]) -> Iterator[Link]:
    """Yield the names that stand where one stands who has not what is told."""
    for link in links:
        start, end = link.span.start - offset, link.span.end - offset
        if (end <= q.start and _is_beside(text, start, end, q.start)) or (
            start >= q.end and is_money(q.unit) and _is_bought(text, q, start)
        ):
            yield link


def _getters(text: str, offset: int, q: Quantity, links: Sequence[Link]) -> Iterator[Link]:
    """Yield who gets what a named other gives: 甲厂向|乙公司|出售面粉50袋."""
    words = _words()
    for link in links:
        start, end = link.span.start - offset, link.span.end - offset
        if end > q.start or not words.toward.search(text, max(0, start - _LEFT), start):
            continue
        clause = offset + max(text.rfind(mark, 0, start) for mark in "，。；：！？,;:") + 1
        giver = any(clause <= other.span.start and other.span.end < link.span.start for other in links)
        if giver and words.given.match(text, end, q.start):
            yield link


def _wares(annotated: AnnotatedSentence) -> set[EntityId]:
    """Return what wares are called by, right behind their number: 4箱|甲酒, 5吨上好的|甲酒; but 3台|甲公司的设备 may be of 甲公司.

    So is a class by its own name, with nothing behind it: 98个|甲国名镇，. Who is named before them too, and does not only judge them (经甲公司鉴定), may have them.
    """
    text, offset = annotated.tagged.sentence.text, annotated.tagged.sentence.span.start
    found, others = set(), set()
    for link in annotated.links:
        left = text[: link.span.start - offset]
        behind = text[link.span.end - offset : link.span.end - offset + 1]
        counted = _words().wares.search(left.rstrip("“‘「《的")) is not None
        counted = counted or (behind in _ENDS and _words().wares_of_a_kind.search(left) is not None)
        is_class = behind in _ENDS and _words().classes.search(left) is not None
        if (counted and link.type != "Person" and behind != "的") or is_class:
            found.add(link.entity)
        elif link.entity not in found and not left.endswith(("经", "由", "被")):
            others.add(link.entity)
    return found - others


def _forces(text: str, offset: int, q: Quantity, links: Sequence[Link]) -> set[EntityId]:
    """Return the forces that a sentence names, and whose they are: the dead are not theirs who killed them.

    Their own are (甲军|8人阵亡), where nothing stands between.
    """
    if unit_class(q.unit or "") != "people" or not _words().suffered.match(text, q.end):
        return set()
    return {
        link.entity
        for link in links
        if link.span.end < offset + q.start
        and (link.text.endswith(_words().forces) or _words().their_forces.match(text, link.span.end - offset))
    }


def _guests(annotated: AnnotatedSentence, q: Quantity) -> set[EntityId]:
    """Return who only attends something, where a later clause with a subject of its own tells the figure: 乙出席校庆，校庆收到捐款2亿元."""
    text, offset = annotated.tagged.sentence.text, annotated.tagged.sentence.span.start
    clause = _clause(text, q.start)
    first = next((token for token in annotated.tagged.tokens if token.start - offset >= clause), None)
    if first is None or not (first.tag in _SUBJECTS or (clause == q.start and q.unit in _PERSONS)):
        return set()
    found: set[EntityId] = set()
    for link in annotated.links:
        start, end = link.span.start - offset, link.span.end - offset
        attends = _words().attends.match(text, end) if link.type == "Person" and end < clause else None
        if attends is not None and _clause(text, attends.end()) < clause:
            left = _clause(text, start)
            found |= {each.entity for each in annotated.links if left <= each.span.start - offset <= start}
    return found


def _clause(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in "，。；：！？,;:") + 1


def _is_beside(text: str, start: int, end: int, at: int) -> bool:
    """Say whether the name from ``start`` to ``end`` sells, is compared with, hosts or helps."""
    words, left = _words(), max(0, start - _LEFT)
    if words.source.search(text, left, start) and words.got.match(text, end):
        return True
    if words.than.search(text, left, start) and words.compared.match(text, end):
        return True
    if words.beside.search(text, left, start) and words.set_beside.match(text, end):
        return True
    if words.helped.search(text, left, start):
        return True
    hosted = words.hosted.match(text, end, at) is not None
    return hosted or (text[start:end].endswith(words.hosts) and text[end : end + 1] in "，。；、,;")


def _is_bought(text: str, q: Quantity, start: int) -> bool:
    """Say whether a name right of a sum is what the sum buys: 以1亿元收购|乙公司."""
    words = _words()
    if not words.paying.search(text, max(0, q.start - _LEFT), q.start):
        return False
    bought = words.bought.match(text, q.end, start)
    return bought is not None and re.search("[，。；：！？,;:]", text[bought.end() : start]) is None


def _lookers(text: str, offset: int, q: Quantity, links: Sequence[Link]) -> set[EntityId]:
    """Return who looks at another and finds something out of it: 甲局检查乙公司时发现，其…."""
    seen = _words().found_out.search(text, 0, q.start)
    if seen is None:
        return set()
    then = [link for link in links if seen.end() <= link.span.start - offset < q.start]
    if not then and not _words().whom.search(text, seen.end(), q.start):
        return set()
    before = {
        link.entity
        for link in links
        if link.span.end - offset <= seen.start() and kind_of(link.text) in _OFFICES
    }
    return before - {link.entity for link in then if link.is_name}


def _offices(text: str, q: Quantity, links: Sequence[Link], setting: Setting) -> set[EntityId]:
    """Return the offices of the article where one tells of somebody whom they proceed against: 当事人购进椅子40把."""
    wanted = _words().wanted.search(text, 0, q.start)
    if wanted is None:
        return set()
    here = {link.entity for link in links if link.is_name}
    return {entity for entity in setting.mentions if kind_of(entity) in _OFFICES and entity not in here}


def _nobody_s_people(
    text: str, offset: int, q: Quantity, links: Sequence[Link], setting: Setting
) -> set[EntityId]:
    """Return the people of the article where others, of whom no name is told, begin a sentence: 40名村民等在岸边."""
    if unit_class(q.unit or "") != "people" or not _HEAD.fullmatch(text, 0, q.start):
        return set()
    if any(link.span.start - offset < q.start for link in links):
        return set()
    return {entity for entity in setting.mentions if entity.startswith("Person:")}


def firms_under(annotated: Sequence[AnnotatedSentence]) -> frozenset[EntityId]:
    """Return the firms that an article calls those of another, but for the first firm that it names."""
    firms = [(one, link) for one in annotated for link in one.links if link.type == "Organization"]
    found: set[EntityId] = set()
    for one, link in firms:
        text, offset = one.tagged.sentence.text, one.tagged.sentence.span.start
        start, end = link.span.start - offset, link.span.end - offset
        called = _words().under.search(text, max(0, start - _LEFT), start)
        if called or _words().in_name.match(link.text) or _words().is_under.match(text, end):
            found.add(link.entity)
    return frozenset(found - {link.entity for _, link in firms[:1]})


def _under(annotated: AnnotatedSentence, q: Quantity, setting: Setting) -> set[EntityId]:
    """Return the firms under another where a sentence is about 公司 and names nobody before the figure."""
    text, offset = annotated.tagged.sentence.text, annotated.tagged.sentence.span.start
    if _words().own.match(text, 0, q.start) is None:
        return set()
    here = any(link.is_name and link.span.start - offset < q.start for link in annotated.links)
    return set() if here else set(setting.under)
