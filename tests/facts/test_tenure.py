"""Posts in time: held, held once, or only to be held, and from when to when."""

from __future__ import annotations

import pytest

from kg.facts.marked import candidates, says

BODY = "{长河机械|O}"
PERSON = "{李明山|P}"


def states(source: str) -> set[tuple[str, str]]:
    return {
        (says(one).split(" > ")[1], "former" if one.ended else one.status)
        for one in candidates(source)
        if one.predicate == "holdsPosition"
    }


@pytest.mark.parametrize(
    "text",
    [
        "{李明山|P}辞去{长河机械|O}总经理职务。",
        "{李明山|P}近日卸任{长河机械|O}总经理。",
        "{李明山|P}不再担任{长河机械|O}总经理。",
        "{李明山|P}不再兼任{长河机械|O}总经理一职。",
        "{李明山|P}曾任{长河机械|O}总经理。",
        "{李明山|P}此前担任{长河机械|O}总经理。",
        "{李明山|P}曾先后担任{长河机械|O}总经理。",
        "{李明山|P}历任{长河机械|O}总经理。",
        "{李明山|P}被免去{长河机械|O}总经理职务。",
        "{李明山|P}被撤销{长河机械|O}总经理职务。",
        "{李明山|P}在担任{长河机械|O}总经理期间主持改制。",
        "会议免去{李明山|P}的{长河机械|O}总经理职务。",
        "时任{长河机械|O}总经理{李明山|P}出席。",
        "{长河机械|O}时任总经理{李明山|P}出席。",
        "{长河机械|O}前任总经理{李明山|P}出席。",
        "前{长河机械|O}总经理{李明山|P}出席。",
        "曾任{长河机械|O}总经理的{李明山|P}出席。",
        "已退休的{长河机械|O}总经理{李明山|P}出席。",
        "{长河机械|O}总经理{李明山|P}辞职。",
        "{长河机械|O}总经理{李明山|P}因个人原因，已于近日离任。",
        "{长河机械|O}总经理{李明山|P}被免职。",
        "{长河机械|O}总经理{李明山|P}不再担任公司职务。",
        "{长河机械|O}总经理{李明山|P}病逝。",
        "{李明山|P}（曾任{长河机械|O}总经理）出席。",
        "{李明山|P}，曾任{长河机械|O}总经理。",
    ],
)
def test_post_is_held_no_more(text: str) -> None:
    assert states(text) == {("长河机械 : 总经理", "former")}


@pytest.mark.parametrize("prefix", ["原", "前"])
def test_prefix_stays_in_the_title(prefix: str) -> None:
    assert states(f"{BODY}{prefix}总经理{PERSON}出席。") == {(f"长河机械 : {prefix}总经理", "former")}


@pytest.mark.parametrize(
    "text",
    [
        "{李明山|P}现任{长河机械|O}总经理。",
        "{李明山|P}当选{长河机械|O}总经理。",
        "{李明山|P}连任{长河机械|O}总经理。",
        "{李明山|P}代理{长河机械|O}总经理。",
        "{李明山|P}将辞去{长河机械|O}总经理职务。",
        "{李明山|P}拒绝辞去{长河机械|O}总经理职务。",
        "{长河机械|O}总经理{李明山|P}将于年底退休。",
        "{长河机械|O}总经理{李明山|P}慰问退休职工。",
        "{长河机械|O}总经理{李明山|P}出席离任仪式。",
        "两年前{长河机械|O}总经理{李明山|P}到任。",
        "会前{长河机械|O}总经理{李明山|P}致辞。",
    ],
)
def test_post_is_held(text: str) -> None:
    assert states(text) == {("长河机械 : 总经理", "asserted")}


