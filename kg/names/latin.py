"""Names in Latin letters, of which the tagger makes many words: Mary-Jane Watson, David O'Neill Jr., J. R. Smith."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.base.model import Token
from kg.words import tags

__all__ = ["latin_end", "latin_start"]

_BETWEEN: Final = frozenset((" ", ".", "'", "’", "-"))
_LATIN_ENDS: Final = "\u0250"
_MOST: Final = 2  # how far the next part is; behind an initial one more: J|.| |Smith


def latin_end(tokens: Sequence[Token], at: int) -> int:
    """Return the index of the last word of a name in Latin letters that begins at ``at`` (John| |Van| |Dale)."""
    last = at
    while (after := _next_part(tokens, last)) is not None:
        last = after
    return last


def latin_start(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a word in Latin letters, which the tagger took for no name, is the first of one (Mary|-|Jane| |Watson)."""
    if not _is_part(tokens[at]) or (at and _is_latin(tokens[at - 1].text)):
        return False
    return any(token.tag == tags.PERSON for token in tokens[at + 1 : latin_end(tokens, at) + 1])


def _next_part(tokens: Sequence[Token], last: int) -> int | None:
    """Return the index of the next part of a name, None where no more follows."""
    at = last + 1
    while at < len(tokens) and tokens[at].text in _BETWEEN:
        at += 1
    parted = 1 < at - last <= (_MOST if len(tokens[last].text) > 1 else _MOST + 1) and at < len(tokens)
    return at if parted and _is_latin(tokens[last].text) and _is_part(tokens[at]) else None


def _is_part(token: Token) -> bool:
    """Say whether a word is a part of a name: begins with a capital, and is no short form like CEO unless the tagger says so."""
    text = token.text
    return (
        _is_latin(text)
        and text[0].isupper()
        and (token.tag == tags.PERSON or len(text) == 1 or not text.isupper())
    )


def _is_latin(text: str) -> bool:
    return text.isalpha() and max(text) < _LATIN_ENDS
