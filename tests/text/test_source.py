"""A source becomes an article whose text is the source's own, or one clear error."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.base.errors import SourceError
from kg.base.resources import data_path
from kg.text.formats.table import LARGEST
from kg.text.source import article_from_bytes, article_of, expand, read_article, unique_names

TEXT = "海川公司与明德大学签约\n海川公司4月4日与明德大学签署协议，总投资3亿元。\n"


def write(path: Path, data: bytes | str = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_the_bundled_article_is_read_with_the_metadata_its_header_gives() -> None:
    article = read_article(data_path("yueyang.txt"))
    known = json.loads(data_path("yueyang.json").read_text(encoding="utf-8"))

    assert article.title == known["title"]
    assert article.published == date.fromisoformat(known["published"])
    assert (article.publisher, article.author, article.url) == (
        known["publisher"],
        known["author"],
        known["url"],
    )


def test_header_and_footer_of_the_bundled_article_state_nothing() -> None:
    article = read_article(data_path("yueyang.txt"))
    stated = "\n".join(span.of(article.text) for span in article.body)

    assert len(article.body) == 10
    assert not any(
        words in stated
        for words in (
            "发布时间",
            "红星网",
            "佚名",
            "http",
            "免责声明",
            "上一篇",
            "下一篇",
            "君山区",
            "汉寿县",
        )
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_text_is_the_files_own_but_for_newlines_and_mark(
    tmp_path: Path, encoding: str, newline: str
) -> None:
    path = write(tmp_path / "a.txt", TEXT.replace("\n", newline).encode(encoding))

    article = read_article(path)

    assert article.text == TEXT
    assert article.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


@settings(max_examples=100, deadline=None)
@given(st.text("中国公司签约，。\r\n\u3000 \x0b\x0c\x85\u2028ab1", max_size=60))
def test_offsets_count_in_the_text_that_python_reads(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = write(tmp_path_factory.mktemp("read") / "a.txt", "海川公司签约" + text)

    assert read_article(path).text == path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\r\n", "nothing but blanks"),
        ("a.txt", "\u3000\u3000\n".encode(), "nothing but blanks"),
        ("a.txt", b"\xef\xbb\xbf", "nothing but blanks"),
        ("a.txt", b"Only English here, nothing else at all.", "not Chinese"),
        ("a.txt", "日本語の記事をここに書いています。これはひらがなばかりです。".encode(), "not Chinese"),
        ("a.txt", TEXT.encode() + b"\0", "binary"),
        ("a.html", b"<html></html>", "without a main text"),
        ("a.html", b"<p>" + b"Only English here, nothing else. " * 9 + b"</p>", "not Chinese"),
        ("a.rtf", b"{\\rtf1", "not a kind of file kg reads"),
    ],
)
def test_what_is_no_chinese_article_is_one_clear_line(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    path = write(tmp_path / name, data)

    with pytest.raises(SourceError, match=message) as caught:
        read_article(path)

    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)
    assert caught.value.hint


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read_article(tmp_path / "none.txt")
    with pytest.raises(SourceError, match="a folder, where a file was expected"):
        read_article(tmp_path)
    with pytest.raises(SourceError, match="cannot be read"):
        read_article(write(tmp_path / "a.txt") / "b.txt")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    path.chmod(0)

    with pytest.raises(SourceError, match="cannot be read"):
        read_article(path)


def test_what_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)

    with pytest.raises(SourceError, match="too large"):
        read_article(path)


def test_a_text_as_long_as_a_novel_is_read() -> None:
    paragraph = TEXT.replace("\n", "") * 10 + "\n"
    text = paragraph * (4_000_000 // len(paragraph.encode()))

    assert article_from_bytes(text.encode(), "large").text == text


def test_an_article_may_come_without_a_file() -> None:
    assert article_from_bytes(TEXT.encode(), "stdin").name == "stdin"
    assert article_of(TEXT).title == "海川公司与明德大学签约"


def test_a_page_on_standard_input_is_read_as_a_page() -> None:
    page = f"<!DOCTYPE html><html><head><title>签约</title></head><body><p>{TEXT * 5}</p></body></html>"

    assert "<p>" not in article_from_bytes(page.encode(), "stdin").text
    assert article_from_bytes(page.encode(), "a", "text").text == page


def test_a_folder_means_the_articles_in_and_below_it_in_order(tmp_path: Path) -> None:
    paths = [write(tmp_path / name) for name in ("b.txt", "a.md", "sub/c.HTML", "sub/d.htm")]
    for name in ("e.rtf", ".hidden.txt", ".git/f.txt"):
        write(tmp_path / name)

    assert expand([tmp_path]) == tuple(sorted(paths, key=lambda path: path.as_posix()))


def test_a_file_meant_twice_is_read_once_and_order_is_kept(tmp_path: Path) -> None:
    first, second = write(tmp_path / "z.txt"), write(tmp_path / "a.txt")

    assert expand([first, tmp_path, first]) == (first, second)


def test_a_folder_without_articles_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no article in this folder"):
        expand([tmp_path])


def test_files_of_one_stem_get_names_of_their_own() -> None:
    paths = [Path("a/news.txt"), Path("b/news.html"), Path("News.md"), Path("news-2.txt"), Path("...txt")]

    assert unique_names(paths) == ("news", "news-2", "News-3", "news-2-2", "article")


def test_names_can_be_file_names_anywhere() -> None:
    (name,) = unique_names([Path("新闻" * 100 + '<b>:"?*.txt')])

    assert len(name.encode()) <= 200
    assert not set(name) & set('<>:"/\\|?*')


def test_importing_the_reader_loads_no_html_library() -> None:
    code = "import sys, kg.text.source; sys.exit(bool({'trafilatura', 'lxml', 'charset_normalizer'} & set(sys.modules)))"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
