"""前 and 原 before a body: somebody was there once (前|甲公司|副总裁), or the name itself begins so (前川公司|总经理).

They come off only before what is sure to be a body without them: one that the article names elsewhere or that is well
known, one of a real place, or one whose former head somebody names for another post.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import Mention, Span, TaggedSentence
from kg.names.heads import place_prefix
from kg.names.lexicon import bodies, organizations, regions, titles

__all__ = ["ONCE", "without_once"]

ONCE: Final = ("前", "原")
_LEAST: Final = 3  # code points of a name without them


def without_once(
    rows: Sequence[Sequence[Mention]], tagged: Sequence[TaggedSentence]
) -> Iterator[list[Mention]]:
    """Yield the names of each sentence without 前 or 原 before a body that stands before a title."""
    named = {name for row, sentence in zip(rows, tagged, strict=True) for name in _elsewhere(row, sentence)}
    for row, sentence in zip(rows, tagged, strict=True):
        yield [_without(mention) if _is_once(mention, sentence, named) else mention for mention in row]


def _elsewhere(row: Sequence[Mention], sentence: TaggedSentence) -> Iterator[str]:
    """Yield the bodies of a sentence that neither begin with 前 or 原 nor stand behind it."""
    text, offset = sentence.sentence.text, sentence.sentence.span.start
    for mention in row:
        if mention.type == "Organization" and not mention.text.startswith(ONCE):
            before = text[: mention.span.start - offset]
            if not before.endswith(ONCE):
                yield mention.text


def _is_once(mention: Mention, sentence: TaggedSentence, named: set[str]) -> bool:
    rest = mention.text[1:]
    if mention.type != "Organization" or not mention.text.startswith(ONCE) or len(rest) < _LEAST:
        return False
    after = next((token for token in sentence.tokens if token.start == mention.span.end), None)
    if after is None or not titles().class_of(after.text):
        return False
    before = next((token.text for token in sentence.tokens if token.end == mention.span.start), "")
    if before in organizations().names_to_post and not rest.endswith("有限公司"):
        return True
    return (
        rest in bodies() or any(name.startswith(rest) for name in named) or _is_of_place(mention.text, rest)
    )


def _is_of_place(whole: str, rest: str) -> bool:
    """Say whether a name begins with a country or a place and its level behind 前 or 原: 原|甲市教育局, but not 原平市教育局."""
    if place_prefix(whole):
        return False
    place = place_prefix(rest)
    return (
        place in regions().countries
        or place[-1:] in regions().level_ends
        or _of_state().match(rest) is not None
    )


@cache
def _of_state() -> re.Pattern[str]:
    """Match a body of state in a town or county that no list has: 甲乙市教育局."""
    return late(rf"(?!.城市).{{2,3}}[省市县州旗].*[{''.join(organizations().state_ends)}]$")


def _without(mention: Mention) -> Mention:
    span = Span(mention.span.start + 1, mention.span.end)
    return Mention(span, mention.text[1:], mention.type, mention.rule, mention.confidence)
