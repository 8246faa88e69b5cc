"""A Word document (DOCX), by mammoth: insertions that are tracked in, deletions out, text boxes in, notes at the end, numbers kept."""

from __future__ import annotations

import io
import zipfile
from typing import Any, Final
from xml.etree.ElementTree import tostring

from kg.base.errors import SourceError
from kg.text.formats.apart import read_apart
from kg.text.formats.article_part import lines_of
from kg.text.formats.dom import tree_of
from kg.text.formats.extract import Extract, by_paragraphs
from kg.text.formats.numbering import write_numbers
from kg.text.formats.packed import Packed

__all__ = ["extract", "read"]

_DOCUMENT: Final = "word/document.xml"
_NUMBERING, _STYLES = "word/numbering.xml", "word/styles.xml"
_OLD: Final = b"\xd0\xcf\x11\xe0"  # how OLE files begin: .doc, and .docx with a password
_BACK: Final = "↑"  # the way from a note to its mark


def read(data: bytes, where: object) -> Extract:
    """Return the text of a Word document, read in a process of its own.

    Raises:
        SourceError: it has a password, no text, or cannot be read.
    """
    if data.startswith(_OLD):
        raise SourceError(
            where, "an old Word document, or one with a password", "open it and save it as .docx without one"
        )
    return read_apart("kg.text.formats.docx:extract", "mammoth", data, where)


def extract(data: bytes, where: object) -> Extract:
    """Return the text of a Word document, a paragraph or a row of a table a line.

    Raises:
        SourceError: it is none, or holds what could grow without end.
    """
    import mammoth

    page = mammoth.convert_to_html(_numbered(Packed(data, where)), convert_image=_no_image).value
    root = tree_of(page)
    title = next((each.words() for each in root.elements() if each.tag == "h1"), "")
    lines = [line.words.removesuffix(_BACK).rstrip() for line in lines_of(root)]
    return by_paragraphs(Extract("\n".join(filter(None, lines)), title=title))


def _no_image(_: Any) -> list[Any]:  # noqa: ANN401
    return []


def _numbered(packed: Packed) -> io.BytesIO:
    """Return the document packed anew, with what mammoth reads, its numbers written out."""
    document = packed.xml(_DOCUMENT)
    numbering, styles = (packed.xml(name) if name in packed else None for name in (_NUMBERING, _STYLES))
    write_numbers(document, numbering, styles)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(_DOCUMENT, tostring(document))
        for name in packed.names:
            if name.endswith((".xml", ".rels")) and name != _DOCUMENT:
                file.writestr(name, tostring(packed.xml(name)))
    out.seek(0)
    return out
