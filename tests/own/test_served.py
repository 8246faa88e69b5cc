"""A server shows what the user's knowledge has: the processes that answer it know the types and predicates too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.base.overlay import using
from kg.base.own_files import load_overlay
from kg.graph.vocabulary import KG

httpx: Any = pytest.importorskip("httpx")
pytest.importorskip("starlette")
pytest.importorskip("uvicorn")

Make = Callable[..., Path]
TEXT = "岚溪新材料成功发射飞鸢三号\n2024年6月3日，岚溪新材料成功发射飞鸢三号。\n"


def test_a_served_graph_knows_the_users_types_and_relations(whole: Path, tmp_path: Path) -> None:
    from kg.serve.background import serving
    from kg.serve.bulk_load import find_sources, load_store
    from kg.serve.limits import Limits

    kg.build_text(TEXT, knowledge=whole).save(tmp_path / "out")
    with using(load_overlay(whole)):
        load_store(find_sources([tmp_path / "out"]), tmp_path / "store")
        with (
            serving(tmp_path / "store", Limits(workers=1)) as server,
            httpx.Client(base_url=server.url, timeout=30) as client,
        ):
            found = client.get("/api/search", params={"q": "飞鸢三号"}).json()
            listed = client.get("/api/queries/entities").json()
            facts = client.get(
                "/sparql",
                params={"query": f"SELECT ?f {{ ?f rdf:predicate <{KG}launched> }}"},
                headers={"accept": "text/csv"},
            ).text
            typed = {"before": "SELECT * { ?who 发射"}
            offered = client.post("/query/complete", json=typed).json()["items"]
            (rocket,) = [row for row in found["entities"] if row["label"] == "飞鸢三号"]
            page = client.get(
                rocket["page"],
                follow_redirects=True,
                headers={"accept": "text/html", "cookie": "language=zh"},
            ).text

    assert [(each["text"], each["label"]) for each in offered] == [("kg:launched", "发射")]
    assert rocket["type"] == "Rocket"
    assert "飞鸢三号" in {row["label"] for row in listed["rows"]}
    assert len(facts.split()) == 2
    assert "火箭" in page
    assert "发射" in page


def test_assistants_are_told_the_users_types_and_relations(whole: Path) -> None:
    from kg.serve.tools import TOOLS

    (sparql,) = [each for each in TOOLS if each.name == "sparql"]
    before = sparql.told()
    with using(load_overlay(whole)):
        told = sparql.told()

    assert "kg:holdsPosition" in before
    assert "kg:launched" not in before
    assert "kg:launched" in told
    assert "kg:Rocket" in told
    assert "{" not in told
