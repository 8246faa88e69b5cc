"""What a main event is, and the words that tell it (``data/language/events.toml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

from kg.base.errors import ResourceError
from kg.base.late import late
from kg.base.model import EntityId, Fact, Figure, Moment, Predicate, Span, Status
from kg.base.wordlist import WordTable, did_you_mean, read_words
from kg.facts.passage import ANY
from kg.facts.pattern import compile_shape

__all__ = ["DISASTER", "KINDS", "EventWords", "KindWords", "MainEvent", "event_words"]

_FILE: Final = "language/events.toml"
DISASTER: Final = "disaster"
KINDS: Final = ("meeting", "purchase", "bid", "penalty", "appointment", "prize")
"""The kinds that somebody does; a disaster happens."""
_PLAIN: Final = f"[^，。；：{ANY}]"  # what ``~`` stands for in a shape: text of one clause that names nobody
_KEYS: Final = (
    "title",
    "predicates",
    "not",
    "shapes",
    "fields",
    "planned",
    "figures_before",
    "figures_after",
    "traits",
)
_TRAITS: Final = frozenset(
    ("near", "by_sentence", "several", "of_honours", "through_works", "through_agencies", "needs_agent")
)


@dataclass(frozen=True, slots=True)
class MainEvent:
    """What an article is about.

    Attributes:
        kind: meeting, purchase, bid, penalty, appointment, prize or disaster.
        quote: where the article tells it best.
        facts: the facts that tell it; none for a disaster, or where the article names only one side.
        place: where it happened.
        date: when, where the same sentence or fact says.
        figures: magnitude and casualties, sums and shares.
        agents: who does it: meets, buys or sells, wins a bid, punishes, appoints, gives.
        patients: to whom: whose shares, who lets the contract, who is punished, appointed or honoured.
        status: planned or reported where the text does not say that it happened.
    """

    kind: str
    quote: Span
    facts: tuple[Fact, ...] = ()
    place: EntityId | None = None
    date: Moment | None = None
    figures: tuple[Figure, ...] = ()
    agents: tuple[EntityId, ...] = ()
    patients: tuple[EntityId, ...] = ()
    status: Status = "asserted"


@dataclass(frozen=True)
class KindWords:
    """The words of one kind.

    Attributes:
        title: words of a title that say the kind.
        other: words that hold one of those and mean something else.
        predicates: of the facts that tell it.
        shapes: how a sentence tells it, over names as symbols, with slots for who (``a``) and whom (``p``).
        fields: the same, of the lines of a notice.
        planned: marks of what is not done yet, in the clause.
        not_yet: what the first sentences say where a title goes too far: 中标候选人.
        figures_before: what stands before a figure of the event.
        figures_after: what stands behind one.
        near: figures of the event stand in the clauses that tell it, or right behind.
        by_sentence: a sentence that tells it need only name somebody of the title: the one of whom it is told may be another
            (甲子公司乙中标).
        through_works: the names inside those of works count, not these: 中标|甲大学|设备采购项目.
        through_agencies: who only sees to it for another is no side of it.
        needs_agent: whoever it is done to, it is none unless the text says by whom.
        of_honours: what the title is about is the honour that it names.
        several: one article may tell several of the kind: all who are appointed, all who win.
    """

    title: re.Pattern[str]
    other: re.Pattern[str] | None
    predicates: frozenset[Predicate]
    shapes: tuple[re.Pattern[str], ...]
    fields: tuple[re.Pattern[str], ...]
    planned: re.Pattern[str]
    not_yet: re.Pattern[str] | None
    figures_before: re.Pattern[str] | None
    figures_after: re.Pattern[str] | None
    near: bool
    by_sentence: bool
    several: bool
    of_honours: bool
    through_works: bool
    through_agencies: bool
    needs_agent: bool


@dataclass(frozen=True)
class EventWords:
    """The words of all kinds.

    Attributes:
        not_about: titles with one are about something else than the event they name.
        undone: titles with one say that it did not happen.
        pending: behind the verb, they say that it is still to be approved.
        furniture: sentences with one tell nothing.
        agency: ends and parts of names of those who only see to a tender for another.
        projects: ends of names that may begin with what is said of them: 中标松江大桥工程.
        disaster: words of a title that say a disaster.
        verbs: words that say by themselves that a disaster happened.
        accidents: words for one accident, any of which tells what another names.
        kinds: the others.
        casualties: what stands behind a number of people hurt.
    """

    not_about: re.Pattern[str]
    undone: re.Pattern[str]
    pending: re.Pattern[str]
    furniture: re.Pattern[str]
    agency: re.Pattern[str]
    projects: tuple[str, ...]
    disaster: re.Pattern[str]
    verbs: frozenset[str]
    accidents: tuple[frozenset[str], ...]
    kinds: dict[str, KindWords]
    casualties: re.Pattern[str]


@cache
def event_words() -> EventWords:
    """Return the words.

    Raises:
        ResourceError: the file does not hold what it should.
    """
    words = read_words(_FILE).only(
        "not_about", "undone", "pending", "furniture", "agency", "projects", "planned", *KINDS, DISASTER
    )
    hurt = read_words("language/figures.toml").either("casualties")
    disaster = words.table(DISASTER).only("title", "alike", "verbs")
    return EventWords(
        late(words.either("not_about")),
        late(words.text("undone")),
        late(words.text("pending")),
        late(words.text("furniture")),
        late(words.either("agency")),
        words.words("projects"),
        late(disaster.either("title")),
        frozenset(disaster.words("verbs")),
        tuple(frozenset(row.words("words")) for row in disaster.tables("alike")),
        {kind: _kind(words.table(kind).only(*_KEYS), words.text("planned")) for kind in KINDS},
        late(f"[^，。；\\d]{{0,6}}?(?:{hurt})"),
    )


def _kind(words: WordTable, planned: str) -> KindWords:
    traits = words.words("traits") if "traits" in words.data else ()
    for trait in traits:
        if trait not in _TRAITS:
            raise ResourceError(words.where, f"unknown trait {trait!r}", did_you_mean(trait, _TRAITS))
    own = f"|{words.either('planned')}" if "planned" in words.data else ""
    return KindWords(
        late(words.either("title")),
        late(words.either("not")) if "not" in words.data else None,
        frozenset(words.words("predicates")),
        _shapes(words, "shapes"),
        _shapes(words, "fields"),
        late(planned + own),
        late(words.either("planned")) if own else None,
        late(f"(?:{words.text('figures_before')})$") if "figures_before" in words.data else None,
        late(words.text("figures_after")) if "figures_after" in words.data else None,
        "near" in traits,
        "by_sentence" in traits,
        "several" in traits,
        "of_honours" in traits,
        "through_works" in traits,
        "through_agencies" in traits,
        "needs_agent" in traits,
    )


def _shapes(words: WordTable, key: str) -> tuple[re.Pattern[str], ...]:
    if key not in words.data:
        return ()
    found: list[re.Pattern[str]] = []
    for source in words.words(key):
        if "<a:" not in source and "<p:" not in source:
            raise ResourceError(
                words.where, f"{key!r} holds a shape without a slot", f"add <a:O> or <p:O> to {source!r}"
            )
        found.append(compile_shape(source.replace("~", _PLAIN), partial(_fault, words.where, key, source)))
    return tuple(found)


def _fault(where: str, key: str, source: str, error: re.error) -> ResourceError:
    return ResourceError(where, f"{key!r} holds no shape: {error}", f"mend {source!r}")
