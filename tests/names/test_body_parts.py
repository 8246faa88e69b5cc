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


@pytest.mark.parametrize(
    ("name", "wholes"),
    [
        ("海州政府管理学院政治学系", ["海州政府管理学院"]),
        ("海州大学经济学院对外贸易系", ["海州大学", "海州大学经济学院"]),
        ("江北钢结构协会空间结构分会专业组", ["江北钢结构协会", "江北钢结构协会空间结构分会"]),
        ("江北银监会办公厅", ["江北银监会"]),
        ("海州大学(行政学院)电子政务研究中心", ["海州大学"]),  # and nothing with half a pair of brackets
        ("海州学院路派出所", []),
        ("江北省委员会委员", []),
    ],
)
def test_schools_branches_and_commissions_have_parts(name: str, wholes: list[str]) -> None:
    assert inside(name) == wholes
