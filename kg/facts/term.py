"""Posts behind a verb of office, 任, 担任, 当选, 是, and in the lines of a life's story that go on without one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.base.model import Link
from kg.base.wordlist import any_of
from kg.facts.carried import Subjects
from kg.facts.hit import Hit
from kg.facts.holding import read_holdings
from kg.facts.passage import SYMBOLS, Passage
from kg.facts.pattern import Patterns
from kg.facts.post_list import read_list
from kg.facts.stack import PLACE, Post
from kg.facts.subject import subject_before
from kg.facts.topic import Anchors, Topics
from kg.facts.way import Base
from kg.facts.words import facts_words

PERSON: Final = SYMBOLS["Person"]
_IS: Final = frozenset(facts_words("post").words("is"))
_DATED: Final = re.compile(r"^[\d年月日至今起—\-－~～.、，,至到 ]*(?:先后|同时|后|又|期间)?")


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
        found = _holders(passage, term, topics, anchors)
        topics.term = found.links if found is not None else []
        if found is not None:
            for person in found.links:
                yield from read_holdings(passage, person, term.posts, "post-term", found.by, patterns)
    yield from _resumed(passage, topics, patterns)


def _holders(passage: Passage, term: Term, topics: Topics, anchors: Anchors) -> Subjects | None:
    """Return whose posts they are: the subject, or who the verb describes (担任甲团团长的乙部部长张三)."""
    end = term.posts[-1].end
    if not passage.mask.startswith("的", end):
        return subject_before(passage, term.start, PERSON, topics, anchors)
    after = passage.names(end, passage.clauses[passage.clause_of(term.start)].end, PERSON)
    links = [passage.links[i] for i in passage.group(after[0])] if after else []
    return Subjects(links, Base.RELATIVE) if links else None


def _resumed(passage: Passage, topics: Topics, patterns: Patterns) -> Iterator[Hit]:
    """Yield the posts of a line of a life's story without a verb: 1998年至2003年，甲局处长."""
    persons: list[Link] = topics.term or ([topics.person] if topics.person is not None else [])
    if not persons or passage.names(0, len(passage.mask), PERSON) or passage.owner is not None:
        return
    start = _DATED.match(passage.mask)
    at = start.end() if start else 0
    posts = read_list(passage, at)
    whole = posts and len(passage.mask) - posts[-1].end <= 3
    if posts and posts[0].body is not None and (at or whole):
        for person in persons:
            yield from read_holdings(passage, person, posts, "post-resume", Base.RESUME, patterns)
