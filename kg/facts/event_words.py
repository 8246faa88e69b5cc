"""The words that tell a main event (``data/language/events.toml``), and how titles, sentences and notices put it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

from kg.base.errors import ResourceError
from kg.base.late import late
from kg.base.model import Predicate
from kg.base.wordlist import WordTable, did_you_mean, read_words
from kg.facts.event import DEEDS, DISASTER, KINDS
from kg.facts.passage import ANY
from kg.facts.pattern import compile_shape

__all__ = ["Case", "DisasterWords", "EventWords", "KindWords", "Shape", "event_words", "read_event_words"]

_FILE: Final = "language/events.toml"
_PLAIN: Final = (
    f"[^，。；：\\n{ANY}]"  # what ``~`` stands for in a shape: text of one clause that names nobody
)
_DEEPEST: Final = 2  # parts of parts
_HOLE: Final = late(r"\{([a-z_]+)\}")
_KINDS_KEYS: Final = (
    "title",
    "predicates",
    "not",
    "parts",
    "notice",
    "shape",
    "field",
    "planned",
    "figures_before",
    "figures_after",
    "traits",
    "not_about",
    "same",
)
_KEYS: Final = (
    "not_about",
    "no_deed",
    "no_topic",
    "one_life",
    "teller_behind",
    "teller_before",
    "teller_tells",
    "plans",
    "own_land",
    "undone",
    "refused",
    "pending",
    "planned",
    "hails",
    "furniture",
    "reported",
    "announced",
    "goes_on",
    "sells",
    "gives",
    "passive",
    "honoured",
    "formerly",
    "agency",
    "sites",
    "projects",
    "whole",
    "cut_behind",
    "cut_body",
    "joined",
    "parent",
    *KINDS,
    *DEEDS,
    DISASTER,
)
_DISASTER_KEYS: Final = (
    "title",
    "not",
    "not_about",
    "verbs",
    "happens",
    "not_yet",
    "route",
    "towards",
    "directions",
    "says",
    "quakes",
    "prepared",
    "alike",
)
_TRAITS: Final = frozenset(
    (
        "near",
        "by_sentence",
        "several",
        "of_honours",
        "of_people",
        "of_things",
        "through_works",
        "through_agencies",
        "needs_agent",
        "names_it",
        "by_wording",
        "joins",
    )
)


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence with its names marked, and what a shape finds there: ``甲, 乙 > 丙``, agents before patients."""

    text: str
    sides: str


@dataclass(frozen=True, slots=True)
class Shape:
    """One way to put an event: an expression over names as symbols, with slots for who (``a``) and whom (``p``)."""

    pattern: re.Pattern[str]
    where: str  # as a user knows its entry
    passes: tuple[Case, ...]
    fails: tuple[str, ...]  # sentences in which it finds nothing


@dataclass(frozen=True)
class KindWords:
    """The words of one kind.

    Attributes:
        title: words of a title that say the kind.
        other: words that hold one of those and mean something else.
        predicates: of the facts that tell it.
        not_about: titles with one speak of the kind and are about something else: what came of it, what is hoped for.
        shapes: how a sentence puts it.
        notice: titles with one are of notices.
        fields: how the lines of a notice put it.
        planned: marks of what is not done yet, in the clause.
        not_yet: what the first sentences say where a title goes too far: 中标候选人.
        same: characters of the verb, of which two clauses must share one to tell the same step: 公诉, 起诉, but not 逮捕.
        figures_before: what stands before a figure of the event.
        figures_after: what stands behind one.
        near: figures of the event stand in the clauses that tell it, or right behind.
        by_sentence: a sentence that tells it need only name somebody of the title: the one of whom it is told may be another
            (甲子公司乙中标).
        through_works: the names inside those of works count, not these: 中标|甲大学|设备采购项目.
        through_agencies: who only sees to it for another is no side of it.
        needs_agent: whoever it is done to, it is none unless the text says by whom.
        of_honours: what the title is about is the honour that it names.
        of_people: what the title is about is the people that it names, before the bodies.
        of_things: what the title is about may be a thing that it names: a conference, a document, a product.
        names_it: a title that names nobody and nothing tells none, unless it is that of a notice.
        by_wording: facts alone tell none.
        several: one article may tell several of the kind: all who are appointed, all who win.
        joins: one sentence may tell several of the kind: 甲被开除，乙被警告.
    """

    title: re.Pattern[str]
    other: re.Pattern[str] | None
    predicates: frozenset[Predicate]
    not_about: re.Pattern[str] | None
    shapes: tuple[Shape, ...]
    notice: re.Pattern[str] | None
    fields: tuple[Shape, ...]
    planned: re.Pattern[str]
    not_yet: re.Pattern[str] | None
    same: re.Pattern[str] | None
    figures_before: re.Pattern[str] | None
    figures_after: re.Pattern[str] | None
    near: bool
    by_sentence: bool
    several: bool
    of_honours: bool
    of_people: bool
    of_things: bool
    through_works: bool
    through_agencies: bool
    needs_agent: bool
    names_it: bool
    by_wording: bool
    joins: bool


