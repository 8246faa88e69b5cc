"""What a worker answers."""

from __future__ import annotations

from typing import Any, NamedTuple

__all__ = ["Reply"]


class Reply(NamedTuple):
    """A status as in HTTP, a media type, and the bytes or a value."""

    status: int
    media: str
    body: Any  # bytes, or a plain value for the pages
