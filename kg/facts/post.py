"""Posts: stacks of titles before a name, titles after it, and lists of posts behind 任, 是, a bracket or a comma.

    甲省省委副书记、乙市市委书记张三      read from right to left, each unit a body and a title
    张三（乙医院眼科主任）               張三 holds what the brackets list
    张三，1998年起任甲局处长、副局长       a list without a name of its own

Which words are titles is language data (``data/language/titles.toml``); stacks are code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.base.model import Link
from kg.base.resources import load_toml
from kg.facts.frame import Anchors, Topics, subject_before
from kg.facts.hit import Hit, Slot
from kg.facts.passage import ANY, SYMBOLS, Passage
from kg.facts.pattern import Patterns

P, O, L = SYMBOLS["Person"], SYMBOLS["Organization"], SYMBOLS["Place"]  # noqa: E741 - the letters of the masks
_BODY = re.compile(f"[{O}{L}]")
_OTHER = re.compile(f"[{ANY}]")
_SEP = re.compile(r"以及|[、兼暨和及/]")
_STOP = re.compile(r"[，,；;：:。！？!?\n…—|·]")
_LONGEST = 20  # characters of a title
_NO_TITLE = re.compile(r"\d|^(?:等|籍|名|位|个)")
_LEAD = re.compile(
    r"^(?:的|同时|并|还|也|又|曾|先后|现|兼|现任|曾任|历任|担任|出任|兼任|任|其|该|曾经|曾经的)+"
)


@dataclass(frozen=True)
class _Words:
    title: re.Pattern[str]
    known: frozenset[str]
    professional: frozenset[str]
    staff: frozenset[str]
    former: re.Pattern[str]
    behind: re.Pattern[str]
    own: re.Pattern[str]
    holders: dict[str, tuple[str, ...]]
    party: re.Pattern[str]
    party_titles: re.Pattern[str]
    never_guessed: frozenset[str]
    department: re.Pattern[str]


@cache
def _words() -> _Words:
    raw, cues = load_toml("language/titles.toml"), load_toml("language/cues.toml")["posts"]
    classes = raw["classes"]
    known = {word for name, words in classes.items() if name != "courtesy" for word in words} | set(
        cues["more"]
    )
    endings = sorted({*raw["endings"], *known}, key=lambda word: (-len(word), word))
    no = "|".join(sorted(raw["no_titles"], key=len, reverse=True))
    behind = sorted(known - set(cues["not_behind"]), key=lambda word: (-len(word), word))
    prefixes = "|".join(sorted(raw["prefixes"], key=len, reverse=True))
    return _Words(
        re.compile(f"(?<!增)(?!.*(?:{no})$).*?(?:{'|'.join(map(re.escape, endings))})"),
        frozenset(known),
        frozenset(classes["professional"]),
        frozenset(classes["staff"]),
        re.compile(f"^(?:{'|'.join(cues['not_of_title'])})"),
        re.compile(f"(?:{prefixes})*(?:{'|'.join(map(re.escape, behind))})"),
        re.compile(f"^(?:{'|'.join(cues['own_body'])})"),
        {title: tuple(names) for title, names in cues["holders"].items()},
        re.compile(f"(?:{'|'.join(cues['party'])})$"),
        re.compile(f"(?:{'|'.join(cues['party_titles'])})$"),
        frozenset(cues["never_guessed"]),
        re.compile(f"(?:{'|'.join(cues['departments'])})$"),
    )


_STATES = re.compile("总统|首相|国王|领导人|元首|两国|中方|总书记|国事")
_LISTS = frozenset({"post-apposition", "post-aside", "post-resume"})
_DEGREE = re.compile("(?:.{2,}博士|硕士|学士|研究生|本科)(?:学位|学历)?$")


def is_title(text: str) -> bool:
    """Say whether ``text`` is a title or ends in one, and holds nothing else than nouns could."""
    return (
        1 < len(text) <= _LONGEST
        and not _NO_TITLE.search(text)
        and _words().title.fullmatch(text) is not None
    )


@dataclass(frozen=True, slots=True)
class Unit:
    """One post: the body (None where it stands in a unit before), the title, and where the title stands."""

    body: int | None  # mask position
    role: str
    start: int
    end: int
    far: bool = False  # the title is only the end of what stands behind the body
    own: bool = False  # the body the text speaks of: 公司, 该院


def read_posts(passage: Passage, patterns: Patterns) -> Iterator[Hit]:
    """Yield the posts of everybody named in the passage."""
    persons = passage.names(0, len(passage.mask), P)
    last: list[Unit] = []
    share: list[Unit] = []  # what a name right behind the one before in a list holds, too
    for person in persons:
        units, how = _stack(passage, person), "stack"
        before = [p for p in persons if p < person]
        if not units and share and before and _listed(passage, before[-1], person):
            units, how = share, "shared"
        elif not units:
            units, how = _equals(passage, person), "equals"
        if units and last and before and units[0].body is None and not units[0].own:
            units = _joined(passage, before[-1], units, last)
        behind = _behind(passage, person, units, last)
        yield from _hits(passage, passage.links[person], units, "post-stack", how, patterns)
        yield from _hits(passage, passage.links[person], behind, "post-behind", "name", patterns)
        yield from _member(passage, person, units or behind, patterns)
        if units or behind:
            last = share = units or behind
        elif before and re.search("[，；：。]", passage.mask[before[-1] : person]):
            share = []  # 甲公司董事长张三，自治区领导李四、王五: only the first
    yield from _aside(passage, patterns)
    yield from _apposition(passage, persons, patterns)
    yield from _removed(passage, patterns)
    yield from _appointed(passage, patterns)


def _listed(passage: Passage, first: int, second: int) -> bool:
    """Say whether two names share the title before the first: 主任张三、李四."""
    return passage.followers.get(first) == second and passage.mask[first + 1] in "、和及以"


_EQUALS = re.compile("(?:就是|还是|[是为由：])$")


def _equals(passage: Passage, person: int) -> list[Unit]:
    """Return the posts before a verb before the name: 甲公司董事长是张三, 甲公司总经理由张三担任."""
    match = _EQUALS.search(passage.mask, max(0, person - 2), person)
    if match is None:
        return []
    if match.group() == "由" and not re.match(
        "(?:先生|女士|同志)?(?:担任|出任|兼任|接任)", passage.mask[person + 1 :]
    ):
        return []
    units = _stack(passage, match.start())
    return units if units and all(unit.start < match.start() and not unit.far for unit in units) else []


def _joined(passage: Passage, before: int, units: list[Unit], last: list[Unit]) -> list[Unit]:
    """Return posts without a body at the body of the name before in the list: 甲公司董事长张三和总经理李四."""
    between = passage.mask[before + 1 : units[0].start]
    body = next((unit.body for unit in reversed(last) if unit.body is not None and not unit.own), None)
    if body is None or not re.fullmatch("(?:先生|女士|同志)?(?:[、和与及暨]|以及)", between):
        return units
    return [
        replace(unit, body=body) if unit.body is None and not unit.own else unit for unit in units[:1]
    ] + units[1:]


def _removed(passage: Passage, patterns: Patterns) -> Iterator[Hit]:
    """Yield the posts somebody is relieved of: 免去张三的甲局局长职务."""
    pattern = patterns.by_reader["post-removed"]
    for match in _dismissed(pattern.cues).finditer(passage.mask):
        units = read_list(passage, match.end())
        for person in passage.names(match.start("p"), match.end("p"), P) if units else []:
            yield from _hits(passage, passage.links[person], units, pattern.reader, "right", patterns)


@cache
def _dismissed(cues: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        f"(?:{'|'.join(cues)})了?(?P<p>{P}(?:[、和]{P})*)(?:同志|先生|女士)?(?:的|担任的|兼任的|所任的)"
    )


def _appointed(passage: Passage, patterns: Patterns) -> Iterator[Hit]:
    """Yield the posts somebody is given by the body before the verb: 甲公司聘任张三为总经理."""
    pattern = patterns.by_reader["post-appointed"]
    for match in _named(pattern.cues).finditer(passage.mask):
        clause = passage.clauses[passage.clause_of(match.start())]
        bodies = passage.names(clause.start, match.start(), O)
        units = read_list(passage, match.end()) if bodies else []
        if not units or units[0].body is not None:
            continue
        units = [replace(unit, body=bodies[-1], own=False) if unit.body is None else unit for unit in units]
        for person in passage.names(match.start("p"), match.end("p"), P):
            yield from _hits(passage, passage.links[person], units, pattern.reader, "right", patterns)


@cache
def _named(cues: tuple[str, ...]) -> re.Pattern[str]:
    one = f"{P}(?:同志|先生|女士)?"
    return re.compile(
        f"(?:{'|'.join(cues)})了?(?P<p>{one}(?:[、和]{one})*)(?:等)?(?:[一二三四五六七八九十两\\d]+[人名位])?(?:为|任|担任|出任|兼任)"
    )


def _member(passage: Passage, person: int, units: list[Unit], patterns: Patterns) -> Iterator[Hit]:
    """Yield that somebody belongs to the body right before the name: 甲公司张三, 甲公司的张三."""
    match = re.search(f"(?P<o>{O})的?$", passage.mask[:person])
    if units or not match:
        return
    at = match.start()
    where = passage.span(at, person + 1)
    yield Hit(
        patterns.by_reader["member-of"], passage.links[person], passage.links[at], where, passage, "left"
    )


def _hits(
    passage: Passage, person: Link, units: list[Unit], pattern: str, how: str, patterns: Patterns
) -> Iterator[Hit]:
    body: int | None = None
    owner = passage.owner if passage.owner is not None and passage.owner.type == "Organization" else None
    own: Link | Slot | None = owner  # 甲公司（总经理：张三）
    yield from _departments(passage, units, patterns)
    for unit in units:
        body = unit.body if unit.body is not None and not unit.own else body
        own = _own(passage, unit) if unit.own else None if unit.body is not None else own
        found = how if unit.body is not None else f"{how}-inherited"
        found = f"{how}-far" if unit.far else found
        name = "member-title" if unit.role in _words().staff else pattern
        where = passage.span(unit.start, unit.end)
        title = patterns.by_reader[name]
        if pattern in _LISTS and _DEGREE.search(unit.role):  # 张三，甲大学经济学博士: studied there
            if unit.body is not None and not unit.own:
                link = passage.links[unit.body]
                yield Hit(patterns.by_reader["degree-in-list"], person, link, where, passage, found)
        elif body is not None and own is None:
            for link, role in _holders(passage, body, unit):
                yield Hit(title, person, link, where, passage, found, role)
        elif how == "name" and unit.role == "主席" and _STATES.search(passage.mask):
            slot = Slot("named", "OL", _words().holders["国家主席"])  # 张三主席, beside heads of other states
            yield Hit(title, person, slot, where, passage, "name-holder", unit.role)
        elif unit.role in _words().holders:
            slot = Slot("named", "OL", _words().holders[unit.role])
            yield Hit(title, person, slot, where, passage, f"{how}-holder", unit.role)
        elif own is not None:
            yield Hit(title, person, own, where, passage, f"{how}-own", unit.role)
        elif (town := _town(passage, unit)) is not None:
            yield Hit(title, person, town, where, passage, f"{how}-near", unit.role)
        elif unit.role not in _words().never_guessed and not _OWN_BODY.match(unit.role):
            before = passage.names(0, unit.start, O)
            near = passage.links[before[-1]] if before else Slot("topic", "OL")
            found = f"{how}-near" if before else f"{how}-topic"
            yield Hit(title, person, near, where, passage, found, unit.role)


DEPARTMENT = re.compile("(?!.*公司$)[^部处科室股司局]{1,8}(?:部|处|科|室|股|司|局|中心|委员会)$")


@cache
def part_name() -> re.Pattern[str]:
    """Return what the rest of a part's name looks like behind the whole's: it ends like a part, and joins nothing."""
    raw = load_toml("language/cues.toml")["names"]
    keys = ("part", "no_join", "no_part", "no_start")
    ends, joins, wholes, starts = ("|".join(map(re.escape, raw[key])) for key in keys)
    return re.compile(f"(?!{starts})(?!.*(?:{joins}))(?!.*(?:{wholes})$).*(?:{ends})")


def part_of(passage: Passage, position: int) -> Link | None:
    """Return the body the department at a mask position is part of, where its name says so."""
    link = passage.links[position]
    if not DEPARTMENT.search(link.text):
        return None
    inner = [
        other
        for other in passage.nested[position]
        if other.type == "Organization"
        and other.span.start == link.span.start
        and other.span.end < link.span.end
    ]
    whole = max(inner, key=lambda other: len(other.text), default=None)
    if whole is not None and part_name().fullmatch(link.text[len(whole.text) :]):
        return whole
    return None


def _departments(passage: Passage, units: list[Unit], patterns: Patterns) -> Iterator[Hit]:
    """Yield that a bare department in a list of posts belongs to the body named before it: 甲集团总裁、投资部部长."""
    whole: Link | None = None
    rank = ""  # how the name of the department before ends, where its name says whose it is
    for unit in units:
        if unit.body is None or passage.links[unit.body].type != "Organization":
            continue
        link = passage.links[unit.body]
        bare = (
            not passage.nested[unit.body]
            and len(link.text) <= 10
            and _words().department.search(link.text)
            and not _BODY_INSIDE.search(link.text[:-1])
        )
        if bare and whole is not None and whole.entity != link.entity and rank in {"", link.text[-1]}:
            where = passage.span(unit.body, unit.body + 1)
            yield Hit(patterns.by_reader["part-in-list"], link, whole, where, passage, "list")
        if not bare:
            part = part_of(passage, unit.body)
            whole, rank = (part, link.text[-1]) if part is not None else (link, "")
            if part is None and (_words().department.search(link.text) or _CENTRAL.search(link.text)):
                whole = None


def _own(passage: Passage, unit: Unit) -> Link | Slot:
    """Return the body 公司 or 该院 stands for: the last one named before it in the sentence, or before."""
    before = passage.names(0, unit.start, O)
    return passage.links[before[-1]] if before else Slot("own", "O")


_BODY_INSIDE = re.compile("研究所|研究院|学院|大学|公司|集团|中央|医院")
_CENTRAL = re.compile("(?:中央|政治局|书记处|国务院|常委会)$")  # 甲中央政治局委员、外交部部长
_OWN_BODY = re.compile(
    "(?:省|市|县|区|州|镇|乡|村|自治区|中央|国家)(?:委|政府|人大|政协|纪委)"
)  # 市委书记: of no other
_TOWN = {"省长": "省", "市长": "市", "县长": "县", "区长": "区", "州长": "州", "镇长": "镇", "乡长": "乡"}


def _town(passage: Passage, unit: Unit) -> Link | None:
    """Return the place whose head a bare title says somebody is, named before: 甲市委书记张三，市长李四."""
    wanted = _TOWN.get(re.sub("^(?:常务|代理|[副代原前])+", "", unit.role))
    if wanted is None:
        return None
    for position in reversed(passage.names(0, unit.start, O + L)):
        for link in (passage.links[position], *passage.nested[position]):
            if link.type == "Place" and link.text.endswith(wanted):
                return link
    return None


def _holders(passage: Passage, body: int, unit: Unit) -> Iterator[tuple[Link, str]]:
    """Yield whose post it is, and its title: the body, or one inside its name.

    甲市委书记、市长: mayor of 甲市; 甲委党组书记、主任: director of 甲委; 甲医院骨科副主任医师: at 甲医院.
    """
    link = passage.links[body]
    role = unit.role
    nested = [inner for inner in passage.nested[body] if inner.span.start == link.span.start]
    wanted = _TOWN.get(role.lstrip("副代原"))
    if wanted and link.type == "Organization":
        for inner in nested:
            if inner.type == "Place" and inner.text.endswith(wanted):
                yield inner, role
                return
        if not link.text.endswith("政府"):  # 市委副书记、市长: the mayor of no committee, and of no company
            return
    bodies = [inner for inner in nested if inner.type == "Organization" and inner.entity != link.entity]
    words = _words()
    if bodies and words.party.search(link.text) and not words.party_titles.search(role):
        yield bodies[0], role
        return
    yield link, role
    party = words.party.search(link.text)
    if (
        bodies and party and party.group() == "党组" and party.start() == len(bodies[0].text)
    ):  # 甲委党组|书记 is 党组书记 of 甲委, too
        yield bodies[0], party.group() + role
    elif bodies and any(role.endswith(title) for title in words.professional) and unit.start == body + 1:
        yield bodies[0], link.text[len(bodies[0].text) :] + role


# Before the name ----------------------------------------------------------------------------------------------------


def _stack(passage: Passage, person: int) -> list[Unit]:
    """Return the posts that stand before a name, left to right."""
    units: list[Unit] = []
    end = person
    mask = passage.mask
    while end > 0:
        start, body, stop = _unit_before(passage, end)
        charge = _in_charge(passage, body, end) if body is not None else None
        if charge is not None:
            units.insert(0, charge)
            break
        unit = _unit(passage, body, body + 1 if body is not None else start, end)
        if unit is None:
            if units and body is not None and body + 1 == end:  # 甲、乙公司董事长: the title holds for both
                units.insert(0, Unit(body, units[0].role, units[0].start, units[0].end))
            else:
                break
        else:
            units.insert(0, unit)
        if stop:
            break
        end = start - (2 if mask.startswith("以及", start - 2) else 1)
    return units


def _in_charge(passage: Passage, body: int, end: int) -> Unit | None:
    """Return the post of who is in charge of something: 甲部负责乙国事务的特别代表 serves 甲部."""
    mask = passage.mask
    at = mask.rfind("的", body, end) + 1
    before = mask[max(0, body - 3) : body]
    if at and before[1:] == "负责" and _BODY.match(before) and is_title(mask[at:end]):
        words = (passage.links[i].text if i in passage.links else mask[i] for i in range(body - 2, end))
        return Unit(body - 3, "".join(words), at, end)
    return None


def _unit_before(passage: Passage, end: int) -> tuple[int, int | None, bool]:
    """Return where the unit that ends at ``end`` starts, its body, and whether nothing can stand before it."""
    mask, at, body = passage.mask, end - 1, None
    while at >= 0:
        char = mask[at]
        if _BODY.match(char):
            if mask[at - 1 : at] == "驻" and at >= 2 and _BODY.match(mask[at - 2]):
                at -= 2
                return at, at, _closed(mask, at)
            return at, at, _closed(mask, at)
        if _STOP.match(char) or _OTHER.match(char):
            return at + 1, None, True
        if (_SEP.match(char) or mask.startswith("以及", at - 1)) and not _inside_title(passage, at):
            return at + 1, None, False
        at -= 1
    return 0, body, True


def _inside_title(passage: Passage, at: int) -> bool:
    return passage.mask[at] in "和及" and not (passage.starts_word(at) and passage.ends_word(at + 1))


def _closed(mask: str, at: int) -> bool:
    return at == 0 or not _SEP.match(mask[at - 1])


def _unit(passage: Passage, body: int | None, start: int, end: int) -> Unit | None:
    """Return the post between two mask positions, None where there is no title."""
    mask = passage.mask
    if (
        body is not None
        and mask[body + 1 : body + 2] == "驻"
        and _BODY.match(mask[body + 2 : body + 3] or " ")
    ):
        role = passage.links[body + 2].text
        rest = mask[body + 3 : end]
        return Unit(body, f"驻{role}{rest}", body + 1, end) if is_title(rest) else None
    role, start = _clean(passage, start, end)
    if body is not None and mask[start:end] in {"长", "副长"}:
        tail = passage.links[body].text[-1]
        return (
            Unit(body, tail + mask[start:end], start, end)
            if tail in "部局厅处科院校会所省市县区镇乡村州"
            else None
        )
    if body is None:
        cut = _nouns(passage, start, end)
        role, start = _clean(passage, cut, end)
        if not is_title(role):
            return None
        own = _words().own.match(role)
        if own and is_title(role[own.end() :]):
            return Unit(None, role[own.end() :], start + own.end(), end, own=True)
        return Unit(None, role, start, end)
    if is_title(role) and not _verbal(passage, start, end):
        return Unit(_whose(passage, body), role, start, end)
    cut = _nouns(passage, start, end)
    if cut > start and is_title(mask[cut:end]):
        role, cut = _clean(passage, cut, end)
        return Unit(body, role, cut, end, far=True) if is_title(role) else None
    return None


def _whose(passage: Passage, body: int) -> int:
    """Return the body before a place that only says where: 甲公司中国总裁 is president at 甲公司."""
    mask = passage.mask
    beside = body and mask[body] == L and mask[body - 1] == O
    if beside and passage.links[body - 1].span.end == passage.links[body].span.start:
        return body - 1
    return body


def _clean(passage: Passage, start: int, end: int) -> tuple[str, int]:
    role = passage.mask[start:end]
    match = _words().former.match(role)
    while match and match.end():
        start += match.end()
        role = role[match.end() :]
        match = _words().former.match(role)
    return role, start


def _verbal(passage: Passage, start: int, end: int) -> bool:
    """Say whether a verb or a particle stands between two positions, the last word apart."""
    tags = passage.tags(start, end)
    if "的" in passage.mask[start:end]:
        return False
    bad = {"p", "u", "r", "d", "c", "xc"} & set(tags[:-1])
    return bool(bad) or ("v" in tags and _words().behind.fullmatch(passage.mask, start, end) is None)


def _nouns(passage: Passage, start: int, end: int) -> int:
    """Return where the run of nouns that ends at ``end`` starts."""
    at = end
    while at > start:
        word = passage.word_before(at)
        if word is None or (
            word.tag not in {"n", "nz", "nw", "vn", "an", "a", "f", "s", "ORG", "b"} and at != end
        ):
            break
        if at - len(word.text) < start:
            break
        at -= len(word.text)
    return at


# Behind the name ----------------------------------------------------------------------------------------------------


def _behind(passage: Passage, person: int, units: list[Unit], last: list[Unit]) -> list[Unit]:
    """Return the title right behind a name: 甲公司张三董事长, 李四教授."""
    match = _words().behind.match(passage.mask, person + 1)
    if not match:
        return []
    end = match.end()
    if not passage.ends_word(end):
        return []
    body = person - 1 if person and _BODY.match(passage.mask[person - 1]) else None
    if (
        body is None
        and passage.mask[person - 1 : person] == "的"
        and person > 1
        and passage.mask[person - 2] == O
    ):
        body = person - 2
    if body is None:
        body = next((unit.body for unit in (units or last) if unit.body is not None), None)
    return [Unit(body, match.group(), person + 1, end)]


def read_list(passage: Passage, start: int, stop: int | None = None, *, skip: bool = False) -> list[Unit]:
    """Return the posts listed from ``start`` on, as long as the words are posts.

    With ``skip`` the list goes on behind a few nouns that are no post: 甲大学教授，农学人才，乙学会理事.
    """
    units: list[Unit] = []
    waiting: list[int] = []
    guessed = False
    mask = passage.mask
    end = len(mask) if stop is None else stop
    at = start
    while at < end:
        close = _close(passage, at, end)
        lead = _LEAD.match(mask[at:close])
        first = at + (lead.end() if lead else 0)
        bodies = [i for i in passage.names(first, close) if _BODY.match(mask[i])]
        relative = mask.find("的", first, close)
        if bodies and first < relative < bodies[-1]:  # 任甲团团长的乙部部长张三: only what stands before 的
            close, bodies = relative, [i for i in bodies if i < relative]
        others = [i for i in passage.names(first, close) if not _BODY.match(mask[i])]
        if others:
            break
        if bodies and mask[bodies[-1] - 1 : bodies[-1]] == "驻" and len(bodies) > 1:
            bodies = bodies[:-1]
        body = bodies[-1] if bodies else None
        tail = re.search(r"(?:等?职[务位]|等要职|一职|等)$", mask[first:close])
        unit = _unit(
            passage, body, body + 1 if body is not None else first, close - (len(tail.group()) if tail else 0)
        )
        if (
            unit is not None and body is None and lead and "其" in lead.group()
        ):  # 任其董事长: of the body before
            unit = replace(unit, own=True)
        if unit is None or unit.far:
            joins = "、/和及，" if body is not None and mask[body] == O else "、/和及"
            if body is not None and body + 1 == close and close < end and mask[close] in joins:
                waiting.append(body)
            elif body is not None and not units and _plain(passage, body + 1, close):
                units.append(Unit(body, mask[body + 1 : close], body + 1, close))
                guessed = True
            elif not (skip and units and body is None and _only_nouns(passage, first, close)):
                break
        else:
            units.extend(Unit(other, unit.role, unit.start, unit.end) for other in waiting)
            waiting = []
            units.append(unit)
        at = close + 1
        if mask.startswith("以及", close):
            at = close + 2
    return units if not guessed or len(units) > 1 else []


def _close(passage: Passage, at: int, end: int) -> int:
    """Return where the item of a list that starts at a mask position ends."""
    while at < end and not _STOP.match(passage.mask[at]):
        if _SEP.match(passage.mask, at) and not _inside_title(passage, at):
            break
        at += 1
    return at


def _only_nouns(passage: Passage, start: int, end: int) -> bool:
    """Say whether a few nouns and nothing else stand between two commas."""
    tags = passage.tags(start, end)
    return 1 < end - start <= 14 and set(tags) <= {"n", "nz", "vn", "a", "b", "an", "m", "q"}


def _plain(passage: Passage, start: int, end: int) -> bool:
    """Say whether a title nobody listed may stand here: one or two nouns."""
    tags = passage.tags(start, end)
    return 1 < end - start <= 6 and bool(tags) and set(tags) <= {"n", "nz"}


def _aside(passage: Passage, patterns: Patterns) -> Iterator[Hit]:
    """Yield the posts in brackets behind a name."""
    for aside in passage.asides:
        if aside.owner is not None and aside.owner.type == "Person":
            yield from _hits(aside, aside.owner, read_list(aside, 0), "post-aside", "aside", patterns)


def _apposition(passage: Passage, persons: list[int], patterns: Patterns) -> Iterator[Hit]:
    """Yield the posts between commas behind a name: 张三，甲公司董事长，..."""
    for person in persons:
        match = re.compile(
            rf"(?:[，,：:]|-{{1,2}}|—{{1,2}})(?:[^，,。{ANY}]{{0,12}}(?:生于|祖籍|籍贯){L}+|男|女|[^，,。]{{1,4}}族"
            rf"|[^，,。{ANY}]{{0,8}}(?:岁|生|人|学历|党员)(?=[，,])|[，,])*"
        ).match(passage.mask, person + 1)
        if not match:
            continue
        units = read_list(passage, match.end(), skip=True)
        rest = re.match(f"[^，,；;。]*{P}", passage.mask[units[-1].end :]) if units else None
        if units and units[0].body is not None and rest is None:
            yield from _hits(passage, passage.links[person], units, "post-apposition", "apposition", patterns)


def post_anchors(passage: Passage, terms: Sequence[Term] = ()) -> Anchors:
    """Return which bodies only say whose post somebody named holds, and where the words before each name start."""
    bodies = {unit.body for term in terms for unit in term.units if unit.body is not None}
    heads: dict[int, int] = {}
    for person in passage.names(0, len(passage.mask), P):
        units = _stack(passage, person)
        own = [unit.body for unit in units if unit.body is not None]
        bodies.update(own)
        if units:
            heads[person] = min([units[0].start, *own])
        elif person and passage.mask[person - 1] == O and _beside(passage, person - 1):
            bodies.add(person - 1)
            heads[person] = person - 1
    return Anchors(frozenset(bodies), heads)


def _beside(passage: Passage, position: int) -> bool:
    """Say whether nothing, not even a space, stands between a name and the next."""
    return passage.links[position].span.end == passage.links[position + 1].span.start


# Behind a verb ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Term:
    """A verb of office at a mask position, and the posts listed behind it."""

    start: int
    units: tuple[Unit, ...]


def terms_of(passage: Passage, patterns: Patterns) -> tuple[Term, ...]:
    """Return the lists of posts behind 任, 担任, 当选, 是 ..."""
    found: list[Term] = []
    for match in _terms(patterns.by_reader["post-term"].cues).finditer(passage.mask):
        start, end = match.span()
        if not passage.starts_word(start):
            continue
        units = read_list(passage, end)
        if units and not (match.group() in _IS and _loose(passage, units[0])):
            found.append(Term(start, tuple(units)))
    return tuple(found)


def read_terms(
    passage: Passage, terms: Sequence[Term], topics: Topics, anchors: Anchors, patterns: Patterns
) -> Iterator[Hit]:
    """Yield the posts behind verbs of office; the subject may be that of an earlier clause or sentence."""
    for term in terms:
        start, units = term.start, list(term.units)
        persons, by = subject_before(passage, start, P, topics, anchors)
        if passage.mask[units[-1].end : units[-1].end + 1] == "的":  # 担任甲团团长的乙部部长张三
            after = passage.names(units[-1].end, passage.clauses[passage.clause_of(start)].end, P)
            persons, by = (
                ([passage.links[i] for i in passage.group(after[0])], "relative") if after else ([], "")
            )
        topics.term = persons
        for person in persons:
            yield from _hits(passage, person, units, "post-term", by, patterns)
    yield from _resumed(passage, topics, patterns)


_IS = frozenset({"是", "还是", "也是", "曾是", "仍是", "既是", "不仅是", "为", "系", "成为"})


def _loose(passage: Passage, unit: Unit) -> bool:
    """Say whether what is called somebody is no post: 享誉甲市的专家, 甲国总统 behind 的."""
    if unit.own:
        return False
    if unit.body is None:
        return True
    return passage.mask[unit.body] == L and passage.mask[unit.body + 1 : unit.start].startswith("的")


_DATED = re.compile(r"^[\d年月日至今起—\-－~～.、，,至到 ]*(?:先后|同时|后|又|期间)?")


def _resumed(passage: Passage, topics: Topics, patterns: Patterns) -> Iterator[Hit]:
    """Yield the posts of a line of a life's story without a verb: 1998年至2003年，甲局处长."""
    persons = topics.term or ([topics.person] if topics.person is not None else [])
    if not persons or passage.names(0, len(passage.mask), P) or passage.owner is not None:
        return
    start = _DATED.match(passage.mask)
    at = start.end() if start else 0
    units = read_list(passage, at)
    whole = units and len(passage.mask) - units[-1].end <= 3
    if units and units[0].body is not None and (at or whole):
        for person in persons:
            yield from _hits(passage, person, units, "post-resume", "resume", patterns)


@cache
def _terms(cues: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(cue) for cue in sorted(cues, key=lambda cue: (-len(cue), cue))))
