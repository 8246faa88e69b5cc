"""Whose a figure is beside the body of a post, in a row with what is counted, and behind a document that somebody issued."""

from __future__ import annotations

import pytest

from tests.figures.test_nobody import whose


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "青石区河东街道综合执法中队副中队长、二级主办陈立群在过年、住院等期间，收受礼金共计6万余元，受到处分。",
            ("6万余元", "陈立群"),
        ),
        ("青禾集团副总经理陈立群利用休假时间，在家乡的小学里，开设美术课程20节。", ("20节", "陈立群")),
        ("青禾集团董事长陈立群带领员工，在三年里，实现营业收入20亿元。", ("20亿元", "青禾集团")),
        ("在青禾集团董事长陈立群的努力下，企业年产值达3亿元。", ("3亿元", "青禾集团")),
        ("青禾集团董事长陈立群创业以来，安置退役军人300名。", ("300名", "青禾集团")),
        ("青禾集团党支部书记陈立群推动下，集团发展党员12名。", ("12名", "青禾集团")),
        ("青禾集团董事长陈立群正在车间忙碌，今年产量已达5万吨。", ("5万吨", "青禾集团")),
        ("江城水务集团董事长陈立群介绍，集团全年供水3亿吨。", ("3亿吨", "江城水务集团")),
    ],
)
def test_what_is_told_of_who_holds_a_post_is_not_of_the_body(text: str, expected: tuple[str, str]) -> None:
    assert expected in whose(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("签约仪式上，12个县及岚江新区管委会、青禾高新区管委会与企业代表签约。", ("12个", "")),
        ("12个县的代表参观了岚江新区管委会。", ("12个", "岚江新区管委会")),
    ],
)
def test_who_stands_in_a_row_with_what_is_counted_has_none_of_it(
    text: str, expected: tuple[str, str]
) -> None:
    assert expected in whose(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "江城市日前印发《江城市养老服务提升行动方案》，提出三方面共18项举措。",
            ("18项", "《江城市养老服务提升行动方案》"),
        ),
        (
            "江城市出台《江城市养老服务条例》，从五个方面作出规定。",
            ("五个", "《江城市养老服务条例》"),
        ),
        ("江城大学研读《江城市养老服务条例》，提出12项建议。", ("12项", "江城大学")),
        ("江城市印发《江城市养老服务条例》，推出5款产品。", ("5款", "江城市")),
    ],
)
def test_the_parts_that_a_document_sets_out_are_the_documents(text: str, expected: tuple[str, str]) -> None:
    assert expected in whose(text)
