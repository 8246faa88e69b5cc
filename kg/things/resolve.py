"""``Mention*`` -> ``Entity* + Link*``: which names are one thing, and why; and what 该公司, 他, 会议 point back to.

Two names become one thing only by a rule that gives one candidate; two candidates mean no answer, since a wrong merge is
worse than a split. The rules, each an id that reaches the merge:

``declared``       the text says so: X（以下简称“Y”）, X（Latin）
``same-name``      the same but for marks, brackets and spaces
``same-code``      two names of one place of the official list, or a country said otherwise
``level-dropped``  岳阳市 / 岳阳, 明斯克州 / 明斯克
``chain-dropped``  青云县柳溪镇 / 柳溪镇, 美国商务部 / 商务部
``place-shortened`` 云海市国资局 / 云海国资局
``form-dropped``   X股份有限公司 / X, X科技 / X
``well-known``     forms of one body of state (data/language/bodies.toml)
``abbreviated``    省发展改革委 / 省发改委, 中国作家协会 / 中作协
``part-alone``     神经外科 / X医院神经外科, where one body has such a part
``same-part``      the same part of one body under two of its names
``name-part``      a foreign person by one part of the name
``surname``        小刘 / 刘海峰, 王先生 / 王一鸣, where one person has that surname
``side``           英方 / 英国
``same-core``      “X”专项行动 / “X”行动
``words-left-out`` X干部专题班 / X干部学习节水法规专题班
``edition-dropped`` 第三届X博览会 / X博览会, “X”主题活动 / “X”活动
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import cast

from kg.base.model import (
    Article,
    Entity,
    EntityId,
    EntityKind,
    EntityType,
    Link,
    Mention,
    Merge,
    Span,
    TaggedSentence,
)
from kg.names.declared import declared
from kg.names.forms import is_short_form, short_forms, stem, without_form
from kg.names.gazetteer import gazetteer, short_name
from kg.names.heads import head_class, place_prefix
from kg.names.lexicon import bodies, leagues, organizations, references, regions, titles
from kg.names.lexicon import names as person_names
from kg.names.person import has_surname
from kg.names.work.find import stands_for, tail_of, tails

_MARKS = str.maketrans("", "", " \u3000《》“”\"'‘’「」『』()（）·•・,，、")
_DOT = re.compile(r"[·•‧∙・．\-－–—.]")
_EDITION = re.compile(
    r"(?:第[一二三四五六七八九十百零\d]+[届次批期]|首届|(?:19|20)\d\d年?度?|全国|全省|全市|中国|[“”《》])+"
)
_LEVELS = (
    "自治区",
    "地区",
    "地带",
    "特区",
    "群岛",
    "半岛",
    "街道",
    "社区",
    "省",
    "市",
    "县",
    "区",
    "州",
    "镇",
    "乡",
    "村",
    "盟",
    "旗",
)
_MOST = 200  # names that a short form is compared with
_WORKS: frozenset[EntityType] = frozenset({"Activity", "Award", "Document", "Product"})
_NOT_CUT = frozenset({"省委", "市委", "县委", "区委", "州委", "党委", "大学", "公司", "集团", "中心"})
_ABBREVIATED = "大协会学院校局委办部厅所社党盟处团队行联"


def resolve(
    article: Article, tagged: Sequence[TaggedSentence], mentions: Sequence[Sequence[Mention]]
) -> tuple[tuple[Entity, ...], tuple[tuple[Link, ...], ...]]:
    """Return the things the mentions name, and the links of each sentence (sorted by start, longer first)."""
    names = _Names(mentions)
    _merge_declared(article, tagged, mentions, names)
    _merge_same(names)
    _merge_places(names)
    _merge_organizations(names)
    _merge_people(names)
    _merge_works(names)
    entities, by_name = names.entities()
    links = [
        [Link(m.span, m.text, by_name[m.text].id, by_name[m.text].type, names.rule_of(m.text)) for m in row]
        for row in mentions
    ]
    reader = _References(entities, _own_company(tagged, links, entities))
    for sentence, row in zip(tagged, links, strict=True):
        row.extend(reader.read(sentence, row))
        row.sort(key=lambda link: (link.span.start, -link.span.end))
    return entities, tuple(map(tuple, links))


_OWN = re.compile(r"[（(](?:以下)?(?:简称|下称|统称)[为:：]?[“\"‘]?(?:本?公司|本?集团|发行人)[”\"’]?")


def _own_company(
    tagged: Sequence[TaggedSentence], links: Sequence[Sequence[Link]], entities: Sequence[Entity]
) -> Entity | None:
    """Return the thing that the article says it calls 公司 from here on: X股份有限公司（以下简称“公司”）."""
    for sentence, row in zip(tagged, links, strict=True):
        match = _OWN.search(sentence.sentence.text)
        if match is not None:
            end = sentence.sentence.span.start + match.start()
            own = next((link.entity for link in row if link.span.end == end), None)
            return next((entity for entity in entities if entity.id == own), None)
    return None


class _Names:
    """The names of one article and which of them are one thing: a union of sets, each with its reasons."""

    def __init__(self, mentions: Iterable[Iterable[Mention]]) -> None:
        self.types: dict[str, EntityType] = {}
        self.count: dict[str, int] = defaultdict(int)
        for row in mentions:
            for mention in row:
                self.types.setdefault(mention.text, mention.type)
                self.count[mention.text] += 1
        self._up: dict[str, str] = {}
        self.merges: list[Merge] = []
        self._rules: dict[str, str] = {}

    def of(self, *kinds: EntityType) -> list[str]:
        """Return the names of these types in reading order."""
        return [name for name, kind in self.types.items() if kind in kinds]

    def root(self, name: str) -> str:
        """Return the name that stands for the thing ``name`` names."""
        while name in self._up:
            name = self._up[name]
        return name

    def merge(self, name: str, into: str, rule: str, evidence: Span | None = None) -> None:
        """Make the two names one thing."""
        low, high = self.root(name), self.root(into)
        if low != high:
            self._up[low] = high
            self.merges.append(Merge(name, into, rule, evidence))
            self._rules.setdefault(name, rule)

    def merge_sole(self, name: str, candidates: Iterable[str], rule: str) -> bool:
        """Merge ``name`` into its candidate where all candidates are one thing."""
        found = list(candidates)
        roots = {self.root(other) for other in found}
        if len(roots) != 1:
            return False
        self.merge(name, found[0], rule)
        return True

    def rule_of(self, name: str) -> str:
        """Return the rule that joined the name to its thing."""
        return self._rules.get(name, "same-name")

    def entities(self) -> tuple[tuple[Entity, ...], dict[str, Entity]]:
        """Return the things in reading order, and the thing of each name."""
        groups: dict[str, list[str]] = defaultdict(list)
        for name in self.types:
            groups[self.root(name)].append(name)
        mentioned = {
            code
            for name in self.of("Place")
            for code in gazetteer().codes(name)
            if len(gazetteer().codes(name)) == 1
        }
        merges: dict[str, list[Merge]] = defaultdict(list)
        for merge in self.merges:
            merges[self.root(merge.name)].append(merge)
        result, by_name = [], {}
        for root, group in groups.items():
            group.sort(key=lambda name: (name.isascii(), name.endswith(_COURTESY), -len(name)))
            kind = self._type(group)
            name = _fullest(group, kind)
            ordered = (name, *(other for other in group if other != name))
            code = _code(ordered, mentioned) if kind == "Place" else ""
            entity = Entity(
                EntityId(f"{kind}:{name}"), kind, name, ordered, kind_of(name) if kind == "Organization" else "", code,
                tuple(merges[root]),
            )  # fmt: skip
            result.append(entity)
            by_name.update(dict.fromkeys(group, entity))
        return tuple(result), by_name

    def _type(self, group: Sequence[str]) -> EntityType:
        votes: dict[EntityType, int] = defaultdict(int)
        for name in group:
            votes[self.types[name]] += len(name)
        return max(votes, key=lambda kind: (votes[kind], kind))


def _fullest(group: Sequence[str], kind: EntityType) -> str:
    if kind == "Place":
        levelled = [name for name in group if gazetteer().codes(name) and name.endswith(_LEVELS)]
        if levelled:
            return levelled[0]
    return group[0]


def kind_of(name: str) -> EntityKind:
    """Return the finer class of an organisation by how its name ends, "" where that does not say."""
    kinds = organizations().kinds
    bare = re.sub(r"[（(][^（()）]*[）)]$", "", name).strip("《》“”")
    for size in range(min(6, len(bare)), 0, -1):
        found = kinds.get(bare[-size:])
        if found is not None:
            return cast(EntityKind, found)
    return ""


def _code(group: Sequence[str], mentioned: set[str]) -> str:
    places = gazetteer()
    codes = {code for name in group for code in [places.resolve(name, mentioned)] if code}
    full = {
        code
        for name in group
        for code in [places.resolve(name, mentioned)]
        if code and places.official[code] == name
    }
    if len(codes) > 1 and len(full) == 1:
        return next(iter(full))
    return next(iter(codes)) if len(codes) == 1 else ""


# ---------------------------------------------------------------------------------------------------------- the merges
def _merge_declared(
    article: Article, tagged: Sequence[TaggedSentence], mentions: Sequence[Sequence[Mention]], names: _Names
) -> None:
    for sentence, row in zip(tagged, mentions, strict=True):
        ends: dict[int, Mention] = {}
        for mention in row:
            ends.setdefault(mention.span.end, mention)
        for alias in declared(article, sentence, row):
            full = next(
                (
                    ends[at]
                    for at in range(alias.span.start, max(alias.span.start - 14, -1), -1)
                    if at in ends
                ),
                None,
            )
            if full is None or alias.text not in names.types or full.text == alias.text:
                continue
            names.merge(alias.text, full.text, "declared", Span(full.span.start, alias.span.end))


def _merge_same(names: _Names) -> None:
    seen: dict[str, str] = {}
    for name in names.types:
        bare = name.translate(_MARKS).lower()
        if bare in seen:
            names.merge(name, seen[bare], "same-name")
        else:
            seen[bare] = name


def _merge_places(names: _Names) -> None:
    places = names.of("Place")
    by_end: dict[str, list[str]] = defaultdict(list)
    for name in places:
        by_end[name[-2:]].append(name)
    usual: dict[str, str] = {}
    mentioned = {codes[0] for codes in map(gazetteer().codes, places) if len(codes) == 1}
    for name in sorted(places, key=lambda n: -len(n)):
        key = gazetteer().resolve(name, mentioned) or regions().same.get(name, _place_stem(name))
        if key in usual:
            names.merge(name, usual[key], "same-code")
        usual.setdefault(key, name)
    for name in places:
        if len(name) == 2 and name[1] == "方":
            sides = [other for other in places if other.startswith(name[0]) and other in regions().countries]
            names.merge_sole(name, sides, "side")
    levelled: dict[str, list[str]] = defaultdict(list)
    for name in places:
        level = next((level for level in _LEVELS if name.endswith(level) and len(name) - len(level) >= 2), "")
        if level:
            levelled[name[: -len(level)]].append(name)
    for name in sorted(places, key=lambda n: -len(n)):
        if name in levelled:
            names.merge_sole(name, levelled[name], "level-dropped")
        if name.endswith("地区") and names.types.get(name[:-2]) == "Place":
            names.merge(name, name[:-2], "level-dropped")
        _merge_chain(name, by_end, names)
    _merge_sites(names, places, by_end)


_SITES = ("社区", "街道", "广场", "大厦", "机场", "园区", "商贸城", "中心")


def _merge_sites(names: _Names, places: Sequence[str], by_end: Mapping[str, Sequence[str]]) -> None:
    """青云社区 / 东州市青云社区: a site without the place that its name begins with."""
    for name in places:
        if len(name) >= 4 and name.endswith(_SITES):
            whole = [o for o in by_end[name[-2:]] if o != name and o.endswith(name) and place_prefix(o)]
            names.merge_sole(name, whole, "chain-dropped")


def _place_stem(name: str) -> str:
    """Return what the forms of one place's name share: X国际机场 / X机场, X高速公路 / X高速, X共和国 / X."""
    for long, short in _PLACE_WORDS:
        if name.endswith(long) and len(name) - len(long) >= 2:
            bare = name[: -len(long)] + short
            if short or bare in regions().countries or gazetteer().codes(bare):
                return regions().same.get(bare, bare)
    return name


