"""Careers told in steps: a post that a later one takes the place of, or whose place somebody left, is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kg.facts.candidate import find_candidates
from kg.facts.marked import annotate, says
from kg.figures.moment import find_moments

COUNTY = "江北县 : 县长"
CITY = "南江市 : 副市长"


def told(source: str) -> dict[str, tuple[bool, str]]:
    """Return each post with whether it is over and when it was held."""
    article, entities, annotated = annotate(source)
    article = replace(article, published=date(2024, 6, 5))
    rows = find_moments(article, [one.tagged for one in annotated], [one.links for one in annotated])
    dated = tuple(replace(one, moments=row) for one, row in zip(annotated, rows, strict=True))
    return {
        says(one).split(" > ")[1]: (one.ended, one.date.edtf if one.date else "")
        for one in find_candidates(article, entities, dated)
        if one.predicate == "holdsPosition"
    }


@pytest.mark.parametrize("verb", ["转任", "调任", "升任", "改任"])
def test_step_before_a_verb_of_change_is_over(verb: str) -> None:
    text = f"{{李明山|P}}2018年3月任{{江北县|L}}县长，2021年5月{verb}{{南江市|L}}副市长。"
    assert told(text) == {COUNTY: (True, "2018-03/"), CITY: (False, "2021-05/..")}


@pytest.mark.parametrize(
    "text",
    [
        "{李明山|P}2018年3月任{江北县|L}县长，2021年5月任{南江市|L}副市长。",
        "2018年3月，{李明山|P}出任{江北县|L}县长，2021年5月担任{南江市|L}副市长。",
        "{李明山|P}2018年3月任{江北县|L}县长。2021年5月任{南江市|L}副市长。",
    ],
)
def test_step_before_another_is_over_nobody_says_since_when(text: str) -> None:
    assert told(text) == {COUNTY: (True, "2018-03/"), CITY: (False, "2021-05/..")}


def test_only_the_last_of_three_steps_is_held() -> None:
    text = (
        "{李明山|P}2018年3月任{江北县|L}县长，2020年任{江北县委|O}书记，同年底任{南江市|L}副市长，"
        "现任{南江市|L}市长。"
    )
    assert {post for post, (over, _) in told(text).items() if not over} == {"南江市 : 市长"}


@pytest.mark.parametrize(
    "step",
    [
        "2021年5月兼任{南江市|L}副市长",
        "2021年5月同时担任{南江市|L}副市长",
        "2021年5月当选{南江商会|O}会长",
        "2021年5月任{南江大学|O}客座教授",
    ],
)
def test_what_is_held_beside_it_ends_no_post(step: str) -> None:
    assert told(f"{{李明山|P}}2018年3月任{{江北县|L}}县长，{step}。")[COUNTY] == (False, "2018-03/..")


@pytest.mark.parametrize(
    "posts",
    [
        "2018年3月任{江北县委|O}副书记，2018年5月任{江北县|L}县长",
        "2018年3月任{南江市委|O}书记，2019年1月任{南江市人大常委会|O}主任",
        "2018年3月任{南江市|L}市长，2019年1月任{南江市委|O}副书记",
        "2018年3月任{南江市委|O}常委，2019年1月任{南江市|L}副市长",
        "2018年3月任{南江市委|O}常委，2019年1月任{江北县委|O}书记",
        "2018年3月任{南江集团|O}党委书记，2020年1月任{南江集团|O}董事长",
        "2018年3月任{南江市教育局|O}党组书记，2018年9月任{南江市教育局|O}局长",
        "2018年3月任{南江集团|O}董事长，2020年1月任{江北水泥公司|O}董事长",
        "2018年3月任{南江集团|O}总经理，2020年1月任{江北水泥公司|O}执行董事",
        "2018年3月任{江北县|L}县长，2018年3月任{江北开发区|O}主任",
    ],
)
def test_posts_that_may_be_held_together_end_neither(posts: str) -> None:
    found = told(f"{{李明山|P}}{posts}。")
    assert len(found) == 2
    assert not any(over for over, _ in found.values())


@pytest.mark.parametrize(
    "posts",
    [
        "2018年3月任{江北县|L}县长，2021年5月任{江北县委|O}书记",
        "2018年3月任{江北县委|O}书记，2021年5月任{南江市|L}副市长",
        "2018年3月任{南江市政府|O}副秘书长，2021年5月任{南江市委|O}副秘书长",
        "2018年3月任{江北县委|O}副书记，2021年5月任{江北县委|O}书记",
        "2018年3月任{南江市委|O}书记，2021年5月转任{南江市人大常委会|O}主任",
        "2018年3月任{南江集团|O}董事长，2020年1月调任{江北水泥公司|O}董事长",
        "2018年3月任{南江集团|O}总经理，2020年1月任{南江集团|O}董事长",
        "2018年3月任{南江市委|O}常委，2020年1月调任{江北县|L}县长",
    ],
)
def test_post_that_a_step_takes_the_place_of_is_over(posts: str) -> None:
    assert sorted(over for over, _ in told(f"{{李明山|P}}{posts}。").values()) == [False, True]


def test_step_of_another_ends_no_post() -> None:
    text = "{李明山|P}2018年3月任{江北县|L}县长，{王启明|P}2021年5月转任{南江市|L}副市长。"
    assert told(text)[COUNTY] == (False, "2018-03/..")


def test_post_that_a_later_step_names_again_goes_on() -> None:
    text = "{李明山|P}2018年3月任{江北县委|O}常委，2021年5月任{江北县委|O}常委、秘书长。"
    assert told(text)["江北县委 : 常委"][0] is False


@pytest.mark.parametrize(
    "leaves",
    [
        "{李明山|P}已调离{江北县|L}。",
        "{李明山|P}近日调离{江北县|L}。",
        "已调离{江北县|L}的{李明山|P}赴任。",
        "已调离{江北县|L}的干部{李明山|P}赴任。",
    ],
)
def test_who_left_a_place_holds_no_post_there(leaves: str) -> None:
    text = "{李明山|P}2018年3月任{江北县委|O}书记。{李明山|P}是{南江大学|O}教授。"
    posts = told(text + leaves)
    assert posts["江北县委 : 书记"] == (True, "2018-03/")
    assert posts["南江大学 : 教授"][0] is False


@pytest.mark.parametrize(
    "leaves",
    [
        "{李明山|P}未调离{江北县|L}。",
        "{王启明|P}已调离{江北县|L}。",
        "{李明山|P}希望调离{江北县|L}。",
        "{李明山|P}多次申请调离{江北县|L}。",
        "{李明山|P}要求调离{江北县|L}。",
        "{李明山|P}计划明年调离{江北县|L}。",
        "{李明山|P}可能被提前调离{江北县|L}。",
        "申请调离{江北县|L}的{李明山|P}仍在岗。",
    ],
)
def test_who_did_not_leave_keeps_his_post(leaves: str) -> None:
    assert told("{李明山|P}2018年3月任{江北县委|O}书记。" + leaves)["江北县委 : 书记"][0] is False


@pytest.mark.parametrize(
    ("place", "body"),
    [
        ("北京", "北京大学"),
        ("海南", "海南航空"),
        ("海南省", "海南航空"),
        ("江南", "江南大学"),
        ("北京市", "北京师范大学"),
    ],
)
def test_body_that_is_only_called_after_a_place_is_not_left_with_it(place: str, body: str) -> None:
    text = f"{{李明山|P}}2018年3月任{{{body}|O}}校长。{{李明山|P}}已调离{{{place}|L}}。"
    assert told(text)[f"{body} : 校长"][0] is False


@pytest.mark.parametrize(
    ("place", "body"),
    [("江北县", "江北县教育局"), ("江北", "江北县委"), ("海南省", "海南省委"), ("江北县", "江北县")],
)
def test_office_of_a_place_is_left_with_it(place: str, body: str) -> None:
    kind = "L" if body == place else "O"
    text = f"{{李明山|P}}2018年3月任{{{body}|{kind}}}局长。{{李明山|P}}已调离{{{place}|L}}。"
    assert told(text)[f"{body} : 局长"][0] is True


@pytest.mark.parametrize("lost", ["其代表资格终止", "代表资格依法终止", "其代表资格相应终止"])
def test_seat_that_is_lost_is_over(lost: str) -> None:
    posts = told(f"{{江北县|L}}人大代表{{李明山|P}}已离开，{lost}。")
    assert posts
    assert all(over for over, _ in posts.values())


def test_seats_of_several_are_told_apart_by_nobody() -> None:
    text = "{江北县|L}人大代表{李明山|P}和{江北县|L}人大代表{王启明|P}出席，其代表资格终止。"
    assert not any(over for over, _ in told(text).values())


@pytest.mark.parametrize("order", [0, 1])
def test_what_a_life_tells_with_its_year_is_over_where_it_says_what_is_held_today(order: int) -> None:
    steps = "{李明山|P}2004年任{江北县|L}县长。"
    today = "{李明山|P}现任{南江市|L}副市长。"
    told_so = told(today + steps if order else steps + today)
    assert told_so[COUNTY][0] is True
    assert told_so[CITY][0] is False


def test_what_is_held_beside_or_without_a_year_stays_where_it_says_what_is_held_today() -> None:
    today = "{李明山|P}现任{南江市|L}副市长。"
    assert told(today + "{李明山|P}2004年兼任{江北县|L}县长。")[COUNTY][0] is False
    assert told(today + "{李明山|P}任{江北县|L}县长。")[COUNTY][0] is False
