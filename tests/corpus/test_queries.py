"""The named queries over many articles: the new ones, and that those of one article run as they are."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.query import ResultRow

from kg.base.errors import QueryError
from kg.base.model import Reading
from kg.corpus.graph import corpus_graph
from kg.graph.query import find_entities, named_queries, run, run_per_article
from kg.graph.rows import Rows
from kg.graph.store import Graph
from kg.graph.vocabulary import KG, RDF
from kg.view.explain import explain
from tests.corpus.many import identity_of, read


def table(rows: Rows, *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row.get(column, "") for column in columns) for row in rows]


def test_identity_has_a_row_for_each_name_of_each_entity_of_each_article(many_graph: Graph) -> None:
    rows = run(many_graph, "identity")
    assert rows.columns == ("article", "label", "type", "thing")
    things: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        things.setdefault((row["article"], row["label"]), set()).add(row["thing"])

    (group,) = many_graph.named("青禾集团")
    assert things["opening", "青禾集团有限公司"] == things["talk", "青禾集团"] == {group}
    assert things["talk", "林远山"] != things["namesake", "林远山"]


def test_identity_of_one_article_is_its_entities(many_readings: list[Reading]) -> None:
    many_graph = Graph.from_readings(many_readings[:1])

    assert set(table(run(many_graph, "identity"), "article", "label", "thing")) >= {
        ("opening", "林远山", many_graph.named("林远山")[0])
    }


def test_copies_are_listed_once(many_graph: Graph) -> None:
    ((a, b, share),) = table(run(many_graph, "copies"), "a", "b", "share")

    assert {a, b} == {"opening", "change"}
    assert share == "0.7"


def test_corroborated_facts_have_two_independent_sources(many_graph: Graph) -> None:
    rows = table(run(many_graph, "corroborated"), "what", "independent", "sources", "first", "last")

    assert (
        "林远山 任职于 青禾集团有限公司（董事长）",
        "2",
        "2",
        "2021-03-01",
        "2021-05-02",
    ) in rows
    assert run(many_graph, "corroborated", {"least": "3"}).rows == ()


def test_conflicts_list_each_member_with_its_quote(many_graph: Graph) -> None:
    rows = table(run(many_graph, "conflicts"), "kind", "says", "article")

    assert [(kind, article) for kind, _, article in rows] == [("value", "opening"), ("value", "talk")]


def test_a_side_of_a_conflict_is_one_row_with_its_first_quote() -> None:
    texts = {
        "late": ("2021-03-09", "晚报\n青禾集团有限公司董事长林远山出席会议。\n"),
        "early": ("2021-03-01", "早报\n青禾集团有限公司董事长林远山说，今年增产。\n"),
        "other": ("2021-03-05", "午报的消息\n青禾集团有限公司董事长苏明德出席活动。\n"),
    }
    readings = read(texts)
    graph = corpus_graph(readings, identity_of(readings))

    rows = table(run(graph, "conflicts"), "says", "articles", "article", "published", "quote")

    assert [row[:4] for row in rows] == [
        ("林远山 任职于 青禾集团有限公司（董事长）", "2", "early", "2021-03-01"),
        ("苏明德 任职于 青禾集团有限公司（董事长）", "1", "other", "2021-03-05"),
    ]
    assert "今年增产" in texts["early"][1]
    assert rows[0][4] in texts["early"][1]


def test_posts_may_be_those_of_one_person_or_of_one_body(many_graph: Graph) -> None:
    of = {
        who: {row[:2] for row in table(run(many_graph, "people", {"who": who}), "person", "organization")}
        for who in ("苏明德", "青禾集团有限公司")
    }

    assert of["苏明德"] == {("苏明德", "青禾集团有限公司")}
    assert of["青禾集团有限公司"] == {
        ("苏明德", "青禾集团有限公司"),
        ("林远山", "青禾集团有限公司"),
    }


def test_successions_are_in_order(many_graph: Graph) -> None:
    rows = table(run(many_graph, "successions"), "organization", "post", "person", "first", "last")

    assert rows == [
        ("青禾集团有限公司", "董事长", "林远山", "2021-03-01", "2021-05-02"),
        ("青禾集团有限公司", "董事长", "苏明德", "2022-07-09", "2022-07-09"),
    ]


def test_namesakes_stand_beside_each_other(many_graph: Graph) -> None:
    rows = table(run(many_graph, "same-name"), "name", "type", "articles")

    assert [row for row in rows if row[1] == "Person"] == [
        ("林远山", "Person", "2"),
        ("林远山", "Person", "1"),
    ]


def test_a_timeline_tells_the_sources_and_may_be_of_one_thing(many_graph: Graph) -> None:
    whole = table(run(many_graph, "timeline"), "what", "date", "sources")
    own = table(run(many_graph, "timeline", {"who": "湖州市"}), "what", "date", "sources")

    assert ("林远山 走访 湖州市", "2021-05-01", "1") in own
    assert set(own) <= set(whole)
    assert run(many_graph, "timeline", {"who": "苏明德"}).rows == ()


def test_a_dossier_is_in_order_of_time(many_graph: Graph) -> None:
    rows = table(run(many_graph, "dossier", {"who": "青禾集团"}), "day", "what", "independent", "article")

    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert ("2021-03-01", "林远山 任职于 青禾集团有限公司（董事长）", "2", "talk") in rows
    assert any(what.startswith("青禾集团营业收入") for _, what, _, _ in rows)


# those of one article -------------------------------------------------------------------------------------------------


UNSAID = (
    *("doubtful", "party-organizations", "support", "documents", "main-events", "unfulfilled", "decided"),
    *("proposed", "refused"),  # by a model
)
PARAMETERS = {"who": "青禾集团", "fact": "林远山 任职于 青禾集团有限公司（董事长）"}


def values(name: str) -> dict[str, str]:
    found = {}
    for parameter in named_queries()[name].parameters:
        if not parameter.optional:
            found[parameter.name] = PARAMETERS.get(parameter.name) or PARAMETERS[parameter.kind]
    return found


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_every_query_runs_on_a_corpus(many_graph: Graph, name: str) -> None:
    rows = run(many_graph, name, values(name))

    assert rows.rows or name in UNSAID


@pytest.fixture(scope="module")
def dataset(many_graph: Graph) -> rdflib.Dataset:
    found = rdflib.Dataset()
    found.parse(data=many_graph.serialize("nq"), format="nquads")
    return found


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib's own
@pytest.mark.parametrize(
    "name",
    ["copies", "conflicts", "corroborated", "dossier", "identity", "same-name", "successions", "timeline"],
)
def test_it_gives_the_same_rows_in_another_engine(
    many_graph: Graph, dataset: rdflib.Dataset, name: str
) -> None:
    bound = {
        parameter.name: find_entities(many_graph, PARAMETERS["who"])[0]
        for parameter in named_queries()[name].parameters
        if not parameter.optional
    }
    text = named_queries()[name].text
    ours = many_graph.store.query(
        text, substitutions={ox.Variable(key): ox.NamedNode(value) for key, value in bound.items()}
    )
    assert isinstance(ours, ox.QuerySolutions)
    columns = [each.value for each in ours.variables]
    theirs = dataset.query(text, initBindings={key: rdflib.URIRef(value) for key, value in bound.items()})

    def cells(row: Any) -> tuple[str, ...]:
        ours = (ox.NamedNode, ox.Literal)
        return tuple(str(each.value if isinstance(each, ours) else each or "") for each in row)

    assert sorted(cells(row[column] for column in columns) for row in ours) == sorted(
        cells(row) for row in theirs if isinstance(row, ResultRow)
    )


# with sources, and article by article -----------------------------------------------------------------------------------


def test_only_rows_whose_facts_have_so_many_independent_sources_are_left(many_graph: Graph) -> None:
    every, two = run(many_graph, "people"), run(many_graph, "people", least_sources=2)

    assert len(every) > len(two) == 1
    assert table(two, "person", "post") == [("林远山", "董事长")]
    assert run(many_graph, "people", least_sources=3).rows == ()


def test_a_question_of_ones_own_may_ask_for_sources_too(many_graph: Graph) -> None:
    text = "SELECT ?fact WHERE { ?fact a rdf:Statement }"

    assert {row["fact"] for row in run(many_graph, text, least_sources=2)} == {
        row["fact"] for row in run(many_graph, "corroborated")
    }


@pytest.mark.parametrize("number", ["x", "1" * 5000, "-3"])
def test_a_number_of_sources_that_is_none_counts_as_one(number: str) -> None:
    fact, graph = ox.NamedNode("urn:f"), Graph()
    for predicate, value in (
        (f"{RDF}type", ox.NamedNode(f"{RDF}Statement")),
        (f"{KG}independentSources", ox.Literal(number)),
    ):
        graph.store.add(ox.Quad(fact, ox.NamedNode(predicate), value))

    asked = "SELECT ?fact WHERE { ?fact a rdf:Statement }"

    assert len(run(graph, asked, least_sources=1).rows) == 1
    assert run(graph, asked, least_sources=2).rows == ()


def test_what_is_said_without_facts_has_no_sources(many_graph: Graph) -> None:
    with pytest.raises(QueryError, match="its rows have no facts"):
        run(many_graph, "hubs", least_sources=2)


def test_each_article_answers_in_its_own_words(many_readings: list[Reading], many_graph: Graph) -> None:
    rows = table(run_per_article(many_graph, "people"), "in_article", "person", "organization")

    alone = {
        (reading.article.name, row["person"], row["organization"])
        for reading in many_readings
        for row in run(Graph.from_readings([reading]), "people")
    }
    assert set(rows) == alone
    assert [name for name, *_ in rows] == sorted(name for name, *_ in rows)


def test_articles_that_do_not_name_it_answer_nothing(many_graph: Graph) -> None:
    rows = run_per_article(many_graph, "neighbours", {"who": "苏明德"})

    assert {row["in_article"] for row in rows} == {"change"}
    with pytest.raises(QueryError, match="no entity has this name"):
        run_per_article(many_graph, "neighbours", {"who": "无此人"})


def test_a_question_of_ones_own_is_asked_of_each_article(many_graph: Graph) -> None:
    text = "SELECT ?name WHERE { ?who a kg:Person ; rdfs:label ?name } ORDER BY ?name"

    assert table(run_per_article(many_graph, text), "in_article", "name") == [
        ("change", "苏明德"),
        ("namesake", "林远山"),
        ("opening", "林远山"),
        ("talk", "林远山"),
    ]


def test_one_article_has_no_others(many_readings: list[Reading]) -> None:
    with pytest.raises(QueryError, match="no graph of many articles"):
        run_per_article(Graph.from_readings(many_readings[:1]), "people")


# explained ------------------------------------------------------------------------------------------------------------


def test_a_merged_fact_is_explained_with_all_its_sources(many_graph: Graph) -> None:
    told = explain(many_graph, "林远山")

    post = told[told.index("林远山 任职于 青禾集团有限公司（董事长）") :].splitlines()[:3]
    assert "sources 2, independent 2" in post[0]
    assert "opening" in post[1] + post[2]
    assert "talk" in post[1] + post[2]


def test_why_a_thing_is_one_is_explained(many_graph: Graph) -> None:
    told = explain(many_graph, "林远山").splitlines()

    (at,) = (number for number, line in enumerate(told) if "林远山 = 林远山 (林远山)" in line)
    assert "pattern same-key" in told[at]
    assert {line.strip() for line in told[at + 1 : at + 3]} == {
        "「林远山」 opening 16-19",
        "「林远山」 talk 12-15",
    }
