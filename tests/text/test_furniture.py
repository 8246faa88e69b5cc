"""What a page writes around an article becomes metadata or is set aside; what the article says stays."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.text.furniture import Layout, lay_out
from kg.text.metadata import read_date

TITLE = "海川公司与明德大学签约"
FIRST = "海川公司4月4日与明德大学签署协议，总投资3亿元。"
SECOND = "公司董事长李明出席仪式，并介绍了情况。"


def body(text: str) -> list[str]:
    return [span.of(text) for span in lay_out(text).body]


def page(*lines: str) -> Layout:
    return lay_out("\n".join(lines))


def test_the_first_line_is_the_title_and_the_first_thing_stated() -> None:
    layout = page(TITLE, FIRST)

    assert layout.title == TITLE
    assert body(f"{TITLE}\n{FIRST}") == [TITLE, FIRST]


@pytest.mark.parametrize(
    "header",
    [
        "发布时间:2023-04-05 来源: 江城日报 作者:王小明",
        "发布时间：2023年4月5日 10:30 | 来源：江城日报 | 作者：王小明",
        "2023-04-05 10:30\n来源：\n江城日报\n作者：王小明\n字号：默认\n大\n超大\n|\n打印\n|",
        "日期：2023/04/05\n来源：《江城日报》\n作者 | 王小明",
        "【来源：江城日报】作者：王小明 时间：2023-04-05 浏览次数：128",
    ],
)
def test_header_lines_become_metadata_and_never_facts(header: str) -> None:
    text = f"{TITLE}\n{header}\n{FIRST}\n{SECOND}"
    layout = lay_out(text)

    assert (layout.published, layout.publisher, layout.author) == (date(2023, 4, 5), "江城日报", "王小明")
    assert body(text) == [TITLE, FIRST, SECOND]


def test_a_header_glued_before_the_body_is_cut_off() -> None:
    text = f"{TITLE}\n发布时间：2023-04-05 来源：江城日报 {FIRST}"

    assert body(text) == [TITLE, FIRST]
    assert lay_out(text).publisher == "江城日报"


@pytest.mark.parametrize(
    "footer",
    [
        "原文链接:https://news.example.cn/2023/04/05/1.html",
        "【责任编辑:赵四】",
        "（编辑 赵四）",
        "编辑：赵四 校对：钱五",
        "[免责声明] 本文来源于网络转载,仅供学习交流使用,版权归原作者所有。",
        "风险提示：本网信息不构成投资建议。",
        "- >>上一篇: 江城区:以新促新\n- >>下一篇: 河州县:再上台阶",
        "相关阅读\n东湖公司上市\n西湖公司退市",
        "【我要纠错】责任编辑：赵四\n相关稿件",
        "扫一扫在手机打开当前页",
        "版权所有 江城日报社",
        "（来源：江城日报/赵四）",
        "阅读下一篇：",
        "本报记者 赵四 摄",
        "https://news.example.cn/1.html",
    ],
)
def test_footers_are_set_aside(footer: str) -> None:
    assert body(f"{TITLE}\n{FIRST}\n{SECOND}\n{footer}") == [TITLE, FIRST, SECOND]


def test_the_link_and_the_date_of_a_footer_are_kept() -> None:
    layout = page(TITLE, FIRST, "来源：江城日报", "链接：http://news.example.cn/2023/0405/1.html")

    assert layout.url == "http://news.example.cn/2023/0405/1.html"
    assert layout.published == date(2023, 4, 5)
    assert layout.publisher == "江城日报"


@pytest.mark.parametrize(
    ("dateline", "publisher", "author"),
    [
        ("新华社江城4月4日电（记者 赵四、钱五）", "新华社", "赵四、钱五"),
        ("央视网消息（新闻联播）：", "央视网", ""),
        ("中新网4月4日电 ", "中新网", ""),
        ("本报讯(记者赵四)", "", "赵四"),
        ("江城晚报讯　", "江城晚报", ""),
        ("（江城新闻网4月4日电） ", "江城新闻网", ""),
        ("【江城讯】", "", ""),
        ("人民网江城四月四日电 (记者 赵四)", "人民网", "赵四"),
    ],
)
def test_a_dateline_signs_the_article_and_states_nothing(dateline: str, publisher: str, author: str) -> None:
    text = f"{TITLE}\n{dateline}{FIRST}"
    layout = lay_out(text)

    assert body(text) == [TITLE, FIRST]
    assert (layout.publisher, layout.author) == (publisher, author)


@pytest.mark.parametrize(
    "line",
    [
        "据新华社消息，海川公司已上市。",
        "一季度全社会用电量增长3%。",
        "7月份江城上网电价下调。",
        "海川通讯公司成立于2001年。",
        "4月4日消息，海川公司获融资2亿元。",
        "时间紧、任务重：海川公司加班生产。",
        "来源广泛的资金支持了项目。",
        "编辑部设在江城市的杂志社迁址。",
        "资金来源：财政拨款3亿元，其余自筹。",
        "姓名：李明",
        "工作单位：明德大学经济学院",
        "主持人：赵四",
        "声明称，两国将扩大合作。",
    ],
)
def test_prose_that_looks_like_a_page_stays(line: str) -> None:
    assert body(f"{TITLE}\n{line}\n{FIRST}") == [TITLE, line, FIRST]


def test_a_title_said_twice_is_stated_once() -> None:
    assert body(f"{TITLE}\n{TITLE}\n{FIRST}") == [TITLE, FIRST]
    assert body(f"{TITLE}\n原标题：{TITLE}　　来源：江城日报\n{FIRST}") == [TITLE, FIRST]
    assert body(f"{TITLE}\n{TITLE} {FIRST}\n{SECOND}") == [TITLE, FIRST, SECOND]


def test_a_title_glued_to_its_body_is_cut_off_at_the_dateline() -> None:
    text = f"{TITLE}本报讯 (记者 赵四) {FIRST}"

    assert body(text) == [TITLE, FIRST]
    assert lay_out(text).title == TITLE


def test_a_first_line_that_is_a_piece_of_the_second_is_not_read_twice() -> None:
    whole = f"海川公司与明德大学签约总投资三亿元的项目落户江城{FIRST}"

    assert body(f"{whole[:20]}\n{whole}") == [whole]
    assert lay_out(f"{whole[:20]}\n{whole}").title == whole[:20]


def test_a_text_without_a_title_is_called_by_its_first_sentence() -> None:
    text = f"央视网消息：{FIRST}{SECOND * 5}"

    assert lay_out(text).title == FIRST.rstrip("。")
    assert body(text) == [f"{FIRST}{SECOND * 5}"]


def test_closing_sentences_about_the_page_are_cut_off_the_last_line() -> None:
    assert body(f"{TITLE}\n{FIRST}未经本网书面授权不得转载。") == [TITLE, FIRST]


def test_a_credit_behind_a_sentence_is_cut_off() -> None:
    assert body(f"{TITLE}\n{FIRST}(来源：江城日报)\n{SECOND}新华社记者 赵四 摄") == [TITLE, FIRST, SECOND]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2023-04-05", date(2023, 4, 5)),
        ("2023年4月5日10:20", date(2023, 4, 5)),
        ("2023/4/5 10:20:30", date(2023, 4, 5)),
        ("二〇二三年四月五日", date(2023, 4, 5)),
        ("二O二三年十二月二十一日", date(2023, 12, 21)),
        ("二〇二三年十月三十日", date(2023, 10, 30)),
        ("2023年13月5日", None),
        ("4月5日", None),
        ("", None),
    ],
)
def test_dates_are_read_in_every_usual_form(words: str, expected: date | None) -> None:
    assert read_date(words) == expected


PIECES = [
    TITLE,
    FIRST,
    "来源：",
    "江城日报",
    "2023-04-05",
    "本报讯",
    "（记者 赵四）",
    "责任编辑：",
    "相关阅读",
    "：",
    " ",
    "|",
    "原标题：",
    "电",
    "【",
    "】",
    "x",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "\n", "\n"]), max_size=25).map("".join))
def test_body_spans_are_ordered_apart_and_never_blank(text: str) -> None:
    spans = lay_out(text).body

    assert all(span.of(text).strip() == span.of(text) != "" for span in spans)
    assert all("\n" not in span.of(text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