_PLACE_WORDS = (
    ("国际机场", "机场"),
    ("高速公路", "高速"),
    ("高速路", "高速"),
    ("高科技园区", "园区"),
    ("高新技术产业园区", "园区"),
    ("共和国", ""),
    ("王国", ""),
    ("联邦", ""),
)


def _merge_chain(name: str, by_end: dict[str, list[str]], names: _Names) -> None:
    """青云县柳溪镇 / 柳溪镇: the same place where the front is a place of its own."""
    prefix = place_prefix(name)
    if not prefix:
        prefix = next(
            (name[:size] for size in range(len(name) - 2, 1, -1) if names.types.get(name[:size]) == "Place"),
            "",
        )
    rest = name[len(prefix) :]
    if prefix and len(rest) >= 2 and names.types.get(rest) == "Place":
        whole = [other for other in by_end[rest[-2:]] if other.endswith(rest) and other != rest]
        names.merge_sole(rest, whole, "chain-dropped")


def _merge_organizations(names: _Names) -> None:
    every = names.of("Organization")
    by_key: dict[str, str] = {}
    forms = bodies()
    for name in every:
        if name in forms:
            full = by_key.setdefault(f"={forms[name]}", name)
            names.merge(name, full, "well-known")
    for name in every:
        for rule, key in (("place-shortened", _place_key(name)), ("form-dropped", _form_key(name))):
            if key in by_key and by_key[key] != name:
                names.merge(name, by_key[key], rule)
            by_key.setdefault(key, name)
    for rule, forms_of in (
        ("form-dropped", short_forms),
        ("chain-dropped", _other_forms),
    ):
        _merge_forms(names, every, rule, forms_of)
    _merge_casual(names, every)
    _merge_brands(names, every)
    _merge_fronts(names, every)
    _merge_abbreviated(names, every)
    _merge_levels(names, every)
    _merge_teams(names, every)
    _merge_parts(names, every)
    _merge_ends(names, every)
    _merge_gaps(names, every, 2, 5)


