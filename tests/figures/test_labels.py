"""What a figure's label holds: the whole of 我国, no mere verb."""

from __future__ import annotations

import pytest

from tests.figures.whole import figures


def labels(text: str) -> list[tuple[str, str]]:
    return [(figure.text, figure.of) for figure in figures(text)]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("我国外贸总值增长3%。", "我国外贸总值增长"),
        ("前8个月，我国新能源汽车产量300万辆。", "我国新能源汽车产量"),
        ("上半年我国居民消费价格上涨0.3%。", "我国居民消费价格上涨"),
        ("我市财政收入20亿元。", "我市财政收入"),
        ("去年我国对外投资500亿元。", "投资"),
    ],
)
def test_a_label_keeps_our_country_whole_or_not_at_all(text: str, label: str) -> None:
    assert [of for _, of in labels(text)][-1:] == [label]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("青松软件有限公司增加投资10亿元，扩大生产规模。", "投资"),
        ("北辰集团有限公司增加出资3亿元。", "出资"),
        ("临江市增加30亿元。", ""),
        ("青松软件有限公司减少8000万元。", ""),
        ("产能增加20万吨。", "产能增加"),
    ],
)
def test_a_label_is_no_name_with_a_verb(text: str, label: str) -> None:
    assert [of for _, of in labels(text)] == [label]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("林远山出资30万元长期帮扶山区学校。", "出资"),
        ("志愿者解决了60个家庭的烦心事。", "家庭"),
        ("社区化解80名职工的住房问题。", "职工"),
        ("青禾县有50个优秀的人才。", "优秀的人才"),
        ("全县有30个不同的品种。", "不同的品种"),
        ("人大代表提出建议12条。", "建议"),
        ("该局开展检查35次。", "检查"),
    ],
)
def test_a_label_is_what_is_counted_and_not_how_or_whose(text: str, label: str) -> None:
    assert [of for _, of in labels(text)] == [label]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("此次共有4名骨科、烧伤专业的医师参加。", "骨科、烧伤专业的医师"),
        ("3位教师、学生参加。", "教师"),
        ("12家企业、学校的负责人参加。", "企业"),
    ],
)
def test_who_is_counted_stands_behind_the_list_of_their_fields(text: str, label: str) -> None:
    assert [of for _, of in labels(text)] == [label]


def test_the_end_of_a_range_is_called_as_its_beginning() -> None:
    told = labels("蓝洋股份有限公司预计实现净利润2.1亿-2.4亿元，同比增长55.3%-77.6%。")
    assert told == [
        ("2.1亿", "预计实现净利润"),
        ("2.4亿元", "预计实现净利润"),
        ("55.3%", "预计实现净利润同比增长"),
        ("77.6%", "预计实现净利润同比增长"),
    ]


def test_profit_of_a_parent_is_called_whole() -> None:
    assert labels("上半年归母净利润为1.2亿元。") == [("1.2亿元", "归母净利润")]


@pytest.mark.parametrize(
    "text", ["村庄四周的水稻绿油油的。", "这改变了燃油车、混动车、电动车三分天下的局面。"]
)
def test_ways_of_speaking_count_nothing(text: str) -> None:
    assert labels(text) == []


def test_what_falls_to_a_level_is_called_without_falling() -> None:
    assert labels("死亡率降到0.8%以下。") == [("0.8%以下", "死亡率")]
    assert labels("产能由20家增至30家。") == [("20家", "产能"), ("30家", "产能")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "去年，青松软件有限公司的营业收入为3亿元，而前年仅为1800万元。",
            ["青松软件有限公司的营业收入", "青松软件有限公司的营业收入"],
        ),
        ("临江市粮食产量80万吨，比计划高出不少，三年前不过60万吨。", ["临江市粮食产量", "临江市粮食产量"]),
        ("临江市财政收入去年为50亿元，十年前只有8亿元。", ["临江市财政收入", "临江市财政收入"]),
        ("临江港吞吐量500万吨，同比增长8%。", ["临江港吞吐量", "临江港吞吐量同比增长"]),
        ("临江市粮食产量增长两成，达到60万吨。", ["临江市粮食产量增长", "临江市粮食产量"]),
        ("临江市粮食产量80万吨，三年前仅有60名农技员。", ["临江市粮食产量", "农技员"]),
        ("临江市粮食产量80万吨，三年前仅有600元。", ["临江市粮食产量", ""]),
        ("临江市粮食产量80万吨，农民收入增长8%。", ["临江市粮食产量", "农民收入增长"]),
    ],
)
def test_a_clause_that_says_less_goes_on_from_the_one_before(text: str, told: list[str]) -> None:
    assert [of for _, of in labels(text)] == told


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("岚江化工厂爆炸致8人死亡。", "死亡"),
        ("列车脱轨造成12人不同程度受伤。", "受伤"),
        ("一个多月前商会发出预警。", ""),
        ("两小时后车队抵达。", ""),
    ],
)
def test_a_label_says_what_happened_to_people_and_nothing_of_a_time_ago(text: str, label: str) -> None:
    assert [of for _, of in labels(text)][:1] == [label]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("青岩县依据各片区的历史资源细分出了11个更新单元。", "更新单元"),
        ("青岩县吸引了匠人和数千名“老乡”。", ""),
        ("青岩县今年新建学校3所。", "学校"),
    ],
)
def test_a_label_is_what_stands_behind_the_verb(text: str, label: str) -> None:
    assert [of for _, of in labels(text)] == [label]
