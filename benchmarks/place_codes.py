"""Which places of many articles get an official code, which of those codes the text supports, and what a change lost.

    python benchmarks/place_codes.py FOLDER|FILE.jsonl[.gz]... [--word WORD]... [-o CODES.jsonl] [--before CODES.jsonl]

A code is *official* where a name of the place is its name in the official list, *with parent* where the article names
the province or city it lies in, *wide* where it is that of a province or city itself, and *unsupported* where nothing but
a short name speaks for it. With ``--before`` (the ``-o`` of another checkout, run with that one's Python: only the public
face of ``kg`` is used) every code that is lost or new is listed with the words around its first mention.
With ``--word`` only the articles that hold one of the words are read. Exit status 1 if a code is unsupported.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import kg

ROOT = Path(__file__).parent.parent
OFFICIAL: dict[str, str] = json.loads((ROOT / "data" / "places.json").read_text("utf-8"))
AROUND = 12  # characters shown on each side of a mention

Row = dict[str, str]


def articles_of(paths: Sequence[Path], words: Sequence[str]) -> list[tuple[str, str]]:
    """Return name and text of the articles, in folders of .txt and files with a JSON object a line, that hold a word."""
    found = [article for path in paths for article in _texts_of(path)]
    return [(name, text) for name, text in found if not words or any(word in text for word in words)]


def _texts_of(path: Path) -> Iterator[tuple[str, str]]:
    if path.is_dir():
        for file in sorted(path.glob("*.txt")):
            yield f"{path.name}/{file.stem}", file.read_bytes().decode("utf-8")
        return
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")
    with opened as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            yield str(row.get("id", number)), row["text"]


def codes_of(reading: Any) -> Iterator[Row]:
    """Yield the places of an article that have a code: how it is supported, and the words around the first mention."""
    text = reading.article.text
    first = {link.entity: link.span for link in reversed(reading.links) if link.is_name}
    for entity in reading.entities:
        if entity.type == "Place" and entity.place_code:
            span = first.get(entity.id)
            around = text[max(0, span.start - AROUND) : span.end + AROUND] if span else ""
            yield {
                "article": reading.article.name,
                "names": "/".join(entity.names),
                "code": entity.place_code,
                "support": support_of(entity.place_code, text),
                "around": around.replace("\n", " "),
            }


def support_of(code: str, text: str) -> str:
    """Say what in the article speaks for the code of a place."""
    if OFFICIAL[code] in text:
        return "official"
    if code.endswith("00"):
        return "wide"
    above = [OFFICIAL[up] for up in (code[:4] + "00", code[:2] + "0000") if up in OFFICIAL]
    return "with parent" if any(name in text or short_of(name) in text for name in above) else "unsupported"


def short_of(name: str) -> str:
    """Return the name of a province or city as it is mostly used: without its level and peoples."""
    return name[:2] if "自治" in name else name.removesuffix("特别行政区").rstrip("省市盟") or name


def read(articles: Sequence[tuple[str, str]]) -> list[Row]:
    """Return the coded places of all articles; an article that cannot be read has none."""
    return list(chain.from_iterable(map(_coded, articles)))


def _coded(article: tuple[str, str]) -> list[Row]:
    name, text = article
    try:
        readings = kg.build_text(text, name=name).readings
    except kg.KgError:
        return []
    return list(chain.from_iterable(map(codes_of, readings)))


def difference(before: Sequence[Row], after: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Return the coded places that only ``before`` has, and those that only ``after`` has."""

    def missing(rows: Sequence[Row], others: Sequence[Row]) -> list[Row]:
        known = {(row["article"], row["code"]) for row in others}
        return [row for row in rows if (row["article"], row["code"]) not in known]

    return missing(before, after), missing(after, before)


def line_of(row: Row) -> str:
    return f"{row['code']} {row['names']} ({row['support']}) …{row['around']}…   [{row['article']}]"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", nargs="+", type=Path, help="a folder of .txt, or a file of JSON lines")
    parser.add_argument("--word", action="append", default=[], help="read only articles that hold this word")
    parser.add_argument("-o", "--output", type=Path, help="write the coded places here, one a line")
    parser.add_argument("--before", type=Path, help="compare with what another checkout wrote")
    options = parser.parse_args()
    rows = read(articles_of(options.articles, options.word))
    if options.output:
        options.output.write_text(
            "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), "utf-8"
        )
    counts = Counter(row["support"] for row in rows)
    print(f"{len(rows)} codes: " + ", ".join(f"{count} {kind}" for kind, count in counts.most_common()))
    unsupported = [row for row in rows if row["support"] == "unsupported"]
    for row in unsupported:
        print(f"  unsupported {line_of(row)}")
    if options.before:
        before = [json.loads(line) for line in options.before.read_text("utf-8").splitlines()]
        lost, new = difference(before, rows)
        print(f"{len(before)} codes before, {len(lost)} lost, {len(new)} new")
        for row in lost:
            print(f"  lost {line_of(row)}")
        for row in new:
            print(f"  new {line_of(row)}")
    sys.exit(1 if unsupported else 0)


if __name__ == "__main__":
    main()
