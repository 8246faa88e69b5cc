"""The ways in which dates and periods are written, each with its reader: EDTF (ISO 8601-2), completed from a context."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date as Date  # noqa: N812 - a field and a group are called date
from datetime import timedelta
from typing import Final

from kg.base.late import late
from kg.figures.numeral import read_number
from kg.figures.tied import dates_words

__all__ = ["FORMS", "Context", "Day", "Match", "Reader"]


@dataclass(frozen=True, slots=True, order=True)
class Day:
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
class Context:
    """What a shortened date is completed from, and what the last date read was.

    ``last``: the last date that tells on, whose month a bare day takes; ``anchor``: the same if its year was told;
    ``told``: the last date of all, which 同年 and 次年 count from.
    """

    published: Date | None
    last: Day | None = None
    anchor: Day | None = None
    told: Day | None = None
    read: Day | None = None
    own_year: bool = False  # the date being read tells its year
    future: bool = False  # the words around it are of what is to come
    same_clause: bool = False  # the anchor stands in the same clause as the date being read
    years: set[int] = field(default_factory=set)  # all that were told
    anchored_at: int = -1  # where in the sentence the anchor ends; -1 for one of a sentence before

    def base(self) -> Day | None:
        """Return the date that the next one leans on."""
        if self.last or self.published is None:
            return self.last
        return Day(self.published.year, self.published.month, self.published.day)

    def year_of(self, month: int) -> int:
        """Return the year of a month that tells none; 0 where it may be one or another."""
        if self.anchor is not None:
            return self._year_behind(self.anchor, month)
        if self.published is None:
            return 0
        ahead = month - self.published.month
        if ahead > 0 and not self.future:
            if ahead > _HALF_A_YEAR:
                return self.published.year - 1  # 12月5日 in an article of March is past
            return 0 if ahead > _SOON else self.published.year
        if self.future and ahead < -_HALF_A_YEAR:
            return self.published.year + 1  # 将于1月5日 in an article of December
        return self.published.year

    def _year_behind(self, anchor: Day, month: int) -> int:
        if not anchor.month:
            return 0 if self.same_clause else anchor.year
        return anchor.year + (anchor.month - month > _HALF_A_YEAR)


Match = re.Match[str]
Reader = Callable[[Match, Context], str | None]
_N: Final = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_Y: Final = r"(?:(?<![0-9.])(?:1[0-9]{3}|20[0-9]{2})|[一二][〇零0一二三四五六七八九]{3})"
_TO: Final = r"\s?(?:[-—–~～]+|至|到)\s?"
_WORD: Final = (
    r"(?<![如至迄自])今年|(?<![过失])去年|大前年|(?<![目此以之从日先生空提超])前年|(?<![透文声证说])明年|大后年|(?<![之以此产成启用运营工售市投])后年"
    r"|(?<![基日成])本年度?|(?<![以海线地])上年度?(?![人纪])|当年|同年|次年|翌年"
)
_YEAR: Final = rf"(?P<year>{_Y}(?=\s?年(?!代))|(?:{_WORD}))(?:(?<![年度])\s?年)?"
_BEGINS: Final = "12一二今去大前明后本上当同次翌"  # what _YEAR begins with: looked at first, for most characters are none of them
_FROM_NOW: Final = {
    "今年": 0,
    "本年": 0,
    "本年度": 0,
    "去年": -1,
    "上年": -1,
    "上年度": -1,
    "前年": -2,
    "大前年": -3,
    "明年": 1,
    "后年": 2,
    "大后年": 3,
}
_HALVES: Final = {"上": (1, 6), "前": (1, 6), "下": (7, 12), "后": (7, 12)}
_HALF_A_YEAR: Final = 6  # months
_SOON: Final = 2  # months ahead that an article speaks of without saying that they are to come
_RECENT: Final = 10  # years before the article that a year of two digits at the start of a clause may be
_LAST_SHORT: Final = 30  # without an article's date, short years up to this one are of this century
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
    if written == "元":
        return 1  # 元月
    if written and written[0] in "一二":
        written = written.replace("0", "〇")  # 二00二
    number = read_number(written) if written else None
    return int(number.value) if number else 0


def _year(written: str | None, context: Context) -> int:
    """Return the year that ``written`` means; 0 where it cannot be known."""
    if written in _FROM_NOW:
        return context.published.year + _FROM_NOW[written] if context.published else 0
    if written in ("当年", "同年", "次年", "翌年"):
        return context.told.year + (written in ("次年", "翌年")) if context.told else 0
    return _number(written)


def _period(first: Day, last: Day, context: Context) -> str | None:
    """Return the period between two dates."""
    if not first.real() or not last.real() or first > last:
        return None
    context.read = last
    return f"{first.edtf()}/{last.edtf()}"


def _one(day: Day, context: Context) -> str | None:
    """Return one date."""
    if not day.real():
        return None
    context.read = day
    return day.edtf()


def _iso(match: Match, context: Context) -> str | None:
    """Read 2022-06-22, 2022.6.22."""
    return _one(Day(int(match["y"]), int(match["m"]), int(match["d"])), context)


def _decade(match: Match, _context: Context) -> str | None:
    """Read 20世纪90年代, 上世纪八十年代, 90年代: EDTF leaves the last digit open."""
    tens = _number(match["tens"])
    if match["base"]:
        return f"{match['base'][:3]}X"
    century = _number(match["century"]) - 1 if match["century"] else 19
    return f"{century:02}{tens // 10}X" if tens % 10 == 0 and 0 < century < 100 else None


def _years(match: Match, context: Context) -> str | None:
    """Read 2021年至2023年, 2019-2021年, 1995－99年."""
    first, last = match["first"], match["last"]
    return _period(Day(_number(first)), Day(_number(first[:2] + last if len(last) == 2 else last)), context)


def _part(match: Match, context: Context) -> str | None:
    """Read 2022年上半年, 今年一季度, 前三季度, 前8个月."""
    base = context.anchor or context.base()
    year = _year(match["year"], context) if match["year"] else (base.year if base else 0)
    context.own_year = bool(match["year"])
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
    context.read = Day(year)
    return f"{year:04}-{first:02}/{year:04}-{last:02}"


def _dated(match: Match, context: Context) -> str | None:
    """Read 2022年6月22日, 今年3月, 2021年11月至2022年2月."""
    year = _year(match["year"], context)
    context.own_year = True
    first = Day(year, _number(match["month"]), _number(match["day"]))
    if not match["to"]:
        return _one(first, context)
    to_year = _year(match["to_year"], context) if match["to_year"] else year
    if not match["to_year"] and 0 < _number(match["to_month"]) < first.month:
        to_year += 1  # 2023年12月31日至1月3日
    to_month = _number(match["to_month"]) or first.month
    return _period(first, Day(to_year, to_month, _number(match["to_day"] or match["only"])), context)


def _yearless(match: Match, context: Context) -> str | None:
    """Read 3月5日, 3月, 1-3月, 11月18至19日, 12月31日至1月3日: the year is told before, or that of the article."""
    month = _number(match["month"])
    year = context.year_of(month)
    if not year:
        return None
    context.own_year = context.anchor is not None
    first = Day(year, month, _number(match["day"]))
    if not match["to"]:
        return _one(first, context)
    to_month = _number(match["to_month"]) or first.month
    to_day = _number(match["to_day"] or match["only"])
    return _period(first, Day(year + (to_month < month), to_month, to_day), context)


def _monthless(match: Match, context: Context) -> str | None:
    """Read 16日, 18至19日, 同月16日: the month is the one before, or the article's."""
    base = context.told if match["of"] else context.base()
    if base is None or not base.month:
        return None
    context.own_year = context.anchor is not None
    first = Day(base.year, base.month, _number(match["day"]))
    if match["to_day"]:
        return _period(first, Day(base.year, base.month, _number(match["to_day"])), context)
    return _one(first, context)


