"""What kg makes is proven by its texts; what is not is named in one line."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.api import build_articles, read_sources
from kg.base.errors import GraphError, QueryError
from kg.base.home import articles_in
from kg.base.model import Reading
from kg.graph.store import Graph, node_of, text_of
from kg.graph.validate import validate
from kg.graph.verify import verify
from kg.graph.vocabulary import KG, OA, SCHEMA, XSD
from kg.text.source import article_from_bytes, article_of
from kg.view.explain import explain
from kg.view.picture import picture_of


@pytest.fixture(scope="module")
def notice(read: tuple[Reading, ...]) -> Reading:
    return next(reading for reading in read if reading.article.name == "biography")


@pytest.fixture(scope="module")
def proven(notice: Reading) -> Graph:
    return Graph.from_readings([notice])


def changed(graph: Graph, predicate: str, new: ox.Literal) -> Graph:
    """Return a graph in which the first value of a property is another."""
    copy = Graph.parse(graph.to_turtle())
    quad = min(copy.quads(None, ox.NamedNode(predicate)), key=str)
    copy.store.remove(quad)
    copy.store.add(ox.Quad(quad.subject, quad.predicate, new))
    return copy


def number(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=ox.NamedNode(XSD + "integer"))


def test_every_graph_that_kg_makes_is_proven(read: tuple[Reading, ...]) -> None:
    faults = [
        (reading.article.name, str(problem))
        for reading in read
        for problem in verify(Graph.from_readings([reading]), [reading.article.text]).problems
    ]

    assert faults == []


def test_several_articles_in_one_graph_are_proven_together(read: tuple[Reading, ...]) -> None:
    report = verify(Graph.from_readings(read), [reading.article.text for reading in read])

    assert report.ok, report.problems[:3]
    assert report.articles == len(read)
    assert str(report).startswith(f"articles {len(read)}, quotes {report.quotes}, facts {report.facts}, ")
    assert str(report).endswith(f"figures {report.figures}: every one proven")


def test_a_graph_that_goes_through_every_format_is_proven(proven: Graph, notice: Reading) -> None:
    for form in ("turtle", "nt", "nq", "trig", "jsonld", "rdfxml"):
        report = verify(Graph.parse(proven.serialize(form), form), [notice.article.text])

        assert report.ok, (form, report.problems[:3])


def test_a_quote_that_was_changed_is_found(proven: Graph, notice: Reading) -> None:
    report = verify(changed(proven, OA + "exact", ox.Literal("别的话")), [notice.article.text])

    quoted = [problem for problem in report.problems if problem.predicate == OA + "exact"]
    assert len(quoted) == 1
    assert "says '别的话', and its text gives" in str(quoted[0])
    assert f"{len(report.problems)} not proven" in str(report)


@pytest.mark.parametrize("predicate", [OA + "prefix", OA + "suffix", KG + "surface"])
def test_words_that_were_changed_are_found(proven: Graph, notice: Reading, predicate: str) -> None:
    report = verify(changed(proven, predicate, ox.Literal("别的话")), [notice.article.text])

    assert predicate in {problem.predicate for problem in report.problems}


@pytest.mark.parametrize("end", [-1, 0, 10**9])
def test_a_position_outside_the_text_is_found(proven: Graph, notice: Reading, end: int) -> None:
    report = verify(changed(proven, OA + "end", number(end)), [notice.article.text])

    assert any("no quote with a position" in str(problem) for problem in report.problems)


@pytest.mark.parametrize(
    ("predicate", "value", "datatype"),
    [
        (KG + "confidence", "NaN", "decimal"),
        (KG + "confidence", "high", "decimal"),
        (KG + "surfaceStart", "1" * 5000, "integer"),
        (OA + "start", "1" * 5000, "integer"),
        (SCHEMA + "value", "1e900000000", "decimal"),
        (SCHEMA + "value", "-Infinity", "decimal"),
    ],
)
def test_numbers_that_are_none_or_that_nobody_writes_are_found(
    proven: Graph, notice: Reading, predicate: str, value: str, datatype: str
) -> None:
    forged = changed(proven, predicate, ox.Literal(value, datatype=ox.NamedNode(XSD + datatype)))

    problems = verify(forged, [notice.article.text]).problems

    assert problems
    assert all(len(str(problem)) < 2000 for problem in problems)


def test_a_confidence_that_is_no_number_is_one_line_of_validate(proven: Graph) -> None:
    forged = changed(proven, KG + "confidence", ox.Literal("NaN", datatype=ox.NamedNode(XSD + "decimal")))

    with pytest.raises(GraphError, match="cannot be validated"):
        validate(forged)


@pytest.mark.parametrize("value", [ox.BlankNode("z"), ox.Literal("a"), ox.NamedNode("x:y")])
def test_what_stands_where_a_node_should_is_found_or_left_out(
    proven: Graph, notice: Reading, value: ox.NamedNode | ox.BlankNode | ox.Literal
) -> None:
    """Nothing asks the graph about a text as if it were a node."""
    for predicate in sorted({quad.predicate.value for quad in proven.quads()}):
        graph = Graph.parse(proven.to_turtle())
        quad = min(graph.quads(None, ox.NamedNode(predicate)), key=str)
        graph.store.remove(quad)
        graph.store.add(ox.Quad(quad.subject, quad.predicate, value))

        assert not verify(graph, [notice.article.text]).ok, predicate
        picture_of(graph)
        with suppress(QueryError):  # a name that is gone
            explain(graph, "洪砚秋")


def test_evidence_without_its_type_and_quote_is_found(proven: Graph, notice: Reading) -> None:
    graph = Graph.parse(proven.to_turtle())
    quote = min(graph.quads(None, ox.NamedNode(OA + "exact")), key=str).subject
    for quad in list(graph.quads(node_of(text_of(quote)))):
        graph.store.remove(quad)
    evidence = graph.sources(text_of(quote), OA + "hasSelector")[0]

    problems = verify(graph, [notice.article.text]).problems

    assert {text_of(quote), evidence} <= {problem.node for problem in problems}


def test_a_text_that_was_changed_is_not_the_article(proven: Graph, notice: Reading) -> None:
    text = notice.article.text
    for texts in ([], [text + " "], [text.replace("书记", "主任")]):
        (problem,) = verify(proven, texts).problems

        assert "no text has the checksum" in str(problem)
        assert "kg verify TEXT" in str(problem)


def test_an_empty_graph_proves_nothing() -> None:
    report = verify(Graph(), [])

    assert not report.ok
    assert [str(problem) for problem in report.problems] == [
        "the graph holds no article; build one: kg build"
    ]
    assert str(report) == "articles 0, quotes 0, facts 0, figures 0: 1 not proven"


TABLE = "甲乙两校2021年投入情况\n发布时间：2022-03-05\n\n学校\t投入（万元）\n青山大学\t1,200\n北湾学院\t350\n\n青山大学位于云溪区。\n"
PAGE = (
    "<html><head><title>青山大学2021年新闻</title><meta name='author' content='李明'></head><body><article><h1>青山大学校长王大海访问北湾学院</h1>"
    "<p>2022年3月5日，青山大学校长王大海访问北湾学院，双方签署合作协议，投资1.2亿元建设实验室。</p>"
    "<p>王大海说，青山大学计划明年成立青山研究院，否认收购北湾科技有限公司。</p></article></body></html>"
)


def test_tables_and_pages_are_proven() -> None:
    articles = [article_of(TABLE, "table"), article_from_bytes(PAGE.encode(), "page", "html")]
    reports = [verify(one.graph, one.texts.values()) for one in (build_articles([each]) for each in articles)]

    assert sum(report.figures for report in reports) >= 3
    assert [str(problem) for report in reports for problem in report.problems] == []


def test_an_event_of_a_company_called_like_what_did_not_happen_is_proven() -> None:
    text = "未名医药有限公司收购海川公司\n未名医药有限公司5月3日宣布，以3亿元收购海川公司60%股权。"
    found = build_articles([article_of(text, "unnamed")])

    assert found.query("main-events")
    assert [str(problem) for problem in verify(found.graph, found.texts.values()).problems] == []


@pytest.mark.parametrize(
    "text",
    [
        '海川公司与明德大学签"""约\n2024年4月4日，海川公司董事长李明与明德大学签署协议，总投资3亿元。\n',
        "海川公司与明德大学签约\n2024年\r4月4日，海川公司]]>董事长李明与明德大学签署协议，总投资3亿元。\n",
        "海川公司与明德大学签约111\n20\u200b24年4月4日，海川公司javascript:alert(1)董事长李明与明德大学签署协议。\n",
        "海川公司与明德大学签约\n202\ufeff4年4\u200b月\U0010ffff4日，海川公司董事长李明与明德大学签署协议。\n",
    ],
)
def test_what_is_read_through_marks_is_proven(text: str) -> None:
    found = build_articles([article_of(text, "hostile")])

    assert [str(problem) for problem in verify(found.graph, found.texts.values()).problems] == []


def test_the_folder_of_a_masked_build_is_known_as_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "青山大学校长王大海访问北湾学院\n电话：13912345678。青山大学位于云溪区。\n", encoding="utf-8"
    )
    articles = [
        replace(article, masked=(("id", 1), ("phone", 1))) for article in read_sources([tmp_path / "a.txt"])
    ]

    found = articles_in(build_articles(articles).to_turtle().encode())

    assert [name for name, _ in found] == ["a"]
