"""``data/language/identity.toml`` -> which names mean one thing in every article, checked once, then cached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from kg.base.wordlist import WordTable, longest_first, read_words
from kg.names.lexicon import bodies, organizations, regions
from kg.things.union import MARKS

__all__ = ["IdentityLists", "identity_lists"]

_SETS: Final = (
    "of_every_state",
    "of_china_too",
    "of_china_first",
    "everyday_brands",
    "known_brands",
    "common_foreign",
    "known_titles",
    "yearly_games",
    "of_old",
)
_ENDS: Final = (
    "levels",
    "passing",
    "once",
    "recurring",
    "nested",
    "strictly_nested",
    "left_out",
    "nation",
    "wide",
    "by_term",
    "kinds_of_body",
    "parts_of_bodies",
    "ways",
    "ships",
    "of_china",
)
_PLAIN: Final = ("bodies", "documents", "events", "awards", "places")
_SIDE: Final = "方"


@dataclass(frozen=True)
class IdentityLists:
    """What a name alone says of who is meant."""

    of_every_state: frozenset[str]  # bodies that every state has
    of_china_too: frozenset[str]  # ... China among them
    of_china_first: frozenset[str]  # China's wherever China is named
    everyday_brands: frozenset[str]  # brands that are words of every day
    known_brands: frozenset[str]  # ... that are none, and mean one company
    common_foreign: frozenset[str]  # foreign names that many bear
    known_titles: frozenset[str]  # titles that mean one work though they are plain or short
    of_old: frozenset[str]  # of [people], those who lived before bodies of today
    yearly_games: frozenset[str]  # ... of [games] that one host holds every year
    levels: tuple[str, ...]  # begin a body by its level alone (省|财政厅), longest first
    passing: tuple[str, ...]  # end a body met on the day
    once: tuple[str, ...]  # end an event that happens once under its name
    recurring: tuple[str, ...]  # ... which a whole state or province has had many times
    nested: tuple[str, ...]  # end a place that needs the one it lies in, or a long name
    strictly_nested: tuple[str, ...]  # ... that needs it always
    left_out: tuple[str, ...]  # begin a name that may do without them
    nation: tuple[str, ...]  # begin a law of China
    wide: tuple[str, ...]  # make an event of plain words one of the whole nation or world
    by_term: tuple[str, ...]  # end a body whose sessions are counted anew in every term
    kinds_of_body: tuple[str, ...]  # end a description, not a name, behind a state (美国|市场研究公司)
    parts_of_bodies: tuple[str, ...]  # end a body that is a part of the one its name begins with
    ways: tuple[str, ...]  # end a railway, road or bridge by its name
    ships: tuple[str, ...]  # stand behind the number of a ship or satellite (X三号|卫星)
    of_china: tuple[str, ...]  # begin a well-known body of China's state or party
    plain: Mapping[str, frozenset[str]]  # kind of thing -> words that tell none from another
    bodies: Mapping[str, str]  # each form of a well-known body -> its full name
    people: Mapping[str, str]  # each form -> the person whom it means in the news
    places: Mapping[str, str]  # each form of a well-known place -> its name
    events: Mapping[str, str]  # ... of a programme or war
    first_states: Mapping[str, str]  # a body that many states have -> the state that is meant as a rule
    short_places: Mapping[str, str]  # 加州 -> 加利福尼亚州
    posts: Mapping[str, str]  # 外长 -> 外交部长
    states_by_character: Mapping[str, str]  # 俄 -> 俄罗斯
    surnames: Mapping[str, int]  # how many of ten thousand bear them
    commonest_given: frozenset[str]  # characters of given names
    common_given: frozenset[str]
    short_bodies: tuple[tuple[str, str], ...]  # 发展和改革委员会 -> 发改委, longest first
    sessions: tuple[tuple[str, str], ...]  # 全体会议 -> 全会, longest first
    games: Mapping[
        str, Mapping[str, tuple[tuple[str, ...], ...]]
    ]  # by kind and host the years of each edition


@cache
def identity_lists() -> IdentityLists:
    """Return the lists.

    Raises:
        ResourceError: identity.toml is missing or does not hold what it should.
    """
    data = read_words("language/identity.toml")
    data.only(
        *_SETS,
        *_ENDS,
        *(f"plain_of_{kind}" for kind in _PLAIN),
        "people",
        "bodies",
        "posts",
        "first_states",
        "short_places",
        "places",
        "events",
        "states_by_character",
        "short_bodies",
        "sessions",
        "games",
        "surnames",
        "given",
    )
    plain = {kind: frozenset(data.words(f"plain_of_{kind}")) for kind in _PLAIN}
    heads = organizations()
    known = {**_forms(data.table("bodies").groups()), **bodies()}
    given = data.table("given").only("commonest", "common")
    shares = data.table("surnames").pairs()
    plain["bodies"] |= heads.industry | frozenset(heads.strong) | heads.weak | heads.parts | heads.common
    plain["places"] |= frozenset(heads.areas)
    lists: dict[str, Any] = {key: frozenset(data.words(key)) for key in _SETS}
    lists |= {key: longest_first(data.words(key)) for key in _ENDS}
    return IdentityLists(
        **lists,
        plain=plain,
        people=_forms(data.table("people").groups()),
        bodies={name.translate(MARKS).lower(): full for name, full in known.items()} | known,
        places=_forms(data.table("places").groups()),
        events=_forms(data.table("events").groups()),
        first_states=data.table("first_states").pairs(),
        short_places=data.table("short_places").pairs(),
        posts=data.table("posts").pairs(),
        surnames={surname: int(share) for share, all_of_it in shares.items() for surname in all_of_it},
        commonest_given=given.characters("commonest"),
        common_given=given.characters("common"),
        short_bodies=_long_to_short(data.table("short_bodies")),
        sessions=_long_to_short(data.table("sessions")),
        games={kind: _editions(hosts) for kind, hosts in data.table("games").groups().items()},
        states_by_character={**data.table("states_by_character").pairs(), **_sides()},
    )


def _forms(groups: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return each form of a name -> the name."""
    return {form: name for name, others in groups.items() for form in (name, *others)}


def _long_to_short(table: WordTable) -> tuple[tuple[str, str], ...]:
    pairs = table.pairs()
    return tuple((long, pairs[long]) for long in longest_first(pairs))


def _editions(hosts: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the editions by host: 东京1964, 东京2020/2021 is two, the second one with two years."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for each in hosts:
        host = each.rstrip("/0123456789")
        found[host] = (*found.get(host, ()), tuple(each[len(host) :].split("/")))
    return found


def _sides() -> dict[str, str]:
    """Return the character of each state that is named as a side (俄|方)."""
    return {
        name[0]: state
        for name, state in regions().same.items()
        if len(name) == len("中方") and name.endswith(_SIDE) and state in regions().countries
    }
