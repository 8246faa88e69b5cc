"""The article that kg was made for, in every format: the same people, relations and figures as from its plain text."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from html import escape
from importlib.util import find_spec
from pathlib import Path

import pytest

import kg
from kg.api import build_articles
from kg.base.model import Article, Reading
from kg.graph.verify import verify
from kg.text.source import read_article
from tests.text.said import said
from tests.text.test_docx import document, paragraph

SOURCE = Path(__file__).parents[2] / "data" / "yueyang.txt"
TEXT = SOURCE.read_text(encoding="utf-8")
LINES = [line.strip() for line in TEXT.splitlines() if line.strip()]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
HAS_OFFICE = find_spec("mammoth") is not None or bool(os.environ.get("CI"))


def page(lines: list[str]) -> str:
    """Return the article as a page."""
    body = "".join(f"<p>{escape(line)}</p>" for line in lines[1:])
    style = "@page{margin:20mm}body{font-family:'Noto Serif CJK SC'}"
    return f'<html><head><meta charset="utf-8"><title>{escape(lines[0])}</title><style>{style}</style></head><body><h1>{escape(lines[0])}</h1><div>{body}</div></body></html>'


def docx(lines: list[str]) -> bytes:
    """Return the article as a Word document."""
    return document(*(paragraph(escape(line)) for line in lines))


def epub(lines: list[str]) -> bytes:
    """Return the article as an e-book of two chapters."""
    out = io.BytesIO()
    items = "".join(
        f'<item id="c{at}" href="c{at}.xhtml" media-type="application/xhtml+xml"/>' for at in (0, 1)
    )
    book = f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><manifest>{items}</manifest><spine><itemref idref="c0"/><itemref idref="c1"/></spine></package>'
    rootfile = '<rootfiles><rootfile full-path="a.opf"/></rootfiles>'
    half = len(lines) // 2
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", "application/epub+zip")
        file.writestr(
            "META-INF/container.xml",
            f'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">{rootfile}</container>',
        )
        file.writestr("a.opf", book)
        for at, part in enumerate((lines[:half], lines[half:])):
            body = "".join(f"<p>{escape(line)}</p>" for line in part)
            file.writestr(
                f"c{at}.xhtml", f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'
            )
    return out.getvalue()


def mail(lines: list[str]) -> bytes:
    """Return the article as an e-mail."""
    message = EmailMessage()
    message["Subject"] = lines[0]
    message["From"] = "a@example.org"
    message.set_content("\n".join(lines[1:]) + "\n", charset="utf-8", cte="base64")
    return message.as_bytes()


def archive(lines: list[str]) -> bytes:
    """Return the article as a saved page with its parts."""
    saved = EmailMessage()
    saved["Subject"] = lines[0]
    saved["Snapshot-Content-Location"] = "https://example.org/a.html"
    saved.set_content(page(lines), subtype="html", charset="utf-8", cte="quoted-printable")
    saved.make_related()
    saved.add_related(b"\x89PNG", "image", "png", cid="<a>")
    return saved.as_bytes()


def packed(lines: list[str]) -> bytes:
    """Return the article in a zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("新闻/a.txt", "\n".join(lines))
    return out.getvalue()


def web(lines: list[str]) -> bytes:
    """Return the article as a page."""
    return page(lines).encode()


MAKERS: dict[str, Callable[[list[str]], bytes]] = {
    "html": web,
    "docx": docx,
    "epub": epub,
    "eml": mail,
    "mhtml": archive,
    "zip": packed,
}
FORMATS = [
    pytest.param(
        name, marks=pytest.mark.skipif(name == "docx" and not HAS_OFFICE, reason="needs the office extra")
    )
    for name in MAKERS
]


@pytest.fixture(scope="module")
def plain() -> Reading:
    (reading,) = kg.build(SOURCE).readings
    return reading


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_is_read_in_it_in_every_format(plain: Reading, tmp_path: Path, name: str) -> None:
    (tmp_path / f"a.{name}").write_bytes(MAKERS[name](LINES))
    found = kg.build(tmp_path / f"a.{name}")
    (reading,) = found.readings

    assert len([each for each in plain.entities if each.type == "Person"]) > 2
    assert len(plain.facts) > 20
    assert len(plain.figures) > 20
    assert said(reading) == said(plain)
    assert str(reading.article.published) == "2022-06-22"
    assert verify(found.graph, [reading.article.text]).problems == ()


@pytest.mark.browser
@pytest.mark.skipif(
    CHROMIUM is None or find_spec("pypdfium2") is None, reason="needs a Chromium and the office extra"
)
def test_the_same_is_read_in_it_as_it_is_printed(plain: Reading, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page(LINES), encoding="utf-8")
    command = [
        str(CHROMIUM),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--print-to-pdf={tmp_path / 'a.pdf'}",
    ]
    subprocess.run([*command, str(tmp_path / "a.html")], check=True, capture_output=True)
    found = kg.build(tmp_path / "a.pdf")

    assert said(found.readings[0]) == said(plain)
    assert found.readings[0].article.leaves is not None
    assert verify(found.graph, [found.readings[0].article.text]).problems == ()


# two formats together -------------------------------------------------------------------------------------------------

FOLDED = [
    "⻘禾集团与明德⼤学签约",
    "⻘禾集团董事⻓李明出席仪式，投资３０００万元。",
    "明德⼤学校⻓王芳出席仪式。",
]
"""Radicals in the place of characters, as a printed page has them, and digits of full width."""


def articles(folder: Path, lines: list[str], *names: str) -> list[Article]:
    for name in names:
        (folder / f"a-{name}.{name}").write_bytes(MAKERS[name](lines))
    return [read_article(folder / f"a-{name}.{name}") for name in names]


@pytest.mark.skipif(not HAS_OFFICE, reason="needs the office extra")
def test_one_text_in_two_formats_is_proven_in_one_graph(tmp_path: Path) -> None:
    both = articles(tmp_path, LINES, "docx", "html", "eml")
    graph = build_articles(both).graph

    assert verify(graph, [article.text for article in both]).problems == ()


@pytest.mark.parametrize("name", FORMATS[:-1])
def test_radicals_and_wide_forms_are_read_as_characters_and_quoted_as_they_stand(
    tmp_path: Path, name: str
) -> None:
    (article,) = articles(tmp_path, FOLDED, name)
    found = build_articles([article])
    (reading,) = found.readings
    names = {each.name for each in reading.entities}
    quotes = "".join(quote.quote for fact in reading.facts for quote in fact.evidence)

    assert {"青禾集团", "明德大学", "李明", "王芳"} <= names
    assert "⻘禾集团董事⻓李明" in quotes
    assert [str(figure.value) for figure in reading.figures] == ["30000000"]
    assert "３０００万元" in reading.figures[0].text
    assert verify(found.graph, [article.text]).problems == ()
