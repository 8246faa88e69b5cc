"""The graph as JSON Lines and Parquet: read back by pandas and DuckDB."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.export.records import records_of
from kg.export.table import export
from kg.graph.store import Graph
from tests.export.hostile import hostile_graph, needs


def rows(graph: Graph, table: str) -> list[dict[str, object]]:
    return [
        json.loads(line) for line in export(graph, "jsonl")[f"{table}.jsonl"].decode().split("\n") if line
    ]


def test_each_line_has_all_names_and_each_fact_its_quotes(both_graph: Graph) -> None:
    facts, things, figures = (rows(both_graph, table) for table in ("facts", "things", "figures"))

    assert len({tuple(each) for each in facts}) == len({tuple(each) for each in figures}) == 1
    known = {each["id"]: each["label"] for each in things}
    for fact in facts:
        assert known[fact["subject"]] == fact["subject_name"]
        assert all(quote["end"] - quote["start"] == len(quote["text"]) for quote in fact["quotes"])  # type: ignore[attr-defined]
    told = {(each["subject_name"], each["predicate"], each["object_name"], each["role"]) for each in facts}
    assert ("周渭超", "holdsPosition", "铂盛热力公司", "董事长") in told
    assert {each["status"] for each in facts} == {"asserted", "planned", "denied", "reported"}
    assert ("周渭超", 200000, "元") in {
        (each["subject_name"], each["value"], each["unit"]) for each in figures
    }


def test_a_name_never_breaks_a_line() -> None:
    assert len(rows(hostile_graph(), "things")) == len(records_of(hostile_graph()).things)


@pytest.mark.others
def test_duckdb_and_pandas_read_parquet_and_the_lines(both_graph: Graph, tmp_path: Path) -> None:
    needs("pyarrow")
    duckdb, pandas = needs("duckdb"), needs("pandas")
    for form in ("parquet", "jsonl"):
        for name, data in export(both_graph, form).items():
            (tmp_path / name).write_bytes(data)

    def asked(query: str) -> list[tuple[object, ...]]:
        answer: list[tuple[object, ...]] = duckdb.sql(query.replace("@", f"{tmp_path}/")).fetchall()
        return answer

    post = "SELECT object_name, quotes[1].text, quotes[1].start FROM '@facts.{}' WHERE subject_name = '周渭超' AND role = '董事长'"
    assert asked(post.format("parquet")) == asked(post.format("jsonl"))
    assert asked(post.format("parquet"))[0][0] == "铂盛热力公司"
    assert asked("SELECT sum(value) FROM '@figures.parquet' WHERE currency = 'CNY'") == [
        (sum(float(str(each["value"])) for each in rows(both_graph, "figures") if each["currency"] == "CNY"),)
    ]
    table = pandas.read_parquet(tmp_path / "facts.parquet")
    assert len(table) == len(rows(both_graph, "facts"))
    assert set(table["status"]) == {"asserted", "planned", "denied", "reported"}
    assert list(pandas.read_json(tmp_path / "facts.jsonl", lines=True)["id"]) == list(table["id"])


def test_a_missing_extra_is_one_line_that_names_ours(both_graph: Graph, tmp_path: Path) -> None:
    both_graph.write(tmp_path / "graph.ttl")
    code = (
        "import sys; sys.modules['pyarrow'] = None; from kg.cli.app import main; "
        f"sys.argv = ['kg', 'export', '--to', 'parquet', '-g', {str(tmp_path / 'graph.ttl')!r}]; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)

    assert done.returncode == 1
    assert (
        done.stderr
        == "kg: --to parquet: needs packages that are not installed (pip install 'kg-zh[parquet]')\n"
    )
