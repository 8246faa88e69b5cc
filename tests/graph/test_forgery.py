"""A graph is forged triple by triple; its proof sees each forgery."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pyoxigraph as ox
import pytest

from kg.base.model import Fact, Reading
from kg.graph.store import Graph, text_of
from kg.graph.verify import verify
from kg.graph.vocabulary import KG, PROV, RDF, SKOS
from tests.graph.forgery import Forger, Forgery

SEALED = {
    "f kg:confidence": "how sure the judge was, no word of the text says",
    "f prov:wasDerivedFrom": "a second quote, or another one that names the same ends",
    "n kg:figureOf": "whose a figure is may be carried from anywhere in the article",
    "n kg:confidence": "how often such choices were right, no word of the text says",
    "n time:hasTime": "whether a date near a figure is its own",
    "n kg:pattern": "which rule found whose a figure is",
    "n prov:wasDerivedFrom": "the clauses quoted around a figure may be more or fewer",
    "f kg:pattern": "a second pattern of the same relation that finds its words there too",
    "h kg:eventFigure": "which figures of the first sentences are told with the event",
    "h kg:eventAgent": "who takes part may be named in any of the first sentences, or by a word that stands for them",
    "h kg:eventPatient": "the same",
    "a schema:about": "which of those that the title names an article without an event is about, or that it is about nobody",
    "h schema:location": "which of the places that are named a second one is",
    "h kg:confidence": "how sure its facts are, or how often its kind was right, no word of the text says",
    "h kg:status": "whether a title tells what is done or what is planned",
    "h kg:toldBy": "which of several facts tell the event",
    "h prov:wasDerivedFrom": "another sentence of the article that names somebody of the event",
    "h time:hasTime": "whether a date near an event is its own",
    "a kg:digest": "the checksum itself",
    "a dcterms:identifier": "two files may have the same text",
}
"""What the text alone cannot tell: only the checksum of all that was read shows a change of it."""

SHARED = {
    "f kg:confidence": "the best of all articles that state it, which one article cannot know",
    "f kg:pattern": "the way in which the best of them found it",
    "f prov:wasDerivedFrom": "one quote of several, or another one that names the same places",
}
"""What neither shows, and only of a fact between two places with a code, which several articles may state."""

NAMED = "a dcterms:identifier"
"""What neither shows where a second one is added: the name of a file."""


@pytest.fixture(scope="module")
def by_name(read: tuple[Reading, ...]) -> dict[str, Reading]:
    return {reading.article.name: reading for reading in read}


def of_places(graph: Graph, forgery: Forgery) -> bool:
    """Say whether a forgery is of a fact whose two ends are places with a code."""
    fact = text_of(forgery.was.subject)
    ends = [end for name in ("subject", "object") for end in graph.values(fact, RDF + name)]
    return len(ends) == 2 and all(graph.values(end, KG + "placeCode") for end in ends)


@pytest.mark.no_cover
@pytest.mark.parametrize("name", ["yueyang", "biography", "quake", "shares"])
def test_every_forged_triple_is_seen(by_name: dict[str, Reading], name: str) -> None:
    reading = by_name[name]
    forger = Forger(Graph.from_readings([reading]), [reading.article.text])
    forgeries = list(forger.forgeries())

    unseen = [each for each in forgeries if not forger.sees(each)]

    assert len(forgeries) > 4 * len(forger.quads)  # taken away, changed, of another type or node, moved
    assert {each.kind for each in unseen} <= set(SEALED)
    told = [each for each in unseen if not each.kind.endswith("kg:confidence")]  # which no text tells anyhow
    assert len(told) < len(forgeries) / 50
    assert all(each.stays for each in unseen if each.kind == NAMED)
    hidden = [each for each in unseen if each.kind != NAMED and not forger.breaks_seal(each)]
    assert [
        str(each) for each in hidden if each.kind not in SHARED or not of_places(forger.graph, each)
    ] == []


# Forged by who knows how kg writes: with names and checksum made anew, so that the texts alone can tell ----------------


def with_fact(reading: Reading, **changes: object) -> Reading:
    """Return a reading whose surest post says something else."""
    posts = [fact for fact in reading.facts if fact.role and fact.status == "asserted"]
    post = max(posts, key=lambda fact: fact.confidence)
    forged: Fact = replace(post, **changes)  # type: ignore[arg-type]
    return replace(reading, facts=tuple(forged if fact is post else fact for fact in reading.facts))


def with_figure(reading: Reading, **changes: object) -> Reading:
    forged = replace(reading.figures[0], **changes)  # type: ignore[arg-type]
    return replace(reading, figures=(forged, *reading.figures[1:]))


def with_name(reading: Reading, name: str) -> Reading:
    first = reading.entities[0]
    forged = replace(first, name=name, names=(name,), merges=())
    return replace(reading, entities=(forged, *reading.entities[1:]))


FORGED: dict[str, Callable[[Reading], Reading]] = {
    "a value": lambda reading: with_figure(reading, value=Decimal(123456)),
    "a unit": lambda reading: with_figure(reading, unit="吨"),
    "a modifier": lambda reading: with_figure(reading, modifier="under", maximum=reading.figures[0].value),
    "what is counted": lambda reading: with_figure(reading, of="鲸鱼"),
    "a date": lambda reading: replace(
        reading, moments=(replace(reading.moments[0], edtf="1987-01-02"), *reading.moments[1:])
    ),
    "a title": lambda reading: with_fact(reading, role="宇航员"),
    "a pattern": lambda reading: with_fact(reading, pattern="visited"),
    "a pattern that is none": lambda reading: with_fact(reading, pattern="by-hand"),
    "a name": lambda reading: with_name(reading, "子虚乌有公司"),
    "the title of the article": lambda reading: replace(
        reading, article=replace(reading.article, title="别的标题")
    ),
    "the day of the article": lambda reading: replace(
        reading,
        article=replace(reading.article, published=reading.article.published.replace(year=1999)),  # type: ignore[union-attr]
    ),
}


@pytest.mark.parametrize("what", FORGED)
def test_a_forgery_with_everything_made_anew_is_seen_in_the_text(
    by_name: dict[str, Reading], what: str
) -> None:
    reading = by_name["yueyang"]

    report = verify(Graph.from_readings([FORGED[what](reading)]), [reading.article.text])

    assert not report.ok
    assert not any("checksum" in str(problem) for problem in report.problems)
    assert all("\n" not in str(problem) and "kg build" in str(problem) for problem in report.problems)


def test_a_fact_without_evidence_is_seen_though_it_is_no_statement_any_more(
    by_name: dict[str, Reading],
) -> None:
    reading = by_name["yueyang"]
    graph = Graph.from_readings([reading])
    fact = min(
        text_of(quad.subject)
        for quad in graph.quads(None, ox.NamedNode(PROV + "wasDerivedFrom"))
        if "/f" in text_of(quad.subject)
    )
    for predicate in (RDF + "type", PROV + "wasDerivedFrom"):
        for quad in list(graph.quads(ox.NamedNode(fact), ox.NamedNode(predicate))):
            graph.store.remove(quad)

    problems = verify(graph, [reading.article.text]).problems

    assert any(problem.node == fact and "no evidence in a text" in problem.what for problem in problems)


def test_what_kg_never_wrote_is_seen(by_name: dict[str, Reading]) -> None:
    reading = by_name["biography"]
    graph = Graph.from_readings([reading])
    graph.store.add(
        ox.Quad(ox.BlankNode("a"), ox.NamedNode(KG + "visited"), ox.NamedNode("https://example.org/b"))
    )

    (problem,) = verify(graph, [reading.article.text]).problems

    assert "no node that kg makes" in str(problem)


def test_a_word_of_the_text_is_no_name_of_a_place_with_a_code(by_name: dict[str, Reading]) -> None:
    reading = by_name["yueyang"]
    graph = Graph.from_readings([reading])
    place = min(text_of(quad.subject) for quad in graph.quads(None, ox.NamedNode(KG + "placeCode")))
    words = reading.article.text[:4]
    graph.store.add(
        ox.Quad(ox.NamedNode(place), ox.NamedNode(SKOS + "altLabel"), ox.Literal(words, language="zh"))
    )

    problems = verify(graph, [reading.article.text]).problems

    assert any(problem.node == place and "nothing says why" in problem.what for problem in problems)
