"""The server's pages in a real browser: nothing from elsewhere, no error, accessible, and they do what they should."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.graph.store import Graph
from kg.serve.background import Running, serving
from kg.serve.bulk_load import find_sources, load_store
from kg.serve.limits import Limits
from tests.serve.browsed import InBrowser, browsing

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def running(
    gold_graph: Graph, gold_reading: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("browsed")
    gold_graph.write(folder / "graph.ttl")
    (folder / "articles").mkdir()
    (folder / "articles" / "yueyang.txt").write_bytes(gold_reading.article.text.encode())
    load_store(find_sources([folder]), folder / "store")
    with serving(folder / "store", Limits(workers=2)) as server:
        yield server


@pytest.fixture(scope="module")
def in_browser(running: Running) -> Iterator[InBrowser]:
    yield from browsing(running.url)


def test_query_page_runs_a_named_query_and_shows_it_as_table_chart_and_network(in_browser: InBrowser) -> None:
    def act(page: Any) -> tuple[str, int, str]:
        page.goto("/query")
        page.click("details:has(form[data-query=hubs]) summary")
        page.click("form[data-query=hubs] button")
        page.wait_for_selector(".yasr table td")
        table = page.inner_text(".yasr_results")
        page.click(".select_chart")
        bars = page.locator(".kg-chart rect").count()
        page.click(".select_network")
        frame = page.frame_locator("iframe.kg-network")
        frame.locator("html[data-ready]").wait_for(state="attached")
        return table, bars, frame.locator("body").inner_text()

    table, bars, network = in_browser(act)

    assert "周渭超" in table
    assert bars > 5
    assert "岳阳高新区" in network


def test_query_page_shows_names_titles_and_words_of_the_reader_and_iris_on_demand(
    in_browser: InBrowser,
) -> None:
    def act(page: Any) -> dict[str, str]:
        shown = {}
        for language in ("zh", "en"):
            page.goto(f"/language/{language}")
            page.goto("/query")
            page.click("details:has(form[data-query=relations]) summary")
            page.click("form[data-query=relations] button")
            page.wait_for_selector(".kg-names td")
            shown[language] = page.inner_text(".kg-names")
        page.click(".select_table")
        page.wait_for_selector(".yasr .dataTable td")
        shown["iris"] = page.inner_text(".yasr_results")
        page.click(".select_names")
        page.click(".kg-names a:text-is('周渭超') >> nth=0")
        page.wait_for_selector("h1")
        shown["page"] = page.inner_text("h1")
        return shown

    shown = in_browser(act)

    assert {"主语", "宾语", "状态"} <= set(shown["zh"].split())
    assert {"任职于", "周渭超", "铂盛热力公司", "陈述"} <= set(shown["zh"].split())
    assert {"subject", "asserted", "周渭超"} <= set(shown["en"].split())
    assert "holds a position at" in shown["en"]
    assert "://" not in shown["zh"] + shown["en"]
    assert "id:" not in shown["zh"] + shown["en"]
    assert "kg:holdsPosition" in shown["iris"] or "id:" in shown["iris"]
    assert shown["page"] == "周渭超"


def test_query_page_offers_the_values_that_a_parameter_may_have(in_browser: InBrowser) -> None:
    def act(page: Any) -> list[str]:
        page.goto("/query")
        return list(page.locator("#people-when option").all_text_contents())

    assert in_browser(act) == ["", "原任", "全部"]


HOSTILE_TERMS = """
SELECT ?plain ?iri ?link ?long ?typed ?tagged WHERE {
  BIND("<img src=x onerror=ran=1><style>*{display:none}</style>&lt;b&gt;" AS ?plain)
  BIND(<http://a.example/'style='position:fixed;background:red'title='x> AS ?iri)
  BIND(<javascript:ran=2> AS ?link) BIND(<http://a.example/&lt;b&gt;&amp;> AS ?long)
  BIND("=1+1"^^<http://a.example/'class='y> AS ?typed) BIND("<i>x</i>"@zh-Hant AS ?tagged)
}"""


def test_cells_of_the_table_are_texts_also_where_no_policy_stops_markup(in_browser: InBrowser) -> None:
    def act(page: Any) -> dict[str, Any]:
        def without_policy(route: Any) -> None:
            answer = route.fetch()
            kept = {name: value for name, value in answer.headers.items() if "policy" not in name}
            route.fulfill(response=answer, headers=kept)

        page.route("**/*", without_policy)
        page.goto("/query")
        page.evaluate(
            "text => document.querySelector('.CodeMirror').CodeMirror.setValue(text)", HOSTILE_TERMS
        )
        page.click(".yasqe_queryButton")
        page.wait_for_selector(".kg-names td")
        named = page.evaluate(
            "[...document.querySelectorAll('.kg-names td *')].flatMap(e => [e.localName, ...e.getAttributeNames()])"
        )
        page.click(".select_table")
        page.wait_for_selector(".yasr .dataTable td")
        with page.expect_download() as kept:
            page.click(".yasr_downloadIcon")
        return {
            "named": named,
            "cells": page.locator(".yasr tbody td").all_inner_texts(),
            "tags": page.evaluate("[...document.querySelectorAll('.yasr tbody td *')].map(e => e.localName)"),
            "names": page.evaluate(
                "[...document.querySelectorAll('.yasr tbody td *')].flatMap(e => e.getAttributeNames())"
            ),
            "links": page.evaluate("[...document.querySelectorAll('.yasr tbody a')].map(e => e.protocol)"),
            "ran": page.evaluate("window.ran ?? null"),
            "csv": Path(kept.value.path()).read_text(encoding="utf-8-sig"),
        }

    found = in_browser(act)

    assert "<img src=x onerror=ran=1><style>*{display:none}</style>&lt;b&gt;" in found["cells"]
    assert "<http://a.example/&lt;b&gt;&amp;>" in found["cells"]
    assert not set(found["named"]) & {"img", "style", "script", "i", "b", "u", "id"}
    assert set(found["tags"]) <= {"div", "span", "sup", "a"}
    assert set(found["names"]) <= {"class", "href"}
    assert set(found["links"]) <= {"http:", "https:"}
    assert found["ran"] is None
    assert "'=1+1" in found["csv"]


def test_query_page_fills_in_a_name_being_typed(in_browser: InBrowser) -> None:
    def act(page: Any) -> str:
        page.goto("/query")
        page.click("details:has(form[data-query=entity]) summary")
        with page.expect_response("**/api/suggest**"):
            page.fill("form[data-query=entity] input", "周渭超")
        page.wait_for_function("document.querySelector('#entity-who-list').children.length > 0")
        page.click("form[data-query=entity] button")
        page.wait_for_selector(".yasr table td")
        return str(page.inner_text(".yasr_results"))

    assert "铂盛热力公司" in in_browser(act)


def test_editor_completes_terms_of_the_ontology_without_asking_elsewhere(in_browser: InBrowser) -> None:
    def act(page: Any) -> list[str]:
        page.goto("/query")
        page.evaluate(
            "document.querySelector('.CodeMirror').CodeMirror.setValue('PREFIX kg: <https://example.org/kg/ontology#>\\nSELECT * { ?s kg:holds')"
        )
        page.evaluate(
            "const e = document.querySelector('.CodeMirror').CodeMirror; e.focus(); e.setCursor(1, 99)"
        )
        page.keyboard.press("Control+Space")
        page.wait_for_selector(".CodeMirror-hints li")
        return list(page.locator(".CodeMirror-hints li").all_inner_texts())

    assert any("holdsPosition" in each for each in in_browser(act))


def test_suggestions_open_an_entity_by_keyboard(in_browser: InBrowser) -> None:
    def act(page: Any) -> str:
        page.goto("/")
        page.fill("#q", "周渭")
        page.wait_for_selector("#hits li")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/page/*")
        return str(page.inner_text("h1"))

    assert in_browser(act) == "周渭超"


def test_pages_work_without_scripts(in_browser: InBrowser, running: Running) -> None:
    def act(page: Any) -> str:
        context = page.context.browser.new_context(base_url=running.url, java_script_enabled=False)
        plain = context.new_page()
        plain.goto("/")
        plain.fill("#q", "贫困生")
        plain.click("#find button")
        plain.wait_for_url("**/search**")
        return str(plain.inner_text("main"))

    assert "贫困生" in in_browser(act)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search?q=党委",
        "entity",
        "article",
        "/query",
        "/tables/facts?role=委",
        "/tables/figures?sort=-value",
        "/api",
        "/nothing",
    ],
)
@pytest.mark.parametrize("look", ["light", "dark phone"])
def test_pages_are_accessible(in_browser: InBrowser, path: str, look: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    links = {"entity": ".chip", "article": "a[href^='/article/']"}

    def act(page: Any) -> list[Any]:
        page.emulate_media(color_scheme=look.split(" ", maxsplit=1)[0])
        if "phone" in look:
            page.set_viewport_size({"width": 390, "height": 844})
        if path == "/nothing":
            page.route("**/nothing", lambda route: route.fulfill(response=route.fetch(), status=200))
        page.goto("/" if path in links else path)
        if path in links:
            page.locator(links[path]).first.click()
            page.wait_for_load_state()
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
        options = {"runOnly": {"type": "tag", "values": tags}}
        found = axe.run(page, options=options).response
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0
        return [
            (each["id"], each["nodes"][0]["target"], each["nodes"][0].get("failureSummary"))
            for each in found["violations"]
        ]

    wrong = in_browser(act)
    assert wrong == [], json.dumps(wrong, ensure_ascii=False, indent=1)


def test_a_table_is_filtered_and_sorted_by_keyboard_and_its_address_keeps_it(in_browser: InBrowser) -> None:
    def act(page: Any) -> tuple[list[str], list[str]]:
        page.goto("/tables/facts")
        page.locator(".table-tools summary").focus()
        page.keyboard.press("Enter")
        page.fill("#f-subject", "周渭超")
        page.locator("#f-is-predicate").select_option("holdsPosition")
        page.locator("#f-subject").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**is-predicate=holdsPosition**")
        page.locator("th a", has_text="可信度").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**sort=confidence**")
        rows = page.locator(".listing tbody tr").all_inner_texts()
        page.goto(page.url)
        return rows, page.locator(".listing tbody tr").all_inner_texts()

    rows, again = in_browser(act)
    assert rows == again
    assert len(rows) > 1
    assert all("周渭超" in row and "任职于" in row for row in rows)


def test_policy_lets_no_foreign_script_run(in_browser: InBrowser, tmp_path: Path) -> None:  # noqa: ARG001
    def act(page: Any) -> Any:
        page.goto("/")
        page.evaluate(
            "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.head.append(s)"
        )
        return page.evaluate("window.ran")

    with pytest.raises(AssertionError, match="Content Security Policy"):
        in_browser(act)


def test_a_page_of_another_origin_cannot_read_the_server(in_browser: InBrowser, running: Running) -> None:
    """``localhost`` and ``127.0.0.1`` are two origins to a browser, and both are names of this server."""
    elsewhere = running.url.replace("127.0.0.1", "localhost")

    def act(page: Any) -> tuple[Any, Any]:
        page.goto("/")
        script = "url => fetch(url).then(answer => answer.text(), problem => String(problem))"
        return page.evaluate(script, running.url + "/health"), _quietly(page, script, elsewhere + "/health")

    own, foreign = in_browser(act)

    assert "ok" in own.lower()
    assert "TypeError" in foreign


def _quietly(page: Any, script: str, url: str) -> Any:
    """Run a script in a page whose refusals are expected: the browser writes them to its console."""
    page = page.context.browser.new_context().new_page()
    page.goto(url)  # a page of the other name
    home = url.replace("localhost", "127.0.0.1")
    return page.evaluate(script, home)


def test_a_question_is_answered_above_the_editor_which_has_its_query(in_browser: InBrowser) -> None:
    def act(page: Any) -> tuple[str, str, str]:
        page.goto("/query")
        page.fill("#question", "周渭超担任什么职务？")
        page.press("#question", "Enter")
        page.wait_for_selector("#answer .said")
        page.wait_for_selector(".kg-names td")
        quote = page.locator("#answer li").first
        href = quote.locator("a").get_attribute("href")
        return page.inner_text("#answer .said"), quote.inner_text(), href

    sentence, quote, href = in_browser(act)

    assert "铂盛热力公司董事长" in sentence
    assert "铂盛热力公司董事长周渭超" in quote
    assert href.startswith("/id/")


def test_a_question_that_is_not_understood_offers_others_to_click(in_browser: InBrowser) -> None:
    def act(page: Any) -> str:
        page.goto("/query")
        page.fill("#question", "周渭超为什么高兴？")
        page.press("#question", "Enter")
        page.locator("#answer button").first.click()
        said = page.locator("#answer .said", has_text="周渭超")
        said.wait_for()  # sentences stood below the question before
        return str(said.inner_text())

    assert "周渭超" in in_browser(act)