def _merge_abbreviated(names: _Names, every: Sequence[str]) -> None:
    by_first: dict[str, list[str]] = defaultdict(list)
    for name in every:
        for first in dict.fromkeys(
            (name[0], name.removeprefix("第")[0], name[len(place_prefix(name)) :][:1])
        ):
            by_first[first].append(name)
        if name.startswith("香港"):
            by_first["港"].append(name)
    for name in every:
        if 2 <= len(name) <= 8:
            names.merge_sole(
                name, [other for other in by_first[name[0]] if abbreviates(name, other)], "abbreviated"
            )


def _grouped(names: Iterable[str], size: int) -> dict[str, list[str]]:
    """Group names by how they begin, so that no name is held against all others."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        groups[name[:size]].append(name)
    return groups


def _merge_teams(names: _Names, every: Sequence[str]) -> None:
    """休斯敦火箭 / 火箭: a team with and without its city."""
    known = {name for league in leagues() for name in league.names}
    for name in every:
        if name in known:
            names.merge_sole(
                name, [other for other in every if other.endswith(name) and other != name], "chain-dropped"
            )


def _merge_levels(names: _Names, every: Sequence[str]) -> None:
    """市发改委 / 岳阳市发展和改革委员会: the body of the one place of that level."""
    by_level: dict[str, list[str]] = defaultdict(list)
    for name in every:
        by_level[place_prefix(name)[-1:]].append(name)
    for name in every:
        level, rest = name[0], name[1:]
        if level not in "省市县区州镇乡" or len(rest) < 2 or place_prefix(name):
            continue
        own = [other for other in by_level[level] if _same_rest(rest, other[len(place_prefix(other)) :])]
        names.merge_sole(name, own, "level-dropped")


def _merge_ends(names: _Names, every: Sequence[str]) -> None:
    """器官移植中心 / 东州大学医院器官移植中心: a name without the place or body it begins with, where one name ends so."""
    by_end: dict[str, list[str]] = defaultdict(list)
    for name in every:
        by_end[name[-4:]].append(name)
    for name in every:
        if len(name) >= 4 and head_class(name) in {"strong", "part", "weak"} and name not in bodies():
            whole = [other for other in by_end[name[-4:]] if other != name and other.endswith(name)]
            fronts = [other[: -len(name)] for other in whole]
            if all(_may_front(front, name, names) for front in fronts):
                names.merge_sole(name, whole, "chain-dropped")


def _may_front(front: str, rest: str, names: _Names) -> bool:
    """Say whether the words before a shorter name are a place or a body, and the name can do without them."""
    if names.types.get(front) == "Place" or place_prefix(front):
        return _stands_alone(rest)
    return front in names.types or front in bodies()


def _same_rest(short: str, full: str) -> bool:
    return short == full.replace("人民政府", "政府") or abbreviates(short, full)


def _merge_parts(names: _Names, every: Sequence[str]) -> None:
    """青医大三附院|皮肤科 / 青州医科大学第三附属医院|皮肤科: the same part of the same body."""
    known = {*every, *names.of("Place")}
    seen: dict[tuple[str, str], str] = {}
    by_part: dict[str, list[str]] = defaultdict(list)
    for name in every:
        body = next((name[:size] for size in range(len(name) - 1, 1, -1) if name[:size] in known), "")
        if body:
            part = name[len(body) :]
            by_part[part].append(name)
            if (names.root(body), part) in seen:
                names.merge(name, seen[names.root(body), part], "same-part")
            seen.setdefault((names.root(body), part), name)
    for name in every:
        if len(name) >= 3 and head_class(name) in {"strong", "weak", "part"} and name not in bodies():
            names.merge_sole(name, by_part.get(name, ()), "part-alone")


def _merge_forms(
    names: _Names, every: Sequence[str], rule: str, forms_of: Callable[[str], Iterable[str]]
) -> None:
    by_form: dict[str, list[str]] = defaultdict(list)
    for name in every:
        for form in forms_of(name):
            by_form[form].append(name)
    for name in sorted(every, key=lambda n: (-len(n), n)):
        candidates = [other for other in by_form.get(name, ()) if names.root(other) != names.root(name)]
        if candidates:
            names.merge_sole(name, candidates, rule)


def _merge_casual(names: _Names, every: Sequence[str]) -> None:
    """海格特公司 / 海格特集团: a company called by its brand and 公司 is the one company of that brand."""
    bodies_of: dict[str, list[str]] = defaultdict(list)
    for name in every:
        body = without_form(name)
        if body != name:
            bodies_of[body].append(name)
    for body, group in bodies_of.items():
        casual = body + "公司"
        if casual in group:
            names.merge_sole(casual, [name for name in group if name != casual], "form-dropped")
            if body in names.types:
                names.merge_sole(body, group, "form-dropped")


def _merge_brands(names: _Names, every: Sequence[str]) -> None:
    """海川基金 / 海川: a brand is the one organisation whose name begins with it."""
    brands = {brand for name in every for brand in [stem(name)] if brand != name and is_short_form(brand)}
    by_front = _grouped(every, 2)
    for brand in every:
        if brand in brands:
            others = [other for other in by_front[brand[:2]] if other.startswith(brand) and other != brand]
            own_group = any(o.endswith("集团") and names.root(o) == names.root(brand) for o in others)
            if not own_group and all(
                stem(other) == brand or names.root(other) == names.root(brand) or not _is_company(other)
                for other in others
            ):
                whole = [o for o in others if stem(o) == brand and names.root(o) != names.root(brand)]
                names.merge_sole(brand, whole, "form-dropped")


def _is_company(name: str) -> bool:
    """Say whether a name has a company's legal form or ends in a trade, so that it may be the one meant by its brand."""
    return not name.endswith(organizations().no_ends) and (without_form(name) != name or stem(name) != name)


