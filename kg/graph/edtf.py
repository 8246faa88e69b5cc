"""Dates in EDTF (ISO 8601-2: 2018, 2022-06, 2022-06-22, 2021/2023): their days, how exact they are, how one says them."""

from __future__ import annotations

import re

__all__ = ["days", "precision", "spoken"]

_OPEN = frozenset({"", ".."})
_EDTF = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?[?~%]?")


def days(edtf: str) -> tuple[str, str]:
    """Return the first and the last day of a date or period, each "" where it is open or cannot be told."""
    start, _, end = edtf.partition("/")
    return _edge(start, last=False), _edge(end or ("" if "/" in edtf else start), last=True)


def _edge(edtf: str, *, last: bool) -> str:
    match = _EDTF.fullmatch(edtf)
    if not match:
        return ""
    year, month, day = match.groups()
    month = month or ("12" if last else "01")
    end = _month_end(int(year), int(month))
    return "" if day and day > end else f"{year}-{month}-{day or (end if last else '01')}"


def _month_end(year: int, month: int) -> str:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return str(29 if month == 2 and leap else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1])


def precision(edtf: str) -> str:
    """Say how exact a date is: day, month, year or period."""
    match = _EDTF.fullmatch(edtf)
    if not match:
        return "period"
    return "day" if match[3] else "month" if match[2] else "year"


def spoken(edtf: str) -> str:
    """Return a date as one writes it in Chinese (2019年起, 至2024年6月); what is no plain date stays as it is."""
    start, slash, end = edtf.partition("/")
    if slash and end in _OPEN and start not in _OPEN:
        return _spoken(start) + "起"
    if slash and start in _OPEN and end not in _OPEN:
        return "至" + _spoken(end)
    return _spoken(edtf)


def _spoken(edtf: str) -> str:
    parts = []
    for part in edtf.split("/"):
        match = _EDTF.fullmatch(part)
        if not match:
            return edtf
        year, month, day = match.groups()
        parts.append(f"{year}年" + (f"{int(month)}月" if month else "") + (f"{int(day)}日" if day else ""))
    return "至".join(parts)
