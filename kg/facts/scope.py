"""Stretches of an article that it does not assert: hearsay, rumours, conditions, questions, what came to nothing.

    据知情人士透露，……          reported, to the end of the sentence
    “……”，一名匿名人士称         reported, the words in the quotation marks
    网传……，系谣言              denied, backwards; 上述消息不实 reaches into the sentence before
    如果……，……                 what is in the condition is not said at all, what follows from it is planned

Words right at the verb (未, 拟, 放弃) are read fact by fact, in ``kg.facts.assertion``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.base.model import Entity, EntityId, Link, Source, Span, Status
from kg.base.wordlist import any_of
from kg.facts.ground import CLAUSE_ENDS, NAME, Ground, words

_TURN_MARK: Final = "，,；;"
_ATTRIBUTED: Final = re.compile(r"(?<![一-鿿])据(?!此|点|守)(?P<who>[^，,。；;：:！!？?“”\n]{1,24})")
_QUOTE: Final = re.compile("“[^“”]{6,400}”")
_LABEL: Final = re.compile(r"(?:谣言|传言|流言|网传)[一二三四五六七八九十\d]*[：:】]")
_LABEL_ENDS: Final = re.compile(r"(?:真相|事实|辟谣|澄清|核实|回应)[一二三四五六七八九十\d]*[：:】]")
_ASKED: Final = re.compile(r"[？?]+[”’」』）)]*\s*$")
_MARKS: Final = re.compile(r"[，,：:]?[“「]?")
_OUTCOMES: Final[tuple[tuple[str, Status], ...]] = (("undone", "denied"), ("pending", "planned"))
_VERDICTS: Final[tuple[tuple[str, Status], ...]] = (
    ("untrue", "denied"),
    ("untrue_of_hearsay", "denied"),
    ("unconfirmed", "reported"),
)
_TAIL: Final = 10  # code points from the noun of a source to its verb: 网友在平台上爆料
_MANY: Final = 3  # sentences that a denial reaches back over
_OTHER_MATTER: Final = re.compile(r"(?:对|就|关于|针对)(?!此|上述|该|这|前述|以上|网传|有关|相关|传)")


@cache
def pattern(table: str, key: str) -> re.Pattern[str]:
    """Return the pattern for any word of a list."""
    return any_of(words(table).words(key))


@dataclass(frozen=True, slots=True)
class Scope:
    """What stands between two positions has a status; None: it is not said at all.

    ``own``: of these the speaker speaks for himself, so that the text passes nothing on.
    """

    span: Span
    status: Status | None
    source: Source | None = None
    own: frozenset[EntityId] = frozenset()


def scopes(
    grounds: Sequence[Ground], entities: Mapping[EntityId, Entity], publisher: str = ""
) -> tuple[Scope, ...]:
    """Return all of an article, in no order.

    Args:
        grounds: its sentences.
        entities: the things it names.
        publisher: what the medium that it appeared in says, the text says.
    """
    return tuple(_Finder(grounds, entities, publisher).find())


@cache
def _hints() -> re.Pattern[str]:
    """Return the pattern for what any scope begins with: most sentences have none and are done."""
    lists = (
        ("behind", ("undone", "pending", "untrue", "untrue_of_hearsay", "unconfirmed")),
        ("source", ("said", "claimed", "accused", "rumoured", "false")),
        ("condition", ("opens", "single", "behind", "whether")),
    )
    found = [word for table, keys in lists for key in keys for word in words(table).words(key)]
    return any_of((*found, "据", "？", "?", "“", "”", *words("condition").words("asks")))


class _Finder:
    """Goes through the sentences once."""

    def __init__(
        self, grounds: Sequence[Ground], entities: Mapping[EntityId, Entity], publisher: str
    ) -> None:
        self.grounds, self.entities, self.publisher = grounds, entities, publisher

    def find(self) -> Iterator[Scope]:
        before: list[Ground] = []
        for ground in self.grounds:
            if _hints().search(ground.text):
                forward = [*self._attributed(ground), *self._said(ground), *self._claimed(ground)]
                forward += [*_rumoured(ground), *_false(ground), *self._quoted(ground, before)]
                yield from forward
                yield from _conditions(ground)
                yield from _questions(ground)
                yield from _undone(ground)
                yield from _untrue(ground, before, hearsay=forward)
            before = [*before[-_MANY + 1 :], ground]

    # Who says it -----------------------------------------------------------------------------------------------------

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
                yield Scope(Span(start, _turn(ground, start)), "reported", source)

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
            return None
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
            yield Scope(Span(verb.end, _turn(ground, max(verb.end, begins))), "reported", source, own)

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
                yield Scope(Span(verb.end, _turn(ground, verb.end)), "reported", source)

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


def _turn(ground: Ground, start: int) -> int:
    """Return where what a source says ends: at a clause that turns away from it, else with the sentence."""
    turns = pattern("source", "turns")
    at = start - ground.span.start
    for position in range(at, len(ground.text)):
        if (
            ground.text[position] in _TURN_MARK
            and turns.match(ground.text, position + 1)
            and position > at + 1
        ):
            return ground.span.start + position
    return ground.span.end


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
            yield Scope(Span(cue.end, _turn(ground, cue.end)), "reported", source)


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
            yield Scope(Span(cue.end, _turn(ground, cue.end + 1)), "denied")
        else:
            yield Scope(Span(cue.end, ground.clause_end(cue.end)), "denied")


# Conditions and questions --------------------------------------------------------------------------------------------


def _conditions(ground: Ground) -> Iterator[Scope]:
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


def _has_outcome(ground: Ground, cue: Span) -> bool:
    behind = ground.text[ground.clause_end(cue.end) - ground.span.start :]
    return bool(re.match(f"[，,]{NAME}*(?:将|则|可|就|便|须|应|会|才|即)", behind))


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


def _questions(ground: Ground) -> Iterator[Scope]:
    """Yield what is asked: 是否……, ……吗？, ……？, not what a question takes for granted."""
    for match in ground.find(pattern("condition", "whether")):
        cue = ground.at(match)
        if ground.is_word(cue) or len(match.group()) > 1:
            yield Scope(Span(cue.start, ground.clause_end(cue.end)), None)
    asked = _ASKED.search(ground.text)
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


# What was not done, or is not true -----------------------------------------------------------------------------------


def _undone(ground: Ground) -> Iterator[Scope]:
    """Yield what words behind it say was not done, or is still to be done."""
    for key, status in _OUTCOMES:
        for match in ground.find(pattern("behind", key)):
            cue = ground.at(match)
            if not ground.is_word(cue):
                continue
            if key == "undone" and not _closes(ground, cue.end):
                continue
            if key == "pending" and not _awaits(ground, cue):
                continue
            yield Scope(Span(_reach(ground, cue), cue.start), status)


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


def _untrue(ground: Ground, before: Sequence[Ground], hearsay: Sequence[Scope]) -> Iterator[Scope]:
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
    return _ASKED.search(ground.text) is not None or any(
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
