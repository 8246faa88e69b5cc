"""Answers as people read them, terms that are in no graph, and answers as tables of pandas."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg.view.page
from kg.base.errors import KgError, QueryError
from kg.graph.absent import absent_terms
from kg.graph.query import named_queries, run
from kg.graph.readable import readable
from kg.graph.rows import Rows
from kg.graph.store import Graph, text_of
from kg.graph.vocabulary import DOUBTFUL


def columns(rows: Rows) -> dict[str, set[str]]:
    return {
        name: {text_of(row[at]) for row in rows.rows if row[at] is not None}  # type: ignore[arg-type]
        for at, name in enumerate(rows.columns)
    }


@pytest.mark.parametrize(
    ("language", "says"), [("zh", ("组织机构", "陈述")), ("en", ("Organization", "asserted"))]
)
def test_names_titles_and_terms_stand_where_the_answer_has_iris(
    gold_graph: Graph, language: str, says: tuple[str, str]
) -> None:
    relations = columns(readable(run(gold_graph, "relations"), gold_graph, language))  # type: ignore[arg-type]
    entities = columns(readable(run(gold_graph, "entities"), gold_graph, language))  # type: ignore[arg-type]

    assert "fact" not in relations
    assert not [cell for cells in relations.values() for cell in cells if "://" in cell]
    assert says[0] in entities["type"]
    assert says[1] in relations["status"]


def test_a_node_without_a_name_keeps_its_iri_and_the_rest_its_words() -> None:
    rows = Rows(("s", "n"), ((ox.NamedNode("https://a.example/x"), ox.Literal("12")),))

    assert readable(rows, Graph(), "en") == rows


def test_a_column_that_repeats_another_is_left_out_and_a_lone_one_stays(gold_graph: Graph) -> None:
    label = "SELECT ?e ?name { ?e a kg:Person ; rdfs:label ?name }"

    assert readable(run(gold_graph, label), gold_graph, "zh").columns == ("name",)
    assert readable(run(gold_graph, "SELECT ?f { ?f a rdf:Statement }"), gold_graph, "zh").columns == ("f",)


@pytest.mark.parametrize(
    ("query", "absent"),
    [
        ("SELECT ?s { ?s a kg:Fact }", ("kg:Fact",)),
        ("PREFIX my: <https://example.org/kg/ontology#> SELECT ?s { ?s a my:Fact }", ("my:Fact",)),
        (
            "SELECT ?s { ?s a <https://example.org/none> ; kg:sayss ?o }",
            ("<https://example.org/none>", "kg:sayss"),
        ),
        ("SELECT ?s { ?s a kg:Person ; rdfs:label ?n FILTER(xsd:integer(?n) > 5) }", ()),
    ],
)
def test_terms_that_stand_nowhere_in_the_graph_are_named(
    gold_graph: Graph, query: str, absent: tuple[str, ...]
) -> None:
    rows = run(gold_graph, query)

    assert rows.absent == absent == absent_terms(gold_graph, query)
    assert all(term in rows.table() for term in absent)


def test_an_answer_names_no_term(gold_graph: Graph) -> None:
    assert run(gold_graph, "SELECT ?s { ?s a kg:Person OPTIONAL { ?s a kg:Fact } }").absent == ()
    assert run(gold_graph, "ASK { ?s a kg:Fact }").absent == ("kg:Fact",)


@pytest.mark.more
def test_an_answer_is_a_table_of_pandas(gold_graph: Graph) -> None:
    pandas = pytest.importorskip("pandas")

    table = run(gold_graph, "relations").to_pandas()

    assert isinstance(table, pandas.DataFrame)
    assert list(table.columns)[:3] == ["subject", "predicate", "object"]
    assert table["confidence"].between(0, 1).all()
    assert table["start"].dtype.kind == "i"


def test_without_pandas_one_line_says_what_to_install(
    gold_graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)

    with pytest.raises(KgError, match=r"pip install 'kg-zh\[pandas\]'"):
        run(gold_graph, "people").to_pandas()


def test_page_query_and_explanation_mean_the_same_by_doubt() -> None:
    page = (Path(kg.view.page.__file__).parent / "web" / "src" / "palette.js").read_text(encoding="utf-8")

    assert f"DOUBTFUL = {DOUBTFUL};" in page
    assert f'COALESCE(?least, "{DOUBTFUL}")' in named_queries()["doubtful"].text


def test_a_limit_that_queries_are_listed_with_is_the_one_that_holds_without_it() -> None:
    for query in named_queries().values():
        for each in query.parameters:
            default = re.search(rf'COALESCE\(\?{each.name}, "([^"]+)"\)', query.text)
            if default and each.kind == "number":
                assert each.example == default[1], query.name


def test_figures_are_left_out_where_other_columns_tell_them_and_words_are_the_readers(
    gold_graph: Graph,
) -> None:
    money = readable(run(gold_graph, "money"), gold_graph, "zh")
    people = readable(run(gold_graph, "people", {"when": "any"}), gold_graph, "zh")

    assert "figure" not in money.columns
    assert columns(money)["modifier"] <= {"约", "不少于", "不超过"}
    assert columns(people)["former"] <= {"是", "否"}


def test_a_value_that_is_no_choice_is_refused(gold_graph: Graph) -> None:
    with pytest.raises(QueryError, match=r"when: unknown value x \(known: former any\)"):
        run(gold_graph, "people", {"when": "x"})
    with pytest.raises(QueryError, match="least: no number: x"):
        run(gold_graph, "doubtful", {"least": "x"})
