"""Asking: names, parameters, mistakes, and queries that must not do harm."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.base.errors import QueryError, ResourceError
from kg.base.model import Entity, EntityId, Reading
from kg.graph.query import ask, find_entities, find_query, named_queries, parse_query, run
from kg.graph.safety import refuse_unsafe
from kg.graph.store import Graph
from kg.text.source import article_of

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?a) = STR(?i)) }"


def says(graph: Graph, query: str, **params: str) -> str:
    with pytest.raises(QueryError) as caught:
        run(graph, query, params)
    assert "\n" not in str(caught.value)
    return str(caught.value)


# names and parameters ---------------------------------------------------------------------------------------------


def test_an_unknown_name_is_answered_with_near_ones(gold_graph: Graph) -> None:
    assert "did you mean people" in says(gold_graph, "peple")


def test_a_name_near_to_none_says_how_to_find_them(gold_graph: Graph) -> None:
    assert "kg queries" in says(gold_graph, "zzzzzz")


def test_a_missing_parameter_is_shown_with_its_example(gold_graph: Graph) -> None:
    assert 'needs the parameter who (--param who="周渭超")' in says(gold_graph, "entity")


def test_an_unknown_parameter_is_refused(gold_graph: Graph) -> None:
    assert "has no parameter wo (did you mean who?)" in says(gold_graph, "entity", wo="周渭超")
    assert "it takes: none" in says(gold_graph, "hubs", who="周渭超")


@pytest.mark.parametrize("name", ["高新区", "岳阳高新区", "岳阳绿色化工高新技术产业开发区"])
def test_an_entity_may_be_given_by_any_of_its_names(gold_graph: Graph, name: str) -> None:
    assert len(run(gold_graph, "neighbours", {"who": name})) == 12


def test_an_entity_may_be_given_by_its_iri(gold_graph: Graph) -> None:
    (iri,) = find_entities(gold_graph, "周渭超")

    rows = run(gold_graph, "entity", {"who": "周渭超"})
    assert rows == run(gold_graph, "entity", {"who": iri})
    assert rows == run(gold_graph, "entity", {"who": "id:" + iri.rsplit("/", 1)[1]})
    assert rows == run(gold_graph, "entity", {"who": iri.rsplit("/", 1)[1]})


def test_an_unknown_entity_is_answered_with_near_names(gold_graph: Graph) -> None:
    assert "did you mean 周渭超" in says(gold_graph, "entity", who="周渭")
    assert "no entity has this name" in says(gold_graph, "entity", who="")


def test_a_name_of_two_things_gives_the_answers_for_both() -> None:
    def article(text: str) -> Reading:
        person = Entity(EntityId("Person:林木兰"), "Person", "林木兰", ("林木兰", text))
        return Reading(article_of(f"林木兰{text}\n"), (person,), (), (), ())

    graph = Graph.from_readings([article("甲"), article("乙")])

    aliases = {row["value"] for row in run(graph, "entity", {"who": "林木兰"}) if row["about"] == "alias"}
    assert aliases == {"甲", "乙"}


def test_a_parameter_is_a_term_and_never_text_of_the_query(gold_graph: Graph) -> None:
    for value in ('周渭超" } #', "> } ; DROP ALL", "?x", "<http://a/>", "周渭超'"):
        assert "no entity has this name" in says(gold_graph, "entity", who=value)


def test_only_asserted_facts_are_shown_unless_asked(status_graph: Graph) -> None:
    def found(**show: str) -> list[str]:
        return sorted(row["status"] for row in run(status_graph, "neighbours", {"who": "青禾集团", **show}))

    assert found() == ["asserted"]
    assert found(show="planned") == ["planned"]
    assert found(show="any") == ["asserted", "denied", "planned", "reported"]
    assert "known: asserted" in says(status_graph, "people", show="true")


def test_columns_of_parameters_are_left_out(gold_graph: Graph) -> None:
    assert run(gold_graph, "neighbours", {"who": "高新区"}).columns == (
        "neighbour",
        "type",
        "relation",
        "direction",
        "status",
        "fact",
    )


def test_a_fact_is_given_by_label_or_iri(gold_graph: Graph) -> None:
    (row,) = run(gold_graph, "support", {}).without(["quote"]).rows[:1]
    iri = row[-1].value  # type: ignore[union-attr]

    assert run(gold_graph, "evidence", {"fact": iri}) == run(
        gold_graph, "evidence", {"fact": "周渭超 支持 云溪区小学"}
    )
    assert "no fact" in says(gold_graph, "evidence", fact="周渭超")


# headers ----------------------------------------------------------------------------------------------------------


def test_a_header_is_read() -> None:
    query = parse_query(
        "q",
        '# title zh: 甲\n# title en: A\n# param who: entity "乙 丙"\n# param n: number 3 (optional)\nASK {}',
    )

    assert query.title == {"zh": "甲", "en": "A"}
    assert [(each.name, each.kind, each.example, each.optional) for each in query.parameters] == [
        ("who", "entity", "乙 丙", False),
        ("n", "number", "3", True),
    ]


@pytest.mark.parametrize("line", ["# param who entity", '# param who: person "甲"'])
def test_a_header_that_cannot_be_read_is_refused(line: str) -> None:
    with pytest.raises(ResourceError):
        parse_query("q", line)


def test_a_file_may_declare_parameters_of_its_own(gold_graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text(
        "\ufeff" + '# param least: number 1000\n# param word: text "征求"\n'
        "SELECT ?v ?least ?word WHERE { ?f <https://schema.org/value> ?v FILTER(?v > ?least) FILTER(?word = ?word) }",
        encoding="utf-8",
    )

    rows = run(gold_graph, str(path), {"least": "50000000", "word": '征"求'})

    assert sorted(int(row["v"]) for row in rows) == [80000000, 500000000, 1000000000]
    assert "no number" in says(gold_graph, str(path), least="viele", word="x")


# the user's own SPARQL --------------------------------------------------------------------------------------------


def test_own_sparql_gives_what_the_engine_gives(gold_graph: Graph) -> None:
    text = "SELECT ?s ?l WHERE { ?s a kg:Award ; rdfs:label ?l } ORDER BY ?l"

    assert run(gold_graph, text) == ask(gold_graph, text)
    assert len(run(gold_graph, text)) == 6


def test_ask_construct_and_describe_work(gold_graph: Graph) -> None:
    (person,) = find_entities(gold_graph, "周渭超")

    assert [row["answer"] for row in run(gold_graph, "ASK { ?s a kg:Award }")] == ["true"]
    assert len(run(gold_graph, "CONSTRUCT { ?s a kg:Prize } WHERE { ?s a kg:Award }")) == 6
    assert {row["subject"] for row in run(gold_graph, f"DESCRIBE <{person}>")} == {person}


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELECT ?s WHERE {\n  ?s a kg:Award\n  ?s rdfs:label ?l\n}", 3, 11),
        ("SELECT ?s { ?s nowhere:x ?o }", 1, 25),
        ("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }", 1, 40),
    ],
)
def test_a_mistake_is_shown_with_line_and_column(
    gold_graph: Graph, query: str, line: int, column: int
) -> None:
    message = says(gold_graph, query)

    assert f"line {line}, column {column}: " in message
    assert len(message) < 300


def test_a_query_that_takes_too_long_is_stopped(gold_graph: Graph) -> None:
    with pytest.raises(QueryError, match="longer than 1 seconds"):
        run(gold_graph, ENDLESS, deadline=1)


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { service silent <http://example.org/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "FROM"),
        ("SELECT * FROM NAMED <file:///etc/passwd> { ?s ?p ?o }", "FROM"),
        ("SELECT * #\nFROM<http://example.org/>{ ?s ?p ?o }", "FROM"),
        ("LOAD <file:///etc/passwd>", "LOAD"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "INSERT"),
        ("PREFIX a: <a:> DELETE WHERE { ?s ?p ?o }", "DELETE"),
        ("SELECT * { ?s ?p '''a'b'''. SERVICE<http://example.org/>{?s ?p ?o} }", "SERVICE"),
        ("DESCRIBE ?s FROM <http://example.org/> { ?s ?p ?o }", "FROM"),
        ("# {\nCLEAR ALL", "CLEAR"),
    ],
)
def test_a_query_that_leaves_the_graph_or_changes_it_is_refused(
    gold_graph: Graph, query: str, word: str
) -> None:
    assert f"{word} is not allowed" in says(gold_graph, query)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ?from { ?from rdfs:label "SERVICE" }  # LOAD',
        "PREFIX from: <http://example.org/SERVICE> SELECT * { ?s from:load ?service }",
        "SELECT * { ?s ?p '''FROM\n\"SERVICE\" ''' }",
        "SELECT * { ?s <http://example.org/FROM> ?o FILTER(?s<?o && ?o>?s) }",
        'SELECT * { ?s ?p "a\\" FROM" }',
    ],
)
def test_such_words_elsewhere_are_allowed(gold_graph: Graph, query: str) -> None:
    refuse_unsafe(query)

    assert len(run(gold_graph, query)) == 0


def test_asking_changes_nothing(gold_graph: Graph) -> None:
    before = gold_graph.to_turtle()

    run(gold_graph, COUNT)

    assert gold_graph.to_turtle() == before


def test_a_missing_file_is_refused(gold_graph: Graph, tmp_path: Path) -> None:
    binary = tmp_path / "binary.rq"
    binary.write_bytes(b"\xff\xfe\x00")

    assert "cannot be read" in says(gold_graph, str(tmp_path / "no.rq"))
    assert "no UTF-8" in says(gold_graph, str(binary))


@pytest.mark.parametrize(
    "text", ["长" * 5000, "a\x00b", "", " ", "x" * 300 + ".rq"], ids=["long", "nul", "empty", "blank", "file"]
)
def test_a_name_that_is_none_gets_one_clear_line(gold_graph: Graph, text: str) -> None:
    assert "no query of this name" in says(gold_graph, text) or "cannot be read" in says(gold_graph, text)


def test_queries_are_found_by_name_and_listed_in_order() -> None:
    assert list(named_queries()) == sorted(named_queries())
    assert find_query("people") is named_queries()["people"]


def test_a_bound_variable_of_the_products_own_query_is_an_iri(gold_graph: Graph) -> None:
    (person,) = find_entities(gold_graph, "周渭超")

    assert [row["l"] for row in ask(gold_graph, "SELECT ?who ?l { ?who rdfs:label ?l }", who=person)] == [
        "周渭超"
    ]
    assert ox.NamedNode(person)
