"""On which page or in which paragraph of its document a quote stands."""

from __future__ import annotations

from math import ceil, floor

import pyoxigraph as ox
import pytest

import kg
from kg.base import language
from kg.graph.proof.leaf import prove_documents
from kg.graph.query import run
from kg.graph.readable import readable
from kg.graph.store import Graph, text_of
from kg.graph.validate import validate
from kg.graph.verify import verify
from kg.graph.vocabulary import DCTERMS, OA, RDF
from kg.text.formats.extract import PAGES
from kg.view.dossier import dossiers
from kg.view.dossier_text import written
from kg.view.explain import explain
from kg.view.page import render
from kg.view.picture import picture_of
from tests.graph.paged import BOXED, IN_PARAGRAPHS, PAGED, PLAIN, SECOND, TEXT, graph_of

VALUE, EXACT = ox.NamedNode(RDF + "value"), ox.NamedNode(OA + "exact")


@pytest.fixture(scope="module")
def paged() -> Graph:
    return graph_of("paged")


@pytest.fixture(scope="module")
def in_paragraphs() -> Graph:
    return graph_of("in_paragraphs")


def test_each_quote_has_the_page_on_which_it_begins(paged: Graph) -> None:
    quotes = {text_of(quad.subject): text_of(quad.object) for quad in paged.quads(None, EXACT)}
    pages = {
        quotes[paged.values(text_of(quad.subject), OA + "refinedBy")[0]]: text_of(quad.object)
        for quad in paged.quads(None, VALUE)
    }

    assert len(pages) == len(quotes) > 3
    assert {page for quote, page in pages.items() if "王芳" in quote} == {"page=2"}
    assert {page for quote, page in pages.items() if "李明" in quote} == {"page=1"}
    leaf = next(text_of(quad.subject) for quad in paged.quads(None, VALUE))
    assert paged.values(leaf, RDF + "type") == [OA + "FragmentSelector"]
    assert paged.values(leaf, DCTERMS + "conformsTo") == [PAGES]
    assert paged.sources(leaf, OA + "hasSelector")


@pytest.fixture(scope="module")
def boxed() -> Graph:
    return graph_of("boxed")


@pytest.mark.parametrize("unit", ["paged", "boxed", "in_paragraphs"])
def test_a_graph_with_pages_or_paragraphs_is_proven_and_valid(
    unit: str, request: pytest.FixtureRequest
) -> None:
    graph: Graph = request.getfixturevalue(unit)

    assert verify(graph, [TEXT]).problems == ()
    assert validate(graph) == ()
    assert verify(Graph.parse(graph.to_turtle()), [TEXT]).ok


def changed(graph: Graph, value: str | None) -> Graph:
    forged = Graph.parse(graph.to_turtle())
    quad = min(forged.quads(None, VALUE), key=str)
    forged.store.remove(quad)
    if value:
        forged.store.add(ox.Quad(quad.subject, VALUE, ox.Literal(value)))
    return forged


@pytest.mark.parametrize("value", ["page=7", "page=0", "viewrect=1,2,3,4", "paragraph=1", None])
def test_a_page_that_was_changed_is_found(paged: Graph, value: str | None) -> None:
    assert not verify(changed(paged, value), [TEXT]).ok


def test_a_paragraph_that_was_changed_is_found_in_the_text(in_paragraphs: Graph) -> None:
    problems = verify(changed(in_paragraphs, "paragraph=9"), [TEXT]).problems

    assert any("its text has the quote in line" in str(problem) for problem in problems)


def box_of_words(start: int, end: int) -> str:
    first, top = (0, 90) if start < SECOND else (SECOND, 60)
    width = (SECOND, len(TEXT) - SECOND)[first > 0]
    left, right = (72 + 300 * (at - first) / width for at in (start, end))
    return f"viewrect={floor(left)},{top},{ceil(right) - floor(left)},10"


def test_each_quote_has_the_box_of_its_words_on_the_page(boxed: Graph) -> None:
    found = run(boxed, "figures").cells() + run(boxed, "relations").cells()

    assert len(found) > 1
    for columns in (run(boxed, "figures"), run(boxed, "relations")):
        for row in columns:
            page, _, box = row["found_at"].partition("&")
            start, end = int(row["start"]), int(row["end"])
            assert page == f"page={1 if start < SECOND else 2}"
            assert box == box_of_words(start, end)


