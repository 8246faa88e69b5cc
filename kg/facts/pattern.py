"""The patterns of the relations: TOML files under ``data/patterns`` -> ``Pattern*``, checked when they are loaded.

A pattern says which words (``cues``, with conditions on word borders and parts of speech) state which predicate between
which types, and where its subject and object stand. Three kinds:

    frame   a verb with its subject before it and its object behind it (or behind a marker), within clauses
    shape   a regular expression over a sentence whose names are symbols: ``<s:O>旗下的?<o:O+>``
    engine  something the code does by itself (title stacks, nesting, lists); the file names, describes and tests it

Every pattern carries its own passing and failing cases; the tests run them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any, Literal, get_args

from kg.base.errors import ResourceError
from kg.base.model import EntityType, Predicate
from kg.base.resources import data_path, load_toml
from kg.base.schema import schema
from kg.base.wordlist import either
from kg.facts.passage import LETTERS, SYMBOLS

Kind = Literal["frame", "shape", "engine"]
Carry = Literal["no", "clause", "sentence"]


def _letters(names: Iterable[str]) -> str:
    return "".join(letter for name in names for letter, kind in LETTERS.items() if kind == name)


DOMAIN: dict[Predicate, tuple[str, str]] = {
    name: (_letters(term.domain), _letters(term.range)) for name, term in schema().predicates.items()
}


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence with its names marked, ``{长河机械|O}``, and the facts (``subject > object``) the pattern finds there."""

    text: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to state a relation. ``subject`` and ``object`` are types in order of preference, as letters."""

    id: str
    kind: Kind
    predicate: Predicate
    description: str
    confidence: float
    cues: tuple[str, ...] = ()
    pos: tuple[str, ...] = ()  # labels the cue's first word may have; empty: any
    boundary: Literal["both", "start", "none"] = "both"
    subject: str = ""
    object: str = ""
    subject_side: Literal["left", "right", "joint"] = "left"
    object_side: Literal["right", "left", "marker", "head"] = "right"
    markers: tuple[str, ...] = ()  # before the object where object_side is "marker"
    gap: int = 24  # mask characters between cue and object
    carry: Carry = "clause"
    carry_types: str = ""  # letters of the types that may be carried; empty: as subject
    before: re.Pattern[str] | None = None  # must match right before the cue
    not_before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None  # must match right behind the cue
    not_after: re.Pattern[str] | None = None
    not_behind_object: re.Pattern[str] | None = None
    object_like: re.Pattern[str] | None = None  # must be found in the object's name
    turned: bool = False  # what stands before the cue is the object: 甲旗下有乙
    shape: re.Pattern[str] | None = None
    passes: tuple[Case, ...] = ()
    fails: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True)
class Patterns:
    """All patterns, and the words that wake them."""

    all: tuple[Pattern, ...]
    by_id: Mapping[str, Pattern]
    by_cue: Mapping[str, tuple[Pattern, ...]]  # frames only
    inside: Mapping[str, tuple[tuple[int, str], ...]]  # cue -> the cues inside it and where: 投资建设, 签署了
    cue: re.Pattern[str]
    shapes: tuple[Pattern, ...]


_SLOT = re.compile(r"<(?:(?P<slot>[a-z]\w*):)?(?P<types>[A-Z]+)(?P<many>\+?)>")
_JOIN = "(?:、|和|及|与|以及|暨|，)"
_KEYS = frozenset(Pattern.__dataclass_fields__) | {"passes", "fails"}
_REGEXES = ("before", "not_before", "after", "not_after", "not_behind_object", "object_like")


def compile_shape(source: str) -> re.Pattern[str]:
    """Return a shape as a regular expression over masks: ``<s:O+>`` is a list of organisations, named ``s``."""

    def slot(match: re.Match[str]) -> str:
        one = f"[{symbols(match['types'])}]"
        joined = f"{_JOIN}?" if match["types"] == "L" else _JOIN  # places also chain: 甲省乙市
        many = f"{one}(?:{joined}{one})*" if match["many"] else one
        return f"(?P<{match['slot']}>{many})" if match["slot"] else f"(?:{many})"

    return re.compile(_SLOT.sub(slot, source))


def symbols(letters: str) -> str:
    """Return the mask symbols of type letters: ``"PO"`` -> those of Person and Organization."""
    return "".join(SYMBOLS[LETTERS[letter]] for letter in letters)


@cache
def load_patterns() -> Patterns:
    """Return the patterns under ``data/patterns``.

    Raises:
        ResourceError: a file does not hold what it should; says which pattern and what is wrong.
    """
    found: list[Pattern] = []
    for path in sorted(data_path("patterns").glob("*.toml")):
        name = f"patterns/{path.name}"
        found.extend(read_pattern(item, f"data/{name}") for item in load_toml(name).get("pattern", []))
    return index_patterns(tuple(found))


def index_patterns(found: tuple[Pattern, ...]) -> Patterns:
    """Return the patterns with their indexes.

    Raises:
        ResourceError: two patterns share an id.
    """
    by_id: dict[str, Pattern] = {}
    by_cue: dict[str, list[Pattern]] = {}
    for pattern in found:
        if pattern.id in by_id:
            raise ResourceError("data/patterns", f"two patterns are called {pattern.id!r}")
        by_id[pattern.id] = pattern
        if pattern.kind == "frame":
            for cue in pattern.cues:
                by_cue.setdefault(cue, []).append(pattern)
    return Patterns(
        found,
        by_id,
        {cue: tuple(patterns) for cue, patterns in by_cue.items()},
        {cue: _cues_inside(cue, by_cue) for cue in by_cue},
        re.compile(either(by_cue)),
        tuple(pattern for pattern in found if pattern.kind == "shape"),
    )


def _cues_inside(cue: str, known: Mapping[str, object]) -> tuple[tuple[int, str], ...]:
    return tuple(
        (start, cue[start:end])
        for start in range(len(cue))
        for end in range(start + 1, len(cue) + 1)
        if end - start < len(cue) and cue[start:end] in known
    )


def read_pattern(item: Mapping[str, Any], where: str) -> Pattern:
    """Return one pattern from its TOML table.

    Raises:
        ResourceError: a field is missing, unknown or wrong.
    """
    where = f"{where}, pattern {item.get('id', '?')!r}"
    for key in item:
        if key not in _KEYS:
            raise ResourceError(where, f"unknown field {key!r}", _did_you_mean(key, _KEYS))
    for key in ("id", "kind", "predicate", "description", "confidence", "passes", "fails"):
        if not item.get(key):
            raise ResourceError(where, f"field {key!r} is missing or empty")
    _one_of(where, "predicate", item["predicate"], tuple(DOMAIN))
    _one_of(where, "kind", item["kind"], get_args(Kind))
    _one_of(where, "carry", item.get("carry", "clause"), get_args(Carry))
    if item["kind"] == "frame" and not item.get("cues"):
        raise ResourceError(where, "a frame needs cues")
    if item["kind"] == "shape" and not item.get("shape"):
        raise ResourceError(where, "a shape needs its regular expression", "shape = '<s:O>旗下的?<o:O>'")
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in item.items()
    }
    domain = DOMAIN[item["predicate"]]
    for end, letters in zip(("subject", "object"), domain, strict=True):
        values.setdefault(end, letters)
        for letter in values[end]:
            if letter not in letters:
                raise ResourceError(
                    where, f"{end} type {letter!r} does not suit {item['predicate']}", f"one of {letters}"
                )
    for key in (*_REGEXES, "shape"):
        if key in values:
            values[key] = _regex(where, key, values[key])
    values["passes"] = tuple(_case(where, case) for case in item["passes"])
    values["fails"] = tuple(_case(where, case) for case in item["fails"])
    return Pattern(**values)


def _regex(where: str, key: str, source: str) -> re.Pattern[str]:
    try:
        compiled = compile_shape(
            {"before": f"(?:{source})$", "not_before": f"(?:{source})$"}.get(key, source)
        )
    except (re.error, KeyError) as error:
        raise ResourceError(where, f"{key} is no regular expression over names: {error}") from error
    if key == "shape" and not {"s", "o"} <= set(compiled.groupindex):
        raise ResourceError(where, "a shape needs the slots s and o", "<s:O>...<o:L>")
    return compiled


def _case(where: str, case: object) -> Case:
    if isinstance(case, str):
        return Case(case, ())
    if isinstance(case, list) and case and all(isinstance(part, str) for part in case):
        return Case(case[0], tuple(case[1:]))
    raise ResourceError(where, f"no case: {case!r}", "a sentence, or [sentence, fact, ...]")


def _one_of(where: str, key: str, value: object, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ResourceError(where, f"unknown {key} {value!r}", _did_you_mean(str(value), allowed))


def _did_you_mean(word: str, known: Any) -> str:  # noqa: ANN401 - any iterable of words
    close = get_close_matches(word, sorted(known), 1)
    return f"did you mean {close[0]!r}?" if close else f"one of {', '.join(sorted(known))}"


__all__ = [
    "DOMAIN",
    "Case",
    "EntityType",
    "Pattern",
    "Patterns",
    "compile_shape",
    "index_patterns",
    "load_patterns",
    "read_pattern",
    "symbols",
]
