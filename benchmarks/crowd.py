"""Invented pictures of any size, for the page's benchmark, its screenshots and its tests."""

from __future__ import annotations

import hashlib
import random
from itertools import pairwise

from kg.view.picture import Fact, Figure, Mark, Node, Picture, Quote, Source

BASE = "https://example.org/kg/"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "明伟芳娜敏静丽强磊军洋勇艳杰娟涛超秀霞平刚桂英华玉兰建国志强海燕"
PLACES = ["青河县", "北湾市", "东岭区", "南溪镇", "西塘市", "云台县", "石桥区", "临江市", "白沙镇", "平原县"]
TRADES = ["化工", "物流", "新能源", "生物", "电子", "建材", "航运", "食品", "软件", "纺织"]
SHARES = [
    ("Organization", 50),
    ("Person", 22),
    ("Place", 8),
    ("Award", 7),
    ("Document", 6),
    ("Activity", 5),
    ("Product", 2),
]
KINDS = ["Company", "Company", "PartyOrganization", "GovernmentBody", "Institution"]
PREDICATE = {
    ("Person", "Organization"): "holdsPosition",
    ("Organization", "Organization"): "subOrganizationOf",
    ("Organization", "Place"): "locatedIn",
    ("Person", "Place"): "visited",
    ("Organization", "Award"): "receivedAward",
    ("Person", "Award"): "receivedAward",
    ("Organization", "Document"): "issued",
    ("Organization", "Activity"): "organized",
    ("Organization", "Product"): "developed",
}


def crowd(count: int, ties_per_node: float = 1.6, seed: int = 1) -> Picture:
    """Return a picture of ``count`` nodes in clusters of some dozens, with a few hubs and some loose ends."""
    dice = random.Random(seed)  # noqa: S311 - a dice, not a secret
    nodes = sorted((_node(i, dice) for i in range(count)), key=lambda node: node.iri)
    order = dice.sample(range(count), count)
    ties: dict[str, Fact] = {}
    text = "".join(f"{nodes[i].label}。" for i in order[: min(count, 400)])
    ends = [0, *(i + 1 for i, char in enumerate(text) if char == "。")]
    sentences = list(pairwise(ends))
    for n in range(int(count * ties_per_node)):
        a = dice.randrange(count)
        # mostly within a cluster of 40, towards its first members; sometimes anywhere
        b = (
            (a // 40) * 40 + int(40 * dice.random() ** 2.2)
            if dice.random() < 0.93
            else int(count * dice.random() ** 2)
        )
        if a == b or b >= count:
            continue
        s, o = nodes[order[a]], nodes[order[b]]
        predicate = PREDICATE.get((s.type, o.type))
        if predicate is None:
            s, o = o, s
            predicate = PREDICATE.get((s.type, o.type), "partneredWith")
        iri = BASE + "f" + _key(f"{s.iri}{predicate}{o.iri}")
        start, end = sentences[n % len(sentences)]
        ties[iri] = Fact(
            iri,
            s.iri,
            predicate,
            o.iri,
            role=dice.choice(["主任", "书记", "董事长", "委员"]) if predicate == "holdsPosition" else "",
            status=dice.choices(["asserted", "planned", "denied", "reported"], [88, 6, 2, 4])[0],
            confidence=round(0.5 + dice.random() / 2, 3),
            pattern="made",
            quotes=(Quote(0, start, end),),
        )
    marks = tuple(Mark(s, e - 1, nodes[order[i]].iri) for i, (s, e) in enumerate(sentences))
    article = Source(BASE + "a0", "crowd", text, f"{count} 个虚构实体", "2024-01-01", "虚构", "", marks)
    figure = Figure(
        BASE + "q0", "3亿元", "300000000", "元", Quote(0, *sentences[0]), Quote(0, 0, 2), "CNY", "", "投资"
    )
    return Picture(
        tuple(nodes), tuple(ties[iri] for iri in sorted(ties)), (figure,), (article,), article.title
    )


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def _node(i: int, dice: random.Random) -> Node:
    kind = dice.choices([name for name, _ in SHARES], [share for _, share in SHARES])[0]
    place, trade = dice.choice(PLACES), dice.choice(TRADES)
    number = f"{i}号"
    names = {
        "Person": dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN),
        "Organization": f"{place}{number}{trade}有限公司",
        "Place": f"{place}{number}街道",
        "Award": f"第{number}先进集体",
        "Document": f"{place}{trade}发展方案{number}",
        "Activity": f"{place}{number}博览会",
        "Product": f"{trade}{number}项目",
    }
    label = names[kind]
    finer = dice.choice(KINDS) if kind == "Organization" else ""
    return Node(BASE + "e" + _key(f"{i}{label}"), kind, label, (label,), finer)
