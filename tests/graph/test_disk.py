"""A store that ``kg load`` made answers like the graph it was made of; several graphs are one."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

import kg
from kg.cli.app import app
from kg.graph.counts import Counts, count
from kg.graph.disk import named_apart
from kg.graph.store import Graph
from kg.graph.vocabulary import TYPE_LABELS
from kg.serve.background import serving
from kg.serve.bulk_load import find_sources, load_store
from kg.serve.limits import Limits
from kg.view.picture import picture_of

BRIDGE = "青山村修桥\n青山村村长王大海主持修桥。"
SCHOOL = "白水镇办学\n白水镇镇长李小明主持办学。"
PLACES = "长沙市岳麓区办学\n湖南省长沙市岳麓区教育局局长李小明出席会议。岳麓区位于长沙市。"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("graphs")
    kg.build_text(BRIDGE, name="a").save(made / "bridge")
    kg.build_text(SCHOOL, name="a").save(made / "school")
    done = run("load", made / "bridge", made / "school", "-s", made / "store")
    assert "in place" in done
    return made


def run(*words: object) -> str:
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("query", "people"),
        ("query", "SELECT ?p { ?p a kg:Person } ORDER BY ?p"),
        ("explain", "王大海"),
        ("verify",),
        ("validate",),
        ("export", "--to", "turtle"),
    ],
    ids=lambda words: words[0],
)
def test_a_store_and_its_graphs_answer_alike(folder: Path, words: tuple[str, ...]) -> None:
    stored = run(*words, "-g", folder / "store")

    assert stored == run(*words, "-g", folder / "bridge", "-g", folder / "school")
    assert stored == run(
        *words, "-g", folder / "school", "-g", folder / "bridge" / "graph.ttl", "-g", folder / "school"
    )


def test_a_store_opens_from_python_too(folder: Path) -> None:
    assert set(kg.load(folder / "store").texts.items()) in (
        {("a", BRIDGE), ("a-2", SCHOOL)},
        {("a", SCHOOL), ("a-2", BRIDGE)},
    )
    assert kg.load(folder / "bridge", folder / "school").to_turtle() == kg.load(folder / "store").to_turtle()


def test_texts_of_one_name_stay_apart_and_one_text_is_there_once() -> None:
    assert named_apart([("a", "x"), ("a", "y"), ("a", "x"), ("b", "x")]) == {"a": "x", "a-2": "y", "b": "x"}


def test_a_graph_is_one_line() -> None:
    graph = kg.build_text(BRIDGE)

    assert len(str(graph).splitlines()) == 1
    assert repr(graph) == str(graph)
    assert "articles: 1" in str(graph)


def test_summary_page_and_home_page_count_alike(tmp_path: Path) -> None:
    for name, text in (("a", BRIDGE), ("b", PLACES), ("c", PLACES + "又一句。")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    told = run("build", tmp_path, "-o", tmp_path / "out", "--no-validate")
    graph = kg.load(tmp_path / "out")
    found, picture = count(graph.graph), picture_of(graph.graph)

    assert sum(found.entities.values()) == len(picture.nodes)
    assert sum(found.relations.values()) == len(picture.facts)
    assert found.derived == sum(fact.derived for fact in picture.facts) > 0
    assert found.figures == len(picture.figures)
    assert found.articles == len(picture.articles) == 3
    assert f"entities   {len(picture.nodes)}:" in told
    assert f"relations  {len(picture.facts)}:" in told
    home = tally(tmp_path)
    assert home["Articles"] == 3
    assert home["Entities"] == len(picture.nodes)
    assert home["Facts"] == len(picture.facts)
    assert home["Figures"] == len(picture.figures)
    types = {label[1]: found.entities[name] for name, label in TYPE_LABELS.items() if name in found.entities}
    assert {name: home[name] for name in types} == types


def tally(folder: Path) -> dict[str, int]:
    """What the home page of a server says of the graph in a folder."""
    load_store(find_sources([folder / "out"]), folder / "store")
    with serving(folder / "store", Limits(workers=1)) as server:
        page = httpx.get(server.url, headers={"cookie": "language=en"}).text
    listed = re.search('<dl class="tally">(.*?)</dl>', page, re.DOTALL)
    assert listed
    pairs = re.findall("<dt>(.*?)</dt><dd>(.*?)</dd>", listed[1])
    return {name: int(number.replace(",", "")) for name, number in pairs}


def test_an_empty_graph_counts_nothing() -> None:
    assert count(Graph()) == Counts()
