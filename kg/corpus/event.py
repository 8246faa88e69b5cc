"""Keys of activities: which events are one by their name, and which only with their edition, host or year."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.wordlist import either, longest_first
from kg.corpus.feature import bare
from kg.corpus.lists import identity_lists
from kg.corpus.model import Level
from kg.corpus.plain import is_plain, with_digits
from kg.names.gazetteer import gazetteer
from kg.names.heads import place_prefix
from kg.names.lexicon import regions
from kg.names.place import is_state

__all__ = ["EDITION", "event_key"]

_Found = tuple[str, str, Level, float]
_SHORTEST: Final = 3
_OF_PROVINCE: Final = "0000"
_PERIOD: Final = late(r"(?:国家)?[十一二三四五六七八九]+五(?:时期)?")
EDITION: Final = late(r"\d{4}(?:年|—\d{4}|-\d{4}|$|(?=[一-龥]))|第?\d+[届次期]|\d+届|\d+周年|[\d]+大$")
"""What tells one of a series from the others, where numerals are digits."""
_CONGRESS: Final = late(r"\d+大|\d+届\d+中全会")
_TERM: Final = late(r"\d+届|\d{4}年?")
_PLENUM: Final = late(r"\d+中全会")
_SESSION: Final = late(r"\d+次[一-龥]{0,4}(?:会议|全会)")
_QUOTED: Final = late(r"[“\"]([^“”\"]{4,})[”\"].{2,}")
_YEAR: Final = r"(?:\d{4}年?度?)?"
_HOST: Final = r"(?:[一-龥]{2,5}?(?:-[一-龥]{2,6}?)?)?"
_DIGITS: Final = late(r"\d{4}")
_DASHES: Final = str.maketrans("－—–·", "----")


def event_key(name: str) -> _Found | None:
    """Return the key of an event by one of its names, with its rule, level and confidence; None for one of a series."""
    lists = identity_lists()
    whole = bare(name)
    title = next((whole[len(word) :] for word in lists.left_out if whole.startswith(word)), whole)
    if _PERIOD.fullmatch(title):
        return with_digits(title).removesuffix("时期").removeprefix("国家"), "period", "sure", 0.95
    is_generic = is_plain(title, "events")
    for long, short in lists.sessions:
        title = title.replace(long, short)
    is_generic = is_generic or is_plain(title, "events")
    numbered = with_digits(title).replace("第", "")
    if games := _games(numbered):
        return games
    if _CONGRESS.fullmatch(numbered):
        return numbered, "edition", "sure", 0.97
    if whole in lists.events or title in lists.events:
        return lists.events.get(title) or lists.events[whole], "named-once", "sure", 0.96
    if _is_of_unknown_term(numbered):
        return None
    if EDITION.search(numbered) and len(numbered) >= _SHORTEST and (not is_generic or _is_wide(title)):
        return numbered, "edition", "sure", 0.96
    quoted = _QUOTED.fullmatch(name)
    if quoted is not None and not is_plain(quoted[1], "events"):
        return title, "quoted-name", "likely", 0.9
    if len(title) < _SHORTEST + 1 or is_generic or not title.endswith(lists.once) or _comes_again(title):
        return None
    return title, "named-once", "sure", 0.95


def _comes_again(title: str) -> bool:
    """Say whether a disaster is named after a whole state or province only, which has had many (四川地震, not 汶川地震)."""
    place = place_prefix(title)
    codes = gazetteer().codes(place)
    is_large = (
        is_state(place) or any(code.endswith(_OF_PROVINCE) for code in codes) or place in regions().regions
    )
    rest = title[len(place) :]
    return is_large and rest.endswith(identity_lists().recurring) and is_plain(rest, "events")


def _is_wide(title: str) -> bool:
    """Say whether plain words with an edition name one of them all: 第三次全国大会, not 第三次会议 of any body."""
    return any(word in title for word in identity_lists().wide)


def _is_of_unknown_term(numbered: str) -> bool:
    """Say whether an event is a session that every congress has (三中全会, 全国政协三次会议), and nothing says of which one."""
    found = _PLENUM.search(numbered)
    if found is None and (session := _SESSION.search(numbered)):
        body = numbered[: session.start()]
        found = session if not body or body.endswith(identity_lists().by_term) else None
    return found is not None and not _TERM.search(numbered[: found.start()])


def _games(numbered: str) -> _Found | None:
    """北京奥运会, 2008年奥运会, 北京2008奥运会: games by host and year, one of which is enough where the other follows from it."""
    found = _games_pattern().fullmatch(numbered.translate(_DASHES))
    if found is None:
        return None
    games, host = found["games"], found["host"]
    years = _DIGITS.findall(found["before"] + found["after"])
    year = years[0] if years else ""
    hosts = identity_lists().games[games]
    if not host:
        known = {each[0] for editions in hosts.values() for each in editions if year in each}
        return (f"{games}|{known.pop()}", "games", "sure", 0.97) if len(known) == 1 else None
    editions = [each for each in hosts.get(host, ()) if not year or year in each]
    if len(editions) == 1:
        return f"{games}|{editions[0][0]}", "games", "sure", 0.97
    if host not in hosts and host not in gazetteer().forms and host not in regions().cities:
        return None
    if year:
        return f"{host}{games}|{year}", "games", "sure", 0.97
    if games in identity_lists().yearly_games:
        return None
    return f"{host}{games}", "games", "likely", 0.9


@cache
def _games_pattern() -> re.Pattern[str]:
    games = either(longest_first(identity_lists().games))
    return re.compile(rf"(?P<before>{_YEAR})(?P<host>{_HOST})市?(?P<after>{_YEAR})(?P<games>{games})会?")
