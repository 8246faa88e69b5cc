"""A sentence's text -> ``Quantity*``: numbers with their unit, modifier and bounds; not yet which of them are figures.

The grammar of a quantity: modifier? sign? number scale? (余|多)? unit (/unit)? modifier?, with the special forms
percent (12.5%, 百分之十二点五, 三成), fraction (三分之一), half (半年, 四个半小时), range (3-5亿元, 三五个) and score (97比81).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from kg.base.late import late
from kg.figures.money import YUAN, dropped_digit, ends_number
from kg.figures.numeral import NUMBER, Number, plain, read_number
from kg.figures.unit import Quantity, currency_before, dress, section_units

__all__ = ["find_quantities", "has_number"]


_HINT: Final = late(r"[0-9０-９一二三四五六七八九十百千万亿两半几数壹贰叁肆伍陆柒捌玖拾]")
_SHORT: Final = r"[〇零一二三四五六七八九十百两]+"
_CORE: Final = late(
    r"(?=[0-9〇零一二三四五六七八九十百千万亿两半几数上])(?:"  # one of them begins all: looked at first, for most are none
    rf"(?P<per>百分之|千分之|万分之)(?P<share>{NUMBER})"
    rf"|(?P<parts>{_SHORT}|[0-9]+)分之(?P<part>{_SHORT}|[0-9]+)"
    r"|(?<=[的约近占超])(?P<over>[0-9]{1,2})/(?P<under>[0-9]{1,3})(?![0-9/])"
    r"|(?P<lead>(?:[一二两三四五六七八九]?[十百千万])+)?(?P<near>[一二两三四五六七八])(?P<next>[二两三四五六七八九])(?=[十百千万亿]|[^〇零一二三四五六七八九十百千万亿点分月日])"
    rf"|(?P<number>{NUMBER})"
    r"|(?P<half>(?<![一大多过夜上下])(?<![前后](?=半年|半个月))半(?=年(?![报度级])|个胜场|个月|个多月|个小时|小时|个世纪|世纪)))"
)
_BEFORE: Final = late(r"(?:第|初|周|星期|礼拜|编号|电话|[A-Za-z][-—]?|(?:股票|证券)?代码[:：]?|唯|同|统|专)$")
_MODEL: Final = late(r"[^0-9]*(?![为是达至到由从])[\u4e00-\u9fff][-—]")  # 苏-30, but not 5元-8元, 增至-3亿元
_JOIN: Final = late(r"\s?(?:[-—–~～]+|至|到)\s?")
_SCORE: Final = late(r"(?<![0-9.\-年月])([0-9]{1,3})(?:比|[-—:：])([0-9]{1,3})(?![0-9.\-%年月日:：]|[万亿])")
_GAME: Final = late("[胜负赛]|比分|击败|不敌|战平")
_WON_BY: Final = late(
    r"以(?:总?比分)?\s?(?:[01]?[0-9](?![0-9])|[一二两三四五六七八九十零]{1,2})\s?(?:比|[-—:：])\s?(?:[01]?[0-9](?![0-9.])|[一二三四五六七八九十零]{1,2})(?:的(?:总?比分|成绩|优势))?\s?(?:[^，。；]{0,8}?(?:胜|赢|击败|打败|淘汰|力克|逆转|横扫|夺冠|负于|不敌|告负|落败|战平|握手言和|结束|领先|落后))"
)
_ORDINALS: Final = late(  # 第3—5名, 第一、二季度: every number of them is an ordinal
    r"第\s?[0-9一二三四五六七八九十百]+(?:\.[0-9]+)?(?:\s?(?:[-—–~～至到、和及与]+)\s?第?[0-9一二三四五六七八九十百]+(?![0-9]*[.万亿%]))+"
)
_SECTION: Final = late(
    r"(?:^|[，。；：！？\s])[(（]?$"
)  # what stands before the number of a section: 3.1本工程
_FOOL: Final = "二百五"  # the number is 两百五
_DROPPED: Final = late("[百千万亿][一二三四五六七八九]$")
_FORMAL: Final = late("[壹贰貳叁肆伍陆柒捌玖拾佰仟]")
_LIST: Final = late(r"\s?(?:[、和及与至到]|[-—–~～]+)\s?")  # 港币300万元、500万元


def has_number(text: str) -> bool:
    """Say whether ``text`` can hold a quantity at all; cheap."""
    return _HINT.search(text) is not None


def find_quantities(written: str) -> list[Quantity]:
    """Return the quantities in ``written``, in order; ordinals and parts of longer numbers are left out."""
    text = plain(written)
    scores = {match.start(): match for match in _SCORE.finditer(text)} if _GAME.search(text) else {}
    labels = _labels(text)
    found: list[Quantity] = []
    done = 0
    for match in _CORE.finditer(text):
        if match.start() < done or any(a <= match.start() < b for a, b in labels):
            continue
        score = scores.get(match.start())
        more = list(_scores(score) if score else _read(text, match))
        found += more
        done = max([done, *(q.end for q in more)])
    return _one_money(text, _join_ranges(text, [_formal(written, q) for q in found]))


def _labels(text: str) -> list[tuple[int, int]]:
    """Return the stretches whose numbers count nothing: how a match was won (以3-1获胜), joined ordinals (第3—5名)."""
    found = [match.span() for match in _WON_BY.finditer(text)] if "以" in text else []
    return found + ([match.span() for match in _ORDINALS.finditer(text)] if "第" in text else [])


def _scores(match: re.Match[str]) -> Iterator[Quantity]:
    """Yield the two sides of a score: 97比81."""
    for group in (1, 2):
        start, end = match.span(group)
        yield Quantity(start, start, end, end, Decimal(match[group]), "", form="score")


def _formal(written: str, q: Quantity) -> Quantity:
    """Mark a sum in the characters of cheques (伍仟元): no word of another meaning is written so."""
    number = written[q.number_start : q.number_end]
    return replace(q, sure=True) if len(number) > 1 and q.unit and _FORMAL.search(number) else q


def _one_money(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give sums listed with one whose currency stands before it the same: 港币300万元、500万元; 港币3-5亿元."""
    money = list(found)
    named: str | None = None
    for i, q in enumerate(found):
        listed = i > 0 and _LIST.fullmatch(text, found[i - 1].end, q.number_start) is not None
        named = currency_before(text, q.number_start) or (named if listed else None)
        if named and q.unit == YUAN:
            money[i] = replace(q, unit=named, unit_word=named)
    return money


