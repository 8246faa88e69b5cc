"""Many articles read at once, by a process for each processor. What one process cannot read, and dies of, is set aside.

A process is started as a command of its own, so it matters to nobody how this one was started (a script, a notebook, with
threads); each waits on its own thread here, and is killed when the reading is stopped.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from queue import SimpleQueue
from threading import Lock
from types import TracebackType
from typing import Final

from kg.base import children
from kg.base.children import processors
from kg.base.model import Article
from kg.base.pipes import receive, send
from kg.corpus.worker import Failed, Read, Reader, pipeline_of, read_each
from kg.pipeline import Pipeline

__all__ = ["POOLED", "Pool", "read_articles"]

POOLED: Final = 100_000
"""Characters from which on several processes read: each needs a second or two before its first article."""

_BATCH: Final = 32
_CHARACTERS: Final = 40_000
"""Articles and characters of a batch: enough for full batches of sentences, few enough to share them out evenly."""

_DIED: Final = "the process that read it ended"


def read_articles(
    articles: Sequence[Article],
    reader: Reader,
    processes: int | None = None,
    pipeline: Pipeline | None = None,
) -> Iterator[list[Read | Failed]]:
    """Yield what was read in articles, batch by batch, in no fixed order; what is read does not depend on the batches.

    Args:
        articles: each text once.
        reader: how they are read.
        processes: how many read; by default one for each processor, and only this one where there is little to read.
        pipeline: how this process reads where it reads itself.
    """
    batches = list(_batches(articles))
    many = sum(len(article.text) for article in articles) >= POOLED
    number = min(len(batches), (processors() if many else 1) if processes is None else processes)
    if number > 1:
        with Pool(number, reader) as pool:
            yield from pool.read(batches)
        return
    own = pipeline or (pipeline_of(reader.least_confidence) if batches else None)
    for batch in batches:
        if own:
            yield list(read_each(own, batch, reader))


def _batches(articles: Sequence[Article]) -> Iterator[list[Article]]:
    batch, characters = list[Article](), 0
    for article in articles:
        if batch and (len(batch) == _BATCH or characters + len(article.text) > _CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(article)
        characters += len(article.text)
    if batch:
        yield batch


class Pool:
    """Some processes that read. Ends them all with its ``with`` block, whatever happens there."""

    def __init__(self, number: int, reader: Reader) -> None:
        self._asked = (os.getpid(), reader.digest, reader.least_confidence, reader.base)
        self._number = number
        self._idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        self._all: list[subprocess.Popen[bytes]] = []
        self._lock = Lock()
        self._ended = False
        self._threads = ThreadPoolExecutor(number)

    def __enter__(self) -> Pool:
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

    def read(self, batches: Sequence[list[Article]]) -> Iterator[list[Read | Failed]]:
        """Yield what was read, batch by batch, as it comes; hardly more than is being read waits anywhere."""
        waiting = iter(batches)
        running: set[Future[list[Read | Failed]]] = set()
        while True:
            for batch in waiting:
                running.add(self._threads.submit(self._read, batch))
                if len(running) > self._number:
                    break
            if not running:
                return
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for each in done:
                yield each.result()

    def _read(self, batch: list[Article]) -> list[Read | Failed]:
        """Return what a process reads in a batch; where it dies of it, what others read in each article by itself."""
        process = self._idle.get()
        try:
            if process.stdin is None or process.stdout is None:
                raise EOFError
            send(process.stdin, batch)
            answer = receive(process.stdout)
        except (EOFError, OSError, ValueError):
            self._idle.put(self._instead_of(process))
            if len(batch) == 1:
                return [Failed(batch[0].sha256, _DIED)]
            return [own for article in batch for own in self._read([article])]
        self._idle.put(process)
        return answer if isinstance(answer, list) else []

    def _instead_of(self, dead: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
        dead.kill()
        with suppress(OSError), dead:
            pass
        with self._lock:
            self._all.remove(dead)
        return self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        asked = ", ".join(map(repr, self._asked))
        with self._lock:
            if self._ended:
                raise EOFError
            process = subprocess.Popen(
                children.command("-c", f"import kg.corpus.worker as w; w.work({asked})"),
                env=children.environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self._all.append(process)
        return process
