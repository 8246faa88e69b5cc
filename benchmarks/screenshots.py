"""Pictures of the page, to be looked at: light, dark, English, phone, tables, 300 and 20 000 nodes.

    python benchmarks/screenshots.py [-o FOLDER] [NAME ...]

The source article is read anew; the larger networks are invented. Needs a Chromium and Chinese fonts.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench_page import FLAGS
from crowd import crowd
from playwright.sync_api import Browser, sync_playwright

from kg.base.resources import data_path
from kg.graph.store import Graph
from kg.pipeline import Pipeline
from kg.text.source import read_article
from kg.view.page import page_of, render

DESK, WIDE, PHONE = (1440, 900), (1920, 1080), (390, 844)


@dataclass(frozen=True)
class Shot:
    """One picture: which page, in what state, on what screen."""

    page: str = "article"
    fragment: str = ""
    choose: str = ""  # label of a node
    size: tuple[int, int] = DESK
    scheme: str = "light"
    scale: float = 1


SHOTS = {
    "light": Shot(),
    "dark": Shot(scheme="dark"),
    "english": Shot(fragment="#lang=en&tab=facts"),
    "wide": Shot(size=WIDE),
    "person": Shot(choose="周渭超"),
    "dark-company": Shot(choose="东方雨虹", scheme="dark"),
    "figures": Shot(fragment="#tab=figures"),
    "facts": Shot(fragment="#tab=facts&facts.sort=sure"),
    "no-row": Shot(fragment="#tab=facts&facts.is-status=denied"),
    "dark-entities": Shot(fragment="#tab=entities&entities.sort=-mentions", scheme="dark"),
    "phone": Shot(size=PHONE, scale=2),
    "phone-facts": Shot(fragment="#tab=facts", size=(PHONE[0], 1800)),
    "phone-person": Shot(size=PHONE, scale=2, choose="周渭超"),
    "nodes-300": Shot("300"),
    "nodes-2000": Shot("2000"),
    "nodes-20000": Shot("20000"),
    "nodes-20000-dark": Shot("20000", scheme="dark"),
}


def main() -> int:
    """Write the pictures and say where."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("names", nargs="*", choices=[[], *SHOTS], metavar="NAME")
    options.add_argument("-o", "--output", type=Path, default=Path("out/screenshots"))
    chosen = options.parse_args()
    chosen.output.mkdir(parents=True, exist_ok=True)
    names = chosen.names or list(SHOTS)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        pages: dict[str, Path] = {}
        for name in names:
            shot = SHOTS[name]
            if shot.page not in pages:
                pages[shot.page] = Path(folder) / f"{shot.page}.html"
                pages[shot.page].write_text(content(shot.page), encoding="utf-8")
            take(browser, pages[shot.page], shot, chosen.output / f"{name}.png")
            print(chosen.output / f"{name}.png")
        browser.close()
    return 0


def content(page: str) -> str:
    """Return the page of the source article or of an invented crowd."""
    if page != "article":
        return render(crowd(int(page)))
    article = read_article(data_path("yueyang.txt"))
    return page_of(Graph.from_readings(Pipeline().read([article])), [article.text])


def take(browser: Browser, page: Path, shot: Shot, target: Path) -> None:
    """Open the page in the state of ``shot`` and write what is seen."""
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if shot.scheme == "dark" else "light",
        device_scale_factor=shot.scale,
        offline=True,
    )
    opened = context.new_page()
    opened.goto(page.as_uri() + shot.fragment)
    opened.wait_for_selector("html[data-ready]", state="attached", timeout=60_000)
    if shot.choose:
        opened.evaluate(
            "name => kgPage.store.set({ chosen: `n:${kgPage.model.search(name)[0].node.id}` })", shot.choose
        )
    opened.wait_for_timeout(600)
    opened.screenshot(path=target)
    context.close()


if __name__ == "__main__":
    sys.exit(main())
