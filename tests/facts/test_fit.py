"""Which body a title can belong to that stands beside none."""

from __future__ import annotations

import pytest

from kg.facts.fit import may_hold
from kg.facts.marked import candidates, says


def posts(source: str) -> set[str]:
    return {says(one) for one in candidates(source) if one.predicate in {"holdsPosition", "worksFor"}}


@pytest.mark.parametrize("role", ["裁判", "评委", "企业家"])
def test_what_one_is_on_an_occasion_belongs_to_no_body_nearby(role: str) -> None:
    assert not may_hold(role, "南江市总工会")


@pytest.mark.parametrize("role", ["作家", "著名企业家", "车手", "选手", "经济学家"])
def test_who_comes_from_a_place_holds_no_post_there(role: str) -> None:
    assert posts(f"{{东海国|L}}{role}{{李明山|P}}来访。") == set()


@pytest.mark.parametrize("role", ["总统", "外长"])
def test_who_speaks_for_a_place_holds_a_post_there(role: str) -> None:
    assert posts(f"{{东海国|L}}{role}{{李明山|P}}来访。") == {f"李明山 > 东海国 : {role}"}


@pytest.mark.parametrize(
    ("role", "body"),
    [
        ("行长", "南江银行"),
        ("副校长", "江北大学"),
        ("董事长", "长河机械"),
        ("教育局局长", "南江市教育局"),
        ("人力资源部部长", "长河机械"),
        ("市长", "南江市"),
    ],
)
def test_title_can_belong_to_the_body(role: str, body: str) -> None:
    assert may_hold(role, body)


@pytest.mark.parametrize(
    ("role", "body"),
    [
        ("行长", "长河机械"),
        ("总经理", "江北大学"),
        ("教育局局长", "南江市委"),
        ("副市长", "南江市委"),
        ("检察院检察长", "南江市法院"),
        ("作家", "江北中学"),
        ("律师", "南江市司法局"),
    ],
)
def test_title_cannot_belong_to_the_body(role: str, body: str) -> None:
    assert not may_hold(role, body)


def test_bare_titles_go_to_the_bodies_they_fit() -> None:
    source = "{长河机械|O}向{江北大学|O}捐款，董事长{李明山|P}、校长{王秋水|P}出席。"
    assert posts(source) == {"李明山 > 长河机械 : 董事长", "王秋水 > 江北大学 : 校长"}


def test_occupation_is_no_post_at_the_body_of_another() -> None:
    assert posts("{江北中学|O}校长{李明山|P}、诗人{王秋水|P}发言。") == {"李明山 > 江北中学 : 校长"}
    assert posts("{江北中学|O}教师{李明山|P}、学生家长{王秋水|P}发言。") == {"李明山 > 江北中学 : 教师"}


def test_people_in_charge_who_are_not_named_are_not_the_next_person() -> None:
    source = "{南江市水利局|O}、{南江市财政局|O}负责人以及{长河机械|O}董事长{李明山|P}参加。"
    assert posts(source) == {"李明山 > 长河机械 : 董事长"}


def test_title_behind_a_preposition_is_not_of_the_place_before_it() -> None:
    assert posts("{王秋水|P}在{南江市|L}为国家主席{李明山|P}举行仪式。") == set()
