"""Whose post it is: the body of each title somebody holds, where the words name it and where they do not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import Link
from kg.base.wordlist import read_words
from kg.facts.central import centre_of, is_of_centre, title_of
from kg.facts.departments import read_departments
from kg.facts.fit import is_of_no_place, is_of_nobody, may_hold
from kg.facts.hit import Hit, Slot
from kg.facts.passage import SYMBOLS, Passage
from kg.facts.pattern import Pattern, Patterns
from kg.facts.region import is_of_region
from kg.facts.stack import ORGANIZATION, PLACE, Post, Tenure
from kg.facts.tenure import in_time, time_of
from kg.facts.title import is_degree
from kg.facts.way import Base, Modifier, Way
from kg.facts.words import facts_words
from kg.names.lexicon import organizations

_LISTS: Final = frozenset({"post-apposition", "post-aside", "post-resume"})
_BESIDE_NAME: Final = frozenset({Base.STACK, Base.SHARED, Base.NAME})
_POST: Final = facts_words("post")
_STATES: Final = late(_POST.either("states"))
_OWN_BODY: Final = late(f"(?:{_POST.either('own_area')})(?:{_POST.either('own_body')})")
_ACTING: Final = late(f"^(?:{_POST.either('acting')})+")
_TOWN: Final = _POST.table("town").pairs()
_BOARD: Final = late(_POST.either("boards"))
_OF_A_BOARD: Final = late(_POST.either("of_a_board"))
_GROUP: Final = "党组"
_OF_JUDGES: Final = late("(?:审判|检察)委员会$")
_JUDGES: Final = frozenset({"审判员", "检察员", "助理审判员", "代理审判员", "法官", "检察官"})
_COMMITTEE: Final = "工委"
_DIRECTOR: Final = late("(?:常务|代理)?副?主任(?:委员)?")
_PERSON: Final = SYMBOLS["Person"]
_PEOPLE: Final = late(f"{_PERSON}(?:[^，。；：{_PERSON}]{{0,8}}[、和及与]{_PERSON})*$")
_UNITS: Final = organizations().part_ends
_UNIT_TAGS: Final = frozenset(("n", "nz", "nw", "ORG"))
_STUDENTS: Final = frozenset(_POST.words("students"))


@dataclass(frozen=True)
class _Words:
    professional: tuple[str, ...]
    staff: frozenset[str]
    holders: dict[str, tuple[str, ...]]
    party: re.Pattern[str]
    party_titles: re.Pattern[str]
    never_guessed: frozenset[str]


@cache
def _words() -> _Words:
    classes = read_words("language/titles.toml").table("classes")
    cues = read_words("language/cues.toml").table("posts")
    return _Words(
        classes.words("professional"),
        frozenset(classes.words("staff")),
        cues.table("holders").groups(),
        late(f"(?:{cues.either('party')})$"),
        late(f"(?:{cues.either('party_titles')})$"),
        frozenset(cues.words("never_guessed")),
    )


def read_holdings(
    passage: Passage,
    person: Link,
    posts: Sequence[Post],
    pattern: str,
    by: Base,
    patterns: Patterns,
    said: Tenure | None = None,
) -> Iterator[Hit]:
    """Yield that somebody holds posts, each at its body.

    Args:
        passage: where they stand.
        person: whose posts they are.
        posts: left to right.
        pattern: the reader of the pattern that says so.
        by: how it was found that they are this person's.
        patterns: all patterns.
        said: what the verb says that gives or takes the posts, where it does not stand right before them.
    """
    posts = in_time(passage, posts, _last_of_names(passage, person) if by in _BESIDE_NAME else None, said)
    yield from read_departments(passage, posts, patterns)
    for post, hit in _held(passage, person, posts, pattern, by, patterns):
        # 6月1日，对张三当选甲会会长表示祝贺: the day of the congratulation, not of the election.
        wished = by == Base.PIVOT
        when = None if wished else time_of(passage, hit.trigger, post.tenure, stacked=by in _BESIDE_NAME)
        yield replace(hit, tenure=post.tenure, when=when)


def _last_of_names(passage: Passage, person: Link) -> int | None:
    """Return the mask position of the last name of the list that a name with titles is in: 董事长张三、李四辞职."""
    position = next((at for at, link in passage.links.items() if link is person), None)
    return None if position is None else passage.group(position)[-1]


def _held(
    passage: Passage, person: Link, posts: Sequence[Post], pattern: str, by: Base, patterns: Patterns
) -> Iterator[tuple[Post, Hit]]:
    """Yield each post and that somebody holds it, at its body."""
    body: int | None = None  # of the last post that has one
    own: Link | Slot | None = _owner(passage)
    for post in _at_courts(passage, posts):
        if is_of_centre(passage, post):
            yield from _of_centre(passage, person, post, patterns.by_reader[pattern], by)
            continue
        if post.own:
            own = _named_before(passage, post)
        elif post.body is not None:
            body, own = post.body, None
        where = passage.span(post.start, post.end)
        title = patterns.by_reader[_reader_of(post.role, pattern)]
        named = "" if post.role in _STUDENTS else post.role
        if pattern in _LISTS and is_degree(post.role):  # 张三，甲大学经济学博士: studied there
            if post.body is not None and not post.own:
                studied = patterns.by_reader["degree-in-list"]
                yield post, Hit(studied, person, passage.links[post.body], where, passage, _way(post, by))
        elif body is not None and own is None:
            for link, role in _bodies_of(passage, body, post):
                yield post, Hit(title, person, link, where, passage, _way(post, by), role if named else "")
        else:
            end, modifier = _body_elsewhere(passage, post, by, own)
            if end is not None:
                yield post, Hit(title, person, end, where, passage, Way(by, (modifier,)), named)


def _at_courts(passage: Passage, posts: Sequence[Post]) -> Iterator[Post]:
    """Yield the posts, judges behind a court's committee at the court: 甲法院副院长、审判委员会委员、|审判员."""
    last: int | None = None
    court: int | None = None
    for post in posts:
        if post.body is not None:
            court = last if _OF_JUDGES.search(passage.links[post.body].text) else None
            last = post.body
        yield (
            replace(post, body=court)
            if post.body is None and court is not None and post.role in _JUDGES
            else post
        )


