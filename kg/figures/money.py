"""Money beside a number: currencies before and after it, English scales, and sums as they are spoken.

港币800万元, 人民币约3亿元, US$3.5 million, 500万RMB, 300万元（港币）; 8块5毛, 36元5角2分, 两毛钱. Never 元 where another
money is named. Texts went through ``numeral.plain``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kg.base.late import late
from kg.base.overlay import per_overlay
from kg.base.wordlist import either, longest_first, read_words
from kg.figures.numeral import read_number

__all__ = [
    "YUAN",
    "Sum",
    "after_number",
    "before_number",
    "dropped_digit",
    "ends_number",
    "english_scale",
    "is_money",
    "spoken_sum",
]

YUAN: Final = "元"
_DIGIT: Final = "[0-9一二三四五六七八九]"
_SPOKEN: Final = "〇一二三四五六七八九"
_DIGITS: Final = "123456789" + _SPOKEN[1:]
_ONE_OF: Final = "(?=一[^〇零一二三四五六七八九十百千万亿0-9])"  # 两块五|一斤
_ANGLE: Final = "(?![形度铁洲函板区架帽裤落色钢])"  # 三角形
_NO_MORE: Final = r"(?![0-9.〇零一二三四五六七八九十百千万亿])"
_CLAUSE_END: Final = r"[，。；：、！？,;:!?)）”」』\s—~～-]|\.(?![0-9])|$"
_REACH: Final = 10  # characters left of 块 that say whether it is money
_NEAR: Final = (
    5  # the last of them, of which a currency ends with one: a bracket, a colon and spaces stand behind it
)
_MOST_SMALL: Final = 100  # 角 are counted in tens at most
_JIAO: Final = Decimal("0.1")
_FEN: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money as it is spoken: how much, and where it ends."""

    value: Decimal
    end: int


@dataclass(frozen=True, slots=True)
class _Words:
    """The lists of money of ``data/language/units.toml``, compiled."""

    units: Mapping[str, str]  # the word, sign or code -> the unit
    ends: frozenset[str]  # last characters of ``before``
    before: re.Pattern[str]
    after: re.Pattern[str]
    scales: Mapping[str, Decimal]
    scale: re.Pattern[str]
    priced: re.Pattern[str]
    jiao: re.Pattern[str]  # what follows 元
    mao: re.Pattern[str]  # what follows 块
    small: re.Pattern[str]  # 毛, 角, 分 alone
    bare: re.Pattern[str]  # what follows 块 where nothing smaller does


@per_overlay
def _words() -> _Words:
    table = read_words("language/units.toml")
    words = table.table("money").pairs()
    signs = table.table("currency_sign").pairs()
    yuan = table.table("renminbi").words("words")
    units = words | signs | dict.fromkeys(yuan, YUAN)
    names = [word for word in units if word not in (YUAN, "块钱")]
    scales = {word: Decimal(text) for word, text in table.table("english_scale").pairs().items()}
    oral = table.table("oral")
    after = f"{_CLAUSE_END}|{oral.either('after')}"
    last = f"(?:{_NO_MORE}(?={after})|{_ONE_OF})"
    return _Words(
        units,
        frozenset(name[-1] for name in names),
        late(rf"(?<![0-9万亿兆千百十几余多兑对换])(?<![0-9万亿]\s)({_named(names)})[)）]?[:：]?\s?$"),
        late(rf"\s?(?P<open>[（(])?({_named(names)})(?(open)[，,)）]|(?![A-Za-z]))"),
        scales,
        late(rf"\s?({either(scales)})(?![A-Za-z/])"),
        late(oral.either("priced")),
        late(
            rf"零?(?P<jiao>{_DIGIT})角{_ANGLE}(?:零?(?P<fen>{_DIGIT})分)?|零?(?P<only>{_DIGIT})分(?![之钟])"
        ),
        late(rf"(?P<jiao>{_DIGIT})(?:(?:毛|角{_ANGLE})(?:(?P<fen>{_DIGIT})(?:分|{last}))?|{last}|(?=钱))钱?"),
        late(
            rf"(?P<unit>毛|角{_ANGLE}|分)(?:(?P<fen>{_DIGIT})(?:(?P<all>分)|{last}))?(?P<money>钱)?(?P<end>(?={after}))?"
        ),
        late(rf"(?={after})"),
    )


