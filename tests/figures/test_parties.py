"""Whose a figure is not who only takes part: sellers, what is bought, what is compared with, inspectors, hosts, helpers, firms under another."""

from __future__ import annotations

import pytest

from tests.figures.test_nobody import whose
from tests.figures.whole import figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("当事人从青禾家具厂购进椅子40把。", ("40把", "")),
        ("当事人于2023年3月从岚江贸易有限公司购进白酒12箱。", ("12箱", "")),
        ("岚江贸易有限公司从青禾面粉厂购进面粉50袋。", ("50袋", "岚江贸易有限公司")),
        ("陈立群向江城银行借款30万元。", ("30万元", "陈立群")),
        ("岚江集团从江城银行获得贷款3亿元。", ("3亿元", "岚江集团")),
        ("江城市市场监督管理局对当事人进行检查。当事人从青禾家具厂购进椅子40把。", ("40把", "")),
    ],
)
def test_who_sells_or_lends_has_not_what_another_gets(text: str, expected: tuple[str, str]) -> None:
    assert expected in whose(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青禾面粉厂向岚江贸易有限公司出售面粉50袋。", ("50袋", "青禾面粉厂")),
        ("岚江集团向江城大学捐赠100万元。", ("100万元", "岚江集团")),
        ("海川集团给江城大学提供实习岗位30个。", ("30个", "海川集团")),
    ],
)
def test_who_gets_something_has_not_what_a_named_other_gives(text: str, expected: tuple[str, str]) -> None:
    assert expected in whose(text)


@pytest.mark.parametrize(
    "text",
    [
        "云栖科技股份有限公司公告称，控股子公司岚江能源有限公司亏损3000万元。公司以1亿元收购青禾医药有限公司60%股权。",
        "云栖科技股份有限公司今日公告。控股子公司岚江能源有限公司去年亏损3000万元。公司拟以1亿元受让青禾医药有限公司60%股权。",
    ],
)
def test_a_sum_that_buys_is_of_the_article_s_own_firm_or_of_none(text: str) -> None:
    owners = dict(whose(text))
    assert owners["1亿元"] in ("", "云栖科技股份有限公司")
    assert owners["60%"] == "青禾医药有限公司"


def test_a_firm_under_another_that_is_whom_the_article_is_about_keeps_its_figures() -> None:
    text = "岚江能源有限公司是云栖科技股份有限公司的控股子公司，去年亏损3000万元。公司决定增资1亿元。"
    assert ("1亿元", "岚江能源有限公司") in whose(text)


def test_a_firm_under_another_at_the_start_of_a_sentence_has_its_figure_or_none() -> None:
    text = "海川集团股份有限公司发布年报。全资子公司海川物流有限公司实现营业收入5亿元。"
    assert ("5亿元", "海川集团股份有限公司") not in whose(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "江城市市场监督管理局检查岚江车业有限公司时发现，其生产的“飞燕”牌电动车车速38公里/小时。",
            ("38公里/小时", "岚江车业有限公司"),
        ),
        (
            "江城市市场监督管理局执法人员检查该公司时发现，其生产的“X”电动车车速38公里/小时。",
            ("38公里/小时", ""),
        ),
        ("江城市市场监督管理局对当事人进行检查，发现其仓库内存放过期饼干30箱。", ("30箱", "")),
        ("江城市环保局对青禾造纸厂进行检查时发现，其排放的废水超标3倍。", ("3倍", "青禾造纸厂")),
    ],
)
def test_who_looks_has_not_what_he_finds(text: str, expected: tuple[str, str]) -> None:
    assert expected in whose(text)


@pytest.mark.parametrize(
    ("text", "owner", "label"),
    [
        ("全国普查结果公布。比第六次人口普查增加3万人。", None, "增加"),
        ("较第三次全国农业普查时增加200公顷。", None, "增加"),
        ("江城市常住人口为300万人，比第六次人口普查增加3万人。", "Place:江城市", "增加"),
        (
            "青岩县常住人口50万人，与第六次全国人口普查相比减少2万人。",
            "Place:青岩县",
            "减少",
        ),
        ("江城市销量今年比上年同期销售收入增长5%。", "Place:江城市", "销售收入增长"),
    ],
)
def test_what_is_compared_with_has_nothing_and_names_nothing(
    text: str, owner: str | None, label: str
) -> None:
    last = figures(text)[-1]
    assert (last.subject, last.of) == (owner, label)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("陈立群：我厅会同财政厅印发《农村住房补助办法》，对每户补贴600元。", "600元"),
        ("陈立群：我们已联合教育厅出台政策，给每名学生补助1000元。", "1000元"),
        ("江城大学承办，为期3天，420名代表参加。", "3天"),
        ("江城大学承办，为期3天，420名代表参加。", "420名"),
        ("江城大学主办，岚江集团协办，历时4天，吸引300余人参赛。", "4天"),
    ],
)
def test_who_speaks_for_a_body_who_hosts_and_who_joins_in_have_nothing(text: str, figure: str) -> None:
    assert (figure, "") in whose(text)


def test_what_our_office_has_is_of_the_body_that_its_head_speaks_for() -> None:
    assert ("12所", "江城市教育局") in whose("江城市教育局局长陈立群：我局今年将新建学校12所。")


@pytest.mark.parametrize(
    "text",
    [
        "林晚舟是江城消防站站长。林晚舟先后救出300人。那天，张建国的船坏了。40余名村民等在岸边。",
        "林晚舟是江城消防站站长，从业20年，先后救出300人。那晚，邻居张建国打开家门。如今，40余名村民挤在他家里。",
    ],
)
def test_people_who_act_themselves_are_no_man_s(text: str) -> None:
    owners = dict(whose(text))
    assert not owners["40余名"]
    assert owners["300人"] == "林晚舟"


