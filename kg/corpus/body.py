"""Keys of organisations."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from kg.base.late import late
from kg.corpus.feature import bare
from kg.corpus.lists import identity_lists
from kg.corpus.model import Feature, Level
from kg.corpus.plain import is_plain
from kg.corpus.scope import CHINA, Key, Scope, fronts, state_of
from kg.corpus.team import team_named
from kg.names.forms import without_form
from kg.names.heads import head_class
from kg.names.lexicon import organizations, regions

__all__ = ["body_keys", "brand_of"]

_TYPE: Final = "Organization"
_TEAM: Final = "队"
_LEVELS: Final = "省市县区"
_BRAND: Final = 2  # characters of a name that needs more than itself to cross
_Found = tuple[str, str, Level, float]
_PARTY: Final = "党"
_ARMY: Final = "军"
_ARMED: Final = "军队"
_SURE_BRAND: Final = 0.45  # confidence that an everyday word is a brand
_CLEAR_BRAND: Final = 0.8  # ... where no fact and no body beside it says so
_NO_HEAD: Final = frozenset({"", "industry"})
_TERM: Final = late(r"第?[\d一二三四五六七八九十百]+届")
_NEVER: Final[_Found] = ("", "", "likely", 0.0)


def body_keys(feature: Feature, scope: Scope, brands: Collection[str]) -> Iterator[Key]:
    """Yield the keys of an organisation. ``brands`` are those that appear with a legal form somewhere in the corpus."""
    for name in feature.crossing:
        text, rule, level, confidence = _found(bare(name), feature, scope, brands)
        if text:
            yield Key(f"{_TYPE}|{text}", rule, level, confidence, name)


def brand_of(name: str) -> str:
    """Return a company's name without its legal form, "" for a name that has none."""
    name = bare(name)
    body = without_form(name)
    return body if body != name else ""


def _found(name: str, feature: Feature, scope: Scope, brands: Collection[str]) -> _Found:
    """Return the key of one name, its rule, level and confidence; an empty key where the name means nothing by itself."""
    lists = identity_lists()
    name = _of_any_term(name)
    if name in lists.bodies and name not in lists.of_every_state and name not in lists.of_china_first:
        return lists.bodies[name], "well-known-body", "sure", 0.99
    if not name:
        return _NEVER  # nothing but marks
    name = next(
        (name[len(word) :] for word in lists.left_out if name.startswith(word) and len(name) > len(word) + 2),
        name,
    )
    if name in lists.of_every_state or name in lists.of_china_first:
        return _of_state(name, feature, scope)
    if name.endswith(lists.passing):
        return _NEVER
    state = lists.states_by_character.get(name[0], "")
    if state and name[1:] in lists.of_every_state:
        return _of_one_state(name[1:], state)
    if state and name[1:] == _ARMY and name[0] in regions().armies:
        return _of_one_state(_ARMED, state)
    return (
        _team(name, scope)
        or _placed(name, scope)
        or _relative(name, scope)
        or _by_name(name, feature, brands)
    )


def _of_any_term(name: str) -> str:
    """Return a well-known body without its term (十四届全国人大常委会), any other name as it is."""
    term = _TERM.match(name)
    rest = name[term.end() :] if term else ""
    return rest if rest in identity_lists().bodies else name


def _of_state(name: str, feature: Feature, scope: Scope) -> _Found:
    """外交部: the body of the state that the text ties it to; China's where no other can be meant."""
    lists = identity_lists()
    first = lists.first_states.get(name, "")
    states, near = scope.states_of(feature), set(feature.near)
    if first:  # China has none of them
        states, near = states - {CHINA}, near - {CHINA}
    if states:
        return _of_one_state(name, next(iter(states))) if len(states) == 1 else _NEVER
    among = any(other in lists.bodies and other not in lists.of_every_state for other in feature.beside)
    if name in lists.of_china_first and (scope.is_china_named or not scope.is_foreign_named):
        return _scoped(name, CHINA), "body-of-china", "sure", 0.96
    at_home = not scope.is_foreign_named or scope.leads(CHINA) or (among and scope.is_china_named)
    if name in lists.of_china_too and at_home:
        return _scoped(name, CHINA), "body-of-china", "likely", 0.93
    if first in scope.states and near <= {first}:
        return _scoped(name, first), "body-of-first-state", "likely", 0.9
    if len(feature.near) == 1 and scope.leads(feature.near[0]):
        return _scoped(name, feature.near[0]), "body-of-leading-state", "likely", 0.91
    return _NEVER


def _of_one_state(name: str, state: str) -> _Found:
    return _scoped(name, state), "body-of-state", "sure", 0.97


