"""The programs of other systems, with the real packages, against a server whose answers are written by hand.

They hold that the interface is the one that is called, and that its answers come through; nothing of how well a system reads. They
skip where a package is not installed: in this Python, or in KG_PEERS/NAME (an environment for each, as packages disagree).
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.quality.__main__ import main
from benchmarks.quality.sets import read_sets
from tests.quality.model_server import answering

PACKAGES = {"langextract": "langextract", "kg-gen": "kg_gen", "langchain": "langchain_experimental"}
GOLD = next(each for each in read_sets() if each.name == "fresh").first(2).articles


TYPES = {name: each.types[0] for gold in GOLD for each in gold.entities for name in each.names}


def python_of(system: str) -> str:
    own = Path(os.environ.get("KG_PEERS", "/nowhere")) / system / "bin" / "python"
    if own.is_file():
        return str(own)
    if importlib.util.find_spec(PACKAGES[system]):
        return sys.executable
    pytest.skip(f"{system} is not installed (KG_PEERS names a folder of environments)")


def ends(number: int) -> tuple[str, str, str]:
    """Return the names of a relation that is asked for in an article, and its predicate."""
    gold = GOLD[number]
    names = {each.id: each.names[0] for each in gold.entities}
    asked = next(each for each in gold.relations if not each.optional)
    return names[asked.subject], asked.predicates[0], names[asked.object]


def which(prompt: str) -> int:
    return next(number for number, gold in enumerate(GOLD) if gold.article.text[-60:].strip()[:40] in prompt)


def as_extractions(prompt: str) -> str:
    subject, predicate, obj = ends(which(prompt))
    attributes = {"subject": subject, "predicate": predicate, "object": obj}
    said = [
        {"organization": name, "organization_attributes": {"full_name": name}} for name in (subject, obj)
    ] + [{"relation": subject, "relation_attributes": attributes}]
    return json.dumps({"extractions": said}, ensure_ascii=False)


def as_fields(prompt: str) -> str:
    subject, predicate, obj = ends(which(prompt))
    if "[[ ## relations ## ]]" in prompt:
        said = json.dumps([{"subject": subject, "predicate": predicate, "object": obj}], ensure_ascii=False)
        return f"[[ ## relations ## ]]\n{said}\n\n[[ ## completed ## ]]"
    said = json.dumps([subject, obj], ensure_ascii=False)
    return f"[[ ## entities ## ]]\n{said}\n\n[[ ## completed ## ]]"


def as_graph(prompt: str) -> str:
    subject, predicate, obj = ends(which(prompt))
    word = {"locatedIn": "LOCATED_IN", "holdsPosition": "HOLDS_POSITION"}[predicate]
    source = {"source_node_id": subject, "source_node_type": TYPES[subject]}
    target = {"target_node_id": obj, "target_node_type": TYPES[obj]}
    nodes = [{"id": each, "type": TYPES[each]} for each in (subject, obj)]
    return json.dumps(
        {"nodes": nodes, "relationships": [{**source, **target, "type": word}]}, ensure_ascii=False
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("system", "answer", "calls"),
    [("langextract", as_extractions, 1), ("kg-gen", as_fields, 2), ("langchain", as_graph, 1)],
)
def test_a_peer_is_asked_by_its_own_interface_and_its_answers_are_scored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, answer: Callable[[str], str], calls: int
) -> None:
    python = python_of(system)
    monkeypatch.setenv("SOME_KEY", "secret")
    with answering(answer) as (url, seen):
        asked = ["--url", url, "--model", "by-hand", "--key", "SOME_KEY", "--price", "10,20,CNY"]
        given = [
            "-o",
            str(tmp_path),
            "--set",
            "fresh",
            "--count",
            "2",
            "--system",
            system,
            "--python",
            python,
        ]
        assert main([*given, *asked]) == 0

    scores = json.loads((tmp_path / system / "scores.json").read_text(encoding="utf-8"))
    marks = scores["sets"]["fresh"]["all"]
    measured = json.loads((tmp_path / system / "measured.json").read_text(encoding="utf-8"))
    assert (marks["relations"]["right"], marks["relations"]["wrong"]) == (2, 0)
    assert marks["entities"]["right"] == 4
    assert scores["two runs"] == {"articles": 2, "same bytes": 2, "statements": 1.0}
    assert len(seen) == 2 * 2 * calls  # nothing was answered from what it kept of the first run
    assert {each["key"] for each in seen} == {"Bearer secret"}
    assert [each["failed"] for each in measured["runs"]] == [0, 0]
    assert measured["runs"][0]["tokens in"] == 2 * calls * 100
    assert measured["cost"] == f"{2 * calls * (100 * 10 + 20 * 20) / 1e6:.4f} CNY"
    assert measured["version"]
    assert measured["bytes"] > 1e6