def test_what_is_held_has_it() -> None:
    assert ("420名", "青禾论坛") in whose("青禾论坛开幕。论坛由江城大学承办，为期3天，420名代表参加。")
    assert ("3天", "青禾论坛") in whose("江城大学承办的青禾论坛为期3天。")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("岚江集团净利润由-1亿元转为2亿元。", ["-1亿元", "2亿元"]),
        ("岚江集团净利润从-5000万元增至1.2亿元。", ["-5000万元", "1.2亿元"]),
        ("岚江集团净利润由盈转亏至-2000万元。", ["-2000万元"]),
        ("岚江集团净利润由1亿元降至-3000万元。", ["1亿元", "-3000万元"]),
        ("岚江集团购入歼-20模型3架。", ["3架"]),
    ],
)
def test_the_sign_of_what_something_was_and_became(text: str, expected: list[str]) -> None:
    found = figures(text)
    assert [figure.text for figure in found] == expected
    assert all((figure.value < 0) == figure.text.startswith("-") for figure in found)


def test_lots_that_are_tested_are_a_unit() -> None:
    (figure,) = figures("江城市市场监督管理局抽检食品300批次。")
    assert (figure.unit, figure.of) == ("批次", "食品")


def test_a_body_may_be_older_than_any_man() -> None:
    assert ("110岁", "清华大学") in whose("清华大学110岁了。")
    assert ("60岁", "江城大学") not in whose("江城大学今年60岁的陈立群退休。")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("警方在仓库里查到60箱“青禾集团”饮料，其中20箱已变质。", ("60箱", "")),
        ("警方在仓库里查到60箱“青禾集团”饮料，其中20箱已变质。", ("20箱", "")),
        ("岚江贸易有限公司订购了12台青禾集团空调。", ("12台", "岚江贸易有限公司")),
        ("青禾集团售出12台青禾集团空调。", ("12台", "青禾集团")),
        ("今年已有35座古城、98所江城希望小学，新增校舍4万平方米。", ("4万平方米", "")),
        ("今年已有35座古城、98所江城希望小学，新增校舍4万平方米。", ("35座", "")),
        ("青禾集团有3家青禾集团子公司。", ("3家", "青禾集团")),
        ("店主陈立群从青禾县运来8箱包装好的青禾集团，准备出售。", ("8箱", "陈立群")),
        ("经青禾集团鉴定，店内所售的12箱“青禾集团”饮料是假货。", ("12箱", "")),
        ("另外8箱青禾集团饮料中，5箱已售出，其余3箱系青禾集团生产。", ("5箱", "")),
        ("本次巡展展出30台青禾集团的设备。", ("30台", "青禾集团")),
    ],
)
def test_what_wares_are_called_by_has_none_of_them(text: str, expected: tuple[str, str]) -> None:
    assert expected in whose(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甘蓝国军队在北丘地区的行动造成至少58人死亡。", ("至少58人", "北丘地区")),
        ("美军空袭岚江港，造成8人死亡、十多人受伤。", ("8人", "岚江港")),
        ("美军8人阵亡。", ("8人", "美军")),
        ("美军派出300人。", ("300人", "美军")),
    ],
)
def test_the_dead_are_not_of_the_forces_that_killed_them(text: str, expected: tuple[str, str]) -> None:
    owners = dict(whose(text))
    assert owners[expected[0]] in ("", expected[1])
    assert ("美军" in owners.values()) == (expected[1] == "美军")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("岚江食品商会指出，罐头上半年出口6万吨。", ("6万吨", "")),
        ("岚江食品行业协会表示，今年罐头出口6万吨，同比增长5%。", ("5%", "")),
        ("岚江食品行业协会表示，我会现有会员300家。", ("300家", "岚江食品行业协会")),
        ("岚江食品行业协会现有会员300家。", ("300家", "岚江食品行业协会")),
    ],
)
def test_what_an_association_says_is_of_its_trade(text: str, expected: tuple[str, str]) -> None:
    assert expected in whose(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("海川集团董事长周明应邀出席江城大学校庆，校庆收到捐款2亿元，3000名校友返校。", ("2亿元", "")),
        ("海川集团董事长周明应邀出席江城大学校庆，校庆收到捐款2亿元，3000名校友返校。", ("3000名", "")),
        ("江城市市长周明出席开工仪式，项目总投资12亿元。", ("12亿元", "")),
        ("周明出席开工仪式，捐款3万元。", ("3万元", "周明")),
    ],
)
def test_a_guest_has_not_what_is_told_of_his_hosts(text: str, expected: tuple[str, str]) -> None:
    owners = dict(whose(text))
    assert owners[expected[0]] == expected[1] or (
        not expected[1] and owners[expected[0]] not in ("海川集团", "周明", "江城市")
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青岩县教育局、青岩县财政局等9部门联合开展“暖冬”行动。", ("9部门", "")),
        ("青岩县教育局等12家单位共同举办“暖冬”行动。", ("12家", "")),
        ("青岩县财政局有9个部门。", ("9个", "青岩县财政局")),
    ],
)
def test_who_acts_together_is_counted_and_of_none_of_them(text: str, expected: tuple[str, str]) -> None:
    assert expected in whose(text)


def test_what_is_only_held_against_has_no_price() -> None:
    text = "青禾农机有限公司推出“云帆三号”播种机。该机效率较上一代产品“云帆二号”提升三成，售价2.6万元。"
    assert "云帆二号" not in dict(whose(text))["2.6万元"]
