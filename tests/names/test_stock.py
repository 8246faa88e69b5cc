"""Companies that a stock code stands behind."""

from __future__ import annotations

import pytest

from kg.pipeline import Pipeline
from kg.text.source import article_of


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("高远环境(000997)7月25日晚间公告，项目总投资约4.22亿元。", ["高远环境"]),
        ("近日，卓然教育(03991.HK)非执行董事林向东进行了减持。", ["卓然教育"]),
        ("据披露，高远环境（股票代码：300998）拟收购卓然教育(835998)。", ["高远环境", "卓然教育"]),
        ("高远环境(5.900,0.06,1.03%)：中标一处项目。", ["高远环境"]),
        ("高远环境(SZ 002999，收盘价：5.9元)发布公告。", ["高远环境"]),
        ("7月2日公司(000997)公告。", []),
        ("共有三百人(000997)参加。", []),
        ("高远环境(见图)发布公告。", []),
        ("海川增持金桂生物100万股，每股作价12.5元。", ["金桂生物"]),
        ("股东增持公司股份100万股。", []),
        ("青川股份：拟现金收购一家公司", ["青川股份"]),
        ("全部股份：拟现金收购", []),
        ("股东增持不超过100万股。", []),
    ],
)
def test_a_stock_code_stands_behind_a_company(text: str, names: list[str]) -> None:
    (reading,) = Pipeline().read([article_of(f"公告\n{text}")])

    assert [entity.name for entity in reading.entities if entity.type == "Organization"] == names
