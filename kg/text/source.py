"""A source (file, folder, standard input) -> ``Article``: its text as it stands, its metadata, and which lines state facts."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from kg.base.errors import SourceError
from kg.base.model import Article
from kg.text.decoding import decode, is_chinese
from kg.text.formats.markdown import read_markdown
from kg.text.furniture import lay_out

Kind = Literal["text", "markdown", "html"]
KINDS: dict[str, Kind] = {".txt": "text", ".md": "markdown", ".html": "html", ".htm": "html"}
LARGEST = (
    4 * 1024 * 1024
)  # bytes; a novel has 2: what is longer is a collection, and is read faster as articles
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_LONGEST_NAME = 200  # bytes; file systems take 255
_NO_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]')


def read_article(path: Path, name: str = "") -> Article:
    """Return the article in a file; ``name`` is what to call it, by default the stem of the file's name.

    Raises:
        SourceError: the file is missing, empty, unreadable, no text, not Chinese, or of an unknown kind.
    """
    kind = KINDS.get(path.suffix.lower())
    if path.is_file() and kind is None:
        raise SourceError(
            path,
            f"not a kind of file kg reads ({' '.join(KINDS)})",
            "rename it, or give it on standard input as -",
        )
    return article_from_bytes(_bytes_of(path), name or _name_of(path), kind or "text", where=path)


def article_from_bytes(data: bytes, name: str, kind: Kind | None = None, *, where: object = None) -> Article:
    """Return the article in the bytes of a file.

    Args:
        data: the bytes, in UTF-8, GB18030, Big5 or UTF-16.
        name: what to call the article.
        kind: how they are marked up; by default HTML where they begin like a page, else plain text.
        where: the source as the user named it, for messages; by default the name.

    Raises:
        SourceError: the bytes hold no Chinese text.
    """
    where = name if where is None else where
    if len(data) > LARGEST:
        raise SourceError(
            where, f"too large: {len(data):,} bytes, at most {LARGEST:,} are read", "split it into articles"
        )
    if not data.strip():
        raise SourceError(
            where, "empty" if not data else "nothing but blanks", "give a file that holds an article"
        )
    if kind is None:
        kind = "html" if _PAGE.match(data) else "text"
    text = decode(data, where, markup=kind == "html")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if kind == "html":
        return _article_of_page(text, name, where)
    _demand_chinese(text, where)
    return article_of(text, name, markdown=kind == "markdown")


def article_of(text: str, name: str = "text", *, markdown: bool = False) -> Article:
    """Return the article made of ``text``, whose lines are ended by a line feed."""
    layout = lay_out(text, words=read_markdown(text) if markdown else None)
    return Article(
        name,
        text,
        hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        layout.body,
        layout.title,
        layout.published,
        layout.publisher,
        layout.author,
        layout.url,
    )


def expand(sources: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files that ``sources`` mean: a file is itself, a folder the articles in it and below, sorted by path.

    A file that is meant twice is read once.

    Raises:
        SourceError: a source is missing, or a folder holds no article.
    """
    files: list[Path] = []
    for source in sources:
        if not source.is_dir():
            files.append(source)
            continue
        found = sorted(_articles_below(source), key=lambda path: path.as_posix())
        if not found:
            raise SourceError(
                source, f"no article in this folder ({' '.join(KINDS)})", "give a folder that holds articles"
            )
        files += found
    return tuple(dict.fromkeys(files))


def unique_names(paths: Sequence[Path]) -> tuple[str, ...]:
    """Return a name for each path, its stem where that is free, else with a number: news, news-2, news-3.

    Names differ even where a file system ignores case, are never empty, and hold nothing a file name may not.
    """
    taken: set[str] = set()
    names = []
    for path in paths:
        stem = _name_of(path)
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def _name_of(path: Path) -> str:
    """Return the stem of a file as a name that can be written in UTF-8 and be a file's name anywhere."""
    name = _NO_NAME.sub("_", path.stem).strip(" .")
    return name.encode()[:_LONGEST_NAME].decode("utf-8", "ignore").strip(" .") or "article"


def _articles_below(folder: Path) -> list[Path]:
    found = []
    for place, folders, files in os.walk(folder, onerror=_raise_unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            Path(place, name)
            for name in files
            if not name.startswith(".") and Path(name).suffix.lower() in KINDS
        ]
    return found


def _raise_unreadable(error: OSError) -> None:
    raise SourceError(error.filename, f"cannot be read: {error.strerror}", "check its permissions") from error


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise SourceError(
                path, f"too large: {size:,} bytes, at most {LARGEST:,} are read", "split it into articles"
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError(path, "no such file", "check the path") from error
    except IsADirectoryError as error:
        raise SourceError(path, "a folder, where a file was expected", "give the files in it") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(path, f"cannot be read: {reason}", "check the path and its permissions") from error


def _demand_chinese(text: str, where: object) -> None:
    if not text.strip():
        raise SourceError(where, "nothing but blanks", "give a file that holds an article")
    if not is_chinese(text):
        raise SourceError(where, "not Chinese: hardly a Chinese character in it", "kg reads Chinese articles")


def _article_of_page(page: str, name: str, where: object) -> Article:
    from kg.text.formats.webpage import main_text

    found = main_text(page)
    if found is None or not found.text.strip():
        raise SourceError(where, "a page without a main text", "save the article itself as text or HTML")
    _demand_chinese(found.text, where)
    article = article_of(found.text, name)
    return Article(
        name,
        article.text,
        article.sha256,
        article.body,
        found.title or article.title,
        article.published or found.published,
        article.publisher or found.publisher,
        article.author or found.author,
        article.url or found.url,
    )
