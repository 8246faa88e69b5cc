"""Titles of the party's central committee: 中央委员, 中央候补委员, 中央政治局委员 are of it, and of no place or body before.

已调离甲省的中央候补委员张三      of 中央委员会 where the article names it, and of nothing where it does not
民革中央委员张三                 of the party the title stands right behind
"""

from __future__ import annotations

from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.wordlist import read_words
from kg.facts.hit import Slot
from kg.facts.passage import Passage
from kg.facts.stack import ORGANIZATION, Post
from kg.facts.words import facts_words

_WORDS: Final = facts_words("central")
_TERM: Final = f"(?:第?[一二三四五六七八九十\\d]+届)?(?:{_WORDS.either('party')})?"
_MEMBER: Final = late(f"{_TERM}(?:{_WORDS.either('committee')})")
_POLITBURO: Final = late(f"{_TERM}(?:{_WORDS.either('politburo')})")
_ALTERNATE: Final = late(f"(?:{_WORDS.either('alternate')})$")
_OF_PARTY: Final = late(f"(?:{_WORDS.either('parties')})$")


def is_of_centre(passage: Passage, post: Post) -> bool:
    """Say whether a title is one of the central committee, and no party stands right before it."""
    return _bodies(title_of(passage, post)) != () and not _is_of_party(passage, post)


def centre_of(passage: Passage, post: Post) -> Slot | None:
    """Return the central body of such a title; None: it stands behind another country."""
    abroad = post.body is not None and passage.links[post.body].text.startswith(_countries())
    return None if abroad else Slot("named", "O", _bodies(title_of(passage, post)))


def title_of(passage: Passage, post: Post) -> str:
    """Return the title behind what describes its holder (任职多年的|中央委员), with 候补 where that stands before it."""
    lead = _ALTERNATE.search(passage.mask[: post.start])
    return (lead.group() if lead else "") + post.role.rpartition("的")[2]


def _bodies(role: str) -> tuple[str, ...]:
    if _MEMBER.fullmatch(role):
        return _WORDS.words("committees")
    return _WORDS.words("politburos") if _POLITBURO.fullmatch(role) else ()


def _is_of_party(passage: Passage, post: Post) -> bool:
    beside = post.body is not None and post.body + 1 == post.start
    if not beside or post.body is None or passage.mask[post.body] != ORGANIZATION:
        return False
    return _OF_PARTY.search(passage.links[post.body].text) is not None


@cache
def _countries() -> tuple[str, ...]:
    countries = read_words("language/regions.toml").words("countries")
    return tuple(name for name in countries if name != "中国")
