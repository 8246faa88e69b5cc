"""What may come where the cursor stands in the editor of the query page, ``/query/complete``: read only, as any query is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg.serve.protocol import RefusedError
from kg.serve.received import body_of, language_of

if TYPE_CHECKING:
    from kg.serve.site import Site

__all__ = ["route"]

_SECONDS: Final = 3.0
"""Who types does not wait longer; what the graph has anywhere is offered then, told as such."""

_TOO_MUCH: Final = 504


def route(site: Site) -> Route:
    """Return the route that completes a query."""

    async def complete(request: Request) -> Response:
        before, after = _parts(await body_of(request, site.limits))
        language = language_of(request)
        deadline = min(_SECONDS, site.limits.deadline)
        try:
            reply = await site.ask(request, "complete", before, after, language, True, deadline=deadline)
        except RefusedError as error:
            if error.status != _TOO_MUCH:
                raise
            reply = await site.ask(request, "complete", before, after, language, False)
        return JSONResponse(reply.body)

    return Route("/query/complete", complete, methods=["POST"])


def _parts(data: bytes) -> tuple[str, str]:
    """Return what stands before and behind the cursor.

    Raises:
        RefusedError: the request does not say that.
    """
    wanted = 'send JSON: {"before": what stands before the cursor, "after": what stands behind it}'
    try:
        given = json.loads(data)
    except (ValueError, RecursionError):
        raise RefusedError(400, wanted) from None
    if not isinstance(given, dict):
        raise RefusedError(400, wanted)
    before, after = given.get("before"), given.get("after", "")
    if not isinstance(before, str) or not isinstance(after, str):
        raise RefusedError(400, wanted)
    try:
        (before + after).encode()
    except UnicodeEncodeError:  # half a character, which no answer could hold
        raise RefusedError(400, "send whole characters") from None
    return before, after
