"""Numbers that measure or count -> ``Figure*``: value, modifier, unit, bounds, what is counted, whose figure it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Final

from kg.model import AnnotatedSentence, Article, Figure, Link, Modifier, Span, Token
from kg.numeral import NUMBER, plain, read_number
from kg.resources import load_toml

__all__ = ["find_figures"]

_HINT: Final = re.compile(r"[0-9０-９〇一二三四五六七八九十百千万亿两俩仨半几数壹贰叁肆伍陆柒捌玖拾]")
_CORE: Final = re.compile(
    rf"(?P<per>百分之|千分之|万分之)(?P<share>{NUMBER})"
    rf"|(?P<parts>[二三四五六七八九十百两\d]+)分之(?P<part>[一二三四五六七八九十两\d]+)"
    rf"|(?P<number>{NUMBER})"
    r"|(?P<half>(?<![一大多过夜上下前后])半(?=年|个月|个多月|个小时|小时|个世纪|世纪|天(?!津)))"
)


@dataclass(frozen=True, slots=True)
class _Words:
    """The word lists of ``data/language/units.toml``, compiled."""

    unit: re.Pattern[str]
    money: dict[str, str]
    blocked: re.Pattern[str]
    before: tuple[tuple[re.Pattern[str], Modifier], ...]
    after: tuple[tuple[re.Pattern[str], Modifier], ...]
    per: re.Pattern[str]


def _either(words: Iterable[str]) -> str:
    """Return a pattern for any of ``words``, the longest first; a Latin word must end there."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) + ("(?![A-Za-z])" if word[-1].isascii() else "") for word in ordered)


@cache
def _words() -> _Words:
    data = load_toml("language/units.toml")
    money: dict[str, str] = data["money"]
    units = [*money]
    for part in ("measure", "classifier"):
        for line in data[part].values():
            units += line.split()
    blocked = [word for line in data["not"].values() for word in line.split()]
    sides: dict[str, list[tuple[re.Pattern[str], Modifier]]] = {"before": [], "after": []}
    for key, line in data["modifier"].items():
        name, side = key.split("_")
        pattern = rf"(?:{_either(line.split())})$" if side == "before" else _either(line.split())
        sides[side].append((re.compile(pattern), name))
    unit = _either(units)
    return _Words(
        re.compile(unit),
        money,
        re.compile(_either(blocked)),
        tuple(sides["before"]),
        tuple(sides["after"]),
        re.compile(rf"/(?:{unit})"),
    )


def find_figures(article: Article, annotated: Sequence[AnnotatedSentence]) -> tuple[tuple[Figure, ...], ...]:
    """Return the figures of each sentence, in order. ``annotated`` has links and moments, not yet figures."""
    found = [_read(article, sentence) if _HINT.search(sentence.tagged.sentence.text) else [] for sentence in annotated]
    return _once(article, found)


def _once(article: Article, found: Sequence[Sequence[Figure]]) -> tuple[tuple[Figure, ...], ...]:
    """Keep one of the figures that say the same: the first outside the title."""
    title = article.body[0] if article.body else Span(0, 0)
    in_order = sorted((f for row in found for f in row), key=lambda f: (title.holds(f.span), f.span))
    seen: dict[tuple[Decimal, str], Figure] = {}
    kept = set()
    for figure in in_order:
        key = (figure.value, figure.unit)
        if key not in seen:
            seen[key] = figure
            kept.add(figure)
    return tuple(tuple(f for f in row if f in kept) for row in found)


@dataclass(slots=True)
class _Raw:
    """A number in a sentence with what stands around it; offsets are the sentence's."""

    start: int
    number_start: int
    number_end: int
    end: int
    value: Decimal
    unit: str | None
    modifier: Modifier = ""
    scale: str = ""
    chinese: bool = False
    rule: str = "number"


