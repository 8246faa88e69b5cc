"""Numbers that measure or count -> ``Figure*``: value, modifier, unit, bounds, what is counted, whose figure it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from kg.figure_subject import subject_of
from kg.model import AnnotatedSentence, Article, Figure, Span, Token
from kg.quantity import Quantity, find_quantities, has_number

__all__ = ["find_figures"]

_D: Final = "0-9０-９一二三四五六七八九十"
_NO_FIGURE: Final = re.compile(
    r"(?:19|20)[0-9]{2}[-/.](?:0?[1-9]|1[0-2])[-/.][0-3]?[0-9](?![0-9万亿元%.])|(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])(?![0-9])"  # dates
    r"|(?:[12１２][0-9０-９]{3}|[一二][〇零○0一二三四五六七八九]{3})(?:年|\s?[-—–~～－至到]+\s?(?:[12][0-9]{3}|[0-9]{2})年)"
    rf"|(?<![0-9])(?:0[0-9]|[789][0-9](?=年[0-9代]))年|[{_D}]{{1,3}}(?:[-—–~～至到、][{_D}]{{1,3}})*(?:月份?|日|号)(?!均)(?:[{_D}]{{1,3}}[日号])?"
    r"|[0-9０-９]{1,2}[:：][0-9０-９]{2}(?:[:：][0-9]{2})?(?!胜|战)"  # times of day
    rf"|(?:[上下中]午|凌晨|晚上?|早上?)?[{_D}两]{{1,3}}[时点](?!间)(?:[{_D}]{{1,3}}分|半|许|左右|整)?(?![0-9零〇一二三四五六七八九个])"
    rf"|[0-9]{{2}}年代|《[^》]*》|https?://[^\s，。]*|(?<![0-9])[0-9]{{3,4}}-[0-9]{{7,8}}|[0-9]+(?:\.[0-9]+){{2,}}"
    rf"|^\s*[（(]?[{_D}]{{1,3}}[)）、.．](?![0-9])"  # list numbers
)
_IDIOM: Final = re.compile(
    "[千万][^，。]?[百万]|一[^，。]一|千方百计|五花八门|三农|两会|二手|四面八方|百姓|百般|万众|万一|千万(?!元|吨|人|美|[^，。]{0,3}[元吨人家户次千])"
)
_NUMERIC_TAGS: Final = frozenset(("m", "TIME", "q"))
_DURATION: Final = frozenset(("年", "个月", "小时", "个小时", "个星期"))
_SCALES: Final = frozenset("十百千万亿") - {"十"}
_NOUNS: Final = frozenset(
    ("n", "nz", "nw", "vn", "an", "a", "s", "ORG", "LOC", "nr", "ns", "nt", "xc", "PER", "b")
)
_LINKERS: Final = frozenset(("v", "vd", "d", "ad", "p", "u", "r", "f"))
_RISE: Final = re.compile(
    "增长|下降|上升|减少|增加|提高|降低|上涨|下跌|下滑|提升|回落|回升|扩大|增幅|降幅|涨幅|跌幅|[增降涨跌]$"
)


def find_figures(article: Article, annotated: Sequence[AnnotatedSentence]) -> tuple[tuple[Figure, ...], ...]:
    """Return the figures of each sentence, in order. ``annotated`` has links and moments, not yet figures.

    A figure said again with the same meaning stands once, where the body says it first.
    """
    found = [_read(sentence) if has_number(sentence.tagged.sentence.text) else [] for sentence in annotated]
    return _once(article, found)


def _once(article: Article, found: Sequence[Sequence[Figure]]) -> tuple[tuple[Figure, ...], ...]:
    """Keep one of the figures that say the same: the first outside the title."""
    title = article.body[0] if article.body else Span(0, 0)
    in_order = sorted((f for row in found for f in row), key=lambda f: (title.holds(f.span), f.span))
    seen: dict[tuple[Decimal, str], list[Figure]] = {}
    kept = set()
    for figure in in_order:
        before = seen.setdefault((figure.value, figure.unit), [])
        if not any(_same(figure, other, in_title=title.holds(figure.span)) for other in before):
            before.append(figure)
            kept.add(figure.span)
    return tuple(tuple(f for f in row if f.span in kept) for row in found)


def _same(a: Figure, b: Figure, *, in_title: bool) -> bool:
    """Say whether two figures of one value and unit mean the same."""
    return True


def _read(annotated: AnnotatedSentence) -> list[Figure]:
    """Return the figures of one sentence."""
    sentence = annotated.tagged.sentence
    text, offset = sentence.text, sentence.span.start
    quantities = find_quantities(text)
    if not quantities:
        return []
    taken = _taken(annotated)
    tokens = annotated.tagged.tokens
    starts = [token.start - offset for token in tokens]
    kept = [q for q in quantities if _counts(text, q, taken, tokens, starts)]
    kept += [q for q in quantities if _one_beside_others(q, kept, text, taken)]
    figures = []
    for q in sorted(kept, key=lambda q: (q.number_start, q.value)):
        span = Span(offset + q.start, offset + q.end)
        clause = _clause(text, q, offset)
        subject, how = subject_of(annotated, clause, span)
        figures.append(
            Figure(
                span,
                text[q.start : q.end],
                q.value,
                q.unit or "",
                q.modifier,
                q.value if q.modifier == "over" else None,
                q.value if q.modifier == "under" else None,
                _counted(text, q, tokens, starts, offset),
                subject,
                clause,
                f"{q.form}/{how}",
            )
        )
    return figures


def _clause(text: str, q: Quantity, offset: int) -> Span:
    """Return the clause around a quantity."""
    start = max(text.rfind(c, 0, q.start) for c in "，。；：！？,;") + 1
    ends = [at for at in (text.find(c, q.end) for c in "，。；：！？;") if at >= 0]
    end = min(ends, default=len(text))
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return Span(offset + start, offset + end)


def _taken(annotated: AnnotatedSentence) -> list[tuple[int, int]]:
    """Return the stretches of a sentence whose numbers are dates, names, set phrases or list numbers."""
    sentence = annotated.tagged.sentence
    offset = sentence.span.start
    taken = [match.span() for match in _NO_FIGURE.finditer(sentence.text)]
    taken += [match.span() for match in _IDIOM.finditer(sentence.text)]
    taken += [(m.span.start - offset, m.span.end - offset) for m in annotated.moments]
    taken += [(link.span.start - offset, link.span.end - offset) for link in annotated.links if link.is_name]
    return taken


def _counts(
    text: str, q: Quantity, taken: Sequence[tuple[int, int]], tokens: Sequence[Token], starts: Sequence[int]
) -> bool:
    """Say whether a quantity measures or counts something."""
    if any(a <= q.number_start < b for a, b in taken):
        return False
    if q.unit == "年" and 1000 <= q.value <= 2999:
        return False
    if not q.spoken:
        return q.unit is not None or bool(re.search("[万亿]", q.scale))
    if q.form in ("percent", "fraction"):
        return True
    token = tokens[bisect_right(starts, q.number_start) - 1]
    if q.value == 0 or (token.tag not in _NUMERIC_TAGS and q.unit != "大"):
        return False
    if text[q.number_start : q.number_end] in _SCALES:  # 百年, 千家, 万里: a manner of speaking
        return False
    at_start = token.start - tokens[0].start + starts[0] == q.number_start
    if not at_start and token.tag != "TIME":
        return False
    if q.unit is None:
        return q.value >= 10_000 and len(text[q.number_start : q.number_end]) > 1
    if q.value == 1:
        return q.unit in _DURATION and (q.unit != "年" or q.modifier != "")
    return True


def _one_beside_others(
    q: Quantity, kept: Sequence[Quantity], text: str, taken: Sequence[tuple[int, int]]
) -> bool:
    """Say whether 一 is a count because it is told beside other counts: 两名飞行员和一名乘客."""
    if not (
        q.spoken and q.value == 1 and q.unit and q.number_start and text[q.number_start - 1] in "和及与、"
    ):
        return False
    if any(a <= q.number_start < b for a, b in taken):
        return False
    return any(o.spoken and o.unit == q.unit and o.value > 1 and 0 < q.start - o.end < 20 for o in kept)


def _counted(text: str, q: Quantity, tokens: Sequence[Token], starts: Sequence[int], offset: int) -> str:
    """Return what is counted or measured: the noun after the figure, else the measured thing before it."""
    if q.unit in ("岁", "周岁"):
        return "年龄"
    first = bisect_right(starts, q.end - 1) if q.end else 0
    after = _nouns_after(text, q, tokens, starts, offset)
    if after:
        return after
    del first
    return _nouns_before(text, q, tokens, starts, offset)


def _nouns_after(text: str, q: Quantity, tokens: Sequence[Token], starts: Sequence[int], offset: int) -> str:
    """Return the noun phrase that begins where the figure ends, without a leading 的."""
    begin = q.end
    i = bisect_right(starts, begin - 1)
    if i < len(tokens) and tokens[i].text == "的" and starts[i] == begin:
        begin, i = starts[i] + 1, i + 1
    end = begin
    if (
        i
        and starts[i - 1] < begin < (starts[i] if i < len(tokens) else len(text))
        and tokens[i - 1].tag in _NOUNS
    ):
        end = starts[i] if i < len(tokens) else len(text)
    last_noun = end
    while i < len(tokens) and (tokens[i].tag in _NOUNS or (tokens[i].text == "的" and end > begin)):
        end = tokens[i].end - offset
        if tokens[i].tag not in ("u", "a"):
            last_noun = end
        i += 1
    return text[begin:last_noun].strip()


def _nouns_before(text: str, q: Quantity, tokens: Sequence[Token], starts: Sequence[int], offset: int) -> str:
    """Return the noun phrase left of the figure in its clause, over verbs like 达, 为; with the verb for a growth."""
    i = bisect_right(starts, q.start) - 1
    if i >= 0 and starts[i] == q.start:
        i -= 1
    end = q.start
    rise = False
    while i >= 0 and tokens[i].tag in _LINKERS and q.start - starts[i] <= 12:
        rise = rise or bool(_RISE.search(tokens[i].text))
        if not rise:
            end = starts[i]
        i -= 1
    stop = i
    while i >= 0 and (tokens[i].tag in _NOUNS or (tokens[i].text == "的" and i < stop)):
        i -= 1
    if i == stop and not rise:
        return text[end : q.start].strip()
    begin = starts[i + 1] if i + 1 < len(tokens) else end
    return text[begin:end].strip().removeprefix("的")
