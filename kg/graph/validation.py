"""SHACL in a process of its own: it loads its libraries while the articles are read, and checks while the page is made."""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import TYPE_CHECKING

from kg.base import children, sandbox
from kg.base.garbage import SELDOM

if TYPE_CHECKING:
    from kg.graph.store import Graph
    from kg.graph.validate import Violation


class Validation:
    """A check of one graph beside the work that goes on; ends with its ``with`` block, whatever happens there."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            children.command("-m", "kg.graph.validation", str(os.getpid())),
            env=children.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._threads = ThreadPoolExecutor(1)
        self._answer: Future[tuple[bytes, bytes]] | None = None

    def __enter__(self) -> Validation:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._threads.shutdown()
        with self._process:  # closes its pipes and waits for its end
            pass

    def start(self, graph: Graph) -> None:
        """Send the graph over; returns at once."""
        self._answer = self._threads.submit(self._process.communicate, graph.serialize("nt"))

    def result(self, graph: Graph) -> tuple[Violation, ...]:
        """Return what ``validate(graph)`` does, when it is there; where the process died, by doing it here.

        Raises:
            GraphError: the graph holds what SHACL cannot look at.
        """
        data = self._answer.result()[0] if self._answer else b""
        if self._process.returncode or not data:
            from kg.graph.validate import validate

            return validate(graph)
        found: tuple[Violation, ...] = pickle.loads(data)  # noqa: S301 - our own process wrote it
        return found


def _main() -> None:
    gc.set_threshold(*SELDOM)
    from kg.base.adopted import use_from_environment
    from kg.graph.store import Graph
    from kg.graph.validate import load_shapes, validate

    sandbox.die_with(int(sys.argv[1]))
    use_from_environment()
    load_shapes()
    data = sys.stdin.buffer.read()
    if data:
        sys.stdout.buffer.write(pickle.dumps(validate(Graph.parse(data, "nt"))))


if __name__ == "__main__":
    _main()
