"""Which names of organisations are one body."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from kg.base.late import late
from kg.names.forms import is_short_form, short_forms, stem, without_form
from kg.names.gazetteer import short_name
from kg.names.heads import head_class, place_prefix
from kg.names.lexicon import bodies, leagues, organizations, regions
from kg.things.abbreviation import NUMBERED, abbreviates
from kg.things.dealing import Dealing
from kg.things.union import MARKS, Names, by_beginning, by_ending, comparable

_BRACKETED: Final = late(r"[（(][^（()）]{1,14}[）)]")
_COMMITTEE: Final = "委"  # behind the level of a place: 省委
_LEVELS: Final = "省市县区州镇乡"
_LONGEST_BRAND: Final = 4  # characters of a brand that stands for its company
_OTHER_BODIES: Final = ("人民出版", "人民大学", "人民法院", "人民检察院", "中国")
_WITH_HEAD: Final = frozenset({"strong", "part", "weak"})


def merge_well_known(names: Names, rule: str) -> None:
    """国家卫健委 / 国家卫生健康委: forms of one body of state."""
    forms = bodies()
    first: dict[str, str] = {}
    for name in names.of("Organization"):
        if name in forms:
            names.merge(name, first.setdefault(forms[name], name), rule)


def merge_short_places(names: Names, rule: str) -> None:
    """云海市国资局 / 云海国资局: the place in short form, 人民 left out."""
    _merge_by_key(names, rule, _place_key)


def merge_without_legal_form(names: Names, rule: str) -> None:
    """X集团有限公司 / X集团公司: the same but for the legal form."""
    _merge_by_key(names, rule, _form_key)


def _merge_by_key(names: Names, rule: str, key_of: Callable[[str], str]) -> None:
    """Merge names with the first name that has their key as one of its two: X集团 / X集团公司 have it by different ones."""
    every = names.of("Organization")
    first: dict[str, str] = {}
    for name in every:
        first.setdefault(_place_key(name), name)
        first.setdefault(_form_key(name), name)
    for name in every:
        whole = first[key_of(name)]
        if whole != name:
            names.merge(name, whole, rule)


def merge_short_forms(names: Names, rule: str) -> None:
    """X股份有限公司 / X股份 / X."""
    _merge_forms(names, rule, short_forms)


def merge_without_country(names: Names, rule: str) -> None:
    """美国商务部 / 商务部: the whole name without its country or place."""
    _merge_forms(names, rule, _other_forms)


def _merge_forms(names: Names, rule: str, forms_of: Callable[[str], Iterable[str]]) -> None:
    every = names.of("Organization")
    dealing = Dealing(names, every)
    by_form: dict[str, list[str]] = defaultdict(list)
    for name in every:
        for form in forms_of(name):
            by_form[form].append(name)
    for name in sorted(every, key=lambda n: (-len(n), n)):
        whole = [o for o in by_form.get(name, ()) if not names.are_one(o, name)]
        if not dealing.are_two(name, whole):
            names.merge_sole(name, whole, rule)


def merge_casual(names: Names, rule: str) -> None:
    """海格特公司 / 海格特集团: a company called by its brand and 公司 is the one company of that brand."""
    companies: dict[str, list[str]] = defaultdict(list)
    for name in names.of("Organization"):
        body = without_form(name)
        if body != name:
            companies[body].append(name)
    for body, group in companies.items():
        casual = f"{body}公司"
        if casual in group:
            names.merge_sole(casual, [name for name in group if name != casual], rule)
            if body in names.types:
                names.merge_sole(body, group, rule)


def merge_brands(names: Names, rule: str) -> None:
    """海川基金 / 海川: a brand is the one organisation whose name begins with it."""
    every = names.of("Organization")
    dealing = Dealing(names, every)
    brands = {brand for name in every for brand in [stem(name)] if brand != name and is_short_form(brand)}
    beginning = by_beginning(every, 2)
    for brand in every:
        if brand in brands:
            others = [
                other
                for other in comparable(beginning[brand[:2]])
                if other.startswith(brand) and other != brand
            ]
            if _is_sole_brand(brand, others, names):
                whole = [o for o in others if stem(o) == brand and not names.are_one(o, brand)]
                if not dealing.are_two(brand, whole):
                    names.merge_sole(brand, whole, rule)


def _is_sole_brand(brand: str, others: Iterable[str], names: Names) -> bool:
    """Say whether a brand can be meant for another body: it is no group itself, and no other company begins so."""
    for other in others:
        own = names.are_one(other, brand)
        if own and other.endswith("集团"):
            return False
        if not own and stem(other) != brand and _is_company(other):
            return False
    return True


def _is_company(name: str) -> bool:
    """Say whether a name has a company's legal form or ends in a trade, so that it may be the one meant by its brand."""
    return not name.endswith(organizations().no_ends) and (without_form(name) != name or stem(name) != name)


