"""Figures of the country, a market, a set, another time, a man's life: of nobody who only stands near; whole labels."""

from __future__ import annotations

import pytest

from tests.figures.whole import figures


def owners(text: str) -> list[str]:
    return [(figure.subject or "").partition(":")[2] for figure in figures(text)]


def dates(text: str) -> set[str]:
    return {figure.date.text for figure in figures(text) if figure.date is not None}


@pytest.mark.parametrize(
    "text",
    [
        "青松轿车公司总监韩立新表示，6月份PPI是5.1%，CPI为2.3%。",
        "北辰证券有限公司首席分析师周海平认为，今年一季度GDP增长5.3%，失业率为5.2%。",
        "海岳银行行长马志远称，存款准备金率已上调至18%，市场流动性减少3000亿元。",
        "青松软件有限公司副总经理刘建国介绍，国内云计算市场规模达到2000亿元，行业平均增速为30%。",
        "据中国轿车工业协会统计，今年5月，国内轿车销量为76万辆，同比增长12%。今年前5个月，国内轿车销量为300万辆。\n中国轿车工业协会秘书长韩立新认为，市场将放缓。",
    ],
)
def test_what_is_said_of_the_country_or_the_market_is_nobodys(text: str) -> None:
    assert set(owners(text)) == {""}


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("青松软件有限公司副总经理刘建国介绍，公司全年营收5亿元。", "青松软件有限公司"),
        ("青松集团董事长韩立新表示，公司国内销量达到30万辆。", "青松集团"),
        ("临江市去年GDP达500亿元，失业率3%。", "临江市"),
        ("临江开发区GDP达500亿元，同比增长7%。", "临江开发区"),
    ],
)
def test_own_figures_and_those_of_regions_stay(text: str, owner: str) -> None:
    assert set(owners(text)) == {owner}


@pytest.mark.parametrize(
    "text",
    [
        "何文博，临江大学教授。主编《中国农村研究》系列专著8部，发表论文60余篇，主持国家级项目5项。",
        "何文博现任临江大学教授，出版中国乡村治理研究系列专著6部，论文70篇。",
    ],
)
def test_works_in_a_life_are_of_no_title_and_no_country(text: str) -> None:
    assert owners(text)
    assert set(owners(text)) <= {"", "何文博"}


def test_a_university_has_the_works_it_is_told_to_have() -> None:
    assert owners("云岭大学去年发表论文3000篇，承担项目500项。") == ["云岭大学", "云岭大学"]


@pytest.mark.parametrize(
    "text",
    [
        "继2008年赵天佑出席第三届脊柱外科大会后，本次大会2天内完成2台手术。",
        "继2015年何文博来访之后，论坛此次共收到论文200篇。",
    ],
)
def test_the_time_before_dates_and_owns_nothing_of_now(text: str) -> None:
    assert figures(text)
    assert (set(owners(text)), dates(text)) == ({""}, set())


@pytest.mark.parametrize(
    "text",
    [
        "何文博主席很高兴。专家们要求何主席再准备另1例病人。",
        "何文博教授完成了手术。代表们建议再安排2台示范手术。",
    ],
)
def test_what_is_asked_for_is_of_nobody_before(text: str) -> None:
    assert owners(text) == [""]


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("青松基金会支持了云岭九大湖泊保护。", ""),
        ("青松科技有限公司与三大运营商合作。", ""),
        ("青松科技有限公司拥有七大产品线。", "青松科技有限公司"),
    ],
)
def test_a_number_in_what_a_set_is_called_is_nobodys(text: str, owner: str) -> None:
    assert owners(text) == [owner]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("临江医院诊疗量比上年同期时增长20%。", ["增长"]),
        ("今年前5个月，临江省非金融类对外直接投资30亿美元。", ["临江省非金融类对外直接投资"]),
        ("临江省今年新增水利贷款50亿元，累计发放水利贷款200亿元。", ["新增水利贷款", "水利贷款"]),
        ("临江省新增城镇就业30万人，新增贷款达80亿元。", ["新增城镇就业", "新增贷款"]),
        ("青松公司投资3亿元建设新厂。", [""]),
        ("列车时速达300公里。", ["列车时速"]),
    ],
)
def test_a_label_is_the_whole_noun_phrase(text: str, labels: list[str]) -> None:
    assert [figure.of for figure in figures(text)] == labels


def test_a_year_that_is_only_compared_with_dates_nothing() -> None:
    text = "2024年调查显示，青松软件有限公司员工健康素养水平较2018年提升7.6个百分点。"
    assert "2018年" not in {figure.date.text for figure in figures(text) if figure.date is not None}
