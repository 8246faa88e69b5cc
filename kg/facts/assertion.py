"""Whether the text asserts a fact: says it is planned, denied, said by others, or does not say it at all.

    未 / 拟 / 据传收购            words before the verb, in its clause
    放弃收购                      verbs of giving up right before it
    如果, 据知情人士透露, 系谣言   stretches of text, ``kg.facts.scope``
    拟任, 冒充                    before a post before a name

A title before a name (甲公司董事长张三) is taken for granted by whatever is said of its holder: only words right before
the title itself touch it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal

from kg.base.model import AnnotatedSentence, Entity, EntityId, Fact, Source, Span, Status
from kg.facts.ground import NAME, Ground, Scope, pattern, words
from kg.facts.over_comma import plan_start
from kg.facts.scope import scopes

__all__ = ["ASSERTED", "Assertions", "Claim", "Standing", "Tenure", "weakest"]

_REACH: Final = 40  # code points before the verb
_NOT_VERB: Final = frozenset({"p", "n", "nz"})  # 将 as a preposition, 计划 as a noun
_PLANS: Final = "计划"
_AFTER_PLANS: Final = frozenset({"p", "d", "v", "c"})
_AGREED: Final = "同意"
_TURNED_DOWN: Final[tuple[tuple[str, Status], ...]] = (("given_up", "denied"), ("put_off", "planned"))
Tenure = Literal["", "proposed", "former", "left"]
_ORDER: Final[tuple[Status | None, ...]] = (None, "denied", "planned", "reported")


@dataclass(frozen=True, slots=True)
class Claim:
    """What might be a fact: where it stands, and what says it.

    Attributes:
        sentence: index of its sentence.
        trigger: the word that says it; of a pair that no pattern found, all from one name to the other.
        start: where the first of trigger and names stands.
        ends: the things it ties.
        granted: a title before a name, a name within a name: whatever is said of it takes it for granted.
        lasting: it is so, and is not done: words before the verb do not plan it.
        title: the post it gives, "" where none.
        tenure: of a post, whether it is not held yet, is given up (将卸任 plans its end), or was held.
        pair: no word is known to say it: the trigger holds both names.
    """

    sentence: int
    trigger: Span
    start: int
    ends: tuple[EntityId, EntityId]
    granted: bool = False
    lasting: bool = False
    title: str = ""
    tenure: Tenure = ""
    pair: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How the text stands to a claim; ``status`` None: it does not say it."""

    status: Status | None
    source: Source | None = None

    def of(self, fact: Fact) -> Fact:
        """Return a fact with this standing."""
        sources = () if self.source is None else (self.source,)
        return replace(fact, status=self.status or fact.status, sources=sources)


ASSERTED: Final = Standing("asserted")


class Assertions:
    """What an article asserts of what it says."""

    def __init__(
        self, annotated: Sequence[AnnotatedSentence], entities: Iterable[Entity], publisher: str = ""
    ) -> None:
        self.grounds = tuple(Ground(sentence, index) for index, sentence in enumerate(annotated))
        self.scopes: dict[int, list[Scope]] = {}
        starts = [ground.span.start for ground in self.grounds]
        for scope in scopes(self.grounds, {entity.id: entity for entity in entities}, publisher):
            for index in range(max(0, bisect_right(starts, scope.span.start) - 1), len(starts)):
                if starts[index] >= scope.span.end:
                    break
                self.scopes.setdefault(index, []).append(scope)

    def of(self, claim: Claim) -> Standing:
        """Return how the text stands to a claim."""
        ground = self.grounds[claim.sentence]
        if claim.granted:
            status = _before_title(ground, claim)
            return Standing("planned" if claim.tenure == "proposed" and status == "asserted" else status)
        over = [
            scope
            for scope in self.scopes.get(claim.sentence, ())
            if scope.span.overlaps(claim.trigger) and not scope.own & set(claim.ends)
        ]
        found: set[Status | None] = {scope.status for scope in over}
        own = _before_verb(ground, claim)
        if own is not None and claim.tenure != "left" and not (claim.tenure == "former" and own == "planned"):
            found.add(own)
        if claim.tenure == "proposed" or claim.title.endswith(words("before").words("not_yet")):
            found.add("planned")
        standing: Status | None = next((each for each in _ORDER if each in found), "asserted")
        return Standing(standing, _source(over, standing))


