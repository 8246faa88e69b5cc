"""Money, pairs, tenths and numbers that count nothing, as ``find_quantities`` reads them: own wordings."""

from __future__ import annotations

import pytest

from kg.figures.quantity import find_quantities


def read(text: str) -> list[tuple[str, str | None]]:
    return [(str(q.value), q.unit) for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("校友捐款港币1200万元。", [("12000000", "港元")]),
        ("校友捐款港币约1200万元。", [("12000000", "港元")]),
        ("货款约日元3亿。", [("300000000", "日元")]),
        ("奖金泰铢八十万。", [("800000", "泰铢")]),
        ("报价为卢布500万元。", [("5000000", "卢布")]),
        ("中标价港币300-500万元。", [("3000000", "港元"), ("5000000", "港元")]),
        ("订单为日元3至5亿元。", [("300000000", "日元"), ("500000000", "日元")]),
        (
            "捐赠港币300万元、500万元和200万元，另捐20万元。",
            [("3000000", "港元"), ("5000000", "港元"), ("2000000", "港元"), ("200000", "元")],
        ),
        ("注册资本500万元（港币）。", [("5000000", "港元")]),
        ("实缴资本300万元新台币。", [("3000000", "新台币")]),
        ("金额（欧元）：800万元。", [("8000000", "欧元")]),
        ("投资人民币3亿元。", [("300000000", "元")]),
        ("投资3亿元人民币。", [("300000000", "元")]),
        ("1亿美元3家公司分。", [("100000000", "美元"), ("3", "家")]),
    ],
)
def test_a_currency_named_beside_the_number_is_its_unit(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("总价US$1.5 billion。", [("1500000000", "美元")]),
        ("定金£2,500。", [("2500", "英镑")]),
        ("另付A$3m和S$20.5万。", [("3000000", "澳元"), ("205000", "新加坡元")]),
        ("合同额350万USD，尾款20万RMB。", [("3500000", "美元"), ("200000", "元")]),
        ("赔款NT$5,000万。", [("50000000", "新台币")]),
        ("拨款＄30万。", [("300000", "美元")]),
        ("标价￥99.9。", [("99.9", "元")]),
        ("拨款EUR 4.2 million。", [("4200000", "欧元")]),
    ],
)
def test_signs_and_codes_name_the_currency(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert read(text) == expected


def test_a_rate_of_exchange_is_no_sum() -> None:
    assert read("人民币兑美元7.12。") == [("7.12", None)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("每斤3块5", "3.5"),
        ("两块五一斤", "2.5"),
        ("三块四毛五", "3.45"),
        ("八毛钱一根", "0.8"),
        ("3角5分", "0.35"),
        ("12元6分", "12.06"),
        ("7元3角2分", "7.32"),
        ("卖二十块，", "20"),
        ("柒佰陆拾元伍角整", "760.5"),
        ("叁拾贰万伍仟元整", "325000"),
        ("3兆元", "3000000000000"),
    ],
)
def test_sums_are_read_whole(text: str, value: str) -> None:
    assert read(text)[0] == (value, "元")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三块五花肉", ("3", "块")),
        ("两块三角形", ("2", "块")),
        ("搬来3块砖", ("3", "块")),
    ],
)
def test_pieces_are_no_money(text: str, expected: tuple[str, str | None]) -> None:
    assert read(text)[0] == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("工资1万五，", "15000"),
        ("月薪3万2。", "32000"),
        ("罚款三千六百五。", "3650"),
        ("共1万2千人", "12000"),
    ],
)
def test_a_numeral_may_leave_its_last_unit_out(text: str, value: str) -> None:
    assert read(text)[0][0] == value


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("一两百名", ["100", "200"]),
        ("一两千公里", ["1000", "2000"]),
        ("三五千亩", ["3000", "5000"]),
        ("十一二岁", ["11", "12"]),
        ("二十七八人", ["27", "28"]),
        ("十五六万元", ["150000", "160000"]),
        ("一百二三十家", ["120", "130"]),
        ("一两万元", ["10000", "20000"]),
        ("七八成", ["70", "80"]),
        ("两千人", ["2000"]),
    ],
)
def test_neighbours_said_together_are_a_range(text: str, values: list[str]) -> None:
    assert [value for value, _ in read(text)] == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("占比三成七，", "37"),
        ("近五成半", "55"),
        ("八成一的农户", "81"),
        ("约4成5的人", "45"),
        ("六成多", "60"),
        ("3成左右", "30"),
        ("两成一线工人", "20"),
        ("三成二手房", "30"),
        ("四成五险一金", "40"),
        ("两成三千人以上", "20"),
    ],
)
def test_tenths_have_their_hundredths(text: str, value: str) -> None:
    assert read(text)[0] == (value, "%")


@pytest.mark.parametrize(
    "text",
    [
        "第1—3名得奖",
        "位列第2、3位",
        "第二至五届",
        "2.1项目概况",
        "第3.2条",
        "客队以2:0获胜",
        "该队以三比一击败对手",
    ],
)
def test_ordinals_sections_and_how_a_match_was_won_count_nothing(text: str) -> None:
    assert [q for q in find_quantities(text) if not q.spoken or q.unit] == []


def test_what_is_measured_in_latin_units_keeps_them() -> None:
    assert read("加速用时3.2s，时速120km/h，流量2500立方米每秒") == [
        ("3.2", "s"),
        ("120", "km/h"),
        ("2500", "立方米每秒"),
    ]
