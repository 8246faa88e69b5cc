"""Rolls: one head for a list behind a colon, also where semicolons part it; several given posts by one verb."""

from __future__ import annotations

import pytest

from kg.facts.marked import candidates, says

HE, YAN, LIN = "{长河机械|O}", "{江北电子|O}", "{南江大学|O}"
LI, WANG, ZHAO = "{李明山|P}", "{王秋水|P}", "{赵一鸣|P}"
PRIZE = "{金穗奖|A}"


def of(source: str, predicate: str) -> set[str]:
    return {says(one) for one in candidates(source) if one.predicate == predicate}


@pytest.mark.parametrize(
    ("text", "winners"),
    [
        (f"以下单位获得{PRIZE}：{HE}、{LIN}。", ("长河机械", "南江大学")),
        (f"以下单位获得{PRIZE}：{HE}、{LIN}；{YAN}。", ("长河机械", "南江大学", "江北电子")),
        (f"以下单位被评为{PRIZE}：{HE}；{LIN}；{YAN}。", ("长河机械", "南江大学", "江北电子")),
        (f"下列企业入选{PRIZE}名单：{HE}；{YAN}。{LIN}表示祝贺。", ("长河机械", "江北电子")),
        (f"以下单位获得{PRIZE}：{HE}；{LIN}祝贺{YAN}。", ("长河机械",)),
    ],
)
def test_a_roll_behind_a_colon_goes_on_behind_a_semicolon(text: str, winners: tuple[str, ...]) -> None:
    assert of(text, "receivedAward") == {f"{winner} > 金穗奖" for winner in winners}


def test_partners_stand_in_a_roll() -> None:
    text = f"以下企业与{LIN}签署合作协议：{HE}；{YAN}。"

    assert of(text, "partneredWith") == {"南江大学 > 长河机械", "江北电子 > 南江大学"} or of(
        text, "partneredWith"
    ) == {"南江大学 > 江北电子", "南江大学 > 长河机械"}


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        (
            f"{LIN}聘任{LI}、{WANG}、{ZHAO}等三人为客座教授。",
            {
                "李明山 > 南江大学 : 客座教授",
                "王秋水 > 南江大学 : 客座教授",
                "赵一鸣 > 南江大学 : 客座教授",
            },
        ),
        (
            f"聘任{LI}、{WANG}等二人为{LIN}兼职教授。",
            {"李明山 > 南江大学 : 兼职教授", "王秋水 > 南江大学 : 兼职教授"},
        ),
        (
            f"{HE}选举{LI}为董事长，{WANG}、{ZHAO}为副董事长。",
            {
                "李明山 > 长河机械 : 董事长",
                "王秋水 > 长河机械 : 副董事长",
                "赵一鸣 > 长河机械 : 副董事长",
            },
        ),
        (
            f"任命{LI}为{HE}总经理，{WANG}为{YAN}总经理。",
            {"李明山 > 长河机械 : 总经理", "王秋水 > 江北电子 : 总经理"},
        ),
    ],
)
def test_each_is_given_his_post(text: str, posts: set[str]) -> None:
    assert of(text, "holdsPosition") == posts
