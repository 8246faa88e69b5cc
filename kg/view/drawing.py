"""Where each node of a network is drawn.

Everything here is repeatable on every processor: no random numbers but seeded ones, no order of sets, and positions
are snapped to a fine grid after each step, so that the last bits of a sum never decide where a node lands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, pi, sin, sqrt
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from kg.view.network import Network
from kg.view.packing import ASPECT, Box, in_rows, pack, snap

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points: TypeAlias = NDArray[np.float64]

__all__ = ["lay_out"]

HOP = 108.0  # drawn length of one tie, in pixels at zoom 1
SEED = 13.0  # spacing of the nodes of a community in a large network, in pixels
STRESS_LIMIT = 300  # nodes up to which all pairs are weighed against each other
_GOLDEN_ANGLE = pi * (3 - sqrt(5))


def lay_out(
    network: Network, boxes: Mapping[str, Box], groups: Mapping[str, int]
) -> dict[str, tuple[int, int]]:
    """Return where each node is drawn, in whole pixels. No box covers another up to a few hundred nodes.

    Each connected part is laid out by stress (distance drawn = distance in the network) and its boxes are pushed
    apart; the parts are packed beside each other, nodes without ties in rows below. A part too large for that is drawn
    as a map of its communities.
    """
    import networkx as nx

    plain = nx.Graph()
    plain.add_nodes_from(network)
    plain.add_edges_from((a, b) for a, b in network.edges() if a != b)
    order = {node: i for i, node in enumerate(network)}
    parts = sorted(
        (sorted(part, key=order.__getitem__) for part in nx.connected_components(plain)),
        key=lambda part: (-len(part), order[part[0]]),
    )
    if len(order) > STRESS_LIMIT:
        return _map_of(plain, parts, groups)
    blocks: list[tuple[Sequence[str], Points]] = [
        (part, _arrange(plain.subgraph(part), part, [boxes[node] for node in part]))
        for part in parts
        if len(part) > 1
    ]
    alone = [part[0] for part in parts if len(part) == 1]
    placed, _ = pack(plain, blocks, boxes)
    if not alone:
        return placed
    if placed:
        blocks = [(list(placed), np.array(list(placed.values()), dtype=float))]
    around = [boxes[node] for node in alone]
    square = max(1, round(sqrt(len(alone) * 0.7)))
    widths = sorted({square, min(len(alone), square * 2), min(len(alone), square * 3), max(1, square // 2)})
    tries = [pack(plain, [*blocks, (alone, in_rows(around, columns))], boxes) for columns in widths]
    return min(tries, key=lambda found: found[1])[0]


def _arrange(plain: Network, part: Sequence[str], boxes: Sequence[Box]) -> Points:
    index = {node: i for i, node in enumerate(part)}
    hops = _hops([[index[other] for other in plain[node]] for node in part])
    degree = np.array([plain.degree(node) for node in part], dtype=float)
    # a crowded pair of ends needs a longer tie, or their other ties have no room
    crowd = np.sqrt(np.maximum(degree[:, None], degree[None, :]))
    ideal = HOP * hops * np.where(hops == 1, 0.72 + 0.14 * crowd, 1.0)
    best, least = None, float("inf")
    turns = 1 if len(part) <= 3 else 6 if len(part) <= 100 else 2  # a short chain has one drawing
    for turn in range(turns):
        points, stress = _stress(ideal, turn)
        if stress < least * 0.995:
            best, least = points, stress
    assert best is not None  # noqa: S101 - the first turn always sets it
    edges = np.array(sorted((min(index[a], index[b]), max(index[a], index[b])) for a, b in plain.edges()))
    return _separate(_level(best), boxes, edges)


def _hops(tied: Sequence[Sequence[int]]) -> Points:
    """Return how many ties lie between each two nodes; 0 where no chain leads."""
    hops = np.zeros((len(tied), len(tied)))
    for start in range(len(tied)):
        seen, edge, far = {start}, [start], 0
        while edge:
            hops[start, edge] = far
            far += 1
            edge = [
                other for other in dict.fromkeys(o for node in edge for o in tied[node]) if other not in seen
            ]
            seen.update(edge)
    return hops


def _stress(ideal: Points, turn: int) -> tuple[Points, float]:
    """Move points until distances are near ``ideal`` (stress majorization, all points at once, damped)."""
    count = len(ideal)
    spiral = np.arange(count) * (7 * turn + 1) % count if turn else np.arange(count)
    angle = spiral * _GOLDEN_ANGLE + turn
    reach = HOP * np.sqrt(spiral + 1.0)
    x, y = snap(reach * np.cos(angle)), snap(reach * np.sin(angle))
    weight = np.where(ideal > 0, 1 / np.maximum(ideal, 1) ** 2, 0)
    pull = weight * ideal
    total = np.maximum(weight.sum(axis=1), 1e-12)
    for _ in range(120 if count <= 100 else 80):
        gap_x, gap_y = x[:, None] - x[None, :], y[:, None] - y[None, :]
        share = pull / np.maximum(np.sqrt(gap_x * gap_x + gap_y * gap_y), 1e-6)
        before = x, y
        x = snap(0.3 * x + 0.7 * (weight @ x + (share * gap_x).sum(axis=1)) / total)
        y = snap(0.3 * y + 0.7 * (weight @ y + (share * gap_y).sum(axis=1)) / total)
        if np.array_equal(x, before[0]) and np.array_equal(y, before[1]):
            break
    gap_x, gap_y = x[:, None] - x[None, :], y[:, None] - y[None, :]
    far = np.sqrt(gap_x * gap_x + gap_y * gap_y)
    return np.stack([x, y], axis=1), float((weight * (far - ideal) ** 2).sum())


def _level(points: Points) -> Points:
    """Turn a drawing so that it fills a window best; a short chain lies flat."""
    best, least = points, float("inf")
    flat = len(points) < 4
    for turn in range(24):
        a = turn * pi / 24
        turned = np.stack(
            [points[:, 0] * cos(a) - points[:, 1] * sin(a), points[:, 0] * sin(a) + points[:, 1] * cos(a)],
            axis=1,
        )
        wide, high = float(np.ptp(turned[:, 0])), float(np.ptp(turned[:, 1]))
        need = high if flat else max(wide / ASPECT, high)
        if need < least * 0.999:
            best, least = snap(turned), need
    return best


def _separate(points: Points, boxes: Sequence[Box], edges: NDArray[np.int64]) -> Points:
    """Push boxes apart until none covers another, keeping nodes off ties that are not theirs while it can."""
    sides = [np.array([getattr(box, side) for box in boxes]) for side in ("left", "right", "up", "down")]
    clear = (sides[2] + sides[3]) / 2
    polite = 0 if not len(edges) else 160 if len(points) <= 100 else 60
    for turn in range(400):
        move, crowded = _shoves(points, *sides)
        if turn < polite:
            aside = _off_ties(points, edges, clear)
            if not crowded and not aside.any():
                return points
            move = move + 0.3 * aside
        elif not crowded:
            return points
        points = snap(points + move)
    while _shoves(points, *sides)[1]:  # a crowd that cannot be untangled: give it more room
        points = snap(points * 1.04)
    return points


def _shoves(points: Points, left: Points, right: Points, up: Points, down: Points) -> tuple[Points, bool]:
    """Return how far each box should step from those it overlaps, and whether any does."""
    x, y = points[:, 0] + (right - left) / 2, points[:, 1] + (down - up) / 2  # the middles of the boxes
    half_x, half_y = (left + right) / 2, (up + down) / 2
    gap_x, gap_y = x[:, None] - x[None, :], y[:, None] - y[None, :]
    over_x = half_x[:, None] + half_x[None, :] - np.abs(gap_x)
    over_y = half_y[:, None] + half_y[None, :] - np.abs(gap_y)
    one, other = np.nonzero((over_x > 0) & (over_y > 0))
    apart = one != other
    one, other = one[apart], other[apart]
    if not len(one):
        return np.zeros_like(points), False
    by_x, by_y, way_x, way_y = over_x[one, other], over_y[one, other], gap_x[one, other], gap_y[one, other]
    order = np.where(one < other, -1.0, 1.0)  # two boxes on one spot part by their order
    sideways = by_x < by_y
    move_x = np.where(sideways, np.where(way_x == 0, order, np.sign(way_x)) * (by_x / 2 + 0.5), 0)
    move_y = np.where(sideways, 0, np.where(way_y == 0, order, np.sign(way_y)) * (by_y / 2 + 0.5))
    moves = [np.bincount(one, weights=move, minlength=len(points)) for move in (move_x, move_y)]
    return np.clip(np.stack(moves, axis=1), -40, 40), True


def _off_ties(points: Points, edges: NDArray[np.int64], clear: Points) -> Points:
    """Return how far each node should step aside from the ties that run through it."""
    x, y = points[:, 0], points[:, 1]
    from_x, from_y = x[edges[:, 0]], y[edges[:, 0]]
    way_x, way_y = x[edges[:, 1]] - from_x, y[edges[:, 1]] - from_y
    length = np.maximum(way_x * way_x + way_y * way_y, 1.0)
    to_x, to_y = x[:, None] - from_x[None, :], y[:, None] - from_y[None, :]
    along = (to_x * way_x[None, :] + to_y * way_y[None, :]) / length[None, :]
    across = (to_x * way_y[None, :] - to_y * way_x[None, :]) / np.sqrt(length)[None, :]
    node, tie = np.nonzero((along > 0.08) & (along < 0.92) & (np.abs(across) < clear[:, None]))
    strange = (node != edges[tie, 0]) & (node != edges[tie, 1])
    node, tie = node[strange], tie[strange]
    side = np.where(across[node, tie] < 0, -1.0, 1.0)
    strength = side * (clear[node] - np.abs(across[node, tie])) / np.sqrt(length[tie])
    moves = [
        np.bincount(node, weights=strength * way, minlength=len(points)) for way in (way_y[tie], -way_x[tie])
    ]
    return np.clip(np.stack(moves, axis=1), -12, 12)


def _map_of(
    plain: Network, parts: Sequence[Sequence[str]], groups: Mapping[str, int]
) -> dict[str, tuple[int, int]]:
    """Draw a large network as a map: each community a disc, its best-tied node in the middle, tied discs near."""
    members: dict[int, list[str]] = {}
    for part in parts:
        for node in part:
            members.setdefault(groups[node], []).append(node)
    discs = {
        group: _disc(plain, sorted(nodes, key=lambda node: (-plain.degree(node), groups[node])))
        for group, nodes in members.items()
    }
    reach = {
        group: SEED * sqrt(len(nodes)) + SEED if len(nodes) > 1 else SEED * 0.7
        for group, nodes in members.items()
    }
    centre = _spread(plain, parts, groups, reach)
    return {
        node: (round(float(at[0] + centre[group][0])), round(float(at[1] + centre[group][1])))
        for group, disc in discs.items()
        for node, at in disc.items()
    }


def _disc(plain: Network, nodes: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Place a community as seeds in a sunflower, in the order a walk from its best-tied node meets them."""
    own, seen, walk = set(nodes), set[str](), list[str]()
    for first in nodes:
        queue = [first]
        while queue:
            node = queue.pop(0)
            if node in seen:
                continue
            seen.add(node)
            walk.append(node)
            queue.extend(other for other in plain[node] if other in own and other not in seen)
    return {
        node: (
            SEED * sqrt(i and i + 1) * cos(i * _GOLDEN_ANGLE),
            SEED * sqrt(i and i + 1) * sin(i * _GOLDEN_ANGLE),
        )
        for i, node in enumerate(walk)
    }


