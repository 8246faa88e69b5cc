"""An invented article whose names are hard on file systems, Markdown, YAML and Cypher."""

from __future__ import annotations

import importlib
import os
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from kg.base.model import Entity, EntityId, Evidence, Fact, Reading, Span
from kg.graph.store import Graph
from kg.text.source import article_of

NAMES = (
    "it's \\u0027}) DETACH DELETE n //",
    "CON",
    "con",
    "Index",
    '甲/乙:丙*?"<b>|[[丁]](x.md)#^ `码`',
    "尾点. .",
    "长" * 200,
    "---",
    "{{a}}: b # c",
    "e\u0301点",
    "\u00e9点",
    "\x85行\u2028尾\ufeff",
    "1. - + $x$ ==y== %%z%% ~~w~~ <script>alert(1)</script>",
)


@cache
def hostile_graph() -> Graph:
    """Return its graph: each name holds a post at the next one."""
    article = article_of("".join(f"{name}与\n" for name in NAMES), 'a"b: [c]')
    things = [Entity(EntityId(f"Organization:{name}"), "Organization", name, (name,)) for name in NAMES]
    facts = []
    for one, other in pairwise(things):
        at = article.text.index(one.names[0])
        span = Span(at, at + len(one.names[0]) + 1)
        facts.append(
            Fact(one.id, "partneredWith", other.id, (Evidence(span, span.of(article.text)),), "p'\\", 0.9)
        )
    return Graph.from_readings([Reading(article, tuple(things), (), tuple(facts), ())])


def needs(package: str) -> Any:
    """Return a package of the extra dev, or skip the test where it is not installed; CI installs it."""
    return (
        importlib.import_module(package) if os.environ.get("CI") == "true" else pytest.importorskip(package)
    )
