"""Frames: where cue, object, subject, dropped subject and partners stand."""

from __future__ import annotations

import pytest

from kg.facts.marked import candidates, says


def found(source: str, predicate: str) -> set[tuple[str, str]]:
    """What is said with a predicate, and how the subject was found."""
    return {
        (says(one), firing.subject_by)
        for one in candidates(source)
        if one.predicate == predicate
        for firing in one.firings
    }


@pytest.mark.parametrize(
    ("source", "predicate", "fact", "way"),
    [
        ("{长河机械|O}举办{长河论坛|E}。", "organized", "长河机械 > 长河论坛", "left"),
        ("{长河论坛|E}由{长河机械|O}主办。", "organized", "长河机械 > 长河论坛", "agent"),
        ("荣获{金奖|A}的{李明山|P}来了。", "receivedAward", "李明山 > 金奖", "relative"),
        ("{长河机械|O}员工荣获{金奖|A}。", "receivedAward", "长河机械 > 金奖", "left-person"),
        ("{长河机械|O}产品荣获{金奖|A}。", "receivedAward", "长河机械 > 金奖", "left-noun"),
        ("{长河机械|O}成立多年，荣获{金奖|A}。", "receivedAward", "长河机械 > 金奖", "carried"),
        ("{长河机械|O}成立多年，产品荣获{金奖|A}。", "receivedAward", "长河机械 > 金奖", "carried-noun"),
        ("{李明山|P}很高兴。他荣获{金奖|A}。", "receivedAward", "李明山 > 金奖", "main-person"),
    ],
)
def test_subject_is_found_in_this_way(source: str, predicate: str, fact: str, way: str) -> None:
    assert (fact, way) in found(source, predicate)


@pytest.mark.parametrize(
    ("source", "predicate"),
    [
        ("{长河集团|O}为{南江市|L}企业提供支持。", "supported"),
        ("九百人荣获{金奖|A}，{长河机械|O}很高兴。", "receivedAward"),
        ("在{江北大学|O}，天气很好，他们收购{江北电子|O}。", "investedIn"),
    ],
)
def test_name_in_such_a_place_is_no_end(source: str, predicate: str) -> None:
    assert not found(source, predicate)


def test_object_is_the_body_not_the_place_before_it() -> None:
    facts = found("{长河集团|O}收购{南江市|L}{江北电子|O}。", "investedIn")
    assert {fact for fact, _ in facts} == {"长河集团 > 江北电子"}


def test_each_subject_has_its_own_object_where_they_act_respectively() -> None:
    text = "{长河机械|O}、{江北电子|O}分别主办{长河论坛|E}和{江北论坛|E}。"
    assert {fact for fact, _ in found(text, "organized")} == {
        "长河机械 > 长河论坛",
        "江北电子 > 江北论坛",
    }


def test_partners_stand_around_the_word_that_joins_them() -> None:
    text = "{长河机械|O}和{江北大学|O}与{江北电子|O}签约。"
    assert {fact for fact, _ in found(text, "partneredWith")} == {
        "江北大学 > 江北电子",
        "江北电子 > 长河机械",
    }


def test_first_partner_may_be_dropped() -> None:
    facts = found("{长河机械|O}今天宣布，将与{江北电子|O}签约。", "partneredWith")
    assert ("江北电子 > 长河机械", "carried") in facts


def test_person_and_body_are_no_partners() -> None:
    assert not found("{李明山|P}与{江北电子|O}签约。", "partneredWith")
