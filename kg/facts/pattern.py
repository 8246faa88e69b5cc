"""The patterns of the relations: TOML files under ``data/patterns`` -> ``Pattern*``, checked when they are loaded.

A pattern says which words (``cues``, with conditions on word borders and parts of speech) state which predicate between
which types, and where its subject and object stand. Three kinds:

    frame   a verb with its subject before it and its object behind it (or behind a marker), within clauses
    shape   a regular expression over a sentence whose names are symbols: ``<s:O>旗下的?<o:O+>``
    engine  something the code does by itself (title stacks, nesting, lists); the file names, describes and tests it,
            ``reader`` says which part of the code it is

What a field may hold stands in `kg.facts.pattern_check`.

Every pattern carries its own passing and failing cases; the tests run them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Literal

from kg.base.errors import ResourceError
from kg.base.finder import Finder
from kg.base.late import late
from kg.base.model import EntityType, Predicate
from kg.base.overlay import active, following, per_overlay
from kg.base.resources import data_path, is_own_data, load_toml
from kg.base.schema import schema
from kg.base.wordlist import WordTable
from kg.facts.passage import LETTERS, SYMBOLS
from kg.facts.pattern_check import READERS, check_fields

Kind = Literal["frame", "shape", "engine"]
Carry = Literal["no", "clause", "sentence"]


def _letters(names: Iterable[str]) -> str:
    return "".join(letter for name in names for letter, kind in LETTERS.items() if kind == name)


DOMAIN: dict[Predicate, tuple[str, str]] = following(
    lambda: {
        name: (_letters(term.domain), _letters(term.range)) for name, term in schema().predicates.items()
    }
)


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
    object_side: Literal["right", "left", "marker"] = "right"
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
    inner: bool = False  # the object may be the body or place that the name of a project begins with
    turned: bool = False  # what stands before the cue is the object: 甲旗下有乙
    shape: re.Pattern[str] | None = None
    reader: str = ""  # the part of the code that an engine pattern describes
    takes_status: bool = False  # what is done, not what is: it may be planned or denied
    passes: tuple[Case, ...] = ()
    fails: tuple[Case, ...] = ()
    file: str = ""  # where it was read


@dataclass(frozen=True, slots=True)
class Patterns:
    """All patterns, and the words that wake them."""

    all: tuple[Pattern, ...]
    by_id: Mapping[str, Pattern]
    by_reader: Mapping[str, Pattern]  # engine patterns by the part of the code they describe
    by_cue: Mapping[str, tuple[Pattern, ...]]  # frames only
    inside: Mapping[str, tuple[tuple[int, str], ...]]  # cue -> the cues inside it and where: 投资建设, 签署了
    cues: Finder  # of frames
    shapes: tuple[Pattern, ...]
    shape_cues: Finder


_SLOT = late(r"<(?:(?P<slot>[a-z]\w*):)?(?P<types>[A-Z]+)(?P<many>\+?)>")
_JOIN = "(?:、|和|及|与|以及|暨|，)"
_REGEXES = ("before", "not_before", "after", "not_after", "not_behind_object", "object_like")


def compile_shape(source: str, fault: Callable[[re.error], Exception] | None = None) -> re.Pattern[str]:
    """Return a shape as a regular expression over masks: ``<s:O+>`` is a list of organisations, named ``s``.

    Args:
        source: the shape.
        fault: see `late`.
    """

    def slot(match: re.Match[str]) -> str:
        one = f"[{symbols(match['types'])}]"
        joined = f"{_JOIN}?" if match["types"] == "L" else _JOIN  # places also chain: 甲省乙市
        many = f"{one}(?:{joined}{one})*" if match["many"] else one
        return f"(?P<{match['slot']}>{many})" if match["slot"] else f"(?:{many})"

    return late(_SLOT.sub(slot, source), fault=fault)


def symbols(letters: str) -> str:
    """Return the mask symbols of type letters: ``"PO"`` -> those of Person and Organization."""
    return "".join(SYMBOLS[LETTERS[letter]] for letter in letters)


@per_overlay
def load_patterns() -> Patterns:
    """Return the patterns under ``data/patterns``, and those of the user.

    The expressions of kg's own are tested, and compiled when they are used.

    Raises:
        ResourceError: a file does not hold what it should; says which pattern and what is wrong.
    """
    found = [
        pattern
        for path in sorted(data_path("patterns").glob("*.toml"))
        for pattern in patterns_of(
            load_toml(f"patterns/{path.name}"), f"data/patterns/{path.name}", tested=is_own_data()
        )
    ]
    own = [read_pattern(each.item, each.where) for each in active().patterns]
    return indexed(tuple(found)) if is_own_data() and not own else index_patterns([*found, *own])


def patterns_of(data: Mapping[str, Any], where: str, *, tested: bool = False) -> list[Pattern]:
    """Return the patterns of a file; see ``read_pattern``.

    Raises:
        ResourceError: it holds something else than patterns, or a wrong one.
    """
    return [read_pattern(item, where, tested=tested) for item in tables_of(data, where)]


def tables_of(data: Mapping[str, Any], where: str) -> list[Mapping[str, Any]]:
    """Return the tables of the patterns of a file, as they stand there.

    Raises:
        ResourceError: it holds something else than patterns.
    """
    WordTable(where, data).only("pattern")
    items = data.get("pattern")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ResourceError(where, "holds no list of patterns", "write each one under [[pattern]]")
    return items


def index_patterns(found: Iterable[Pattern]) -> Patterns:
    """Return the patterns with their indexes.

    Raises:
        ResourceError: two patterns share an id or say the same, or a part of the code has no pattern.
    """
    patterns = tuple(found)
    fault = next(faults_together(patterns), None)
    if fault is not None:
        raise fault
    return indexed(patterns)


def indexed(patterns: tuple[Pattern, ...]) -> Patterns:
    """Return patterns with their indexes, unchecked: of those that go wrong together, one is taken."""
    by_cue: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        if pattern.kind == "frame":
            for cue in pattern.cues:
                by_cue.setdefault(cue, []).append(pattern)
    shapes = tuple(pattern for pattern in patterns if pattern.kind == "shape")
    return Patterns(
        patterns,
        {pattern.id: pattern for pattern in patterns},
        {pattern.reader: pattern for pattern in patterns if pattern.reader},
        {cue: tuple(having) for cue, having in by_cue.items()},
        {cue: _cues_inside(cue, by_cue) for cue in by_cue},
        Finder(by_cue),
        shapes,
        Finder(cue for pattern in shapes for cue in pattern.cues),
    )


def faults_together(found: Sequence[Pattern]) -> Iterator[ResourceError]:
    """Yield what is wrong with patterns together: an id, a reader or a wording that is there twice, a reader without one."""
    by_id: dict[str, Pattern] = {}
    by_reader: dict[str, Pattern] = {}
    for pattern in found:
        if pattern.id in by_id:
            yield _fault(pattern, f"two patterns are called {pattern.id!r}", by_id[pattern.id])
        by_id.setdefault(pattern.id, pattern)
        if pattern.reader in by_reader:
            other = by_reader[pattern.reader]
            yield _fault(pattern, f"'reader' {pattern.reader!r} is that of {other.id!r}", other)
        if pattern.reader:
            by_reader.setdefault(pattern.reader, pattern)
    for reader in READERS:
        if reader not in by_reader:
            yield ResourceError(
                "data/patterns",
                f"no pattern describes the reader {reader!r}",
                f'give one: reader = "{reader}"',
            )
    yield from said_again(found)


def said_again(found: Iterable[Pattern]) -> Iterator[ResourceError]:
    """Yield each wording that an earlier pattern has already: the same cue or shape, predicate and conditions."""
    known: dict[tuple[object, ...], Pattern] = {}
    for pattern in found:
        for wording, keys in _wordings(pattern):
            others = [other for key in keys if (other := known.setdefault(key, pattern)) is not pattern]
            for other in others[:1]:
                yield _fault(
                    pattern, f"{wording} is there already as {other.id!r}, with the same conditions", other
                )


def _wordings(pattern: Pattern) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    """Yield what a pattern says, and what makes it the same as another: not its confidence, its reach or its types."""
    if pattern.shape is not None:
        yield "the shape", [(pattern.predicate, pattern.shape.pattern)]
    if pattern.kind != "frame":
        return
    conditions = (
        *(pattern.predicate, pattern.pos, pattern.boundary, pattern.subject_side, pattern.object_side),
        *(pattern.markers, pattern.turned, *(getattr(pattern, key) for key in _REGEXES)),
    )
    for cue in pattern.cues:
        ends = product(pattern.subject, pattern.object)
        yield f"'cues' {cue!r}", [(cue, letters, *conditions) for letters in ends]


def _fault(pattern: Pattern, what: str, other: Pattern) -> ResourceError:
    where = f"{pattern.file or 'data/patterns'}, pattern {pattern.id!r}"
    return ResourceError(where, what, f"see {other.file}" if other.file else "rename or drop one")


def _cues_inside(cue: str, known: Mapping[str, object]) -> tuple[tuple[int, str], ...]:
    return tuple(
        (start, cue[start:end])
        for start in range(len(cue))
        for end in range(start + 1, len(cue) + 1)
        if end - start < len(cue) and cue[start:end] in known
    )


def read_pattern(item: Mapping[str, Any], file: str, *, tested: bool = False) -> Pattern:
    """Return one pattern from its TOML table.

    Args:
        item: the table.
        file: where it stands, as a user knows it.
        tested: its expressions are compiled when they are first used, and a wrong one is told then.

    Raises:
        ResourceError: a field is missing, unknown or wrong.
    """
    where = f"{file}, pattern {item.get('id', '?')!r}"
    check_fields(item, where, DOMAIN, tested=tested)
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in item.items()
    }
    for end, letters in zip(("subject", "object"), DOMAIN[item["predicate"]], strict=True):
        values.setdefault(end, letters)
    for key in (*_REGEXES, "shape"):
        if key in values:
            values[key] = _regex(where, key, values[key], tested=tested)
    if item["kind"] == "shape":
        _check_slots(where, item)
    values["passes"] = tuple(map(_case, item["passes"]))
    values["fails"] = tuple(map(_case, item["fails"]))
    return Pattern(**values, file=file)


def _regex(where: str, key: str, source: str, *, tested: bool) -> re.Pattern[str]:
    def fault(error: re.error) -> ResourceError:
        what = f"{key!r} is no regular expression over names: {error}"
        return ResourceError(where, what, f"mend {source!r}")

    try:
        found = compile_shape(
            {"before": f"(?:{source})$", "not_before": f"(?:{source})$"}.get(key, source), fault
        )
    except KeyError as error:
        raise ResourceError(
            where, f"{key!r} has the unknown type {error}", f"one of {', '.join(LETTERS)}"
        ) from error
    if not tested and key == "shape" and not {"s", "o"} <= set(found.groupindex):
        raise ResourceError(where, "a shape needs the slots s and o", "<s:O>...<o:L>")
    if not tested:
        found.match("")  # compiles, so that what is wrong is told here
    return found


def _check_slots(where: str, item: Mapping[str, Any]) -> None:
    """Check that the slots of a shape have types that the predicate takes; at least one of each."""
    domain = DOMAIN[item["predicate"]]
    for slot in _SLOT.finditer(item["shape"]):
        if slot["slot"] not in {"s", "o"}:
            continue
        letters = domain[0] if slot["slot"] == "s" else domain[1]
        for letter in slot["types"]:
            if letter not in letters:
                end = "subject" if slot["slot"] == "s" else "object"
                raise ResourceError(
                    where, f"{end} type {letter!r} does not suit {item['predicate']}", f"one of {letters}"
                )


def _case(case: str | list[str]) -> Case:
    return Case(case, ()) if isinstance(case, str) else Case(case[0], tuple(case[1:]))


__all__ = [
    "DOMAIN",
    "Case",
    "EntityType",
    "Pattern",
    "Patterns",
    "compile_shape",
    "faults_together",
    "index_patterns",
    "indexed",
    "load_patterns",
    "patterns_of",
    "read_pattern",
    "said_again",
    "symbols",
    "tables_of",
]