def merge_fronts(names: Names, rule: str) -> None:
    """海川 / 东州海川物流装备有限公司: a brand is the one company whose name, after its place, begins with it."""
    every = names.of("Organization")
    dealing = Dealing(names, every)
    beginning: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in every:
        for front in _fronts(name):
            for size in range(2, min(len(front), _LONGEST_BRAND) + 1):
                beginning[front[:size]].append((front, name))
    for brand in every:
        if 2 <= len(brand) <= _LONGEST_BRAND and not head_class(brand) and is_short_form(brand):
            found = [(front[len(brand) :], name) for front, name in beginning[brand] if name != brand]
            whole = [name for _, name in found]
            if not any(_is_offshoot(rest) for rest, _ in found) and not dealing.are_two(brand, whole):
                names.merge_sole(brand, whole, rule)


def _fronts(name: str) -> Iterator[str]:
    """Yield a company's name without its legal form, and that without its place."""
    body = without_form(_BRACKETED.sub("", name))
    if body != name and not name.endswith(organizations().no_ends):
        yield from dict.fromkeys((body, body[len(place_prefix(body)) :].lstrip("省市县区")))


def _is_offshoot(rest: str) -> bool:
    """Say whether what follows a brand names a company of its own: a place, a trade within a trade, somebody owned."""
    after = stem(f"甲乙{rest}")[2:]
    return (
        "旗下" in rest
        or (after != rest and after in organizations().industry)
        or any(place_prefix(rest[at:]) for at in range(len(rest) - 1))
    )


def merge_levels(names: Names, rule: str) -> None:
    """市发改委 / 岳阳市发展和改革委员会: the body of the one place of that level."""
    every = names.of("Organization")
    by_level: dict[str, list[str]] = defaultdict(list)
    for name in every:
        by_level[place_prefix(name)[-1:]].append(name)
    for name in every:
        level, rest = name[0], name[1:]
        if level in _LEVELS and len(rest) >= 2 and not place_prefix(name):
            own = [
                other
                for other in comparable(by_level[level])
                if _is_same_rest(rest, other[len(place_prefix(other)) :])
            ]
            names.merge_sole(name, own, rule)
        elif level in _LEVELS and rest == _COMMITTEE and _is_one_place(names, level):
            own = [other for other in by_level[level] if other == place_prefix(other) + rest]
            names.merge_sole(name, own, rule)


def _is_one_place(names: Names, level: str) -> bool:
    """Say whether the article names no two places of a level: 省委 is then that of the one province."""
    return len({names.root(place) for place in names.of("Place") if place.endswith(level)}) <= 1


def _is_same_rest(short: str, full: str) -> bool:
    return short == full.replace("人民政府", "政府") or abbreviates(short, full)


def merge_teams(names: Names, rule: str) -> None:
    """休斯敦火箭 / 火箭: a team with and without its city."""
    every = names.of("Organization")
    known = {name for league in leagues() for name in league.names}
    for name in every:
        if name in known:
            names.merge_sole(name, [other for other in every if other.endswith(name) and other != name], rule)


