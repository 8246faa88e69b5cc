"""Companies before a stock code: 甲环境（000885）, 甲教育(03978.HK), 甲股份(5.90,0.06,1.03%): nothing else stands there.

Nor does anything else stand between a verb of dealing and a number of shares: 增持|甲生物|100万股; and what a notice opens
with is whose it is: 甲乙股份：拟收购.

The name begins behind a mark, a date, a preposition or a verb that takes companies; a word that the tagger calls a company
already is one, and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import Article, Mention, Span, TaggedSentence, Token
from kg.base.wordlist import either
from kg.names.lexicon import stock_words

__all__ = ["find_stocks"]

_RULE: Final = "stock-code"
_CODE: Final = late(
    r"[（(](?:行情)?(?:(?:股票|证券|公司)?代码|股票简称[^（()）]{1,10}代码)?[:：]?\s*"
    r"(?:(?:[A-Z]{2,6}|[沪深港京]市?)[.:：\s]?)?"
    r"(?:\d{6}(?:[.,，\s][^（()）]{1,8})?|\d{4,5}[.\-－—]?HK|[A-Z]{1,5}\.(?:US|N|O)|-?\d+\.\d+,[ ]?[-+]?\d+\.\d+,[ ]?[-+]?\d+\.\d+%)[）)]"
)
_NOTICE: Final = late(r"\s*(([\u4e00-\u9fff]{2,4})股份)(?=[：:])")
_ENDS: Final = frozenset(("w", "p", "c", "u", "d", "r", "m", "q", "f", "TIME", "t", "xc", "PER"))
_LEAST, _MOST = 2, 8


def find_stocks(_: Article, tagged: Sequence[TaggedSentence]) -> list[list[Mention]]:
    """Return the companies of each sentence that a stock code, or a number of shares that are dealt in, stands behind."""
    return [[*_of(sentence), *_dealt_in(sentence), *_notified(sentence)] for sentence in tagged]


def _notified(sentence: TaggedSentence) -> Iterator[Mention]:
    """Yield the company that a notice opens with: 甲乙股份：拟收购."""
    opening = _NOTICE.match(sentence.sentence.text)
    if opening is None or any(word in opening.group(2) for word in stock_words()[2]):
        return
    span = Span(
        sentence.sentence.span.start + opening.start(1), sentence.sentence.span.start + opening.end(1)
    )
    if not any(
        word.tag == "ORG" and word.start <= span.start < span.end <= word.end for word in sentence.tokens
    ):
        yield Mention(span, opening.group(1), "Organization", _RULE)


@cache
def _dealing() -> re.Pattern[str]:
    """Match a verb of dealing in shares, what stands behind it, and the number of shares."""
    deals = either(stock_words()[1])
    return late(rf"(?:{deals})([^，。；：、\d\s（(《“]{{2,8}})\d[\d.,]*[万亿]?股")


def _dealt_in(sentence: TaggedSentence) -> Iterator[Mention]:
    text, origin, nobody = sentence.sentence.text, sentence.sentence.span.start, stock_words()[2]
    for dealing in _dealing().finditer(text):
        name = dealing.group(1)
        if any(word in name for word in nobody):
            continue
        span = Span(origin + dealing.start(1), origin + dealing.end(1))
        words = [token for token in sentence.tokens if span.start <= token.start and token.end <= span.end]
        whole = words and (words[0].start, words[-1].end) == (span.start, span.end)
        if whole and not any(word.tag in _ENDS or word.tag == "ORG" for word in words):
            yield Mention(span, name, "Organization", _RULE)


def _of(sentence: TaggedSentence) -> Iterator[Mention]:
    text, origin = sentence.sentence.text, sentence.sentence.span.start
    for code in _CODE.finditer(text):
        words = _before(sentence.tokens, origin + code.start())
        if not words or words[-1].tag == "ORG" or words[0].tag == "ORG":
            continue
        name = "".join(word.text for word in words)
        if _LEAST <= len(name) <= _MOST and not name.isdigit():
            yield Mention(Span(words[0].start, words[-1].end), name, "Organization", _RULE)


def _before(tokens: Sequence[Token], end: int) -> list[Token]:
    """Return the words of the name that ends there."""
    last = next((i for i, token in enumerate(tokens) if token.end == end), None)
    words: list[Token] = []
    stops = stock_words()[0]
    while last is not None and last >= 0:
        token = tokens[last]
        if token.tag == "PER" and not words:
            return [token]  # no person has a code
        if token.tag in _ENDS or token.text in stops or not token.text.strip():
            break
        if token.tag == "v" and len(token.text) > 1 and not words:
            break
        words.insert(0, token)
        last -= 1
    return words
