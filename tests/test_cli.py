"""The commands, run as a user runs them, on the article that comes with kg."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.forked import run as kg

SOURCE = Path(__file__).parent / "gold" / "yueyang.txt"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built")
    done = kg("build", SOURCE, "-o", out)
    assert done.returncode == 0, done.stderr
    return out


def test_build_writes_graph_page_and_texts(built: Path) -> None:
    every = {"graph.ttl", "graph.html", "articles", "readings", "manifest.json"}
    assert {path.name for path in built.iterdir()} == every
    assert (built / "articles" / "yueyang.txt").read_text(encoding="utf-8") == SOURCE.read_text(
        encoding="utf-8"
    )
    assert not list(built.rglob("*.part"))


def test_build_says_what_it_found_and_where_to_look_next(tmp_path: Path) -> None:
    done = kg("build", SOURCE, "-o", tmp_path / "o", "--no-validate")

    assert "entities" in done.stdout
    assert "Organization" in done.stdout
    assert "figures" in done.stdout
    assert "kg query people -g" in done.stdout


def test_build_without_sources_reads_the_article_that_comes_with_kg(tmp_path: Path) -> None:
    done = kg("build", "--no-validate", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert "岳阳绿色化工高新技术产业开发区" in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")


def test_build_is_the_same_under_every_hash_seed_and_folder(tmp_path: Path, built: Path) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "17"}
    (tmp_path / "elsewhere").mkdir()

    kg("build", SOURCE, "-o", tmp_path / "o", cwd=tmp_path / "elsewhere", env=environment)

    for name in ("graph.ttl", "graph.html"):
        assert (tmp_path / "o" / name).read_bytes() == (built / name).read_bytes()


def test_build_takes_a_base_for_its_iris(tmp_path: Path) -> None:
    kg("build", SOURCE, "-o", tmp_path, "--base", "https://data.example.com/", "--no-validate")

    assert "<https://data.example.com/" in (tmp_path / "graph.ttl").read_text(encoding="utf-8")


def test_fewer_and_surer_facts_with_a_higher_least_confidence(tmp_path: Path, built: Path) -> None:
    kg("build", SOURCE, "-o", tmp_path, "--least-confidence", "0.85", "--no-validate")

    sure = json.loads(kg("query", "relations", "-g", tmp_path, "-f", "json").stdout)["results"]["bindings"]
    every = json.loads(kg("query", "relations", "-g", built, "-f", "json").stdout)["results"]["bindings"]
    assert 0 < len(sure) < len(every)
    assert all(float(row["confidence"]["value"]) >= 0.85 for row in sure)


def test_several_sources_give_one_graph(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("甲市召开大会\n甲市市长王小明出席全市经济工作会议。", encoding="utf-8")
    (folder / "b.md").write_text("# 乙县新闻\n\n乙县县长李大海到丙镇调研。", encoding="utf-8")

    done = kg("build", folder, "-o", tmp_path / "o")

    assert done.returncode == 0, done.stderr
    rows = kg("query", "articles", "-g", tmp_path / "o", "-f", "csv").stdout.strip().splitlines()
    assert len(rows) == 3


def test_standard_input_is_a_source(tmp_path: Path) -> None:
    done = kg("build", "-", "-o", tmp_path, input="甲市召开大会\n甲市市长王小明出席全市经济工作会议。")

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "articles" / "stdin.txt").exists()


def test_query_prints_a_table_and_counts_its_rows(built: Path) -> None:
    done = kg("query", "people", "-g", built)

    assert "周渭超" in done.stdout
    assert "董事长" in done.stdout
    assert "rows" in done.stderr


def test_query_takes_a_parameter_by_any_name_of_the_entity(built: Path) -> None:
    full = kg(
        "query", "organization-figures", "-g", built, "-p", "who=岳阳绿色化工高新技术产业开发区", "-f", "csv"
    )
    short = kg("query", "organization-figures", "-g", built, "-p", "who=高新区", "-f", "csv")

    assert full.returncode == 0, full.stderr
    assert full.stdout == short.stdout


def test_query_of_an_unknown_name_asks_whether_another_was_meant(built: Path) -> None:
    done = kg("query", "poeple", "-g", built)

    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "people" in done.stderr


def test_a_mistake_in_sparql_is_one_line_with_its_place(built: Path) -> None:
    done = kg("query", "SELECT ?s WHERE { ?s ?p }", "-g", built)

    assert done.returncode == 1
    assert "line 1" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_parameter_without_a_value_is_wrong_usage(built: Path) -> None:
    assert kg("query", "entity", "-g", built, "-p", "who").returncode == 2


def test_queries_are_listed_with_titles_and_parameters() -> None:
    done = kg("queries")

    assert "honours" in done.stdout
    assert "荣誉" in done.stdout
    assert "--param who=" in done.stdout


def test_explain_shows_facts_with_quotes(built: Path) -> None:
    done = kg("explain", "周渭超", "-g", built)

    assert "铂盛热力公司" in done.stdout
    assert "「" in done.stdout


def test_verify_finds_every_quote_exact_and_a_changed_text_out(built: Path, tmp_path: Path) -> None:
    changed = tmp_path / "yueyang.txt"
    changed.write_text(SOURCE.read_text(encoding="utf-8").replace("周渭超", "周渭越"), encoding="utf-8")

    assert kg("verify", "-g", built).returncode == 0
    assert kg("verify", changed, "-g", built).returncode == 1


def test_validate_finds_the_graph_valid(built: Path) -> None:
    done = kg("validate", "-g", built)

    assert done.returncode == 0, done.stderr
    assert "valid" in done.stdout


def test_path_between_what_no_fact_ties_is_one_line(built: Path) -> None:
    done = kg("path", "周渭超", "没有这个人", "-g", built)

    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("form", ["turtle", "nt", "nq", "trig", "jsonld", "rdfxml", "graphml", "gexf"])
def test_export_writes_a_file(built: Path, tmp_path: Path, form: str) -> None:
    done = kg("export", "--to", form, "-o", tmp_path / f"g.{form}", "-g", built)

    assert done.returncode == 0, done.stderr
    assert (tmp_path / f"g.{form}").stat().st_size > 1000


def test_export_to_csv_writes_three_tables(built: Path, tmp_path: Path) -> None:
    kg("export", "--to", "csv", "-o", tmp_path, "-g", built)

    assert {path.name for path in tmp_path.iterdir()} == {"entities.csv", "relations.csv", "figures.csv"}


def test_a_missing_graph_says_what_to_run_first(tmp_path: Path) -> None:
    done = kg("query", "people", cwd=tmp_path)

    assert done.returncode == 1
    assert "kg build" in done.stderr


def test_why_not_names_the_step_that_lost_a_relation() -> None:
    absent = kg("why-not", "周渭超", "holdsPosition", "没有这个公司", SOURCE)
    mistyped = kg("why-not", "周渭超", "issued", "铂盛热力公司", SOURCE)

    assert "the text does not have" in absent.stdout
    assert "type mismatch" in mistyped.stdout
    assert mistyped.stdout.count("  found by ") == 2


def test_why_not_knows_a_name_with_a_gap_in_it(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("河阳学院院长王　伟出席会议。\n", encoding="utf-8")
    for name in ("王　伟", "王伟"):
        assert "王伟: Person" in kg("why-not", name, "holdsPosition", "河阳学院", article).stdout


def test_why_not_of_an_unknown_predicate_asks_whether_another_was_meant() -> None:
    done = kg("why-not", "甲", "holdPosition", "乙", SOURCE)

    assert done.returncode == 1
    assert "holdsPosition" in done.stderr


def test_score_measures_annotated_articles_and_marks_them_up(tmp_path: Path) -> None:
    done = kg("score", SOURCE.parent, "--errors", "--html", tmp_path / "report.html")

    assert done.returncode == 0, done.stderr
    assert "ALL" in done.stdout
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<mark class='right'>周渭超</mark>" in page


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; sys.argv = ['kg', '--help']\nfrom kg.cli.app import main\ntry: main()\nexcept SystemExit: pass\n"
    code += (
        "print([m for m in ('onnxruntime', 'numpy', 'rdflib', 'pyoxigraph', 'networkx') if m in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip().endswith("[]")


def test_a_console_that_cannot_show_chinese_gets_no_traceback() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}

    done = kg("queries", env=environment)

    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_twenty_megabytes_in_one_file_are_refused_in_one_line(tmp_path: Path) -> None:
    source = tmp_path / "large.txt"
    source.write_text("甲市市长王小明主持会议。\n" * 550_000, encoding="utf-8")

    done = kg("build", source, "-o", tmp_path / "o")

    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "split it into articles" in done.stderr
    assert not (tmp_path / "o").exists()


def test_explain_how_shows_trigger_slots_and_features(built: Path) -> None:
    done = kg("explain", "周渭超", "-g", built, "--how")

    assert "［铂盛热力公司］〔董事长〕【周渭超】" in done.stdout
    assert "judge: " in done.stdout


def test_patterns_lists_what_is_there_and_says_what_a_word_is_used_for() -> None:
    done = kg("patterns", "--predicate", "visited", "--word", "访问")
    assert done.returncode == 0
    assert "visited-at" in done.stdout
    assert "is there already" in done.stderr
    assert kg("patterns", "--predicate", "visitd").returncode == 1


def test_check_ends_with_1_and_a_line_for_each_fault(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("[[pattern]]\nid = 'x'\n[[pattern]]\nid = 'y'\n", encoding="utf-8")
    done = kg("check", tmp_path)
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"{tmp_path / 'own.toml'}, pattern 'x': field 'kind' is missing or empty")
    assert "2 wrong" in done.stdout