def _read(article: Article, annotated: AnnotatedSentence) -> list[Figure]:
    """Return the figures of one sentence."""
    sentence = annotated.tagged.sentence
    text = plain(sentence.text)
    taken = _taken(annotated, text)
    raws: list[_Raw] = []
    for match in _CORE.finditer(text):
        raw = _raw(text, match)
        if raw is None or any(a <= raw.number_start < b for a, b in taken):
            continue
        raws.append(raw)
    _share_ranges(text, raws)
    starts = {token.start - sentence.span.start for token in annotated.tagged.tokens}
    figures = []
    for raw in raws:
        if not _counts(text, raw, starts):
            continue
        span = Span(sentence.span.start + raw.start, sentence.span.start + raw.end)
        unit = raw.unit or ""
        over = raw.modifier == "over"
        under = raw.modifier == "under"
        figures.append(
            Figure(
                span,
                span.of(article.text),
                raw.value,
                unit,
                raw.modifier,
                raw.value if over else None,
                raw.value if under else None,
                "",
                None,
                _clause(sentence.text, raw, sentence.span.start),
                raw.rule,
            )
        )
    return figures


def _clause(text: str, raw: _Raw, offset: int) -> Span:
    """Return the clause around a figure."""
    start = max(text.rfind(c, 0, raw.start) for c in "，。；：！？,;\n") + 1
    ends = [at for at in (text.find(c, raw.end) for c in "，。；：！？;\n") if at >= 0]
    end = min(ends, default=len(text))
    return Span(offset + start, offset + end)


_DATE: Final = re.compile(
    r"[0-9]{4}[-/.][0-9]{1,2}(?:[-/.][0-9]{1,2})?|(?:[12][0-9]{3}|[一二][〇零一二三四五六七八九]{3})(?:年|[-—–~至到](?=[12][0-9]{3}年))(?:[0-9一二三四五六七八九十]{1,3}月)?(?:[0-9一二三四五六七八九十]{1,3}[日号])?"
    r"|[0-9一二三四五六七八九十]{1,3}(?:[-—–~至到、][0-9一二三四五六七八九十]{1,3})*(?:月份?|日|号)(?:[0-9一二三四五六七八九十]{1,3}[日号])?"
    r"|[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2})?|[0-9一二三四五六七八九十两]{1,3}[时点](?:[0-9一二三四五六七八九十]{1,3}分|半|许|左右|整)?(?![0-9])"
    r"|[0-9]{2}年代|《[^》]*》|https?://[^\s，。]*|[0-9]{3,4}-[0-9]{7,8}"
)
_LIST: Final = re.compile(r"^\s*[（(]?[0-9一二三四五六七八九十]{1,3}[)）、.．](?![0-9])")


def _taken(annotated: AnnotatedSentence, text: str) -> list[tuple[int, int]]:
    """Return the stretches of a sentence whose numbers are dates, names or list numbers."""
    offset = annotated.tagged.sentence.span.start
    taken = [(m.start(), m.end()) for m in _DATE.finditer(text)]
    taken += [(m.start(), m.end()) for m in _LIST.finditer(text)]
    taken += [(moment.span.start - offset, moment.span.end - offset) for moment in annotated.moments]
    taken += [(link.span.start - offset, link.span.end - offset) for link in annotated.links if link.is_name]
    return taken


def _raw(text: str, match: re.Match[str]) -> _Raw | None:
    """Return what a number and the words around it say, or None where it is an ordinal or a part of a name."""
    start, end = match.span()
    if match["half"]:
        return _finish(text, _Raw(start, start, end, end, Decimal("0.5"), None, chinese=True, rule="half"))
    if match["per"]:
        number = read_number(match["share"])
        if number is None:
            return None
        unit = {"百": "%", "千": "‰", "万": "‱"}[match["per"][0]]
        return _finish(text, _Raw(start, start, end, end, number.value, unit, rule="percent"), number.vague)
    if match["parts"]:
        parts, part = read_number(match["parts"]), read_number(match["part"])
        if parts is None or part is None or not parts.value:
            return None
        value = (part.value / parts.value).quantize(Decimal("0.0001")).normalize()
        return _finish(text, _Raw(start, start, end, end, value, "", rule="fraction"))
    written = match["number"]
    number = read_number(written)
    if number is None:
        return None
    raw = _Raw(start, start, end, end, number.value, None, chinese=not written[0].isdigit() or not written[0].isascii())
    raw.scale = re.sub(r"^[0-9.,，]+", "", written) if written[0].isascii() else ""
    return _finish(text, raw, number.vague)


