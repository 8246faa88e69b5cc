"""Companies called by a brand and an industry word, where the sentence treats them as a company."""

from __future__ import annotations

import pytest

from kg.base.model import Token
from kg.names.branded import find_branded


def found(*words: str) -> list[str]:
    """Return the companies at the second word; a word may bear its tag: 昨天/TIME."""
    tokens, at = [], 0
    for word in words:
        text, _, tag = word.partition("/")
        tokens.append(Token(at, at + len(text), text, tag or "n"))
        at += len(text)
    return [name.text for name in find_branded(tokens, 1)]


@pytest.mark.parametrize(
    "behind",
    [
        ("51%", "股权"),
        ("全部", "股份"),
        ("多数", "股权"),
        ("近日/TIME", "正式/d", "中标/v"),
        ("被/p", "证监会/ORG", "立案/v"),
        ("携手/v", "长河集团/ORG", "签约/v"),
        ("公告", "，/w"),
        ("股价",),
    ],
)
def test_what_deals_as_a_company_does_is_one(behind: tuple[str, ...]) -> None:
    assert found("青松", "软件", *behind) == ["青松软件"]


@pytest.mark.parametrize("behind", [("股权", "激励"), ("中标/v", "率"), ("很/d", "好/a"), ("被/p", "使用/v")])
def test_what_does_not_is_none(behind: tuple[str, ...]) -> None:
    assert found("青松", "软件", *behind) == []
