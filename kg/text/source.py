"""A source (file, folder, standard input) -> ``Article``: its text as it stands, its metadata, and which lines state facts."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from kg.base.errors import SourceError
from kg.base.home import DECIDED, GRAPH, MANIFEST, TEXTS, WRITTEN, digest, is_home, is_own_page
from kg.base.intake import LargeError, OddFileError, read_file
from kg.base.late import late
from kg.base.model import Article
from kg.text.decoding import is_chinese
from kg.text.folding import Draft, fold_characters
from kg.text.formats.extract import Extract, Parts
from kg.text.formats.table import (
    CONVERTED,
    LARGEST,
    UNREAD,
    Format,
    by_name,
    by_suffix,
    is_collection,
    sniffed,
    suffixes,
)
from kg.text.furniture import Layout, lay_out
from kg.text.given import Given, day_in, with_given
from kg.text.official import with_official
from kg.text.personal.mask import masked, masked_extract
from kg.text.script import is_traditional, simplified_text

_LONGEST_NAME: Final = 200  # bytes; file systems take 255
_NO_NAME: Final = late(
    r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]'
)
"""What no name of a file may have, or what would turn the direction of what stands beside it."""

_ADDRESS: Final = late(r"(?P<scheme>https?|ftp):/{1,2}(?P<rest>[^/\s]+\.[^\s]+)", re.IGNORECASE)
"""What is no path but an address; a path has one slash where an address has two."""


def read_article(path: Path, name: str = "", mask: Sequence[str] = (), given: Given | None = None) -> Article:
    """Return the article in a file.

    Args:
        path: the file; a date in its name is the article's where nothing else gives one.
        name: what to call the article, by default the stem of the file's name.
        mask: the kinds of personal data that marks are put for (see `kg.text.personal.mask`).
        given: what is said of the article besides.

    Raises:
        SourceError: the file is missing, empty, unreadable, no text, not Chinese, or of an unknown format.
    """
    known = by_suffix(path.suffix)
    if path.is_file() and known is None:
        raise _of_unknown_kind(path)
    known = known or by_name("text")
    found = _extract(_bytes_of(path, known.largest), known, path)
    if found.published is None and (day := day_in(path.stem)):
        found = replace(found, published=day)
    return article_from_extract(found, name or _name_of(path), path, mask, given)


def of_address(path: Path) -> SourceError | None:
    """Return the error of a source that is an address on the web; None: it is none."""
    found = _ADDRESS.fullmatch(str(path))
    if found is None:
        return None
    return SourceError(
        f"{found['scheme']}://{found['rest']}",
        "an address, and kg asks nobody",
        "open it in a browser, save the page (Ctrl+S) as .html or .mhtml, and give that file",
    )


def _of_unknown_kind(path: Path) -> SourceError:
    if path.suffix.lower() in UNREAD:
        return of_unread_kind(path, path.suffix)
    return SourceError(
        path,
        f"not a kind of file kg reads ({' '.join(suffixes())})",
        "rename it, or give it on standard input as -",
    )


def of_unread_kind(where: object, suffix: str) -> SourceError:
    """Return the error of a document that kg does not read."""
    kind = UNREAD[suffix.lower()]
    hint = (
        "convert it: soffice --headless --convert-to docx FILE"
        if suffix.lower() in CONVERTED
        else "open it and save its text as .txt or .html, or convert it: pandoc, LibreOffice"
    )
    return SourceError(where, f"{kind}, not a kind of file kg reads ({' '.join(suffixes())})", hint)


def article_from_bytes(
    data: bytes, name: str, kind: str | None = None, *, where: object = None, mask: Sequence[str] = ()
) -> Article:
    """Return the article in the bytes of a file.

    Args:
        data: the bytes; a text in UTF-8, GB18030, Big5 or UTF-16.
        name: what to call the article.
        kind: the name of their format; by default the one that they begin like.
        where: the source as the user named it, for messages; by default the name.
        mask: the kinds of personal data that marks are put for.

    Raises:
        SourceError: the bytes hold no Chinese text.
    """
    where = name if where is None else where
    found = _extract(data, by_name(kind) if kind else sniffed(data), where)
    return article_from_extract(found, name, where, mask)


def _extract(data: bytes, source_format: Format, where: object) -> Extract:
    if len(data) > source_format.largest:
        raise too_large(where, source_format.largest)
    if not data.strip():
        raise SourceError(
            where, "empty" if not data else "nothing but blanks", "give a file that holds an article"
        )
    return source_format.read(data, where)


def article_from_extract(
    found: Extract, name: str, where: object, mask: Sequence[str] = (), given: Given | None = None
) -> Article:
    """Return the article in what a reader found in a source.

    Args:
        found: its text, and what the source says of it.
        name: what to call the article.
        where: the source as the user named it, for messages.
        mask: the kinds of personal data that marks are put for.
        given: what is said of it besides.

    Raises:
        SourceError: it is no Chinese text, or too long for one article.
    """
    if len(found.text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise too_large(where)
    _demand_chinese(found.text, where)
    return _laid_out(with_given(found, given) if given else found, name, mask)


def article_of(text: str, name: str = "text", mask: Sequence[str] = (), number: str = "") -> Article:
    """Return the article made of ``text``, whose lines are ended by a line feed.

    ``mask``: as in `read_article`; ``number``: that of an official document, where the text itself lacks it.
    """
    return _laid_out(Extract(text, number=number), name, mask)


def _laid_out(source: Extract, name: str, mask: Sequence[str]) -> Article:
    """Return the article in what a reader found, masked before all else: its text says more of it than the source around it."""
    found, name, numbers = masked_extract(source, name, mask)
    found = with_official(found)
    layout = _layout_of(found)
    return Article(
        name,
        found.text,
        digest(found.text),
        layout.body,
        found.title or layout.title or found.called,
        layout.published or found.published,
        layout.publisher or found.publisher,
        layout.author or found.author,
        layout.url or found.url,
        _note(found),
        numbers,
        found.leaves,
        found.number,
        found.addressee,
        found.formal,
    )


def _note(found: Extract) -> str:
    """Return what a user should know of how a source was read: that it gave little, that characters are lost."""
    lost = found.text.count("\ufffd")
    notes = [
        found.note,
        f"{lost} character{'s' * (lost != 1)} lost: broken bytes, shown as \ufffd" if lost else "",
    ]
    return "; ".join(filter(None, notes))


def _layout_of(found: Extract) -> Layout:
    """Return how a text is laid out, read without marks that nobody sees and in simplified characters, its words as it writes them."""
    draft = fold_characters(found.text)
    plain = simplified_text(draft.text) if is_traditional(draft.text) else draft.text
    if plain == found.text:
        return lay_out(found.text, parts=found.parts)

    def written(words: str) -> str:
        at = plain.find(words)
        return draft.text[at : at + len(words)] if at >= 0 else words

    layout = lay_out(plain, parts=_moved(found.parts, draft) if found.parts else None)
    return replace(
        layout,
        body=tuple(draft.back(span) for span in layout.body),
        title=written(layout.title),
        publisher=written(layout.publisher),
        author=written(layout.author),
    )


def _moved(parts: Parts, draft: Draft) -> Parts:
    """Return the parts of a text in the folded text."""
    spans = tuple(moved for span in parts.spans if (moved := draft.forward(span)).start < moved.end)
    return replace(parts, spans=spans, title=draft.forward(parts.title) if parts.title else None)


def expand(sources: Iterable[Path], *, unread: bool = False) -> tuple[Path, ...]:
    """Return the files that ``sources`` mean: a file is itself, a folder the articles in it and below, sorted by path.

    A file that is meant twice is read once. What kg wrote itself (a graph with its page and texts) is left alone.
    ``unread``: with the documents in a folder that are of no kind kg reads.

    Raises:
        SourceError: a source is missing, or a folder holds no article.
    """
    sources = tuple(sources)
    files: list[Path] = []
    for source in sources:
        if not source.is_dir():
            files.append(source)
            continue
        found = sorted(_articles_below(source, unread=unread), key=lambda path: path.as_posix())
        if not found and is_home(source):
            if len(sources) > 1:  # as with `kg build *` where out/ stands among the articles
                continue
            raise SourceError(
                source, "holds only what kg wrote", f"give the articles; its texts are in {source / TEXTS}"
            )
        if not found:
            raise SourceError(
                source,
                f"no article in this folder ({' '.join(suffixes())})",
                "give a folder that holds articles",
            )
        files += found
    return tuple(dict.fromkeys(files))


def unique_names(paths: Sequence[Path], mask: Sequence[str] = ()) -> tuple[str, ...]:
    """Return a name for each path, its stem (masked) where that is free, else with a number: news, news-2, news-3.

    Names differ even where a file system ignores case, are never empty, and hold nothing a file name may not.
    """
    return told_apart(masked(_name_of(path), mask) for path in paths)


def told_apart(wanted: Iterable[str]) -> tuple[str, ...]:
    """Return names in order, each as it is where that is free, else with a number behind."""
    taken: set[str] = set()
    last: dict[str, int] = {}
    names = []
    for each in wanted:
        name, number = each, last.get(each, 1)
        while name.casefold() in taken:
            number += 1
            name = f"{each}-{number}"
        last[each] = number
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def _name_of(path: Path) -> str:
    return safe_name(path.stem)


def safe_name(name: str) -> str:
    """Return a name as one that can be written in UTF-8 and be a file's name anywhere."""
    name = _NO_NAME.sub("_", name).strip(" .")
    return name.encode()[:_LONGEST_NAME].decode("utf-8", "ignore").strip(" .") or "article"


