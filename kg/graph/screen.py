"""What a graph file must not hold before a parser sees it: what grows without bound, or nests deeper than parsers can.

A parser of RDF/XML puts an entity's text wherever it is named; entities within entities grow to gigabytes from a few
hundred bytes (the attack called billion laughs), and one long entity named often does the same. Flat ones, as Protégé
writes them for its prefixes, stay. Triple terms within one another, and deep JSON, end the engine with a signal or
keep it busy for hours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from mmap import mmap
from pathlib import Path
from typing import Final

from kg.base.errors import GraphError

__all__ = ["refuse_hostile"]

DEEPEST: Final = 500
"""Triple terms, or JSON values, within one another."""

GROWTH: Final = 16 << 20
"""Bytes that the entities of a file may add to it, whatever its size; a larger file may double."""

_ENTITY: Final = re.compile(
    rb"<!ENTITY\s+(?P<parameter>%\s*)?(?P<name>[^\s\"'>]+)\s*(?P<value>\"[^\"]*\"|'[^']*')?", re.IGNORECASE
)
_REFERENCE: Final = re.compile(rb"[&%](?!#|amp;|lt;|gt;|quot;|apos;)[^\s;&%]+;")
_TERM: Final = re.compile(
    rb"""\#[^\n\r]* | <(?!<)[^<>"{}|^`\\\x00-\x20]*>
    | \"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{0,2}(?:[^'\\]|\\.))*'''
    | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' | (?P<open><<\() | (?P<close>\)>>)""",
    re.VERBOSE | re.DOTALL,
)
_JSON: Final = re.compile(rb"\"(?:[^\"\\]|\\.)*\"|(?P<open>[\[{])|(?P<close>[\]}])", re.DOTALL)
_TRIPLE_IN_XML: Final = re.compile(rb"(?P<open>parseType\s*=\s*[\"']Triple[\"'])|(?P<close>(?!))")


def refuse_hostile(data: bytes | mmap, form: str, where: str | Path) -> None:
    """Raise ``GraphError`` if a file in a format of ``kg.graph.formats`` must not reach its parser."""
    if form == "rdfxml":
        _refuse_entities(data, where)
        if data.find(b"Triple") >= 0:
            _refuse_depth(_TRIPLE_IN_XML, data, where, "triples")
    elif form == "jsonld":
        _refuse_depth(_JSON, data, where, "values")
    elif data.find(b"<<(") >= 0:
        _refuse_depth(_TERM, data, where, "triples")


def _refuse_entities(data: bytes | mmap, where: str | Path) -> None:
    """Refuse entities that are read from elsewhere or hold others, and those that grow beyond bounds.

    Every ``<!ENTITY`` of the file counts, also one inside a comment: a parser may see it otherwise than we do.
    """
    grown = 0
    for entity in _ENTITY.finditer(data):
        name = entity["name"].decode("utf-8", "replace")[:40]
        if entity["parameter"] or entity["value"] is None:
            raise GraphError(
                where, f"has the entity {name!r}, which is read from elsewhere", "write its text"
            )
        value = entity["value"][1:-1]
        if _REFERENCE.search(value):
            raise GraphError(where, f"has the entity {name!r}, which holds another", "write out its text")
        grown += len(value) * _count(data, b"&" + entity["name"] + b";")
        if grown > max(GROWTH, len(data)):
            raise GraphError(where, "its entities would grow to many times its size", "write out their text")


def _count(data: bytes | mmap, part: bytes) -> int:
    return sum(1 for _ in re.finditer(re.escape(part), data))


def _refuse_depth(tokens: re.Pattern[bytes], data: bytes | mmap, where: str | Path, what: str) -> None:
    if max(_depths(tokens, data), default=0) > DEEPEST:
        raise GraphError(
            where, f"has more than {DEEPEST} {what} within one another", "is it a graph that kg wrote?"
        )


def _depths(tokens: re.Pattern[bytes], data: bytes | mmap) -> Iterator[int]:
    depth = 0
    for token in tokens.finditer(data):
        if token["open"]:
            depth += 1
            yield depth
        elif token["close"]:
            depth -= 1
