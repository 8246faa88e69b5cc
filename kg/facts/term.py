"""Posts behind a verb of office, 任, 担任, 当选, 是, and in the lines of a life's story that go on without one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from kg.base.late import late
from kg.base.model import Link
from kg.base.wordlist import any_of
from kg.facts.carried import Subjects
from kg.facts.each import each_in
from kg.facts.hit import Hit
from kg.facts.holding import read_holdings
from kg.facts.passage import ANY, SYMBOLS, Passage
from kg.facts.pattern import Patterns
from kg.facts.post_list import read_list
from kg.facts.stack import PLACE, Post, Tenure, find_titles_before
from kg.facts.subject import subject_before
from kg.facts.tenure import in_time, said_by_verb
from kg.facts.topic import Anchors, Topics
from kg.facts.way import Base
from kg.facts.words import facts_words

PERSON: Final = SYMBOLS["Person"]
_IS: Final = frozenset(facts_words("post").words("is"))
_POST: Final = facts_words("post")
_SPLIT: Final = late("[、和与及]")
_IN_TURN: Final = late(_POST.either("in_turn"))
_WISH: Final = late(f"(?:{_POST.either('wish')}|对|就|向)了?$")
_WISHES: Final = late(f"(?:{_POST.either('wish')})了?(?P<whom>[他她其]们?)?[^，；：。]{{0,6}}$")
_REPLACES: Final = late(
    f"(?P<next>{PERSON})[^。；{PERSON}]{{0,12}}?(?:{_POST.either('replaces')})了?"
    f"[^，。；{PERSON}]{{0,12}}(?P<before>{PERSON})[^。；{PERSON}]{{0,10}}$"
)
_FOLLOWS: Final = late(
    f"由[^，。；{ANY}]{{0,6}}(?P<next>{PERSON})(?:{_POST.either('courtesy')})?(?:{_POST.either('follows')})"
    f"(?:[其该](?:职务|职位|职|一职)|职务|一职)?(?=[，。；]|$)"
)
_KIN: Final = late(
    f"(?:[他她其]们?|{PERSON})的?[^，。；：{ANY}]{{0,6}}?(?:{_POST.either('kin')})(?!时|会)[^，。；：{PERSON}]*$"
)
_ADVERBS: Final = frozenset({"d", "TIME", "t", "m", "q", "ad", "w"})
_DATED: Final = late(r"^[\d年月日至今起—\-－~～.、，,至到 ]*(?:先后|同时|后|又|期间)?")


@dataclass(frozen=True, slots=True)
class Term:
    """A verb of office at a mask position, and the posts listed behind it."""

    start: int
    posts: tuple[Post, ...]


def terms_of(passage: Passage, patterns: Patterns) -> tuple[Term, ...]:
    """Return the lists of posts behind 任, 担任, 当选, 是 ..."""
    found: list[Term] = []
    for match in any_of(patterns.by_reader["post-term"].cues).finditer(passage.mask):
        start, end = match.span()
        if not passage.starts_word(start):
            continue
        posts = read_list(passage, end)
        if posts and not (match.group() in _IS and _is_description(passage, posts[0])):
            found.append(Term(start, tuple(posts)))
    return tuple(found)


def _is_description(passage: Passage, post: Post) -> bool:
    """Say whether what is called somebody is no post: 享誉甲市的专家, 甲国总统 behind 的."""
    if post.own:
        return False
    if post.body is None:
        return True
    return passage.mask[post.body] == PLACE and passage.mask[post.body + 1 : post.start].startswith("的")


def read_terms(
    passage: Passage, terms: Sequence[Term], topics: Topics, anchors: Anchors, patterns: Patterns
) -> Iterator[Hit]:
    """Yield the posts behind verbs of office; the subject may be that of an earlier clause or sentence."""
    for term in terms:
        found = None if _is_of_kin(passage, term) else _holders(passage, term, topics, anchors)
        topics.term = found.links if found is not None else []
        if found is not None:
            posts = in_time(passage, term.posts)
            for person, own in shared_out(passage, term.start, found.links, posts):
                for said, group in groupby(own, lambda post: post.tenure):
                    yield from read_holdings(
                        passage, person, list(group), "post-term", found.by, patterns, said
                    )
        yield from _replaced(passage, term, patterns)
    yield from _succeeded(passage, terms, patterns)
    yield from _resumed(passage, topics, patterns)


def _is_of_kin(passage: Passage, term: Term) -> bool:
    """Say whether a post is that of somebody's pupil or relative, of whom no name is told: 他的许多学生是甲大学教授."""
    clause = passage.clauses[passage.clause_of(term.start)]
    return _KIN.search(passage.mask, clause.start, term.start) is not None


def shared_out(
    passage: Passage, verb: int, persons: Sequence[Link], posts: Sequence[Post]
) -> Iterator[tuple[Link, Sequence[Post]]]:
    """Yield who holds which of the posts behind a verb: all hold all, or each his own (分别任), or one after the other."""
    clause = passage.clauses[passage.clause_of(verb)]
    each = each_in(passage.mask, clause.start, verb + 2)
    if each is not None and len(posts) > 1:
        listed = _SPLIT.split(passage.mask[clause.start : each.start()])
        if len(persons) == len(posts):
            yield from ((person, [post]) for person, post in zip(persons, posts, strict=True))
            return
        if len(persons) > 1 or len(listed) > 1:
            if len(listed) == len(posts):  # one of them was read as no name
                yield from _by_place(passage, clause.start, persons, posts)
            return
    in_turn = len(persons) > 1 and _IN_TURN.search(passage.mask, clause.start, verb + 2) is not None
    for person in persons:
        last = person is persons[-1]
        held = posts if last or not in_turn else [replace(p, tenure=Tenure("former")) for p in posts]
        yield person, [replace(p, tenure=Tenure()) for p in posts] if last and in_turn else held