def _of_centre(
    passage: Passage, person: Link, post: Post, pattern: Pattern, by: Base
) -> Iterator[tuple[Post, Hit]]:
    """Yield that somebody holds a title of the central committee, whatever body stands before it."""
    centre = centre_of(passage, post)
    if centre is not None:
        where = passage.span(post.start, post.end)
        yield (
            post,
            Hit(
                pattern, person, centre, where, passage, Way(by, (Modifier.HOLDER,)), title_of(passage, post)
            ),
        )


def _reader_of(role: str, pattern: str) -> str:
    """Return what a title says: somebody studies there (甲大学学生张三), works there without a post, or holds one."""
    if role in _STUDENTS:
        return "student-title"
    return "member-title" if role in _words().staff else pattern


def _owner(passage: Passage) -> Link | None:
    """Return the body brackets stand behind: 甲公司（总经理：张三）."""
    owner = passage.owner
    return owner if owner is not None and owner.type == "Organization" else None


def _way(post: Post, by: Base) -> Way:
    if post.far:
        return Way(by, (Modifier.FAR,))
    return Way(by) if post.body is not None else Way(by, (Modifier.INHERITED,))


def _body_elsewhere(
    passage: Passage, post: Post, by: Base, own: Link | Slot | None
) -> tuple[Link | Slot | None, Modifier]:
    """Return the body of a post that names none, None where it may not be guessed, and how it was found."""
    holders = _words().holders
    role = post.role
    if by == Base.NAME and role == "主席" and _STATES.search(passage.mask):
        role = "国家主席"  # 张三主席, beside heads of other states
    if role in holders:
        return Slot("named", "OL", holders[role]), Modifier.HOLDER
    unit = _bare_unit(passage, post) if by == Base.NAME else ""
    if unit:
        return Slot("part", "O", (unit,)), Modifier.HOLDER
    if own is not None:
        return own, Modifier.OWN
    town = _town(passage, post)
    if town is not None:
        return town, Modifier.TOWN
    if is_of_region(role) or role in _words().never_guessed or _OWN_BODY.match(role):
        return None, Modifier.NEAR
    before = passage.names(0, post.start, ORGANIZATION)
    if not before:
        return (None if is_of_nobody(role) else Slot("topic", "OL")), Modifier.TOPIC
    near = (_without_board(passage, i) for i in reversed(before))
    return next((link for link in near if may_hold(role, link.text)), None), Modifier.NEAR


def _bare_unit(passage: Passage, post: Post) -> str:
    """Return the unit right before the name, or list of names, that a title stands behind, "" for none: 骨科|张三|主任和李四|主任."""
    listed = _PEOPLE.search(passage.mask, 0, post.start)
    at = listed.start() if listed is not None else post.start
    start = at
    while (word := passage.word_before(start)) is not None and word.tag in _UNIT_TAGS:
        start -= len(word.text)
    unit = passage.mask[start:at]
    return unit if unit.endswith(_UNITS) and len(unit) > 1 else ""


