"""The ways in which the subject of a fact was found, and how far each can be trusted.

A way is a base (``left``: the name before the cue; ``carried``: that of an earlier clause) and what weakens it
(``-only``: the inner name stands nowhere by itself). Its name joins them, ``inner-wider-only``; people see it in
``kg explain`` and the judge has weights for it, so names stay as they are. Every part has a factor in
``data/language/ways.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final, TypeVar

from kg.base.errors import ResourceError
from kg.base.resources import load_toml

_FILE: Final = "language/ways.toml"


class Base(StrEnum):
    """Where the subject, or the holder of a post, was found."""

    LEFT = "left"  # before the cue
    LEFT_PERSON = "left-person"  # before people who act for it: 甲公司代表参加
    LEFT_NOUN = "left-noun"  # before another noun: 甲公司产品荣获
    LEFT_VERB = "left-verb"  # before another verb
    AGENT = "agent"  # behind 由 or 被
    RIGHT = "right"  # behind the cue
    RELATIVE = "relative"  # described by the clause of the cue: 荣获甲称号的张三
    PIVOT = "pivot"  # object of a verb before: 组织甲公司参加
    POSSESSOR = "possessor"  # before 的
    OWN = "own"  # 公司, 该院: the body named before
    OWNER = "owner"  # the name that brackets stand behind
    CARRIED = "carried"  # of an earlier clause
    CARRIED_NOUN = "carried-noun"  # the same past a noun that may be the subject
    CARRIED_SAID = "carried-said"  # the same past what somebody said
    SENTENCE = "sentence"  # of an earlier sentence
    SENTENCE_MAIN = "sentence-main"  # the same, and it is the body the article is about
    SENTENCE_NOUN = "sentence-noun"  # past a noun that may be the subject
    MAIN_PERSON = "main-person"  # the person the article is about
    SCENE = "scene"  # who speaks or acts at an event
    LIST = "list"  # in a list
    TABLE = "table"  # in the row of a table whose head says what its column holds
    ASIDE = "aside"  # in brackets behind the name
    SHAPE = "shape"  # in the slot of a shape
    BESIDE = "beside"  # the name right before
    BESIDE_LIST = "beside-list"  # the same for one more of a list
    PREFIX = "prefix"  # a name at the start of another
    INNER = "inner"  # a name within another
    STACK = "stack"  # behind its titles
    SHARED = "shared"  # behind another name with titles for both
    EQUALS = "equals"  # behind 是 or 由
    NAME = "name"  # before its title
    APPOSITION = "apposition"  # before titles between commas
    RESUME = "resume"  # whose life a line without a verb goes on telling
    PAIR = "pair"  # no pattern: two names near each other, found by the judge


class Modifier(StrEnum):
    """What is said of a way besides: how the other end, the body of a post or the whole of a name, was found."""

    WIDER = "wider"  # a shorter name says the same more closely
    ONLY = "only"  # the inner name stands nowhere by itself
    OTHER = "other"  # a place in the name of what is no institution
    INHERITED = "inherited"  # the body of the title before
    FAR = "far"  # the title is only the end of what stands behind the body
    HOLDER = "holder"  # the title has one body: 国务委员
    OWN = "own"  # 公司, 该院
    NEAR = "near"  # the body named before in the sentence
    TOPIC = "topic"  # the body the article is about
    TOWN = "town"  # the place named before whose head the title is: 县长 of 甲县
    EACH = "each"  # of a list of which each has its own: 甲、乙分别
    CUSTOMER = "customer"  # the object is the body that a project is called after: 中标甲集团采购项目


CARRIED_FROM_BEFORE: Final = frozenset(
    {Base.SENTENCE, Base.SENTENCE_MAIN, Base.SENTENCE_NOUN, Base.MAIN_PERSON}
)
"""The ways that leave the sentence."""
_STRUCTURAL: Final = frozenset({Modifier.TOWN, Modifier.EACH, Modifier.CUSTOMER})
_BASES: Final = {base.value: base for base in Base}


@dataclass(frozen=True, slots=True)
class Way:
    """How the subject was found."""

    base: Base
    modifiers: tuple[Modifier, ...] = ()

    @property
    def is_structural(self) -> bool:
        """Whether order in a table, list or name, or the title itself, says who has what; what words stand between says nothing."""
        return self.base is Base.TABLE or not _STRUCTURAL.isdisjoint(self.modifiers)

    def __str__(self) -> str:
        """Return its name: ``inner-wider-only``."""
        return "-".join((self.base, *self.modifiers))


@dataclass(frozen=True, slots=True)
class Factors:
    """What each part of a way is worth: it multiplies the confidence of the pattern.

    ``alone``: a base without a modifier; ``modified``: the same base with one.
    """

    alone: Mapping[Base, float]
    modified: Mapping[Base, float]
    modifiers: Mapping[Modifier, float]

    def of(self, way: Way) -> tuple[float, ...]:
        """Return the factors of a way, in the order of its parts."""
        if not way.modifiers:
            return (self.alone[way.base],)
        return (self.modified[way.base], *(self.modifiers[part] for part in way.modifiers))


@cache
def factors() -> Factors:
    """Return the factors of ``data/language/ways.toml``.

    Raises:
        ResourceError: a way has no factor, or a factor has no way.
    """
    return read_factors(load_toml(_FILE))


def read_factors(raw: Mapping[str, Any], where: str = f"data/{_FILE}") -> Factors:
    """Return the factors of the tables ``base``, ``base_modified`` and ``modifier``.

    Raises:
        ResourceError: a way has no factor, a factor has no way, or it is no share of one.
    """
    alone = _table(raw, "base", Base, where)
    shaded = _table(raw, "base_modified", [base for base in Base if "-" in base], where)
    return Factors(alone, alone | shaded, _table(raw, "modifier", Modifier, where))


_Part = TypeVar("_Part", Base, Modifier)


def _table(raw: Mapping[str, Any], name: str, parts: Iterable[_Part], where: str) -> dict[_Part, float]:
    """Return one table of factors, one for each of ``parts`` and for nothing else."""
    table, known = raw.get(name, {}), list(parts)
    for key in table:
        if key not in known:
            raise ResourceError(where, f"no way is called {key!r} in [{name}]", f"one of {', '.join(known)}")
    for part in known:
        value = table.get(part)
        if value is None:
            raise ResourceError(where, f"way {part.value!r} has no factor in [{name}]", f"{part} = 1.0")
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
            raise ResourceError(where, f"factor of {part.value!r} in [{name}] is not above 0 and up to 1")
    return {part: float(table[part]) for part in known}


@cache
def way_of(name: str) -> Way:
    """Return the way that has this name.

    Raises:
        ValueError: no way is called so.
    """
    parts = name.split("-")
    for cut in range(len(parts), 0, -1):  # the longest base: left-person, not left
        base = _BASES.get("-".join(parts[:cut]))
        if base is not None:
            return Way(base, tuple(Modifier(part) for part in parts[cut:]))
    raise ValueError(f"no way is called {name!r}")
