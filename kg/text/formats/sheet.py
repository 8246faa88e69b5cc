"""Sheets of placed words (PDF, OFD) -> lines: what stands side by side is one line, columns in their order, page furniture out.

Nothing here knows a file format. A piece is some words and where they stand, with y downwards; pieces come in the order of the
file, which is mostly that of reading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from kg.base.late import late

__all__ = ["Line", "Piece", "Sheet", "body_size", "lines_of"]

_HAN: Final = late(r"[\u2e80-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef“”‘’—…]")
_WORD_GAP: Final = 0.3  # sizes of a character between two words
_HAN_GAP: Final = 0.9  # beside a Chinese character: less is a line that is spread out to its edge
_CELL_GAP: Final = 1.5  # between two cells, or two columns
_EDGE: Final = 0.11  # share of a sheet's height at its head and foot
_RIM: Final = 0.05  # where nothing but furniture stands
_LEVEL: Final = 0.015  # share of the height that repeated heads may differ by
_COLUMN_LINES: Final = 4
_COLUMN_WORDS: Final = 8  # code points of a line of a column, on average
_FULL: Final = 0.8  # share of a column's width that a line of prose has
_MOSTLY: Final = 0.6  # share of lines that are full
_SMALL: Final = 0.78  # sizes of the line that a raised mark of a note has at most
_NUMBERED: Final = 5  # lines of a sheet whose lines are numbered
_STACK: Final = 3  # characters above each other that are one word
_DOWN: Final = 0.3  # share of a sheet's characters, from which it is set so
_PAGE_NUMBER: Final = late(
    r"[-—–－─·.\s]*(?:第|[Pp](?:age|\.)\s)?\s*(?:[0-9０-９]{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7})\s*页?(?:\s*(?:[/／]|共|of)\s*[0-9]{1,4}\s*页?)?[-—–－─·.\s]*"
)
_OF_PAGES: Final = late(r"\d{1,4}\s*/\s*\d{1,4}")
_ADDRESS: Final = late(r"(?:https?|file)://\S+")
_CLOCK: Final = late(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s+(?:[上下]午\s*)?\d{1,2}:\d{2}.*")
_SMALLER: Final = 0.95  # sizes of the body that a head or foot on a single sheet has at most
_SHORT: Final = 40  # code points of it
_STOP: Final = late(r"[。！？；，]")
_DIGITS: Final = late(r"[0-9０-９]+|(?<![A-Za-z])(?:[ivxlc]+|[IVXLC]+)(?![A-Za-z])")  # a page's may be Roman
_NOTE_MARK: Final = late(r"[\[〔（(]?\d{1,3}[\]〕）)]?|[①-⑳*†]")
_POWERS: Final = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a sheet and where they stand, in any unit."""

    words: str
    left: float
    top: float
    right: float
    bottom: float
    size: float  # of its characters
    edges: tuple[float, ...] = ()  # where each of its characters begins; none where that is not known


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it is set."""

    number: int  # from 1
    height: float
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Line:
    """What stands side by side on a sheet, in cells where wide gaps are."""

    cells: tuple[Piece, ...]
    sheet: int

    @property
    def words(self) -> str:
        """Return its words, a tab between two cells."""
        return "\t".join(cell.words for cell in self.cells)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.cells[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.cells[-1].right

    @property
    def top(self) -> float:
        """The upper edge."""
        return min(cell.top for cell in self.cells)

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return max(cell.bottom for cell in self.cells)

    @property
    def size(self) -> float:
        """The size of the characters of its longest cell."""
        return max(self.cells, key=lambda cell: len(cell.words)).size


def lines_of(sheets: Sequence[Sheet]) -> list[Line]:
    """Return the lines of a document in the order of reading, without repeated heads and feet, numbers of pages and lines."""
    lines = [
        _unmixed(_unnumbered([_line(group, sheet.number) for group in _groups(_upright(sheet.pieces))]))
        for sheet in sheets
    ]
    repeated, size = _repeated(sheets, lines), body_size([line for own in lines for line in own])
    return [
        line
        for sheet, own in zip(sheets, lines, strict=True)
        for line in own
        if line.words.strip() and not _is_furniture(line, sheet.height, repeated, size)
    ]


def body_size(lines: Sequence[Line]) -> float:
    """Return the size that most characters of a document have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.words)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 1.0


