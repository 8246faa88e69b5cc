"""The tagger's own names, mended, in words tagged by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.base.model import Token
from kg.names.mend import find_tagged, trim_end

Words = Callable[[str], list[Token]]


def tagged(tokens: list[Token], at: int = 0) -> list[tuple[str, str]]:
    return [(mention.text, mention.type) for mention in find_tagged(tokens, at)]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("国务院决策/ORG", [("国务院", "Organization")]),
        ("海江证券分析师/ORG", [("海江证券", "Organization")]),
        ("海江证券协办/ORG", [("海江证券", "Organization")]),
        ("湖南省创新/LOC", [("湖南省", "Place")]),
        ("上海新/LOC", [("上海", "Place")]),
        ("香港/LOC 特别行政区/n", [("香港特别行政区", "Place")]),
        ("克拉玛依/LOC 市/n", [("克拉玛依市", "Place")]),
        ("海川集团旗下聚海公司/ORG", [("海川集团", "Organization"), ("聚海公司", "Organization")]),
        ("俄罗斯国防部/LOC", [("俄罗斯国防部", "Organization")]),
        ("王小明任/ORG", []),
        ("北京/LOC 时间/n", []),
        ("中共/ORG 预备党员/nz", []),
        ("中共/ORG 代表团/n", [("中共", "Organization")]),
        ("溪山县新建/ORG 三所/m 学校/n", [("溪山县", "Place")]),
        ("溪山县发布/ORG", [("溪山县", "Place")]),
        ("同法国/LOC 总统/n", [("法国", "Place")]),
        ("与秘鲁/LOC 签约/v", [("秘鲁", "Place")]),
        ("巴什/LOC 科尔州/LOC", []),
        ("网传海川公司/ORG 停产/v", [("海川公司", "Organization")]),
        ("海川收购/ORG 软件/n", [("海川", "Organization")]),
        ("海川收购网/ORG", [("海川收购网", "Organization")]),
        ("海川公司反诉聚海公司/ORG", [("海川公司", "Organization"), ("聚海公司", "Organization")]),
    ],
)
def test_what_was_glued_to_a_name_is_taken_off(words: Words, line: str, found: list[tuple[str, str]]) -> None:
    assert tagged(words(line)) == found


def test_a_rumour_is_no_part_of_a_name(words: Words) -> None:
    assert tagged(words("据/d 传海川公司/ORG 停产/v"), 1) == [("海川公司", "Organization")]
    assert tagged(words("在/p 传海公司/ORG"), 1) == [("传海公司", "Organization")]


def test_what_was_cut_off_before_a_name_is_put_back(words: Words) -> None:
    assert tagged(words("巴什/LOC 科尔州/LOC"), 1) == [("巴什科尔州", "Place")]
    assert tagged(words("法国/LOC 科尔州/LOC"), 1) == [("科尔州", "Place")]
    assert tagged(words("团/n 市委/ORG"), 1) == [("团市委", "Organization")]
    assert tagged(words("越共/nz 中央政治局/ORG"), 1) == [("越共中央政治局", "Organization")]
    assert tagged(words("北/LOC 爱尔兰/LOC"), 1) == [("北爱尔兰", "Place")]


@pytest.mark.parametrize(
    ("line", "at", "found"),
    [
        ("海西州/LOC 措/v 温县/LOC", 2, [("措温县", "Place")]),
        ("青海措/LOC 温县/LOC", 1, [("措温县", "Place")]),
        ("河北省/LOC 访/v 温县/LOC", 2, [("温县", "Place")]),
        ("向/p 措/v 温县/LOC", 2, [("温县", "Place")]),
        ("河南省/LOC 温县/LOC", 1, [("温县", "Place")]),
    ],
)
def test_the_front_of_a_county_that_was_cut_off_is_put_back(
    words: Words, line: str, at: int, found: list[tuple[str, str]]
) -> None:
    assert tagged(words(line), at) == found


def test_the_committee_of_an_area_belongs_to_its_name_and_that_of_a_body_to_the_post() -> None:
    assert trim_end("江苏省党委", before_title=True) == "江苏省党委"
    assert trim_end("海川公司党委", before_title=True) == "海川公司"
    assert trim_end("海川公司党委", before_title=False) == "海川公司党委"
    assert trim_end("青藏高原", before_title=False) == "青藏高原"
    assert trim_end("海川公司等", before_title=False) == "海川公司"
