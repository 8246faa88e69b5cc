"""An HTML page -> its main text and what its metadata say, by ``trafilatura``: no scripts, menus or advertisements."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date

from kg.layout import read_date


@dataclass(frozen=True, slots=True)
class MainText:
    """The main text of a page, its title as the first line, and the page's metadata."""

    text: str
    title: str = ""
    published: date | None = None
    publisher: str = ""
    author: str = ""
    url: str = ""


def main_text(page: str) -> MainText | None:
    """Return the main text of an HTML page, or None where there is none."""
    from trafilatura import bare_extraction

    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # a page without text is our error, in our words
    found = bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        date_extraction_params={"extensive_search": False, "original_date": True, "max_date": "2100-01-01"},
    )
    if found is None or isinstance(found, dict):  # a dict only when asked for
        return None
    text = found.text or ""
    if not text.strip():
        return None
    title = " ".join((found.title or "").split())
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if title and "".join(title.split()) not in "".join(text.split("\n", 1)[0].split()):
        text = f"{title}\n{text}"
    return MainText(
        text, title, read_date(found.date or ""), found.sitename or "", found.author or "", found.url or ""
    )
