"""What is written as a mail: an e-mail (.eml), a page with its pictures (MHTML)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import Final

from kg.base.errors import SourceError
from kg.text.formats.apart import read_apart
from kg.text.formats.article_part import lines_of
from kg.text.formats.dom import tree_of
from kg.text.formats.extract import Extract, by_paragraphs
from kg.text.formats.plain import text_of
from kg.text.formats.webpage import extract as read_page

__all__ = ["extract_archive", "extract_mail", "read_archive", "read_mail"]

_SMALL: Final = 128 << 10
"""Bytes of a message that takes no time to read, whatever is in it: the library's goes by the square of some headers."""

_HEADER: Final = 8_000  # code points of a header
_DEEPEST: Final = 20  # parts in each other
_MOST: Final = 4 << 20  # bytes of a part that is still an article
_SIGNATURE: Final = "-- "
_PAGES: Final = ("text/html", "application/xhtml+xml")


def read_archive(data: bytes, where: object) -> Extract:
    """Return the article of a page that was saved with its pictures (MHTML).

    Raises:
        SourceError: it holds no page with an article.
    """
    return _small_or_apart(_archive, data, where)


def read_mail(data: bytes, where: object) -> Extract:
    """Return the text of an e-mail, its subject as the first line; who sent it and when; attachments are left alone.

    Raises:
        SourceError: it holds no text.
    """
    return _small_or_apart(_mail, data, where)


def _small_or_apart(reader: Callable[[Message, object], Extract], data: bytes, where: object) -> Extract:
    """Return what a reader finds in a message: in a process of its own, unless it is too small to take long."""
    if len(data) <= _SMALL:
        return _whole(reader, data, where)
    name = "extract_archive" if reader is _archive else "extract_mail"
    return read_apart(f"{__name__}:{name}", "", data, where)


def extract_archive(data: bytes, where: object) -> Extract:
    """Return the article of a web archive, in this process.

    Raises:
        SourceError: as `read_archive`.
    """
    return _whole(_archive, data, where)


def extract_mail(data: bytes, where: object) -> Extract:
    """Return the text of an e-mail, in this process.

    Raises:
        SourceError: as `read_mail`.
    """
    return _whole(_mail, data, where)


def _whole(reader: Callable[[Message, object], Extract], data: bytes, where: object) -> Extract:
    """Return what a reader finds in a message; what the library makes of a broken one is its own."""
    try:
        return reader(message_from_bytes(data, policy=policy.compat32), where)
    except SourceError:
        raise
    except Exception as error:
        raise SourceError(where, "a broken e-mail or web archive", "save its text as .txt") from error


def _archive(message: Message, where: object) -> Extract:
    page = next((part for part in _parts(message) if part.get_content_type() in _PAGES), None)
    if page is None:
        raise SourceError(where, "a web archive without a page", "save the article itself as text or HTML")
    found = read_page(_bytes(page, where), where)
    address = _header(page, "Content-Location") or _header(message, "Snapshot-Content-Location")
    url = address if address.startswith(("http://", "https://")) else ""
    return by_paragraphs(replace(found, url=found.url or url))


def _mail(message: Message, where: object) -> Extract:
    parts = [part for part in _parts(message) if not part.get_filename()]
    plain = next((part for part in parts if part.get_content_type() == "text/plain"), None)
    page = next((part for part in parts if part.get_content_type() in _PAGES), None)
    words = _flowed(plain, text_of(_bytes(plain, where), where)).strip() if plain is not None else ""
    if not words and page is not None:
        markup = text_of(_bytes(page, where), where, markup=True)
        words = "\n".join(line.words for line in lines_of(tree_of(markup)) if line.words)
    if not words:
        raise SourceError(where, "an e-mail without text", "save its text as .txt, or its attachments")
    subject = " ".join(_header(message, "Subject").split())
    name, address = parseaddr(_header(message, "From"))
    return by_paragraphs(
        Extract(
            f"{subject}\n{words}" if subject else words,
            title=subject,
            published=_day(message),
            author=name or address,
        )
    )


def _flowed(part: Message, words: str) -> str:
    """Return the words of a part with the lines joined that its program cut (RFC 3676): those that end with a blank."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return words
    drops = str(part.get_param("delsp", "")).lower() == "yes"  # the blank is of the cut, as in Chinese
    out, is_open = list[str](), False
    for line in words.split("\n"):
        own = line.removeprefix(" ")
        if is_open and not own.startswith(">"):
            out[-1] += own
        else:
            out.append(own)
        is_open = own.endswith(" ") and own != _SIGNATURE and not own.startswith(">")
        if is_open and drops:
            out[-1] = out[-1][:-1]
    return "\n".join(out)


def _parts(message: Message, depth: int = 0) -> Iterator[Message]:
    """Yield the parts that hold something, in order; not those of mails that are attached."""
    if not message.is_multipart():
        yield message
        return
    if depth < _DEEPEST and message.get_content_maintype() == "multipart":
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _parts(part, depth + 1)


def _bytes(part: Message, where: object) -> bytes:
    """Return what a part holds, in UTF-8 where it names its encoding."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return b""
    if len(data) > _MOST:
        raise SourceError(where, f"too large: at most {_MOST:,} bytes are read", "split it into articles")
    charset = part.get_content_charset() or ""
    if charset.lower() in ("gb2312", "gbk", "gb18030", "big5", "utf-16"):
        return data.decode("gb18030" if charset.lower().startswith("gb") else charset, "replace").encode()
    return data


def _header(message: Message, name: str) -> str:
    """Return a header with its encoded words read, "" where there is none or it is broken."""
    from email.header import decode_header, make_header

    try:
        return str(make_header(decode_header(str(message.get(name, ""))[:_HEADER])))
    except (LookupError, ValueError, UnicodeError):
        return ""


def _day(message: Message) -> date | None:
    try:
        return parsedate_to_datetime(_header(message, "Date")).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
