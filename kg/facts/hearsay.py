"""What others say and the text only passes on: 据知情人士透露, 网传, 自称, and what is forged or pretended: 谎称, 谣言.

Whose words are the text's own (bodies of the state, the agencies, the medium that it appeared in) passes nothing on,
nor who speaks of himself (甲公司总经理说，甲公司……).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kg.base.late import late
from kg.base.model import Entity, EntityId, Link, Source, Span
from kg.facts.ground import NAME, Ground, Scope, pattern, turn, words

_ATTRIBUTED: Final = late(r"(?<![一-鿿])据(?!此|点|守)(?P<who>[^，,。；;：:！!？?“”\n]{1,24})")
_AS_TOLD: Final = late(
    r"(?:按照|根据|依照|按|照|据)(?P<who>[^，,。；;：:！!？?“”\n]{1,20}?)的?(?:说法|讲法|供述|口供|爆料|描述)[，,：:]"
)
_QUOTE: Final = late("“[^“”]{6,400}”")
_LABEL: Final = late(r"(?:谣言|传言|流言|网传)[一二三四五六七八九十\d]*[：:】]")
_LABEL_ENDS: Final = late(r"(?:真相|事实|辟谣|澄清|核实|回应)[一二三四五六七八九十\d]*[：:】]")
_MARKS: Final = late(r"[，,：:]?[“「]?")
_TAIL: Final = 10  # code points from the noun of a source to its verb: 网友在平台上爆料


class Hearsay:
    """Who says what, in one article."""

    def __init__(self, entities: Mapping[EntityId, Entity], publisher: str = "") -> None:
        self.entities, self.publisher = entities, publisher

    def find(self, ground: Ground, before: Sequence[Ground]) -> Iterator[Scope]:
        """Yield what others say in a sentence; ``before``: the few sentences before it."""
        yield from self._attributed(ground)
        yield from self._said(ground)
        yield from self._claimed(ground)
        yield from _rumoured(ground)
        yield from _as_told(ground)
        yield from _false(ground)
        yield from self._quoted(ground, before)

    def _attributed(self, ground: Ground) -> Iterator[Scope]:
        """Yield what stands behind 据某人说."""
        for match in ground.find(_ATTRIBUTED):
            who = ground.at(match, "who")
            said = next(
                (
                    each
                    for each in ground.find(pattern("source", "said"), who.start, who.end)
                    if ground.is_word(ground.at(each))
                ),
                None,
            )
            name = Span(who.start, ground.at(said).start) if said else who
            if name.end <= name.start:
                continue
            source = self._attribution(ground, name, said.group() if said else "")
            if source is not None:
                start = ground.at(said).end if said else who.end
                yield Scope(Span(start, turn(ground, start)), "reported", source)

    def _attribution(self, ground: Ground, who: Span, verb: str) -> Source | None:
        raw = ground.raw(who)
        if pattern("source", "wire").search(raw):
            return None
        link = ground.name_before(who.end, who.start)
        nobody = list(pattern("source", "anonymous").finditer(raw))
        if nobody:
            if pattern("source", "official").search(raw) and "人士" not in raw:
                return None
            if nobody[-1].group() == "消息" and link is not None and self._is_official(link):
                return None
            return _source(ground, who, None)
        if link is None:
            told = verb in ("称", "讲", "说") and re.search("[他她其]|本人", raw)
            return _source(ground, who, None) if told else None
        if self.publisher and self.publisher in (link.text, link.text.strip("《》")):
            return None
        media = self._kind(link) == "Media"
        if (
            media
            or verb in ("报道", "称", "曝光", "爆料", "披露")
            or pattern("source", "claimed").fullmatch(verb or "-")
        ):
            return None if self._is_official(link) else _source(ground, who, link)
        return None

    def _said(self, ground: Ground) -> Iterator[Scope]:
        """Yield what sources say that nobody vouches for, and what others say of third parties: 甲称乙……."""
        for match in ground.find(pattern("source", "said")):
            verb = ground.at(match)
            if not _is_saying(ground, match):
                continue
            start = ground.clause_start(verb.start)
            found = self._speaker(ground, Span(start, verb.start), match.group())
            if found is None:
                continue
            source, own = found
            begins = ground.at(_MARKS.match(ground.text, match.end()) or match).end
            yield Scope(Span(verb.end, turn(ground, max(verb.end, begins))), "reported", source, own)

    def _speaker(self, ground: Ground, who: Span, verb: str) -> tuple[Source, frozenset[EntityId]] | None:
        raw = ground.raw(who)
        if not raw or (pattern("source", "official").search(raw) and "人士" not in raw):
            return None
        names = [each for each in ground.names if who.holds(each.span)]
        if any(self._is_official(each) for each in names) and raw.endswith("消息"):
            return None
        near = ground.text[max(0, who.end - 24 - ground.span.start) : who.end - ground.span.start]
        hits = list(pattern("source", "anonymous").finditer(near))
        persons = any(token.tag == "PER" for token in ground.tokens(who.start, who.end))
        if hits and len(near) - hits[-1].end() <= _TAIL and not persons:
            return _source(ground, who, None), frozenset()
        if _is_somebody(raw) and verb in ("称", "爆料", "透露", "传", "曝", "说", "反映", "举报"):
            return _source(ground, who, None), frozenset()
        link = ground.name_before(who.end, who.start)
        if (
            verb != "称"
            or link is None
            or link.type not in ("Person", "Organization")
            or self._is_official(link)
        ):
            return None
        if who.end - link.span.end > 6:
            return None
        return _source(ground, who, link), ground.speakers(link)

    def _claimed(self, ground: Ground) -> Iterator[Scope]:
        """Yield what somebody claims of himself, or accuses others of."""
        for key in ("claimed", "accused"):
            for match in ground.find(pattern("source", key)):
                verb = ground.at(match)
                if not ground.is_word(verb):
                    continue
                who = Span(ground.clause_start(verb.start), verb.start)
                link = ground.name_before(who.end, who.start)
                source = _source(ground, who, link) if who.end > who.start else None
                yield Scope(Span(verb.end, turn(ground, verb.end)), "reported", source)

    def _quoted(self, ground: Ground, before: Sequence[Ground]) -> Iterator[Scope]:
        """Yield what stands in quotation marks, said by nobody who vouches for it, or by a third party."""
        for match in ground.find(_QUOTE):
            quote = ground.at(match)
            found = self._speaker_of(ground, quote)
            if found is not None:
                yield Scope(quote, "reported", *found)
        # The words began in a sentence before: “……。……，”某人说, “……。”某人说.
        if before and before[-1].text.endswith("”") and (opened := before[-1].text.rfind("“")) >= 0:
            found = self._speaker_of(ground, Span(ground.span.start, ground.span.start))
            if found is not None:
                yield Scope(Span(before[-1].span.start + opened, before[-1].span.end), "reported", *found)
        close = ground.text.find("”")
        if close < 0 or "“" in ground.text[:close] or not before:
            return
        for earlier in reversed(before):
            opened = earlier.text.rfind("“")
            if opened > earlier.text.rfind("”"):
                end = ground.span.start + close + 1
                found = self._speaker_of(ground, Span(ground.span.start, end))
                if found is not None:
                    yield Scope(Span(earlier.span.start + opened, end), "reported", *found)
                return

    def _speaker_of(self, ground: Ground, quote: Span) -> tuple[Source, frozenset[EntityId]] | None:
        """Return who says what is quoted: the subject of the verb of saying right behind it."""
        for match in ground.find(pattern("source", "said"), quote.end, quote.end + 32):
            verb = ground.at(match)
            gap = ground.text[quote.end - ground.span.start : match.start()]
            if not _is_saying(ground, match) or any(mark in gap.lstrip("，,") for mark in "，,。；;“"):
                continue
            start = quote.end + len(gap) - len(gap.lstrip("，,"))
            return self._third_party(ground, Span(start, verb.start), match.group())
        return None

    def _third_party(self, ground: Ground, who: Span, verb: str) -> tuple[Source, frozenset[EntityId]] | None:
        found = self._speaker(ground, who, verb)
        if found is not None:
            return found
        link = ground.name_before(who.end, who.start)
        raw = ground.raw(who)
        if (
            link is None
            or link.type not in ("Person", "Organization")
            or pattern("source", "official").search(raw)
        ):
            return None
        speakers = ground.speakers(link)
        if any(self._official_entity(entity) for entity in speakers):
            return None
        return _source(ground, who, link), speakers

    def _kind(self, link: Link) -> str:
        entity = self.entities.get(link.entity)
        return entity.kind if entity else ""

    def _is_official(self, link: Link) -> bool:
        return link.type == "Place" or any(self._official_entity(entity) for entity in {link.entity})

    def _official_entity(self, entity: EntityId) -> bool:
        found = self.entities.get(entity)
        return found is not None and (found.kind in words("source").words("own") or found.type == "Place")


def _is_saying(ground: Ground, match: re.Match[str]) -> bool:
    """Say whether it is a verb of saying: 消息称 ends with one, 以下简称 does not."""
    if match.group() != "称":
        return ground.is_word(ground.at(match))
    return ground.text[match.start() - 1 : match.start()] not in words("source").words("named")


def _is_somebody(raw: str) -> bool:
    """Say whether the words mean somebody unnamed: 有员工, 一名男子; not 有关部门."""
    return bool(re.match(r"(?:有|一名|一位|某|多名|多位|部分|个别|一些)(?!关)", raw)) and NAME not in raw


def _source(ground: Ground, who: Span, link: Link | None) -> Source:
    """Return a source: the name where it is one, else the words without what only opens them."""
    if link is not None:
        return Source(link.span, link.text, link.entity)
    raw = ground.raw(who)
    opened = re.match(r"\s*(?:据|另有|又有|还有|有(?!关)|近日|日前|此前)*", raw)
    start = who.start + (opened.end() if opened else 0)
    closed = re.search(r"(?:向[^，。]*|对[^，。]*|在[^，。]*)?\s*$", ground.raw(Span(start, who.end)))
    end = start + closed.start() if closed and closed.start() else who.end
    start = start if start < end else who.start
    return Source(Span(start, end), ground.raw(Span(start, end)))


def _rumoured(ground: Ground) -> Iterator[Scope]:
    """Yield what is said of by nobody: 网传……, ……的消息在网上流传."""
    for match in ground.find(pattern("source", "rumoured")):
        cue = ground.at(match)
        if not ground.is_word(cue):
            continue
        source = Source(cue, match.group())
        end = ground.clause_end(cue.end)
        if (
            cue.end >= end - 1
            and cue.start > ground.span.start
            and ground.text[match.end() : match.end() + 1] not in "，：:,"
        ):
            yield Scope(Span(ground.span.start, cue.start), "reported", source)
        elif match.group() != "坊间":
            yield Scope(Span(cue.end, turn(ground, cue.end)), "reported", source)


def _as_told(ground: Ground) -> Iterator[Scope]:
    """Yield what stands behind 按某人的说法, behind 传 before a name, and before 的传闻."""
    for match in ground.find(_AS_TOLD):
        end = ground.at(match).end
        yield Scope(Span(end, turn(ground, end)), "reported", _source(ground, ground.at(match, "who"), None))
    for match in ground.find(pattern("source", "told")):
        cue = ground.at(match)
        begins = ground.clause_start(cue.start) == cue.start
        if begins and ground.is_word(cue) and ground.text[match.end() : match.end() + 1] in (NAME, "“"):
            yield Scope(Span(cue.end, turn(ground, cue.end)), "reported", Source(cue, match.group()))
    for match in ground.find(pattern("source", "of_rumour")):
        cue = ground.at(match)
        if ground.text[match.start() - 1 : match.start()] == "的" and ground.is_word(cue):
            yield Scope(
                Span(ground.sentence_part(cue.start), cue.start), "reported", Source(cue, match.group())
            )


def _false(ground: Ground) -> Iterator[Scope]:
    """Yield what is forged, pretended, or told as a rumour."""
    for match in ground.find(_LABEL):
        start = ground.at(match).end
        ends = next(ground.find(_LABEL_ENDS, start), None)
        yield Scope(Span(start, ground.at(ends).start if ends else ground.span.end), "denied")
    for match in ground.find(pattern("source", "false")):
        cue = ground.at(match)
        if not ground.is_word(cue):
            continue
        following = ground.text[match.end() : match.end() + 1]
        whole = following != "" and following in "：:“"
        if whole or match.group().endswith(("称", "说", "传")):
            yield Scope(Span(cue.end, turn(ground, cue.end + 1)), "denied")
        else:
            yield Scope(Span(cue.end, ground.clause_end(cue.end)), "denied")
