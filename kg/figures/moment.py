"""Dates and periods in the text -> ``Moment*``: EDTF (ISO 8601-2), resolved against the article's date.

A date without its year (or month) takes it from the last date before it in the text, else from the article's date.
What counts from the article's date (今年, 昨日, 近三年) stays unresolved where there is none: no Moment.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field and a group are called date
from datetime import timedelta
from typing import Final

from kg.base.model import Article, Moment, Span, TaggedSentence
from kg.figures.numeral import plain, read_number

__all__ = ["find_moments"]


@dataclass(frozen=True, slots=True, order=True)
class _Day:
    """A date as far as it is known: the month and the day may be 0."""

    year: int
    month: int = 0
    day: int = 0

    def edtf(self) -> str:
        """Return the date with its own precision."""
        if not self.month:
            return f"{self.year:04}"
        return f"{self.year:04}-{self.month:02}" + (f"-{self.day:02}" if self.day else "")

    def real(self) -> bool:
        """Say whether the calendar has it."""
        if not 0 < self.year < 10_000 or not 0 <= self.month <= 12:
            return False
        return self.day <= monthrange(self.year, self.month)[1] if self.month else not self.day


@dataclass(slots=True)
class _Context:
    """What a shortened date is completed from."""

    published: Date | None
    last: _Day | None = None

    def base(self) -> _Day | None:
        """Return the date that the next one leans on."""
        if self.last or self.published is None:
            return self.last
        return _Day(self.published.year, self.published.month, self.published.day)


_Match = re.Match[str]
_N: Final = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_Y: Final = r"(?:(?<![0-9.])(?:1[0-9]{3}|20[0-9]{2})|[一二][〇零0一二三四五六七八九]{3})"
_TO: Final = r"\s?(?:[-—–~～]+|至|到)\s?"
_WORD: Final = "今年|去年|前年|明年|后年|本年度?|上年(?![人纪])|当年|同年|次年"
_YEAR: Final = rf"(?P<year>{_Y}(?=\s?年)|{_WORD})(?:(?<![年度])\s?年)?"
_FROM_NOW: Final = {
    "今年": 0,
    "本年": 0,
    "本年度": 0,
    "去年": -1,
    "上年": -1,
    "前年": -2,
    "明年": 1,
    "后年": 2,
}
_HALVES: Final = {"上": (1, 6), "前": (1, 6), "下": (7, 12), "后": (7, 12)}
_HALF_A_YEAR: Final = 6  # months
_PLANS: Final = {
    "八": 1991,
    "九": 1996,
    "十": 2001,
    "十一": 2006,
    "十二": 2011,
    "十三": 2016,
    "十四": 2021,
    "十五": 2026,
}


def _number(written: str | None) -> int:
    """Return the number in ``written``, 0 for none."""
    if written and written[0] in "一二":
        written = written.replace("0", "〇")  # 二00二
    number = read_number(written) if written else None
    return int(number.value) if number else 0


def _year(written: str | None, context: _Context) -> int:
    """Return the year that ``written`` means; 0 where it cannot be known."""
    if written in _FROM_NOW:
        return context.published.year + _FROM_NOW[written] if context.published else 0
    if written in ("当年", "同年", "次年"):
        return context.last.year + (written == "次年") if context.last else 0
    return _number(written)


def _period(first: _Day, last: _Day, context: _Context) -> str | None:
    """Return the period between two dates."""
    if not first.real() or not last.real() or first > last:
        return None
    context.last = last
    return f"{first.edtf()}/{last.edtf()}"


def _one(day: _Day, context: _Context) -> str | None:
    """Return one date."""
    if not day.real():
        return None
    context.last = day
    return day.edtf()


def _iso(match: _Match, context: _Context) -> str | None:
    """Read 2022-06-22, 2022.6.22."""
    return _one(_Day(int(match["y"]), int(match["m"]), int(match["d"])), context)


def _decade(match: _Match, _context: _Context) -> str | None:
    """Read 20世纪90年代, 上世纪八十年代, 90年代: EDTF leaves the last digit open."""
    tens = _number(match["tens"])
    century = _number(match["century"]) - 1 if match["century"] else 19
    return f"{century:02}{tens // 10}X" if tens % 10 == 0 and 0 < century < 100 else None


def _years(match: _Match, context: _Context) -> str | None:
    """Read 2021年至2023年, 2019-2021年, 1995－99年."""
    first, last = match["first"], match["last"]
    return _period(_Day(_number(first)), _Day(_number(first[:2] + last if len(last) == 2 else last)), context)


def _part(match: _Match, context: _Context) -> str | None:
    """Read 2022年上半年, 今年一季度, 前三季度, 前8个月."""
    base = context.base()
    year = _year(match["year"], context) if match["year"] else (base.year if base else 0)
    if match["half"]:
        first, last = _HALVES[match["half"]]
    elif match["quarters"]:
        first, last = 1, 3 * _number(match["quarters"])
    elif match["months"]:
        first, last = 1, _number(match["months"])
    else:
        last = 3 * _number(match["quarter"])
        first = last - 2
    if not year or not 1 <= first <= last <= 12:
        return None
    context.last = _Day(year)
    return f"{year:04}-{first:02}/{year:04}-{last:02}"


def _dated(match: _Match, context: _Context) -> str | None:
    """Read 2022年6月22日, 今年3月, 2021年11月至2022年2月."""
    year = _year(match["year"], context)
    first = _Day(year, _number(match["month"]), _number(match["day"]))
    if not match["to"]:
        return _one(first, context)
    to_year = _year(match["to_year"], context) if match["to_year"] else year
    if match["to_day"]:
        return _period(
            first, _Day(to_year, _number(match["to_month"]) or first.month, _number(match["to_day"])), context
        )
    return _period(first, _Day(to_year, _number(match["to_month"])), context)


def _yearless(match: _Match, context: _Context) -> str | None:
    """Read 3月5日, 3月, 1-3月, 11月18至19日: the year is the one before, or the article's."""
    base = context.base()
    if base is None:
        return None
    year, month = base.year, _number(match["month"])
    if context.last is None and month - base.month > _HALF_A_YEAR:
        year -= 1  # 12月5日 in an article of March is past
    first = _Day(year, month, _number(match["day"]))
    if not match["to"]:
        return _one(first, context)
    month = _number(match["to_month"]) or first.month
    return _period(first, _Day(year, month, _number(match["to_day"])), context)


