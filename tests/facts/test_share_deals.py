"""Deals in shares: who sells invests in nothing, and what is only meant is not done."""

from __future__ import annotations

import pytest

from kg.base.model import Fact
from kg.facts.marked import candidates, says
from kg.pipeline import Pipeline
from kg.text.source import article_of

HE, YAN, LIN = "{长河集团|O}", "{江北电子|O}", "{南江控股|O}"
LI = "{李明山|P}"
AWARD = "{金穗奖|A}"


def invested(source: str) -> dict[str, str]:
    return {says(one): one.status for one in candidates(source) if one.predicate == "investedIn"}


def honoured(source: str) -> set[str]:
    return {says(one) for one in candidates(source) if one.predicate == "receivedAward"}


def facts(text: str) -> list[tuple[Fact, str, str]]:
    reading = Pipeline().read([article_of(text)])[0]
    names = {entity.id: entity.name for entity in reading.entities}
    return [(fact, names[fact.subject], names[fact.object]) for fact in reading.facts]


@pytest.mark.parametrize(
    "text",
    [
        f"{HE}减持{YAN}200万股。",
        f"{YAN}公告，股东{LI}计划6个月内减持不超过3%股份。",
        f"{YAN}控股股东、实际控制人{LI}，拟减持不超过6%的公司股份。",
        f"{YAN}遭{HE}减持100万股。",
        "{长河|O}投资减持{江北电子|O}150万股。",
    ],
)
def test_who_sells_shares_invests_in_nothing(text: str) -> None:
    assert invested(text) == {}


def test_who_holds_shares_after_a_sale_has_invested() -> None:
    assert invested(f"减持后，{HE}持有{YAN}5%股份。") == {"长河集团 > 江北电子": "asserted"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (f"{LIN}将旗下{YAN}以2亿元出售给{HE}。", "asserted"),
        (f"{LIN}决定将{YAN}出售给{HE}。", "planned"),
        (f"{LIN}拟将{YAN}卖给{HE}。", "planned"),
        (f"{LIN}与{HE}签署备忘录，将{YAN}出售给{HE}。", "planned"),
        (f"{LIN}将{YAN}出售给{HE}，最终合同尚未签订。", "planned"),
    ],
)
def test_what_is_sold_is_an_investment_of_the_buyer_alone(text: str, status: str) -> None:
    assert invested(text) == {"长河集团 > 江北电子": status}


@pytest.mark.parametrize(
    "text",
    [
        f"{HE}意向收购{YAN}的空调业务。",
        f"{HE}与{LIN}签署谅解备忘录，收购{YAN}。",
        f"{HE}曾提出以7亿元收购{YAN}。",
        f"{HE}决定收购{YAN}。",
    ],
)
def test_an_offer_or_an_intention_is_planned(text: str) -> None:
    assert set(invested(text).values()) == {"planned"}


def test_a_memorandum_that_was_carried_out_is_done() -> None:
    text = f"{HE}与{LIN}签署备忘录，收购{YAN}，目前已完成交割。"
    assert set(invested(text).values()) == {"asserted"}


def test_what_is_bought_does_not_invest_in_its_owner() -> None:
    assert invested(f"{YAN}收购完成后将成为{HE}的全资子公司。") == {}


def test_nobody_invests_in_who_shows_the_data() -> None:
    found = [
        (who, whom)
        for fact, who, whom in facts(
            "金桂珠宝获主席增持\n据财通社APP数据显示，金桂珠宝获主席陈立伟增持20万股，每股作价3.1港元。"
        )
        if fact.predicate == "investedIn"
    ]
    assert set(found) <= {("陈立伟", "金桂珠宝")}


@pytest.mark.parametrize("by", ["依靠电影", "凭影片", "靠", "凭借"])
def test_a_work_that_somebody_wins_with_wins_nothing(by: str) -> None:
    assert honoured(f"{LI}{by}{{《河岸》|R}}荣获{AWARD}。") == {"李明山 > 金穗奖"}


def test_a_work_that_wins_wins() -> None:
    assert honoured(f"{{《河岸》|R}}荣获{AWARD}。") == {"《河岸》 > 金穗奖"}


def test_a_group_of_a_city_is_honoured_and_not_the_city() -> None:
    assert honoured(f"授予{{南江市|L}}未成年人检察团队{AWARD}称号。") == set()
    assert honoured(f"授予{{南江市|L}}、{{江北市|L}}“{AWARD}”称号。") == {
        "南江市 > 金穗奖",
        "江北市 > 金穗奖",
    }


def test_a_price_is_of_the_deal_not_of_what_the_seller_holds() -> None:
    told = facts("青禾集团以3.5亿元回购云栖科技有限公司所持江北电子有限公司20%的股权。")
    holding = [fact for fact, _, _ in told if any(f.pattern == "holds-shares-of" for f in fact.firings)]
    assert [fact.amount for fact in holding] == [None]
    paid = facts("青禾集团有限公司以3.5亿元收购江北电子有限公司20%的股权。")
    assert [str(fact.amount.value) for fact, _, _ in paid if fact.amount] == ["350000000"]
