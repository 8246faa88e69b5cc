"""Who gets in: connections that send no request in time are closed, and one address holds no more than its share.

uvicorn waits without end for the head of a request, so a few hundred silent connections would close everybody out
(the attack called slow loris). The server's own timeouts begin where a request has begun.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Any, ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    from kg.serve.limits import Limits
    from kg.serve.metrics import Metrics

__all__ = ["door"]


class _Connection(H11Protocol):
    """One connection; how many others of its address there are is shared by all of a server."""

    limits: ClassVar[Limits]
    metrics: ClassVar[Metrics]
    inside: ClassVar[Counter[str]]

    _late: asyncio.TimerHandle | None = None
    _address = ""

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401 - asyncio's, by the kind of server
        """Let a client in, unless its address has its share already."""
        super().connection_made(transport)
        peer = transport.get_extra_info("peername")
        self._address = str(peer[0]) if peer else ""
        self.inside[self._address] += 1
        if self.inside[self._address] > self.limits.each:
            self.metrics.closed["address"] += 1
            transport.abort()
        else:
            self._expect()

    def data_received(self, data: bytes) -> None:
        """Go on waiting while the head of a request is not whole; bytes that drip in do not prolong it."""
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            self._expect()
        else:
            self._forget()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let the next one in."""
        self._forget()
        self.inside[self._address] -= 1
        if not self.inside[self._address]:
            del self.inside[self._address]
        super().connection_lost(exc)

    def _expect(self) -> None:
        if self._late is None:
            self._late = self.loop.call_later(self.limits.head, self._close)

    def _forget(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _close(self) -> None:
        self._late = None
        self.metrics.closed["head"] += 1
        self.transport.abort()


def door(limits: Limits, metrics: Metrics) -> type[H11Protocol]:
    """Return the protocol of a server's connections, as ``uvicorn.Config(http=...)`` takes it."""
    shared = {"limits": limits, "metrics": metrics, "inside": Counter[str]()}
    return type("Connection", (_Connection,), shared)
