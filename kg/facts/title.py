"""Titles: which words are one, and what a title's words between two places of a sentence are.

Which words are titles is language data (``data/language/titles.toml``); how they stack is code (``kg.facts.stack``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Final

from kg.base.late import late
from kg.base.wordlist import either, read_words
from kg.facts.passage import Passage
from kg.facts.words import facts_words

_POST: Final = facts_words("post")
_LONGEST: Final = 20  # characters of a title
_NO_TITLE: Final = late(rf"\d|^(?:{_POST.either('no_start')})")
_DEGREE: Final = late(f"(?:.{{2,}}博士|{_POST.either('degree')})(?:学位|学历)?$")


@dataclass(frozen=True)
class _Words:
    title: re.Pattern[str]
    not_of_title: re.Pattern[str]
    own_body: re.Pattern[str]
    behind: re.Pattern[str]


@cache
def _words() -> _Words:
    titles, posts = read_words("language/titles.toml"), read_words("language/cues.toml").table("posts")
    classes = titles.table("classes").groups()
    known = {*chain.from_iterable(words for name, words in classes.items() if name != "courtesy")}
    known |= {*posts.words("more")}
    title = either({*titles.words("endings"), *known})
    behind = either(known - {*posts.words("not_behind")})
    return _Words(
        late(f"(?<!增)(?!.*(?:{titles.either('no_titles')})$).*?(?:{title})"),
        late(posts.either("not_of_title")),
        late(posts.either("own_body")),
        late(f"(?:{titles.either('prefixes')})*(?:{behind})"),
    )


@lru_cache(maxsize=16384)
def is_title(text: str) -> bool:
    """Say whether ``text`` is a title or ends in one, and holds nothing else than nouns could."""
    return (
        1 < len(text) <= _LONGEST
        and not _NO_TITLE.search(text)
        and _words().title.fullmatch(text) is not None
    )


def is_degree(role: str) -> bool:
    """Say whether what stands in a list of posts is a degree: 经济学博士."""
    return _DEGREE.search(role) is not None


def title_behind(passage: Passage, position: int) -> re.Match[str] | None:
    """Return the title at a mask position right behind a name, where its last word ends there: 张三|董事长."""
    match = _words().behind.match(passage.mask, position)
    return match if match and passage.ends_word(match.end()) else None


def is_plain_title(passage: Passage, start: int, end: int) -> bool:
    """Say whether the mask between two positions is a known title and nothing else."""
    return _words().behind.fullmatch(passage.mask, start, end) is not None


def without_lead(passage: Passage, start: int, end: int) -> int:
    """Return where a title starts behind 现任, 曾任, 该 and the like."""
    lead = _words().not_of_title
    while (match := lead.match(passage.mask, start, end)) and match.end() > start:
        start = match.end()
    return start


def without_own_body(passage: Passage, start: int, end: int) -> int:
    """Return where a title starts behind the body the text speaks of: 公司|董事长; ``start`` where there is none."""
    match = _words().own_body.match(passage.mask, start, end)
    return match.end() if match and is_title(passage.mask[match.end() : end]) else start