_ORDINAL: Final = re.compile(r"(?:第|初|周|星期|礼拜|之|其|No\.?|NO\.?|[A-Za-z][-—]?|统|专|唯|同|万无|逐)$")


def _finish(text: str, raw: _Raw, vague: bool = False) -> _Raw | None:
    """Add sign, unit and modifiers."""
    words = _words()
    left = text[max(0, raw.start - 6) : raw.start]
    if _ORDINAL.search(left):
        return None
    at = raw.number_end
    post: Modifier = "over" if vague else ""
    if raw.unit is None:
        tail = re.compile(r"[余多来几]").match(text, at)
        if tail and words.unit.match(text, tail.end()):
            at, post = tail.end(), "about" if tail[0] == "来" else "over"
        if text.startswith(("%", "‰"), at):
            raw.unit, at, raw.rule = text[at], at + 1, "percent"
        elif raw.chinese and re.compile(r"成(?![为立员果功就本长熟品绩交年分人效])").match(text, at) and raw.value <= 10:
            raw.unit, raw.value, at, raw.rule = "%", raw.value * 10, at + 1, "tenths"
        elif words.blocked.match(text, at) and not (m := words.unit.match(text, at)):
            return None
        else:
            blocked, m = words.blocked.match(text, at), words.unit.match(text, at)
            if blocked and (not m or blocked.end() > m.end()):
                return None
            if m:
                raw.unit, at = words.money.get(m[0], m[0]), m.end()
                per = words.per.match(text, at)
                if per:
                    at = per.end()
                    raw.unit += per[0]
                if raw.unit == "元" and text.startswith("人民币", at):
                    at += 3
                extra = re.compile(r"[余多](?!个|名|次)").match(text, at)
                if extra:
                    at, post = extra.end(), "over"
    raw.end = at
    sign = re.compile(r"(?<![0-9A-Za-z\u4e00-\u9fff)）])[-−]$|[负减]$|零下$").search(left)
    if sign and sign[0] not in ("减",) and raw.unit != "":
        raw.value, raw.start = -raw.value, raw.start - len(sign[0])
        left = left[: sign.start()]
    for pattern, modifier in words.before:
        m = pattern.search(left)
        if m:
            raw.modifier, raw.start = modifier, raw.start - len(m[0])
            break
    for pattern, modifier in words.after:
        m = pattern.match(text, at)
        if m:
            raw.modifier, raw.end = modifier, m.end()
            break
    raw.modifier = raw.modifier or post
    return raw


_JOIN: Final = re.compile(r"\s?(?:[-—–~～－]+|至|到)\s?$")


def _share_ranges(text: str, raws: list[_Raw]) -> None:
    """Give the first of two joined numbers the scale and unit of the second: 3-5亿元."""
    for a, b in zip(raws, raws[1:], strict=False):
        between = text[a.end : b.number_start]
        if not _JOIN.fullmatch(between):
            continue
        if a.unit is None:
            a.unit = b.unit
            if not a.scale and b.scale and not a.chinese:
                factor = read_number("1" + b.scale)
                if factor and a.value * factor.value <= b.value:
                    a.value *= factor.value
            a.rule = b.rule = "range"


def _counts(text: str, raw: _Raw, starts: set[int]) -> bool:
    """Say whether a number measures or counts something."""
    if raw.unit is None:
        return bool(raw.scale and re.search("[万亿]", raw.scale))
    if raw.chinese and raw.rule == "number":
        if raw.number_start not in starts:
            return False
        if raw.value == 1:
            return False
    return not (raw.unit == "年" and 1000 <= raw.value <= 2999)
