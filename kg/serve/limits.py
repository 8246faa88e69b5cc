"""How much one client may ask of the server."""

from __future__ import annotations

import os
from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a server; every one of them answers with its own status and one line that says what to do."""

    workers: int = max(2, min(8, os.cpu_count() or 2))
    deadline: float = 10.0  # seconds that one query may run
    memory: int = 1 << 30  # bytes of address space that a worker may take beyond what it starts with
    rows: int = 100_000  # rows (or triples) of one answer
    answer: int = 64 << 20  # bytes of one answer
    body: int = 1 << 20  # bytes of one request
    words: int = (
        100_000  # words, names, values and marks of one query: it is looked through before a worker gets it
    )
    waiting: int = 128  # requests that may wait for a worker
    patience: float = 10.0  # seconds that a request waits for a worker, or for a client to send its body
    connections: int = 512  # clients at once
    each: int = 128  # connections of one address at once
    head: float = 10.0  # seconds that a connection may take to send the head of a request
    nesting: int = 150  # brackets within brackets of one query: the engine's parser is recursive