def _monthless(match: _Match, context: _Context) -> str | None:
    """Read 16日, 18至19日: the month is the one before, or the article's."""
    base = context.base()
    if base is None or not base.month:
        return None
    first = _Day(base.year, base.month, _number(match["day"]))
    if match["to_day"]:
        return _period(first, _Day(base.year, base.month, _number(match["to_day"])), context)
    return _one(first, context)


def _near(match: _Match, context: _Context) -> str | None:
    """Read 昨日, 今天, 本月, 上月: counted from the article's date."""
    at, word = context.published, match[0]
    if at is None:
        return None
    if word.endswith("月"):
        index = at.year * 12 + at.month - 1 + {"上": -1, "下": 1}.get(word[0], 0)
        return _Day(index // 12, index % 12 + 1).edtf()
    return (at + timedelta(days={"昨": -1, "前": -2, "明": 1}.get(word[0], 0))).isoformat()


def _recent(match: _Match, context: _Context) -> str | None:
    """Read 近三年, 过去五年, 未来两年: years counted from the article's."""
    count = _number(match["count"])
    if context.published is None or not 1 <= count <= 100:
        return None
    year = context.published.year
    ahead = match["way"] in ("未来", "今后")
    return f"{year:04}/{year + count:04}" if ahead else f"{year - count:04}/{year:04}"


def _plan(match: _Match, _context: _Context) -> str | None:
    """Read “十四五”: China's five-year plans are fixed periods."""
    start = _PLANS[match["plan"]]
    return f"{start}/{start + 4}"


_DAY: Final = rf"(?P<day>{_N})(?:[日号](?![均子元楼线内])|(?={_TO}{_N}[日号]))"
_MONTH: Final = rf"(?P<month>{_N})(?:月(?!均)份?|(?={_TO}{_N}月))"
_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[_Match, _Context], str | None]], ...]] = (
    (
        re.compile(
            r"(?<![0-9])(?P<y>(?:19|20)[0-9]{2})(?P<s>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=s)(?P<d>[0-3]?[0-9])(?![0-9万亿元%])"
        ),
        _iso,
    ),
    (
        re.compile(rf"(?P<first>{_Y})年?{_TO}(?P<last>{_Y}|[0-9]{{2}})年(?!{_N}月|代)"),
        _years,
    ),
    (
        re.compile(
            r"(?:(?P<century>[0-9]{2}|[一二十]{1,3})世纪|上个?世纪)?(?P<tens>[0-9]0|[二三四五六七八九]十)年代"
        ),
        _decade,
    ),
    (
        re.compile(
            rf"(?:{_YEAR}的?)?(?:(?P<half>[上下前后])半年|第?(?P<quarter>[一二三四1-4])季度"
            rf"|前(?P<quarters>[2-3二三两])个?季度|前(?P<months>{_N})个?月)"
        ),
        _part,
    ),
    (
        re.compile(
            rf"{_YEAR}(?:\s?{_MONTH}(?:\s?{_DAY})?)?"
            rf"(?P<to>{_TO}(?:(?P<to_year>{_Y})年)?(?:(?P<to_month>{_N})月(?:(?P<to_day>{_N})[日号])?|(?P<only>{_N})[日号]))?"
        ),
        _dated,
    ),
    (
        re.compile(
            rf"(?<![个第0-9.年一二三四五六七八九十]){_MONTH}(?:\s?{_DAY})?"
            rf"(?P<to>{_TO}(?:(?P<to_month>{_N})月)?(?:(?P<to_day>{_N})[日号])?)?"
        ),
        _yearless,
    ),
    (
        re.compile(  # 号 without a month may be a probe or a house: 天问二号
            rf"(?<![个第0-9.月一二三四五六七八九十])(?P<day>{_N})(?:日(?![均子元内报])|(?={_TO}{_N}日))"
            rf"(?:{_TO}(?P<to_day>{_N})日)?"
        ),
        _monthless,
    ),
    (re.compile("昨[日天晚]|今[日天晚](?!后)|前[日天](?!后)|明[日天]|本月|上个?月|下个?月"), _near),
    (
        re.compile(
            r"(?P<way>最?近|过去|未来|今后)(?P<count>[0-9]{1,2}|[一二两三四五六七八九]|[一二三四五六七八九]?十[一二三四五六七八九]?)年(?![代级])[间来内]?"
        ),
        _recent,
    ),
    (re.compile(r"(?:[“\"]|国家)(?P<plan>[八九]|十[一二三四五]?)五(?:[”\"]|规划|时期|期间|计划)"), _plan),
)
_HINT: Final = re.compile("[年月日号季昨今明五]|[0-9０-９]{4}[-/.]")


