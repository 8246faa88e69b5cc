"""``decisions.toml`` -> ``Decision*``. A mistake is one line with file and line, what is wrong, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, get_args

import tomli

from kg.base.errors import DecisionError
from kg.base.intake import LARGEST_TEXT, read_file
from kg.base.model import Span, Status
from kg.base.schema import schema
from kg.base.wordlist import did_you_mean
from kg.decide.model import (
    FIELDS,
    VERDICTS,
    Change,
    Decision,
    EntityAnchor,
    FactAnchor,
    FigureAnchor,
)

__all__ = ["HALF", "decision_of", "decisions_in", "read_decisions"]

HALF: Final = ("holds half a character, which no text has", "send the whole character")
"""What is said of a lone surrogate, as JSON and Python can write one."""

_TABLE: Final = "decision"
_COMMON: Final = ("id", "verdict", "by", "on", "note")
_HEAD: Final = re.compile(r"\s*\[\[\s*(?:decision|\"decision\"|'decision')\s*\]\]")
_AT: Final = re.compile(r"\(at line (\d+), column \d+\)")
_SHA: Final = re.compile(r"[0-9a-f]{64}")
_EDTF: Final = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_ID: Final = re.compile(r"[A-Za-z0-9][\w.:-]*", re.ASCII)
_TEXTS: Final = {"words": False, "means": False, "label": False, "unit": True, "code": True, "of": False}
"""Fields that are texts, and whether they may be empty."""
_ENDS: Final = ("subject", "object")
_ENTITY: Final = {"article", "at", "words", "type"}
_FIGURE: Final = {"article", "at", "words"}
_QUALIFIERS: Final = ("role", "status", "start", "end")
_STATUSES: Final = tuple(each for each in get_args(Status) if each != "proposed")  # that is what a model does
_FACT: Final = {"article", "predicate", *_ENDS, "at", "words", *_QUALIFIERS}
_HALF: Final = re.compile("[\ud800-\udfff]")
_DIGITS: Final = 40  # of a number, before or after its point


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Return the decisions of a file, in its order; a file that is not there holds none.

    Raises:
        DecisionError: it cannot be read, or does not hold what it should.
    """
    try:
        data = read_file(path, LARGEST_TEXT)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise DecisionError(path, f"cannot be read: {error.strerror or error}") from error
    return decisions_in(data, path)


