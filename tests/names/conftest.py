"""Tagged words made by hand, so that a rule of names is tested without the tagger."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.base.model import Token

Words = Callable[[str], list[Token]]


@pytest.fixture
def words() -> Words:
    """Return what makes tokens of ``甲市/LOC 教育局/n``, each behind the one before."""

    def tokens(line: str) -> list[Token]:
        found: list[Token] = []
        at = 0
        for word in line.split():
            text, _, tag = word.rpartition("/")
            found.append(Token(at, at + len(text), text, tag))
            at += len(text)
        return found

    return tokens
