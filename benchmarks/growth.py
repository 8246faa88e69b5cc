"""How the cost of ``kg build`` grows with the text, for texts that are hard to read: time and memory for n and 2n characters.

    python benchmarks/growth.py [--size 20000] [--kind WORD]... [--limit 600] [--most 2.3]

Each build is a process of its own and does everything: text, graph, page, validation. Its time is the processor's (of its
child processes too), less that of a build of one short line, which no length changes; so the ratio hides behind no start.
A kind that takes less than a second beyond the start is read at eight times the size; where that is too little too, no ratio is told. Peak memory is the larger of the
processes'. Exit status 1 if a ratio is over ``--most``.
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from growth_texts import KINDS

TINY = 1.0  # seconds below which a ratio says little
MORE = 8  # times the size, where so little is measured
MEGABYTE = 1024  # of ru_maxrss's kilobytes


@dataclass(frozen=True)
class Cost:
    """What a build took; no seconds where it failed or was stopped."""

    seconds: float | None
    megabytes: float
    why: str = ""


def cost_of(text: str, limit: int) -> Cost:
    """Return what ``kg build`` of one text takes."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "article.txt"
        source.write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "kg", "build", str(source), "-o", f"{folder}/out"]
        with (Path(folder) / "errors").open("w+b") as errors:
            started = subprocess.Popen(
                command,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                preexec_fn=lambda: _limit(limit),  # noqa: PLW1509
            )
            _, status, used = os.wait4(started.pid, 0)
            started.returncode = os.waitstatus_to_exitcode(status)
            errors.seek(0)
            why = errors.read().decode()[-300:].strip()
        memory = used.ru_maxrss / MEGABYTE
        if started.returncode == -signal.SIGXCPU:
            return Cost(None, memory, f"stopped after {limit} s")
        if started.returncode:
            return Cost(None, memory, f"status {started.returncode}: {why.splitlines()[-1] if why else ''}")
        return Cost(used.ru_utime + used.ru_stime, memory)


def _limit(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def line_of(kind: str, size: int, once: Cost, twice: Cost, start: float) -> tuple[str, float]:
    """Return a line of the table and the ratio; none (0) where a build failed with a message of its own, or took too little."""
    if once.seconds is None or twice.seconds is None:
        why = once.why or twice.why
        return f"{kind:<30}{size:>8}  {why}", 0 if "status 1:" in why else float("inf")
    first, second = once.seconds - start, twice.seconds - start
    if first < TINY and second < 2 * TINY:
        return f"{kind:<30}{size:>8}{first:>9.2f}{second:>9.2f}  too little to say", 0
    ratio = second / max(first, TINY)  # a leap from next to nothing is seen
    return (
        f"{kind:<30}{size:>8}{first:>9.2f}{second:>9.2f}{ratio:>7.2f}{once.megabytes:>8.0f}{twice.megabytes:>7.0f}",
        ratio,
    )


def measure(kind: str, size: int, start: float, limit: int) -> tuple[str, float]:
    """Return a line of the table for one kind, and its ratio."""
    make = KINDS[kind]
    once = cost_of(make(size), limit)
    if once.seconds is not None and once.seconds - start < TINY:
        size *= MORE
        once = cost_of(make(size), limit)
    twice = cost_of(make(2 * size), limit) if once.seconds is not None else once
    return line_of(kind, size, once, twice, start)


def start_of(limit: int) -> float:
    """Return the least seconds of three builds of one short line; stop where one failed, for then no figure means anything."""
    seconds = []
    for _ in range(3):
        cost = cost_of("甲市召开会议\n", limit)
        if cost.seconds is None:
            sys.exit(f"one short line cannot be built: {cost.why}")
        seconds.append(cost.seconds)
    return min(seconds)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=20_000, help="characters of the shorter text")
    parser.add_argument("--kind", action="append", default=[], help="only kinds whose name holds this word")
    parser.add_argument("--limit", type=int, default=600, help="processor seconds a build may take")
    parser.add_argument("--most", type=float, default=2.3, help="the largest ratio that is right")
    options = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    kinds = [kind for kind in KINDS if not options.kind or any(word in kind for word in options.kind)]
    start = start_of(options.limit)
    print(f"start: {start:.2f} s of processor time; {len(kinds)} kinds")
    print(f"{'kind':<30}{'n':>8}{'s at n':>9}{'s at 2n':>9}{'ratio':>7}{'MB at n':>8}{'at 2n':>7}")
    over = 0
    for kind in kinds:
        line, ratio = measure(kind, options.size, start, options.limit)
        over += ratio > options.most
        print(line + ("  over" if ratio > options.most else ""), flush=True)
    print(f"{over} of {len(kinds)} kinds over {options.most}")
    sys.exit(1 if over else 0)


if __name__ == "__main__":
    main()
