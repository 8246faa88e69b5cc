"""The table that sites of governments put above a document: 索引号, 主题分类, 发文机关, 发文字号.

A row is fields and nothing else: label, colon, value (索 引 号：000014349/2024-00150), or cells with a label before each value. One
field alone is a line of any article; of a table there are two at least.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.wordlist import read_words

__all__ = ["HeaderTable", "fields_of_lines", "table_in"]

_LISTS: Final = "language/boilerplate.toml"
_EDGES: Final = " \t\u3000|｜"
_PROPERTIES: Final = {"index": "indexNumber", "topic": "topic"}
_LONGEST: Final = 120  # code points of a value
_FEWEST: Final = 2  # fields of a table


@dataclass(frozen=True, slots=True)
class HeaderTable:
    """What the table above a document says; without one all is empty."""

    end: int = 0  # how many lines it takes
    number: str = ""  # 发文字号
    issuer: str = ""  # 发文机关
    formal: tuple[tuple[str, str], ...] = ()  # names of properties of the graph, and values


def fields_of_lines(lines: Sequence[str]) -> HeaderTable:
    """Return the table that some lines begin with."""
    fields: list[tuple[str, str]] = []
    end = 0
    for line in lines:
        row = _row(line)
        if not row:
            break
        fields += row
        end += 1
    if len(fields) < _FEWEST:
        return HeaderTable()
    said: dict[str, str] = {}
    for kind, value in fields:
        if value and len(value) <= _LONGEST:
            said.setdefault(kind, value)
    formal = tuple((name, said[kind]) for kind, name in _PROPERTIES.items() if kind in said)
    return HeaderTable(end, said.get("number", ""), said.get("issuer", ""), formal)


def table_in(lines: Sequence[str]) -> HeaderTable:
    """Return the first table among the lines of a page above its article."""
    tables = (fields_of_lines(lines[start:]) for start, line in enumerate(lines) if _row(line))
    return next((table for table in tables if table.end), HeaderTable())


def _row(line: str) -> list[tuple[str, str]]:
    """Return the fields of a row as (kind, value), nothing where it begins with anything else."""
    known = _labels()
    found = list(known.pattern.finditer(line))
    if not found or found[0].start():
        return []
    ends = [*(hit.start() for hit in found[1:]), len(line)]
    return [
        (known.kinds["".join(hit["label"].split())], line[hit.end() : end].strip(_EDGES))
        for hit, end in zip(found, ends, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Labels:
    """The labels of fields."""

    kinds: dict[str, str]
    pattern: re.Pattern[str]


@cache
def _labels() -> _Labels:
    groups = read_words(_LISTS).table("header").groups()
    kinds = {label: kind for kind, labels in groups.items() for label in labels}
    spaced = "|".join(
        r"[ \u3000]*".join(label) for label in sorted(kinds, key=lambda each: (-len(each), each))
    )
    border = r"(?=[\t|｜]|[ \u3000]{2,}|$)"
    return _Labels(kinds, late(rf"(?:(?<=^)|(?<=[\s|｜]))(?P<label>{spaced})[ \u3000]*(?:[:：]|{border})"))
