"""What other tools find by themselves: the graph as a dataset (VoID), and the named queries as executables of SHACL."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kg.graph.query import NamedQuery
from kg.serve.protocol import GRAPHS, RefusedError, negotiate
from kg.serve.service import GRAPH

if TYPE_CHECKING:
    from kg.serve.site import Site

__all__ = ["QUERIES", "VOID", "queries", "route"]

VOID: Final = "/.well-known/void"
"""Where a description in VoID stands on any server (registered for it, RFC 8615)."""

QUERIES: Final = "/api/queries"

_HTML: Final = "text/html"
_ALL: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_VARY: Final = {"Vary": "Accept"}


def route(site: Site) -> Route:
    """Return the route of the description of the dataset; a browser is sent to the page for programs."""

    async def void(request: Request) -> Response:
        media = negotiate(request.headers.get("accept"), [*GRAPHS, _HTML])
        if media is None:
            raise RefusedError(406, f"the dataset is described as: {', '.join([*GRAPHS, _HTML])}")
        if media == _HTML:
            return RedirectResponse("/api#data", 303, headers=_VARY)
        from kg.export.dataset import Access, describe

        address = _address(request)
        endpoint = f"{address}/sparql"
        reply = await site.ask(request, "dataset")
        counted, bases = reply.body
        whole = counted.triples <= site.limits.rows  # what is larger is no answer of the endpoint
        dump = f"{endpoint}?query={quote(_ALL, safe='')}" if whole else ""
        access = Access(endpoint, dump, address + QUERIES)
        data = describe(address + VOID, endpoint + GRAPH, bases, counted, access, GRAPHS[media])
        return Response(data, media_type=media, headers=_VARY)

    return Route(VOID, void)


def queries(request: Request, named: Iterable[NamedQuery], media: str) -> Response:
    """Answer with queries as triples."""
    from kg.export.executables import executables

    address = _address(request)
    data = executables(address + QUERIES, named, f"{address}/sparql", GRAPHS[media])
    return Response(data, media_type=media, headers=_VARY)


def _address(request: Request) -> str:
    return str(request.base_url).rstrip("/")
