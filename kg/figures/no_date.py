"""What looks like a date and is none: days of the moon, years of emperors, and spans that count from an untold day.

    农历八月十五, 九月初九, 正月, 甲辰年      no day of the calendar
    康熙三十年, 公元前221年                  no year of it
    三天后, 五年前, 两个月后                 counted from a day that is not told

None of them is a figure either: their numbers measure nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.wordlist import read_words

__all__ = ["no_counts", "no_dates", "offsets"]

_SAID: Final = "〇零一二三四五六七八九十"
_MOON_MONTH: Final = rf"闰?(?:正|冬|腊|[{_SAID}]{{1,2}})月"
_MOON_DAY: Final = r"(?:初[一二三四五六七八九十]|廿[一二三四五六七八九]?)"
_SPOKEN_DAY: Final = rf"(?:{_MOON_DAY}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日?"
_STEM: Final = r"(?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]|[鼠牛虎兔龙蛇马羊猴鸡狗猪])年"
_MOON: Final = late(
    rf"(?=[农阴旧夏古甲乙丙丁戊己庚辛壬癸鼠牛虎兔龙蛇马羊猴鸡狗猪正冬腊闰大{_SAID}])(?:"  # looked at first: one begins all
    rf"(?:农历|阴历|旧历|夏历|古历)的?(?:[0-9一二〇零三四五六七八九]{{4}}年)?(?:{_STEM})?(?:{_MOON_MONTH})?(?:{_SPOKEN_DAY})?(?:[至到—~-](?:{_MOON_MONTH})?{_SPOKEN_DAY})?"
    rf"|(?:{_STEM})(?:{_MOON_MONTH})?(?:{_SPOKEN_DAY})?"
    rf"|(?<![{_SAID}0-9年])(?:[正冬腊]月|闰[{_SAID}]{{1,2}}月)(?:{_SPOKEN_DAY})?(?:[至到—~-](?:{_MOON_MONTH})?{_MOON_DAY})?"
    rf"|(?<![{_SAID}0-9])[{_SAID}]{{1,2}}月(?:{_MOON_DAY}(?:[至到—~-](?:{_MOON_MONTH})?{_MOON_DAY})?"
    rf"|(?<=[一二三四五六七八九十]月)[{_SAID}]{{1,3}}(?=[，,。、；;（(）)”\s]|中秋|元宵|重阳|端午|七夕|这天|当天|当晚|庙会|前后|的?晚|$))"
    r"|大年(?:初[一二三四五六七八九十]|三十|廿九))"
)
_MOON_HINT: Final = late("[历年月]")  # one of them is in all that
_COUNT: Final = (
    rf"(?:[0-9]{{1,3}}|[一二两三四五六七八九]?[百十][{_SAID}]{{0,3}}|[一二两三四五六七八九]|半|数|几)"
)
_OFFSET: Final = late(
    rf"(?=[0-9两百半数几{_SAID}])(?:"
    rf"(?<![0-9.月第年{_SAID}近～~—-])(?!0){_COUNT}[多余来几]?(?:多?个[多半]?(?:月|星期|小时)|[天周年]|小时|分钟)[多半]?(?:之|以)?"
    r"(?:前(?![0-9二两三]?[三四两0-9]个?(?:季|月)|半|期|列|十|提|后|沿|瞻|述)|后(?![续期勤年台备者方代裔]))"
    r"|(?<![0-9月第年])[二两三四五六七八九十]日(?:之|以)?后)"
)
_CLOCK: Final = late(
    r"(?:(?:上午|下午|凌晨|早上|早晨|清晨|晚上|晚间|中午|傍晚|深夜|午夜|当晚|今晚|昨晚)[一二两三四五六七八九十]{1,3}点"
    r"[零一二三四五六七八九十]{1,3}分|[一二两三四五六七八九十]{1,3}点(?:零[一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?)分)(?!之)"
)
_THESE: Final = late("[这那](?:[一两二三几]|十几)(?:天|年|周|个月|个星期)(?![的内里中之间])")
_RACE: Final = late(r"(?<![0-9.])(?:[0-9]{1,2}分[0-9]{1,2}秒[0-9]{1,3}|[0-9]{1,2}秒[0-9]{1,3})(?![0-9])")
_FIRST_MONTHS: Final = late("前(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})个?(?:月|季度)")
_RANK: Final = rf"前(?:[0-9]{{1,3}}|[{_SAID}百]{{1,3}})[名位强]"
_MEASURED: Final = late("小时|分钟|月")


@cache
def _eras() -> re.Pattern[str]:
    table = read_words("language/dates.toml").table("year")
    names, first = table.either("eras"), "".join(sorted({name[0] for name in table.words("eras")}))
    return late(
        rf"(?=[公{first}])(?:(?:{names})(?:皇?帝)?(?:元|[{_SAID}]{{1,3}}|[0-9]{{1,2}})年(?:间|{_MOON_MONTH}(?:{_SPOKEN_DAY})?)?"
        rf"|公元前\s?[0-9{_SAID}百]{{1,5}}年|公元\s?[0-9]{{1,3}}年)"
    )


@cache
def _ranks() -> re.Pattern[str]:
    """Match a rank (前三名), not what was before (赛前三名队员) or stands in front of something (门前30名群众)."""
    table = read_words("language/figures.toml").table("ranks")
    no_rank = "".join(sorted(table.characters("not_behind") | table.characters("in_front_of")))
    return late(rf"(?:(?<![{no_rank}])|(?<={table.text('whole')}[{no_rank}])){_RANK}")


def no_dates(text: str) -> list[tuple[int, int]]:
    """Return where days of the moon and years of emperors stand in ``text``."""
    found = [match.span() for match in _MOON.finditer(text)] if _MOON_HINT.search(text) else []
    return found + ([match.span() for match in _eras().finditer(text)] if "年" in text else [])


def offsets(text: str) -> list[tuple[int, int]]:
    """Return where a span of time before or after an untold day stands in ``text``."""
    return [match.span() for match in _offsets(text)]


def _offsets(text: str) -> Iterator[re.Match[str]]:
    return _OFFSET.finditer(text) if "前" in text or "后" in text else iter(())


def no_counts(text: str) -> list[tuple[int, int]]:
    """Return where numbers stand that measure nothing: those of such dates and spans, of 前8个月, and ranks (前三名).

    Months, hours and minutes measure (十分钟后); no time of the clock does (五点零四分), nor a part of the time of a race (9秒98).
    """
    found = no_dates(text)
    found += [match.span() for match in _CLOCK.finditer(text)] if "点" in text else []
    if "这" in text or "那" in text:
        found += [match.span() for match in _THESE.finditer(text)]  # 这两天，天气转凉
    found += [match.span() for match in _RACE.finditer(text)] if "秒" in text else []
    found += [match.span() for match in _offsets(text) if not _MEASURED.search(match.group())]
    if "前" in text:
        found += [match.span() for pattern in (_FIRST_MONTHS, _ranks()) for match in pattern.finditer(text)]
    return found
