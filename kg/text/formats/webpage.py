"""An HTML page -> its article and what the page says of it: no scripts, menus, advertisements, comments, other articles.

The article is looked for by its prose (``kg.text.formats.article_part``); ``trafilatura`` says what the metadata are, and gives
the text of a page where no prose stands out.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from typing import Any, Final

from kg.base.errors import SourceError
from kg.base.late import late
from kg.base.offline import without_sockets
from kg.base.wordlist import read_words
from kg.text.formats.apart import read_apart
from kg.text.formats.article_part import Line, body_of, clear, lines_of, title_of
from kg.text.formats.dom import tree_of
from kg.text.formats.extract import Extract
from kg.text.formats.page_says import page_says
from kg.text.formats.plain import text_of
from kg.text.formats.weixin import is_weixin, read_weixin
from kg.text.furniture import lay_out
from kg.text.header_table import table_in
from kg.text.metadata import read_date

_LARGE: Final = (
    1 << 20
)  # bytes, from which a page is read in a process of its own: what nests all of it takes long
_CHANNEL: Final = 5  # code points of the name of a part of a site
_STOP: Final = late(r"[。.！!？?]")
_DECLARATION: Final = late(
    r"<!\[[^\]<>]*\]?>?"
)  # <![if IE]>, <![CDATA[: nothing a reader sees, and a trap for parsers
_NAME: Final = late(r"<title[^>]*>([^<]*)", re.IGNORECASE)
_PARTS: Final = late(r"\s*(?:[_|｜»]+|\s[-–—]\s?|--+|—+|-(?=[^-]{1,16}$)|·(?=[^·]{1,12}$))\s*")
_HEADER: Final = 12  # lines before the body, and behind it, in which a page says who wrote what when
_LITTLE: Final = 100  # code points of an article that is hardly one
_MORE: Final = 4  # times as much
_MUCH: Final = 20_000  # code points of a page's source that promise more
_HAN: Final = late(r"[\u3400-\u9fff]")


def read(data: bytes, where: object) -> Extract:
    """Return the main text of a page, its title as the first line, and what its header and its metadata say.

    Raises:
        SourceError: it is no text, or a page without a main text.
    """
    if len(data) > _LARGE:
        return read_apart(f"{__name__}:extract", "", data, where)
    return extract(data, where)


def extract(data: bytes, where: object) -> Extract:
    """Return the same, in this process.

    Raises:
        SourceError: as `read`.
    """
    page = text_of(data, where, markup=True)
    if is_weixin(page):
        return read_weixin(page, where)
    found = main_text(page)
    if found is None or not found.text.strip():
        raise SourceError(where, "a page without a main text", "save the article itself as text or HTML")
    return found


def main_text(page: str) -> Extract | None:
    """Return the main text of an HTML page, or None where there is none."""
    page = _DECLARATION.sub("", page)
    root = tree_of(page)
    shown = [line.words for line in lines_of(root)]
    clear(root)
    lines = lines_of(root)
    body = body_of(root, lines)
    said, own = _metadata(page), page_says(page)
    name = _page_name(page)
    if body is None:
        return _without_body(said, shown, page)
    inside = {id(element) for element in body.elements()}
    numbers = [number for number, line in enumerate(lines) if id(line.element) in inside]
    start, end = numbers[0], numbers[-1] + 1
    kept = [line.words for line in lines[start:end]]
    title = title_of(root, lines, _start_of_prose(lines, start), name) or _without_site(name) or _title(said)
    if title and _squeezed(title) not in _squeezed(kept[0]):
        kept.insert(0, title)
    around = [*_before(lines, start), *(line.words for line in lines[end : end + _HEADER])]
    header = lay_out("\n".join([title or "标题", *around]))
    text = "\n".join(kept)
    table = table_in([line.words for line in lines[:start]])
    return Extract(
        text,
        title=title,
        published=header.published or own.published or read_date(_said(said, "date")),
        publisher=(table.issuer if table.number else "")
        or header.publisher
        or own.publisher
        or _said(said, "sitename"),
        author=header.author or own.author or _said(said, "author"),
        url=_said(said, "url"),
        note=_note(kept, shown, page),
        number=table.number,
        formal=table.formal,
    )


def _note(kept: Sequence[str], shown: Sequence[str], page: str) -> str:
    """Return that hardly anything of a page was taken for its article, where the page promises more."""
    own, all_shown = (len(_HAN.findall("".join(lines))) for lines in (kept, shown))
    if own >= _LITTLE or (all_shown < _MORE * own and len(page) < _MUCH):
        return ""
    return f"almost nothing of this page was read: {own} Chinese characters of {all_shown} (save the article itself as text)"


def _start_of_prose(lines: Sequence[Line], start: int) -> int:
    """Return the first line of prose from ``start`` on: a title may stand inside the body."""
    return next((number for number in range(start, len(lines)) if lines[number].prose), start)


def _before(lines: Sequence[Line], start: int) -> list[str]:
    return [line.words for line in lines[max(0, start - _HEADER) : start]]


def _without_body(said: Any, shown: Sequence[str], page: str) -> Extract | None:  # noqa: ANN401
    """Return what a page shows where no prose stands out: all of it, if that has a sentence."""
    if not any(_STOP.search(line) for line in shown):
        return None
    return Extract("\n".join(shown), url=_said(said, "url"), note=_note(shown, shown, page))


# What the page says of itself


def _page_name(page: str) -> str:
    from html import unescape

    found = _NAME.search(page)
    return " ".join(unescape(found[1]).split()) if found else ""


def _without_site(name: str) -> str:
    """Return the name of a page without the names of site and channel behind it."""
    parts = _PARTS.split(name)
    while len(parts) > 1 and (_is_site(parts[-1]) or len(parts[-1]) <= _CHANNEL):
        parts.pop()
    return "" if len(parts) == 1 and _is_site(parts[0]) else name[: name.find(parts[-1]) + len(parts[-1])]


def _is_site(words: str) -> bool:
    return words.endswith(read_words("language/boilerplate.toml").table("page").words("site"))


def _metadata(page: str) -> Any:  # noqa: ANN401 - the library's own document
    with without_sockets():
        from trafilatura.metadata import extract_metadata

    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # a page without a date is no news
    return extract_metadata(
        page,
        date_config={"extensive_search": False, "original_date": True, "max_date": "2100-01-01"},
    )


def _said(said: Any, key: str) -> str:  # noqa: ANN401
    return str(getattr(said, key, None) or "")


def _title(said: Any) -> str:  # noqa: ANN401
    return " ".join(_said(said, "title").split())


def _squeezed(words: str) -> str:
    return "".join(words.split())
