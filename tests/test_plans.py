"""What is only planned, agreed to half, or told by somebody: status, sum and source of a fact, from words to facts."""

from __future__ import annotations

from functools import cache

import pytest

from kg.base.model import Fact, Reading
from kg.pipeline import Pipeline
from kg.text.source import article_of

HEAD = "要闻\n发布时间：2024-06-03 来源：河阳日报\n"


@cache
def pipeline() -> Pipeline:
    return Pipeline()


@cache
def read(text: str) -> Reading:
    (reading,) = pipeline().read([article_of(HEAD + text)])
    return reading


def fact(text: str, predicate: str) -> Fact:
    """Return the only fact of a relation."""
    (found,) = {
        (one.subject, one.object): one for one in read(text).facts if one.predicate == predicate
    }.values()
    return found


def told(text: str, predicate: str = "investedIn") -> tuple[str, list[str]]:
    """Return the status of the fact and who says it."""
    found = fact(text, predicate)
    return found.status, [source.text for source in found.sources]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("青松股份公告，公司拟以3.2亿元，收购澜海电子科技有限公司51%股权。", "3.2亿元"),
        ("青松股份公告称，公司拟以现金方式出资2.6亿元，增资鹿原新材料股份有限公司。", "2.6亿元"),
        ("云岭集团计划投入15亿元，收购白鹿水泥有限公司全部股权。", "15亿元"),
        ("云岭集团将以每股8元的价格，认购白鹿水泥股份有限公司1000万股。", ""),
        ("长丰股份公告，拟以自有资金3亿元，认购苍梧银行股份有限公司新增股份。", "3亿元"),
        ("长丰股份有意出资5亿元，入股苍梧银行股份有限公司。", "5亿元"),
        ("长丰股份正筹划以发行股份方式，购买远山机械有限公司100%股权。", ""),
        ("长丰股份考虑斥资8亿元，并购远山机械有限公司。", "8亿元"),
        ("碧波控股拟通过公开摘牌方式，以4.5亿元，受让远山机械有限公司40%股权。", "4.5亿元"),
        ("碧波控股打算拿出2亿元，用于收购远山机械有限公司40%股权。", "2亿元"),
    ],
)
def test_a_plan_before_a_comma_governs_the_deed_behind_it_with_its_sum(text: str, amount: str) -> None:
    found = fact(text, "investedIn")

    assert found.status == "planned"
    assert (found.amount.text if found.amount else "") == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("碧波控股以4.5亿元，收购了远山机械有限公司40%股权。", "4.5亿元"),
        ("碧波控股拟出售旗下资产，并已收购远山机械有限公司40%股权。", ""),
        ("碧波控股拟上市，去年收购了远山机械有限公司。", ""),
        ("碧波控股计划明年上市，持有远山机械有限公司40%股权。", ""),
        ("碧波控股去年营收8亿元，收购了远山机械有限公司。", ""),
        ("碧波控股希望做大做强，成功收购远山机械有限公司。", ""),
        ("碧波控股拟以自有资金，顺利收购远山机械有限公司。", ""),
        ("碧波控股筹备三年，全资收购远山机械有限公司。", ""),
        ("碧波控股即将上市，全资收购远山机械有限公司。", ""),
        ("碧波控股预计全年利润10亿元，收购远山机械有限公司后将扩大规模。", ""),
    ],
)
def test_what_is_done_beside_a_plan_is_asserted(text: str, amount: str) -> None:
    found = fact(text, "investedIn")

    assert found.status == "asserted"
    assert (found.amount.text if found.amount else "") == amount


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("张伟明即将毕业，获得全国优秀青年奖。", "receivedAward"),
        ("白鹿水泥有限公司力争上游，获得全国质量奖。", "receivedAward"),
        ("张伟明希望为家乡出力，向江北大学捐款100万元。", "supported"),
        ("云岭集团承诺质量第一，与远山机械有限公司签署协议。", "partneredWith"),
        ("张伟明将以优异成绩毕业，获得全国优秀青年奖。", "receivedAward"),
        ("远山机械有限公司新厂即将投入使用，获得全国质量奖。", "receivedAward"),
        ("李清和的新书即将发行，获得全国优秀青年奖。", "receivedAward"),
    ],
)
def test_a_plan_with_an_object_of_its_own_plans_nothing_behind_it(text: str, predicate: str) -> None:
    assert fact(text, predicate).status == "asserted"


