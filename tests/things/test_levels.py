"""省委, 市委: the committee of the one place of that level that the article names."""

from __future__ import annotations

import pytest

import kg


def committees(text: str) -> set[str]:
    (reading,) = kg.build_text(text).readings
    return {entity.name for entity in reading.entities if entity.name.endswith("委")}


@pytest.mark.parametrize(
    ("full", "short"), [("江西省委", "省委"), ("岳阳市委", "市委"), ("华容县委", "县委")]
)
def test_committee_is_that_of_the_one_place(full: str, short: str) -> None:
    assert committees(f"{full}书记张远出席会议。王小川任{short}秘书长。") == {full}


def test_committee_of_one_of_two_provinces_stays_apart() -> None:
    text = "江西省委书记张远出席会议。王小川任省委秘书长，此前在河南省工作。"
    assert committees(text) == {"江西省委", "省委"}
