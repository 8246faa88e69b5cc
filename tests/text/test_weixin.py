"""Saved pages of WeChat accounts, and what is said of an address."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from kg.base.errors import SourceError
from kg.base.model import Article
from kg.text.formats.weixin import is_weixin
from kg.text.gather import Bad, gather
from kg.text.source import article_from_bytes

TITLE = "青禾集团与明德大学签约共建实验室"
PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title></title>
<meta property="og:title" content="{TITLE}" /><meta property="og:site_name" content="微信公众平台" />
<meta property="og:url" content="http://mp.weixin.qq.com/s?__biz=MzA5&amp;mid=265" /><meta name="author" content="李明" />
<script>var msg_title = '{TITLE}'.html(false); var nickname = htmlDecode("江城发布");
var ct = "1715184000"; var publish_time = "2024-05-08" || "";</script></head>
<body id="activity-detail"><div class="rich_media"><h1 class="rich_media_title" id="activity-name">
{TITLE}
</h1><div id="meta_content"><span>原创</span><a id="js_name">
江城发布 </a><div style="display:none"><label>微信号</label><span>jcfb</span></div><em id="publish_time"></em></div>
<div class="rich_media_content" id="js_content" style="visibility: hidden;">
<p>点击上方<span style="color:red">蓝字</span>关注我们</p>
<section><p><span>5月7日，</span><span>青禾集团与明德大学签约。</span></p><p><br></p>
<section><p>青禾集团董事长李明山、明德大学校长王芳出席仪式。</p></section></section>
<p><img data-src="x.jpg"></p><p>长按识别二维码</p></div></div>
<div class="rich_media_tool">阅读 1万 在看</div><script src="https://res.wx.qq.com/x.js"></script></body></html>
"""


def article(page: str, kind: str = "html") -> Article:
    return article_from_bytes(page.encode(), "page", kind)


def body(read: Article) -> list[str]:
    return [span.of(read.text) for span in read.body]


def test_the_hidden_article_is_read_and_nothing_around_it() -> None:
    read = article(PAGE)

    assert body(read) == [
        TITLE,
        "5月7日，青禾集团与明德大学签约。",
        "青禾集团董事长李明山、明德大学校长王芳出席仪式。",
    ]
    assert "jcfb" not in read.text
    assert "阅读" not in read.text


def test_title_account_author_day_and_address_are_metadata() -> None:
    read = article(PAGE)

    assert (read.title, read.publisher, read.author) == (TITLE, "江城发布", "李明")
    assert str(read.published) == "2024-05-08"
    assert read.url == "http://mp.weixin.qq.com/s?__biz=MzA5&mid=265"


def test_scripts_tell_what_the_page_does_not_show() -> None:
    bare = (
        PAGE.replace(' id="activity-name"', "")
        .replace(' id="js_name"', "")
        .replace(f'content="{TITLE}"', 'content=""')
    )
    read = article(bare)

    assert (read.title, read.publisher) == (TITLE, "江城发布")


@pytest.mark.parametrize(
    ("old", "new", "day"),
    [
        ('publish_time = "2024-05-08"', "", "2024-05-09"),  # 00:00 in Beijing, the day before in Greenwich
        ('publish_time = "2024-05-08"', "createTime = '2024-05-10 08:30'", "2024-05-10"),
        ('<em id="publish_time"></em>', '<em id="publish_time">2024年5月11日 09:00</em>', "2024-05-11"),
    ],
    ids=["a moment", "a time in a script", "what is shown"],
)
def test_the_day_is_found_where_the_page_has_it(old: str, new: str, day: str) -> None:
    assert str(article(PAGE.replace(old, new)).published) == day


def test_who_the_text_says_it_is_from_goes_before_the_account() -> None:
    assert article(PAGE.replace("<p>长按", "<p>来源：江城日报</p><p>长按")).publisher == "江城日报"


def test_a_web_archive_of_one_is_read_alike() -> None:
    archive = EmailMessage()
    archive["Subject"] = TITLE
    archive["Snapshot-Content-Location"] = "https://mp.weixin.qq.com/s/x"
    archive.set_content(PAGE, subtype="html", charset="utf-8")

    assert body(article(archive.as_string(), "mhtml")) == body(article(PAGE))


