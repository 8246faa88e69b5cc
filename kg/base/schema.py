"""What kinds of things and relations there are: ``data/schema.toml``, checked when it is loaded.

Everything that names a type, kind, predicate or status derives from here, or is held to it by a test.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from difflib import get_close_matches
from typing import Any, Final, Literal, TypeVar, cast, get_args

from kg.base.errors import ResourceError
from kg.base.model import EntityKind, EntityType, Predicate, Status
from kg.base.overlay import active, following, per_overlay
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
_NOWHERE: Final[Mapping[tuple[str, str], str]] = {}
TABLES: Final = ("type", "kind", "predicate", "status", "derived")
"""The tables of a schema."""

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


@per_overlay
def schema() -> Schema:
    """Return the schema of ``data/schema.toml``, with the types and predicates of the user.

    Raises:
        ResourceError: a field is missing, unknown or wrong; says which term and what is wrong.
    """
    return schema_with(active().tables.get(FILE, {}), active().places)


def schema_with(own: Mapping[str, Any], places: Mapping[tuple[str, str], str]) -> Schema:
    """Return the schema of ``data/schema.toml`` with more types and predicates.

    Args:
        own: the tables of the terms that come to it.
        places: where each of them stands, by table and name.

    Raises:
        ResourceError: a field is missing, unknown or wrong; says which term and what is wrong.
    """
    raw = load_toml(FILE)
    return read_schema({key: [*value, *own.get(key, ())] for key, value in raw.items()}, places=places)


def following_trait(trait: Trait) -> set[Predicate]:
    """Return the predicates whose clauses are read in a way of their own, also where others come or go."""
    return following(lambda: set(schema().having(trait)))


def ordered(predicate: Predicate, subject: _End, obj: _End) -> tuple[_End, _End]:
    """Return the two ends of a fact as it is stored: those of a symmetric predicate in sorted order."""
    return (obj, subject) if obj < subject and schema().predicates[predicate].symmetric else (subject, obj)


def read_schema(
    raw: Mapping[str, Any], where: str = f"data/{FILE}", places: Mapping[tuple[str, str], str] = _NOWHERE
) -> Schema:
    """Return the schema in the tables of its file.

    Args:
        raw: the tables.
        where: the file, as a user knows it.
        places: where terms of the user stand, by table and name.

    Raises:
        ResourceError: a field is missing, unknown or wrong.
    """
    for key in raw:
        _known(where, "table", key, TABLES)
    at = _Places(where, places)
    types = _terms(raw, "type", TypeTerm, at)
    found = Schema(
        cast("dict[EntityType, TypeTerm]", types),
        cast("dict[EntityKind, KindTerm]", _terms(raw, "kind", KindTerm, at)),
        _terms(raw, "predicate", PredicateTerm, at),
        cast("dict[Status, StatusTerm]", _terms(raw, "status", StatusTerm, at)),
        _terms(raw, "derived", DerivedTerm, at),
    )
    # What finds names, statuses and where places lie is code; it knows these. Those of the user's types are given.
    _same(where, "type", {name: 0 for name in types if ("type", name) not in places}, get_args(EntityType))
    _same(where, "kind", found.kinds, tuple(kind for kind in get_args(EntityKind) if kind))
    _same(where, "status", found.statuses, get_args(Status))
    _same(where, "derived", found.derived, (WITHIN,))
    _check_letters(at, found)
    _check_predicates(at, found)
    return found


@dataclass(frozen=True, slots=True)
class _Places:
    """Where terms stand."""

    where: str
    own: Mapping[tuple[str, str], str]

    def of(self, table: str, name: str) -> str:
        """Return where a term stands, with its name."""
        return f"{self.own.get((table, name), self.where)}, {table} {name!r}"


def _terms(raw: Mapping[str, Any], table: str, form: type[_Term], at: _Places) -> dict[str, _Term]:
    items = raw.get(table)
    if not isinstance(items, list) or not items:
        raise ResourceError(at.where, f"there is no [[{table}]]")
    found: dict[str, _Term] = {}
    for item in items:
        name = item.get("name", "?")
        where = at.of(table, name)
        if name in found:
            raise ResourceError(where, "stands there twice")
        found[name] = _term(item, form, where)
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


def _check_letters(places: _Places, found: Schema) -> None:
    letters = list[str]()
    for name, term in found.types.items():
        at = places.of("type", name)
        if not re.fullmatch("[A-Z]", term.letter) or term.letter in letters:
            free = next(each for each in "TKXYZBCFGHIJMNQSUVW" if each not in letters)
            raise ResourceError(at, "its letter is one capital letter of its own", f'as letter = "{free}"')
        letters.append(term.letter)
        if name in {*found.kinds, *found.statuses, *found.derived}:
            raise ResourceError(at, "its name is taken by another term")
        _curies(at, (*term.broader, *term.same_as))
    for kind in found.kinds.values():
        _curies(places.of("kind", kind.name), kind.broader)


def _check_predicates(places: _Places, found: Schema) -> None:
    for name, term in found.predicates.items():
        at = places.of("predicate", name)
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
