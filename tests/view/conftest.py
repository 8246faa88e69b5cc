"""The page in a browser: what its tests share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kg.graph.store import Graph
from kg.view.page import page_of

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
PATIENCE = 120_000
"""Milliseconds that a page may take on a busy machine, before a test fails."""

DESK = {"width": 1440, "height": 900}


@dataclass
class Opened:
    """A page in the browser, what it asked for and what went wrong in it."""

    page: Any
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def run(self, script: str, value: object = None) -> Any:
        return self.page.evaluate(script, value)

    def id_of(self, label: str) -> str:
        return str(self.run("name => kgPage.model.nodes.find((node) => node.label === name).id", label))

    def tie_between(self, subject: str, value: str) -> str:
        found = self.run(
            "([s, o]) => kgPage.model.ties.find((tie) => tie.s === s && tie.o === o).id",
            [self.id_of(subject), self.id_of(value)],
        )
        return str(found)

    def click_node(self, label: str) -> None:
        x, y = self.run("id => { const p = kgPage.engine.screen(id); return [p.x, p.y]; }", self.id_of(label))
        self.page.click("#canvas canvas >> nth=0", position={"x": x, "y": y}, force=True)

    def click_tie(self, subject: str, value: str) -> None:
        one, other = (
            self.run("id => { const p = kgPage.engine.screen(id); return [p.x, p.y]; }", self.id_of(each))
            for each in (subject, value)
        )
        at = {"x": (one[0] + other[0]) / 2, "y": (one[1] + other[1]) / 2}
        self.page.click("#canvas canvas >> nth=0", position=at, force=True)

    def lit(self, kind: str) -> set[str]:
        return set(self.run("kind => [...(kgPage.view().lit?.[kind] ?? [])]", kind))

    def lit_words(self, kind: str) -> str:
        return "".join(self.page.locator(f"#panel-article .{kind}").all_text_contents())

    def saved(self, kind: str) -> bytes:
        """What the menu of the page saves."""
        self.page.click("#save summary")
        with self.page.expect_download() as download:
            self.page.click(f"#save-{kind}")
        return Path(download.value.path()).read_bytes()

    def search(self, words: str) -> list[str]:
        self.page.fill("#search", words)
        return [str(name) for name in self.page.locator("#hits [data-n] .name").all_text_contents()]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser for the tests of one file: while it is open no other file's tests can run a loop of their own."""
    if not CHROMIUM:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium found: apt-get install chromium")
        pytest.skip("no Chromium found")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """A function that opens a page offline from a file; in the end no page may have asked for anything."""
    opened: list[Opened] = []

    def show(html: str, fragment: str = "", viewport: dict[str, int] = DESK, scheme: str = "light") -> Opened:
        path = tmp_path / f"page-{len(opened)}.html"
        path.write_bytes(html.encode("utf-8"))
        context = browser.new_context(
            viewport=viewport, offline=True, color_scheme=scheme, accept_downloads=True
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        this = Opened(page)
        page.on("request", lambda request: this.requests.append(request.url))
        page.on("pageerror", lambda error: this.errors.append(str(error)))
        page.on("console", lambda said: this.errors.extend([said.text] if said.type == "error" else []))
        page.on("dialog", lambda dialog: dialog.dismiss())
        page.on("dialog", lambda dialog: this.errors.append(dialog.message))
        page.goto(path.as_uri() + fragment)
        page.wait_for_selector("html[data-ready]", state="attached")
        opened.append(this)
        return this

    yield show
    for each in opened:
        asked = [url for url in each.requests if not url.startswith(("blob:", "data:", "about:"))]
        assert len(asked) == 1
        assert asked[0].startswith("file:")
        assert each.errors == []
        each.page.context.close()


@pytest.fixture(scope="module")
def gold_page(gold_graph: Graph, gold_reading: Any) -> str:
    return page_of(gold_graph, [gold_reading.article.text])


@pytest.fixture(scope="module")
def status_page(status_graph: Graph, status_reading: Any) -> str:
    return page_of(status_graph, [status_reading.article.text])


@pytest.fixture
def gold(show: Callable[..., Opened], gold_page: str) -> Opened:
    return show(gold_page)
