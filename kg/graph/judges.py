"""Parts of a graph held against the shapes by several processes, each of which judges one part after another.

A process is started as a command of its own and waited for by a thread here; what one process dies of is judged here.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from queue import SimpleQueue
from types import TracebackType
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.base import children
from kg.base.pipes import receive, send

if TYPE_CHECKING:
    from kg.graph.parts import Part
    from kg.graph.validate import Broken

__all__ = ["Judges"]

WORK: Final = "import sys, kg.graph.judge as judge; judge.work(int(sys.argv[1]))"
"""What a process does, given the number of this one."""

Verdict: TypeAlias = "list[Broken] | str"
"""Which rules the nodes of a part break; a text: why SHACL cannot look at it."""


class Judges:
    """Some processes that hold parts against the shapes; ends them all with its ``with`` block, whatever happens there.

    Args:
        number: how many.
        instead: judges a part whose process fails, given its nodes and its triples as N-Triples.
    """

    def __init__(self, number: int, instead: Callable[[frozenset[str], bytes], Verdict]) -> None:
        self._number, self._instead = number, instead
        self._all = [_started() for _ in range(number)]
        self._idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        for process in self._all:
            self._idle.put(process)
        self._threads = ThreadPoolExecutor(number)

    def __enter__(self) -> Judges:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._all:
            process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process in self._all:
            with suppress(OSError), process:  # closes its pipes and waits for its end
                pass

    def judge(self, parts: Iterable[Part]) -> Iterator[tuple[Part, Verdict]]:
        """Yield parts with what is wrong with them as it is found; hardly more than is being judged waits anywhere."""
        waiting = iter(parts)
        running: set[Future[tuple[Part, Verdict]]] = set()
        while True:
            for part in waiting:
                running.add(self._threads.submit(self._judged, part))
                if len(running) > self._number:
                    break
            if not running:
                return
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for each in done:
                yield each.result()

    def _judged(self, part: Part) -> tuple[Part, Verdict]:
        process = self._idle.get()
        try:
            if process.stdin is None or process.stdout is None:
                raise EOFError
            send(process.stdin, (part.nodes, part.lines()))
            answer = receive(process.stdout)
        except (EOFError, OSError, ValueError):
            answer = None
        self._idle.put(process)
        if isinstance(answer, list | str):
            return part, answer
        return part, self._instead(part.nodes, part.lines())


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        children.command("-c", WORK, str(os.getpid())),
        env=children.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
