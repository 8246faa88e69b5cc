"""The tokens of a SPARQL query, as the engine cuts them: SPARQL 1.1 (W3C, 2013), section 19.8, with the terms of 1.2.

What counts is what the engine reads, and it has no tokens of its own: it tries one rule after the other, so that ``<``
after an operand is "less than" even where an IRI would fit, and a long string with a wrong escape becomes an empty one
with more behind it. The first is decided here as it decides it; the second, and all else that is no token, is refused.
"""

from __future__ import annotations

import re
from math import inf
from typing import Final, NamedTuple

from kg.base.errors import QueryError

__all__ = ["VARNAME", "Token", "place", "tokenize"]

_BASE: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_MARKS: Final = "\u00b7\u0300-\u036f\u203f-\u2040"
_CHARS: Final = rf"{_BASE}_0-9{_MARKS}-"
_ESCAPED: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LONGEST: Final = 60
"""Characters of a prefix; without a bound, text of many dots would be looked through again from each of them."""

_CODE: Final = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_ECHAR: Final = r"\\[tbnrf\\\"']"

VARNAME: Final = rf"[{_BASE}_0-9][{_BASE}_0-9{_MARKS}]*"

_TOKEN: Final = re.compile(
    rf"""
    (?:[ \t\r\n]|\#[^\r\n]*)*+
    (?: (?P<variable>[?$]{VARNAME})
    | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|{_CODE})*>)
    | (?P<string>\"\"\"(?:\"{{0,2}}(?:[^"\\]|{_ECHAR}|{_CODE}))*\"\"\" | '''(?:'{{0,2}}(?:[^'\\]|{_ECHAR}|{_CODE}))*'''
        | "(?:[^"\\\n\r]|{_ECHAR}|{_CODE})*" | '(?:[^'\\\n\r]|{_ECHAR}|{_CODE})*')
    | (?P<blank>_:[{_BASE}_0-9](?:[{_CHARS}.]*[{_CHARS}])?)
    | (?P<name>(?!(?:true|false)\.)(?:[{_BASE}](?:[{_CHARS}.]{{0,{_LONGEST}}}[{_CHARS}])?)?:
        (?:(?:[{_BASE}_:0-9]|{_ESCAPED})(?:(?:[{_CHARS}:]|{_ESCAPED})|\.+(?=[{_CHARS}:%\\]))*)?)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?)
    | (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)
    | (?P<word>[A-Za-z][A-Za-z0-9_]*)
    | (?P<mark><<\(|\)>>|\{{\||\|\}}|\^\^|\|\||&&|<<|>>|<=|>=|!=|[{{}}\[\]();,.+*/<>=!^|~?-])
    | (?P<end>\Z) )
    """,
    re.VERBOSE,
)
_GAP: Final = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*)*+")

_OPENING: Final = frozenset(("(", "{", "[", "<<(", "<<", "{|"))
_CLOSING: Final = frozenset((")", "}", "]", ")>>", ">>", "|}"))
_OPERANDS: Final = frozenset(("iri", "string", "blank", "name", "variable", "language", "number"))


class Token(NamedTuple):
    """One token. ``kind`` is iri, string, blank, name, variable, language, number, word, mark or less (``<`` and ``<=``)."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


def tokenize(text: str, most: float = inf) -> tuple[Token, ...]:
    """Return the tokens of a query; comments and spaces are what lies between them.

    Raises:
        QueryError: something in it is no token, with its line and column, or there are more than ``most``.
    """
    tokens: list[Token] = []
    brackets = _Brackets()
    at = 0
    while len(tokens) <= most:
        match = _TOKEN.match(text, at)
        if match is None:
            raise _unreadable(text, at)
        kind = match.lastgroup or ""
        if kind == "end":
            return tuple(tokens)
        token = Token(kind, match[kind], match.start(kind))
        if token.text[0] == "<" and brackets.in_expression and _is_operand(tokens[-1]):
            token = _less(text, token.start)
        tokens.append(token)
        at = token.start + len(token.text)
        if kind in ("mark", "word"):
            brackets.see(token)
    raise QueryError("query", f"has more than {most} words and marks", "ask for less")


def _less(text: str, at: int) -> Token:
    """Return the comparison that begins where an IRI, or the start of a triple, might begin elsewhere."""
    return Token("less", "<=" if text.startswith("<=", at) else "<", at)


def _is_operand(token: Token) -> bool:
    if token.kind == "word":
        return token.text in ("true", "false")
    return token.kind in _OPERANDS or token.text in _CLOSING


def _unreadable(text: str, at: int) -> QueryError:
    match = _GAP.match(text, at)
    at = match.end() if match else at
    seen = text[at : at + 12].split("\n", maxsplit=1)[0]
    hint = "a string without its end, or with an escape SPARQL does not know" if seen[0] in "\"'" else ""
    return QueryError("query", f"{place(text, at)}: cannot read {seen!r} as SPARQL", hint)


def place(text: str, at: int) -> str:
    """Return where a character stands, for people."""
    return f"line {text.count(chr(10), 0, at) + 1}, column {at - text.rfind(chr(10), 0, at)}"


class _Brackets:
    """Which brackets are open, for one question: is what stands here part of an expression?

    Of every open bracket it knows whether it is round, and whether a round one that opens next in it holds an expression:
    always, once, or never.
    """

    _ALWAYS, _ONCE, _NEVER = 2, 1, 0

    def __init__(self) -> None:
        self.in_expression = False
        self._open = [(False, self._NEVER)]

    def see(self, token: Token) -> None:
        """Go on to the next token, a word or a mark."""
        if token.kind == "word":
            if not self._open[-1][0]:
                self._hear(token.text.upper())
        elif token.text in _OPENING:
            expression = token.text == "(" and self._open[-1][1] != self._NEVER
            self._open.append((token.text == "(", self._ALWAYS if expression else self._NEVER))
            self.in_expression = expression
        elif token.text in _CLOSING:
            if len(self._open) > 1:
                self._open.pop()
            if self._open[-1] == (False, self._ONCE):
                self._open[-1] = (False, self._NEVER)
            self.in_expression = self._open[-1] == (True, self._ALWAYS)

    def _hear(self, word: str) -> None:
        """Take note of a keyword, also one that another follows without a space."""
        if word.startswith(("SELECT", "HAVING")) or word.endswith("BY"):
            self._open[-1] = (False, self._ALWAYS)
        elif word.startswith(("FILTER", "BIND")):
            self._open[-1] = (False, self._ONCE)
        elif word in ("VALUES", "WHERE"):
            self._open[-1] = (False, self._NEVER)
