"""Zip files of articles, e-mails, e-books, saved pages: what is peculiar to them, and one line for what is none."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from random import Random

import pytest

import kg
from kg.api import read_sources
from kg.base.errors import SourceError
from kg.text.formats.table import sniffed
from kg.text.source import article_from_bytes, read_article

DOCUMENTS = Path(__file__).parents[1] / "documents"
ONE = "海川公司与明德大学签约\n海川公司4月4日与明德大学签署协议，总投资3亿元。\n"
TWO = "江城建桥\n江城市政府5月6日宣布建桥，投资2亿元。\n"


def packed(**parts: str | bytes) -> bytes:
    """Return a zip file; in the names of its parts, ``__`` stands for a point and ``___`` for a slash."""
    return zipped({name.replace("___", "/").replace("__", "."): data for name, data in parts.items()})


def zipped(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_a_zip_file_is_its_articles_in_the_order_of_their_names(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.zip", zipped({"b/二.txt": TWO, "a/一.txt": ONE.encode("gb18030"), "a/一.png": b"x"})
    )

    found = kg.build(path)

    assert list(found.texts.values()) == [ONE, TWO]
    assert list(found.texts) == ["一", "二"]
    assert found.to_turtle() == kg.build(path).to_turtle()


def test_names_that_no_flag_tells_the_encoding_of_are_read(tmp_path: Path) -> None:
    data = zipped({"xxxx.txt": ONE}).replace(b"xxxx", "签约".encode("gb18030"))

    assert list(kg.build(write(tmp_path / "a.zip", data)).texts) == ["签约"]


def test_what_a_system_packs_beside_is_left_alone(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.zip", zipped({"__MACOSX/._a.txt": "x", ".b.txt": "x", "~$c.docx": "x", "a.txt": ONE})
    )

    assert list(kg.build(path).texts) == ["a"]


def test_no_name_in_a_zip_file_leads_out_of_the_folder_that_is_written(tmp_path: Path) -> None:
    path = write(tmp_path / "a.zip", zipped({"../../outside.txt": ONE, "/etc/there.txt": TWO}))

    kg.build(path).save(tmp_path / "in" / "out")

    assert {each.name for each in tmp_path.rglob("*.txt")} == {"outside.txt", "there.txt"}
    assert {each.parent for each in tmp_path.rglob("*.txt")} == {tmp_path / "in" / "out" / "articles"}


def test_a_document_in_a_zip_file_is_read_and_a_bad_one_named(tmp_path: Path) -> None:
    mail = (DOCUMENTS / "by-hand.eml").read_bytes()
    good = write(tmp_path / "a.zip", zipped({"a.eml": mail, "b.txt": ONE}))
    bad = write(tmp_path / "b.zip", zipped({"a.txt": ONE, "c/b.doc": "x"}))

    assert kg.build(good).readings[0].article.author == "张敏"
    with pytest.raises(SourceError, match=r"b\.zip/c/b\.doc: a Word document, not a kind"):
        kg.build(bad)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04" + b"x" * 99, "broken"),
        (zipped({"a.png": b"x"}), "no article in it"),
        (zipped({"a.txt": b" " * (5 << 20)}), "unpacked too large"),
        (zipped({f"{number}.txt": b"" for number in range(10_001)}), "more than 10,000 parts"),
        (zipped({"a.zip": zipped({"a.txt": ONE})}), "no article in it"),
    ],
    ids=["broken", "none", "bomb", "many", "in another"],
)
def test_a_hostile_zip_file_is_one_line(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(SourceError, match=words) as caught:
        kg.build(write(tmp_path / "a.zip", data))

    assert "\n" not in str(caught.value)


def test_a_zip_file_that_is_damaged_anywhere_is_one_line_or_read(tmp_path: Path) -> None:
    draw, good = Random(7), zipped({"a.txt": ONE, "b.txt": TWO})  # noqa: S311
    for _ in range(300):
        with suppress(SourceError):
            read_sources([write(tmp_path / "a.zip", damaged(good, draw))])


@pytest.mark.parametrize("name", ["by-hand.eml", "chromium.mhtml"])
def test_a_message_that_is_damaged_anywhere_is_one_line_or_read(tmp_path: Path, name: str) -> None:
    draw, good = Random(7), (DOCUMENTS / name).read_bytes()  # noqa: S311
    for _ in range(200):
        with suppress(SourceError):
            read_article(write(tmp_path / name, damaged(good, draw)))


def damaged(data: bytes, draw: Random) -> bytes:
    found = bytearray(data)
    for _ in range(draw.choice((1, 3, 30))):
        found[draw.randrange(len(found))] = draw.randrange(256)
    return bytes(found)


# E-mails, saved pages, e-books ----------------------------------------------------------------------------------------


def mail(words: str, kind: str = "plain", subject: str = "江城建桥") -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = (
        subject,
        "王芳 <a@b.org>",
        "Mon, 06 May 2024 09:00:00 +0800",
    )
    message.set_content(words, subtype=kind)
    return message


def test_an_e_mail_gives_subject_sender_and_day() -> None:
    message = mail("江城市政府宣布建桥，投资2亿元。\n")
    message.add_attachment("附件里的话。", filename="a.txt")

    article = article_from_bytes(message.as_bytes(), "a")

    assert article.text == "江城建桥\n江城市政府宣布建桥，投资2亿元。"
    assert (article.title, article.author, str(article.published)) == ("江城建桥", "王芳", "2024-05-06")


def test_an_e_mail_that_is_a_page_is_read_without_its_markup() -> None:
    message = mail("<p>江城市政府宣布建桥，<b>投资</b>2亿元。</p><script>x()</script>", "html")

    assert article_from_bytes(message.as_bytes(), "a").text == "江城建桥\n江城市政府宣布建桥，投资2亿元。"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("by-hand.eml", "eml"),
        ("by-hand.epub", "epub"),
        ("libreoffice.epub", "epub"),
        ("by-hand.ofd", "ofd"),
        ("chromium.mhtml", "mhtml"),
        ("python-docx.docx", "docx"),
        ("libreoffice.docx", "docx"),
        ("libreoffice.pdf", "pdf"),
        ("article.txt", "text"),
    ],
)
def test_bytes_tell_their_format(name: str, kind: str) -> None:
    assert sniffed((DOCUMENTS / name).read_bytes()).name == kind


def test_a_text_that_begins_like_a_field_is_no_e_mail() -> None:
    assert sniffed("来源: 江城日报\n\n江城建桥".encode()).name == "text"
    assert sniffed(b"Date: x").name == "text"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.eml", b"", "empty"),
        ("a.eml", b"Subject: x\n\n", "an e-mail without text"),
        (
            "a.eml",
            b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * 9000,
            "an e-mail without text",
        ),
        ("a.mhtml", b"MIME-Version: 1.0\nContent-Type: text/plain\n\nx", "a web archive without a page"),
        ("a.epub", b"PK\x03\x04" + b"0" * 99, "broken"),
        (
            "a.ofd",
            zipped({"OFD.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "declares entities",
        ),
        ("a.ofd", zipped({"OFD.xml": "<a"}), "is no XML"),
        ("a.epub", packed(mimetype="application/epub+zip"), "it has no part"),
        (
            "a.epub",
            zipped({"META-INF/container.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "declares entities",
        ),
        (
            "a.epub",
            zipped({"META-INF/container.xml": '<a><rootfile full-path="../../../etc/passwd"/></a>'}),
            "it has no part",
        ),
    ],
)
def test_what_is_none_is_one_line(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    with pytest.raises(SourceError, match=words) as caught:
        read_article(write(tmp_path / name, data))

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.rtf"])
def test_an_old_document_is_one_line_with_the_conversion(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match=r"soffice --headless --convert-to docx"):
        read_article(write(tmp_path / name, b"\xd0\xcf\x11\xe0"))
