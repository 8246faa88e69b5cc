"""The subjects of a frame: before its cue, behind it, described by its clause, or dropped.

The subject is the nearest *free* name before the cue (see ``kg.facts.topic``) that is not the object of another verb.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import Link
from kg.base.overlay import active, per_overlay
from kg.base.schema import following_trait, schema
from kg.facts.carried import Subjects, carried, is_shared_deed
from kg.facts.cue import Cue, Occurrence
from kg.facts.object import LISTING
from kg.facts.passage import ANY, LETTERS, SYMBOLS, Passage
from kg.facts.pattern import Carry, Pattern, symbols
from kg.facts.topic import BESIDE, Anchors, Topics, clause_words, is_scene
from kg.facts.way import Base
from kg.facts.words import facts_words

_WORDS: Final = facts_words("clause")
_PERSON: Final = SYMBOLS["Person"]
_BODY: Final = SYMBOLS["Organization"]
_PLACE: Final = SYMBOLS["Place"]
_WORK: Final = SYMBOLS["Product"]
_BEFORE: Final = 14  # mask characters before a name that say what it is there
_RECEIVED: Final = following_trait("received")
_POST: Final = min(  # for readers that look for who holds a post; not one of the user
    (name for name in schema().having("of_a_post") if ("predicate", name) not in active().places), default=""
)
_NAME: Final = late(f"[{ANY}]")
_AT: Final = frozenset("在于")
_FOR: Final = late("[为给对向祝贺]$")
_THANKS_TO: Final = late(f"(?:依靠|凭借?|靠|以|因)[^，。；{ANY}]{{0,8}}$")
_OF_IT: Final = late(f"(?:称号|荣誉|等|其中|[、，“”‘’《》的及和与]|[{ANY}])*")
_NOMINAL: Final = frozenset({"n", "nz", "nw", "vn", "an", "f", "s"})
_UNDERGOES: Final = frozenset(_WORDS.words("undergoes"))
_SHARED: Final = frozenset({"和", "与", "同"})
_OWN: Final = late(
    f"(?:{_WORDS.either('before_own_body')})?(?:{_WORDS.either('own_body')})(?!{_WORDS.either('not_behind_own_body')})"
)
_COUNTED_OF: Final = late(r"[\d一二两三四五六七八九十百多]+余?[名位家个项件篇部人所](?!人次)[^，。；等]{1,8}")
_DESCRIBED_PERSON: Final = late(f"[^，{ANY}]{{0,4}}的[^，]{{0,14}}?({_PERSON})")


def subject_before(
    passage: Passage,
    position: int,
    kinds: str,
    topics: Topics,
    anchors: Anchors,
    carry: Carry = "sentence",
) -> Subjects | None:
    """Return the subject of the word at a mask position, of the given symbols; None: there is none."""
    cue = Cue(position, position + 1, ())
    number = passage.clause_of(position)
    return subjects_of(Occurrence(passage, (), topics, anchors, _asking(kinds, carry), cue, number), set())


@per_overlay
def _asking(kinds: str, carry: Carry) -> Pattern:
    letters = "".join(letter for letter, kind in LETTERS.items() if SYMBOLS[kind] in kinds)
    return Pattern("", "frame", _POST, "", 1.0, subject=letters, carry=carry)


def subjects_of(here: Occurrence, taken: set[int]) -> Subjects | None:
    """Return the subjects of the cue, None where there are none; ``taken``: the mask positions of its objects."""
    kinds = symbols(here.pattern.object if here.pattern.turned else here.pattern.subject)
    if here.pattern.turned and _is_right_before(here, kinds, taken):
        return Subjects([here.passage.links[here.cue.start - 1]], Base.LEFT)
    if here.pattern.subject_side == "right":
        return _behind_cue(here, kinds, taken)
    found = before_cue(here, kinds, taken)
    if found is None:
        return _elsewhere(here, kinds, taken)
    positions, by = found
    if here.pattern.turned and here.mask[here.cue.start - 1 : here.cue.start] in LISTING:
        first = here.passage.names(here.clause.start, positions[0], kinds)[:1]
        positions = first or positions  # 甲子公司乙、分公司丙
    if by in {Base.AGENT, Base.POSSESSOR}:
        return _with_partners(here, positions, by, kinds)
    person = _described_person(here, kinds, taken)
    if person is not None and _is_behind_other_verb(here, max(taken)):
        return None  # 在甲会见来乙访问的张三: the visit is not to 甲
    if person is not None and (by != Base.LEFT or max(taken) < here.cue.start):
        return Subjects([person], Base.RELATIVE)
    if by in {Base.LEFT_VERB, Base.PIVOT} and _is_described(here, taken):
        return None
    if _is_only_guest(here, positions[-1], taken):
        return None
    return _with_partners(here, positions, by, kinds)


# Before the cue --------------------------------------------------------------------------------------------------------


def _is_right_before(here: Occurrence, kinds: str, taken: set[int]) -> bool:
    """Say whether the name right before the cue can be its subject: 甲旗下."""
    position = here.cue.start - 1
    return position not in taken and position in here.passage.links and here.mask[position] in kinds


def before_cue(here: Occurrence, kinds: str, taken: set[int]) -> tuple[list[int], Base] | None:
    """Return the nearest name before the cue that is its subject, with its list, and how it is its subject."""
    passage, mask = here.passage, here.mask
    for position in reversed(passage.names(here.clause.start, here.cue.start, kinds)):
        if position in taken or position in here.anchors:
            continue
        head = passage.group(position)[0]
        by = _way(here, position, here.anchors.heads.get(head, head))
        if by is not None:
            return [m for m in passage.group(position) if mask[m] in kinds and m <= position], by
    return None


def _way(here: Occurrence, position: int, head: int) -> Base | None:
    """Return how the name before the cue is its subject, None if it is not; ``head``: where its titles start."""
    words, mask = clause_words(), here.mask
    between = mask[position + 1 : here.cue.start]
    before = BESIDE.sub("", mask[max(here.clause.start, head - _BEFORE) : head])
    award = here.pattern.predicate in _RECEIVED
    if award and "被" in mask[here.clause.start : head]:  # 甲被乙评为: the second gives
        return None
    if award and mask[position] == _WORK and _THANKS_TO.search(before):  # 甲依靠电影乙获奖
        return None
    agent = words.agents.search(before)
    if agent is not None:
        return None if award or _is_agent_of_other(here, position, agent.group()) else Base.AGENT
    if between.startswith("在内"):  # 包括甲、乙在内的众人
        return Base.LEFT
    if words.prepositions.search(before) or is_scene(here.passage, position):
        near = award and between in {"", "等", "等人", "同志"} and _FOR.search(before)
        return Base.PIVOT if near else None  # 为张三等获得甲称号的人颁奖
    verb = _is_behind_verb(here, head)
    if (verb and words.coupled.match(between)) or _is_goal(here, position, before):
        return None
    if words.modifier.match(between):
        return Base.POSSESSOR if not _NAME.search(between) and len(between) < 8 else None
    return Base.PIVOT if verb else _way_to_cue(here, position, between)


def _is_agent_of_other(here: Occurrence, position: int, agent: str) -> bool:
    """Say whether a name behind 受 or 获 does another verb before the cue: 甲受乙资助成立丙."""
    between = here.passage.tags(position + 1, here.cue.start)
    return agent in _UNDERGOES and bool({"v", "vn"} & set(between))


def _is_behind_verb(here: Occurrence, head: int) -> bool:
    word = here.passage.word_before(head)
    return word is not None and word.tag == "v"


def _is_goal(here: Occurrence, position: int, before: str) -> bool:
    """Say whether a place is where somebody goes: 赴甲市, 来华."""
    return here.mask[position] == _PLACE and clause_words().motion.search(before) is not None


def _way_to_cue(here: Occurrence, position: int, between: str) -> Base | None:
    """Return what the words between a free name and the cue make of the name."""
    tags = here.passage.tags(position + 1, here.cue.start)
    place = here.mask[position] == _PLACE
    if tags and (tags[0] in _NOMINAL or (place and tags[0] in {"a", "b"})):
        if clause_words().people.match(between):
            return Base.LEFT_PERSON
        return None if place else Base.LEFT_NOUN  # 甲国企业 is not 甲国
    if place and _COUNTED_OF.match(between):
        return None  # 甲市两项目获奖: not 甲市
    return Base.LEFT_VERB if "v" in tags else Base.LEFT


def _with_partners(here: Occurrence, positions: list[int], by: Base, kinds: str) -> Subjects:
    """Return the subjects and those they act with: 甲联合乙制定."""
    passage = here.passage
    links = [passage.links[i] for i in positions]
    head = passage.group(positions[0])[0]
    before = here.mask[max(here.clause.start, head - _BEFORE) : head]
    match = clause_words().joins.search(BESIDE.sub("", before))
    if match is None:
        return Subjects(links, by)
    partners = [i for i in passage.names(here.clause.start, head, kinds) if i not in here.anchors]
    if partners:
        return Subjects([passage.links[m] for m in passage.group(partners[-1])] + links, by)
    if match.group() in _SHARED and is_shared_deed(here, head):  # 甲公告：拟和乙共同设立丙
        others = carried(here, kinds, set(positions))
        own = links[0].entity
        links = [link for link in others.links if link.entity != own] + links if others else links
    return Subjects(links, by)


# Behind the cue --------------------------------------------------------------------------------------------------------


def _behind_cue(here: Occurrence, kinds: str, taken: set[int]) -> Subjects | None:
    """Return the first name behind the cue, and its list."""
    for position in here.passage.names(here.cue.end, here.clause.end, kinds):
        group = [m for m in here.passage.group(position) if here.mask[m] in kinds and m not in taken]
        if _is_of_place(here, position, group, taken):
            return None
        return Subjects([here.passage.links[m] for m in group], Base.RIGHT)
    return None


def _is_of_place(here: Occurrence, position: int, group: list[int], taken: set[int]) -> bool:
    """Say whether a group of a place is honoured, and not the place: 授予甲市检察团队乙称号."""
    behind = [at for at in taken if group and at > max(group)]
    if here.mask[position] != _PLACE or here.pattern.predicate not in _RECEIVED or not behind:
        return False
    return _OF_IT.fullmatch(here.mask, max(group) + 1, min(behind)) is None


def _described_person(here: Occurrence, kinds: str, taken: set[int]) -> Link | None:
    """Return the person a relative clause with this verb describes: 会见来甲国访问的总统张三."""
    if not taken or _PERSON not in kinds:
        return None
    start = max(here.cue.end, max(taken) + 1)
    match = _DESCRIBED_PERSON.match(here.mask, start, here.clause.end)
    return here.passage.links[match.start(1)] if match else None


def _is_behind_other_verb(here: Occurrence, position: int) -> bool:
    """Say whether a verb stands between an object before the cue and the cue."""
    if position > here.cue.start:
        return False
    between = here.mask[position + 1 : here.cue.start]
    return "v" in here.passage.tags(position + 1, here.cue.start) and not between.startswith("进行")


def _is_only_guest(here: Occurrence, position: int, taken: set[int]) -> bool:
    """Say whether a person is only at an event that others hold: 张三在甲市举行的乙大会上获奖."""
    if here.mask[position] != _PERSON or not here.mask.startswith("的", here.cue.end):
        return False
    event = any(here.passage.links[at].type == "Activity" for at in taken if at > here.cue.end)
    return event and here.mask[position + 1 : position + 2] in _AT


def _is_described(here: Occurrence, taken: set[int]) -> bool:
    """Say whether cue and object only describe what follows, another's deed: 出席在甲举行的乙, 会见出席乙的议员."""
    ends = {here.cue.end, max(taken) + 1} if taken else {here.cue.end}
    return any(here.mask.startswith("的", end) for end in ends)


