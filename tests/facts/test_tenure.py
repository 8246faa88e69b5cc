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
