"""Verb frames: who does what to whom within a clause, with dropped subjects, agents behind 由 and 被, and lists.

A frame finds its cue, then the nearest *free* name before it: not behind a preposition (在, 对, 与 ...), not the object
of another verb, not a modifier before 的. A clause without one takes over the subject of the clause before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from kg.base.model import EntityId, Link
from kg.base.resources import load_toml
from kg.base.schema import schema
from kg.facts.hit import Hit
from kg.facts.passage import ANY, LETTERS, SYMBOLS, Clause, Passage
from kg.facts.pattern import Carry, Pattern, Patterns, symbols

_NAME = re.compile(f"[{ANY}]")
_FOR = re.compile("[为给对向祝贺]$")
_BEFORE_SUBJECT = frozenset({"TIME", "t", "d", "c", "w", "f", "ad"})
_PRONOUN = re.compile("[^，]{0,6}?[他她]")
_NOMINAL = frozenset({"n", "nz", "nw", "vn", "an", "f", "s"})
_SHARED = frozenset({"和", "与", "同"})
_TOGETHER = re.compile("共同|联合|合资|携手")
_OF_A_LIFE, _OF_A_POST = schema().having("of_a_life"), schema().having("of_a_post")
_POST = min(_OF_A_POST, default="")  # for readers that look for who holds a post
_RECEIVED, _COMPOSED = schema().having("received"), schema().having("composed")
_FOR_PEOPLE, _ADOPTED = schema().having("for_people"), schema().having("adopted")
_LOCATION = schema().having("location")
_WHEN = re.compile(r"[^，。]{0,8}[日天午晚年月间](?:举行|召开|开幕|举办|结束)?的")
_BOTH = ("双方", "三方", "两校", "两家")
_SEAT = frozenset({"总部", "公司", "集团", "企业", "项目", "工程", "校区", "厂区", "注册地"})
_MEETING = frozenset({"会议", "大会", "全会", "董事会", "股东大会", "监事会", "常务会议"})
_LISTING = frozenset({"、", "和", "及"})
_ASIDE = re.compile("[以对从为]$|关于$|对于$")
_CLOSE = schema().having("close")
_SAID = re.compile("(?:说|表示|指出|认为|强调|透露|介绍|建议|呼吁|坦言|感慨|直言)(?:道)?[：，]")
_DESCRIBING = re.compile(f"[^，{ANY}]{{1,12}}的[^，{ANY}]{{0,8}}[{ANY}]")
_COUNTED = re.compile(r"[\d〇一二三四五六七八九十百千万余多两]+(?:余|多)?(?:人|名|位|家|个单位|支队伍)")
_UNDER = re.compile("下$|下[，,]|邀请|支持下|带领|陪同|领导下")
_AGENT = re.compile(
    f"[由被](?=[^，]{{0,10}}?[{SYMBOLS['Person']}{SYMBOLS['Organization']}{SYMBOLS['Place']}])"
)
_WITH = re.compile("与|同|和|跟|联合|携手|会同|牵手")
_COMPANY = frozenset({"联合", "携手", "牵手", "联手", "会同", "签约", "联姻", "结盟"})
_BESIDE = re.compile(f"[{SYMBOLS['Place']}{SYMBOLS['Organization']}]+$")
_BODY = SYMBOLS["Organization"]
_OWN = re.compile(
    "(?:其中，|目前|近年来|未来|今年)?(?:该公司|公司|集团|该集团|该企业|该院|该校|学校|医院|该行)(?!董|总|高|股|副|党|员|工|的|旗|控|法|监|职)"
)
_PLACE = SYMBOLS["Place"]


@dataclass(frozen=True)
class _Words:
    prepositions: re.Pattern[str]
    agents: re.Pattern[str]
    passive: frozenset[str]
    joins: re.Pattern[str]
    scene: re.Pattern[str]
    modifier: re.Pattern[str]
    coupled: re.Pattern[str]
    people: re.Pattern[str]
    motion: re.Pattern[str]


@cache
def _words() -> _Words:
    raw = load_toml("language/cues.toml")["clause"]

    def any_of(key: str) -> str:
        return "|".join(re.escape(word) for word in sorted(raw[key], key=lambda word: (-len(word), word)))

    return _Words(
        re.compile(f"(?:{any_of('prepositions')})$"),
        re.compile(f"(?:{any_of('agents')})$"),
        frozenset(raw["passives"]),
        re.compile(f"(?:{any_of('joins')})$"),
        re.compile(f"(?:{any_of('scene')})"),
        re.compile(f"(?:{any_of('modifier')})"),
        re.compile(f"(?:{any_of('coupled')})"),
        re.compile(f"(?:{any_of('people')})"),
        re.compile(f"(?:{any_of('motion')})$"),
    )


@dataclass(frozen=True)
class Anchors:
    """Bodies that belong to a post before a name (never subjects), and where the posts before each name start."""

    bodies: frozenset[int] = frozenset()
    heads: Mapping[int, int] = field(default_factory=dict)

    def __contains__(self, position: object) -> bool:
        """Say whether the body at a mask position belongs to a post before a name."""
        return position in self.bodies


@dataclass
class Topics:
    """What the clauses and sentences read so far were about: lists of names, the newest last."""

    before: list[list[Link]] = field(default_factory=list)
    events: list[Link] = field(default_factory=list)
    main: EntityId | None = None  # the body the article is about
    story: bool = False  # whether it is the story of that person
    person: Link | None = None  # the one the article is about, where there is one
    term: list[Link] = field(default_factory=list)  # whose list of posts the last sentence ended in


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue word of frames, at mask positions."""

    start: int
    end: int
    patterns: tuple[Pattern, ...]


