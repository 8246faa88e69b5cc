"""An e-book (EPUB): the pages of its spine, one after another."""

from __future__ import annotations

import posixpath
from typing import Final
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from kg.base.errors import SourceError
from kg.text.formats.apart import read_apart
from kg.text.formats.article_part import lines_of
from kg.text.formats.dom import tree_of
from kg.text.formats.extract import Extract, by_paragraphs
from kg.text.formats.packed import Packed
from kg.text.formats.plain import text_of
from kg.text.metadata import read_date

__all__ = ["extract", "read"]

_CONTAINER: Final = "META-INF/container.xml"
_DUBLIN: Final = "{http://purl.org/dc/elements/1.1/}"
_PAGES: Final = ("application/xhtml+xml", "text/html")
_LOCKS: Final = "META-INF/encryption.xml"


def read(data: bytes, where: object) -> Extract:
    """Return the text of an e-book, read in a process of its own.

    Raises:
        SourceError: it is none, locked, or has no text.
    """
    return read_apart("kg.text.formats.epub:extract", "", data, where)


def extract(data: bytes, where: object) -> Extract:
    """Return the text of an e-book, a paragraph a line.

    Raises:
        SourceError: it is none, locked, or has no text.
    """
    packed = Packed(data, where)
    root = next(
        (each.get("full-path", "") for each in packed.xml(_CONTAINER).iter() if _is(each, "rootfile")), ""
    )
    book = packed.xml(root)
    pages = {
        each.get("id", ""): each.get("href", "")
        for each in book.iter()
        if _is(each, "item") and each.get("media-type") in _PAGES
    }
    lines: list[str] = []
    for each in book.iter():
        if not _is(each, "itemref") or each.get("idref") not in pages:
            continue
        name = posixpath.normpath(
            posixpath.join(posixpath.dirname(root), unquote(pages[each.get("idref", "")]))
        )
        page = text_of(packed.read(name), where, markup=True)
        lines += [line.words for line in lines_of(tree_of(page)) if line.words]
    if not lines:
        what = "locked by a password" if _LOCKS in packed else "an e-book without text"
        raise SourceError(where, what, "save its text as .txt")
    return by_paragraphs(
        Extract(
            "\n".join(lines),
            title=_said(book, "title"),
            published=read_date(_said(book, "date")),
            publisher=_said(book, "publisher"),
            author=_said(book, "creator"),
        )
    )


def _is(element: Element, name: str) -> bool:
    return element.tag.rpartition("}")[2] == name


def _said(book: Element, name: str) -> str:
    found = book.find(f".//{_DUBLIN}{name}")
    words = " ".join((found.text or "").split()) if found is not None else ""
    return "" if words.startswith("Unknown") else words  # what programs write where nobody said
