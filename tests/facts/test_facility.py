"""Facilities of a body somewhere else say nothing of where the body is."""

from __future__ import annotations

import pytest

from kg.facts.marked import candidates, says


def places(source: str) -> set[str]:
    return {says(one) for one in candidates(source) if one.predicate == "locatedIn"}


@pytest.mark.parametrize(
    "text",
    [
        "{长河集团|O}在{江北市|L}的生产基地投产。",
        "{长河集团|O}位于{江北市|L}的生产基地投产。",
        "{长河集团|O}在{江北市|L}的风电项目开工。",
        "{长河集团|O}在{江北市|L}建设的数据中心投用。",
        "{长河集团|O}坐落于{江北市|L}的工厂投产。",
        "{长河集团|O}落户{江北市|L}的项目开工。",
        "{长河集团|O}投资的项目位于{江北市|L}。",
        "{长河集团|O}生产基地位于{江北市|L}。",
        "位于{江北市|L}的{长河集团|O}生产基地投产。",
    ],
)
def test_group_is_not_where_only_its_works_are(text: str) -> None:
    assert places(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "{长河集团|O}总部位于{江北市|L}。",
        "{长河集团|O}位于{江北市|L}，项目众多。",
        "位于{江北市|L}的{长河集团|O}发布公告。",
        "{江北市|L}{长河集团|O}项目开工。",
    ],
)
def test_body_is_where_the_text_says_it_is(text: str) -> None:
    assert places(text) == {"长河集团 > 江北市"}