def _named(names: list[str]) -> str:
    """Return a pattern for any currency, the longest first; a code or sign of letters does not begin inside a word."""
    return "|".join(
        ("(?<![A-Za-z])" if word[0].isascii() else "") + re.escape(word) for word in longest_first(names)
    )


def is_money(unit: str | None) -> bool:
    """Say whether a unit is a currency."""
    return unit is not None and unit.split("/", maxsplit=1)[0] in _known()


@per_overlay
def _known() -> frozenset[str]:
    return frozenset(_words().units.values())


def before_number(text: str, at: int) -> tuple[int, str] | None:
    """Return where a currency begins that ends at ``at``, and its unit: 港币|800万; not the unit of a number before it."""
    words = _words()
    if words.ends.isdisjoint(text[max(0, at - _NEAR) : at]):
        return None
    start = max(0, at - _REACH)
    match = words.before.search(text[start:at])
    return (start + match.start(), words.units[match[1]]) if match else None


def after_number(text: str, at: int) -> tuple[int, str] | None:
    """Return where a currency ends that begins at ``at``, and its unit: 800万元|港币, 800万元|（港币）, 5万|RMB."""
    match = _words().after.match(text, at)
    if not match:
        return None
    end = match.end() - 1 if match["open"] and match[0][-1] in "，," else match.end()
    return end, _words().units[match[2]]


def english_scale(text: str, at: int) -> tuple[int, Decimal] | None:
    """Return where an English scale ends and its value: 3.5| million."""
    match = _words().scale.match(text, at)
    return (match.end(), _words().scales[match[1]]) if match else None


def spoken_sum(text: str, start: int, at: int, value: Decimal) -> Sum | None:
    """Return the sum of the number at ``start``, which ends at ``at``: 8|块5毛, 36|元5角2分, 五|毛钱, 每斤3|块."""
    words = _words()
    priced = words.priced.search(_clause(text, start)) is not None
    if text.startswith(YUAN, at):
        match = words.jiao.match(text, at + 1)
        return Sum(value + _small(match, "jiao"), match.end()) if match else None
    if text.startswith("块", at):
        match = words.mao.match(text, at + 1)
        if match:
            return Sum(value + _small(match, "jiao"), match.end())
        return Sum(value, at + 1) if priced and words.bare.match(text, at + 1) else None
    match = words.small.match(text, at)
    told = match and (match["money"] or match["all"] or (priced and match["end"] is not None))
    if not match or not told or value >= _MOST_SMALL:
        return None
    if match["unit"] == "分":
        return Sum(value * _FEN, match.end()) if match["money"] else None
    return Sum(value * _JIAO + _digit(match["fen"]) * _FEN, match.end())


def ends_number(text: str, at: int) -> bool:
    """Say whether a numeral whose last unit is left out may end at ``at``: at the clause's end, before 的, 左右 ...; 两百五|，."""
    return _words().bare.match(text, at) is not None


def dropped_digit(text: str, at: int) -> str:
    """Return the digit at ``at`` whose unit is left out, in Chinese characters: 1万|二, 3万|6; "" for none."""
    digit = text[at : at + 1]
    if not digit or digit not in _DIGITS or not (ends_number(text, at + 1) or text[at + 1] in "元块"):
        return ""
    return _SPOKEN[int(digit)] if digit.isascii() else digit


def _clause(text: str, start: int) -> str:
    """Return the last characters of the clause left of ``start``."""
    return re.split("[，。；：！？,;]", text[max(0, start - _REACH) : start])[-1]


def _small(match: re.Match[str], jiao: str) -> Decimal:
    """Return what 角 and 分 make."""
    groups = match.groupdict()
    fen = groups.get("fen") or groups.get("only")
    return _digit(groups[jiao]) * _JIAO + _digit(fen) * _FEN


def _digit(written: str | None) -> Decimal:
    number = read_number(written) if written else None
    return number.value if number else Decimal(0)
