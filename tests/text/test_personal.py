"""Personal data in texts: what is found, what is left, and marks of the same length."""

from __future__ import annotations

import re

import pytest

from kg.base.errors import KgError, ResourceError
from kg.base.wordlist import WordTable, read_words
from kg.text.formats.extract import Extract, Parts
from kg.text.personal.cases import failing
from kg.text.personal.find import count, find
from kg.text.personal.mask import MARK, mask_of, masked, masked_extract
from kg.text.personal.shapes import KINDS, Shape, read_shapes, shapes
from kg.text.source import article_from_bytes, article_of, unique_names

HAN = "甲乙丙丁戊己庚辛"


@pytest.mark.parametrize("shape", shapes(), ids=lambda shape: shape.id)
def test_every_shape_finds_and_leaves_what_its_cases_say(shape: Shape) -> None:
    assert list(failing(shape)) == []


def found(text: str) -> list[tuple[str, str]]:
    return [(each.kind, each.span.of(text)) for each in find(text)]


def test_marks_have_the_length_of_what_they_stand_for() -> None:
    text = "王某（身份证号：11010119900307803X，手机138 0013 8000）驾驶湘F12345。"

    hidden = masked(text, KINDS)

    assert len(hidden) == len(text)
    assert hidden == f"王某（身份证号：{MARK * 18}，手机{MARK * 13}）驾驶{MARK * 7}。"
    assert masked(hidden, KINDS) == hidden


def test_all_that_is_masked_is_counted_once() -> None:
    found = Extract(
        "甲市通报\n王某（手机13800138000）到案。",
        Parts((), said=(("author", "王某 13900139000"), ("url", "http://example.cn/?tel=13800138000"))),
        title="甲市通报 13800138000",
        url="http://example.cn/a?tel=13700137000",
    )

    hidden, name, numbers = masked_extract(found, "湘F12345 13600136000", ("phone", "account"))

    assert numbers == (("phone", 4), ("account", 0))
    assert name == f"湘F12345 {MARK * 11}"
    assert hidden.parts is not None
    assert dict(hidden.parts.said) == {
        "author": f"王某 {MARK * 11}",
        "url": f"http://example.cn/?tel={MARK * 11}",
    }
    assert (hidden.title, hidden.url) == (f"甲市通报 {MARK * 11}", f"http://example.cn/a?tel={MARK * 11}")
    assert hidden.text == f"甲市通报\n王某（手机{MARK * 11}）到案。"


def test_only_the_kinds_that_are_chosen_are_masked() -> None:
    text = "身份证号11010119900307803X，手机13800138000。"

    assert masked(text, ["phone"]) == f"身份证号11010119900307803X，手机{MARK * 11}。"
    assert masked(text, []) == text


def test_a_number_is_of_one_kind_whatever_is_masked() -> None:
    text = "账号与身份证号同为11010119900307803X，卡号11010119900307803X。"

    assert masked(text, ["account", "phone"]) == text


def test_marks_that_nobody_sees_hide_nothing() -> None:
    text = "手机138\u200b0013\u200b8000，身份证1１0101\u00ad19900307803Ｘ。"

    assert masked(text, KINDS) == f"手机{MARK * 13}，身份证{MARK * 19}。"


def test_a_number_that_the_end_of_a_line_cuts_is_one_and_the_line_stays() -> None:
    text = "经查，犯罪嫌疑人王某的身份证号为110101\n19900307803X，手机号为1380013\n8000。"

    assert masked(text, KINDS) == (
        f"经查，犯罪嫌疑人王某的身份证号为{MARK * 6}\n{MARK * 12}，手机号为{MARK * 7}\n{MARK * 4}。"
    )


def test_numbers_below_each_other_in_a_table_are_several() -> None:
    assert found("产量\n15000\n380000\n产值\n1380013\n8000\n") == []


def test_the_head_of_a_column_says_what_its_numbers_are() -> None:
    text = "姓名\t联系电话\t产量\n甲某\t86000001\t86000002\n乙某\t86000003\t86000004\n"

    assert [words for _, words in found(text)] == ["86000001", "86000003"]


def test_a_number_is_known_again_where_nothing_tells_it() -> None:
    text = "办公电话：86000001。有事请打 86000001。另有 86000002。"

    assert [words for _, words in found(text)] == ["86000001", "86000001"]


@pytest.mark.parametrize(
    "text",
    [
        "湘政发〔2019〕12号",
        "国办函〔2006〕82号",
        "统一社会信用代码：91430600MA4L1A2B3C",
        "统一社会信用代码：914306007170000000",
        "邮编414000",
        "2019年7月29日16:00:12",
        "2019-07-29 16:00:12",
        "股票代码 600519",
        "总投资13800000000元",
        "成交13912345678股",
        "2018-2019年度，产值1,380,013,800元",
        "公告编号：2019-050",
        "招标编号：NJHW-180123-16",
        "腾讯会议：913-431-567",
        "活动交流QQ群：734629450",
        "http://news.example.cn/o/2014-08-07/13800138000.html",
        "报警电话：12119",
        "服务热线12345和95588",
        "公司位于甲市乙区青山路12号",
        "甲市乙区青山大道全线通车",
        "甲市乙区",
        "展位2号馆W22-23号",
        "东经116.397128度，北纬39.916527度",
        "住所：甲市乙区中山路228号",
        "ISBN 9787100012345",
        "G204国道K1234567",
        "第4626号提案",
        "1949-2019",
    ],
)
def test_what_is_no_personal_datum_stays(text: str) -> None:
    assert found(f"{HAN}，{text}，{HAN}。") == []


