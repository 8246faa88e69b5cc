"""Figures told 分别: the first of the first thing in the list before it, the second of the second.

出口、进口分别为2亿元、1亿元     出口 has 2亿元, 进口 1亿元
甲、乙两厂产量分别为3吨、2吨      one measure for all of them
男、女职工分别为30人、20人      男职工 30人, 女职工 20人
A、B和C分别占30%、20%           three things, two figures: nobody can say whose
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import AnnotatedSentence, Token
from kg.base.wordlist import read_words
from kg.figures.counted import measured
from kg.figures.growth import verb_of_growth
from kg.figures.unit import Quantity
from kg.words import tags

__all__ = ["NO_ORDER", "Ordered", "in_order"]

_BORDER: Final = late("[，,；;：:。！？]")
_SHARED: Final = late("(?<!第)[0-9年月两三四五六七八九十]")  # in a list of times, or 甲、乙两厂产量
_GAP: Final = 8  # characters between 分别 and the first figure
_LABEL: Final = frozenset(
    (
        tags.NOUN,
        tags.PROPER_NOUN,
        tags.VERB,
        tags.VERBAL_NOUN,
        tags.ADJECTIVAL_NOUN,
        tags.ADJECTIVE,
        tags.MODIFIER,
    )
)


@dataclass(frozen=True, slots=True)
class _Words:
    """The lists of ``[in_order]`` in ``data/language/figures.toml``, compiled."""

    order: re.Pattern[str]
    between: re.Pattern[str]  # two things of a list
    following: re.Pattern[str]  # what stands between two figures
    modifiers: frozenset[str]


@cache
def _words() -> _Words:
    table = read_words("language/figures.toml").table("in_order")
    joiners = table.either("joiners")
    return _Words(
        late(table.either("order")),
        late(f"、?(?:{joiners})|、"),
        late(f"[，、,]?(?:{joiners})|[，、,]"),
        frozenset(table.words("modifiers")),
    )


@dataclass(frozen=True, slots=True)
class Ordered:
    """What the order says of one figure."""

    label: str | None  # what it counts; "": nobody can say; None: the order says nothing of that
    lost: bool  # as many names as figures are not told: it is of none of them


NO_ORDER: Final = Ordered(None, lost=False)


def in_order(
    annotated: AnnotatedSentence, quantities: Sequence[Quantity], starts: Sequence[int]
) -> Mapping[int, Ordered]:
    """Return what the order says of the figures of a sentence, by where each starts."""
    sentence = annotated.tagged.sentence
    text, offset = sentence.text, sentence.span.start
    found: dict[int, Ordered] = {}
    for match in _words().order.finditer(text):
        begin = max((mark.end() for mark in _BORDER.finditer(text, 0, match.start())), default=0)
        items = list(_items(annotated, begin, match.start()))
        series = _series(text, match.end(), quantities)
        if len(items) < 2 or not series:
            continue
        names = [any(link.span.start - offset == a for link in annotated.links) for a, _ in items]
        lost = all(names) and 1 < len(series) != len(items)
        near = measured(text, series[0], annotated.tagged.tokens, starts, offset)
        labels = _labels(annotated, items, (match.end(), series[0].start), near, len(series))
        found |= {q.start: Ordered(label, lost) for q, label in zip(series, labels, strict=True)}
    return found


def _items(annotated: AnnotatedSentence, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where each thing of the list stands."""
    text, offset = annotated.tagged.sentence.text, annotated.tagged.sentence.span.start
    edges = {edge for token in annotated.tagged.tokens for edge in (token.start, token.end)}
    starts, ends = ({getattr(link.span, side) for link in annotated.links} for side in ("start", "end"))
    for mark in _words().between.finditer(text, begin, end):
        left, right = offset + mark.start(), offset + mark.end()
        if not {left, right} <= edges and left not in ends and right not in starts:
            continue  # 呼和浩特, 参与
        yield begin, mark.start()
        begin = mark.end()
    yield begin, end


def _series(text: str, begin: int, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Return the figures of one unit that stand one behind another from ``begin``."""
    right = sorted((q for q in quantities if q.start >= begin), key=lambda q: q.start)
    if not right or right[0].start - begin > _GAP or _BORDER.search(text, begin, right[0].start):
        return []
    series = right[:1]
    for q in right[1:]:
        if q.unit != series[0].unit or not _words().following.fullmatch(text, series[-1].end, q.start):
            break
        series.append(q)
    return series


def _labels(
    annotated: AnnotatedSentence, items: Sequence[tuple[int, int]], gap: tuple[int, int], near: str, many: int
) -> list[str | None]:
    """Return the label of each of ``many`` figures; ``near`` is what the first is near to."""
    sentence = annotated.tagged.sentence
    text = sentence.text
    if growth := verb_of_growth(text, *gap):
        return [growth] * many
    if not near or near not in text[items[0][0] : items[-1][1]]:
        return [None] * many  # 分别招收|学徒80名和90名
    if many != len(items):
        return [""] * many
    own = [
        _label(annotated.tagged.tokens, sentence.span.start + a, sentence.span.start + b) for a, b in items
    ]
    head = _shared_head(own)
    if head:
        return [*("".join(words) + head for words in own[:-1]), "".join(own[-1])]
    if not own[0] or _SHARED.search(text, *items[-1]):
        return ["".join(own[-1])] * many
    return ["".join(words) for words in own]


def _label(tokens: Sequence[Token], begin: int, end: int) -> list[str]:
    """Return the words of the noun phrase that ends a thing of the list: 临江市|出口."""
    words: list[str] = []
    for token in reversed([token for token in tokens if begin <= token.start and token.end <= end]):
        if token.tag not in _LABEL and not _is_modifier(token.text):
            break
        words.insert(0, token.text)
    return words


def _is_modifier(word: str) -> bool:
    return word in _words().modifiers or word.startswith("第")


def _shared_head(things: Sequence[Sequence[str]]) -> str:
    """Return the head that the last thing of a list shares with those before it, all of them modifiers; "" for none."""
    *others, last = things
    if not last or not all(words and _is_modifier(words[-1]) for words in others):
        return ""
    cut = max((at for at, word in enumerate(last[:-1], 1) if _is_modifier(word)), default=0)
    if cut:
        return "".join(last[cut:])  # 农村|居民收入
    word, size = last[-1], len(others[0][-1])
    return word[size:] if word[:size] in _words().modifiers else ""  # 男、女职工