def _merge_fronts(names: _Names, every: Sequence[str]) -> None:
    """海川 / 东州海川物流装备有限公司: a brand is the one company whose name, after its place, begins with it."""
    by_front: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in every:
        body = without_form(_BRACKETED.sub("", name))
        if body != name and not name.endswith(organizations().no_ends):
            for front in dict.fromkeys((body, body[len(place_prefix(body)) :].lstrip("省市县区"))):
                by_front[front[:2]].append((front, name))
    for brand in every:
        if 2 <= len(brand) <= 4 and not head_class(brand) and is_short_form(brand):
            found = [
                (front[len(brand) :], name)
                for front, name in by_front[brand[:2]]
                if front.startswith(brand) and name != brand
            ]
            if not any(_is_offshoot(rest) for rest, _ in found):
                names.merge_sole(brand, [name for _, name in found], "form-dropped")


def _is_offshoot(rest: str) -> bool:
    """Say whether what follows a brand names a company of its own: a place, a trade within a trade, somebody owned."""
    after = stem(f"甲乙{rest}")[2:]
    return (
        "旗下" in rest
        or (after != rest and after in organizations().industry)
        or any(place_prefix(rest[at:]) for at in range(len(rest) - 1))
    )


_BRACKETED = re.compile(r"[（(][^（()）]{1,14}[）)]")


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
    return not rest.startswith(("人民出版", "人民大学", "人民法院", "人民检察院", "中国"))


