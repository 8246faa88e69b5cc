"""The routes of the server."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from kg.graph.query import named_queries
from kg.graph.vocabulary import DEFAULT_BASE
from kg.serve import api, completing, discovery
from kg.serve.answers.listing import LISTS
from kg.serve.answers.node import PAGE
from kg.serve.facets import narrowed_by
from kg.serve.guard import PAGE_POLICY, Guard
from kg.serve.limits import Limits
from kg.serve.pages.article import article_page
from kg.serve.pages.failure import failure_page
from kg.serve.pages.home import home_page
from kg.serve.pages.listing import listing_page
from kg.serve.pages.node import node_page
from kg.serve.pages.programs import programs_page
from kg.serve.pages.query import query_page
from kg.serve.pages.search import Asked, search_page
from kg.serve.pages.when import picture_of
from kg.serve.protocol import GRAPHS, SUFFIXES, RefusedError, negotiate, read_pairs, read_question
from kg.serve.received import body_of, language_of, only
from kg.serve.site import ClientGoneError, Site

if TYPE_CHECKING:
    from kg.serve.assistant import Mounted
    from kg.serve.desk import Desk
    from kg.serve.editing import Editing

__all__ = ["create_app"]

_STATIC = Path(__file__).parent / "static"
_HTML = "text/html"
# the one style sheet that the editor's table writes itself, for the handles of its columns
_HANDLES = "'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
_EDITOR_POLICY = PAGE_POLICY.replace("style-src 'self'", f"style-src 'self' {_HANDLES}")
_FOUND = 20  # quotes on one page of a search
_LISTED = 200  # rows of a table on one page


def create_app(
    store: Path,
    limits: Limits | None = None,
    *,
    refresh: Callable[[], bool] = lambda: False,
    hosts: Collection[str] = (),
    origins: Collection[str] = (),
    log_queries: bool = False,
    desk: Desk | None = None,
    assistant: bool = False,
) -> Starlette:
    """Return the application that serves ``store``; see ``Site`` and ``Guard`` for the rest.

    With a ``desk`` those who have its token decide; with ``assistant`` the tools for assistants are at ``/mcp``.

    Raises:
        GraphError: there is no store.
    """
    site = Site(store, limits or Limits(), refresh, log_queries=log_queries)

    mounted = _mounted(site, tuple(origins)) if assistant else None

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await site.start()
        if desk is not None:
            desk.start(site.look)
        try:
            async with mounted.running() if mounted else nullcontext():
                yield
        finally:
            if desk is not None:
                await desk.close()
            await site.close()

    editing = _editing(desk, site)
    handlers = _Handlers(site, editing)
    app = Starlette(
        routes=[
            *handlers.routes(),
            *(editing.routes() if editing else ()),
            *api.routes(site, decides=desk is not None),
            discovery.route(site),
            completing.route(site),
            *([Route("/mcp", mounted)] if mounted else ()),
        ],
        lifespan=lifespan,
        middleware=[Middleware(Guard, site=site, hosts=hosts, origins=origins)],
        exception_handlers={RefusedError: _refused, HTTPException: _http_error, ClientGoneError: _gone},
    )
    app.state.site = site
    return app


def _mounted(site: Site, origins: tuple[str, ...]) -> Mounted:
    from kg.serve.assistant import Mounted

    return Mounted(site, origins)


def _editing(desk: Desk | None, site: Site) -> Editing | None:
    if desk is None:
        return None
    from kg.serve.editing import Editing

    return Editing(desk, site)


class _Handlers:
    def __init__(self, site: Site, editing: Editing | None = None) -> None:
        self.site, self.editing = site, editing
        self.static = {path.name: _Static(path) for path in sorted(_STATIC.iterdir()) if path.is_file()}

    def routes(self) -> list[Route]:
        return [
            Route("/", self.home),
            Route("/sparql", self.sparql, methods=["GET", "POST"]),
            Route("/sparql/", self.sparql, methods=["GET", "POST"]),
            Route("/query", self.query),
            Route("/query/table", self.table, methods=["POST"]),
            Route("/api", self.programs),
            Route("/search", self.search),
            Route("/tables/{name}", self.listing),
            Route("/id/{name}", self.thing),
            Route("/page", self.page),
            Route("/page/{name}", self.page),
            Route("/data/{name}", self.data),
            Route("/timeline/{name}.svg", self.timeline),
            Route("/article/{name}", self.article),
            Route("/network", self.network),
            Route("/language/{name}", self.language),
            Route("/health", self.health),
            Route("/metrics", self.metrics),
            Route("/static/{name}", self.file),
        ]

    # SPARQL ---------------------------------------------------------------------------------------------------------

    async def sparql(self, request: Request) -> Response:
        body = await body_of(request, self.site.limits) if request.method == "POST" else b""
        accept = request.headers.get("accept")
        question = read_question(
            request.method,
            read_pairs(request.scope["query_string"]),
            request.headers.get("content-type", ""),
            body,
            accept,
            self.site.limits,
        )
        if question is None:
            return self._described(request, accept)
        request.scope["kg_query"] = question.text
        graphs = (question.default_graphs, question.named_graphs)
        reply = await self.site.ask(
            request, "sparql", question.text, *graphs, question.results, question.graph
        )
        if reply.status != 200:
            raise RefusedError(reply.status, reply.body.decode())
        return Response(reply.body, media_type=reply.media, headers={"Vary": "Accept"})

    def _described(self, request: Request, accept: str | None) -> Response:
        media = negotiate(accept, [*GRAPHS, _HTML])
        if media is None:
            raise RefusedError(406, f"the service describes itself as: {', '.join([*GRAPHS, _HTML])}")
        if media == _HTML:
            return RedirectResponse("/query", 303, headers={"Vary": "Accept"})
        from kg.serve.service import description

        address = str(request.base_url).rstrip("/")
        told = description(f"{address}/sparql", GRAPHS[media], f"{address}{discovery.VOID}")
        return Response(told, media_type=media, headers={"Vary": "Accept"})

    # pages ----------------------------------------------------------------------------------------------------------

    async def home(self, request: Request) -> Response:
        return HTMLResponse(home_page(self.site.overview, language_of(request)))

    async def query(self, request: Request) -> Response:
        base = next(iter(self.site.overview.get("bases", [])), DEFAULT_BASE)
        page = query_page(list(named_queries().values()), base, language_of(request))
        return HTMLResponse(page, headers={"Content-Security-Policy": _EDITOR_POLICY})

    async def table(self, request: Request) -> Response:
        """Answer the query page: the rows that it holds, as the reader of the page reads them."""
        data = await body_of(request, self.site.limits)
        reply = await self.site.ask(request, "table", data, language_of(request))
        if reply.status != 200:
            raise RefusedError(reply.status, reply.body.decode())
        return JSONResponse(reply.body)

    async def programs(self, request: Request) -> Response:
        address = str(request.base_url).rstrip("/")
        return HTMLResponse(programs_page(list(named_queries().values()), address, language_of(request)))

    async def search(self, request: Request) -> Response:
        words = request.query_params.get("q", "").strip()[:200]
        if not words:
            return RedirectResponse("/", 303)
        offset, narrowed = _offset(request), narrowed_by(request.query_params)
        reply = await self.site.ask(request, "search", words, _FOUND, offset, narrowed)
        asked = Asked(words, narrowed, offset, _FOUND)
        return HTMLResponse(search_page(reply.body, asked, language_of(request)))

    async def listing(self, request: Request) -> Response:
        """Show the table of facts, figures or entities, or give what it shows as CSV."""
        name, _, form = request.path_params["name"].partition(".")
        own = LISTS.get(name)
        if own is None or form not in ("", "csv"):
            raise RefusedError(404, f"tables: {' '.join(LISTS)}")
        known = (*own.columns, *(f"is-{each}" for each in own.facets), "sort", "offset")
        given = {key: value[:200] for key, value in only(request, known).items() if value}
        offset = _offset(request)
        given.pop("offset", None)
        language = language_of(request)
        reply = await self.site.ask(request, "listing", name, given, language, offset, _LISTED, form)
        if form:
            headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
            return Response(reply.body, media_type=reply.media, headers=headers)
        return HTMLResponse(listing_page(reply.body, name, given, offset, _LISTED, language))

    async def thing(self, request: Request) -> Response:
        """Send a client from a thing to a document about it, of the kind it accepts (303, as Linked Data asks)."""
        name = request.path_params["name"]
        stem, _, suffix = name.rpartition(".")
        if stem and suffix in SUFFIXES:
            return RedirectResponse(f"/data/{quote(name)}", 303)
        media = negotiate(request.headers.get("accept"), [_HTML, *GRAPHS])
        if media is None:
            raise RefusedError(406, f"this is described as: {', '.join([_HTML, *GRAPHS])}")
        reply = await self.site.ask(request, "node", name)
        if reply.status != 200:
            raise RefusedError(reply.status, reply.body.decode())
        if media == _HTML:
            kind = "article" if reply.body["kind"] == "article" else "page"
            return RedirectResponse(f"/{kind}/{quote(name)}", 303, headers={"Vary": "Accept"})
        suffix = next(each for each, known in SUFFIXES.items() if known == media)
        return RedirectResponse(f"/data/{quote(name)}.{suffix}", 303, headers={"Vary": "Accept"})

    async def page(self, request: Request) -> Response:
        name = request.path_params.get("name") or request.query_params.get("iri", "")
        reply = await self.site.ask(request, "node", name[:2000], _offset(request))
        if reply.status != 200:
            raise RefusedError(reply.status, reply.body.decode())
        deciding = await self.editing.deciding(request) if self.editing else None
        page = node_page(reply.body, PAGE, language_of(request), deciding)
        return HTMLResponse(page, headers=deciding.headers if deciding else None)

    async def timeline(self, request: Request) -> Response:
        """Give the timeline of an entity as a picture."""
        name = request.path_params["name"]
        reply = await self.site.ask(request, "node", name)
        picture = picture_of(reply.body, language_of(request)) if reply.status == 200 else ""
        if not picture:
            raise RefusedError(404, "nothing of this name has a timeline")
        headers = {"Content-Disposition": f'attachment; filename="{quote(name)}-timeline.svg"'}
        return Response(picture, media_type="image/svg+xml", headers=headers)

    async def data(self, request: Request) -> Response:
        name, _, suffix = request.path_params["name"].rpartition(".")
        if suffix not in SUFFIXES or not name:
            raise RefusedError(404, f"data ends in one of: {' '.join('.' + each for each in SUFFIXES)}")
        reply = await self.site.ask(request, "data", name, SUFFIXES[suffix])
        if reply.status != 200:
            raise RefusedError(reply.status, reply.body.decode())
        return Response(reply.body, media_type=reply.media)

    async def article(self, request: Request) -> Response:
        reply = await self.site.ask(request, "article", request.path_params["name"])
        if reply.status != 200:
            raise RefusedError(reply.status, reply.body.decode())
        return HTMLResponse(article_page(reply.body, language_of(request)))

    async def network(self, request: Request) -> Response:
        name, query = request.query_params.get("node", ""), request.query_params.get("query", "")
        if query:
            question = read_question("GET", [("query", query)], "", b"", None, self.site.limits)
            query = question.text if question else ""
        reply = await self.site.network(request, name, query)
        if reply.status != 200:
            raise RefusedError(reply.status, reply.body.decode())
        # the page carries a policy of its own, by the hashes of its scripts
        return HTMLResponse(reply.body, headers={"Content-Security-Policy": "frame-ancestors 'self'"})

    async def language(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in ("zh", "en"):
            raise RefusedError(404, "known: zh en")
        back, origin = request.headers.get("referer", ""), str(request.base_url)
        # two slashes at its beginning would lead to another server
        place = back.removeprefix(origin).lstrip("/\\") if back.startswith(origin) else ""
        response = RedirectResponse(f"/{place}", 303)
        response.set_cookie("language", name, max_age=31_536_000, samesite="lax", httponly=True)
        return response

    # for machines that watch ------------------------------------------------------------------------------------------

    async def health(self, request: Request) -> Response:  # noqa: ARG002
        return PlainTextResponse("ok\n")

    async def metrics(self, request: Request) -> Response:  # noqa: ARG002
        text = self.site.metrics.text(self.site.gauges(), self.site.pool.ended)
        return PlainTextResponse(text, media_type="text/plain; version=0.0.4")

    async def file(self, request: Request) -> Response:
        found = self.static.get(request.path_params["name"])
        if found is None:
            raise RefusedError(404, "no such file")
        headers = {"ETag": found.tag, "Cache-Control": "max-age=300", "Vary": "Accept-Encoding"}
        if request.headers.get("if-none-match") == found.tag:
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(
                found.packed, media_type=found.media, headers={**headers, "Content-Encoding": "gzip"}
            )
        return Response(found.data, media_type=found.media, headers=headers)


class _Static:
    def __init__(self, path: Path) -> None:
        self.data = path.read_bytes()
        self.media = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        self.packed = gzip.compress(self.data, 6, mtime=0)
        self.tag = f'"{hashlib.sha256(self.data).hexdigest()[:16]}"'


def _offset(request: Request) -> int:
    text = request.query_params.get("offset", "0")
    return min(int(text), 1_000_000) if text.isascii() and text.isdigit() and len(text) < 10 else 0


# refusals -----------------------------------------------------------------------------------------------------------


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)  # noqa: S101 - registered for this type only
    return _said(request, error.status, error.message, error.headers, error.more)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this type only
    return _said(request, error.status_code, str(error.detail), dict(error.headers or {}))


async def _gone(request: Request, error: Exception) -> Response:  # noqa: ARG001
    return Response(status_code=499)  # nobody reads it


def _said(
    request: Request,
    status: int,
    message: str,
    headers: dict[str, str],
    more: Mapping[str, object] | None = None,
) -> Response:
    path = request.url.path
    if path.startswith(("/api/", "/openapi")):
        import json

        value = {"status": status, "title": message, **(more or {})}
        data = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
        return Response(data, status, headers, "application/problem+json")
    wants_page = not path.startswith(("/sparql", "/data/")) and "text/html" in request.headers.get(
        "accept", ""
    )
    if wants_page:
        return HTMLResponse(failure_page(status, message, language_of(request)), status, headers)
    return PlainTextResponse(message.encode("utf-8", "replace") + b"\n", status, headers)
