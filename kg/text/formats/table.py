"""The formats that articles come in. One more is a file with a reader, and a line in this table."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final

from kg.base.late import late

if TYPE_CHECKING:
    from kg.text.formats.extract import Extract

Reader = Callable[[bytes, object], "Extract"]
"""Takes the bytes of a file and its name as the user knows it; raises SourceError where they hold no article."""

LARGEST: Final = 4 << 20
"""Bytes; a novel has 2: what is longer is a collection, and is read faster as articles."""

_OFFICE: Final = 64 << 20  # with its pictures and fonts
_PAGE: Final = late(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)


_ARCHIVE: Final = late(
    rb"(?:[A-Z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:Snapshot-Content-Location:|Content-Type: multipart/related)"
)
_MAIL: Final = late(
    rb"(?:Received|Return-Path|Delivered-To|Message-ID|MIME-Version|X-[\w-]+|From|Date|Subject): [^\n]+\n(?:[ \t][^\n]*\n|[\w-]+:[^\n]*\n)+\r?\n",
    re.IGNORECASE,
)


def _holding(name: bytes) -> re.Pattern[bytes]:
    """Return how a zip file begins that holds a part of some name."""
    return late(rb"PK\x03\x04.*?" + name, re.DOTALL)


@dataclass(frozen=True, slots=True)
class Format:
    """One format of articles."""

    name: str  # what code calls it by
    label: str  # what users call it by
    suffixes: tuple[str, ...]  # of file names, in small letters
    reader: str  # "module:function", imported on use
    sniff: re.Pattern[bytes] | None = (
        None  # how bytes without a file name begin; None: they are not told by that
    )
    largest: int = LARGEST  # bytes of a file that is still an article

    def read(self, data: bytes, where: object) -> Extract:
        """Return what a file of this format holds.

        Raises:
            SourceError: it holds no article.
        """
        module, _, function = self.reader.partition(":")
        reader: Reader = getattr(import_module(module), function)
        return reader(data, where)


FORMATS: tuple[Format, ...] = (
    Format("text", "plain text", (".txt",), "kg.text.formats.plain:read"),
    Format("markdown", "Markdown", (".md",), "kg.text.formats.markdown:read"),
    Format("html", "HTML", (".html", ".htm"), "kg.text.formats.webpage:read", _PAGE),
    Format("pdf", "PDF", (".pdf",), "kg.text.formats.pdf:read", late(rb"%PDF-"), _OFFICE),
    Format(
        "docx",
        "Word",
        (".docx", ".docm"),
        "kg.text.formats.docx:read",
        _holding(rb"word/document\.xml"),
        _OFFICE,
    ),
    Format(
        "mhtml", "web archives", (".mhtml", ".mht"), "kg.text.formats.mail:read_archive", _ARCHIVE, _OFFICE
    ),
    Format("eml", "e-mails", (".eml",), "kg.text.formats.mail:read_mail", _MAIL, _OFFICE),
    Format("ofd", "OFD", (".ofd",), "kg.text.formats.ofd:read", _holding(rb"(?:^|/)?OFD\.xml"), _OFFICE),
    Format(
        "epub", "EPUB", (".epub",), "kg.text.formats.epub:read", _holding(rb"application/epub\+zip"), _OFFICE
    ),
)
"""The first one is what bytes are where nothing says more."""

COLLECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "JSON Lines": (".jsonl", ".jsonl.gz"),
    "ZIP": (".zip",),
}
"""Formats whose files hold many articles (`kg.text.records`, `kg.text.packs`): what users call them, and how their files' names end."""

_WORD: Final = "a Word document"
UNREAD: Final[Mapping[str, str]] = {
    ".doc": _WORD,
    ".dot": _WORD,
    ".wps": "a WPS document",
    ".rtf": "a rich text document",
    ".odt": "an OpenDocument text",
    ".pages": "a Pages document",
    ".caj": "a CAJ document",
    ".ppt": "a presentation",
    ".pptx": "a presentation",
    ".xls": "a spreadsheet",
    ".xlsx": "a spreadsheet",
    ".et": "a spreadsheet",
}
"""Files that may hold an article and are not read: by suffix, what they are."""


CONVERTED: Final = (".doc", ".dot", ".wps", ".rtf", ".odt")
"""Those of them that LibreOffice makes a Word document of."""


def suffixes() -> tuple[str, ...]:
    """Return the suffixes of the files that kg reads."""
    many = (suffix for each in COLLECTIONS.values() for suffix in each)
    return (*many, *(suffix for each in FORMATS for suffix in each.suffixes))


def described() -> str:
    """Return the formats as a help text names them: plain text (.txt), Markdown (.md) ..."""
    named = [*COLLECTIONS.items(), *((each.label, each.suffixes) for each in FORMATS)]
    return ", ".join(f"{label} ({' '.join(ends)})" for label, ends in named)


def is_collection(name: str) -> bool:
    """Say whether a file of this name holds many articles."""
    return any(name.lower().endswith(ends) for ends in COLLECTIONS.values())


def by_suffix(suffix: str) -> Format | None:
    """Return the format of files whose name ends so, in capital or small letters; None: kg reads no such files."""
    return next((each for each in FORMATS if suffix.lower() in each.suffixes), None)


def by_name(name: str) -> Format:
    """Return the format of that name.

    Raises:
        ValueError: there is none.
    """
    for each in FORMATS:
        if each.name == name:
            return each
    raise ValueError(f"no format {name!r}; one of {', '.join(each.name for each in FORMATS)}")


def sniffed(data: bytes) -> Format:
    """Return the format that bytes begin like."""
    return next((each for each in FORMATS if each.sniff and each.sniff.match(data)), FORMATS[0])
