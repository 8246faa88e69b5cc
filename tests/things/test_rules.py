"""Which names each rule makes one thing: on names made by hand, so that no change in how names are found breaks a case."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.base.model import EntityType, Mention, Span
from kg.things import resolve as resolve_module
from kg.things.resolve import RULES
from kg.things.union import Alias, Names

IDS = tuple(dict.fromkeys(rule for rule, _ in RULES if rule != "own-names"))  # the user's: test_own
DECLARED = (Alias("宏缆", "宏远电缆股份有限公司", Span(0, 18)),)
P: EntityType = "Person"
L: EntityType = "Place"
O: EntityType = "Organization"  # noqa: E741 - a table of short names reads better
A: EntityType = "Activity"
D: EntityType = "Document"


def mentions_of(types: Mapping[str, EntityType]) -> list[list[Mention]]:
    """One sentence that names these things in this order."""
    rows, at = [], 0
    for name, kind in types.items():
        rows.append(Mention(Span(at, at + len(name)), name, kind, "made"))
        at += len(name) + 1
    return [rows]


def joined(types: Mapping[str, EntityType]) -> Names:
    names = Names(mentions_of(types), [a for a in DECLARED if a.name in types and a.full in types])
    for rule, merge in RULES:
        merge(names, rule)
    return names


def things(types: Mapping[str, EntityType]) -> set[frozenset[str]]:
    return {frozenset(entity.names) for entity in joined(types).entities()[0]}


ONE: list[tuple[str, dict[str, EntityType]]] = [
    ("declared", {"宏远电缆股份有限公司": O, "宏缆": O}),
    ("same-name", {"“海风”集团": O, "海风集团": O}),
    ("same-code", {"岳阳市": L, "岳阳": L}),
    ("same-code", {"芬兰共和国": L, "芬兰": L}),
    ("same-code", {"青州国际机场": L, "青州机场": L}),
    ("side", {"挪威": L, "挪方": L}),
    ("level-dropped", {"明斯卡州": L, "明斯卡": L}),
    ("level-dropped", {"河谷地区": L, "河谷": L}),
    ("chain-dropped", {"岳阳县柳溪镇": L, "柳溪镇": L}),
    ("chain-dropped", {"岳阳市青云社区": L, "青云社区": L}),
    ("well-known", {"国家卫生健康委": O, "国家卫健委": O}),
    ("place-shortened", {"岳阳市国资局": O, "岳阳国资局": O}),
    ("form-dropped", {"海川机械股份有限公司": O, "海川机械有限公司": O}),
    ("form-dropped", {"海川机械股份有限公司": O, "海川机械": O}),
    ("form-dropped", {"海格特集团": O, "海格特公司": O}),
    ("form-dropped", {"海川基金": O, "海川": O}),
    ("form-dropped", {"岳阳海川物流装备有限公司": O, "海川": O}),
    ("chain-dropped", {"江西省商务厅": O, "商务厅": O}),
    ("abbreviated", {"省发展改革委": O, "省发改委": O}),
    ("abbreviated", {"中国作家协会": O, "中作协": O}),
    ("level-dropped", {"岳阳市发展和改革委员会": O, "市发改委": O}),
    ("chain-dropped", {"休斯敦火箭": O, "火箭": O}),
    (
        "same-part",
        {"青州医科大学第三附属医院": O, "青医大三附院": O, "青州医科大学第三附属医院皮肤科": O, "青医大三附院皮肤科": O},
    ),
    ("part-alone", {"江城医院": O, "江城医院神经外科": O, "神经外科": O}),
    ("chain-dropped", {"财政部监督评价局": O, "监督评价局": O}),
    ("name-part", {"约翰·史密斯": P, "史密斯": P}),
    ("surname", {"王一鸣": P, "小王": P}),
    ("surname", {"王一鸣": P, "王先生": P}),
    ("courtesy", {"赵立春": P, "赵立春先生": P}),
    ("same-core", {"“暖心送岗”专项行动": A, "“暖心送岗”行动": A}),
    ("edition-dropped", {"第三届江城灯会": A, "江城灯会": A}),
    ("words-left-out", {"各县年轻干部学习节水法规专题研讨班": A, "各县年轻干部专题研讨班": A}),
]  # fmt: skip

TWO: list[dict[str, EntityType]] = [
    {"恒越科技股份有限公司": O, "恒越投资有限公司": O, "恒越": O},
    {"教育部": O, "挪威教育部": O},
    {"江城医院": O, "江城医院神经外科": O},
    {"江城医院神经外科": O, "江城医院": O, "东州医院神经外科": O, "东州医院": O, "神经外科": O},
    {"王一鸣": P, "王立新": P, "小王": P},
    {"约翰·史密斯": P, "玛丽·史密斯": P, "史密斯": P},
    {"英国": L, "英方": O},
    {"中国银行": O, "中国农业银行": O},
    {"岳阳青湖机械制造有限公司": O, "岳阳青湖远途机械制造有限公司": O},
    {"第三届江城灯会": A, "第三届江城灯会方案": D},
]


@pytest.mark.parametrize(("rule", "types"), ONE)
def test_a_rule_makes_two_names_one_thing_and_is_the_reason(rule: str, types: dict[str, EntityType]) -> None:
    names = list(types)
    union = joined(types)
    (entity,) = (each for each in union.entities()[0] if names[-1] in each.names)
    assert names[-2] in entity.names
    assert rule in {merge.rule for merge in entity.merges}


@pytest.mark.parametrize("rule", IDS)
def test_every_rule_has_a_case(rule: str) -> None:
    assert rule in {own for own, _ in ONE}


@pytest.mark.parametrize("types", TWO)
def test_names_of_several_things_stay_apart(types: dict[str, EntityType]) -> None:
    assert things(types) == {frozenset({name}) for name in types}


@pytest.mark.parametrize("types", [types for _, types in ONE] + TWO)
def test_the_order_of_the_names_changes_nothing(types: dict[str, EntityType]) -> None:
    orders = list(permutations(types))[:24]
    assert all(things({name: types[name] for name in order}) == things(types) for order in orders)


def every_case() -> dict[str, EntityType]:
    return {name: kind for types in [*(types for _, types in ONE), *TWO] for name, kind in types.items()}


POOL = every_case()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(sorted(POOL)), unique=True, max_size=12))
def test_a_thing_never_has_a_name_twice_and_every_name_has_a_thing(chosen: list[str]) -> None:
    entities, by_name = joined({name: POOL[name] for name in chosen}).entities()
    assert sorted(name for entity in entities for name in entity.names) == sorted(chosen)
    assert all(by_name[name] is entity for entity in entities for name in entity.names)
    assert len({entity.id for entity in entities}) == len(entities)
    assert sum(len(entity.merges) for entity in entities) == len(chosen) - len(entities)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(sorted(POOL)), unique=True, max_size=12))
def test_resolving_twice_is_resolving_once(chosen: list[str]) -> None:
    """What is one thing stays so, and what was kept apart does not come together, when the rules run again."""
    names = joined({name: POOL[name] for name in chosen})
    once = names.entities()
    for rule, merge in RULES:
        merge(names, rule)
    assert names.entities() == once


def test_without_rules_every_name_is_a_thing(monkeypatch: pytest.MonkeyPatch) -> None:
    types = {"岳阳市": L, "岳阳": L}
    assert len(things(types)) == 1
    monkeypatch.setattr(resolve_module, "RULES", ())
    monkeypatch.setitem(globals(), "RULES", ())
    assert len(things(types)) == 2


def test_a_rule_is_named_as_the_language_names_it() -> None:
    assert all(re.fullmatch("[a-z]+(?:-[a-z]+)*", rule) for rule in IDS)
    assert all(merge.__doc__ for _, merge in RULES)
