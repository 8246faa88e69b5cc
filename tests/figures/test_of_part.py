"""Figures of a part, a relative, a firm under another that no name tells, and sums that boards decide on."""

from __future__ import annotations

import pytest

from tests.figures.test_nobody import whose


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
