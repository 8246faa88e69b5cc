"""The page of a graph as a server hands it on: what is decided on it is sent to where it came from."""

from __future__ import annotations

from typing import Final

__all__ = ["served"]

_POLICY: Final = (b"img-src data: blob:;", b"img-src data: blob:; connect-src &#x27;self&#x27;;")
_REFERRER: Final = b'<meta name="referrer" content="no-referrer">'
_SINK: Final = (
    b'<meta name="referrer" content="same-origin"><meta name="kg-decisions" content="/api/decisions">'
)


def served(page: bytes) -> bytes:
    """Return a page that sends its decisions to ``/api/decisions`` of its server, and may ask nobody else."""
    head, end, rest = page.partition(b"</head>")
    return head.replace(*_POLICY, 1).replace(_REFERRER, _SINK, 1) + end + rest
