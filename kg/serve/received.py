"""What a request brings: its body, up to a limit, its parameters, and the language of who sent it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence

from starlette.requests import Request

from kg.serve.limits import Limits
from kg.serve.protocol import RefusedError, read_pairs
from kg.serve.words import Language

__all__ = ["body_of", "language_of", "only", "whole"]


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


def only(request: Request, known: Sequence[str]) -> dict[str, str]:
    """Return the parameters of a request.

    Raises:
        RefusedError: one is unknown, or given twice.
    """
    pairs = read_pairs(request.scope["query_string"])
    given = dict(pairs)
    if len(given) < len(pairs):
        raise RefusedError(400, "a parameter is given twice")
    for name in given:
        if name not in known:
            raise RefusedError(400, f"unknown parameter {name[:60]}; known: {' '.join(known) or 'none'}")
    return given


def whole(given: Mapping[str, str], name: str, least: int, most: int, default: int) -> int:
    """Return a parameter that is a whole number.

    Raises:
        RefusedError: it is none, or out of its bounds.
    """
    if name not in given:
        return default
    text = given[name]
    if not re.fullmatch(r"-?[0-9]{1,12}", text) or not least <= int(text) <= most:
        raise RefusedError(400, f"{name} is a whole number from {least} to {most}")
    return int(text)