# Elsewhere -------------------------------------------------------------------------------------------------------------


def _elsewhere(here: Occurrence, kinds: str, taken: set[int]) -> Subjects | None:
    """Return a subject that does not stand before the cue in its clause."""
    described = _described(here, kinds, taken) if taken else []
    if described:
        return Subjects(described, Base.RELATIVE)
    own = _own(here, kinds, taken)
    if own is not None:
        return Subjects([own], Base.OWN)
    owner = here.passage.owner
    if owner is not None and SYMBOLS[owner.type] in kinds:  # 甲公司（旗下有乙）
        return Subjects([owner], Base.OWNER)
    return carried(here, kinds, taken)


def _described(here: Occurrence, kinds: str, taken: set[int]) -> list[Link]:
    """Return the subject behind its own relative clause: 荣获甲称号的张三."""
    last = max(taken)
    if last < here.cue.end:
        return []
    match = _described_name(kinds).match(here.mask, last + 1, here.clause.end)
    if not match or clause_words().agents.search(here.mask[last + 1 : match.start(1)]):
        return []  # 收购甲的交易获乙批准
    head = match.start(1)
    while head + 1 in here.passage.links and here.mask[head + 1] in kinds:  # 位于甲海之滨的乙省丙县
        head += 1
    return [here.passage.links[m] for m in here.passage.group(head) if m not in taken]


@cache
def _described_name(kinds: str) -> re.Pattern[str]:
    return late(rf"[^，{ANY}]{{0,6}}的[^，]{{0,14}}?([{kinds}])")


def _own(here: Occurrence, kinds: str, taken: set[int]) -> Link | None:
    """Return the body 公司 or 该院 at the start of the clause stands for: 甲公司董事长张三介绍，公司研发了乙."""
    if here.pattern.carry == "no" or _BODY not in kinds:
        return None
    if not _OWN.match(here.mask, here.clause.start, here.cue.start):
        return None
    named = (i for i in here.passage.names(0, here.clause.start, _BODY) if i not in taken)
    first = next(named, None)
    return here.passage.links[first] if first is not None else None
