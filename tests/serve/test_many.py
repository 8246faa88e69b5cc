"""A served corpus: the pages of things that several articles name."""

from __future__ import annotations

import html
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from kg.base.model import Reading
from kg.corpus.graph import corpus_graph
from kg.graph.query import run
from kg.graph.store import Graph
from kg.serve.answers.network import network
from kg.serve.answers.opened import Opened
from kg.serve.answers.overview import search
from kg.serve.background import Running, serving
from kg.serve.bulk_load import current_version, find_sources, load_store
from kg.serve.limits import Limits
from kg.serve.search import Narrowed
from tests.corpus.conftest import TEXTS
from tests.corpus.many import identity_of, read


@pytest.fixture(scope="module")
def graph() -> Graph:
    readings: list[Reading] = read(TEXTS)
    return corpus_graph(readings, identity_of(readings, apart=["namesake"]))


@pytest.fixture(scope="module")
def running(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("many")
    graph.write(folder / "many.nq", "nq")
    load_store(find_sources([folder / "many.nq"]), folder / "store")
    with serving(folder / "store", Limits(workers=1)) as server:
        yield server


@pytest.fixture(scope="module")
def client(running: Running) -> Iterator[Any]:
    with httpx.Client(base_url=running.url, timeout=30, headers={"cookie": "language=en"}) as one:
        yield one


def page(client: Any, graph: Graph, name: str) -> str:
    iri = max(graph.named(name), key=lambda each: each.startswith(f"{graph.base}k"))
    return html.unescape(client.get(f"/page/{iri.removeprefix(graph.base)}").text)


def test_a_store_holds_the_merged_view_and_the_articles_beside_it(client: Any, graph: Graph) -> None:
    ask = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}

    assert client.get("/sparql", params=ask, headers={"accept": "text/csv"}).text.split()[1] == str(
        len(graph)
    )


def test_the_page_of_a_thing_tells_why_it_is_one_and_where_each_name_is_used(
    client: Any, graph: Graph
) -> None:
    text = page(client, graph, "林远山")

    assert "Why these are one, the weakest reason first" in text
    assert "same-key · sure · confidence 0.99" in text
    assert "Names, and how many articles use each" in text
    assert "articles 2 · opening、talk" in text


def test_its_facts_stand_in_order_of_time_with_their_sources(client: Any, graph: Graph) -> None:
    text = page(client, graph, "林远山")

    post = text.index("sources 2 · independent 2")
    assert post < text.index("date 2021-05-01 · sources 1 · independent 1")


def test_its_timeline_is_a_picture_whose_marks_are_links_and_that_can_be_saved(
    client: Any, graph: Graph
) -> None:
    shown = page(client, graph, "林远山")

    (svg,) = re.findall(r"<svg[^>]* class=\"when\".*?</svg>", shown)
    links = re.findall(r'<a href="([^"]+)" aria-label="([^"]+)"', svg)
    assert [text.split(" · ")[0] for _, text in links] == ["stated 2021-03-01", "2021-05-01"]
    assert all(client.get(href).is_success for href, _ in links)
    (file,) = re.findall(r'href="(/timeline/[^"]+\.svg)"', shown)
    saved = client.get(file)
    assert saved.headers["content-type"].startswith("image/svg+xml")
    assert "attachment" in saved.headers["content-disposition"]
    assert saved.text.startswith("<svg xmlns=")
    assert "href" not in saved.text
    assert client.get("/timeline/nothing.svg").status_code == 404


def test_namesakes_are_told_apart(client: Any, graph: Graph) -> None:
    text = page(client, graph, "林远山")

    assert "Others of this name, and why they are apart" in text
    assert "林远山 任职于 云溪大学（教授） · nothing ties them" in text


def test_contradictions_are_on_the_page(client: Any, graph: Graph) -> None:
    text = page(client, graph, "青禾集团")

    assert "Where articles contradict each other" in text
    assert "12亿元 / 青禾集团营业收入 13.5亿元" in text


def test_the_page_speaks_chinese(client: Any, graph: Graph) -> None:
    (group,) = graph.named("青禾集团")
    text = client.get(f"/page/{group.removeprefix(graph.base)}", headers={"cookie": "language=zh"}).text

    assert "为何是同一个（最弱的理由在前）" in text
    assert "来源 2 · 独立 2" in text


def test_a_search_finds_each_thing_once_with_its_articles_and_tells_namesakes_apart(client: Any) -> None:
    text = html.unescape(client.get("/search", params={"q": "林远山"}).text)

    found = re.findall(r"(\d+) articles?( · [^<]+)?</span>", text)
    assert sorted(found) == [
        ("1", " · 林远山 任职于 云溪大学（教授）"),
        ("2", " · 林远山 任职于 青禾集团有限公司（董事长）"),
    ]
    group = html.unescape(client.get("/search", params={"q": "青禾集团"}).text)
    assert "3 articles</span>" in group
    assert "1 articles" not in text


