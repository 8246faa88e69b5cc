"""Keys of places, documents, activities, products and awards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import EntityType
from kg.base.wordlist import either
from kg.corpus.event import EDITION, event_key
from kg.corpus.feature import bare
from kg.corpus.lists import identity_lists
from kg.corpus.model import Feature, Level
from kg.corpus.plain import is_plain, with_digits
from kg.corpus.scope import CHINA, Key, Scope, fronts, state_of, states_named
from kg.names.gazetteer import gazetteer
from kg.names.heads import is_vague
from kg.names.lexicon import regions

__all__ = ["place_keys", "work_keys"]

_Found = tuple[str, str, Level, float]
_SURE_CITY: Final = 0.75  # confidence of a place that the article gives no code
_AREA: Final = "地区"
_OF_PROVINCE: Final = "0000"
_SHORTEST: Final = 3
_LEVELS: Final = frozenset("省市县区州盟旗镇乡村")
_CITY: Final = "市"
_LAW: Final = late(r".{2,}(?:(?<![兵方办书语用看做说技手魔疗作写读])法|法典|条例)")
_RULES: Final = "条例"
_TITLED: Final = ("《", "〈")
_QUOTES: Final = ("“", '"', "「", "‘")
_PLAN: Final = late(
    r"(?:国家)?(?:国民经济和社会发展)?第?[\d十一二三四五六七八九]+五(?:年规划|规划|计划|年计划)(?:纲要)?"
)
_QUOTED_INSIDE: Final = late(r"[“\"][^“”\"]{2,}[”\"]")
_DESIGNATED: Final = late(r"(?=.*[A-Za-z\d-])(?=.*[A-Za-z一-龥])[A-Za-z\d一-龥-]{3,}")
_COUNTED: Final = late(r"^\d+[大个项类]")
_LONG_AWARD: Final = 5


def place_keys(feature: Feature, scope: Scope) -> Iterator[Key]:
    """Yield the keys of a place; a state is no other one by a word that also means others (加方 beside 加纳)."""
    states = states_named(feature)
    for name in feature.names:
        if (state := state_of(name)) and state not in states:
            continue
        found = _place(bare(name), feature, scope)
        if found is not None:
            yield _made("Place", found, name)


def work_keys(feature: Feature, scope: Scope) -> Iterator[Key]:
    """Yield the keys of a document, an activity, a product or an award."""
    for name in feature.crossing:
        found = (
            _document(name, feature, scope) if feature.type == "Document" else _BY_NAME[feature.type](name)
        )
        if found is not None:
            yield _made(feature.type, found, name)


def _made(kind: EntityType, found: _Found, name: str) -> Key:
    text, rule, level, confidence = found
    return Key(f"{kind}|{text}", rule, level, confidence, name)


def _place(name: str, feature: Feature, scope: Scope) -> _Found | None:
    lists = regions()
    if state := state_of(name):
        return state, "state", "sure", 0.99
    if feature.place_code:
        return feature.place_code, "place-code", "sure", 0.98
    known = identity_lists()
    name = known.short_places.get(name, name)
    if name in known.places or name in known.short_places.values():
        return known.places.get(name, name), "well-known-place", "sure", 0.98
    is_town = any(other[-1] in _LEVELS and other[-1] != _CITY for other in feature.names)
    if feature.confidence >= _SURE_CITY and not is_town and (city := _city(name)):
        return city, "city-name", "likely", 0.93
    usual = lists.same.get(name, name)
    area = usual.removesuffix(_AREA)
    codes = gazetteer().codes(area)
    if len(codes) == 1 and codes[0].endswith(_OF_PROVINCE):
        return codes[0], "well-known-place", "sure", 0.98  # 台湾地区 is what 台湾 is
    usual = area if area in lists.regions else usual
    if usual in lists.regions or usual in lists.cities:
        return usual, "well-known-place", "sure", 0.98
    if len(name) < _SHORTEST or is_vague(name) or is_plain(name, "places") or name in gazetteer().forms:
        return None
    lists_of_identity = identity_lists()
    if name.endswith((*lists_of_identity.nested, *lists_of_identity.strictly_nested)):
        return _long(name) or _nested(name, feature, scope)
    return name, "same-name", "sure", 0.95


def _city(name: str) -> str:
    """Return the code of the city that a short name means, also where a county of that city bears it too (长沙)."""
    codes = gazetteer().codes(name)
    cities = [code for code in codes if code.endswith("00")]
    if len(cities) != 1 or name in regions().everyday_places:
        return ""
    return cities[0] if all(code.startswith(cities[0][:4]) for code in codes) else ""


def _long(name: str) -> _Found | None:
    """雄安新区, 长江大桥: a name of four characters or more, of a kind that also stands alone."""
    if len(name) <= _SHORTEST or name.endswith(identity_lists().strictly_nested):
        return None
    if next(fronts(name), None) is not None:
        return None  # a part of what its name begins with
    return name, "same-name", "likely", 0.9


def _nested(name: str, feature: Feature, scope: Scope) -> _Found | None:
    """青云县柳溪镇: such names come again and again, so the place around it is a part of the key."""
    outer, rest, code = "", name, ""
    for prefix, behind in fronts(name):
        if (
            is_plain(behind, "places")
            and behind in identity_lists().strictly_nested
            and prefix[-1] not in _LEVELS
        ):
            break  # 延安|路 lies anywhere
        code = scope.code(prefix, (code,) if code else ())
        outer, rest = code or state_of(prefix) or prefix, behind
    if not outer:
        found = {each for place in feature.within if (each := scope.code(place) or state_of(place))}
        outer = next(iter(found)) if len(found) == 1 else ""
    if not outer or not rest or (outer in regions().countries and is_plain(rest, "places")):
        return None
    return f"{outer}|{rest}", "place-in-place", "sure", 0.95


def _document(name: str, feature: Feature, scope: Scope) -> _Found | None:
    title = next(
        (bare(name)[len(word) :] for word in identity_lists().left_out if bare(name).startswith(word)),
        bare(name),
    )
    if title in identity_lists().known_titles:
        return title, "title", "sure", 0.96
    if _PLAN.fullmatch(title):
        return with_digits(title).removeprefix("国家"), "title", "sure", 0.95
    law = next((title[len(word) :] for word in identity_lists().nation if title.startswith(word)), title)
    titled = name.startswith(_TITLED)
    if _LAW.fullmatch(law) and ((titled and not law.endswith(_RULES)) or not is_plain(law, "documents")):
        if law != title or (not scope.is_foreign_named) or (titled and scope.is_china_named):
            return f"{law}|{CHINA}", "law", "sure", 0.95
        return None
    if len(title) < _SHORTEST or is_plain(title, "documents"):
        return _of_issuer(title, feature)
    if not titled and len(title) < _SHORTEST + 2:
        return None
    return with_digits(title), "title", "sure", 0.95


def _of_issuer(title: str, feature: Feature) -> _Found | None:
    """政府工作报告: a plain title is one document only with its year and the one who issued it."""
    issuers = sorted(set(feature.within))
    if len(issuers) == 1 and EDITION.search(with_digits(title)):
        return f"{with_digits(title)}|{issuers[0]}", "title-of-issuer", "likely", 0.9
    return None


def _product(name: str) -> _Found | None:
    title = bare(name)
    if len(title) < _SHORTEST or title.isdigit() or is_plain(_COUNTED.sub("", with_digits(title)), "events"):
        return None  # “五大工程” are others in every speech
    if (
        name.startswith((*_QUOTES, *_TITLED))
        or _QUOTED_INSIDE.search(name)
        or _DESIGNATED.fullmatch(title)
        or any(pattern.fullmatch(title) for pattern in _ways_and_ships())
    ):
        return with_digits(title), "quoted-name", "likely", 0.92
    return None


@cache
def _ways_and_ships() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = identity_lists()
    return (
        re.compile(rf"[一-龥]{{2,6}}(?:{either(lists.ways)})"),
        re.compile(rf"[一-龥]{{2,8}}\d*号(?:{either(lists.ships)})?"),
    )


def _award(name: str) -> _Found | None:
    title = bare(name)
    least = _LONG_AWARD - 1 if name.startswith(_QUOTES) else _LONG_AWARD
    if len(title) < least or is_plain(title, "awards"):
        return None
    return with_digits(title), "award", "likely", 0.92


_BY_NAME: Final[Mapping[EntityType, Callable[[str], _Found | None]]] = {
    "Activity": event_key,
    "Product": _product,
    "Award": _award,
}
