"""Which queries never reach an engine, and the text that one does reach it as.

The engine sends SERVICE requests, offers no way to turn that off, and reads text in its own way. So it never gets a
client's text, but one made anew from the tokens: without comments, with strings, IRIs, variables and blank nodes written so
that nothing else can be read in them, and with the word SERVICE nowhere but in the name of a variable. Even where our
tokens and the engine's reading should part, there is no keyword left for it to find.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final
from urllib.parse import urljoin

from kg.base.errors import QueryError
from kg.graph.tokens import VARNAME, Token, place, tokenize

__all__ = ["Rebuilt", "is_update", "rebuild", "refuse_nesting", "refuse_service", "refuse_unsafe"]

_SERVICE: Final = re.compile(r"(?i)service")
_NAMED: Final = re.compile(rf"\${VARNAME}")
_COMMENT: Final = re.compile(r"#[^\r\n]*")
_WRITTEN: Final = frozenset(("iri", "string", "blank"))
_UPDATE: Final = frozenset(
    ["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"]
)
_QUERY: Final = frozenset(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"])
_WHY: Final = {
    "SERVICE": "asks another server",
    "FROM": "reads another graph",
    "LOAD": "reads another file",
    **dict.fromkeys(("INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "COPY", "MOVE"), "changes the graph"),
}
_DEPTH: Final = {"(": 1, "{": 1, "[": 1, "<<(": 1, "<<": 1, "{|": 1} | dict.fromkeys(
    (")", "}", "]", ")>>", ">>", "|}"), -1
)
_CODE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_WHOLE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^<>\"{}|^`\\\x00-\x20\ud800-\udfff]*")


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A query as the engine gets it, and where each part of it stood in the text it was made from."""

    text: str
    source: str
    parts: Sequence[
        tuple[int, int, bool]
    ]  # where each begins here and in the source; whether both go on in step

    def place(self, line: int, column: int) -> str:
        """Return where in the source something stands that the engine names by its line and column."""
        at = 0
        for _ in range(line - 1):
            at = self.text.find("\n", at) + 1
        at += column - 1
        here, there, in_step = self.parts[bisect_right(self.parts, at, key=itemgetter(0)) - 1]
        return place(self.source, there + (at - here if in_step else 0))


def rebuild(text: str, base: str = "", known: Mapping[str, str] | None = None) -> Rebuilt:
    """Return a query made anew from its tokens. ``base`` and ``known`` are what it is asked with: base IRI, prefixes.

    Raises:
        QueryError: it asks another server, or cannot be read.
    """
    tokens = tokenize(text)
    names = _Names(text, tokens, base, known or {})
    made, at, before = _Made(), 0, ""
    for token in tokens:
        start = token.start
        if start > at:
            gap = text[at:start]
            made.keep(_COMMENT.sub(_blank, gap) if "#" in gap else gap)
        elif (
            before == "less" or before == token.kind == "string"
        ):  # what stands side by side shall not become one
            made.change(" ", at, at)
        if token.kind == "variable":  # a question mark is also part of a path
            made.keep("$" + token.text[1:])
        elif token.kind in _WRITTEN or names.risky:
            made.change(names.written(token), start, token.end)
        else:
            made.keep(token.text)
        at, before = token.end, token.kind
    if _SERVICE.search(_NAMED.sub("", made.text)):  # no way is known to come here
        raise QueryError(
            "query", "SERVICE is not allowed: it asks another server", "ask over this graph only"
        )
    return Rebuilt(made.text, text, made.parts)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