def _source(over: Sequence[Scope], standing: Status | None) -> Source | None:
    """Return who says it: the last of those it is told by, of what is passed on the first that nobody vouches for."""
    passed_on = [scope.source for scope in over if scope.source is not None and scope.status != "asserted"]
    if passed_on and standing in ("reported", "planned"):
        return passed_on[0]
    told = [scope for scope in over if scope.status == "asserted"]
    return max(told, key=lambda scope: scope.span.start).source if told else None


@cache
def _statuses() -> tuple[tuple[Status, re.Pattern[str]], ...]:
    return (
        ("denied", pattern("before", "denied")),
        ("planned", pattern("before", "planned")),
        ("reported", pattern("before", "reported")),
    )


def _before_verb(ground: Ground, claim: Claim) -> Status | None:
    """Return the status that words before the verb, in its clause, give it."""
    end = claim.trigger.end if claim.pair else claim.trigger.start
    start = max(ground.clause_start(end), end - _REACH)
    for status, cues in _statuses():
        if claim.lasting and status == "planned":
            continue
        for match in ground.find(cues, _begin(ground, claim, status, start), end):
            cue = ground.at(match)
            adverb = cue.end == end and match.group() in words("before").words("adverbial")
            if (adverb or _is_cue(ground, cue, match.group())) and _governs(ground, cue.end, end):
                return status
    if _is_agreed(ground, claim, start):
        return "planned"
    for key, status in _TURNED_DOWN:
        for match in ground.find(pattern("before", key), start, end):
            cue = ground.at(match)
            if ground.is_word(cue) and _is_object(ground, cue.end, end):
                return status
    return None


def _is_cue(ground: Ground, cue: Span, text: str) -> bool:
    """Say whether a word before a verb is meant: no preposition (将), no noun (计划), no part of a word."""
    if text.startswith("被"):
        return ground.is_word(cue)
    if text.endswith(_AGREED) and len(text) > len(_AGREED):  # 预|同意向甲: the tagger takes two words for one
        return True
    noun = ground.tag(cue.start) in _NOT_VERB
    return ground.is_word(cue) and (not noun or (text == _PLANS and _is_said_of_subject(ground, cue)))


def _is_said_of_subject(ground: Ground, cue: Span) -> bool:
    """Say whether 计划 is what somebody does, though the tagger takes it for a noun: 甲公司|计划|与乙大学合作; not 该计划与."""
    before = ground.text[: cue.start - ground.span.start]
    after = next(ground.tokens(cue.end, ground.span.end), None)
    subject = before.endswith((NAME, *words("before").words("planners")))
    return subject and after is not None and after.start == cue.end and after.tag in _AFTER_PLANS


def _is_agreed(ground: Ground, claim: Claim, start: int) -> bool:
    """Say whether a deal is only agreed to, or meant: 甲同意以3亿元收购乙, 甲签署备忘录，收购乙.

    Not 按约定收购乙, 获准收购乙并完成交割.
    """
    end = claim.trigger.start
    if claim.lasting or claim.pair or not _is_deal(ground, claim):
        return False
    papers = ground.find(pattern("before", "not_binding"), ground.span.start, end)
    if any(papers) and not _is_completed(ground, end):
        return True
    start = min(start, plan_start(ground, claim.trigger))
    agreed = [ground.at(match) for match in ground.find(pattern("before", "agreed"), start, end)]
    only = any(
        ground.is_word(cue) and _governs(ground, cue.end, end) and not _is_ground(ground, cue)
        for cue in agreed
    )
    return only and not _is_completed(ground, end)


