"""Deciding in a real browser, with the server that takes it: the page of the graph, and the forms of the server's pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.decide.model import Decision
from kg.decide.read import read_decisions
from kg.decide.standing import standing
from tests.serve.browsed import InBrowser, browsing
from tests.serve.edited import Server, build, until

pytestmark = pytest.mark.browser

SAID = "document.querySelector('#decisions-state').textContent"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server(build(tmp_path))
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.stop()


@pytest.fixture
def in_browser(server: Server) -> Iterator[InBrowser]:
    """A function that lets another one work on a page of the graph that has the token."""

    def begin(page: Any) -> None:
        page.goto(server.way)
        page.keyboard.press("Enter")  # without a name
        page.wait_for_selector("html[data-ready]", state="attached")
        assert "token" not in page.url

    yield from browsing(server.url, begin, expected="409")


def choose(page: Any, label: str) -> str:
    """Choose an entity of the page of the graph, and return what the review calls it."""
    key = page.evaluate("label => `n:${kgPage.model.nodes.find((node) => node.label === label).id}`", label)
    page.evaluate("chosen => kgPage.store.set({ chosen, review: 'on' })", key)
    return str(key)


def press(page: Any, name: str) -> None:
    page.locator(f"[id='{name}']").focus()
    page.keyboard.press("Enter")


def verdicts(server: Server) -> list[str]:
    return [each.verdict for each in standing(read_decisions(server.folder / "decisions.toml"))]


def test_what_is_decided_on_the_page_is_sent_applied_and_undone(
    server: Server, in_browser: InBrowser
) -> None:
    def act(page: Any) -> tuple[int, int, int]:
        before = page.evaluate("kgPage.model.nodes.length")
        key = choose(page, "王芳")
        press(page, f"review-no-entity-{key}")
        until((server.folder / "decisions.toml").exists)
        assert verdicts(server) == ["no-entity"]
        page.evaluate("kgPage.store.set({ tab: 'decisions' })")
        page.wait_for_selector("#decisions-reload", timeout=90_000)
        page.wait_for_selector(".standing-applied", timeout=90_000)
        assert page.evaluate(SAID).startswith("已生效")
        with page.expect_navigation():
            press(page, "decisions-reload")
        page.wait_for_selector("html[data-ready]", state="attached")
        after = page.evaluate("kgPage.model.nodes.length")
        # what was decided before the page was opened can be undone on it
        page.evaluate("kgPage.store.set({ review: 'on', tab: 'decisions' })")
        page.locator(".rulings button[id^=withdraw-]").focus()
        page.keyboard.press("Enter")
        until(lambda: verdicts(server) == [])
        page.wait_for_selector("#decisions-reload", timeout=90_000)
        page.reload()
        page.wait_for_selector("html[data-ready]", state="attached")
        return before, after, page.evaluate("kgPage.model.nodes.length")

    before, after, at_last = in_browser(act)
    assert after < before == at_last


def test_a_contradiction_is_told_and_taken_off_the_list(server: Server, in_browser: InBrowser) -> None:
    def act(page: Any) -> tuple[str, int]:
        key = choose(page, "李明")
        a = page.evaluate("key => kgPage.review.anchors.entity(kgPage.model.node.get(key.slice(2)), 0)", key)
        other = {"id": "other1", "verdict": "name", "a": a, "label": "李明亮", "by": "wang"}
        answer = page.evaluate(
            "body => fetch('/api/decisions', { method: 'POST', headers: { 'content-type': 'application/json' },"
            " body: JSON.stringify(body) }).then((got) => got.status)",
            other,
        )
        assert answer == 200
        press(page, f"review-name-{key}")
        page.fill("#review-label", "李小明")
        page.keyboard.press("Enter")
        until(lambda: page.text_content("#live").startswith("没有接受"))
        until(lambda: len(page.evaluate("kgPage.review.sink.kept")) == 1)
        return page.text_content("#live"), len(page.evaluate("kgPage.review.sink.kept"))

    said, kept = in_browser(act)
    assert "other1" in said
    assert kept == 1
    assert verdicts(server) == ["name"]


def test_forms_of_the_pages_by_keyboard_alone_without_an_accessibility_fault(
    server: Server, in_browser: InBrowser
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    tags = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}

    def act(page: Any) -> list[str]:
        name = page.evaluate("kgPage.model.nodes.find((node) => node.label === '王芳').id")
        page.goto(f"/page/{name}")
        found = axe.run(page, options=tags).response["violations"]
        page.locator("form.decide button[value=no-entity]").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/decisions")
        until(lambda: verdicts(server) == ["no-entity"])
        page.wait_for_selector(".deciding:has-text('生效')")
        found += axe.run(page, options=tags).response["violations"]
        page.locator("form.decide button").first.focus()
        page.keyboard.press("Enter")
        until(lambda: verdicts(server) == [])
        return [each["id"] for each in found]

    assert in_browser(act) == []


def test_who_decides_is_asked_once_and_stands_at_each_decision(server: Server, in_browser: InBrowser) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    tags = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}

    def act(page: Any) -> tuple[list[str], str]:
        page.goto("/edit/name")
        found = axe.run(page, options=tags).response["violations"]
        page.fill("#editor-name", "林 <b>")
        page.keyboard.press("Enter")
        page.wait_for_selector("html[data-ready]", state="attached")
        page.goto(server.way)
        page.wait_for_url("**/graph")
        page.wait_for_selector("html[data-ready]", state="attached")
        key = choose(page, "王芳")
        press(page, f"review-no-entity-{key}")
        until(lambda: verdicts(server) == ["no-entity"])
        page.goto("/decisions")
        return [each["id"] for each in found], page.inner_text(".deciding")

    assert in_browser(act)[0] == []
    assert [each.by for each in read_decisions(server.folder / "decisions.toml")] == ["林 <b>"]


def test_a_decision_that_nobody_answers_to_is_sent_again(server: Server, in_browser: InBrowser) -> None:
    def act(page: Any) -> None:
        key = choose(page, "王芳")
        page.route("**/api/decisions", lambda route: route.abort())
        press(page, f"review-no-entity-{key}")
        page.evaluate("kgPage.store.set({ tab: 'decisions' })")
        page.wait_for_selector(".standing-offline")
        page.unroute("**/api/decisions")
        page.wait_for_selector(".standing-applied", timeout=90_000)

    with pytest.raises(AssertionError, match="ERR_FAILED"):  # the browser reports what was cut off
        in_browser(act)
    assert verdicts(server) == ["no-entity"]


def test_another_answer_that_nobody_answers_to_still_takes_the_place_of_the_first(
    server: Server, in_browser: InBrowser
) -> None:
    def act(page: Any) -> None:
        key = choose(page, "李明")
        rename(page, key, "李明亮")
        until(lambda: verdicts(server) == ["name"])
        page.wait_for_selector("body")
        page.route("**/api/decisions", lambda route: route.abort())
        rename(page, key, "李小明")
        page.evaluate("kgPage.store.set({ tab: 'decisions' })")
        page.wait_for_selector(".standing-offline")
        page.reload()
        page.evaluate(
            "kgPage.review.sink.by = 'lin'"
        )  # the two are of nobody: only what is sent with it withdraws
        page.unroute("**/api/decisions")
        until(lambda: [each.label for each in standing_of(server)] == ["李小明"])

    with pytest.raises(AssertionError, match="ERR_FAILED"):
        in_browser(act)
    assert verdicts(server) == ["name"]


def rename(page: Any, key: str, label: str) -> None:
    page.evaluate("chosen => kgPage.store.set({ chosen, review: 'on' })", key)
    press(page, f"review-name-{key}")
    page.fill("#review-label", label)
    page.keyboard.press("Enter")


def standing_of(server: Server) -> list[Decision]:
    return list(standing(read_decisions(server.folder / "decisions.toml")))


def test_what_is_undone_while_it_is_on_its_way_is_taken_back(server: Server, in_browser: InBrowser) -> None:
    path = server.folder / "decisions.toml"

    def act(page: Any) -> list[str]:
        held: list[Any] = []

        def hold_first(route: Any) -> None:
            if route.request.method == "POST" and not held:
                held.append(route)
            else:
                route.continue_()

        page.route("**/api/decisions", hold_first)
        key = choose(page, "王芳")
        press(page, f"review-no-entity-{key}")
        until(lambda: page.evaluate("kgPage.review.sink.kept.length") == 1 and bool(held))
        press(page, f"review-no-entity-{key}")
        assert page.evaluate("kgPage.review.sink.kept") == []
        held[0].continue_()
        until(lambda: page.evaluate("kgPage.review.sink.kept.length") == 0 and len(_written(path)) == 2)
        return _written(path)

    assert in_browser(act) == ["no-entity", "withdraw"]
    assert verdicts(server) == []


def _written(path: Path) -> list[str]:
    return [each.verdict for each in read_decisions(path)] if path.exists() else []