def _without_board(passage: Passage, position: int) -> Link:
    """Return the body at a mask position, of its board the body itself: 甲公司董事会聘请张三担任总经理."""
    link = passage.links[position]
    wholes = (inner for inner in passage.nested[position] if inner.type == "Organization")
    whole = next((inner for inner in wholes if _BOARD.fullmatch(link.text[len(inner.text) :])), None)
    return whole if whole is not None else link


def _named_before(passage: Passage, post: Post) -> Link | Slot:
    """Return the body 公司 or 该院 stands for: the last one named before it in the sentence, or before."""
    before = passage.names(0, post.start, ORGANIZATION)
    return passage.links[before[-1]] if before else Slot("own", "O")


def _town(passage: Passage, post: Post) -> Link | Slot | None:
    """Return the place whose head a bare title says somebody is, named before: 甲市委书记张三，市长李四; 甲县教育局 names 甲县."""
    wanted = _TOWN.get(_ACTING.sub("", post.role))
    if wanted is None:
        return None
    for position in reversed(passage.names(0, post.start, ORGANIZATION + PLACE)):
        for link in (passage.links[position], *passage.nested[position]):
            if link.type == "Place" and link.text.endswith(wanted):
                return link
        at = passage.links[position].text.find(wanted, 1)
        if at > 0 and passage.links[position].type == "Organization":
            return Slot("named", "L", (passage.links[position].text[: at + len(wanted)],))
    return None


def _bodies_of(passage: Passage, body: int, post: Post) -> Iterator[tuple[Link, str]]:
    """Yield whose post it is, and its title: the body, or one inside its name.

    甲市委书记、市长: mayor of 甲市; 甲委党组书记、主任: director of 甲委; 甲医院骨科副主任医师: at 甲医院.
    """
    link, role = passage.links[body], post.role
    nested = [inner for inner in passage.nested[body] if inner.span.start == link.span.start]
    wanted = _TOWN.get(role.lstrip("副代原")) if link.type == "Organization" else None
    if wanted and not (link.text.endswith("政府") and post.start == body + 1):  # 甲省人民政府|副省长: there
        town = next(
            (inner for inner in nested if inner.type == "Place" and inner.text.endswith(wanted)), None
        )
        if town is not None:
            yield town, role
            return
        if not link.text.endswith("政府"):  # 市委副书记、市长: the mayor of no committee, and of no company
            return
    whole = next(
        (inner for inner in nested if inner.type == "Organization" and inner.entity != link.entity), None
    )
    if whole is None:
        if _is_held_at(link, post, beside=post.start == body + 1):
            yield link, role
    else:
        yield from _within(whole, link, post, beside=post.start == body + 1)


def _is_held_at(link: Link, post: Post, *, beside: bool) -> bool:
    """Say whether a post is one of a place or body: no vocation of a place; 甲会党组成员、副主席: the chairman of no 党组."""
    if link.type == "Place" and is_of_no_place(post.role):
        return False
    party = None if beside else _words().party.search(link.text)
    return party is None or party.group() != _GROUP or _words().party_titles.search(post.role) is not None


def _within(whole: Link, part: Link, post: Post, *, beside: bool) -> Iterator[tuple[Link, str]]:
    """Yield the same for a body whose name begins with that of another; ``beside``: the title stands right behind."""
    role = post.role
    rest = part.text[len(whole.text) :]
    if is_of_region(rest + role):  # 甲集团亚太区|主席
        yield whole, rest + role
        return
    board = _BOARD.fullmatch(rest)
    if board is not None:  # 甲公司董事会|聘请张三为总经理; 甲公司董事会|秘书
        yield whole, rest + role if beside and _OF_A_BOARD.fullmatch(role) else role
        return
    party = _words().party.search(part.text)
    if party and party.group() == _COMMITTEE and beside and _DIRECTOR.fullmatch(role):
        yield part, role  # 甲市人大常委会预算工委|主任: a 工作委员会; that of a party has a 书记
        return
    if party and not _words().party_titles.search(role):
        yield whole, role
        return
    yield part, role
    if party and party.group() == "党组" and party.start() == len(whole.text):
        yield whole, party.group() + role  # 甲委党组|书记 is 党组书记 of 甲委, too
    elif beside and role.endswith(_words().professional):
        yield whole, rest + role