def decisions_in(data: bytes, where: object) -> tuple[Decision, ...]:
    """Return the decisions in the bytes of a file, which messages call ``where``.

    Raises:
        DecisionError: they do not hold what they should.
    """
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        raw = tomli.loads(text, parse_float=Decimal)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DecisionError(f"{where}:{line}", "is not UTF-8", "save it as UTF-8") from error
    except tomli.TOMLDecodeError as error:
        at = _AT.search(str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        raise DecisionError(f"{where}:{line}", f"no TOML: {error}") from error
    except RecursionError as error:
        raise DecisionError(where, "no TOML: nested too deeply") from error
    except ValueError as error:  # a number of thousands of digits, which Python does not read
        raise DecisionError(where, "no TOML: a number has too many digits") from error
    for key in raw:
        if key != _TABLE:
            raise DecisionError(where, f"unknown table {key!r}", "a decision stands under [[decision]]")
    items = raw.get(_TABLE, [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise DecisionError(where, "a decision is no table", "a decision stands under [[decision]]")
    heads = list(_heads(text))
    lines = heads if len(heads) == len(items) else [0] * len(items)
    found: dict[str, Decision] = {}
    for item, line in zip(items, lines, strict=True):
        own = _Item(item, f"{where}:{line}" if line else str(where)).decision(line)
        if own.id in found:
            before = found[own.id].line
            raise DecisionError(
                f"{where}:{line}", f"the id {own.id!r} stands in line {before} too", "give it one of its own"
            )
        found[own.id] = own
    return tuple(found.values())


def decision_of(raw: Mapping[str, Any], where: object) -> Decision:
    """Return the decision of one table, as a TOML reader gives it.

    Raises:
        DecisionError: it does not hold what it should.
    """
    return _Item(raw, str(where)).decision(0)


def _heads(text: str) -> Iterator[int]:
    """Yield the lines on which a decision begins; what stands in a text of several lines begins none."""
    inside = ""
    for number, line in enumerate(text.split("\n"), 1):
        if not inside and _HEAD.match(line):
            yield number
        inside = _inside(line, inside)


def _inside(line: str, inside: str) -> str:
    """Return the mark of the text of several lines that a line leaves open, "" for none."""
    at = 0
    while at < len(line):
        if inside:
            at = _end_of_text(line, at, inside)
            if at < 0:
                return inside
            inside = ""
        elif line[at] == "#":
            return ""
        elif line[at] in "\"'":
            mark = line[at]
            if line.startswith(mark * 3, at):
                inside, at = mark * 3, at + 3
            else:
                at = max(_end_of_text(line, at + 1, mark), at + 1)
        else:
            at += 1
    return inside


def _end_of_text(line: str, at: int, mark: str) -> int:
    """Return where a text that was opened with a mark is over, -1: not on this line."""
    while at < len(line):
        if line[at] == "\\" and mark[0] == '"':
            at += 2
        elif line.startswith(mark, at):
            return at + len(mark)
        else:
            at += 1
    return -1


class _Item:
    """One table of the file; holds where it stands, for every message needs that."""

    def __init__(self, raw: Mapping[str, Any], where: str) -> None:
        self.raw, self.where = raw, where

    def decision(self, line: int) -> Decision:
        name = self.text(self.raw, "id")
        if not _ID.fullmatch(name):
            raise DecisionError(self.where, f"{name!r} is no id", 'letters, digits and . : - _, as "d7"')
        verdict = self.word(self.raw, "verdict", VERDICTS)
        self.demand_fields(verdict)
        own = {key: self.value(key) for key in self.raw if key not in _COMMON}
        made = Decision(name, verdict, **own, **self.said_of_it(), line=line)
        self.check(made)
        return made

    def demand_fields(self, verdict: str) -> None:
        """Refuse fields that are missing, or that the verdict does not have."""
        known = FIELDS[verdict]  # type: ignore[index] # one of VERDICTS
        every = {field for needed in known.needed for field in needed} | {*known.optional, *_COMMON}
        for key in self.raw:
            if key not in every:
                raise DecisionError(self.where, f"{verdict!r} has no field {key!r}", did_you_mean(key, every))
        own = set(self.raw) - set(_COMMON) - set(known.optional)
        if all(own != set(needed) for needed in known.needed):
            wanted = " / ".join(" + ".join(needed) for needed in known.needed)
            raise DecisionError(self.where, f"{verdict!r} has not the fields it needs", wanted)
        if known.some and not set(self.raw) & set(known.optional):
            raise DecisionError(
                self.where, f"{verdict!r} has not the fields it needs", " / ".join(known.optional)
            )

    def said_of_it(self) -> dict[str, Any]:
        on = self.raw.get("on")
        if on is not None and not isinstance(on, date):
            raise DecisionError(self.where, "'on' is no date", "on = 2026-11-29")
        own = {key: self.text(self.raw, key, empty=True) for key in ("by", "note") if key in self.raw}
        return {**own, "on": on.date() if isinstance(on, datetime) else on}

    def value(self, key: str) -> Any:  # noqa: ANN401 - as the field of a decision has it
        if key in ("a", "b", "owner"):
            return self.entity(self.table(self.raw, key))
        if key == "fact":
            return self.fact(self.table(self.raw, key))
        if key == "figure":
            return self.figure(self.table(self.raw, key))
        if key == "to":
            return self.change(self.table(self.raw, key))
        if key == "type":
            return self.word(self.raw, key, tuple(schema().types))
        if key == "value":
            return self.number(self.raw[key])
        return self.text(self.raw, key, empty=_TEXTS[key])

    def check(self, made: Decision) -> None:
        if made.verdict in ("same", "apart", "unsure") and made.a is not None and made.a == made.b:
            raise DecisionError(self.where, "'a' and 'b' are the same words", "name the other one")
        if made.verdict == "alias" and made.words == made.means:
            raise DecisionError(self.where, "'words' and 'means' are the same words", "name what it means")
        if made.verdict == "withdraw" and made.of == made.id:
            raise DecisionError(self.where, "withdraws itself", "name the decision that is withdrawn")
        if made.fact and made.verdict != "add" and any((made.fact.status, made.fact.start, made.fact.end)):
            raise DecisionError(
                self.where,
                "'fact' has a field that only a fact added by hand has",
                "leave out status, start, end",
            )
        if made.code and not re.fullmatch(r"\d{6}", made.code):
            raise DecisionError(self.where, f"{made.code!r} is no place code", 'six digits, or "" for none')

    # anchors ------------------------------------------------------------------------------------------------------

    def entity(self, raw: Mapping[str, Any], article: str = "") -> EntityAnchor:
        self.only(raw, _ENTITY - {"article"} if article else _ENTITY)
        kind = self.word(raw, "type", tuple(schema().types)) if "type" in raw else ""
        return EntityAnchor(article or self.sha256(raw), self.span(raw), self.text(raw, "words"), kind)

    def figure(self, raw: Mapping[str, Any]) -> FigureAnchor:
        self.only(raw, _FIGURE)
        return FigureAnchor(self.sha256(raw), self.span(raw), self.text(raw, "words"))

    def fact(self, raw: Mapping[str, Any]) -> FactAnchor:
        self.only(raw, _FACT)
        article = self.sha256(raw)
        subject, obj = (self.entity(self.table(raw, end), article) for end in _ENDS)
        return FactAnchor(
            article,
            self.word(raw, "predicate", tuple(schema().predicates)),
            subject,
            obj,
            self.span(raw),
            self.text(raw, "words"),
            **self.qualifiers(raw),
        )

    def change(self, raw: Mapping[str, Any]) -> Change:
        self.only(raw, {field.name for field in fields(Change)})
        if not raw:
            raise DecisionError(self.where, "'to' is empty", "say what the fact is rather")
        article = self.sha256(self.table(self.raw, "fact"))
        ends = {end: self.entity(self.table(raw, end), article) for end in _ENDS if end in raw}
        own: dict[str, Any] = {**ends, **self.qualifiers(raw)}
        if "predicate" in raw:
            own["predicate"] = self.word(raw, "predicate", tuple(schema().predicates))
        return Change(**own)

    def qualifiers(self, raw: Mapping[str, Any]) -> dict[str, str]:
        own: dict[str, str] = {}
        for key in (key for key in _QUALIFIERS if key in raw):
            if key == "status":
                own[key] = self.word(raw, key, _STATUSES)
            elif key == "role":
                own[key] = self.text(raw, key, empty=True)
            else:
                own[key] = self.day(raw, key)
        start, end = own.get("start", ""), own.get("end", "")
        if start and end and start[: len(end)] > end:
            raise DecisionError(self.where, "'end' is before 'start'", 'start = "2018", end = "2021"')
        return own

    def day(self, raw: Mapping[str, Any], key: str) -> str:
        value = raw[key]
        text = value.isoformat()[:10] if isinstance(value, date) else value
        if not isinstance(text, str) or (text and not _EDTF.fullmatch(text)):
            raise DecisionError(
                self.where, f"{key!r} is no date", f'{key} = "2021", "2021-06" or "2021-06-22"'
            )
        return text

    def span(self, raw: Mapping[str, Any]) -> Span:
        at = raw.get("at")
        is_pair = isinstance(at, list) and [type(one) for one in at] == [int, int]
        if not is_pair or not isinstance(at, list) or not 0 <= at[0] < at[1]:
            raise DecisionError(self.where, "'at' is no range of characters", "at = [120, 123]")
        return Span(at[0], at[1])

    def sha256(self, raw: Mapping[str, Any]) -> str:
        value = self.text(raw, "article")
        if not _SHA.fullmatch(value):
            raise DecisionError(
                self.where,
                "'article' is no checksum of a text",
                "64 hexadecimal digits, as kg:sha256 has them",
            )
        return value

    # values -------------------------------------------------------------------------------------------------------

    def only(self, raw: Mapping[str, Any], known: set[str]) -> None:
        for key in raw:
            if key not in known:
                raise DecisionError(self.where, f"unknown field {key!r}", did_you_mean(key, known))

    def table(self, raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = raw.get(key)
        if not isinstance(value, dict):
            raise DecisionError(self.where, f"{key!r} is missing or no table", f"{key} = {{ ... }}")
        return value

    def text(self, raw: Mapping[str, Any], key: str, *, empty: bool = False) -> str:
        value = raw.get(key)
        if not isinstance(value, str) or not (value.strip() or empty):
            raise DecisionError(self.where, f"{key!r} is missing or no text", f'{key} = "..."')
        if _HALF.search(value):
            raise DecisionError(self.where, f"{key!r} {HALF[0]}", HALF[1])
        return value

    def word(self, raw: Mapping[str, Any], key: str, known: tuple[str, ...]) -> Any:  # noqa: ANN401 - a literal type
        value = self.text(raw, key)
        if value not in known:
            raise DecisionError(self.where, f"unknown {key} {value!r}", did_you_mean(value, known))
        return value

    def number(self, value: object) -> Decimal:
        number = Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
        if not isinstance(number, Decimal) or not number.is_finite() or abs(number.adjusted()) >= _DIGITS:
            raise DecisionError(self.where, "'value' is no number", "value = 126")
        return number