@dataclass(frozen=True)
class DisasterWords:
    """The words of disasters and accidents.

    Attributes:
        title: words of a title that say one.
        other: words that hold one of those and mean something else, and those that are but taught, played or guarded against.
        not_about: titles with one are about what came of it, or who has to do with it.
        verbs: words that say by themselves that one happened.
        happens: verbs of happening.
        not_yet: in the clause, before the word, they say that it may come, or is only played.
        route: what stands before a place that somebody comes from or goes to.
        towards: what stands behind a place where it did not happen, but near.
        directions: names of places that are no more than a direction: 东北.
        says: titles that begin so pass it on.
        quakes: what stands behind a magnitude.
        alike: words for one accident, any of which tells what another names.
        casualties: what stands behind a number of people hurt.
    """

    title: re.Pattern[str]
    other: re.Pattern[str]
    not_about: re.Pattern[str]
    verbs: frozenset[str]
    happens: re.Pattern[str]
    not_yet: re.Pattern[str]
    route: re.Pattern[str]
    towards: re.Pattern[str]
    directions: re.Pattern[str]
    says: re.Pattern[str]
    quakes: tuple[str, ...]
    alike: tuple[frozenset[str], ...]
    casualties: re.Pattern[str]


@dataclass(frozen=True)
class EventWords:
    """The words of all kinds.

    Attributes:
        not_about: titles with one are about something else than the event they name.
        no_deed: the same for the kinds of `DEEDS`.
        no_topic: titles with one do not say by their names what they are about.
        one_life: behind a name that a title opens with, it says no more than whose life it is.
        teller_behind: right behind a name, it says that it tells: 甲6月1日讯.
        teller_before: before a name that tells, where ``teller_tells`` stands behind it: 据甲报道.
        plans: names that say when, as a year does.
        own_land: how an article calls its own country.
        undone: titles with one say that it did not happen.
        refused: those of these words that say that somebody would not sell himself.
        pending: behind the verb, they say that it is still to be approved.
        hails: cries that a title may open with.
        furniture: sentences with one tell nothing.
        reported: before the verb, they say that it is but passed on.
        announced: between a date and the verb, they say that the date is that of the notice.
        goes_on: what begins a clause that only says more about the sum.
        sells: verbs of who sells.
        gives: verbs of who gives an honour.
        passive: what stands before such a verb where the honour is got.
        honoured: titles with one say that an honour was given, if not to whom.
        formerly: sentences with one say who had it before, or only might have.
        agency: ends and parts of names of those who only see to a tender for another.
        sites: ends of names of what is built, which lets no contract.
        projects: ends of names that may begin with what is said of them: 中标松江大桥工程.
        whole: words in which no name begins or ends: one that does is cut wrong (股|东鼎信公司).
        cut_behind: behind the name of somebody, it says that the name was cut too early.
        cut_body: behind the name of a body, it says the same.
        joined: no name of one body holds one of these: such a name is two run together.
        parent: what stands behind the name of a body that is only the parent of the one that is meant.
        kinds: the kinds that somebody does, `KINDS` and `DEEDS`.
        disaster: what happens.
    """

    not_about: re.Pattern[str]
    no_deed: re.Pattern[str]
    no_topic: re.Pattern[str]
    one_life: re.Pattern[str]
    teller_behind: re.Pattern[str]
    teller_before: re.Pattern[str]
    teller_tells: re.Pattern[str]
    plans: re.Pattern[str]
    own_land: frozenset[str]
    undone: re.Pattern[str]
    refused: re.Pattern[str]
    pending: re.Pattern[str]
    hails: re.Pattern[str]
    furniture: re.Pattern[str]
    reported: re.Pattern[str]
    announced: re.Pattern[str]
    goes_on: re.Pattern[str]
    sells: re.Pattern[str]
    gives: re.Pattern[str]
    passive: re.Pattern[str]
    honoured: re.Pattern[str]
    formerly: re.Pattern[str]
    agency: re.Pattern[str]
    sites: tuple[str, ...]
    projects: tuple[str, ...]
    whole: re.Pattern[str]
    cut_behind: re.Pattern[str]
    cut_body: re.Pattern[str]
    joined: re.Pattern[str]
    parent: re.Pattern[str]
    kinds: Mapping[str, KindWords]
    disaster: DisasterWords


@cache
def event_words() -> EventWords:
    """Return the words of kg's own file.

    Raises:
        ResourceError: the file does not hold what it should.
    """
    return read_event_words(read_words(_FILE))


