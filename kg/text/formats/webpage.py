"""An HTML page -> its main text and what its metadata say, by ``trafilatura``: no scripts, menus or advertisements."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from configparser import ConfigParser
from html.parser import HTMLParser

from kg.base.errors import SourceError
from kg.text.formats.extract import Extract
from kg.text.formats.plain import text_of
from kg.text.furniture import lay_out
from kg.text.metadata import read_date

_SHORTEST = "60"  # code points; trafilatura's 250 is meant for alphabets, and below it menus are taken in
_HEADER = 200_000  # code points of a page's source in which its header stands
_STOP = re.compile(r"[。.！!？?]")
_DECLARATION = re.compile(
    r"<!\[[^\]<>]*\]?>?"
)  # <![if IE]>, <![CDATA[: nothing a reader sees, and a trap for parsers
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_HIDDEN = frozenset({"script", "style", "noscript", "template", "title"})


def read(data: bytes, where: object) -> Extract:
    """Return the main text of a page, its title as the first line, and what its header and its metadata say.

    Raises:
        SourceError: it is no text, or a page without a main text.
    """
    found = main_text(text_of(data, where, markup=True))
    if found is None or not found.text.strip():
        raise SourceError(where, "a page without a main text", "save the article itself as text or HTML")
    return found


class _ShownLines(HTMLParser):
    """Collects the words that a page shows, a line for each block: inline marks (<b>, <a>) break no sentence."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._run: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser's signature
        """Note the start of what is not shown, and of a block."""
        self._hidden += tag in _HIDDEN
        if tag not in _INLINE:
            self._end_line()

    def handle_endtag(self, tag: str) -> None:
        """Note the end of what is not shown, and of a block."""
        self._hidden -= tag in _HIDDEN and self._hidden > 0
        if tag not in _INLINE:
            self._end_line()

    def handle_data(self, data: str) -> None:
        """Keep words that are shown."""
        if not self._hidden:
            self._run.append(data)

    def close(self) -> None:
        """End the page, and its last line."""
        super().close()
        self._end_line()

    def _end_line(self) -> None:
        if line := " ".join("".join(self._run).split()):
            self.lines.append(line)
        self._run.clear()


def _in_blocks(text: str, shown: Sequence[str]) -> str:
    """Return a main text with the lines of the page's blocks: of short pages the library makes a line at every mark."""
    words = "".join(text.split())
    lines = [line for line in shown if "".join(line.split()) in words]
    return "\n".join(lines) if "".join("".join(lines).split()) == words else text


def main_text(page: str) -> Extract | None:
    """Return the main text of an HTML page, or None where there is none."""
    from trafilatura import bare_extraction

    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # a page without text is our error, in our words
    page = _DECLARATION.sub("", page)
    shown = _ShownLines()
    shown.feed(page[:_HEADER])
    shown.close()
    found = bare_extraction(
        page,
        config=_config(),
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        date_extraction_params={"extensive_search": False, "original_date": True, "max_date": "2100-01-01"},
    )
    if found is None or isinstance(found, dict):  # a dict only when asked for
        return Extract("\n".join(shown.lines)) if any(_STOP.search(line) for line in shown.lines) else None
    text = (found.text or "").replace("\r\n", "\n").replace("\r", "\n")
    title = " ".join((found.title or "").split())
    if not text.strip():
        return None
    text = _in_blocks(text, shown.lines)
    if title and "".join(title.split()) not in "".join(text.split("\n", 1)[0].split()):
        text = f"{title}\n{text}"
    header = lay_out("\n".join(shown.lines))  # 发布时间, 来源, 作者 stand outside the main text
    return Extract(
        text,
        title=title,
        published=header.published or read_date(found.date or ""),
        publisher=header.publisher or found.sitename or "",
        author=header.author or found.author or "",
        url=found.url or "",
    )


def _config() -> ConfigParser:
    from trafilatura.settings import use_config

    config: ConfigParser = use_config()
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = _SHORTEST
    config["DEFAULT"]["MIN_OUTPUT_SIZE"] = "1"
    return config
