"""Completion in the editor of the query page, in a real browser: by keyboard alone, told to who does not see it, in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from kg.graph.store import Graph
from kg.serve.background import Running, serving
from kg.serve.bulk_load import find_sources, load_store
from kg.serve.limits import Limits
from tests.serve.browsed import InBrowser, browsing

pytestmark = pytest.mark.browser

TEXT = "document.querySelector('.CodeMirror').CodeMirror.getValue()"


@pytest.fixture(scope="module")
def running(gold_graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("written")
    gold_graph.write(folder / "graph.ttl")
    load_store(find_sources([folder / "graph.ttl"]), folder / "store")
    with serving(folder / "store", Limits(workers=2)) as server:
        yield server


@pytest.fixture(scope="module")
def in_browser(running: Running) -> Iterator[InBrowser]:
    yield from browsing(running.url)


def begin(page: Any, text: str = "", language: str = "zh") -> None:
    page.goto(f"/language/{language}")
    page.goto("/query")
    page.wait_for_selector(".CodeMirror")
    page.evaluate(
        "text => { const e = document.querySelector('.CodeMirror').CodeMirror; e.setValue(text); e.focus();"
        " e.setCursor(e.lastLine(), e.getLine(e.lastLine()).length); }",
        text,
    )


def offered(page: Any) -> list[str]:
    page.wait_for_selector(".CodeMirror-hints li")
    return list(page.locator(".CodeMirror-hints li").all_inner_texts())


def test_a_query_is_written_by_keyboard_from_what_is_offered_and_runs(in_browser: InBrowser) -> None:
    def act(page: Any) -> tuple[list[str], str, str]:
        begin(page)
        page.keyboard.type("SELECT * { ?fact rdf:predicate kg:hol")
        first = offered(page)
        page.keyboard.press("Enter")
        page.keyboard.type(" ; rdf:subject ")
        page.keyboard.insert_text("周渭")  # as an input method puts it
        page.keyboard.press("Alt+/")
        page.locator(".CodeMirror-hints li", has_text="周渭超").first.wait_for()
        page.keyboard.press("Enter")
        page.keyboard.type(" ; rdfs:label ?what }")
        page.wait_for_selector(".CodeMirror-hints", state="detached")
        text = page.evaluate(TEXT)
        page.keyboard.press("Control+Enter")
        page.wait_for_selector(".kg-names td")
        return first, text, page.inner_text(".kg-names")

    first, text, table = in_browser(act)

    assert [each.split() for each in first] == [["kg:holdsPosition", "任职于", first[0].split()[-1]]]
    assert text.startswith(
        "PREFIX id: <https://example.org/kg/>\nPREFIX kg: <https://example.org/kg/ontology#>"
    )
    assert "?fact rdf:predicate kg:holdsPosition ; rdf:subject id:e" in text
    assert "周渭超" in table


def test_only_what_has_results_is_offered(in_browser: InBrowser) -> None:
    def act(page: Any) -> tuple[list[str], str]:
        begin(page, "SELECT * { ?x a kg:Person ; ")
        page.keyboard.press("Control+Space")
        terms = offered(page)
        begin(page, "SELECT * { ?x a kg:Person ; oa:exact ?quote ; ")
        page.keyboard.press("Control+Space")
        return terms, " ".join(offered(page))

    terms, nothing = in_browser(act)

    assert any("kg:holdsPosition" in each for each in terms)
    assert not any("oa:exact" in each for each in terms)
    assert "kg:" not in nothing


def test_the_named_queries_are_offered_as_examples_in_an_empty_editor(in_browser: InBrowser) -> None:
    def act(page: Any) -> tuple[list[str], str]:
        begin(page)
        page.keyboard.insert_text("人物与")
        page.wait_for_selector(".CodeMirror-hints li")
        page.keyboard.press("Enter")
        chosen = page.evaluate(TEXT)
        begin(page, "", "en")
        page.keyboard.press("Alt+/")
        return offered(page), chosen

    english, chosen = in_browser(act)

    assert any("people People and their posts" in each for each in english)
    assert "# title zh: 人物与职务" in chosen
    assert "SELECT ?person" in chosen


def test_an_answer_that_comes_late_changes_nothing(in_browser: InBrowser) -> None:
    def act(page: Any) -> tuple[int, str]:
        page.route("**/query/complete", lambda _route: None)  # waits
        begin(page)
        page.keyboard.type("SELECT * { ?x kg:hol")
        page.wait_for_timeout(300)
        page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('ASK {}')")
        page.unroute("**/query/complete")  # what waits goes on
        page.wait_for_timeout(300)
        return page.locator(".CodeMirror-hints").count(), page.evaluate(TEXT)

    assert in_browser(act) == (0, "ASK {}")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_is_told_to_who_does_not_see_it_and_can_be_left(
    in_browser: InBrowser, language: str
) -> None:
    def act(page: Any) -> dict[str, Any]:
        begin(page, "SELECT * { ?x ", language)
        page.keyboard.press("Alt+/")
        offered(page)
        page.keyboard.press("ArrowDown")
        told = {
            "status": page.inner_text("#completed"),
            "role": page.get_attribute("#completed", "role"),
            "label": page.get_attribute(".CodeMirror textarea", "aria-label"),
            "help": page.inner_text(f"#{page.get_attribute('.CodeMirror textarea', 'aria-describedby')}"),
            "list": page.get_attribute(".CodeMirror-hints", "aria-label"),
            "active": page.inner_text(
                "#" + page.get_attribute(".CodeMirror textarea", "aria-activedescendant")
            ),
            "chosen": page.inner_text(".CodeMirror-hints [aria-selected=true]"),
        }
        page.keyboard.press("Escape")
        told["closed"] = page.locator(".CodeMirror-hints").count()
        page.keyboard.press("Escape")
        page.keyboard.press("Tab")
        told["left"] = page.evaluate(
            "!document.activeElement.closest('.CodeMirror-code, .CodeMirror textarea')"
        )
        return told

    told = in_browser(act)

    words = {"zh": ("项补全", "查询编辑器", "Alt+/"), "en": ("completions", "Query editor", "Alt+/")}[
        language
    ]
    assert words[0] in told["status"]
    assert told["role"] == "status"
    assert told["label"]
    assert words[2] in told["help"]
    assert words[0] in told["list"]
    assert told["active"] == told["chosen"]
    assert told["closed"] == 0
    assert told["left"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_editor_and_its_list_are_accessible(in_browser: InBrowser, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()

    def act(page: Any) -> list[Any]:
        page.emulate_media(color_scheme=scheme)
        begin(page, 'SELECT * { ?x rdfs:label "a"@zh ; 周 ')
        page.evaluate(
            "document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT * { ?x rdfs:label ?l ; ')"
        )
        page.keyboard.press("Control+End")
        page.keyboard.press("Alt+/")
        offered(page)
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
        options = {"runOnly": {"type": "tag", "values": tags}}
        found = axe.run(page, options=options).response
        return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found["violations"]]

    wrong = in_browser(act)
    assert wrong == [], json.dumps(wrong, ensure_ascii=False, indent=1)
