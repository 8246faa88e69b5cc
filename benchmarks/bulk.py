"""Many real articles through the whole way: nothing crashes, every quote is exact, the graph is the same twice.

    python benchmarks/bulk.py FILE.jsonl[.gz] [--count N] [--every N]

Each line is a JSON object with the article's text under ``text``. Every N-th batch is also written as a graph, verified
through the store and validated against the shapes. Exit status 1 if anything is not as it should be.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from pathlib import Path

from kg.base.errors import KgError
from kg.base.model import Article, Reading
from kg.graph.store import Graph
from kg.graph.validate import validate
from kg.graph.verify import verify
from kg.pipeline import Pipeline
from kg.text.source import article_of

BATCH = 50


def articles_of(path: Path, count: int) -> list[Article]:
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")
    with opened as lines:
        rows = [json.loads(line) for _, line in zip(range(count), lines, strict=False)]
    return [article_of(row["text"], row.get("id", str(number))) for number, row in enumerate(rows)]


def inexact(reading: Reading) -> int:
    """Count the quotes that are not the text under their positions."""
    text = reading.article.text
    facts = sum(
        each.span.of(text) != each.quote or not each.quote for fact in reading.facts for each in fact.evidence
    )
    figures = sum(
        not figure.quote.holds(figure.span) or figure.span.of(text) != figure.text
        for figure in reading.figures
    )
    links = sum(link.span.of(text) != link.text for link in reading.links)
    return facts + figures + links


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--every", type=int, default=10)
    options = parser.parse_args()
    articles = articles_of(options.file, options.count)
    pipeline = Pipeline()
    started, wrong, facts, figures, crashed = time.process_time(), 0, 0, 0, 0
    for number, at in enumerate(range(0, len(articles), BATCH)):
        batch = articles[at : at + BATCH]
        try:
            readings = pipeline.read(batch)
        except (
            KgError,
            ValueError,
            LookupError,
            TypeError,
            AttributeError,
            AssertionError,
            RecursionError,
        ) as error:
            print(f"articles {at}-{at + len(batch)}: {error!r}")
            crashed += 1
            continue
        wrong += sum(map(inexact, readings))
        facts += sum(len(reading.facts) for reading in readings)
        figures += sum(len(reading.figures) for reading in readings)
        if number % options.every == 0:
            graph = Graph.from_readings(readings)
            again = Graph.from_readings(pipeline.read(batch))
            checks = verify(graph, [article.text for article in batch])
            broken = validate(graph)
            for problem in (*checks.problems[:3], *broken[:3]):
                print(problem)
            wrong += len(checks.problems) + len(broken) + (graph.to_turtle() != again.to_turtle())
        if sys.stderr.isatty():
            print(f"\r{at + len(batch)} of {len(articles)}", end="", file=sys.stderr)
    characters = sum(len(article.text) for article in articles)
    seconds = time.process_time() - started
    print(f"{len(articles)} articles, {characters} characters, {seconds:.0f} CPU-seconds")
    print(f"{facts} facts, {figures} figures; crashed batches {crashed}, not exact or not valid {wrong}")
    raise SystemExit(bool(crashed or wrong))


if __name__ == "__main__":
    main()