def _form_key(name: str) -> str:
    """Return the name without its legal form, marked as a company's: X集团公司, X集团有限公司 -> X集团."""
    body = without_form(name)
    return (
        f"{body}集团"
        if body != name and "集团" in name[len(body) :]
        else f"{body}公司"
        if body != name
        else name
    )


def _place_key(name: str) -> str:
    """Return the name with its place in short form and 人民 left out: 云海省人民政府 -> 云海政府."""
    if name.startswith("国家") and len(name) >= 5:
        name = "中国" + name[2:]  # 国家X局 / 中国X局
    prefix = place_prefix(name)
    rest = name[len(prefix) :].replace("人民政府", "政府").translate(_MARKS)
    return (short_name(prefix) if prefix and len(rest) >= 2 else prefix) + rest


def abbreviates(short: str, full: str) -> bool:
    """Say whether ``short`` is a contraction of ``full``: its characters in order, cut from the words (中作协)."""
    full = full.removeprefix("第")
    if len(short) < 2 or len(full) < len(short) + 1:
        return False
    if len(short) >= 4 and short.endswith("大") and full == short + "学":
        return True
    prefix = place_prefix(full)
    rest = full[len(prefix) :]
    if prefix and rest in {"军方", "军队"} and short == prefix[0] + "军":
        return True
    if rest.endswith("议院") and short == rest[0] + rest[2:]:
        return True  # 众院 / 日本众议院
    if prefix and short[0] == prefix[-1] and short[1:] == rest and len(prefix) == 2:
        return True  # 港|中旅 / 香港|中旅
    if short in full:
        return False
    if _is_halved(short, full) or (prefix and _is_halved(short, rest)):
        return True
    if (
        prefix
        and len(short) >= 3
        and short[0] in prefix
        and (short[1:] == rest or _is_national(short, prefix, rest))
    ):
        return True
    return _is_cut(short, full) or _is_contracted(short, rest)


