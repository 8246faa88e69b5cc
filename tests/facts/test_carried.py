"""Dropped subjects: whose line it is in the story of a life, and of whom a clause about somebody unnamed is not."""

from __future__ import annotations

import pytest

from kg.facts.marked import candidates, says
from kg.pipeline import Pipeline
from kg.text.source import article_of

LIFE = "{李明山|P}，1962年生。2001年至今任{长河机械|O}董事长。{南江市人大|O}代表；"


def told(source: str, predicate: str) -> set[str]:
    return {says(one) for one in candidates(source) if one.predicate == predicate}


@pytest.mark.parametrize(
    "text",
    [
        "2006年被{江北市委|O}评为{优秀企业家|A}。",
        "2006年被{江北市政府|O}授予{优秀企业家|A}称号。",
        "2006年荣获{优秀企业家|A}称号。",
    ],
)
def test_an_honour_in_a_life_is_not_of_the_body_of_a_post(text: str) -> None:
    assert told(LIFE + text, "receivedAward") == {"李明山 > 优秀企业家"}


@pytest.mark.parametrize("who", ["嫌疑人", "一名男子", "死者"])
def test_what_somebody_unnamed_does_is_not_done_by_who_was_named_before(who: str) -> None:
    text = f"警方告诉{{李明山|P}}，{who}是外地人，十几天前来到{{南江市|L}}。"
    assert told(text, "visited") == set()


def test_who_goes_to_work_somewhere_is_no_visitor() -> None:
    assert told("{李明山|P}赴{南江市|L}任职。", "visited") == set()
    assert told("{李明山|P}赴{南江市|L}调研。", "visited") == {"李明山 > 南江市"}


def test_who_approves_a_deal_is_no_party_to_it() -> None:
    text = "{长河集团|O}公告，收购{江北电子|O}51%股权的交易已获{南江监管局|O}批准。"
    assert not {one for one in told(text, "investedIn") if one.startswith("南江监管局")}


def test_what_some_of_a_place_win_is_not_won_by_the_place() -> None:
    assert told("{南江市|L}两项成果荣获{金穗奖|A}。", "receivedAward") == set()
    assert told("{南江市|L}31日荣获{金穗奖|A}。", "receivedAward") == {"南江市 > 金穗奖"}


def test_a_guest_of_an_event_does_not_hold_it() -> None:
    assert told("{李明山|P}在{南江市|L}举行的{诗歌年会|E}上获奖。", "organized") == set()


def test_what_somebody_would_do_with_another_is_planned() -> None:
    (reading,) = Pipeline().read([article_of("西宁大学愿同兰州理工学院加强学术合作。")])
    assert {fact.status for fact in reading.facts if fact.predicate == "partneredWith"} <= {"planned"}


def test_the_head_of_a_body_that_only_his_title_names_is_not_of_the_body_before() -> None:
    (reading,) = Pipeline().read([article_of("洛阳师范学院美术系客座教授、古都书画社长梁承志在北京获奖。")])
    assert not {fact.role for fact in reading.facts if fact.role.endswith("社长")}
    (reading,) = Pipeline().read([article_of("岚江集团有限公司总经理、执行会长梁承志出席会议。")])
    assert "会长" in {fact.role for fact in reading.facts}


def test_peoples_in_the_name_of_a_prefecture_are_no_place() -> None:
    (reading,) = Pipeline().read([article_of("湘西土家族苗族自治州开展普法活动。延边朝鲜族自治州召开会议。")])
    names = {entity.name for entity in reading.entities}
    assert {"湘西土家族苗族自治州", "延边朝鲜族自治州"} <= names
    assert not {"土家族苗族自治州", "朝鲜族自治州", "朝鲜"} & names


def test_a_pen_name_is_its_bearer() -> None:
    (reading,) = Pipeline().read([article_of("诗人冯秀兰（笔名晓汀）住在苏州。晓汀1988年发表了《运河谣》。")])
    people = {entity.name for entity in reading.entities if entity.type == "Person"}
    assert people == {"冯秀兰"}


def test_a_word_of_one_character_inside_another_gives_no_name() -> None:
    (reading,) = Pipeline().read([article_of("王海涛（签字人员）出席会议。王海涛介绍了情况。")])
    assert "人员" not in {link.text for link in reading.links}


def test_the_head_of_a_part_keeps_his_posts() -> None:
    (reading,) = Pipeline().read([article_of("江城大学校长、图书馆馆长张伟强介绍了情况。")])
    assert "校长" in {fact.role for fact in reading.facts}
