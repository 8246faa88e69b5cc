"""Names of honours, in sentences made up for the tests."""

from __future__ import annotations

import pytest

from tests.names.test_works import names


@pytest.mark.parametrize(
    ("text", "honours"),
    [
        ("青岚海关获评全国文明单位。", ["全国文明单位"]),
        ("宏远地铁荣获詹天佑奖。", ["詹天佑奖"]),
        ("省总工会授予王芳五一劳动奖章。", ["五一劳动奖章"]),
        (
            "有数人荣获全国教育系统劳模、优秀教育工作者、优秀教师等荣誉称号。",
            ["全国教育系统劳模", "优秀教育工作者", "优秀教师"],
        ),
        ("青岚药业荣登《财富》世界500强。", ["世界500强"]),
        ("宏远电气获得“最具投资价值上市公司”奖项。", ["“最具投资价值上市公司”"]),
        ("他在校期间获得国家奖学金。", ["国家奖学金"]),
        ("中建青岚公司承建项目获奖。", []),
    ],
)
def test_an_honour_is_found_whole(text: str, honours: list[str]) -> None:
    assert [name for name, kind in names(text) if kind in ("Award", "Product")] == honours
