"""Posts: titles, stacks before a name, lists behind it, and whose departments a list names."""

from __future__ import annotations

import pytest

from kg.facts.marked import annotate, candidates, says
from kg.facts.passage import SYMBOLS, Passage, passages
from kg.facts.post_list import read_list
from kg.facts.stack import find_titles_before
from kg.facts.title import is_degree, is_title

PERSON = SYMBOLS["Person"]


def passage_of(source: str) -> Passage:
    _, _, (sentence, *_) = annotate(source)
    return passages(sentence)


def held(source: str) -> set[tuple[str, str]]:
    return {
        (says(one), firing.subject_by)
        for one in candidates(source)
        if one.predicate == "holdsPosition"
        for firing in one.firings
    }


@pytest.mark.parametrize("text", ["董事长", "副总经理", "眼科主任", "党组书记"])
def test_title_is_a_title(text: str) -> None:
    assert is_title(text)


@pytest.mark.parametrize("text", ["长", "3名主任", "等主任", "天气", "市场增长"])
def test_other_words_are_no_title(text: str) -> None:
    assert not is_title(text)


def test_degree_is_told_from_a_title() -> None:
    assert is_degree("经济学博士")
    assert not is_degree("博士生导师")


def test_stack_is_read_from_right_to_left() -> None:
    passage = passage_of("{江北省委|O}副书记、{南江市委|O}书记{李明山|P}讲话。")
    posts = find_titles_before(passage, passage.mask.index(PERSON))
    assert [(passage.links[post.body or 0].text, post.role) for post in posts] == [
        ("江北省委", "副书记"),
        ("南江市委", "书记"),
    ]


def test_body_without_a_title_shares_that_of_the_next() -> None:
    passage = passage_of("{长河机械|O}、{江北电子|O}董事长{李明山|P}讲话。")
    posts = find_titles_before(passage, passage.mask.index(PERSON))
    assert [(post.body, post.role) for post in posts] == [(0, "董事长"), (2, "董事长")]


def test_stack_ends_at_a_comma() -> None:
    passage = passage_of("{长河机械|O}董事长，总经理{李明山|P}讲话。")
    assert [post.role for post in find_titles_before(passage, passage.mask.index(PERSON))] == ["总经理"]


def test_list_goes_on_as_long_as_the_words_are_posts() -> None:
    passage = passage_of("任{长河机械|O}董事长、总经理，天气很好，{江北电子|O}董事长。")
    assert [post.role for post in read_list(passage, 1)] == ["董事长", "总经理"]


def test_list_stops_where_somebody_is_named() -> None:
    passage = passage_of("任{长河机械|O}董事长、{李明山|P}的总经理。")
    assert [post.role for post in read_list(passage, 1)] == ["董事长"]


def test_one_guessed_title_is_no_list() -> None:
    passage = passage_of("任{长河机械|O}天气。")
    assert read_list(passage, 1) == []


@pytest.mark.parametrize(
    ("source", "fact", "way"),
    [
        ("{长河机械|O}董事长{李明山|P}讲话。", "李明山 > 长河机械 : 董事长", "stack"),
        ("{长河机械|O}董事长、总经理{李明山|P}讲话。", "李明山 > 长河机械 : 总经理", "stack-inherited"),
        ("{长河机械|O}很好，公司董事长{李明山|P}讲话。", "李明山 > 长河机械 : 董事长", "stack-own"),
        ("{长河机械|O}很好，董事长{李明山|P}讲话。", "李明山 > 长河机械 : 董事长", "stack-near"),
        ("{长河机械|O}董事长是{李明山|P}。", "李明山 > 长河机械 : 董事长", "equals"),
        ("{李明山|P}（{长河机械|O}董事长）讲话。", "李明山 > 长河机械 : 董事长", "aside"),
        ("{李明山|P}，{长河机械|O}董事长，生于{南江市|L}。", "李明山 > 长河机械 : 董事长", "apposition"),
        ("{长河机械|O}聘任{李明山|P}为总经理。", "李明山 > 长河机械 : 总经理", "right"),
        ("{李明山|P}担任{长河机械|O}总经理。", "李明山 > 长河机械 : 总经理", "left"),
    ],
)
def test_post_is_found_in_this_way(source: str, fact: str, way: str) -> None:
    assert (fact, way) in held(source)


