"""Which queries never reach an engine: those that ask another server, would change the graph, or break the parser.

The engine sends SERVICE requests, and offers no way to turn that off. What counts as the keyword is therefore decided
from the text, strictly: comments, strings, IRIs and variables are taken out as the grammar of SPARQL 1.1 has them, and
``service`` anywhere in the rest but in the local part of a prefixed name is refused. The parser accepts the keyword
without a space before or after it, so words are not what is looked for.
"""

from __future__ import annotations

import re

from kg.base.errors import QueryError

__all__ = ["is_update", "plain", "refuse_nesting", "refuse_service"]

_OPAQUE = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
    | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
    | (?P<string>\"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{0,2}(?:[^'\\]|\\.))*'''
        | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$]\w+)
    """,
    re.VERBOSE | re.DOTALL,
)
# Where the parser reads `<` as "less than", what looks like an IRI may hold a closing bracket and then a keyword.
_DISGUISED = re.compile(r"(?i)\).*service")
_LOCAL_PART = re.compile(
    r"(?<![\w.-])(?:(?!(?i:service))[A-Za-z_])?(?:(?!(?i:service))[\w-])*:[A-Za-z_0-9][\w-]*"
)
_SERVICE = re.compile(r"(?i)service")
_UPDATE = re.compile(r"(?i)(?<![\w:-])(?:insert|delete|load|clear|drop|create|copy|move|add|with)(?![\w:-])")
_QUERY = re.compile(r"(?i)(?<![\w:-])(?:select|ask|construct|describe)(?![\w:-])")


def plain(text: str) -> str:
    """Return a query with its comments, strings, IRIs and variables blanked out, every other character in its place."""

    def blank(match: re.Match[str]) -> str:
        if match["iri"] and _DISGUISED.search(match[0]):
            return match[0]
        return " " * len(match[0])

    return _OPAQUE.sub(blank, text)


def refuse_service(text: str) -> None:
    """Raise ``QueryError`` if a query would ask another server."""
    rest = plain(text)
    visible = _LOCAL_PART.sub(lambda match: " " * len(match[0]), rest)
    if found := _SERVICE.search(visible):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        raise QueryError(
            f"line {line}, column {column}",
            "SERVICE is refused: this server asks no other server",
            "ask over this graph only",
        )


def is_update(text: str) -> bool:
    """Say whether a query's text is that of an update."""
    rest = plain(text)
    update, query = _UPDATE.search(rest), _QUERY.search(rest)
    return update is not None and (query is None or update.start() < query.start())


def refuse_nesting(text: str, deepest: int) -> None:
    """Raise ``QueryError`` if brackets stand more than ``deepest`` within one another: the parser is recursive."""
    depth = 0
    for match in re.finditer(r"[({\[]|[)}\]]|!+|(?:[-+]\s*){8,}", plain(text)):
        if match[0] in "({[":
            depth += 1
        elif match[0] in ")}]":
            depth -= 1
        if depth > deepest or len(match[0]) > deepest:
            raise QueryError("query", f"more than {deepest} brackets within one another", "ask more simply")
