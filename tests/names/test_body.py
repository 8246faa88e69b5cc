"""Names of bodies around a head, in words tagged by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.base.model import Token
from kg.names.body import find_around_head
from kg.names.heads import head_class

Words = Callable[[str], list[Token]]


def around(tokens: list[Token], word: str) -> str | None:
    at = next(at for at, token in enumerate(tokens) if token.text == word)
    found = find_around_head(tokens, at, head_class(word))
    return found.text if found is not None else None


@pytest.mark.parametrize(
    ("line", "head", "name"),
    [
        ("江城市/LOC 自然资源/n 和/c 规划局/n 通知/v", "规划局", "江城市自然资源和规划局"),
        ("海川/ORG （/w 天津/LOC ）/w 公司/n", "公司", "海川（天津）公司"),
        ("甲国/LOC 驻/v 广州/LOC 总领馆/n", "总领馆", "甲国驻广州总领馆"),
        ("非公/n 企业/n 党委/n", "党委", "非公企业党委"),
        ("成立/v 乡村/n 振兴/vn 学院/n", "学院", "乡村振兴学院"),
        ("枫叶/n 家具/n 董事长/n", "家具", "枫叶家具"),
        ("怀远/LOC 电子/n 表示/v", "电子", "怀远电子"),
    ],
)
def test_a_name_is_extended_to_the_left_of_its_head(words: Words, line: str, head: str, name: str) -> None:
    assert around(words(line), head) == name


@pytest.mark.parametrize(
    ("line", "head"),
    [
        ("亚洲/LOC 企业/n", "企业"),
        ("三家/m 甲国/LOC 饭店/n", "饭店"),
        ("怀远/LOC 农业/n 发展/v", "农业"),
        ("江城市/LOC 党委/n 书记/n", "党委"),
        ("振兴/vn 学院/n", "学院"),
        ("海川/ORG 控股/n 股东/n", "控股"),
    ],
)
def test_words_around_a_head_are_no_name(words: Words, line: str, head: str) -> None:
    assert around(words(line), head) is None


def test_a_department_is_a_name_by_itself_only_before_a_post(words: Words) -> None:
    assert around(words("人力资源部/n 总经理/n"), "人力资源部") == "人力资源部"
    assert around(words("人力资源部/n 通知/v"), "人力资源部") is None


def test_behind_a_body_another_begins_with_its_place_unless_it_is_a_branch(words: Words) -> None:
    assert around(words("海川集团/ORG 江苏省/LOC 政府/n"), "政府") == "江苏省政府"
    assert around(words("海川集团/ORG 江苏省分/LOC 公司/n"), "公司") == "海川集团江苏省分公司"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("海江市民办/ORG 平和/a 学校/n", "海江市民办平和学校"),
        ("海江市私立/LOC 温馨/a 医院/n", "海江市私立温馨医院"),
        ("海江市民办/ORG 优秀/a 学校/n", ""),
        ("海江市/LOC 平和/a 学校/n", ""),
    ],
)
def test_an_adjective_names_a_body_of_a_class(words: Words, line: str, found: str) -> None:
    tokens = words(line)
    name = find_around_head(tokens, len(tokens) - 1, "strong")
    assert (name.text if name else "") == found
