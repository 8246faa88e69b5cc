"""Posts: titles before a name and behind it, in brackets and between commas, given and taken.

    甲省省委副书记、乙市市委书记张三      before the name (``kg.facts.stack``)
    张三（乙医院眼科主任）               张三 holds what the brackets list (``kg.facts.post_list``)
    张三，1998年起任甲局处长、副局长       behind a verb of office (``kg.facts.term``)

Whose post it is, where the words do not say so, is in ``kg.facts.holding``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import dropwhile
from typing import Final

from kg.base.late import late
from kg.facts.fit import may_hold
from kg.facts.hit import Hit
from kg.facts.holding import read_holdings
from kg.facts.passage import ANY, SYMBOLS, Passage
from kg.facts.pattern import Patterns
from kg.facts.post_list import read_list
from kg.facts.stack import BODY, ORGANIZATION, PLACE, Post, Tenure, find_titles_before
from kg.facts.tenure import said_by_verb
from kg.facts.term import Term
from kg.facts.title import title_behind
from kg.facts.topic import Anchors
from kg.facts.way import Base, Way
from kg.facts.words import facts_words

_WORDS: Final = facts_words("post")
_COURTESY: Final = f"(?:{_WORDS.either('courtesy')})?"
_PERSON: Final = SYMBOLS["Person"]
_NEW_CLAUSE: Final = late("[，；：。]")
_EQUALS: Final = late(f"(?:{_WORDS.either('equals')})$")
_SERVES: Final = late(f"{_COURTESY}(?:{_WORDS.either('serves')})")
_NEXT_HOLDER: Final = late(f"{_COURTESY}(?:[、和与及暨]|以及)")
_LISTED: Final = late(f"{_COURTESY}(?:[、和及]|以及)")
_MEMBER: Final = late(f"({ORGANIZATION})的?$")
_ASIDE_OF_LIFE: Final = late(
    rf"(?:[，,：:]|-{{1,2}}|—{{1,2}})(?:[^，,。{ANY}]{{0,12}}(?:生于|祖籍|籍贯){PLACE}+|男|女|[^，,。]{{1,4}}族"
    rf"|[^，,。{ANY}]{{0,8}}(?:岁|生|人|学历|党员|学位|博士|硕士|学士|文化|职称)(?=[，,])|[，,])*"
)
_ANNOUNCES: Final = late(
    f"{ORGANIZATION}(?:[^，；。：{ANY}]{{0,12}}(?:{_WORDS.either('announces')})[，：]|：)(?:[^；。{ANY}]{{0,24}}，)?$"
)
_ONE: Final = f"{_PERSON}{_COURTESY}"
_AND_NEXT: Final = late(
    f"[，；](?P<p>{_ONE}(?:[、和]{_ONE})*)(?:等)?(?:[一二三四五六七八九十两\\d]+[人名位])?为"
)
_BEFORE_OTHER: Final = late(f"[^，,；;。]*{_PERSON}")


def read_posts(passage: Passage, patterns: Patterns) -> Iterator[Hit]:
    """Yield the posts of everybody named in the passage."""
    persons = passage.names(0, len(passage.mask), _PERSON)
    yield from _around_names(passage, persons, patterns)
    yield from _in_brackets(passage, patterns)
    yield from _in_apposition(passage, persons, patterns)
    yield from _removed(passage, patterns)
    yield from _appointed(passage, patterns)


def post_anchors(
    passage: Passage, terms: Sequence[Term] = (), resumed: frozenset[int] = frozenset()
) -> Anchors:
    """Return which bodies only say whose post somebody holds, and where the words before each name start."""
    bodies = {post.body for term in terms for post in term.posts if post.body is not None} | resumed
    heads: dict[int, int] = {}
    for person in passage.names(0, len(passage.mask), _PERSON):
        posts = find_titles_before(passage, person)
        own = [post.body for post in posts if post.body is not None]
        bodies.update(own)
        if posts:
            heads[person] = min([posts[0].start, *own])
        elif person and passage.mask[person - 1] == ORGANIZATION and _is_beside(passage, person - 1):
            bodies.add(person - 1)
            heads[person] = person - 1
    return Anchors(frozenset(bodies), heads)


def _is_beside(passage: Passage, position: int) -> bool:
    """Say whether nothing, not even a space, stands between a name and the next."""
    return passage.links[position].span.end == passage.links[position + 1].span.start


# Before and behind a name ----------------------------------------------------------------------------------------------


def _around_names(passage: Passage, persons: Sequence[int], patterns: Patterns) -> Iterator[Hit]:
    """Yield the posts before and right behind each name; names in a list share those of the first."""
    last: list[Post] = []
    shared: list[Post] = []  # what a name right behind the one before in a list holds, too
    before: int | None = None
    for person in persons:
        posts, by = _before(passage, person, before, shared)
        if before is not None and last:
            posts = _at_same_body(passage, before, posts, last)
        behind = _behind(passage, person, posts or last)
        link = passage.links[person]
        yield from read_holdings(passage, link, posts, "post-stack", by, patterns)
        yield from read_holdings(passage, link, behind, "post-behind", Base.NAME, patterns)
        if posts or behind:
            last = shared = posts or behind
        else:
            yield from _member(passage, person, patterns)
            if before is not None and _NEW_CLAUSE.search(passage.mask, before, person):
                shared = []  # 甲公司董事长张三，自治区领导李四、王五: only the first
        before = person


def _before(passage: Passage, person: int, before: int | None, shared: list[Post]) -> tuple[list[Post], Base]:
    """Return the posts before a name, or those of the name before it in a list, and which of the two."""
    posts = find_titles_before(passage, person)
    if posts:
        return posts, Base.STACK
    if shared and before is not None and _shares_title(passage, before, person):
        return shared, Base.SHARED
    return _equated(passage, person), Base.EQUALS


def _shares_title(passage: Passage, first: int, second: int) -> bool:
    """Say whether two names share the title before the first: 主任张三、李四."""
    return _LISTED.fullmatch(passage.mask, first + 1, second) is not None


def _equated(passage: Passage, person: int) -> list[Post]:
    """Return the posts before a verb before the name: 甲公司董事长是张三, 甲公司总经理由张三担任."""
    match = _EQUALS.search(passage.mask, max(0, person - 2), person)
    if match is None:
        return []
    if match.group() == "由" and not _SERVES.match(passage.mask, person + 1):
        return []
    posts = find_titles_before(passage, match.start())
    return [] if any(post.start >= match.start() or post.far for post in posts) else posts


def _at_same_body(passage: Passage, before: int, posts: list[Post], last: list[Post]) -> list[Post]:
    """Return a post without a body at the body of the name before in the list: 甲公司董事长张三和总经理李四."""
    if not posts or posts[0].body is not None or posts[0].own:
        return posts
    body = next((post.body for post in reversed(last) if post.body is not None and not post.own), None)
    if body is None or not may_hold(posts[0].role, passage.links[body].text):
        return posts
    if not _NEXT_HOLDER.fullmatch(passage.mask, before + 1, posts[0].start):
        return posts
    return [replace(posts[0], body=body), *posts[1:]]


def _behind(passage: Passage, person: int, known: Sequence[Post]) -> list[Post]:
    """Return the title right behind a name: 甲公司张三董事长, 李四教授; ``known``: posts whose body it may share."""
    match = title_behind(passage, person + 1)
    if match is None:
        return []
    mask = passage.mask
    if person and BODY.match(mask[person - 1]):
        body: int | None = person - 1
    elif person > 1 and mask[person - 1] == "的" and mask[person - 2] == ORGANIZATION:
        body = person - 2
    else:
        body = next((post.body for post in known if post.body is not None), None)
    return [Post(body, match.group(), person + 1, match.end())]


def _member(passage: Passage, person: int, patterns: Patterns) -> Iterator[Hit]:
    """Yield that somebody belongs to the body right before the name: 甲公司张三, 甲公司的张三."""
    match = _MEMBER.search(passage.mask, max(0, person - 2), person)
    if match:
        at = match.start()
        where = passage.span(at, person + 1)
        member = patterns.by_reader["member-of"]
        yield Hit(member, passage.links[person], passage.links[at], where, passage, Way(Base.LEFT))


# In brackets and between commas ----------------------------------------------------------------------------------------


def _in_brackets(passage: Passage, patterns: Patterns) -> Iterator[Hit]:
    """Yield the posts in brackets behind a name."""
    for aside in passage.asides:
        if aside.owner is not None and aside.owner.type == "Person":
            posts = read_list(aside, 0)
            yield from read_holdings(aside, aside.owner, posts, "post-aside", Base.ASIDE, patterns)


def _in_apposition(passage: Passage, persons: Sequence[int], patterns: Patterns) -> Iterator[Hit]:
    """Yield the posts between commas behind a name: 张三，甲公司董事长，..."""
    for person in persons:
        match = _ASIDE_OF_LIFE.match(passage.mask, person + 1)
        listed = read_list(passage, match.end(), skip=True) if match else []
        posts = list(dropwhile(lambda post: post.body is None, listed))  # 张三，教授、甲院院士
        if not posts or _BEFORE_OTHER.match(passage.mask, posts[-1].end):
            continue
        link = passage.links[person]
        yield from read_holdings(passage, link, posts, "post-apposition", Base.APPOSITION, patterns)


# Given and taken -------------------------------------------------------------------------------------------------------


def _removed(passage: Passage, patterns: Patterns) -> Iterator[Hit]:
    """Yield the posts somebody is relieved of: 免去张三的甲局局长职务."""
    pattern = patterns.by_reader["post-removed"]
    for match in _dismissed(pattern.cues).finditer(passage.mask):
        posts = read_list(passage, match.end())
        said = said_by_verb(passage, match.start(), Tenure("former", "ends"))
        for person in passage.names(match.start("p"), match.end("p"), _PERSON) if posts else []:
            yield from read_holdings(
                passage, passage.links[person], posts, pattern.reader, Base.RIGHT, patterns, said
            )


@cache
def _dismissed(cues: tuple[str, ...]) -> re.Pattern[str]:
    return late(
        f"(?:{'|'.join(cues)})了?(?P<p>{_PERSON}(?:[、和]{_PERSON})*){_COURTESY}(?:的|担任的|兼任的|所任的)"
    )


def _appointed(passage: Passage, patterns: Patterns) -> Iterator[Hit]:
    """Yield the posts somebody is given by the body before the verb: 甲公司聘任张三为总经理; 甲公司宣布，委任张三为董事."""
    pattern = patterns.by_reader["post-appointed"]
    for match in _named(pattern.cues).finditer(passage.mask):
        clause = passage.clauses[passage.clause_of(match.start())]
        if passage.mask.startswith("人", match.end("verb")) or not passage.starts_word(match.start()):
            continue
        posts = read_list(passage, match.end())
        if not posts:
            continue
        bodies = passage.names(clause.start, match.start(), ORGANIZATION)
        if not bodies and posts[0].body is None:
            bodies = [i for i in _announcing(passage, clause.start) if _fits(passage, i, posts)]
        if not bodies and posts[0].body is None:
            continue
        said = said_by_verb(passage, match.start(), Tenure("", "begins"))
        for person, own in _given(passage, match.start("p"), match.end("p"), posts):
            held = own if own[0].body is not None else [replace(post, own=False) for post in own]
            if own[0].body is None:
                held = [replace(post, body=bodies[-1]) if post.body is None else post for post in held]
            yield from read_holdings(
                passage, passage.links[person], held, pattern.reader, Base.RIGHT, patterns, said
            )


def _given(
    passage: Passage, start: int, end: int, posts: Sequence[Post]
) -> Iterator[tuple[int, Sequence[Post]]]:
    """Yield who is given which posts by one verb: 选举张三为会长，李四、王五为副会长."""
    bare = posts[0].body is None
    while posts and (posts[0].body is None) == bare:
        for person in passage.names(start, end, _PERSON):
            yield person, posts
        match = _AND_NEXT.match(passage.mask, posts[-1].end) if bare else None
        if match is None:
            return
        start, end = match.span("p")
        posts = read_list(passage, match.end())


def _announcing(passage: Passage, start: int) -> list[int]:
    """Return the body whose announcement or decision a clause is, where it names none: 甲公司宣布，……, 甲公司：……."""
    match = _ANNOUNCES.search(passage.mask, 0, start)
    return [match.start()] if match else []


def _fits(passage: Passage, body: int, posts: Sequence[Post]) -> bool:
    return all(may_hold(post.role, passage.links[body].text) for post in posts if post.body is None)


@cache
def _named(cues: tuple[str, ...]) -> re.Pattern[str]:
    return late(
        f"(?P<verb>{'|'.join(cues)})了?(?:(?P<head>[^，。；：为任{_PERSON}]{{1,30}}?))?(?P<p>{_ONE}(?:[、和]{_ONE})*)(?:等)?(?:[一二三四五六七八九十两\\d]+[人名位])?(?:为|任|担任|出任|兼任)"
    )
