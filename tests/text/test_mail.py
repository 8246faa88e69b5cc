"""E-mails as programs write them."""

from __future__ import annotations

import pytest

from kg.text.source import article_from_bytes

LINES = ("9月12日，海川公司与明德大学在江城", "签署协议。", "双方将共建实验室。")


def mail(kind: str, body: str) -> bytes:
    head = f"From: =?utf-8?B?5byg5pWP?= <a@example.org>\r\nDate: Fri, 12 Sep 2025 23:30:00 +0800\r\nContent-Type: text/plain; charset=utf-8{kind}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return (head + body).encode()


def text(kind: str, body: str) -> list[str]:
    return article_from_bytes(mail(kind, body), "a", "eml").text.splitlines()


def test_lines_that_a_program_cut_are_joined_with_the_blank_that_is_of_the_cut_left_out() -> None:
    body = f"{LINES[0]} \r\n{LINES[1]}\r\n{LINES[2]}\r\n"

    assert text("; format=flowed; delsp=yes", body) == [LINES[0] + LINES[1], LINES[2]]
    assert text("; format=flowed", body) == [f"{LINES[0]} {LINES[1]}", LINES[2]]
    assert len(text("", body)) == 3


def test_a_line_that_begins_with_a_blank_was_given_one() -> None:
    assert text("; format=flowed", f" >{LINES[1]}\r\n{LINES[2]}\r\n") == [f">{LINES[1]}", LINES[2]]


@pytest.mark.parametrize("line", ["-- ", "> 你好 "])
def test_a_signature_and_what_is_quoted_stay_lines_of_their_own(line: str) -> None:
    found = text("; format=flowed; delsp=yes", f"{LINES[2]}\r\n{line}\r\n{LINES[1]}\r\n")

    assert found[0] == LINES[2]
    assert found[-1] == LINES[1]


def test_the_day_is_that_of_the_sender() -> None:
    article = article_from_bytes(mail("", "\r\n".join(LINES)), "a", "eml")

    assert (str(article.published), article.author) == ("2025-09-12", "张敏")
