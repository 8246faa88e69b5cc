"""Which names of places are one place."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from kg.names.gazetteer import gazetteer
from kg.names.heads import is_name, place_prefix
from kg.names.lexicon import regions
from kg.names.place import is_state
from kg.things.lists import thing_lists
from kg.things.union import Names, by_ending, comparable

_AREA: Final = "地区"
_SIDE: Final = "方"


def merge_same_code(names: Names, rule: str) -> None:
    """岳阳市 / 岳阳, 芬兰共和国 / 芬兰: two names of one place of the official list, or a country said otherwise."""
    places = names.of("Place")
    usual: dict[str, str] = {}
    for name in sorted(places, key=lambda n: -len(n)):
        key = names.codes.of(name) or regions().same.get(name, _place_stem(name))
        if key in usual:
            names.merge(name, usual[key], rule)
        usual.setdefault(key, name)


def _place_stem(name: str) -> str:
    """Return what the forms of one place's name share: X国际机场 / X机场, X高速公路 / X高速, X共和国 / X."""
    for long, short in thing_lists().shorter_endings:
        if name.endswith(long) and len(name) - len(long) >= 2:
            return _same(name[: -len(long)] + short)
    for ending in thing_lists().official_endings:
        bare = name.removesuffix(ending)
        if len(name) > len(bare) >= 2 and (bare in regions().countries or gazetteer().codes(bare)):
            return _same(bare)
    return name


def _same(name: str) -> str:
    return regions().same.get(name, name)


def merge_sides(names: Names, rule: str) -> None:
    """英方 / 英国: a side is the one country named that begins so."""
    places = names.of("Place")
    for name in places:
        if len(name) == 2 and name[1] == _SIDE:
            sides = [other for other in places if other.startswith(name[0]) and other in regions().countries]
            names.merge_sole(name, sides, rule)


def merge_without_level(names: Names, rule: str) -> None:
    """岳阳市 / 岳阳, 明斯克州 / 明斯克, X地区 / X: a place without the word for its level."""
    places = names.of("Place")
    levelled: dict[str, list[str]] = defaultdict(list)
    for name in places:
        level = next(
            (level for level in thing_lists().levels if name.endswith(level) and len(name) - len(level) >= 2),
            "",
        )
        if level:
            levelled[name[: -len(level)]].append(name)
    for name in sorted(places, key=lambda n: -len(n)):
        if name in levelled and _is_short_for(name, names):
            names.merge_sole(name, levelled[name], rule)
        bare = name.removesuffix(_AREA)
        if bare != name and names.types.get(bare) == "Place":
            names.merge(name, bare, rule)


def _is_short_for(name: str, names: Names) -> bool:
    """Say whether a name can be that of a place without its level: no country or side, and no everyday word without a code."""
    if is_state(name) or not is_name(name):
        return False
    return name not in regions().everyday_places or names.codes.of(name) != ""


def merge_without_chain(names: Names, rule: str) -> None:
    """青云县柳溪镇 / 柳溪镇: the same place where the front is a place of its own."""
    places = names.of("Place")
    ending = by_ending(places, 2)
    for name in sorted(places, key=lambda n: -len(n)):
        prefix = place_prefix(name) or _named_front(name, names)
        rest = name[len(prefix) :]
        if prefix and len(rest) >= 2 and names.types.get(rest) == "Place":
            whole = [
                other for other in comparable(ending[rest[-2:]]) if other.endswith(rest) and other != rest
            ]
            names.merge_sole(rest, whole, rule)


def _named_front(name: str, names: Names) -> str:
    """Return the longest beginning that is a place the article names, "" where there is none."""
    fronts = (name[:size] for size in range(len(name) - 2, 1, -1))
    return next((front for front in fronts if names.types.get(front) == "Place"), "")


def merge_sites(names: Names, rule: str) -> None:
    """青云社区 / 东州市青云社区: a site without the place that its name begins with."""
    places = names.of("Place")
    ending = by_ending(places, 2)
    for name in places:
        if len(name) >= 4 and name.endswith(thing_lists().sites):
            whole = [
                other
                for other in comparable(ending[name[-2:]])
                if other != name and other.endswith(name) and place_prefix(other)
            ]
            names.merge_sole(name, whole, rule)