def _is_deal(ground: Ground, claim: Claim) -> bool:
    return ground.raw(claim.trigger).startswith(words("before").words("of_deal"))


def _is_ground(ground: Ground, cue: Span) -> bool:
    """Say whether what was agreed is what the deed rests on: 按约定, 经股东会同意; not 经协商同意."""
    clause = Span(ground.clause_start(cue.start), cue.start)
    before = ground.text[clause.start - ground.span.start : clause.end - ground.span.start]
    rests = words("before").either("as_agreed" if ground.raw(cue).endswith("定") else "by_leave")
    found = re.search(f"(?:{rests})(?P<whose>.{{0,16}})$", before)
    return found is not None and pattern("before", "talks").search(found["whose"]) is None


def _is_completed(ground: Ground, start: int) -> bool:
    """Say whether the rest of the sentence says that the deal is done: 完成交割; not 预计完成交割, 完成新厂建设."""
    for match in ground.find(pattern("before", "completed"), start):
        cue = ground.at(match)
        begin = max(start, ground.clause_start(cue.start))
        yet = (
            ground.at(mark)
            for key in ("denied", "planned", "not_before")
            for mark in ground.find(pattern("before", key), begin, cue.start)
        )
        rest = ground.raw(Span(cue.end, ground.clause_end(cue.end)))
        closes = re.match(f"了?(?:$|[^的{NAME}]{{0,6}}(?:{words('before').either('closing')}))", rest)
        if closes and not any(ground.is_word(mark) for mark in yet):
            return True
    return False


def _begin(ground: Ground, claim: Claim, status: Status, start: int) -> int:
    """Return where the words begin that may give a claim a status: a plan may stand before a comma."""
    return min(start, plan_start(ground, claim.trigger)) if status == "planned" and not claim.pair else start


def _governs(ground: Ground, start: int, end: int) -> bool:
    """Say whether no other clause begins between the two: 拟上市的甲公司获得, 未满18岁加入."""
    between = ground.text[start - ground.span.start : end - ground.span.start]
    if re.search(f"的[^，]*{NAME}", between) or re.match("到|过|满", between):
        return False
    breaks = pattern("before", "breaks")
    return not any(breaks.fullmatch(token.text) for token in ground.tokens(start, end))


def _is_object(ground: Ground, start: int, end: int) -> bool:
    """Say whether what follows is what is given up, and not something else named between."""
    allowed = pattern("before", "of_giving_up")
    between = ground.text[start - ground.span.start : end - ground.span.start]
    if re.search(f"的[^，]*{NAME}", between):
        return False
    return all(
        token.text in ("的", "了", "之")
        or token.tag in ("d", "p", "r", "m", "f")
        or allowed.fullmatch(token.text)
        for token in ground.tokens(start, end)
    )


_TITLES: Final[tuple[tuple[str, Status], ...]] = (
    ("posts_denied", "denied"),
    ("posts_planned", "planned"),
    ("posts_reported", "reported"),
)


def _before_title(ground: Ground, claim: Claim) -> Status:
    """Return the status that words right before a title, or the body of it, give the post."""
    if not claim.title:
        return "asserted"
    if claim.title.endswith(words("before").words("not_yet")):
        return "planned"
    text = ground.text[: claim.start - ground.span.start]
    for key, status in _TITLES:
        for word in words("before").words(key):
            if text.endswith(word) and ground.is_word(Span(claim.start - len(word), claim.start)):
                return status
    return "asserted"


def weakest(found: Sequence[Standing]) -> Standing:
    """Return the standing that leaves least of a fact, of those of several ways to read it."""
    return min(
        found,
        key=lambda standing: (
            _ORDER.index(standing.status) if standing.status in _ORDER else len(_ORDER),
            standing.source is None,
        ),
    )
