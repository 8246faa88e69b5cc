"""Bodies inside the name of another."""

from __future__ import annotations

import pytest

from kg.base.model import Mention, Span
from kg.names.body_parts import bodies_inside


def inside(name: str) -> list[str]:
    return [m.text for m in bodies_inside(Mention(Span(0, len(name)), name, "Organization", "tagger-ORG"))]


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("江城大学经济系", ["江城大学"]),
        ("江城海川机械厂工会", ["江城海川机械厂"]),
        ("海川集团江城销售公司", ["海川集团"]),
        ("江城医院管理公司", []),
        ("江城大学党校办公室", []),
        ("江城市教育局", []),
    ],
)
def test_a_part_shows_its_whole(name: str, whole: list[str]) -> None:
    assert inside(name) == whole


def test_a_place_has_no_parts() -> None:
    place = Mention(Span(0, 7), "江城大学科技园", "Place", "tagger-LOC")
    assert list(bodies_inside(place)) == []
