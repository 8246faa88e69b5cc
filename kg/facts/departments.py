"""Departments: whose part a body is by its name (甲局办公室), or by its place in a list of posts (甲集团总裁、投资部部长)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import Link
from kg.base.wordlist import read_words
from kg.facts.hit import Hit
from kg.facts.passage import Passage
from kg.facts.pattern import Patterns
from kg.facts.stack import Post
from kg.facts.way import Base, Way
from kg.facts.words import facts_words

DEPARTMENT: Final = late("(?!.*公司$)[^部处科室股司局]{1,8}(?:部|处|科|室|股|司|局|中心|委员会)$")
_SCHOOL: Final = late("大学|学院.|学校|中学")  # what stands behind 学院 is a part of it
_SCHOOL_UNIT: Final = late(
    "^(?!中国|全国|国家).{1,10}(?<!公)(?:部|处|科|室|办|中心|委员会|学院|系|团委|党委|工会|图书馆|学生会)$"
)
_WORDS: Final = facts_words("post")
_LONGEST: Final = 10  # characters of the name of a bare department
_BODY_INSIDE: Final = late(_WORDS.either("body_inside"))
_CENTRAL: Final = late(f"(?:{_WORDS.either('central')})$")


@cache
def part_name(kind: str = "") -> re.Pattern[str]:
    """Return what the rest of a part's name looks like behind the whole's: it ends like a part, and joins nothing.

    A school, a ministry and a company have parts of their own ``kind`` besides.
    """
    words = read_words("language/cues.toml").table("names")
    ends, joins, wholes, starts = map(words.either, ("part", "no_join", "no_part", "no_start"))
    own = f"|{words.either(f'part_of_{kind}')}" if kind else ""
    return late(f"(?!{starts})(?!.*(?:{joins}))(?!.*(?:{wholes})$).*(?:{ends}{own})")


@cache
def _department() -> re.Pattern[str]:
    return late(f"(?:{read_words('language/cues.toml').table('posts').either('departments')})$")


def is_department(text: str, whole: str) -> bool:
    """Say whether a department is called so: 人事处, in a school (the ``whole`` or what begins with it) also 文学院, 团委."""
    return (_SCHOOL_UNIT if _SCHOOL.search(whole) else DEPARTMENT).search(text) is not None


def of_one_rank(one: str, other: str, whole: str) -> bool:
    """Say whether two departments in a list may be of one body: 甲市政府信息处、水务局 are not; a school has all kinds."""
    return one[-1] in {"室", other[-1]} or _SCHOOL.search(whole) is not None


def part_of(passage: Passage, position: int) -> Link | None:
    """Return the body the department at a mask position is part of, where its name says so."""
    link = passage.links[position]
    if not is_department(link.text, link.text):
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


def read_departments(passage: Passage, posts: Sequence[Post], patterns: Patterns) -> Iterator[Hit]:
    """Yield that a bare department in a list of posts belongs to the body named before it: 甲集团总裁、投资部部长."""
    whole: Link | None = None
    rank = ""  # how the name of the department before ends, where its name says whose it is
    for position in (post.body for post in posts if post.body is not None):
        link = passage.links[position]
        if link.type != "Organization":
            continue
        if not _is_bare(passage, position):
            whole, rank = _whole_of(passage, position)
        elif whole is not None and whole.entity != link.entity and rank in {"", link.text[-1]}:
            where = passage.span(position, position + 1)
            yield Hit(patterns.by_reader["part-in-list"], link, whole, where, passage, Way(Base.LIST))


def _is_bare(passage: Passage, position: int) -> bool:
    """Say whether the name of a department does not say whose it is: 投资部."""
    text = passage.links[position].text
    return (
        not passage.nested[position]
        and len(text) <= _LONGEST
        and _department().search(text) is not None
        and not _BODY_INSIDE.search(text[:-1])
    )


def _whole_of(passage: Passage, position: int) -> tuple[Link | None, str]:
    """Return the body bare departments behind a body are part of, and how their names have to end ("": any way)."""
    link = passage.links[position]
    part = part_of(passage, position)
    if part is not None:
        return part, link.text[-1]
    open_list = _department().search(link.text) or _CENTRAL.search(link.text)
    return (None if open_list else link), ""