@pytest.mark.parametrize(
    "text",
    [
        "云岭集团拟融资5亿元，用于收购白鹿水泥有限公司。",
        "云岭集团拟于明年，收购白鹿水泥有限公司。",
        "云岭集团将以发行股份的方式，全资收购白鹿水泥有限公司。",
        "云岭集团拟通过协议转让，收购白鹿水泥有限公司。",
        "云岭集团拟出售旗下资产，同时收购白鹿水泥有限公司。",
        "云岭集团将携手长丰股份，收购白鹿水泥有限公司。",
        "云岭集团计划在未来三年内投资20亿元，收购白鹿水泥有限公司。",
        "云岭集团将进一步扩大产能，收购白鹿水泥有限公司。",
        "云岭集团将在适当的情况下，收购白鹿水泥有限公司。",
        "云岭集团拟提供3亿元贷款，用于扩大产能，收购白鹿水泥有限公司。",
        "云岭集团还将合资成立一家服务公司，收购白鹿水泥有限公司。",
        "云岭集团拟自筹资金，收购白鹿水泥有限公司。",
        "云岭集团打算，收购白鹿水泥有限公司。",
    ],
)
def test_a_plan_goes_on_over_what_it_is_done_with_and_to_what_it_is_for(text: str) -> None:
    assert fact(text, "investedIn").status == "planned"


def test_what_is_to_be_bought_beside_it_is_planned_too() -> None:
    found = [
        one.status
        for one in read("云岭集团拟收购白鹿水泥有限公司，增资远山机械有限公司。").facts
        if one.predicate == "investedIn"
    ]

    assert found == ["planned", "planned"]


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("国家市场监督管理总局有条件同意青松股份收购澜海电子科技有限公司。", "investedIn"),
        ("监管部门有条件批准云岭集团收购白鹿水泥有限公司。", "investedIn"),
        ("云岭集团初步同意收购白鹿水泥有限公司。", "investedIn"),
        ("云岭集团预同意向远山机械有限公司增资5亿元。", "investedIn"),
        ("云岭集团同意收购白鹿水泥有限公司60%股权。", "investedIn"),
        ("云岭集团收购白鹿水泥有限公司获附条件批准。", "investedIn"),
        ("青松股份同意以3亿元，收购澜海电子科技有限公司。", "investedIn"),
        ("云岭集团经协商同意收购白鹿水泥有限公司。", "investedIn"),
        ("云岭集团获准收购白鹿水泥有限公司，预计年底完成交割。", "investedIn"),
        ("云岭集团同意收购白鹿水泥有限公司，交割尚未完成。", "investedIn"),
        ("云岭集团同意收购白鹿水泥有限公司，公司已完成新厂建设。", "investedIn"),
        ("云岭集团原则上同意与远山机械有限公司合并。", "partneredWith"),
        ("云岭集团与白鹿水泥有限公司就共建产业园达成合作意向。", "partneredWith"),
        ("青松股份原则同意聘任王若水为总经理。", "holdsPosition"),
    ],
)
def test_what_is_agreed_to_half_is_planned(text: str, predicate: str) -> None:
    assert fact(text, predicate).status == "planned"


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("云岭集团与白鹿水泥有限公司签署战略合作协议。", "partneredWith"),
        ("青松股份董事会同意聘任王若水为总经理。", "holdsPosition"),
        ("鹿原市人民政府印发了原则通过的《鹿原市水资源规划》。", "issued"),
        ("云岭集团无条件收购了白鹿水泥有限公司。", "investedIn"),
        ("云岭集团按约定收购白鹿水泥有限公司60%股权，现已完成。", "investedIn"),
        ("云岭集团根据双方约定增资远山机械有限公司5亿元。", "investedIn"),
        ("云岭集团按照此前约定收购了白鹿水泥有限公司。", "investedIn"),
        ("云岭集团经监管部门同意收购白鹿水泥有限公司60%股权。", "investedIn"),
        ("云岭集团获准收购白鹿水泥有限公司并完成交割。", "investedIn"),
        ("云岭集团获准收购白鹿水泥有限公司，于5月完成交割。", "investedIn"),
    ],
)
def test_what_is_done_stays_asserted(text: str, predicate: str) -> None:
    assert fact(text, predicate).status == "asserted"


