"""What a request brings: its body, up to a limit, and the language of who sent it."""

from __future__ import annotations

import asyncio

from starlette.requests import Request

from kg.serve.limits import Limits
from kg.serve.protocol import RefusedError
from kg.serve.words import Language

__all__ = ["body_of", "language_of"]


async def body_of(request: Request, limits: Limits) -> bytes:
    """Return the body of a request.

    Raises:
        RefusedError: it is too large, or takes too long to arrive.
    """
    parts, size = [], 0
    try:
        async with asyncio.timeout(limits.patience):
            async for part in request.stream():
                size += len(part)
                if size > limits.body:
                    raise RefusedError(413, f"more than {limits.body} bytes", {"Connection": "close"})
                parts.append(part)
    except TimeoutError:
        raise RefusedError(408, "the request took too long to arrive", {"Connection": "close"}) from None
    return b"".join(parts)


def language_of(request: Request) -> Language:
    """Return the language of the pages that a client has chosen."""
    return "en" if request.cookies.get("language") == "en" else "zh"
