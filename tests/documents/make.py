"""Make the documents that the tests read, from the invented ``article.txt``; see README.md for what it takes.

    python tests/documents/make.py

Needs python-docx, reportlab and easyofd, and on the PATH ``chromium``, ``soffice`` and ``mutt`` (Debian: chromium,
libreoffice-writer-nogui, mutt).
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from html import escape
from pathlib import Path

HERE = Path(__file__).parent
ARTICLE = HERE / "article.txt"
TITLE, *LINES = [line.strip() for line in ARTICLE.read_text(encoding="utf-8").splitlines() if line.strip()]
PAGE = '<!doctype html><html lang="zh"><meta charset="utf-8"><title>{title}</title><style>{style}</style><h1>{title}</h1>{body}'
ONE = "@page{size:A5;margin:18mm}body{font:11pt/1.7 'Noto Serif CJK SC';text-align:justify}p{text-indent:2em;margin:0}h1{font-size:16pt;text-align:center}"
TWO = (
    "@page{size:A4;margin:20mm}body{font:10.5pt/1.6 'Noto Serif CJK SC'}p{text-indent:2em;margin:0}h1{font-size:18pt;text-align:center}"
    ".c{columns:2;column-gap:9mm;text-align:justify}.s{position:absolute;right:-6mm;top:60mm;writing-mode:vertical-rl;color:red;font-size:14pt}"
)


def html(style: str, before: str = "", around: str = "div") -> str:
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in LINES)
    return PAGE.format(
        title=escape(TITLE), style=style, body=f'{before}<{around} class="c">{paragraphs}</{around}>'
    )


def run(*words: object) -> None:
    subprocess.run(list(map(str, words)), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def chromium(page: str, name: str, *more: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "a.html")
        source.write_text(page, encoding="utf-8")
        run(
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", *more, f"--print-to-pdf={HERE / name}", source
        )  # fmt: skip


def office(source: Path, kind: str, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        run("soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", kind, "--outdir", folder, source)  # fmt: skip
        made = Path(folder, source.stem + "." + kind.partition(":")[0])
        (HERE / name).write_bytes(made.read_bytes())


def reportlab(
    name: str, encoding: str = "UniGB-UCS2-H", codec: str = "utf-16-be", *, two: bool = False
) -> None:
    """Set lines of a fixed number of characters in a font that is not embedded, with heads, feet and numbers of pages."""
    from reportlab.lib.pagesizes import A5
    from reportlab.lib.rl_accel import escapePDF
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import CIDFont
    from reportlab.pdfgen.canvas import Canvas

    size, width = 10.5, 15 if two else 29
    lines = [TITLE[at : at + width] for at in range(0, len(TITLE), width)]
    for paragraph in LINES:
        words = "　　" + paragraph
        lines += [words[at : at + width] for at in range(0, len(words), width)]
    canvas = Canvas(str(HERE / name), pagesize=A5, invariant=1)

    class Font(CIDFont):
        def formatForPdf(self, text: str) -> str:  # noqa: N802
            return str(escapePDF(text.encode(codec).decode("latin-1")))

        def stringWidth(self, text: str, size: float, _: object = None) -> float:  # noqa: N802
            return len(text) * size

    font = Font("STSong-Light", encoding)
    pdfmetrics.registerFont(font)
    a_page = 60 if two else 30
    for number, at in enumerate(range(0, len(lines), a_page), 1):
        canvas.setFont(font.fontName, 9)
        canvas.drawString(40, 570, "临川日报　要闻")
        canvas.drawCentredString(210, 20, f"— {number} —")
        canvas.setFont(font.fontName, size)
        own = lines[at : at + a_page]
        if two:  # line by line across both columns, as some programs write
            for row, (one, other) in enumerate(zip(own[:30], [*own[30:], *[""] * 30], strict=False)):
                for x, words in ((40, one), (220, other)):
                    canvas.drawString(x + size * (words[:2] == "　　") * 2, 540 - row * 17, words.strip("　"))
        else:
            for row, words in enumerate(own):
                canvas.drawString(40 + size * (words[:2] == "　　") * 2, 540 - row * 17, words.strip("　"))
        canvas.showPage()
    canvas.save()


def word(name: str) -> None:
    """Make a Word document: numbers by its lists, a tracked insertion and deletion, a text box, a table, a note, heads and feet."""
    from docx import Document
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    ))  # fmt: skip
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    document.sections[0].header.paragraphs[0].text = "临川日报"
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    document.add_heading(TITLE, 0)
    for line in LINES:
        heading = line[:2] in ("一、", "二、")
        paragraph = document.add_paragraph("" if heading else line[:20])
        if heading:
            properties = paragraph._p.get_or_add_pPr()
            properties.append(
                parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="90"/></w:numPr>')
            )
            paragraph.add_run(line[2:])
            continue
        who = 'w:author="李" w:date="2025-01-01T00:00:00Z"'
        paragraph._p.append(
            parse_xml(
                f'<w:del {nsdecls("w")} w:id="1" {who}><w:r><w:delText>被删去的话</w:delText></w:r></w:del>'
            )
        )
        paragraph._p.append(
            parse_xml(
                f'<w:ins {nsdecls("w")} w:id="2" {who}><w:r><w:t>{escape(line[20:26])}</w:t></w:r></w:ins>'
            )
        )
        paragraph.add_run(line[26:])
    document.save(str(HERE / name))


def ofd(name: str) -> None:
    """Make an OFD document by hand: two pages with heads and numbers, a line a text object, its title in two halves."""
    import zipfile

    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    lines: list[tuple[float, float, str, float]] = [(30, 30, TITLE, 7.0)]
    x, y, width, size = 25.0, 45.0, 40, 4.0
    for paragraph in LINES:
        words = "　　" + paragraph
        for at in range(0, len(words), width):
            lines.append((x + (2 * size if at == 0 else 0), y, words[at : at + width].strip("　"), size))
            y += 7.0
    pages = [
        lines[:14],
        [(left, 45.0 + 7.0 * at, words, size) for at, (left, _, words, size) in enumerate(lines[14:])],
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    with zipfile.ZipFile(HERE / name, "w", zipfile.ZIP_DEFLATED) as file:

        def write(name: str, words: str) -> None:
            file.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), head + words, zipfile.ZIP_DEFLATED)

        write(
            "OFD.xml",
            f'<ofd:OFD {space} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        )
        own = "".join(
            f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_{number}/Content.xml"/>' for number in (1, 2)
        )
        write(
            "Doc_0/Document.xml",
            f"<ofd:Document {space}><ofd:CommonData><ofd:MaxUnitID>999</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>{own}</ofd:Pages></ofd:Document>",
        )
        for number, page in enumerate(pages, 1):
            objects = [(90.0, 12.0, "临川日报", 4.0), *page, (102.0, 287.0, f"— {number} —", 4.0)]
            texts = "".join(
                f'<ofd:TextObject ID="{100 * number + at}" Boundary="{left} {base - size} {size * len(words)} {size * 1.2}" Font="2" Size="{size}">'
                f'<ofd:TextCode X="0" Y="{size}" DeltaX="g {max(1, len(words) - 1)} {size}">{escape(words)}</ofd:TextCode></ofd:TextObject>'
                for at, (left, base, words, size) in enumerate(objects)
            )
            write(
                f"Doc_0/Pages/Page_{number}/Content.xml",
                f'<ofd:Page {space}><ofd:Content><ofd:Layer ID="{50 + number}" Type="Body">{texts}</ofd:Layer></ofd:Content></ofd:Page>',
            )


def layered_ofd(name: str) -> None:
    """Make an OFD document as offices' programs lay one out.

    Heads in a template, a paragraph a text object of several lines, each character's step in a list, scaled by a matrix, on a page
    that does not begin at nought, digits half as wide, a seal's words in an annotation.
    """
    import zipfile
    from unicodedata import east_asian_width

    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    size, scale = 8.0, 0.5

    def code(x: float, y: float, words: str, wide: float = size) -> str:
        steps = " ".join(f"{wide if east_asian_width(each) in 'WF' else wide / 2:g}" for each in words[:-1])
        return (
            f'<ofd:TextCode X="{x:g}" Y="{y:g}"'
            + (f' DeltaX="{steps}"' if steps else "")
            + f">{escape(words)}</ofd:TextCode>"
        )

    def block(number: int, top: float, paragraph: str, indent: int = 2) -> tuple[str, int]:
        lines, own, width = list[str](), "", 2 * (38 - indent)
        for each in paragraph:
            wide = 2 if east_asian_width(each) in "WF" else 1
            if width < wide and each not in "，。；、）":
                lines.append(own)
                own, width = "", 76
            own, width = own + each, width - wide
        lines.append(own)
        codes = "".join(
            code(size * indent * (at == 0), size * (1.7 * at + 1), words) for at, words in enumerate(lines)
        )
        high = 7 * len(lines)
        return (
            f'<ofd:TextObject ID="{number}" Boundary="37 {top:g} 170 {high}" CTM="{scale} 0 0 {scale} 0 0" Font="2" Size="{size:g}">{codes}</ofd:TextObject>',
            high,
        )

    title = f'<ofd:TextObject ID="99" Boundary="47 45 150 8" Font="2" Size="7">{code(0, 6.5, TITLE, 7)}</ofd:TextObject>'
    bodies, top, number = [title], 60.0, 100
    for paragraph in LINES:
        made, high = block(number, top, paragraph)
        if top + high > 190:
            bodies.append("")
            top = 45.0
            made, high = block(number, top, paragraph)
        bodies[-1] += made
        top, number = top + high, number + 1
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    with zipfile.ZipFile(HERE / name, "w", zipfile.ZIP_DEFLATED) as file:

        def write(name: str, words: str) -> None:
            file.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), head + words, zipfile.ZIP_DEFLATED)

        def layer(words: str) -> str:
            return f'<ofd:Page {space}><ofd:Area><ofd:PhysicalBox>12 12 210 297</ofd:PhysicalBox></ofd:Area><ofd:Content><ofd:Layer ID="50">{words}</ofd:Layer></ofd:Content></ofd:Page>'

        write(
            "OFD.xml",
            f'<ofd:OFD {space} Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>2</ofd:DocID></ofd:DocInfo><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        )
        own = "".join(
            f'<ofd:Page ID="{at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(bodies))
        )
        write(
            "Doc_0/Document.xml",
            f"<ofd:Document {space}><ofd:CommonData><ofd:MaxUnitID>999</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>12 12 210 297</ofd:PhysicalBox></ofd:PageArea>"
            f'<ofd:TemplatePage ID="9" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData><ofd:Pages>{own}</ofd:Pages><ofd:Annotations>Annots/Annotations.xml</ofd:Annotations></ofd:Document>',
        )
        write(
            "Doc_0/Tpls/Tpl_0/Content.xml",
            layer(
                f'<ofd:TextObject ID="8" Boundary="100 20 40 5" Font="2" Size="4">{code(0, 4, "临川日报", 4)}</ofd:TextObject>'
            ),
        )
        write(
            "Doc_0/Annots/Annotations.xml",
            f'<ofd:Annotations {space}><ofd:Page PageID="0"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>',
        )
        write(
            "Doc_0/Annots/Page_0/Annotation.xml",
            f'<ofd:PageAnnot {space}><ofd:Annot ID="7" Type="Stamp"><ofd:Appearance><ofd:TextObject ID="6" Boundary="150 60 40 5" Font="2" Size="4">{code(0, 4, "临川市档案馆藏", 4)}</ofd:TextObject></ofd:Appearance></ofd:Annot></ofd:PageAnnot>',
        )
        for at, words in enumerate(bodies):
            foot = f'<ofd:TextObject ID="5" Boundary="110 300 20 5" Font="2" Size="4">{code(0, 4, f"- {at + 1} -", 4)}</ofd:TextObject>'
            write(
                f"Doc_0/Pages/Page_{at}/Content.xml",
                layer(words + foot).replace(
                    "<ofd:Content>", '<ofd:Template TemplateID="9" ZOrder="Background"/><ofd:Content>'
                ),
            )


def easyofd(source: str, name: str) -> None:
    """Have easyofd make an OFD document of a PDF (its attribute ``size`` and its page boxes are not as the standard has them)."""
    from easyofd import OFD

    (HERE / name).write_bytes(OFD().pdf2ofd((HERE / source).read_bytes(), optional_text=True))


def epub(name: str) -> None:
    """Make an e-book by hand, a chapter for each part of the article."""
    import zipfile

    chapters = [LINES[:4], LINES[4:]]
    items = "".join(
        f'<item id="c{at}" href="text/c{at}.xhtml" media-type="application/xhtml+xml"/>' for at in range(2)
    )
    book = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" version="3.0">'
        f"<metadata><dc:title>{TITLE}</dc:title><dc:creator>张敏</dc:creator><dc:date>2025-09-12</dc:date><dc:publisher>临川日报</dc:publisher></metadata>"
        f'<manifest>{items}</manifest><spine><itemref idref="c0"/><itemref idref="c1"/></spine></package>'
    )
    with zipfile.ZipFile(HERE / name, "w", zipfile.ZIP_DEFLATED) as file:

        def write(name: str, words: str) -> None:
            file.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), words, zipfile.ZIP_DEFLATED)

        file.writestr(zipfile.ZipInfo("mimetype", (2025, 1, 1, 0, 0, 0)), "application/epub+zip")
        write(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book/a.opf"/></rootfiles></container>',
        )
        write("book/a.opf", book)
        for at, lines in enumerate(chapters):
            body = "".join(f"<p>{escape(line)}</p>" for line in lines)
            write(
                f"book/text/c{at}.xhtml",
                f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{at}</title></head><body>{f"<h1>{TITLE}</h1>" * (at == 0)}{body}</body></html>',
            )


def archive(name: str) -> None:
    """Have Chromium save a page with its parts (MHTML)."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play, tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "a.html")
        source.write_text(html(ONE), encoding="utf-8")
        browser = play.chromium.launch(executable_path="/usr/bin/chromium")
        page = browser.new_page()
        page.goto(source.as_uri())
        saved = page.context.new_cdp_session(page).send("Page.captureSnapshot", {"format": "mhtml"})["data"]
        (HERE / name).write_bytes(saved.encode("utf-8"))