def _short(match: Match, context: Context) -> str | None:
    """Read 08年5月, ’98年, 21年: which century, the article's date says."""
    written = int(match["yy"])
    now = context.published.year if context.published else 0
    year = 2000 + written
    if year > (now or 2000 + _LAST_SHORT):
        year -= 100
    if match["bare"] and (not now or now - year > _RECENT):
        return None
    context.own_year = True
    return _one(Day(year, _number(match["month"]), _number(match["day"])), context)


def _counted(match: Match, context: Context) -> str | None:
    """Read 民国二十三年, 令和6年: eras whose first year is known."""
    written = match["count"]
    year = dates_words("counted").count(match["era"], 0) + (1 if written == "元" else _number(written))
    context.own_year = True
    return _one(Day(year, _number(match["month"]), _number(match["day"])), context)


def _week(match: Match, context: Context) -> str | None:
    """Read 上周五, 本周一, 下周三: the weeks begin on Mondays."""
    at = context.published
    if at is None:
        return None
    weeks = {"上": -1, "下": 1}.get(match["week"][0], 0)
    day = at + timedelta(days=7 * weeks - at.weekday() + "一二三四五六日天".index(match["weekday"]) % 7)
    if match["weekday"] == "天":
        day = at + timedelta(days=7 * weeks - at.weekday() + 6)
    return day.isoformat()


