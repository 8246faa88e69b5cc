"""Deciding over HTTP, for whoever has the token: JSON for the page of the graph, forms for the pages of the server.

The token stands in the address that kg prints, and from then on in a cookie that no other site can have sent. What writes asks
besides where the request comes from; a program shows the token as a bearer.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from kg.base.errors import ContradictionError, DecisionError, KgError
from kg.base.home import PAGE
from kg.base.intake import LARGEST_GRAPH, read_file
from kg.decide.model import Decision
from kg.decide.plain import from_plain, to_plain
from kg.decide.standing import standing
from kg.serve.desk import Desk
from kg.serve.pages.deciding import Deciding, decisions_page, name_page
from kg.serve.protocol import RefusedError, read_pairs
from kg.serve.received import body_of, language_of
from kg.serve.site import Site
from kg.view.served import served

if TYPE_CHECKING:
    from kg.decide.write import Appended

__all__ = ["Editing"]

_YEAR: Final = 31_536_000
_MOST: Final = 1000  # decisions of one request
_NAME: Final = "kg-editor"
_LONGEST_NAME: Final = 60
_VERDICTS: Final = ("confirm", "reject", "no-entity")
_PUT_RIGHT: Final = ("type", "code")
_JSON: Final = "application/json"
_ENTER_FIRST: Final = "this needs the token: open the address that `kg serve --edit` printed"


class Editing:
    """The routes of a desk.

    Args:
        desk: what takes the decisions.
        site: what is served.
    """

    def __init__(self, desk: Desk, site: Site) -> None:
        self.desk, self.site = desk, site

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/edit", self.enter),
            Route("/edit/name", self.name, methods=["GET", "POST"]),
            Route("/graph", self.graph),
            Route("/decisions", self.page),
            Route("/decide", self.form, methods=["POST"]),
            Route("/api/decisions", self.told, methods=["GET"]),
            Route("/api/decisions", self.take, methods=["POST"]),
        ]

    # who may --------------------------------------------------------------------------------------------------------

    def _cookie(self, request: Request) -> str:
        return f"kg-edit-{request.url.port or 80}"  # browsers keep one jar for all ports

    def is_known(self, request: Request) -> bool:
        """Say whether a request shows the token."""
        scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return self.desk.is_token(bearer.strip())
        return self.desk.is_token(request.cookies.get(self._cookie(request), ""))

    def _demand(self, request: Request, *, writes: bool = False) -> None:
        """Refuse whoever has no token, and, where something is written, whatever another page sends.

        Raises:
            RefusedError: 403.
        """
        if not self.is_known(request):
            raise RefusedError(403, _ENTER_FIRST)
        origin = request.headers.get("origin")
        if (
            writes
            and origin != self._own_origin(request)
            and not (origin is None and self._is_bearer(request))
        ):
            raise RefusedError(403, "this was sent by a page of another address")

    def _own_origin(self, request: Request) -> str:
        return f"{request.url.scheme}://{request.headers.get('host', '')}"

    def _is_bearer(self, request: Request) -> bool:
        return "authorization" in request.headers

    async def enter(self, request: Request) -> Response:
        """Take the token of the address into a cookie, and go on without it."""
        if not self.desk.is_token(request.query_params.get("token", "")):
            raise RefusedError(403, _ENTER_FIRST)
        response = RedirectResponse("/graph" if self._name(request) else "/edit/name", 303)
        response.set_cookie(
            self._cookie(request), self.desk.token, max_age=_YEAR, samesite="strict", httponly=True
        )
        return response

    async def name(self, request: Request) -> Response:
        """Ask who decides, and keep it in a cookie: two who give no name are one to a file of decisions."""
        self._demand(request, writes=request.method == "POST")
        if request.method == "GET":
            return HTMLResponse(name_page(self._name(request), language_of(request)))
        fields = dict(read_pairs(await body_of(request, self.site.limits)))
        name = " ".join(fields.get("name", "").split())[:_LONGEST_NAME]
        response = RedirectResponse("/graph", 303)
        if name:
            response.set_cookie(_NAME, quote(name), max_age=_YEAR, samesite="strict", httponly=True)
        else:
            response.delete_cookie(_NAME)
        return response

    def _name(self, request: Request) -> str:
        return unquote(request.cookies.get(_NAME, ""))[:_LONGEST_NAME]

    # pages ----------------------------------------------------------------------------------------------------------

    async def deciding(self, request: Request) -> Deciding | None:
        """Return what the pages of the server show who may decide; None for others."""
        return await self._deciding(request) if self.is_known(request) else None

    async def _deciding(self, request: Request) -> Deciding:
        now = await self.desk.standing()
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return Deciding(path, now.state, now.problem, self._name(request))

    async def graph(self, request: Request) -> Response:
        """Return the page of the graph, which sends what is decided here."""
        self._demand(request)
        try:
            page = await asyncio.to_thread(self._page)
        except OSError:
            raise RefusedError(404, "the folder has no graph.html: kg build writes it") from None
        return HTMLResponse(page, headers={"Content-Security-Policy": "frame-ancestors 'self'"})

    def _page(self) -> bytes:
        return served(read_file(self.desk.folder / PAGE, LARGEST_GRAPH))

    async def page(self, request: Request) -> Response:
        """Return the page of all decisions."""
        self._demand(request)
        shown = await self._deciding(request)
        own = standing(await self._every())
        page = decisions_page(list(reversed(own)), shown, language_of(request))
        return HTMLResponse(page, headers=shown.headers)

    async def form(self, request: Request) -> Response:
        """Take a decision from a form of the server's pages, and go back to where it was taken."""
        self._demand(request, writes=True)
        fields = dict(read_pairs(await body_of(request, self.site.limits)))
        back = fields.get("back", "")
        if undone := fields.get("of"):
            await self._taken(request, [Decision("", "withdraw", of=undone)])
        else:
            await self._taken(
                request, await self._asked(request, fields.get("node", ""), fields.get("verdict", ""))
            )
        is_here = back.startswith(("/page", "/decisions")) and "\\" not in back
        return RedirectResponse(quote(back, "/?=&%:#") if is_here else "/decisions", 303)

    async def _asked(self, request: Request, node: str, verdict: str) -> list[Decision]:
        if verdict not in _VERDICTS:
            raise RefusedError(400, f"verdict is one of: {' '.join(_VERDICTS)}")
        reply = await self.site.ask(request, "anchors", node[:2000], verdict)
        if reply.status != 200:
            raise RefusedError(reply.status, reply.body.decode())
        return [from_plain(each, "decision") for each in reply.body]

    # JSON -----------------------------------------------------------------------------------------------------------

    async def told(self, request: Request) -> Response:
        """Tell all decisions that stand, and whether the graph has them."""
        self._demand(request)
        own = [to_plain(each) for each in standing(await self._every())]
        return JSONResponse({**await self._standing(), "decisions": own})

    async def take(self, request: Request) -> Response:
        """Take decisions as JSON: one, a list, or an object with ``decisions``; all of them are written, or none."""
        self._demand(request, writes=True)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _JSON:
            raise RefusedError(415, f"send {_JSON}")
        given = _listed(await body_of(request, self.site.limits))
        try:
            decisions = [from_plain(each, f"decision {number}") for number, each in enumerate(given, 1)]
        except DecisionError as error:
            raise RefusedError(422, str(error)) from None
        done = await self._taken(request, decisions)
        return JSONResponse(
            {
                "ids": [each.id for each in (*done.known, *done.written)],
                "written": [to_plain(each) for each in done.written],
                "renamed": dict(done.renamed),
                "replaced": dict(done.replaced),
                **await self._standing(),
            }
        )

    async def _standing(self) -> dict[str, Any]:
        now = await self.desk.standing()
        return {"state": now.state, "problem": now.problem, "version": self.site.version.name}

    async def _every(self) -> tuple[Decision, ...]:
        try:
            return await self.desk.decisions()
        except DecisionError as error:
            raise RefusedError(500, str(error)) from None

    async def _demand_effect(self, request: Request, decisions: Sequence[Decision]) -> None:
        """Refuse decisions about two things that would do nothing: a worker knows of what type they are."""
        pairs = [each for each in decisions if each.a is not None and each.b is not None]
        if not pairs:
            return
        said = [each for each in (*standing(await self._every()), *decisions) if each.verdict in _PUT_RIGHT]
        reply = await self.site.ask(request, "effect", list(map(to_plain, pairs)), list(map(to_plain, said)))
        if reply.status != 200:
            raise RefusedError(reply.status, reply.body.decode())

    async def _taken(self, request: Request, decisions: Sequence[Decision]) -> Appended:
        """Have decisions written down.

        Raises:
            RefusedError: they cannot be; with the ids of two that contradict each other.
        """
        await self._demand_effect(request, decisions)
        name = self._name(request)
        try:
            return await self.desk.take([each if each.by else replace(each, by=name) for each in decisions])
        except ContradictionError as error:
            raise RefusedError(409, f"{error.what} ({error.hint})", more={"ids": list(error.ids)}) from None
        except DecisionError as error:
            raise RefusedError(422, str(error)) from None
        except KgError as error:
            raise RefusedError(500, str(error)) from None


def _listed(data: bytes) -> list[Any]:
    try:
        value = json.loads(data, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise RefusedError(400, "no JSON") from None
    if isinstance(value, dict) and "decisions" in value:
        value = value["decisions"]
    found = value if isinstance(value, list) else [value]
    if not 0 < len(found) <= _MOST:
        raise RefusedError(422, f"give 1 to {_MOST} decisions")
    return found