_TAILS = (
    "中心",
    "医院",
    "学院",
    "银行",
    "协会",
    "学会",
    "委员会",
    "研究所",
    "研究院",
    "管理局",
    "附院",
    "办公室",
)


def _is_contracted(short: str, full: str) -> bool:
    """疾控|中心 / 疾病预防控制|中心: the same head, and before it characters of the fuller name in their order."""
    tail = next((word for word in _TAILS if short.endswith(word) and full.endswith(word)), "")
    less, more = short[: len(short) - len(tail)], full[: len(full) - len(tail)]
    if (
        not tail
        or len(less) < 2
        or len(more) < len(less) + 2
        or less[0] != more[0]
        or less[-1] not in more[-2:]
    ):
        return False
    at = 0
    for character in less:
        at = more.find(character, at) + 1
        if at == 0:
            return False
    return True


def _is_halved(short: str, full: str) -> bool:
    """上合|组织 / 上海合作|组织, 燕啤 / 燕京啤酒: every other character, perhaps before a tail that both share."""
    if len(full) <= len(short):
        return False
    for tail in range(len(short) - 1):
        if tail and short[-tail] != full[-tail]:
            return False
        if (
            len(full) - tail == 2 * (len(short) - tail)
            and short[: len(short) - tail] == full[: len(full) - tail : 2]
        ):
            return True
    return False


def _is_national(short: str, prefix: str, rest: str) -> bool:
    """中海油 / 中国海洋石油集团: the first character of 中国 and two of the next word."""
    whole = without_form(rest)
    return (
        prefix == "中国"
        and len(short) == 3
        and short[1] == whole[0]
        and short[2] in whole[1:5]
        and len(whole) <= 6
    )


def _is_cut(short: str, full: str) -> bool:
    """中作协 / 中国作家协会: the same first character, the last from the head, all in order."""
    if len(full) < len(short) + 2 or short[0] != full[0] or short[-2:] in _NOT_CUT or short[-2:] == full[-2:]:
        return False
    if short[-1] not in _ABBREVIATED or short[-1] not in full[-3:] or len(short) < 3:
        return False
    at = 0
    for character in short:
        at = full.find(character, at) + 1
        if at == 0:
            return False
    return True


def _merge_people(names: _Names) -> None:
    people = names.of("Person")
    parts = _name_parts(people)
    families: dict[str, list[str]] = defaultdict(list)
    for name in people:
        if has_surname(name) and not _surname_of(name):
            families[name[0]].append(name)
    for name in people:
        if name in parts:
            names.merge_sole(name, parts[name], "name-part")
        elif not has_surname(name) and not _DOT.search(name):
            fuller = [other for part, own in parts.items() if part.startswith(name) for other in own]
            names.merge_sole(name, fuller, "name-part")
        surname = _surname_of(name)
        if surname in families:
            names.merge_sole(name, families[surname], "surname")
        for courtesy in _COURTESY:
            if name.endswith(courtesy) and name[: -len(courtesy)] in names.types:
                names.merge(name, name[: -len(courtesy)], "courtesy")


