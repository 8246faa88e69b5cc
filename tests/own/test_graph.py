"""What comes of the user's knowledge is in the graph, is proven, shown, asked for, and kept with a corpus."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.base.overlay import NONE, active, using
from kg.base.own_files import load_overlay
from kg.facts.check import check_of_user
from kg.graph.validate import validate
from kg.graph.vocabulary import KG, PREDICATES, RDF, RDFS, SCHEMA, TYPES
from kg.learn.why_not import why_not
from kg.pipeline import Pipeline
from kg.text.source import article_of
from tests import forked

Make = Callable[..., Path]
TEXT = (
    "岚溪新材料成功发射飞鸢三号\n"
    "2024年6月3日，岚溪新材料在老城成功发射飞鸢三号。岚溪材总经理李小岚表示，飞鸢已完成12箭次试验。\n"
)
SECOND = "岚溪股份中标\n2024年7月1日，岚溪股份与江北大学签约。岚姐表示满意。\n"
THIRD = "火箭升空\n2024年8月1日，岚溪材发射飞鸢。李小岚到场。\n"


def run(*arguments: str | Path | int, status: int = 0) -> str:
    done = forked.run(*arguments, env={**os.environ, "LC_ALL": "C.UTF-8"})
    assert done.returncode == status, done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def graph(whole: Path) -> kg.KnowledgeGraph:
    return kg.build_text(TEXT, knowledge=whole)


def test_names_facts_and_terms_say_which_file_they_came_from(graph: kg.KnowledgeGraph) -> None:
    rows = graph.query(
        f"SELECT ?label ?file {{ ?s <{KG}knowledge> ?file ; rdfs:label ?label . FILTER(LANG(?label) = 'zh') }}"
    )

    assert {(row["label"], row["file"]) for row in rows} == {
        ("岚溪新材料", "names.csv"),
        ("飞鸢三号", "names.csv"),
        ("李小岚", "names.csv"),
        ("岳阳楼区", "names.csv"),
        ("岚溪新材料 发射 飞鸢三号", "patterns/rockets.toml"),
        ("火箭", "schema.toml"),
        ("发射", "schema.toml"),
    }


def test_own_terms_are_declared_in_the_graph(graph: kg.KnowledgeGraph) -> None:
    rdf = graph.to_rdflib()
    said = {(str(p), str(o)) for s, p, o in rdf if str(s) == KG + "launched"}

    assert (RDF + "type", RDF + "Property") in said
    assert (RDFS + "label", "launched") in said
    assert (SCHEMA + "domainIncludes", KG + "Organization") in said
    assert (SCHEMA + "rangeIncludes", KG + "Rocket") in said
    assert not [s for s, _, _ in kg.build_text(TEXT).to_rdflib() if str(s).startswith(KG)]


def test_nothing_of_it_is_left_afterwards(graph: kg.KnowledgeGraph) -> None:
    assert graph.knowledge is not None
    assert active() is NONE
    assert "launched" not in PREDICATES
    assert "Rocket" not in TYPES


def test_the_page_has_words_and_colours_for_it(graph: kg.KnowledgeGraph) -> None:
    page = graph.to_html()

    assert ".t-Rocket{--c:var(--Rocket)}" in page
    assert '"Rocket":["火箭","rocket","箭"]' in page.replace(" ", "")
    assert "patterns/rockets.toml" in page
    assert "t-Rocket" not in kg.build_text(TEXT).to_html()


def test_named_queries_list_things_of_the_users_types(graph: kg.KnowledgeGraph) -> None:
    assert "飞鸢三号" in {row["label"] for row in graph.query("entities")}


def test_why_not_knows_the_users_relations(whole: Path) -> None:
    with using(load_overlay(whole)):
        lines = why_not(article_of(TEXT, "text"), "岚溪新材料", "launched", "飞鸢三号", Pipeline())

    assert any("pattern own-launched fired" in line for line in lines)
    assert any("names.csv:2" in line for line in lines)


def test_check_runs_the_cases(whole: Path) -> None:
    assert str(check_of_user(whole)) == "files 6, patterns and entries 11, cases 2: all right"

    pattern = whole / "patterns" / "rockets.toml"
    pattern.write_text(pattern.read_text("utf-8").replace("参观", "发射"), "utf-8")
    report = check_of_user(whole)

    assert len(report.problems) == 1
    assert "rockets.toml:1, pattern 'own-launched': finds 岚溪新材料 > 飞鸢三号" in report.problems[0]


def test_check_tells_all_rows_that_are_wrong(make: Make) -> None:
    report = check_of_user(
        make({"names.csv": "name,type,aliases,code\n鸢,Person,,\n鸢云,Foo,,\n岚云,Person,,\n"})
    )

    assert ["names.csv:2" in report.problems[0], "names.csv:3" in report.problems[1]] == [True, True]
    assert len(report.problems) == 2


def test_a_corpus_is_read_by_it_in_all_processes_and_again_when_it_changes(
    whole: Path, tmp_path: Path
) -> None:
    sources, out, other = tmp_path / "sources", tmp_path / "out", tmp_path / "other"
    sources.mkdir()
    for name, text in (("a", TEXT), ("b", SECOND), ("c", THIRD)):
        (sources / f"{name}.txt").write_text(text, encoding="utf-8")
    for place in (out, other):
        shutil.copytree(whole, place / "knowledge")

    run("build", sources, "-o", out, "-j", 2)
    assert "every one proven" in run("verify", "-g", out)
    assert "valid" in run("validate", "-g", out)
    said = run("explain", "飞鸢", "-g", out)
    assert "sources 2" in said  # 岚溪材 and 岚溪新材料, 飞鸢 and 飞鸢三号 are one in both articles
    assert "from your patterns/rockets.toml" in said
    assert "from your knowledge: names.csv" in said

    run("build", sources / "a.txt", sources / "b.txt", "-o", other, "-j", 1)
    assert "1 of them read" in run("add", other, sources / "c.txt")
    for path in sorted(out.rglob("*")):
        if path.is_file():
            assert path.read_bytes() == (other / path.relative_to(out)).read_bytes(), path

    names = other / "knowledge" / "names.csv"
    names.write_text(names.read_text("utf-8").replace("岚姐", ""), "utf-8")
    assert "3 articles read" in run("add", other, sources / "c.txt")


def test_knowledge_elsewhere_goes_with_the_graph(whole: Path, tmp_path: Path) -> None:
    source, out = tmp_path / "a.txt", tmp_path / "out"
    source.write_text(TEXT, encoding="utf-8")

    run("build", source, "-o", out, "--knowledge", whole)

    assert '"knowledge": "../knowledge"' in (out / "manifest.json").read_text("utf-8")
    assert "every one proven" in run("verify", "-g", out)
    assert len(kg.load(out).query(f"SELECT ?s {{ ?s a <{KG}Rocket> }}")) == 1
    (out / "manifest.json").unlink()
    said = run("verify", "-g", out, status=1)
    assert "KG_KNOWLEDGE=DIR" in said


def test_wrong_knowledge_stops_before_anything_is_written(whole: Path, tmp_path: Path) -> None:
    (whole / "names.csv").write_text("name,type\n鸢云,Foo\n", encoding="utf-8")

    said = run("build", "-o", tmp_path / "out", "--knowledge", whole, status=1)

    assert "names.csv:2: unknown type 'Foo'" in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("readme", "article"), [("README.md", "article.txt"), ("README.zh.md", "文章.txt")])
def test_the_example_of_the_readme_works(readme: str, article: str, tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / readme).read_text("utf-8")
    (block,) = [each for each in text.split("```") if "mkdir -p out/knowledge" in each]
    (tmp_path / article).write_text(TEXT + "平安县同事到场。\n", encoding="utf-8")
    kg_is = f'kg() {{ "{sys.executable}" -m kg "$@"; }}\nset -e\n'

    subprocess.run(["bash", "-c", kg_is + block], cwd=tmp_path, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])})  # fmt: skip

    turtle = (tmp_path / "out" / "graph.ttl").read_text("utf-8")
    assert '"岚溪材"@zh' in turtle
    assert 'kg:placeCode "430602"' in turtle
    assert "平安县" not in turtle.replace("平安县同事", "")


def test_a_large_graph_is_judged_by_the_users_terms_in_every_process(
    graph: kg.KnowledgeGraph, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.graph.validate.WHOLE", 0)
    with using(load_overlay(whole)):
        assert validate(graph.graph, 2) == ()
    assert len(validate(graph.graph, 2)) > 0  # a stranger's types
