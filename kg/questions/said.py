"""An answer in a sentence: what is answered, and how the articles say it (planned, reported, former, in doubt, denied)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from kg.base.late import late
from kg.graph.vocabulary import DOUBTFUL
from kg.questions.model import Name, Outcome, Reading, Value, Which

__all__ = ["described", "listed", "sentence_of"]

_DONE: Final = late(r"\{deed\}\{(\w+)\}")
"""A deed with its object behind it, which may have its place in the middle: 向甲捐赠."""

_LISTED: Final = 20
"""Values that a sentence names; the others are counted."""


def described(reading: Reading, inner: Mapping[str, str] | None = None) -> str:
    """Return what a question wants to know, as it was read."""
    said = _filled(reading.kind.asks, reading, inner or {})
    dates = "".join(f"（{text}）" for text, _ in reading.dates)
    return said + dates


def _filled(template: str, reading: Reading, inner: Mapping[str, str], **more: str) -> str:
    deed = reading.get("deed")
    if isinstance(deed, tuple):
        before, after = "".join(deed[0].before), "".join(deed[0].after)
        template = _DONE.sub(lambda match: f"{before}{{{match[1]}}}{after}", template)
    text = template
    for each in reading.bound:
        text = text.replace(f"{{{each.slot}}}", _slot(each.slot, reading, inner))
    for name, value in more.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _slot(name: str, reading: Reading, inner: Mapping[str, str]) -> str:
    value = reading.get(name)
    if isinstance(value, Reading):
        whole = described(value)
        return f"{whole}（{inner[name]}）" if inner.get(name) else whole
    if isinstance(value, (Name, Which)):
        return value.text
    if isinstance(value, tuple):
        return "".join(value[0].after or value[0].before)
    return (value or "").split(" ")[-1]  # of an amount, as it is written


def sentence_of(
    reading: Reading,
    outcome: Outcome,
    main: Sequence[Value],
    besides: Sequence[Value],
    marks: Mapping[str, str],
    inner: Mapping[str, str],
) -> str:
    """Return the answer as a sentence."""
    asked = described(reading, inner)
    if outcome == "nothing":
        said = marks["nothing"].format(asks=asked)
    elif outcome == "several":
        said = marks["several"].format(asks=asked, answer=listed(main, marks))
    else:
        said = _answered(reading, main, marks, inner)
    for mark, values in _apart(besides).items():
        said += marks[mark].format(answer=listed(values, marks, bare=mark == "denied"))
    return said


def _answered(
    reading: Reading, main: Sequence[Value], marks: Mapping[str, str], inner: Mapping[str, str]
) -> str:
    template = reading.kind.answer
    if reading.kind.form == "count":
        # whether one of them is in doubt is said behind them
        return _filled(template, reading, inner, answer=main[0].text, names=_names(main[0].forms))
    if reading.kind.form == "yes":
        word = main[0].text
        said = marks["yes" if word == "是" else "no"].format(asks=_filled(template, reading, inner))
        return said + (f"（{mark}）" if word == "是" and (mark := _mark(main[0], marks)) else "")
    return _filled(template, reading, inner, answer=listed(main, marks))


def _names(names: Sequence[str]) -> str:
    return "、".join(names[:_LISTED]) + ("等" if len(names) > _LISTED else "")


def listed(values: Sequence[Value], marks: Mapping[str, str], *, bare: bool = False) -> str:
    """Return values in words, each with how the articles say it if not ``bare``."""
    said = []
    for value in values[:_LISTED]:
        mark = "" if bare else _mark(value, marks)
        said.append(value.text + (f"（{mark}）" if mark else ""))
    more = f"等{len(values)}项" if len(values) > _LISTED else ""
    return "、".join(said) + more


def _mark(value: Value, marks: Mapping[str, str]) -> str:
    """Return how the articles say it, "" for what they plainly say of today."""
    found = [marks[f"is_{value.status}"]] if f"is_{value.status}" in marks else []
    if value.former:
        found.append(marks["is_former"])
    if value.confidence < DOUBTFUL:
        found.append(marks["is_doubtful"].format(confidence=f"{value.confidence:.2f}"))
    return "，".join(found)


def _apart(besides: Sequence[Value]) -> dict[str, list[Value]]:
    found: dict[str, list[Value]] = {}
    for value in besides:
        mark = "denied" if value.status == "denied" else "former" if value.former else "doubtful"
        found.setdefault(mark, []).append(value)
    return found