def _spread(
    plain: Network,
    parts: Sequence[Sequence[str]],
    groups: Mapping[str, int],
    reach: Mapping[int, float],
) -> dict[int, tuple[float, float]]:
    """Return the centre of each community: those of the largest part by their ties, the rest around them."""
    import networkx as nx

    main = sorted({groups[node] for node in parts[0]})
    centre: dict[int, tuple[float, float]] = {}
    if 1 < len(main) <= STRESS_LIMIT:
        quotient = nx.Graph()
        quotient.add_nodes_from(main)
        inside = set(main)
        quotient.add_edges_from(
            (groups[a], groups[b]) for a, b in plain.edges() if groups[a] != groups[b] and groups[a] in inside
        )
        index = {group: i for i, group in enumerate(main)}
        size = np.array([reach[group] for group in main])
        ideal = _hops([[index[other] for other in quotient[group]] for group in main])
        ideal = np.where(ideal > 0, size[:, None] + size[None, :] + (ideal - 1) * 2 * size.mean(), 0)
        points = _level(_stress(ideal, 0)[0])
        points = _separate(points, [Box(r, r, r, r) for r in size], np.zeros((0, 2), dtype=np.int64))
        centre = {group: (float(points[i, 0]), float(points[i, 1])) for group, i in index.items()}
        middle = points.mean(axis=0)
        centre = {group: (x - float(middle[0]), y - float(middle[1])) for group, (x, y) in centre.items()}
    rest = [group for group in sorted(reach, key=lambda group: (-reach[group], group)) if group not in centre]
    edge = max((sqrt(x * x + y * y) + reach[group] for group, (x, y) in centre.items()), default=0.0)
    area = edge * edge
    for i, group in enumerate(rest):
        area += (reach[group] * 1.35) ** 2
        r = sqrt(area) if centre or i else 0.0
        centre[group] = (r * cos(i * _GOLDEN_ANGLE), r * sin(i * _GOLDEN_ANGLE))
    return centre
