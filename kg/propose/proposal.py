"""What a language model wrote -> ``Proposal*``: its answer taken apart, whatever it wrapped it in. Nothing is believed here."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from kg.base.late import late

__all__ = ["FIELDS", "Proposal", "proposals_in"]

MOST: Final = 200
"""Proposals of one answer; who says more about eight hundred characters says the same again."""

LONGEST: Final = 1000
"""Code points of a field."""

_DECODER: Final = json.JSONDecoder()
_FENCE: Final = late(r"```[\w-]*\s*\n(.*?)```", re.DOTALL)
_THOUGHT: Final = late(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
_ORDERS: Final = late(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A fact that a language model proposes, in its words; what it leaves out is ""."""

    subject: str
    subject_type: str
    predicate: str
    object: str
    object_type: str
    trigger: str  # the words that say it
    quote: str
    role: str = ""
    amount: str = ""


FIELDS: Final = tuple(field.name for field in fields(Proposal))


def proposals_in(words: str) -> tuple[Proposal, ...] | None:
    """Return what an answer proposes, each once and in its order; None: it is no answer of the form that was asked for.

    Items that are no proposals at all (no texts, no subject) are left out.
    """
    for value in _values(words):
        listed = value.get("facts") if isinstance(value, dict) else value
        if isinstance(listed, list):
            made = (_proposal(each) for each in listed[:MOST] if isinstance(each, dict))
            return tuple(dict.fromkeys(each for each in made if each is not None))
    whole = (_proposal(each) for each in _pieces(words))
    return tuple(dict.fromkeys(each for each in whole if each is not None)) or None


def _values(words: str) -> list[Any]:
    """Return what may be meant: all of it, what stands in a fence, what stands between the outermost brackets."""
    plain = _THOUGHT.sub("", words)
    tries = [plain, *_FENCE.findall(plain)]
    for opening, closing in (("{", "}"), ("[", "]")):
        start, end = plain.find(opening), plain.rfind(closing)
        if 0 <= start < end:
            tries.append(plain[start : end + 1])
    found = []
    for each in tries:
        try:
            found.append(json.loads(each))
        except (ValueError, RecursionError):
            continue
    return found


def _pieces(words: str) -> list[dict[str, Any]]:
    """Return the whole items of an answer that was cut off before its end."""
    found: list[dict[str, Any]] = []
    at, failed = words.find("{"), 0
    while at >= 0 and len(found) < MOST and failed < MOST:
        try:
            value, end = _DECODER.raw_decode(words, at)
        except (ValueError, RecursionError):
            failed, end = failed + 1, at + 1
        else:
            if isinstance(value, dict):
                found.append(value)
        at = words.find("{", end)
    return found


def _proposal(item: Mapping[str, Any]) -> Proposal | None:
    own = {name: _text(item.get(name)) for name in FIELDS}
    return Proposal(**own) if own["subject"] and own["object"] else None


def _text(value: object) -> str:
    return _ORDERS.sub(" ", value).strip()[:LONGEST] if isinstance(value, str) else ""
