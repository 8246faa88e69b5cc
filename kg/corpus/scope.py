"""Keys, and what an article says of the state and the places it speaks of, by which a name gets its scope."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.corpus.lists import identity_lists
from kg.corpus.model import ArticleFeatures, Feature, Level
from kg.names.gazetteer import gazetteer
from kg.names.heads import place_prefix
from kg.names.lexicon import regions
from kg.names.place import is_state

__all__ = ["CHINA", "Key", "Scope", "fronts", "state_in", "state_of", "states_named"]

CHINA: Final = "中国"
_LEAD: Final = 3  # times as often as any other a state is named that an article speaks of
_WITH_STATE: Final = frozenset({"Place", "Organization"})
_PROVINCE: Final = "0000"
_OF_PROVINCE, _CITY, _DISTRICT = "省", "市", "区"
_OF_CHINA: Final = frozenset({"台湾", "香港", "澳门"})


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What stands for an entity in every article. ``text`` begins with the type."""

    text: str
    rule: str
    level: Level
    confidence: float
    name: str  # the form in the article that it was made of


def state_in(name: str) -> str:
    """Return the state that a name is, begins with, or that the place it begins with lies in, "" where none is known."""
    place = name if is_state(name) else place_prefix(name)
    return state_of(place) or (CHINA if place in gazetteer().forms else "")


def state_of(name: str) -> str:
    """Return the usual name of the state that a name stands for (中方 -> 中国), "" for none."""
    return regions().same.get(name, name) if is_state(name) else ""


def states_named(place: Feature) -> set[str]:
    """Return the states that a place is by its names: by its fullest, where that is one (加纳, called 加方, is not 加拿大)."""
    full = state_of(place.name)
    return {full} if full else {state for name in place.names if (state := state_of(name))}


class Scope:
    """The states, provinces and cities that one article names."""

    def __init__(self, article: ArticleFeatures) -> None:
        places = [feature for feature in article.entities if feature.type == "Place"]
        self.states = {state for place in places for state in states_named(place)}
        self._codes = {place.place_code for place in places if place.place_code}
        self._coded = {name: place.place_code for place in places if place.place_code for name in place.names}
        self.provinces = {code[:2] + _PROVINCE for code in self._codes}
        self._weight = Counter[str]()
        for feature in article.entities:
            if feature.type in _WITH_STATE:
                state = CHINA if feature.place_code or _is_own_body(feature) else state_in(feature.name)
                self._weight[state] += max(feature.count, 1)
        del self._weight[""]
        self.bodies = {
            name for each in article.entities if each.type == "Organization" for name in each.names
        }
        self.is_china_named = bool(self._weight[CHINA])
        self.is_foreign_named = bool(self.states - {CHINA})

    def code(self, name: str, within: Iterable[str] = ()) -> str:
        """Return the code of a place at the front of a name, "" where it is not sure which place is meant.

        ``within``: codes of the places named right before it.
        """
        found = gazetteer().codes(name)
        above = set(within)
        if above:
            inside = [code for code in found if not above.isdisjoint(gazetteer().parents(code))]
            return inside[0] if len(inside) == 1 else ""
        if len(found) == 1:
            return found[0]
        return self._coded.get(name, "") or gazetteer().choose(found, self._codes)

    def only(self, level: str) -> str:
        """Return the code of the only place of a level (省, 市, 县) that the article names, "" where there are several or none.

        A city of its own rank (北京市) is a city, and no province.
        """
        if level == _OF_PROVINCE:
            own = {code for code in self.provinces if not gazetteer().official[code].endswith(_CITY)}
        else:
            own = {code for code in self._codes if _is_of_level(code, level)}
        code = next(iter(own)) if len(own) == 1 else ""
        return code if code and gazetteer().official[code].endswith(level) else ""

    def leads(self, state: str) -> bool:
        """Say whether an article speaks of one state, and of others hardly."""
        others = max((count for other, count in self._weight.items() if other != state), default=0)
        return self._weight[state] >= max(_LEAD * others, 1)

    def states_of(self, feature: Feature) -> set[str]:
        """Return the states that the text ties a body to: named right before it, or where it lies."""
        found = {state for name in (*feature.before, *feature.within) if (state := state_of(name))}
        found |= {state for name in feature.names if (state := state_of(place_prefix(name)))}
        return found - _OF_CHINA


def fronts(name: str) -> Iterator[tuple[str, str]]:
    """Yield the places that a name begins with, one in the other, each with what follows it (福州市|鼓楼区|教育局)."""
    rest = name
    while prefix := place_prefix(rest):
        rest = rest[len(prefix) :]
        yield prefix, rest


def _is_of_level(code: str, level: str) -> bool:
    """Say whether a place is called by its level; a region (自治区) is no district."""
    is_region = code.endswith(_PROVINCE) and level == _DISTRICT
    return gazetteer().official[code].endswith(level) and not is_region


def _is_own_body(feature: Feature) -> bool:
    """Say whether an entity is a well-known body of China's state or party."""
    known = identity_lists().bodies
    return feature.type == "Organization" and any(
        known.get(name, name).startswith(identity_lists().of_china) for name in feature.names
    )
