"""A short name that is another company than the longer one it begins, in sentences made up for the tests."""

from __future__ import annotations

import pytest

from tests.things.test_resolve import read


@pytest.mark.parametrize(
    "text",
    [
        "青岚海越公告，公司将收购海越集团持有的青岚海越模具有限公司、青岚海越空调电子有限公司股权。青岚海越表示看好。",
        "岳阳海越拟收购岳阳海越模具有限公司等三家公司。海越集团、海越电器有限公司持有这些股权。岳阳海越表示看好。",
        "海川收购海川模具有限公司。海川由此进入模具行业。",
        "海川模具有限公司与海川签约。海川表示满意。",
        "海川向子公司海川模具有限公司增资。海川表示满意。",
        "会员有海川、海川模具有限公司等。海川表示满意。",
    ],
)
def test_a_company_is_not_the_longer_name_it_deals_with(text: str) -> None:
    entities, _ = read(text)
    short = next(name for name in ("青岚海越", "岳阳海越", "海川") if name in text)
    assert entities[short].name == short


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("海川上涨。海川模具有限公司发布公告，海川将扩产。", "海川", "海川模具有限公司"),
        ("海川董事长王海持有海川模具有限公司3%股份。海川上涨。", "海川", "海川模具有限公司"),
        (
            "青岚海越科技股份有限公司发布公告。青岚海越云图软件有限公司上线新品。青岚海越表示看好。",
            "青岚海越",
            "青岚海越科技股份有限公司",
        ),
    ],
)
def test_a_short_form_is_still_its_company(text: str, short: str, full: str) -> None:
    entities, _ = read(text)
    assert entities[short].name == full
