"""A PDF document: its words with where they stand, by PDFium; lines and paragraphs are made of them in ``typeset``."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import replace
from math import atan2, degrees, hypot
from typing import Any, Final

from kg.base.errors import SourceError
from kg.text.formats.apart import read_apart
from kg.text.formats.extract import PAGES, Extract
from kg.text.formats.sheet import Piece, Sheet
from kg.text.formats.typeset import set_text

__all__ = ["extract", "read"]

MOST_PAGES: Final = 600
_MOST: Final = 60_000  # characters of a page; a newspaper's has ten
_TURNED: Final = 4.0  # degrees from upright and level, from which words are a stamp or a watermark
_APART: Final = 0.28  # sizes of a character between two pieces
_ODD: Final = 0.05  # share of characters that no font of the file has a meaning for
_NEW_LINE: Final = frozenset("\r\n\x02\ufffe")


def read(data: bytes, where: object) -> Extract:
    """Return the text of a PDF document, read in a process of its own.

    Raises:
        SourceError: it has no text, a password, too many pages, or cannot be read.
    """
    return read_apart("kg.text.formats.pdf:extract", "pypdfium2", data, where)


def extract(data: bytes, where: object) -> Extract:
    """Return the text of a PDF document.

    Raises:
        SourceError: it has no text, a password or too many pages.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise SourceError(where, "a PDF with a password", "save a copy without one") from error
        raise SourceError(
            where, "broken, or no PDF", "open it and print it into a new PDF, or save its text as .txt"
        ) from error
    count = len(document)
    if count > MOST_PAGES:
        raise SourceError(where, f"{count:,} pages: at most {MOST_PAGES} are read", "split it into articles")
    sheets = [_sheet(document, number) for number in range(count)]
    empty = [sheet.number for sheet in sheets if not sheet.pieces]
    if len(empty) == count:
        raise SourceError(
            where,
            f"a scan: none of its pages ({count}) holds text",
            "recognise its text first (OCR), or save it as .txt",
        )
    _demand_meaning(sheets, where)
    found = set_text(sheets)
    note = f"pages without text (scans): {', '.join(map(str, empty[:9]))}" if empty else ""
    leaves = replace(found.leaves, standard=PAGES) if found.leaves else None
    return replace(found, leaves=leaves, note=note)


def _demand_meaning(sheets: list[Sheet], where: object) -> None:
    words = "".join(piece.words for sheet in sheets for piece in sheet.pieces)
    odd = sum(1 for character in words if character == "\ufffd" or "\ue000" <= character <= "\uf8ff")
    if odd > _ODD * len(words):
        raise SourceError(
            where,
            "its fonts do not say which characters they draw",
            "recognise its text (OCR), or ask for the document it was made from",
        )


def _sheet(document: Any, number: int) -> Sheet:  # noqa: ANN401 - the library ships no types
    page = document[number]
    words = page.get_textpage()
    try:
        box = left, bottom, right, top = _shown(page)
        turned = page.get_rotation() // 90
        height = right - left if turned % 2 else top - bottom
        if words.count_chars() > _MOST:
            raise SourceError("file", f"more than {_MOST:,} characters on a page", "split it into articles")
        pieces = list(_pieces(_characters(words, box, turned)))
        return Sheet(number + 1, height or 1.0, pieces)
    finally:
        words.close()
        page.close()


def _shown(page: Any) -> tuple[float, float, float, float]:  # noqa: ANN401
    """Return what of a page is shown: its left, lower, right and upper edge."""
    media, crop = page.get_mediabox(), page.get_cropbox()
    left, bottom, right, top = (
        *(max(one, other) for one, other in zip(media[:2], crop[:2], strict=True)),
        *(min(one, other) for one, other in zip(media[2:], crop[2:], strict=True)),
    )
    return (left, bottom, right, top) if left < right and bottom < top else media


def _characters(
    words: Any,  # noqa: ANN401
    box: tuple[float, float, float, float],
    turned: int,
) -> Iterator[Piece | None]:
    """Yield the characters of a page with where they stand; None where PDFium sees a line end."""
    from pypdfium2 import raw

    rect, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    for at in range(words.count_chars()):
        lost = raw.FPDFText_HasUnicodeMapError(words, at) == 1  # what it gives then is the number of a shape
        character = "\ufffd" if lost else chr(raw.FPDFText_GetUnicode(words, at))
        if character in _NEW_LINE:
            yield None
            continue
        if character < " " or raw.FPDFText_IsGenerated(words, at) == 1:
            continue
        if not raw.FPDFText_GetLooseCharBox(words, at, ctypes.byref(rect)) or not raw.FPDFText_GetMatrix(
            words, at, ctypes.byref(matrix)
        ):
            continue
        if _is_turned(matrix.a, matrix.b, turned):
            continue
        size = raw.FPDFText_GetFontSize(words, at) * hypot(matrix.c, matrix.d)
        yield _piece(character, (rect.left, rect.bottom, rect.right, rect.top), size, box, turned)


def _is_turned(a: float, b: float, turned: int) -> bool:
    angle = (degrees(atan2(b, a)) - 90 * turned) % 360
    return min(angle, 360 - angle) > _TURNED


def _piece(
    character: str,
    rect: tuple[float, float, float, float],
    size: float,
    box: tuple[float, float, float, float],
    turned: int,
) -> Piece:
    """Return a character with where a reader sees it, the sheet turned as it is shown, y downwards."""
    (left, bottom, right, top), (x0, y0, x1, y1) = rect, box
    left, bottom, right, top = min(left, right), min(bottom, top), max(left, right), max(bottom, top)
    places = (
        (left - x0, y1 - top, right - x0, y1 - bottom),
        (bottom - y0, left - x0, top - y0, right - x0),
        (x1 - right, bottom - y0, x1 - left, top - y0),
        (y1 - top, x1 - right, y1 - bottom, x1 - left),
    )[turned % 4]
    return Piece(character, *places, size if size > 0 else max(1.0, places[3] - places[1]))


def _pieces(characters: Iterator[Piece | None]) -> Iterator[Piece]:
    """Yield the characters that touch on one line as one piece."""
    run: list[Piece] = []
    for each in characters:
        if each is None:
            yield from _joined(run)
            run = []
            continue
        if run and not _touches(run[-1], each):
            yield from _joined(run)
            run = []
        run.append(each)
    yield from _joined(run)


def _touches(last: Piece, each: Piece) -> bool:
    size = max(last.size, each.size)
    return (
        abs(last.bottom - each.bottom) < 0.25 * size
        and abs(last.size - each.size) < 0.2 * size
        and -0.6 * size < each.left - last.right < _APART * size
    )


def _joined(run: list[Piece]) -> Iterator[Piece]:
    whole = "".join(each.words for each in run)
    words = whole.strip()
    if words:
        first = len(whole) - len(whole.lstrip())
        yield Piece(
            words,
            run[0].left,
            min(each.top for each in run),
            run[-1].right,
            max(each.bottom for each in run),
            run[0].size,
            tuple(each.left for each in run[first : first + len(words)]) if len(whole) == len(run) else (),
        )
