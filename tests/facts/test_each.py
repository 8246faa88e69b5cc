"""Lists of which each member has its own of another list, and who gives to whom."""

from __future__ import annotations

import pytest

from kg.facts.marked import candidates, says


def said(source: str, predicate: str) -> set[str]:
    return {says(one) for one in candidates(source) if one.predicate == predicate}


@pytest.mark.parametrize(
    "text",
    [
        "{李明山|P}和{王秋水|P}分别荣获{南江工匠|A}和{江北名医|A}称号。",
        "{李明山|P}、{王秋水|P}分获{南江工匠|A}、{江北名医|A}。",
        "{李明山|P}和{王秋水|P}各自获得{南江工匠|A}和{江北名医|A}。",
        "{李明山|P}、{王秋水|P}分别获评“{南江工匠|A}”“{江北名医|A}”。",
    ],
)
def test_each_has_its_own_honour(text: str) -> None:
    assert said(text, "receivedAward") == {"李明山 > 南江工匠", "王秋水 > 江北名医"}


@pytest.mark.parametrize(
    "text",
    [
        "{李明山|P}、{王秋水|P}和{周山河|P}分别荣获{南江工匠|A}和{江北名医|A}称号。",
        "{李明山|P}、某某分别荣获{南江工匠|A}和{江北名医|A}称号。",
        "{李明山|P}、{王秋水|P}分别获评“先进典型”“{江北名医|A}”。",
    ],
)
def test_nothing_is_said_where_the_lists_do_not_match(text: str) -> None:
    assert said(text, "receivedAward") == set()


def test_the_way_says_that_each_has_its_own() -> None:
    found = candidates("{长河机械|O}和{江北电子|O}分别荣获{全国文明单位|A}和{江北名企|A}称号。")

    assert {firing.subject_by for one in found for firing in one.firings} == {"left-each"}


def test_all_have_the_one_that_is_named() -> None:
    source = "{长河机械|O}、{江北电子|O}分别荣获{全国文明单位|A}称号。"
    assert said(source, "receivedAward") == {"长河机械 > 全国文明单位", "江北电子 > 全国文明单位"}
    source = "{长河机械|O}分别荣获{全国文明单位|A}和{南江名企|A}称号。"
    assert said(source, "receivedAward") == {"长河机械 > 全国文明单位", "长河机械 > 南江名企"}


@pytest.mark.parametrize(
    "text",
    [
        "{江北小学|O}收到{长河机械|O}捐款30万元。",
        "{长河机械|O}捐赠30万元给{江北小学|O}。",
        "{长河机械|O}把奖金捐给{江北小学|O}。",
        "{江北小学|O}获{长河机械|O}资助。",
    ],
)
def test_giver_supports_receiver(text: str) -> None:
    assert said(text, "supported") == {"长河机械 > 江北小学"}


def test_who_is_helped_founds_the_body() -> None:
    source = "{江北大学|O}受{长河机械|O}资助成立{江北创新中心|O}。"
    assert said(source, "established") == {"江北大学 > 江北创新中心"}
