"""An OFD document (GB/T 33190), by ofdkit: its words with where they stand, made into lines and paragraphs like those of a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from math import isfinite
from typing import Any, Final
from unicodedata import east_asian_width

from kg.base.errors import SourceError
from kg.text.formats.apart import read_apart
from kg.text.formats.extract import Extract
from kg.text.formats.packed import Packed
from kg.text.formats.sheet import Piece, Sheet
from kg.text.formats.typeset import set_text

__all__ = ["extract", "read"]

MOST_PAGES: Final = 600
_MOST: Final = 60_000  # runs of a page
_ASCENT: Final = 0.88  # share of a character that stands above its line
_LEAST: Final = 0.5  # millimetres of a character
_POINTS: Final = 72 / 25.4  # of a millimetre


def read(data: bytes, where: object) -> Extract:
    """Return the text of an OFD document, read in a process of its own.

    Raises:
        SourceError: it has no text, too many pages, or cannot be read.
    """
    return read_apart("kg.text.formats.ofd:extract", "ofdkit", data, where)


def extract(data: bytes, where: object) -> Extract:
    """Return the text of an OFD document.

    Raises:
        SourceError: it has no text or too many pages, or is none.
    """
    import ofdkit

    _refuse_hostile(Packed(data, where))
    try:
        with ofdkit.open(data) as document:
            if len(document.pages) > MOST_PAGES:
                count = len(document.pages)
                raise SourceError(
                    where, f"{count:,} pages: at most {MOST_PAGES} are read", "split it into articles"
                )
            sheets = [
                Sheet(number, page.height or 297.0, list(_pieces(page)))
                for number, page in enumerate(document.pages, 1)
            ]
    except ofdkit.OFDError as error:
        raise SourceError(
            where,
            f"broken, or no OFD: {' '.join(str(error).split())[:120]}",
            "open it and save its text as .txt",
        ) from error
    empty = [sheet.number for sheet in sheets if not sheet.pieces]
    if len(empty) == len(sheets):
        raise SourceError(
            where,
            f"a scan: none of its pages ({len(sheets)}) holds text",
            "recognise its text first (OCR), or save it as .txt",
        )
    return set_text(sheets, _POINTS)


def _refuse_hostile(packed: Packed) -> None:
    """Unpack a document once within the limits, before a library does so without them.

    Raises:
        SourceError: it is no zip file, unpacks too large, or a part declares entities or is no XML.
    """
    for name in packed.names:
        if name.lower().endswith(".xml"):
            packed.xml(name)
        else:
            packed.read(name)


def _pieces(page: Any) -> Iterator[Piece]:  # noqa: ANN401 - the library's own page
    """Yield the runs of a page, each once: what is drawn twice at one place is bold."""
    x, y = page.box[:2]
    seen: set[tuple[str, int, int]] = set()
    for run in page.runs[:_MOST]:
        words = run.text.strip()
        if not isfinite(run.x + run.y + run.size + run.width):  # it is shown nowhere
            continue
        key = (words, round(4 * run.x), round(4 * run.y))
        if not words or key in seen:
            continue
        seen.add(key)
        size = max(run.size or _size(run.text, run.width), _LEAST)
        lead = (len(run.text) - len(run.text.lstrip())) * size
        left, right = run.x - x + lead, run.x - x + max(run.width, size / 2)
        top = run.y - y - _ASCENT * size
        yield Piece(words, left, top, right, top + size, size, _edges(words, left, right))


def _size(words: str, width: float) -> float:
    """Return the size of the characters of a run that tells none: what a wide one takes of the way from the first to the last."""
    halves = sum(_halves(words[:-1]))
    return 2 * width / halves if halves else 0.0


def _halves(words: str) -> list[int]:
    """Return how wide characters are, in halves of a Chinese one."""
    return [2 if east_asian_width(each) in "WF" else 1 for each in words]


def _edges(words: str, left: float, right: float) -> tuple[float, ...]:
    """Return where the characters of a run begin: the library tells its width, and wide ones take twice a narrow one's."""
    widths = _halves(words)
    step = (right - left) / sum(widths)
    return tuple(left + step * at for at in accumulate(widths[:-1], initial=0))
