"""An HTML page -> its main text and what its metadata say, by ``trafilatura``: no scripts, menus or advertisements."""

from __future__ import annotations

import logging
import re
from configparser import ConfigParser
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser

from kg.layout import lay_out, read_date

_SHORTEST = "60"  # code points; trafilatura's 250 is meant for alphabets, and below it menus are taken in
_HEADER = 200_000  # code points of a page's source in which its header stands
_STOP = re.compile(r"[。.！!？?]")
_DECLARATION = re.compile(
    r"<!\[[^\]<>]*\]?>?"
)  # <![if IE]>, <![CDATA[: nothing a reader sees, and a trap for parsers
_HIDDEN = frozenset({"script", "style", "noscript", "template", "title"})


@dataclass(frozen=True, slots=True)
class MainText:
    """The main text of a page, its title as the first line, and the page's metadata."""

    text: str
    title: str = ""
    published: date | None = None
    publisher: str = ""
    author: str = ""
    url: str = ""


class _Words(HTMLParser):
    """Collects the words that a page shows, a line for each run of them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser's signature
        """Note the start of what is not shown."""
        self._hidden += tag in _HIDDEN

    def handle_endtag(self, tag: str) -> None:
        """Note the end of what is not shown."""
        self._hidden -= tag in _HIDDEN and self._hidden > 0

    def handle_data(self, data: str) -> None:
        """Keep words that are shown."""
        if not self._hidden and (line := " ".join(data.split())):
            self.lines.append(line)


def main_text(page: str) -> MainText | None:
    """Return the main text of an HTML page, or None where there is none."""
    from trafilatura import bare_extraction

    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # a page without text is our error, in our words
    page = _DECLARATION.sub("", page)
    shown = _Words()
    shown.feed(page[:_HEADER])
    found = bare_extraction(
        page,
        config=_config(),
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        date_extraction_params={"extensive_search": False, "original_date": True, "max_date": "2100-01-01"},
    )
    if found is None or isinstance(found, dict):  # a dict only when asked for
        return MainText("\n".join(shown.lines)) if any(_STOP.search(line) for line in shown.lines) else None
    text = (found.text or "").replace("\r\n", "\n").replace("\r", "\n")
    title = " ".join((found.title or "").split())
    if not text.strip():
        return None
    if title and "".join(title.split()) not in "".join(text.split("\n", 1)[0].split()):
        text = f"{title}\n{text}"
    header = lay_out("\n".join(shown.lines))  # 发布时间, 来源, 作者 stand outside the main text
    return MainText(
        text,
        title,
        header.published or read_date(found.date or ""),
        header.publisher or found.sitename or "",
        header.author or found.author or "",
        found.url or "",
    )


def _config() -> ConfigParser:
    from trafilatura.settings import use_config

    config: ConfigParser = use_config()
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = _SHORTEST
    config["DEFAULT"]["MIN_OUTPUT_SIZE"] = "1"
    return config
