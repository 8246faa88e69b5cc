"""The tools for assistants over the Model Context Protocol: on standard input and output, and over HTTP under the guard.

What a tool answers comes from a worker, as all answers do: with its deadline, its limits of memory and rows, and no network.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mcp import types
from mcp.server import Server
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPASGIApp, StreamableHTTPSessionManager

from kg.base.errors import KgError
from kg.graph.query import named_queries
from kg.serve.protocol import RefusedError, read_question
from kg.serve.tools import INSTRUCTIONS, TOOLS
from kg.version import __version__

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from kg.serve.site import Site

__all__ = ["Mounted", "over_stdio"]


class _Waiting:
    """A client that is not watched: what it asked ends by its deadline."""

    async def is_disconnected(self) -> bool:
        return False


class _Assistant:
    """The protocol's server over a site, which may still be on its way: who asks then waits."""

    def __init__(self, site: Callable[[], Awaitable[Site]]) -> None:
        self._site = site
        self.server: Any = Server(
            "kg",
            version=__version__,
            instructions=INSTRUCTIONS,
            on_list_tools=self._list,
            on_call_tool=self._call,
        )

    async def _list(self, context: Any, params: Any) -> Any:  # noqa: ANN401, ARG002 - the types of an extra
        hints = types.ToolAnnotations(read_only_hint=True, open_world_hint=False)
        tools = [
            types.Tool(name=each.name, description=each.told(), input_schema=each.schema(), annotations=hints)
            for each in TOOLS
        ]
        return types.ListToolsResult(tools=tools)

    async def _call(self, context: Any, params: Any) -> Any:  # noqa: ANN401, ARG002
        try:
            text, failed = await self._answer(params.name, params.arguments or {}), False
        except RefusedError as error:
            text, failed = error.message, True
        except KgError as error:  # the graph could not be opened
            text, failed = str(error), True
        return types.CallToolResult(content=[types.TextContent(type="text", text=text)], is_error=failed)

    async def _answer(self, name: str, given: Mapping[str, Any]) -> str:
        site = await self._site()
        query = given.get("query")
        if name == "sparql" and isinstance(query, str) and query not in named_queries():
            read_question(
                "GET", [("query", query)], "", b"", None, site.limits
            )  # refuses what no worker gets
        reply = await site.ask(_Waiting(), "tool", name, dict(given))
        if reply.status != 200:
            raise RefusedError(reply.status, reply.body.decode())
        return json.dumps(reply.body, ensure_ascii=False, separators=(",", ":"))


async def over_stdio(opening: Callable[[], Site]) -> None:
    """Serve the tools on standard input and output until the other side closes them.

    They are there at once; a graph that takes long to load is waited for by the first question, for programs that start a
    server give it little time to say what it can do.
    """

    async def opened() -> Site:
        site = await asyncio.to_thread(opening)
        await site.start()
        return site

    task = asyncio.create_task(opened())
    server = _Assistant(lambda: asyncio.shield(task)).server
    try:
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())
    finally:
        with contextlib.suppress(KgError):
            await (await task).close()


class Mounted:
    """The tools as a part of the HTTP server: every request by itself, answered as JSON.

    A page of another origin gets nothing, even where a browser sends its request without asking first.
    """

    def __init__(self, site: Site, origins: tuple[str, ...] = ()) -> None:
        self._origins = origins

        async def here() -> Site:
            return site

        self._manager: Any = StreamableHTTPSessionManager(
            _Assistant(here).server,
            json_response=True,
            stateless=True,
            max_request_body_size=site.limits.body,
        )
        self._app: ASGIApp = StreamableHTTPASGIApp(self._manager)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Take requests within the block."""
        async with self._manager.run():
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers = dict(scope["headers"])
        origin = headers.get(b"origin", b"").decode("latin-1")
        own = urlsplit(origin).netloc == headers.get(b"host", b"").decode("latin-1")
        if origin and not own and "*" not in self._origins and origin not in self._origins:
            raise RefusedError(403, "pages of another origin may not ask; --cors lets them")
        await self._app(scope, receive, send)
