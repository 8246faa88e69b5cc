"""What kinds of things and relations there are: ``data/schema.toml``, checked when it is loaded.

Everything that names a type, kind, predicate or status derives from here, or is held to it by a test.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from difflib import get_close_matches
from functools import cache
from typing import Any, Final, Literal, TypeVar, cast, get_args

from kg.base.errors import ResourceError
from kg.base.model import EntityKind, EntityType, Predicate, Status
from kg.base.resources import load_toml

FILE: Final = "schema.toml"
Trait = Literal[
    "of_a_life",
    "of_a_post",
    "received",
    "close",
    "for_people",
    "composed",
    "location",
    "adopted",
    "lasting",
    "recurs",
    "once",
]
FactClass = Literal["", "org:Membership", "kg:AwardGrant"]
WITHIN: Final = "containedInPlace"
MEMBERSHIP: Final[FactClass] = "org:Membership"
_NAME: Final = re.compile(r"[A-Za-z]\w*", re.ASCII)
_CURIE: Final = re.compile(r"[a-z]+:[A-Za-z]\w*", re.ASCII)
_End = TypeVar("_End", bound=str)


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class TypeTerm:
    """A type of entity; the graph writes the first of the ``broader`` classes beside it."""

    name: str
    label: Words
    comment: Words
    letter: str
    sign: str
    broader: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KindTerm:
    """A finer kind of organization."""

    name: str
    label: Words
    comment: Words
    sign: str
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PredicateTerm:
    """A relation; the head of ``data/schema.toml`` says what each field means."""

    name: str
    label: Words
    comment: Words
    domain: tuple[str, ...]
    range: tuple[str, ...]
    inverse: str = ""
    symmetric: bool = False
    takes_amount: bool = False
    takes_status: bool = True
    takes_role: bool = False
    where_used: bool = False
    fact_class: FactClass = ""
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    note: str = ""
    traits: tuple[Trait, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusTerm:
    """How an article says a fact."""

    name: str
    label: Words
    comment: Words


@dataclass(frozen=True, slots=True)
class DerivedTerm:
    """A relation that the official place codes give: a term of schema.org."""

    name: str
    label: Words
    comment: Words
    inverse: str = ""


Term = TypeTerm | KindTerm | PredicateTerm | StatusTerm | DerivedTerm
_Term = TypeVar("_Term", TypeTerm, KindTerm, PredicateTerm, StatusTerm, DerivedTerm)


@dataclass(frozen=True, slots=True)
class Schema:
    """All terms by name, in the order of the file."""

    types: Mapping[EntityType, TypeTerm]
    kinds: Mapping[EntityKind, KindTerm]
    predicates: Mapping[Predicate, PredicateTerm]
    statuses: Mapping[Status, StatusTerm]
    derived: Mapping[str, DerivedTerm]

    def symmetric(self) -> frozenset[Predicate]:
        """Return the predicates whose facts are stored once, their ends in sorted order."""
        return frozenset(name for name, term in self.predicates.items() if term.symmetric)

    def where_used(self) -> frozenset[Predicate]:
        """Return the predicates that are asked for only in articles whose annotation uses them."""
        return frozenset(name for name, term in self.predicates.items() if term.where_used)

    def having(self, trait: Trait) -> frozenset[Predicate]:
        """Return the predicates whose clauses are read in a way of their own."""
        return frozenset(name for name, term in self.predicates.items() if trait in term.traits)


@cache
def schema() -> Schema:
    """Return the schema of ``data/schema.toml``.

    Raises:
        ResourceError: a field is missing, unknown or wrong; says which term and what is wrong.
    """
    return read_schema(load_toml(FILE))


def ordered(predicate: Predicate, subject: _End, obj: _End) -> tuple[_End, _End]:
    """Return the two ends of a fact as it is stored: those of a symmetric predicate in sorted order."""
    return (obj, subject) if obj < subject and schema().predicates[predicate].symmetric else (subject, obj)


def read_schema(raw: Mapping[str, Any], where: str = f"data/{FILE}") -> Schema:
    """Return the schema in the tables of its file.

    Raises:
        ResourceError: a field is missing, unknown or wrong.
    """
    for key in raw:
        _known(where, "table", key, ("type", "kind", "predicate", "status", "derived"))
    types = _terms(raw, "type", TypeTerm, where)
    found = Schema(
        cast("dict[EntityType, TypeTerm]", types),
        cast("dict[EntityKind, KindTerm]", _terms(raw, "kind", KindTerm, where)),
        _terms(raw, "predicate", PredicateTerm, where),
        cast("dict[Status, StatusTerm]", _terms(raw, "status", StatusTerm, where)),
        _terms(raw, "derived", DerivedTerm, where),
    )
    # What finds names, statuses and where places lie is code; it knows these.
    _same(where, "type", types, get_args(EntityType))
    _same(where, "kind", found.kinds, tuple(kind for kind in get_args(EntityKind) if kind))
    _same(where, "status", found.statuses, get_args(Status))
    _same(where, "derived", found.derived, (WITHIN,))
    _check_letters(where, found)
    _check_predicates(where, found)
    return found


def _terms(raw: Mapping[str, Any], table: str, form: type[_Term], where: str) -> dict[str, _Term]:
    items = raw.get(table)
    if not isinstance(items, list) or not items:
        raise ResourceError(where, f"there is no [[{table}]]")
    found: dict[str, _Term] = {}
    for item in items:
        name = item.get("name", "?")
        at = f"{where}, {table} {name!r}"
        if name in found:
            raise ResourceError(at, "stands there twice")
        found[name] = _term(item, form, at)
    return found


def _term(item: Mapping[str, Any], form: type[_Term], at: str) -> _Term:
    forms = {field.name: field for field in fields(form)}
    for key in item:
        _known(at, "field", key, tuple(forms))
    for key, field in forms.items():
        if field.default is MISSING and key not in item:
            raise ResourceError(at, f"field {key!r} is missing")
    values = {key: _value(at, key, value, str(forms[key].type)) for key, value in item.items()}
    if not _NAME.fullmatch(values["name"]):
        raise ResourceError(at, "a name has letters and digits only", "as holdsPosition")
    return form(**values)


def _value(at: str, key: str, value: Any, wanted: str) -> Any:  # noqa: ANN401 - as the field has it
    """Return the value of a field as its dataclass has it."""
    if wanted == "bool":
        if not isinstance(value, bool):
            raise ResourceError(at, f"{key!r} is {value!r}", "true or false")
        return value
    if wanted == "Words":
        if not (isinstance(value, dict) and set(value) == {"zh", "en"} and all(_texts([*value.values()]))):
            raise ResourceError(at, f"{key} is no text in both languages", '{ zh = "...", en = "..." }')
        return Words(**value)
    if wanted.startswith("tuple"):
        if not (isinstance(value, list) and all(_texts(value))):
            raise ResourceError(at, f"{key} is no list of words", f'{key} = ["..."]')
        return tuple(value)
    if not all(_texts([value])):
        raise ResourceError(at, f"{key} is no text or empty")
    return value


def _texts(values: list[object]) -> list[bool]:
    return [isinstance(value, str) and bool(value.strip()) for value in values]


def _check_letters(where: str, found: Schema) -> None:
    letters = [term.letter for term in found.types.values()]
    for name, term in found.types.items():
        if not re.fullmatch("[A-Z]", term.letter) or letters.count(term.letter) > 1:
            raise ResourceError(f"{where}, type {name!r}", "its letter is one capital letter of its own")
        _curies(f"{where}, type {name!r}", (*term.broader, *term.same_as))
    for kind in found.kinds.values():
        _curies(f"{where}, kind {kind.name!r}", kind.broader)


def _check_predicates(where: str, found: Schema) -> None:
    for name, term in found.predicates.items():
        at = f"{where}, predicate {name!r}"
        if name in {*found.types, *found.kinds, *found.statuses, *found.derived}:
            raise ResourceError(at, "its name is taken by another term")
        for end in ("domain", "range"):
            if not getattr(term, end):
                raise ResourceError(at, f"{end} is empty")
            for each in getattr(term, end):
                _known(at, f"type in {end}", each, tuple(found.types))
        for trait in term.traits:
            _known(at, "trait", trait, get_args(Trait))
        _known(at, "fact_class", term.fact_class, get_args(FactClass))
        _curies(at, (*term.broader, *term.related))
        if term.symmetric and set(term.domain) != set(term.range):
            raise ResourceError(at, "what is symmetric has the same types in domain and range")


def _curies(at: str, names: tuple[str, ...]) -> None:
    for name in names:
        if not _CURIE.fullmatch(name):
            raise ResourceError(at, f"{name!r} is no name of a standard term", "as schema:worksFor")


def _same(where: str, table: str, found: Mapping[Any, object], known: tuple[str, ...]) -> None:
    for name in found:
        _known(where, table, name, known)
    for name in known:
        if name not in found:
            raise ResourceError(where, f"{table} {name!r} is missing: kg finds it")


def _known(at: str, what: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        close = get_close_matches(value, known, 1)
        hint = f"did you mean {close[0]!r}?" if close else f"one of {', '.join(filter(None, known))}"
        raise ResourceError(at, f"unknown {what} {value!r}", hint)
