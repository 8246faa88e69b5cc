"""Lists of posts behind 任, a bracket or a comma, read from left to right: 任甲局处长、副局长，乙公司董事长."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from kg.base.late import late
from kg.facts.passage import SYMBOLS, Passage
from kg.facts.stack import BODY, ORGANIZATION, SEPARATOR, STOP, Post, is_inside_title, post_between
from kg.facts.words import facts_words

_WORDS: Final = facts_words("post")
_LEAD: Final = late(f"(?:{_WORDS.either('lead')})+")
_TAIL: Final = late(f"(?:{_WORDS.either('tail')})$")
_UNTIL: Final = late(_WORDS.either("until"))
_PERSON: Final = SYMBOLS["Person"]
_JOINS: Final = "、/和及"
_LONGEST_REMARK: Final = 14  # mask characters of nouns that are no post
_LONGEST_GUESS: Final = 6  # mask characters of a title nobody listed


@dataclass(frozen=True, slots=True)
class _Item:
    """One item of a list, at mask positions: where its words start and end, the last body among them.

    ``its``: it begins with 其, so its body is the one named before.
    """

    start: int
    end: int
    body: int | None
    its: bool

    @property
    def behind_body(self) -> int:
        """Where the words behind the body start, or those of an item without one."""
        return self.start if self.body is None else self.body + 1


def read_list(passage: Passage, start: int, stop: int | None = None, *, skip: bool = False) -> list[Post]:
    """Return the posts listed from ``start`` on, as long as the words are posts.

    With ``skip`` the list goes on behind a few nouns that are no post: 甲大学教授，农学人才，乙学会理事.
    """
    posts: list[Post] = []
    waiting: list[int] = []  # bodies that share the title of the next: 甲、乙公司董事长
    guessed = False
    end = len(passage.mask) if stop is None else stop
    at = start
    while at < end and (item := _item(passage, at, end)) is not None:
        post = _post_in(passage, item)
        if post is not None:
            posts += [Post(body, post.role, post.start, post.end) for body in waiting]
            posts.append(post)
            waiting = []
            if item.end < end and _UNTIL.match(passage.mask, item.end):
                break
        elif item.body is not None and _is_body_of_next(passage, item, end):
            waiting.append(item.body)
        elif item.body is not None and not posts and _may_be_title(passage, item):
            posts.append(_guess(passage, item))
            guessed = True
        elif not (skip and posts and item.body is None and _is_remark(passage, item)):
            break
        at = item.end + (2 if passage.mask.startswith("以及", item.end) else 1)
    return posts if not guessed or len(posts) > 1 else []


def _item(passage: Passage, at: int, stop: int) -> _Item | None:
    """Return the item that starts at a mask position, None where it names more than bodies: no post."""
    mask, end = passage.mask, _end_of_item(passage, at, stop)
    lead = _LEAD.match(mask[at:end])
    start = at + (lead.end() if lead else 0)
    names = passage.names(start, end)
    bodies = [i for i in names if BODY.match(mask[i])]
    relative = mask.find("的", start, end)
    if bodies and start < relative < bodies[-1]:  # 任甲团团长的乙部部长张三: only what stands before 的
        end = relative
        names, bodies = ([i for i in found if i < end] for found in (names, bodies))
    elif (described := _described(passage, start, end)) is not None:  # 曾任甲公司经理的张三
        end = described
        names = [i for i in names if i < end]
    if len(names) > len(bodies):
        return None
    if len(bodies) > 1 and mask[bodies[-1] - 1] == "驻":
        bodies.pop()
    return _Item(start, end, bodies[-1] if bodies else None, lead is not None and "其" in lead.group())


def _described(passage: Passage, start: int, end: int) -> int | None:
    """Return where the 的 stands between a post and the first person it describes, None where there is none."""
    persons = passage.names(start, end, _PERSON)
    at = passage.mask.rfind("的", start, persons[0]) if persons else -1
    return at if at > start else None


def _end_of_item(passage: Passage, at: int, end: int) -> int:
    """Return where the item of a list that starts at a mask position ends."""
    while at < end and not STOP.match(passage.mask[at]):
        if SEPARATOR.match(passage.mask, at) and not is_inside_title(passage, at):
            break
        if _UNTIL.match(passage.mask, at):
            break
        at += 1
    return at


def _post_in(passage: Passage, item: _Item) -> Post | None:
    """Return the post an item is, None where it is none."""
    tail = _TAIL.search(passage.mask[item.start : item.end])
    end = item.end - (len(tail.group()) if tail else 0)
    post = post_between(passage, item.body, item.behind_body, end)
    if post is None or post.far:
        return None
    return replace(post, own=True) if item.its and item.body is None else post


def _is_body_of_next(passage: Passage, item: _Item, end: int) -> bool:
    """Say whether an item is a body only, and another follows that has the title: 甲、乙公司董事长."""
    if item.behind_body != item.end or item.end >= end:
        return False
    mark = passage.mask[item.end]
    return mark in _JOINS or (mark == "，" and passage.mask[item.end - 1] == ORGANIZATION)


def _may_be_title(passage: Passage, item: _Item) -> bool:
    """Say whether a title nobody listed may stand behind the body: one or two nouns."""
    tags = passage.tags(item.behind_body, item.end)
    return 1 < item.end - item.behind_body <= _LONGEST_GUESS and bool(tags) and set(tags) <= {"n", "nz"}


def _guess(passage: Passage, item: _Item) -> Post:
    return Post(item.body, passage.mask[item.behind_body : item.end], item.behind_body, item.end)


def _is_remark(passage: Passage, item: _Item) -> bool:
    """Say whether a few nouns and nothing else stand between two commas."""
    tags = set(passage.tags(item.start, item.end))
    return 1 < item.end - item.start <= _LONGEST_REMARK and tags <= {
        "n",
        "nz",
        "vn",
        "a",
        "b",
        "an",
        "m",
        "q",
    }
