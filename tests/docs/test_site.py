"""The site that Sphinx builds: whole, without a warning, and nothing of it comes from elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import pytest

import kg
from kg.base.schema import schema
from kg.graph.query import named_queries
from tests.view.conftest import CHROMIUM, FLAGS

DOCS: Final = Path(__file__).parents[2] / "docs"
BUILT: Final = os.environ.get("KG_SITE", "")
"""The site where `.ci/run` has built it; without one it is built here."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.more,
    pytest.mark.skipif(not BUILT and find_spec("myst_parser") is None, reason="needs the extra docs"),
]

_LOADING: Final = {
    "img": "src",
    "script": "src",
    "iframe": "src",
    "source": "src",
    "link": "href",
    "object": "data",
}
_IN_CSS: Final = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s]+)""")
_LEFT_OUT: Final = {
    "search",
    "prev",
    "next",
    "index",
    "author",
    "canonical",
    "license",
}  # links, loaded by nobody


class Loads(HTMLParser):
    """What a page loads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "link" and set((given.get("rel") or "").split()) <= _LEFT_OUT:
            return
        if address := given.get(_LOADING.get(tag, "")):
            self.found.append(address)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if BUILT:
        return Path(BUILT)
    folder = tmp_path_factory.mktemp("site")
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-W",
        "-b",
        "html",
        "-d",
        folder / "doctrees",
        DOCS,
        folder / "html",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "html"


def pages(site: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(site.rglob("*.html")):
        yield path, path.read_text(encoding="utf-8")


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    for path, text in pages(site):
        loads = Loads()
        loads.feed(text)
        assert loads.found, path
        assert [each for each in loads.found if re.match(r"(\w+:)?//", each)] == [], path
    for path in site.rglob("*.css"):
        found = _IN_CSS.findall(path.read_text(encoding="utf-8"))
        assert [each for each in found if re.match(r"(https?:)?//", each)] == [], path


def test_every_page_of_the_sources_is_in_it_and_in_a_list_of_contents(site: Path) -> None:
    names = {path.relative_to(DOCS).with_suffix("") for path in DOCS.rglob("*.md")}

    assert {path.relative_to(site).with_suffix("") for path in site.rglob("*.html")} >= names
    front = (site / "index.html").read_text(encoding="utf-8")
    assert [
        name for name in names if f'href="{name}.html"' not in front and str(name) not in ("index", "SKILL")
    ] == []


def test_what_is_made_from_code_and_schema_stands_in_the_reference(site: Path) -> None:
    terms, queries, python = (
        (site / "reference" / f"{name}.html").read_text(encoding="utf-8")
        for name in ("terms", "queries", "python")
    )

    assert [name for name in (*schema().predicates, *schema().types) if f">{name}<" not in terms] == []
    assert [name for name in named_queries() if f'id="{name}"' not in queries] == []
    assert [name for name in kg.__all__ if f'id="kg.{name}"' not in python] == []
    assert "made:" not in terms


def test_a_chinese_page_says_so_and_its_frame_speaks_chinese(site: Path) -> None:
    chinese, english = ((site / f"tutorial{end}.html").read_text(encoding="utf-8") for end in (".zh", ""))

    assert '<html class="no-js" lang="zh-CN"' in chinese
    assert "本页内容" in chinese
    assert [
        each
        for each in re.findall(r"<p>.*?</p>", chinese, re.DOTALL)
        if re.search("[、，。；]\n[\u4e00-\u9fff]", each)
    ] == []
    assert "人物    职务" in chinese  # what a command prints stays as it is
    assert '<html class="no-js" lang="en"' in english
    assert "On this page" in english


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM and os.environ.get("CI") != "true", reason="no Chromium")
@pytest.mark.parametrize(
    ("words", "found"),
    [("撤回", "tutorial.zh"), ("逐字证明", "tutorial.zh"), ("namesakes", "reference/commands")],
)
def test_the_search_finds_chinese_and_english_words_with_no_network(
    site: Path, words: str, found: str
) -> None:
    sync_api: Any = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(offline=True)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{(site / 'search.html').as_uri()}?q={words}")
        page.wait_for_selector("ul.search li a")
        listed = page.locator("ul.search li a").evaluate_all(
            "links => links.map(link => link.getAttribute('href'))"
        )
        browser.close()

    assert any(each.startswith(f"{found}.html") for each in listed)
    assert all(each.startswith(("file:", "data:")) for each in asked)