def cues_of(passage: Passage, patterns: Patterns) -> list[Cue]:
    """Return the cues of the passage whose word borders and parts of speech are right."""
    found: list[Cue] = []
    for match in patterns.cue.finditer(passage.mask):
        start, end = match.span()
        fit = tuple(p for p in patterns.by_cue[match.group()] if _fits(passage, p, start, end))
        if fit:
            found.append(Cue(start, end, fit))
        seen = set(fit)
        for offset, cue in patterns.inside[match.group()]:
            first, last = start + offset, start + offset + len(cue)
            fit = tuple(p for p in patterns.by_cue[cue] if p not in seen and _fits(passage, p, first, last))
            if fit:
                seen.update(fit)
                found.append(Cue(first, last, fit))
    return sorted(found, key=lambda cue: cue.start)


def _fits(passage: Passage, pattern: Pattern, start: int, end: int) -> bool:
    if pattern.boundary != "none" and not passage.starts_word(start):
        return False
    if pattern.boundary == "both" and not passage.ends_word(end):
        return False
    if pattern.pos and passage.tag(start) not in pattern.pos:
        return False
    mask = passage.mask
    return not (
        (pattern.before and not pattern.before.search(mask, max(0, start - 24), start))
        or (pattern.not_before and pattern.not_before.search(mask, max(0, start - 24), start))
        or (pattern.after and not pattern.after.match(mask, end))
        or (pattern.not_after and pattern.not_after.match(mask, end))
    )


def read_frames(passage: Passage, cues: Sequence[Cue], topics: Topics, anchors: Anchors) -> Iterator[Hit]:
    """Yield what the frames find. ``anchors``: bodies that belong to a post before a name, never free."""
    for cue in cues:
        number = passage.clause_of(cue.start)
        clause = passage.clauses[number]
        for pattern in cue.patterns:
            yield from _Reader(passage, cues, topics, anchors, pattern, cue, clause, number).hits()


def subject_before(
    passage: Passage,
    position: int,
    kinds: str,
    topics: Topics,
    anchors: Anchors,
    carry: Carry = "sentence",
) -> tuple[list[Link], str]:
    """Return the subject of the word at a mask position, of the given symbols, and how it was found."""
    number = passage.clause_of(position)
    cue = Cue(position, position + 1, ())
    letters = "".join(letter for letter, kind in LETTERS.items() if SYMBOLS[kind] in kinds)
    pattern = Pattern("", "frame", _POST, "", 1.0, subject=letters, carry=carry)
    reader = _Reader(passage, (), topics, anchors, pattern, cue, passage.clauses[number], number)
    return reader.subjects(set())


