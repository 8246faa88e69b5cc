"""Bytes of every encoding Chinese texts come in are read exactly, and what is no text is refused in one clear line."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.base.errors import SourceError
from kg.text.decoding import decode, is_chinese

SIMPLIFIED = "江城市海川科技有限公司四月四日宣布，公司已与明德大学签署合作协议，总投资3亿元。"
TRADITIONAL = "江城市海川科技有限公司四月四日宣布，公司已與明德大學簽署合作協議，總投資3億元。"

NOISE = b"".join(hashlib.sha256(bytes([number])).digest() for number in range(100))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "utf-8-sig"),
        (SIMPLIFIED, "gbk"),
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "utf-16"),
        (SIMPLIFIED, "utf-16-le"),
        (SIMPLIFIED, "utf-16-be"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "gb18030"),
        (TRADITIONAL, "utf-16-le"),
    ],
)
def test_every_encoding_gives_the_same_text(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt").removeprefix("\ufeff") == text


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-16-le", "utf-16-be"])
def test_a_dozen_characters_are_enough_to_recognise_the_encoding(encoding: str) -> None:
    source = TRADITIONAL if encoding == "big5" else SIMPLIFIED

    assert decode(source[:12].encode(encoding), "a.txt") == source[:12]


def test_ascii_around_little_chinese_does_not_mislead() -> None:
    text = "Report 2023-04-05 12:30:00 ABC DEF " * 20 + SIMPLIFIED

    assert decode(text.encode("gb18030"), "a.txt") == text


def test_one_broken_byte_in_utf_8_is_an_error_that_says_where_and_not_mojibake() -> None:
    data = f"第一行\n{SIMPLIFIED}".encode()
    data = data[:28] + b"\xff" + data[29:]

    with pytest.raises(
        SourceError, match=r"a.txt: UTF-8 text with a broken byte at 28 \(line 2\) \(save it again as UTF-8\)"
    ):
        decode(data, "a.txt")


def test_a_byte_order_mark_is_believed_and_a_fault_behind_it_told() -> None:
    with pytest.raises(SourceError, match="marked as UTF-8, but broken at byte"):
        decode(b"\xef\xbb\xbf" + SIMPLIFIED.encode().replace(b"\xe4", b"\xff"), "a.txt")


@pytest.mark.parametrize(
    "data",
    [
        SIMPLIFIED.encode() + b"\0" * 4,
        b"\x7fELF\x02\x01\x01" + bytes(200),
        b"\x89PNG\r\n\x1a\n" + NOISE,
        b"PK\x03\x04" + NOISE[1:],
        b"\x01\x02\x03\x04" * 50 + SIMPLIFIED.encode(),
    ],
    ids=["nul", "elf", "png", "zip", "controls"],
)
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"binary|no text in"):
        decode(data, "a.txt")


def test_western_text_in_latin_1_is_not_read_as_chinese() -> None:
    with pytest.raises(SourceError, match="no text in UTF-8, GB18030, Big5 or UTF-16"):
        decode("Les élèves français étaient à la fête, où ça coûte très cher".encode("latin-1"), "a.txt")


def test_a_page_is_read_in_the_encoding_it_declares() -> None:
    page = f'<meta charset="gb2312"><p>{SIMPLIFIED}</p>'

    assert decode(page.encode("gb18030"), "a.html", markup=True) == page


def test_a_declared_encoding_that_does_not_fit_is_not_believed() -> None:
    page = f'<meta charset="ascii"><p>{SIMPLIFIED}</p>'

    assert decode(page.encode("gb18030"), "a.html", markup=True) == page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SIMPLIFIED, True),
        (TRADITIONAL, True),
        ("公告：ABC公司(600000.SH)2023年净利润12345678.90元，EPS 0.12", True),
        ("The company signed with 明德.", False),
        ("この会社は協定に署名しました。東京で行われた。", False),
        ("", False),
    ],
)
def test_chinese_is_told_from_other_languages(text: str, expected: bool) -> None:
    assert is_chinese(text) is expected


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_a_text_or_a_source_error(data: bytes) -> None:
    try:
        text = decode(data, "a.txt")
    except SourceError as error:
        text = str(error)
    assert "\0" not in text
