"""What a change does to what is read: graphs with the same bytes, facts, entities and figures gained and lost, time.

    python benchmarks/compare.py REV [REV] --articles FOLDER|FILE.jsonl[.gz] [--count N] [--most N]

Each commit is checked out into a folder of its own and read with this environment's packages; without a second commit the
first is compared with the files as they are here, committed or not. Only the public face of ``kg`` is used, so that commits
with another layout can be compared. The time is one run's on one machine: look at it again before you believe it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
KINDS = ("facts", "entities", "figures")

READER = """
import hashlib, json, sys, time
import kg

def fact(each, names):
    date, amount = each.date.edtf if each.date else "", each.amount.text if each.amount else ""
    parts = (each.role, date, amount, "" if each.status == "asserted" else each.status)
    more = "".join(f" ({part})" for part in parts if part)
    return f"{names[each.subject]} --{each.predicate}-> {names[each.object]}{more} [{each.pattern}]"

def figure(each, names):
    whose = names[each.subject] if each.subject else "nobody"
    return f"{each.text} = {each.modifier} {each.value.normalize():f} {each.unit} of {each.of or '?'}, {whose}'s"

kg.build_text("甲市召开会议\\n甲市市长王小明主持会议。")  # models and lists are loaded before the clock runs
for line in sys.stdin:
    name, text = json.loads(line)
    begin = time.process_time()
    known = kg.build_text(text, name=name)
    turtle = known.to_turtle()
    spent = time.process_time() - begin
    entities = [each for reading in known.readings for each in reading.entities]
    names = {each.id: each.name for each in entities}
    print(json.dumps({
        "bytes": hashlib.sha256(turtle.encode()).hexdigest(),
        "seconds": spent,
        "facts": [fact(each, names) for reading in known.readings for each in reading.facts],
        "entities": [f"{each.type} {'/'.join(each.names)}" for each in entities],
        "figures": [figure(each, names) for reading in known.readings for each in reading.figures],
    }), flush=True)
"""

Result = dict[str, list[str]]


def articles_of(path: Path, count: int | None = None) -> list[tuple[str, str]]:
    """Return name and text of the articles of a folder of .txt files or a file with a JSON object a line."""
    if path.is_dir():
        files = sorted(path.glob("*.txt"))[:count]
        return [(file.stem, file.read_bytes().decode("utf-8")) for file in files]
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")
    with opened as lines:
        rows = [json.loads(line) for line in lines][:count]
    return [(row.get("id", str(number)), row["text"]) for number, row in enumerate(rows)]


@contextmanager
def checkout(rev: str | None) -> Iterator[Path]:
    """Give a folder with the files of a commit, or this checkout for None."""
    if rev is None:
        yield ROOT
        return
    with TemporaryDirectory(prefix="kg-compare-") as folder:
        where = Path(folder) / "tree"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--quiet", "--detach", str(where), rev], check=True)
        try:
            yield where
        finally:
            subprocess.run([*git, "remove", "--force", str(where)], check=True)


def read(folder: Path, articles: list[tuple[str, str]]) -> list[Result]:
    """Return what the code in ``folder`` reads, article by article."""
    done = subprocess.run(
        [sys.executable, "-c", READER],
        input="".join(f"{json.dumps(article)}\n" for article in articles),
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONSAFEPATH": "1"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def difference(kind: str, before: Result, after: Result) -> tuple[list[str], list[str]]:
    """Return what is gained and what is lost of one kind; what comes twice counts twice."""
    old, new = Counter(before[kind]), Counter(after[kind])
    return sorted((new - old).elements()), sorted((old - new).elements())


def report(names: list[str], before: list[Result], after: list[Result], most: int) -> Iterator[str]:
    """Yield the lines of the report."""
    pairs = list(zip(before, after, strict=True))
    same = sum(old["bytes"] == new["bytes"] for old, new in pairs)
    yield f"graphs with the same bytes: {same} of {len(pairs)}"
    for kind in KINDS:
        news: list[tuple[str, str]] = []
        gained = lost = 0
        for name, (old, new) in zip(names, pairs, strict=True):
            more, less = difference(kind, old, new)
            gained, lost = gained + len(more), lost + len(less)
            news += [(name, f"+ {each}") for each in more] + [(name, f"- {each}") for each in less]
        yield f"{kind}: {sum(len(old[kind]) for old in before)} before, {gained} gained, {lost} lost"
        yield from (f"  {line}   ({name})" for name, line in news[:most])
        if len(news) > most:
            yield f"  ... and {len(news) - most} more (--most)"
    old_time, new_time = (sum(float(str(each["seconds"])) for each in side) for side in (before, after))
    yield f"processor time: {new_time / old_time:.3f} of before ({old_time:.1f} s, {new_time:.1f} s)"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("before", metavar="REV", help="the commit to compare with")
    parser.add_argument(
        "after", metavar="REV", nargs="?", help="the commit to compare; this checkout by default"
    )
    parser.add_argument(
        "--articles", type=Path, required=True, help="a folder of .txt, or a file of JSON lines"
    )
    parser.add_argument("--count", type=int, help="how many of the articles")
    parser.add_argument("--most", type=int, default=40, help="how many differences of a kind to list")
    options = parser.parse_args()
    articles = articles_of(options.articles, options.count)
    results = []
    for rev in (options.before, options.after):
        with checkout(rev) as folder:
            results.append(read(folder, articles))
    print("\n".join(report([name for name, _ in articles], results[0], results[1], options.most)))


if __name__ == "__main__":
    main()