@pytest.mark.parametrize(
    ("told", "again"),
    [
        ("护照号码：E12345678。", "持E12345678出境"),
        ("电话：0730-8888888。", "请打8888888"),
        ("电话：0730-8888888。", "请打888-8888"),
        ("手机13800138000。", "照片IMG13800138000A"),
        ("手机13800138000。", "编号9138001380007"),
        ("手机13800138000。", "见http://example.cn/13800138000.html"),
        ("账号：1234 5678 9012 3456 789。", "汇入1234567890123456789"),
        ("住址：乙区青山路12号。", "青山路12号起火"),
        ("号牌VA12345。", "车VA12345驶离"),
    ],
)
def test_a_datum_that_is_told_once_is_known_everywhere(told: str, again: str) -> None:
    assert found(again) == []
    assert len(found(f"{told}{HAN}{again}")) == 2


def test_a_short_number_is_not_known_inside_a_longer_one() -> None:
    assert len(found("电话：8888888。产量88888881吨，编号A18888888。")) == 1


def test_different_data_are_counted_once_each() -> None:
    text = "电话0730-8888888、8888889。手机13800138000，+86 138-0013-8000，139 0013 8000。"

    assert count(text, "手机13800138000") == {"phone": 4}


def test_the_choice_of_a_mask() -> None:
    assert mask_of("phone, id") == ("id", "phone")
    assert mask_of(["account"]) == ("account",)
    assert mask_of("all") == KINDS
    assert mask_of("") == ()
    with pytest.raises(KgError, match="no kind of personal data: name"):
        mask_of("name,id")


def test_an_article_is_masked_before_its_checksum_and_in_all_it_says() -> None:
    text = "甲市通报（手机13800138000）\n作者：王五13800138000\n王某的手机是13800138000。"

    article = article_of(text, "甲 13800138000", ["phone", "id"])

    assert "13800138000" not in repr(article)
    assert article.masked == (("id", 0), ("phone", 1))
    assert article == article_of(masked(text, ["phone"]), f"甲 {MARK * 11}", ["phone", "id"]).__class__(
        **{name: getattr(article, name) for name in article.__slots__}
    )
    assert article.sha256 == article_of(masked(text, ["phone"])).sha256


def test_what_a_page_says_of_itself_is_masked() -> None:
    page = """<html><head><title>甲市通报 13800138000</title><meta name="author" content="王五13800138000">
<meta property="og:url" content="http://example.cn/?tel=13800138000"></head><body><article><h1>甲市通报 13800138000</h1>
<p title="13800138000">王某的手机是138&#48;013<b>8000</b>，请市民拨打，欢迎来电咨询办理有关事项，大厅全天开放。</p>
<p>工作日上午九时开始受理，市民可以持有关材料前来办理，工作人员将会给予指导和帮助。</p></article></body></html>"""

    article = article_from_bytes(page.encode(), "a", mask=["phone"])

    assert MARK * 11 in article.text
    assert "13800138000" not in repr(article)


def test_files_named_by_numbers_get_names_of_their_own() -> None:
    from pathlib import Path

    paths = [Path("13800138000.txt"), Path("b/13900139000.txt")]

    assert unique_names(paths, ["phone"]) == (MARK * 11, f"{MARK * 11}-2")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"kind": "name"}, "unknown kind"),
        ({"check": ["mod-7"]}, "unknown check"),
        ({"shape": "{gip}"}, "unknown part"),
        ({"shape": "("}, "no expression"),
        ({"cues": "id"}, "unknown key"),
    ],
)
def test_a_wrong_shape_is_told(change: dict[str, object], told: str) -> None:
    data = dict(read_words("language/personal.toml").data)
    data["shape"] = [{**data["shape"][0], **change}]

    with pytest.raises(ResourceError, match=told):
        [line for shape in read_shapes(WordTable("personal.toml", data)) for line in failing(shape)]


def test_a_shape_that_finds_too_little_or_too_much_is_told() -> None:
    data = dict(read_words("language/personal.toml").data)
    first = data["shape"][0]
    data["shape"] = [{**first, "passes": ["甲⟦1⟧"], "fails": ["身份证11010119900307803X"]}]

    told = [line for shape in read_shapes(WordTable("personal.toml", data)) for line in failing(shape)]

    assert len(told) == 2
    assert all(re.match("personal.toml, shape 'identity-18': finds", line) for line in told)
