"""Who only tells a figure: speakers, reporters, bodies that publish statistics; never whose it is, unless it is told so.

局长甲介绍，全市…; 据乙市统计局数据，…; 记者丙走访发现，…; but 丁说，自己种了20亩: own words give it back.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import AnnotatedSentence, EntityId, Link, Span, Token
from kg.base.wordlist import read_words

__all__ = ["owns_words", "published", "telling"]

_REACH: Final = 8  # words between a name and the verb by which it tells
_LEFT: Final = 12  # characters left of a name where 据 or 记者 may stand
_SHORT_REST: Final = 5  # characters between 发现, 算 ... and the mark behind them, the mark too
_PUBLISHED: Final = 2  # words that make a body one that publishes: 发布的数据
_BORDERS: Final = frozenset("，；：。！？,;:“”「」")
_MARKS: Final = frozenset("，：,:")


@dataclass(frozen=True, slots=True)
class _Words:
    """The lists of telling of ``data/language/figures.toml``, compiled."""

    says: frozenset[str]
    finds: frozenset[str]
    publishes: frozenset[str]
    surveys: frozenset[str]
    filling: frozenset[str]
    endings: frozenset[str]
    date: re.Pattern[str]
    reporters: re.Pattern[str]
    sources: re.Pattern[str]
    publishers: re.Pattern[str]
    members: tuple[str, ...]
    bodies: re.Pattern[str]
    own: re.Pattern[str]
    own_man: re.Pattern[str]


@cache
def _words() -> _Words:
    table = read_words("language/figures.toml").table("telling")
    no_own = "".join(f"(?<!{word})" for word in table.words("no_own"))
    return _Words(
        frozenset(table.words("says")),
        frozenset(table.words("finds")),
        frozenset(table.words("publishes")),
        frozenset(table.words("surveys")),
        frozenset(table.words("filling")),
        table.characters("endings"),
        late(f"[0-9年月日（）()]+|{table.either('days')}"),
        late(f"(?:{table.either('reporters')})[^，。；：！？,;:的]*$"),
        late(f"(?:{table.either('sources')})[^，。；：！？,;:]{{0,4}}$"),
        late(f"(?:{table.either('publishers')})$"),
        table.words("members"),
        late(f"(?:{table.either('bodies')})$"),
        late(f"(?:{table.either('own')})(?!{table.either('not_own_behind')}){no_own}"),
        late(
            f"(?:{table.either('own')})(?!{table.either('not_own_behind')}|{table.either('no_man_behind')}"
            f"|们(?![{''.join(sorted(table.characters('kin')))}])){no_own}"
        ),
    )


def telling(annotated: AnnotatedSentence) -> dict[Span, int]:
    """Return the names of a sentence that stand there as who tells, each with the place behind the word that says so."""
    tokens = annotated.tagged.tokens
    starts = [token.start for token in tokens]
    sentence = annotated.tagged.sentence
    found: dict[Span, int] = {}
    for link in annotated.links:
        if link.type not in ("Person", "Organization"):
            continue
        after = _after(tokens, bisect_left(starts, link.span.end))
        left = sentence.text[: link.span.start - sentence.span.start][-_LEFT:]
        if link.type == "Organization":
            said = _published(link, after, left)
        else:
            own = sentence.text.startswith("我", link.span.end - sentence.span.start + 1)  # 局长张三：我局…
            answers = (own or not left.strip()) and after[:1] in (["："], [":"])  # 张三：目前尚无…
            said = 0 if answers or _words().reporters.search(left) else _spoken(after)
        if said is not None:
            found[link.span] = link.span.end + said
    return found


def published(annotated: AnnotatedSentence | None, told: Mapping[Span, int]) -> frozenset[EntityId]:
    """Return the bodies that tell in a sentence what others have, and are not named in it besides."""
    named: dict[bool, set[EntityId]] = {True: set(), False: set()}
    for link in annotated.links if annotated is not None else ():
        if link.type == "Organization":
            named[link.span in told].add(link.entity)
    return frozenset(named[True] - named[False])


def owns_words(text: str, kind: str = "") -> bool:
    """Say whether what is told is the teller's own: 我, 自己, 家里; 我厅, 我们 are no man's own."""
    own = _words().own_man if kind == "Person" else _words().own
    return own.search(text) is not None


def _after(tokens: Sequence[Token], at: int) -> list[str]:
    """Return the words from ``at`` to the end of the clause, the mark that ends it last."""
    words: list[str] = []
    for token in tokens[at : at + _REACH]:
        words.append(token.text)
        if token.text[0] in _BORDERS:
            break
    return words


def _is(word: str, words: frozenset[str]) -> bool:
    """Say whether a word is one of ``words``, or one with 了, 过 ... behind it."""
    return word in words or (word[-1] in _words().endings and word[:-1] in words)


def _spoken(after: Sequence[str]) -> int | None:
    """Return the length of the words that make a person speak, or find something out and tell it; None where none do."""
    length = 0
    for i, word in enumerate(after):
        length += len(word)
        if _is(word, _words().says):
            return length
        if _is(word, _words().finds):
            rest = "".join(after[i + 1 :])
            return length + len(rest) if rest[-1:] in _BORDERS and len(rest) <= _SHORT_REST else None
    return None


def _published(link: Link, after: Sequence[str], left: str) -> int | None:
    """Return the length of the words by which a body publishes what others have: 乙市统计局数据; 据丙协会介绍; 丁协会发布的报告."""
    words = _words()
    source = words.sources.search(left) is not None
    body = words.bodies.search(link.text) is not None
    if not body and not words.publishers.search(link.text):
        return _surveyed(after)
    length, told = 0, 0
    for word in after:
        length += len(word)
        told += _is(word, words.publishes) or _is(word, words.says)
        if told >= (1 if body or source else _PUBLISHED):
            return length
    if told and (_only_tells(after) or _of_members(link.text, after)):
        return length
    return 0 if source and body else None


def _only_tells(after: Sequence[str]) -> bool:
    """Say whether nothing but words of publishing stand between a name and the mark behind it: 丙局通报，…."""
    words = _words()
    told = [word for word in after[:-1] if word not in words.filling and not words.date.fullmatch(word)]
    return bool(told) and after[-1] in _MARKS and all(_is(word, words.publishes) for word in told)


def _of_members(name: str, after: Sequence[str]) -> bool:
    """Say whether an association speaks, whose words are of its trade: 甲行业协会指出，…."""
    return (
        name.endswith(_words().members)
        and len(after) > 1
        and after[-1] in _MARKS
        and _is(after[-2], _words().says)
    )


def _surveyed(after: Sequence[str]) -> int | None:
    """Return the length of the words by which any body tells what it counted of others: 丁公司最新统计，…; None where none do."""
    surveys = _words().surveys
    if _only_tells(after) and any(_is(word, surveys) for word in after):
        return sum(map(len, after))
    return None
