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


PROSE = (
    "4月4日，海川集团与明德大学签署合作协议，双方将共建联合实验室，总投资3亿元。",
    "海川集团董事长李大海表示，实验室将于明年建成，届时可容纳科研人员二百名。",
)
MENU = "".join(f'<a href="/{n}">栏目{n}</a>' for n in range(15))
OTHER = "昨日，白山矿业收购青石水泥，作价五亿元，双方已经完成交割，总经理孙强出席。"


def lines_of(body: str, name: str = "海川集团与明德大学签约_江城网") -> list[str]:
    found = main_text(f"<html><head><title>{name}</title></head><body><div>{MENU}</div>{body}</body></html>")
    assert found is not None
    return found.text.split("\n")


@pytest.mark.parametrize(
    "body",
    [
        "<div class=x1><h1>海川集团与明德大学签约</h1><div id=y2>　　{0}<br><br>　　{1}</div></div>",
        "<table width=100%><tr><td width=200>{menu}</td><td><h1>海川集团与明德大学签约</h1><p>{0}<p>{1}</td></tr></table>",
        "<h1>海川集团与明德大学签约</h1><div class='TRS_Editor'><div class=Custom_UnionStyle><p>{0}</p><p>{1}</p></div></div>",
        "<section id=js_content><h1>海川集团与明德大学签约</h1><section><span>{0}</span></section><section><span>{1}</span></section></section>",
        "<h1>海川集团与明德大学签约</h1><center><font size=3>{0}<br/>{1}</font></center>",
        "<div class=z><div class=tit>海川集团与明德大学签约</div><div class=row>{0}</div><div class=row>{1}</div></div>",
    ],
)
def test_the_body_is_found_by_its_prose_whatever_a_site_calls_it(body: str) -> None:
    lines = lines_of(body.format(*PROSE, menu=MENU))

    assert [line for line in lines if "，" in line] == list(PROSE)
    assert lines[0] == "海川集团与明德大学签约"
    assert not any("栏目" in line for line in lines)


@pytest.mark.parametrize(
    "around",
    [
        "<div class=qt><h3>更多新闻</h3><div><h4>白山矿业收购青石水泥</h4><p>{other}</p></div></div>",
        "<div><div><b>网友热议</b></div><ul><li>老李：{other}</li><li>{other}</li></ul></div>",
        "<div class=pinglun><p>{other}</p></div>",
        "<p>网友老李：{other}</p>",
        "<div>上一篇：{other}　下一篇：{other}</div>",
        "<div class=sm><p>【声明】{other}{other}{other}{other}</p></div>",
        "<div style='display: none'>{other}{other}{other}{other}</div>",
        "<noscript><p>{other}</p></noscript><template><p>{other}</p></template><!-- <p>{other}</p> -->",
        "<div class=side><h3>热点推荐</h3><ul><li><a href=1>{other}</a></li><li><a href=2>{other}</a></li></ul></div>",
    ],
)
def test_other_articles_comments_and_what_is_hidden_are_no_text(around: str) -> None:
    article = f"<div class=m><h1>海川集团与明德大学签约</h1><div class=w><p>{PROSE[0]}</p><p>{PROSE[1]}</p></div>{{}}</div>"
    lines = lines_of(article.format(around.format(other=OTHER)))

    assert not any("白山矿业" in line for line in lines)
    assert [line for line in lines if "，" in line] == list(PROSE)


def test_what_is_struck_out_is_no_text_and_readings_and_powers_are_no_digits_or_words() -> None:
    lines = lines_of(
        f"<h1>海川集团与明德大学签约</h1><p>{PROSE[0]}<del>孙强任校长。</del>距离10<sup>8</sup>米，"
        "<ruby>赵<rp>(</rp><rt>zhào</rt><rp>)</rp></ruby>国安任校长<sup>[1]</sup>。</p>"
    )

    assert lines[-1] == f"{PROSE[0]}距离10⁸米，赵国安任校长。"


@pytest.mark.parametrize(
    ("name", "heading", "title"),
    [
        ("海川集团与明德大学签约_财经要闻_江城财经网", "", "海川集团与明德大学签约"),
        ("海川集团与明德大学签约--经济频道--江城网", "", "海川集团与明德大学签约"),
        ("海川集团与明德大学签约 - 江城日报", "", "海川集团与明德大学签约"),
        ("江城市人民政府网站", "<div class=biaoti>海川集团与明德大学签约</div>", "海川集团与明德大学签约"),
        ("江城网", "<h1>江城网</h1><h2>海川集团与明德大学签约</h2>", "海川集团与明德大学签约"),
        ("T-20客机首飞_江城网", "", "T-20客机首飞"),
    ],
)
def test_the_title_is_without_the_name_of_the_site(name: str, heading: str, title: str) -> None:
    found = main_text(
        f"<html><title>{name}</title><body>{heading}<div><p>{PROSE[0]}</p><p>{PROSE[1]}</p></div></body></html>"
    )

    assert found is not None
    assert found.title == title


@pytest.mark.parametrize(
    "info",
    [
        "2024年03月04日10:12 | 来源：<a href=1>江城日报</a>",
        "来源：江城日报 2024-03-04 09:12",
        "来源：江城日报　时间：2024-03-04",
        "2024-03-04 09:12:00 来源: 江城日报 作者：孙强",
        "<span>江城日报</span>",
    ],
)
def test_date_and_publisher_stand_in_many_ways_above_the_body(info: str) -> None:
    page = (
        f"<html><title>海川集团与明德大学签约</title><body><div>{MENU}</div><h1>海川集团与明德大学签约</h1><div class=i>{info}</div>"
        f"<div><p>{PROSE[0]}</p><p>{PROSE[1]}</p></div></body></html>"
    )
    article = article_from_bytes(page.encode(), "a", "html")

    if "2024" in info:
        assert (str(article.published), article.publisher) == ("2024-03-04", "江城日报")
    assert not any("江城日报" in span.of(article.text) for span in article.body)


def test_a_table_of_data_is_a_line_a_row() -> None:
    lines = lines_of(
        f"<h1>海川集团与明德大学签约</h1><p>{PROSE[0]}</p><table><tr><th>姓名<th>单位<th>奖金<tr><td>孙强<td rowspan=2>明德大学<td>3"
        "<tr><td>钱勇<td>5<tr><td colspan=3>共两人</table>"
    )

    assert lines[-4:] == ["姓名\t单位\t奖金", "孙强\t明德大学\t3", "钱勇\t明德大学\t5", "共两人"]
