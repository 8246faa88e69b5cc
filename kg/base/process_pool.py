"""Several processes of kg that answer one question after another, and what each of them does all its life.

A process is started as a command of its own, so it matters to nobody how this one was started (a script, a notebook, with
threads); each is waited for on a thread here, and all are killed when nobody wants their answers any more.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from queue import SimpleQueue
from threading import Lock
from types import TracebackType
from typing import Any, TypeVar

from kg.base import children, sandbox
from kg.base.adopted import use_from_environment
from kg.base.garbage import SELDOM
from kg.base.pipes import receive, send

__all__ = ["DiedError", "ProcessPool", "answer_each"]

_Task = TypeVar("_Task")
_Done = TypeVar("_Done")


class DiedError(Exception):
    """A process ended over a question."""


class ProcessPool:
    """Some processes, in the place of each that dies another one; ends them all with its ``with`` block, whatever happens there.

    Args:
        number: how many.
        code: the Python that each runs, given the number of this process as its argument; it comes to `answer_each`.
    """

    def __init__(self, number: int, code: str) -> None:
        self._number = number
        self._command = children.command("-c", code, str(os.getpid()))
        self._idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        self._all: set[subprocess.Popen[bytes]] = set()
        self._lock = Lock()
        self._ended = False
        self._threads = ThreadPoolExecutor(number)

    def __enter__(self) -> ProcessPool:
        for _ in range(self._number):
            self._idle.put(self._start())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._ended = True
            for process in self._all:
                process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process in self._all:
            with suppress(OSError), process:  # closes its pipes and waits for its end
                pass

    def each(self, do: Callable[[_Task], _Done], tasks: Iterable[_Task]) -> Iterator[_Done]:
        """Yield what is done of tasks as it comes, each on a thread that asks; hardly more than is being done waits anywhere."""
        waiting = iter(tasks)
        running: set[Future[_Done]] = set()
        while True:
            for task in waiting:
                running.add(self._threads.submit(do, task))
                if len(running) > self._number:
                    break
            if not running:
                return
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for each in done:
                yield each.result()

    def ask(self, question: object) -> Any:  # noqa: ANN401 - whoever asks knows what is answered
        """Return what a process answers.

        Raises:
            DiedError: it ended over this question.
        """
        process = self._idle.get()
        try:
            if process.stdin is None or process.stdout is None:
                raise EOFError
            send(process.stdin, question)
            return receive(process.stdout)
        except (EOFError, OSError, ValueError) as error:
            process = self._instead_of(process)
            raise DiedError from error
        finally:
            self._idle.put(process)

    def _instead_of(self, dead: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._ended:
                raise CancelledError
            self._all.discard(dead)
        dead.kill()
        with suppress(OSError), dead:
            pass
        return self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._ended:
                raise CancelledError
            process = subprocess.Popen(
                self._command,
                env=children.environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self._all.add(process)
        return process


def answer_each(parent: int, ready: Callable[[], Callable[[Any], object]]) -> None:
    """Answer what comes on standard input until nothing more comes: the whole life of a process, which ends with ``parent``.

    Args:
        parent: the number of the process that asks.
        ready: loads what is needed, and returns what answers.
    """
    sandbox.die_with(parent)
    sandbox.quiet()
    sandbox.forbid_network()
    gc.set_threshold(*SELDOM)
    use_from_environment()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand between the answers
    answer = ready()
    while True:
        try:
            question = receive(sys.stdin.buffer)
        except EOFError:
            return
        send(out, answer(question))