def merge_same_parts(names: Names, rule: str) -> None:
    """青医大三附院|皮肤科 / 青州医科大学第三附属医院|皮肤科: the same part of the same body."""
    seen: dict[tuple[str, str], str] = {}
    for name, body, part in _parts(names):
        first = seen.setdefault((names.root(body), part), name)
        if first != name:
            names.merge(name, first, rule)
            seen.setdefault((names.root(body), part), name)  # the body of a part may be a part itself


def merge_parts_alone(names: Names, rule: str) -> None:
    """神经外科 / X医院神经外科, where one body has such a part."""
    by_part: dict[str, list[str]] = defaultdict(list)
    for name, _, part in _parts(names):
        by_part[part].append(name)
        if (number := NUMBERED.match(part)) is not None:
            by_part[part[number.end() :]].append(name)  # 附属医院 may be any of those with a number
    for name in names.of("Organization"):
        if len(name) >= 3 and head_class(name) in _WITH_HEAD and name not in bodies():
            names.merge_sole(name, by_part.get(name, ()), rule)


def _parts(names: Names) -> Iterator[tuple[str, str, str]]:
    """Yield each name that begins with a body or place the article names: the name, that body, what follows it."""
    every = names.of("Organization")
    known = {*every, *names.of("Place")}
    for name in every:
        body = next((name[:size] for size in range(len(name) - 1, 1, -1) if name[:size] in known), "")
        if body:
            yield name, body, name[len(body) :]


def merge_ends(names: Names, rule: str) -> None:
    """器官移植中心 / 东州大学医院器官移植中心: a name without the place or body it begins with, where one name ends so."""
    every = names.of("Organization")
    ending = by_ending(every, 4)
    for name in every:
        if len(name) >= 4 and head_class(name) in _WITH_HEAD and name not in bodies():
            whole = [
                other for other in comparable(ending[name[-4:]]) if other != name and other.endswith(name)
            ]
            if all(_may_front(other[: -len(name)], name, names) for other in whole):
                names.merge_sole(name, whole, rule)


def _may_front(front: str, rest: str, names: Names) -> bool:
    """Say whether the words before a shorter name are a place or a body, and the name can do without them."""
    if names.types.get(front) == "Place" or place_prefix(front):
        return _stands_alone(rest)
    return front in names.types or front in bodies()


def _other_forms(name: str) -> Iterator[str]:
    """Yield forms without the country or place before a whole name, and the bare name of a university."""
    prefix = place_prefix(name) or ("国家" if name.startswith("国家") else "")
    rest = name[len(prefix) :]
    foreign = prefix in regions().countries and prefix != "中国"
    if prefix and _stands_alone(rest) and not (foreign and rest in bodies()):
        yield rest
    if prefix and name.endswith("武装"):
        yield rest
    if name.endswith("大学") and len(name) >= 4 and not place_prefix(name):
        yield name[:-2]
    yield from _bare_forms(name)


def _bare_forms(name: str) -> Iterator[str]:
    """Yield 中央X for 中共中央X, and X for X当局."""
    if name.startswith("中共中央") and len(name) > 4:
        yield name[2:]
    if name == "中共中央":
        yield "党中央"
    if name.endswith("当局") and len(name) >= 5:
        yield name[:-2]


def _stands_alone(rest: str) -> bool:
    """Say whether a name without its place can still be that one body (人民出版社 is another one)."""
    if len(rest) < 3 or head_class(rest) not in {"strong", "weak"} or rest in organizations().no_names:
        return False
    return not rest.startswith(_OTHER_BODIES)


def _form_key(name: str) -> str:
    """Return the name without its legal form, marked as a company's: X集团公司, X集团有限公司 -> X集团."""
    body = without_form(name)
    if body == name:
        return name
    return f"{body}集团" if "集团" in name[len(body) :] else f"{body}公司"


def _place_key(name: str) -> str:
    """Return the name with its place in short form and 人民 left out: 云海省人民政府 -> 云海政府."""
    if name.startswith("国家") and len(name) >= 5:
        name = "中国" + name[2:]  # 国家X局 / 中国X局
    prefix = place_prefix(name)
    rest = name[len(prefix) :].replace("人民政府", "政府").translate(MARKS)
    return (short_name(prefix) if prefix and len(rest) >= 2 else prefix) + rest
