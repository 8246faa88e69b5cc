"""Markdown -> the words in it: the spans that a reader of the rendered page sees, without marks, link targets and code."""

from __future__ import annotations

import re

from kg.base.late import late
from kg.base.model import Span
from kg.text.formats.extract import Extract, Parts
from kg.text.formats.plain import text_of

_FRONT = late(r"\A---[ \t]*\n(?P<front>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_ENTRY = late(r"^(?P<key>[A-Za-z_-]{1,20})[ \t]*:[ \t]*[\"'“]?(?P<value>[^\n]*?)[\"'”]?[ \t]*$", re.MULTILINE)
_FENCE = late(
    r"^[ \t]*(?P<mark>```+|~~~+)[^\n]*\n.*?(?:^[ \t]*(?P=mark)[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE
)
_HOLES = late(
    r"<!--.*?-->"
    r"|^[ \t]*\[[^\]\n]{1,60}\]:[^\n]*$"  # where a link leads, on a line of its own
    r"|!\[[^\]\n]{0,200}\]\([^)\n]{0,2000}\)"  # a picture
    r"|(?<!\\)\[(?=[^\[\]\n]{1,300}\][(\[])"  # the bracket before the words of a link
    r"|\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,60}\])"  # what stands behind them
    r"|</?[A-Za-z][^<>\n]{0,500}>"
    r"|^[ \t]{0,3}(?:#{1,6}|>|[-*+])[ \t]+(?:(?:>|[-*+]|\[[ xX]\])[ \t]+)*"  # heading, quotation, list
    r"|[ \t]+#+[ \t]*$"
    r"|^[ \t|:=_*+-]+$"  # rules and the line below a table's head
    r"|[ \t]*\|[ \t]*"
    r"|\n",
    re.DOTALL | re.MULTILINE,
)
_KEYS = {
    "title": "title",
    "date": "published",
    "published": "published",
    "pubdate": "published",
    "author": "author",
    "authors": "author",
    "source": "publisher",
    "publisher": "publisher",
    "url": "url",
    "link": "url",
}
_EMPHASIS = " \t*_~`"


def read(data: bytes, where: object) -> Extract:
    """Return the text of a Markdown file as it stands, and which parts of it are words.

    Raises:
        SourceError: it is no text.
    """
    text = text_of(data, where)
    return Extract(text, parts_of(text))


def parts_of(text: str) -> Parts:
    """Return the words of a Markdown text."""
    start, title, said = _front_matter(text)
    spans: list[Span] = []
    for block_start, block_end in _between(text, _FENCE, start, len(text)):
        for piece_start, piece_end in _between(text, _HOLES, block_start, block_end):
            words = text[piece_start:piece_end]
            begin = piece_start + len(words) - len(words.lstrip(_EMPHASIS))
            end = piece_start + len(words.rstrip(_EMPHASIS))
            if begin < end:
                spans.append(Span(begin, end))
    if title:
        return Parts((title, *spans), title, said)
    if heading := re.search(r"^[ \t]{0,3}#[ \t]+(?=\S)", text[start : start + 5000], re.MULTILINE):
        title = next((span for span in spans if span.start >= start + heading.end()), None)
    return Parts(tuple(spans), title, said)


def _front_matter(text: str) -> tuple[int, Span | None, tuple[tuple[str, str], ...]]:
    """Return where the text proper begins, the title's span, and the other entries of the head between two ``---``."""
    front = _FRONT.match(text)
    if not front:
        return 0, None, ()
    title, said = None, []
    for entry in _ENTRY.finditer(text, front.start("front"), front.end("front")):
        kind = _KEYS.get(entry["key"].lower())
        if kind == "title" and entry["value"]:
            title = Span(entry.start("value"), entry.end("value"))
        elif kind and entry["value"]:
            said.append((kind, entry["value"]))
    return front.end(), title, tuple(said)


def _between(text: str, holes: re.Pattern[str], start: int, end: int) -> list[tuple[int, int]]:
    """Return the pieces of ``text`` between the matches of ``holes``."""
    pieces = []
    for hole in holes.finditer(text, start, end):
        pieces.append((start, hole.start()))
        start = hole.end()
    return [*pieces, (start, end)]