def _name_parts(people: Sequence[str]) -> dict[str, list[str]]:
    """Return each part of a name with dots -> the names it is a part of."""
    parts: dict[str, list[str]] = defaultdict(list)
    for name in people:
        pieces = _DOT.split(name)
        if len(pieces) > 1:
            for piece in pieces:
                if len(piece) >= 2:
                    parts[piece].append(name)
    return parts


_COURTESY = ("先生", "女士", "同志", "老师", "教授")


def _surname_of(name: str) -> str:
    """Return the surname of a person named by no more (小刘, 老李, 王先生), "" for a fuller name."""
    if len(name) == 2 and name[1] in "工总老" and name[0] in person_names().surnames:
        return name[0]
    if len(name) == 2 and name[0] in "小老" and name[1] in person_names().surnames:
        return name[1]
    if name[1:] in _COURTESY or (len(name) >= 3 and titles().is_title(name[1:])):
        return name[0] if name[0] in person_names().surnames else ""
    return ""


def _merge_works(names: _Names) -> None:
    kinds: tuple[EntityType, ...] = ("Activity", "Award", "Document", "Product")
    for kind in kinds:
        own = names.of(kind)
        cores: dict[str, list[str]] = defaultdict(list)
        by_end: dict[str, list[str]] = defaultdict(list)
        by_tail: dict[str, list[str]] = defaultdict(list)
        for name in own:
            for tail in sorted(tails(name)):
                by_tail[tail].append(name)
            by_end[name.translate(_MARKS)[-4:]].append(name)
            for core in _cores(name):
                cores[core].append(name)
        quoted: dict[str, str] = {}
        for name in own:
            key = _quoted_key(name) or _bodied_key(name)
            if key and quoted.setdefault(key, name) != name:
                names.merge(name, quoted[key], "same-core")
        for name in sorted(own, key=lambda n: (-len(n), n)):
            bare = name.translate(_MARKS)
            whole = [other for other in by_tail.get(tail_of(name), ())[:_MOST] if stands_for(name, other)]
            if whole and names.merge_sole(name, whole, "edition-dropped"):
                continue
            others = [other for other in cores.get(bare, ()) if other != name]
            if not others and len(bare) >= 4:
                others = [o for o in by_end[bare[-4:]] if o != name and o.translate(_MARKS).endswith(bare)]
            if others:
                names.merge_sole(name, others, "edition-dropped")
        if kind in {"Activity", "Document"}:
            _merge_gaps(names, own, 4, 2 if kind == "Activity" else 4)


def _cores(name: str) -> Iterator[str]:
    bare = name.translate(_MARKS)
    found = {_EDITION.sub("", name).translate(_MARKS)}
    quoted = re.findall(r"“([^“”]{3,})”", name)
    found.update(part.translate(_MARKS) for part in quoted)
    yield from sorted(core for core in found if len(core) >= 3 and core != bare)


def _merge_gaps(names: _Names, own: Sequence[str], front: int, end: int) -> None:
    """省青年干部专题班 / 省青年干部学习节水法规专题班: words in the middle left out, where one longer name has them.

    ``front`` and ``end`` are the characters that both must share at least.
    """
    by_ends: dict[str, list[str]] = defaultdict(list)
    for name in own:
        bare = _bare_work(name)
        if len(bare) >= front + end:
            by_ends[bare[:front] + bare[-end:]].append(name)
    for group in by_ends.values():
        for name in group if 1 < len(group) <= _MOST else ():
            whole = [other for other in group if other != name and _has_gap(name, other, front, end)]
            names.merge_sole(name, whole, "words-left-out")


def _has_gap(short: str, full: str, front: int, end: int) -> bool:
    less, more = _bare_work(short), _bare_work(full)
    if len(less) + 2 > len(more) or more.startswith(less) or without_form(full) != full:
        return False
    same = next((i for i, (a, b) in enumerate(zip(less, more, strict=False)) if a != b), len(less))
    rest = len(less) - same
    while rest < end and same > front:
        same, rest = same - 1, rest + 1
    gap = more[same : len(more) - rest]
    if rest < end or same < front or less[same:] != more[len(more) - rest :]:
        return False
    return gap[0] not in _COUNTED and not any(place_prefix(gap[at:]) for at in range(len(gap) - 1))


_COUNTED = frozenset("第一二三四五六七八九十两0123456789")


def _bare_work(name: str) -> str:
    return _PLAIN.sub("", _EDITION.sub("", name)).translate(_MARKS)


_PLAIN = re.compile(r"[（(][^（）()]*[）)]")