def find_moments(article: Article, tagged: Sequence[TaggedSentence]) -> tuple[tuple[Moment, ...], ...]:
    """Return the dates and periods of each sentence, in order."""
    context = _Context(article.published)
    paragraph = -1
    rows = []
    for sentence in tagged:
        if sentence.sentence.paragraph != paragraph and article.published:
            context.last = None  # a new paragraph speaks from the article's date again
        paragraph = sentence.sentence.paragraph
        rows.append(_read(sentence, context) if _HINT.search(sentence.sentence.text) else ())
    return tuple(rows)


def _read(tagged: TaggedSentence, context: _Context) -> tuple[Moment, ...]:
    """Return the dates and periods of one sentence; of two that overlap, the earlier form in the list."""
    sentence = tagged.sentence
    text = plain(sentence.text)
    found: list[tuple[_Match, Callable[[_Match, _Context], str | None]]] = []
    for pattern, reader in _FORMS:
        for match in pattern.finditer(text):
            if not any(match.start() < other.end() and other.start() < match.end() for other, _ in found):
                found.append((match, reader))
    found.sort(key=lambda pair: pair[0].start())
    moments = []
    for match, reader in found:
        edtf = reader(match, context)
        if edtf:
            span = Span(sentence.span.start + match.start(), sentence.span.start + match.end())
            moments.append(Moment(span, sentence.text[match.start() : match.end()], edtf))
    return tuple(moments)
