"""A served store: its pool of workers, what is known of it, and how a new version is taken up."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from kg.base.errors import KgError
from kg.serve.bulk_load import current_version, remove_stale
from kg.serve.limits import Limits
from kg.serve.metrics import Metrics
from kg.serve.protocol import RefusedError
from kg.serve.reply import Reply
from kg.serve.workers import BusyError, DiedError, OverdueError, Pool

__all__ = ["Client", "ClientGoneError", "Site"]

_LOG = logging.getLogger("kg.serve")
_LOOK = 1.0  # seconds between two looks for a new version
_LISTEN = 0.25  # seconds between two looks whether a client still waits
_NETWORK = 30.0  # seconds that a network may take


class ClientGoneError(Exception):
    """Nobody waits for the answer any more."""


class Client(Protocol):
    """Who waits for an answer."""

    async def is_disconnected(self) -> bool:
        """Say whether nobody waits any more."""
        ...


class Site:
    """What all requests share.

    Args:
        store: the store that is served.
        limits: what one client may ask.
        refresh: called now and then; loads what has changed into the store, where it is made from files.
    """

    def __init__(
        self,
        store: Path,
        limits: Limits,
        refresh: Callable[[], bool] = lambda: False,
        *,
        log_queries: bool = False,
    ) -> None:
        self.store, self.limits, self.refresh, self.log_queries = store, limits, refresh, log_queries
        self.metrics = Metrics()
        self.version = current_version(store)
        self.pool = Pool(self.version, limits)
        self.overview: dict[str, Any] = {}
        self._networks: dict[tuple[str, str], bytes] = {}
        self._watching: asyncio.Task[None] | None = None
        self._looking = asyncio.Lock()

    async def start(self) -> None:
        """Start the workers and the watch for new versions."""
        await self.pool.start()
        await self._learn()
        self._watching = asyncio.create_task(self._watch())

    async def close(self) -> None:
        """End the watch and the workers."""
        if self._watching is not None:
            self._watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watching
        await self.pool.close()

    async def ask(self, request: Client, *job: Any, deadline: float | None = None) -> Reply:  # noqa: ANN401
        """Return what a worker answers to a job; the worker is freed when the client hangs up.

        Raises:
            RefusedError: no worker has time, or the question took too long or too much.
            ClientGoneError: nobody waits any more.
        """
        task = asyncio.create_task(self.pool.run(job, deadline))
        try:
            while not (await asyncio.wait({task}, timeout=_LISTEN))[0]:
                if await request.is_disconnected():
                    raise ClientGoneError
            reply = task.result()
        except BusyError:
            raise RefusedError(
                503, "busy: too many questions at once; try again", {"Retry-After": "2"}
            ) from None
        except OverdueError:
            seconds = deadline or self.limits.deadline
            raise RefusedError(
                504, f"took longer than {seconds:g} seconds and was stopped; ask for less"
            ) from None
        except DiedError as error:
            _LOG.warning("worker ended", extra={"status": error.status})
            raise RefusedError(
                503, "needed more memory than a query may take, or is nested too deeply; ask for less"
            ) from None
        finally:
            if not task.done():
                task.cancel()
                with contextlib.suppress(BaseException):
                    await task
        if reply.status == 500:
            _LOG.error("job failed", extra={"job": job[0], "problem": bytes(reply.body).decode()})
            raise RefusedError(500, "internal error; the server's log has more")
        return reply

    async def network(self, request: Client, name: str, query: str) -> Reply:
        """Return the page of a network; that of a node or of the whole graph is kept for the next who asks."""
        key = (self.pool.folder.name, name)
        if not query and key in self._networks:
            return Reply(200, "text/html", self._networks[key])
        reply = await self.ask(request, "network", name, query, deadline=_NETWORK)
        if not query and reply.status == 200:
            while len(self._networks) >= 16:
                self._networks.pop(next(iter(self._networks)))
            self._networks[key] = reply.body
        return reply

    def gauges(self) -> dict[str, float]:
        """Return what stands now."""
        return {
            "kg_store_triples": float(self.overview.get("triples", 0)),
            "kg_workers_running": float(self.pool.running),
            "kg_requests_waiting": float(self.pool.waiting),
        }

    async def _learn(self) -> None:
        self.overview = (await self.pool.run(("overview",))).body

    async def _watch(self) -> None:
        stale = False
        while True:
            await asyncio.sleep(_LOOK)
            try:
                stale = await self.look() or stale
                if stale:  # old versions go when the last worker that reads them has answered
                    stale = await asyncio.to_thread(remove_stale, self.store) > 0
            except KgError as error:
                _LOG.warning("new graph not taken up", extra={"problem": str(error)})
            except Exception:  # noqa: BLE001 - the watch goes on
                _LOG.exception("watching failed")

    async def look(self) -> bool:
        """Take up a new version where there is one, made of the files where they have changed; say whether there was.

        Raises:
            KgError: it cannot be loaded; what was served is served on.
        """
        async with self._looking:
            return await self._look()

    async def _look(self) -> bool:
        await asyncio.to_thread(self.refresh)
        version = await asyncio.to_thread(current_version, self.store)
        if version == self.version:
            return False
        await self.pool.swap(version)
        self.version = version
        self._networks.clear()
        await self._learn()
        self.metrics.swaps += 1
        _LOG.info("new graph", extra={"version": version.name, "triples": self.overview["triples"]})
        return True
