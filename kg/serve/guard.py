"""What is true of every answer: security headers, CORS for reading where it is allowed, no stack traces, a line in the log, a count."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Collection, MutableMapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from kg.serve.site import Site

__all__ = ["LOOPBACK", "PAGE_POLICY", "Guard", "JsonLines"]

LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")

PAGE_POLICY: Final = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "frame-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)
"""What a page of the server may load: its own files only."""

_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "SAMEORIGIN",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "content-security-policy": PAGE_POLICY,
    "cache-control": "no-cache",
}
_CORS = {
    "access-control-allow-methods": "GET, HEAD, POST, OPTIONS",
    "access-control-allow-headers": "Accept, Accept-Language, Content-Type",
    "access-control-expose-headers": "Retry-After, Link",
    "access-control-max-age": "86400",
}
_ROUTES = (
    ".well-known",
    "api",
    "article",
    "data",
    "decide",
    "decisions",
    "edit",
    "graph",
    "health",
    "id",
    "mcp",
    "metrics",
    "network",
    "page",
    "query",
    "search",
    "sparql",
    "static",
)
_HOST = re.compile(r"[A-Za-z0-9.:_\[\]-]{0,255}")
_LOG = logging.getLogger("kg.serve")


class Guard:
    """The outermost layer.

    Args:
        app: the routes.
        site: where to count.
        hosts: the names this server answers to; empty: any. A page elsewhere that points a name of its own at the
            loopback gets nothing.
        origins: whose pages may read from a browser; ``*``: anybody's; none: only this server's own.
    """

    def __init__(
        self, app: ASGIApp, site: Site, hosts: Collection[str] = (), origins: Collection[str] = ()
    ) -> None:
        self.app, self.site, self.hosts, self.origins = app, site, hosts, origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        seen = {"status": 0, "bytes": 0}

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
                message["headers"] = self._headers(message["headers"], _header(scope, b"origin"))
            elif message["type"] == "http.response.body":
                seen["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            if not _HOST.fullmatch(_host(scope)):
                await _plain(answer, 400, "the Host header is no host name")
            elif not self._known_host(scope):
                await _plain(answer, 421, "this server has another name; use the address that it printed")
            elif scope["method"] == "OPTIONS":
                await _plain(answer, 204, "")
            else:
                await self.app(scope, receive, answer)
        except Exception:  # noqa: BLE001 - logged, and never shown
            _LOG.exception("request failed")
            if not seen["status"]:
                await _plain(answer, 500, "internal error; the server's log has more")
        finally:
            self._note(scope, seen, time.perf_counter() - started)

    def _known_host(self, scope: Scope) -> bool:
        if not self.hosts:
            return True
        try:
            return urlsplit(f"//{_host(scope)}").hostname in self.hosts
        except ValueError:
            return False

    def _headers(self, own: list[tuple[bytes, bytes]], origin: str) -> list[tuple[bytes, bytes]]:
        present = {name.lower() for name, _ in own}
        more = dict(_HEADERS)
        more["cross-origin-resource-policy"] = "cross-origin" if self.origins else "same-origin"
        if "*" in self.origins:
            more |= {"access-control-allow-origin": "*", **_CORS}
        elif self.origins:
            more["vary"] = ", ".join(
                [*(v.decode("latin-1") for n, v in own if n.lower() == b"vary"), "Origin"]
            )
            present.discard(b"vary")
            own = [(name, value) for name, value in own if name.lower() != b"vary"]
            if origin in self.origins:
                more |= {"access-control-allow-origin": origin, **_CORS}
        added = [
            (name.encode(), value.encode()) for name, value in more.items() if name.encode() not in present
        ]
        return [*own, *added]

    def _note(self, scope: Scope, seen: dict[str, int], seconds: float) -> None:
        first = scope["path"].lstrip("/").split("/")[0]  # CONNECT has no path
        route = "/" + first if first in _ROUTES else "/" if not first else "other"
        method = scope["method"] if scope["method"] in ("GET", "HEAD", "POST", "OPTIONS") else "other"
        status = seen["status"] or 499  # the client hung up
        self.site.metrics.add(route, method, status, seconds)
        note: dict[str, Any] = {"method": method, "route": route, "status": status, "bytes": seen["bytes"]}
        note["ms"] = round(seconds * 1000, 1)
        if self.site.log_queries and "kg_query" in scope:
            note["query"] = scope["kg_query"]
        _LOG.info("request", extra=note)


def _host(scope: Scope) -> str:
    return _header(scope, b"host")


def _header(scope: Scope, wanted: bytes) -> str:
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == wanted), "")


async def _plain(send: Send, status: int, text: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")] if text else []
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})


class JsonLines(logging.Formatter):
    """One JSON object for each line of the log."""

    _OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as JSON, with what was given as ``extra``."""
        note: MutableMapping[str, Any] = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        note.update({name: value for name, value in vars(record).items() if name not in self._OWN})
        if record.exc_info:
            note["trace"] = self.formatException(record.exc_info)
        return json.dumps(note, ensure_ascii=False, default=str)
