"""Whose a figure is not, what it does not count, and how far its quote goes."""

from __future__ import annotations

from functools import cache

import pytest

from kg.base.model import Figure
from kg.pipeline import Pipeline
from kg.text.source import article_of


@cache
def _pipeline() -> Pipeline:
    return Pipeline()


def figures(text: str) -> list[tuple[Figure, str]]:
    """Read ``text``; return each figure with its quote."""
    (reading,) = _pipeline().read([article_of(text)])
    return [(figure, figure.quote.of(reading.article.text)) for figure in reading.figures]


def whose(text: str) -> list[tuple[str, str]]:
    return [(figure.text, (figure.subject or "").partition(":")[2]) for figure, _ in figures(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青岩县环保局监测，河水含氧量为每升6毫克。", ("6毫克", "")),
        ("青松咨询有限公司最新统计，上半年共有300家门店关闭。", ("300家", "")),
        ("据青松咨询有限公司统计，全年手机销量为3亿部。", ("3亿部", "")),
        ("临江市商务局统计，1至6月零售额为60亿元。", ("60亿元", "")),
        ("临江市统计局有职工80人。", ("80人", "临江市统计局")),
        ("临江市商务局数据显示，该局共受理申请300件。", ("300件", "临江市商务局")),
        ("青松软件有限公司公告，公司全年营收5亿元。", ("5亿元", "青松软件有限公司")),
    ],
)
def test_a_source_of_statistics_has_not_what_it_counts(text: str, expected: tuple[str, str]) -> None:
    assert whose(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "青松软件有限公司今年销售收入3亿元，利润2000万元。各企业今年销售收入合计9亿元。",
        "北辰集团有限公司今年营业收入8亿元，利润6000万元。当地多家企业今年营业收入合计9亿元。",
        "南湖酒店有限公司今年销售收入5亿元，利润300万元。其他企业今年销售收入共计7亿元。",
    ],
)
def test_unnamed_bodies_at_the_head_have_it_and_not_the_name_before(text: str) -> None:
    first, *_, last = whose(text)
    assert first[1]
    assert not last[1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲方拟收购目标公司（持有临江学院全部权益）90%股权。", ("90%", "")),
        ("买方受让合营公司(控股南湖酒店有限公司)45%的权益。", ("45%", "")),
        ("持有临江学院的公司估值3亿元。", ("3亿元", "")),
        ("青松软件有限公司（总部在临江市）有员工300人。", ("300人", "青松软件有限公司")),
    ],
)
def test_a_name_that_only_describes_owns_nothing(text: str, expected: tuple[str, str]) -> None:
    assert whose(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("37岁的临江市教师陈立群打开了电脑。", ("37岁", "陈立群")),
        ("青松软件有限公司收购了拥有3000名员工的云岭机械有限公司。", ("3000名", "云岭机械有限公司")),
        ("陈立群来到海拔3000米的云岭县。", ("3000米", "云岭县")),
        ("青松软件有限公司投入3亿元的临江市项目资金。", ("3亿元", "青松软件有限公司")),
    ],
)
def test_a_figure_that_describes_a_name_is_of_that_name(text: str, expected: tuple[str, str]) -> None:
    assert expected in whose(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("中国经济平稳运行。我国有呼吸机生产企业21家。", ("21家", "中国")),
        ("呼吸机生产恢复。我国有呼吸机生产企业21家。", ("21家", "")),
    ],
)
def test_our_country_is_the_one_that_the_article_names(text: str, expected: tuple[str, str]) -> None:
    assert expected in whose(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("云岭省是全国12个产粮大省之一的农业省。", [("12个", "")]),
        ("青松软件有限公司是200家参展商中的一家。", [("200家", "")]),
        ("江城大学附属中学获“红旗单位”称号，也是6个“红旗单位”中唯一的中学。", [("6个", "")]),
        ("位列6个基地之一的临江市种植果树2万亩。", [("6个", ""), ("2万亩", "临江市")]),
        ("青松软件有限公司是30家入围企业中的佼佼者。", [("30家", "")]),
        ("青松软件有限公司500名员工中的80名是党员。", [("500名", "青松软件有限公司")]),
    ],
)
def test_a_class_is_not_the_figure_of_one_of_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert whose(text)[: len(expected)] == expected


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("该公司已拨出200万元。", ""),
        ("企业迅速筹集80万元。", ""),
        ("临江学院连续3年获奖。", ""),
        ("该公司向灾区捐赠100万元。", ""),
        ("该厂年产10吨。", "年产"),
        ("参会企业达到20家。", "企业"),
        ("票价80元起。", "票价"),
    ],
)
def test_what_is_counted_is_no_actor_and_no_adverb(text: str, of: str) -> None:
    ((figure, _),) = figures(text)
    assert figure.of.endswith(of) if of else not figure.of