def read_event_words(table: WordTable) -> EventWords:
    """Return the words of a file.

    Raises:
        ResourceError: the file does not hold what it should; says where, and how to mend it.
    """
    table.only(*_KEYS)
    planned = table.text("planned")
    return EventWords(
        _regex(table, "not_about"),
        _regex(table, "no_deed"),
        _regex(table, "no_topic"),
        _regex(table, "one_life"),
        _regex(table, "teller_behind"),
        _regex(table, "teller_before"),
        _regex(table, "teller_tells"),
        _regex(table, "plans"),
        frozenset(table.words("own_land")),
        _regex(table, "undone"),
        _regex(table, "refused"),
        _regex(table, "pending"),
        _regex(table, "hails"),
        _regex(table, "furniture"),
        _regex(table, "reported"),
        _regex(table, "announced"),
        _regex(table, "goes_on"),
        late(table.either("sells")),
        late(table.either("gives")),
        _regex(table, "passive"),
        _regex(table, "honoured"),
        _regex(table, "formerly"),
        late(table.either("agency")),
        table.words("sites"),
        table.words("projects"),
        late(table.either("whole")),
        _regex(table, "cut_behind"),
        _regex(table, "cut_body"),
        late(table.either("joined")),
        _regex(table, "parent"),
        {kind: _kind(table.table(kind).only(*_KINDS_KEYS), planned) for kind in (*KINDS, *DEEDS)},
        _disaster(table.table(DISASTER).only(*_DISASTER_KEYS)),
    )


def _disaster(words: WordTable) -> DisasterWords:
    hurt = read_words("language/figures.toml").either("casualties")
    return DisasterWords(
        late(words.either("title")),
        late(f"{words.either('not')}|(?:{words.either('title')})+(?={words.text('prepared')})"),
        _regex(words, "not_about"),
        frozenset(words.words("verbs")),
        late(words.either("happens")),
        _regex(words, "not_yet"),
        _regex(words, "route", "(?:{})$"),
        _regex(words, "towards"),
        _regex(words, "directions"),
        _regex(words, "says"),
        words.words("quakes"),
        tuple(frozenset(row.words("words")) for row in words.tables("alike")),
        late(f"[^，。；\\d]{{0,6}}?(?:{hurt})"),
    )


def _kind(words: WordTable, planned: str) -> KindWords:
    traits = words.words("traits") if "traits" in words.data else ()
    for trait in traits:
        if trait not in _TRAITS:
            raise ResourceError(words.where, f"unknown trait {trait!r}", did_you_mean(trait, _TRAITS))
    own = "planned" in words.data
    return KindWords(
        late(words.either("title")),
        late(words.either("not")) if "not" in words.data else None,
        frozenset(words.words("predicates")),
        _regex(words, "not_about") if "not_about" in words.data else None,
        _shapes(words, "shape"),
        _regex(words, "notice") if "notice" in words.data else None,
        _shapes(words, "field") if "field" in words.data else (),
        late(f"{planned}|{words.either('planned')}") if own else late(planned),
        late(words.either("planned")) if own else None,
        _regex(words, "same") if "same" in words.data else None,
        _regex(words, "figures_before", "(?:{})$") if "figures_before" in words.data else None,
        _regex(words, "figures_after") if "figures_after" in words.data else None,
        "near" in traits,
        "by_sentence" in traits,
        "several" in traits,
        "of_honours" in traits,
        "of_people" in traits,
        "of_things" in traits,
        "through_works" in traits,
        "through_agencies" in traits,
        "needs_agent" in traits,
        "names_it" in traits,
        "by_wording" in traits,
        "joins" in traits,
    )


def _shapes(words: WordTable, key: str) -> tuple[Shape, ...]:
    parts = words.table("parts").pairs() if "parts" in words.data else {}
    return tuple(_shape(each, parts) for each in words.tables(key))


def _shape(table: WordTable, parts: Mapping[str, str]) -> Shape:
    table.only("shape", "passes", "fails")
    source = table.text("shape")
    full = source
    for _ in range(_DEEPEST):
        for name in _HOLE.findall(full):
            if name not in parts:
                raise ResourceError(
                    table.where, f"unknown part {name!r} in its shape", did_you_mean(name, tuple(parts))
                )
        full = _HOLE.sub(lambda hole: parts[hole[1]], full)
    if "<a:" not in full and "<p:" not in full and "(?P<" not in full:
        raise ResourceError(table.where, "its shape has no slot", f"add <a:O> or <p:O> to {source!r}")
    full = full.replace("~", _PLAIN)
    passes = tuple(Case(*row) for row in table.rows("passes", 2))
    return Shape(
        compile_shape(full, partial(_fault, table.where, "shape", source)),
        table.where,
        passes,
        table.words("fails"),
    )


def _regex(table: WordTable, key: str, form: str = "{}") -> re.Pattern[str]:
    source = table.text(key)
    return late(form.format(source), fault=partial(_fault, table.where, key, source))


def _fault(where: str, key: str, source: str, error: re.error) -> ResourceError:
    return ResourceError(where, f"{key!r} is no expression: {error}", f"mend {source!r}")