def clause_topic(passage: Passage, clause: Clause, anchors: Anchors) -> list[Link]:
    """Return the names a later clause may take its subject from: the first free name and its list."""
    for position in passage.names(clause.start, clause.end):
        if position in anchors or not _free(passage, clause, position, anchors):
            continue
        if passage.links[position].type in {"Award", "Document"} or _describes(passage, clause, position):
            continue
        head = anchors.heads.get(position, position)
        if "v" in passage.tags(clause.start, head):  # 成立了甲: what was done, not who did it
            continue
        if clause.start and clause.end - position <= 3:  # 甲院院士张三教授: one more of a list
            continue
        return [passage.links[member] for member in passage.group(position)]
    return []


def _free(passage: Passage, clause: Clause, position: int, anchors: Anchors) -> bool:
    head = passage.group(position)[0]
    head = anchors.heads.get(head, head)
    before = passage.mask[max(clause.start, head - 12) : head]
    if _words().prepositions.search(_BESIDE.sub("", before)):
        return False
    behind = passage.mask[position + 1 : position + 6]
    return not (_words().modifier.match(behind) or is_scene(passage, position))


def _describes(passage: Passage, clause: Clause, position: int) -> bool:
    """Say whether a name stands in a clause that describes a later name: 甲国自主研制的乙飞艇."""
    match = _DESCRIBING.match(passage.mask, position + 1, clause.end)
    return match is not None and "v" in passage.tags(position + 1, match.end())


def is_scene(passage: Passage, position: int) -> bool:
    """Say whether a word of place or time stands behind the name: 会议上, 中 but not 中标."""
    match = _words().scene.match(passage.mask, position + 1)
    return match is not None and passage.starts_word(match.start()) and passage.ends_word(match.end())


