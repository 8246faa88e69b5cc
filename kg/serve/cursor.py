"""Where a cursor stands in a SPARQL query that is being written: what may come there, and what stands before it.

What was written so far is no query yet, so it is walked through token by token and never parsed as a whole. The patterns
of the groups that are open are what a term to come has to fit; groups that are closed again (OPTIONAL, UNION, MINUS, EXISTS)
are left out of it, so that too much is offered rather than too little.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.base.errors import QueryError
from kg.graph.tokens import Token, tokenize

__all__ = ["Spot", "spot"]

_OPEN_IRI: Final = re.compile(r"<[^<>\"{}|^`\\\s]*\Z")
_WORD: Final = re.compile(r"[^\s{}()\[\];,.\"'<>^|/!=&*+]*\Z")
_LONGEST: Final = 2000
"""Characters before the cursor that an unfinished term may have; the search for its beginning tries each of them."""

_TERMS: Final = frozenset(("iri", "name", "variable", "string", "number", "blank"))
_FORMS: Final = frozenset(("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))
_ELEMENTS: Final = frozenset(("FILTER", "BIND", "VALUES"))
_BEFORE_GROUP: Final = frozenset(("OPTIONAL", "MINUS", "UNION", "EXISTS", "NOT", "GRAPH"))
_VARIABLE: Final = re.compile(r"[?$](\w+)")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a query.

    ``kind``: start (no form of query yet), prefix (a declaration), clause (behind SELECT), modifier (behind the pattern),
    subject, predicate, object, end (behind a triple), expression, term (of VALUES), or nothing (a comment, another server).
    """

    kind: str
    typed: str = ""  # what is being typed, up to the cursor
    subject: str = ""
    path: tuple[str, ...] = ()  # of an object its predicate; of a predicate what stands before it in a path
    body: str = ""  # the patterns that are open, with {hole} where one more belongs
    prefixes: Mapping[str, str] = field(default_factory=dict)  # that the query declares
    variables: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether there is any pattern that a term to come has to fit."""
        return self.body != "{hole}"


def spot(before: str, after: str = "") -> Spot:
    """Return where the cursor stands between two parts of a query."""
    for typed in _typed(before):
        whole = before[: len(before) - len(typed)]
        try:
            tokens = tokenize(whole)
        except QueryError:
            continue
        end = tokens[-1].end if tokens else 0
        if "#" in whole[end:].rpartition("\n")[2]:
            break
        walk = _Walk(whole)
        for token in tokens:
            walk.see(token)
        found = dict.fromkeys(_VARIABLE.findall(whole) + _VARIABLE.findall(after))
        return walk.spot(typed, tuple(f"?{name}" for name in found))
    return Spot("nothing")


def _typed(before: str) -> list[str]:
    """Return what the last, unfinished term may be: an IRI, a word, or a string that is not closed."""
    near = before[-_LONGEST:]
    found = [match[0] for match in [_OPEN_IRI.search(near)] if match]
    word = _WORD.search(near)
    found.append(word[0] if word else "")
    line = near.rpartition("\n")[2]
    found += [line[at:] for at in range(len(line) - 1, -1, -1) if line[at] in "\"'"][:4]
    return found


@dataclass(slots=True)
class _Frame:
    """An open bracket, or what stands outside of all."""

    kind: str  # top, group, expression, values, blank, list
    state: str = "subject"
    subject: str = ""
    path: list[str] = field(default_factory=list)
    object: str = ""
    parts: list[str] = field(default_factory=list)  # patterns that are whole
    word: str = ""  # the last keyword
    start: int = -1  # where an element of _ELEMENTS begins
    plain: bool = True  # whether it has no group inside
    graph: str = ""
    barrier: bool = False  # whether what is outside does not count in here

    def commit(self) -> None:
        """Keep the triple that is whole."""
        if self.subject and self.path and self.object:
            self.parts.append(f"{self.subject} {' '.join(self.path)} {self.object} .")
        self.object = ""

    def begin(self) -> None:
        """Go on to the next pattern of a group."""
        self.commit()
        self.state, self.subject, self.path = "subject", "", []


class _Walk:
    def __init__(self, text: str) -> None:
        self._text = text
        self._frames = [_Frame("top", "start")]
        self._prefixes: dict[str, str] = {}
        self._prefix = ""
        self._blanks = 0
        self._elsewhere = False

    @property
    def _top(self) -> _Frame:
        return self._frames[-1]

    def see(self, token: Token) -> None:
        """Go on to the next token."""
        text = token.text
        if token.kind == "word" and text.upper() == "SERVICE":
            self._elsewhere = True
        if token.kind == "mark" and text in ("{", "(", "["):
            self._open(text)
        elif token.kind == "mark" and text in ("}", ")", "]"):
            self._close(token)
        elif self._top.kind == "top":
            self._outside(token)
        elif self._top.kind in ("group", "blank"):
            self._inside(token)

    def spot(self, typed: str, variables: Sequence[str]) -> Spot:
        """Return where the cursor stands behind all that was seen."""
        frame = self._top
        kinds = {"expression": "expression", "list": "term", "values": "term", "top": frame.state}
        kind = kinds.get(frame.kind) or {"path": "object", "after": "end"}.get(frame.state, frame.state)
        if self._elsewhere or (frame.word == "GRAPH" and frame.state == "graph"):
            kind = "nothing"
        if frame.kind == "group" and frame.start >= 0:  # behind FILTER, before its bracket
            kind = "expression"
        return Spot(
            kind,
            typed,
            frame.subject,
            tuple(frame.path),
            self._body(),
            dict(self._prefixes),
            tuple(variables),
        )

    def _body(self) -> str:
        first = max((at for at, frame in enumerate(self._frames) if frame.barrier), default=0)
        body = "{hole}"
        for frame in reversed(self._frames[first:]):
            body = " ".join([*frame.parts, body])
            if frame.graph:
                body = f"GRAPH {frame.graph} {{ {body} }}"
        return body

    # brackets -------------------------------------------------------------------------------------------------------

    def _open(self, text: str) -> None:
        frame = self._top
        if text == "[":
            self._blanks += 1
            blank = _Frame("blank", "predicate", f"?kg_blank{self._blanks}")
            if frame.state in ("path", "object"):
                blank.parts.append(f"{frame.subject} {' '.join(frame.path)} {blank.subject} .")
            self._frames.append(blank)
        elif text == "{":
            self._open_group(frame)
        elif frame.kind in ("group", "blank") and frame.state == "predicate":
            frame.path.append("(")
        else:
            written = frame.kind in ("group", "blank") and frame.start < 0
            self._frames.append(_Frame("list" if written else "expression", "expression"))

    def _open_group(self, frame: _Frame) -> None:
        if frame.word == "VALUES":
            self._frames.append(_Frame("values", "term"))
            return
        if frame.kind == "group":
            frame.begin()
        frame.plain = False
        graph = frame.graph if frame.word == "GRAPH" else ""
        frame.graph = "" if graph else frame.graph
        self._frames.append(_Frame("group", graph=graph))

    def _close(self, token: Token) -> None:
        frame = self._top
        if token.text == ")" and frame.kind in ("group", "blank"):
            frame.path.append(")")
            frame.state = "path"
            return
        if len(self._frames) == 1:
            return
        if frame.kind == "top" and len(self._frames) > 1:  # a query inside: its group goes with it
            self._frames.pop()
            frame = self._top
        self._frames.pop()
        outer = self._top
        if frame.kind == "blank":
            self._close_blank(frame, outer)
        elif frame.kind == "list":
            self._term(outer, "()")
        elif outer.kind == "top":
            outer.state = "modifier" if frame.kind == "group" or outer.state == "modifier" else outer.state
            outer.word = ""
        elif outer.kind == "group":
            self._end_element(outer, frame, token)

    def _close_blank(self, frame: _Frame, outer: _Frame) -> None:
        frame.commit()
        outer.parts += frame.parts
        self._term(outer, frame.subject)

    def _end_element(self, outer: _Frame, inner: _Frame, token: Token) -> None:
        """Keep VALUES and BIND, and a FILTER of what is bound, as they are written; forget that a group was here."""
        if outer.word == "VALUES" and inner.kind != "values":  # its variables
            return
        if outer.start >= 0 and outer.plain and inner.kind != "group":
            written = self._text[outer.start : token.end]
            bound = set(_VARIABLE.findall(" ".join(each for f in self._frames for each in f.parts)))
            if outer.word != "FILTER" or set(_VARIABLE.findall(written)) <= bound:
                outer.parts.append(written)
        outer.word, outer.start, outer.plain = "", -1, True

    # outside of groups -----------------------------------------------------------------------------------------------

    def _outside(self, token: Token) -> None:
        frame, word = self._top, token.text.upper() if token.kind == "word" else ""
        if word in ("PREFIX", "BASE"):
            frame.state = "prefix" if word == "PREFIX" else "nothing"
        elif frame.state == "prefix" and token.kind == "name":
            self._prefix = token.text.removesuffix(":")
            frame.state = "nothing"
        elif frame.state == "nothing" and token.kind == "iri":
            if self._prefix or self._text[: token.start].rstrip().endswith(":"):
                self._prefixes[self._prefix] = token.text[1:-1]
            self._prefix, frame.state = "", "start"
        elif word in _FORMS:
            frame.state = "clause"
        if word:
            frame.word = word

    # inside of groups ------------------------------------------------------------------------------------------------

    def _inside(self, token: Token) -> None:
        frame, text = self._top, token.text
        if frame.start >= 0:
            if token.kind == "word" and text.upper() in _BEFORE_GROUP:
                frame.word = text.upper()
        elif token.kind == "word" and not (text == "a" and frame.state == "predicate"):
            self._keyword(frame, token)
        elif token.kind == "mark":
            self._mark(frame, text)
        elif token.kind in ("word", *_TERMS):
            self._term(frame, text)
        elif token.kind == "language":
            frame.object += text

    def _keyword(self, frame: _Frame, token: Token) -> None:
        word = token.text.upper()
        if token.text in ("true", "false"):
            self._term(frame, token.text)
            return
        frame.begin()
        frame.word = word
        if word == "SELECT":
            self._frames.append(_Frame("top", "clause", word=word, barrier=True))
        elif word in _ELEMENTS:
            frame.start, frame.plain = token.start, True
        elif word == "GRAPH":
            frame.state = "graph"

    def _mark(self, frame: _Frame, text: str) -> None:
        if text == ".":
            frame.begin()
        elif text == ";":
            frame.commit()
            frame.state, frame.path = "predicate", []
        elif text == ",":
            frame.commit()
            frame.state = "object"
        elif text == "^^":
            frame.object += text
        elif frame.state in ("predicate", "path"):
            frame.path.append(text)
            if text in ("/", "|", "^", "!"):
                frame.state = "predicate"

    def _term(self, frame: _Frame, text: str) -> None:
        """Take a term as the next part of a triple."""
        if frame.state == "graph":
            frame.graph, frame.state = text, "subject"
        elif frame.state == "subject":
            frame.subject, frame.state = text, "predicate"
        elif frame.state == "predicate":
            frame.path.append(text)
            frame.state = "path"
        elif frame.state in ("path", "object"):
            frame.object, frame.state = text, "after"
        elif frame.object.endswith("^^"):
            frame.object += text
