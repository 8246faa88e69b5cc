"""Decisions as values of JSON and back: as ``decisions.toml`` has them, dates and numbers as texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import tomli

from kg.base.errors import DecisionError
from kg.decide.model import Decision
from kg.decide.read import decision_of
from kg.decide.write import toml_of

__all__ = ["from_plain", "to_plain"]

_NEW: Final = "new"  # stands for the id of what has none yet


def to_plain(decision: Decision) -> dict[str, Any]:
    """Return a decision as JSON has it.

    >>> to_plain(Decision("d2", "withdraw", of="d1", on=date(2026, 11, 30)))
    {'id': 'd2', 'verdict': 'withdraw', 'of': 'd1', 'on': '2026-11-30'}
    """
    (raw,) = tomli.loads(toml_of(decision), parse_float=str)["decision"]
    if decision.on is not None:
        raw["on"] = decision.on.isoformat()
    if decision.value is not None:
        raw["value"] = f"{decision.value:f}"
    found: dict[str, Any] = raw
    return found


def from_plain(value: object, where: object) -> Decision:
    """Return the decision that a value of JSON is; one without an id has none yet.

    Raises:
        DecisionError: it does not hold what it should.
    """
    if not isinstance(value, Mapping):
        raise DecisionError(where, "a decision is no table", "an object with 'verdict'")
    raw = {name: own for name, own in value.items() if own is not None}
    has_id = raw.get("id", "") != ""
    for name, read in (("on", date.fromisoformat), ("value", _number)):
        if isinstance(raw.get(name), str):
            try:
                raw[name] = read(raw[name])
            except ValueError as error:
                raise DecisionError(where, f"{name!r} holds {raw[name]!r}") from error
    made = decision_of(raw if has_id else {**raw, "id": _NEW}, where)
    return made if has_id else replace(made, id="")


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
