"""Pages of a server in a real browser, for tests: none may ask elsewhere or report an error."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PATIENCE = 120_000
"""Milliseconds that a page may take on a busy machine, before a test fails."""

InBrowser = Callable[[Callable[[Any], Any]], Any]


def browsing(
    url: str, begin: Callable[[Any], object] = lambda _: None, expected: str = ""
) -> Iterator[InBrowser]:
    """Yield a function that lets another one work on a fresh page.

    It works in a thread of its own: another module's browser may be open in this one.

    Args:
        url: of the server.
        begin: what the page does first.
        expected: what an error that the page may report holds; "" for none.
    """
    if not CHROMIUM:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium found: apt-get install chromium")
        pytest.skip("no Chromium found")
    playwright = pytest.importorskip("playwright.sync_api")

    def work(act: Callable[[Any], Any]) -> Any:
        problems: list[str] = []
        with playwright.sync_playwright() as started:
            browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = browser.new_context(base_url=url, viewport={"width": 1300, "height": 1000}).new_page()
            page.set_default_timeout(PATIENCE)
            page.on("pageerror", lambda error: problems.append(str(error)))
            page.on("console", lambda said: problems.extend([said.text] if said.type == "error" else []))
            page.on("request", lambda asked: problems.extend([] if _is_own(asked.url, url) else [asked.url]))
            try:
                begin(page)
                found = act(page)
            finally:
                browser.close()
        faults = [each for each in problems if not expected or expected not in each]
        assert faults == [], faults
        return found

    with ThreadPoolExecutor(1) as thread:
        yield lambda act: thread.submit(work, act).result()


def _is_own(url: str, home: str) -> bool:
    return url.startswith((home, "data:", "blob:", "about:"))