def mail(name: str) -> None:
    """Make an e-mail in GB18030 with an attachment."""
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = (
        TITLE,
        "张敏 <zhang@example.org>",
        "Fri, 12 Sep 2025 09:00:00 +0800",
    )
    message.set_content("\n".join(LINES) + "\n", charset="gb18030", cte="base64")
    message.add_attachment("附件的话。", filename="a.txt")
    message.set_boundary("b")
    (HERE / name).write_bytes(message.as_bytes())


def wechat(name: str) -> None:
    """Write a page of a WeChat account out as such pages are laid out when they are saved: words hidden, the day in scripts."""
    sections = "".join(
        f'<section style="line-height: 1.75em;" data-role="paragraph"><p style="text-indent: 2em;"><span style="font-size: 15px;" data-pm-slice="0 0 []">{escape(line[:9])}</span>'
        f'<span leaf="">{escape(line[9:])}</span></p></section><p><br  /></p>'
        for line in LINES
    )
    (HERE / name).write_text(
        f"""<!DOCTYPE html>
<html class=""><head><meta name="wechat-enable-text-zoom-em" content="true"><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<meta name="referrer" content="origin-when-cross-origin"><meta name="description" content="" /><meta name="author" content="张敏" />
<meta property="og:title" content="{TITLE}" /><meta property="og:url" content="http://mp.weixin.qq.com/s?__biz=MzA5&amp;mid=265&amp;idx=1" />
<meta property="og:site_name" content="微信公众平台" /><meta property="og:type" content="article" /><meta property="og:article:author" content="张敏" />
<title></title><link rel="dns-prefetch" href="//res.wx.qq.com"><link rel="dns-prefetch" href="//mmbiz.qpic.cn">
<script type="text/javascript">window.logs = {{pagetime: {{}}}}; var biz = "" || "MzA5"; var __mpVersion = 1;</script></head>
<body id="activity-detail" class="zh_CN wx_wap_page wx_wap_desktop_fontsize_2 mm_appmsg comment_feature discuss_tab appmsg_skin_default not_in_mm">
<div id="js_top_ad_area" class="top_banner"></div><div id="js_base_container" class="rich_media_base_container"><div id="js_article" class="rich_media">
<div class="rich_media_inner"><div id="page-content" class="rich_media_area_primary"><div class="rich_media_area_primary_inner"><div id="img-content" class="rich_media_wrp">
<h1 class="rich_media_title " id="activity-name">
  <span class="js_title_inner">{TITLE}</span>
</h1>
<div id="meta_content" class="rich_media_meta_list"><span id="copyright_logo" class="wx_tap_link icon_appmsg_tag appmsg_title_tag weui-wa-hotarea">原创</span>
<span class="rich_media_meta rich_media_meta_text"><span role="link" tabindex="0" id="js_author_name" class="wx_tap_link rich_media_meta_link">张敏</span></span>
<span class="rich_media_meta rich_media_meta_nickname" id="profileBt"><a href="javascript:void(0);" class="wx_tap_link weui-wa-hotarea" id="js_name">
临川发布                                </a>
<div id="js_profile_qrcode" aria-hidden="true" class="profile_container" style="display:none;"><div class="profile_inner"><strong class="profile_nickname">临川发布</strong>
<p class="profile_meta"><label class="profile_meta_label">微信号</label><span class="profile_meta_value">lcfb</span></p>
<p class="profile_meta"><label class="profile_meta_label">功能介绍</label><span class="profile_meta_value">临川市委宣传部主办，发布临川市的新闻，服务临川市的居民。</span></p></div></div></span>
<span id="meta_content_hide_info"><em id="publish_time" class="rich_media_meta rich_media_meta_text"></em>
<em id="js_ip_wording_wrp" class="rich_media_meta rich_media_meta_text" style="display: none;">发表于<span id="js_ip_wording"></span></em></span></div>
<div class="rich_media_content js_underline_content autoTypeSetting24psection" id="js_content" style="visibility: hidden; opacity: 0; ">
<section><img class="rich_pages wxw-img" data-ratio="0.1" data-src="https://mmbiz.qpic.cn/a" data-type="gif" data-w="640"></section>
{sections}<section><mp-common-profile class="js_uneditable custom_select_card mp_profile_iframe" data-nickname="临川发布" data-id="MzA5"></mp-common-profile></section>
<p style="display: none;"><mp-style-type data-value="3"></mp-style-type></p></div>
<script type="text/javascript">var first_sceen__time = (+new Date());</script></div>
<div class="rich_media_tool" id="js_tags_preview_toast"><div class="article-tag__item">预览时标签不可点</div></div></div></div>
<div class="rich_media_area_extra"><div id="js_pc_qr_code" class="qr_code_pc_outer" style="display:none;"><p>微信扫一扫<br>关注该公众号</p></div></div></div></div></div>
<script type="text/javascript">var nickname = htmlDecode("临川发布"); var appmsg_type = "9"; var ct = "1757638800"; var user_name = "gh_1"; var svr_time = "1764550000" * 1;
var msg_title = '{TITLE}'.html(false); var oriCreateTime = '1757638800'; var createTime = '2025-09-12 09:00';
window.ip_wording = {{countryName: '中国', provinceName: '临川'}};</script>
<script type="text/javascript" src="//res.wx.qq.com/mmbizappmsg/zh_CN/htmledition/js/appmsg.js"></script></body></html>
""",
        encoding="utf-8",
    )


