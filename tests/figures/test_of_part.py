"""Figures of a part, a relative, a firm under another that no name tells, and sums that boards decide on."""

from __future__ import annotations

import pytest

from tests.figures.test_nobody import figures, whose


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("云栖科技工程师陈立群说，他所在的部门有45人，平均年龄28岁。", "45人"),
        ("云栖科技工程师陈立群说，他所在的部门有45人，平均年龄28岁。", "28岁"),
        ("林晚舟是江城第一中学的教师，她所在的班级有52名学生。", "52名"),
        ("岚江集团旗下的子公司今年实现营收3.2亿元。", "3.2亿元"),
        ("青岩县下属单位今年共投入资金300万元。", "300万元"),
        ("林晚舟是江城第一中学的教师。林晚舟的母亲今年80岁。", "80岁"),
    ],
)
def test_no_figure_of_a_part_belongs_to_who_is_named_beside_it(text: str, figure: str) -> None:
    assert (figure, "") in whose(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("岚江集团有限公司旗下子公司12家。", ("12家", "岚江集团有限公司")),
        ("岚江集团有限公司旗下拥有20家酒店。", ("20家", "岚江集团有限公司")),
        ("他所在的江城研究院有200名研究员。", ("200名", "江城研究院")),
    ],
)
def test_what_a_name_has_under_it_stays_with_it(text: str, expected: tuple[str, str]) -> None:
    assert expected in whose(text)


def test_boards_have_members_and_no_sums() -> None:
    assert all(
        not owner.endswith("董事会")
        for _, owner in whose("岚江集团董事会同意以3.5亿元收购青禾能源20%的股权。")
    )
    assert ("9名", "岚江集团董事会") in whose("岚江集团董事会有9名董事。")


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("南山贸易公司认为，此次获利只有5200元，原告要求赔偿30万元的诉讼请求没有依据。", "30万元"),
        ("宏达超市辩称并不知情，原告要求赔偿15万元的主张明显过高。", "15万元"),
        ("经岚江集团有限公司鉴定，该饭店所售的3箱白酒系假冒。", "3箱"),
        ("经岚江集团有限公司鉴定，认定该饭店所售的3箱白酒系假冒。", "3箱"),
        ("浏阳市的这个育秧中心已接到订单3万亩。", "3万亩"),
        ("五部门联合印发《养老机构服务规范》。", "五部门"),
        ("岚江集团有限公司、青禾集团有限公司共处理订单21.36亿笔，金额845亿元。", "21.36亿笔"),
        ("岚江集团有限公司、青禾集团有限公司共处理订单21.36亿笔，金额845亿元。", "845亿元"),
        ("林晚舟在江城第一中学当教师。她年近七十岁的老父亲来了。", "近七十岁"),
    ],
)
def test_no_figure_of_others_or_of_several_is_given_to_one(text: str, figure: str) -> None:
    assert (figure, "") in whose(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("岚江集团有限公司公告，该公司全年营收5亿元。", ("5亿元", "岚江集团有限公司")),
        ("岚江集团有限公司要求赔偿15万元。", ("15万元", "岚江集团有限公司")),
        ("岚江集团有限公司与青禾集团有限公司共同举办展览，展出文物326件。", ("326件", "岚江集团有限公司")),
        ("岚江集团有限公司及其子公司共有员工19万人。", ("19万人", "岚江集团有限公司")),
        ("岚江集团有限公司旗下门店数量为1300家。", ("1300家", "岚江集团有限公司")),
        ("该司机林晚舟驾车行驶300公里。", ("300公里", "林晚舟")),
        ("岚江集团有限公司共处理订单300万笔。", ("300万笔", "岚江集团有限公司")),
    ],
)
def test_what_one_has_stays_with_it(text: str, expected: tuple[str, str]) -> None:
    assert expected in whose(text)


def test_a_place_that_only_says_where_another_is_has_none_of_its_figures() -> None:
    assert {owner for _, owner in whose("在云南普洱，今年计划采摘春茶36.8万亩。")} <= {"", "普洱市"}


def test_who_answers_in_an_interview_has_none_of_the_figures_he_tells() -> None:
    text = "上海市仁济医院眼科副主任医师孟庆林指出，定期检查是关键。\n孟庆林：目前尚无特效疗法。对于在视神经以外300微米处的病变可以激光治疗。"
    assert ("300微米", "") in whose(text)


def test_the_end_of_a_name_is_not_what_is_counted() -> None:
    labels = [
        figure.of
        for figure, _ in figures("奉化某副食经营部将8箱45度的白酒售给顾客。")
        if figure.text == "8箱"
    ]
    assert labels == [label for label in labels if "经营部" not in label] != []


def test_what_is_grown_is_no_company() -> None:
    assert ("110万吨", "洛川") in whose("陕西洛川今年苹果产量达到110万吨。")


def test_bodies_have_no_age_but_their_people_on_average() -> None:
    told = whose("武汉市疾控中心副主任向志明介绍病例9，女，47岁。武汉市疾控中心员工平均年龄32岁。")
    assert ("47岁", "") in told
    assert ("32岁", "武汉市疾控中心") in told


@pytest.mark.parametrize(
    ("text", "figure", "body"),
    [
        ("他去青岩县民政局要3000元补助。", "3000元", "青岩县民政局"),
        ("陈立群到江城第一医院交了8000元押金。", "8000元", "江城第一医院"),
        ("林晚舟前往岚江银行贷了5万元。", "5万元", "岚江银行"),
    ],
)
def test_a_body_that_somebody_goes_to_has_not_the_sum(text: str, figure: str, body: str) -> None:
    assert (figure, body) not in whose(text)


def test_what_a_body_pays_stays_with_it() -> None:
    assert ("8000万元", "岚江集团") in whose("岚江集团向青岩县捐了8000万元。")