OLD = f"""<!DOCTYPE html><html><head><title>{TITLE}</title></head><body id="activity-detail" class="zh_CN mm_appmsg">
<div id="js_cmt_mine" style="display:none;"><h2 class="rich_media_title">{TITLE}</h2><p>留言将由公众号筛选后显示，对所有人可见。</p></div>
<div id="js_article" class="rich_media"><div id="img-content"><h2 class="rich_media_title" id="activity-name">{TITLE} </h2>
<div class="rich_media_meta_list"><em id="post-date" class="rich_media_meta rich_media_meta_text">2016-01-07</em>
<em class="rich_media_meta rich_media_meta_text">李明</em><a class="rich_media_meta_nickname" id="post-user">江城发布</a></div>
<div class="rich_media_content " id="js_content"><p>5月7日，青禾集团与明德大学签约。</p><p><br  /></p></div></div></div></body></html>"""


def test_a_page_of_years_ago_says_day_and_account_elsewhere() -> None:
    read = article(OLD)

    assert (read.title, read.publisher, str(read.published)) == (TITLE, "江城发布", "2016-01-07")
    assert body(read) == [TITLE, "5月7日，青禾集团与明德大学签约。"]


TOLD = r"""<html><head><meta property="og:title" content="青禾集团\x26amp;明德大学签约" /><title></title></head><body>
<div id="js_article"></div><span>微信扫一扫可打开此内容，使用完整服务</span><script>window.ct = '1715184000';
window.cgiDataNew = { nick_name: JsDecode('江城\x26amp;发布'), content_noencode: JsDecode('MESSAGE'),
text_page_info: { content_noencode: '' } };</script></body></html>"""


@pytest.mark.parametrize(
    "message",
    [
        r"5月7日，青禾集团与明德大学\x22签约\x22。\x0a\x0a双方将\'共建\'实验室，投资3亿元。",
        r"\x3cp\x3e5月7日，青禾集团与明德大学\x22签约\x22。\x3c/p\x3e\x3cp\x3e双方将\x27共建\x27实验室，投资3亿元。\x3c/p\x3e",
        r"5月7日，青禾集团与明德大学\u0022签约\u0022。\n双方将\'共建\'实验室，投资3亿元。",
    ],
    ids=["words", "a page", "other escapes"],
)
def test_a_message_that_only_a_script_has_is_read(message: str) -> None:
    read = article(TOLD.replace("MESSAGE", message))

    assert body(read) == [
        "青禾集团&明德大学签约",
        '5月7日，青禾集团与明德大学"签约"。',
        "双方将'共建'实验室，投资3亿元。",
    ]
    assert (read.publisher, str(read.published)) == ("江城&发布", "2024-05-09")


SHELL = '<html><body><div class="weui-msg"><p>环境异常，完成验证后即可继续访问。</p></div><script src="https://res.wx.qq.com/v.js"></script></body></html>'


@pytest.mark.parametrize(
    "page",
    [
        PAGE[: PAGE.index("<p>点击")] + "</div></div></body></html>",
        SHELL,
        SHELL.replace("环境异常，完成验证后即可继续访问。", "该内容已被发布者删除。"),
    ],
    ids=["before it was loaded", "a proof is asked for", "deleted"],
)
def test_a_page_without_its_article_is_one_line(page: str) -> None:
    with pytest.raises(SourceError, match=r"^page: a WeChat page without its article \(open it in a browser"):
        article(page)


def test_a_page_of_others_that_calls_a_part_so_is_read_as_any() -> None:
    other = (
        PAGE.replace("rich_media_content", "text")
        .replace(' id="activity-name"', "")
        .replace(' style="visibility: hidden;"', "")
    )

    assert not is_weixin(other)
    assert "青禾集团与明德大学签约" in article(other).text


@pytest.mark.parametrize(
    "address",
    [
        "https://mp.weixin.qq.com/s/abc",
        "http://example.org/a.pdf",
        "https://example.org/a.zip",
        "https://example.org/a.jsonl",
    ],
)
def test_an_address_is_one_line_that_says_how_to_save_the_page(address: str) -> None:
    (bad,) = gather([Path(address)])

    assert isinstance(bad, Bad)
    assert str(bad.error).startswith(
        f"{address}: an address, and kg asks nobody (open it in a browser, save the page"
    )


def test_a_file_in_a_folder_that_looks_like_one_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("http:/a.org").mkdir(parents=True)
    Path("http:/a.org/a.txt").write_text("青禾集团成立\n青禾集团在江城市成立。\n", encoding="utf-8")
    (found,) = gather([Path("http://a.org/a.txt")])

    assert not isinstance(found, Bad)