def _read(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    """Yield the quantity at ``match``; two for 三五个."""
    start = match.start()
    if _is_label(text, start) and not currency_before(text, start):
        return
    if match["near"]:
        yield from _near(text, match)
        return
    found = _bare(text, match)
    if found is None:
        return
    number, quantity = found
    whole = dress(text, quantity, vague=number.vague)
    if whole and not _is_section(text, whole):
        yield whole


def _is_label(text: str, start: int) -> bool:
    """Say whether what stands before a number makes it an ordinal or a part of a name: 第3, 苏-30, G20."""
    return bool(
        _BEFORE.search(text, max(0, start - 6), start) or _MODEL.fullmatch(text, max(0, start - 9), start)
    )


def _is_section(text: str, q: Quantity) -> bool:
    """Say whether a quantity is the number of a section: 3.1本工程, at the beginning of a clause."""
    if q.spoken or q.scale or q.unit not in section_units() or q.value == q.value.to_integral_value():
        return False
    return q.start == q.number_start and _SECTION.search(text, max(0, q.start - 2), q.start) is not None


def _bare(text: str, match: re.Match[str]) -> tuple[Number, Quantity] | None:
    """Return the number at ``match`` and the quantity it makes without its neighbours."""
    start, end = match.span()
    if match["half"]:
        half = Number(Decimal("0.5"))
        return half, Quantity(start, start, end, end, half.value, None, form="half", spoken=True)
    if match["per"]:
        number = read_number(match["share"])
        if number is None:
            return None
        unit = {"百": "%", "千": "‰", "万": "‱"}[match["per"][0]]
        return (number, Quantity(start, start, end, end, number.value, unit, form="percent"))
    if match["parts"] or match["over"]:
        parts = read_number(match["parts"] or match["under"])
        part = read_number(match["part"] or match["over"])
        if not parts or not part or not parts.value:
            return None
        value = (part.value / parts.value).quantize(Decimal("0.0001")).normalize()
        return part, Quantity(start, start, end, end, value, "", form="fraction")
    return _numeral(text, match)


def _numeral(text: str, match: re.Match[str]) -> tuple[Number, Quantity] | None:
    """Return a plain number and its quantity, with the last digit of 1万二 and 3万6."""
    start, end = match.span()
    written = match["number"]
    spoken = not written[0].isascii()
    if not spoken and written[-1] in "百千万亿" and (last := dropped_digit(text, end)):
        written, end = written + last, end + 1
    number = read_number(written)
    if number is None:
        return None
    scale = "" if spoken else re.sub(r"^[0-9.,，\s]+", "", written)
    dropped = written != _FOOL and _DROPPED.search(written) is not None and ends_number(text, end)
    quantity = Quantity(
        start, start, end, end, number.value, None, scale=scale, spoken=spoken, dropped=dropped
    )
    return number, quantity


def _near(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    """Yield both numbers of 三五个, 四五十岁, 十七八头: neighbours said together are a range."""
    first, second = read_number(match["near"]), read_number(match["next"])
    scale = late("[十百千万亿]*").match(text, match.end())
    lead = match["lead"] or ""
    if not first or not second or not scale:
        return
    if not 0 < second.value - first.value <= (1 if lead else 2):
        return
    start, end = match.start(), scale.end()
    bare = Quantity(start, start, end, end, Decimal(0), None, form="range", spoken=True)
    for digit in (match["near"], match["next"]):
        number = read_number(lead + digit + scale[0])
        whole = dress(text, replace(bare, value=number.value)) if number else None
        if whole and whole.unit:
            yield whole


def _join_ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give the first of two joined numbers the scale, unit and modifier of the second: 3-5亿元."""
    joined = list(found)
    for i in range(len(joined) - 1):
        a, b = joined[i], joined[i + 1]
        begin = b.start if b.value < 0 else b.number_start  # -3000万至-4500万元
        if a.unit is not None or begin < a.end or not _JOIN.fullmatch(text, a.end, begin):
            continue
        value = a.value
        if not a.scale and b.scale and (factor := read_number("1" + b.scale)):
            value = value * factor.value if abs(value * factor.value) <= abs(b.value) else value
        joined[i] = replace(
            a, value=value, unit=b.unit, scale=b.scale, form="range", modifier=a.modifier or b.modifier
        )
        joined[i + 1] = replace(
            b, form="range", modifier=b.modifier or (a.modifier if a.modifier == "about" else "")
        )
    return joined