class _Reader:
    """One frame on one cue."""

    def __init__(
        self,
        passage: Passage,
        cues: Sequence[Cue],
        topics: Topics,
        anchors: Anchors,
        pattern: Pattern,
        cue: Cue,
        clause: Clause,
        number: int,
    ) -> None:
        self.passage, self.cues, self.topics, self.anchors = passage, cues, topics, anchors
        self.pattern, self.cue, self.clause, self.number = pattern, cue, clause, number
        self.mask = passage.mask

    def hits(self) -> Iterator[Hit]:
        """Yield every pair of a subject and an object."""
        if self.pattern.subject_side == "joint":
            yield from self._joint()
            return
        objects = self._objects()
        if not objects:
            return
        taken = set(objects)
        subjects, by = self.subjects(taken)
        own = {self.passage.links[o].entity for o in objects}
        each = len(subjects) == len(objects) > 1 and self._respectively(objects)
        for place, subject in enumerate(subjects):
            if subject.entity in own:
                continue
            for obj in objects[place : place + 1] if each else objects:
                if self.pattern.object_like and not self.pattern.object_like.search(
                    self.passage.links[obj].text
                ):
                    continue
                other = self.passage.links[obj]
                first, second = (other, subject) if self.pattern.turned else (subject, other)
                yield self._hit(first, second, by)

    def _respectively(self, objects: Sequence[int]) -> bool:
        """Say whether each subject has its own object: 甲、乙分别主办丙和丁."""
        return "分别" in self.mask[self.clause.start : max(self.cue.start, min(objects))]

    def _hit(self, subject: Link, obj: Link, by: str) -> Hit:
        where = self.passage.span(self.cue.start, self.cue.end)
        return Hit(self.pattern, subject, obj, where, self.passage, by)

    # Objects --------------------------------------------------------------------------------------------------------

    def _objects(self) -> list[int]:
        kinds = symbols(self.pattern.subject if self.pattern.turned else self.pattern.object)
        side = self.pattern.object_side
        if side == "marker":
            return self._marked(kinds)
        passive = self._passive(kinds)
        if passive:
            return passive
        if side == "left":
            found = self.passage.names(self.clause.start, self.cue.start, kinds)
            return self.passage.group(found[-1]) if found else []
        return self._right(kinds, self.cue.end, self.clause.end)

    def _passive(self, kinds: str) -> list[int]:
        """Return the object before an agent: 乙被甲收购, 乙由甲编制 (but not 由甲编制的乙)."""
        if self.pattern.predicate in _RECEIVED or self.mask[self.cue.end : self.cue.end + 1] == "的":
            return []
        agents = list(_AGENT.finditer(self.mask, self.clause.start, self.cue.start))
        if not agents or self._right(kinds, self.cue.end, self.clause.end):
            return []
        for clause in (self.clause, *self.passage.clauses[max(0, self.number - 1) : self.number]):
            before = self.passage.names(clause.start, min(agents[-1].start(), clause.end), kinds)
            before = [
                i for i in before if i not in self.anchors and _free(self.passage, clause, i, self.anchors)
            ]
            if before:
                return self.passage.group(before[-1])
        return []

    def _marked(self, kinds: str) -> list[int]:
        """Return the object behind a marker before the cue: 在甲市举行."""
        for position in reversed(self.passage.names(self.clause.start, self.cue.start, kinds)):
            before = self.mask[max(self.clause.start, position - 10) : position]
            for marker in self.pattern.markers:
                at = before.rfind(marker)
                between = self.mask[position + 1 : self.cue.start]
                if self._for_people(position, between):
                    continue
                inside = (
                    self.passage.tags(position - len(before) + at + len(marker), position) if at >= 0 else []
                )
                dated = at >= 0 and _WHEN.fullmatch(before[at + len(marker) :])  # 在5日举行的乙上
                if (
                    at >= 0
                    and (dated or ("v" not in inside and "的" not in before[at + len(marker) :]))
                    and not _UNDER.search(between)
                ):
                    return self.passage.group(position)
            if self.passage.mask[position] != _PLACE and len(kinds) == 1:
                return []
        return []

    def _for_people(self, position: int, between: str) -> bool:
        """Say whether a place only says whose people are meant: 为甲市企业提供服务."""
        helped = self.pattern.predicate in _FOR_PEOPLE and self.mask[position] == _PLACE and between
        return bool(helped) and self.passage.tag(position + 1).startswith("n")

    def _right(self, kinds: str, start: int, end: int) -> list[int]:
        positions = [i for i in self.passage.names(start, end) if i - start <= self.pattern.gap]
        for index, position in enumerate(positions):
            if self.mask[position] not in kinds:
                continue
            if self._blocked(start, position) or self._aside(start, position):
                return []
            made_of = "由" in self.mask[start:position] and "组成" in self.mask[position : self.clause.end]
            if made_of and self.pattern.predicate in _COMPOSED:  # 成立了由甲、乙组成的小组
                return []
            following = positions[index + 1] if index + 1 < len(positions) else None
            behind = self.mask[position + 1 : position + 8]
            if following is not None and self._modifies(position, following, kinds):
                continue
            if position in self.anchors and self.pattern.predicate not in _OF_A_POST:
                continue
            if self.pattern.not_behind_object and self.pattern.not_behind_object.match(behind):
                continue
            return self._listed(position, kinds)
        return []

    def _listed(self, position: int, kinds: str) -> list[int]:
        """Return the list that starts at a name, of the given symbols: 走访甲公司、乙村."""
        found = [member for member in self.passage.group(position) if member >= position]
        while self.mask[found[-1] + 1 : found[-1] + 2] in _LISTING and found[-1] + 2 in self.passage.links:
            if self.mask[found[-1] + 2] not in kinds or found[-1] + 2 in self.anchors:
                break
            found.extend(self.passage.group(found[-1] + 2))
        return [member for member in found if self.mask[member] in kinds]

    def _aside(self, start: int, position: int) -> bool:
        """Say whether another verb stands between, so that the name is not what the cue is about: 支持迫于甲而…."""
        if self.pattern.predicate not in _CLOSE:
            return False
        return bool({"v", "p"} & set(self.passage.tags(start, position)))

    def _modifies(self, position: int, following: int, kinds: str) -> bool:
        """Say whether the name only describes a later one: 收购甲持有的乙, 走访甲市乙公司."""
        if self.mask[following] not in kinds:
            return False
        between = self.mask[position + 1 : following]
        return between == "" or (bool(_words().modifier.match(between)) and len(between) < 10)

    def _blocked(self, start: int, position: int) -> bool:
        """Say whether another cue stands between cue and object, and does not describe the object (…的)."""
        for other in self.cues:
            if start <= other.start < position and "的" not in self.mask[other.end : position]:
                same = any(set(p.object) & set(self.pattern.object) for p in other.patterns)
                if (
                    same
                    and not re.search(r"[并、和及]$", self.mask[start : other.start])
                    and other.start > start
                ):
                    return True
        return False

    # Subjects -------------------------------------------------------------------------------------------------------

    def subjects(self, taken: set[int]) -> tuple[list[Link], str]:
        """Return the subjects of the cue, and how they were found."""
        kinds = symbols(self.pattern.object if self.pattern.turned else self.pattern.subject)
        right_before = self.cue.start - 1
        if (
            self.pattern.turned
            and right_before not in taken
            and right_before in self.passage.links
            and self.mask[right_before] in kinds
        ):
            return [self.passage.links[right_before]], "left"
        if self.pattern.subject_side == "right":
            found = [i for i in self._right_subject(kinds) if i not in taken]
            return [self.passage.links[i] for i in found], "right"
        found, by = self._left(kinds, taken)
        if self.pattern.turned and found and self.mask[right_before : self.cue.start] in _LISTING:
            found = (
                self.passage.names(self.clause.start, found[0], kinds)[:1] or found
            )  # 甲子公司乙、分公司丙
        if found and by not in {"agent", "possessor"}:
            behind = self._head_behind(kinds, taken)
            if behind and self._other_verb(max(taken)):  # 在甲会见来乙访问的张三: the visit is not to 甲
                return [], ""
            if behind and (by != "left" or max(taken) < self.cue.start):
                return behind, "relative"
            ends = {self.cue.end, max(taken) + 1} if taken else {self.cue.end}
            if by in {"left-verb", "pivot"} and any(self.mask[end : end + 1] == "的" for end in ends):
                return [], ""  # 出席在甲举行的乙, 会见出席乙的议员: another's deed
        if found:
            return self._joined(found, kinds), by
        return self._elsewhere(kinds, taken)

    def _elsewhere(self, kinds: str, taken: set[int]) -> tuple[list[Link], str]:
        """Return a subject that does not stand before the cue in its clause."""
        relative = self._relative(kinds, taken) if taken else []
        if relative:
            return relative, "relative"
        if _BODY in kinds and _OWN.match(self.mask, self.clause.start, self.cue.start):
            own = [i for i in self.passage.names(0, self.clause.start, _BODY) if i not in taken]
            if own and self.pattern.carry != "no":  # 甲公司董事长张三介绍，公司研发了乙
                return [self.passage.links[own[0]]], "own"
        owner = self.passage.owner
        if owner is not None and SYMBOLS[owner.type] in kinds:  # 甲公司（旗下有乙）
            return [owner], "owner"
        return self._carried(kinds, taken)

    def _right_subject(self, kinds: str) -> list[int]:
        for position in self.passage.names(self.cue.end, self.clause.end, kinds):
            return [m for m in self.passage.group(position) if self.mask[m] in kinds]
        return []

    def _left(self, kinds: str, taken: set[int]) -> tuple[list[int], str]:
        for position in reversed(self.passage.names(self.clause.start, self.cue.start)):
            if position in taken or self.mask[position] not in kinds or position in self.anchors:
                continue
            head = self.passage.group(position)[0]
            head = self.anchors.heads.get(head, head)
            before = self.mask[max(self.clause.start, head - 14) : head]
            by = self._way(before, position, head)
            if by:
                members = [m for m in self.passage.group(position) if self.mask[m] in kinds and m <= position]
                return members, by
        return [], ""

    def _way(self, before: str, position: int, head: int) -> str:
        """Return how the name before the cue is its subject, "" if it is not."""
        words = _words()
        between = self.mask[position + 1 : self.cue.start]
        before = _BESIDE.sub("", before)
        award = self.pattern.predicate in _RECEIVED
        if award and "被" in self.mask[self.clause.start : head]:  # 甲被乙评为: the second gives
            return ""
        if words.agents.search(before):
            return "" if award else "agent"
        if between.startswith("在内"):  # 包括甲、乙在内的众人
            return "left"
        if words.prepositions.search(before) or is_scene(self.passage, position):
            near = award and between in {"", "等", "等人", "同志"} and _FOR.search(before)
            return "pivot" if near else ""  # 为张三等获得甲称号的人颁奖
        word = self.passage.word_before(head)
        if word is not None and word.tag == "v" and words.coupled.match(between):
            return ""
        if self.mask[position] == _PLACE and words.motion.search(before):  # 赴甲市, 来华
            return ""
        if words.modifier.match(between):
            return "possessor" if not _NAME.search(between) and len(between) < 8 else ""
        tags = self.passage.tags(position + 1, self.cue.start)
        if word is not None and word.tag == "v":
            return "pivot"
        if tags and (tags[0] in _NOMINAL or (self.mask[position] == _PLACE and tags[0] in {"a", "b"})):
            if words.people.match(between):
                return "left-person"
            return "" if self.mask[position] == _PLACE else "left-noun"  # 甲国企业 is not 甲国
        if "v" in tags:
            return "left-verb"
        return "left"

    def _joined(self, found: list[int], kinds: str) -> list[Link]:
        """Return the subjects and those they act with: 甲联合乙制定."""
        links = [self.passage.links[i] for i in found]
        head = self.passage.group(found[0])[0]
        match = _words().joins.search(_BESIDE.sub("", self.mask[max(self.clause.start, head - 14) : head]))
        if match:
            before = [
                i
                for i in self.passage.names(self.clause.start, head)
                if self.mask[i] in kinds and i not in self.anchors
            ]
            if before:
                return [self.passage.links[m] for m in self.passage.group(before[-1])] + links
            if match.group() in _SHARED and _TOGETHER.search(self.mask, head, self.cue.end):
                carried, _ = self._carried(kinds, set(found))  # 甲公告：拟和乙共同设立丙
                return [link for link in carried if link.entity != links[0].entity] + links
        return links

    def _other_verb(self, position: int) -> bool:
        """Say whether a verb stands between an object before the cue and the cue."""
        if position > self.cue.start:
            return False
        between = self.mask[position + 1 : self.cue.start]
        return "v" in self.passage.tags(position + 1, self.cue.start) and not between.startswith("进行")

    def _head_behind(self, kinds: str, taken: set[int]) -> list[Link]:
        """Return the person a relative clause with this verb describes: 会见来甲国访问的总统张三."""
        person = SYMBOLS["Person"]
        if not taken or person not in kinds:
            return []
        match = re.compile(f"[^，{ANY}]{{0,4}}的[^，]{{0,14}}?({person})").match(
            self.mask, max(self.cue.end, max(taken) + 1), self.clause.end
        )
        return [self.passage.links[match.start(1)]] if match else []

    def _relative(self, kinds: str, taken: set[int]) -> list[Link]:
        """Return the subject behind its own relative clause: 荣获甲称号的张三."""
        last = max(taken)
        if last < self.cue.end:
            return []
        rest = self.mask[last + 1 : self.clause.end]
        match = re.match(rf"[^，{ANY}]{{0,6}}的[^，]{{0,14}}?([{kinds}])", rest)
        if not match:
            return []
        head = last + 1 + match.start(1)
        while head + 1 in self.passage.links and self.mask[head + 1] in kinds:  # 位于甲海之滨的乙省丙县
            head += 1
        return [self.passage.links[m] for m in self.passage.group(head) if m not in taken]

    def _carried(self, kinds: str, taken: set[int]) -> tuple[list[Link], str]:
        """Return the subject of an earlier clause, where the pattern may take it over."""
        if self.pattern.carry == "no" or (taken and self._unnamed(taken)):
            return [], ""
        allowed = symbols(self.pattern.carry_types) if self.pattern.carry_types else kinds
        own = self.passage.tags(self.clause.start, self.cue.start)
        pronoun = _PRONOUN.match(self.mask, self.clause.start, self.cue.start) is not None
        first = next((tag for tag in own if tag not in _BEFORE_SUBJECT), "")
        if pronoun and SYMBOLS["Person"] in allowed:
            allowed = SYMBOLS["Person"]
        clean = pronoun or first not in {"n", "nz", "r", "vn", "a", "b"}
        clean = clean and not self._own_subject(taken)
        opens = self.passage.word_of(self.clause.start)
        own_word = opens.text if opens is not None else ""
        stands_for = opens if first == "n" else None
        clean = clean or own_word in _BOTH or (self.pattern.predicate in _LOCATION and own_word in _SEAT)
        for clause in reversed(self.passage.clauses[: self.number]):
            for position in self.passage.names(clause.start, clause.end):
                if position in self.anchors or position in taken or self.mask[position] not in allowed:
                    continue
                if not _free(self.passage, clause, position, self.anchors) or self._only_where(position):
                    continue
                if _describes(self.passage, clause, position):
                    continue
                word = self.passage.word_before(self.passage.group(position)[0])
                object_like = self.passage.names(clause.start, position) or (
                    word and word.text in {"是", "为", "作为"}
                )
                if word is not None and word.tag == "v" and object_like:
                    continue
                members = [
                    m for m in self.passage.group(position) if m not in taken and self.mask[m] in allowed
                ]
                adopts = self.pattern.predicate in _ADOPTED and own_word in _MEETING
                same = adopts or (
                    stands_for is not None and self.passage.links[position].text.endswith(stands_for.text)
                )
                members += self._companions(clause, members, allowed, taken)
                return [self.passage.links[m] for m in members], self._carried_by(position, clean or same)
        if self.pattern.carry != "sentence":
            return [], ""
        return self._from_before(allowed, clean)

    def _companions(self, clause: Clause, members: list[int], allowed: str, taken: set[int]) -> list[int]:
        """Return those named behind 与 in the subject's clause where they act together: 甲与乙签约，共同设立丙."""
        together = _TOGETHER.search(self.mask, self.clause.start, self.cue.end)
        if not members or not (together or self.mask.startswith(_BOTH, self.clause.start)):
            return []
        behind = _WITH.search(self.mask, members[-1] + 1, clause.end)
        names = self.passage.names(behind.end(), clause.end, allowed) if behind else []
        if not behind or not names or names[0] - behind.end() > 2:
            return []
        return [m for m in self.passage.group(names[0]) if m not in taken and m not in members]

    def _only_where(self, position: int) -> bool:
        """Say whether a place only says where what follows is from: 甲国培训机构."""
        if self.mask[position] != _PLACE or position + 1 >= len(self.mask):
            return False
        return self.passage.tag(position + 1) in {"n", "nz", "vn"} and not _words().people.match(
            self.mask, position + 1
        )

    def _carried_by(self, position: int, clean: bool) -> str:
        """Return how a subject was carried: past a noun, or past what somebody said (张三说：成立联盟)."""
        said = _SAID.search(self.mask, position, self.cue.start)
        if said and self.mask[position] == SYMBOLS["Person"]:
            return "carried-said"
        return "carried" if clean else "carried-noun"

    def _from_before(self, allowed: str, clean: bool) -> tuple[list[Link], str]:
        """Return the subject of a sentence before, or who the article is about."""
        about = self.topics.person if self.topics.story and SYMBOLS["Person"] in allowed else None
        if (
            about is not None and self.pattern.predicate in _OF_A_LIFE
        ):  # in the story of a life, dropped subjects are the person's
            return [about], "main-person" if clean else "sentence-noun"
        for links in reversed(self.topics.before):
            fit = [link for link in links if SYMBOLS[link.type] in allowed and link.type != "Place"]
            if fit:
                main = "-main" if fit[0].entity == self.topics.main else ""
                return fit, f"sentence{main}" if clean else "sentence-noun"
        if self.topics.person is not None and SYMBOLS["Person"] in allowed:
            return [self.topics.person], "main-person" if clean else "sentence-noun"
        return [], ""

    def _unnamed(self, taken: set[int]) -> bool:
        """Say whether the subject is nobody by name: 此前发布的《甲》, 九百人获奖."""
        reduced = self.mask[self.cue.end : self.cue.end + 1] == "的"
        stop = min([self.cue.start, *(i for i in taken if i >= self.clause.start)])
        counted = _COUNTED.search(self.mask, self.clause.start, stop)
        return reduced or (counted is not None and self.pattern.predicate in _RECEIVED)

    def _own_subject(self, taken: set[int]) -> bool:
        """Say whether the clause has a subject of its own, of a type the pattern does not take."""
        stop = min([self.cue.start, *taken])
        for position in self.passage.names(self.clause.start, stop):
            if position in self.anchors:
                continue
            if _free(self.passage, self.clause, position, self.anchors):
                word = self.passage.word_before(position)
                return word is None or word.tag not in {"v", "p"}
        return False

    # Partners -------------------------------------------------------------------------------------------------------

    def _joint(self) -> Iterator[Hit]:
        """Yield the pairs of those who act together: 甲与乙签约, 甲联合乙."""
        kinds = symbols(self.pattern.subject)
        left = [
            i for i in self.passage.names(self.clause.start, self.cue.start, kinds) if i not in self.anchors
        ]
        marker = self._marker(left)
        if marker is None:
            yield from self._joint_behind(kinds)
            return
        after = [i for i in left if i > marker]
        if self.mask[after[0]] == _PLACE and after[1:2] == [after[0] + 1]:  # 与甲国乙公司签约
            after = after[1:]
        partners = [i for i in self.passage.group(after[0]) if i > marker]
        before = [i for i in left if i < marker]
        if before and _ASIDE.search(self.mask, self.clause.start, self.passage.group(before[-1])[0]):
            return  # 以甲和乙为核心的体系
        if before:
            group = [i for i in self.passage.group(before[-1]) if i < marker]
            pairs, by = [(self.passage.links[a], b) for a in group for b in partners], "left"
        else:
            links, by = self._carried(kinds, set(partners))
            pairs = [(link, b) for link in links for b in partners]
        for link, b in pairs:
            yield from self._pair(link, b, by)

    def _marker(self, left: list[int]) -> int | None:
        """Return where the word stands that sets one partner from the other, right before the second."""
        marks = list(_WITH.finditer(self.mask, self.clause.start, self.cue.start))
        for match in sorted(marks, key=lambda mark: mark.group() == "和"):  # 甲和乙与丙签约: 与 parts them
            after = [i for i in left if i >= match.end()]
            if after and after[0] - match.end() <= 10 and not self._verbs(match.end(), after[0]):
                return match.start()
        return None

    def _verbs(self, start: int, end: int) -> bool:
        return "v" in self.passage.tags(start, end) and "的" not in self.mask[start:end]

    def _joint_behind(self, kinds: str) -> Iterator[Hit]:
        """Yield the pairs of who stands before and behind a verb of company: 甲携手乙."""
        if self.mask[self.cue.start : self.cue.end] not in _COMPANY:
            return
        behind = self._right(kinds, self.cue.end, self.clause.end)
        if not behind or self._verbs(self.cue.end, behind[0]):
            return
        left, by = self._left(kinds, set(behind))
        links = [self.passage.links[i] for i in left]
        if not links:
            links, by = self._carried(kinds, set(behind))
        for link in links:
            for b in behind:
                yield from self._pair(link, b, by)

    def _pair(self, link: Link, position: int, by: str) -> Iterator[Hit]:
        other = self.passage.links[position]
        persons = (link.type == "Person") + (other.type == "Person")
        if link.entity != other.entity and persons != 1:
            yield self._hit(link, other, by)
