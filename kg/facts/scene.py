"""Scenes: who speaks at an event takes part in it, and who attends 会议 attends the event named before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.base.late import late
from kg.base.model import Link
from kg.base.wordlist import any_of, read_words
from kg.facts.carried import Subjects
from kg.facts.hit import Hit
from kg.facts.passage import ANY, SYMBOLS, Passage
from kg.facts.pattern import Pattern, Patterns
from kg.facts.subject import subject_before
from kg.facts.topic import Anchors, Topics
from kg.facts.way import CARRIED_FROM_BEFORE, Base, Way
from kg.facts.words import facts_words

P, O, L, E = (SYMBOLS["Person"], SYMBOLS["Organization"], SYMBOLS["Place"], SYMBOLS["Activity"])  # noqa: E741
_WORDS = facts_words("scene")
_THIS = f"(?:{_WORDS.either('this')})"
_ARE = f"(?:{_WORDS.either('are')})"
_ARE_EACH = f"(?:{_WORDS.either('are_each')})"


@dataclass(frozen=True)
class _Words:
    at: re.Pattern[str]
    noun: re.Pattern[str]
    listed: re.Pattern[str]
    chaired: re.Pattern[str]
    wide: frozenset[str]
    parts: frozenset[str]
    gathering: re.Pattern[str]
    feast: re.Pattern[str]


@cache
def _words() -> _Words:
    raw = read_words("language/cues.toml").table("events").only("nouns", "parts", "wide")
    nouns = raw.either("nouns")
    return _Words(
        late(
            f"(?:(?P<e>{E})[^，{ANY}]{{0,6}}?(?:{_WORDS.either('where')})|(?:^|[，：、]|在|于|{_THIS}的?(?:{_WORDS.either('part')})?)(?P<n>{nouns})(?:{_WORDS.either('where_of_noun')})"
            f"|(?P<h>{E})[^，。；]{{0,24}}?(?:{_WORDS.either('held')})(?=，))"
        ),
        late(f"(?:了|过)?(?:{_THIS}|[^，。；{ANY}]{{0,6}}?)(?P<n>{nouns})"),
        late(
            f"(?P<c>{_WORDS.either('attends')})[^，。；]{{0,8}}?(?:(?P<e>{E})|(?P<n>{nouns}))"
            f"(?:[^，。；]{{0,10}}?的?[^，。；]{{0,10}}?{_ARE}|[^。；]{{0,30}}?{_ARE_EACH})：?"
        ),
        late(f"(?:(?P<e>{E})|(?P<n>{nouns}))[^。；{E}]{{0,30}}?由[^，。；]{{0,16}}?(?P<p>{P})主持"),
        frozenset(raw.words("wide")),
        frozenset(raw.words("parts")),
        late(f"(?:{_WORDS.either('gatherings')})$"),
        late(f"(?P<n>{_WORDS.either('feasts')})(?:{_WORDS.either('where')})"),
    )


def event_of(noun: str, topics: Topics) -> Link | None:
    """Return the event an event noun stands for: the last one whose name ends like it; without one, the last gathering."""
    if not noun:
        return next((link for link in reversed(topics.events) if _words().gathering.search(link.text)), None)
    for link in reversed(topics.events):
        if link.text.endswith(noun):
            return link
    for link in reversed(topics.events):
        if len(noun) > 1 and noun in link.text:
            return link
    if noun in _words().parts and topics.events:  # 出席开幕式: of the event named before
        return topics.events[-1]
    if noun in _words().wide:
        for link in reversed(topics.events):
            if noun == "活动" or re.search("(?:会|坛|会议)$", link.text):
                return link
    return None


def read_scenes(passage: Passage, topics: Topics, anchors: Anchors, patterns: Patterns) -> Iterator[Hit]:
    """Yield who speaks, acts or attends at an event of the passage or named before it."""
    yield from _said(passage, topics, anchors, patterns.by_reader["scene-said"])
    yield from _attended(passage, topics, anchors, patterns.by_reader["scene-attended"])
    yield from _listed(passage, topics, anchors, patterns.by_reader["scene-listed"])
    yield from _organized(passage, topics, anchors, patterns.by_reader["scene-organized"])
    yield from _spoke(passage, topics, anchors, patterns.by_reader["scene-spoke"])
    yield from _medals(passage, topics, anchors, patterns.by_reader["scene-medal"])
    yield from _chaired(passage, topics, patterns.by_reader["scene-chaired"])
    yield from _authors(passage, patterns.by_reader["document-aside"])


def _said(passage: Passage, topics: Topics, anchors: Anchors, pattern: Pattern) -> Iterator[Hit]:
    scene = _words().at.search(passage.mask)
    if scene is None:
        return
    named = scene["e"] or scene["h"]
    event = (
        passage.links[scene.start("e" if scene["e"] else "h")]
        if named
        else event_of("" if scene["n"] == _MEETING else scene["n"], topics)
    )
    if event is None:
        return
    said = any_of(pattern.cues)
    yield from _before_scene(passage, scene, event, said, anchors, pattern)
    for clause in passage.clauses:
        if clause.end <= scene.end():
            continue
        match = said.search(passage.mask, max(clause.start, scene.end()), clause.end)
        if match is None or not passage.starts_word(match.start()):
            continue
        if scene["h"] and not _BODIES.search(passage.mask, clause.start, match.start()):
            continue  # 乙论坛举行，甲部有关负责人介绍
        for position in _speakers(passage, max(clause.start, scene.end()), match.start(), anchors):
            where = passage.span(*match.span())
            yield Hit(pattern, passage.links[position], event, where, passage, Way(Base.SCENE))


def _before_scene(
    passage: Passage,
    scene: re.Match[str],
    event: Link,
    said: re.Pattern[str],
    anchors: Anchors,
    pattern: Pattern,
) -> Iterator[Hit]:
    """Yield who speaks where the scene stands behind the name: 张三、李四在会上发言."""
    clause = passage.clauses[passage.clause_of(scene.start())]
    start = scene.start("n")
    match = said.search(passage.mask, scene.end(), clause.end)
    here = {passage.mask[at - 1 : at] for at in (start, scene.start()) if at > 0}
    if start < 0 or match is None or here.isdisjoint({"在", "于"}):  # 在|论坛上, 在|当天的启动活动上
        return
    for position in passage.names(clause.start, start, P):
        if position not in anchors:
            yield Hit(
                pattern, passage.links[position], event, passage.span(*match.span()), passage, Way(Base.SCENE)
            )


def _speakers(passage: Passage, start: int, end: int, anchors: Anchors) -> list[int]:
    found = [i for i in passage.names(start, end, P) if i not in anchors]
    if not found:
        found = [i for i in passage.names(start, end, O) if i not in anchors]
    return [i for i in found if passage.mask[i - 1 : i] not in {"对", "向", "为", "给", "据"}]


def _attended(passage: Passage, topics: Topics, anchors: Anchors, pattern: Pattern) -> Iterator[Hit]:
    """Yield who attends an event that only an event noun or nothing stands for: 出席会议, 出席并讲话."""
    if not topics.events:
        return
    for match in any_of(pattern.cues).finditer(passage.mask):
        if not passage.starts_word(match.start()):
            continue
        noun = noun_behind(passage, match.end())
        if noun is None and not _is_bare(passage, match.start()):
            continue
        noun = noun or feast_before(passage, match.start())
        event = event_of(noun or (_MEETING if match.group() in _OF_SHOWS else ""), topics)
        found = _attendants(passage, match.start(), topics, anchors, bare=noun is None) if event else None
        if event is None or found is None:
            continue
        for subject in found.links:
            if subject.entity != event.entity:
                where = passage.span(*match.span())
                yield Hit(pattern, subject, event, where, passage, Way(found.by))


def noun_behind(passage: Passage, position: int) -> str | None:
    """Return the event noun behind a verb of attending: 出席|会议."""
    noun = _words().noun.match(passage.mask, position)
    return noun["n"] if noun is not None and passage.ends_word(noun.end()) else None


def feast_before(passage: Passage, position: int) -> str | None:
    """Return the feast at which the sentence plays, by the last noun for one left of a verb: 晚宴上，张三应邀|出席."""
    feasts = list(_words().feast.finditer(passage.mask, 0, position))
    return feasts[-1]["n"] if feasts else None


def _is_bare(passage: Passage, start: int) -> bool:
    """Say whether a verb of attending has no object: 张三出席并讲话."""
    mask = passage.mask
    return _BARE.match(mask, start) is not None and not _HAS_OBJECT.search(mask[:start])


def _attendants(
    passage: Passage, start: int, topics: Topics, anchors: Anchors, *, bare: bool
) -> Subjects | None:
    """Return who attends: somebody named in the sentence, or else bodies and those who come from them.

    ``bare``: nothing stands for the event, so a body has to stand right before the verb.
    """
    persons = subject_before(passage, start, P, topics, anchors)
    bodies = subject_before(passage, start, O + L, topics, anchors, carry="no")
    sent = bodies is not None and bodies.by == Base.LEFT_PERSON  # 张三出席，甲部、乙部负责人参加
    if (
        persons is not None
        and persons.by not in CARRIED_FROM_BEFORE
        and not (sent and persons.by in _CARRIED)
    ):
        return persons
    if bare and (bodies is None or bodies.by not in {Base.LEFT, Base.LEFT_PERSON}):
        return None
    if bodies is None:
        return Subjects(_sent(passage, start), Base.SCENE)
    if bodies.by == Base.POSSESSOR:  # 甲公司的代表参加会议
        return Subjects(bodies.links, Base.LEFT_PERSON)
    return bodies


_MEETING = "会"  # 会上: of whatever they gather for
_OF_SHOWS = frozenset(_WORDS.words("of_shows"))
_CARRIED = frozenset({Base.CARRIED, Base.CARRIED_NOUN, Base.CARRIED_SAID})
_FROM = late(
    f"来自[^，。；{ANY}]{{0,8}}?(?P<s>[{O}{L}](?:[、和及与]?[{O}{L}])*)[^，。；{ANY}]{{0,12}}的[^，。；{ANY}]{{0,16}}$"
)


def _sent(passage: Passage, end: int) -> list[Link]:
    """Return those whose people a clause speaks of: 来自甲公司、乙公司的选手参加."""
    start = passage.clauses[passage.clause_of(end)].start
    match = _FROM.search(passage.mask[start:end])
    return (
        [passage.links[start + i] for i in range(*match.span("s")) if start + i in passage.links]
        if match
        else []
    )


_BARE = late(f"(?:{_WORDS.either('bare')})(?:并|和|、|[，。；]|$)")  # 张三出席并讲话
_HAS_OBJECT = late(f"(?:{_WORDS.either('has_object')}|负责(?!人|同志))[^，。；]{{0,6}}$")


def _listed(passage: Passage, topics: Topics, anchors: Anchors, pattern: Pattern) -> Iterator[Hit]:
    match = (
        _words().listed.search(passage.mask) or _PRESENT.search(passage.mask) or _GUESTS.search(passage.mask)
    )
    if match is None:
        return
    event = passage.links[match.start("e")] if match["e"] else None
    if event is None:
        event = event_of(match["n"] or "活动", topics) or (topics.events[-1] if topics.events else None)
    if event is None:
        return
    where = passage.span(*match.span("c"))
    names = passage.names(match.end(), len(passage.mask), P)
    names = names or passage.names(match.end(), len(passage.mask), O)
    for position in names:
        if position not in anchors:
            yield Hit(pattern, passage.links[position], event, where, passage, Way(Base.LIST))


def _organized(passage: Passage, topics: Topics, anchors: Anchors, pattern: Pattern) -> Iterator[Hit]:
    """Yield who runs an event that the sentence does not name."""
    if not topics.events:
        return
    for match in any_of(pattern.cues).finditer(passage.mask):
        clause = passage.clauses[passage.clause_of(match.start())]
        low = max(
            [
                clause.start,
                *(m.end() for m in any_of(pattern.cues).finditer(passage.mask, clause.start, match.start())),
            ]
        )
        names = [
            i for i in passage.names(low, match.start()) if passage.mask[i] in P + O + L and i not in anchors
        ]
        if (
            not names
            or (not _CLOSED.match(passage.mask, match.end()) and passage.names(match.end(), clause.end))
            or passage.names(clause.start, match.start(), E)
        ):
            continue
        noun = _words().noun.search(passage.mask, 0, match.start())
        event = event_of(noun["n"], topics) if noun else topics.events[-1]
        for position in names:
            if event is not None:
                yield Hit(
                    pattern,
                    passage.links[position],
                    event,
                    passage.span(*match.span()),
                    passage,
                    Way(Base.SCENE),
                )


def _spoke(passage: Passage, topics: Topics, anchors: Anchors, pattern: Pattern) -> Iterator[Hit]:
    """Yield who gives a speech where the sentence names no event but one before does."""
    for match in any_of(pattern.cues).finditer(passage.mask):
        if _REPORTED.match(passage.mask, match.end()) and not _speaking(passage, match):
            continue
        own = passage.names(0, match.start(), E)
        event = passage.links[own[-1]] if own else event_of("", topics)
        if event is None:
            continue
        clause = passage.clauses[passage.clause_of(match.start())]
        where = passage.span(*match.span())
        persons = [i for i in passage.names(clause.start, match.start(), P) if i not in anchors]
        for position in persons:
            if passage.mask[position - 1 : position] not in {"对", "向", "就"}:
                yield Hit(pattern, passage.links[position], event, where, passage, Way(Base.SCENE))
        speakers = list(_BODIES.finditer(passage.mask, 0, match.start()))
        if not persons and speakers:
            for position in passage.names(0, speakers[-1].start(), O):
                if position not in anchors:
                    yield Hit(pattern, passage.links[position], event, where, passage, Way(Base.SCENE))


_PRESENT = late(
    f"(?P<c>{_WORDS.either('attending')})的?(?P<e>{E})?(?P<n>{_WORDS.either('attendants')})"
    f"[^，。；]{{0,8}}?{_ARE}：?"
)
_SPEAKING = late(f"{P}(?:同志|先生|女士)?[^，。；{ANY}]{{0,4}}在(?:{_WORDS.either('speech')})*$")


def _speaking(passage: Passage, match: re.Match[str]) -> bool:
    """Say whether somebody is speaking: 张三在致辞中表示."""
    return (
        passage.mask.startswith("中", match.end())
        and _SPEAKING.search(passage.mask[: match.start()]) is not None
    )


_GUESTS = late(f"(?P<c>(?:{_WORDS.either('guests_attend')})?(?:{_WORDS.either('guests')}))(?P<e>)(?P<n>)：")
_REPORTED = late(_WORDS.either("reported"))  # 讲话精神: what was said somewhere else
_BODIES = late(f"(?:{_WORDS.either('of_speakers')})?(?:{_WORDS.either('speakers')})")  # who speaks for a body


_CLOSED = late("[、，；。]|$")  # nothing behind the verb is its object


_GAMES = late(f"(?:{_WORDS.either('games')})$")
_MEDAL = late(f"[^，。；]{{0,24}}?(?:{_WORDS.either('medals')})")
_WINS = frozenset(_WORDS.words("wins"))


def _medals(passage: Passage, topics: Topics, anchors: Anchors, pattern: Pattern) -> Iterator[Hit]:
    """Yield who wins a medal where the sentence names no event but one before does."""
    event = next((link for link in reversed(topics.events) if _GAMES.search(link.text)), None)
    if event is None or any(passage.links[i].is_name for i in passage.names(0, len(passage.mask), E)):
        return
    for match in any_of(pattern.cues).finditer(passage.mask):
        if match.group() not in _WINS and not _MEDAL.match(passage.mask, match.end()):
            continue
        clause = passage.clauses[passage.clause_of(match.start())]
        names = [i for i in passage.names(clause.start, match.start(), P) if i not in anchors]
        for position in passage.group(names[-1]) if names else []:
            yield Hit(
                pattern, passage.links[position], event, passage.span(*match.span()), passage, Way(Base.SCENE)
            )


def _chaired(passage: Passage, topics: Topics, pattern: Pattern) -> Iterator[Hit]:
    """Yield who chairs the event an event noun stands for: 会议由张三主持."""
    for match in _words().chaired.finditer(passage.mask):
        event = passage.links[match.start("e")] if match["e"] else event_of(match["n"], topics)
        if event is not None:
            where = passage.span(match.end() - 2, match.end())
            yield Hit(pattern, passage.links[match.start("p")], event, where, passage, Way(Base.AGENT))


def _authors(passage: Passage, pattern: Pattern) -> Iterator[Hit]:
    """Yield authors and publishers in brackets behind a document."""
    for aside in passage.asides:
        if aside.owner is None or aside.owner.type != "Document":
            continue
        for position in aside.names(0, len(aside.mask), P + O):
            where = aside.span(position, position + 1)
            yield Hit(pattern, aside.links[position], aside.owner, where, aside, Way(Base.ASIDE))


_CITED = late(_WORDS.either("cited"))
_CALAMITY = late(f"(?:{_WORDS.either('calamity')})$")
_CITING = late(f"(?:{_WORDS.either('citing')})[^，。]{{0,6}}$")


_HELD = late(f"[^，。；{E}]{{0,24}}?(?<!将)(?<!拟)(?:{_WORDS.either('held')})")
_HOLDS = late(f"(?<!将)(?<!拟)(?:{_WORDS.either('held')})了?[^，。；{E}]{{0,16}}$")


def events_in(passage: Passage) -> list[Link]:
    """Return the events the passage tells of, not those it only cites: 贯彻甲会议精神.

    Those that it says are held stand last, for they are what 会上 means, not what comes up besides (甲会议召开，标志着乙大会进入筹备).
    """
    told = [
        i
        for i in passage.names(0, len(passage.mask), E)
        if not _CITED.match(passage.mask, i + 1)
        and not _CITING.search(passage.mask[:i])
        and not _CALAMITY.search(passage.links[i].text)
    ]
    return [passage.links[i] for i in sorted(told, key=lambda i: _is_held(passage, i))]


def _is_held(passage: Passage, position: int) -> bool:
    """Say whether an event at a mask position is told to take place: 甲会议在乙市召开, 召开甲会议."""
    held = _HELD.match(passage.mask, position + 1) is not None
    return held or _HOLDS.search(passage.mask[:position]) is not None
