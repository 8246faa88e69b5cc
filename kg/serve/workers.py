"""A pool of processes, each with the store open, that answer one question at a time and are killed when time is up.

No query of the engine can be stopped from within. A worker that took too long, too much memory, or whose client has
gone is killed, and another takes its place while the others go on.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, deque
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from threading import Lock
from typing import Any

from kg.base.children import safe_path
from kg.base.errors import GraphError
from kg.serve.limits import Limits
from kg.serve.reply import Reply
from kg.serve.worker import work

__all__ = ["BusyError", "DiedError", "OverdueError", "Pool", "Worker"]

_LOG = logging.getLogger("kg.serve")
_START = 60.0  # seconds that a worker may take to open its store
_KILLED = (-9, -15)  # exit codes of a worker that something else ended: the question was not at fault


class BusyError(Exception):
    """All workers are taken, and too many requests wait already, or one has waited too long."""


class OverdueError(Exception):
    """The question took longer than its deadline."""


class DiedError(Exception):
    """The worker ended while it answered."""

    def __init__(self, status: int | None) -> None:
        self.status = status
        super().__init__(f"exit status {status}")


class Worker:
    """One process. Its methods block; the pool calls them in threads."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        """Start the process and wait until its store is open.

        Raises:
            GraphError: the store cannot be opened.
        """
        context = get_context("spawn")
        self.folder = folder
        self._asking = Lock()
        self._connection, theirs = context.Pipe()
        self.process = context.Process(target=work, args=(theirs, str(folder), limits), daemon=True)
        with safe_path():
            self.process.start()
        theirs.close()
        try:
            problem = self._connection.recv() if self._connection.poll(_START) else "took too long to open"
        except (EOFError, OSError):
            problem = "the process that opens it ended"
        if problem:
            self.kill()
            self.close()
            raise GraphError(folder, problem)

    def ask(self, job: tuple[Any, ...], deadline: float) -> Reply:
        """Return the worker's answer.

        Raises:
            OverdueError: it did not answer in ``deadline`` seconds.
            DiedError: it ended.
        """
        with self._asking:
            try:
                self._connection.send((job, deadline))
                if not self._connection.poll(deadline):
                    raise OverdueError
                reply: Reply = self._connection.recv()
            except (EOFError, OSError):
                self.process.join(5)
                raise DiedError(self.process.exitcode) from None
            return reply

    def kill(self) -> None:
        """End the process at once."""
        self.process.kill()

    def close(self) -> None:
        """Wait for the end of a process that was killed or has nothing to do, and free what it held."""
        with self._asking:
            self._connection.close()
        self.process.join(5)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.process.close()


class Pool:
    """The workers of a server; ``run`` asks one of them."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder, self.limits = folder, limits
        self.ended: Counter[str] = Counter()  # why workers were ended: deadline, memory, client gone, killed
        self.waiting = self.running = 0
        self._idle: deque[Worker] = deque()
        self._waiters: deque[asyncio.Future[Worker]] = deque()
        self._threads = ThreadPoolExecutor(max_workers=limits.workers * 4 + 4, thread_name_prefix="worker")
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False

    async def start(self) -> None:
        """Start the workers.

        Raises:
            GraphError: the store cannot be opened.
        """
        for worker in await self._spawn(self.folder):
            self._give(worker)

    async def swap(self, folder: Path) -> None:
        """Go over to the store in ``folder``: new questions are asked there, those under way end where they began.

        Raises:
            GraphError: it cannot be opened; the pool stays with the store it has.
        """
        workers = await self._spawn(folder)
        self.folder = folder
        old, self._idle = self._idle, deque()
        for worker in workers:
            self._give(worker)
        for worker in old:
            self._later(self._retire(worker))

    async def run(self, job: tuple[Any, ...], deadline: float | None = None) -> Reply:
        """Return the answer of a worker to ``job``: a name in ``kg.serve.answers.jobs`` and its arguments.

        A worker that something else killed did not answer for that reason, so another is asked, once.

        Raises:
            BusyError: no worker will have time.
            OverdueError: it took longer than ``deadline`` seconds.
            DiedError: it took more memory than it may, or broke the engine.
        """
        try:
            return await self._run(job, deadline or self.limits.deadline)
        except DiedError as error:
            if error.status not in _KILLED:
                raise
            return await self._run(job, deadline or self.limits.deadline)

    async def close(self) -> None:
        """End all workers."""
        self._closing = True
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)
        while self._idle:
            await self._retire(self._idle.popleft())
        self._threads.shutdown(wait=True)

    async def _run(self, job: tuple[Any, ...], deadline: float) -> Reply:
        worker = await self._take()
        self.running += 1
        try:
            reply: Reply = await asyncio.get_running_loop().run_in_executor(
                self._threads, worker.ask, job, deadline
            )
        except BaseException as error:
            self.ended[_reason(error)] += 1
            worker.kill()  # its thread, if it still waits, sees the end of the connection
            self._later(self._replace(worker))
            raise
        finally:
            self.running -= 1
        self._give(worker)
        return reply

    async def _take(self) -> Worker:
        if self._idle:
            return self._idle.popleft()
        if self.waiting >= self.limits.waiting:
            raise BusyError
        waiter: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        self.waiting += 1
        try:
            async with asyncio.timeout(self.limits.patience):
                return await waiter
        except BaseException as error:
            if waiter.done() and not waiter.cancelled():
                self._give(waiter.result())
            if isinstance(error, TimeoutError):
                raise BusyError from None
            raise
        finally:
            self.waiting -= 1

    def _give(self, worker: Worker) -> None:
        if worker.folder != self.folder or self._closing:
            self._later(self._retire(worker))
            return
        while self._waiters:
            waiter = self._waiters.popleft()
            if not waiter.done():
                waiter.set_result(worker)
                return
        self._idle.append(worker)

    async def _spawn(self, folder: Path) -> list[Worker]:
        loop = asyncio.get_running_loop()
        started = [
            loop.run_in_executor(self._threads, Worker, folder, self.limits)
            for _ in range(self.limits.workers)
        ]
        found = await asyncio.gather(*started, return_exceptions=True)
        workers = [each for each in found if isinstance(each, Worker)]
        problems = [each for each in found if isinstance(each, BaseException)]
        if problems:
            for worker in workers:
                await self._retire(worker)
            raise problems[0]
        return workers

    async def _replace(self, worker: Worker) -> None:
        folder = worker.folder
        await self._retire(worker)
        pause = 0.5
        while folder == self.folder and not self._closing:
            try:
                loop = asyncio.get_running_loop()
                self._give(await loop.run_in_executor(self._threads, Worker, folder, self.limits))
            except (GraphError, OSError) as error:
                _LOG.warning("worker does not start", extra={"problem": str(error)})
                await asyncio.sleep(pause)
                pause = min(pause * 2, 30)
            else:
                return

    async def _retire(self, worker: Worker) -> None:
        await asyncio.get_running_loop().run_in_executor(self._threads, worker.close)

    def _later(self, work: Any) -> None:  # noqa: ANN401 - a coroutine
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _reason(error: BaseException) -> str:
    if isinstance(error, OverdueError):
        return "deadline"
    if isinstance(error, DiedError):
        return "killed" if error.status in _KILLED else "memory"
    return "client gone"