def _near(match: Match, context: Context) -> str | None:
    """Read 昨日, 今天, 大前天, 本月, 上月, 上月25日: counted from the article's date."""
    at, word = context.published, match[0]
    if at is None:
        return None
    if match["month"]:
        index = at.year * 12 + at.month - 1 + {"上": -1, "下": 1}.get(word[0], 0)
        first = Day(index // 12, index % 12 + 1, _number(match["day"]))
        context.own_year = True
        if match["to_day"]:
            return _period(first, Day(first.year, first.month, _number(match["to_day"])), context)
        return _one(first, context)
    days = {"昨": -1, "前": -2, "明": 1, "后": 2}.get(word.lstrip("大")[0], 0)
    days += (days > 0) - (days < 0) if word[0] == "大" else 0
    return (at + timedelta(days=days)).isoformat()


def _recent(match: Match, context: Context) -> str | None:
    """Read 近三年, 过去五年, 未来两年: years counted from the article's."""
    count = _number(match["count"])
    if context.published is None or not 1 <= count <= 100:
        return None
    year = context.published.year
    ahead = match["way"] in ("未来", "今后")
    return f"{year:04}/{year + count:04}" if ahead else f"{year - count:04}/{year:04}"


def _plan(match: Match, _context: Context) -> str | None:
    """Read “十四五”: China's five-year plans are fixed periods."""
    start = _PLANS[match["plan"]]
    return f"{start}/{start + 4}"


_SHORT: Final = (
    rf"(?:(?<=[’'‘])[0-9]|0)[0-9]|[1-9][0-9](?=年{_N}月)"
    r"|(?:(?<![^，,。；;、\s])|(?<=[于自从]))[7-9][0-9](?=年(?![间来代的前后内多余之以如里\s]))"
    rf"|(?<![^，,。；;\s])[1-6][0-9](?=年(?:[，,]|[底初春夏秋冬](?![，,])|[上下]半年)(?![^。]{{0,30}}(?:{dates_words('year').either('lasts')})))"
)
_DAY: Final = rf"(?P<day>{_N})(?:[日号](?![均子元楼线内])|(?={_TO}{_N}[日号]))"
_MONTH: Final = rf"(?P<month>{_N}|(?<![0-9万亿百千])元(?=月[0-9一二三]))(?:月(?!均)份?|(?={_TO}{_N}月))"
FORMS: Final[tuple[tuple[re.Pattern[str], Reader, str], ...]] = (
    (
        late(
            r"(?<![0-9])(?P<y>(?:19|20)[0-9]{2})(?P<s>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=s)(?P<d>[0-3]?[0-9])(?![0-9万亿元%])"
        ),
        _iso,
        "-/.",
    ),
    (
        late(rf"(?=[12一二])(?P<first>{_Y})年?{_TO}(?P<last>{_Y}|[0-9]{{2}})年(?!{_N}月|代)"),
        _years,
        "年",
    ),
    (
        late(
            r"(?:(?:(?P<century>[0-9]{2}|[一二十]{1,3})世纪|上个?世纪)?(?<![0-9])(?P<tens>[0-9]0|[二三四五六七八九]十)|(?<![0-9])(?P<base>(?:1[0-9]|20)[0-9]0))年代"
        ),
        _decade,
        "代",
    ),
    (
        late(
            rf"(?=[{_BEGINS}第三四34下])(?:{_YEAR}的?)?(?:(?P<half>[上下前后])半年|第?(?P<quarter>[一二三四1-4])季度"
            rf"|前(?P<quarters>[2-3二三两])个?季度|前(?P<months>{_N})个?月)"
        ),
        _part,
        "年季月",
    ),
    (
        late(
            rf"(?=[{_BEGINS}]){_YEAR}(?:\s?{_MONTH}(?:\s?{_DAY})?)?"
            rf"(?P<to>{_TO}(?:(?P<to_year>{_Y})年)?(?:(?P<to_month>{_N})月(?:(?P<to_day>{_N})[日号])?|(?P<only>{_N})[日号]))?"
        ),
        _dated,
        "年",
    ),
    (
        late(
            rf"(?<![0-9.])(?:[’'‘])?(?P<yy>{_SHORT})年(?P<bare>(?=[，,]|[底初春夏秋冬]|[上下]半年)(?<=[1-6][0-9]年))?(?:\s?{_MONTH}(?:\s?{_DAY})?)?"
        ),
        _short,
        "年",
    ),
    (
        late(
            rf"大?(?:昨[日天晚]|今[日天晚](?!后)|(?<![目以之日])前[日天](?!后)|明[日天]|(?<![日今明前之])后天)|(?P<month>本月|上个?月|下个?月)(?:(?P<day>{_N})(?:[日号]|(?={_TO}{_N}日))(?:{_TO}(?P<to_day>{_N})日)?)?"
        ),
        _near,
        "日天晚月",
    ),
    (
        late(
            rf"(?<![个第0-9.年一二三四五六七八九十]){_MONTH}(?:\s?{_DAY})?"
            rf"(?P<to>{_TO}(?:(?P<to_month>{_N})月(?:(?P<to_day>{_N})[日号])?|(?P<only>{_N})[日号]))?"
        ),
        _yearless,
        "月",
    ),
    (
        late(  # 号 without a month may be a probe or a house: 天问二号
            rf"(?:(?P<of>[同当]月)|(?<![个第0-9.月一二三四五六七八九十]))(?P<day>{_N})(?:日(?![均子元内报])|(?={_TO}{_N}日))"
            rf"(?:{_TO}(?P<to_day>{_N})日)?"
        ),
        _monthless,
        "日",
    ),
    (
        late(
            r"(?P<way>最?近|过去|未来|今后)(?P<count>[0-9]{1,2}|[一二两三四五六七八九]|[一二三四五六七八九]?十[一二三四五六七八九]?)年(?![代级])[间来内]?"
        ),
        _recent,
        "年",
    ),
    (
        late(
            rf"(?P<era>{'|'.join(sorted(dates_words('counted').data, key=len, reverse=True))})(?P<count>元|[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})年(?:{_MONTH}(?:{_DAY})?)?"
        ),
        _counted,
        "年",
    ),
    (
        late(r"(?P<week>[上下本这]个?)(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])(?![季期])"),
        _week,
        "周星礼",
    ),
    (late(r"(?:[“\"]|国家)(?P<plan>[八九]|十[一二三四五]?)五(?:[”\"]|规划|时期|期间|计划)"), _plan, "五"),
)
"""Each form with its reader, and the characters of which a text must have one that holds it: most have none."""
