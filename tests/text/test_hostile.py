"""What strangers make ends in its text or in one line, whatever is in it."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

import pytest

from kg.base.errors import SourceError
from kg.text.formats.mail import read_mail
from kg.text.formats.packed import Packed
from kg.text.source import article_from_bytes, read_article
from tests.text import hostile
from tests.text.test_official import ON_A_SITE, TABLE, page

pytestmark = pytest.mark.skipif(
    find_spec("pypdfium2") is None and not os.environ.get("CI"), reason="needs the office extra"
)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.pdf", hostile.without_meaning(), "its fonts do not say which characters they draw"),
        ("a.pdf", hostile.pages_in_themselves(), "broken|at most 600|no text"),
        ("a.pdf", hostile.odd_box(), "not Chinese|holds text"),
        ("a.epub", hostile.leading_out("mimetype"), "no part ../../../etc/passwd"),
        ("a.ofd", hostile.endless_numbers(), "none of its pages .1. holds text"),
        ("a.ofd", hostile.leading_out("x.xml"), "broken, or no OFD|no XML|broken"),
    ],
    ids=[
        "fonts",
        "pages in themselves",
        "a page without end",
        "a book that leads out",
        "numbers without end",
        "an OFD that leads out",
    ],
)
def test_it_is_one_line(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)

    with pytest.raises(SourceError, match=words) as caught:
        read_article(path)

    assert "\n" not in str(caught.value)
    assert "root:" not in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32"])
def test_entities_are_refused_in_every_encoding(encoding: str) -> None:
    words = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'

    with pytest.raises(SourceError, match="declares entities"):
        Packed(hostile.packed({"a.xml": words.encode(encoding)}), "a").xml("a.xml")


def test_a_subject_without_end_is_cut() -> None:
    found = read_mail(hostile.subject_without_end(), "a.eml")

    assert found.title.startswith("海川海川")
    assert len(found.title) < 8_000


def test_a_large_mail_and_a_large_page_are_read_like_small_ones() -> None:
    mail = hostile.HEAD + b"Subject: a\n\n" + hostile.WORDS.encode()
    html = page(TABLE.replace("　　主", "\t主"), ON_A_SITE.replace("江政发〔2024〕5号\n", ""))
    large = html.replace(b"<body>", b"<body><!--" + b" " * (1 << 20) + b"-->")

    assert read_mail(mail + b"\n" * (256 << 10), "a") == read_mail(mail, "a")
    small, same = (article_from_bytes(data, "a", "html") for data in (html, large))
    assert small == same
    assert small.number
    assert small.formal
