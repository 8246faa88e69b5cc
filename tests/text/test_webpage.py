"""An HTML page gives its main text and metadata; scripts, menus and footers give nothing."""

from __future__ import annotations

import pytest

from kg.base.errors import SourceError
from kg.text.formats.webpage import main_text
from kg.text.source import article_from_bytes

BODY = (
    "<p>江城市海川科技有限公司4月4日宣布，公司已与明德大学签署合作协议，双方将共建联合实验室，总投资3亿元。</p>"
    "<p>公司董事长李明表示，实验室将于2024年建成，届时可容纳科研人员200名。</p>"
)


def page(body: str = BODY, head: str = "") -> str:
    return f"""<!DOCTYPE html><html><head><title>海川科技与明德大学签约_江城网</title>{head}
<script>var a = "戊公司收购己公司";</script></head><body>
<nav><a href="/">首页</a> <a href="/news">新闻中心</a></nav><h1>海川科技与明德大学签约</h1>
<div class="meta">发布时间：2023-04-05 来源：江城日报 作者：王小明</div>
<div class="article">{body}</div><script>show("庚公司")</script>
<footer>版权所有 江城网 ICP备123号</footer></body></html>"""


def test_a_page_gives_title_text_and_metadata() -> None:
    article = article_from_bytes(page().encode(), "a", "html")

    assert article.title == "海川科技与明德大学签约"
    assert (str(article.published), article.publisher, article.author) == ("2023-04-05", "江城日报", "王小明")
    assert article.body[0].of(article.text) == article.title
    assert "总投资3亿元" in article.text
    assert not any(word in article.text for word in ("戊公司", "庚公司", "ICP备", "新闻中心"))


@pytest.mark.parametrize(
    "declared",
    ['<meta charset="gb2312">', '<meta http-equiv="Content-Type" content="text/html; charset=gbk">', ""],
)
def test_a_page_in_gbk_is_read_whatever_it_declares(declared: str) -> None:
    article = article_from_bytes(page(head=declared).encode("gb18030"), "a", "html")

    assert "总投资3亿元" in article.text


@pytest.mark.parametrize(
    "broken",
    [
        BODY,
        f"<html><body><div>{BODY.replace('</p>', '')}",
        page()[: page().index("</div><script>")],
        f"<div><![if x]{BODY}</span></b>",
    ],
)
def test_broken_html_still_gives_its_text(broken: str) -> None:
    assert "总投资3亿元" in article_from_bytes(broken.encode(), "a", "html").text


@pytest.mark.parametrize(
    "empty",
    ["<html><body></body></html>", "<html><script>alert('中国公司。')</script></html>", "<p></p>", "<"],
)
def test_a_page_without_a_text_is_an_error(empty: str) -> None:
    with pytest.raises(SourceError, match=r"a\.html: a page without a main text"):
        article_from_bytes(empty.encode(), "a", "html", where="a.html")


def test_markup_written_out_in_the_text_stays_text() -> None:
    body = (
        "<p>海川公司推出&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;产品，售价3万元，受到市场欢迎。</p>"
        * 2
    )

    assert (
        "</script><script>alert(1)</script>产品" in article_from_bytes(page(body).encode(), "a", "html").text
    )


def test_the_same_page_gives_the_same_text() -> None:
    assert main_text(page()) == main_text(page())


def test_inline_marks_of_a_short_page_break_no_sentence() -> None:
    page = (
        "<html><body><h1>青川县福利院迎来访客</h1>"
        "<p>主任<b>黄文礼</b>一行走访慰问了<a href='#'>青川县福利院</a>。</p></body></html>"
    )

    found = main_text(page)

    assert found is not None
    assert "主任黄文礼一行走访慰问了青川县福利院。" in found.text.split("\n")
