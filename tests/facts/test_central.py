"""Titles of the central committee: of no place or local body before them."""

from __future__ import annotations

import pytest

from kg.facts.marked import candidates, says

COMMITTEE = "{中央委员会|O}举行全会。"
POLITBURO = "{中央政治局|O}召开会议。"


def posts(source: str) -> set[str]:
    return {says(one) for one in candidates(source) if one.predicate == "holdsPosition"}


@pytest.mark.parametrize(
    "text",
    [
        "已调离{江北省|L}的中央委员{李明山|P}出席。",
        "在{江北省|L}任职多年的中央委员{李明山|P}出席。",
        "{江北省|L}中央委员{李明山|P}出席。",
        "{江北省委|O}的中央委员{李明山|P}出席。",
    ],
)
def test_member_is_of_the_committee_and_of_no_place_before(text: str) -> None:
    assert posts(text) == set()
    assert posts(COMMITTEE + text) == {"李明山 > 中央委员会 : 中央委员"}


@pytest.mark.parametrize("role", ["中央候补委员", "候补中央委员", "中央委员"])
@pytest.mark.parametrize("congress", ["", "二十届", "第十九届"])
def test_title_takes_no_body_from_the_list_it_stands_in(congress: str, role: str) -> None:
    text = f"{{江北省委|O}}常委、{congress}{role}{{李明山|P}}出席。"
    assert posts(COMMITTEE + text) == {"李明山 > 江北省委 : 常委", f"李明山 > 中央委员会 : {role}"}
    assert posts(text) == {"李明山 > 江北省委 : 常委"}


def test_politburo_has_its_own_members() -> None:
    text = "赴{江北省|L}的中央政治局委员{李明山|P}讲话。"
    assert posts(text) == set()
    assert posts(POLITBURO + text) == {"李明山 > 中央政治局 : 中央政治局委员"}


def test_other_parties_have_their_own() -> None:
    assert posts("{民革|O}中央委员{李明山|P}出席。") == {"李明山 > 民革 : 中央委员"}


def test_members_of_a_committee_abroad_are_no_members_of_this_one() -> None:
    assert posts(COMMITTEE + "{越南|L}中央委员{阮文山|P}来访。") == set()
