"""Numerals of Chinese news text -> exact decimals: ５,000, 1.2亿, 12万亿, 一百二十三万, 二〇二二, 十二点零七, 数百, 两千余.

Pure functions over strings; which numbers measure something is decided in ``kg.figures.figure``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kg.base.late import late

__all__ = ["NUMBER", "Number", "exact", "plain", "read_number", "render"]

# One character for one, so that offsets stay: full-width digits, points and signs, financial and traditional numerals.
_PLAIN: Final = str.maketrans(
    "０１２３４５６７８９．％－＋／壹贰貳叁肆伍陆柒捌玖拾佰仟兩萬億○馀餘圆圓幣＄￥￡￠",
    "0123456789.%-+/一二二三四五六七八九十百千两万亿〇余余元元币$¥£¢",
)
_DIGITS: Final = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "仨": 3}
_TENS: Final = {"十": 10, "百": 100, "千": 1000}
_MYRIADS: Final = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_VAGUE: Final = "余多来几数上"  # 两千余, 十多, 十来, 十几, 数百, 上万

_TRILLION: Final = "兆(?![瓦帕赫字欧比伏焦位])"
_ARABIC: Final = r"(?<![0-9.])(?:[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_SCALES: Final = (
    rf"(?:[余多来几]?\s?(?:[十百千]{{0,2}}(?:[万亿]+|{_TRILLION})|[百千](?![瓦克米帕焦伏兆字赫卡升])))"
)
_CHINESE: Final = rf"(?:[几数]|上(?=[百千万亿]))?[〇零一二三四五六七八九十百千万亿两]+(?:{_TRILLION}[〇零一二三四五六七八九十百千万亿两]*)?(?:[几余多来][万亿]+)?(?:点[〇零一二三四五六七八九]+)?[万亿]*几?"
NUMBER: Final = rf"(?:{_ARABIC}{_SCALES}?(?:[0-9]+(?:\.[0-9]+)?[百千万]+)*|{_CHINESE})"
"""A pattern for one number in text that went through ``plain``; it may hold 余 or 几 and ends before the unit."""

_LONGEST: Final = 40  # characters of a numeral; longer ones count nothing
_MOST_DIGITS: Final = 20  # characters of a stretch of Arabic digits
_LIMIT: Final = Decimal(10) ** 24  # beyond it nothing is measured, and decimals would not be exact
_TOKEN: Final = late(r"[0-9][0-9,，]*(?:\.[0-9]+)?|.")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written: its value, and whether a vague word (余, 多, 几, 数) stands in it."""

    value: Decimal
    vague: bool = False


def plain(text: str) -> str:
    """Return ``text`` with full-width digits and financial numerals as ordinary ones; the length stays the same."""
    return text.translate(_PLAIN)


def read_number(text: str) -> Number | None:
    """Return the value of a numeral, or None where ``text`` is none.

    >>> read_number("12万亿").value
    Decimal('12000000000000')
    """
    text = re.sub(r"\s", "", plain(text))
    vague = any(c in _VAGUE for c in text)
    if vague:
        text = re.sub(r"^[几数上](?=[十百千万亿])", "一", text)
        text = text.translate({ord(c): None for c in _VAGUE})
    if not text or len(text) > _LONGEST:
        return None
    whole, point, rest = text.partition("点")
    value = _pointed(whole, rest) if point else _whole(whole)
    if value is None or value >= _LIMIT:
        return None
    return Number(exact(value), vague)


def exact(value: Decimal) -> Decimal:
    """Return ``value`` without needless noughts, and never with an exponent."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _pointed(whole: str, rest: str) -> Decimal | None:
    """Return the value of a numeral spoken with 点: 十二点零七, 一点五亿."""
    head = _whole(whole)
    digits = rest.rstrip("万亿兆百千")
    if head is None or not digits or any(c not in _DIGITS for c in digits):
        return None
    value = head + Decimal("0." + "".join(str(_DIGITS[c]) for c in digits))
    for scale in rest[len(digits) :]:
        value *= _MYRIADS.get(scale) or _TENS[scale]
    return value


def _whole(text: str) -> Decimal | None:
    """Return the value of a numeral without 点; digits may be Arabic (and then have decimals)."""
    total, section = Decimal(0), Decimal(0)
    digit: Decimal | None = None
    last = 0  # the scale of the unit read last, for 三百五 and 一万二
    biggest = 0
    zero = False
    for part in _TOKEN.findall(text):
        if part[0] in "0123456789":
            if digit is not None or len(part) > _MOST_DIGITS:
                return None
            digit = Decimal(part.replace(",", "").replace("，", ""))
            zero = True  # 3万5 is no way to write 35000
        elif part in _DIGITS:
            zero = zero or part in "零〇"
            digit = _DIGITS[part] + (digit * 10 if digit is not None else Decimal(0))
        elif part in _TENS:
            section += (Decimal(1) if digit is None else digit) * _TENS[part]
            digit, last, zero = None, _TENS[part], False
        elif part in _MYRIADS:
            scale = _MYRIADS[part]
            if digit is None and not section and not (total and scale >= biggest):
                digit = Decimal(1)  # 万 alone
            section += digit or 0
            total = (total + section) * scale if scale >= biggest else total + section * scale
            biggest = max(scale, biggest)
            section, digit, last, zero = Decimal(0), None, scale, False
        else:
            return None
    if digit is not None and last >= 100 and not zero and digit < 10:
        digit *= last // 10
    return total + section + (digit or 0)


def render(n: int) -> str:
    """Return ``n`` (0 to 10**16) as a Chinese numeral, in full: 10 -> 一十, 105 -> 一百零五, 10**12 -> 一万亿."""
    if n == 0:
        return "零"
    if n >= 10**8:
        high, low = divmod(n, 10**8)
        gap = "零" if 0 < low < 10**7 else ""
        return render(high) + "亿" + gap + (render(low) if low else "")
    if n >= 10**4:
        high, low = divmod(n, 10**4)
        gap = "零" if 0 < low < 10**3 else ""
        return render(high) + "万" + gap + (render(low) if low else "")
    words, gap = [], ""
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, scale)
        if digit:
            words.append(gap + "零一二三四五六七八九"[digit] + name)
            gap = ""
        elif words and n:
            gap = "零"
    return "".join(words)