@pytest.mark.parametrize(
    "text",
    [
        "{李明山|P}拟任{长河机械|O}总经理。",
        "{李明山|P}，男，拟任{长河机械|O}总经理。",
        "{李明山|P}，即将出任{长河机械|O}总经理。",
        "{李明山|P}将接任{长河机械|O}总经理。",
        "{李明山|P}有望出任{长河机械|O}总经理。",
        "{李明山|P}被提名为{长河机械|O}总经理。",
        "{李明山|P}竞选{长河机械|O}总经理。",
        "{长河机械|O}提名{李明山|P}为总经理。",
        "{长河机械|O}拟聘任{李明山|P}为总经理。",
        "{长河机械|O}同意聘任{李明山|P}为总经理，任职资格尚待监管部门核准。",
        "拟任{长河机械|O}总经理{李明山|P}出席。",
    ],
)
def test_post_is_only_to_be_held(text: str) -> None:
    assert states(text) == {("长河机械 : 总经理", "planned")}


def test_verb_goes_for_the_list_behind_it() -> None:
    source = "{李明山|P}历任{南江市水利局|O}科长、{长河机械|O}总经理，现任{江北大学|O}校长。"
    assert states(source) == {
        ("南江市水利局 : 科长", "former"),
        ("长河机械 : 总经理", "former"),
        ("江北大学 : 校长", "asserted"),
    }


def test_prefix_goes_for_the_titles_of_its_body() -> None:
    assert states("{长河机械|O}原党委书记、董事长{李明山|P}受审。") == {
        ("长河机械 : 原党委书记", "former"),
        ("长河机械 : 董事长", "former"),
    }
    assert states("{长河机械|O}原总经理、{江北大学|O}校长{李明山|P}出席。") == {
        ("长河机械 : 原总经理", "former"),
        ("江北大学 : 校长", "asserted"),
    }


def held(source: str) -> set[tuple[str, str]]:
    return {
        (says(one), "former" if one.ended else one.status)
        for one in candidates(source)
        if one.predicate == "holdsPosition"
    }


def test_successor_takes_the_post_named_before() -> None:
    after = {("李明山 > 长河机械 : 总经理", "former"), ("王秋水 > 长河机械 : 总经理", "asserted")}
    assert held("{李明山|P}卸任{长河机械|O}总经理，由{王秋水|P}接替。") == after
    assert held("{长河机械|O}总经理{李明山|P}离任，由{王秋水|P}接任。") == after
    assert held("{王秋水|P}接替{李明山|P}出任{长河机械|O}总经理。") == after
    assert held("{王秋水|P}接替{李明山|P}，担任{长河机械|O}总经理。") == after


def test_each_of_a_list_holds_his_own_post() -> None:
    source = "{李明山|P}、{王秋水|P}分别出任{长河机械|O}总经理、{江北大学|O}校长。"
    own = {("李明山 > 长河机械 : 总经理", "asserted"), ("王秋水 > 江北大学 : 校长", "asserted")}
    assert held(source) == own
    assert held("{李明山|P}、{王秋水|P}和{周山河|P}分别出任{长河机械|O}总经理、{江北大学|O}校长。") == set()
    second = "某某、{李明山|P}分别出任{江北大学|O}校长、{长河机械|O}总经理。"
    assert held(second) == {("李明山 > 长河机械 : 总经理", "asserted")}


def test_only_the_last_of_several_in_turn_holds_the_post_now() -> None:
    assert held("{李明山|P}、{王秋水|P}先后担任{江北大学|O}校长。") == {
        ("李明山 > 江北大学 : 校长", "former"),
        ("王秋水 > 江北大学 : 校长", "asserted"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "{李明山|P}对{王秋水|P}当选{江北大学|O}校长表示祝贺。",
        "{李明山|P}祝贺{王秋水|P}就任{江北大学|O}校长。",
        "{李明山|P}致电{王秋水|P}，祝贺他就任{江北大学|O}校长。",
        "{李明山|P}向当选{江北大学|O}校长的{王秋水|P}表示祝贺。",
        "{李明山|P}欢迎{王秋水|P}出任{江北大学|O}校长。",
    ],
)
def test_who_is_congratulated_holds_the_post(text: str) -> None:
    assert held(text) == {("王秋水 > 江北大学 : 校长", "asserted")}


def test_who_holds_a_post_at_the_same_time_holds_it() -> None:
    assert states("{李明山|P}同时兼任{长河机械|O}总经理。") == {("长河机械 : 总经理", "asserted")}
    assert states("{李明山|P}当时任{长河机械|O}总经理。") == {("长河机械 : 总经理", "former")}