def _articles_below(folder: Path, *, unread: bool) -> list[Path]:
    found = []
    for place, folders, files in os.walk(folder, onerror=_raise_unreadable):
        is_own = (GRAPH in files or MANIFEST in files) and is_home(Path(place))
        outputs = (*WRITTEN, *DECIDED) if is_own else ()
        folders[:] = [name for name in folders if not name.startswith(".") and name not in outputs]
        found += [
            path
            for name in files
            if not name.startswith((".", "~$"))
            and name not in outputs
            and _may_be_article(path := Path(place, name), unread=unread)
        ]
    return found


def refuse_stray(path: Path, sources: Collection[Path]) -> None:
    """Refuse a link in a folder that leads out of it: who may put files there may not have others read.

    A link that is itself a source is what the user named.

    Raises:
        SourceError: it leads out of every folder among the sources that it lies in.
    """
    if not path.is_symlink() or path in sources:
        return
    target = Path(os.path.realpath(path))  # Path.resolve ends in a traceback where a link leads to itself
    if not any(folder in path.parents and folder.resolve() in target.parents for folder in sources):
        raise SourceError(path, "a link that leads out of its folder", "name the file itself")


def _may_be_article(path: Path, *, unread: bool) -> bool:
    """Say whether a file of a folder is read: by the end of its name, and no page of kg's own.

    ``unread``: or is a document that may hold an article, though kg does not read it.
    """
    known = by_suffix(path.suffix)
    if known is None:
        return is_collection(path.name) or (unread and path.suffix.lower() in UNREAD)
    return not (known.name == "html" and is_own_page(path))


def _raise_unreadable(error: OSError) -> None:
    raise SourceError(error.filename, f"cannot be read: {error.strerror}", "check its permissions") from error


def _bytes_of(path: Path, largest: int) -> bytes:
    try:
        return read_file(path, largest)
    except LargeError as error:
        raise too_large(path, largest) from error
    except OddFileError as error:
        raise SourceError(
            path, f"cannot be read: {error.strerror}", "give its text on standard input as -"
        ) from error
    except FileNotFoundError as error:
        raise of_address(path) or SourceError(path, "no such file", "check the path") from error
    except IsADirectoryError as error:
        raise SourceError(path, "a folder, where a file was expected", "give the files in it") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(path, f"cannot be read: {reason}", "check the path and its permissions") from error


def too_large(where: object, largest: int = LARGEST) -> SourceError:
    """Return the error of a source that is no one article."""
    return SourceError(where, f"too large: at most {largest:,} bytes are read", "split it into articles")


def _demand_chinese(text: str, where: object) -> None:
    if not text.strip():
        raise SourceError(where, "nothing but blanks", "give a file that holds an article")
    if not is_chinese(text):
        raise SourceError(where, "not Chinese: hardly a Chinese character in it", "kg reads Chinese articles")