class _Made:
    """A text that grows, with the places where it is other than its source."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._size = 0
        self.parts: list[tuple[int, int, bool]] = [(0, 0, True)]

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._pieces)

    def keep(self, piece: str) -> None:
        """Add what takes as many characters as it did in the source."""
        self._pieces.append(piece)
        self._size += len(piece)

    def change(self, piece: str, start: int, end: int) -> None:
        """Add what stands for the source from ``start`` to ``end``."""
        self.parts.append((self._size, start, False))
        self.keep(piece)
        self.parts.append((self._size, end, True))


class _Names:
    """The names of one query: what its prefixes stand for, and its blank nodes."""

    def __init__(self, text: str, tokens: Sequence[Token], base: str, known: Mapping[str, str]) -> None:
        self._text, self._spaces, self._dropped = text, dict(known), set[Token]()
        self._blanks: dict[str, str] = {}
        self.risky = bool(_SERVICE.search(text))
        for keyword, *rest in _declarations(tokens):
            iri = _joined(base, _decoded(rest[-1].text[1:-1]))
            if keyword.text.upper() == "BASE":
                base = iri
                continue
            self._spaces[rest[0].text[:-1]] = iri
            if _SERVICE.search(rest[0].text):  # its names are written out
                self._dropped.update((keyword, *rest))

    def written(self, token: Token) -> str:
        """Return a token as the engine gets it: readable in one way only, and without SERVICE."""
        if token in self._dropped:
            return ""
        if token.kind == "iri":
            return _iri(token.text[1:-1])
        if token.kind == "string":
            return _string(token.text)
        if token.kind == "blank":
            return self._blanks.setdefault(token.text, f"_:b{len(self._blanks)}")
        if not _SERVICE.search(token.text):
            return token.text
        if token.kind == "name":
            return self._expanded(token)
        raise _not_allowed(self._text, token, "SERVICE", _WHY["SERVICE"])

    def _expanded(self, token: Token) -> str:
        prefix, _, local = token.text.partition(":")
        space = self._spaces.get(prefix)
        if space is not None and _WHOLE.fullmatch(space):
            return _iri(space + re.sub(r"\\(.)", r"\1", local))
        if _SERVICE.search(prefix):
            raise _not_allowed(self._text, token, "SERVICE", _WHY["SERVICE"])
        where = place(self._text, token.start)
        raise QueryError("query", f"{where}: the prefix {prefix}: stands for no whole IRI")


def _declarations(tokens: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """Yield the tokens of each BASE and PREFIX at the head of a query."""
    at = 0
    while at < len(tokens):
        keyword = tokens[at].text.upper()
        if keyword.startswith("PREFIX") and keyword.endswith(
            ":"
        ):  # the engine needs no space after the keyword
            found = (*_parted(tokens[at]), *tokens[at + 1 : at + 2])
            at -= 1
        else:
            found = tuple(tokens[at : at + {"BASE": 2, "PREFIX": 3, "VERSION": 2}.get(keyword, 0)])
        if not found:
            return
        kinds = [token.kind for token in found]
        if (kinds == ["word", "name", "iri"] and found[1].text.endswith(":")) or kinds == ["word", "iri"]:
            yield found
        at += len(found)


def _parted(token: Token) -> tuple[Token, Token]:
    return Token("word", token.text[:6], token.start), Token("name", token.text[6:], token.start + 6)


def _joined(base: str, reference: str) -> str:
    try:
        whole = urljoin(base, reference)
    except ValueError:  # half an address of version 6
        return ""
    return (
        whole + "#" if reference.endswith("#") and not whole.endswith("#") else whole
    )  # urljoin drops an empty one


def _iri(inside: str) -> str:
    """Return an IRI whose first character is an escape: nothing but an IRI goes on like that after ``<``."""
    hidden = _without_service(inside)
    if not hidden or hidden.startswith("\\"):
        return f"<{hidden}>"
    return f"<{_escape(hidden[0])}{hidden[1:]}>"


def _string(text: str) -> str:
    """Return a string in plain quotation marks, on one line."""
    quotes = text[:3] if text[:3] in ('"""', "'''") and len(text) > 5 else text[:1]
    inside = text[len(quotes) : -len(quotes)].replace("\n", "\\n").replace("\r", "\\r")
    if quotes != '"':
        inside = re.sub(r'(\\.)|"', lambda match: match[1] or '\\"', inside)
    return f'"{_without_service(inside)}"'


def _without_service(text: str) -> str:
    return _SERVICE.sub(lambda match: f"{match[0][0]}{_escape(match[0][1])}{match[0][2:]}", text)


def _escape(character: str) -> str:
    return f"\\U{ord(character):08X}"


def _decoded(text: str) -> str:
    return _CODE.sub(lambda match: chr(min(int(match[1] or match[2], 16), 0x10FFFF)), text)


def _not_allowed(text: str, token: Token, word: str, why: str) -> QueryError:
    found = token.start + max(token.text.upper().find(word), 0)
    return QueryError(
        "query",
        f"{place(text, found)}: {word} is not allowed: it {why}",
        "ask with SELECT, ASK, CONSTRUCT or DESCRIBE over this graph",
    )


def refuse_service(text: str, tokens: Sequence[Token]) -> None:
    """Raise ``QueryError`` if a query would ask another server."""
    declared = _declared(tokens)
    for token in tokens:
        keyword = token.kind == "word" or (token.kind == "name" and _prefix(token) not in declared)
        if keyword and _SERVICE.search(_prefix(token)):
            raise _not_allowed(text, token, "SERVICE", _WHY["SERVICE"])


def refuse_unsafe(text: str, where: str = "query") -> None:
    """Raise ``QueryError`` if a query would leave the graph (SERVICE, FROM, LOAD) or change it.

    Words in comments, strings, IRIs, variables and prefixed names are no keywords and pass.
    """
    try:
        tokens = tokenize(text)
        refuse_service(text, tokens)
        declared = _declared(tokens)
        for token in tokens:
            if token.kind == "word" or (token.kind == "name" and _prefix(token) not in declared):
                word = "FROM" if "FROM" in _prefix(token).upper() else token.text.upper()
                if word in _WHY:
                    raise _not_allowed(text, token, word, _WHY[word])
    except QueryError as error:
        raise QueryError(where, error.what, error.hint) from None


def _declared(tokens: Sequence[Token]) -> set[str]:
    return {_prefix(found[1]) for found in _declarations(tokens) if found[1].kind == "name"}


def _prefix(token: Token) -> str:
    """Return what stands before the colon: of a name without a declaration the engine may read a keyword there."""
    return token.text.partition(":")[0]


def is_update(tokens: Sequence[Token]) -> bool:
    """Say whether a query is an update: its first verb is one."""
    words = (token.text.upper() for token in tokens if token.kind == "word")
    return next((word in _UPDATE for word in words if word in _UPDATE | _QUERY), False)


def refuse_nesting(tokens: Sequence[Token], deepest: int) -> None:
    """Raise ``QueryError`` if brackets or signs stand more than ``deepest`` within one another: the parser is recursive."""
    depth = signs = 0
    for token in tokens:
        depth += _DEPTH.get(token.text, 0) if token.kind == "mark" else 0
        signs = signs + 1 if token.kind == "mark" and token.text in "!+-^" else 0
        if depth > deepest or signs > deepest:
            raise QueryError("query", f"more than {deepest} brackets within one another", "ask more simply")