def _scoped(name: str, state: str) -> str:
    """Return a body with its state; a well-known one of China by its full name alone."""
    known = identity_lists().bodies
    return known[name] if state == CHINA and name in known else f"{name}|{state}"


def _team(name: str, scope: Scope) -> _Found | None:
    team = team_named(name, scope.bodies)
    return (f"team|{team}", "team", "sure", 0.95) if team else None


def _placed(name: str, scope: Scope) -> _Found | None:
    """岳阳市教育局, 俄罗斯国防部: a place and the rest; the place by its code, so that its forms are one."""
    place, rest, code = "", name, ""
    for prefix, behind in fronts(name):
        state = state_of(prefix)
        if state:
            return _of_country(state, behind)
        usual = regions().same.get(prefix, prefix)
        code = scope.code(usual, (code,) if code else ()) or (usual if usual in regions().regions else "")
        place, rest = prefix, behind
    if not place or not rest:
        return None if not place else _NEVER
    short = _short(rest)
    if place in regions().everyday_places and is_plain(rest, "bodies"):
        return _NEVER  # 中山医院 is named after a man in many cities
    if code:
        return f"{code}|{short}", "body-of-place", "sure", 0.96
    return _NEVER if is_plain(rest, "bodies") or is_plain(short, "bodies") else None


def _of_country(state: str, rest: str) -> _Found:
    if (
        rest == _TEAM
        or len(rest) < 2
        or (rest.endswith(identity_lists().kinds_of_body) and is_plain(rest, "bodies"))
    ):
        return _NEVER  # 美国市场研究公司 is any of them
    if rest in identity_lists().of_every_state or rest in identity_lists().bodies:
        return _of_one_state(rest, state)
    brand = without_form(rest)
    if not is_plain(rest, "bodies") and (
        brand != rest or rest.endswith(_PARTY) or head_class(rest) in _NO_HEAD
    ):
        return _named(brand, state, is_formed=brand != rest)
    return f"{_short(rest)}|{state}", "body-of-state", "sure", 0.97


def _named(brand: str, state: str, *, is_formed: bool) -> _Found:
    """美国辉瑞公司, 日本索尼: a proper name says as much without its country."""
    if len(brand) > _BRAND or is_formed or brand in identity_lists().known_brands:
        return brand, "company" if is_formed else "same-name", "sure", 0.95
    return f"{brand}|{state}", "body-of-state", "sure", 0.96


def _short(rest: str) -> str:
    """Return what follows a place in its shorter form (发展和改革委员会 -> 发改委), without a company's legal form."""
    body = without_form(rest)
    rest = body if len(body) >= _BRAND and not is_plain(body, "bodies") else rest
    for long, short in identity_lists().short_bodies:
        rest = rest.replace(long, short)
    return rest


def _relative(name: str, scope: Scope) -> _Found | None:
    """省财政厅, 第一人民医院: a body by its level alone is that of the only place of the level; plain words say nothing."""
    level = name[0]
    rest = _short(name[1:])
    if level in _LEVELS and (is_plain(rest, "bodies") or is_plain(name[1:], "bodies")):
        code = scope.only(level)
        return (f"{code}|{rest}", "only-place", "likely", 0.9) if code else _NEVER
    levelled = next((name[len(word) :] for word in identity_lists().levels if name.startswith(word)), "")
    plain = is_plain(name, "bodies") or (levelled and is_plain(levelled, "bodies"))
    return _NEVER if plain or name in organizations().own_words else None


def _by_name(name: str, feature: Feature, brands: Collection[str]) -> _Found:
    """青岛啤酒公司, 青岛啤酒: the name itself, without its legal form; two characters only where something speaks for them."""
    body = without_form(name)
    formed = body != name
    if is_plain(body, "bodies") or len(body) < _BRAND:
        return _NEVER
    if not formed and body in identity_lists().people:
        return _NEVER  # 林肯 by itself is a car, a school or a film company
    if len(body) > _BRAND and body not in identity_lists().everyday_brands:
        return body, "company" if formed else "same-name", "sure", 0.96
    if formed:
        return body, "company", "sure", 0.95
    if body in identity_lists().everyday_brands:
        is_told = bool(feature.facts or feature.beside) and feature.confidence >= _SURE_BRAND
        return (body, "brand", "likely", 0.9) if is_told or feature.confidence >= _CLEAR_BRAND else _NEVER
    if body in brands or body in identity_lists().known_brands:
        return body, "brand", "sure", 0.93
    is_told = bool(feature.facts or feature.beside) and not body.isascii()
    return (body, "brand", "likely", 0.92) if is_told else _NEVER
