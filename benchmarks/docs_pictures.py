"""The pictures of the documentation, made anew: ``python benchmarks/docs_pictures.py``; needs a Chromium and Chinese fonts.

They show what the tutorial makes of `docs/articles`. Renew them when the page or the server look otherwise; each has to stay below
150 kB, which a test holds.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

from bench_page import FLAGS
from playwright.sync_api import Browser, Page, sync_playwright

import kg
from kg.serve.background import serving
from kg.serve.bulk_load import find_sources, load_store
from kg.serve.limits import Limits

DOCS: Final = Path(__file__).parent.parent / "docs"
SIZE: Final = (1120, 700)
WIDE: Final = (1360, 680)
NAMES: Final = {"en": "", "zh": ".zh"}
CHOOSE: Final = """words => {
  const fact = kgPage.model.ties.find((each) => each.quotes.some((quote) => quote[1] === words[0] && quote[2] === words[1]));
  kgPage.store.set({ chosen: `f:${fact.id}`, tab: 'article' });
}"""
"""Chooses the fact whose quote has these two places."""

TOLD: Final = "明德大学校长周文远与王芳举行会谈"


def main() -> int:
    """Write the pictures and say how large they are."""
    (DOCS / "pictures").mkdir(exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        one, many = Path(folder) / "one", Path(folder) / "many"
        article = DOCS / "articles" / "2024-12-02-gift.txt"
        kg.build(article).save(one)
        kg.build(*sorted((DOCS / "articles").glob("*.txt"))).save(many)
        start = article.read_text(encoding="utf-8").index(TOLD)
        for language, end in NAMES.items():
            take_page(browser, many / "graph.html", language, f"page{end}", [])
            take_page(browser, one / "graph.html", language, f"fact{end}", [start, start + len(TOLD)])
        load_store(find_sources([many]), Path(folder) / "store")
        with serving(Path(folder) / "store", Limits(workers=2)) as server:
            for language, end in NAMES.items():
                take_served(browser, server.url, language, f"serve{end}")
        browser.close()
    return 0


def take_page(browser: Browser, page: Path, language: str, name: str, quote: list[int]) -> None:
    """Write a picture of the page of a graph, with the fact of a quote chosen."""
    opened = new_page(browser, language, WIDE if quote else SIZE)
    opened.goto(f"{page.as_uri()}#lang={language}")
    opened.wait_for_selector("html[data-ready]", state="attached", timeout=60_000)
    if quote:
        opened.evaluate(CHOOSE, quote)
    write(opened, name)


def take_served(browser: Browser, address: str, language: str, name: str) -> None:
    """Write a picture of the front page of the server."""
    opened = new_page(browser, language)
    opened.goto(f"{address}/language/{language}")
    write(opened, name)


def new_page(browser: Browser, language: str, size: tuple[int, int] = SIZE) -> Page:
    """Return a page of somebody who reads a language."""
    width, height = size
    return browser.new_page(
        viewport={"width": width, "height": height}, locale="zh-CN" if language == "zh" else "en-GB"
    )


def write(opened: Page, name: str) -> None:
    """Write what is seen, and say how large it is."""
    opened.wait_for_timeout(800)
    target = DOCS / "pictures" / f"{name}.png"
    opened.screenshot(path=target)
    opened.close()
    print(target.name, target.stat().st_size)


if __name__ == "__main__":
    sys.exit(main())