def test_a_box_that_reaches_out_of_that_of_a_longer_quote_is_found(boxed: Graph) -> None:
    forged = Graph.parse(boxed.to_turtle())
    for quad in list(forged.quads(None, VALUE)):
        (quote,) = forged.values(text_of(quad.subject), OA + "refinedBy")
        if forged.values(quote, OA + "exact") == ["王芳"]:
            forged.store.remove(quad)
            forged.store.add(ox.Quad(quad.subject, VALUE, ox.Literal("page=2&viewrect=9,60,30,10")))

    problems = [str(problem) for problem in verify(forged, [TEXT]).problems]

    assert any("reaches out of the box of a longer quote" in problem for problem in problems)


@pytest.mark.parametrize(
    "value", ["page=2&viewrect=1,2,3", "page=2&viewrect=1,2,0,4", "page=2&zoom=3", "page=02"]
)
def test_a_box_that_is_none_breaks_a_rule_and_is_not_proven(boxed: Graph, value: str) -> None:
    forged = changed(boxed, value)

    assert any("is no page and no paragraph" in str(problem) for problem in verify(forged, [TEXT]).problems)
    assert [each.path for each in validate(forged)] == ["value"]


def test_the_document_itself_proves_pages_and_boxes(boxed: Graph, paged: Graph) -> None:
    moved = Graph.parse(boxed.to_turtle().replace(b"viewrect=", b"viewrect=1"))

    assert prove_documents(boxed, [BOXED]) == prove_documents(boxed, [PLAIN]) == []
    assert prove_documents(paged, [BOXED]) == []  # of an earlier build: the pages alone
    assert prove_documents(boxed, [IN_PARAGRAPHS]) == []  # another document with the same text
    assert len(prove_documents(moved, [BOXED])) == len(list(boxed.quads(None, VALUE)))
    assert "in its document" in str(prove_documents(changed(paged, "page=7"), [PAGED])[0])


def test_a_page_that_is_none_breaks_a_rule(paged: Graph) -> None:
    assert [each.path for each in validate(changed(paged, "page=first"))] == ["value"]


@pytest.mark.parametrize(
    ("unit", "chosen", "words"),
    [
        ("paged", "en", ", page 2"),
        ("paged", "zh", ", 第 2 页"),
        ("boxed", "en", ", page 2 (25 mm from the left, 21 mm from the top)"),
        ("boxed", "zh", ", 第 2 页（距左 25 毫米、距上 21 毫米）"),
        ("in_paragraphs", "en", ", paragraph 3"),
        ("in_paragraphs", "zh", ", 第 3 段"),
    ],
)
def test_it_is_told_where_the_quotes_are(
    unit: str, chosen: language.Language, words: str, request: pytest.FixtureRequest
) -> None:
    language.choose(chosen)

    assert words in explain(request.getfixturevalue(unit), "王芳")


def test_a_dossier_tells_the_page(paged: Graph) -> None:
    language.choose("en")

    assert " page 2" in written(dossiers(paged, "王芳"), "text")


def test_a_plain_text_has_none() -> None:
    assert not list(kg.build_text(TEXT).graph.quads(None, VALUE))


@pytest.mark.parametrize("query", ["relations", "figures", "evidence"])
def test_tables_tell_it_in_their_last_column(paged: Graph, query: str) -> None:
    (fact, *_) = paged.sources(RDF + "Statement", RDF + "type")
    rows = run(paged, query, {"fact": fact} if query == "evidence" else None)

    assert rows.columns[-1] == "found_at"
    told = {row["quote"]: row["found_at"] for row in rows}
    assert told == {
        quote: "page=2" if TEXT.index(quote) >= TEXT.index("明德大学校长") else "page=1" for quote in told
    }
    assert readable(rows, paged, "zh").cells()[-1][-1] in ("第 1 页", "第 2 页")
    assert readable(rows, paged, "en").cells()[-1][-1] in ("page 1", "page 2")


def test_a_table_of_articles_without_pages_has_no_column_of_them_for_people() -> None:
    rows = run(graph_of("plain"), "figures")

    assert rows.columns[-1] == "found_at"
    assert "found_at" not in readable(rows, graph_of("plain"), "zh").columns


@pytest.mark.parametrize("kind", ["paged", "boxed"])
def test_the_page_has_where_quotes_begin_on_another_page(kind: str) -> None:
    paged = graph_of(kind)
    (whole,) = picture_of(paged, [TEXT]).articles
    (parts,) = picture_of(paged).articles  # the quotes alone

    for source in (whole, parts):
        turns = {leaf: source.text[at:] for at, leaf in source.leaves}
        assert list(turns) == ["page=1", "page=2"]
        assert turns["page=2"].startswith("明德大学校长王芳")
    assert '"leaves":[[0,"page=1"],' in render(picture_of(paged, [TEXT])).replace(", ", ",")
    assert '"leaves":' not in render(picture_of(graph_of("plain"), [TEXT]))
