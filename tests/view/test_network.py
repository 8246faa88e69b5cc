"""The network: weight, communities, places, paths."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest

from kg.view.drawing import lay_out
from kg.view.measure import communities, pagerank
from kg.view.network import Step, network_of, shortest_path
from kg.view.packing import Box
from kg.view.picture import Fact, Node


def nodes(*names: str) -> list[Node]:
    return [Node(name, "Organization", name) for name in names]


def ties(*pairs: str) -> list[Fact]:
    return [Fact(f"{a}>{b}", a, "supported", b) for a, b in (pair.split(">") for pair in pairs)]


def cliques(count: int, size: int) -> tuple[list[Node], list[Fact]]:
    """Groups in which all are tied, each group tied to the next by one tie."""
    names = [[f"g{g}n{i}" for i in range(size)] for g in range(count)]
    pairs = [f"{a}>{b}" for group in names for a, b in combinations(group, 2)]
    pairs += [f"{names[g][0]}>{names[g + 1][0]}" for g in range(count - 1)]
    return nodes(*(name for group in names for name in group)), ties(*pairs)


def test_network_keeps_every_fact_between_two_nodes() -> None:
    network = network_of(
        nodes("a", "b"),
        [
            Fact("f1", "a", "holdsPosition", "b", "书记"),
            Fact("f2", "a", "holdsPosition", "b", "主任"),
            *ties("b>a"),
        ],
    )

    assert network.number_of_edges() == 3
    assert network["a"]["b"]["f1"]["role"] == "书记"


def test_hub_of_a_star_weighs_most_and_weights_sum_to_one() -> None:
    weights = pagerank(network_of(nodes("hub", *"abcdef"), ties("a>hub", "hub>b", "c>hub", "hub>d", "e>hub")))

    assert max(weights, key=weights.__getitem__) == "hub"
    assert weights["f"] == min(weights.values())
    assert sum(weights.values()) == pytest.approx(1)


def test_an_empty_network_has_no_weights_communities_or_places() -> None:
    network = network_of([], [])

    assert pagerank(network) == {}
    assert communities(network) == {}
    assert lay_out(network, {}, {}) == {}


def test_two_groups_with_one_tie_between_them_are_two_communities() -> None:
    groups = communities(network_of(*cliques(2, 5)))

    assert {groups[f"g0n{i}"] for i in range(5)} == {groups["g0n0"]}
    assert groups["g0n0"] != groups["g1n0"]


def test_shortest_path_is_walked_either_way_and_says_which() -> None:
    network = network_of(nodes(*"abcd"), ties("a>b", "c>b", "a>a"))

    assert shortest_path(network, "a", "c") == (Step("a>b", "a", "b", True), Step("c>b", "b", "c", False))
    assert shortest_path(network, "a", "a") == ()
    assert shortest_path(network, "a", "d") is None


def boxes_apart(spots: dict[str, tuple[int, int]], boxes: dict[str, Box]) -> bool:
    frames = [
        (x - boxes[n].left, y - boxes[n].up, x + boxes[n].right, y + boxes[n].down)
        for n, (x, y) in spots.items()
    ]
    return all(
        a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 1 or b[3] <= a[1] + 1
        for a, b in combinations(frames, 2)
    )


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        ["a>b"],
        [f"hub>n{i}" for i in range(40)],
        [f"n{i}>n{i + 1}" for i in range(30)],
        [f"n{i}>n{j}" for i, j in combinations(range(9), 2)],
        [f"n{i}>n{i // 2}" for i in range(1, 60)] + [f"m{i}>k{i}" for i in range(6)],
        ["a>a", "a>b", "a>b", "b>a"],
    ],
    ids=["none", "pair", "star", "chain", "clique", "tree-and-pairs", "loops"],
)
def test_no_box_covers_another(pairs: list[str]) -> None:
    names = sorted({name for pair in pairs for name in pair.split(">")} | {f"alone{i}" for i in range(5)})
    network = network_of(nodes(*names), ties(*dict.fromkeys(pairs)))
    boxes = {name: Box(40 + 9 * (i % 4), 40 + 9 * (i % 4), 20, 40) for i, name in enumerate(names)}

    spots = lay_out(network, boxes, communities(network))

    assert set(spots) == set(names)
    assert boxes_apart(spots, boxes)


def test_a_large_network_is_drawn_as_a_map_of_its_communities() -> None:
    network = network_of(*cliques(40, 10))
    groups = communities(network)

    spots = lay_out(network, {}, groups)

    assert len(set(spots.values())) == 400
    inside: list[float] = []
    between: list[float] = []
    for a, b in combinations(list(spots)[:120], 2):
        far = ((spots[a][0] - spots[b][0]) ** 2 + (spots[a][1] - spots[b][1]) ** 2) ** 0.5
        (inside if groups[a] == groups[b] else between).append(far)
    assert max(inside) < sum(between) / len(between)


LAYOUT = """
import sys
sys.path.insert(0, {folder!r})
from test_network import cliques
from kg.view.drawing import lay_out
from kg.view.measure import communities
from kg.view.network import network_of
from kg.view.packing import Box
nodes, ties = cliques(4, 6)
network = network_of(nodes, ties)
print(sorted(lay_out(network, {{n.iri: Box(40, 40, 20, 40) for n in nodes}}, communities(network)).items()))
"""


def test_places_are_the_same_whatever_the_hash_seed() -> None:
    code = LAYOUT.format(folder=str(Path(__file__).parent))
    prints = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(prints) == 1