def mutt(name: str) -> None:
    """Have mutt write an e-mail: GB2312 as it is (8bit), its subject in two encoded words, marked as flowed."""
    with tempfile.TemporaryDirectory() as folder:
        sent, program = Path(folder, "sent"), Path(folder, "send")
        day = "Fri, 12 Sep 2025 09:00:00 +0800"
        program.write_text(f"#!/bin/sh\nsed '1s/^Date: .*/Date: {day}/' > {sent}\n")
        program.chmod(0o755)
        settings = [
            f"set sendmail={program}", "set copy=no charset=utf-8 send_charset=gb2312:gb18030 text_flowed=yes use_from=yes",
            'set from=zhang@example.org realname="张敏" hostname=example.org',
            "my_hdr Message-ID: <1@example.org>",
        ]  # fmt: skip
        subprocess.run(
            ["mutt", "-n", "-F", "/dev/null", *(word for each in settings for word in ("-e", each)), "-s", TITLE, "wang@example.org"],
            input="\n".join(LINES) + "\n", encoding="utf-8", check=True, env={**os.environ, "HOME": folder, "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        (HERE / name).write_bytes(sent.read_bytes())


def locked(name: str) -> None:
    """Make a PDF with a password."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(HERE / name), invariant=1, encrypt=StandardEncryption("password", strength=128))
    canvas.drawString(40, 500, "locked")
    canvas.save()


def scan(name: str) -> None:
    """Make a PDF of two pages that hold a drawing and no text."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(HERE / name), invariant=1)
    for _ in range(2):
        canvas.rect(50, 50, 400, 600, fill=1)
        canvas.showPage()
    canvas.save()


if __name__ == "__main__":
    import sys

    def wanted(name: str) -> bool:
        return not sys.argv[1:] or any(part in name for part in sys.argv[1:])

    if wanted("chromium"):
        chromium(html(ONE), "chromium-one-column.pdf", "--no-pdf-header-footer")
        chromium(html(ONE), "chromium-head-and-foot.pdf")
        chromium(
            html(TWO, '<div class="s">临川市档案馆藏</div>'),
            "chromium-two-columns.pdf",
            "--no-pdf-header-footer",
        )
    if wanted("word"):
        word("python-docx.docx")
    if wanted("libreoffice"):
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "a.html")
            source.write_text(
                html(ONE.replace("11pt", "12pt")), encoding="utf-8"
            )  # at 11 points it loses a comma in PDF
            office(source, "docx:MS Word 2007 XML", "libreoffice.docx")
        office(HERE / "libreoffice.docx", "pdf", "libreoffice.pdf")
        office(HERE / "libreoffice.docx", "epub", "libreoffice.epub")
    if wanted("hand"):
        ofd("by-hand.ofd")
        layered_ofd("by-hand-layers.ofd")
        wechat("by-hand-wechat.html")
        epub("by-hand.epub")
        mail("by-hand.eml")
    if wanted("mhtml"):
        archive("chromium.mhtml")
    if wanted("easyofd"):
        easyofd("chromium-one-column.pdf", "easyofd.ofd")
    if wanted("mutt"):
        mutt("mutt.eml")
    if wanted("reportlab"):
        locked("reportlab-locked.pdf")
        scan("reportlab-scan.pdf")
        reportlab("reportlab-not-embedded.pdf")
        reportlab("reportlab-columns-mixed.pdf", two=True)
        for encoding in ("GB-EUC-H", "GBK-EUC-H"):
            reportlab(f"reportlab-{encoding.lower()}.pdf", encoding, "gbk")