def _by_place(
    passage: Passage, start: int, persons: Sequence[Link], posts: Sequence[Post]
) -> Iterator[tuple[Link, Sequence[Post]]]:
    """Yield who holds which post where some of a list are no names: each the post that stands where he stands."""
    for position in passage.names(start, len(passage.mask), PERSON):
        if passage.links[position] in persons:
            place = len(_SPLIT.findall(passage.mask, start, position))
            if place < len(posts):
                yield passage.links[position], [posts[place]]


def _replaced(passage: Passage, term: Term, patterns: Patterns) -> Iterator[Hit]:
    """Yield whose post somebody takes over: 张三接替李四任甲局局长."""
    match = _REPLACES.search(passage.mask, 0, term.start)
    if match is None:
        return
    said = Tenure("former")
    for person in passage.names(match.start("before"), match.end("before")):
        link = passage.links[person]
        yield from read_holdings(passage, link, term.posts, "post-term", Base.AGENT, patterns, said)


def _succeeded(passage: Passage, terms: Sequence[Term], patterns: Patterns) -> Iterator[Hit]:
    """Yield that somebody follows in a post named before: 张三卸任甲局局长，由李四接替."""
    for match in _FOLLOWS.finditer(passage.mask):
        posts: Sequence[Post] = next(
            (term.posts for term in reversed(terms) if term.posts[-1].end <= match.start()), ()
        )
        if not posts:
            before = passage.names(0, match.start(), PERSON)
            posts = find_titles_before(passage, before[-1]) if before else ()
        link = passage.links[match.start("next")]
        said = said_by_verb(passage, match.start(), Tenure("", "begins"))
        yield from read_holdings(passage, link, posts, "post-term", Base.AGENT, patterns, said)


def _holders(passage: Passage, term: Term, topics: Topics, anchors: Anchors) -> Subjects | None:
    """Return whose posts they are: the subject, or who the verb describes (担任甲团团长的乙部部长张三)."""
    end = term.posts[-1].end
    if not passage.mask.startswith("的", end):
        wished = _wished(passage, term.start, anchors)
        if wished:
            return Subjects([passage.links[i] for i in wished], Base.PIVOT)
        return subject_before(passage, term.start, PERSON, topics, anchors)
    after = passage.names(end, passage.clauses[passage.clause_of(term.start)].end, PERSON)
    links = [passage.links[i] for i in passage.group(after[0])] if after else []
    return Subjects(links, Base.RELATIVE) if links else None


def _wished(passage: Passage, verb: int, anchors: Anchors) -> list[int]:
    """Return those before a verb of office who are congratulated, welcomed or elected: 对张三当选, 致电张三，祝贺他就任."""
    clause = passage.clauses[passage.clause_of(verb)]
    replaces = _REPLACES.search(passage.mask, 0, verb)
    if replaces is not None:
        return passage.group(replaces.start("next"))
    persons = passage.names(0, verb, PERSON)
    if not persons:
        return []
    last = persons[-1]
    said = _WISHES.search(passage.mask, clause.start, verb)
    if said is not None and not passage.names(said.start(), verb):
        return passage.group(last) if said.group("whom") or len(persons) > 1 else []
    group = passage.group(last)
    head = anchors.heads.get(group[0], group[0])
    between = set(passage.tags(last + 1, verb))
    near = last >= clause.start and between <= _ADVERBS
    return group if near and _WISH.search(passage.mask, clause.start, head) else []


def resumed_bodies(passage: Passage, topics: Topics) -> frozenset[int]:
    """Return the bodies of the posts in a line of a life's story: they are whose posts these are, and do nothing."""
    return frozenset(post.body for post in _resumed_posts(passage, topics) if post.body is not None)


def _resumed(passage: Passage, topics: Topics, patterns: Patterns) -> Iterator[Hit]:
    """Yield the posts of a line of a life's story without a verb: 1998年至2003年，甲局处长."""
    posts = _resumed_posts(passage, topics)
    for person in _whose_line(topics) if posts else []:
        yield from read_holdings(passage, person, posts, "post-resume", Base.RESUME, patterns)


def _resumed_posts(passage: Passage, topics: Topics) -> Sequence[Post]:
    if not _whose_line(topics) or passage.names(0, len(passage.mask), PERSON) or passage.owner is not None:
        return ()
    start = _DATED.match(passage.mask)
    at = start.end() if start else 0
    posts = read_list(passage, at)
    whole = posts and len(passage.mask) - posts[-1].end <= 3
    return posts if posts and posts[0].body is not None and (at or whole) else ()


def _whose_line(topics: Topics) -> list[Link]:
    if topics.closed:
        return []
    return topics.term or ([topics.person] if topics.person is not None else [])
