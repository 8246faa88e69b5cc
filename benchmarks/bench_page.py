"""What the page costs the browser, beside plain pyvis output of the same network.

    python benchmarks/bench_page.py [--nodes 55 300 20000] [--pyvis-up-to 300] [--frames 60]

For each size: seconds to make the page, its bytes, CPU time of the browser's main thread until something and until
the network stands on the screen, and per frame while it is moved (both in thread time, so that other load on the machine does not count; the
graphics process, which renders in software here, is left out). Targets: 0.5 s to first paint, 16 ms per frame.
A pyvis page asks other servers for styles (they get no answer here) and lets the browser find the places.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from crowd import crowd
from playwright.sync_api import Browser, CDPSession, sync_playwright

from kg.view.page import render
from kg.view.picture import Picture

FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
PAN_OURS = """async (count) => {
  for (let i = 0; i < count; i += 1) {
    kgPage.engine.pan(i % 2 ? 9 : -8, 3);
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  }
}"""
PAN_PYVIS = """async (count) => {
  for (let i = 0; i < count; i += 1) {
    const p = network.getViewPosition();
    network.moveTo({ position: { x: p.x + (i % 2 ? 9 : -8), y: p.y + 3 } });
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  }
}"""


@dataclass(frozen=True)
class Cost:
    """What one page costs."""

    made: float  # seconds to make it
    size: int  # bytes
    paint: float  # CPU seconds of the main thread until something stands on the screen
    drawn: float  # ... until the network does
    settled: float  # wall seconds until the picture stands still
    frame: float  # CPU milliseconds of the main thread per frame


def main() -> int:
    """Measure and print; return 1 when a target is missed."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--nodes", type=int, nargs="+", default=[55, 300, 20_000])
    options.add_argument("--pyvis-up-to", type=int, default=300)
    options.add_argument("--frames", type=int, default=60)
    chosen = options.parse_args()
    missed = False
    print(
        f"{'':16}{'made s':>9}{'KB':>9}{'paint CPU s':>13}{'drawn CPU s':>13}{'settled s':>11}{'frame CPU ms':>14}"
    )
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        for count in chosen.nodes:
            picture = crowd(count)
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            ours = measure_ours(browser, picture, Path(folder), chosen.frames)
            report(f"kg {count}", ours)
            missed |= ours.paint > 0.5 or ours.frame > 16
            browser.close()
            if count <= chosen.pyvis_up_to:
                browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
                plain = measure_pyvis(browser, picture, Path(folder), chosen.frames)
                report(f"pyvis {count}", plain)
                print(
                    f"{'  kg / pyvis':16}{ours.made / plain.made:9.2f}{ours.size / plain.size:9.2f}"
                    f"{ours.paint / plain.paint:13.2f}{ours.drawn / plain.drawn:13.2f}{ours.settled / plain.settled:11.2f}{ours.frame / plain.frame:14.2f}"
                )
                browser.close()
    return int(missed)


def report(name: str, cost: Cost) -> None:
    """Print a line."""
    print(
        f"{name:16}{cost.made:9.2f}{cost.size / 1000:9.0f}{cost.paint:13.2f}{cost.drawn:13.2f}{cost.settled:11.2f}{cost.frame:14.1f}"
    )


def measure_ours(browser: Browser, picture: Picture, folder: Path, frames: int) -> Cost:
    """Measure the product's own page."""
    start = time.perf_counter()
    content = render(picture).encode()
    made = time.perf_counter() - start
    path = folder / "kg.html"
    path.write_bytes(content)
    return measure(
        browser, path, (made, len(content)), "document.documentElement.dataset.ready", PAN_OURS, frames
    )


def measure_pyvis(browser: Browser, picture: Picture, folder: Path, frames: int) -> Cost:
    """Measure what pyvis itself writes, with its own defaults."""
    from pyvis.network import Network

    start = time.perf_counter()
    network = Network(directed=True, cdn_resources="in_line")
    for node in picture.nodes:
        network.add_node(node.iri, label=node.label, title=node.label, group=node.type)
    for tie in picture.facts:
        network.add_edge(tie.subject, tie.object, label=tie.role or tie.predicate, title=tie.iri)
    content = network.generate_html().encode()
    made = time.perf_counter() - start
    path = folder / "pyvis.html"
    path.write_bytes(content)
    ready = "typeof network !== 'undefined' && Boolean(network.physics?.stabilized)"
    return measure(browser, path, (made, len(content)), ready, PAN_PYVIS, frames)


def measure(
    browser: Browser,
    path: Path,
    made: tuple[float, int],
    ready: str,
    pan: str,
    frames: int,
    patience: float = 120,
) -> Cost:
    """Open a page and move it about."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    start = time.perf_counter()
    page.goto(path.as_uri(), wait_until="commit")
    while not page.evaluate(ready) and time.perf_counter() - start < patience:
        page.wait_for_timeout(20)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    settled = time.perf_counter() - start
    drawn = busy(session)
    page.wait_for_timeout(500)
    before = busy(session)
    page.evaluate(pan, frames)
    per_frame = (busy(session) - before) / frames * 1000
    context.close()
    return Cost(*made, first_paint(browser, path), drawn, settled, per_frame)


def first_paint(browser: Browser, path: Path) -> float:
    """Return the CPU seconds of the main thread before its first contentful paint, from a trace of a fresh page."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    page = context.new_page()
    browser.start_tracing(page=page, categories=["toplevel", "devtools.timeline", "loading", "rail"])
    page.goto(path.as_uri(), wait_until="commit")
    page.evaluate(
        "() => new Promise((done) => { new PerformanceObserver((list) => list.getEntriesByName('first-contentful-paint')"
        ".length && setTimeout(done, 200)).observe({ type: 'paint', buffered: true });"
        " setTimeout(done, 10000); })"
    )
    events = json.loads(browser.stop_tracing())["traceEvents"]
    context.close()
    paint = next((each for each in events if each["name"] == "firstContentfulPaint"), None)
    if paint is None:
        return float("nan")
    begun = next(
        each["ts"]
        for each in events
        if each["name"] == "ResourceSendRequest"
        or (each["name"] == "CommitLoad" and each["pid"] == paint["pid"])
    )
    tasks = [
        each
        for each in events
        if each["name"] == "ThreadControllerImpl::RunTask"
        and (each["pid"], each["tid"]) == (paint["pid"], paint["tid"])
        and begun <= each["ts"] < paint["ts"]
    ]
    return sum(float(each.get("tdur", 0)) for each in tasks) / 1e6


def busy(session: CDPSession) -> float:
    """Return the CPU seconds the main thread has spent in tasks."""
    metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"])


if __name__ == "__main__":
    sys.exit(main())
