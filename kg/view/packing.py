"""Drawn parts of a network put together: boxes in rows, and finished parts into the bays of the parts before them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from kg.view.network import Network

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points: TypeAlias = NDArray[np.float64]
    Squares: TypeAlias = NDArray[np.int64]

__all__ = ["ASPECT", "Box", "in_rows", "pack", "snap"]

ASPECT = 1.05  # width to height of the window that a drawing should fill
_SNAP = 256.0
_MARGIN = 10.0  # pixels around the boxes of parts that are not tied
_CELL = 24
_TRIED = 256  # places looked at together


@dataclass(frozen=True, slots=True)
class Box:
    """The room a node needs around its centre, in pixels: its circle and its label below."""

    left: float
    right: float
    up: float
    down: float


def snap(points: Points) -> Points:
    """Return the points on a fine grid, so that the last bits of a sum never decide where a node lands."""
    return np.rint(points * _SNAP) / _SNAP


def in_rows(boxes: Sequence[Box], columns: int) -> Points:
    """Return places in rows, each column as wide as its widest box."""
    points = np.zeros((len(boxes), 2))
    top = 0.0
    widths = [max((b.left + b.right for b in boxes[i::columns]), default=0.0) for i in range(columns)]
    for start in range(0, len(boxes), columns):
        row = boxes[start : start + columns]
        x = 0.0
        rise = max(box.up for box in row)
        for i, box in enumerate(row):
            points[start + i] = (x + widths[i] / 2 + (box.left - box.right) / 2, top + rise)
            x += widths[i]
        top += rise + max(box.down for box in row)
    return snap(points)


def pack(
    plain: Network,
    blocks: Sequence[tuple[Sequence[str], Points]],
    boxes: Mapping[str, Box],
) -> tuple[dict[str, tuple[int, int]], float]:
    """Put finished parts together, each where the whole stays smallest: also into the bays of the parts before it.

    Returns where each node stands, and how large a window the whole needs.
    """
    placed: dict[str, tuple[int, int]] = {}
    frame = (0, 0, 0, 0)  # first and last squares that are taken
    taken = np.zeros((0, 2), dtype=np.int64)
    for part, points in blocks:
        cells = np.array(sorted(_cells(plain, part, points, boxes)), dtype=np.int64)
        dx, dy = _best_move(taken, frame, cells) if placed else (0, 0)
        cells += (dx, dy)
        taken = np.concatenate((taken, cells))
        (x0, y0), (x1, y1) = cells.min(axis=0).tolist(), cells.max(axis=0).tolist()
        frame = (
            (min(frame[0], x0), min(frame[1], y0), max(frame[2], x1), max(frame[3], y1))
            if placed
            else (x0, y0, x1, y1)
        )
        for node, point in zip(part, points, strict=True):
            placed[node] = (round(float(point[0]) + dx * _CELL), round(float(point[1]) + dy * _CELL))
    return placed, max((frame[2] - frame[0]) / ASPECT, float(frame[3] - frame[1]))


def _best_move(taken: Squares, frame: tuple[int, int, int, int], cells: Squares) -> tuple[int, int]:
    """Return how far a part moves so that it takes free squares, the window stays smallest, and it stays near the middle."""
    (x0, y0), (x1, y1) = cells.min(axis=0).tolist(), cells.max(axis=0).tolist()
    across = np.arange(frame[0] - x0, frame[2] - x0 + 2)
    down = np.arange(frame[1] - y0, frame[3] - y0 + 2)
    wide = np.maximum(frame[2], x1 + across) - frame[0]
    high = np.maximum(frame[3], y1 + down) - frame[1]
    window = np.maximum((wide / ASPECT)[:, None], high[None, :])
    off = np.abs(across + (x0 + x1) / 2)[:, None] + np.abs(down + (y0 + y1) / 2)[None, :]
    grid = np.zeros((frame[2] - frame[0] + x1 - x0 + 2, frame[3] - frame[1] + y1 - y0 + 2), dtype=bool)
    grid[taken[:, 0] - frame[0], taken[:, 1] - frame[1]] = True
    order = np.lexsort((off.ravel(), window.ravel()))  # of equals the first
    for at in range(0, len(order), _TRIED):
        some = order[at : at + _TRIED]
        dx, dy = across[some // len(down)], down[some % len(down)]
        met = grid[cells[:, 0] + dx[:, None] - frame[0], cells[:, 1] + dy[:, None] - frame[1]].any(axis=1)
        if not met.all():
            free = int(met.argmin())
            return int(dx[free]), int(dy[free])
    raise AssertionError("beside all others there is room")


def _cells(
    plain: Network,
    part: Sequence[str],
    points: Points,
    boxes: Mapping[str, Box],
) -> frozenset[tuple[int, int]]:
    """Return the squares of a grid that a part covers: its boxes with a margin, and its ties."""
    at = {node: (float(point[0]), float(point[1])) for node, point in zip(part, points, strict=True)}
    cells = set()
    for node, (x, y) in at.items():
        box = boxes[node]
        for i in range(int((x - box.left - _MARGIN) // _CELL), int((x + box.right + _MARGIN) // _CELL) + 1):
            for j in range(int((y - box.up - _MARGIN) // _CELL), int((y + box.down + _MARGIN) // _CELL) + 1):
                cells.add((i, j))
    for a, b in plain.edges(part):
        for n in range(41):
            x = at[a][0] + (at[b][0] - at[a][0]) * n / 40
            y = at[a][1] + (at[b][1] - at[a][1]) * n / 40
            cells.add((int(x // _CELL), int(y // _CELL)))
    return frozenset(cells)