@pytest.mark.parametrize(
    ("text", "predicate", "said"),
    [
        ("青松股份公告称，公司收购了澜海电子科技有限公司51%股权。", "investedIn", "青松股份"),
        ("据青松股份公告，公司以3亿元收购澜海电子科技有限公司51%股权。", "investedIn", "青松股份"),
        ("据青松股份2023年年报，公司投资了澜海电子科技有限公司。", "investedIn", "青松股份"),
        ("公告显示，青松股份收购了澜海电子科技有限公司51%股权。", "investedIn", "公告"),
        (
            "青松股份发布公告。公告显示，青松股份收购了澜海电子科技有限公司51%股权。",
            "investedIn",
            "青松股份",
        ),
        ("青松股份宣布收购澜海电子科技有限公司。", "investedIn", "青松股份"),
        ("云岭集团董事长张远山表示，云岭集团已收购白鹿水泥有限公司。", "investedIn", "张远山"),
        ("分析师李清和表示，云岭集团已收购白鹿水泥有限公司。", "investedIn", "李清和"),
        ("长丰股份6月2日晚间公告，公司董事会聘任王若水为总经理。", "holdsPosition", "长丰股份"),
        (
            "鹿原市教育局局长陈思源介绍，鹿原市实验小学与苍梧大学签署合作协议。",
            "partneredWith",
            "陈思源",
        ),
        (
            "“青松股份已经收购澜海电子科技有限公司51%股权。”青松股份副总经理王若水告诉记者。",
            "investedIn",
            "王若水",
        ),
        ("据青松股份官网消息，公司任命王若水为总经理。", "holdsPosition", "青松股份"),
    ],
)
def test_who_announces_or_tells_it_is_named(text: str, predicate: str, said: str) -> None:
    assert told(text, predicate) == ("asserted", [said])


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        ("消息人士称，云岭集团已收购白鹿水泥有限公司。", "reported", ["消息人士"]),
        ("据消息人士透露，云岭集团已收购白鹿水泥有限公司。", "reported", ["消息人士"]),
        ("青松股份发布公告称，拟以3.2亿元，收购澜海电子科技有限公司51%股权。", "planned", ["青松股份"]),
        ("青松股份公告否认收购澜海电子科技有限公司。", "denied", ["青松股份"]),
        ("青松股份澄清公告称，公司未收购澜海电子科技有限公司。", "denied", ["青松股份"]),
    ],
)
def test_the_source_stands_with_the_status(text: str, status: str, said: list[str]) -> None:
    assert told(text) == (status, said)


@pytest.mark.parametrize(
    "text",
    [
        "李清和、王若水均不持有澜海电子科技有限公司股份。",
        "青松股份不再持有澜海电子科技有限公司股权。",
        "青松股份明确不收购澜海电子科技有限公司。",
    ],
)
def test_not_right_before_the_verb_denies_it(text: str) -> None:
    assert {one.status for one in read(text).facts if one.predicate == "investedIn"} == {"denied"}


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("李清和对青松股份的发展表示祝贺，并考察了远山机械有限公司。", "visited"),
        ("李清和表示祝贺，随后走访了远山机械有限公司。", "visited"),
        ("青松股份与苍梧大学签署合作协议。李清和表示感谢。", "partneredWith"),
        ("据《河阳日报》报道，长丰股份与苍梧大学签署战略合作协议。", "partneredWith"),
        ("原名远山机械的青松股份简称青松，收购了澜海电子科技有限公司。", "investedIn"),
    ],
)
def test_nobody_is_named_who_does_not_say_it(text: str, predicate: str) -> None:
    assert told(text, predicate) == ("asserted", [])


@pytest.mark.parametrize(
    "text",
    [
        "云岭集团否认，收购白鹿水泥有限公司。",
        "云岭集团否认：收购白鹿水泥有限公司。",
        "云岭集团公告否认，公司收购白鹿水泥有限公司。",
        "云岭集团予以否认，长丰股份入股白鹿水泥有限公司。",
        "张伟明矢口否认，担任白鹿水泥有限公司董事长。",
    ],
)
def test_what_is_denied_behind_a_mark_is_not_said(text: str) -> None:
    assert not [one for one in read(text).facts if one.predicate in ("investedIn", "holdsPosition")]


@pytest.mark.parametrize(
    ("text", "predicate", "status"),
    [
        ("云岭集团否认，称已收购白鹿水泥有限公司。", "investedIn", "asserted"),
        ("云岭集团予以否认，但已入股白鹿水泥有限公司。", "investedIn", "asserted"),
        ("云岭集团否认亏损，已收购白鹿水泥有限公司。", "investedIn", "asserted"),
        ("张伟明矢口否认，河阳市人民法院判处张伟明有期徒刑三年。", "penalized", "asserted"),
        ("张伟明否认，表示自己已担任白鹿水泥有限公司董事长。", "holdsPosition", "asserted"),
        ("云岭集团对此否认，收购白鹿水泥有限公司一事不属实。", "investedIn", "denied"),
    ],
)
def test_what_is_said_or_found_instead_of_a_denial_stands(text: str, predicate: str, status: str) -> None:
    assert fact(text, predicate).status == status


@pytest.mark.parametrize(
    ("text", "predicate", "status"),
    [
        ("云岭集团预计，公司今年收购白鹿水泥有限公司。", "investedIn", "planned"),
        ("云岭集团预计：公司收购白鹿水泥有限公司。", "investedIn", "planned"),
        ("云岭集团预测，公司收购白鹿水泥有限公司。", "investedIn", "planned"),
        ("云岭集团预计，张伟明出任白鹿水泥有限公司董事长。", "holdsPosition", "planned"),
        ("云岭集团预计，公司将持续增长，公司已收购白鹿水泥有限公司。", "investedIn", "asserted"),
        ("云岭集团预计全年营收10亿元，已收购白鹿水泥有限公司。", "investedIn", "asserted"),
    ],
)
def test_what_is_expected_behind_a_mark_is_planned(text: str, predicate: str, status: str) -> None:
    assert fact(text, predicate).status == status
