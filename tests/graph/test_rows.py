"""Answers as tables, CSV, TSV, JSON and Turtle."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest

from kg.base.errors import QueryError
from kg.graph.formats import ROWS
from kg.graph.query import ask, run
from kg.graph.rows import Rows
from kg.graph.store import Graph

DECIMAL = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")


def rows(*terms: ox.Literal | ox.NamedNode | None) -> Rows:
    return Rows(("a",), tuple((term,) for term in terms))


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_csv_begins_with_a_byte_order_mark_and_reads_back() -> None:
    text = rows(ox.Literal('一,"二"\n三'), None).csv()

    assert text.startswith("\ufeff")
    assert cells(text) == [["a"], ['一,"二"\n三'], [""]]


@pytest.mark.parametrize("start", list("=+-@\t\r\n|＝＋－＠"))
def test_csv_runs_no_formula(start: str) -> None:
    assert cells(rows(ox.Literal(f"{start}cmd|' /C calc'!A0")).csv())[1][0].startswith("'")


@pytest.mark.parametrize("number", ["-3.5", "+3", ".5", "-1.5E3"])
def test_csv_keeps_numbers_numbers(number: str) -> None:
    assert cells(rows(ox.Literal(number, datatype=DECIMAL)).csv())[1] == [number]


@pytest.mark.parametrize("number", ["=1+1", "-2+3", "+cmd|' /C calc'!A0", "@SUM(1)", "-5\t=1"])
def test_csv_runs_no_number_that_is_none(number: str) -> None:
    assert cells(rows(ox.Literal(number, datatype=DECIMAL)).csv())[1][0].startswith("'")


@pytest.mark.parametrize(
    ("text", "cell"),
    [("a;=1+1", "a;'=1+1"), ("a\t@SUM(1)", "a\t'@SUM(1)"), (" =1+1", "' =1+1"), ("1;2", "1;2")],
)
def test_csv_runs_no_formula_where_a_spreadsheet_parts_cells_by_other_signs(text: str, cell: str) -> None:
    assert cells(rows(ox.Literal(text)).csv())[1][0] == cell


def test_tsv_is_that_of_sparql() -> None:
    text = rows(ox.Literal("一\t二", language="zh"), ox.NamedNode("http://a/"), None).tsv()

    assert text == '?a\n"一\\t二"@zh\n<http://a/>\n\n'


def test_json_is_that_of_sparql(gold_graph: Graph) -> None:
    found = json.loads(
        ask(
            gold_graph, "SELECT ?l ?v ?none { ?s rdfs:label ?l ; schema:value ?v } ORDER BY ?l LIMIT 1"
        ).json()
    )

    assert found["head"] == {"vars": ["l", "v", "none"]}
    (binding,) = found["results"]["bindings"]
    assert binding["l"]["xml:lang"] == "zh"
    assert binding["v"]["datatype"] == DECIMAL.value
    assert "none" not in binding
    assert json.loads(ask(gold_graph, "ASK { ?s a kg:Nothing }").json()) == {"head": {}, "boolean": False}


def test_json_can_be_read_by_another_reader(gold_graph: Graph) -> None:
    answer = run(gold_graph, "people")

    again = ox.parse_query_results(answer.json(), ox.QueryResultsFormat.JSON)
    assert Rows.of(again) == answer


def test_turtle_of_a_construct_is_its_triples(gold_graph: Graph) -> None:
    text = ask(gold_graph, "CONSTRUCT { ?s a kg:Prize } WHERE { ?s a kg:Award }").turtle(gold_graph)

    assert len(Graph.parse(text.encode())) == 6
    assert "a kg:Prize" in text


def test_turtle_of_a_table_is_the_blocks_of_its_nodes(gold_graph: Graph) -> None:
    part = Graph.parse(run(gold_graph, "support").turtle(gold_graph).encode())

    assert len(part) > 20
    assert part.to_turtle() == run(gold_graph, "support").turtle(gold_graph).encode()


def test_a_table_is_aligned_though_chinese_is_wide() -> None:
    text = Rows(
        ("甲", "b"), ((ox.Literal("岳阳"), ox.Literal("x")), (ox.Literal("ab"), ox.Literal("y")))
    ).table()

    assert text == "甲    b\n----  -\n岳阳  x\nab    y\n"


def test_a_table_shows_our_terms_by_name_and_nodes_with_a_prefix() -> None:
    found = rows(
        ox.NamedNode("https://example.org/kg/ontology#planned"),
        ox.NamedNode("https://example.org/kg/e1"),
        ox.NamedNode("https://schema.org/value"),
        ox.NamedNode("http://elsewhere/x"),
    )

    assert [row[0] for row in found.cells("https://example.org/kg/")] == [
        "planned",
        "id:e1",
        "schema:value",
        "http://elsewhere/x",
    ]


def test_a_table_sends_a_terminal_nothing_it_obeys_and_stays_narrow() -> None:
    text = rows(ox.Literal("\x1b[31m红\n字" + "长" * 100)).table()

    assert "\x1b" not in text
    assert len(text.splitlines()) == 3
    assert text.splitlines()[2].endswith("...")
    assert len(text.splitlines()[2]) <= 40


def test_an_empty_table_says_so() -> None:
    assert rows().table() == "(no rows)\n"


@pytest.mark.parametrize("form", ROWS)
def test_every_format_writes_every_kind_of_answer(gold_graph: Graph, form: str) -> None:
    for text in ("ASK {}", "SELECT ?s { ?s a kg:Award }", "CONSTRUCT { ?s a kg:X } { ?s a kg:Award }"):
        assert run(gold_graph, text).write(form, gold_graph) or (form == "ttl" and text == "ASK {}")


def test_an_unknown_format_is_refused(gold_graph: Graph) -> None:
    with pytest.raises(QueryError, match="known: table csv tsv json ttl"):
        rows().write("xlsx", gold_graph)


def test_rows_are_mappings_without_what_is_unbound() -> None:
    assert list(Rows(("a", "b"), ((ox.Literal("x"), None),))) == [{"a": "x"}]
    assert len(rows(None, None)) == 2