# Lines --------------------------------------------------------------------------------------------------------------


def _upright(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces without words that run down a sheet otherwise set from left to right: stamps, labels at the side."""
    stacks: list[list[Piece]] = []
    for piece in pieces:
        if stacks and _is_below(stacks[-1][-1], piece):
            stacks[-1].append(piece)
        else:
            stacks.append([piece])
    down = sum(len(stack) for stack in stacks if len(stack) >= _STACK)
    keeps = down > _DOWN * sum(len(piece.words) for piece in pieces)
    for stack in stacks:
        if len(stack) < _STACK:
            yield from stack
        elif keeps:
            yield replace(
                stack[0],
                words="".join(piece.words for piece in stack),
                edges=(),
                right=max(piece.right for piece in stack),
            )


def _is_below(above: Piece, piece: Piece) -> bool:
    return (
        len(above.words) == len(piece.words) == 1
        and abs(above.left - piece.left) < 0.3 * piece.size
        and 0.5 * piece.size < piece.top - above.top < 1.7 * piece.size
    )


def _groups(pieces: Iterator[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces that stand on one line, one after another."""
    group: list[Piece] = []
    for piece in pieces:
        if group and not any(_is_level(each, piece) for each in group[-2:]):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _is_level(one: Piece, other: Piece) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.5 * min(one.bottom - one.top, other.bottom - other.top)


def _line(group: Sequence[Piece], sheet: int) -> Line:
    """Return a line of some pieces: those that touch are one cell."""
    size = max(group, key=lambda piece: len(piece.words)).size
    cells: list[Piece] = []
    for piece in sorted(group, key=lambda each: each.left):
        last = cells[-1] if cells else None
        if last is None or piece.left - last.right > _CELL_GAP * size:
            cells.append(piece)
            continue
        words = _raised(last, piece, size)
        if words:
            between = _between(last, piece, size)
            cells[-1] = Piece(
                last.words + between + words,
                last.left,
                min(last.top, piece.top),
                max(last.right, piece.right),
                max(last.bottom, piece.bottom),
                last.size if len(last.words) >= len(piece.words) else piece.size,
                _edges(last, between, piece, len(words)),
            )
    return Line(tuple(cells), sheet)


def _edges(last: Piece, between: str, piece: Piece, count: int) -> tuple[float, ...]:
    """Return where the characters of two pieces begin, and of what is written between them, if both know theirs."""
    if not last.edges or not piece.edges:
        return ()
    first = len(piece.words) - len(piece.words.lstrip()) if count < len(piece.words) else 0
    return (*last.edges, *([last.right] * len(between)), *piece.edges[first : first + count])


def _raised(last: Piece, piece: Piece, size: float) -> str:
    """Return the words of a piece: a small raised number is a power behind a number (10⁸), else the mark of a note."""
    is_raised = piece.size < _SMALL * size and last.bottom - piece.bottom > 0.1 * size
    if not is_raised or not _NOTE_MARK.fullmatch(piece.words.strip()):
        return piece.words
    follows = last.words[-1:].isascii() and last.words[-1:].isalnum()
    return piece.words.strip().translate(_POWERS) if follows else ""


def _between(last: Piece, piece: Piece, size: float) -> str:
    """Return what to write between two pieces of a cell."""
    gap = (piece.left - last.right) / size
    if gap < _WORD_GAP or last.words[-1:].isspace() or piece.words[:1].isspace():
        return ""
    han = [_HAN.match(character) is not None for character in (last.words[-1:], piece.words[:1])]
    if any(han) and gap < _HAN_GAP:
        return ""
    return "\u3000" if all(han) else " "


def _unnumbered(lines: list[Line]) -> list[Line]:
    """Return the lines of a sheet without their numbers, where they are numbered one after another."""
    first = [line.cells[0].words.strip() for line in lines if len(line.cells) > 1]
    numbers = [int(words) for words in first if words.isascii() and words.isdigit() and len(words) < 6]
    follow = sum(1 for one, other in pairwise(numbers) if other == one + 1)
    if len(numbers) < max(_NUMBERED, 0.7 * len(lines)) or follow < 0.9 * (len(numbers) - 1):
        return lines
    return [
        replace(line, cells=line.cells[1:])
        if len(line.cells) > 1 and line.cells[0].words.strip().isdigit()
        else line
        for line in lines
    ]


# Columns ------------------------------------------------------------------------------------------------------------


def _unmixed(lines: list[Line]) -> list[Line]:
    """Return the lines with columns one after another where the file has them line by line."""
    out: list[Line] = []
    at = 0
    while at < len(lines):
        end = _end_of_columns(lines, at)
        columns = _columns(lines[at:end])
        if columns is None:
            end = max(end, at + 1)
            out += lines[at:end]
        else:
            out += [Line((cell,), lines[at].sheet) for column in columns for cell in column]
        at = end
    return out


def _end_of_columns(lines: Sequence[Line], at: int) -> int:
    """Return where lines end that may be two columns: two cells each, or one that keeps to its side, one step below another."""
    left, right = (
        float("inf"),
        0.0,
    )  # how far the gap between the columns reaches, from the right and from the left
    end = at
    while end < len(lines):
        cells = lines[end].cells
        if len(cells) > 2 or (
            len(cells) == 1 and (end == at or cells[0].left < right < left < cells[0].right)
        ):
            break
        if len(cells) == 2:
            left, right = min(left, cells[1].left), max(right, cells[0].right)
        if right > left or (end > at + 1 and _is_far(lines[at:end], lines[end])):
            break
        end += 1
    return end


def _is_far(run: Sequence[Line], line: Line) -> bool:
    """Say whether a line stands further below those before it than they do from each other."""
    return line.top - run[-1].top > 1.6 * (run[-1].top - run[0].top) / (len(run) - 1)


def _columns(run: Sequence[Line]) -> tuple[list[Piece], list[Piece]] | None:
    """Return two columns of prose, or None where lines of two cells are a table."""
    pairs = [line.cells for line in run if len(line.cells) == 2]
    if len(pairs) < _COLUMN_LINES:
        return None
    gap = min(pair[1].left for pair in pairs)
    cells = [cell for line in run for cell in line.cells]
    columns = [cell for cell in cells if cell.left < gap], [cell for cell in cells if cell.left >= gap]
    if sum(len(cell.words) for cell in cells) < _COLUMN_WORDS * len(cells):
        return None
    full = sum(
        cell.right - cell.left >= _FULL * max(each.right - each.left for each in column)
        for column in columns
        for cell in column
    )
    return columns if full >= _MOSTLY * len(cells) else None


# Furniture ----------------------------------------------------------------------------------------------------------


def _repeated(sheets: Sequence[Sheet], lines: Sequence[Sequence[Line]]) -> dict[str, list[float]]:
    """Return the words that stand at the head or foot of several sheets, with where, numbers left open."""
    places: dict[str, dict[int, float]] = {}
    for sheet, own in zip(sheets, lines, strict=True):
        for line in own:
            if _is_at_edge(line, sheet.height, _EDGE):
                places.setdefault(_shape(line), {})[sheet.number] = line.top / sheet.height
    return {shape: sorted(at.values()) for shape, at in places.items() if len(at) > 1}


def _shape(line: Line) -> str:
    return "".join(_DIGITS.sub("0", line.words).split())


def _is_at_edge(line: Line, height: float, share: float) -> bool:
    return line.bottom < share * height or line.top > (1 - share) * height


def _is_furniture(line: Line, height: float, repeated: dict[str, list[float]], size: float) -> bool:
    if not _is_at_edge(line, height, _EDGE):
        return False
    words = line.words.strip()
    if _PAGE_NUMBER.fullmatch(words):
        return True
    here = line.top / height
    level = [each for each in repeated.get(_shape(line), ()) if abs(each - here) < _LEVEL]
    if len(level) > 1 or (_is_at_edge(line, height, _RIM) and _is_print_mark(line)):
        return True
    return line.size < _SMALLER * size and len(words) < _SHORT and not _STOP.search(words)


def _is_print_mark(line: Line) -> bool:
    """Say whether a line is what a browser prints at the head or foot: the time and the title, the address and the page."""
    first, last = line.cells[0].words.strip(), line.cells[-1].words.strip()
    return (
        _CLOCK.match(first) is not None
        or _ADDRESS.match(first) is not None
        or _OF_PAGES.fullmatch(last) is not None
    )
