"""The life of one worker: opens a finished store, answers one question after the other, and may be killed at any time."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from kg.base import sandbox
from kg.base.errors import KgError
from kg.serve.limits import Limits
from kg.serve.reply import Reply

__all__ = ["work"]


def work(connection: Connection, folder: str, limits: Limits) -> None:
    """Answer questions from ``connection`` about the store in ``folder`` until it closes."""
    sandbox.quiet()
    server = parent_process()
    if server is not None and server.pid:
        sandbox.die_with(server.pid)
    from kg.base.adopted import use_from_environment
    from kg.serve.answers.jobs import JOBS, Opened  # the engine, in this process only

    try:
        use_from_environment()
        opened = Opened(Path(folder), limits)
    except (OSError, ValueError, KgError) as error:
        connection.send(str(error))
        return
    sandbox.limit_memory(limits.memory)
    sandbox.forbid_network()
    connection.send("")
    with contextlib.suppress(EOFError, OSError):  # the server has gone
        while True:
            job, deadline = connection.recv()
            sandbox.arm(deadline)
            reply = _answer(JOBS, opened, job)
            sandbox.disarm()
            connection.send(reply)


def _answer(jobs: Mapping[str, Callable[..., Reply]], opened: object, job: tuple[Any, ...]) -> Reply:
    name, *arguments = job
    try:
        return jobs[name](opened, *arguments)
    except KgError as error:
        return Reply(400, "text/plain", str(error).encode())
    except MemoryError:
        return Reply(
            503,
            "text/plain",
            b"needed more memory than a query may take, or is nested too deeply; ask for less",
        )
    except Exception as error:  # noqa: BLE001 - whatever a query does, the worker goes on
        return Reply(500, "text/plain", f"{type(error).__name__}: {error}".encode())