def _bodied_key(name: str) -> str:
    """Return the name with the body it begins with by its fullest name (上合组织峰会), "" for one that begins with none."""
    forms = bodies()
    front = next((name[:size] for size in range(min(len(name), 14), 2, -1) if name[:size] in forms), "")
    return f"={forms[front]}{name[len(front) :]}" if front else ""


def _quoted_key(name: str) -> str:
    """Return what “X”专项行动 and “X”行动 share, "" for a name that is not of this form."""
    match = re.fullmatch(r"“([^“”]{3,})”[^“”\d]{2,8}", name)
    return match.group(1) if match else ""


# ------------------------------------------------------------------------------------------------------------ references
class _References:
    """Reads the words that point back to a thing named before; one candidate or no answer."""

    def __init__(self, entities: Sequence[Entity], own: Entity | None) -> None:
        self._entities = {entity.id: entity for entity in entities}
        self._before: list[Entity] = []  # things of the sentence before
        companies = [e for e in entities if e.type == "Organization" and e.kind == "Company"]
        companies = [
            e for e in companies if not any(e.name.startswith(o.name) for o in companies if o is not e)
        ]
        self._companies = [own] if own is not None else companies
        self._events = [e for e in entities if e.type == "Activity"]
        self._works = [e for e in entities if e.type in _WORKS]

    def read(self, sentence: TaggedSentence, row: Sequence[Link]) -> list[Link]:
        """Return the links of the references in one sentence; ``row`` are the links of its names."""
        taken = [link.span for link in row]
        found: list[Link] = []
        seen = sorted(row, key=lambda link: link.span.start)
        previous = ""
        for token in sentence.tokens:
            rule = _reference(token.text, token.tag, previous)
            if rule == "company" and any(link.text in references().own_company for link in found):
                rule = None  # 本公司 ... 该公司: another one
            if rule is not None and not any(span.start <= token.start < span.end for span in taken):
                here = [self._entities[link.entity] for link in seen if link.span.end <= token.start]
                entity = self._sole(rule, here)
                if entity is not None:
                    start = token.start - (len(previous) if previous in references().pointers else 0)
                    text = (previous if previous in references().pointers else "") + token.text
                    found.append(
                        Link(Span(start, token.end), text, entity.id, entity.type, "reference", is_name=False)
                    )
            previous = token.text
        here = [self._entities[link.entity] for link in seen]
        if here:
            self._before = here
        return found

    def _sole(self, rule: str, here: Sequence[Entity]) -> Entity | None:
        near = [*self._before, *here]
        if rule == "person":
            return _nearest(here, self._before, lambda e: e.type == "Person")
        if rule == "company":
            return _nearest(
                here,
                self._before,
                lambda e: e.type == "Organization" and e.kind in {"Company", ""},
                among="Organization",
            )
        if rule == "own-company":
            return _only(self._companies)
        if rule in references().events:
            ends = references().events[rule]
            meant = [e for e in self._events if e.name.strip("“”《》").endswith(ends)]
            return _only([e for e in near if e in meant]) or _only(meant)
        named = [e for e in near if e.type != "Person" and _is_a(e, rule)]
        return _only(named) or _only([e for e in self._works if _is_a(e, rule)])


def _is_a(entity: Entity, noun: str) -> bool:
    """Say whether one of the names of the thing ends in the common noun (《X行动方案》 is a 方案)."""
    return any(name.rstrip("》”）)").endswith(noun) for name in entity.names)


def _nearest(
    here: Sequence[Entity],
    before: Sequence[Entity],
    meant: Callable[[Entity], bool],
    among: EntityType = "Person",
) -> Entity | None:
    """Return the one thing meant in this sentence, or, where it names none of the type, in the one before."""
    own = [e for e in here if e.type == among]
    return _only([e for e in own if meant(e)]) if own else _only([e for e in before if meant(e)])


def _reference(text: str, tag: str, previous: str) -> str | None:
    """Return how the word points back (person, company, own-company, a word for an event, an ending), None if not."""
    lists = references()
    if text in lists.person:
        return "person"
    if text in lists.company_words or (text in lists.company and previous in {"该", "这家"}):
        return "company"
    if text in lists.own_company and previous not in lists.no_own_before and tag == "n":
        return "own-company"
    if text in lists.events and (previous in lists.pointers or previous in lists.meeting_after):
        return text
    if text in lists.one_word:
        return text[1:]
    return text if previous == "该" and len(text) <= 3 and tag in {"n", "vn"} else None


def _only(found: Sequence[Entity]) -> Entity | None:
    ids = {entity.id for entity in found}
    return found[0] if len(ids) == 1 else None
