"""Names of fixed shapes, in words tagged by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.base.model import Token
from kg.names.body_shapes import find_called, find_quoted, find_shaped, is_kind_of_company

Words = Callable[[str], list[Token]]


def shaped(tokens: list[Token]) -> list[tuple[str, str]]:
    return [(m.text, m.type) for at in range(len(tokens)) for m in find_shaped(tokens, at)]


@pytest.mark.parametrize(
    ("line", "name", "kind"),
    [
        ("俄军/n 回应/v", "俄军", "Organization"),
        ("俄/LOC 军/n 回应/v", "俄军", "Organization"),
        ("我/r 国/n 经济/n", "我国", "Place"),
        ("海川网/nz 报道/v", "海川网", "Organization"),
        ("长江/LOC 中游/n", "长江中游", "Place"),
        ("青山/LOC 县委书记/n", "青山县委", "Organization"),
        ("青山县人大常委会/ORG 代表/v 工委/n 主任/n", "青山县人大常委会代表工委", "Organization"),
        ("海川/nz 基金/n 旗下/n", "海川基金", "Organization"),
        ("收购/v 海川/nz 数据/n 股权/n", "海川数据", "Organization"),
    ],
)
def test_a_fixed_shape_is_a_name(words: Words, line: str, name: str, kind: str) -> None:
    assert shaped(words(line)) == [(name, kind)]


@pytest.mark.parametrize(
    "line",
    [
        "物联网/nz 发展/v",
        "建军/v 多年/m",
        "收购/v 海川/nz 资产/n",
        "青山县/LOC 县委书记/n",
        "周明/PER 代表/v 工委/n 讲话/v",
    ],
)
def test_what_only_looks_like_a_shape_is_none(words: Words, line: str) -> None:
    assert shaped(words(line)) == []


def test_a_team_may_stand_in_quotes(words: Words) -> None:
    tokens = words("“/w 党员/n 先锋/n 服务队/n ”/w")
    found = find_quoted(tokens, 4)
    assert found is not None
    assert found.text == "党员先锋服务队"
    assert find_quoted(words("“/w 服务队/n ”/w"), 2) is None


def test_what_a_common_noun_calls_a_company_is_one(words: Words) -> None:
    tokens = words("零售业巨头/n Green/nz")
    assert is_kind_of_company(tokens[0].text, tokens[0].tag)
    assert [m.text for m in find_called(tokens, 1)] == ["Green"]
    assert list(find_called(words("巨头/n 董事长/n"), 1)) == []
