"""Names of places and their official codes (GB/T 2260, county level and above), with the hierarchy the code gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.base.errors import ResourceError
from kg.base.late import late
from kg.base.resources import load_json
from kg.base.wordlist import either
from kg.names.lexicon import regions

_LEVEL = late(r"(?:特别行政区|自治区|自治州|自治县|自治旗|林区|特区|地区|[省市县区旗盟])$")
_AUTONOMOUS = late(r"自治(?=[州县旗]$)")


@dataclass(frozen=True)
class Gazetteer:
    """The places of the official list."""

    official: Mapping[str, str]  # code -> name
    forms: Mapping[str, tuple[str, ...]]  # name or short name -> codes that it may mean
    names: frozenset[str]  # official, whole

    def codes(self, name: str) -> tuple[str, ...]:
        """Return every code that ``name`` may mean, in order."""
        return self.forms.get(name, ())

    def parents(self, code: str) -> tuple[str, ...]:
        """Return the codes of the places that ``code`` lies in, the nearest first."""
        above = (code[:4] + "00", code[:2] + "0000")
        return tuple(
            dict.fromkeys(up for up in above if up != code and up in self.official and not self._is_shell(up))
        )

    def resolve(self, name: str, mentioned: Iterable[str]) -> str:
        """Return the code that ``name`` means, or "" where that is not sure.

        ``mentioned`` are codes of other places of the article: an ambiguous name is the one that lies in one of them.
        """
        return self.choose(self.forms.get(name, ()), mentioned)

    def choose(self, found: Sequence[str], mentioned: Iterable[str]) -> str:
        """Return the one of the codes ``found`` that is meant, or "" where that is not sure."""
        if len(found) <= 1:
            return found[0] if found else ""
        provinces = [code for code in found if code.endswith("0000")]
        if len(provinces) == 1:
            return provinces[0]
        above = set(mentioned)
        own = [code for code in found if code in above]
        if len(own) == 1:
            return own[0]
        inside = [code for code in found if any(up in above for up in self.parents(code))]
        if len(inside) == 1:
            return inside[0]
        cities = [code for code in found if code.endswith("00")]
        return cities[0] if len(cities) == 1 and not inside else ""

    def _is_shell(self, code: str) -> bool:
        """Say whether the code only repeats the municipality above it (110100 is 北京市 again)."""
        return not code.endswith("0000") and self.official.get(code[:2] + "0000") == self.official[code]


def short_name(name: str) -> str:
    """Return the place name without its level and peoples (岳阳市 -> 岳阳), or the name itself where nothing would be left."""
    bare = _LEVEL.sub("", _without_peoples(name))
    return bare if len(bare) >= 2 else name


def short_names(name: str) -> tuple[str, ...]:
    """Return the shorter forms of an official name that are in use (黔东南苗族侗族自治州 -> 黔东南州, 黔东南)."""
    if "自治" not in name:
        bare = name[:-1] if name[-1] in "省市县区旗盟" else _LEVEL.sub("", name)
        return (bare,) if len(bare) >= 2 and bare != name else ()
    forms = dict.fromkeys((_AUTONOMOUS.sub("", _without_peoples(name)), short_name(name)))
    return tuple(form for form in forms if form != name and len(form) >= 2)


@cache
def _peoples() -> re.Pattern[str]:
    return late(rf"(?:(?:{either(regions().peoples)})族?)+(?=自治[区州县旗]$)")


def is_only_peoples(name: str) -> bool:
    """Say whether a name is only the end of an autonomous place's: 湘西|土家族苗族自治州; 东乡族自治县 is one by itself."""
    whole = _peoples().match(name) if "自治" in name else None
    return whole is not None and name[whole.end() :].startswith("自治") and name not in gazetteer().names


def _without_peoples(name: str) -> str:
    """Leave the peoples out of an autonomous place's name; 西藏 and 内蒙古 keep theirs, since nothing else is left."""
    bare = _peoples().sub("", name)
    return bare if bare.find("自治") >= 2 or "自治" not in bare else name


@cache
def gazetteer() -> Gazetteer:
    """Return the official list.

    Raises:
        ResourceError: places.json is missing or does not hold codes and names.
    """
    official = load_json("places.json")
    if not isinstance(official, dict) or not official:
        raise ResourceError("data/places.json", "not an object of codes and names", "install kg again")
    forms: dict[str, list[str]] = {}
    for code, name in official.items():
        if len(code) != 6 or not code.isdigit() or not isinstance(name, str):
            raise ResourceError("data/places.json", f"{code!r} is no code with a name", "install kg again")
        if not code.endswith("0000") and code.endswith("00") and official.get(code[:2] + "0000") == name:
            continue
        forms.setdefault(name, []).append(code)
        if len(name) > 2:
            for form in short_names(name):
                forms.setdefault(form, []).append(code)
    short = {form: tuple(codes) for form, codes in forms.items()}
    return Gazetteer(official, short, frozenset(official.values()))