def test_state_is_never_guessed_for_its_president() -> None:
    assert not held("{长河机械|O}很好，总统{李明山|P}讲话。")


def test_bare_department_belongs_to_the_body_before_it_in_the_list() -> None:
    text = "{长河集团|O}总裁、{投资部|O}部长{李明山|P}讲话。"
    parts = {says(one) for one in candidates(text) if one.predicate == "subOrganizationOf"}
    assert parts == {"投资部 > 长河集团"}


@pytest.mark.parametrize(
    "row",
    [
        "{省财政厅|O}副厅长{周立文|P}，盐业物资储备二级巡视员{李丹|P}参加会议。",
        "{省财政厅|O}副厅长{周立文|P}、省盐业和物资储备局二级巡视员{李丹|P}参加会议。",
        "{省财政厅|O}副厅长{周立文|P}、省旧物和盐碱副主任{李丹|P}参加会议。",
    ],
)
def test_who_is_of_a_body_that_nobody_found_is_not_of_the_body_before(row: str) -> None:
    assert {says(one) for one in candidates(row)} == {"周立文 > 省财政厅 : 副厅长"}


def test_a_grade_belongs_to_the_title() -> None:
    row = "{省财政厅|O}二级巡视员{周立文|P}、二级调研员{李丹|P}参加会议。"
    assert {says(one) for one in candidates(row)} == {
        "周立文 > 省财政厅 : 二级巡视员",
        "李丹 > 省财政厅 : 二级调研员",
    }


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("{{江北县人大常委会|O}预算工委|O}主任{李明山|P}讲话。", "江北县人大常委会预算工委"),
        ("{{长河机械|O}关工委|O}副主任{李明山|P}讲话。", "长河机械关工委"),
        ("{{长河机械|O}党委|O}主任{李明山|P}讲话。", "长河机械"),
    ],
)
def test_the_director_of_a_working_committee_is_its_own(text: str, body: str) -> None:
    assert {fact.split(" ")[2] for fact, _ in held(text)} == {body}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("{南江市教育局|O}、财政局局长{李明山|P}参加。", False),
        ("{南江市教育局|O}和财政局副局长{李明山|P}参加。", False),
        ("{长河机械|O}、{江北电子|O}董事长{李明山|P}参加。", True),
        ("{南江市教育局|O}办公室主任{李明山|P}参加。", True),
    ],
)
def test_no_body_has_the_head_of_another_that_nobody_found(text: str, holds: bool) -> None:
    assert bool(held(text)) == holds


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("{李明山|P}任教多年，他的许多学生目前已是{长河大学|O}教授。", set()),
        ("{李明山|P}说，其弟子曾任{长河大学|O}校长。", set()),
        ("{李明山|P}的学生{周远|P}现任{长河大学|O}校长。", {"周远 > 长河大学 : 校长"}),
        ("{李明山|P}学生时代曾任{长河大学|O}团委书记。", {"李明山 > 长河大学 : 团委书记"}),
        ("{江城侨联党组|O}成员、副主席{李明山|P}讲话。", {"李明山 > 江城侨联党组 : 成员"}),
        (
            "任命{李明山|P}为{南江法院|O}副院长、{审判委员会|O}委员、审判员。",
            {"李明山 > 南江法院 : 副院长", "李明山 > 审判委员会 : 委员", "李明山 > 南江法院 : 审判员"},
        ),
    ],
)
def test_a_pupil_s_post_is_not_his_teacher_s_and_a_group_has_no_chairman(text: str, facts: set[str]) -> None:
    assert {fact for fact, _ in held(text)} == facts