def test_a_page_of_a_conflict_opens(client: Any, graph: Graph) -> None:
    (conflict,) = graph.sources(
        "https://example.org/kg/ontology#Conflict", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    )

    assert client.get(f"/page/{conflict.removeprefix(graph.base)}").status_code == 200


def test_the_front_page_tells_what_articles_say_together(client: Any) -> None:
    text = html.unescape(client.get("/").text)

    assert '林远山 任职于 青禾集团有限公司（董事长）</a><span class="muted"> 2 sources' in text
    assert "青禾集团有限公司 董事长：林远山 → 苏明德" in text
    assert "Where articles contradict each other" in text


@contextmanager
def opened(store: Path) -> Iterator[Opened]:
    """A store as a worker has it, who keeps it until its process ends."""
    one = Opened(current_version(store), Limits())
    yield one
    one.index.close()
    one._used.close()


def test_a_large_corpus_shows_what_has_most_sources(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.serve.answers.network.WHOLE", 10)
    monkeypatch.setattr("kg.serve.answers.network.FEW", 1)
    graph.write(tmp_path / "many.nq", "nq")
    load_store(find_sources([tmp_path / "many.nq"]), tmp_path / "store")
    with opened(tmp_path / "store") as store:
        whole, around = network(store), network(store, graph.named("湖州市")[0])

    best = [row["fact"] for row in run(graph, "corroborated")]
    assert whole.status == around.status == 200
    shown = whole.body if isinstance(whole.body, bytes) else whole.body.encode()
    assert any(fact.removeprefix(graph.base).encode() in shown for fact in best)


def test_a_large_graph_without_sources_is_too_large_for_one_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.serve.answers.network.WHOLE", 10)
    Graph.from_readings(read(TEXTS)[:1]).write(tmp_path / "one.ttl")
    load_store(find_sources([tmp_path / "one.ttl"]), tmp_path / "store")

    with opened(tmp_path / "store") as store:
        reply = network(store)

    assert reply.status == 403
    assert b"too large for one picture" in reply.body


def found(client: Any, **given: object) -> Any:
    reply = client.get("/api/search", params=given)
    assert reply.status_code == 200
    return reply.json()


def test_a_search_says_by_what_it_can_be_narrowed(client: Any) -> None:
    every = found(client, q="青禾集团")
    facets = every["facets"]

    assert len(facets["articles"]) > 1
    assert sum(each["count"] for each in facets["articles"]) == len(every["quotes"])
    assert [step["least"] for step in facets["sources"]] == [2]
    several = found(client, q="青禾集团", sources=2)
    assert len(several["quotes"]) == facets["sources"][0]["count"] < len(every["quotes"])
    assert found(client, q="青禾集团", sources=3)["quotes"] == []


def test_a_search_in_one_article_finds_what_that_says_and_names(client: Any) -> None:
    every = found(client, q="林远山")
    article = next(each for each in every["facets"]["articles"] if "云溪" in each["title"])

    one = found(client, q="林远山", article=article["iri"])

    assert {each["article"]["iri"] for each in one["quotes"]} == {article["iri"]}
    assert len(one["quotes"]) == article["count"]
    assert (len(every["entities"]), len(one["entities"])) == (2, 1)
    assert one == found(client, q="林远山", article=article["iri"].rpartition("/")[2])


def test_a_search_for_what_is_contradicted(client: Any) -> None:
    assert [each["label"] for each in found(client, q="青禾集团", conflicts=1)["entities"]] == [
        "青禾集团有限公司"
    ]
    assert found(client, q="云溪大学", conflicts=1)["entities"] == []


def test_facets_stand_on_the_page_and_go_with_the_words(client: Any) -> None:
    text = html.unescape(client.get("/search", params={"q": "青禾集团", "sources": "2"}).text)

    assert "Independent sources" in text
    assert re.search(r'sources=2"[^>]*aria-current="true"', text)
    assert "All that was found" in text
    assert client.get("/search", params={"q": "青禾集团", "sources": "many"}).status_code == 200
    assert client.get("/api/search", params={"q": "青禾集团", "sources": "many"}).status_code == 400


def test_a_store_of_an_older_kg_is_searched_without_facets(graph: Graph, tmp_path: Path) -> None:
    graph.write(tmp_path / "many.nq", "nq")
    load_store(find_sources([tmp_path / "many.nq"]), tmp_path / "store")
    with closing(sqlite3.connect(current_version(tmp_path / "store") / "search.sqlite")) as database:
        database.executescript(
            "CREATE TABLE old AS SELECT quote, fact, label FROM says; DROP TABLE says; ALTER TABLE old RENAME TO says;"
        )

    with opened(tmp_path / "store") as store:
        reply = search(store, "青禾集团", 20, 0, Narrowed(sources=2))

    assert reply.body["facets"] == {"articles": [], "sources": [], "conflicts": 0}
    assert reply.body["entities"]
    assert reply.body["quotes"]
