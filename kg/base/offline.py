"""Importing packages that open a socket when they are imported: kg builds without one."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

__all__ = ["without_sockets"]

_ASKS: Final = "urllib3.util.connection"
"""Binds a socket while it is imported, to see whether the system has IPv6."""


@contextmanager
def without_sockets() -> Iterator[None]:
    """Import packages for the web inside; they take it that the system has what Python was made with.

    For who asks for pages with them in the same process nothing changes: an address that cannot be reached is passed over.
    """
    if _ASKS in sys.modules:
        yield
        return
    made_with = socket.has_ipv6
    socket.has_ipv6 = False
    try:
        yield
    finally:
        socket.has_ipv6 = made_with
        if _ASKS in sys.modules:
            sys.modules[_ASKS].HAS_IPV6 = made_with  # type: ignore[attr-defined]
