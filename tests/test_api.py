"""kg from Python."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import kg
from kg.base.errors import OutputError
from kg.base.swap import swap_files
from kg.graph.verify import verify

SOURCE = Path(__file__).parent / "gold" / "yueyang.txt"
TEXT = "甲市召开大会\n甲市市长王小明主持会议。\n长河集团董事长李大海参加会议。"


@pytest.fixture(scope="module")
def graph() -> kg.KnowledgeGraph:
    return kg.build(SOURCE)


def test_build_without_sources_reads_the_article_that_comes_with_kg(graph: kg.KnowledgeGraph) -> None:
    assert kg.build().to_turtle() == graph.to_turtle()


def test_a_graph_answers_named_queries_with_parameters(graph: kg.KnowledgeGraph) -> None:
    rows = list(graph.query("entity", who="周渭超"))

    assert any("董事长" in row.values() for row in rows)


def test_a_graph_says_whether_words_stand_in_its_texts(graph: kg.KnowledgeGraph) -> None:
    found = graph.verify_quote("铂盛热力公司董事长周渭超")

    (place,) = found.passages
    assert (found.answer, found.exact) == ("yes", True)
    assert SOURCE.read_text(encoding="utf-8")[place.start : place.end] == place.quote
    assert graph.verify_quote("铂盛热力公司董事长周某").answer == "no"


def test_a_graph_answers_sparql(graph: kg.KnowledgeGraph) -> None:
    assert len(graph.query("SELECT DISTINCT ?p WHERE { ?s ?p ?o }")) > 10


def test_a_graph_is_handed_on_to_rdflib_and_networkx(graph: kg.KnowledgeGraph) -> None:
    network = graph.to_networkx()

    assert len(graph.to_rdflib()) == len(graph.graph)
    assert network.number_of_nodes() > 20
    assert network.number_of_edges() > 10


def test_a_saved_graph_loads_with_its_texts(graph: kg.KnowledgeGraph, tmp_path: Path) -> None:
    graph.save(tmp_path)

    again = kg.load(tmp_path)

    assert again.to_turtle() == graph.to_turtle()
    assert again.texts == graph.texts
    assert again.to_html() == graph.to_html()


def test_a_notebook_shows_the_page_in_a_frame_that_cannot_reach_out(graph: kg.KnowledgeGraph) -> None:
    shown = graph._repr_html_()

    assert shown.startswith("<iframe")
    assert "sandbox=" in shown
    assert "allow-same-origin" not in shown


def test_a_text_gives_a_graph() -> None:
    names = {row["label"] for row in kg.build_text(TEXT).query("entities")}

    assert {"王小明", "李大海"} <= names


def test_the_same_article_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")

    assert len(kg.build(tmp_path).readings) == 1


def test_progress_is_told(tmp_path: Path) -> None:
    told = []
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")

    kg.build(tmp_path, progress=lambda step, done, total: told.append((step, done, total)))

    assert told == [("reading", 1, 1)]


def test_a_bad_base_is_refused_before_anything_is_read() -> None:
    with pytest.raises(kg.KgError, match="base"):
        kg.build("nowhere.txt", base="not an iri")


def test_the_public_names_are_these() -> None:
    assert kg.__all__ == [
        "Decision", "KgError", "KnowledgeGraph", "Proposer", "add_decisions", "build", "build_text", "load",
    ]  # fmt: skip
    assert all(hasattr(kg, name) for name in kg.__all__)


def test_importing_kg_is_light() -> None:
    code = "import sys, kg; print([m for m in ('numpy', 'onnxruntime', 'rdflib', 'pyoxigraph') if m in sys.modules])"

    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
        == "[]"
    )


@pytest.mark.more
def test_the_readmes_snippet_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    (snippet,) = re.findall(r"```python\n(import kg\n.*?)```", readme, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.txt").write_text(SOURCE.read_text(encoding="utf-8"), encoding="utf-8")
    if find_spec("pandas") is None:  # the snippet says that this line needs it; CI has it in its last step
        snippet = re.sub(r"^.*to_pandas.*\n", "", snippet, flags=re.MULTILINE)

    exec(snippet.replace("a name in your article", "周渭超"), {})  # noqa: S102 - our own README

    assert (tmp_path / "result" / "graph.ttl").exists()


def test_half_a_character_is_shown_as_what_is_lost_and_every_place_holds(tmp_path: Path) -> None:
    found = kg.build_text(TEXT.replace("主持", "\ud83d主持"), name="a\ud800/../b")

    found.save(tmp_path)

    assert "\ufffd主持" in found.to_turtle()
    assert [path.name for path in (tmp_path / "articles").iterdir()] == ["a__.._b.txt"]
    assert verify(found.graph, found.texts.values()).ok
    found.to_html().encode()


def test_no_name_of_an_article_leads_out_of_the_folder(tmp_path: Path) -> None:
    """A graph of others may call its articles what it likes."""
    found = kg.build_text(TEXT)
    evil = kg.KnowledgeGraph(found.graph, {"../../evil": TEXT, "/evil": TEXT, "..": TEXT})

    evil.save(tmp_path / "a" / "b")

    assert not list(tmp_path.rglob("../evil*"))
    assert {path.relative_to(tmp_path).parts[:2] for path in tmp_path.rglob("*.txt")} == {("a", "b")}
    with pytest.raises(OutputError, match="no path"):
        swap_files(tmp_path / "c", {"../evil.txt": b"x"})