@pytest.mark.parametrize(
    "text",
    [
        "临江队进入前三名。",
        "青松软件有限公司排名前10位。",
        "该校跻身前100强。",
        "她的成绩进入全村前三名。",
        "他考进全院前10名。",
    ],
)
def test_a_rank_is_no_figure(text: str) -> None:
    assert not figures(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("南江市政府门前30名群众聚集。", 30),
        ("中学校门前20名学生受伤。", 20),
        ("病床前3位老人正在聊天。", 3),
        ("大桥前5名工人正在施工。", 5),
        ("办公楼前40名职工合影。", 40),
        ("纪念碑前12名学生献花。", 12),
    ],
)
def test_who_stands_in_front_of_something_is_counted(text: str, value: int) -> None:
    assert [figure.value for figure, _ in figures(text)] == [value]


@pytest.mark.parametrize(
    ("text", "value", "modifier"),
    [
        ("票价80元起。", 80, "over"),
        ("奖金3万元起步。", 30000, "over"),
        ("该机售价1999元起售，限购一台。", 1999, "over"),
        ("企业花费80元起诉。", 80, ""),
    ],
)
def test_from_a_price_on_is_at_least(text: str, value: int, modifier: str) -> None:
    figure = figures(text)[0][0]
    assert figure.value == value
    assert figure.modifier == modifier
    assert figure.minimum == (value if modifier else None)


@pytest.mark.parametrize(
    "text",
    [
        "北辰集团有限公司向临江学院支付100万元，即人民币壹佰万元。",
        "青松软件有限公司投标报价1280000元（大写：壹佰贰拾捌万元整）。",
        "北辰集团有限公司支付违约金3000万元，即三千万元。",
        "向灾区学校捐赠善款100万元（大写：壹佰万元整）。",
    ],
)
def test_a_sum_written_twice_is_one_and_its_quote_closes(text: str) -> None:
    ((_, quote),) = figures(text)
    assert quote.count("（") == quote.count("）")


@pytest.mark.parametrize(
    "text",
    [
        "如果收购成功的话，青松软件有限公司将支付2亿元。",
        "北辰集团有限公司拟出资8000万元，如果获批的话。",
        "青松软件有限公司考虑在第一季度，投资3亿元建厂。",
        "临江市商务局紧急调运的500吨蔬菜，今天已全部运抵。",
    ],
)
def test_the_quote_says_on_what_a_figure_hangs(text: str) -> None:
    ((_, quote),) = figures(text)
    assert quote == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青岚市现有若干园区，共有企业300家。", "青岚市现有若干园区，共有企业300家"),
        ("虚拟现实产业发展快，共有企业300家。", "共有企业300家"),
    ],
)
def test_a_word_inside_another_says_not_that_a_figure_hangs_on_something(text: str, expected: str) -> None:
    ((_, quote),) = figures(text)
    assert quote == expected


@pytest.mark.parametrize("text", ["眼前3名队员倒下。", "跟前3名孩子在玩耍。"])
def test_a_place_in_front_of_somebody_is_no_rank(text: str) -> None:
    assert [figure.value for figure, _ in figures(text)] == [3]


@pytest.mark.parametrize(
    "text",
    [
        "青松控股有限公司公告，每持有60股青松控股股份可获发1股北辰科技股份。",
        "青松控股有限公司发布公告，合资格股东每持有50股股份的完整倍数，可认购1股北辰集团股份。",
        "北辰科技股份有限公司股东每20股可换取3股青松控股有限公司股份。",
        "优先配额相当于北辰集团股份有限公司发售股份数目约7.5%及6%。",
        "青松控股有限公司公告，出售股份占北辰集团股份有限公司已发行股本的7.5%。",
        "南湖酒店有限公司表示，本次质押股份占北辰集团股份有限公司总股本的5%。",
    ],
)
def test_a_ratio_or_the_part_of_a_name_is_of_no_name_that_stands_near(text: str) -> None:
    assert whose(text)
    assert {owner for _, owner in whose(text)} == {""}


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("青松软件有限公司占临江市纳税总额的5%。", "青松软件有限公司"),
        ("临江市地处西部，上半年出口5亿元，占云岭省出口总额的10%。", "临江市"),
        ("青松软件有限公司每10股派发现金2元。", "青松软件有限公司"),
    ],
)
def test_the_share_that_a_name_has_of_another_is_its_own(text: str, owner: str) -> None:
    assert whose(text)[-1][1] == owner
